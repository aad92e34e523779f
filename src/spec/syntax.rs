//! What keeps a text from being YAML, in an author's words.
//!
//! In: a text, where the parser gave up, and what it said. Out: one fault, at the place of the mistake rather than where
//! the parser noticed it, with what to write instead. A parser knows that it met a `:`; a person wants to hear that the
//! text has to be quoted, or that the line above is indented with a tab.
//!
//! Each function below knows one kind of slip and looks at the lines around the place for it; the first that recognizes its
//! own tells. They guess, so none of their answers is ever written unasked. What none recognizes is told in the parser's
//! words. Deliberately elsewhere: what the subset of YAML leaves out (`yaml`), and what keys mean (`fields`).

use super::write;
use crate::diagnostics::{Diagnostic, SourceId, Span};
use std::ops::Range;

/// The fault of a text that the parser gave up at `at`, where it `said` why.
pub(super) fn fault(text: &str, source: SourceId, at: usize, said: &str) -> Diagnostic {
    let view = View::new(text, at, said);
    let slips: [fn(&View<'_>) -> Option<Guess>; 13] = [
        conflict,
        control,
        byte_order_mark,
        line_end,
        behind_the_end,
        indentation_blank,
        quotes,
        escape,
        first_character,
        brackets,
        colon,
        no_key,
        indentation,
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

/// The start of the character that `at` stands in.
fn whole(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
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

/// The place where the parser gave up, and the lines around it.
struct View<'a> {
    text: &'a str,
    at: usize,
    said: &'a str,
    line: Line<'a>,
    /// The nearest line above that says something.
    above: Option<Line<'a>>,
    below: Option<Line<'a>>,
}

impl<'a> View<'a> {
    fn new(text: &'a str, at: usize, said: &'a str) -> Self {
        // At the end of the text the last line that says something is the one to look at.
        let last = text.trim_end().len();
        let at = whole(text, at.min(last));
        let line = Line::at(text, at);
        let above = line.all_above(text).find(Line::says_something);
        let below = (line.end() < text.len()).then(|| Line::at(text, line.end() + 1));
        Self { text, at, said, line, above, below }
    }

    fn says(&self, words: &str) -> bool {
        self.said.contains(words)
    }
}

/// A line without its end.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn at(text: &'a str, at: usize) -> Self {
        let at = whole(text, at);
        let (before, after) = text.split_at(at);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(text.len(), |end| at + end);
        Self { start, text: &text[start..end] }
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The lines above it, the nearest first.
    fn all_above(&self, text: &'a str) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let mut start = self.start;
        std::iter::from_fn(move || {
            let line = Line::at(text, start.checked_sub(1)?);
            start = line.start;
            Some(line)
        })
    }

    fn says_something(&self) -> bool {
        let text = self.text.trim_start();
        !text.is_empty() && !text.starts_with('#')
    }

    /// What stands before its first character, be it what it may.
    fn lead(&self) -> &'a str {
        let body = self.text.trim_start_matches(|ch: char| ch.is_whitespace() || INVISIBLE.contains(&ch));
        &self.text[..self.text.len() - body.len()]
    }

    fn indent(&self) -> usize {
        self.text.bytes().take_while(|byte| *byte == b' ').count()
    }

    /// Where its key stands, or its text: behind the marks of list items.
    fn body(&self) -> usize {
        let mut at = self.indent();
        while let Some(rest) = self.text[at..].strip_prefix("- ") {
            at = self.text.len() - rest.trim_start_matches(' ').len();
        }
        at
    }

    /// Its key, and where its value begins; the value may be empty.
    fn key(&self) -> Option<(&'a str, usize)> {
        let body = &self.text[self.body()..];
        let (key, value) =
            body.split_once(": ").or_else(|| body.trim_end().strip_suffix(':').map(|key| (key, "")))?;
        let is_key = !key.is_empty() && !key.contains(' ') && !key.starts_with(['"', '\'', '{', '[', '#']);
        let value = value.trim_start_matches(' ');
        is_key.then(|| (key, if value.is_empty() { self.text.len() } else { self.text.len() - value.len() }))
    }

    /// The word that a line begins with, if what stands behind it is `mark`.
    fn word_before(&self, mark: &str) -> Option<(&'a str, Range<usize>)> {
        let body = self.body();
        let (word, rest) = self.text[body..].split_once(mark)?;
        let is_word = !word.is_empty()
            && !rest.is_empty()
            && word.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '_' | '-'));
        let at = self.start + body + word.len();
        is_word.then_some((word, at..at + mark.len()))
    }

    /// Where the value of its key stands.
    fn value(&self) -> Option<(Range<usize>, &'a str)> {
        let (_, value) = self.key()?;
        let text = self.text[value..].trim_end();
        (!text.is_empty()).then(|| (self.start + value..self.start + value + text.len(), text))
    }
}

