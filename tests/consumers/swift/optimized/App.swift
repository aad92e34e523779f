// An app that is optimized and imports the optimized package, as a release ships them. It checks what it is told,
// says what is wrong and ends with 1. A book without its two vendors goes without it.

import Foundation

@main
struct App {
    static func main() async {
        checkLookups()
        checkUnknown()
        checkCoding()
        checkCatching()
        checkTexts()
        await checkConcurrency()
    }
}

func expect(_ holds: Bool, _ what: String) {
    guard !holds else { return }
    FileHandle.standardError.write(Data("does not hold: \(what)\n".utf8))
    exit(1)
}

func checkLookups() {
    let code = QuectelErrorCode(code: 5003)
    expect(code == .smsCodeIncorrect && code.name == "sms_code_incorrect", "a number is its constant")
    expect(code.message(in: .en) == "Incorrect SMS verification code.", "it has a message in English")
    expect(code.message(in: .zhHans) == "短信验证码错误。", "and one in Chinese")
    expect("\(code)" == "Incorrect SMS verification code. (code 5003)", "logs show both")
    expect(QuectelErrorCode(name: "sms_code_incorrect") == code, "a name leads back")
    expect(QuectelErrorCode(codeText: "5003") == code, "so does a text")
    expect(QuectelErrorCode(codeText: "05003") == nil, "but no other text")
    expect(ErrorCodeRegistry.parseReference("quectel/5003") as? QuectelErrorCode == code, "so does a reference")
    for code in QuectelErrorCode.all {
        expect(code.isKnown && QuectelErrorCode(codeText: code.codeText) == code, "\(code) is known")
        expect(code.name.flatMap { QuectelErrorCode(name: $0) } == code, "the name of \(code) leads back")
        expect(ErrorLocale.allCases.allSatisfy { code.message(in: $0)?.isEmpty == false }, "\(code) has messages")
        expect(!code.isRetryable || !isUsersFault(code.kind), "\(code) may be retried, and the user is to blame")
    }
    expect(QuectelErrorCode.all.contains { $0.condition == .deviceAlreadyBound }, "a condition is found")
}

/// The kinds are complete, so the compiler tells an app that has forgotten one, in another module, too.
func isUsersFault(_ kind: ErrorKind) -> Bool {
    switch kind {
    case .invalidArgument, .notFound, .alreadyExists, .permissionDenied, .failedPrecondition, .outOfRange,
        .unauthenticated, .cancelled:
        return true
    case .ok, .unknown, .deadlineExceeded, .resourceExhausted, .aborted, .unimplemented, .internal, .unavailable,
        .dataLoss:
        return false
    }
}

func checkUnknown() {
    for raw in [Int32.min, -1, Int32.max] {
        let code = QuectelErrorCode(rawValue: raw)
        expect(!code.isKnown && code.code == raw && code.name == nil, "\(raw) is kept, and unknown")
        expect(code.kind == .unknown && !code.isRetryable && !code.isSuccess, "\(raw) means nothing")
        expect(code.condition == nil && code.httpStatus == nil, "nothing is known of \(raw)")
        expect(ErrorLocale.allCases.allSatisfy { code.message(in: $0) == nil }, "\(raw) has no message")
        expect(ErrorLocale.allCases.allSatisfy { code.solution(in: $0) == nil }, "and no solution")
        expect(code.description == "unknown error (code \(raw))", "logs show \(raw)")
    }
}

struct Reply: Codable, Hashable {
    var code: QuectelErrorCode
    var source: HaierUwsErrorCode?
}

func checkCoding() {
    let json = #"[{"code":5003},{"code":"5003"},{"code":999999999,"source":"nobody"}]"#
    guard let replies = try? JSONDecoder().decode([Reply].self, from: Data(json.utf8)) else {
        return expect(false, "replies are read")
    }
    expect(replies.map(\.code) == [.smsCodeIncorrect, .smsCodeIncorrect, QuectelErrorCode(code: 999_999_999)], "as they came")
    expect(Set(replies).count == 2 && replies[2].source == HaierUwsErrorCode(code: "nobody"), "alike is equal")
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let written = (try? encoder.encode(replies)).map { String(decoding: $0, as: UTF8.self) }
    expect(written == #"[{"code":5003},{"code":5003},{"code":999999999,"source":"nobody"}]"#, "a code is a bare value")
    expect((try? JSONDecoder().decode(Reply.self, from: Data(#"{"code":5e99}"#.utf8))) == nil, "not each number is one")
}

func call(_ reply: Int32) throws(QuectelErrorCode) -> String {
    let code = QuectelErrorCode(code: reply)
    guard code.isSuccess else { throw code }
    return code.reference
}

func checkCatching() {
    do throws(QuectelErrorCode) {
        _ = try call(5003)
        expect(false, "a code that is no success is thrown")
    } catch .smsCodeIncorrect {
        // As it must be.
    } catch {
        expect(false, "5003 is the constant, and not \(error)")
    }
    let results: [Result<String, any Error>] = [5003, 999_999_999].map { reply in Result { try call(reply) } }
    let caught = results.map { result in
        do {
            return try result.get()
        } catch QuectelErrorCode.smsCodeIncorrect {
            return "constant"
        } catch let code as QuectelErrorCode where !code.isKnown {
            return "unknown \(code.code)"
        } catch {
            return "\(error)"
        }
    }
    expect(caught == ["constant", "unknown 999999999"], "clauses name a constant, or a type and a condition: \(caught)")
}

func checkTexts() {
    let codes = HaierUwsErrorCode.all
    expect(codes == codes.shuffled().sorted() && Set(codes).count == codes.count, "codes sort, and are distinct")
    for code in codes {
        expect(HaierUwsErrorCode(code: code.codeText).message(in: .zhHans) != nil, "\(code) is found by its text")
    }
    for text in ["", "😀", "\u{ff21}", "a\u{301}", "\u{e1}"] {
        let code = HaierUwsErrorCode(code: text)
        expect(!code.isKnown && code.codeText.utf8.elementsEqual(text.utf8), "\(text) is kept, and unknown")
    }
    expect(HaierUwsErrorCode(code: "a\u{301}") != HaierUwsErrorCode(code: "\u{e1}"), "what looks alike is no equal")
}

/// Counts what happened, from whatever task.
actor Journal {
    private(set) var counts: [QuectelErrorCode: Int] = [:]

    func note(_ code: QuectelErrorCode) { counts[code, default: 0] += 1 }
}

func checkConcurrency() async {
    let (journal, codes) = (Journal(), QuectelErrorCode.all)
    await withTaskGroup(of: (any DomainErrorCode).self) { group in
        for code in codes {
            group.addTask {
                await journal.note(code)
                return code
            }
        }
        for await code in group { expect(code.isKnown, "\(code) comes back from a task") }
    }
    expect(await journal.counts == Dictionary(uniqueKeysWithValues: codes.map { ($0, 1) }), "each was noted once")
}
