//! Reads delimited text: comma- or tab-separated values.
//!
//! In: a text, the columns by position, the separator. Out: the rows. Cells are quoted as in RFC 4180: a cell
//! that starts with `"` ends with `"`, holds `""` for each quote, and may hold separators and line breaks. A
//! quote in the middle of an unquoted cell is text; one that ends such a cell, in a table with quoted ones, may have lost its
//! partner. Blank lines between records are nothing, and a record that repeats one
//! of the header is a header.

use super::forms::Forms;
use super::heading::{Advice, Header, Start};
use super::{Cell, Fault, Field, Found, is_blank, trim};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reads the records of `text[range]`; the first `header` of them are the table's own.
pub(super) fn read(
    text: &str,
    range: Range<usize>,
    columns: &[Option<Field>],
    separator: char,
    header: u32,
) -> Found {
    let mut found = Found::default();
    let mut reader = Records { text, at: range.start, end: range.end, separator };
    let mut number = 0;
    let mut heading = Header::default();
    let mut long = Vec::new();
    while !found.is_full()
        && let Some(record) = reader.next_record()
    {
        let place = trim(text, record.range);
        if let Some(quote) = record.broken_quote {
            found.faults.push(Fault {
                id: "broken_quote",
                range: quote..place.end.max(quote),
                row: place,
                message: "a quoted cell does not end with a quote before the separator".to_owned(),
                help: Some("double the quotes within the cell, or list the row under `rows`".to_owned()),
            });
        } else if number < header {
            heading.add(place.clone(), &record.cells);
            found.grammar.push(place);
        } else if heading.is_repeated_by(&record.cells) {
            found.grammar.push(place);
        } else {
            // Lines within a quoted cell.
            if text[place.clone()].contains('\n') {
                long.push(place.clone());
            }
            found.row(
                place,
                record.cells,
                columns,
                "mend `columns` or `separator`, or list the row under `rows`",
            );
        }
        number += 1;
    }
    rows_in_cells(&mut found, &long, &reader, columns);
    if !found.is_full()
        && found.faults.iter().any(|fault| matches!(fault.id, "cells_do_not_fit" | "broken_quote"))
        && let Some((what, way)) = other_separator(text, &range, separator, columns.len())
    {
        give_up(&mut found, what, way);
        return found;
    }
    lone_quotes(&mut found, text);
    if found.is_idle() && number > 0 {
        found.hint = Some(format!("`header: {header}` takes all of it"));
    }
    let advice = Advice {
        too_many: "make `header` smaller, or list the row under `ignore` if it is the header",
        too_few: |count| format!("write `header: {count}`, or list the row under `rows` if it is one"),
        counted: header,
    };
    heading.settle(&mut found, Start::default(), columns, advice);
    found
}

/// Turns the records of several lines into faults that hold what looks like a further record, whose code nobody else has: a
/// quote that is left open goes on to one that ends another cell, over all rows between them.
fn rows_in_cells(found: &mut Found, long: &[Range<usize>], reader: &Records<'_>, columns: &[Option<Field>]) {
    let Some(column) = columns.iter().position(|column| *column == Some(Field::Code)) else { return };
    if long.is_empty() {
        return;
    }
    let codes = found.rows.iter().flat_map(|row| &row.cells).filter(|(field, _)| *field == Field::Code);
    let codes: BTreeSet<_> = codes.map(|(_, cell)| cell.text.as_str()).collect();
    let forms = Forms::of(codes.iter().copied());
    let text = reader.text;
    let code_on = |start: usize, end: usize| {
        let record = Records { at: start, end, ..*reader }.next_record()?;
        let cells = Some(record.cells).filter(|cells| cells.len() == columns.len())?;
        let is_lost = |code: &Cell| !codes.contains(code.text.as_str()) && forms.has(&code.text);
        cells.into_iter().nth(column).filter(is_lost)
    };
    let row_in = |place: &Range<usize>| {
        let mut starts = text[place.clone()].match_indices('\n').map(|(at, _)| place.start + at + 1);
        let end = |start: usize| text[start..place.end].find('\n').map_or(place.end, |length| start + length);
        let code = starts.find_map(|start| code_on(start, end(start)))?;
        Some((place.clone(), code))
    };
    let faults: Vec<_> = long.iter().filter_map(row_in).collect();
    let lost: BTreeSet<_> = faults.iter().map(|(place, _)| place.start).collect();
    found.rows.retain(|row| !lost.contains(&row.range.start));
    found.faults.retain(|fault| !lost.contains(&fault.row.start));
    found.faults.extend(faults.into_iter().map(|(place, code)| Fault {
        id: "row_in_cell",
        range: code.range,
        row: place,
        message: format!("the row of `{}` stands within a quoted cell, which begins above it", code.text),
        help: Some(
            "end the quote, or double it if it is a part of the text; if the cell is meant so, list the row under `rows`".to_owned(),
        ),
    }));
}

