//! Which characters a reader sees, and which end a sentence.
//!
//! In: a character. Out: whether it may stand raw where people read: in generated files, on a terminal. In: a text. Out:
//! whether it is a sentence by its end. This module knows no other; each table is the only one, so that what a diagnostic
//! shows escaped a template escapes as well, and what a lint takes for a sentence a generated comment ends like one.

/// Whether a character is not seen as what it is: controls, line separators, format and bidirectional
/// characters, blanks that look like others, private use, and what is no character.
///
/// The ranges were taken once from Unicode 14 (`General_Category` Cc, Cf, Zl, Zp, Zs but U+0020 and U+3000, Co) and the
/// noncharacters, rounded up to whole blocks where the rest is unassigned, with the letters that have no shape (fillers,
/// variation selectors); they are ours now.
pub fn is_hidden(ch: char) -> bool {
    let point = u32::from(ch);
    // Most text is ASCII, or Chinese and Korean: between U+3164 and the surrogates nothing is hidden.
    if (0x20..0x7F).contains(&point) || (0x3165..0xD800).contains(&point) {
        return false;
    }
    let index = HIDDEN.partition_point(|&(_, last)| last < point);
    HIDDEN.get(index).is_some_and(|&(first, _)| first <= point) || point & 0xFFFE == 0xFFFE
}

/// The characters of a text that nobody sees, with their places; those that shape their neighbours are none.
pub fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(move |(at, ch)| {
        is_hidden(*ch)
            && *ch != '\n'
            && !joins(text[..*at].chars().next_back(), *ch, text[at + ch.len_utf8()..].chars().next())
    })
}

/// Those of the text of a file that are told wherever they stand: a blank of another kind is seen as a blank, which is all that
/// it is between words, and a carriage return ends a line.
pub fn hidden_as_it_is(text: &str) -> impl Iterator<Item = (usize, char)> {
    hidden(text).filter(|(_, ch)| !is_blank(*ch) && *ch != '\r')
}

/// Whether a character is a blank within a line, of whatever width.
pub fn is_blank(ch: char) -> bool {
    matches!(ch, '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

/// Whether an invisible character shapes its neighbours, as Unicode's emoji sequences (UTS 51) and Indic and Arabic
/// scripts have it: a joiner between two characters, or the emoji selector after one.
pub fn joins(before: Option<char>, ch: char, after: Option<char>) -> bool {
    let joined = |ch: char| u32::from(ch) >= 0x600 && !is_hidden(ch);
    match ch {
        '\u{200C}' | '\u{200D}' => {
            before.is_some_and(|ch| joined(ch) || ch == '\u{FE0F}') && after.is_some_and(joined)
        }
        '\u{FE0E}' | '\u{FE0F}' => {
            before.is_some_and(|ch| joined(ch) || ch.is_ascii_digit() || "#*©®".contains(ch))
        }
        _ => false,
    }
}

/// Inclusive ranges, ascending.
const HIDDEN: [(u32, u32); 33] = [
    (0x0000, 0x001F),
    (0x007F, 0x00A0),
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x115F, 0x1160),
    (0x1680, 0x1680),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xD800, 0xF8FF),
    (0xFDD0, 0xFDEF),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1345F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0x40000, 0xDFFFF),
    (0xE0000, 0xE0FFF),
    (0xF0000, 0x0010_FFFF),
];

/// The marks that end a sentence, of half and of full width.
const SENTENCE_ENDS: [char; 7] = ['.', '!', '?', '…', '。', '！', '？'];

/// Whether a text ends like a sentence.
pub fn ends_sentence(text: &str) -> bool {
    text.ends_with(SENTENCE_ENDS)
}

/// A text of JSON with what is hidden in its strings written as `\uXXXX`, which every parser reads as the same value. Between
/// strings nothing stands that is hidden, but for line ends.
pub fn visible_json(json: String) -> String {
    use std::fmt::Write as _;
    let is_told = |ch: char| ch != '\n' && is_hidden(ch);
    if !json.contains(is_told) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for ch in json.chars() {
        if is_told(ch) {
            for unit in ch.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(ch);
        }
    }
    out
}

/// `text` with what is hidden written as `<U+202E>`, cut after `most` characters.
pub fn visible(text: &str, most: usize) -> std::borrow::Cow<'_, str> {
    let cut = text.char_indices().nth(most).map(|(at, _)| at);
    let shown = text.get(..cut.unwrap_or(text.len())).unwrap_or_default();
    if cut.is_none() && !shown.contains(is_hidden) {
        return text.into();
    }
    let mut out = String::with_capacity(shown.len() + 16);
    for ch in shown.chars() {
        push_visible(&mut out, ch);
    }
    if cut.is_some() {
        out.push('…');
    }
    out.into()
}

/// How many characters of a path or of an argument are said.
const LONGEST_SHOWN: usize = 400;

/// A path as messages say it: whoever made its name must not have a word on a terminal, nor a line in the log of a
/// workflow, which obeys some of them.
pub fn shown(path: impl AsRef<std::path::Path>) -> String {
    visible(&path.as_ref().to_string_lossy(), LONGEST_SHOWN).into_owned()
}

/// Appends a character, or how its code point is written if nobody would see it.
pub fn push_visible(out: &mut String, ch: char) {
    use std::fmt::Write as _;
    if is_hidden(ch) {
        // Writing to a string cannot fail.
        let _ = write!(out, "<U+{:04X}>", u32::from(ch));
    } else {
        out.push(ch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_ascend() {
        assert!(HIDDEN.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(HIDDEN.iter().all(|(first, last)| first <= last));
    }

    #[test]
    fn readable_text_stays_and_hidden_text_shows() {
        for ch in "aZ09~é设备，。：（）“”—　가😀".chars() {
            assert!(!is_hidden(ch), "U+{:04X}", u32::from(ch));
        }
        for ch in "\0\u{1b}\u{7f}\u{85}\u{a0}\u{ad}\u{61c}\u{200b}\u{200d}\u{202e}\u{2028}\u{2066}\u{feff}\u{fffe}\u{e000}\u{e0041}\u{3164}".chars() {
            assert!(is_hidden(ch), "U+{:04X}", u32::from(ch));
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(visible("设备离线", 2), "设备…");
        assert_eq!(visible("设备", 2), "设备");
        assert_eq!(visible("a\u{1b}[31m\u{202e}", 99), "a<U+001B>[31m<U+202E>");
    }
}
