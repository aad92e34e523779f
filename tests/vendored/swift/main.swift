let own = AcmeQuectelErrorCode(code: 5049)
precondition(own == .deviceAlreadyBound && own.kind == AcmeErrorKind.alreadyExists)
let other: any BetaDomainErrorCode = BetaQuectelErrorCode.smsCodeIncorrect
precondition(other.message(in: BetaErrorLocale.match(["zh-CN"])) != nil)
print(own.name ?? "", other.name ?? "")
