#!/usr/bin/env bash
# Compiles the package at package/ and the program at program/, and packs them.
set -euo pipefail

for tool in javac java jar; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing: install a JDK, version 11 or newer" >&2
    exit 77
  fi
done

mkdir -p build/classes
find package/src/main/java -name '*.java' >build/sources
javac --release 8 -Xlint:all -Xlint:-options -Werror -encoding UTF-8 -d build/classes @build/sources program/Main.java
jar --create --file build/app.jar -C build/classes .
printf '#!/bin/sh\nexec java -cp "%s/build/app.jar" Main "$@"\n' "$PWD" >build/run
chmod +x build/run