/// How many other cells of a column have to be quoted, and all of them, so that one without quotes is none for certain.
const MANY_QUOTED: usize = 8;

/// Tells of the cells that end with a quote and have none that begins it. Where all others of the column are quoted, the row
/// becomes a fault; elsewhere it is a doubt, unless no cell is quoted or a number stands before the quote, as inches have it.
fn lone_quotes(found: &mut Found, text: &str) {
    let is_quoted = |cell: &Cell| text[cell.range.clone()].starts_with('"');
    let is_lone = |cell: &Cell| {
        let written = &text[cell.range.clone()];
        written.ends_with('"')
            && !written.starts_with('"')
            && !written.contains(['„', '“'])
            && written.matches('"').count() % 2 == 1
    };
    let cells = || found.rows.iter().flat_map(|row| &row.cells);
    if !cells().any(|(_, cell)| is_lone(cell)) {
        return;
    }
    // How many cells of each column are quoted, and how many are not.
    let mut counts: BTreeMap<Field, [usize; 2]> = BTreeMap::new();
    for (field, cell) in cells().filter(|(_, cell)| !cell.is_blank() && !is_lone(cell)) {
        counts.entry(field.clone()).or_default()[usize::from(!is_quoted(cell))] += 1;
    }
    let is_any_quoted = counts.values().any(|[quoted, _]| *quoted > 0);
    let mut lost = BTreeSet::new();
    for row in &found.rows {
        for (field, cell) in row.cells.iter().filter(|(_, cell)| is_lone(cell)) {
            let [quoted, others] = counts.get(field).copied().unwrap_or_default();
            let is_certain = quoted >= MANY_QUOTED && others == 0;
            let are_inches = text[..cell.range.end - 1].ends_with(|ch: char| ch.is_ascii_digit());
            let is_told = is_any_quoted && !are_inches || quoted > 1 && others == 0;
            let fault = Fault {
                id: "broken_quote",
                range: cell.range.clone(),
                row: row.range.clone(),
                message: "this cell ends with a quote, and none begins it".to_owned(),
                help: Some("write the quote that is missing, or list the row under `rows`".to_owned()),
            };
            if is_certain {
                lost.insert(row.range.start);
                found.faults.push(fault);
            } else if is_told {
                found.doubts.push(fault);
            }
        }
    }
    found.rows.retain(|row| !lost.contains(&row.range.start));
}

/// What other sheets have between their cells, its name, and how to say so.
const OTHER_SEPARATORS: [(char, &str, &str); 4] = [
    (',', "commas", "remove `separator`: a comma needs none"),
    (';', "semicolons", "write `separator: ;`"),
    ('\t', "tabs", "write `separator: \"\\t\"`"),
    ('|', "pipes", "write `separator: \"|\"`"),
];

/// The separator that cuts every record into as many cells as there are columns, where that of the recipe does not.
fn other_separator(
    text: &str,
    range: &Range<usize>,
    separator: char,
    columns: usize,
) -> Option<(&'static str, &'static str)> {
    let fits = |other: char| {
        let mut reader = Records { text, at: range.start, end: range.end, separator: other };
        std::iter::from_fn(|| reader.next_record())
            .all(|record| record.broken_quote.is_none() && record.cells.len() == columns)
    };
    let others = OTHER_SEPARATORS.iter().filter(|(other, ..)| *other != separator && columns > 1);
    others.filter(|(other, ..)| fits(*other)).map(|(_, what, way)| (*what, *way)).next()
}

/// Makes one fault of all rows: none of them is cut where it should be.
fn give_up(found: &mut Found, what: &str, way: &str) {
    let rows = std::mem::take(&mut found.rows).into_iter().map(|row| row.range);
    let mut places: Vec<_> =
        rows.chain(std::mem::take(&mut found.faults).into_iter().map(|fault| fault.row)).collect();
    places.sort_by_key(|place| place.start);
    found.faults.extend(places.into_iter().map(|place| Fault {
        id: "cells_do_not_fit",
        range: place.clone(),
        row: place,
        message: format!("the cells of this row stand between {what}"),
        help: Some(way.to_owned()),
    }));
}

/// One record of the text.
struct Record {
    range: Range<usize>,
    cells: Vec<Cell>,
    /// Where a quote starts that does not end as it should.
    broken_quote: Option<usize>,
}

/// Takes records off the front of a text.
struct Records<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    separator: char,
}

