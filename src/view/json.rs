//! JSON that people can review: indented, and with nothing hidden in it.
//!
//! In: a value that serde can write. Out: its text. Characters that a reader does not see (bidirectional marks,
//! zero-width characters, odd blanks) stand as `\uXXXX`, as in the files of code; every JSON parser reads the same value.
//! Deliberately elsewhere: which values there are (`export`, `languages`).

use super::spelling::utf16_escape;
use crate::characters::is_hidden;
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use std::io::{self, Write};

/// What stands between a key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colon {
    /// `"key": value`, as most tools write it.
    Tight,
    /// `"key" : value`, as Xcode writes it, so that a file which Xcode has opened shows no difference.
    Spaced,
}

/// The text of a value, with a line end behind it.
pub(crate) fn text(value: &impl Serialize, colon: Colon) -> String {
    let mut text = String::new();
    print(value, colon, &mut |piece| text.push_str(piece));
    text
}

/// Gives the text of a value to `take`, piece by piece, with a line end behind it: that of a great book need not be in memory.
pub(crate) fn print(value: &impl Serialize, colon: Colon, take: &mut dyn FnMut(&str)) {
    let mut pieces = Pieces { held: Vec::with_capacity(2 * PIECE), take };
    let visible = Visible { pretty: PrettyFormatter::new(), colon };
    let is_written = value
        .serialize(&mut serde_json::Serializer::with_formatter(&mut pieces, visible))
        .map_err(io::Error::from)
        .and_then(|()| pieces.write_all(b"\n"))
        .and_then(|()| pieces.flush());
    is_written.expect("what is written here has text as keys, and every piece is taken");
}

/// How many bytes are gathered before they are given on: a document has millions of tokens of a few bytes.
const PIECE: usize = 8 << 10;

/// Takes what is written as text, and gives it on in pieces.
struct Pieces<'a> {
    /// What was written and not yet given on.
    held: Vec<u8>,
    take: &'a mut dyn FnMut(&str),
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // Whoever writes JSON writes whole characters.
        (self.take)(std::str::from_utf8(&self.held).map_err(io::Error::other)?);
        self.held.clear();
        Ok(())
    }
}

/// Writes what is hidden as an escape, and everything else as `PrettyFormatter` does.
struct Visible {
    pretty: PrettyFormatter<'static>,
    colon: Colon,
}

impl Formatter for Visible {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.pretty.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.pretty.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        match self.colon {
            Colon::Tight => writer.write_all(b": "),
            Colon::Spaced => writer.write_all(b" : "),
        }
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(writer)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut shown = 0;
        for (at, ch) in fragment.char_indices().filter(|(_, ch)| is_hidden(*ch)) {
            writer.write_all(&fragment.as_bytes()[shown..at])?;
            let mut escape = String::new();
            utf16_escape(&mut escape, ch);
            writer.write_all(escape.as_bytes())?;
            shown = at + ch.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[shown..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_is_hidden_is_escaped_and_the_value_stays() {
        let value = json!({"a\u{202e}": ["x\u{200d}设备\u{e0061}\u{7f}\n\"\\", {}], "b": []});
        let text = text(&value, Colon::Tight);
        assert_eq!(
            text,
            "{\n  \"a\\u202e\": [\n    \"x\\u200d设备\\udb40\\udc61\\u007f\\n\\\"\\\\\",\n    {}\n  ],\n  \"b\": []\n}\n"
        );
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        assert!(super::text(&json!({"a": 1}), Colon::Spaced).contains("\"a\" : 1"));
    }
}
