//! Any bytes as a domain that is formatted. What must hold of them is said, and tested on a stable compiler, in `tests/properties`.
#![no_main]

#[path = "../../tests/properties/format.rs"]
mod format;
#[path = "../../tests/properties/located.rs"]
mod located;

libfuzzer_sys::fuzz_target!(|data: &[u8]| format::check(data));
