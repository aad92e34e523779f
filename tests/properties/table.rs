//! Any bytes as the table that translators give back: it is taken over as it says, or refused at a place.

use super::located::located;
use errbook::diagnostics::{self, Sources};
use errbook::model::{self, Book};
use errbook::spec::tree::Memory;
use errbook::spec::{self, SpecFiles};
use errbook::translations::{self, Import};
use std::path::Path;

const BOOK: &str = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n";
const CONDITIONS: &str = "conditions:\n  - name: c\n    kind: internal\n    title:\n      en: C\n      zh-Hans: 丙\n    description: {en: It is., zh-Hans: 是。}\n";
const DOMAIN: &str = "domain: d\ntitle: D\ncode_type: int32\nerrors:\n  # one\n  - code: 1\n    name: a\n    kind: internal\n    message:\n      en: \"It failed.\" # two\n      zh-Hans: 失败。\n    solution:\n      en: |-\n        Try\n        again.\n      zh-Hans: 再试。\n    note: x\n  - {code: 2, name: b, kind: internal, message: {en: x, 'zh-Hans': y}}\n  - code: 3\n    name: e\n    kind: internal\n    message: {en: 'a: b', zh-Hans: 丁}\n    variants:\n      - name: f\n        kind: internal\n        message:\n          en: >-\n            folded\n            text\n          zh-Hans: 戊\n";

pub(crate) fn check(bytes: &[u8]) {
    // A zero puts the table of the book itself in front.
    drop(match bytes.split_first() {
        Some((0, rest)) => taken_over(&[exported().as_bytes(), rest].concat()),
        _ => taken_over(bytes),
    });
}

/// The book with the texts of a table; `None` if it is refused.
pub(crate) fn taken_over(table: &[u8]) -> Option<Book> {
    let mut sources = Sources::default();
    let (files, book) = load(DOMAIN.as_bytes(), CONDITIONS.as_bytes(), &mut sources);
    let table = match sources.add_bytes(Path::new("table.csv"), table.to_vec()) {
        Ok(table) => table,
        Err(fault) => {
            located(&[fault], &sources);
            return None;
        }
    };
    let import = translations::import(&sources, &files, book, &[], table);
    located(&import.findings, &sources);
    let refused = diagnostics::any_error(&import.findings);
    assert!(!refused || import.files.is_empty(), "refused, and written: {:?}", import.findings);
    if refused { None } else { Some(read_back(&sources, &import)) }
}

/// The table of the book as it is.
pub(crate) fn exported() -> String {
    let (files, book) = load(DOMAIN.as_bytes(), CONDITIONS.as_bytes(), &mut Sources::default());
    translations::table(&files, &book, &[])
}

fn read_back(sources: &Sources, import: &Import) -> Book {
    let (mut domain, mut conditions) = (DOMAIN.to_owned(), CONDITIONS.to_owned());
    for (id, text) in &import.files {
        let file = if sources.get(*id).path.ends_with("d.yaml") { &mut domain } else { &mut conditions };
        file.clone_from(text);
    }
    assert_eq!(import.changed == 0, import.files.is_empty());
    let (_, book) = load(domain.as_bytes(), conditions.as_bytes(), &mut Sources::default());
    assert!(import.reads_back(&book), "{domain}{conditions}");
    book
}

fn load(domain: &[u8], conditions: &[u8], sources: &mut Sources) -> (SpecFiles, Book) {
    let mut memory = Memory::new("");
    memory.insert("errbook.yaml", BOOK);
    memory.insert("conditions.yaml", conditions);
    memory.insert("domains/d.yaml", domain);
    let read = |sources: &mut Sources| {
        let loaded = spec::load_from(&memory, Path::new("errbook.yaml"), sources);
        let (files, faults) = loaded.expect("everything is in memory");
        assert!(faults.is_empty(), "{faults:?}\n{}", String::from_utf8_lossy(domain));
        files.expect("a book without faults")
    };
    let files = read(sources);
    // Resolving takes the spec apart, so it is read once more.
    let book = model::resolve(read(&mut Sources::default()));
    (files, book.unwrap_or_else(|faults| panic!("{faults:?}\n{}", String::from_utf8_lossy(domain))))
}
