//! What keeps a text from being YAML, in an author's words.
//!
//! In: a text, where the parser gave up, and what it said. Out: one fault, at the place of the mistake rather than where
//! the parser noticed it, with what to write instead. A parser knows that it met a `:`; a person wants to hear that the
//! text has to be quoted, or that the line above is indented with a tab.
//!
//! Each function of `characters`, `texts`, `pairs` and `lines` knows one kind of slip and looks at the lines around the place for it;
//! the first that recognizes its own tells. They guess, so none of their answers is ever written unasked. What none
//! recognizes is told in the parser's words. Deliberately elsewhere: what the subset of YAML leaves out (`yaml`), and what keys mean (`fields`).

mod characters;
mod lines;
mod pairs;
mod texts;
mod view;

use super::write;
use crate::diagnostics::{Diagnostic, SourceId, Span};
use std::ops::Range;
use view::{Line, View, whole};

/// The fault of a text that the parser gave up at `at`, where it `said` why.
pub(super) fn fault(text: &str, source: SourceId, at: usize, said: &str) -> Diagnostic {
    let view = View::new(text, at, said);
    let slips: [fn(&View<'_>) -> Option<Guess>; 16] = [
        characters::conflict,
        characters::control,
        characters::byte_order_mark,
        characters::line_end,
        characters::behind_the_end,
        characters::indentation_blank,
        texts::comment,
        texts::header_number,
        pairs::too_deep,
        pairs::quotes,
        characters::escape,
        characters::first_character,
        pairs::brackets,
        lines::colon,
        lines::no_key,
        lines::indentation,
    ];
    let guess = slips.iter().find_map(|slip| slip(&view));
    // A slip that takes the one byte at a place may take a part of a character.
    let span = |range: Range<usize>| {
        let end = (range.end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        Span::new(source, whole(text, range.start), end)
    };
    let Some(guess) = guess else {
        return Diagnostic::error("yaml_syntax", span(at..at), said.replace('\'', "`"));
    };
    let fault = Diagnostic::error(guess.id, span(guess.place), guess.message).help(guess.help);
    match guess.instead {
        Some((place, text)) => fault.suggest(span(place), text),
        None => fault,
    }
}

/// What most likely went wrong.
struct Guess {
    id: &'static str,
    place: Range<usize>,
    message: String,
    help: String,
    instead: Option<(Range<usize>, String)>,
}

impl Guess {
    #[expect(clippy::unnecessary_wraps, reason = "every slip returns it so")]
    fn new(place: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Option<Self> {
        Some(Self { id: "yaml_syntax", place, message: message.into(), help: help.into(), instead: None })
    }

    #[expect(clippy::unnecessary_wraps, reason = "every slip returns it so")]
    fn instead(self, place: Range<usize>, text: impl Into<String>) -> Option<Self> {
        Some(Self { instead: Some((place, text.into())), ..self })
    }
}

/// That a text has to be quoted, and how.
fn in_quotes(view: &View<'_>, line: &Line<'_>, place: Range<usize>, message: String) -> Option<Guess> {
    let guess = Guess::new(place, message, "put the text in quotes")?;
    let Some((range, text)) = line.value() else { return Some(guess) };
    // A text that goes on below is left to its author.
    let goes_on = view.below.is_some_and(|below| below.says_something() && below.indent() > line.body());
    if goes_on { Some(guess) } else { guess.instead(range, write::anywhere(text)) }
}
