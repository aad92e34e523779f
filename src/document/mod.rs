//! From a vendor's document to rows.
//!
//! In: one text and a `Recipe`, which says what stands where. Out: a `Reading`: the rows in the order of the
//! document, and a finding for everything the recipe does not account for. The readers know grammar and
//! positions (Markdown tables, delimited text, regular expressions) and no vendor: which column is a code,
//! which language comes first, which line is torn, all that is the recipe's.
//!
//! Guaranteed: every line that is not blank is claimed exactly once, by a row, by a table's own grammar (its
//! header) or by an `ignore`; otherwise there is a finding. Texts are exact: only the ASCII blanks around a
//! cell go, and `\|` in a Markdown table becomes `|`. Headers are never trusted for meaning. Nothing panics,
//! whatever the document holds, and the cost grows linearly with it (a pattern's own search excepted).
//!
//! Deliberately elsewhere: the YAML of a recipe (`spec::recipe`), whether a code is valid (`model`), and what
//! the rows have to do with the spec (`audit`, `import`).

mod delimited;
mod lines;
mod markdown;
mod pattern;
mod recipe;

pub use lines::Lines;
pub use recipe::{
    Field, IgnoreWhat, Ignored, LineRange, ListedRow, MarkdownFilter, Reader, Recipe, RecipeTable,
};

use crate::diagnostics::{self, Diagnostic, Loc, SourceId, Sources, Span};
use std::ops::Range;

/// What a document says, as its recipe reads it.
#[derive(Debug)]
pub struct Reading {
    /// The rows, in the order of the document.
    pub rows: Vec<Row>,
    /// What the recipe does not account for, sorted by position.
    pub findings: Vec<Diagnostic>,
}

/// One row of a document.
#[derive(Clone, Debug)]
pub struct Row {
    /// The code as written.
    pub code: Loc<String>,
    /// The HTTP status, from a column or a constant of the recipe.
    pub http_status: Option<Loc<String>>,
    /// Messages by locale, in the order of the recipe.
    pub message: Vec<(String, Loc<String>)>,
    /// Solutions by locale, in the order of the recipe.
    pub solution: Vec<(String, Loc<String>)>,
    /// The whole row in the document.
    pub span: Span,
    /// The line it starts on, from 1.
    pub line: usize,
    /// What in the recipe reads it.
    pub origin: Origin,
}

/// What in a recipe reads a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The table at this index of the recipe.
    Table(usize),
    /// The row at this index of the recipe's `rows`.
    Listed(usize),
}

/// Reads a document by its recipe.
pub fn read(sources: &Sources, document: SourceId, recipe: &Recipe) -> Reading {
    let text = &sources.get(document).text;
    let lines = Lines::new(text);
    let mut desk = Desk {
        document,
        text,
        claims: vec![None; lines.count()],
        lines,
        rows: Vec::new(),
        findings: Vec::new(),
    };
    // Listed rows first: where one stands, no table reads.
    for (index, listed) in recipe.rows.iter().enumerate() {
        desk.listed(index, listed);
    }
    for (index, table) in recipe.tables.iter().enumerate() {
        desk.table(index, table, recipe);
    }
    for (index, ignored) in recipe.ignore.iter().enumerate() {
        desk.ignore(index, ignored, recipe);
    }
    desk.unread();
    desk.rows.sort_by_key(|row| row.span);
    diagnostics::sort(&mut desk.findings);
    Reading { rows: desk.rows, findings: desk.findings }
}

/// What a reader found in its part of the text, before anyone else's claims are known.
#[derive(Debug, Default)]
struct Found {
    rows: Vec<FoundRow>,
    /// Lines that belong to the table without being a row.
    grammar: Vec<Range<usize>>,
    /// Places where the grammar does not hold. A listed row at that place silences them: that is its purpose.
    faults: Vec<Fault>,
}

/// The cells of one row.
#[derive(Debug)]
struct FoundRow {
    range: Range<usize>,
    cells: Vec<(Field, Cell)>,
}

