#!/usr/bin/env bash
# typescript-eslint's strictest configurations, with types; a directive that suppresses nothing is an error.
set -euo pipefail
command -v eslint >/dev/null || { echo "eslint is missing" >&2; exit 77; }
eslint --max-warnings 0 "$@"
