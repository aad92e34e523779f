//! How far two texts differ, and in which words.
//!
//! In: an old and a new text. Out: whether only their copy differs (blanks, punctuation, width, case), how alike their
//! words are, and the pieces of both with those that changed marked. Chinese characters count as words of their own,
//! because nothing parts them.
//!
//! Everything here takes time that is linear in the texts, or bounded: texts are data, and may be long.

use crate::characters::visible;
use regex::Regex;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// How many words of each text are compared one by one; what is longer counts as changed as a whole, between what both begin
/// and end with.
const MOST_WORDS: usize = 400;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Whether the other text does not have it.
    pub(super) changed: bool,
}

/// Whether two texts say the same words: they differ in blanks, punctuation, width, composition or case at most.
///
/// Punctuation between or before digits counts (`1.5`, `-5`), and so do marks that change what is said (`?`, `%`, `+`) and
/// characters that nobody sees, because whoever adds those has something in mind.
pub(super) fn same_words(old: &str, new: &str) -> bool {
    plain(old) == plain(new)
}

/// What two texts have in common if they say the same words.
pub(super) fn key(text: &str) -> String {
    plain(text)
}

/// Blanks and marks that do not change what is said.
const SILENT: &str = " \t\n\r\u{3000}\u{a0};!'\"()[]、。「」『』《》〈〉【】“”‘’…—·";

fn plain(text: &str) -> String {
    let chars: Vec<char> = text.nfc().map(narrow).collect();
    let mut out = String::with_capacity(text.len());
    let mut last = None;
    for (index, &ch) in chars.iter().enumerate() {
        let next = chars.get(index + 1).copied();
        let is_digit = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit());
        let counts = match ch {
            '.' | ',' | ':' | '/' => is_digit(last) && is_digit(next),
            '-' | '–' | '−' => is_digit(next),
            _ => !SILENT.contains(ch),
        };
        if counts {
            out.extend(ch.to_lowercase());
        }
        last = Some(ch);
    }
    out
}

/// The character of usual width for a full-width one (Unicode's block of full-width forms mirrors ASCII).
fn narrow(ch: char) -> char {
    match u32::from(ch) {
        point @ 0xFF01..=0xFF5E => char::from_u32(point - 0xFEE0).unwrap_or(ch),
        _ => ch,
    }
}

/// How many of the words of both texts are words of the other as well, from 0 to 1; where they stand does not matter.
pub(super) fn likeness(old: &str, new: &str) -> f64 {
    let (old, new) = (words(old), words(new));
    if old.is_empty() && new.is_empty() {
        return 1.0;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &old {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0_u32;
    for word in &new {
        if let Some(count) = counts.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    let total = u32::try_from(old.len() + new.len()).unwrap_or(u32::MAX);
    f64::from(common) * 2.0 / f64::from(total)
}

/// The words of a text in lower case, in their order.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.nfc().map(narrow).collect::<String>().to_lowercase();
    let tokens = tokens(&lower).into_iter();
    tokens.filter(|token| token.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}

/// The placeholders of a text that a program fills: `{}`, `{0}`, `{{name}}`, `${name}`, `%s`, `%1$d`, `%@`. A lone `X` or a
/// tag, which the lint `placeholder_in_text` finds as well, is filled by nobody.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    PLACEHOLDER.find_iter(text).map(|found| found.as_str()).collect()
}

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r"\$?\{\{?\s*[A-Za-z0-9_.:]*\s*\}\}?",
        r"%(?:\d+\$)?@",
        r"%(?:\d+\$)?[-+0#]*\d*(?:\.\d+)?(?:l{1,2}|h{1,2}|z)?[sdifuxXc](?-u:\b)",
    ];
    Regex::new(&forms.join("|")).expect("the forms above are an expression")
});

/// Both texts in pieces, those that the other does not have marked.
pub(super) fn marked<'a>(old: &'a str, new: &'a str) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let (old_tokens, new_tokens) = (tokens(old), tokens(new));
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old_tokens.iter().zip(&new_tokens).take_while(same).count();
    let rest = old_tokens.len().min(new_tokens.len()) - head;
    let tail = old_tokens.iter().rev().zip(new_tokens.iter().rev()).take(rest).take_while(same).count();
    let (mut olds, mut news) = (Marker::new(&old_tokens), Marker::new(&new_tokens));
    olds.take(head, false);
    news.take(head, false);
    let (a, b) = (&old_tokens[head..old_tokens.len() - tail], &new_tokens[head..new_tokens.len() - tail]);
    if a.len() > MOST_WORDS || b.len() > MOST_WORDS {
        olds.take(a.len(), true);
        news.take(b.len(), true);
    } else {
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            let changed = !matches!(op, DiffOp::Equal { .. });
            olds.take(op.old_range().len(), changed);
            news.take(op.new_range().len(), changed);
        }
    }
    olds.take(tail, false);
    news.take(tail, false);
    (olds.finish(old), news.finish(new))
}

/// How many characters that did not change are shown before the first change and after the last one.
const AROUND: usize = 60;

