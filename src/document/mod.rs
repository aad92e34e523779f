//! From a vendor's document to rows.
//!
//! In: one text and a `Recipe`, which says what stands where. Out: a `Reading`: the rows in the order of the
//! document, and a finding for everything the recipe does not account for. The readers know grammar and
//! positions (Markdown, HTML, JSON, delimited text, regular expressions) and no vendor: which column is a code,
//! which language comes first, which line is torn, all that is the recipe's.
//!
//! Guaranteed: every piece of text is claimed exactly once, by a row, by a table's own grammar (its header) or by an
//! `ignore`; otherwise there is a finding. A piece is a line; in a table of an HTML page it is the text between two
//! tags, and in JSON a member or an item, so that a page of one line is accounted for like any other. Texts are exact: only
//! the ASCII blanks around a cell go (in HTML the no-break ones as well, around a code all that nobody sees), and what the grammar writes in its own way (`\|` in a Markdown table, `&amp;` in HTML,
//! `\u00e9` in JSON) is resolved. Headers are never trusted for meaning (one that names another language is doubted). Nothing panics, whatever the document holds, and
//! the cost grows linearly with it, up to limits that are told.
//!
//! Deliberately elsewhere: the YAML of a recipe (`spec::recipe`), whether a code is valid (`model`), and what
//! the rows have to do with the spec (`audit`, `import`).

mod aside;
mod claims;
mod delimited;
mod desk;
#[cfg(test)]
pub(crate) mod fixture;
mod forms;
mod found;
mod heading;
mod html;
mod joined;
mod json;
mod lines;
mod markdown;
mod pattern;
mod recipe;
mod tags;
mod titles;

pub use found::MOST_ROWS;
pub use html::MOST_COPIED;
pub use joined::{Doubt, Joined};
pub use lines::Lines;
pub use markdown::DEEPEST as DEEPEST_QUOTES;
pub use recipe::{
    ElementName, Field, IgnoreWhat, Ignored, JsonPath, JsonStep, LineRange, ListedRow, Reader, Recipe,
    RecipeTable, TableFilter,
};
pub use tags::MOST_ATTRIBUTES;

use crate::characters::{is_hidden, visible};
use crate::diagnostics::{Diagnostic, Loc, SourceId, Sources, Span};
use crate::expression::MOST_STEPS;
use crate::names::{CodeType, WireCode};
use crate::spec::read::HTTP_STATUSES;
use desk::Desk;
use found::{Cell, Fault, Found, FoundRow};
use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

