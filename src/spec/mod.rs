//! The spec as its authors wrote it.
//!
//! In: the text of `errbook.yaml`, `conditions.yaml`, `vocabulary.yaml` and the domain files. Out: structs shaped like those files,
//! every value with its position, and all the faults of their form: unknown or missing keys, wrong types,
//! values outside their pattern. What passes has the right shape; whether it makes sense as a book (names that
//! fold together, conditions that do not exist) is for `model` to say.

pub mod allowance;
pub mod fields;
pub mod format;
pub mod git;
pub mod load;
pub mod read;
pub mod recipe;
pub mod shape;
pub mod tree;
pub mod values;
pub mod write;
mod careful;
mod misplaced;
mod plain;
mod resume;
mod stray;
mod syntax;
pub mod yaml;

pub use load::{SpecFiles, find, folder, load, load_from, unlisted};
