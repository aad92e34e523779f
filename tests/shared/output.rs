//! What an output makes of a book.

use errbook::diagnostics::Sources;
use errbook::languages::{self, Options};
use errbook::model::Book;
use errbook::spec;
use std::collections::BTreeMap;

/// The files of an output with its default options, by path.
pub(crate) fn files(book: &Book, output: &str) -> BTreeMap<String, String> {
    let mut sources = Sources::default();
    let id = sources.add("options", "{}".to_owned());
    let node = spec::yaml::parse(&sources, id).expect("a mapping");
    let language = languages::find(output).expect("it is there");
    let files = languages::files(language, book, &mut Options::new(&node)).expect("no faults");
    files.into_iter().map(|file| (file.path, file.body.text())).collect()
}