/// What a document says, as its recipe reads it.
#[derive(Debug)]
pub struct Reading {
    /// The rows, in the order of the document.
    pub rows: Vec<Row>,
    /// What the recipe does not account for, sorted by position.
    pub findings: Vec<Diagnostic>,
    /// What may be the code of a row that is lost, by its form alone: a person should look once, when rows are new.
    pub doubts: Vec<Diagnostic>,
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

/// How many times the length of a document its recipe may go through it: each table, each `ignore` and each listed row
/// is a way through the text, and together they have this many bytes.
pub const MOST_WORK: usize = 1 << 30;
/// How many marks that separate cells or start tags a document may have. Each becomes a value in memory: a table of a
/// hundred thousand codes has less than a million.
pub const MOST_MARKS: usize = 1_500_000;
/// What may begin or end a part of a line in Markdown, or another level of it.
const MARKS_OF_MARKDOWN: [char; 13] = ['*', '_', '`', '[', ']', '<', '>', '&', '\\', '!', '-', '+', '~'];

/// How long the patterns of one command look for rows before they are stopped: one that goes on to the end of the document in
/// search of the longest match does so for each row. No count says how far an engine looks, so this is a matter of time, and of
/// a thousand times what the patterns of real recipes take.
const LONGEST_SEARCH: Duration = Duration::from_secs(3);

/// What the patterns of one command have taken.
#[derive(Debug, Default)]
pub struct Effort {
    /// In the worst case, by the size of the patterns and of the documents.
    steps: usize,
    /// As it was.
    searched: Duration,
}

/// Reads a document by its recipe.
pub fn read(sources: &Sources, document: SourceId, recipe: &Recipe, effort: &mut Effort) -> Reading {
    let text = &sources.get(document).text;
    let desk = match oversize(text, recipe, effort) {
        Some(message) => {
            let place = Span::new(document, 0, 0);
            let finding = Diagnostic::error("document_too_large", place, message);
            Err(finding.label(recipe.file.span, "named here").help("split it, and its domain, into several"))
        }
        None => Desk::new(document, text, recipe),
    };
    match desk {
        Ok(desk) => {
            let mut reading = desk.read(effort);
            reading.doubts.extend(other_encoding(sources, document, recipe));
            reading
        }
        Err(finding) => Reading { rows: Vec::new(), findings: vec![finding], doubts: Vec::new() },
    }
}

/// The doubt that a document is in another encoding than its recipe says.
fn other_encoding(sources: &Sources, document: SourceId, recipe: &Recipe) -> Option<Diagnostic> {
    let source = sources.get(document);
    let resembles = source.resembles.as_ref()?;
    let said = recipe.encoding?.name().to_ascii_lowercase();
    let start = source.text.find(&resembles.read)?;
    let end = start + resembles.read.len();
    let message = format!("the document looks like `{}`, and the recipe says `{said}`", resembles.encoding);
    let finding = Diagnostic::warning("doubtful_encoding", Span::new(document, start, end), message);
    let help = format!(
        "mend `encoding` in the recipe, and remove the new entries, if the document says `{}`",
        visible(&resembles.meant, resembles.meant.len())
    );
    Some(finding.label(recipe.file.span, "named here").help(help))
}

/// What is too much about a document, before anything of it is read.
fn oversize(text: &str, recipe: &Recipe, effort: &mut Effort) -> Option<String> {
    let ways = recipe.tables.len() + recipe.ignore.len() + recipe.rows.len();
    if ways.saturating_mul(text.len()) > MOST_WORK {
        let length = text.len();
        return Some(format!("{ways} parts of the recipe go through the {length} bytes of the document"));
    }
    let characters = recipe.steps();
    effort.steps = effort.steps.saturating_add(characters.saturating_mul(text.len()));
    if effort.steps > MOST_STEPS {
        let length = text.len();
        return Some(format!(
            "the patterns of the recipe have {characters} characters when they are written out, and would look at {length} bytes with each"
        ));
    }
    if recipe.patterns().any(|(pattern, _)| pattern.regex().is_none()) {
        return Some("a pattern of the recipe takes too much memory".to_owned());
    }
    let marks = |reader: &Reader| match reader {
        Reader::Markdown { .. } => vec![vec!['|', '\n'], MARKS_OF_MARKDOWN.to_vec()],
        Reader::Html { .. } => vec![vec!['<'], vec!['\n']],
        Reader::Json { .. } => vec![vec![',', '[', '{', ':']],
        Reader::Delimited { separator, .. } => vec![vec![*separator, '\n']],
        Reader::Pattern { .. } => vec![vec!['\n']],
    };
    // Tables that are read the same way are counted once.
    let kinds: BTreeSet<_> = recipe.tables.iter().flat_map(|table| marks(&table.reader)).collect();
    let count = |marks: &Vec<char>| text.matches(marks.as_slice()).count();
    kinds.iter().find(|marks| count(marks) > MOST_MARKS).map(|marks| {
        let marks: Vec<_> = marks.iter().map(|mark| format!("`{}`", mark.escape_debug())).collect();
        format!("the document has more than {MOST_MARKS} of {}", marks.join(", "))
    })
}

/// The range of `text[range]` without the ASCII blanks around it.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let front = slice.len() - slice.trim_start_matches(is_blank).len();
    let kept = slice.trim_matches(is_blank).len();
    range.start + front..range.start + front + kept
}

/// A code without what nobody sees around it: pages fill cells with no-break spaces, and words that may be broken with
/// zero-width ones. A NUL is none of them: somebody has written it.
fn bare(code: &str) -> &str {
    code.trim_matches(|ch: char| ch != '\0' && (ch.is_whitespace() || is_hidden(ch)))
}

/// An HTTP status without the reason that many write behind it: `401 Unauthorized`, `404 (Not Found)`. Where more may be meant,
/// as in `401 or 403`, all stays.
fn status(text: &str) -> &str {
    let text = bare(text);
    let (number, reason) = text.split_once([' ', '\u{a0}', '\n']).unwrap_or((text, ""));
    let is_status = number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_reason = reason.bytes().all(|byte| byte.is_ascii_alphabetic() || b" ()-'".contains(&byte));
    let says_more = |word: &str| ["or", "and", "to", "above", "below", "other", "others"].contains(&word);
    let mut words = reason.split([' ', '(', ')']).map(str::to_ascii_lowercase);
    if is_status && is_reason && !words.any(|word| says_more(&word)) { number } else { text }
}

/// The HTTP status that a text is, in plain digits; `None` if it is none.
pub(crate) fn http_status(text: &str) -> Option<u32> {
    match CodeType::Int32.parse(text)? {
        WireCode::Number(number) => {
            u32::try_from(number).ok().filter(|status| HTTP_STATUSES.contains(status))
        }
        WireCode::Text(_) => None,
    }
}

