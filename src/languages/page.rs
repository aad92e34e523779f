//! The text of a file, made when it is wanted and handed on in pieces.
//!
//! In: a template, or text that is there already. Out: pieces of some ten thousand bytes, to whoever digests, compares
//! or writes them. So the memory for a file does not grow with the file, and one that nobody asks for costs nothing.

use askama::Template;
use std::fmt::{Debug, Formatter, Write};

/// How to make the text of a file. It can be made any number of times, and is the same each time.
pub struct Body<'a>(Box<dyn Fn(&mut Page<'_>) + Send + Sync + 'a>);

impl<'a> Body<'a> {
    /// Text that `print` makes when it is wanted.
    pub fn new(print: impl Fn(&mut Page<'_>) + Send + Sync + 'a) -> Self {
        Self(Box::new(print))
    }

    /// Makes the text and gives it to `take`, piece by piece.
    pub fn print(&self, take: &mut dyn FnMut(&str)) {
        let mut page = Page { piece: String::with_capacity(PIECE), take };
        (self.0)(&mut page);
        page.flush();
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.print(&mut |piece| text.push_str(piece));
        text
    }
}

impl Debug for Body<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("Body")
    }
}

impl From<String> for Body<'_> {
    fn from(text: String) -> Self {
        Self::new(move |page| page.push(&text))
    }
}

/// How long a piece becomes, in bytes: much for one call of the system, little for a cache of the processor.
const PIECE: usize = 64 << 10;

/// Where a body's text goes.
pub struct Page<'a> {
    piece: String,
    take: &'a mut dyn FnMut(&str),
}

impl Page<'_> {
    /// Prints what a template makes.
    pub(super) fn print(&mut self, template: &impl Template) {
        template.render_into(self).expect("views hold text, and taking text cannot fail");
        // The template engine drops the last line end of a template.
        self.push("\n");
    }

    /// Prints text as it stands.
    #[inline]
    pub fn push(&mut self, text: &str) {
        if self.piece.len() + text.len() > PIECE {
            self.make_room(text);
        } else {
            self.piece.push_str(text);
        }
    }

    /// Hands on what is there, and a text that no piece holds as a piece of its own.
    #[cold]
    fn make_room(&mut self, text: &str) {
        self.flush();
        if text.len() > PIECE {
            (self.take)(text);
        } else {
            self.piece.push_str(text);
        }
    }

    fn flush(&mut self) {
        if !self.piece.is_empty() {
            (self.take)(&self.piece);
            self.piece.clear();
        }
    }
}

impl Write for Page<'_> {
    #[inline]
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.push(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_text_whatever_their_length() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let body = Body::new(move |page| {
                page.push("a");
                page.push(&"b".repeat(length));
                page.push("c");
            });
            let mut pieces = Vec::new();
            body.print(&mut |piece| pieces.push(piece.to_owned()));
            assert!(pieces.iter().all(|piece| piece.len() <= PIECE.max(length) && !piece.is_empty()));
            assert_eq!(pieces.concat(), format!("a{}c", "b".repeat(length)));
            assert_eq!(pieces.concat(), body.text());
        }
    }
}
