//! The resolved book as a table, for spreadsheets and other programs.
//!
//! In: a book, and optionally the lines of its documents. Out: CSV (UTF-8, quoted as in RFC 4180, but lines end in LF): a row for each
//! meaning of each code, in the order of the book and then by code, and below a domain's codes those it has retired. The
//! columns are documented in `docs/export.md` and are a stable interface: new ones are added at the end. Values are exact;
//! a text that begins with `=` is still that text, so a spreadsheet should import the columns as text.
//!
//! Deliberately elsewhere: the table that translators fill in and that comes back (`translations`).

use crate::export::DocumentLines;
use crate::model::{Book, Domain, ErrorCode, Meaning, Name, Retired, Texts};

/// The rows of the whole book; `lines` fills the last column.
pub fn text(book: &Book, lines: Option<&DocumentLines>) -> String {
    let mut rows = vec![header(book)];
    for domain in &book.domains {
        for error in &domain.errors {
            let code = error.code.to_string();
            let lines = lines.and_then(|lines| lines.get(domain.id.as_str())?.get(&code));
            for (index, meaning) in error.meanings().enumerate() {
                // The document has a row for each meaning, in the same order.
                let line = lines.and_then(|lines| lines.get(index));
                rows.push(row(book, domain, error, index, meaning, line));
            }
        }
        rows.extend(domain.retired.iter().map(|retired| retired_row(book, domain, retired)));
    }
    write(&rows)
}

/// Rows as CSV.
pub(crate) fn write(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row)
            .expect("memory takes every byte, and every row has the columns of the header");
    }
    let bytes = writer.into_inner().expect("memory takes every byte");
    String::from_utf8(bytes).expect("quotes and commas between texts are a text")
}

fn header(book: &Book) -> Vec<String> {
    let head =
        ["domain", "code", "meaning", "name", "status", "kind", "condition", "retryable", "http_status"];
    let texts = ["message", "solution"]
        .into_iter()
        .flat_map(|field| book.locales.iter().map(move |locale| format!("{field}.{locale}")));
    let tail = ["former_names", "since", "use", "document_line"];
    head.into_iter().map(str::to_owned).chain(texts).chain(tail.map(str::to_owned)).collect()
}

fn row(
    book: &Book,
    domain: &Domain,
    error: &ErrorCode,
    index: usize,
    meaning: &Meaning,
    line: Option<&usize>,
) -> Vec<String> {
    // What holds for the code as a whole stands in the row of its first meaning alone.
    let deprecated = error.deprecated.as_ref().filter(|_| index == 0);
    let former = error.former_names.iter().filter(|_| index == 0).map(|former| former.name.as_str());
    let name = |name: Option<&Name>| name.map(ToString::to_string).unwrap_or_default();
    let mut row = vec![
        domain.id.to_string(),
        error.code.to_string(),
        index.to_string(),
        meaning.name.to_string(),
        if error.deprecated.is_some() { "deprecated" } else { "current" }.to_owned(),
        meaning.kind.id().to_owned(),
        name(meaning.condition.as_ref()),
        error.retryable.to_string(),
        error.http_status.map(|status| status.to_string()).unwrap_or_default(),
    ];
    row.extend(texts(book, &meaning.message));
    row.extend(texts(book, &meaning.solution));
    row.push(former.collect::<Vec<_>>().join(" "));
    row.push(deprecated.map(|deprecated| deprecated.since.clone()).unwrap_or_default());
    row.push(name(deprecated.and_then(|deprecated| deprecated.replacement.as_ref())));
    row.push(line.map(ToString::to_string).unwrap_or_default());
    row
}

fn retired_row(book: &Book, domain: &Domain, retired: &Retired) -> Vec<String> {
    let mut row = vec![
        domain.id.to_string(),
        retired.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        "0".to_owned(),
        retired.name.to_string(),
        "retired".to_owned(),
    ];
    // It has no kind, condition, status or text any more.
    row.resize(9 + 2 * book.locales.len(), String::new());
    row.push(String::new());
    row.push(retired.since.clone());
    row.push(retired.replacement.as_ref().map(ToString::to_string).unwrap_or_default());
    row.push(String::new());
    row
}

fn texts<'a>(book: &'a Book, texts: &'a Texts) -> impl Iterator<Item = String> + 'a {
    (0..book.locales.len()).map(|index| texts.written(index).unwrap_or_default().to_owned())
}
