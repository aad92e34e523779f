//! What a reader sees of a cell.
//!
//! In: the texts and the line breaks of one cell, in their order. Out: its text. Blanks of HTML are one blank, and no line
//! is empty unless two `<br>` leave it so.
//!
//! Deliberately elsewhere: where a cell begins and ends (`html`), and which row it stands in (`table`).

use std::ops::Range;

/// One cell as written.
#[derive(Default)]
pub(super) struct TableCell {
    pub(super) range: Range<usize>,
    pub(super) text: String,
    /// Whether a blank is due before the next word.
    pub(super) blank: bool,
    pub(super) is_head: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl TableCell {
    /// Adds text as a browser shows it.
    pub(super) fn push(&mut self, text: &str) {
        for ch in text.chars() {
            // HTML's own blanks; a no-break or an ideographic space is a letter like others.
            if matches!(ch, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.blank = true;
                continue;
            }
            if std::mem::take(&mut self.blank) && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.text.push(ch);
        }
    }

    pub(super) fn line_break(&mut self) {
        self.blank = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

/// Elements before and after which a browser starts a line.
pub(super) fn is_break(tag: &str) -> bool {
    let breaks = [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
    ];
    breaks.contains(&tag)
}
