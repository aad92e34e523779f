//! What keeps a text from being YAML, in an author's words.
//!
//! In: a text, where the parser gave up, and what it said. Out: one fault, at the place of the mistake rather than where
//! the parser noticed it, with what to write instead. A parser knows that it met a `:`; a person wants to hear that the
//! text has to be quoted, or that the line above is indented with a tab.
//!
//! Each function of the modules below knows one kind of slip and looks at the lines around the place for it;
//! the first that recognizes its own tells, so that those that look for a cause further up stand first. They guess, so none of
//! their answers is ever written unasked. What none recognizes is told in the parser's words, or plainer ones. Deliberately elsewhere: what the subset of YAML leaves out (`yaml`), and what keys mean (`fields`).

mod characters;
mod columns;
mod entries;
mod joined;
mod keys;
mod lines;
mod pairs;
mod texts;
mod view;

pub(super) use keys::begins_part;
pub(super) use lines::by_blanks;

use super::write;
use super::yaml::LONGEST_VALUE;
use crate::diagnostics::{Diagnostic, SourceId, Span};
use std::ops::Range;
use view::{Line, View, whole};

/// The fault of a text that the parser gave up at `at`, where it `said` why.
pub(super) fn fault(text: &str, source: SourceId, at: usize, said: &str) -> Diagnostic {
    let view = View::new(text, at, said);
    let slips: [fn(&View<'_>) -> Option<Guess>; 27] = [
        characters::conflict,
        characters::patch,
        characters::control,
        characters::byte_order_mark,
        characters::line_end,
        characters::carriage_return,
        characters::directive,
        characters::blank_at_the_end,
        characters::indentation_blank,
        entries::at_the_margin,
        entries::other_column,
        entries::first_item,
        entries::list_at_the_top,
        columns::first_line,
        entries::keys_at_the_dash,
        characters::behind_the_end,
        pairs::unclosed_above,
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
        let said = said.replace('\'', "`");
        let fault = Diagnostic::error("yaml_syntax", span(at..at), said.as_str());
        return match PLAIN_WORDS.iter().find(|(words, ..)| said.contains(words)) {
            Some((_, message, help)) => Diagnostic { message: (*message).to_owned(), ..fault }.help(*help),
            None => fault,
        };
    };
    let fault = Diagnostic::error(guess.id, span(guess.place), guess.message).help(guess.help);
    match guess.instead {
        Some((place, text)) => fault.suggest(span(place), text),
        None => fault,
    }
}

/// The conflict that is left in a text in quotes, at `place`. For the parser its marks are words of the text, wherever they stand.
pub(super) fn conflict_in_quotes(text: &str, place: Span) -> Option<Diagnostic> {
    let guess = characters::conflict_in(text.get(place.range())?)?;
    let start = place.range().start;
    let mark = Span::new(place.source, start + guess.place.start, start + guess.place.end);
    Some(Diagnostic::error(guess.id, mark, guess.message).help(guess.help))
}

/// What a parser says that no slip explains, and how a person says that, with what to look for.
const PLAIN_WORDS: [(&str, &str, &str); 4] = [
    (
        "did not find expected key",
        "this does not go on with the keys above it",
        "keys that stand beside each other begin in one column, and have `: ` behind them",
    ),
    (
        "did not find expected `-` indicator",
        "this does not go on with the list above it",
        "the items of a list begin in one column with `- `, and their keys stand below each other",
    ),
    (
        "mapping values are not allowed",
        "this `:` makes a key of what is before it, and no key can stand here",
        "look at the line above as well: a key stands in a line of its own, in the column of those beside it",
    ),
    (
        "wrongly indented line in block scalar",
        "the lines of this text are not indented alike",
        "indent all of them alike",
    ),
];

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
    let Some((range, text)) = line.value().filter(|(_, text)| text.len() <= LONGEST_VALUE) else {
        return Some(guess);
    };
    // A text that goes on below is left to its author.
    let goes_on = view.below.is_some_and(|below| below.says_something() && below.indent() > line.body());
    if goes_on { Some(guess) } else { guess.instead(range, write::anywhere(text)) }
}
