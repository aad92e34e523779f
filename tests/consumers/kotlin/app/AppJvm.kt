package io.errbook.app

import io.errbook.iot.QuectelErrorCode
import io.errbook.iot.QuectelException
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream

/** An exception that crosses a process as bytes still knows its code. */
internal fun checkAppOnJvm() {
    val bytes = ByteArrayOutputStream()
    ObjectOutputStream(bytes).use { it.writeObject(QuectelException(QuectelErrorCode.fromCode(99999))) }
    val copy = ObjectInputStream(bytes.toByteArray().inputStream()).use { it.readObject() } as QuectelException
    check(copy.code == QuectelErrorCode.fromCode(99999) && copy.message == "unknown error (code 99999)")
}
