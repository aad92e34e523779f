//! Reads Markdown pipe tables.
//!
//! In: a text, the columns by position, and which tables are meant. Out: the rows. Where tables and rows stand
//! is pulldown-cmark's to say. The cells of a row are cut here from its source, by the same rule, for two
//! reasons: a cell's text stays exactly as the vendor wrote it (`<br />`, `${code}`, `**x**`), and a row with too
//! few or too many cells is noticed, where Markdown fills it up or cuts it off without a word.
//!
//! Of a code and an HTTP status alone the markup goes: `` `1001` ``, `**1001**` and `[1001](#x)` show the reader the code 1001,
//! and `NO\_DEVICE` shows no backslash. A header that is repeated among the rows, with other markup perhaps, is a header.

use super::found::Fault;
use super::heading::{Advice, Header, ONE_LINE_END, Start};
use super::{Cell, Field, Found, Lines, TableFilter, trim};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Where the headings and the tables of a text stand, in its order. It is found once: a recipe may have hundreds of tables.
pub(super) struct Outline {
    parts: Vec<(Part, Range<usize>)>,
}

/// How many levels of quotes a line may stand in. Those below it are held against each of them.
pub const DEEPEST: usize = 100;

/// A part of a text that tables are found by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Heading,
    Table,
    Row,
    TableEnd,
}

impl Outline {
    /// The parts of `text`; a fault if a line of it is quoted deeper than anybody quotes.
    pub(super) fn new(text: &str) -> Result<Self, Fault> {
        if let Some(line) = too_deep(text) {
            return Err(Fault {
                id: "too_deep",
                range: line.start..line.start,
                row: line,
                message: format!("this line stands in more than {DEEPEST} levels of quotes"),
                help: None,
            });
        }
        let part = |event| match event {
            Event::End(TagEnd::Heading(_)) => Some(Part::Heading),
            Event::Start(Tag::Table(_)) => Some(Part::Table),
            Event::Start(Tag::TableRow) => Some(Part::Row),
            Event::End(TagEnd::Table) => Some(Part::TableEnd),
            _ => None,
        };
        let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
        let parts = events.filter_map(|(event, place)| Some((part(event)?, place))).collect();
        Ok(Self { parts })
    }
}

/// The first line of `text` with too many marks of quotes before anything else.
fn too_deep(text: &str) -> Option<Range<usize>> {
    let is_mark =
        |ch: &char| matches!(ch, '>' | ' ' | '\t' | '-' | '+' | '*' | '.' | ')') || ch.is_ascii_digit();
    let quotes = |line: &str| line.chars().take_while(is_mark).filter(|ch| *ch == '>').count();
    let mut start = 0;
    text.split('\n').find_map(|line| {
        let place = start..start + line.len();
        start = place.end + 1;
        (quotes(line) > DEEPEST).then_some(place)
    })
}

/// Reads the tables of `text` that `filter` means, of which rows within `range` count.
pub(super) fn read(
    text: &str,
    outline: &Outline,
    range: Range<usize>,
    lines: &Lines,
    columns: &[Option<Field>],
    filter: &TableFilter,
) -> Found {
    let mut found = Found::default();
    let mut number = 0;
    let mut wanted = false;
    let mut heading_row = Header::default();
    let mut table = Start::default();
    let advice = Advice {
        too_many: "the first line of a table is its header: list it under `rows` as the row that it is",
        too_few: |_| "list it under `ignore`, or under `rows` if it is one".to_owned(),
        counted: 0,
    };
    // Whether the line before repeats the header, so that a delimiter line may follow.
    let mut is_repeated = false;
    // Whether the table writes the pipe at the end of each row, which may be left out.
    let mut has_last_pipes = false;
    // The last heading, and where the text between it, or the table before, and the next table starts.
    let (mut heading, mut above) = (0..0, 0);
    for (part, place) in outline.parts.iter().cloned() {
        match part {
            Part::Heading => {
                above = place.end;
                heading = place;
            }
            Part::Table => {
                number += 1;
                let start = place.start.max(above);
                let stands_under = |wanted: &String| {
                    text[heading.clone()].contains(wanted.as_str())
                        || text[above..start].contains(wanted.as_str())
                };
                wanted = filter.table.is_none_or(|wanted| wanted == number)
                    && filter.heading.as_ref().is_none_or(stands_under);
                is_repeated = false;
                if !wanted {
                    continue;
                }
                let first = lines.of(place.start);
                let [header, delimiters] = [first, first + 1].map(|line| lines.range(line, line, text));
                heading_row = Header::default();
                heading_row.add(header.clone(), &shown(&row(text, trim(text, place.start..header.end))));
                table = Start::of(&found);
                has_last_pipes = text[delimiters.clone()].trim_end().ends_with('|');
                if range.start <= header.start && delimiters.end <= range.end {
                    found.grammar.extend([header, delimiters]);
                }
            }
            Part::TableEnd => {
                above = place.end;
                if wanted {
                    heading_row.settle(&mut found, table, columns, advice);
                }
            }
            Part::Row if wanted => {
                let place = trim(text, place);
                if place.start < range.start || place.end > range.end {
                    continue;
                }
                // Markdown ends the row there, and whatever comes behind it stands on the same line of the document.
                let line = lines.range(lines.of(place.start), lines.of(place.end.saturating_sub(1)), text);
                if text[line].contains('\r') {
                    is_repeated = false;
                    found.faults.push(Fault {
                        id: "cells_do_not_fit",
                        range: place.clone(),
                        row: place,
                        message: "the line of this row holds a carriage return, which ends no line here"
                            .to_owned(),
                        help: Some(ONE_LINE_END.to_owned()),
                    });
                    if found.is_full() {
                        break;
                    }
                    continue;
                }
                let mut cells = row(text, place.clone());
                let is_delimiter = is_repeated && cells.iter().all(|cell| is_delimiter(&cell.text));
                is_repeated = heading_row.is_repeated_by(&shown(&cells));
                if is_repeated || is_delimiter {
                    found.grammar.push(place);
                    continue;
                }
                let has_markup =
                    |column: &Option<Field>| matches!(column, Some(Field::Code | Field::HttpStatus));
                for (cell, _) in cells.iter_mut().zip(columns).filter(|(_, column)| has_markup(column)) {
                    cell.text = code(std::mem::take(&mut cell.text));
                }
                let is_last = place.end == text.len() && has_last_pipes && !text.ends_with('|');
                let last = cells.last().filter(|_| is_last).map(|cell| cell.range.clone());
                let before = found.rows.len();
                found.row(place, cells, columns, "mend `columns`, or list the row under `rows`");
                if found.rows.len() > before {
                    found.doubts.extend(last.map(Fault::cut_off));
                }
                if found.is_full() {
                    break;
                }
            }
            Part::Row => {}
        }
    }
    found.hint = filter.hint(number);
    found
}

