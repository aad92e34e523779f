//! Reads whatever a regular expression describes.
//!
//! In: a text, an expression and what its groups hold. Out: a row for each match. The expression runs over the
//! whole text, so that a row may span lines. What a match covers without a group is the document's grammar
//! (pipes, `HTTP/1.1`); what stands beside a match on its lines is read by nobody, and so it is a fault.
//!
//! A pattern that goes on over any text (`.*`) may take a further row along, of which nothing would be said. So it is looked
//! for again within each match, behind the first of its groups, and once more without the anchors that keep it to the lines of a
//! row each (`^`, `$`), in the texts; and what it covers without a group is searched for texts of the form that its codes have.
//! Words of the pattern before the code make any code one. Whether those are codes of other rows, the desk knows.

use super::forms::Forms;
use super::found::{Losing, Lost};
use super::{Cell, Effort, Fault, Field, Found, FoundRow, LONGEST_SEARCH, Lines, trim};
use regex::{Captures, Regex};
use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Instant;

/// An expression and what its groups hold.
#[derive(Clone, Copy)]
pub(super) struct Pattern<'a> {
    pub(super) regex: &'a Regex,
    /// The same without the anchors around it, if it is to be looked for in texts.
    pub(super) unanchored: Option<&'a Regex>,
    pub(super) groups: &'a [(usize, Field)],
}

impl Pattern<'_> {
    /// Reads the matches in `text[range]`. Without `lines`, the document is made of other pieces, and what no match covers is
    /// left to whoever accounts for them.
    pub(super) fn read(
        &self,
        text: &str,
        range: Range<usize>,
        lines: Option<&Lines>,
        effort: &mut Effort,
    ) -> Found {
        let mut found = Found::default();
        let begun = Instant::now();
        let spent = effort.searched;
        let is_late = || spent + begun.elapsed() > LONGEST_SEARCH;
        let base = range.start;
        // The end of the match before, if there is one.
        let mut before: Option<usize> = None;
        // What the matches cover without a group: there the codes of other rows may stand.
        let mut covered: Vec<Range<usize>> = Vec::new();
        let mut forms = Forms::default();
        for captures in self.regex.captures_iter(&text[range]) {
            if found.is_full() {
                effort.searched += begun.elapsed();
                return found;
            }
            if is_late() {
                found.faults.push(late(before.unwrap_or(base)));
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
            let cells: Vec<_> = self.groups.iter().filter_map(cell).collect();
            let mut taken: Vec<_> = cells.iter().map(|(_, cell)| cell.range.clone()).collect();
            taken.sort_by_key(|range| (range.start, range.end));
            if let Some(first) = taken.iter().filter(|range| !range.is_empty()).map(|range| range.end).min() {
                let code = cells.iter().find(|(field, _)| *field == Field::Code).map(|(_, cell)| &cell.range);
                if let Some(code) = code {
                    forms.add(&text[code.clone()]);
                }
                let is_wanted = |place: &Range<usize>| forms.has(&text[place.clone()]);
                let inner = Inner { text: &text[..place.end], pattern: self, code };
                let before = found.lost.len();
                inner.rows(first, &mut found.lost, is_wanted, is_late);
                if found.lost.len() == before {
                    let texts = cells.iter().filter(|(field, _)| field.is_text());
                    let texts: Vec<_> = texts.map(|(_, cell)| &cell.range).collect();
                    inner.rows_in_texts(first, &texts, &mut found.lost, is_wanted, is_late);
                }
            }
            let mut at = place.start;
            for range in taken {
                if at < range.start {
                    covered.push(at..range.start);
                }
                at = at.max(range.end);
            }
            if at < place.end {
                covered.push(at..place.end);
            }
            found.rows.push(FoundRow { cells, range: trim_line_breaks(text, place) });
        }
        effort.searched += begun.elapsed();
        if let Some(lines) = lines {
            beside(text, lines, before, None, &mut found.faults);
        }
        keep_codes(&mut found, text, &covered);
        found
    }
}

