//! A page that has been cut into its parts.
//!
//! In: the columns of a recipe, and which tables it means. Out: the rows of those, and what of them may be no row; of a
//! place, whether an `ignore` names an element around it, and which table a recipe has to name by its number there.
//!
//! A table in which another one stands is there for the layout and is read only if the recipe names it by number.

use super::super::found::{Fault, Found, FoundRow};
use super::super::{ElementName, Field, TableFilter, holds, is_blank};
use super::known::is_word;
use super::pieces;
use super::table::{Joins, Table};
use crate::characters::visible;
use std::ops::Range;

/// How many characters of a tag a message shows.
const MOST_SHOWN: usize = 40;

/// A page in its parts.
#[derive(Default)]
pub(in crate::document) struct Page<'a> {
    pub(super) text: &'a str,
    /// In the order of their starts.
    pub(super) tables: Vec<Table>,
    /// Texts between two tags, and outside of tables their lines.
    pub(super) pieces: Vec<Range<usize>>,
    /// The texts that several pieces are lines of.
    pub(super) blocks: Vec<Range<usize>>,
    /// Where the elements stand that an `ignore` names, in the order of the text and without overlap.
    pub(super) elements: Vec<(&'a ElementName, Vec<Range<usize>>)>,
    /// Elements that an `ignore` names, hold a table and were never ended, and where their tags end; the outermost ones.
    pub(super) unended: Vec<(Range<usize>, usize)>,
    /// Tags without a partner, of elements that HTML does not have, in the order of the text.
    pub(super) unknown: Vec<Range<usize>>,
}

impl Page<'_> {
    /// Reads the tables that `filter` means, of which rows within `range` count.
    pub(in crate::document) fn read(
        &self,
        range: &Range<usize>,
        columns: &[Option<Field>],
        filter: &TableFilter,
        header: u32,
    ) -> Found {
        let mut found = Found::default();
        // A row that has no end goes up to the next one, blanks included.
        let behind = &self.text[range.end..];
        let blanks = behind.len() - behind.trim_start_matches(is_blank).len();
        let range = &(range.start..range.end + blanks);
        let (mut copied, mut joins) = (0, Joins::new());
        let mut passed_over = None;
        for (number, table) in (1..).zip(&self.tables) {
            let stands_under = |heading: &String| table.above.contains(heading.as_str());
            let is_wanted = match filter.table {
                Some(wanted) => wanted == number,
                None => !table.holds_another,
            };
            let is_read =
                || table.rows.is_empty() || !table.rows.iter().all(|row| self.is_left_out(&row.range));
            if !filter.heading.as_ref().is_none_or(stands_under) || !is_read() {
                continue;
            }
            if is_wanted {
                table.read(range, columns, header, &mut copied, &mut joins, &mut found);
            } else if filter.table.is_none() {
                passed_over = passed_over.or(Some(number));
            }
        }
        pieces::give_up_joined(self.text, &joins, &mut found);
        self.tell_of_unknown(&mut found);
        let is_idle = found.is_idle();
        let too_few = filter.hint(u32::try_from(self.tables.len()).unwrap_or(u32::MAX));
        let outer = passed_over.filter(|_| is_idle).map(|number: u32| {
            format!("table {number} of the document is passed over, since another stands in it; `table: {number}` reads it")
        });
        let all_header = || (is_idle && header > 0).then(|| format!("`header: {header}` takes all of it"));
        found.hint = too_few.or(outer).or_else(all_header);
        found
    }

    /// Tells of tags in the cells that are read which are no element, of each cell the first: `Parameter <name> is missing`.
    fn tell_of_unknown(&self, found: &mut Found) {
        if self.unknown.is_empty() {
            return;
        }
        let cells = found.rows.iter().flat_map(|row| &row.cells);
        let mut cells: Vec<_> = cells.map(|(_, cell)| cell.range.clone()).collect();
        cells.sort_by_key(|place| place.start);
        // A cell that reaches down stands in several rows.
        cells.dedup_by_key(|place| place.start);
        let mut told = 0;
        for place in self.unknown.iter().filter(|place| holds(&cells, place)) {
            let cell = cells.partition_point(|cell| cell.start <= place.start);
            if found.is_full() || told == cell {
                continue;
            }
            told = cell;
            let written = self.text.get(place.clone()).unwrap_or_default();
            let bracket = if written.starts_with("</") { "</" } else { "<" };
            let name = written.get(bracket.len()..).unwrap_or_default();
            let ends = [' ', '\t', '\n', '\r', '\u{c}', '/', '<', '>'];
            let name = visible(name.split(ends).next().unwrap_or_default(), MOST_SHOWN);
            let message = if is_word(&name.to_ascii_lowercase()) {
                format!("`{bracket}{name}>` stands here like a text, and gets lost as a tag")
            } else {
                format!("`{bracket}{name}>` is no element of HTML, and gets lost as a tag")
            };
            found.faults.push(Fault {
                id: "unknown_element",
                range: place.clone(),
                row: place.clone(),
                message,
                help: Some(
                    "if it is text, write its `<` as `&lt;` in the document, or list the row under `rows`"
                        .to_owned(),
                ),
            });
        }
    }

    /// The number of the innermost table around a place that only its number selects, since another table stands in it.
    pub(in crate::document) fn passed_over(&self, place: &Range<usize>) -> Option<u32> {
        let around = |table: &Table| table.start <= place.start && place.end <= table.end;
        let tables = (1..).zip(&self.tables).take_while(|(_, table)| table.start <= place.start);
        tables.filter(|(_, table)| table.holds_another && around(table)).last().map(|(number, _)| number)
    }

    /// The pieces of text, in their order.
    pub(in crate::document) fn pieces(&self) -> &[Range<usize>] {
        &self.pieces
    }

    /// The texts that several pieces are lines of, in their order.
    pub(in crate::document) fn blocks(&self) -> &[Range<usize>] {
        &self.blocks
    }

    /// Where the elements of this name stand, in the order of the text and without overlap.
    pub(in crate::document) fn elements(&self, name: &ElementName) -> Vec<Range<usize>> {
        let found = self.elements.iter().find(|(element, _)| *element == name);
        found.map(|(_, places)| places.clone()).unwrap_or_default()
    }

    /// The tag of the first element that an `ignore` names and that was never ended, and how many of `rows` stand in it.
    pub(in crate::document) fn taken(&self, rows: &[FoundRow]) -> Option<(Range<usize>, usize)> {
        let mut taken = rows.iter().filter_map(|row| self.unended_around(&row.range));
        let (element, tag_end) = taken.next()?;
        Some((element.start..*tag_end, 1 + taken.count()))
    }

    fn unended_around(&self, place: &Range<usize>) -> Option<&(Range<usize>, usize)> {
        let after = self.unended.partition_point(|(element, _)| element.start <= place.start);
        self.unended.get(after.checked_sub(1)?).filter(|(element, _)| place.end <= element.end)
    }

    /// Whether a place stands in an element that an `ignore` names, and does so by no mistake.
    fn is_left_out(&self, place: &Range<usize>) -> bool {
        self.is_ignored(place) && self.unended_around(place).is_none()
    }

    /// Whether a place stands as a whole in an element that an `ignore` names.
    pub(in crate::document) fn is_ignored(&self, place: &Range<usize>) -> bool {
        self.elements.iter().any(|(_, elements)| holds(elements, place))
    }
}
