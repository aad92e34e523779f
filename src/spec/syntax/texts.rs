//! Slips of texts that go over several lines, and of the comments that stand beside texts.
//!
//! In: the place where the parser gave up. Out: a guess. Deliberately elsewhere: how far the lines of such a text are
//! indented (`lines`), and its quotes (`pairs`).

use super::Guess;
use super::lines::value_behind_block_key;
use super::view::{Line, View};

/// A `#` that begins a comment where none can stand.
pub(super) fn comment(view: &View<'_>) -> Option<Guess> {
    let place = view.at..view.at + 1;
    if !view.text[view.at..].starts_with('#') {
        return None;
    }
    if view.says("comment intercepting the multiline text") {
        let below = view.line.all_below(view.text).find(Line::says_something)?;
        if let Some(guess) = value_behind_block_key(view, view.line, below) {
            return Some(guess);
        }
        let message = "for YAML this is a comment, and the text goes on below it";
        return Guess::new(place, message, "put the whole text in quotes, or the comment on a line above it");
    }
    if !view.says("comments must be separated from other tokens") {
        return None;
    }
    let message = "a blank is missing before this `#`";
    let is_header = view.line.value().is_some_and(|(_, text)| text.starts_with(['|', '>']));
    if is_header {
        return Guess::new(place, message, "write ` #`")?.instead(view.at..view.at, " ");
    }
    Guess::new(place, message, "write ` #` if a comment begins here; if not, put the whole text in quotes")
}

/// A number behind the `|` of a text whose lines are not indented so far.
pub(super) fn header_number(view: &View<'_>) -> Option<Guess> {
    if !view.says("wrongly indented line in block scalar") {
        return None;
    }
    let above = view
        .line
        .all_above(view.text)
        .find(|above| above.says_something() && above.indent() < view.line.indent())?;
    let ((key, _), (range, text)) = (above.key()?, above.value()?);
    let mark = text.chars().next().filter(|mark| matches!(mark, '|' | '>'))?;
    let at = text.find(|ch: char| ch.is_ascii_digit()).filter(|at| *at <= 2)?;
    let digit = &text[at..=at];
    let place = range.start + at..range.start + at + 1;
    let message = format!(
        "the `{digit}` behind `{mark}` says that the text is indented by {digit} blanks more than `{key}`"
    );
    Guess::new(place.clone(), message, "remove it")?.instead(place, "")
}
