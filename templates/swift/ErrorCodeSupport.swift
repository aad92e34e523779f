{% include "swift/header.swift" %}

#if canImport(Foundation)
import Foundation
#endif

/// An error code of any platform: what an app needs to know about it, whichever platform sent it.
///
/// A code that its file does not know has no name and no texts, is of kind ``{{ prefix }}ErrorKind/unknown`` and is not
/// retryable. Nothing here traps. Two codes of this type, `any {{ prefix }}DomainErrorCode`, are compared by ``reference``.
public protocol {{ prefix }}DomainErrorCode: Error, CustomStringConvertible {
    /// Reads a wire code from text; `nil` unless the text is a code of this platform in its canonical form.
    init?(codeText: String)

    /// Finds a code by its stable name, or by a name it had before.
    init?(name: String)

    /// Every known code, in ascending order.
    static var all: [Self] { get }

    /// The short name of the platform that all codes of this type belong to.
    static var domainName: String { get }

    /// The short name of the platform that the code belongs to.
    var domain: String { get }

    /// The wire code as text.
    var codeText: String { get }

    /// Platform and code, joined by `/`.
    var reference: String { get }

    /// The stable `snake_case` name; `nil` for an unknown code.
    var name: String? { get }

    /// Whether this file describes the code.
    var isKnown: Bool { get }

    /// Whether the code reports success: its kind is ``{{ prefix }}ErrorKind/ok``.
    var isSuccess: Bool { get }

    /// The kind of the error; ``{{ prefix }}ErrorKind/unknown`` for an unknown code.
    var kind: {{ prefix }}ErrorKind { get }

    /// The finer meaning that several platforms share, if the code has one.
    var condition: {{ prefix }}ErrorCondition? { get }

    /// Whether repeating the same request is safe and may succeed; `false` for an unknown code.
    var isRetryable: Bool { get }

    /// The HTTP status that the platform documents for it.
    var httpStatus: Int? { get }

    /// The message in `locale`; `nil` for an unknown code.
    func message(in locale: {{ prefix }}ErrorLocale) -> String?

    /// What to do about it, in `locale`; `nil` if nothing is documented.
    func solution(in locale: {{ prefix }}ErrorLocale) -> String?
}

extension {{ prefix }}DomainErrorCode {
    public var reference: String { "\(domain)/\(codeText)" }

    public var isSuccess: Bool { kind == .ok }

    /// The message in the first locale and the code: a text for logs.
    public var description: String { "\(message(in: .{{ fallback }}) ?? "unknown error") (code \(codeText))" }
}

// From Swift 6.2 on, a module may isolate all it declares to the main actor. A type whose protocol inherits from
// `Sendable` is left out, so what conforms to this one can be used from everywhere.
private protocol ErrbookSendable: Sendable {}

// MARK: - {{ prefix }}ErrorKind

/// The kind of an error: the canonical codes of google.rpc, in the order of their numbers from 0.
public enum {{ prefix }}ErrorKind: String, CaseIterable, ErrbookSendable {
{%- for kind in kinds %}
    /// {{ kind.doc }}
    case {{ kind.ident }} = {{ kind.id }}
{% endfor %}
    /// The stable `snake_case` name.
    public var id: String { rawValue }
}

// MARK: - {{ prefix }}ErrorLocale

/// A language that the texts are written in.
public enum {{ prefix }}ErrorLocale: String, CaseIterable, ErrbookSendable {
{%- for locale in locales %}
    /// The texts in `{{ locale.tag_doc }}`{% if locale.is_fallback %}, the fallback{% endif %}.
    case {{ locale.ident }} = {{ locale.tag }}
{% endfor %}
    /// The BCP 47 tag.
    public var tag: String { rawValue }

    /// The locale that suits a user best who prefers the languages `tags`, the best first; the fallback,
    /// `{{ fallback_doc }}`, if none of them fits.
    ///
    /// Takes BCP 47 tags and POSIX forms (`zh_CN.UTF-8`). The script decides: a user of Traditional Chinese (`zh-TW`,
    /// `zh-HK`) gets the fallback unless the book has `zh-Hant`; Simplified Chinese does not count as a match.
    public static func match(_ tags: some Sequence<String>) -> {{ prefix }}ErrorLocale {
        for tag in tags {
            let wanted = Subtags(tag)
            let candidates = allCases.filter { $0.subtags.language == wanted.language && $0.subtags.script == wanted.script }
            if let locale = candidates.first(where: { $0.subtags.region == wanted.region }) ?? candidates.first {
                return locale
            }
        }
        return .{{ fallback }}
    }

    private var subtags: Subtags {
        switch self {
{%- for locale in locales %}
        case .{{ locale.ident }}: return Subtags(language: {{ locale.language }}, script: {{ locale.script }}, region: {{ locale.region }})
{%- endfor %}
        }
    }

    /// The parts of a tag that tell locales apart, in lower case; empty if absent.
    private struct Subtags {
        var language: String
        var script: String
        var region: String

        init(language: String, script: String, region: String) {
            self.language = language
            self.script = script
            self.region = region
        }

