#!/usr/bin/env bash
# Compiles the package at package/ with every check of its own configuration, and the program at program/.
set -euo pipefail

for tool in tsc node; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing: run \`cargo xtask setup\`" >&2
    exit 77
  fi
done

mkdir -p build/src
cp package/tsconfig.json package/package.json build/
cp package/src/* program/main.ts build/src/
(cd build && tsc --pretty false)
printf '#!/bin/sh\nexec node "%s/build/dist/main.js" "$@"\n' "$PWD" >build/run
chmod +x build/run
