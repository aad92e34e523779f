#!/usr/bin/env bash
# Fails unless an app that imports one constant of the package at $1 bundles less than 100 bytes, or 60 beside a code
# that is a long text, and one that asks for the messages of one language bundles those and no other texts.
set -euo pipefail

fail() {
  echo "typescript: $*" >&2
  exit 1
}
bundle() {
  esbuild --bundle --format=esm --log-level=warning "$@"
}

for module in "$1"/dist/*.js; do
  name=$(basename "$module")
  constant=$(sed -n '/^export const [A-Z]/ { s/^export const \([A-Z0-9_]*\) = .*/\1/p; q; }' "$module")
  if [ -n "$constant" ]; then
    size=$(echo "import { $constant } from '$module'; console.log($constant);" | bundle --minify --charset=utf8 | wc -c)
    value=$(sed -n "s/^export const $constant = \(.*\);$/\1/p" "$module" | wc -c)
    ((size < 100 || size - value < 60)) || fail "one constant of $name makes a bundle of $size bytes"
  fi
  # Each language has a table of messages and a function that asks it.
  tables=$(sed -n 's/^const \(message[A-Za-z]*\)Table = .*/\1/p' "$module")
  for asked in $tables; do
    bundled=$(echo "import { $asked } from '$module'; console.log($asked);" | bundle)
    grep -q "${asked}Table = " <<<"$bundled" || fail "$asked of $name has lost its table"
    others=$(grep -o '[A-Za-z]*Table = ' <<<"$bundled" | grep -v "^${asked}Table = " || true)
    [ -z "$others" ] || fail "$asked of $name pulls in $others"
  done
done
grep -qs '^const message[A-Za-z]*Table = ' "$1"/dist/*.js || fail "no module of $1 has a table of messages"
