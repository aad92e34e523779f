//! Where claims to a document meet.
//!
//! In: a text, its recipe, and what the readers find. Out: rows and findings. Every piece of text (a line; in a table
//! of an HTML page, what stands between two tags; in JSON, one member) is claimed by one owner, in this order: a row that the
//! recipe lists, a table, an `ignore`. What a table cannot read as a row with a code and a text is left to an `ignore`
//! that names it, and so is all that stands in an element that is ignored; what nobody claims is a finding.

use super::claims::{Claim, Claims};
use super::found::{Fault, Found, FoundRow, MOST_ROWS};
use super::{
    Effort, Field, IgnoreWhat, LineRange, Lines, ListedRow, Origin, Reader, Reading, Recipe, RecipeTable,
    Row, bare, delimited, holds, html, json, markdown, pattern, status,
};
use crate::diagnostics::{self, Diagnostic, Loc, SourceId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

/// How many findings of one document are told one by one.
const MOST_FINDINGS: usize = 1_000;

/// A document while it is being read.
pub(super) struct Desk<'a> {
    document: SourceId,
    text: &'a str,
    recipe: &'a Recipe,
    lines: Lines,
    grammar: Grammar<'a>,
    /// Where the tables of Markdown are, once one has been read.
    outline: Option<markdown::Outline>,
    claims: Claims,
    /// What each `ignore` names, by the index of the `ignore`, in the order of the text.
    ignored: Vec<(Range<usize>, usize)>,
    /// The codes of the listed rows, by where those stand.
    listed: BTreeMap<Span, BTreeSet<String>>,
    rows: Vec<Row>,
    /// What the table that is being read has in common with others: the first such place, and how many there are.
    twice: BTreeMap<Claim, (Range<usize>, usize)>,
    findings: Vec<Diagnostic>,
    /// How many findings came after the last that is told.
    untold: usize,
}

