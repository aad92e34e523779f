#!/usr/bin/env bash
# All of Biome's recommended rules, its formatter, and the order of imports; a warning is an error.
set -euo pipefail
command -v biome >/dev/null || { echo "biome is missing" >&2; exit 77; }
biome ci --error-on-warnings --colors=off "$@"
