//! The books that a claim about every book is tried on.

use std::path::{Path, PathBuf};

/// The folder that stands in the place of `tests/books`, as `cargo xtask torture` says.
pub(crate) fn elsewhere() -> Option<PathBuf> {
    std::env::var_os("ERRBOOK_BOOKS").map(PathBuf::from)
}

/// The books in the folders of `tests/books`, or of the folder that stands in its place, in the order of their names.
pub(crate) fn books() -> Vec<PathBuf> {
    let folder = elsewhere().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books"));
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let books = entries.map(|entry| entry.expect("readable").path().join("errbook.yaml"));
    let mut books: Vec<_> = books.filter(|book| book.is_file()).collect();
    books.sort();
    assert!(!books.is_empty(), "there are books");
    books
}
