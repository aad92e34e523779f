//! Where the header of a table ends.
//!
//! In: the rows that a reader takes for the header of a table, and the rows below it. Out: whether a further row repeats
//! the header, as a table does that goes on over pages; which rows seem to stand on the wrong side, because the recipe
//! counts too many rows or too few, or because the vendor's tool made a header of the first code; and which tables have
//! another header than the first one that is read with them. A row that is taken for a header would be lost without a
//! word, a header that is taken for a row would become a code, and a table whose columns stand in another order would give
//! each text to the wrong language.
//!
//! Deliberately elsewhere: which rows a grammar makes a header of (each reader knows its own). What is said here is a guess
//! from the form of the codes and the words of the headers alone; a row that is listed or ignored in the recipe is not
//! guessed about.

use super::forms::Forms;
use super::found::{Cell, Fault, Found, FoundRow, Titles};
use super::{Field, bare};
use crate::characters::visible;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The header of a table, row by row and cell by cell.
#[derive(Debug, Default)]
pub(super) struct Header {
    rows: Vec<(Range<usize>, Vec<Cell>)>,
    /// Those that say different things, by the text of their first cells: a page may have a heading for every other row.
    by_first: BTreeMap<String, Vec<usize>>,
    /// Where those start that stand below titles and are not marked as titles themselves.
    unmarked: BTreeSet<usize>,
}

/// Where a table starts among what was found before it.
#[derive(Clone, Copy, Default)]
pub(super) struct Start {
    rows: usize,
    grammar: usize,
    faults: usize,
}

impl Start {
    /// Where a table starts that is read next.
    pub(super) fn of(found: &Found) -> Self {
        Self { rows: found.rows.len(), grammar: found.grammar.len(), faults: found.faults.len() }
    }
}

/// What to do about a header that is not where the recipe says.
#[derive(Clone, Copy)]
pub(super) struct Advice {
    /// Where a row was taken for a header.
    pub(super) too_many: &'static str,
    /// Where a header was taken for a row; it may say how many rows are the header.
    pub(super) too_few: fn(u32) -> String,
    /// How many rows the recipe says are the header.
    pub(super) counted: u32,
}

impl Header {
    /// Takes a row of the header.
    pub(super) fn add(&mut self, place: Range<usize>, cells: &[Cell]) {
        if let Some(first) = cells.first().filter(|_| !self.is_repeated_by(cells)) {
            self.by_first.entry(first.text.clone()).or_default().push(self.rows.len());
        }
        self.rows.push((place, cells.to_vec()));
    }

    /// Takes a row of the header that stands below titles and is not marked as one.
    pub(super) fn add_unmarked(&mut self, place: Range<usize>, cells: &[Cell]) {
        self.unmarked.insert(place.start);
        self.add(place, cells);
    }

    /// Whether a row says what the header says.
    pub(super) fn is_repeated_by(&self, cells: &[Cell]) -> bool {
        let texts = || cells.iter().map(|cell| &cell.text);
        let like = cells.first().and_then(|first| self.by_first.get(&first.text));
        like.into_iter().flatten().any(|index| self.rows[*index].1.iter().map(|cell| &cell.text).eq(texts()))
    }

    /// Holds the header of a table against its rows, which are those of `found` behind `start`, and turns what stands on
    /// the wrong side into faults.
    pub(super) fn settle(&self, found: &mut Found, start: Start, columns: &[Option<Field>], advice: Advice) {
        if self.has_codes_as_titles(found, start) || self.leaves_out_codes(found, start, columns) {
            return;
        }
        self.give_up_rows(found, start, columns, advice);
        let is_other = self.hold_against_the_first(found, start, columns);
        if !is_other {
            self.keep_titles(found, start, columns);
        }
        let mut headers = Vec::new();
        while headers.len() < MOST_HEADERS && looks_like_header(&found.rows[start.rows..]) {
            headers.push(found.rows.remove(start.rows).range);
        }
        let count = advice.counted.saturating_add(u32::try_from(headers.len()).unwrap_or(u32::MAX));
        for row in headers {
            // What is told of the header of another table is told of all of it; if the header is named in the recipe, nobody
            // reads the row.
            if let Some(told) = found.faults.last_mut().filter(|_| is_other) {
                told.row.end = row.end;
                continue;
            }
            let message = "this row looks like the header of the table, and the recipe reads it as a row";
            found.faults.push(fault(row, message, (advice.too_few)(count)));
        }
        self.give_up_titles(found, start, columns);
    }

