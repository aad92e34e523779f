//! A book that a test takes for granted.

use errbook::diagnostics::Sources;
use errbook::model::{self, Book};
use errbook::spec;
use std::path::Path;

/// The book at `path`, which is valid.
pub(crate) fn load(path: &Path) -> Book {
    let mut sources = Sources::default();
    let files = spec::load(path, &mut sources).expect("readable").expect("well formed");
    model::resolve(files).expect("valid")
}
