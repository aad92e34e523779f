// An app that holds the generated files in its own module, beside types of the platform with similar names.

import Foundation

@main
struct App {
    static func main() {
        checkExample()
        (Constants() as any Listing).list()
        for (domain, type) in domains {
            printAll(domain, type)
        }
        precondition(ErrorCondition.all == ErrorCondition.all.reversed().sorted(), "conditions sort by name")
        for condition in ErrorCondition.all {
            print(json(condition))
        }
        vectors()
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

func condition(_ name: String, _ condition: ErrorCondition) {
    print("{\"condition_constant\":\(json(name)),\"is\":\(json(condition.name))}")
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
