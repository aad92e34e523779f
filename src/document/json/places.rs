//! Where things are in a JSON document.
//!
//! In: a document as a tree. Out: its single values, the places that hold the rows of a table, what a pattern matches as a
//! whole, and where rows seem to stand if they do not stand where the recipe looks. Nothing is read here.

use super::{Document, Place, Shape, children, is_collection, place_of, scalar, select};
use crate::document::{Field, JsonPath, JsonStep};
use regex::Regex;
use std::collections::VecDeque;
use std::ops::Range;

/// How many levels of a document a pattern is held against as a whole. What lies deeper and is not matched is told as text
/// that nobody reads.
const MOST_LEVELS: usize = 8;

impl<'a> Document<'a> {
    /// The first place whose values have a code where the recipe looks for one.
    pub(super) fn rows_elsewhere(&self, shape: &Shape<'_>) -> Option<JsonPath> {
        let code = shape.columns.iter().find(|(_, (_, field))| *field == Some(&Field::Code));
        let (code, _) = code?;
        let mut open = VecDeque::from([(&self.root, JsonPath::default())]);
        // Rows stand near the top of a document, or nobody would find them.
        for _ in 0..1_000 {
            let (holder, path) = open.pop_front()?;
            let mut found = Vec::new();
            if let Some((first, _)) = children(holder).next() {
                select((first, None), code, &mut found);
            }
            if found.into_iter().any(|(value, _)| matches!(scalar(value), Ok(Some(_)))) {
                return Some(path);
            }
            for (child, member) in children(holder) {
                let step = match member {
                    Some(member) => JsonStep::Name(member.name.as_str().to_owned()),
                    None => JsonStep::Each,
                };
                let steps = path.0.iter().cloned().chain([step]).collect();
                open.push_back((child, JsonPath(steps)));
            }
        }
        None
    }

    /// Every single value, each with the member it is the value of.
    pub(in crate::document) fn pieces(&self) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut open: Vec<Place<'_, 'a>> = vec![(&self.root, None)];
        while let Some((value, member)) = open.pop() {
            if is_collection(value) {
                open.extend(children(value));
            } else {
                pieces.push(place_of((value, member)));
            }
        }
        pieces.sort_by_key(|piece| piece.start);
        pieces
    }

    /// Where the rows of a table are: the places of the arrays and objects that hold them.
    pub(in crate::document) fn holders(&self, at: &JsonPath) -> Vec<Range<usize>> {
        let mut holders = Vec::new();
        select((&self.root, None), &at.0, &mut holders);
        holders.into_iter().map(place_of).collect()
    }

    /// The arrays and objects that match a pattern as a whole, with their names and all that they hold, in the order of
    /// the text. A line end in them is a blank to the pattern.
    pub(in crate::document) fn matching(&self, text: &str, pattern: &Regex) -> Vec<Range<usize>> {
        let flat = text.replace('\n', " ");
        // Each level of the value is another way through it, and documents have a few.
        let mut left = flat.len().saturating_mul(MOST_LEVELS);
        let mut found = Vec::new();
        let mut open = VecDeque::from([&self.root]);
        while let Some(holder) = open.pop_front() {
            for child in children(holder).filter(|(child, _)| is_collection(child)) {
                let place = place_of(child);
                let Some(rest) = left.checked_sub(place.len()) else { continue };
                left = rest;
                if pattern.is_match(&flat[place.clone()]) {
                    found.push(place);
                } else {
                    open.push_back(child.0);
                }
            }
        }
        found.sort_by_key(|place| place.start);
        found
    }
}
