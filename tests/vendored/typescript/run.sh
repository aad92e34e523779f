#!/usr/bin/env bash
# Compiles the copies of two books with every check of a strict project, and runs an app that uses both.
set -euo pipefail
for tool in node tsc; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 77; }
done
echo '{"type": "module"}' >package.json
tsc --pretty false --strict --target es2022 --module nodenext --isolatedModules --verbatimModuleSyntax \
  --erasableSyntaxOnly --noUncheckedIndexedAccess --exactOptionalPropertyTypes --noUnusedLocals \
  --noUnusedParameters --outDir js app.ts >&2
node js/app.js
