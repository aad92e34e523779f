//! What a folder of texts holds.

#[path = "files.rs"]
mod files;

use std::path::{Path, PathBuf};

/// The text of every file below `folder`, by its path from there, sorted.
pub(crate) fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let files = files::files(folder).into_iter();
    files.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("text"))).collect()
}
