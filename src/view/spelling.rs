//! Text that templates may print, and the only place that makes it.
//!
//! In: text from a spec. Out: `Code`, which is text spelled for one *position* of one language: a string literal,
//! a documentation comment, an identifier. Templates print nothing else: with `escape = "code"` a bare string or
//! number in a template does not compile, because `Unescaped` implements no `Escaper`.
//!
//! ```
//! # mod view { pub mod spelling { pub use errbook::view::spelling::Unescaped; } }
//! #[derive(askama::Template)]
//! #[template(source = "let a = {{ text }};", ext = "txt", escape = "code")]
//! struct Printed { text: errbook::view::Code }
//!
//! # fn main() {
//! let text = errbook::view::spelling::fixed("null");
//! assert_eq!(askama::Template::render(&Printed { text }).unwrap(), "let a = null;");
//! # }
//! ```
//!
//! The same with a bare text:
//!
//! ```compile_fail
//! # mod view { pub mod spelling { pub use errbook::view::spelling::Unescaped; } }
//! #[derive(askama::Template)]
//! #[template(source = "let a = {{ text }};", ext = "txt", escape = "code")]
//! struct Printed { text: String }
//!
//! # fn main() {
//! let text = String::from("null");
//! assert_eq!(askama::Template::render(&Printed { text }).unwrap(), "let a = null;");
//! # }
//! ```
//!
//! The rules of each language are data that the language supplies; what must never stand raw in any source file
//! is decided in `characters`, as code point ranges of our own, so that output does not change with a Unicode table.

use crate::characters::is_hidden;

/// Text that is spelled for its position.
#[expect(clippy::disallowed_types, reason = "this module is the one that makes it")]
pub type Code = askama::filters::Safe<String>;

/// Named by `askama.toml` as the escaper of `code` templates. It implements nothing, so that whatever is no `Code`
/// cannot be printed.
#[derive(Clone, Copy)]
pub struct Unescaped;

fn code(text: String) -> Code {
    askama::filters::Safe(text)
}

/// The same once more.
pub fn copy(text: &Code) -> Code {
    code(text.0.clone())
}

/// Text of ours that is known when errbook is compiled: keywords, operators, `null`.
pub fn fixed(text: &'static str) -> Code {
    code(text.to_owned())
}

/// A number in decimal.
pub fn integer(number: impl Into<i128>) -> Code {
    code(number.into().to_string())
}

/// An identifier, a path of identifiers, or a file name made of checked parts.
///
/// Whatever could end an identifier's position is dropped: what comes in is made of `Name`s, `DomainId`s and
/// options that their language has checked, so nothing is dropped in practice, and nothing can get out either.
pub fn identifier(text: impl AsRef<str>) -> Code {
    let allowed =
        |ch: &char| ch.is_ascii_alphanumeric() || matches!(ch, '_' | '.' | ':' | '`' | '-' | '/' | '@' | '#');
    let text = text.as_ref();
    code(if text.chars().all(|ch| allowed(&ch)) {
        text.to_owned()
    } else {
        text.chars().filter(allowed).collect()
    })
}

/// How a language writes string literals.
pub struct LiteralRules {
    /// What stands before the text.
    pub open: &'static str,
    /// What stands after it.
    pub close: &'static str,
    /// The escape of a character that must not stand raw, given the character after it. It is not asked about what
    /// stands raw in every language, as most letters do.
    pub special: fn(char, Option<char>) -> Option<&'static str>,
    /// Writes the numeric escape of a character.
    pub unicode: fn(&mut String, char),
}

/// `text` as a string literal.
pub fn literal(text: &str, rules: &LiteralRules) -> Code {
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str(rules.open);
    // What stands raw is copied in runs.
    let mut copied = 0;
    let mut at = 0;
    loop {
        at += plain(&text[at..]).len();
        let mut rest = text[at..].chars();
        let Some(ch) = rest.next() else { break };
        let escape = (rules.special)(ch, rest.next());
        if escape.is_some() || is_hidden(ch) {
            out.push_str(&text[copied..at]);
            copied = at + ch.len_utf8();
            match escape {
                Some(escape) => out.push_str(escape),
                None => (rules.unicode)(&mut out, ch),
            }
        }
        at += ch.len_utf8();
    }
    out.push_str(&text[copied..]);
    out.push_str(rules.close);
    code(out)
}

