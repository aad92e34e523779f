//! Which texts are hardly codes because of how the others look: `E1OO3` with letters for digits, `03-Jan` and `1.00E+03` as a
//! spreadsheet writes what was `1-3` and `1E3`.
//!
//! In: the codes of all rows of a document whose codes are any texts. Out: for each what it may have been. Letters and digits look
//! alike in few cases, and a code may mix them. So one is told only if many codes are of one mask, it alone is of its own, and
//! it differs from theirs in letters and digits alone that look like those of the mask; and no code has other letters where the
//! mask has digits, as hexadecimal numbers have. A date is one if no code is like it and none (`Net-01` beside `Dec-01`).
//!
//! Deliberately elsewhere: what makes a text a doubtful code by itself (`codes`), and several codes in a cell (`several`).

use crate::document::Row;
use std::collections::{BTreeMap, BTreeSet};

/// How many codes of one mask say how a code is written.
const MANY: usize = 8;
/// One of how many codes at least has a mask that others are held against, so that no document has many of them.
const SHARE: usize = 10;
/// A code of more bytes is a sentence, and is not looked at.
const LONGEST: usize = 64;

/// The codes of a document, by how they are written.
pub(super) struct Masks {
    /// How many codes there are of each mask.
    counts: BTreeMap<String, usize>,
    /// Those that many codes have.
    usual: Vec<Vec<char>>,
    /// The forms of dates that codes have which are none.
    no_dates: BTreeSet<String>,
}

/// What a code is damaged by.
pub(super) enum Damage {
    /// Letters for digits, or digits for letters: what was meant, as far as that can be told.
    LooksAlike(String),
    /// A spreadsheet that took it for a date or a number.
    Spreadsheet,
}

impl Masks {
    /// The masks of the codes of `rows`.
    pub(super) fn of(rows: &[Row]) -> Self {
        let codes: BTreeSet<_> =
            rows.iter().map(|row| row.code.value.as_str()).filter(|code| is_short(code)).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for code in &codes {
            *counts.entry(mask(code)).or_default() += 1;
        }
        let is_usual = |count: usize| count >= MANY && count * SHARE >= codes.len();
        let usual = counts.iter().filter(|(mask, count)| mask.contains('9') && is_usual(**count));
        let usual: Vec<Vec<char>> = usual.map(|(mask, _)| mask.chars().collect()).collect();
        let is_of_digits = |mask: &Vec<char>| !codes.iter().any(|code| has_other_letters(code, mask));
        let usual = usual.into_iter().filter(is_of_digits).collect();
        let may_be_like_dates = |code: &&str| code.contains(['-', '月']) && !is_date(code);
        let no_dates = codes.iter().copied().filter(may_be_like_dates).map(shape).collect();
        Self { counts, usual, no_dates }
    }

    /// What a code is damaged by, if it is for certain.
    pub(super) fn damage(&self, code: &str) -> Option<Damage> {
        if !is_short(code) {
            return None;
        }
        if is_number_of_a_sheet(code) || is_date(code) && !self.no_dates.contains(&shape(code)) {
            return Some(Damage::Spreadsheet);
        }
        let is_alone = self.counts.get(&mask(code)) == Some(&1);
        let meant = || self.usual.iter().find_map(|mask| meant(code, mask));
        is_alone.then(meant).flatten().map(Damage::LooksAlike)
    }
}

fn is_short(code: &str) -> bool {
    code.len() <= LONGEST
}

/// A code with `9` for each digit.
fn mask(code: &str) -> String {
    code.chars().map(|ch| if ch.is_ascii_digit() { '9' } else { ch }).collect()
}

/// A code with `9` for each digit, `A` for each capital and `a` for each other letter.
fn shape(code: &str) -> String {
    let shape = |ch: char| match ch {
        _ if ch.is_ascii_digit() => '9',
        _ if ch.is_uppercase() => 'A',
        _ if ch.is_alphabetic() => 'a',
        _ => ch,
    };
    code.chars().map(shape).collect()
}

/// The digit that a character looks like.
fn digit_of(ch: char) -> Option<char> {
    match ch {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        'S' => Some('5'),
        'B' => Some('8'),
        _ => ch.is_ascii_digit().then_some(ch),
    }
}

/// What a code is by a mask if what looks alike in it is changed; `None` if there is nothing to change, or that is not all.
fn meant(code: &str, mask: &[char]) -> Option<String> {
    let mut meant = String::new();
    let mut at = mask.iter();
    for ch in code.chars() {
        let wanted = *at.next()?;
        meant.push(match wanted {
            '9' => digit_of(ch)?,
            _ if wanted == ch => ch,
            _ => Some(wanted).filter(|wanted| digit_of(ch).is_some() && digit_of(*wanted) == digit_of(ch))?,
        });
    }
    // A letter at the end, where it may name a part of a code: `E101B`.
    let is_part = code.ends_with(['B', 'S', 'I']) && mask.ends_with(&['9']);
    let is_whole = is_part || [code, &meant].into_iter().all(is_hexadecimal);
    (at.next().is_none() && meant != code && !is_whole).then_some(meant)
}

