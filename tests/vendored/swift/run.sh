#!/usr/bin/env bash
# Compiles the copies of two books in one module with warnings as errors, and runs an app that uses both.
set -euo pipefail
command -v swiftc >/dev/null || { echo "swiftc is missing" >&2; exit 77; }
# Where the compiler lives in a root folder of its own, it sees this folder, and programs run in there, too.
export ERRBOOK_SCRATCH=$PWD
swiftc -swift-version 6 -warnings-as-errors -strict-concurrency=complete out/*/*.swift main.swift -o app >&2
if command -v swift-run-program >/dev/null; then swift-run-program ./app; else ./app; fi