    /// Turns the header into a fault if it has a title over its rows and codes over its columns: the table has a column for
    /// each code, or describes a single one.
    fn has_codes_as_titles(&self, found: &mut Found, start: Start) -> bool {
        let has_digit = |text: &str| text.contains(|ch: char| ch.is_ascii_digit());
        if found.rows[start.rows..].iter().any(|row| code(row).is_some_and(has_digit)) {
            return false;
        }
        let are_codes = |cells: &[Cell]| {
            let [title, codes @ ..] = cells else { return false };
            let is_code = |cell: &Cell| has_digit(&cell.text) && !cell.text.contains(char::is_whitespace);
            let forms: BTreeSet<_> = codes.iter().map(|cell| form(&cell.text)).collect();
            TITLES.contains(&words(&title.text).as_str()) && forms.len() == 1 && codes.iter().all(is_code)
        };
        let Some((place, _)) = self.rows.iter().find(|(_, cells)| are_codes(cells)) else { return false };
        let Some(at) =
            (start.grammar..found.grammar.len()).find(|at| found.grammar[*at].start == place.start)
        else {
            return false;
        };
        let message = "this header has codes over its columns, where the recipe has a code in each row";
        let help = "list each of its codes under `rows`, name the other rows under `ignore`, and let no table of the recipe read \
                    this one; if they are titles, name the header under `ignore`";
        found.faults.push(fault(found.grammar[at].clone(), message, help.to_owned()));
        true
    }

    /// Turns the header into a fault if it says all of a row twice, over two columns each, and the recipe leaves out those on
    /// one side: rows stand side by side there.
    fn leaves_out_codes(&self, found: &mut Found, start: Start, columns: &[Option<Field>]) -> bool {
        let repeated = |cells: &[Cell], index: usize| {
            let (own, title) = (&cells[index], words(&cells[index].text));
            // A title that spans two columns stands over both.
            let is_it = |(column, cell): (&Option<Field>, &Cell)| {
                column.is_none() && cell.range != own.range && words(&cell.text) == title
            };
            let other = columns.iter().zip(cells).find(|pair| is_it(*pair));
            other.filter(|_| !title.is_empty()).map(|(_, cell)| cell.range.clone())
        };
        let are_repeated = |cells: &[Cell]| {
            let is_code = |column: &Option<Field>| *column == Some(Field::Code);
            let code = repeated(cells, columns.iter().position(is_code)?)?;
            let is_text = |column: &Option<Field>| matches!(column, Some(Field::Message(_)));
            let mut texts = columns.iter().enumerate().filter(|(_, column)| is_text(column));
            texts.all(|(index, _)| repeated(cells, index).is_some()).then_some(code)
        };
        let mut whole = self.rows.iter().filter(|(_, cells)| cells.len() == columns.len());
        let Some((place, code)) = whole.find_map(|(place, cells)| Some((place, are_repeated(cells)?))) else {
            return false;
        };
        let Some(at) =
            (start.grammar..found.grammar.len()).find(|at| found.grammar[*at].start == place.start)
        else {
            return false;
        };
        let row = found.grammar.remove(at);
        found.faults.push(Fault {
            range: code,
            ..fault(
                row,
                "rows stand side by side below this header, and the recipe leaves out those of this column",
                "read the table with one `pattern` that describes a pair of cells; if the column holds no codes of its own, name \
                 the header under `ignore`"
                    .to_owned(),
            )
        });
        true
    }

    /// Turns the rows into faults that have the title of the codes for a code: a header that goes on in other words.
    fn give_up_titles(&self, found: &mut Found, start: Start, columns: &[Option<Field>]) {
        let Some(column) = columns.iter().position(|column| *column == Some(Field::Code)) else { return };
        let titles = self.rows.iter().filter_map(|(_, cells)| Some(title_words(&cells.get(column)?.text)));
        // The header may be the first code by mistake, which is told elsewhere.
        let titles: BTreeSet<_> =
            titles.filter(|title| !title.is_empty() && !title.contains(char::is_numeric)).collect();
        let has_digit = |code: &str| code.contains(|ch: char| ch.is_ascii_digit());
        let own = &found.rows[start.rows..];
        let with_digit = own.iter().filter(|row| code(row).is_some_and(has_digit)).count();
        let is_title = |row: &FoundRow| {
            code(row).map(title_words).is_some_and(|words| {
                titles.contains(&words) || with_digit * 2 > own.len() && TITLES.contains(&words.as_str())
            })
        };
        let is_title: Vec<_> = own.iter().map(is_title).collect();
        if !is_title.contains(&true) {
            return;
        }
        let mut is_title = is_title.into_iter();
        let is_title = |_: &FoundRow| is_title.next().unwrap_or_default();
        let (own, rows): (Vec<_>, Vec<_>) = found.rows.split_off(start.rows).into_iter().partition(is_title);
        found.rows.extend(rows);
        for row in own {
            let message = "this row has the title of the codes for a code, and the recipe reads it as a row";
            let help = "name it under `ignore` if it is a header, or list it under `rows` if it is a row";
            found.faults.push(fault(row.range, message, help.to_owned()));
        }
    }

