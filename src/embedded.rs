//! The book of this repository, inside the binary.
//!
//! In: nothing. Out: the resolved five-platform book and the texts that its spans point into, so that `errbook` is of
//! use in a repository that has no spec: it can look a code up, and copy the generated files of a platform.
//!
//! ```
//! let (sources, book) = errbook::embedded::open();
//! assert!(book.domain("quectel").is_some());
//! # drop(sources);
//! ```
//!
//! A command should prefer the book that it finds, and say when it takes this one. The files are those of `spec/` as
//! they were when errbook was built. They are read by the same rules as a book on disk, so a process should do it once.
//! The vendors' documents are not inside.
//!
//! Guaranteed by a test: every domain that `spec/errbook.yaml` names is listed here, and the book has no fault.

use crate::diagnostics::{Diagnostic, Sources};
use crate::model::{self, Book};
use crate::spec::yaml::{self, Node};
use crate::spec::{SpecFiles, read};
use std::path::PathBuf;

/// What messages call a file of the embedded book, before its path in the repository.
const FOLDER: &str = "(embedded)/spec";

/// The book itself.
const BOOK: &str = include_str!("../spec/errbook.yaml");

/// What its domains share.
const CONDITIONS: &str = include_str!("../spec/conditions.yaml");

/// Which words names are made of.
const VOCABULARY: &str = include_str!("../spec/vocabulary.yaml");

/// The domains, in the order of the book.
const DOMAINS: [(&str, &str); 5] = [
    ("aliyun-homelink", include_str!("../spec/domains/aliyun-homelink.yaml")),
    ("aliyun-living", include_str!("../spec/domains/aliyun-living.yaml")),
    ("haier-uws", include_str!("../spec/domains/haier-uws.yaml")),
    ("xlink", include_str!("../spec/domains/xlink.yaml")),
    ("quectel", include_str!("../spec/domains/quectel.yaml")),
];

/// The embedded book, and the texts that its spans point into.
///
/// # Panics
///
/// Only in a build from a spec with faults, which the tests of such a build would not pass.
pub fn open() -> (Sources, Book) {
    let mut sources = Sources::default();
    let book = resolve(&mut sources).expect("a test has made sure that the embedded book has no fault");
    (sources, book)
}

/// Reads and resolves the embedded files.
fn resolve(sources: &mut Sources) -> Result<Book, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let book = file(sources, "errbook.yaml", BOOK, read::book, &mut faults);
    let conditions = file(sources, "conditions.yaml", CONDITIONS, read::conditions, &mut faults);
    let vocabulary = file(sources, "vocabulary.yaml", VOCABULARY, read::vocabulary, &mut faults);
    let mut domains = Vec::new();
    for (name, text) in DOMAINS {
        domains.extend(file(sources, &format!("domains/{name}.yaml"), text, read::domain, &mut faults));
    }
    let (Some(book), Some(conditions)) = (book, conditions) else { return Err(faults) };
    if !faults.is_empty() {
        return Err(faults);
    }
    let path = PathBuf::from(FOLDER).join("errbook.yaml");
    model::resolve(SpecFiles { path, book, conditions, vocabulary, domains })
}

/// Reads one embedded file.
fn file<T>(
    sources: &mut Sources,
    name: &str,
    text: &str,
    read: fn(&Node, &mut Vec<Diagnostic>) -> Option<T>,
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    let path = PathBuf::from(FOLDER).join(name);
    let parsed = sources
        .add_bytes(&path, text.as_bytes().to_vec())
        .map_err(|fault| vec![fault])
        .and_then(|id| yaml::parse(sources, id));
    match parsed {
        Ok(root) => read(&root, faults),
        Err(found) => {
            faults.extend(found);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export, spec};
    use std::path::Path;

    #[test]
    fn the_embedded_book_is_the_one_on_disk() {
        let mut sources = Sources::default();
        let embedded = resolve(&mut sources).expect("the embedded book has no fault");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/errbook.yaml");
        let files = spec::load(&path, &mut sources).expect("readable").expect("well formed");
        let on_disk = model::resolve(files).expect("valid");
        assert_eq!(export::book_text(&embedded, None), export::book_text(&on_disk, None));
    }
}
