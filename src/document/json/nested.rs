//! Rows that stand in a member which a recipe leaves out.
//!
//! In: the value of that member. Out: what has a code and a text where the recipe looks for them, as a row has: codes below
//! a code, in a tree of them. `null` in `columns` leaves out what says nothing about a row, and would hide such rows.

use super::{Place, Shape, children, is_collection, place_of, scalar, select};
use crate::document::aside::Aside;
use crate::document::found::{Fault, FoundRow};
use crate::document::{Field, JsonPath, JsonStep};
use jsonc_parser::ast::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The rows in members that are left out, each with its code, by where a table would have to look for them.
#[derive(Default)]
pub(super) struct Nested {
    rows: BTreeMap<String, Vec<(String, Range<usize>)>>,
}

impl Nested {
    /// Looks into `value`, which stands at `path` from the top.
    pub(super) fn look_into(
        &mut self,
        value: &Value<'_>,
        path: Vec<JsonStep>,
        shape: &Shape<'_>,
        aside: &Aside,
    ) {
        let mut open = vec![(value, path)];
        while let Some((holder, path)) = open.pop() {
            for (child, member) in children(holder) {
                let place = place_of((child, member));
                if aside.has(&place) {
                    continue;
                }
                if let Some(code) = code((child, member), shape) {
                    self.rows.entry(JsonPath(path.clone()).to_string()).or_default().push((code, place));
                } else if is_collection(child) {
                    let step = match member {
                        Some(member) => JsonStep::Name(member.name.as_str().to_owned()),
                        None => JsonStep::Each,
                    };
                    open.push((child, path.iter().cloned().chain([step]).collect()));
                }
            }
        }
    }

    /// What is to be told: of the rows at each place, the first, unless all of their codes are read as well, as where a row
    /// names others that have to do with it.
    pub(super) fn faults(self, read: &[FoundRow]) -> Vec<Fault> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let codes = read.iter().flat_map(|row| &row.cells).filter(|(field, _)| *field == Field::Code);
        let codes: BTreeSet<_> = codes.map(|(_, cell)| cell.text.as_str()).collect();
        let fault = |(at, rows): (String, Vec<(String, Range<usize>)>)| {
            let mut unread = rows.into_iter().filter(|(code, _)| !codes.contains(code.as_str()));
            let (code, place) = unread.next()?;
            let more = match unread.count() {
                0 => String::new(),
                count => format!(", and {count} more like it"),
            };
            Some(Fault {
                id: "unread_member",
                range: place.clone(),
                row: place,
                message: format!(
                    "the row of code `{}` stands in a member that `columns` leaves out{more}",
                    code.escape_debug()
                ),
                help: Some(format!(
                    "read it with another table, `at: {at}`; if it is none, name the member under `ignore`"
                )),
            })
        };
        self.rows.into_iter().filter_map(fault).collect()
    }
}

/// The code of what may be a row, if it has one and a text.
pub(super) fn code((value, member): Place<'_, '_>, shape: &Shape<'_>) -> Option<String> {
    let text = |path: &[JsonStep]| {
        let mut found = Vec::new();
        select((value, member), path, &mut found);
        let cell = found.first().and_then(|(value, _)| scalar(value).ok().flatten());
        cell.map(|cell| cell.text).filter(|text| !text.is_empty())
    };
    let column = |wanted: fn(&Field) -> bool| {
        shape.columns.iter().filter(move |(_, (_, field))| field.is_some_and(wanted)).map(|(path, _)| *path)
    };
    let is_text = |field: &Field| matches!(field, Field::Message(_) | Field::Solution(_));
    column(is_text).find_map(text)?;
    match shape.key {
        Some(Field::Code) => member.map(|member| member.name.as_str().to_owned()),
        _ => column(|field| *field == Field::Code).find_map(text),
    }
}
