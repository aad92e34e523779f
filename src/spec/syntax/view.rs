//! The place where a parser gave up, and the lines around it.
//!
//! In: a text and a place in it. Out: lines, as an author sees them: how far they are indented, their keys and values.
//! No line is parsed, for they are lines that no parser reads; so what is said of them is a likeness, good enough for a guess.

use std::ops::Range;

/// The start of the character that `at` stands in.
pub(super) fn whole(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// The place where the parser gave up, and the lines around it.
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) said: &'a str,
    pub(super) line: Line<'a>,
    /// The nearest line above that says something.
    pub(super) above: Option<Line<'a>>,
    pub(super) below: Option<Line<'a>>,
}

impl<'a> View<'a> {
    pub(super) fn new(text: &'a str, at: usize, said: &'a str) -> Self {
        // At the end of the text the last line that says something is the one to look at.
        let last = text.trim_end().len();
        let at = whole(text, at.min(last));
        let line = Line::at(text, at);
        let above = line.all_above(text).find(Line::says_something);
        let below = (line.end() < text.len()).then(|| Line::at(text, line.end() + 1));
        Self { text, at, said, line, above, below }
    }

    pub(super) fn says(&self, words: &str) -> bool {
        self.said.contains(words)
    }
}

/// A line without its end.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn at(text: &'a str, at: usize) -> Self {
        let at = whole(text, at);
        let (before, after) = text.split_at(at);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(text.len(), |end| at + end);
        Self { start, text: &text[start..end] }
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The lines above it, the nearest first.
    pub(super) fn all_above(&self, text: &'a str) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let mut start = self.start;
        std::iter::from_fn(move || {
            let line = Line::at(text, start.checked_sub(1)?);
            start = line.start;
            Some(line)
        })
    }

    /// The lines below it, the nearest first.
    pub(super) fn all_below(&self, text: &'a str) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let mut end = self.end();
        std::iter::from_fn(move || {
            let line = (end < text.len()).then(|| Line::at(text, end + 1))?;
            end = line.end();
            Some(line)
        })
    }

    pub(super) fn says_something(&self) -> bool {
        let text = self.text.trim_start();
        !text.is_empty() && !text.starts_with('#')
    }

    /// What stands before its first character, be it what it may.
    pub(super) fn lead(&self) -> &'a str {
        let body = self.text.trim_start_matches(is_blank);
        &self.text[..self.text.len() - body.len()]
    }

    pub(super) fn indent(&self) -> usize {
        self.text.bytes().take_while(|byte| *byte == b' ').count()
    }

    /// Whether an item of a list begins here.
    pub(super) fn is_item(&self) -> bool {
        self.text[self.indent()..].starts_with("- ")
    }

    /// Where its key stands, or its text: behind the marks of list items.
    pub(super) fn body(&self) -> usize {
        let mut at = self.indent();
        while let Some(rest) = self.text[at..].strip_prefix("- ") {
            at = self.text.len() - rest.trim_start_matches(' ').len();
        }
        at
    }

    /// Its key, and where its value begins; the value may be empty.
    pub(super) fn key(&self) -> Option<(&'a str, usize)> {
        let body = &self.text[self.body()..];
        let (key, value) =
            body.split_once(": ").or_else(|| body.trim_end().strip_suffix(':').map(|key| (key, "")))?;
        let is_key = !key.is_empty() && !key.contains(' ') && !key.starts_with(['"', '\'', '{', '[', '#']);
        let value = value.trim_start_matches(' ');
        is_key.then(|| (key, if value.is_empty() { self.text.len() } else { self.text.len() - value.len() }))
    }

    /// The word that a line begins with, if what stands behind it is `mark`.
    pub(super) fn word_before(&self, mark: &str) -> Option<(&'a str, Range<usize>)> {
        let body = self.body();
        let (word, rest) = self.text[body..].split_once(mark)?;
        let is_word = !word.is_empty()
            && !rest.is_empty()
            && word.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '_' | '-'));
        let at = self.start + body + word.len();
        is_word.then_some((word, at..at + mark.len()))
    }

    /// Where the value of its key stands.
    pub(super) fn value(&self) -> Option<(Range<usize>, &'a str)> {
        let (_, value) = self.key()?;
        let text = self.text[value..].trim_end();
        (!text.is_empty()).then(|| (self.start + value..self.start + value + text.len(), text))
    }
}

/// Whether a character is a blank of any kind, or one that nobody sees.
pub(super) fn is_blank(ch: char) -> bool {
    ch.is_whitespace() || crate::characters::is_hidden(ch)
}
