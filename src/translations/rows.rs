//! The rows of a table, as RFC 4180 has them and no looser.
//!
//! In: a text and what stands between its cells. Out: its rows, each cell with its place. A text that begins with a double
//! quote ends with one, before the next cell or the end of the line, and holds two for each of its own; what does not is a
//! `Fault`, for a reader that guesses takes the rows behind it for a part of the text. Empty lines are nothing.
//!
//! Guaranteed: time and memory are bounded by the length of the text, whatever its quotes.
//!
//! Deliberately elsewhere: what a fault is called (`sheet`).

use std::borrow::Cow;
use std::ops::Range;

/// How many bytes of one row are read: a quote that nothing closes makes one cell of all that is behind it.
pub const LONGEST_ROW: usize = 4 << 20;

/// How many cells of a row are kept; further ones are counted.
pub(super) const MOST_CELLS: usize = 10_000;

/// One row of a table.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    /// The cells, each with its place in the text, quotes included.
    pub(super) cells: Vec<(Cow<'a, str>, Range<usize>)>,
    /// How many there are, if all were kept.
    pub(super) width: usize,
}

impl Record<'_> {
    /// The text of a cell; a column that is not there is empty.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |(text, _)| text)
    }

    /// Whether no cell has a text: spreadsheets write such rows below the last one that was ever touched.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|(text, _)| text.trim().is_empty())
    }
}

/// Why a row cannot be told.
#[derive(Debug)]
pub(super) enum Fault {
    /// The row that starts here has too many bytes. It is the last one.
    TooLong(usize),
    /// Nothing closes the quote here. Its row is the last one.
    Open(usize),
    /// The quote that opens first is closed by the second, and something stands behind that.
    Behind(usize, usize),
}

/// Takes rows off the front of a text.
pub(super) struct Rows<'a> {
    text: &'a str,
    at: usize,
    separator: u8,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str, separator: u8) -> Self {
        Self { text, at: 0, separator }
    }

    /// How far it is from `from` to the next byte that `is_meant`, looking at no more than a row may have.
    fn seek(&self, from: usize, start: usize, is_meant: impl Fn(u8) -> bool) -> Result<Option<usize>, Fault> {
        let end = self.text.len().min(start + LONGEST_ROW);
        let found = self.text.as_bytes()[from.min(end)..end].iter().position(|byte| is_meant(*byte));
        match found {
            Some(at) => Ok(Some(from + at)),
            None if end < self.text.len() => Err(Fault::TooLong(start)),
            None => Ok(None),
        }
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == self.separator || matches!(byte, b'\n' | b'\r')
    }

    /// Takes the cell that begins here, of the row that starts at `start`.
    fn cell(&mut self, start: usize) -> Result<(Cow<'a, str>, Range<usize>), Fault> {
        let (text, from) = (self.text, self.at);
        if text.as_bytes().get(from) != Some(&b'"') {
            self.at = self.seek(from, start, |byte| self.is_end(byte))?.unwrap_or(text.len());
            return Ok((Cow::Borrowed(&text[from..self.at]), from..self.at));
        }
        let (mut behind, mut is_doubled) = (from + 1, false);
        let close = loop {
            let close = self.seek(behind, start, |byte| byte == b'"')?.ok_or(Fault::Open(from))?;
            if text.as_bytes().get(close + 1) != Some(&b'"') {
                break close;
            }
            (behind, is_doubled) = (close + 2, true);
        };
        if text.as_bytes().get(close + 1).is_some_and(|byte| !self.is_end(*byte)) {
            return Err(Fault::Behind(from, close));
        }
        self.at = close + 1;
        let content = &text[from + 1..close];
        let content = if is_doubled { content.replace("\"\"", "\"").into() } else { Cow::Borrowed(content) };
        Ok((content, from..self.at))
    }

    fn record(&mut self) -> Result<Record<'a>, Fault> {
        let (start, mut record) = (self.at, Record::default());
        loop {
            let cell = self.cell(start)?;
            record.width += 1;
            if record.cells.len() < MOST_CELLS {
                record.cells.push(cell);
            }
            if self.text.as_bytes().get(self.at) != Some(&self.separator) {
                return Ok(record);
            }
            self.at += 1;
        }
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Record<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text[self.at..].trim_start_matches(['\n', '\r']);
        self.at = self.text.len() - rest.len();
        if rest.is_empty() {
            return None;
        }
        let record = self.record();
        self.at = match record {
            Ok(_) => self.at,
            Err(Fault::TooLong(_) | Fault::Open(_)) => self.text.len(),
            // The lines behind it are rows of their own.
            Err(Fault::Behind(_, close)) => {
                self.text[close..].find(['\n', '\r']).map_or(self.text.len(), |length| close + length)
            }
        };
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let shown = |record: Result<Record<'_>, Fault>| match record {
            Ok(record) => record.cells.iter().map(|(cell, _)| cell.as_ref()).collect::<Vec<_>>().join("|"),
            Err(fault) => format!("{fault:?}"),
        };
        Rows::new(text, b',').map(shown).collect()
    }

    #[test]
    fn quotes_hold_separators_line_ends_and_quotes() {
        assert_eq!(
            rows("a,\"b, \"\"c\"\"\nd\"\r\n\n,\"\"\"\"\rx \"y\" z"),
            ["a|b, \"c\"\nd", "|\"", "x \"y\" z"]
        );
        assert_eq!(rows("\"\",\n\n,"), ["|", "|"]);
    }

    #[test]
    fn a_quote_out_of_place_is_told_and_costs_its_line() {
        assert_eq!(rows("a,\"b\nc,d\n"), ["Open(2)"]);
        assert_eq!(rows("a,\"b\" c\nd\n"), ["Behind(2, 4)", "d"]);
        assert_eq!(rows("a,\"b\nc,\"d\"\ne"), ["Behind(2, 7)", "e"]);
    }
}
