//! The table as it comes back from a spreadsheet.
//!
//! In: CSV with any of the separators and line ends that spreadsheets write. Out: its rows, the columns of the key and of the
//! book's locales, and the place of each cell, for findings. A table without the columns it needs, with a column twice or one
//! that nobody knows, with a row of another width or with one that cannot be told has findings.
//!
//! Deliberately elsewhere: quotes (`rows`), and what the cells mean.

use super::CONTEXT;
use super::rows::{Fault, LONGEST_ROW, MOST_CELLS, Record, Rows};
use super::told::Told;
use crate::characters::visible;
use crate::diagnostics::{Diagnostic, SourceId, Span};
use crate::model::{self, Book};
use crate::nearest::nearest;
use std::collections::BTreeMap;

/// What stands before the title of a column that is not read.
const NOT_READ: char = '#';

/// How many lines may stand above the header for it to be found there.
const MOST_ABOVE: usize = 10;

/// How many unknown columns are named.
const MOST_UNKNOWN: usize = 5;

/// How much of a title is shown, in characters.
const LONGEST_TITLE: usize = 40;

/// A table that has the columns it needs.
pub(super) struct Sheet<'a> {
    text: &'a str,
    source: SourceId,
    separator: u8,
    /// How many columns the header has.
    width: usize,
    /// The column of the key.
    pub(super) key: usize,
    /// Locales by their place in the book, and their columns.
    pub(super) locales: Vec<(usize, usize)>,
}

impl<'a> Sheet<'a> {
    /// Reads the header. Spreadsheets write `;` or tabs where the comma is a decimal sign. What is wrong with it is told once:
    /// all rows below it would be told of the same fault.
    pub(super) fn open(text: &'a str, source: SourceId, book: &Book) -> Result<Self, Diagnostic> {
        let line = text.lines().find(|line| !line.is_empty()).unwrap_or_default();
        let separator = line.bytes().find(|byte| matches!(byte, b',' | b';' | b'\t')).unwrap_or(b',');
        let mut sheet = Self { text, source, separator, width: 0, key: 0, locales: Vec::new() };
        let header = Rows::new(text, separator).next().unwrap_or_else(|| Ok(Record::default()));
        let header = header.map_err(|fault| sheet.fault(&fault))?;
        sheet.width = header.width;
        if header.width > header.cells.len() {
            let message = format!("the header has {} cells, more than {MOST_CELLS}", header.width);
            return Err(bad(sheet.place(&header, 0), message, "delete the columns without a title"));
        }
        let mut columns = BTreeMap::new();
        for (column, (title, place)) in header.cells.iter().enumerate() {
            let title = title.trim();
            let is_read = !title.is_empty() && !title.starts_with(NOT_READ);
            if is_read && columns.insert(title, column).is_some() {
                let message = format!("the column `{}` stands here a second time", shown(title));
                return Err(bad(sheet.span(place.start, place.end), message, "keep one of the columns"));
            }
        }
        for (index, locale) in book.locales.iter().enumerate() {
            sheet.locales.extend(columns.get(locale.tag()).map(|column| (index, *column)));
        }
        let start = text.len() - text.trim_start_matches(['\n', '\r']).len();
        let whole = sheet.span(start, start + line.len());
        if !columns.contains_key("key")
            && let Some((number, at)) = header_below(text)
        {
            let message = format!("the table begins here, and its header stands in line {number}");
            return Err(bad(sheet.span(start, at), message, "delete the lines above the header"));
        }
        if let Some(unknown) = sheet.unknown(&header, &columns, book) {
            return Err(unknown);
        }
        let help = "`errbook export --format translations` writes a table that can be read back; cells stand between commas, semicolons or tabs";
        match columns.get("key") {
            Some(column) => sheet.key = *column,
            None => return Err(bad(whole, "the table has no column `key`".to_owned(), help)),
        }
        if sheet.locales.is_empty() {
            let message = format!("the table has no column of a locale of the book ({})", tags(book));
            return Err(bad(whole, message, help));
        }
        Ok(sheet)
    }