/// Where the code of a row stands that an expression finds within a line, behind other text.
pub(super) fn code_within(regex: &Regex, groups: &[(usize, Field)], line: &str) -> Option<Range<usize>> {
    let starts = line.len() - line.trim_start().len();
    let is_within = |captures: &Captures<'_>| {
        captures.get(0).is_some_and(|whole| {
            let row = whole.start() + whole.as_str().len() - whole.as_str().trim_start().len();
            row > starts && !is_within_word(line, row)
        })
    };
    let captures = regex.captures_iter(line).find(is_within)?;
    let (group, _) = groups.iter().find(|(_, field)| *field == Field::Code)?;
    let range = trim(line, captures.get(*group)?.range());
    (!range.is_empty()).then_some(range)
}

/// Whether a place is within a word, where no row begins.
fn is_within_word(text: &str, at: usize) -> bool {
    let is_part = |ch: char| ch.is_alphanumeric();
    text[..at].ends_with(is_part) && text[at..].starts_with(is_part)
}

/// That the patterns have taken their time, at `at`.
fn late(at: usize) -> Fault {
    let message = format!(
        "up to here the patterns have searched for {} seconds, and are stopped",
        LONGEST_SEARCH.as_secs()
    );
    Fault {
        id: "document_too_large",
        row: at..at,
        range: at..at,
        message,
        help: Some("let the pattern end at the end of a row, not at the end of the document".to_owned()),
    }
}

/// A match, to look for the pattern once more within it.
struct Inner<'a> {
    /// The text to the end of the match.
    text: &'a str,
    pattern: &'a Pattern<'a>,
    /// The code of the match.
    code: Option<&'a Range<usize>>,
}

impl Inner<'_> {
    /// Looks for the pattern from `at`, the end of the first group of the match. What is found there with another code is the
    /// row of that, if no other has it; with the code of the match, it is the shorter of two rows that the match has made one.
    fn rows(
        &self,
        at: usize,
        lost: &mut Vec<Lost>,
        is_wanted: impl Fn(&Range<usize>) -> bool,
        is_late: impl Fn() -> bool,
    ) {
        let mut places = self.matches(self.pattern.regex, at);
        while lost.len() < MOST_LOST
            && !is_late()
            && let Some((start, code)) = places.next()
        {
            let Some(place) = code else { continue };
            let is_own = self.code == Some(&place);
            let is_certain = self.is_told_by_words(start, &place);
            if is_own || is_certain || is_wanted(&place) {
                let code = self.text[place.clone()].to_owned();
                let how = if is_own { Losing::OwnRow } else { Losing::Row };
                lost.push(Lost { code, range: place, how, is_certain });
            }
            if is_own {
                return;
            }
        }
    }

    /// Looks from `at` for what the pattern would find in `texts` if it had no anchors.
    fn rows_in_texts(
        &self,
        at: usize,
        texts: &[&Range<usize>],
        lost: &mut Vec<Lost>,
        is_wanted: impl Fn(&Range<usize>) -> bool,
        is_late: impl Fn() -> bool,
    ) {
        let Some(regex) = self.pattern.unanchored else { return };
        let mut places = self.matches(regex, at);
        while lost.len() < MOST_LOST
            && !is_late()
            && let Some((start, code)) = places.next()
        {
            let is_in_text =
                |code: &Range<usize>| texts.iter().any(|text| text.start <= start && code.end <= text.end);
            let Some(range) = code.filter(|code| !is_within_word(self.text, start) && is_in_text(code))
            else {
                continue;
            };
            let is_certain = self.is_told_by_words(start, &range);
            if is_certain || is_wanted(&range) {
                let code = self.text[range.clone()].to_owned();
                lost.push(Lost { code, range, how: Losing::RowInText, is_certain });
            }
        }
    }

    /// Whether a match from `start` says by words of its own that a code follows, as `#define ERR_X 1000` does and `12 => 5` in a
    /// text does not: then it is a row, be its code of another form than all others.
    fn is_told_by_words(&self, start: usize, code: &Range<usize>) -> bool {
        let before = self.text.get(start..code.start).unwrap_or_default();
        before.chars().filter(|ch| ch.is_alphanumeric()).nth(TELLING_LETTERS - 1).is_some()
    }

    /// The matches of an expression from `at`, each of which may begin in the one before, behind the first of its groups: where it
    /// starts, and where its code is.
    fn matches(&self, regex: &Regex, mut at: usize) -> impl Iterator<Item = (usize, Option<Range<usize>>)> {
        let groups = self.pattern.groups;
        std::iter::from_fn(move || {
            let captures = regex.captures_at(self.text, at)?;
            let ends = groups.iter().filter_map(|(group, _)| self.place(&captures, *group));
            at = ends.map(|place| place.end).min().filter(|end| *end > at)?;
            let code = groups.iter().find(|(_, field)| *field == Field::Code);
            let code = code.and_then(|(group, _)| self.place(&captures, *group));
            Some((captures.get(0)?.start(), code))
        })
    }

    /// Where a group stands, if it holds anything.
    fn place(&self, captures: &Captures<'_>, group: usize) -> Option<Range<usize>> {
        let range = trim(self.text, captures.get(group)?.range());
        (!range.is_empty()).then_some(range)
    }
}

