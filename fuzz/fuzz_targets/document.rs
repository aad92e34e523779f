//! Any bytes as a vendor's document. What must hold of them is said, and tested on a stable compiler, in `tests/properties`.
#![no_main]

#[path = "../../tests/properties/account.rs"]
mod account;
#[path = "../../tests/properties/document.rs"]
mod document;
#[path = "../../tests/properties/located.rs"]
mod located;

libfuzzer_sys::fuzz_target!(|data: &[u8]| document::check(data));
