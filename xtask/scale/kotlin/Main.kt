import io.errbook.book.ErrorLocale
import io.errbook.book.SyntheticErrorCode
import java.io.PrintStream

/** Asks the generated class about the codes of a great domain; `words.md` says what. */
fun main(arguments: Array<String>) {
    val out = PrintStream(System.out, false, "UTF-8")
    when (arguments[0]) {
        "one" -> {
            val started = System.nanoTime()
            val message = message(arguments[1])
            out.println("${(System.nanoTime() - started) / 1000}\t${message.orEmpty()}")
        }
        "time" -> {
            val known = SyntheticErrorCode.all().map { it.codeText }
            // The first round is the compiler's.
            time(known)
            out.println("${time(known)}\t${time(known.map { it + "1" })}")
        }
        else -> for (each in SyntheticErrorCode.all()) {
            val code = checkNotNull(SyntheticErrorCode.parse(each.codeText))
            val row = listOf(
                code.codeText,
                code.name,
                code.kind.id,
                code.isRetryable,
                code.httpStatus,
                code.message(ErrorLocale.EN),
                code.message(ErrorLocale.ZH_HANS),
                code.solution(ErrorLocale.EN),
                code.solution(ErrorLocale.ZH_HANS),
            )
            out.println(row.joinToString("\t") { it?.toString().orEmpty() })
        }
    }
    out.flush()
}

private fun message(text: String): String? = SyntheticErrorCode.parse(text)?.message(ErrorLocale.EN)

/** How long a lookup of each text takes, in nanoseconds. */
private fun time(texts: List<String>): Long {
    val rounds = 400_000 / texts.size + 1
    var length = 0L
    val started = System.nanoTime()
    repeat(rounds) {
        for (text in texts) length += message(text)?.length ?: 1
    }
    val spent = System.nanoTime() - started
    check(length > 0) { "nothing was looked up" }
    return spent / (rounds.toLong() * texts.size)
}
