/// Asks the generated type about the codes of a great domain; `words.md` says what.
@main
struct App {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let argument = arguments.dropFirst().first ?? ""
        switch arguments.first {
        case "one":
            var text = ""
            let spent = clock.measure { text = message(argument) ?? "" }
            print("\(nanoseconds(spent) / 1000)\t\(text)")
        case "time":
            let known = SyntheticErrorCode.all.map(\.codeText)
            print("\(time(known))\t\(time(known.map { $0 + "1" }))")
        default:
            for each in SyntheticErrorCode.all {
                guard let code = SyntheticErrorCode(codeText: each.codeText) else {
                    fatalError("\(each) is not read again")
                }
                let row: [String] = [
                    code.codeText,
                    code.name ?? "",
                    code.kind.id,
                    String(code.isRetryable),
                    code.httpStatus.map { String($0) } ?? "",
                    code.message(in: .en) ?? "",
                    code.message(in: .zhHans) ?? "",
                    code.solution(in: .en) ?? "",
                    code.solution(in: .zhHans) ?? "",
                ]
                print(row.joined(separator: "\t"))
            }
        }
    }

    static let clock = ContinuousClock()

    static func message(_ text: String) -> String? {
        SyntheticErrorCode(codeText: text)?.message(in: .en)
    }

    /// How long a lookup of each text takes, in nanoseconds.
    static func time(_ texts: [String]) -> Int {
        let rounds = 400_000 / texts.count + 1
        var length = 0
        let spent = clock.measure {
            for _ in 0..<rounds {
                for text in texts { length += message(text)?.utf8.count ?? 1 }
            }
        }
        precondition(length > 0, "nothing was looked up")
        return nanoseconds(spent) / (rounds * texts.count)
    }

    static func nanoseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1_000_000_000 + Int(duration.components.attoseconds / 1_000_000_000)
    }
}