/// Whether one of some ranges, which stand in the order of the text and do not overlap, holds a place as a whole.
fn holds(ranges: &[Range<usize>], place: &Range<usize>) -> bool {
    let after = ranges.partition_point(|range| range.start <= place.start);
    after > 0 && place.end <= ranges[after - 1].end
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
        let reading = read(&sources, document_id, &recipe.expect("a recipe"), &mut Effort::default());
        let line = |finding: &Diagnostic| finding.span().map_or(0, |span| sources.position(span).0);
        let findings = reading.findings.iter().map(|finding| (finding.id, line(finding))).collect();
        (reading.rows.into_iter().map(|row| row.code.value).collect(), findings)
    }

    const TABLE: &str = "tables:\n- {reader: markdown, columns: [code, message.en]}\n";

    #[test]
    fn a_line_that_no_recipe_takes_is_a_finding() {
        let (codes, findings) = reading(TABLE, "# Codes\n\ntext\ntext\n\n|a|b|\n|-|-|\n|1|x|\n\nend\n");
        assert_eq!(codes, ["1"]);
        assert_eq!(findings, [("unread_line", 1), ("unread_line", 3), ("unread_line", 10)]);
    }

    #[test]
    fn a_row_without_code_is_a_finding() {
        let table = TABLE.replace("]}", "], empty: [N/A]}");
        let (codes, findings) = reading(&table, "|a|b|\n|-|-|\n|1|x|\n||y|\n|N/A|z|\n");
        assert_eq!(codes, ["1"]);
        assert_eq!(findings, [("row_without_code", 4), ("row_without_code", 5)]);
    }

    #[test]
    fn a_recipe_that_fits_no_row_is_told_once() {
        let (codes, findings) = reading(TABLE, "|a|b|c|\n|-|-|-|\n|1|x|y|\n|2|x|y|\n");
        assert_eq!((codes.len(), findings), (0, vec![("cells_do_not_fit", 3)]));
        let (codes, findings) = reading(TABLE, "|a|b|\n|-|-|\n|1|x|y|\n|2|x|y|\n|3|x|\n");
        assert_eq!((codes.len(), findings.len()), (1, 2));
    }

    #[test]
    fn what_nobody_sees_around_a_code_is_no_part_of_it() {
        let (codes, findings) = reading(TABLE, "|a|b|\n|-|-|\n|\u{a0}1\u{200b}|x|\n|\u{200b}|y|\n");
        assert_eq!((codes.join(" "), findings), ("1".to_owned(), vec![("row_without_code", 4)]));
    }

    #[test]
    fn a_status_stands_without_its_reason() {
        for (cell, kept) in [
            ("401", "401"),
            ("\u{a0}401 Unauthorized", "401"),
            ("404 (Not Found)", "404"),
            ("418 I'm a teapot", "418"),
            ("401 or 403", "401 or 403"),
            ("400 and above", "400 and above"),
            ("400 Other", "400 Other"),
            ("4xx", "4xx"),
            ("1001 Bad", "1001 Bad"),
            ("200 成功", "200 成功"),
            ("OK", "OK"),
        ] {
            assert_eq!(status(cell), kept);
        }
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
    fn the_title_that_differs_is_what_an_ignore_of_a_header_has_to_name() {
        let table = "tables:\n- {reader: html, columns: [code, message.en]}\n";
        let page = "<table><tr><th>Code<th>EN<tr><td>1<td>x</table>\n\
                    <table><tr><th>Code<th>English<tr><td>2<td>y</table>";
        for named in ["English", "Code|English", "Code|EN|English", "EN|English"] {
            let ignore = format!("{table}ignore:\n- {{pattern: '{named}', reason: x}}\n");
            assert_eq!(reading(&ignore, page), (vec!["1".to_owned(), "2".to_owned()], vec![]), "{named}");
        }
        for named in ["Code", "EN"] {
            let ignore = format!("{table}ignore:\n- {{pattern: '{named}', reason: x}}\n");
            assert_eq!(reading(&ignore, page).1, [("other_header", 2)], "{named}");
        }
        let ignore = format!("{table}ignore:\n- {{pattern: 'Code', reason: x}}\n");
        let blank = page.replace("<th>English", "<th>");
        assert_eq!(reading(&ignore, &blank).1, []);
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
            "{reader: pattern, pattern: '\\b(?<code>x)'}",
            "{reader: html, columns: [code, message.en]}",
            "{reader: html, columns: [code, null], table: 2, header: 1, lines: 1-2}",
            "{reader: json, at: /*, columns: {a: code, /b/0: message.en}}",
            "{reader: json, key: code, columns: {'': message.en}}",
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
            "<table>",
            "<tr><td rowspan=0 colspan=9>",
            "</table>",
            "&lt",
            "{\"a\": ",
            "}",
            "[",
            "]",
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
