//! Any bytes as the domain of a book: what is exported of it for others comes back as what the book says.

use super::located::located;
use errbook::diagnostics::Sources;
use errbook::model::{self, Book};
use errbook::spec::tree::Memory;
use errbook::spec::{self, SpecFiles};
use errbook::{export, table, translations};
use std::path::Path;

const BOOK: &str = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n";

/// The columns of a table that stand before those of the locales.
const CONTEXT: usize = 4;

pub(crate) fn check(bytes: &[u8]) {
    let mut sources = Sources::default();
    let Some((files, book)) = read(bytes, &mut sources) else { return };
    let text = String::from_utf8_lossy(bytes);
    let json: serde_json::Value = serde_json::from_str(&export::book_text(&book, None)).expect("JSON");
    let meanings = book.domains[0].errors.iter().map(|error| error.meanings().count()).sum::<usize>();
    let rows = table::text(&book, None);
    let rows = csv::Reader::from_reader(rows.as_bytes()).into_records();
    let rows: Vec<_> = rows.map(|row| row.expect("a row of the table")).collect();
    assert_eq!(rows.len(), meanings + book.domains[0].retired.len(), "{text:?}");
    assert_eq!(json["domains"][0]["errors"].as_array().map_or(0, Vec::len), book.domains[0].errors.len());

    let exported = translations::table(&files, &book, &[]);
    let same = taken_over(&exported, &files, &book, &mut sources);
    assert_eq!(same, None, "a table that comes back as it went changes {text:?}");
    let Some(changed) = taken_over(&with_other_texts(&exported), &files, &book, &mut sources) else {
        // There are no texts in a domain without entries, or none but the vendor's.
        assert_eq!(with_other_texts(&exported), exported, "{text:?}");
        return;
    };
    let mut sources = Sources::default();
    let (files, book) =
        read(changed.as_bytes(), &mut sources).unwrap_or_else(|| panic!("{changed:?} of {text:?}"));
    let wanted = with_other_texts(&exported);
    assert_eq!(translations::table(&files, &book, &[]), wanted, "{changed:?} of {text:?}");
}

/// The domain with the texts of a table; `None` if it stays as it is.
fn taken_over(table: &str, files: &SpecFiles, book: &Book, sources: &mut Sources) -> Option<String> {
    let table =
        sources.add_bytes(Path::new("table.csv"), table.as_bytes().to_vec()).expect("a table is text");
    let import = translations::import(sources, files, book.clone(), &[], table);
    located(&import.findings, sources);
    assert!(import.findings.is_empty(), "{:?}", import.findings);
    assert_eq!(import.changed == 0, import.files.is_empty());
    import.files.into_iter().next().map(|(_, text)| text)
}

/// A table in which every text has become another one, unless it is the vendor's.
fn with_other_texts(table: &str) -> String {
    let (mark, rows) = table.split_at(table.find('k').expect("the head begins with `key`"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut head = csv::StringRecord::new();
    for (number, row) in reader.records().enumerate() {
        let row = row.expect("a row of the table");
        if number == 0 {
            head = row.clone();
        }
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let is_fixed = row[CONTEXT - 1].split(' ').any(|locale| locale == &head[column]);
            let is_text = number > 0 && column >= CONTEXT && !cell.is_empty() && !is_fixed;
            if is_text { format!("{cell}: '设备' #{number}") } else { cell.to_owned() }
        });
        writer.write_record(cells).expect("memory takes all");
    }
    let rows = String::from_utf8(writer.into_inner().expect("memory takes all")).expect("text");
    format!("{mark}{rows}")
}

/// The book with this domain, if it is one.
fn read(domain: &[u8], sources: &mut Sources) -> Option<(SpecFiles, Book)> {
    let mut memory = Memory::new("");
    memory.insert("errbook.yaml", BOOK);
    memory.insert("domains/d.yaml", domain);
    let load = |sources: &mut Sources| {
        let loaded = spec::load_from(&memory, Path::new("errbook.yaml"), sources);
        let (files, faults) = loaded.expect("everything is in memory");
        files.filter(|_| faults.is_empty())
    };
    let files = load(sources)?;
    // Resolving takes the spec apart, so it is read once more.
    let book = model::resolve(load(&mut Sources::default())?).ok()?;
    Some((files, book))
}
