//! The parts of `cargo xtask` that tests use, too.

pub mod books;
pub mod scale;
pub mod toolchains;
