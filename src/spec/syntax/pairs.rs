//! Slips of what comes in pairs: quotes, brackets and braces.

use super::view::{Line, View};
use super::{Guess, joined};
use crate::spec::write;
use crate::spec::yaml::DEEPEST;

/// A quote that opens above, in a text that should have ended with its line: it swallows the lines below, up to the next
/// quote, behind which the parser finds what it does not expect.
pub(super) fn unclosed_above(view: &View<'_>) -> Option<Guess> {
    let is_escape = view.says("while parsing a quoted scalar");
    let line = if view.says("comments must be separated") {
        view.line
    } else if is_escape {
        let at = view.at + view.text[view.at..].find('\\')?;
        Line::at(view.text, at)
    } else {
        return None;
    };
    let opens =
        |above: &Line<'_>| quote_left_open(above).is_some_and(|(_, quote)| quote == '"' || !is_escape);
    let above = line.all_above(view.text).take(LINES_ABOVE).find(opens)?;
    // A text of several lines is indented deeper than its key.
    let below = above.all_below(view.text).find(Line::says_something)?;
    if below.indent() > above.body() || below.start > line.start || below.key().is_none() && !below.is_item()
    {
        return None;
    }
    never_closed(view, quote_left_open(&above)?.0)
}

/// The quote of a line that opens a text and does not close it, and where it stands: before a value, before a key, within
/// brackets, or behind what they hold.
fn quote_left_open(line: &Line<'_>) -> Option<(usize, char)> {
    let body = line.start + line.body();
    let (start, text) = match line.value() {
        Some((range, text)) => (range.start, text),
        None => (body, line.text[line.body()..].trim_end()),
    };
    let is_quote = |ch: &char| matches!(ch, '"' | '\'');
    let begins = text.chars().next().filter(is_quote).map(|quote| (start, quote));
    let ends = || {
        let quote = text.chars().next_back().filter(is_quote)?;
        let is_closed =
            text.starts_with(['[', '{']) && text[..text.len() - 1].trim_end().ends_with([']', '}']);
        is_closed.then_some((start + text.len() - 1, quote))
    };
    let is_alone = |(_, quote): &(usize, char)| unescaped(text, *quote) == 1;
    begins.or_else(ends).filter(is_alone).or_else(|| quote_left_open_in(text, start))
}

/// The quote that opens a text within brackets and is not closed in this line, where what the brackets hold begins at `start`.
fn quote_left_open_in(list: &str, start: usize) -> Option<(usize, char)> {
    if !list.starts_with(['[', '{']) {
        return None;
    }
    let (mut open, mut is_escaped) = (None, false);
    for (at, ch) in list.char_indices() {
        match open {
            Some((_, quote)) if ch == quote && !is_escaped => open = None,
            None if opens_quote(&list[..at], ch) => open = Some((start + at, ch)),
            Some(_) | None => {}
        }
        is_escaped = ch == '\\' && !is_escaped && open.is_some_and(|(_, quote)| quote == '"');
    }
    open
}

/// Whether a character that stands behind `before` in brackets begins a text in quotes.
fn opens_quote(before: &str, ch: char) -> bool {
    matches!(ch, '"' | '\'') && before.ends_with([' ', '[', '{', ','])
}

/// How many lines above are searched for a quote that is never closed.
const LINES_ABOVE: usize = 200;

