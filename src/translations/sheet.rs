//! The table as it comes back from a spreadsheet.
//!
//! In: CSV with any of the delimiters and line ends that spreadsheets write. Out: its rows, the columns of the key and of the
//! book's locales, and the place of each cell, for findings. A table without the columns it needs, with one of them
//! twice, or with a row of another width has findings.
//!
//! Deliberately elsewhere: what the cells mean.

use crate::diagnostics::{Budget, Diagnostic, SourceId, Span};
use crate::model::{self, Book};
use std::collections::BTreeMap;

/// A table that has the columns it needs.
pub(super) struct Sheet<'a> {
    text: &'a str,
    source: SourceId,
    delimiter: u8,
    /// How many columns the header has.
    width: usize,
    /// The column of the key.
    pub(super) key: usize,
    /// Locales by their place in the book, and their columns.
    pub(super) locales: Vec<(usize, usize)>,
}

/// One row of a table.
pub(super) struct Record {
    cells: csv::StringRecord,
    /// Where it starts in the text.
    start: usize,
}

impl Record {
    /// The text of a cell; a column that is not there is empty.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }
}

impl<'a> Sheet<'a> {
    /// Reads the header. Spreadsheets write `;` or tabs where the comma is a decimal sign.
    pub(super) fn open(
        text: &'a str,
        source: SourceId,
        book: &Book,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let line = text.lines().next().unwrap_or_default();
        let delimiter = line.bytes().find(|byte| matches!(byte, b',' | b';' | b'\t')).unwrap_or(b',');
        let mut sheet = Self { text, source, delimiter, width: 0, key: 0, locales: Vec::new() };
        let mut fault = |span, message: String, help: &str| {
            findings.push(Diagnostic::error("bad_table", span, message).help(help));
        };
        let header = sheet.reader().into_records().next().and_then(Result::ok);
        let header = Record { cells: header.unwrap_or_default(), start: 0 };
        sheet.width = header.cells.len();
        let whole = Span::new(source, 0, line.len());
        let help = "`errbook export --format translations` writes a table that can be read back";
        let mut columns = BTreeMap::new();
        for (column, name) in header.cells.iter().enumerate() {
            let name = name.trim();
            if !name.is_empty() && columns.insert(name.to_owned(), column).is_some() {
                let message = format!("the column `{}` stands here a second time", name.escape_debug());
                fault(sheet.place(&header, column), message, "keep one of the columns");
            }
        }
        for (index, locale) in book.locales.iter().enumerate() {
            sheet.locales.extend(columns.get(locale.tag()).map(|column| (index, *column)));
        }
        match columns.get("key") {
            Some(column) => sheet.key = *column,
            None => fault(whole, "the table has no column `key`".to_owned(), help),
        }
        if sheet.locales.is_empty() {
            let tags: Vec<_> = book.locales.iter().map(model::Locale::tag).collect();
            let message = format!("the table has no column of a locale of the book ({})", tags.join(", "));
            fault(whole, message, help);
        }
        let is_usable = columns.contains_key("key") && !sheet.locales.is_empty();
        is_usable.then_some(sheet)
    }

    fn reader(&self) -> csv::Reader<&'a [u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(self.text.as_bytes())
    }

    /// Gives the rows below the header that have as many cells as it to `take`, one by one: a table may have millions.
    pub(super) fn each_record(
        &self,
        findings: &mut Vec<Diagnostic>,
        take: &mut dyn FnMut(&Record, &mut Vec<Diagnostic>),
    ) {
        let mut budget = Budget::new(findings);
        // The text is UTF-8 and in memory, so reading a record cannot fail.
        for cells in self.reader().into_records().skip(1).filter_map(Result::ok) {
            let start = cells.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            // The reader passes over empty lines without counting them in.
            let blank = self.text[start..].bytes().take_while(|byte| *byte == b'\n').count();
            let record = Record { cells, start: start + blank };
            let is_empty = record.cells.iter().all(str::is_empty);
            if record.cells.len() == self.width {
                take(&record, findings);
            } else if !is_empty {
                let message =
                    format!("this row has {} cells, and the header has {}", record.cells.len(), self.width);
                let finding = Diagnostic::error("bad_table", self.place(&record, 0), message);
                findings
                    .push(finding.help("a text with a comma, a quote or a line end stands in double quotes"));
            }
            budget.keep(findings);
        }
        budget.close(findings);
    }

    /// Where a cell stands.
    pub(super) fn place(&self, record: &Record, column: usize) -> Span {
        let (mut left, mut quoted, mut start) = (column, false, record.start);
        let mut end = self.text.len();
        for (at, byte) in self.text.bytes().enumerate().skip(record.start) {
            match byte {
                b'"' => quoted = !quoted,
                _ if quoted => {}
                _ if byte == self.delimiter && left > 0 => {
                    left -= 1;
                    start = at + 1;
                }
                b'\n' => {
                    end = at;
                    break;
                }
                _ if byte == self.delimiter => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        Span::new(self.source, start, end)
    }
}
