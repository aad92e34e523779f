#!/usr/bin/env bash
# Compiles the copies of two books in one package with warnings as errors, and runs an app that uses both.
set -euo pipefail
for tool in kotlinc java; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 77; }
done
export JAVA_OPTS=${JAVA_OPTS:--Xmx2g -XX:+UseSerialGC -XX:TieredStopAtLevel=1}
kotlinc -Werror -progressive -jvm-target 1.8 -include-runtime -d app.jar out App.kt >&2
java -cp app.jar app.AppKt