/// The text of one cell and where it stands.
#[derive(Debug)]
struct Cell {
    text: String,
    range: Range<usize>,
}

/// A place that a reader cannot read.
#[derive(Debug)]
struct Fault {
    id: &'static str,
    range: Range<usize>,
    message: String,
    help: Option<String>,
}

/// Who has a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    Listed(usize),
    Table(usize),
    Ignored(usize),
}

/// A document while it is being read.
struct Desk<'a> {
    document: SourceId,
    text: &'a str,
    lines: Lines,
    /// One for each line.
    claims: Vec<Option<Claim>>,
    rows: Vec<Row>,
    findings: Vec<Diagnostic>,
}

impl Desk<'_> {
    /// Takes a row that the recipe gives in full, if it still stands in the document.
    fn listed(&mut self, index: usize, listed: &ListedRow) {
        let raw = listed.raw.value.trim_end_matches('\n');
        let Some(start) = self.place_of(listed, raw) else { return };
        let range = start..start + raw.len();
        let span = self.span(&range);
        if self.claim(&range, Claim::Listed(index)).is_some() {
            let message = "two listed rows stand on one line";
            self.findings.push(
                Diagnostic::error("line_taken_twice", span, message).label(listed.raw.span, "the second"),
            );
            return;
        }
        // The texts are the recipe's, the place is the document's: that is where a reader of a message looks.
        let here = |text: &Loc<String>| Loc::new(text.value.clone(), span);
        let texts = |texts: &[(String, Loc<String>)]| {
            texts.iter().map(|(locale, text)| (locale.clone(), here(text))).collect()
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
        let named = (listed.line.value as usize).saturating_sub(1);
        if let Some(start) = self.lines.start(named).filter(|start| self.stands_at(raw, *start)) {
            return Some(start);
        }
        let moved = self.moved(raw);
        let finding = if let Some(start) = moved {
            let line = self.lines.of(start) + 1;
            let message = format!("the listed row stands on line {line}, not on line {}", listed.line.value);
            Diagnostic::error("stale_listed_row", listed.line.span, message)
                .help(format!("write `line: {line}`"))
        } else {
            let message = format!("the listed row no longer stands on line {}", listed.line.value);
            Diagnostic::error("stale_listed_row", listed.raw.span, message)
                .help("copy `raw` from the document again, or remove the row")
        };
        self.findings.push(finding);
        moved
    }

    /// Whether `raw` stands at `start` as whole lines.
    fn stands_at(&self, raw: &str, start: usize) -> bool {
        let rest = self.text.get(start..).unwrap_or_default();
        rest.strip_prefix(raw).is_some_and(|after| after.is_empty() || after.starts_with('\n'))
    }

    /// The one place where `raw` stands as whole lines, if there is exactly one.
    fn moved(&self, raw: &str) -> Option<usize> {
        if raw.trim().is_empty() {
            return None;
        }
        let whole = |start: &usize| {
            self.lines.start(self.lines.of(*start)) == Some(*start) && self.stands_at(raw, *start)
        };
        let mut places = self.text.match_indices(raw).map(|(start, _)| start).filter(whole);
        places.next().filter(|_| places.next().is_none())
    }

    /// Reads the part of the document that one table of the recipe describes.
    fn table(&mut self, index: usize, table: &RecipeTable, recipe: &Recipe) {
        let range = match table.lines {
            Some(lines) => {
                self.lines.range(lines.value.first as usize - 1, lines.value.last as usize - 1, self.text)
            }
            None => 0..self.text.len(),
        };
        let found = match &table.reader {
            Reader::Markdown { columns, filter } => {
                markdown::read(self.text, range, &self.lines, columns, filter)
            }
            Reader::Delimited { columns, separator, header } => {
                delimited::read(self.text, range, columns, *separator, *header)
            }
            Reader::Pattern { regex, groups } => pattern::read(self.text, range, &self.lines, regex, groups),
        };
        if found.rows.is_empty() && found.faults.is_empty() {
            let finding =
                Diagnostic::error("idle_table", table.span, "this table reads no row of the document");
            self.findings.push(finding.help("mend what selects it, or remove it"));
        }
        for fault in found.faults {
            if self.touches_listed(&fault.range) {
                continue;
            }
            let span = self.span(&fault.range);
            let finding =
                Diagnostic::error(fault.id, span, fault.message).label(table.span, "read by this table");
            self.findings.push(match fault.help {
                Some(help) => finding.help(help),
                None => finding,
            });
        }
        for range in found.grammar {
            if !self.touches_listed(&range) {
                self.claim_for_table(&range, index, recipe);
            }
        }
        for row in found.rows {
            if !self.touches_listed(&row.range) && self.claim_for_table(&row.range, index, recipe) {
                self.row(index, table, row);
            }
        }
    }

    /// Turns the cells of a row into fields.
    fn row(&mut self, index: usize, table: &RecipeTable, found: FoundRow) {
        let span = self.span(&found.range);
        let line = self.lines.of(found.range.start) + 1;
        let (mut code, mut http_status, mut message, mut solution) = (None, None, Vec::new(), Vec::new());
        let constants = table.constants.iter().map(|(field, text)| (field.clone(), text.clone()));
        let cells = found.cells.into_iter().filter_map(|(field, cell)| {
            let present = !cell.text.is_empty() && !table.empty.iter().any(|empty| empty.value == cell.text);
            present.then(|| (field, Loc::new(cell.text, self.span(&cell.range))))
        });
        for (field, text) in cells.chain(constants) {
            match field {
                Field::Code => code = Some(text),
                Field::HttpStatus => http_status = Some(text),
                Field::Message(locale) => message.push((locale, text)),
                Field::Solution(locale) => solution.push((locale, text)),
            }
        }
        let Some(code) = code else {
            let finding = Diagnostic::error("row_without_code", span, "this row has no code");
            let help = "list it under `rows` with its code, or under `ignore` with a reason";
            self.findings.push(finding.label(table.span, "read by this table").help(help));
            return;
        };
        self.rows.push(Row {
            code,
            http_status,
            message,
            solution,
            span,
            line,
            origin: Origin::Table(index),
        });
    }

    /// Takes the lines that are no rows.
    fn ignore(&mut self, index: usize, ignored: &Ignored, recipe: &Recipe) {
        let claim = Claim::Ignored(index);
        let mut taken = false;
        let numbers = match &ignored.what {
            IgnoreWhat::Lines(lines) => {
                let last = (lines.last as usize).min(self.lines.count());
                lines.first as usize - 1..last
            }
            IgnoreWhat::Pattern(_) => 0..self.lines.count(),
        };
        for number in numbers {
            let range = self.lines.range(number, number, self.text);
            let line = &self.text[range.clone()];
            let matches = match &ignored.what {
                IgnoreWhat::Lines(_) => true,
                IgnoreWhat::Pattern(regex) => regex.is_match(line),
            };
            if !matches || line.trim().is_empty() {
                continue;
            }
            taken = true;
            if let Some(other) = self.claim(&range, claim) {
                let message = "this line is ignored and read as well";
                let finding = Diagnostic::error("line_taken_twice", self.span(&range), message);
                let finding = finding.label(ignored.span, "ignored here");
                self.findings.push(finding.label(claimant(other, recipe), "read here"));
            }
        }
        if !taken {
            let finding = Diagnostic::error(
                "stale_ignore",
                ignored.span,
                "this `ignore` takes no line of the document",
            );
            self.findings.push(finding.help("mend or remove it"));
        }
    }

    /// Reports every run of lines that nobody claimed.
    fn unread(&mut self) {
        let mut number = 0;
        while number < self.lines.count() {
            let first = number;
            while number < self.lines.count() && self.is_unread(number) {
                number += 1;
            }
            if number == first {
                number += 1;
                continue;
            }
            let range = self.lines.range(first, number - 1, self.text);
            let message = match number - first {
                1 => "a line that no recipe takes".to_owned(),
                count => format!("{count} lines that no recipe takes"),
            };
            let help = "read it with a table, list it under `rows`, or name it under `ignore` with a reason";
            let span = self.span(&range);
            self.findings.push(Diagnostic::error("unread_line", span, message).help(help));
        }
    }

    fn is_unread(&self, number: usize) -> bool {
        self.claims[number].is_none()
            && !self.text[self.lines.range(number, number, self.text)].trim().is_empty()
    }

    /// Whether a listed row has one of the lines of `range`.
    fn touches_listed(&self, range: &Range<usize>) -> bool {
        self.lines.touched(range).any(|line| matches!(self.claims.get(line), Some(Some(Claim::Listed(_)))))
    }

    fn claim_for_table(&mut self, range: &Range<usize>, index: usize, recipe: &Recipe) -> bool {
        let Some(other) = self.claim(range, Claim::Table(index)) else { return true };
        let message = "two tables of the recipe read this";
        let finding = Diagnostic::error("line_taken_twice", self.span(range), message)
            .label(claimant(other, recipe), "the first")
            .label(claimant(Claim::Table(index), recipe), "the second");
        self.findings
            .push(finding.help("narrow one of them with `table`, `heading`, `lines` or its pattern"));
        false
    }

    /// Takes the lines of `range`, or says who else has one of them. One table may take a line several times:
    /// a grid has several rows on a line.
    fn claim(&mut self, range: &Range<usize>, claim: Claim) -> Option<Claim> {
        let touched = self.lines.touched(range);
        let other = touched.clone().find_map(|line| self.claims[line].filter(|other| *other != claim));
        if other.is_none() {
            for line in touched {
                self.claims[line] = Some(claim);
            }
        }
        other
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.document, range.start, range.end)
    }
}

