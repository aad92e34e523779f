#!/usr/bin/env bash
# An app that denies all there is to deny: every group of clippy, and what rustc allows by default. The package, which no app
# lints, is held to what it promises.
set -euo pipefail
command -v clippy-driver >/dev/null || { echo "clippy-driver is missing" >&2; exit 77; }
app=(clippy::all clippy::pedantic clippy::nursery clippy::restriction missing_docs unnameable_types unreachable_pub
  unused_qualifications unused_results missing_debug_implementations missing_copy_implementations single_use_lifetimes
  trivial_casts trivial_numeric_casts elided_lifetimes_in_paths unused_lifetimes variant_size_differences)
package=(clippy::all clippy::pedantic missing_docs unreachable_pub)
for folder; do
  if [ -e "$folder/src/lib.rs" ]; then
    lint=("${package[@]/#/-D}" --crate-type lib "$folder/src/lib.rs")
  else
    printf '//! An app.\nmod errors;\nfn main() {}\n' >"$folder/main.rs"
    lint=("${app[@]/#/-D}" -A clippy::blanket_clippy_restriction_lints "$folder/main.rs")
  fi
  clippy-driver --edition 2024 -D warnings --emit metadata --out-dir "$folder" "${lint[@]}"
done
