#!/usr/bin/env bash
# ktlint's own style, with the rules that are still on trial.
set -euo pipefail
command -v ktlint >/dev/null || { echo "ktlint is missing" >&2; exit 77; }
ktlint --log-level=error --relative "${@/%//**/*.kt}" "${@/%//**/*.kts}"
