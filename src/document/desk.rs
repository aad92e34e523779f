//! Where claims to a document meet.
//!
//! In: a text, its recipe, and what the readers find. Out: rows and findings. Every piece of text (a line; in a table
//! of an HTML page, what stands between two tags; in JSON, one member) is claimed by one owner, in this order: a row that the
//! recipe lists, a table, an `ignore`. What a table cannot read as a row with a code and a text is left to an `ignore`
//! that names it, and so is all that stands in an element that is ignored; what nobody claims is a finding.
//!
//! The stages: `listed` places the rows that the recipe gives in full, `tables` lets the readers read and tells what they
//! cannot; here is what an `ignore` takes and what is left over.

mod listed;
mod tables;

use super::aside::Aside;
use super::claims::{Claim, Claims};
use super::found::{Fault, Lost};
use super::{
    Effort, IgnoreWhat, LONGEST_SEARCH, LineRange, Lines, Reader, Reading, Recipe, RecipeTable, Row, holds,
    html, json, markdown, pattern,
};
use crate::diagnostics::alike::Alike;
use crate::diagnostics::{self, Diagnostic, SourceId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::Instant;

/// How many findings of one document are told one by one.
const MOST_FINDINGS: usize = 1_000;

/// A document while it is being read.
pub(super) struct Desk<'a> {
    document: SourceId,
    text: &'a str,
    recipe: &'a Recipe,
    lines: Lines,
    grammar: Grammar<'a>,
    /// Where the tables of Markdown are, if the recipe reads any.
    outline: Option<markdown::Outline>,
    claims: Claims,
    /// What the rows of a JSON document leave to others.
    aside: Aside,
    /// What each `ignore` names, by the index of the `ignore`, in the order of the text.
    ignored: Vec<(Range<usize>, usize)>,
    /// The codes of the listed rows, by where those stand.
    listed: BTreeMap<Span, BTreeSet<String>>,
    rows: Vec<Row>,
    /// What the table that is being read has in common with others: the first such place, and how many there are.
    twice: BTreeMap<Claim, (Range<usize>, usize)>,
    /// What may be lost within the matches of a pattern, each with the table of the recipe.
    lost: Vec<(Lost, usize)>,
    /// What a person should look at once.
    doubts: Vec<Diagnostic>,
    findings: Vec<Diagnostic>,
    /// Those that are about rows of a table.
    alike: Alike,
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
        let outline = reads(|reader| matches!(reader, Reader::Markdown { .. }))
            .map(|table| markdown::Outline::new(text).map_err(|fault| told(fault, table)));
        Ok(Self {
            document,
            text,
            recipe,
            lines: Lines::new(text),
            grammar,
            outline: outline.transpose()?,
            claims: Claims::default(),
            listed: BTreeMap::new(),
            aside: Aside::default(),
            ignored: Vec::new(),
            rows: Vec::new(),
            twice: BTreeMap::new(),
            lost: Vec::new(),
            doubts: Vec::new(),
            findings: Vec::new(),
            alike: Alike::default(),
            untold: 0,
        })
    }

    /// Reads the document.
    pub(super) fn read(mut self, effort: &mut Effort) -> Reading {
        let recipe = self.recipe;
        self.look_for_ignored();
        self.put_aside();
        // Listed rows first: where one stands, no table reads.
        for (index, listed) in recipe.rows.iter().enumerate() {
            self.listed(index, listed);
        }
        for (index, table) in recipe.tables.iter().enumerate() {
            self.table(index, table, effort);
        }
        self.lost();
        self.rows_in_ignored(effort);
        self.ignore();
        self.unread();
        if self.untold > 0 {
            let message = format!("the document has {} more findings than are told here", self.untold);
            let finding = Diagnostic::error("too_many_findings", recipe.file.span, message);
            self.findings.push(finding.help("mend what is told first"));
        }
        let line = |span: Span| self.lines.of(span.range().start) + 1;
        self.alike.fold(&mut self.findings, line);
        self.rows.sort_by_key(|row| row.span);
        diagnostics::sort(&mut self.findings);
        Reading { rows: self.rows, findings: self.findings, doubts: self.doubts }
    }

    fn tell(&mut self, finding: Diagnostic) {
        // What names a part of the recipe as well is about one of its rows.
        let is_of_row = finding.labels.len() > 1;
        let told = if is_of_row { self.alike.take(finding, self.findings.len()) } else { Some(finding) };
        let Some(finding) = told else { return };
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        } else {
            self.untold += 1;
        }
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
            if matches!((&ignored.what, &self.grammar), (IgnoreWhat::Pattern(_), Grammar::Json(_))) {
                self.aside.extend(&places);
            }
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

    /// Puts aside what the rows of a JSON document leave to other tables and to what is ignored.
    fn put_aside(&mut self) {
        let Grammar::Json(document) = &self.grammar else { return };
        for table in &self.recipe.tables {
            if let Reader::Json { at, .. } = &table.reader {
                self.aside.extend(&document.holders(at));
            }
        }
        for (place, _) in &self.ignored {
            self.aside.add(place);
        }
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
            (IgnoreWhat::Pattern(expression), Grammar::Json(document)) => {
                expression.regex().map_or_else(Vec::new, |regex| document.matching(self.text, regex))
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

    /// Doubts that an `ignore` takes no row along, where a pattern would find one within a line if it had no anchors. A row at the
    /// start of a line is ignored on purpose.
    fn rows_in_ignored(&mut self, effort: &mut Effort) {
        if !matches!(self.grammar, Grammar::Lines) {
            return;
        }
        let begun = Instant::now();
        let codes: BTreeSet<_> = self.rows.iter().map(|row| row.code.value.as_str()).collect();
        // For each `ignore` the first such row, and how many lines have one.
        let mut found: BTreeMap<usize, (Range<usize>, usize)> = BTreeMap::new();
        for table in &self.recipe.tables {
            let Reader::Pattern { unanchored: Some(pattern), groups, .. } = &table.reader else { continue };
            let Some(regex) = pattern.regex() else { continue };
            for (range, index) in &self.ignored {
                if effort.searched + begun.elapsed() > LONGEST_SEARCH {
                    break;
                }
                let line = &self.text[range.clone()];
                let code = pattern::code_within(regex, groups, line);
                if let Some(code) = code.filter(|code| !codes.contains(&line[code.clone()])) {
                    let place = range.start + code.start..range.start + code.end;
                    found.entry(*index).or_insert((place, 0)).1 += 1;
                }
            }
        }
        effort.searched += begun.elapsed();
        for (index, (place, count)) in found {
            let code = &self.text[place.clone()];
            let message = format!("the row of `{code}` stands within a line that an `ignore` takes");
            let message = if count > 1 { format!("{message}; so it is with {count} lines") } else { message };
            let finding = Diagnostic::warning("row_in_ignored", self.span(&place), message)
                .label(self.recipe.ignore[index].span, "ignored here")
                .help("narrow the `ignore`, and list the row under `rows`");
            self.doubts.push(finding);
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
            let outer = match &self.grammar {
                Grammar::Html(page) => page.passed_over(&range),
                Grammar::Lines | Grammar::Json(_) => None,
            };
            self.tell(match outer {
                Some(number) => finding.help(format!(
                    "this stands in table {number} of the document, in which another table stands, so that only `table: {number}` \
                     selects it; else list it under `rows`, or name it under `ignore` with a reason"
                )),
                None => finding.help(help),
            });
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

    /// The parts of `range` that no `ignore` names.
    fn not_ignored(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let from = self.ignored.partition_point(|(ignored, _)| ignored.end <= range.start);
        let mut parts = Vec::new();
        let mut at = range.start;
        for (ignored, _) in self.ignored[from..].iter().take_while(|(ignored, _)| ignored.start < range.end) {
            if at < ignored.start {
                parts.push(at..ignored.start);
            }
            at = at.max(ignored.end);
        }
        if at < range.end {
            parts.push(at..range.end);
        }
        parts
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
