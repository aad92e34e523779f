//! Reads whatever a regular expression describes.
//!
//! In: a text, an expression and what its groups hold. Out: a row for each match. The expression runs over the
//! whole text, so that a row may span lines. What a match covers without a group is the document's grammar
//! (pipes, `HTTP/1.1`); what stands beside a match on its lines is read by nobody, and so it is a fault.

use super::{Cell, Effort, Fault, Field, Found, FoundRow, LONGEST_SEARCH, Lines, trim};
use regex::Regex;
use std::ops::Range;
use std::time::Instant;

/// Reads the matches of `regex` in `text[range]`. Without `lines`, the document is made of other pieces, and what no
/// match covers is left to whoever accounts for them.
pub(super) fn read(
    text: &str,
    range: Range<usize>,
    lines: Option<&Lines>,
    regex: &Regex,
    groups: &[(usize, Field)],
    effort: &mut Effort,
) -> Found {
    let mut found = Found::default();
    let begun = Instant::now();
    let base = range.start;
    // The end of the match before, if there is one.
    let mut before: Option<usize> = None;
    for captures in regex.captures_iter(&text[range]) {
        if found.is_full() {
            effort.searched += begun.elapsed();
            return found;
        }
        if effort.searched + begun.elapsed() > LONGEST_SEARCH {
            let at = before.unwrap_or(base);
            found.faults.push(Fault {
                id: "document_too_large",
                row: at..at,
                range: at..at,
                message: format!(
                    "up to here the patterns have searched for {} seconds, and are stopped",
                    LONGEST_SEARCH.as_secs()
                ),
                help: Some(
                    "let the pattern end at the end of a row, not at the end of the document".to_owned(),
                ),
            });
            break;
        }
        let Some(whole) = captures.get(0) else { continue };
        let place = base + whole.start()..base + whole.end();
        if let Some(lines) = lines {
            beside(text, lines, before, Some(place.start), &mut found.faults);
        }
        before = Some(place.end);
        let cell = |(group, field): &(usize, Field)| {
            let group = captures.get(*group)?;
            let range = trim(text, base + group.start()..base + group.end());
            Some((field.clone(), Cell { text: text[range.clone()].to_owned(), range }))
        };
        found.rows.push(FoundRow {
            cells: groups.iter().filter_map(cell).collect(),
            range: trim_line_breaks(text, place),
        });
    }
    effort.searched += begun.elapsed();
    if let Some(lines) = lines {
        beside(text, lines, before, None, &mut found.faults);
    }
    found
}

/// Reports text on the lines of two neighbouring matches that neither of them covers.
fn beside(text: &str, lines: &Lines, end: Option<usize>, start: Option<usize>, faults: &mut Vec<Fault>) {
    let mut report = |range: Range<usize>| {
        let range = trim(text, range);
        if !range.is_empty() {
            faults.push(Fault {
                id: "text_beside_match",
                row: range.clone(),
                range,
                message: "this text stands on the line of a row, and the pattern does not cover it"
                    .to_owned(),
                help: Some("let the pattern match whole lines".to_owned()),
            });
        }
    };
    let line_end = |at: usize| lines.start(lines.of(at) + 1).map_or(text.len(), |next| next - 1).max(at);
    let line_start = |at: usize| lines.start(lines.of(at)).unwrap_or_default().min(at);
    match (end, start) {
        // Both on one line: what is between them is reported once.
        (Some(end), Some(start)) if line_end(end) >= start => report(end..start),
        (end, start) => {
            if let Some(end) = end.filter(|end| !text[..*end].ends_with('\n')) {
                report(end..line_end(end));
            }
            if let Some(start) = start {
                report(line_start(start)..start);
            }
        }
    }
}

/// A match may end with line breaks, which are on no line of its own.
fn trim_line_breaks(text: &str, range: Range<usize>) -> Range<usize> {
    let trimmed = trim(text, range.clone());
    if trimmed.is_empty() { range.start..range.start } else { trimmed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Found {
        let regex = Regex::new(pattern).expect("a valid pattern");
        let groups: Vec<_> = regex
            .capture_names()
            .enumerate()
            .filter_map(|(index, name)| Some((index, Field::parse(name?)?)))
            .collect();
        read(text, 0..text.len(), Some(&Lines::new(text)), &regex, &groups, &mut Effort::default())
    }

    fn texts(found: &Found) -> Vec<Vec<&str>> {
        found.rows.iter().map(|row| row.cells.iter().map(|(_, cell)| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_row_may_span_lines_and_groups_may_nest() {
        let rows = found(
            r"(?m)^\| (?<http_status>(?<code>\d+)) \| (?<message.en>[^|]*) \|$",
            "| 400 | a\nb |\n| 401 | c |\n",
        );
        assert_eq!(texts(&rows), [["400", "400", "a\nb"], ["401", "401", "c"]]);
        assert!(rows.faults.is_empty(), "{:?}", rows.faults);
    }

    #[test]
    fn text_that_the_pattern_leaves_on_a_line_is_a_fault() {
        let rows = found(r"(?<code>\d+)=(?<message.en>\w+)", "x 1=a; 2=b y\nz\n3=c\n");
        assert_eq!(texts(&rows), [["1", "a"], ["2", "b"], ["3", "c"]]);
        assert_eq!(
            rows.faults.iter().map(|fault| fault.range.clone()).collect::<Vec<_>>(),
            [0..1, 5..6, 11..12]
        );
    }

    #[test]
    fn a_grid_has_several_rows_on_a_line() {
        let rows = found(r"(?<code>\d+)=(?<message.en>\w+)", "1=a  2=b\n");
        assert_eq!(rows.rows.len(), 2);
        assert!(rows.faults.is_empty(), "{:?}", rows.faults);
    }
}
