//! From a table of a page to rows.
//!
//! In: the cells of a table as written, and the columns of a recipe. Out: its rows, with `rowspan` and `colspan` expanded,
//! and what is told of them. Rows of `<thead>`, and those of `<th>` alone before the first row or with a single cell, are
//! the table's own, and so is a row that repeats one of them; in a table that is made of `<th>` alone it is a cell like
//! others. A row that a `<td>` above reaches down into is a row like others.
//!
//! Deliberately elsewhere: which tables are read, and where their cells are (`html`).

use super::cell::{Mark, TableCell};
use crate::document::Field;
use crate::document::found::{Cell, Fault, Found, TEXT_BESIDE_CELLS};
use crate::document::heading::{Advice, Header, Start};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many bytes the copies of cells may have that span several, and so many again those of texts that stand in tables
/// within tables, each of which has them in a cell.
pub const MOST_COPIED: usize = 16 << 20;
/// How many bytes a copy of a cell counts that says nothing.
const LEAST_COPIED: usize = 4;

/// One table.
#[derive(Default)]
pub(super) struct Table {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rows: Vec<TableRow>,
    /// The heading above it, its caption, and the text between it and the heading or the table before.
    pub(super) above: String,
    /// Where its caption stands.
    pub(super) caption: Option<Range<usize>>,
    pub(super) holds_another: bool,
    /// The cell that the document ends in.
    pub(super) cut: Option<Range<usize>>,
}

/// One row as written.
#[derive(Default)]
pub(super) struct TableRow {
    pub(super) range: Range<usize>,
    pub(super) section: usize,
    pub(super) is_head: bool,
    pub(super) cells: Vec<TableCell>,
    /// Text between its cells, which a browser shows above the table.
    pub(super) beside: Vec<Range<usize>>,
    /// Tags in it that have taken others for a part of themselves.
    pub(super) torn: Vec<Range<usize>>,
}

/// Where elements meet in the codes of rows, by the places of their cells.
pub(super) type Joins = BTreeMap<usize, Vec<usize>>;

/// A cell that reaches down into the rows below it.
struct Reaching {
    cell: Cell,
    /// The first row that it does not reach.
    end: usize,
    is_head: bool,
}

/// A row with the cells that reach down into it.
struct Expanded {
    cells: Vec<Cell>,
    /// Whether one cell is the code and another field at once.
    spans_code: bool,
    /// Whether every cell is marked as a heading.
    is_heading: bool,
    /// Whether a cell of a row above is one of them.
    is_reached: bool,
    /// What is struck out or hidden in a cell that is read.
    marked: Option<(Mark, Range<usize>)>,
}

impl Table {
    pub(super) fn read(
        &self,
        range: &Range<usize>,
        columns: &[Option<Field>],
        header: u32,
        copied: &mut usize,
        joins: &mut Joins,
        found: &mut Found,
    ) {
        if let Some(caption) = &self.caption {
            found.grammar.push(caption.clone());
        }
        // For each column the cell that still reaches down into it.
        let mut reaching: Vec<Option<Reaching>> = Vec::new();
        let mut heading = Header::default();
        let (mut section, mut number) = (0, 0);
        let (mut has_rows, mut has_titles) = (false, false);
        let start = Start::of(found);
        // Where every cell is marked as a heading, the mark says nothing.
        let are_marked = self.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.is_head);
        let marks_count = !are_marked || self.rows.len() < 2;
        for (index, row) in self.rows.iter().enumerate() {
            if found.is_full() {
                return;
            }
            if row.section != section {
                section = row.section;
                reaching.clear();
            }
            let Expanded { cells, spans_code, is_heading, is_reached, marked } =
                row.expand(index, &mut reaching, columns, copied, joins);
            if *copied > MOST_COPIED {
                found.faults.push(row.fault(
                    "the spanning cells of these tables reach too far, or hold too much text".to_owned(),
                ));
                return;
            }
            let is_heading = marks_count && is_heading && !row.cells.is_empty();
            // A row of one cell, with none that reaches down into it, is a heading between rows.
            let is_one = row.cells.len() < 2 && !is_reached;
            let is_own = row.is_head || is_heading && (!has_rows || is_one);
            if is_own && row.is_head && has_titles && !row.cells.iter().any(|cell| cell.is_head) {
                heading.add_unmarked(row.range.clone(), &cells);
            } else if is_own {
                heading.add(row.range.clone(), &cells);
            }
            has_titles |= row.cells.iter().any(|cell| cell.is_head);
            // What is out of the range still reaches down into it, and is a heading of what is in it.
            if row.range.start < range.start || row.range.end > range.end {
                continue;
            }
            found.faults.extend(row.beside.iter().map(beside));
            found.faults.extend(row.torn.iter().map(torn));
            // A row without cells of its own adds nothing to those above it.
            let is_own = is_own || row.cells.is_empty();
            if is_own || cells.iter().all(Cell::is_blank) || heading.is_repeated_by(&cells) {
                found.grammar.push(row.range.clone());
                continue;
            }
            if number < header {
                number += 1;
                heading.add(row.range.clone(), &cells);
                found.grammar.push(row.range.clone());
                continue;
            }
            if is_heading {
                let message = "this row stands among others, and every cell of it is marked as a heading";
                found.faults.push(row.fault(message.to_owned()));
            } else if spans_code {
                found
                    .faults
                    .push(row.fault("one cell spans the code and other columns of this row".to_owned()));
            } else {
                let help = "mend `columns`, choose with `table` or `heading`, or list the row under `rows`";
                let before = found.rows.len();
                found.row(row.range.clone(), cells, columns, help);
                has_rows |= found.rows.len() > before;
                found.doubts.extend(marked.map(|(mark, place)| doubt(mark, place)));
                let is_cut = |cut: &&Range<usize>| row.range.contains(&cut.start);
                found.doubts.extend(self.cut.as_ref().filter(is_cut).map(|cut| Fault::cut_off(cut.clone())));
            }
        }
        let advice = Advice {
            too_many: "list it under `rows` as the row that it is, or make `header` smaller",
            too_few: |count| format!("write `header: {count}`, or list the row under `rows` if it is one"),
            counted: header,
        };
        heading.settle(found, start, columns, advice);
    }
}

