{% include "swift/header.swift" %}

#if canImport(Foundation)
#if compiler(>=6.0) && hasFeature(InternalImportsByDefault)
public import Foundation
#else
import Foundation
#endif
#endif

/// An error code of {{ domain.title }}: one of the constants, or a code this file does not know.
public struct {{ type_name }}: {{ prefix }}DomainErrorCode, RawRepresentable, Hashable, Comparable, Codable {
    /// The wire code, exactly as received.
    public let rawValue: {{ raw_type }}

    /// Wraps any wire code. Never fails: see ``isKnown``.
    public init(rawValue: {{ raw_type }}) { self.rawValue = rawValue }

    /// Wraps any wire code. Never fails: see ``isKnown``.
    public init(code: {{ raw_type }}) { self.init(rawValue: code) }
{% if is_text %}
    /// Reads a wire code from text: any text but the empty one.
    public init?(codeText: String) {
        guard !codeText.isEmpty else { return nil }
        self.init(rawValue: codeText)
    }
{% else %}
    /// Reads a decimal number: ASCII digits, perhaps after a `-`; no `+`, no blank, no leading zero.
    public init?(codeText: String) {
        guard let code = {{ raw_type }}(codeText), String(code) == codeText else { return nil }
        self.init(rawValue: code)
    }
{% endif %}
    /// Finds a code by its stable name, or by a name it had before.
    public init?(name: String) {
{%- if has_former_names %}
        switch name {
{%- for (name, code) in former_names %}
        case {{ name }}:
            self.init(rawValue: {{ code }})
{%- endfor %}
        default:
            guard let code = Facts.codes.first(where: { Facts.of($0)?.name == name }) else { return nil }
            self.init(rawValue: code)
        }
{%- else %}
        guard let code = Facts.codes.first(where: { Facts.of($0)?.name == name }) else { return nil }
        self.init(rawValue: code)
{%- endif %}
    }
{% if is_text %}
    /// Codes are equal byte by byte. Swift's strings are equal, too, if they are only canonically equivalent.
    public static func == (lhs: {{ type_name }}, rhs: {{ type_name }}) -> Bool { lhs.rawValue.utf8.elementsEqual(rhs.rawValue.utf8) }

    public static func != (lhs: {{ type_name }}, rhs: {{ type_name }}) -> Bool { !(lhs == rhs) }

    public static func < (lhs: {{ type_name }}, rhs: {{ type_name }}) -> Bool {
        lhs.rawValue.utf8.lexicographicallyPrecedes(rhs.rawValue.utf8)
    }
{% else %}
    /// Decodes a number, or the same number as text, as some servers send it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self.init(rawValue: try container.decode({{ raw_type }}.self))
        } catch {
            guard let text = try? container.decode(String.self), let code = Self(codeText: text) else { throw error }
            self = code
        }
    }

    public static func < (lhs: {{ type_name }}, rhs: {{ type_name }}) -> Bool { lhs.rawValue < rhs.rawValue }
{% endif %}
    /// Lets a `catch` clause name a constant, even if nothing says which errors are thrown.
    public static func ~= (pattern: {{ type_name }}, error: any Error) -> Bool { error as? {{ type_name }} == pattern }

    /// Says which type a bare `case .name` is of: several platforms may have a constant of that name.
    public static func ~= (pattern: {{ type_name }}, code: {{ type_name }}) -> Bool { code == pattern }
}

extension {{ type_name }} {
{%- for Constant { constant, renamed } in self.constants() %}
    /// `{{ constant.code_doc }}`: {{ constant.message }}
{%- for meaning in constant.other_meanings %}
    ///
    /// Also documented as: {{ meaning }}
{%- endfor %}
{%- if let Some(deprecated) = constant.deprecated %}
    @available(*, deprecated, message: {{ deprecated.note }}{% if let Some(renamed) = renamed %}, renamed: {{ renamed }}{% endif %})
{%- endif %}
    public static var {{ constant.ident }}: {{ type_name }} { {{ type_name }}(code: {{ constant.code }}) }
{% endfor %}
    /// Every known code, in ascending order.
    public static var all: [{{ type_name }}] { Facts.codes.map { {{ type_name }}(code: $0) } }
}

extension {{ type_name }} {
    /// The short name of the platform, as every code of it has it.
    public static var domainName: String { {{ domain.id }} }

    public var domain: String { {{ type_name }}.domainName }

    /// The wire code, exactly as received.
    public var code: {{ raw_type }} { rawValue }

    public var codeText: String { {% if is_text %}rawValue{% else %}String(rawValue){% endif %} }

