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
//! The vendors' documents are inside, too, so that a lookup can name the line that a code comes from.
//!
//! Guaranteed by a test: every domain that `spec/errbook.yaml` names is listed here with its document, and the book has
//! no fault.

use crate::diagnostics::{Diagnostic, Sources};
use crate::model::{self, Book};
use crate::spec::{self, SpecFiles, tree::Memory};
use std::path::Path;

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

/// The vendors' documents, by the path that a domain's `document` names.
const DOCUMENTS: [(&str, &str); 5] = [
    ("documents/aliyun-homelink.txt", include_str!("../spec/documents/aliyun-homelink.txt")),
    ("documents/aliyun-living.txt", include_str!("../spec/documents/aliyun-living.txt")),
    ("documents/haier-uws.md", include_str!("../spec/documents/haier-uws.md")),
    ("documents/xlink.md", include_str!("../spec/documents/xlink.md")),
    ("documents/quectel.md", include_str!("../spec/documents/quectel.md")),
];

/// The embedded book, and the texts that its spans point into.
///
/// # Panics
///
/// Only in a build from a spec with faults, which the tests of such a build would not pass.
pub fn open() -> (Sources, Book) {
    let mut sources = Sources::default();
    let book = model::resolve(files(&mut sources)).ok();
    (sources, book.expect("a test has made sure that the embedded book has no fault"))
}

/// The embedded book as written, for those who need more of it than the model holds.
///
/// # Panics
///
/// As `open`.
pub fn files(sources: &mut Sources) -> SpecFiles {
    let files = read(sources).ok().and_then(Result::ok);
    files.expect("a test has made sure that the embedded book can be read")
}

/// The vendor's document that an embedded domain calls `file`.
pub fn document(file: &str) -> Option<&'static str> {
    DOCUMENTS.iter().find(|(path, _)| *path == file).map(|(_, text)| *text)
}

/// Reads the embedded files.
fn read(sources: &mut Sources) -> anyhow::Result<Result<SpecFiles, Vec<Diagnostic>>> {
    let mut tree = Memory::new("(embedded)");
    let folder = Path::new("spec");
    let shared = [("errbook.yaml", BOOK), ("conditions.yaml", CONDITIONS), ("vocabulary.yaml", VOCABULARY)];
    for (name, text) in shared {
        tree.insert(folder.join(name), text);
    }
    for (name, text) in DOMAINS {
        tree.insert(folder.join(format!("domains/{name}.yaml")), text);
    }
    let (files, faults) = spec::load_from(&tree, &folder.join("errbook.yaml"), sources)?;
    Ok(match files {
        Some(files) if faults.is_empty() => Ok(files),
        _ => Err(faults),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export;

    #[test]
    fn the_embedded_book_is_the_one_on_disk() {
        let mut sources = Sources::default();
        let files = read(&mut sources).expect("in memory").expect("the embedded book is well formed");
        for domain in &files.domains {
            let mut faults = Vec::new();
            let recipe = domain.document.as_ref().and_then(|node| spec::recipe::recipe(node, &mut faults));
            let file = recipe.expect("every domain has a document").file.value;
            assert!(document(&file).is_some(), "{file} is not inside");
        }
        let embedded = model::resolve(files).expect("the embedded book has no fault");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/errbook.yaml");
        let files = spec::load(&path, &mut sources).expect("readable").expect("well formed");
        let on_disk = model::resolve(files).expect("valid");
        assert_eq!(export::book_text(&embedded, None), export::book_text(&on_disk, None));
    }
}
