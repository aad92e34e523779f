#!/usr/bin/env bash
# Compiles the copies of two books with warnings as errors, and runs an app that uses both.
set -euo pipefail
command -v rustc >/dev/null || { echo "rustc is missing" >&2; exit 77; }
rustc --edition 2021 -D warnings -W unused -F unsafe-code -o app main.rs >&2
./app
