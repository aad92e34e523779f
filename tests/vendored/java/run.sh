#!/usr/bin/env bash
# Compiles the copies of two books in one package with warnings as errors, and runs an app that uses both.
set -euo pipefail
for tool in javac java; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 77; }
done
find out -name '*.java' >sources
javac --release 8 -Xlint:all -Xlint:-options -Werror -encoding UTF-8 -d classes App.java @sources >&2
java -cp classes app.App