    /// Turns the header into the last fault if the columns that are read have other titles in it than in that of the first
    /// table, and says whether it has.
    fn hold_against_the_first(&self, found: &mut Found, start: Start, columns: &[Option<Field>]) -> bool {
        // Of a table without rows nothing is misread.
        if found.rows.len() == start.rows {
            return false;
        }
        let own: BTreeSet<_> = found.grammar[start.grammar..].iter().map(|place| place.start).collect();
        let mut whole = self.rows.iter().filter(|(_, cells)| cells.len() == columns.len());
        let Some((place, cells)) = whole.find(|(place, _)| own.contains(&place.start)) else { return false };
        let read = columns.iter().zip(cells).filter_map(|(column, cell)| column.as_ref().map(|_| cell));
        let titles: Vec<_> = read.clone().map(|cell| cell.text.clone()).collect();
        let Some(first) = &found.titles else {
            found.titles = Some(titles);
            return false;
        };
        let mut pairs = first.iter().zip(read);
        let Some((title, other)) = pairs.find(|(one, other)| words(one) != words(&other.text)) else {
            return false;
        };
        let message = format!(
            "this header is not that of the first table that is read with it: `{}` stands where that has `{}`",
            shown(&other.text),
            shown(title)
        );
        let help = "read this table with one of its own in the recipe; name the header under `ignore` if its columns hold the \
                    same, or list it under `rows` if it is a row";
        found.faults.push(Fault {
            id: "other_header",
            range: place.clone(),
            // What has to be named: in a page each title is a text by itself, and one that is blank cannot be.
            row: if other.is_blank() { place.clone() } else { other.range.clone() },
            message,
            help: Some(help.to_owned()),
        });
        true
    }

    /// Keeps what stands over the columns that are read. Headings between the rows are titles of no column.
    fn keep_titles(&self, found: &mut Found, start: Start, columns: &[Option<Field>]) {
        let Some(first) = found.rows.get(start.rows).map(|row| row.range.start) else { return };
        let own: BTreeSet<_> = found.grammar[start.grammar..].iter().map(|place| place.start).collect();
        let is_above = |(place, cells): &&(Range<usize>, Vec<Cell>)| {
            cells.len() == columns.len() && place.start < first && own.contains(&place.start)
        };
        let titles = |(_, cells): &(Range<usize>, Vec<Cell>)| {
            let read = || columns.iter().zip(cells).filter(|(column, _)| column.is_some());
            let code = read().find(|(column, _)| **column == Some(Field::Code)).map(|(_, cell)| &cell.range);
            Titles {
                texts: read().map(|(_, cell)| cell.text.clone()).collect(),
                span_code: read().map(|(_, cell)| Some(&cell.range) == code).collect(),
            }
        };
        let titles: Vec<_> = self.rows.iter().filter(is_above).map(titles).collect();
        if !titles.is_empty() && found.headers.last() != Some(&titles) {
            found.headers.push(titles);
        }
    }

