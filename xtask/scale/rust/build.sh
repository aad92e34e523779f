#!/usr/bin/env bash
# Compiles the crate at package/ and the program at program/, as a release build does.
set -euo pipefail

for tool in rustc; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing: install Rust with rustup" >&2
    exit 77
  fi
done

rustc --edition 2021 --crate-name errors --crate-type rlib -O -D warnings -o build/liberrors.rlib package/src/lib.rs
rustc --edition 2021 -O -D warnings --extern errors=build/liberrors.rlib -o build/run program/main.rs
