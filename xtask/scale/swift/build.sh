#!/usr/bin/env bash
# Compiles the package at package/ and the program at program/ as one module, as a release build does.
set -euo pipefail

for tool in swiftc; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing: run \`cargo xtask setup\`" >&2
    exit 77
  fi
done

export ERRBOOK_SCRATCH=$PWD
swiftc -swift-version 6 -warnings-as-errors -parse-as-library -O -wmo package/Sources/*/*.swift program/App.swift -o build/app
runner=$(command -v swift-run-program || true)
printf '#!/bin/sh\nERRBOOK_SCRATCH="%s" exec %s "%s/build/app" "$@"\n' "$PWD" "$runner" "$PWD" >build/run
chmod +x build/run
