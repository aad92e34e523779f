#!/usr/bin/env bash
# Builds the generated package the way of its ecosystem, then vendors its files into a program and runs that.
# Runs in a folder that holds package/ and consumer/; JSON lines to stdout, everything else to stderr.
set -euo pipefail

for tool in rustc cargo rustdoc rustfmt cargo-clippy; do
    if ! command -v "$tool" >/dev/null; then
        echo "$tool is missing: install Rust with rustup, with the components clippy and rustfmt" >&2
        exit 77
    fi
done

root=$PWD
export CARGO_TARGET_DIR=$root/target CARGO_TERM_COLOR=never
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS RUSTDOCFLAGS RUSTC_WRAPPER
# The folder may lie within a workspace, of which this package is no member.
printf '[workspace]\nmembers = ["package"]\nresolver = "2"\n' >Cargo.toml
name=$(sed -n 's/^name = "\(.*\)"$/\1/p' package/Cargo.toml)
crate=${name//-/_}
warnings=(-D warnings -W missing_docs -W unused -W rust-2018-idioms -W unused-qualifications
    -W missing-debug-implementations -W missing-copy-implementations -W unused-extern-crates -W single-use-lifetimes)
# The package's files in a private module, where what is unused would be dead code.
app=(-D warnings -W unused -F unsafe-code -W unused-qualifications --check-cfg 'cfg(packaged)')

{
    echo "rust: the package"
    cargo fmt -p "$name" --check
    cargo clippy -q -p "$name" -- -D warnings -D clippy::all -D clippy::pedantic
    RUSTDOCFLAGS='-D warnings -D rustdoc::all' cargo doc -q -p "$name" --no-deps
    cargo test -q -p "$name"
    # The example at the head of the crate is ours. A text that became another one would run on the developer's machine.
    examples=$(cargo test -q -p "$name" --doc -- --list --format terse)
    if [[ ! $examples =~ ^package/src/lib\.rs\ -\ \(line\ [0-9]+\):\ test$ ]]; then
        echo "rust: the tests in the documentation are not the crate's own example alone:"
        echo "$examples"
        exit 1
    fi
    mkdir -p build
    for edition in 2018 2021 2024; do
        rustc --edition $edition --crate-type lib --crate-name "$crate" "${warnings[@]}" \
            -C metadata=$edition -o "build/lib${crate}_$edition.rlib" package/src/lib.rs
    done

    echo "rust: the vendored files"
    mkdir -p app/errors quiet included
    cp consumer/*.rs app/
    # The app talks to Quectel; a book without what it is about goes without the app.
    if ! grep -qs ' SMS_CODE_INCORRECT:' package/src/quectel.rs || ! grep -q ' TOKEN_EXPIRED:' package/src/support.rs; then
        echo "rust: app.rs is left out: this book lacks what it is about"
        echo 'pub fn run() {}' >app/app.rs
    fi
    # Everything but the crate's root, which says which modules there are.
    modules=$(sed -n 's/^pub mod \(.*\);$/\1/p' package/src/lib.rs)
    cp package/src/*.rs app/errors/ && rm app/errors/lib.rs
    sed -n 's/^pub mod /pub(crate) mod /p' package/src/lib.rs >app/errors/mod.rs
    cp -r app/errors quiet/
    # An app that uses none of it gets no warning; and no file minds being included.
    printf '#![warn(unreachable_pub)]\nmod errors;\nfn main() {}\n' >quiet/main.rs
    {
        printf '#![warn(unreachable_pub)]\nmod errors {\n'
        for module in $modules; do
            echo "    pub(crate) mod $module { include!(\"$root/app/errors/$module.rs\"); }"
        done
        printf '}\nfn main() {}\n'
    } >included/main.rs
    for edition in 2018 2021 2024; do
        rustc --edition $edition "${app[@]}" -o app/debug_$edition app/main.rs
    done
    rustc --edition 2021 "${app[@]}" -O -o app/release app/main.rs
    rustc --edition 2021 "${app[@]}" --cfg packaged --extern "errors=build/lib${crate}_2021.rlib" -o app/packaged app/main.rs
    rustc --edition 2021 "${app[@]}" -o quiet/main quiet/main.rs
    rustc --edition 2021 "${app[@]}" -o included/main included/main.rs
    mkdir -p pedantic/src
    cp -r quiet/errors quiet/main.rs pedantic/src/
    printf '[package]\nname = "pedantic"\nedition = "2021"\n' >pedantic/Cargo.toml
    sed -i 's/\["package"\]/["package", "pedantic"]/' Cargo.toml
    cargo clippy -q -p pedantic -- -D warnings -D clippy::all -D clippy::pedantic
} >&2

for run in debug_2018 debug_2021 debug_2024 release packaged; do
    ./app/$run $run
done