/// What a document is made of.
enum Grammar<'a> {
    /// Lines.
    Lines,
    /// Tags, with text between them.
    Html(html::Page<'a>),
    /// JSON, with one piece of text for each member or item.
    Json(json::Document<'a>),
}

impl<'a> Desk<'a> {
    /// A desk with nothing on it, or why the document cannot be read.
    pub(super) fn new(document: SourceId, text: &'a str, recipe: &'a Recipe) -> Result<Self, Diagnostic> {
        let reads = |wanted: fn(&Reader) -> bool| recipe.tables.iter().find(|table| wanted(&table.reader));
        let told = |fault: Fault, table: &RecipeTable| {
            let span = Span::new(document, fault.range.start, fault.range.end);
            let finding = Diagnostic::error(fault.id, span, fault.message);
            let finding = finding.label(table.span, "read by this table");
            match fault.help {
                Some(help) => finding.help(help),
                None => finding,
            }
        };
        let grammar = if let Some(table) = reads(|reader| matches!(reader, Reader::Json { .. })) {
            Grammar::Json(json::parse(text).map_err(|fault| told(fault, table))?)
        } else if let Some(table) = reads(|reader| matches!(reader, Reader::Html { .. })) {
            let elements = recipe.ignore.iter().filter_map(|ignored| match &ignored.what {
                IgnoreWhat::Element(name) => Some(name),
                IgnoreWhat::Lines(_) | IgnoreWhat::Pattern(_) => None,
            });
            Grammar::Html(html::parse(text, elements).map_err(|fault| told(fault, table))?)
        } else {
            Grammar::Lines
        };
        Ok(Self {
            document,
            text,
            recipe,
            lines: Lines::new(text),
            grammar,
            outline: None,
            claims: Claims::default(),
            listed: BTreeMap::new(),
            ignored: Vec::new(),
            rows: Vec::new(),
            twice: BTreeMap::new(),
            findings: Vec::new(),
            untold: 0,
        })
    }

    /// Reads the document.
    pub(super) fn read(mut self, effort: &mut Effort) -> Reading {
        let recipe = self.recipe;
        self.look_for_ignored();
        // Listed rows first: where one stands, no table reads.
        for (index, listed) in recipe.rows.iter().enumerate() {
            self.listed(index, listed);
        }
        for (index, table) in recipe.tables.iter().enumerate() {
            self.table(index, table, effort);
        }
        self.ignore();
        self.unread();
        if self.untold > 0 {
            let message = format!("the document has {} more findings than are told here", self.untold);
            let finding = Diagnostic::error("too_many_findings", recipe.file.span, message);
            self.findings.push(finding.help("mend what is told first"));
        }
        self.rows.sort_by_key(|row| row.span);
        diagnostics::sort(&mut self.findings);
        Reading { rows: self.rows, findings: self.findings }
    }

    fn tell(&mut self, finding: Diagnostic) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        } else {
            self.untold += 1;
        }
    }

    /// Takes a row that the recipe gives in full, if it still stands in the document.
    fn listed(&mut self, index: usize, listed: &ListedRow) {
        let raw = listed.raw.value.trim_end_matches('\n');
        let Some(start) = self.place_of(listed, raw) else { return };
        let range = start..start + raw.len();
        let span = self.span(&range);
        let place = self.widen(&range);
        // A row that names several codes, a range mostly, is listed once for each.
        let again = self.listed.get(&span).is_some_and(|codes| !codes.contains(&listed.code.value));
        let taken = self.claims.owners(&place).next().is_some() && !again;
        if taken || self.claims.claim(&place, Claim::Listed(index)).is_some() && !again {
            let message = "two listed rows stand at one place";
            self.tell(
                Diagnostic::error("line_taken_twice", span, message).label(listed.raw.span, "the second"),
            );
            return;
        }
        self.listed.entry(span).or_default().insert(listed.code.value.clone());
        // The texts are the recipe's, the place is the document's: that is where a reader of a message looks.
        let here = |text: &Loc<String>| Loc::new(text.value.clone(), span);
        let texts = |texts: &[(Loc<String>, Loc<String>)]| {
            texts.iter().map(|(locale, text)| (locale.value.clone(), here(text))).collect()
        };
        self.rows.push(Row {
            code: here(&listed.code),
            http_status: listed.http_status.as_ref().map(here),
            message: texts(&listed.message),
            solution: texts(&listed.solution),
            span,
            line: self.lines.of(start) + 1,
            origin: Origin::Listed(index),
        });
    }

    /// Where a listed row stands. One that merely moved is still read, so that its neighbours get no further
    /// findings, and its new line is named.
    fn place_of(&mut self, listed: &ListedRow, raw: &str) -> Option<usize> {
        if raw.trim().is_empty() {
            return None;
        }
        let named = (listed.line.value as usize).saturating_sub(1);
        if let Some(start) = self.lines.start(named).filter(|start| self.is_whole(*start, raw)) {
            return Some(start);
        }
        let places = self.places(raw);
        let mut on_line = places.iter().copied().filter(|start| self.lines.of(*start) == named);
        if let (Some(start), None) = (on_line.next(), on_line.next()) {
            return Some(start);
        }
        let moved = if places.len() == 1 { places.first().copied() } else { None };
        let finding = if let Some(start) = moved {
            let line = self.lines.of(start) + 1;
            let message = format!("the listed row stands on line {line}, not on line {}", listed.line.value);
            Diagnostic::error("stale_listed_row", listed.line.span, message)
                .help(format!("write `line: {line}`"))
        } else {
            let message = match places.len() {
                0 => format!("the listed row no longer stands on line {}", listed.line.value),
                count => format!("the text of the listed row stands at {count} places"),
            };
            Diagnostic::error("stale_listed_row", listed.raw.span, message)
                .help("copy `raw` from the document again, or remove the row")
        };
        self.tell(finding);
        moved
    }

    /// Where `raw` stands: as whole lines, or as any part of a document that is not made of lines.
    fn places(&self, raw: &str) -> Vec<usize> {
        let is_place = |start: &usize| match self.grammar {
            Grammar::Lines => self.is_whole(*start, raw),
            Grammar::Html(_) | Grammar::Json(_) => true,
        };
        self.text.match_indices(raw).map(|(start, _)| start).filter(is_place).collect()
    }

    /// Whether `raw` stands at `start` as whole lines.
    fn is_whole(&self, start: usize, raw: &str) -> bool {
        let rest = self.text.get(start..).and_then(|rest| rest.strip_prefix(raw));
        self.lines.start(self.lines.of(start)) == Some(start)
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
    }

    /// Reads the part of the document that one table of the recipe describes.
    fn table(&mut self, index: usize, table: &RecipeTable, effort: &mut Effort) {
        let Some(range) = self.range_of(table) else { return };
        let mut found = match (&table.reader, &self.grammar) {
            (Reader::Markdown { columns, filter }, _) => {
                let outline = self.outline.get_or_insert_with(|| markdown::Outline::new(self.text));
                markdown::read(self.text, outline, range, &self.lines, columns, filter)
            }
            (Reader::Delimited { columns, separator, header }, _) => {
                delimited::read(self.text, range, columns, *separator, *header)
            }
            (Reader::Pattern { expression, groups }, grammar) => {
                let lines = matches!(grammar, Grammar::Lines).then_some(&self.lines);
                // What cannot be compiled is refused before.
                expression.regex().map_or_else(Found::default, |regex| {
                    pattern::read(self.text, range, lines, regex, groups, effort)
                })
            }
            (Reader::Html { columns, filter, header }, Grammar::Html(page)) => {
                page.read(&range, columns, filter, *header)
            }
            (Reader::Json { at, key, columns }, Grammar::Json(document)) => {
                document.read(&range, at, key.as_ref(), columns)
            }
            // A recipe with both is one for a JSON document, which holds no element.
            (Reader::Html { .. } | Reader::Json { .. }, _) => Found::default(),
        };
        if let Grammar::Html(page) = &self.grammar {
            found.rows.retain(|row| !page.is_ignored(&row.range));
            found.faults.retain(|fault| !page.is_ignored(&fault.row));
            found.grammar.retain(|range| !page.is_ignored(range));
        }
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
            self.claims.claim(&place, Claim::Table(index));
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
            // A header that is named under `ignore` as well holds no row that could get lost.
            if !self.is_excused(&place) {
                self.claim_for_table(&place, index);
            }
        }
        let empty: BTreeMap<_, _> =
            table.empty.iter().enumerate().map(|(index, text)| (text.value.as_str(), index)).collect();
        let mut matched = vec![false; table.empty.len()];
        for row in found.rows {
            self.row(index, table, row, &empty, &mut matched);
        }
        self.tell_of_twice(index);
        for (text, _) in table.empty.iter().zip(matched).filter(|(_, matched)| !matched) {
            let message = format!("no cell of the table holds `{}`", text.value.escape_debug());
            self.tell(Diagnostic::error("idle_empty", text.span, message).help("mend or remove it"));
        }
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
        if self.is_listed(&place) {
            return;
        }
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
        if !self.claim_for_table(&place, index) {
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

    /// Finds what each `ignore` names.
    fn look_for_ignored(&mut self) {
        let recipe = self.recipe;
        if recipe.ignore.is_empty() {
            return;
        }
        let pieces: Vec<_> = self.pieces().collect();
        // That a piece is ignored twice is a fault; how often it is beyond that would only take room.
        let mut times = vec![0_u8; pieces.len()];
        for (index, ignored) in recipe.ignore.iter().enumerate() {
            let mut is_stale = true;
            let places = self.places_of(&ignored.what);
            let is_wanted =
                |piece: &Range<usize>| holds(&places, piece) || self.is_match(&ignored.what, piece);
            let mut found = Vec::new();
            for ((piece, _), times) in
                pieces.iter().zip(&mut times).filter(|((piece, _), _)| is_wanted(piece))
            {
                is_stale = false;
                if *times < 2 {
                    *times += 1;
                    found.push((piece.clone(), index));
                }
            }
            self.ignored.append(&mut found);
            if is_stale {
                let message = "this `ignore` takes no text of the document";
                let finding = Diagnostic::error("stale_ignore", ignored.span, message);
                self.tell(finding.help("mend or remove it"));
            }
        }
        self.ignored.sort_by_key(|(range, index)| (range.start, *index));
    }

    /// Where text is ignored because of its place, in the order of the text and without overlap.
    fn places_of(&self, what: &IgnoreWhat) -> Vec<Range<usize>> {
        match (what, &self.grammar) {
            (IgnoreWhat::Lines(LineRange { first, last }), _) => {
                vec![self.lines.range(*first as usize - 1, *last as usize - 1, self.text)]
            }
            (IgnoreWhat::Element(name), Grammar::Html(page)) => page.elements(name),
            // A pattern may describe the whole of a text, or one line of it.
            (IgnoreWhat::Pattern(_), Grammar::Html(page)) => {
                page.blocks().iter().filter(|block| self.is_match(what, block)).cloned().collect()
            }
            (IgnoreWhat::Element(_) | IgnoreWhat::Pattern(_), _) => Vec::new(),
        }
    }

    /// Whether `what` is a pattern that matches `piece`.
    fn is_match(&self, what: &IgnoreWhat, piece: &Range<usize>) -> bool {
        let IgnoreWhat::Pattern(expression) = what else { return false };
        expression.regex().is_some_and(|regex| regex.is_match(&self.text[piece.clone()]))
    }

    /// Takes the text that is no row.
    fn ignore(&mut self) {
        for (range, index) in std::mem::take(&mut self.ignored) {
            let claim = Claim::Ignored(index);
            let Some(other) = self.claims.claim(&range, claim) else { continue };
            let (message, there) = match other {
                Claim::Ignored(_) => ("this is ignored twice", "ignored here as well"),
                Claim::Listed(_) | Claim::Table(_) => ("this is ignored and read as well", "read here"),
            };
            let finding = Diagnostic::error("line_taken_twice", self.span(&range), message);
            let finding = finding.label(self.claimant(claim), "ignored here");
            let finding = finding.label(self.claimant(other), there);
            self.tell(match other {
                Claim::Ignored(_) => finding.help("narrow one of them"),
                Claim::Listed(_) => finding.help("remove one of them"),
                Claim::Table(_) => finding.help(
                    "narrow the `ignore`; if this is no row, name what stands in the cell of its code under `empty` of the \
                     table as well",
                ),
            });
        }
    }

    /// Reports every run of text that nobody claimed.
    fn unread(&mut self) {
        let help = "read it with a table, list it under `rows`, or name it under `ignore` with a reason";
        // A document may be nothing but such runs, and the last of them are only counted.
        let mut runs: Vec<(Range<usize>, usize)> = Vec::new();
        let mut untold = 0;
        // The number of the text that the piece before belongs to, if it is one that nobody reads.
        let mut before = None;
        for (piece, group) in self.pieces() {
            let is_text = |range: &Range<usize>| !self.text[range.clone()].trim().is_empty();
            let Some(free) = self.claims.free(&piece).into_iter().find(is_text) else {
                before = None;
                continue;
            };
            let free = super::trim(self.text, free);
            let goes_on = before == Some(group);
            before = Some(group);
            if goes_on {
                if let Some((whole, count)) = runs.last_mut().filter(|_| untold == 0) {
                    whole.end = free.end;
                    *count += 1;
                }
            } else if runs.len() < MOST_FINDINGS {
                runs.push((free, 1));
            } else {
                untold += 1;
            }
        }
        self.untold += untold;
        for (range, count) in runs {
            let (what, range) = match (&self.grammar, count) {
                (Grammar::Lines, 1) => ("a line".to_owned(), range),
                (Grammar::Lines, count) => (format!("{count} lines"), range),
                (_, 1) => ("text".to_owned(), range),
                // The whole run may be most of a page: where it starts is enough.
                (_, count) => (format!("{count} pieces of text"), range.start..range.start),
            };
            let finding =
                Diagnostic::error("unread_line", self.span(&range), format!("{what} that no recipe takes"));
            self.tell(finding.help(help));
        }
    }

    /// The pieces of text that have to be accounted for, and for each a number: a run of text is of one number.
    fn pieces(&self) -> Box<dyn Iterator<Item = (Range<usize>, usize)> + '_> {
        match &self.grammar {
            Grammar::Html(page) => Box::new(page.pieces().iter().map(|piece| (piece.clone(), 0))),
            Grammar::Json(document) => Box::new(document.pieces().into_iter().map(|piece| (piece, 0))),
            Grammar::Lines => {
                let mut group = 0;
                Box::new((0..self.lines.count()).filter_map(move |number| {
                    let range = self.lines.range(number, number, self.text);
                    let blank = self.text[range.clone()].trim().is_empty();
                    group += usize::from(blank);
                    (!blank).then_some((range, group))
                }))
            }
        }
    }

    /// What is claimed with `range`: its lines, in a document that is made of lines.
    fn widen(&self, range: &Range<usize>) -> Range<usize> {
        match self.grammar {
            Grammar::Lines => {
                let touched = self.lines.touched(range);
                self.lines.range(touched.start, touched.end.saturating_sub(1), self.text)
            }
            Grammar::Html(_) | Grammar::Json(_) => range.clone(),
        }
    }

    /// Whether a table may leave this place alone without a word.
    fn is_excused(&self, range: &Range<usize>) -> bool {
        self.is_listed(range) || self.is_ignored(range)
    }

    /// Whether a listed row has a part of `range`.
    fn is_listed(&self, range: &Range<usize>) -> bool {
        self.claims.owners(range).any(|owner| matches!(owner, Claim::Listed(_)))
    }

    /// Whether an `ignore` names a part of `range`. What several of them name does not overlap but for whole pieces.
    fn is_ignored(&self, range: &Range<usize>) -> bool {
        let at = self.ignored.partition_point(|(ignored, _)| ignored.end <= range.start);
        self.ignored.get(at).is_some_and(|(ignored, _)| ignored.start < range.end)
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
            self.tell(finding.help("narrow one of them with `lines`, `table` or `heading`"));
        }
    }

    /// Where in the recipe the owner of a place is written.
    fn claimant(&self, claim: Claim) -> Span {
        match claim {
            Claim::Listed(index) => self.recipe.rows[index].raw.span,
            Claim::Table(index) => self.recipe.tables[index].span,
            Claim::Ignored(index) => self.recipe.ignore[index].span,
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.document, range.start, range.end)
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
