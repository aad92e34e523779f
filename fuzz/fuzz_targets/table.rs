//! Any bytes as the table that translators give back. What must hold of them is said, and tested on a stable compiler, in `tests/properties`.
#![no_main]

#[path = "../../tests/properties/table.rs"]
mod table;
#[path = "../../tests/properties/located.rs"]
mod located;

libfuzzer_sys::fuzz_target!(|data: &[u8]| table::check(data));