    public var name: String? { facts?.name }

    public var isKnown: Bool { facts != nil }

    public var kind: {{ prefix }}ErrorKind { facts?.kind ?? .unknown }

    public var condition: {{ prefix }}ErrorCondition? { facts?.condition }

    public var isRetryable: Bool { facts?.isRetryable ?? false }

    public var httpStatus: Int? { facts?.httpStatus }

    public func message(in locale: {{ prefix }}ErrorLocale) -> String? {
        switch locale {
{%- for locale in domain.locales %}
        case .{{ locale.ident }}: return facts?.message{{ locale.suffix }}
{%- endfor %}
        }
    }

    public func solution(in locale: {{ prefix }}ErrorLocale) -> String? {
        switch locale {
{%- for locale in domain.locales %}
        case .{{ locale.ident }}: return facts?.solution{{ locale.suffix }}
{%- endfor %}
        }
    }

    private var facts: Facts? { Facts.of(rawValue) }
}

#if canImport(Foundation)
extension {{ type_name }}: LocalizedError, CustomNSError {
    /// The `domain` of the `NSError` that crash reporters and Objective-C see.
    public static var errorDomain: String { domainName }
{% if is_text %}
    /// The number that an `NSError` must have; these codes have none, so it is always 0.
    public var errorCode: Int { 0 }
{% else %}
    /// The code of the same `NSError`.
    public var errorCode: Int { Int(truncatingIfNeeded: rawValue) }
{% endif %}
    /// The texts of the same `NSError`, in the language that suits the user best.
    public var errorUserInfo: [String: Any] {
        var info: [String: Any] = [:]
        info[NSLocalizedDescriptionKey] = errorDescription
        info[NSLocalizedRecoverySuggestionErrorKey] = recoverySuggestion
        return info
    }

    public var errorDescription: String? { message(in: .preferred) ?? description }

    public var recoverySuggestion: String? { solution(in: .preferred) }
}
#endif

// The facts stand in functions of a few hundred codes, and each case is a number and says `return`: so they compile in
// linear time.
extension {{ type_name }} {
    private struct Facts {
        var name: String
        var kind: {{ prefix }}ErrorKind
        var condition: {{ prefix }}ErrorCondition?
        var isRetryable = false
        var httpStatus: Int?
{%- for locale in domain.locales %}
        var message{{ locale.suffix }}: String
{%- endfor %}
{%- for locale in domain.locales %}
        var solution{{ locale.suffix }}: String?
{%- endfor %}

        static func of(_ code: {{ raw_type }}) -> Facts? {
{%- if is_text %}
            guard let place = place(of: code) else { return nil }
            switch place {
{%- for shard in shards %}
            case ..<{{ shard.end }}: return shard{{ shard.index }}(place)
{%- endfor %}
            default: return nil
            }
        }

        /// Where a code stands in `codes`, whose order is that of bytes.
        private static func place(of code: String) -> Int? {
            var (low, high) = (0, codes.count)
            while low < high {
                let middle = (low + high) / 2
                if codes[middle].utf8.lexicographicallyPrecedes(code.utf8) { low = middle + 1 } else { high = middle }
            }
            return low < codes.count && codes[low].utf8.elementsEqual(code.utf8) ? low : nil
        }
{%- else %}
            switch code {
{%- for shard in shards %}
            case {{ shard.first }} ... {{ shard.last }}: return shard{{ shard.index }}(code)
{%- endfor %}
            default: return nil
            }
        }
{%- endif %}
{% for shard in shards %}
        @inline(never)
        private static func shard{{ shard.index }}(_ {% if is_text %}place: Int{% else %}code: {{ raw_type }}{% endif %}) -> Facts? {
            switch {% if is_text %}place{% else %}code{% endif %} {
{%- for error in self.facts(shard) %}
            case {{ error.place }}:{% if is_text %} // {{ error.code }}{% endif %}
                return Facts(
                    name: {{ error.name }}, kind: {{ error.kind }}
{%- if let Some(condition) = error.condition %}, condition: .{{ condition }}{% endif %}
{%- if error.is_retryable %}, isRetryable: true{% endif %}
{%- if let Some(http_status) = error.http_status %}, httpStatus: {{ http_status }}{% endif %}
{%- for (label, text) in error.texts %},
                    {{ label }}: {{ text }}
{%- endfor %})
{%- endfor %}
            default:
                return nil
            }
        }
{% endfor %}
        static let codes: [{{ raw_type }}] = [
{%- for code in domain.codes() %}
            {{ code }},
{%- endfor %}
        ]
    }
}

// swiftlint:enable all
