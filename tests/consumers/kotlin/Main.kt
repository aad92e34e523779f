package io.errbook.app

import io.errbook.iot.DomainErrorCode
import io.errbook.iot.ErrorCodeRegistry
import io.errbook.iot.ErrorCondition
import io.errbook.iot.ErrorKind
import io.errbook.iot.ErrorLocale

/** Says all the API says, one JSON object a line. */
internal fun report() {
    reportConstants()
    check(ErrorCodeRegistry.domains == domains.keys.toList())
    check(ErrorLocale.entries.all { ErrorLocale.match("!", it.tag) == it } && ErrorLocale.match() == ErrorLocale.entries.first())
    check(ErrorKind.entries.indexOf(ErrorKind.UNAUTHENTICATED) == 16) // as in google.rpc
    for ((name, domain) in domains) {
        println("""{"all":${json(name)},"codes":[${domain.all.joinToString(",") { json(it.codeText) }}]}""")
        checkOrder(domain.all)
    }
    check(ErrorCondition.all().reversed().sorted() == ErrorCondition.all())
    for (condition in ErrorCondition.all()) {
        check(condition.isKnown && condition == ErrorCondition.fromName(condition.name))
        val kind = json(condition.kind.id)
        println(
            """{"condition":${json(condition.name)},"kind":$kind,""" +
                """"title":${json(condition::title)},"description":${json(condition::description)}}""",
        )
    }
    checkUnknownCondition()
    reportVectors()
}

/** What one domain's type offers beside the interface, with the code as text. */
internal class Domain(
    val all: List<DomainErrorCode>,
    val fromCode: (String) -> DomainErrorCode?,
    val parse: (String) -> DomainErrorCode?,
    val fromName: (String) -> DomainErrorCode?,
)

/** The text as a code of the type that the place asks for. */
internal inline fun <reified T> wire(text: String): T = when (T::class) {
    Int::class -> text.toInt()
    Long::class -> text.toLong()
    else -> text
} as T

internal fun constant(name: String, code: DomainErrorCode) {
    println("""{"constant":${json(name)},"is":${json(code)}}""")
}

internal fun condition(name: String, condition: ErrorCondition) {
    println("""{"condition_constant":${json(name)},"is":${json(condition.name)}}""")
}

internal fun probe(op: String, domain: String, hex: String) {
    val arg = hex.chunked(2) { it.toString().toInt(16).toByte() }.toByteArray().decodeToString()
    val answer = when (op) {
        "code" -> json(domains.getValue(domain).fromCode(arg))
        "parse" -> json(domains.getValue(domain).parse(arg))
        "name" -> json(domains.getValue(domain).fromName(arg))
        "lookup" -> json(ErrorCodeRegistry.lookup(domain, arg))
        "reference" -> json(ErrorCodeRegistry.parseReference(arg))
        "match" -> json(ErrorLocale.match(if (arg.isEmpty()) emptyList() else arg.split(',')).tag)
        else -> error("no such operation: $op")
    }
    println("""{"op":${json(op)},"domain":${json(domain)},"arg":${json(hex)},"is":$answer}""")
}

/** Equality, hash and order follow the code; each call makes a value of its own. */
private fun checkOrder(codes: List<DomainErrorCode>) {
    check(codes.toSet().size == codes.size)
    for (code in codes) {
        val twin = ErrorCodeRegistry.parseReference(code.reference)
        check(code == twin && code.hashCode() == twin.hashCode() && code.toString() == twin.toString())
        check(code.isSuccess == (code.kind == ErrorKind.OK))
    }
}

private fun checkUnknownCondition() {
    val unknown = ErrorCondition.fromName("no such condition")
    check(!unknown.isKnown && unknown.kind == ErrorKind.UNKNOWN && unknown.name == "no such condition")
    check(ErrorLocale.entries.all { unknown.title(it) == null && unknown.description(it) == null })
}

private fun json(code: DomainErrorCode?): String = if (code == null) {
    "null"
} else {
    """{"domain":${json(code.domain)},"code":${json(code.codeText)},"reference":${json(code.reference)},""" +
        """"name":${json(code.name)},"known":${code.isKnown},"success":${code.isSuccess},""" +
        """"kind":${json(code.kind.id)},"condition":${json(code.condition?.name)},""" +
        """"retryable":${code.isRetryable},"http_status":${code.httpStatus},""" +
        """"message":${json(code::message)},"solution":${json(code::solution)},"text":${json(code.toString())}}"""
}

private fun json(text: (ErrorLocale) -> String?): String =
    ErrorLocale.entries.joinToString(",", "{", "}") { "${json(it.tag)}:${json(text(it))}" }

private fun json(text: String?): String = if (text == null) {
    "null"
} else {
    buildString {
        append('"')
        for (char in text) {
            when {
                char == '"' || char == '\\' -> append('\\').append(char)
                char < ' ' -> append("\\u").append(char.code.toString(16).padStart(4, '0'))
                else -> append(char)
            }
        }
        append('"')
    }
}
