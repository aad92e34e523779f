#!/usr/bin/env bash
# Rules that the files would break, under each of the ways in which a team lets a source suppress them: those that
# checkstyle's documentation shows, and those of its own configuration for Google's style.
set -euo pipefail
command -v checkstyle >/dev/null || { echo "checkstyle is missing" >&2; exit 77; }
for style in documented google; do
  # Its exit code is the number of errors, of which the shell sees the last eight bits.
  found=$(checkstyle -c "$style.xml" "$@" | grep -v -e '^Starting audit' -e '^Audit done' || true)
  [ -z "$found" ] || { printf '%s\n' "$found" | head -20; exit 1; }
done
