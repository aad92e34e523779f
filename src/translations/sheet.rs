//! The table as it comes back from a spreadsheet.
//!
//! In: CSV with any of the delimiters and line ends that spreadsheets write. Out: its rows, the columns of the key and of the
//! book's locales, and the place of each cell, for findings. A table without the columns it needs, with one of them
//! twice, with a row of another width or with one that is too long has findings.
//!
//! Deliberately elsewhere: what the cells mean.

use crate::diagnostics::{Budget, Diagnostic, SourceId, Span};
use crate::model::{self, Book};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Error, Read};
use std::rc::Rc;

/// How many bytes of one row are read: a quote that nothing closes makes one cell of all that is behind it.
pub const LONGEST_ROW: usize = 4 << 20;

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
#[derive(Default)]
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
        let mut rows = sheet.rows();
        let Some(header) = rows.next().unwrap_or_else(|| Ok(Record::default())).ok() else {
            findings.push(sheet.too_long(0));
            return None;
        };
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

    fn rows(&self) -> Rows<'a> {
        let left = Rc::new(Cell::new(0));
        let part = Part { rest: self.text.as_bytes(), left: Rc::clone(&left) };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(part);
        Rows { text: self.text, reader, left }
    }

    /// Gives the rows below the header that have as many cells as it to `take`, one by one: a table may have millions.
    pub(super) fn each_record(
        &self,
        findings: &mut Vec<Diagnostic>,
        take: &mut dyn FnMut(&Record, &mut Vec<Diagnostic>),
    ) {
        let mut budget = Budget::new(findings);
        for record in self.rows().skip(1) {
            let record = match record {
                Ok(record) => record,
                Err(start) => {
                    findings.push(self.too_long(start));
                    break;
                }
            };
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

    fn too_long(&self, start: usize) -> Diagnostic {
        let line = self.text[start..].lines().next().unwrap_or_default();
        let message = format!("this row has more than {LONGEST_ROW} bytes");
        Diagnostic::error("bad_table", Span::new(self.source, start, start + line.len()), message)
            .help("a double quote that begins a text ends it as well; one within it is written twice")
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

/// The rows of a table, empty lines left out; a row that is too long is the place where it starts, and the last one.
struct Rows<'a> {
    text: &'a str,
    reader: csv::Reader<Part<'a>>,
    /// How many bytes the reader may still take for this row.
    left: Rc<Cell<usize>>,
}

impl Iterator for Rows<'_> {
    type Item = Result<Record, usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = usize::try_from(self.reader.position().byte()).unwrap_or(self.text.len());
        // The reader passes over empty lines without counting them in.
        let blank = self.text[start..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let start = start + blank;
        self.left.set(LONGEST_ROW + blank);
        let mut cells = csv::StringRecord::new();
        match self.reader.read_record(&mut cells) {
            Ok(true) => Some(Ok(Record { cells, start })),
            Ok(false) => None,
            // The text is UTF-8 and in memory, so nothing else fails.
            Err(_) => Some(Err(start)),
        }
    }
}

/// What is left of a text, and how much of it is given away before somebody asks for the next row.
struct Part<'a> {
    rest: &'a [u8],
    left: Rc<Cell<usize>>,
}

impl Read for Part<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Error> {
        let most = into.len().min(self.left.get());
        if most == 0 && !self.rest.is_empty() {
            return Err(Error::other("the row is too long"));
        }
        let count = self.rest.read(&mut into[..most])?;
        self.left.set(self.left.get() - count);
        Ok(count)
    }
}
