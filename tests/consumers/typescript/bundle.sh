#!/usr/bin/env bash
# Fails unless an app that imports one constant of the package at $1 bundles less than 100 bytes.
set -euo pipefail

for module in "$1"/dist/*.js; do
  constant=$(sed -n '/^export const [A-Z]/ { s/^export const \([A-Z0-9_]*\) = .*/\1/p; q; }' "$module")
  if [ -n "$constant" ]; then
    size=$(echo "import { $constant } from '$module'; console.log($constant);" |
      esbuild --bundle --minify --format=esm --log-level=warning | wc -c)
    if [ "$size" -ge 100 ]; then
      echo "typescript: one constant of $(basename "$module") makes a bundle of $size bytes" >&2
      exit 1
    fi
  fi
done