    /// Tells of the columns that nobody knows: one of them may be that of a locale, and all its texts would be lost.
    fn unknown(
        &self,
        header: &Record<'_>,
        columns: &BTreeMap<&str, usize>,
        book: &Book,
    ) -> Option<Diagnostic> {
        let known = || CONTEXT.into_iter().chain(book.locales.iter().map(model::Locale::tag));
        let unknown = columns.iter().filter(|(title, _)| known().all(|known| known != **title));
        let mut unknown: Vec<_> = unknown.map(|(title, column)| (*column, *title)).collect();
        unknown.sort_unstable();
        let meant = |title: &str| {
            // Somebody who writes `zh` means the book's only Chinese.
            let language = |tag: &str| tag.split(['-', '_']).next().map(str::to_lowercase);
            let of_language = || known().find(|known| language(known) == language(title));
            nearest(title, known()).or_else(of_language)
        };
        let meant = |title: &str| meant(title).filter(|meant| !columns.contains_key(meant));
        let near: Vec<_> = unknown.iter().take(MOST_UNKNOWN).filter_map(|(_, title)| meant(title)).collect();
        // A table of something else has no column at all that could be meant.
        let is_ours = columns.contains_key("key") || near.contains(&"key");
        let (first, _) = unknown.first().filter(|_| is_ours)?;
        let names = |words: Vec<&str>| {
            words.iter().map(|word| format!("`{}`", shown(word))).collect::<Vec<_>>().join(", ")
        };
        let mut titles = names(unknown.iter().take(MOST_UNKNOWN).map(|(_, title)| *title).collect());
        if unknown.len() > MOST_UNKNOWN {
            titles = format!("{titles} and {} more", unknown.len() - MOST_UNKNOWN);
        }
        let columns = if unknown.len() == 1 { "column" } else { "columns" };
        let message =
            format!("no text is known for the {columns} {titles}: the book's locales are {}", tags(book));
        let rule = "a column that is not to be read has a title that begins with `#`";
        let help =
            if near.is_empty() { rule.to_owned() } else { format!("did you mean {}? {rule}", names(near)) };
        let place = header.cells.get(*first).map_or(0..0, |(_, place)| place.clone());
        Some(bad(self.span(place.start, place.end), message, &help))
    }

    /// Gives the rows below the header that have as many cells as it to `take`, one by one: a table may have millions.
    pub(super) fn each_record(
        &self,
        told: &mut Told,
        findings: &mut Vec<Diagnostic>,
        take: &mut dyn FnMut(&Record<'a>, &mut Told, &mut Vec<Diagnostic>),
    ) {
        // By how many cells they have, the first row and how many there are.
        let mut widths: BTreeMap<usize, (Span, usize)> = BTreeMap::new();
        for record in Rows::new(self.text, self.separator).skip(1) {
            match record {
                Ok(record) if record.is_empty() => {}
                Ok(record) if record.width == self.width => take(&record, told, findings),
                Ok(record) => {
                    widths.entry(record.width).or_insert_with(|| (self.place(&record, 0), 0)).1 += 1;
                }
                Err(fault) => told.tell(findings, self.fault(&fault)),
            }
        }
        for (width, (place, count)) in widths {
            let others = if count == 1 { String::new() } else { format!(", as have {} others", count - 1) };
            let message = format!("this row has {width} cells{others}, and the header has {}", self.width);
            let help = "a text with a comma, a quote or a line end stands in double quotes";
            told.tell(findings, bad(place, message, help));
        }
    }

    /// What is wrong with a row that cannot be told.
    fn fault(&self, fault: &Fault) -> Diagnostic {
        let line = |start: usize| start + self.text[start..].lines().next().unwrap_or_default().len();
        let help = "a double quote that begins a text ends it as well; one within it is written twice";
        match *fault {
            Fault::TooLong(start) => {
                let message = format!("this row has more than {LONGEST_ROW} bytes");
                bad(self.span(start, line(start)), message, help)
            }
            Fault::Open(quote) => {
                let message = "nothing closes the quote that begins this text".to_owned();
                bad(self.span(quote, line(quote)), message, help)
            }
            Fault::Behind(quote, close) => {
                let behind =
                    self.text[close + 1..].chars().next().map_or(close + 1, |ch| close + 1 + ch.len_utf8());
                let message =
                    "a quote closes this text, and neither another cell nor the end of the line follows";
                bad(self.span(quote, quote + 1), message.to_owned(), help)
                    .label(self.span(close, behind), "closed here")
            }
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    /// Where a cell stands.
    pub(super) fn place(&self, record: &Record<'_>, column: usize) -> Span {
        let place = record.cells.get(column).map_or(0..0, |(_, place)| place.clone());
        self.span(place.start, place.end)
    }
}

fn bad(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("bad_table", span, message).help(help)
}

fn shown(title: &str) -> String {
    visible(title, LONGEST_TITLE).into_owned()
}

fn tags(book: &Book) -> String {
    book.locales.iter().map(model::Locale::tag).collect::<Vec<_>>().join(", ")
}

/// The header, if it is not the first line: its number, and where it starts.
fn header_below(text: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for (index, line) in text.split('\n').take(MOST_ABOVE).enumerate() {
        let is_key = |cell: &str| cell.trim().trim_matches('"').trim() == "key";
        if line.split([',', ';', '\t']).any(is_key) {
            return Some((index + 1, start));
        }
        start += line.len() + 1;
    }
    None
}
