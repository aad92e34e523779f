// In the package of the generated files, as in an app that keeps them beside its own: a generated
// `Locale` or `Error` would win over the platform's here, and this file would not compile.
package io.errbook.iot

import io.errbook.app.checkApp
import io.errbook.app.checkAppOnJvm
import io.errbook.app.report
import java.util.*

internal fun userLanguages(locale: Locale = Locale.getDefault()): List<String> = listOf(locale.toLanguageTag())

internal fun isFatal(throwable: Throwable): Boolean = throwable is Error

public fun main() {
    check(ErrorLocale.match(userLanguages(Locale.forLanguageTag("tlh"))) == ErrorLocale.entries.first())
    check(isFatal(AssertionError()) && !isFatal(Exception()))
    checkApp()
    checkAppOnJvm()
    println("""{"run":"jvm"}""")
    report()
}