    /// Turns the rows of the header that look like those below it into faults.
    fn give_up_rows(&self, found: &mut Found, start: Start, columns: &[Option<Field>], advice: Advice) {
        let Some(column) = columns.iter().position(|column| *column == Some(Field::Code)) else { return };
        if self.rows.is_empty() {
            return;
        }
        let is_alone = found.rows.len() == start.rows && found.faults.len() == start.faults;
        let codes = Codes::of(&found.rows[start.rows..]);
        // What is out of the lines that the recipe names is no part of the grammar, and nobody's row.
        let own = found.grammar.split_off(start.grammar);
        let grammar: BTreeSet<_> = own.iter().map(|place| place.start).collect();
        let mut rows = BTreeSet::new();
        for (place, cells) in self.rows.iter().filter(|(place, _)| grammar.contains(&place.start)) {
            let code = || cells.get(column).map(|cell| bare(&cell.text));
            let (message, help) = if cells.iter().any(|cell| cell.text.contains('\r')) {
                ("the header holds a carriage return, which ends no line here", ONE_LINE_END)
            } else if code().is_some_and(|code| {
                codes.have_form_of(code, self.unmarked.contains(&place.start), advice.counted > 0)
            }) {
                ("this row looks like those below it, and is taken for the header", advice.too_many)
            } else if is_alone && code().is_some_and(is_number) {
                (
                    "this row is taken for the header of a table that has no others, and has a number for a code",
                    ALONE,
                )
            } else if codes.are_joined_to(cells, columns.len()) {
                ("this header ends in what looks like a row of the table", JOINED)
            } else {
                continue;
            };
            rows.insert(place.start);
            found.faults.push(fault(place.clone(), message, help.to_owned()));
        }
        found.grammar.extend(own.into_iter().filter(|place| !rows.contains(&place.start)));
    }
}

/// What to do about a table that is all header and seems to hold rows.
const ALONE: &str = "list it under `rows` if it is a row, or under `ignore` if it is a header, or read the table with one of its own \
                     in the recipe";
/// What to do about a row that stands in a header.
const JOINED: &str = "list the row under `rows`, and mend the document if a line end or a quote is lost there; if it is none, name the header under \
     `ignore`";

/// What the codes of a table look like.
struct Codes {
    usual: BTreeSet<String>,
    forms: Forms,
}

impl Codes {
    fn of(rows: &[FoundRow]) -> Self {
        Self { usual: usual(rows), forms: Forms::of(rows.iter().filter_map(code)) }
    }

    /// Whether a cell of the header has the form of a code; words are codes where the recipe alone says that they are titles.
    fn have_form_of(&self, cell: &str, is_unmarked: bool, is_counted: bool) -> bool {
        let form = form(cell);
        let is_title = || TITLES.contains(&words(cell).as_str());
        let is_certain = form.contains('9') || is_unmarked && !is_title();
        is_certain && self.usual.contains(&form) || is_counted && is_constant(cell, &self.forms)
    }

    /// Whether a header goes on with a row: in more cells than the table has columns, or in a quote that was left open.
    fn are_joined_to(&self, cells: &[Cell], columns: usize) -> bool {
        let ends_in_code = |cell: &Cell| {
            let length = cell.text.chars().count();
            let starts = cell.text.char_indices().skip(length.saturating_sub(LONGEST_CODE));
            starts.map(|(start, _)| &cell.text[start..]).any(|end| self.forms.has_with_digit(end))
        };
        let starts_with_code = |line: &str| {
            let word = line.trim_start_matches(['"', ' ', '|']).split([',', ';', '\t', '|', '"', ' ']).next();
            word.is_some_and(|word| self.forms.has_with_digit(word))
        };
        cells.len() > columns && cells.iter().any(ends_in_code)
            || cells.iter().any(|cell| cell.text.lines().skip(1).any(starts_with_code))
    }
}

/// How many characters a code has at most that is looked for behind a title.
const LONGEST_CODE: usize = 40;

/// Whether a cell is a number or ends in one, as codes do and titles do not.
fn is_number(cell: &str) -> bool {
    let is_digit = |ch: char| ch.is_ascii_digit();
    cell.ends_with(is_digit)
        && cell.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '-' | '_' | '.'))
        && !TITLES.contains(&words(cell).as_str())
}

/// How many rows of a table are taken for its header at most.
const MOST_HEADERS: usize = 3;
/// How many characters of a title a message shows.
const MOST_SHOWN: usize = 60;

fn fault(row: Range<usize>, message: &str, help: String) -> Fault {
    Fault { id: "doubtful_header", range: row.clone(), row, message: message.to_owned(), help: Some(help) }
}

/// What to do about a carriage return where a document has line feeds as well.
pub(super) const ONE_LINE_END: &str =
    "end all lines of the document alike: a carriage return alone ends one only where no line feed does";

/// The form of a code: each run of digits is `9` in it, and each run of letters `A`.
fn form(code: &str) -> String {
    let mut form = String::new();
    for ch in bare(code).chars() {
        let ch = if ch.is_numeric() {
            '9'
        } else if ch.is_alphabetic() {
            'A'
        } else {
            ch
        };
        if !form.ends_with(ch) || !matches!(ch, '9' | 'A') {
            form.push(ch);
        }
    }
    form
}

