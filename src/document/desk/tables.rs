//! What the tables of a recipe read.
//!
//! In: a table of the recipe. Out: its rows, each with the fields that its cells fill, and a finding for what its reader
//! cannot read, unless a listed row or an `ignore` has the place. What two tables of the recipe read, or no row and no
//! `empty` of a table meets, is told once for the table: the recipe is wrong at one place, however many rows there are.

use super::super::claims::Claim;
use super::super::found::{Fault, Found, FoundRow, Losing, MOST_ROWS};
use super::super::pattern::Pattern;
use super::super::{
    Effort, Field, LineRange, Origin, Reader, RecipeTable, Row, bare, delimited, markdown, status, titles,
};
use super::{Desk, Grammar};
use crate::counted::counted;
use crate::diagnostics::{Diagnostic, Loc};
use crate::expression::Expression;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

impl Desk<'_> {
    /// Reads the part of the document that one table of the recipe describes.
    pub(super) fn table(&mut self, index: usize, table: &RecipeTable, effort: &mut Effort) {
        let Some(range) = self.range_of(table) else { return };
        let mut found = match (&table.reader, &self.grammar) {
            (Reader::Markdown { columns, filter }, _) => {
                // It is there if any table is read so.
                self.outline.as_ref().map_or_else(Found::default, |outline| {
                    markdown::read(self.text, outline, range, &self.lines, columns, filter)
                })
            }
            (Reader::Delimited { columns, separator, header }, _) => {
                delimited::read(self.text, range, columns, *separator, *header)
            }
            (Reader::Pattern { expression, unanchored, groups }, grammar) => {
                let lines = matches!(grammar, Grammar::Lines).then_some(&self.lines);
                let unanchored = unanchored.as_ref().and_then(Expression::regex);
                // What cannot be compiled is refused before.
                expression.regex().map_or_else(Found::default, |regex| {
                    let pattern = Pattern { regex, unanchored, groups };
                    pattern.read(self.text, range, lines, effort)
                })
            }
            (Reader::Html { columns, filter, header }, Grammar::Html(page)) => {
                page.read(&range, columns, filter, *header)
            }
            (Reader::Json { at, key, columns }, Grammar::Json(document)) => {
                document.read(&range, at, key.as_ref(), columns, &self.aside)
            }
            // A recipe with both is one for a JSON document, which holds no element.
            (Reader::Html { .. } | Reader::Json { .. }, _) => Found::default(),
        };
        self.leave_ignored(table, &mut found);
        if found.is_full() {
            let message =
                format!("this table reads more than {MOST_ROWS} rows, and errbook reads no more of it");
            self.tell(Diagnostic::error("too_many_rows", table.span, message));
        }
        if found.is_idle() {
            let message = match &found.hint {
                Some(hint) => format!("this table reads no row of the document: {hint}"),
                None => "this table reads no row of the document".to_owned(),
            };
            let finding = Diagnostic::error("idle_table", table.span, message);
            self.tell(finding.help("mend what selects it, or remove it"));
            // Nothing could be absent there, and whatever stands there is told as text that nobody reads.
            return;
        }
        let has_rows = !found.rows.is_empty();
        let is_told = |fault: &Fault| !self.is_excused(&self.widen(&fault.row));
        let faults: Vec<_> = found.faults.into_iter().filter(is_told).collect();
        // Where no row fits for one reason, the recipe is wrong, and one place says it.
        let message = |fault: &Fault| (fault.id == "cells_do_not_fit").then(|| fault.message.clone());
        let reason = faults.first().and_then(message);
        let is_one = !has_rows && faults.len() > 1 && faults.iter().all(|fault| message(fault) == reason);
        let is_one = is_one && reason.is_some();
        let count = faults.len();
        for (number, mut fault) in faults.into_iter().enumerate() {
            let place = self.widen(&fault.row);
            // The text is accounted for: this finding does.
            for part in self.aside.rest_of(&place, &[]) {
                self.claims.claim(&part, Claim::Table(index));
            }
            if is_one {
                if number > 0 {
                    continue;
                }
                write!(fault.message, "; so it is with all {count} rows of the table")
                    .expect("a string takes all");
            }
            let span = self.span(&fault.range);
            let finding =
                Diagnostic::error(fault.id, span, fault.message).label(table.span, "read by this table");
            self.tell(match fault.help {
                Some(help) => finding.help(help),
                None => finding,
            });
        }
        for range in found.grammar {
            let place = self.widen(&range);
            // A header that is listed or named under `ignore` as well holds no row that could get lost.
            if !self.is_listed(&place) {
                for rest in self.not_ignored(&place) {
                    self.claim_for_table(&rest, index);
                }
            }
        }
        let empty: BTreeMap<_, _> =
            table.empty.iter().enumerate().map(|(index, text)| (text.value.as_str(), index)).collect();
        let mut matched = vec![false; table.empty.len()];
        for row in found.rows {
            self.row(index, table, row, &empty, &mut matched);
        }
        self.lost.extend(found.lost.into_iter().map(|lost| (lost, index)));
        self.doubt(table, found.doubts);
        self.doubts.extend(titles::other_language(self.recipe, table, &found.headers));
        self.tell_of_twice(index);
        for (text, _) in table.empty.iter().zip(matched).filter(|(_, matched)| !matched) {
            let message = format!("no cell of the table holds `{}`", text.value.escape_debug());
            self.tell(Diagnostic::error("idle_empty", text.span, message).help("mend or remove it"));
        }
    }

    /// Leaves out what stands in elements that an `ignore` names, and tells of one that takes rows because it never ends.
    fn leave_ignored(&mut self, table: &RecipeTable, found: &mut Found) {
        let Grammar::Html(page) = &self.grammar else { return };
        let taken = page.taken(&found.rows);
        found.rows.retain(|row| !page.is_ignored(&row.range));
        found.faults.retain(|fault| !page.is_ignored(&fault.row));
        found.grammar.retain(|range| !page.is_ignored(range));
        found.doubts.retain(|doubt| !page.is_ignored(&doubt.row));
        let Some((tag, count)) = taken else { return };
        let (rows, verb) = (counted(count, "row"), if count == 1 { "stands" } else { "stand" });
        let message =
            format!("this element is ignored and never ends, so that {rows} of the table {verb} in it");
        let finding = Diagnostic::error("unended_element", self.span(&tag), message);
        let help = "name what is to be ignored by its `lines` or a `pattern`, or mend the document";
        self.tell(finding.label(table.span, "read by this table").help(help));
    }

    /// The part of the document that a table is read from; `None` if there is no such part.
    fn range_of(&mut self, table: &RecipeTable) -> Option<Range<usize>> {
        let Some(Loc { value: LineRange { first, last }, span }) = table.lines else {
            return Some(0..self.text.len());
        };
        let (first, last, count) = (first as usize, last as usize, self.lines.count());
        if last > count {
            let message = format!("the document ends with line {count}");
            self.tell(Diagnostic::error("lines_beyond_end", span, message).help("mend `lines`"));
        }
        (first <= count).then(|| self.lines.range(first - 1, last - 1, self.text))
    }

    /// Turns the cells of a row into fields.
    fn row(
        &mut self,
        index: usize,
        table: &RecipeTable,
        found: FoundRow,
        empty: &BTreeMap<&str, usize>,
        matched: &mut [bool],
    ) {
        let place = self.widen(&found.range);
        // Of a row in JSON, another one that stands in it may be listed.
        let is_listed = match self.grammar {
            Grammar::Json(_) => found.cells.iter().any(|(_, cell)| self.is_listed(&cell.range)),
            Grammar::Lines | Grammar::Html(_) => self.is_listed(&place),
        };
        if is_listed {
            return;
        }
        let mut read: Vec<_> = found.cells.iter().map(|(_, cell)| cell.range.clone()).collect();
        read.sort_by_key(|cell| cell.start);
        let span = self.span(&found.range);
        let mut fields = RowFields::default();
        let mut has_text = false;
        for (field, cell) in found.cells {
            if let Some(index) = empty.get(cell.text.as_str()) {
                matched[*index] = true;
                continue;
            }
            let is_nothing = field == Field::Code && bare(&cell.text).is_empty();
            if cell.is_blank() || is_nothing {
                continue;
            }
            let text = match field {
                Field::Code => bare(&cell.text),
                Field::HttpStatus => status(&cell.text),
                Field::Message(_) | Field::Solution(_) => &cell.text,
            };
            has_text |= field != Field::Code;
            let text = Loc::new(text.to_owned(), self.span(&cell.range));
            fields.put(field, text);
        }
        let is_code = |code: &Loc<String>| {
            self.recipe.code_type.is_none_or(|code_type| code_type.parse(&code.value).is_some())
        };
        if !(fields.code.as_ref().is_some_and(is_code) && has_text) && self.is_ignored(&place) {
            return;
        }
        // What a column reads is the row's, whoever else names it.
        if !self.aside.rest_of(&place, &read).iter().all(|part| self.claim_for_table(part, index)) {
            return;
        }
        for (field, text) in &table.constants {
            fields.put(field.clone(), text.clone());
        }
        let RowFields { code, http_status, message, solution } = fields;
        let Some(code) = code else {
            let finding = Diagnostic::error("row_without_code", span, "this row has no code");
            let help = "list it under `rows` with its code, or under `ignore` with a reason";
            self.tell(finding.label(table.span, "read by this table").help(help));
            return;
        };
        let (line, origin) = (self.lines.of(found.range.start) + 1, Origin::Table(index));
        self.rows.push(Row { code, http_status, message, solution, span, line, origin });
    }

    /// Takes the doubts about a table, those of one kind as one.
    fn doubt(&mut self, table: &RecipeTable, doubts: Vec<Fault>) {
        let mut kinds: BTreeMap<String, (Fault, usize)> = BTreeMap::new();
        for doubt in doubts.into_iter().filter(|doubt| !self.is_excused(&self.widen(&doubt.row))) {
            kinds.entry(doubt.message.clone()).or_insert((doubt, 0)).1 += 1;
        }
        for (mut doubt, count) in kinds.into_values() {
            if count > 1 {
                write!(doubt.message, "; so it is with {count} rows of the table")
                    .expect("a string takes all");
            }
            let finding = Diagnostic::warning(doubt.id, self.span(&doubt.range), doubt.message);
            let finding = finding.label(table.span, "read by this table");
            self.doubts.push(match doubt.help {
                Some(help) => finding.help(help),
                None => finding,
            });
        }
    }

    /// Tells of the rows that are lost within the matches of patterns, once all codes are known.
    pub(super) fn lost(&mut self) {
        let codes: BTreeSet<_> = self.rows.iter().map(|row| row.code.value.clone()).collect();
        let lost = std::mem::take(&mut self.lost);
        let rows: BTreeSet<_> =
            lost.iter().filter(|(lost, _)| lost.how.is_row()).map(|(lost, _)| lost.range.start).collect();
        for (lost, index) in
            lost.into_iter().filter(|(lost, _)| lost.how.is_row() || !rows.contains(&lost.range.start))
        {
            let is_read =
                self.claims.owners(&self.widen(&lost.range)).any(|owner| owner == Claim::Table(index));
            if !is_read || lost.how != Losing::OwnRow && codes.contains(&lost.code) {
                continue;
            }
            let (span, table) = (self.span(&lost.range), self.recipe.tables[index].span);
            let code = &lost.code;
            let message = match lost.how {
                Losing::OwnRow => {
                    format!("the pattern goes on to `{code}` over the beginning of the row that has it")
                }
                Losing::Row => {
                    format!("the row of `{code}` is lost: the pattern has matched over its beginning")
                }
                Losing::RowInText => format!(
                    "the row of `{code}` is lost: it stands within a text of another row, where the anchors of the pattern hide it"
                ),
                Losing::Covered => format!(
                    "`{code}` looks like a code and is in no row: the pattern covers it without a group"
                ),
                Losing::Text(count) => format!(
                    "`{code}` looks like a code and is in no row, but in a text; so it is with {count} rows of the table"
                ),
            };
            let single = "let the pattern describe a single row, without `^`, `$` and `.*` around it";
            if lost.how.is_row() {
                let help = match lost.how {
                    Losing::RowInText => single,
                    _ => {
                        "let the pattern stop before the next row where it goes on over any text (`[^#]*?` instead of `.*?` stops \
                          before a heading), and start where a row starts (`(?m)^` at the start of a line)"
                    }
                };
                let finding = Diagnostic::error("row_in_match", span, message);
                self.tell(finding.label(table, "read by this table").help(help));
            } else {
                let finding = Diagnostic::warning("code_in_match", span, message);
                let help = format!("if it is a code, {single}");
                self.doubts.push(finding.label(table, "read by this table").help(help));
            }
        }
    }

    fn claim_for_table(&mut self, range: &Range<usize>, index: usize) -> bool {
        let Some(other) = self.claims.claim(range, Claim::Table(index)) else { return true };
        self.twice.entry(other).or_insert_with(|| (range.clone(), 0)).1 += 1;
        false
    }

    /// Tells what a table has in common with others, once for each: the recipe is wrong at one place, however many rows
    /// there are.
    fn tell_of_twice(&mut self, index: usize) {
        for (other, (range, count)) in std::mem::take(&mut self.twice) {
            let mut message = "two tables of the recipe read this".to_owned();
            if count > 1 {
                write!(message, "; so it is with all {count} places").expect("a string takes all");
            }
            let finding = Diagnostic::error("line_taken_twice", self.span(&range), message)
                .label(self.claimant(other), "the first")
                .label(self.claimant(Claim::Table(index)), "the second");
            self.tell(finding.help(match self.grammar {
                Grammar::Json(_) => "narrow one of them with `at` or `lines`",
                Grammar::Lines | Grammar::Html(_) => "narrow one of them with `lines`, `table` or `heading`",
            }));
        }
    }
}

/// The fields of a row as far as they are known.
#[derive(Default)]
struct RowFields {
    code: Option<Loc<String>>,
    http_status: Option<Loc<String>>,
    message: Vec<(String, Loc<String>)>,
    solution: Vec<(String, Loc<String>)>,
}

impl RowFields {
    fn put(&mut self, field: Field, text: Loc<String>) {
        match field {
            Field::Code => self.code = Some(text),
            Field::HttpStatus => self.http_status = Some(text),
            Field::Message(locale) => self.message.push((locale, text)),
            Field::Solution(locale) => self.solution.push((locale, text)),
        }
    }
}