/// Whether a cell of the line below a header says how its column is aligned.
fn is_delimiter(cell: &str) -> bool {
    let dashes = cell.strip_prefix(':').unwrap_or(cell);
    let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
    !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
}

/// What a reader sees of the cells of a header.
fn shown(cells: &[Cell]) -> Vec<Cell> {
    cells.iter().map(|cell| Cell { text: code(cell.text.clone()), range: cell.range.clone() }).collect()
}

/// What a reader sees of the code in a cell. A cell with more than marked text, such as a line break, stays as it is.
/// Of HTML only what gives a text another look, or an address, is markup.
fn code(cell: String) -> String {
    if !cell.contains(['*', '_', '`', '[', '\\', '&', '<']) {
        return cell;
    }
    let mut shown = String::new();
    for event in Parser::new(&cell) {
        match event {
            Event::Text(text) | Event::Code(text) => shown.push_str(&text),
            Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Link { .. })
            | Event::End(TagEnd::Paragraph | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            Event::InlineHtml(tag) if is_look(&tag) => {}
            _ => return cell,
        }
    }
    shown
}

fn is_look(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']).split([' ', '>']).next().unwrap_or_default();
    matches!(name, "a" | "b" | "code" | "em" | "font" | "i" | "span" | "strong")
}

/// The cells of a row.
fn row(text: &str, place: Range<usize>) -> Vec<Cell> {
    cells(text, place).into_iter().map(|cell| unescape(text, cell)).collect()
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
        let outline = Outline::new(text).unwrap_or_else(|fault| panic!("{}", fault.message));
        read(text, &outline, 0..text.len(), &Lines::new(text), &columns, filter)
    }

    fn texts(found: &Found) -> Vec<Vec<&str>> {
        found.rows.iter().map(|row| row.cells.iter().map(|(_, cell)| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_text_is_not_quoted_deeper_than_anybody_quotes() {
        let table = |depth: usize| {
            let line = |line: &str| format!("{}{line}\n", "> ".repeat(depth));
            ["|a|b|", "|-|-|", "|1|x|"].map(line).concat()
        };
        assert_eq!(texts(&found(&table(DEEPEST), 2, &TableFilter::default())), [["1", "x"]]);
        let fault = |text: &str| Outline::new(text).err().map(|fault| (fault.id, fault.range));
        assert_eq!(fault(&table(DEEPEST + 1)), Some(("too_deep", 0..0)));
        // What is to be read at each level would otherwise be looked for on each line.
        let text = format!("{}\n{}", ">".repeat(100_000), "> > > |1|x|\n".repeat(60_000));
        assert_eq!(fault(&text), Some(("too_deep", 0..0)));
    }

    #[test]
    fn cells_are_the_source_but_for_escaped_pipes() {
        let text = "| a | b |\n|---|---|\n| 1 | **x** <br /> `y` ${z} |\n|2|a\\|b|\n3 | c\n| 4 | |\n";
        let found = found(text, 2, &TableFilter::default());
        assert_eq!(texts(&found), [["1", "**x** <br /> `y` ${z}"], ["2", "a|b"], ["3", "c"], ["4", ""]]);
        assert!(found.faults.is_empty(), "{:?}", found.faults);
        assert_eq!(found.grammar, [0..9, 10..19]);
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
    fn the_markup_of_a_code_is_no_part_of_it() {
        for (cell, shown) in [
            ("`1001`", "1001"),
            ("**1001**", "1001"),
            ("[`1001`](#x \"y\")", "1001"),
            ("NO\\_DEVICE", "NO_DEVICE"),
            ("NO_DEVICE_1", "NO_DEVICE_1"),
            ("A&amp;B", "A&B"),
            ("<a id=\"x\"></a><code>1001</code>", "1001"),
            ("1<br>2", "1<br>2"),
            ("1001<sup>2</sup>", "1001<sup>2</sup>"),
            ("*", "*"),
            ("1. `x`", "1. `x`"),
            ("~~1001~~", "~~1001~~"),
            ("", ""),
        ] {
            assert_eq!(code(cell.to_owned()), shown);
        }
    }

    #[test]
    fn a_header_among_the_rows_is_a_header() {
        let text = "|a|b|\n|-|-|\n|1|x|\n| a | b |\n|:-:|---|\n|2|y|\n|-|-|\n";
        let found = found(text, 2, &TableFilter::default());
        assert_eq!(texts(&found), [["1", "x"], ["2", "y"], ["-", "-"]]);
        assert_eq!(found.grammar, [0..5, 6..11, 18..27, 28..37]);
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
