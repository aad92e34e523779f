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

export JAVA_OPTS=${JAVA_OPTS:--Xmx3g}
strict=(-Werror -Wextra -progressive -Xexplicit-api=strict)
sources=(package/src/main/kotlin consumer/Main.kt consumer/Constants.kt consumer/Domains.kt consumer/Vectors.kt)

# Any book can be read out: its package takes the place of the one that the sources of this folder name.
support=$(find package/src/main/kotlin -name ErrorCodeSupport.kt)
generated=$(sed -n 's/^package //p' "$support")
find consumer '(' -name '*.kt' -o -name '*.java' ')' -exec sed -i "s/io\.errbook\.iot/$generated/g" {} +

# The app is written for the book of this repository, which is told by one of its domains; another goes without.
if [[ -e ${support%/*}/AliyunHomelinkErrorCode.kt ]]; then
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

# To link JavaScript the compiler wants its standard library by name, which lies in its own folder.
# It only tells where when asked for more than its version, which it then takes for a mistake.
home=$({ kotlinc-js -verbose -version 2>&1 || true; } | sed -n 's/^logging: using Kotlin home directory //p')
library=("-libraries" "$home/lib/kotlin-stdlib-js.klib" "-ir-output-name" "app")
kotlinc-js "${strict[@]}" "${library[@]}" -ir-output-dir klib "${sources[@]}" "${common[@]}" consumer/js >&2
kotlinc-js "${library[@]}" -Xir-produce-js -Xinclude=klib/app.klib -ir-output-dir js >&2
node js/app.js
