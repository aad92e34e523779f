// An app that holds the generated files in its own module, beside types of the platform with similar names.

import Foundation

// example:start
/// The part of a reply that says what went wrong.
struct Reply: Decodable {
    let code: QuectelErrorCode  // also one that this build does not know
}

/// What the app does about an error reply.
func answer(_ body: Data) throws -> (text: String, retry: Bool) {
    let error = try JSONDecoder().decode(Reply.self, from: body).code
    if error.condition == .deviceAlreadyBound {
        return ("Ask its owner to share the device with you.", false)  // the same for every vendor
    }
    switch error {
    case .smsCodeIncorrect:
        return ("Type the code again.", false)
    default:
        // In the language that suits the user best; an unknown code says so, with its number.
        let text = error.message(in: .preferred) ?? "\(error)"
        return (text, error.isRetryable)
    }
}
// example:end

/// An app has errors of its own.
enum AppError: Error {
    case offline
}

@main
struct App {
    static func main() {
        check()
        (Constants() as any Listing).list()
        for (domain, type) in domains {
            printAll(domain, type)
        }
        for condition in ErrorCondition.all {
            print(json(condition))
        }
        vectors()
    }

    /// What only this language offers; a wrong answer stops the program.
    static func check() {
        let locale = Locale(identifier: "zh_CN")
        precondition(ErrorLocale.match([locale.identifier]).tag == "zh-Hans")
        precondition(ErrorLocale.allCases.contains(.preferred))
        precondition(ErrorLocale(rawValue: "zh-Hans") == .zhHans)
        precondition(ErrorKind(rawValue: "not_found") == .notFound && ErrorKind.allCases.count == 17)

        let unknown = QuectelErrorCode(code: 999_999_999)
        precondition((try? answer(Data(#"{"code": 999999999}"#.utf8)).text) == unknown.description)
        precondition((try? answer(Data(#"{"code": "5003"}"#.utf8)).text) == "Type the code again.")
        precondition((try? answer(Data(#"{"code": "05003"}"#.utf8))) == nil)
        precondition((try? JSONEncoder().encode([unknown])) == Data("[999999999]".utf8))
        precondition(Set([unknown, QuectelErrorCode(rawValue: 999_999_999)]).count == 1)
        precondition(QuectelErrorCode.all.sorted() == QuectelErrorCode.all)

        let kelvin = HaierUwsErrorCode(code: "\u{212A}")
        precondition(kelvin != HaierUwsErrorCode(code: "K") && kelvin == HaierUwsErrorCode(rawValue: "\u{212A}"))
        precondition(HaierUwsErrorCode(code: "A") < HaierUwsErrorCode(code: "a"))
        precondition(HaierUwsErrorCode.all.sorted() == HaierUwsErrorCode.all)

        precondition(ErrorCondition(name: "device_already_bound") == .deviceAlreadyBound)
        let strange = ErrorCondition(name: "strange")
        precondition(!strange.isKnown && strange.kind == .unknown && strange.title(in: .en) == nil)

        precondition(caught(QuectelErrorCode.smsCodeIncorrect) == "constant")
        precondition(caught(unknown) == "quectel/999999999")
        precondition(caught(kelvin) == "haier-uws/\u{212A}")
        precondition(caught(AppError.offline) == "offline")
        precondition((unknown as NSError).domain == "quectel" && (unknown as NSError).code == 999_999_999)
        for code in QuectelErrorCode.all + [unknown] {
            let error: any Error = code
            precondition(error.localizedDescription == code.message(in: .preferred) ?? code.description)
            precondition((error as NSError).localizedRecoverySuggestion == code.solution(in: .preferred))
        }
        precondition(domains.allSatisfy { $0.1.domainName == $0.0 } && unknown.domain == QuectelErrorCode.domainName)
        precondition(HaierUwsErrorCode(codeText: "") == nil && HaierUwsErrorCode(code: "").codeText.isEmpty)
        precondition(ErrorCodeRegistry.domains == domains.map(\.0))
    }

    static func caught(_ error: any Error) -> String {
        do {
            throw error
        } catch QuectelErrorCode.smsCodeIncorrect {
            return "constant"
        } catch let error as any DomainErrorCode {
            return error.reference
        } catch {
            return "\(error)"
        }
    }

    static func printAll<Code: DomainErrorCode>(_ domain: String, _ type: Code.Type) {
        let codes = type.all.map { json($0.codeText) }.joined(separator: ",")
        print("{\"all\":\(json(domain)),\"codes\":[\(codes)]}")
    }
}

// MARK: - What the lists call

func constant(_ name: String, _ code: any DomainErrorCode) {
    print("{\"constant\":\(json(name)),\"is\":\(json(code))}")
}

func vector(_ operation: String, _ domain: String, _ hex: String) {
    let argument = text(hex)
    let type = domains.first { $0.0 == domain }?.1
    let answer: String
    switch operation {
    case "code": answer = json(type.flatMap { fromCode($0, argument) })
    case "parse": answer = json(type.flatMap { parse($0, argument) })
    case "name": answer = json(type.flatMap { named($0, argument) })
    case "lookup": answer = json(ErrorCodeRegistry.lookup(domain: domain, codeText: argument))
    case "reference": answer = json(ErrorCodeRegistry.parseReference(argument))
    case "match":
        let tags = argument.isEmpty ? [] : argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        answer = json(ErrorLocale.match(tags).tag)
    default: fatalError("unknown operation \(operation)")
    }
    print("{\"op\":\(json(operation)),\"domain\":\(json(domain)),\"arg\":\(json(hex)),\"is\":\(answer)}")
}

private func parse<Code: DomainErrorCode>(_ type: Code.Type, _ text: String) -> (any DomainErrorCode)? {
    Code(codeText: text)
}

private func named<Code: DomainErrorCode>(_ type: Code.Type, _ name: String) -> (any DomainErrorCode)? {
    Code(name: name)
}

/// Wraps a raw code, as if it had come as a number or as a text.
private func fromCode(_ type: any DomainErrorCode.Type, _ text: String) -> (any DomainErrorCode)? {
    if let type = type as? any RawRepresentable<String>.Type {
        return type.init(rawValue: text) as? any DomainErrorCode
    } else if let type = type as? any RawRepresentable<Int32>.Type, let number = Int32(text) {
        return type.init(rawValue: number) as? any DomainErrorCode
    } else if let type = type as? any RawRepresentable<Int64>.Type, let number = Int64(text) {
        return type.init(rawValue: number) as? any DomainErrorCode
    }
    return nil
}

private func text(_ hex: String) -> String {
    let digits = hex.utf8.map { $0 < UInt8(ascii: "a") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10 }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    return String(decoding: bytes, as: UTF8.self)
}

// MARK: - JSON

private func json(_ text: String?) -> String {
    guard let text else { return "null" }
    var out = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": out += "\\\""
        case "\\": out += "\\\\"
        case _ where scalar.value < 0x20:
            let hex = String(scalar.value, radix: 16)
            out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out + "\""
}

private func json(_ text: (ErrorLocale) -> String?) -> String {
    "{" + ErrorLocale.allCases.map { "\(json($0.tag)):\(json(text($0)))" }.joined(separator: ",") + "}"
}

private func json(_ condition: ErrorCondition) -> String {
    "{\"condition\":\(json(condition.name)),\"kind\":\(json(condition.kind.id)),"
        + "\"title\":\(json(condition.title)),\"description\":\(json(condition.description(in:)))}"
}

private func json(_ code: (any DomainErrorCode)?) -> String {
    guard let code else { return "null" }
    let fields = [
        ("domain", json(code.domain)),
        ("code", json(code.codeText)),
        ("reference", json(code.reference)),
        ("name", json(code.name)),
        ("known", "\(code.isKnown)"),
        ("success", "\(code.isSuccess)"),
        ("kind", json(code.kind.id)),
        ("condition", json(code.condition?.name)),
        ("retryable", "\(code.isRetryable)"),
        ("http_status", code.httpStatus.map(String.init) ?? "null"),
        ("message", json(code.message)),
        ("solution", json(code.solution)),
        ("text", json(code.description)),
    ]
    return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
}