        init(_ tag: String) {
            let subtags = tag.utf8
                .prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "@") }
                .map { UInt8(ascii: "A") ... UInt8(ascii: "Z") ~= $0 ? $0 + 32 : $0 }
                .split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            self.init(language: String(decoding: subtags[0], as: UTF8.self), script: "", region: "")
            // A subtag of one character begins an extension, where the same shapes mean other things.
            for subtag in subtags.dropFirst().prefix(while: { $0.count != 1 }) {
                let isLetters = subtag.allSatisfy { UInt8(ascii: "a") ... UInt8(ascii: "z") ~= $0 }
                let isDigits = subtag.allSatisfy { UInt8(ascii: "0") ... UInt8(ascii: "9") ~= $0 }
                if subtag.count == 4, isLetters, script.isEmpty {
                    script = String(decoding: subtag, as: UTF8.self)
                } else if (subtag.count == 2 && isLetters) || (subtag.count == 3 && isDigits), region.isEmpty {
                    region = String(decoding: subtag, as: UTF8.self)
                }
            }
            let likely = Subtags.likelyScripts.first {
                $0.language == language && ($0.region == region || $0.region.isEmpty)
            }
            // A language without a rule is written in one script only, so a script that is named says nothing.
            if let likely {
                if script.isEmpty { script = likely.script }
            } else {
                script = ""
            }
        }

        /// The script of a tag that names none; an empty region stands for all other regions.
        private static var likelyScripts: [(language: String, region: String, script: String)] {
            [
{%- for likely in likely_scripts %}
                ({{ likely.language }}, {{ likely.region }}, {{ likely.script }}),
{%- endfor %}
            ]
        }
    }
}

#if canImport(Foundation)
extension {{ prefix }}ErrorLocale {
    /// The locale that suits the user's preferred languages best.
    public static var preferred: {{ prefix }}ErrorLocale { match(Foundation.Locale.preferredLanguages) }
}
#endif

// MARK: - {{ prefix }}ErrorCondition

/// A finer meaning that several platforms share: one of the constants, or a name this file does not know.
public struct {{ prefix }}ErrorCondition: RawRepresentable, Hashable, Comparable, Codable, ErrbookSendable {
    /// The stable `snake_case` name.
    public let rawValue: String

    /// Wraps any name. Never fails: see ``isKnown``.
    public init(name: String) { self.init(rawValue: name) }

{%- if has_former_names %}

    /// Wraps any name; one that a condition had before becomes the current one. Never fails: see ``isKnown``.
    public init(rawValue: String) {
        switch rawValue {
{%- for condition in conditions %}
{%- for former in condition.former_names %}
        case {{ former.view.name }}: self.rawValue = {{ condition.name }}
{%- endfor %}
{%- endfor %}
        default: self.rawValue = rawValue
        }
    }
{%- else %}

    /// Wraps any name. Never fails: see ``isKnown``.
    public init(rawValue: String) { self.rawValue = rawValue }
{%- endif %}

    public static func < (lhs: {{ prefix }}ErrorCondition, rhs: {{ prefix }}ErrorCondition) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension {{ prefix }}ErrorCondition {
{%- for condition in conditions %}
    /// `{{ condition.name_doc }}`: {{ condition.doc }}
    public static var {{ condition.ident }}: {{ prefix }}ErrorCondition { {{ prefix }}ErrorCondition(name: {{ condition.name }}) }
{%- for former in condition.former_names %}

    /// `{{ condition.name_doc }}`: {{ condition.doc }}
    @available(*, deprecated, message: {{ former.view.deprecated.note }}, renamed: {{ former.renamed }})
    public static var {{ former.view.ident }}: {{ prefix }}ErrorCondition { {{ prefix }}ErrorCondition(name: {{ condition.name }}) }
{%- endfor %}
{% endfor %}
{%- for RetiredCondition { view, renamed } in retired_conditions %}
    /// `{{ view.name_doc }}`: {{ view.doc }}
    @available(*, deprecated, message: {{ view.deprecated.note }}{% if let Some(renamed) = renamed %}, renamed: {{ renamed }}{% endif %})
    public static var {{ view.ident }}: {{ prefix }}ErrorCondition { {{ prefix }}ErrorCondition(name: {{ view.name }}) }
{% endfor %}
    /// Every known condition, by name.
    public static var all: [{{ prefix }}ErrorCondition] { Facts.names.map { {{ prefix }}ErrorCondition(name: $0) } }
}

extension {{ prefix }}ErrorCondition: CustomStringConvertible {
    /// The stable `snake_case` name.
    public var name: String { rawValue }

    /// Whether this file describes the condition.
    public var isKnown: Bool { facts != nil }

    /// The kind of error that it is; ``{{ prefix }}ErrorKind/unknown`` for an unknown condition.
    public var kind: {{ prefix }}ErrorKind { facts?.kind ?? .unknown }

    /// A few words in `locale`; `nil` for an unknown condition.
    public func title(in locale: {{ prefix }}ErrorLocale) -> String? {
        switch locale {
{%- for locale in locales %}
        case .{{ locale.ident }}: return facts?.title{{ locale.suffix }}
{%- endfor %}
        }
    }

    /// What has happened, in `locale`; `nil` for an unknown condition.
    public func description(in locale: {{ prefix }}ErrorLocale) -> String? {
        switch locale {
{%- for locale in locales %}
        case .{{ locale.ident }}: return facts?.description{{ locale.suffix }}
{%- endfor %}
        }
    }

    /// The stable `snake_case` name.
    public var description: String { rawValue }

    private var facts: Facts? { Facts.of(rawValue) }
}

extension {{ prefix }}ErrorCondition {
    private struct Facts {
        var kind: {{ prefix }}ErrorKind
{%- for locale in locales %}
        var title{{ locale.suffix }}: String
{%- endfor %}
{%- for locale in locales %}
        var description{{ locale.suffix }}: String
{%- endfor %}

        static func of(_ name: String) -> Facts? {
            switch name {
{%- for condition in conditions %}
            case {{ condition.name }}:
                return Facts(
                    kind: {{ condition.kind }}
{%- for (label, text) in condition.texts %},
                    {{ label }}: {{ text }}
{%- endfor %})
{%- endfor %}
            default:
                return nil
            }
        }

        static let names: [String] = [
{%- for condition in conditions %}
            {{ condition.name }},
{%- endfor %}
        ]
    }
}

// swiftlint:enable all
