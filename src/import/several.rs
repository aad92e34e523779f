//! Which texts of a document are several codes in one cell: `E2-E9`, `E10/E11`, `E1001-1003`, `E3xx`, `E4...`, `a.b.C/a.b.D`.
//!
//! In: the codes of all rows of a document whose codes are any texts. Out: for each whether it is a range or a list. A part is
//! known by its form, which is that of another row's code, and the parts ascend behind the same letters. Where other rows of
//! the same form are no such ranges (`400-404` beside `400-001`), or start alike (`400-405`), the mark is a part of the
//! codes, and nobody asks. A part without its letters is one only where no other row looks like the whole. A list with a
//! slash may descend, and where its parts are of one form and of one stem that ends in `.` or `_`, it needs no numbers: words
//! alone may be a path (`device/offline`). What stands behind the form of the others for more of them (`xx`, `等`) makes a text several, too.
//!
//! Deliberately elsewhere: what else makes a text a doubtful code (`codes`), and ranges where codes are numbers, which are
//! no codes there at all.

use crate::document::Row;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What stands between two codes. A blank or a comma is doubtful by itself.
const MARKS: [&str; 13] = ["-", "–", "—", "‑", "−", "~", "..", "…", "/", "&", "至", "到", "to"];

/// What stands behind a code for others that are like it.
const MORE: [&str; 9] = ["...", "..", "…", "……", "+", "等", "等等", "以上", "及以上"];

/// A code of more bytes is a sentence, and no range is looked for in it.
const LONGEST: usize = 64;

/// The forms of a document's codes.
pub(super) struct Forms<'a> {
    /// How many codes there are of each.
    all: BTreeMap<String, usize>,
    /// Those that hold a mark as a part of each code.
    whole: BTreeSet<String>,
    /// Every code once.
    codes: BTreeSet<&'a str>,
    /// How many of them have a digit.
    with_digit: usize,
    /// How many of them are ASCII.
    ascii: usize,
}

/// How a text is several codes.
#[derive(Clone, Copy)]
struct Range<'a> {
    /// The first of them.
    first: &'a str,
    /// Whether the others have their letters.
    is_full: bool,
}

impl<'a> Forms<'a> {
    /// The forms of the codes of `rows`.
    pub(super) fn of(rows: &'a [Row]) -> Self {
        let codes = rows.iter().map(|row| row.code.value.as_str()).filter(|code| code.len() <= LONGEST);
        let codes: BTreeSet<_> = codes.collect();
        let count = |is_it: fn(&str) -> bool| codes.iter().filter(|code| is_it(code)).count();
        let (with_digit, ascii) = (count(has_digit), count(str::is_ascii));
        let mut forms = Self { all: BTreeMap::new(), whole: BTreeSet::new(), codes, with_digit, ascii };
        for code in &forms.codes {
            *forms.all.entry(form(code)).or_default() += 1;
        }
        let (mut whole, mut firsts) = (BTreeSet::new(), BTreeSet::new());
        for code in &forms.codes {
            let is_new = match forms.range(code) {
                Some(range) => firsts.insert((form(code), range.first)),
                None => !MARKS.iter().any(|mark| code.contains(mark)),
            };
            if !is_new {
                whole.insert(form(code));
            }
        }
        forms.whole = whole;
        forms
    }

    /// Whether a code is several in one cell.
    pub(super) fn are_several(&self, code: &str) -> bool {
        if self.codes.contains(code) && self.is_family(code) {
            return true;
        }
        let form = form(code);
        let is_alone = self.all.get(&form).is_none_or(|count| *count < 2);
        self.codes.contains(code)
            && !self.whole.contains(&form)
            && self.range(code).is_some_and(|range| range.is_full || is_alone)
    }

    /// Whether a text names many codes at once, by its beginning, which has the form of others.
    fn is_family(&self, code: &str) -> bool {
        let is_known = |code: &str| self.all.contains_key(&form(code));
        let stem = code.trim_end_matches(['x', 'X']);
        let is_masked = code.len() - stem.len() > 1
            || stem.len() < code.len() && stem.ends_with(|ch: char| ch.is_ascii_digit());
        let noted = code.strip_suffix(')').and_then(|code| code.split_once('(')).map(|(stem, _)| stem);
        let stems = MORE.iter().filter_map(|more| code.strip_suffix(more)).chain(noted);
        is_masked && !stem.is_empty() && is_known(&format!("{stem}9"))
            || stems.filter(|stem| stem.ends_with(|ch: char| ch.is_ascii_digit())).any(is_known)
    }

