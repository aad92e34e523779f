//! From rendered files to the disk, and back: what `gen` writes and what `gen --check` compares.
//!
//! In: a book and the folder of `errbook.yaml`. Out: a `Plan`, which is every file and how to make it. `write`
//! and `check` take the same plan; the only difference between them is that one touches the disk. A file of the
//! plan depends on the spec alone: no clock, no host, no path of the machine, no order of a map.
//!
//! Guaranteed: an equal file is not touched; a file is written beside itself and renamed, so that it is whole at
//! every moment; nothing that errbook did not make is overwritten, and only files that the last manifest lists, and that
//! nobody has edited since, are deleted.

pub mod banner;
pub mod check;
pub mod copy;
mod make;
pub mod manifest;
pub mod plan;
mod replace;
pub mod verify;
pub mod write;

pub use check::{Finding, LARGEST_OLD, State, check, diff};
pub use plan::{Filter, Plan, Planned, plan};
pub use write::{Summary, lost, write, write_all, write_if_different};
