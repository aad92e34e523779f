{% include "swift/header.swift" %}

/// Finds an error code whose platform is known only when the app runs.
///
/// This file needs the files of all platforms of the book; an app of few platforms leaves it out.
public enum {{ prefix }}ErrorCodeRegistry {
    /// Every platform's `domain`, in the order of the book.
    public static var domains: [String] {
        [
{%- for domain in domains %}
            {{ domain.id }},
{%- endfor %}
        ]
    }

    /// The code `codeText` of the platform `domain`; `nil` for an unknown platform, or for a text that is no code of it.
    public static func lookup(domain: String, codeText: String) -> (any {{ prefix }}DomainErrorCode)? {
        switch domain {
{%- for domain in domains %}
        case {{ domain.id }}: return {{ prefix }}{{ domain.type_path }}(codeText: codeText)
{%- endfor %}
        default: return nil
        }
    }

    /// The code that a reference, platform and code joined by `/`, stands for; `nil` if there is none.
    public static func parseReference(_ reference: String) -> (any {{ prefix }}DomainErrorCode)? {
        // By bytes, because a `Character` joins the slash with a combining mark that follows it.
        guard let slash = reference.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let afterSlash = reference.utf8.index(after: slash)
        return lookup(domain: String(reference[..<slash]), codeText: String(reference[afterSlash...]))
    }
}

// swiftlint:enable all
