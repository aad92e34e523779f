//! What a reader hands to the desk: rows, its own grammar, and what it cannot read.
//!
//! A reader knows its part of the text and nobody's claims. So a fault here is not yet a finding: a listed row or an
//! `ignore` at its place silences it, which is what they are for.

use super::Field;
use super::heading::ONE_LINE_END;
use crate::counted::counted;
use std::ops::Range;

/// How many rows one table of a recipe may read. The largest platforms have a few thousand codes.
pub const MOST_ROWS: usize = 150_000;

/// The fault that text stands in a row and in none of its cells.
pub(super) const TEXT_BESIDE_CELLS: &str = "text_beside_cells";

/// What a reader found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The rows, in the order of the text.
    pub(super) rows: Vec<FoundRow>,
    /// Text that belongs to the table without being a row.
    pub(super) grammar: Vec<Range<usize>>,
    /// Places where the grammar does not hold.
    pub(super) faults: Vec<Fault>,
    /// What stands over the columns that are read, in the first table that has a header.
    pub(super) titles: Option<Vec<String>>,
    /// What stands over those columns, row by row, in each table whose rows are read; once for tables in succession
    /// that have the same.
    pub(super) headers: Vec<Vec<Titles>>,
    /// What may be the codes of rows that are lost within others.
    pub(super) lost: Vec<Lost>,
    /// Places of rows that a person should look at once.
    pub(super) doubts: Vec<Fault>,
    /// Why there are no rows, if the reader can tell.
    pub(super) hint: Option<String>,
}

/// What a row of a header has over the columns that are read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Titles {
    pub(super) texts: Vec<String>,
    /// Which of them are one cell with the title of the codes.
    pub(super) span_code: Vec<bool>,
}

/// The cells of one row.
#[derive(Debug)]
pub(super) struct FoundRow {
    pub(super) range: Range<usize>,
    pub(super) cells: Vec<(Field, Cell)>,
}

/// The text of one cell and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// A code within the match of a pattern that may be that of another row.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    pub(super) code: String,
    pub(super) range: Range<usize>,
    pub(super) how: Losing,
    /// Whether it is a row whatever form its code has.
    pub(super) is_certain: bool,
}

/// How a code may have got lost within the match of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Losing {
    /// The pattern matches there once more.
    Row,
    /// It does, and the code is that of the match itself, which a shorter one has as well.
    OwnRow,
    /// It would if it had no anchors, and a text holds the row.
    RowInText,
    /// No group holds it, and it only looks like a code.
    Covered,
    /// It looks like a code within a text, and so it is with the texts of so many rows.
    Text(usize),
}

impl Losing {
    /// Whether the pattern matches there once more.
    pub(super) fn is_row(self) -> bool {
        matches!(self, Self::Row | Self::OwnRow | Self::RowInText)
    }
}

/// A place that a reader cannot read.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) id: &'static str,
    /// What is wrong.
    pub(super) range: Range<usize>,
    /// The row that is lost with it.
    pub(super) row: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Fault {
    /// The doubt that a document has lost its end, and a cell the rest of its text.
    pub(super) fn cut_off(cell: Range<usize>) -> Self {
        Self {
            id: "cut_off",
            range: cell.clone(),
            row: cell,
            message: "the document ends within this cell".to_owned(),
            help: Some("take the whole document, or list the row under `rows` if it has no more".to_owned()),
        }
    }
}

impl Cell {
    /// Whether nobody sees anything in it; pages fill an empty cell with a no-break space.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Found {
    /// Whether the reader must stop here.
    pub(super) fn is_full(&self) -> bool {
        self.rows.len() + self.faults.len() >= MOST_ROWS
    }

    /// Whether there is no row, not even one that cannot be read. Text beside the cells is none: a table that has only that
    /// and a header is one that nothing is read from.
    pub(super) fn is_idle(&self) -> bool {
        self.rows.is_empty() && self.faults.iter().all(|fault| fault.id == TEXT_BESIDE_CELLS)
    }

    /// Takes a row whose cells stand in the order of the recipe's columns, or the fault that there are more or fewer. One
    /// of blank cells alone says nothing, as spreadsheets write it behind the last one.
    pub(super) fn row(
        &mut self,
        range: Range<usize>,
        cells: Vec<Cell>,
        columns: &[Option<Field>],
        help: &'static str,
    ) {
        if cells.iter().all(Cell::is_blank) {
            self.grammar.push(range);
            return;
        }
        if cells.len() == columns.len() {
            let named = columns.iter().zip(cells).filter_map(|(field, cell)| Some((field.clone()?, cell)));
            self.rows.push(FoundRow { range, cells: named.collect() });
            return;
        }
        // Two lines of the author are one here.
        let ends_lines = cells.iter().any(|cell| cell.text.contains('\r'));
        let help = if ends_lines { ONE_LINE_END } else { help };
        let (cells, columns) = (counted(cells.len(), "cell"), counted(columns.len(), "column"));
        self.faults.push(Fault {
            id: "cells_do_not_fit",
            row: range.clone(),
            range,
            message: format!("this row has {cells}, the recipe has {columns}"),
            help: Some(help.to_owned()),
        });
    }
}
