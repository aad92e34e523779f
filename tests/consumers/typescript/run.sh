#!/usr/bin/env bash
# Proves the TypeScript package: builds it with each compiler, then compiles every generated source into an app
# and runs it. Called by the harness in a folder that holds `package/` and `consumer/`. JSON lines on stdout.
set -euo pipefail

for program in node tsc tsc5 esbuild; do
  if ! command -v "$program" >/dev/null; then
    echo "typescript: $program is not on PATH; run \`cargo xtask setup\`" >&2
    exit 77
  fi
done

root=$PWD
name=$(node -p 'JSON.parse(fs.readFileSync("package/package.json", "utf8")).name')

for compiler in tsc tsc5; do
  case $compiler in
    tsc) label=tsc7 ;;
    *) label=$compiler ;;
  esac
  echo "typescript: $label is $("$compiler" --version)" >&2

  # 1. The package, by its own configuration, then installed and imported by name through its `exports`.
  work=$root/$label
  rm -rf "$work"
  mkdir -p "$work/user/node_modules/$(dirname "$name")"
  cp -R package "$work/package"
  (cd "$work/package" && "$compiler" --pretty false >&2)
  ln -s "$work/package" "$work/user/node_modules/$name"
  cp consumer/user.mjs consumer/tsconfig*.json "$work/user/"
  (cd "$work/user" && node user.mjs "$name" >user.mts && "$compiler" --pretty false -p tsconfig.user.json >&2)

  # 2. The sources, copied into an app as a team would, with every check that a strict project may have.
  mkdir -p "$work/app/src"
  cp -R "$work/package/src" "$work/app/src/generated"
  cp consumer/*.ts "$work/app/src/"
  cp consumer/tsconfig*.json "$work/app/"
  echo '{"type": "module"}' >"$work/app/package.json"
  if ! grep -qs SMS_CODE_INCORRECT package/src/quectel.ts || ! grep -q DEVICE_OFFLINE package/src/support.ts; then
    echo "typescript: this book lacks what the README's example is about, so the example is not compiled" >&2
    rm "$work/app/src/example.ts"
  fi
  (
    cd "$work/app"
    "$compiler" --pretty false >&2
    "$compiler" --pretty false --noEmit --module esnext --moduleResolution bundler >&2
    # The sources ask for no newer library than that of ES2020; the app around them does.
    "$compiler" --pretty false -p tsconfig.es2020.json >&2
    node -e 'import("./out/app.js").then((app) => app.run(process.argv[1]))' "$label"
    if [ -e out/example.js ]; then
      node -e 'import("./out/example.js").then((example) => example.runExample())'
    fi

    # A comment that says `@ts-ignore` hides the fault below it, and one that says `@ts-nocheck` all of its file. So every
    # constant is made a fault, and every one must be told: no text stands where the compiler would obey it.
    mkdir faulty
    cp src/generated/*.ts faulty/
    sed -i 's/^\(export const [A-Z0-9_]*\) = /\1: never = /' faulty/*.ts
    made=$(cat faulty/*.ts | grep -c '^export const [A-Z0-9_]*: never = ') || true
    found=$("$compiler" --pretty false -p tsconfig.faulty.json | grep -c '^faulty/.*: error TS2322:') || true
    if [ "$made" -eq 0 ] || [ "$found" -ne "$made" ]; then
      echo "typescript: $compiler tells $found of $made faults that stand below documentation" >&2
      exit 1
    fi
  )
done

# 3. Importing one constant bundles that constant and nothing else.
bash consumer/bundle.sh "$root/tsc7/package"
