package io.errbook.app

import io.errbook.iot.ErrorCondition
import io.errbook.iot.ErrorLocale
import io.errbook.iot.QuectelErrorCode
import io.errbook.iot.QuectelException

internal enum class NextStep { CONTINUE, TRY_AGAIN, SIGN_IN, ASK_FOR_CODE, GIVE_UP }

// example:start
/** Tells the user what went wrong, and the app what to do next. */
internal fun onQuectelError(wireCode: Int, languages: List<String>, show: (String) -> Unit): NextStep {
    val error = QuectelErrorCode.fromCode(wireCode) // any number will do
    if (error.isSuccess) return NextStep.CONTINUE

    val locale = ErrorLocale.match(languages) // ["zh-CN", "en"] gives ZH_HANS
    show(error.message(locale) ?: error.toString()) // "unknown error (code 99999)"
    error.solution(locale)?.let(show)

    return when {
        error.isRetryable -> NextStep.TRY_AGAIN
        error.condition == ErrorCondition.TOKEN_EXPIRED -> NextStep.SIGN_IN // on every platform
        else -> when (error) {
            QuectelErrorCode.SMS_CODE_INCORRECT -> NextStep.ASK_FOR_CODE
            else -> NextStep.GIVE_UP
        }
    }
}
// example:end

/** Runs the example on codes whose answers are known, and throws and catches one. */
internal fun checkApp() {
    val shown = mutableListOf<String>()
    check(onQuectelError(QuectelErrorCode.SMS_CODE_INCORRECT.code, listOf("zh-CN"), shown::add) == NextStep.ASK_FOR_CODE)
    check(shown.first() == QuectelErrorCode.SMS_CODE_INCORRECT.message(ErrorLocale.ZH_HANS))
    shown.clear()
    check(onQuectelError(99999, listOf("de-AT"), shown::add) == NextStep.GIVE_UP)
    check(shown == listOf("unknown error (code 99999)"))

    val thrown: Throwable = QuectelException(QuectelErrorCode.SMS_CODE_INCORRECT, cause = IllegalStateException("timeout"))
    check(thrown is QuectelException && thrown.code == QuectelErrorCode.SMS_CODE_INCORRECT)
    check(thrown.message == QuectelErrorCode.SMS_CODE_INCORRECT.toString())
    check(thrown.kind == thrown.code.kind && thrown.condition == thrown.code.condition)
    check(thrown.isRetryable == thrown.code.isRetryable)
    check(QuectelException(QuectelErrorCode.SMS_CODE_INCORRECT, "mine").message == "mine")
}
