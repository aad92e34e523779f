//! Reads Markdown pipe tables.
//!
//! In: a text, the columns by position, and which tables are meant. Out: the rows. Where tables and rows stand
//! is pulldown-cmark's to say. The cells of a row are cut here from its source, by the same rule, for two
//! reasons: a cell's text stays exactly as the vendor wrote it (`<br />`, `${code}`, `**x**`), and a row with too
//! few or too many cells is noticed, where Markdown fills it up or cuts it off without a word.

use super::{Cell, Field, Found, Lines, TableFilter, trim};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads the tables of `text` that `filter` means, of which rows within `range` count.
pub(super) fn read(
    text: &str,
    range: Range<usize>,
    lines: &Lines,
    columns: &[Option<Field>],
    filter: &TableFilter,
) -> Found {
    let mut found = Found::default();
    let mut number = 0;
    let mut wanted = false;
    // The last heading, and where the text between it, or the table before, and the next table starts.
    let (mut heading, mut above) = (0..0, 0);
    for (event, place) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::End(TagEnd::Heading(_)) => {
                above = place.end;
                heading = place;
            }
            Event::Start(Tag::Table(_)) => {
                number += 1;
                let start = place.start.max(above);
                let stands_under = |wanted: &String| {
                    text[heading.clone()].contains(wanted.as_str())
                        || text[above..start].contains(wanted.as_str())
                };
                wanted = filter.table.is_none_or(|wanted| wanted == number)
                    && filter.heading.as_ref().is_none_or(stands_under);
                let place = header(text, place, lines);
                if wanted && range.start <= place.start && place.end <= range.end {
                    found.grammar.push(place);
                }
            }
            Event::End(TagEnd::Table) => above = place.end,
            Event::Start(Tag::TableRow) if wanted => {
                let place = trim(text, place);
                if place.start < range.start || place.end > range.end {
                    continue;
                }
                let cells = cells(text, place.clone()).into_iter().map(|cell| unescape(text, cell)).collect();
                found.row(place, cells, columns, "mend `columns`, or list the row under `rows`");
                if found.is_full() {
                    break;
                }
            }
            _ => {}
        }
    }
    found.hint = filter.hint(number);
    found
}

/// The header and the delimiter line of the table that starts `place`.
fn header(text: &str, place: Range<usize>, lines: &Lines) -> Range<usize> {
    let first = lines.of(place.start);
    lines.range(first, first + 1, text)
}

/// Cuts a row at its pipes. A pipe after a backslash is text; pipes at both ends are optional.
fn cells(text: &str, row: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = row.start + usize::from(bytes.get(row.start) == Some(&b'|'));
    let mut cells = Vec::new();
    while start < row.end {
        let pipe = (start..row.end).find(|at| bytes[*at] == b'|' && (*at == start || bytes[at - 1] != b'\\'));
        let end = pipe.unwrap_or(row.end);
        cells.push(trim(text, start..end));
        start = end + 1;
    }
    cells
}

fn unescape(text: &str, range: Range<usize>) -> Cell {
    Cell { text: text[range.clone()].replace("\\|", "|"), range }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, columns: usize, filter: &TableFilter) -> Found {
        let columns: Vec<_> = [Some(Field::Code), Some(Field::Message("en".to_owned()))]
            .into_iter()
            .chain(std::iter::repeat(None))
            .take(columns)
            .collect();
        read(text, 0..text.len(), &Lines::new(text), &columns, filter)
    }

    fn texts(found: &Found) -> Vec<Vec<&str>> {
        found.rows.iter().map(|row| row.cells.iter().map(|(_, cell)| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn cells_are_the_source_but_for_escaped_pipes() {
        let text = "| a | b |\n|---|---|\n| 1 | **x** <br /> `y` ${z} |\n|2|a\\|b|\n3 | c\n| 4 | |\n";
        let found = found(text, 2, &TableFilter::default());
        assert_eq!(texts(&found), [["1", "**x** <br /> `y` ${z}"], ["2", "a|b"], ["3", "c"], ["4", ""]]);
        assert!(found.faults.is_empty(), "{:?}", found.faults);
        assert_eq!(found.grammar.first(), Some(&(0..19)));
    }

    #[test]
    fn rows_that_markdown_would_mend_in_silence_are_faults() {
        let text = "| a | b |\n|---|---|\n| 1 |\n| 2 | x | y |\n| 3 | z |\n";
        let found = found(text, 2, &TableFilter::default());
        assert_eq!(texts(&found), [["3", "z"]]);
        assert_eq!(
            found.faults.iter().map(|fault| fault.range.clone()).collect::<Vec<_>>(),
            [20..25, 26..39]
        );
    }

    #[test]
    fn a_table_is_chosen_by_number_or_by_the_text_above() {
        let text = "# one\n\n|a|b|\n|-|-|\n|1|x|\n\n# two\n\n|a|b|\n|-|-|\n|2|y|\n";
        let second = TableFilter { table: Some(2), ..TableFilter::default() };
        assert_eq!(texts(&found(text, 2, &second)), [["2", "y"]]);
        let one = TableFilter { heading: Some("one".to_owned()), ..TableFilter::default() };
        assert_eq!(texts(&found(text, 2, &one)), [["1", "x"]]);
    }

    #[test]
    fn a_heading_is_not_lost_behind_a_paragraph_or_another_table() {
        let text = "One\n===\n\nSome words\nof text.\n\n|a|b|\n|-|-|\n|1|x|\n\n**bold**\n\nwords\n\n|a|b|\n|-|-|\n|2|y|\n\n\
                    ## Two\n\n> words\n>\n> |a|b|\n> |-|-|\n> |3|z|\n\n- x\n\n  |a|b|\n  |-|-|\n  |4|v|\n";
        let under = |heading: &str| {
            let filter = TableFilter { heading: Some(heading.to_owned()), ..TableFilter::default() };
            let found = found(text, 2, &filter);
            texts(&found).concat().concat()
        };
        assert_eq!(under("One"), "1x2y");
        assert_eq!(under("words"), "1x2y3z");
        assert_eq!(under("**bold**"), "2y");
        assert_eq!(under("Two"), "3z4v");
    }

    #[test]
    fn odd_markdown_does_no_harm() {
        for text in [
            "",
            "|",
            "|-|",
            "|a|\n|-|\n",
            "> |a|b|\n> |-|-|\n> |1|x\\|\n",
            "|a|b|\n|-|-|\n|\\|\\\n|设|备|",
            "\n\n\n|",
        ] {
            for columns in 1..4 {
                drop(found(text, columns, &TableFilter::default()));
            }
        }
    }
}
