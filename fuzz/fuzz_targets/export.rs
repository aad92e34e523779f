//! Any bytes as a domain that is exported, and taken back. What must hold of them is said, and tested on a stable compiler, in `tests/properties`.
#![no_main]

#[path = "../../tests/properties/export.rs"]
mod export;
#[path = "../../tests/properties/located.rs"]
mod located;

libfuzzer_sys::fuzz_target!(|data: &[u8]| export::check(data));