/// How many letters before a code tell that it is one.
const TELLING_LETTERS: usize = 3;
/// How many rows that may be lost are looked at.
const MOST_LOST: usize = 10_000;

/// Keeps what has the form of the codes among what may be lost, and adds the texts of that form within `covered`.
fn keep_codes(found: &mut Found, text: &str, covered: &[Range<usize>]) {
    let codes = || {
        let cells = found.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|(field, _)| *field == Field::Code).map(|(_, cell)| cell.text.as_str())
    };
    let forms = Forms::of(codes());
    let known: BTreeSet<_> = codes().collect();
    let is_lost_row = |code: &str| !known.contains(code) && forms.has(code);
    let is_lost = |word: &str| !known.contains(word) && forms.has_with_digit(word);
    let is_told = |lost: &&Lost| {
        let is_lost = is_lost_row(&lost.code) || lost.is_certain && !known.contains(lost.code.as_str());
        lost.how == Losing::OwnRow || is_lost
    };
    let mut lost: Vec<_> = found.lost.iter().filter(is_told).cloned().collect();
    let longest = codes().map(str::len).max().unwrap_or_default();
    let look = |range: &Range<usize>| {
        words(text, range.clone()).filter(|word| word.len() <= longest && is_lost(&text[word.clone()]))
    };
    let lose = |range: Range<usize>, how| Lost {
        code: text[range.clone()].to_owned(),
        range,
        how,
        is_certain: false,
    };
    let room = MOST_LOST.saturating_sub(lost.len());
    lost.extend(covered.iter().flat_map(look).take(room).map(|word| lose(word, Losing::Covered)));
    // One text may speak of another code. Where every second one does, and nobody has the code, it holds a row.
    let in_texts = |row: &FoundRow| {
        let mut texts = row.cells.iter().filter(|(field, _)| *field != Field::Code);
        texts.find_map(|(_, cell)| look(&cell.range).next())
    };
    let mut texts = found.rows.iter().filter_map(in_texts);
    if let Some(first) = texts.next() {
        let count = texts.count() + 1;
        if count > 1 && count * 2 >= found.rows.len() {
            lost.push(lose(first, Losing::Text(count)));
        }
    }
    found.lost = lost;
}

/// What may be codes in `text[range]`.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let is_part = |ch: char| ch.is_alphanumeric() || matches!(ch, '_' | '-');
    let mut at = range.start;
    std::iter::from_fn(move || {
        let start = at + text[at..range.end].find(is_part)?;
        let rest = &text[start..range.end];
        at = start + rest.find(|ch| !is_part(ch)).unwrap_or(rest.len());
        Some(start..at)
    })
}

/// What to do about text beside a match.
const BESIDE: &str = "let the pattern cover it; where several rows stand on a line, let it end with what stands between them, as \
                      `(?:\\||$)` does with `(?m)` at the start: `.*` would take the next row along";

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
                help: Some(BESIDE.to_owned()),
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
        let pattern = Pattern { regex: &regex, unanchored: None, groups: &groups };
        pattern.read(text, 0..text.len(), Some(&Lines::new(text)), &mut Effort::default())
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
