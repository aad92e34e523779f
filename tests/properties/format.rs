//! Any bytes as the domain of a book: its one form says the same and stays as it is, or it is refused at a place.

use super::located::located;
use errbook::diagnostics::{Diagnostic, Sources};
use errbook::spec::tree::Memory;
use errbook::{export, model, reformat, spec};
use std::path::Path;

const BOOK: &str = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n";

pub(crate) fn check(bytes: &[u8]) {
    let Some(once) = formatted(bytes) else { return };
    assert_eq!(said(once.as_bytes()), said(bytes), "{:?}", String::from_utf8_lossy(bytes));
    assert_eq!(formatted(once.as_bytes()).as_ref(), Some(&once), "{:?}", String::from_utf8_lossy(bytes));
}

fn book(domain: &[u8]) -> Memory {
    let mut memory = Memory::new("");
    memory.insert("errbook.yaml", BOOK);
    memory.insert("domains/d.yaml", domain);
    memory
}

/// The domain in its one form; `None` if it is refused.
fn formatted(domain: &[u8]) -> Option<String> {
    let mut sources = Sources::default();
    let formatted = reformat::book(&book(domain), Path::new("errbook.yaml"), &mut sources);
    match formatted.expect("everything is in memory") {
        Ok(formatted) => {
            let of_domain = |id| sources.get(id).path == Path::new("domains/d.yaml");
            let changed = formatted.changed.into_iter().find(|(id, _)| of_domain(*id)).map(|(_, text)| text);
            let unchanged = || {
                formatted
                    .files
                    .iter()
                    .copied()
                    .find(|id| of_domain(*id))
                    .map(|id| sources.get(id).text.clone())
            };
            changed.or_else(unchanged)
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a word");
            assert!(
                faults.iter().all(|fault| fault.id != "format_refused"),
                "{faults:?} {:?}",
                String::from_utf8_lossy(domain)
            );
            located(&faults, &sources);
            None
        }
    }
}

/// What the book says, or why it says nothing.
fn said(domain: &[u8]) -> Result<String, Vec<&'static str>> {
    let loaded = spec::load_from(&book(domain), Path::new("errbook.yaml"), &mut Sources::default());
    let (files, faults) = loaded.expect("everything is in memory");
    let book = files.ok_or(faults).and_then(model::resolve);
    let ids = |faults: Vec<Diagnostic>| {
        let mut ids: Vec<_> = faults.iter().map(|fault| fault.id).collect();
        ids.sort_unstable();
        ids
    };
    book.map(|book| export::book_text(&book, None)).map_err(ids)
}
