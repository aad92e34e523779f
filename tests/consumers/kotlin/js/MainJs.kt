package io.errbook.app

public fun main() {
    checkApp()
    println("""{"run":"js"}""")
    report()
}