impl Records<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    /// The next record that is not blank.
    fn next_record(&mut self) -> Option<Record> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            let line = rest.find('\n').unwrap_or(rest.len());
            if !rest[..line].trim().is_empty() {
                break;
            }
            self.at = (self.at + line + 1).min(self.end);
        }
        let start = self.at;
        let mut record = Record { range: start..start, cells: Vec::new(), broken_quote: None };
        loop {
            let cell = self.cell(&mut record.broken_quote);
            record.cells.push(cell);
            if let Some(after) = self.rest().strip_prefix(self.separator) {
                self.at = self.end - after.len();
                continue;
            }
            record.range.end = self.at;
            self.at = (self.at + 1).min(self.end);
            return Some(record);
        }
    }

    /// Takes one cell, up to the separator or line break after it.
    fn cell(&mut self, broken_quote: &mut Option<usize>) -> Cell {
        let start = self.at;
        // Blanks before a quote are no part of the cell, but a tab may be the separator.
        let front = self.rest().find(|c| c == self.separator || c == '\n' || !is_blank(c));
        let quote = front.map(|front| start + front).filter(|at| self.text[*at..self.end].starts_with('"'));
        if let Some(quote) = quote {
            if let Some(cell) = self.quoted(quote) {
                return cell;
            }
            // Without its end the quote would swallow the rest of the document: only its own line is lost.
            broken_quote.get_or_insert(quote);
        }
        let rest = self.rest();
        let length = rest.find([self.separator, '\n']).unwrap_or(rest.len());
        self.at = start + length;
        let range = trim(self.text, start..self.at);
        Cell { text: self.text[range.clone()].to_owned(), range }
    }

    /// Takes a quoted cell, if it ends well; otherwise nothing is taken.
    fn quoted(&mut self, quote: usize) -> Option<Cell> {
        let mut content = String::new();
        let mut from = quote + 1;
        loop {
            let close = from + self.text[from..self.end].find('"')?;
            content.push_str(&self.text[from..close]);
            let after = &self.text[close + 1..self.end];
            if after.starts_with('"') {
                content.push('"');
                from = close + 2;
                continue;
            }
            let next =
                after.find(|c| c == self.separator || c == '\n' || !is_blank(c)).unwrap_or(after.len());
            let follow = after[next..].chars().next();
            if follow.is_some_and(|c| c != self.separator && c != '\n') {
                return None;
            }
            self.at = close + 1 + next;
            return Some(Cell { text: content.trim_matches(is_blank).to_owned(), range: quote..close + 1 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, separator: char, header: u32) -> Found {
        let columns = [Some(Field::Code), Some(Field::Message("en".to_owned())), None];
        read(text, 0..text.len(), &columns, separator, header)
    }

    fn texts(found: &Found) -> Vec<Vec<&str>> {
        found.rows.iter().map(|row| row.cells.iter().map(|(_, cell)| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn quotes_hold_separators_quotes_and_line_breaks() {
        let found = found("code,text,x\n1,\"a, \"\"b\"\"\nc\",-\n\n2, d \"e\" ,-\n", ',', 1);
        assert_eq!(texts(&found), [["1", "a, \"b\"\nc"], ["2", "d \"e\""]]);
        assert_eq!(found.grammar.first(), Some(&(0..11)));
        assert!(found.faults.is_empty(), "{:?}", found.faults);
    }

    #[test]
    fn a_header_among_the_records_is_a_header() {
        let found = found("a,b,c\n1,x,-\n\"a\",b,c\n2,y,-\n", ',', 1);
        assert_eq!(texts(&found), [["1", "x"], ["2", "y"]]);
        assert_eq!(found.grammar, [0..5, 12..19]);
    }

    #[test]
    fn a_wrong_separator_is_told_from_wrong_columns() {
        let help = |text| found(text, ',', 0).faults.first().and_then(|fault| fault.help.clone());
        assert!(help("1;x, y;-\n").is_some_and(|help| help.contains("`separator: ;`")));
        assert!(help("1\tx\t-\n").is_some_and(|help| help.contains("`separator: \"\\t\"`")));
        assert!(help("1;x\n").is_some_and(|help| help.contains("list the row")));
        // It has to suit every row, and then none of them is cut by commas.
        let text = "1;a;-\n2;b,c,d;-\n3;\"d; | e\";-\n";
        assert_eq!((found(text, ',', 0).rows.len(), found(text, ',', 0).faults.len()), (0, 3));
        assert!(help(&text.replace("2;", "2 ")).is_some_and(|help| help.contains("list the row")));
    }

    #[test]
    fn empty_cells_between_tabs_stay_cells() {
        assert_eq!(texts(&found("1\t\t\n2\ta\t\n", '\t', 0)), [["1", ""], ["2", "a"]]);
    }

    #[test]
    fn a_broken_quote_costs_its_line_and_no_other() {
        let found = found("1,\"a,-\n2,b,-\n3,c\n4,\"d\" e,-\n", ',', 0);
        assert_eq!(texts(&found), [["2", "b"]]);
        assert_eq!(
            found.faults.iter().map(|fault| fault.id).collect::<Vec<_>>(),
            ["broken_quote", "cells_do_not_fit", "broken_quote"]
        );
    }
}