/// As much of a text as shows its changes, in at most about `most` characters, with what is hidden made visible. A text
/// that is short is there as a whole; what is left out is an ellipsis.
pub(super) fn excerpt(pieces: &[Piece<'_>], most: usize) -> Vec<(String, bool)> {
    let is_long = pieces.iter().map(|piece| piece.text.len()).sum::<usize>() > most
        && pieces.iter().map(|piece| piece.text.chars().count()).sum::<usize>() > most;
    let mut left = most;
    let mut out = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let (is_first, is_last) = (index == 0, index + 1 == pieces.len());
        let mut text = piece.text;
        let (mut before, mut after) = ("", "");
        if is_long && !piece.changed && (is_first || is_last) && pieces.len() > 1 {
            if is_first && let Some((at, _)) = text.char_indices().rev().nth(AROUND) {
                (before, text) = ("…", &text[at..]);
            } else if is_last && let Some((at, _)) = text.char_indices().nth(AROUND) {
                (after, text) = ("…", &text[..at]);
            }
        }
        let length = text.chars().count();
        let shown = visible(text, left);
        out.push((format!("{before}{shown}{after}"), piece.changed));
        if length >= left && !is_last {
            // `visible` has put an ellipsis where it cut.
            if length == left {
                out.push(("…".to_owned(), false));
            }
            break;
        }
        left -= length.min(left);
    }
    out
}

/// Joins neighbouring tokens to pieces.
struct Marker<'t, 'a> {
    tokens: &'t [&'a str],
    at: usize,
    /// How many bytes each piece has, and whether it changed.
    runs: Vec<(usize, bool)>,
}

impl<'t, 'a> Marker<'t, 'a> {
    fn new(tokens: &'t [&'a str]) -> Self {
        Self { tokens, at: 0, runs: Vec::new() }
    }

    fn take(&mut self, count: usize, changed: bool) {
        let length: usize = self.tokens[self.at..self.at + count].iter().map(|token| token.len()).sum();
        self.at += count;
        match self.runs.last_mut() {
            Some((run, last)) if *last == changed => *run += length,
            _ if length > 0 => self.runs.push((length, changed)),
            _ => {}
        }
    }

    fn finish(self, text: &'a str) -> Vec<Piece<'a>> {
        let mut from = 0;
        let piece = |(length, changed)| {
            let to = from + length;
            let piece = Piece { text: &text[from..to], changed };
            from = to;
            piece
        };
        self.runs.into_iter().map(piece).collect()
    }
}

/// The text in words, runs of blanks, and single other characters.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, ch) in text.char_indices() {
        let class = class(ch);
        if at > start && (class == Class::Single || last != Some(class)) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(class);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Blank,
    Single,
}

fn class(ch: char) -> Class {
    // From here on, scripts write words without blanks between them (CJK and its neighbours).
    let is_run_together = u32::from(ch) >= 0x2E80 && !(0xAC00..=0xD7AF).contains(&u32::from(ch));
    if ch.is_whitespace() {
        Class::Blank
    } else if (ch.is_alphanumeric() || ch == '_') && !is_run_together {
        Class::Word
    } else {
        Class::Single
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_edits_keep_the_words() {
        for (old, new) in [
            ("The device is offline", "The device is offline."),
            ("设备离线,请重试", "设备离线，请重试。"),
            ("Line one\nline two", "Line one line two"),
            ("ＩＤ错误（１）", "ID 错误(1)"),
            ("caf\u{65}\u{301}", "Café"),
            ("It's \"off\"", "It’s “off”"),
        ] {
            assert!(same_words(old, new), "{old} / {new}");
        }
        for (old, new) in [
            ("The device is offline.", "The device is online."),
            ("Wait 1.5 s", "Wait 15 s"),
            ("Below -5", "Below 5"),
            ("Over 5%", "Over 5"),
            ("Failed.", "Failed?"),
            ("a", "a\u{202e}"),
            ("设备离线", "设备在线"),
            ("10:00", "1000"),
        ] {
            assert!(!same_words(old, new), "{old} / {new}");
        }
    }

    #[test]
    fn a_correction_is_alike_and_another_statement_is_not() {
        for (old, new) in [
            ("Incorrect SMS verification code.", "The SMS code is incorrect."),
            ("短信验证码错误。", "短信验证码不正确。"),
        ] {
            assert!(likeness(old, new) >= 0.5, "{old} / {new}");
        }
        for (old, new) in [("Device is offline.", "Device does not exist."), ("设备离线", "产品不存在")]
        {
            assert!(likeness(old, new) < 0.5, "{old} / {new}");
        }
    }

    #[test]
    fn placeholders_are_what_programs_fill() {
        for (text, expected) in [
            ("{} of {0}, {name} and ${code}", vec!["{}", "{0}", "{name}", "${code}"]),
            ("%s: %1$d, %02d, %@", vec!["%s", "%1$d", "%02d", "%@"]),
            ("还剩{0}次", vec!["{0}"]),
            ("100% done, 5% off, {\"a\": 1}, X times, <b>", vec![]),
        ] {
            assert_eq!(placeholders(text), expected, "{text}");
        }
    }

    #[test]
    fn changed_words_are_marked_and_nothing_is_lost() {
        let (old, new) = marked("The SMS verification code is wrong.", "The SMS code is not right.");
        let show = |pieces: &[Piece<'_>]| {
            pieces
                .iter()
                .map(|piece| if piece.changed { format!("[{}]", piece.text) } else { piece.text.to_owned() })
                .collect::<String>()
        };
        assert_eq!(show(&old), "The SMS [verification ]code is [wrong].");
        assert_eq!(show(&new), "The SMS code is [not right].");
        let long = "x ".repeat(100_000);
        let longer = format!("{long}y");
        let (old, new) = marked(&long, &longer);
        assert_eq!((old.len(), new.len()), (1, 2));
    }
}