/// How a language writes text in documentation comments.
pub struct DocRules {
    /// The escape of a character that must not stand raw, given the character after it. It is not asked about what
    /// stands raw in every language, as most letters do.
    pub special: fn(char, Option<char>) -> Option<&'static str>,
}

/// The start of a text that stands raw in every position of every language, as nearly all of most texts does: ASCII
/// letters and digits, full stops and commas, single blanks between those, and Chinese characters. `w` is left out,
/// which code hosts take for the beginning of an address.
fn plain(text: &str) -> &str {
    let is_plain = |byte: u8| PLAIN[usize::from(byte)];
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += match bytes.get(at) {
            Some(&byte) if is_plain(byte) => 1,
            Some(b' ') if at > 0 && bytes.get(at + 1).is_some_and(|&byte| is_plain(byte)) => 2,
            // Three bytes each from U+4000 to U+9FFF, none of which is hidden.
            Some(0xE4..=0xE9) => 3,
            _ => return &text[..at],
        };
    }
}

/// The bytes that are [`plain`] by themselves. Nearly every byte of a text is asked about, in each language: a table
/// tells sooner than comparisons do.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] =
            byte.is_ascii_alphanumeric() && !matches!(byte, b'w' | b'W') || matches!(byte, b'.' | b',');
        byte += 1;
    }
    plain
};

/// `text` as one line of a documentation comment: blanks and line ends become single spaces, and what would be
/// invisible stands as `U+XXXX`.
///
/// Templates put a fixed word before it, so that no text stands where a line of Markdown begins.
pub fn doc(text: &str, rules: &DocRules) -> Code {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    loop {
        let raw = plain(rest);
        out.push_str(raw);
        let mut chars = rest[raw.len()..].chars();
        let Some(ch) = chars.next() else { break };
        rest = chars.as_str();
        if is_blank(ch) {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if is_hidden(ch) {
            write_to(&mut out, format_args!("U+{:04X}", u32::from(ch)));
        } else if let Some(escape) = (rules.special)(ch, chars.next()) {
            out.push_str(escape);
        } else {
            out.push(ch);
        }
    }
    let length = out.trim_end_matches(' ').len();
    out.truncate(length);
    code(out)
}

/// Writes `\uXXXX` for each UTF-16 unit of the character.
pub fn utf16_escape(out: &mut String, ch: char) {
    for unit in ch.encode_utf16(&mut [0; 2]) {
        write_to(out, format_args!("\\u{unit:04x}"));
    }
}

/// Writes `\u{hex}`.
pub fn braced_escape(out: &mut String, ch: char) {
    write_to(out, format_args!("\\u{{{:x}}}", u32::from(ch)));
}

/// Appends formatted text; writing to a string cannot fail.
fn write_to(out: &mut String, text: std::fmt::Arguments<'_>) {
    use std::fmt::Write as _;
    let _ = out.write_fmt(text);
}

fn is_blank(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_is_one_line() {
        let rules = DocRules { special: |ch, _| (ch == '*').then_some("\\*") };
        assert_eq!(doc(" a\r\n\tb\u{2028}*/ \u{202e}c\n", &rules).0, "a b \\*/ U+202Ec");
    }

    #[test]
    fn what_is_passed_over_needs_no_escape_in_any_language() {
        let all: String =
            ('\0'..=char::MAX).filter(|ch| !plain(ch.encode_utf8(&mut [0; 4])).is_empty()).collect();
        assert!(!all.contains(is_hidden));
        let spellings = crate::languages::LANGUAGES.iter().filter_map(|language| language.spelling());
        for spelling in spellings {
            assert_eq!(spelling.string(&all).0.trim_matches('"'), all);
            assert_eq!(spelling.doc(&all).0, all);
        }
        assert_eq!(plain("ab, 12 数据 q. w"), "ab, 12");
    }

    #[test]
    fn identifiers_cannot_end_their_position() {
        assert_eq!(identifier("a b\n\"c\"; d()").0, "abcd");
    }
}