/// Where in the recipe the owner of a line is written.
fn claimant(claim: Claim, recipe: &Recipe) -> Span {
    match claim {
        Claim::Listed(index) => recipe.rows[index].raw.span,
        Claim::Table(index) => recipe.tables[index].span,
        Claim::Ignored(index) => recipe.ignore[index].span,
    }
}

/// The range of `text[range]` without the ASCII blanks around it.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let front = slice.len() - slice.trim_start_matches(is_blank).len();
    let kept = slice.trim_matches(is_blank).len();
    range.start + front..range.start + front + kept
}

/// Only ASCII blanks surround a cell; an ideographic space may be part of a text.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{recipe, yaml};

    /// Reads `document` by the recipe `recipe`; gives the rows' codes, and the findings' ids with their lines.
    fn reading(recipe_text: &str, document: &str) -> (Vec<String>, Vec<(&'static str, usize)>) {
        let mut sources = Sources::default();
        let recipe_id = sources.add("a.yaml", format!("file: a.md\n{recipe_text}"));
        let document_id = sources.add("a.md", document.to_owned());
        let node = yaml::parse(&sources, recipe_id).expect("valid YAML");
        let mut faults = Vec::new();
        let recipe = recipe::recipe(&node, &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        let reading = read(&sources, document_id, &recipe.expect("a recipe"));
        let line = |finding: &Diagnostic| finding.span().map_or(0, |span| sources.position(span).0);
        let findings = reading.findings.iter().map(|finding| (finding.id, line(finding))).collect();
        (reading.rows.into_iter().map(|row| row.code.value).collect(), findings)
    }

    const TABLE: &str = "tables:\n- {reader: markdown, columns: [code, message.en], empty: [N/A]}\n";

    #[test]
    fn a_line_that_no_recipe_takes_is_a_finding() {
        let (codes, findings) = reading(TABLE, "# Codes\n\ntext\ntext\n\n|a|b|\n|-|-|\n|1|x|\n\nend\n");
        assert_eq!(codes, ["1"]);
        assert_eq!(findings, [("unread_line", 1), ("unread_line", 3), ("unread_line", 10)]);
    }

    #[test]
    fn a_row_without_code_is_a_finding() {
        let (codes, findings) = reading(TABLE, "|a|b|\n|-|-|\n|1|x|\n||y|\n|N/A|z|\n");
        assert_eq!(codes, ["1"]);
        assert_eq!(findings, [("row_without_code", 4), ("row_without_code", 5)]);
    }

    #[test]
    fn a_listed_row_silences_the_table_that_cannot_read_it() {
        let listed = format!("{TABLE}rows:\n- {{line: 4, raw: '|2|x|y|', as: {{code: 2}}, reason: torn}}\n");
        let (codes, findings) = reading(&listed, "|a|b|\n|-|-|\n|1|x|\n|2|x|y|\n|3|z|\n");
        assert_eq!(codes, ["1", "2", "3"]);
        assert_eq!(findings, []);
    }

    #[test]
    fn a_listed_row_that_moved_is_read_and_named_and_one_that_is_gone_is_stale() {
        let listed = format!("{TABLE}rows:\n- {{line: 3, raw: '|2|x|y|', as: {{code: 2}}, reason: torn}}\n");
        let (codes, findings) = reading(&listed, "|a|b|\n|-|-|\n|1|x|\n|2|x|y|\n");
        assert_eq!((codes.join(" "), findings), ("1 2".to_owned(), vec![("stale_listed_row", 5)]));
        let (codes, findings) = reading(&listed, "|a|b|\n|-|-|\n|1|x|\n|2|x|y |\n");
        let expected = vec![("stale_listed_row", 5), ("cells_do_not_fit", 4)];
        assert_eq!((codes.join(" "), findings), ("1".to_owned(), expected));
    }

    #[test]
    fn a_line_has_one_reader() {
        let twice = "tables:\n- {reader: markdown, columns: [code, message.en]}\n\
                     - {reader: pattern, pattern: '(?m)^\\|(?<code>\\d)\\|x\\|$'}\n\
                     ignore:\n- {pattern: '\\|2.*', reason: x}\n- {lines: 9, reason: y}\n";
        let (codes, findings) = reading(twice, "|a|b|\n|-|-|\n|1|x|\n|2|y|\n");
        assert_eq!(codes, ["1", "2"]);
        let ids: Vec<_> = findings.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, ["stale_ignore", "line_taken_twice", "line_taken_twice"]);
    }

    #[test]
    fn a_table_that_reads_nothing_is_a_finding() {
        let (_, findings) =
            reading("tables:\n- {reader: markdown, columns: [code], table: 2}\n", "|a|\n|-|\n|1|\n");
        assert_eq!(findings, [("idle_table", 3), ("unread_line", 1)]);
    }

    #[test]
    fn no_document_does_harm() {
        let readers = [
            "{reader: markdown, columns: [code, null]}",
            "{reader: markdown, columns: [code], lines: 2-3}",
            "{reader: delimited, columns: [code, message.en], separator: '|', header: 1, lines: 1-900}",
            "{reader: delimited, columns: [code, message.en]}",
            "{reader: pattern, pattern: '(?<code>\\d+)|(?<message.en>[^|]+)\\n*'}",
            "{reader: pattern, pattern: '\\b(?<code>x?)'}",
        ];
        let pieces = [
            "|",
            "-",
            "\n",
            "1",
            "设",
            "\"",
            ",",
            "\\",
            "> ",
            " ",
            "\t",
            "`",
            "\u{3000}",
            "|a|b|\n|-|-|\n",
            "😀",
        ];
        // A small generator with a fixed seed: the same texts in every run.
        let mut state = 1_u32;
        for _ in 0..400 {
            let mut text = String::new();
            for _ in 0..24 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
            }
            for reader in readers {
                let (codes, findings) = reading(&format!("tables:\n- {reader}\n"), &text);
                // What is not blank is either read or reported.
                assert!(!(codes.is_empty() && findings.is_empty()), "{reader} {text:?}");
            }
        }
    }
}