    /// Whether a text in which `is_mark` finds marks may be two codes, though the other rows do not tell: those beside a mark
    /// are of one form, and no row looks like `whole`, which has other marks.
    pub(super) fn may_be_several(&self, code: &str, whole: &str, is_mark: fn(char) -> bool) -> bool {
        let may_divide = |(at, mark): (usize, &str)| {
            let [first, second] = [&code[..at], &code[at + mark.len()..]].map(form);
            !first.is_empty() && (first == second || second == "9" && first.ends_with('9'))
        };
        code.len() <= LONGEST
            && !self.all.contains_key(&form(whole))
            && code.match_indices(is_mark).any(may_divide)
    }

    /// Whether a text has no digit, where nine of ten others have one.
    pub(super) fn lacks_digit(&self, code: &str) -> bool {
        !has_digit(code) && self.are_most(self.with_digit)
    }

    /// Whether a text has a Greek or a Cyrillic letter, which looks like a Latin one, where nine of ten others are ASCII.
    pub(super) fn is_foreign(&self, code: &str) -> bool {
        code.contains(|ch| ('\u{370}'..='\u{52f}').contains(&ch)) && self.are_most(self.ascii)
    }

    /// Whether so many codes are nine of ten of all but one.
    fn are_most(&self, count: usize) -> bool {
        let others = self.codes.len().saturating_sub(1);
        others > 1 && count * 10 >= others * 9
    }

    /// The codes that marks divide a text into.
    fn range<'b>(&self, code: &'b str) -> Option<Range<'b>> {
        let range = MARKS.iter().filter(|mark| code.contains(**mark)).find_map(|mark| {
            let mut pairs =
                code.match_indices(mark).map(|(at, mark)| (&code[..at], &code[at + mark.len()..]));
            let descend = |first, second| {
                let is_list = *mark == "/" && letters(first).any(char::is_alphabetic);
                is_list.then(|| self.ascend(second, first)).flatten().filter(|range| range.is_full)
            };
            let find = |(first, second)| self.ascend(first, second).or_else(|| descend(first, second));
            if let Some(range) = pairs.find_map(find) {
                return Some(range);
            }
            let parts: Vec<_> = code.split(mark).collect();
            let ranges: Option<Vec<_>> = parts.windows(2).map(|pair| self.ascend(pair[0], pair[1])).collect();
            ranges?.into_iter().next()
        });
        range.or_else(|| self.list(code))
    }

    /// The codes of one stem that slashes divide a text into.
    fn list<'b>(&self, code: &'b str) -> Option<Range<'b>> {
        let parts: Vec<_> = code.split('/').collect();
        let (first, others) = parts.split_first().filter(|(_, others)| !others.is_empty())?;
        let (stem_of_all, form_of_all) = (stem(first)?, form(first));
        let is_like_first = |part: &&str| stem(part) == Some(stem_of_all) && form(part) == form_of_all;
        let is_list = self.all.contains_key(&form_of_all)
            && others.iter().all(is_like_first)
            && parts.iter().collect::<BTreeSet<_>>().len() == parts.len();
        is_list.then_some(Range { first, is_full: true })
    }

    /// Whether two texts are codes of the same letters, the second of a greater number.
    fn ascend<'b>(&self, first: &'b str, second: &str) -> Option<Range<'b>> {
        let is_known = |part: &str| self.all.contains_key(&form(part));
        let is_less = |one: Vec<&str>, other: Vec<&str>| {
            let pairs = one.into_iter().zip(other);
            pairs.map(|(one, other)| compare(one, other)).find(|order| order.is_ne()) == Some(Ordering::Less)
        };
        let is_full = is_known(second)
            && letters(first).eq(letters(second))
            && is_less(numbers(first), numbers(second));
        let last: Vec<_> = numbers(first).pop().filter(|last| first.ends_with(last)).into_iter().collect();
        let is_short = letters(first).next().is_some()
            && letters(second).next().is_none()
            && is_less(last, numbers(second));
        (is_known(first) && (is_full || is_short)).then_some(Range { first, is_full })
    }
}

fn has_digit(code: &str) -> bool {
    code.contains(|ch: char| ch.is_ascii_digit())
}

