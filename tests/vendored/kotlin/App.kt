package app

import com.acme.errors.AcmeErrorKind
import com.acme.errors.AcmeQuectelErrorCode
import com.acme.errors.BetaDomainErrorCode
import com.acme.errors.BetaErrorLocale
import com.acme.errors.BetaQuectelErrorCode
import com.acme.errors.BetaQuectelException

internal fun main() {
    val own = AcmeQuectelErrorCode.fromCode(5049)
    check(own == AcmeQuectelErrorCode.DEVICE_ALREADY_BOUND && own.kind == AcmeErrorKind.ALREADY_EXISTS)
    val other: BetaDomainErrorCode = BetaQuectelException(BetaQuectelErrorCode.SMS_CODE_INCORRECT).code
    check(other.message(BetaErrorLocale.match("zh-CN")) != null)
    println("${own.name} ${other.name}")
}