/// What a title says, without case, signs and markup that is made of signs.
fn words(title: &str) -> String {
    title.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a title or a code says; one of signs alone says those.
fn title_words(text: &str) -> String {
    let words = words(text);
    if words.is_empty() { bare(text).to_owned() } else { words }
}

/// A title as a message shows it.
fn shown(title: &str) -> String {
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    visible(&line, MOST_SHOWN).into_owned()
}

/// The forms that at least half of the rows have a code of.
fn usual(rows: &[FoundRow]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for code in rows.iter().filter_map(code) {
        *counts.entry(form(code)).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| count * 2 >= rows.len()).map(|(form, _)| form).collect()
}

fn code(row: &FoundRow) -> Option<&str> {
    row.cells.iter().find(|(field, _)| *field == Field::Code).map(|(_, cell)| cell.text.as_str())
}

/// What vendors write over a column of codes, in small letters and without signs.
const TITLES: [&str; 31] = [
    "code",
    "codes",
    "errorcode",
    "errorcodes",
    "errcode",
    "errno",
    "statuscode",
    "resultcode",
    "returncode",
    "responsecode",
    "bizcode",
    "subcode",
    "value",
    "id",
    "no",
    "number",
    "代码",
    "代號",
    "代码值",
    "编码",
    "编号",
    "序号",
    "错误码",
    "错误代码",
    "状态码",
    "返回码",
    "错误码code",
    "錯誤碼",
    "エラーコード",
    "コード",
    "오류코드",
];

/// How a title in capitals ends that stands over codes which are words: `ERROR_CODE`.
#[rustfmt::skip]
const ENDINGS: [&str; 32] = [
    "category", "cd", "code", "codes", "constant", "define", "desc", "description", "enum", "error", "errors", "id",
    "identifier", "info", "key", "kind", "label", "macro", "message", "msg", "name", "no", "num", "number", "phrase", "reason",
    "status", "string", "symbol", "text", "type", "value",
];

/// Whether a cell is words in capitals as the codes below it are, and no title of them.
fn is_constant(cell: &str, codes: &Forms) -> bool {
    let title = words(cell);
    cell.contains('_') && codes.has(cell) && !ENDINGS.iter().any(|ending| title.ends_with(ending))
}

/// Whether the first of the rows looks like their header: by what stands over columns of codes elsewhere, or because it
/// speaks of codes and has no digit where most of the others have one.
fn looks_like_header(rows: &[FoundRow]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let Some(title) = code(first) else { return false };
    let title = words(title);
    if TITLES.contains(&title.as_str()) {
        return true;
    }
    let has_digit = |text: &str| text.contains(|ch: char| ch.is_ascii_digit());
    let speaks_of_codes = ["code", "码", "碼", "コード", "코드"].iter().any(|word| title.contains(word));
    let with_digit = rest.iter().filter(|row| code(row).is_some_and(has_digit)).count();
    speaks_of_codes && !has_digit(&title) && with_digit * 2 > rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(codes: &[&str]) -> Vec<FoundRow> {
        let cell = |code: &&str| Cell { text: (*code).to_owned(), range: 0..0 };
        codes.iter().map(|code| FoundRow { range: 0..0, cells: vec![(Field::Code, cell(code))] }).collect()
    }

    #[test]
    fn a_header_is_known_by_its_words() {
        for codes in [
            &["Code", "1001"][..],
            &["Error Code", "E_OFFLINE"],
            &["错误码", "A001"],
            &["Acme error codes", "Code", "1", "2", "3"],
            &["Error code (decimal)", "1001", "1002"],
        ] {
            assert!(looks_like_header(&rows(codes)), "{codes:?}");
        }
        for codes in [
            &["1001", "1002"][..],
            &["SUCCESS", "A001", "A002"],
            &["INVALID_CODE", "NOT_FOUND"],
            &["CODE_EXPIRED", "BAD_1", "GONE"],
            &["", "1001"],
            &[],
        ] {
            assert!(!looks_like_header(&rows(codes)), "{codes:?}");
        }
    }

    #[test]
    fn codes_are_compared_by_their_form() {
        assert_eq!(form("A00001"), form("B9"));
        assert_eq!(form(" 1001\u{200b}"), "9");
        assert_ne!(form("-1"), form("1"));
        assert_eq!(usual(&rows(&["1", "2", "x"])), BTreeSet::from(["9".to_owned()]));
        assert_eq!(usual(&rows(&["1", "a-b", "x"])), BTreeSet::new());
        assert_eq!(usual(&[]), BTreeSet::new());
    }
}
