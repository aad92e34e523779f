//! Two lines that became one, and a mark behind a line that ends none.
//!
//! In: the place of a `:` that the parser did not expect within a text. Out: a guess that divides the line, if the word
//! before that `:` is a key that stands elsewhere in the file in a column that fits; a text with a `:` has to be quoted,
//! which `lines` tells.

use super::view::{Line, View};
use super::{Guess, keys};
use crate::spec::shape::{Text, Value};
use std::ops::Range;

/// How many lines above and below are searched for a key.
const LINES_AROUND: usize = 500;

/// A key within a line, which has one.
pub(super) fn line(view: &View<'_>) -> Option<Guess> {
    let (line, at) = (view.line, view.at);
    let (range, _) = line.value().filter(|(range, _)| range.contains(&at))?;
    let (key, _) = line.key()?;
    let before = &view.text[range.start..at];
    let word = before.rsplit(' ').next().filter(|word| !word.is_empty() && *word != key)?;
    let head = before[..before.len() - word.len()].trim_end();
    let without_dash = head.strip_suffix('-').filter(|head| head.is_empty() || head.ends_with(' '));
    let is_item = without_dash.is_some();
    let head = without_dash.unwrap_or(head).trim_end();
    let is_alike =
        |other: &Line<'_>| other.is_item() == is_item && other.key().is_some_and(|(name, _)| name == word);
    let near =
        line.all_below(view.text).take(LINES_AROUND).chain(line.all_above(view.text).take(LINES_AROUND));
    // The first key of an item stands in the column of the others.
    let goes_on = view.below.filter(Line::says_something).map_or(0, |below| below.indent());
    let is_known = keys::values(word).next().is_some();
    let opens_block = at + 1 == range.end;
    let column = match near.filter(Line::says_something).find(is_alike) {
        Some(other) if is_item => other.indent(),
        None if !is_known || !opens_block => return None,
        // What stands below shows where.
        _ if opens_block => goes_on.checked_sub(2)?,
        Some(_) if head.is_empty() && goes_on > line.body() => goes_on,
        Some(other) => other.body(),
        None => return None,
    };
    let is_short = keys::values(key).any(|value| {
        !matches!(value, Value::Text(Text::Prose | Text::Note) | Value::Map(_) | Value::Free(..))
    });
    let begins = is_item
        || head.is_empty() && column > line.body()
        || is_short && !head.contains(' ') && column == line.body()
        || opens_block && column <= line.body()
        || !is_known && column == line.body();
    if !begins {
        return None;
    }
    let start = match head {
        "" => line.start + line.body() + key.len() + 1,
        head => range.start + head.len(),
    };
    let place = at - word.len()..at + 1;
    let dash = if is_item { "- " } else { "" };
    let message = format!("`{word}:` stands in the line of `{key}`");
    Guess::new(place.clone(), message, format!("begin a line with `{dash}{word}:`"))?
        .instead(start..place.start, format!("\n{}{dash}", " ".repeat(column)))
}

/// A `,` or `;` that ends a line, as in other notations, if nothing else stands at `place`.
pub(super) fn mark_at_the_end(line: &Line<'_>, place: Range<usize>) -> Option<Guess> {
    let text = &line.text[place.start - line.start..];
    let mark = text.trim();
    if !matches!(mark, "," | ";" | "，" | "；") {
        return None;
    }
    let start = place.end - text.trim_start().len();
    let place = start..start + mark.len();
    let message = format!("a `{mark}` ends no line outside of brackets");
    Guess::new(place.clone(), message, "remove it")?.instead(place, "")
}
