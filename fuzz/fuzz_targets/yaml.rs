//! Any bytes as a file of the spec. What must hold of them is said, and tested on a stable compiler, in `tests/properties`.
#![no_main]

#[path = "../../tests/properties/yaml.rs"]
mod yaml;
#[path = "../../tests/properties/located.rs"]
mod located;

libfuzzer_sys::fuzz_target!(|data: &[u8]| yaml::check(data));
