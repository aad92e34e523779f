package io.errbook.app

import io.errbook.iot.ErrorCondition
import io.errbook.iot.ErrorKind
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

/** The kinds are complete, so the compiler tells an app that has forgotten one. */
internal fun isUsersFault(kind: ErrorKind): Boolean = when (kind) {
    ErrorKind.INVALID_ARGUMENT,
    ErrorKind.NOT_FOUND,
    ErrorKind.ALREADY_EXISTS,
    ErrorKind.PERMISSION_DENIED,
    ErrorKind.FAILED_PRECONDITION,
    ErrorKind.OUT_OF_RANGE,
    ErrorKind.UNAUTHENTICATED,
    ErrorKind.CANCELLED,
    -> true

    ErrorKind.OK,
    ErrorKind.UNKNOWN,
    ErrorKind.DEADLINE_EXCEEDED,
    ErrorKind.RESOURCE_EXHAUSTED,
    ErrorKind.ABORTED,
    ErrorKind.UNIMPLEMENTED,
    ErrorKind.INTERNAL,
    ErrorKind.UNAVAILABLE,
    ErrorKind.DATA_LOSS,
    -> false
}

/** What a call comes to. */
internal sealed interface Outcome {
    data object Done : Outcome

    data class Refused(val code: QuectelErrorCode) : Outcome
}

internal fun call(reply: Int): Outcome = try {
    val code = QuectelErrorCode.fromCode(reply)
    if (code.isSuccess) Outcome.Done else throw QuectelException(code)
} catch (e: QuectelException) {
    Outcome.Refused(e.code)
}

/** From what a call came to, to the title of a dialogue, if there is one to show. */
internal fun title(outcome: Outcome): String? = when (outcome) {
    is Outcome.Done -> null
    is Outcome.Refused -> when (outcome.code) {
        in setOf(QuectelErrorCode.SMS_CODE_INCORRECT) -> "SMS"
        else -> if (isUsersFault(outcome.code.kind)) "Please check" else outcome.code.toString()
    }
}

/** Runs the example on codes whose answers are known, and throws and catches one. */
internal fun checkApp() {
    val shown = mutableListOf<String>()
    check(onQuectelError(QuectelErrorCode.SMS_CODE_INCORRECT.code, listOf("zh-CN"), shown::add) == NextStep.ASK_FOR_CODE)
    check(shown.first() == QuectelErrorCode.SMS_CODE_INCORRECT.message(ErrorLocale.ZH_HANS))
    shown.clear()
    check(onQuectelError(99999, listOf("de-AT"), shown::add) == NextStep.GIVE_UP)
    check(shown == listOf("unknown error (code 99999)"))
    check(listOf(QuectelErrorCode.SMS_CODE_INCORRECT.code, 99999).map { title(call(it)) } == listOf("SMS", shown.single()))
    check(QuectelErrorCode.all().reversed().sorted() == QuectelErrorCode.all())
    check(QuectelErrorCode.all().associateWith { it.name }[QuectelErrorCode.SMS_CODE_INCORRECT] == "sms_code_incorrect")

    val thrown: Throwable = QuectelException(QuectelErrorCode.SMS_CODE_INCORRECT, cause = IllegalStateException("timeout"))
    check(thrown is QuectelException && thrown.code == QuectelErrorCode.SMS_CODE_INCORRECT)
    check(thrown.message == QuectelErrorCode.SMS_CODE_INCORRECT.toString())
    check(thrown.kind == thrown.code.kind && thrown.condition == thrown.code.condition)
    check(thrown.isRetryable == thrown.code.isRetryable)
    check(QuectelException(QuectelErrorCode.SMS_CODE_INCORRECT, "mine").message == "mine")
}