/// Quotes that do not hold the whole text.
pub(super) fn quotes(view: &View<'_>) -> Option<Guess> {
    if view.says("unclosed quote") || view.says("found unexpected document indicator") {
        return never_closed(view, view.at);
    }
    if !view.says("invalid trailing content after") {
        return None;
    }
    let comma = view.text[view.at..].chars().next().filter(|ch| matches!(ch, '，' | '、'));
    if let Some(comma) = comma.filter(|_| last_open(&view.line, view.at).is_some()) {
        return full_width_comma(view, view.at, comma);
    }
    if let Some(opener) = opened_above(view) {
        return never_closed(view, opener);
    }
    // As in JSON.
    if let Some(guess) = joined::mark_at_the_end(&view.line, view.at..view.line.end()) {
        return Some(guess);
    }
    let Some((range, text)) = view.line.value() else {
        let place = view.at..view.line.start + view.line.text.trim_end().len();
        return Guess::new(
            place,
            "the text goes on behind the quote that ends it",
            "put the whole text in quotes",
        );
    };
    let quote = text.chars().next().filter(|ch| matches!(ch, '"' | '\''))?;
    let place = view.at..view.line.start + view.line.text.trim_end().len();
    let message = format!("the text goes on behind the `{quote}` that ends it");
    // `'It isn't so.'` is quoted as a whole; `"Token" is missing.` is not.
    let inner = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    let help = if quote == '\'' && inner.is_some() {
        "write an apostrophe in single quotes as `''`, or use double quotes"
    } else {
        "put the whole text in quotes"
    };
    Guess::new(place, message, help)?.instead(range, write::anywhere(inner.unwrap_or(text)))
}

/// That a quote is never closed, or that what should close it does not.
fn never_closed(view: &View<'_>, opener: usize) -> Option<Guess> {
    let line = Line::at(view.text, opener);
    let end = line.start + line.text.trim_end().len();
    if view.text[opener..].starts_with('"') && view.text[opener + 1..end].ends_with("\\\"") {
        let message = "the backslash makes this quote a part of the text, which nothing closes then";
        let help = "take the backslash away, or write `\\\\` for one that belongs to the text";
        return Guess::new(end - 2..end, message, help);
    }
    let place = opener..opener + view.text[opener..].chars().next().map_or(0, char::len_utf8);
    Guess::new(place, "the quote that opens here is never closed", "close it, or remove it")
}

/// How often a quote stands in a text and is no part of it.
fn unescaped(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let stands = |ch: &char| {
        let is_escape = !escaped && *ch == '\\' && quote == '"';
        let counts = !escaped && *ch == quote;
        escaped = is_escape;
        counts
    };
    text.chars().filter(stands).count()
}

/// The quote that a line above opens and only this line closes, where it opens one of its own.
fn opened_above(view: &View<'_>) -> Option<usize> {
    let before = view.text[view.line.start..view.at].trim_end();
    let quote = before.chars().next_back().filter(|ch| matches!(ch, '"' | '\''))?;
    if unescaped(before, quote).is_multiple_of(2) {
        return None;
    }
    let opens =
        |line: Line<'_>| quote_left_open(&line).filter(|(_, opened)| *opened == quote).map(|(at, _)| at);
    view.line.all_above(view.text).find_map(opens)
}

