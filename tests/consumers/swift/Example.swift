// An app of two vendors, beside types of the platform with similar names. A book without them goes without it.

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

/// What only this language offers; a wrong answer stops the program.
func checkExample() {
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

private func caught(_ error: any Error) -> String {
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
