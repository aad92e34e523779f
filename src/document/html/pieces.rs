//! Which codes of a page are two, or one and something else, that stand in elements next to each other.
//!
//! In: the rows that are read, and where elements meet in their codes. Out: a fault instead of each row whose code seems to be
//! more than one: `<span>1002</span><span>1003</span>`, or `E1002<span>1</span>` with a count in a badge. Word and Google
//! Docs write one code in several elements, too (`<span>10</span><span>02</span>`), so that only the other codes tell: none
//! of them has the form of the whole, and most have that of a piece. Where no other code tells, pieces of one form do, unless
//! another code has the form of the whole and other pieces.
//!
//! Deliberately elsewhere: elements that never join with what stands beside them (`cell`), and ranges and lists that marks
//! divide (`import`).

use super::table::Joins;
use crate::document::found::{Fault, Found, FoundRow};
use crate::document::{Field, bare};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A piece of fewer characters may well be a part of a longer code: `10` stands below `9`.
const SHORTEST: usize = 3;

/// Turns the rows of `found` into faults whose codes seem to be several.
pub(super) fn give_up_joined(text: &str, joins: &Joins, found: &mut Found) {
    if joins.is_empty() {
        return;
    }
    let codes = found.rows.iter().filter_map(code).filter(|(_, place)| !joins.contains_key(&place.start));
    // One of several words is no example of a code.
    let is_one = |code: &&str| !code.is_empty() && !code.contains(char::is_whitespace);
    let codes: BTreeSet<_> = codes.map(|(code, _)| bare(code)).filter(is_one).collect();
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    for code in &codes {
        *forms.entry(form(code)).or_default() += 1;
    }
    let usual = forms.iter().find(|(_, count)| *count * 2 > codes.len()).map(|(form, _)| form.as_str());
    let made = |row: &'_ FoundRow| {
        let (_, place) = code(row)?;
        joins.get(&place.start)
    };
    // The forms of codes that are made of pieces as a writer's program makes them.
    let uneven = found.rows.iter().filter_map(|row| {
        let (code, _) = code(row)?;
        made(row).filter(|meet| twin(code, meet).is_none()).map(|_| form(code))
    });
    let uneven: BTreeSet<_> = uneven.collect();
    let piece_of = |row: &FoundRow| {
        let (code, place) = code(row)?;
        let (meet, form) = (made(row)?, form(code));
        if forms.contains_key(&form) {
            return None;
        }
        let piece = usual.and_then(|usual| usual_piece(code, meet, usual));
        let piece = piece.or_else(|| twin(code, meet).filter(|_| !uneven.contains(&form)))?;
        Some((code.to_owned(), piece.to_owned(), place.clone()))
    };
    let mut faults = Vec::new();
    found.rows.retain(|row| {
        let Some((code, piece, place)) = piece_of(row) else { return true };
        // An attribute may say the same before it.
        let start = text[place.clone()].rfind(&piece).map(|at| place.start + at);
        let written = start.map_or(place, |start| start..start + piece.len());
        // A cell reaches down into rows that have to be told apart.
        let range = if row.range.contains(&written.start) { written } else { row.range.clone() };
        let message = format!(
            "`{code}` stands in several elements here, of which `{piece}` has the form of a whole code"
        );
        let help = "list the row under `rows` with its code, once for each if these are several";
        faults.push(Fault {
            id: "joined_code",
            range,
            row: row.range.clone(),
            message,
            help: Some(help.to_owned()),
        });
        false
    });
    found.faults.append(&mut faults);
}

/// The piece of a code that has the form of most others, if the rest says something, too: a piece, or what stands on either
/// side of where two of them meet.
fn usual_piece<'a>(code: &'a str, meet: &[usize], usual: &str) -> Option<&'a str> {
    let inner = meet.windows(2).map(|pair| pair[0]..pair[1]);
    let sides = meet.iter().flat_map(|at| [0..*at, *at..code.len()]);
    sides.chain(inner).find_map(|range| {
        let piece = code.get(range.clone())?;
        let is_usual = piece.chars().count() >= SHORTEST && form(piece) == usual;
        let says = |rest: &str| rest.contains(char::is_alphanumeric);
        (is_usual && (says(&code[..range.start]) || says(&code[range.end..]))).then_some(piece)
    })
}

/// The first piece of a code whose pieces are all of one form and hold a digit.
fn twin<'a>(code: &'a str, meet: &[usize]) -> Option<&'a str> {
    let bounds = [0].into_iter().chain(meet.iter().copied());
    let ends = meet.iter().copied().chain([code.len()]);
    let pieces: Option<Vec<_>> = bounds.zip(ends).map(|(start, end)| code.get(start..end)).collect();
    let pieces = pieces?;
    let first = *pieces.first()?;
    let has_digit = first.contains(char::is_numeric) && first.chars().count() >= SHORTEST;
    (has_digit && pieces.iter().all(|piece| form(piece) == form(first))).then_some(first)
}

/// The code of a row and where its cell stands.
fn code(row: &FoundRow) -> Option<(&str, &Range<usize>)> {
    let (_, cell) = row.cells.iter().find(|(field, _)| *field == Field::Code)?;
    Some((&cell.text, &cell.range))
}

/// The form of a code: each digit is `9` in it, and each letter `A`.
fn form(code: &str) -> String {
    let plain = |ch: char| {
        if ch.is_numeric() {
            '9'
        } else if ch.is_alphabetic() {
            'A'
        } else {
            ch
        }
    };
    code.chars().map(plain).collect()
}