/// Brackets and braces that do not match, or hold what they cannot.
pub(super) fn brackets(view: &View<'_>) -> Option<Guess> {
    let end = |at: usize| at + view.text[at..].chars().next().map_or(0, char::len_utf8);
    if view.says("mismatched bracket") || view.says("unclosed bracket") {
        let (message, help) =
            ("this bracket is not closed by its like", "close it, or put the text in quotes");
        return Guess::new(view.at..end(view.at), message, help);
    }
    if view.says("misplaced bracket") {
        let first = view.text[view.at..].chars().next()?;
        let message = format!("this `{first}` closes nothing");
        return Guess::new(view.at..end(view.at), message, "remove it, or put the text in quotes");
    }
    if view.says("may not precede any of") {
        let message = "a blank is missing behind this `:`";
        return Guess::new(view.at..end(view.at), message, "write `key: value`")?
            .instead(end(view.at)..end(view.at), " ");
    }
    let is_open = ["flow", "is only valid inside a block", "invalid indentation in", "illegal placement of"];
    if !is_open.iter().any(|words| view.says(words)) {
        return None;
    }
    // The bracket that stays open up to the place.
    let opener = std::iter::once(view.line)
        .chain(view.line.all_above(view.text).take(50))
        .find_map(|line| last_open(&line, view.at))?;
    let list = view.text[opener..].lines().next().unwrap_or_default();
    if let Some((quote, _)) = quote_left_open_in(list, opener).filter(|_| view.at > opener + list.len()) {
        return never_closed(view, quote);
    }
    let bracket = view.text[opener..].chars().next()?;
    let close = if bracket == '{' { '}' } else { ']' };
    let within = &view.text[opener..view.at.max(opener)];
    if let Some(comma) = within.find('，') {
        return full_width_comma(view, opener + comma, '，');
    }
    if let Some(comment) = comment_within(list)
        && let Some(words) = list[comment..].trim_end().strip_suffix(close)
    {
        let place = opener + comment..opener + list.trim_end().len();
        let start = opener + list[..comment].trim_end().len();
        let message = format!("for YAML a comment begins here, and the `{close}` is a part of it");
        return Guess::new(place.clone(), message, format!("write the `{close}` before the `#`"))?
            .instead(start..place.end, format!("{close} {}", words.trim_end()));
    }
    let inner = list[bracket.len_utf8()..].trim_start();
    if inner.starts_with(',') {
        let comma = opener + list.len() - inner.len();
        let message = "nothing stands before this `,`";
        return Guess::new(comma..comma + 1, message, "remove it")?.instead(comma..comma + 1, "");
    }
    let twice = list.match_indices(',').find(|(at, _)| list[at + 1..].trim_start().starts_with(','));
    if let Some((comma, _)) = twice.filter(|_| !list.contains(['"', '\''])) {
        let message = "nothing stands between this `,` and the next one";
        return Guess::new(opener + comma..opener + comma + 1, message, "remove one of the two");
    }
    if within.contains('\n') || view.says("EOF") {
        let message = format!("this `{bracket}` is never closed");
        return Guess::new(opener..opener + 1, message, format!("close it with `{close}`"));
    }
    let message = format!("a `,` or the `{close}` is missing before this");
    let help = format!("in `{bracket}{close}`, a text with `,` or `: ` has to be quoted");
    Guess::new(view.at..end(view.at), message, help)
}

/// That a comma separates nothing.
fn full_width_comma(view: &View<'_>, at: usize, comma: char) -> Option<Guess> {
    let place = at..at + comma.len_utf8();
    let instead = if view.text[place.end..].starts_with(' ') { "," } else { ", " };
    let message = format!("a full-width `{comma}` separates nothing in brackets");
    Guess::new(place.clone(), message, "write `, `, or put the text in quotes")?.instead(place, instead)
}

/// Brackets that nest deeper than the parser follows.
pub(super) fn too_deep(view: &View<'_>) -> Option<Guess> {
    if !view.says("recursion limit") {
        return None;
    }
    let place = view.line.value().map_or(view.at..view.at, |(range, _)| range.start..range.start + 1);
    let message = format!("collections nest deeper than {DEEPEST} levels");
    let guess = Guess::new(place, message, "if a text was meant, put it in quotes")?;
    Some(Guess { id: "too_deep", ..guess })
}

/// Where a comment begins in a line, outside of its quotes.
fn comment_within(line: &str) -> Option<usize> {
    let mut quote = None;
    line.char_indices().find_map(|(at, ch)| {
        match (ch, quote) {
            ('#', None) if line[..at].ends_with(' ') => return Some(at),
            (_, Some(mark)) => quote = quote.filter(|_| ch != mark),
            (_, None) if opens_quote(&line[..at], ch) => quote = Some(ch),
            _ => {}
        }
        None
    })
}

/// The last bracket that a line opens and, before `until`, does not close.
fn last_open(line: &Line<'_>, until: usize) -> Option<usize> {
    let (mut open, mut quote) = (Vec::new(), None);
    let comment = comment_within(line.text).unwrap_or(line.text.len());
    for (at, ch) in line.text.char_indices().take_while(|(at, _)| line.start + at < until && *at < comment) {
        match (ch, quote) {
            (_, Some(mark)) => quote = quote.filter(|_| ch != mark),
            (_, None) if opens_quote(&line.text[..at], ch) => quote = Some(ch),
            ('[' | '{', None) => open.push(line.start + at),
            (']' | '}', None) => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}
