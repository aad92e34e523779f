//! Items of an array that are chosen by their number, and whether they are the same in each row.
//!
//! In: the columns of a table and its rows, one by one. Out: the first text that stands in another item than in the first
//! row. `[{"lang": "en", …}, {"lang": "de", …}]` can be read by numbers, but a vendor's tool may write `de` first in some
//! rows, and then each language would have the other's texts. Only texts that `columns` leaves out, beside some that it
//! reads from the same item, are held against the first row's.

use super::{Columns, Place, bytes, select};
use crate::document::{JsonPath, JsonStep};
use jsonc_parser::ast::Value;
use std::collections::BTreeMap;
use std::ops::{Bound, Range};

/// How many such texts are looked at in each row. A vendor has a few languages.
const MOST_MARKS: usize = 64;

/// A text beside those that are read from an item.
struct Mark<'r> {
    /// Where the array is in a row.
    array: &'r [JsonStep],
    /// Which item is chosen.
    index: usize,
    /// Where the text is in the item.
    text: &'r [JsonStep],
    /// What is said there in each item of the first row that has the array.
    known: Option<BTreeMap<String, usize>>,
}

/// The texts that tell the items of a table's rows apart.
pub(super) struct Marks<'r> {
    marks: Vec<Mark<'r>>,
}

impl<'r> Marks<'r> {
    /// Those that the columns name, by the first number on the way to each.
    pub(super) fn of(columns: &Columns<'r>) -> Self {
        let mark = |path: &'r [JsonStep]| {
            let number = |(at, step): (usize, &JsonStep)| match step {
                JsonStep::Name(name) => Some((at, name.parse().ok()?)),
                JsonStep::Each | JsonStep::Saying(..) => None,
            };
            let (at, index) = path.iter().enumerate().find_map(number)?;
            let from = (Bound::Included(&path[..=at]), Bound::Unbounded);
            let mut inside =
                columns.range::<[JsonStep], _>(from).take_while(|(other, _)| other.starts_with(&path[..=at]));
            let is_beside = inside.any(|(_, (_, field))| field.is_some());
            is_beside.then(|| Mark { array: &path[..at], index, text: &path[at + 1..], known: None })
        };
        let left_out = columns.iter().filter(|(_, (_, field))| field.is_none());
        Self { marks: left_out.filter_map(|(path, _)| mark(path)).take(MOST_MARKS).collect() }
    }

    /// What is wrong about the items of a row: where, what, and what to do.
    pub(super) fn moved(&mut self, row: Place<'_, '_>) -> Option<(Range<usize>, String, String)> {
        for mark in &mut self.marks {
            let mut found = Vec::new();
            select(row, mark.array, &mut found);
            let Some((Value::Array(array), _)) = found.first() else { continue };
            let said = |item: &_| {
                let mut found = Vec::new();
                select((item, None), mark.text, &mut found);
                match found.first() {
                    Some((Value::StringLit(text), _)) => Some((text.value.to_string(), bytes(text))),
                    Some((Value::NumberLit(number), _)) => Some((number.value.to_owned(), bytes(number))),
                    _ => None,
                }
            };
            let Some(known) = &mark.known else {
                let mut known = BTreeMap::new();
                let mut twice = Vec::new();
                for (index, item) in array.elements.iter().enumerate() {
                    let Some((text, _)) = said(item) else { continue };
                    if known.insert(text.clone(), index).is_some() {
                        twice.push(text);
                    }
                }
                // What several items say tells none of them.
                for text in twice {
                    known.remove(&text);
                }
                mark.known = Some(known);
                continue;
            };
            let Some((text, place)) = array.elements.get(mark.index).and_then(said) else { continue };
            // What the first row says where the columns read, and where this row says it.
            let wanted = known.iter().find(|(_, at)| **at == mark.index).map(|(text, _)| text);
            if wanted == Some(&text) {
                continue;
            }
            let is_wanted =
                |(_, item): &(usize, &_)| said(item).is_some_and(|(text, _)| Some(&text) == wanted);
            let elsewhere = array.elements.iter().enumerate().find(is_wanted).map(|(at, _)| at);
            let first = known.get(&text);
            let (of_array, inside) = (JsonPath(mark.array.to_vec()), JsonPath(mark.text.to_vec()));
            let (said_here, index) = (text.escape_debug(), mark.index);
            let message = match (first, elsewhere) {
                (Some(first), _) => format!(
                    "`{said_here}` stands at `{of_array}/{index}{inside}` here, and at `{of_array}/{first}{inside}` in the first row"
                ),
                (None, Some(elsewhere)) => format!(
                    "`{said_here}` stands at `{of_array}/{index}{inside}` here, and what the first row says there at `{of_array}/{elsewhere}{inside}`"
                ),
                (None, None) => continue,
            };
            let help = match (mark.text, wanted) {
                ([JsonStep::Name(name)], Some(wanted)) => {
                    let mut item = mark.array.to_vec();
                    item.push(JsonStep::Saying(name.clone(), wanted.clone()));
                    format!(
                        "choose the items by what they say, as `{}`, and not by their number",
                        JsonPath(item)
                    )
                }
                _ => "list the row under `rows`".to_owned(),
            };
            return Some((place, message, help));
        }
        None
    }
}