/// Blanks that nobody sees and that are no whitespace to Rust: zero-width ones, and the byte order mark.
const INVISIBLE: [char; 4] = ['\u{200B}', '\u{200C}', '\u{200D}', '\u{FEFF}'];

/// That a text has to be quoted, and how.
fn in_quotes(view: &View<'_>, line: &Line<'_>, place: Range<usize>, message: String) -> Option<Guess> {
    let guess = Guess::new(place, message, "put the text in quotes")?;
    let Some((range, text)) = line.value() else { return Some(guess) };
    // A text that goes on below is left to its author.
    let goes_on = view.below.is_some_and(|below| below.says_something() && below.indent() > line.body());
    if goes_on { Some(guess) } else { guess.instead(range, write::anywhere(text)) }
}

/// The marks of a conflict that somebody forgot to resolve.
fn conflict(view: &View<'_>) -> Option<Guess> {
    let marks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let mut at = 0;
    for line in view.text.split_inclusive('\n') {
        let mark = line.trim_end();
        let is_mark = marks.iter().any(|wanted| {
            mark.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
        if is_mark {
            let place = at..at + mark.len();
            let help = "keep one side of the conflict, and remove its marks";
            let guess = Guess::new(place, "a merge conflict is left unresolved here", help)?;
            return Some(Guess { id: "merge_conflict", ..guess });
        }
        at += line.len();
    }
    None
}

/// A character that YAML does not have.
fn control(view: &View<'_>) -> Option<Guess> {
    let is_control = |ch: char| (ch < ' ' && !"\t\n\r".contains(ch)) || ch == '\u{7F}';
    let (at, ch) = view.text[view.at..].char_indices().find(|(_, ch)| is_control(*ch))?;
    let at = view.at + at;
    if !view.says("unexpected character") || at > view.line.end() {
        return None;
    }
    let message = format!("the control character U+{:04X} stands here", u32::from(ch));
    Guess::new(at..at + ch.len_utf8(), message, "remove it")?.instead(at..at + ch.len_utf8(), "")
}

/// The mark of a file's first bytes, further down: two files were joined.
fn byte_order_mark(view: &View<'_>) -> Option<Guess> {
    if !view.says("BOM must not appear") {
        return None;
    }
    let at = view.line.start + view.line.text.find('\u{FEFF}')?;
    let place = at..at + '\u{FEFF}'.len_utf8();
    Guess::new(place.clone(), "a byte order mark stands here, within the file", "remove it")?
        .instead(place, "")
}

/// A character that ends lines elsewhere, so that two lines of the author are one of YAML.
fn line_end(view: &View<'_>) -> Option<Guess> {
    if !view.says("mapping values are not allowed") {
        return None;
    }
    let before = &view.text[view.line.start..view.at];
    let (at, ch) = before.char_indices().rfind(|(_, ch)| matches!(ch, '\u{85}' | '\u{2028}' | '\u{2029}'))?;
    let place = view.line.start + at..view.line.start + at + ch.len_utf8();
    let message = format!("the character U+{:04X} ends no line", u32::from(ch));
    Guess::new(place.clone(), message, "end the line with a line feed")?.instead(place, "\n")
}

/// A line behind what is a whole document by itself: brackets, or a text.
fn behind_the_end(view: &View<'_>) -> Option<Guess> {
    if !view.says("did not find expected <document start>") {
        return None;
    }
    let place = view.at..view.line.start + view.line.text.trim_end().len();
    let message = "what the file holds ends above, and this line is no part of it";
    Guess::new(place, message, "a file of a book is one mapping: keys, each with `: ` behind it")
}

/// A tab or a blank of another kind that indents a line.
fn indentation_blank(view: &View<'_>) -> Option<Guess> {
    let lines = [Some(view.line), view.below, view.above];
    for line in lines.into_iter().flatten() {
        let lead = line.lead();
        let Some(at) = lead.find(|ch: char| ch != ' ' && ch != '\r') else { continue };
        if lead.len() == line.text.len() {
            continue;
        }
        let place = line.start + at..line.start + lead.len();
        let what = match lead[at..].chars().next().unwrap_or_default() {
            '\t' => "a tab".to_owned(),
            ch => format!("the character U+{:04X}", u32::from(ch)),
        };
        return Guess::new(place, format!("{what} indents this line"), "indent with blanks");
    }
    if !view.says("tab") {
        return None;
    }
    let at = view.at + view.text[view.at..].find('\t')?;
    Guess::new(at..at + 1, "a tab stands here, where only blanks can", "write a blank")?
        .instead(at..at + 1, " ")
}

/// Quotes that do not hold the whole text.
fn quotes(view: &View<'_>) -> Option<Guess> {
    if view.says("unclosed quote") || view.says("found unexpected document indicator") {
        let place = view.at..view.at + view.text[view.at..].chars().next().map_or(0, char::len_utf8);
        return Guess::new(place, "the quote that opens here is never closed", "close it, or remove it");
    }
    if !view.says("invalid trailing content after") {
        return None;
    }
    if let Some(opener) = opened_above(view) {
        let message = "the quote that opens here is never closed";
        return Guess::new(opener..opener + 1, message, "close it, or remove it");
    }
    let (range, text) = view.line.value()?;
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

/// The quote that a line above opens and only this line closes, where it opens one of its own.
fn opened_above(view: &View<'_>) -> Option<usize> {
    let before = view.text[view.line.start..view.at].trim_end();
    let quote = before.chars().next_back().filter(|ch| matches!(ch, '"' | '\''))?;
    if before.matches(quote).count() % 2 == 0 {
        return None;
    }
    let opens = |line: Line<'_>| {
        let (range, text) = line.value()?;
        (text.starts_with(quote) && text.matches(quote).count() == 1).then_some(range.start)
    };
    view.line.all_above(view.text).find_map(opens)
}

/// A backslash in double quotes that begins no escape.
fn escape(view: &View<'_>) -> Option<Guess> {
    if !view.says("while parsing a quoted scalar") {
        return None;
    }
    let mut at = view.at;
    let digits = |from: usize, count: usize| {
        let found =
            view.text.get(from..from + count).filter(|text| text.chars().all(|ch| ch.is_ascii_hexdigit()));
        found.and_then(|text| u32::from_str_radix(text, 16).ok())
    };
    loop {
        at += view.text[at..].find('\\')?;
        let kind = view.text[at + 1..].chars().next()?;
        let count = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let number = if count > 0 { digits(at + 2, count) } else { None };
        let is_known = "0abtnvfre \"/\\N_LP\t\n\r".contains(kind);
        if count == 0 && is_known {
            at += 1 + kind.len_utf8();
            continue;
        }
        if let Some(number) = number {
            // The first half of a pair is right if the second follows.
            let is_pair = (0xD800..0xDC00).contains(&number)
                && view.text[at + 6..].starts_with("\\u")
                && digits(at + 8, 4).is_some_and(|low| (0xDC00..0xE000).contains(&low));
            if is_pair || char::from_u32(number).is_some() {
                at += if is_pair { 12 } else { 2 + count };
                continue;
            }
        }
        let behind = at + 1 + kind.len_utf8();
        let written = view.text[behind..].chars().take(count).take_while(char::is_ascii_hexdigit).count();
        let end = behind + written;
        let message = format!("`{}` is no escape of YAML", &view.text[at..end]);
        let help = if count > 0 {
            "write the character itself, or its number as `\\xHH`, `\\uHHHH` or `\\UHHHHHHHH`"
        } else {
            "write a backslash in double quotes as `\\\\`, or put the text in single quotes"
        };
        return Guess::new(at..end, message, help);
    }
}

/// A text that begins with a character that means something.
fn first_character(view: &View<'_>) -> Option<Guess> {
    let first = view.text[view.at..].chars().next()?;
    let is_refused = view.says("unexpected character")
        || view.says("while scanning a block scalar, did not find expected comment or line break")
        || view.says("found an indentation indicator equal to 0")
        || view.says("block sequence entries are not allowed in this context")
        || view.says("mapping keys are not allowed in this context")
        || view.says("while scanning an anchor or alias")
        || view.says("while scanning a tag")
        || view.says("while scanning a verbatim tag")
        || view.says("while parsing a tag");
    let place = view.at..view.at + first.len_utf8();
    if !is_refused || first.is_alphanumeric() {
        return None;
    }
    match view.line.value() {
        Some((range, _)) if range.contains(&view.at) => {
            let first =
                if view.at == range.start { first } else { view.text[range.start..].chars().next()? };
            in_quotes(view, &view.line, place, format!("a text cannot begin with `{first}`"))
        }
        _ => {
            Guess::new(place, format!("`{first}` cannot stand here"), "put the text in quotes, or remove it")
        }
    }
}

/// Brackets and braces that do not match, or hold what they cannot.
fn brackets(view: &View<'_>) -> Option<Guess> {
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
    let bracket = view.text[opener..].chars().next()?;
    let close = if bracket == '{' { '}' } else { ']' };
    let within = &view.text[opener..view.at.max(opener)];
    if let Some(comma) = within.find('，') {
        let place = opener + comma..opener + comma + '，'.len_utf8();
        let message = "a full-width `，` separates nothing in brackets";
        return Guess::new(place.clone(), message, "write `, `, or put the text in quotes")?
            .instead(place, ", ");
    }
    if within.contains('\n') || view.says("EOF") {
        let message = format!("this `{bracket}` is never closed");
        return Guess::new(opener..opener + 1, message, format!("close it with `{close}`"));
    }
    let message = format!("a `,` or the `{close}` is missing before this");
    let help = format!("in `{bracket}{close}`, a text with `,` or `: ` has to be quoted");
    Guess::new(view.at..end(view.at), message, help)
}

/// The last bracket that a line opens and, before `until`, does not close.
fn last_open(line: &Line<'_>, until: usize) -> Option<usize> {
    let (mut open, mut quote) = (Vec::new(), None);
    for (at, ch) in line.text.char_indices().take_while(|(at, _)| line.start + at < until) {
        match (ch, quote) {
            (_, Some(mark)) => quote = quote.filter(|_| ch != mark),
            ('"' | '\'', None) if line.text[..at].ends_with([' ', '[', '{', ',']) => quote = Some(ch),
            ('[' | '{', None) => open.push(line.start + at),
            (']' | '}', None) => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// A `:` too many, or a line that is indented below a value.
fn colon(view: &View<'_>) -> Option<Guess> {
    if !view.says("mapping values are not allowed") {
        return None;
    }
    let (line, at) = (view.line, view.at);
    if line.value().is_some_and(|(range, _)| range.contains(&at)) {
        let message = "a `: ` within a text makes a key of what is before it".to_owned();
        return in_quotes(view, &line, at..at + 1, message);
    }
    let above = view.above?;
    if above.key().is_none()
        && let Some(guess) = glued_colon(&above)
    {
        return Some(guess);
    }
    let (key, _) = above.key()?;
    let (indent, wanted) = (line.body(), above.body());
    if above.value().is_none() || indent <= wanted {
        return None;
    }
    let place = line.start..line.start + line.indent();
    let message = format!("this line is indented deeper than `{key}` above it, which has a value");
    Guess::new(place.clone(), message, format!("indent it by {wanted} blanks"))?
        .instead(place, " ".repeat(wanted))
}

/// A `:` with no blank behind it.
fn glued_colon(line: &Line<'_>) -> Option<Guess> {
    let (word, mut colon) = line.word_before(":")?;
    // A blank that YAML does not know goes with it.
    let rest = &line.text[colon.end - line.start..];
    let blanks = rest.trim_start_matches(|ch: char| ch.is_whitespace() || INVISIBLE.contains(&ch));
    colon.end += rest.len() - blanks.len();
    let message = format!("a blank is missing behind the `:` of `{word}`");
    Guess::new(colon.clone(), message, format!("write `{word}: `"))?.instead(colon, ": ")
}

/// A line that should have a key and has none.
fn no_key(view: &View<'_>) -> Option<Guess> {
    let line = view.line;
    if !view.says("simple key expected") || view.at < line.start {
        return None;
    }
    if let Some(guess) = glued_colon(&line) {
        return Some(guess);
    }
    for mark in ["：", " = ", "="] {
        if let Some((_, place)) = line.word_before(mark) {
            let mark = mark.trim();
            let message = format!("`{mark}` stands where `: ` should");
            return Guess::new(place.clone(), message, "write `: `")?.instead(place, ": ");
        }
    }
    let body = line.text[line.body()..].trim_end();
    let place = line.start + line.body()..line.start + line.body() + body.len();
    if body.starts_with("//") || body.starts_with("/*") {
        return Guess::new(place, "this is no comment of YAML", "begin each line of a comment with `#`");
    }
    // A sentence belongs to the text above it, wherever it begins.
    let is_beside =
        |above: &Line<'_>| above.body() == line.body() || above.indent() == line.indent() || is_prose(body);
    if let Some(above) = view.above.filter(is_beside)
        && let Some((key, _)) = above.key()
    {
        match above.value() {
            Some((_, text)) if text.starts_with(['|', '>']) => {
                let message = format!("the text of `{key}` is not indented deeper than `{key}`");
                let help = format!("indent each of its lines by {} blanks", above.body() + 2);
                return Guess::new(place, message, help);
            }
            None => {
                let message = format!("the value of `{key}` is not indented deeper than `{key}`");
                return Guess::new(place, message, format!("write it behind `{key}:`"));
            }
            Some(_) if is_prose(body) => {
                let help = format!(
                    "if it belongs to the text of `{key}`, put it on that line; if not, give it a key"
                );
                return Guess::new(place, "this line has no key", help);
            }
            Some(_) => {}
        }
    }
    let word = body.split(' ').next().unwrap_or(body);
    let at = place.start + word.len();
    let message = format!("there is no `:` behind `{}`", crate::characters::visible(word, 40));
    Guess::new(place, message, format!("write `{}: `", crate::characters::visible(word, 40)))?
        .instead(at..at, ":")
}

/// Whether a line reads like a part of a sentence and not like a key without its `:`.
fn is_prose(line: &str) -> bool {
    let words = line.split(' ').count();
    words > 2 || words > 1 && line.ends_with(['.', '!', '?', '。', '！', '？'])
}

/// A line that is indented like none above it, or begins like no line at its place.
fn indentation(view: &View<'_>) -> Option<Guess> {
    if !view.says("did not find expected key") && !view.says("did not find expected '-' indicator") {
        return None;
    }
    let line = view.line;
    if let Some((range, text)) = line.value().filter(|(range, _)| range.contains(&view.at))
        && let Some(first) = text.chars().next().filter(|ch| matches!(ch, '{' | '[' | '"' | '\''))
    {
        let message = format!("the text begins with `{first}`, and goes on behind what that holds");
        return in_quotes(view, &line, range.start..range.start + 1, message);
    }
    let lead = line.indent();
    let place = line.start..line.start + lead;
    let body = &line.text[lead..];
    for bullet in ["–", "—", "−", "•", "·", "－"] {
        if body.starts_with(bullet) {
            let place = line.start + lead..line.start + lead + bullet.len();
            let message = format!("`{bullet}` begins no item of a list");
            return Guess::new(place.clone(), message, "write `-`")?.instead(place, "-");
        }
    }
    if body.starts_with('-') && !body.starts_with("- ") && !body.starts_with("--") && body.len() > 1 {
        let place = line.start + lead..line.start + lead + 1;
        return Guess::new(place.clone(), "a blank is missing behind this `-`", "write `- `")?
            .instead(place, "- ");
    }
    // How far the collections are indented that are open here, the innermost first, and whether each is a list.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for above in line.all_above(view.text).filter(Line::says_something) {
        let outermost = open.last().map_or(usize::MAX, |(indent, _)| *indent);
        let is_item = above.text[above.indent()..].starts_with("- ");
        if above.body() < outermost {
            open.push((above.body(), false));
        }
        if is_item && above.indent() < outermost {
            open.push((above.indent(), true));
        }
        if above.indent() == 0 {
            break;
        }
    }
    let is_item = body.starts_with("- ");
    // A text of several lines whose first line is indented deeper than another.
    let header = line.all_above(view.text).filter(Line::says_something).find(|above| above.body() < lead);
    if let Some((header, (key, _))) = header.and_then(|header| Some((header, header.key()?)))
        && header.value().is_some_and(|(_, text)| text.starts_with(['|', '>']))
    {
        let place = line.start + lead..line.start + line.text.trim_end().len();
        let message = format!("this line of the text of `{key}` is indented less than the first one");
        return Guess::new(place, message, "indent all lines of the text alike");
    }
    let wanted = open.iter().filter(|(_, list)| *list == is_item).map(|(indent, _)| *indent);
    let Some(wanted) = wanted.min_by_key(|indent| indent.abs_diff(lead)).filter(|wanted| *wanted != lead)
    else {
        let place = line.start + lead..line.start + lead + 1;
        let message = "an item of a list stands among keys";
        let help = "begin either all of them with `- `, or none";
        return if is_item { Guess::new(place, message, help) } else { None };
    };
    let at = line.start + line.body();
    let shown = at..at + line.text[line.body()..].split([':', ' ']).next().map_or(0, str::len);
    let shown = if is_item { line.start + lead..line.start + lead + 1 } else { shown };
    let what = if is_item { "items of the list" } else { "keys beside it" };
    let message = format!("this line is indented by {lead}, and the {what} by {wanted}");
    Guess::new(shown, message, format!("indent it by {wanted} blanks"))?.instead(place, " ".repeat(wanted))
}
