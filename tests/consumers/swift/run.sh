#!/usr/bin/env bash
# Compiles the package and the program with warnings as errors, in both language modes, in one module and in two, with
# and without optimizing, and runs the program. Only the program writes to stdout.
set -euo pipefail

for tool in swiftc swift; do
    if ! command -v "$tool" >/dev/null; then
        echo "$tool is missing: install Swift 5.9 or later (Xcode on a Mac, \`cargo xtask setup\` elsewhere)" >&2
        exit 77
    fi
done

# Where the compiler lives in a root folder of its own, it sees this folder, and programs run in there, too.
export ERRBOOK_SCRATCH=$PWD
run() {
    if command -v swift-run-program >/dev/null; then swift-run-program "$@"; else "$@"; fi
}

strict=(-warnings-as-errors -strict-concurrency=complete -parse-as-library)
package=(package/Sources/*/*.swift)
mkdir -p build

# The example and the optimized app speak of two vendors' codes, which a book need not have.
has_vendors=yes
if ! grep -qs ' smsCodeIncorrect:' package/Sources/*/QuectelErrorCode.swift \
    || ! grep -q ' deviceAlreadyBound:' package/Sources/*/ErrorCodeSupport.swift \
    || [ ! -e package/Sources/*/HaierUwsErrorCode.swift ]; then
    echo "Example.swift and optimized/ are left out: this book lacks what they are about" >&2
    has_vendors=
    echo 'func checkExample() {}' >consumer/Example.swift
fi

# As SwiftPM builds it.
(cd package && swift build -Xswiftc -warnings-as-errors) >&2

# As a module that has adopted what later language modes will demand.
swiftc -swift-version 6 "${strict[@]}" -typecheck \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault "${package[@]}" >&2

# Without Foundation, which the texts need on Apple's platforms only.
mkdir -p build/bare
for file in "${package[@]}"; do
    sed 's/canImport(Foundation)/false/' "$file" >"build/bare/${file##*/}"
done
swiftc -swift-version 6 "${strict[@]}" -typecheck build/bare/*.swift >&2

# In one module with an app.
swiftc -swift-version 6 "${strict[@]}" -Onone "${package[@]}" consumer/*.swift -o build/debug >&2
echo '{"run":"debug"}'
run build/debug

# As a module of its own, optimized, which the app imports: so the app sees only what is public. Optimizing the app's
# thousands of calls as well would take as long again and prove nothing of the package; a small app is optimized below.
module=$(basename package/Sources/*)
mkdir -p build/module build/importing
swiftc -swift-version 5 "${strict[@]}" -O -wmo -module-name "$module" -emit-module -emit-module-path \
    "build/module/$module.swiftmodule" -c "${package[@]}" -o build/module/package.o >&2
for file in consumer/*.swift; do
    sed "1i import $module" "$file" >"build/importing/${file##*/}"
done
swiftc -swift-version 5 "${strict[@]}" -Onone -I build/module build/importing/*.swift build/module/package.o \
    -o build/release >&2
echo '{"run":"release"}'
run build/release

# A small app that is optimized, too: it looks codes up, decodes, throws and shares them, and checks the answers.
if [ -n "$has_vendors" ]; then
    mkdir -p build/optimizing
    sed "1i import $module" consumer/optimized/App.swift >build/optimizing/App.swift
    swiftc -swift-version 6 "${strict[@]}" -O -I build/module build/optimizing/App.swift build/module/package.o \
        -o build/optimized >&2
    run build/optimized >&2
fi
