#!/usr/bin/env bash
# Compiles the generated Kotlin together with this app, for the JVM and for JavaScript, warnings being errors,
# and prints what the API says of every code. In: package/ and consumer/ in the current folder. Out: JSON lines
# on stdout; what compilers say goes to stderr. Exit status 77: a tool is missing.
set -euo pipefail

missing=()
for tool in kotlinc kotlinc-js java javac node; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
if ((${#missing[@]})); then
  echo "missing: ${missing[*]} (cargo xtask setup installs them)" >&2
  exit 77
fi

# Room for books of some thousand codes, and no time spent on optimising a compiler that runs for seconds.
export JAVA_OPTS=${JAVA_OPTS:--Xmx2g -XX:+UseSerialGC -XX:TieredStopAtLevel=1}
strict=(-Werror -Wextra -progressive -Xexplicit-api=strict)
sources=(package/src/main/kotlin consumer/Main.kt consumer/Constants.kt consumer/Domains.kt consumer/Vectors.kt)

# Any book can be read out: its package takes the place of the one that the sources of this folder name.
support=$(find package/src/main/kotlin -name '*ErrorCodeSupport.kt')
generated=$(sed -n 's/^package //p' "$support")
find consumer '(' -name '*.kt' -o -name '*.java' ')' -exec sed -i "s/io\.errbook\.iot/$generated/g" {} +

# The app talks to Quectel; a book without that domain goes without the app.
if [[ -e ${support%/*}/QuectelErrorCode.kt ]]; then
  common=(consumer/app/App.kt) jvm=(consumer/app/AppJvm.kt)
else
  mkdir -p stub
  printf 'package io.errbook.app\n\ninternal fun checkApp() {}\n' >stub/App.kt
  printf 'package io.errbook.app\n\ninternal fun checkAppOnJvm() {}\n' >stub/AppJvm.kt
  common=(stub/App.kt) jvm=(stub/AppJvm.kt)
fi

kotlinc "${strict[@]}" -jvm-target 1.8 -include-runtime -d app.jar "${sources[@]}" "${common[@]}" "${jvm[@]}" consumer/jvm >&2
java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp app.jar "$generated.MainJvmKt"

# A Java class of the same app calls it too.
javac --release 8 -Xlint:all,-options -Werror -encoding UTF-8 -cp app.jar -d java consumer/jvm/JavaCaller.java >&2
java -cp app.jar:java JavaCaller >&2

# JavaScript is linked in a second step, and for both the compiler wants its standard library by name. A compiler
# that this repository did not install tells its folder only beside an error.
if [[ -z ${KOTLIN_LIB:-} || ! -e $KOTLIN_LIB/kotlin-stdlib-js.klib ]]; then
  KOTLIN_LIB=$({ kotlinc-js -verbose -version 2>&1 || true; } | sed -n 's/^logging: using Kotlin home directory //p')/lib
fi
library=(-libraries "$KOTLIN_LIB/kotlin-stdlib-js.klib" -ir-output-name app)
kotlinc-js "${strict[@]}" "${library[@]}" -ir-output-dir klib "${sources[@]}" "${common[@]}" consumer/js >&2
kotlinc-js "${library[@]}" -Xir-produce-js -Xir-dce -Xinclude=klib/app.klib -ir-output-dir js >&2
node js/app.js
