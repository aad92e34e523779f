#!/usr/bin/env bash
# Compiles the package at package/ and the program at program/ for the JVM.
set -euo pipefail

for tool in kotlinc java; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing: run \`cargo xtask setup\`" >&2
    exit 77
  fi
done

# A Kotlin compiler needs room for a great file; Gradle gives it what `org.gradle.jvmargs` says.
export JAVA_OPTS='-Xmx3g -XX:+UseSerialGC -XX:TieredStopAtLevel=1'
kotlinc -Werror -Wextra -progressive -jvm-target 1.8 -include-runtime -d build/app.jar package/src/main/kotlin program/Main.kt
printf '#!/bin/sh\nexec java -cp "%s/build/app.jar" MainKt "$@"\n' "$PWD" >build/run
chmod +x build/run