/// The form of a code: each run of digits is `9` in it, and each run of letters `A`.
fn form(code: &str) -> String {
    let mut form = String::new();
    for ch in code.chars() {
        let ch = match ch {
            _ if ch.is_ascii_digit() => '9',
            _ if ch.is_alphabetic() => 'A',
            _ => ch,
        };
        if !form.ends_with(ch) || !matches!(ch, '9' | 'A') {
            form.push(ch);
        }
    }
    form
}

/// What stands before the first sign that divides words, if something does.
fn stem(code: &str) -> Option<&str> {
    code.split_once(['.', '_']).map(|(stem, _)| stem).filter(|stem| !stem.is_empty())
}

/// What is no digit.
fn letters(code: &str) -> impl Iterator<Item = char> {
    code.chars().filter(|ch| !ch.is_ascii_digit())
}

/// The runs of digits.
fn numbers(code: &str) -> Vec<&str> {
    code.split(|ch: char| !ch.is_ascii_digit()).filter(|run| !run.is_empty()).collect()
}

/// Compares two runs of digits as numbers, however long they are.
fn compare(one: &str, other: &str) -> Ordering {
    let [one, other] = [one, other].map(|run| run.trim_start_matches('0'));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Loc, Sources, Span};
    use crate::document::Origin;

    /// Which of the codes of a document are several.
    fn several<'a>(codes: &[&'a str]) -> Vec<&'a str> {
        let span = Span::new(Sources::default().add("a.md", String::new()), 0, 0);
        let row = |code: &&str| Row {
            code: Loc::new((*code).to_owned(), span),
            http_status: None,
            message: Vec::new(),
            solution: Vec::new(),
            span,
            line: 1,
            origin: Origin::Table(0),
        };
        let rows: Vec<_> = codes.iter().map(row).collect();
        let forms = Forms::of(&rows);
        codes.iter().copied().filter(|code| forms.are_several(code)).collect()
    }

    #[test]
    fn ranges_and_lists_are_known_by_the_codes_beside_them() {
        let told: &[&[&str]] = &[
            &["E2-E9", "E10/E11", "E12–E15", "E16至E17", "E20/E21/E22"],
            &["E2-9"],
            &["E-1-E-9"],
            &["2.06-2.30", "2.31-4.00"],
            &["400-404", "405/406"],
            &["ERR_001~ERR_009"],
            &["E11/E10", "E12(2)"],
            &["E3xx", "E4...", "E5等", "E6x", "EXXX"],
            &["iot.common.Null/iot.common.Void", "iot.A.B/iot.C.D/iot.E.F"],
            &["AUTH_NULL/AUTH_VOID"],
        ];
        let ones = ["E1", "E1", "E-10", "2.01", "200", "ERR_010", "E1", "E1", "iot.common.X", "AUTH_NONE"];
        for (one, codes) in ones.iter().zip(told) {
            let all: Vec<_> = std::iter::once(*one).chain(codes.iter().copied()).collect();
            assert_eq!(several(&all), *codes);
        }
    }

    #[test]
    fn a_mark_within_codes_is_a_part_of_them() {
        for codes in [
            &["A-1", "A-2", "A-3"][..],
            &["4.04", "4.05"],
            &["E1", "E2-1", "E2-9"],
            &["E1", "E2-8", "E2-9"],
            &["E1", "E2-8", "E3-9"],
            &["400", "400-001", "401-402"],
            &["400", "400-401", "400-402"],
            &["E1", "E1-E1", "E2-A3"],
            &["1-2", "2-3", "3-4"],
            &["isv.invalid-parameter", "isv.invalid", "isv"],
            &["A/B", "A", "B", "a&b"],
            &["E1", "E_MAX", "INDEX", "E2a", "Err(5)", "Err(6)"],
            &["2/1", "1", "2"],
            &["2001:db8::1", "-1", "1", "0"],
            // Paths, and names within others.
            &["device/offline", "device", "v1/users", "api.v1/users", "api.v1", "users/list_all"],
            &["type.acme.com/acme.rpc.Busy", "acme.rpc.Gone"],
            &["iot.A/iot.B", "iot.A/iot.C", "iot.A"],
            &["iot.A/iot.A", "iot.B", "iot./iot.B", ".A/.B", "iot.C/"],
            &["iot.common.Null/iot.common.Void"],
            &["E1-E2"],
            &["", "-", "--", "/", "至"],
        ] {
            assert_eq!(several(codes), [] as [&str; 0], "{codes:?}");
        }
    }
}