/// The doubt that a row says what the page takes back.
fn doubt(mark: Mark, range: Range<usize>) -> Fault {
    let (message, help) = match mark {
        Mark::StruckOut => (
            "text that is struck out is read from this cell",
            "list the row under `rows` with what holds, or under `ignore` if nothing does; an entry that stays can be `deprecated`",
        ),
        Mark::Hidden => (
            "text that the page does not show is read from this cell",
            "list the row under `rows` with what is shown",
        ),
    };
    let (message, help) = (message.to_owned(), Some(help.to_owned()));
    Fault { id: "text_taken_back", row: range.clone(), range, message, help }
}

/// The fault that text stands in a row and in none of its cells.
fn beside(range: &Range<usize>) -> Fault {
    Fault {
        id: TEXT_BESIDE_CELLS,
        range: range.clone(),
        row: range.clone(),
        message: "this stands in a row, and in none of its cells".to_owned(),
        help: Some("list the row under `rows`, with or without it; if a tag before it is meant as text, write its `<` as `&lt;`".to_owned()),
    }
}

/// The fault that a tag of a row holds others, whose texts are lost.
fn torn(range: &Range<usize>) -> Fault {
    Fault {
        id: "torn_tag",
        range: range.clone(),
        row: range.clone(),
        message: "this tag holds another one, since its `>` is missing or a quote".to_owned(),
        help: Some("list the rows under `rows` that it takes a part of, or mend the document".to_owned()),
    }
}

impl TableRow {
    fn fault(&self, message: String) -> Fault {
        Fault {
            id: "cells_do_not_fit",
            range: self.range.clone(),
            row: self.range.clone(),
            message,
            help: Some("list the row under `rows`, or under `ignore` if it is none".to_owned()),
        }
    }

    /// The cells of the row, which is the one at `index` of its table, with those that reach down into it.
    fn expand(
        &self,
        index: usize,
        reaching: &mut Vec<Option<Reaching>>,
        columns: &[Option<Field>],
        copied: &mut usize,
        joins: &mut Joins,
    ) -> Expanded {
        let mut cells: Vec<Cell> = Vec::new();
        let mut is_heading = self.cells.iter().all(|cell| cell.is_head);
        let (mut spans_code, mut is_reached) = (false, false);
        let mut marked = None;
        let mut own = self.cells.iter();
        loop {
            // What reaches down from above stands first.
            while let Some(Some(above)) =
                reaching.get(cells.len()).map(|above| above.as_ref().filter(|above| above.end > index))
            {
                *copied += above.cell.text.len() + LEAST_COPIED;
                cells.push(above.cell.clone());
                is_heading &= above.is_head;
                is_reached = true;
            }
            let Some(next) = own.next() else { break };
            let first = cells.len();
            // A cell wider than the recipe's table misfits however wide it is.
            let width = next.columns.min(columns.len().saturating_sub(first).max(1) + 1);
            for column in first..first + width {
                let is_code = matches!(columns.get(column), Some(Some(Field::Code | Field::HttpStatus)));
                let cell = Cell { text: next.text(is_code).into_owned(), range: next.range.clone() };
                if let Some(met) = next.joins().filter(|_| columns.get(column) == Some(&Some(Field::Code))) {
                    joins.insert(cell.range.start, met);
                }
                if column > first {
                    *copied += cell.text.len() + LEAST_COPIED;
                }
                if next.rows > 1 {
                    if reaching.len() <= column {
                        reaching.resize_with(column + 1, || None);
                    }
                    let end = index.saturating_add(next.rows);
                    reaching[column] = Some(Reaching { cell: cell.clone(), end, is_head: next.is_head });
                }
                cells.push(cell);
            }
            let spanned = columns.get(first..(first + width).min(columns.len())).unwrap_or_default();
            let fields = spanned.iter().flatten().count();
            spans_code |= fields > 1 && spanned.contains(&Some(Field::Code));
            // Beside a code, such a text makes that a doubtful one.
            let is_one = !spanned.contains(&Some(Field::Code)) || !next.text(true).contains(' ');
            let mark = next.mark.filter(|_| fields > 0 && is_one);
            marked = marked.or(mark.map(|mark| (mark, next.range.clone())));
        }
        // A row may end before the columns that reach down into it do.
        Expanded { cells, spans_code, is_heading, is_reached, marked }
    }
}
