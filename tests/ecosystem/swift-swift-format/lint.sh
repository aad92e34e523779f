#!/usr/bin/env bash
# swift-format's own style; a warning is an error.
set -euo pipefail
command -v swift >/dev/null || { echo "swift is missing" >&2; exit 77; }
# Where the compiler lives in a root folder of its own, it sees this folder.
export ERRBOOK_SCRATCH=$PWD
swift format lint --strict --recursive "$@"