/// Whether a code may be a number in which `B` is a digit.
fn is_hexadecimal(code: &str) -> bool {
    let digits = code.strip_prefix("0x").or(code.strip_prefix("0X")).unwrap_or(code);
    digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a code has a letter that looks like no digit where a mask has one, and is like that elsewhere.
fn has_other_letters(code: &str, mask: &[char]) -> bool {
    let mut is_other = false;
    let mut at = mask.iter();
    for ch in code.chars() {
        match at.next() {
            Some('9') if ch.is_alphabetic() => is_other |= digit_of(ch).is_none(),
            Some('9') if ch.is_ascii_digit() => {}
            Some(wanted) if *wanted == ch => {}
            _ => return false,
        }
    }
    is_other && at.next().is_none()
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether a text is a date as a spreadsheet writes what looks like one: `03-Jan`, `Jan-03`, `1月3日`.
fn is_date(text: &str) -> bool {
    let is_number =
        |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = text.split_once('-').is_some_and(|(one, other)| {
        MONTHS.contains(&one) && is_number(other) || is_number(one) && MONTHS.contains(&other)
    });
    let chinese = || text.strip_suffix('日').and_then(|text| text.split_once('月'));
    parts || chinese().is_some_and(|(month, day)| is_number(month) && is_number(day))
}

/// Whether a text is a number as a spreadsheet writes a large one: `1.00E+03`.
fn is_number_of_a_sheet(text: &str) -> bool {
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once("E+").is_some_and(|(number, exponent)| {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        whole.len() == 1
            && are_digits(whole)
            && are_digits(fraction)
            && exponent.len() > 1
            && are_digits(exponent)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Loc, Sources, Span};
    use crate::document::Origin;

    /// What the codes of a document are damaged by, each with what was meant.
    fn damaged(codes: &[String]) -> Vec<String> {
        let span = Span::new(Sources::default().add("a.md", String::new()), 0, 0);
        let row = |code: &String| Row {
            code: Loc::new(code.clone(), span),
            http_status: None,
            message: Vec::new(),
            solution: Vec::new(),
            span,
            line: 1,
            origin: Origin::Table(0),
        };
        let rows: Vec<_> = codes.iter().map(row).collect();
        let masks = Masks::of(&rows);
        let damage = |code: &String| match masks.damage(code)? {
            Damage::LooksAlike(meant) => Some(format!("{code} {meant}")),
            Damage::Spreadsheet => Some(code.clone()),
        };
        codes.iter().filter_map(damage).collect()
    }

    /// Nine codes, of which `#` are the numbers, and others.
    fn beside(codes: &str, others: &[&str]) -> Vec<String> {
        let nine = (11..20).map(|number| codes.replace('#', &number.to_string()));
        nine.chain(others.iter().map(|code| (*code).to_owned())).collect()
    }

    #[test]
    fn what_looks_like_the_other_codes_is_damaged() {
        let two = beside("E10#", &["E1OO3", "El009", "E2001"]);
        assert_eq!(damaged(&two), ["E1OO3 E1003", "El009 E1009"]);
        assert_eq!(
            damaged(&beside("ERROR_#", &["ERR0R_21", "ERROR_2B1", "ERROR_3O"])),
            ["ERR0R_21 ERROR_21", "ERROR_3O ERROR_30"]
        );
        assert_eq!(damaged(&beside("S0#", &["5021", "S2lO"])), ["5021 S021", "S2lO S210"]);
    }

    #[test]
    fn what_a_spreadsheet_has_changed_is_damaged() {
        let codes = beside("1-#", &["03-Jan", "Feb-01", "1月3日", "1.00E+03", "2E+10"]);
        assert_eq!(damaged(&codes), ["03-Jan", "Feb-01", "1月3日", "1.00E+03", "2E+10"]);
    }

    #[test]
    fn codes_that_mix_letters_and_digits_are_whole() {
        for codes in [
            // Hexadecimal numbers.
            beside("0x#", &["0x1B", "0xB1"]),
            beside("H_#", &["H_l1", "H_C0"]),
            beside("80#", &["80B1"]),
            // Parts of a code, and a series of their own.
            beside("E1#", &["E11B", "E10S"]),
            beside("E0#", &["EO01", "EO02"]),
            // No many.
            ["E001", "E002", "EO03"].map(str::to_owned).to_vec(),
            beside("E#", &["F0O", "20", "OK", "E1.2", "E_O"]),
            // Modules that are called like months.
            beside("Net-#", &["Dec-01"]),
            beside("E-#", &["1E10", "DEC-01", "12E+1", "1.E+03"]),
        ] {
            assert_eq!(damaged(&codes), [] as [&str; 0], "{codes:?}");
        }
    }
}
