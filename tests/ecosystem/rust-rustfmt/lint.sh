#!/usr/bin/env bash
# `cargo fmt --check` of an app with another taste than rustfmt's defaults: all that `mod errors;` leads to is looked at.
set -euo pipefail
command -v rustfmt >/dev/null || { echo "rustfmt is missing" >&2; exit 77; }
for folder; do
  root=$folder/src/lib.rs
  [ -e "$root" ] || { root=$folder/main.rs; printf 'mod errors;\n' >"$root"; }
  case $root in
  # A package of its own has its own style.
  */lib.rs) rustfmt --edition 2024 --check "$root" ;;
  *)
    rustfmt --edition 2024 --check --config hard_tabs=true,max_width=120 "$root"
    rustfmt --edition 2024 --check --config max_width=72,use_small_heuristics=Max "$root"
    ;;
  esac
done
