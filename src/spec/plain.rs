//! Reads the plain part of YAML fast: the form in which nearly every spec file is written.
//!
//! In: a text. Out: the same tree as the careful reader (`careful`) makes of it, or `None` for everything that is not plain,
//! be it right or wrong; then the careful reader reads the text from the start, and says what there is to say. So this
//! one has no diagnostics, and whatever it is not sure of it leaves: texts over several lines without `|` or `>`, anchors, tags, escapes
//! but the common ones, keys that are no words, flow collections over several lines, documents, blanks that are no space.
//!
//! A generator must not be the slow step of a build, and reading the spec was more than half of its work. The tests hold
//! the two readers against each other over every file of this repository and thousands of damaged ones.

use super::allowance::Share;
use super::yaml::{LONGEST_VALUE, MOST_COMMENTS, Node, NodeKind, Scalar};
use crate::diagnostics::{Loc, SourceId, Span};

/// How deep collections may nest here; deeper ones are for the careful reader, which knows the limit.
const DEEPEST: usize = 16;
/// How many keys a mapping may have here, which is more than a text has languages: each new one is compared with all before
/// it.
const MOST_KEYS: usize = 256;

/// Reads a plain text. The items of the list under the key `apart` at the top are given to `take`, one by one, and left
/// out of the tree; whoever takes them forgets them if the whole is `None`. The places of comments are put into `comments`
/// in their order, each from its `#` to the end of its line.
pub(super) fn read(
    text: &str,
    source: SourceId,
    share: &mut Share<'_>,
    apart: Option<&str>,
    take: &mut dyn FnMut(Node),
    comments: Option<&mut Vec<Span>>,
) -> Option<Node> {
    if !text.as_bytes().ends_with(b"\n") || has_odd_character(text) {
        return None;
    }
    let mut reader = Reader { text, source, at: 0, line: 0, share, apart, take, comments };
    if reader.next_content()? != 0 {
        return None;
    }
    let root = reader.mapping(0, 1)?;
    reader.is_at_end().then_some(root)
}

/// Whether a text holds controls but line ends, or other characters that YAML takes for line ends or does not allow.
fn has_odd_character(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, &byte)| match byte {
        b'\n' => false,
        0..0x20 | 0x7F => true,
        // U+0080 to U+009F, U+2028 and U+2029, U+FEFF and what lies beyond U+FFF0.
        0xC2 => bytes.get(at + 1).is_some_and(|next| *next < 0xA0),
        0xE2 => bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0xA8 | 0xA9)),
        0xEF => matches!(bytes.get(at + 1), Some(0xBB | 0xBF)) && matches!(bytes.get(at + 2), Some(0xB0..)),
        _ => false,
    })
}

struct Reader<'a, 's> {
    text: &'a str,
    source: SourceId,
    /// The next byte.
    at: usize,
    /// Where the line begins that is read next, or is being read.
    line: usize,
    /// Room for values.
    share: &'a mut Share<'s>,
    apart: Option<&'a str>,
    take: &'a mut dyn FnMut(Node),
    /// Where the places of comments go, if anybody asks for them.
    comments: Option<&'a mut Vec<Span>>,
}

impl<'a> Reader<'a, '_> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(b'\n')
    }

    fn byte_after(&self) -> u8 {
        self.text.as_bytes().get(self.at + 1).copied().unwrap_or(b'\n')
    }

    fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    /// Goes to the first character of the next line that says anything, and gives its column; the end of the text has
    /// column 0. `None` if it is a mark of documents or a directive.
    fn next_content(&mut self) -> Option<usize> {
        loop {
            self.at = self.line;
            self.skip_spaces();
            match self.byte() {
                _ if self.is_at_end() => return Some(0),
                b'\n' => self.skip_line(),
                b'#' => self.comment()?,
                b'-' | b'.' | b'%' if self.at == self.line && !self.is_dash() => return None,
                _ => return Some(self.at - self.line),
            }
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        self.line = self.at;
    }

    /// Ends a line after its last value; only a comment may follow.
    fn end_line(&mut self) -> Option<()> {
        let start = self.at;
        self.skip_spaces();
        match self.byte() {
            b'\n' => self.skip_line(),
            b'#' if self.at > start => self.comment()?,
            _ => return None,
        }
        Some(())
    }

    /// Skips a comment, which ends its line. The careful reader has words for a file with too many of them.
    fn comment(&mut self) -> Option<()> {
        let start = self.at;
        self.skip_line();
        let end = self.at - usize::from(self.text.as_bytes().get(self.at - 1) == Some(&b'\n'));
        let place = self.span(start, end);
        let Some(comments) = &mut self.comments else { return Some(()) };
        comments.push(place);
        (comments.len() <= MOST_COMMENTS).then_some(())
    }

    /// Whether an item of a block list begins here.
    fn is_dash(&self) -> bool {
        self.byte() == b'-' && matches!(self.byte_after(), b' ' | b'\n')
    }

    /// The block collection whose first line begins here.
    fn block(&mut self, column: usize, depth: usize, apart: bool) -> Option<Node> {
        if self.is_dash() { self.sequence(column, depth, apart) } else { self.mapping(column, depth) }
    }

    fn sequence(&mut self, column: usize, depth: usize, apart: bool) -> Option<Node> {
        let start = self.at;
        let mut end = start;
        let mut items = Vec::new();
        if depth >= DEEPEST || !self.share.take() {
            return None;
        }
        loop {
            self.at += 1;
            self.skip_spaces();
            if matches!(self.byte(), b'\n' | b'#') || self.is_dash() {
                return None;
            }
            let inner = self.at - self.line;
            let item =
                if self.starts_entry() { self.mapping(inner, depth + 1)? } else { self.last_value(depth)? };
            end = end.max(item.span.end as usize);
            if apart {
                (self.take)(item);
            } else {
                items.push(item);
            }
            if !self.goes_on(column)? {
                break;
            }
            if !self.is_dash() {
                return None;
            }
        }
        items.shrink_to_fit();
        Some(Node { span: self.span(start, end), kind: NodeKind::Sequence(items) })
    }

    fn mapping(&mut self, column: usize, depth: usize) -> Option<Node> {
        let start = self.at;
        let mut end = start;
        let mut entries: Vec<(Loc<String>, Node)> = Vec::with_capacity(8);
        if depth >= DEEPEST || !self.share.take() {
            return None;
        }
        loop {
            let key = self.key(&entries)?;
            self.at += 1;
            self.skip_spaces();
            let value = if matches!(self.byte(), b'\n' | b'#') {
                if self.byte() == b'#' && self.text.as_bytes()[self.at - 1] != b' ' {
                    return None;
                }
                if self.byte() == b'#' {
                    self.comment()?;
                } else {
                    self.skip_line();
                }
                let inner = self.next_content()?;
                if inner <= column || self.is_at_end() {
                    return None;
                }
                let apart = depth == 1 && self.apart == Some(key.value.as_str());
                self.block(inner, depth + 1, apart)?
            } else if matches!(self.byte(), b'|' | b'>') {
                self.block_text(column)?
            } else {
                self.last_value(depth)?
            };
            end = end.max(value.span.end as usize);
            entries.push((key, value));
            if !self.goes_on(column)? {
                break;
            }
        }
        entries.shrink_to_fit();
        Some(Node { span: self.span(start, end), kind: NodeKind::Mapping(entries) })
    }

    /// Goes on to the next line that says anything: whether it stands in this collection, not in one around it. A line
    /// that stands deeper belongs to a text over several lines.
    fn goes_on(&mut self, column: usize) -> Option<bool> {
        let next = self.next_content()?;
        if self.is_at_end() || next < column {
            return Some(false);
        }
        (next == column).then_some(true)
    }

    /// Whether a word and a colon stand here: the first entry of a mapping.
    fn starts_entry(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|byte| !is_of_word(*byte)).unwrap_or(rest.len());
        length > 0 && rest.get(length) == Some(&b':') && matches!(rest.get(length + 1), Some(b' ' | b'\n'))
    }

    /// A key, up to its colon.
    fn key(&mut self, entries: &[(Loc<String>, Node)]) -> Option<Loc<String>> {
        let start = self.at;
        while is_of_word(self.byte()) {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        let is_key =
            word.as_bytes().first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_');
        if !is_key || !self.share.take() || self.byte() != b':' || !matches!(self.byte_after(), b' ' | b'\n')
        {
            return None;
        }
        if entries.len() >= MOST_KEYS || entries.iter().any(|(key, _)| key.value == word) {
            return None;
        }
        Some(Loc::new(word.to_owned(), self.span(start, self.at)))
    }

    /// The value that is the last of its line, and the end of that line.
    fn last_value(&mut self, depth: usize) -> Option<Node> {
        let value = self.value(depth, false)?;
        self.end_line()?;
        Some(value)
    }

    /// A value on this line.
    fn value(&mut self, depth: usize, in_flow: bool) -> Option<Node> {
        if !self.share.take() {
            return None;
        }
        let start = self.at;
        let scalar = |text, plain| NodeKind::Scalar(Scalar { text, plain });
        let kind = match self.byte() {
            b'"' => scalar(self.double_quoted()?, false),
            b'\'' => scalar(self.single_quoted()?, false),
            b'[' => return self.flow_sequence(depth + 1),
            b'{' => return self.flow_mapping(depth + 1),
            _ => scalar(self.unquoted(in_flow)?.to_owned(), true),
        };
        if self.at - start > LONGEST_VALUE {
            return None;
        }
        Some(Node { span: self.span(start, self.at), kind })
    }

    /// A text without quotes, up to the last character that is no blank.
    fn unquoted(&mut self, in_flow: bool) -> Option<&'a str> {
        let start = self.at;
        // A first character that means something in YAML, but for a minus before more.
        let is_odd = match self.byte() {
            b'-' => matches!(self.byte_after(), b' ' | b'\n' | b',' | b']' | b'}' | b'[' | b'{' | b'-'),
            first => b"?:,[]{}#&*!|>'\"%@`.=<~ \n".contains(&first),
        };
        if is_odd {
            return None;
        }
        loop {
            match self.byte() {
                b'\n' => break,
                b',' | b']' | b'}' if in_flow => break,
                b'[' | b'{' if in_flow => return None,
                b':' => match self.byte_after() {
                    b' ' | b'\n' => return None,
                    b',' | b'[' | b']' | b'{' | b'}' if in_flow => return None,
                    _ => {}
                },
                b'#' if self.text.as_bytes()[self.at - 1] == b' ' => break,
                _ => {}
            }
            self.at += 1;
        }
        let text = self.text[start..self.at].trim_end_matches(' ');
        self.at = start + text.len();
        Some(text)
    }

    fn single_quoted(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            self.at += 1;
            let start = self.at;
            while !matches!(self.byte(), b'\'' | b'\n') {
                self.at += 1;
            }
            out.push_str(&self.text[start..self.at]);
            if self.byte() == b'\n' {
                return None;
            }
            self.at += 1;
            if self.byte() != b'\'' {
                return Some(out);
            }
            out.push('\'');
        }
    }

    fn double_quoted(&mut self) -> Option<String> {
        let mut out = String::new();
        self.at += 1;
        loop {
            let start = self.at;
            while !matches!(self.byte(), b'"' | b'\\' | b'\n') {
                self.at += 1;
            }
            out.push_str(&self.text[start..self.at]);
            match self.byte() {
                b'"' => {
                    self.at += 1;
                    return Some(out);
                }
                b'\\' => out.push(match self.byte_after() {
                    same @ (b'"' | b'\\' | b'/') => char::from(same),
                    b'n' => '\n',
                    b't' => '\t',
                    _ => return None,
                }),
                _ => return None,
            }
            self.at += 2;
        }
    }

    /// A text of several lines below a `|`, `|-`, `>` or `>-`, deeper than `column`.
    fn block_text(&mut self, column: usize) -> Option<Node> {
        let folds = self.byte() == b'>';
        self.at += 1;
        let strips = self.byte() == b'-';
        self.at += usize::from(strips);
        if self.byte() != b'\n' || !self.share.take() {
            return None;
        }
        self.skip_line();
        self.skip_spaces();
        // The place of such a text is that of its lines, without what says that they follow.
        let (start, indent) = (self.at, self.at - self.line);
        if indent <= column || self.byte() == b'\n' {
            return None;
        }
        let (mut out, mut breaks) = (String::new(), 0);
        loop {
            self.at = self.line;
            while self.at - self.line < indent && self.byte() == b' ' {
                self.at += 1;
            }
            if self.is_at_end() || (self.at - self.line < indent && self.byte() != b'\n') {
                break;
            }
            let (from, is_empty) = (self.at, self.at == self.line);
            self.skip_line();
            let line = &self.text[from..self.at - 1];
            if line.is_empty() && is_empty {
                breaks += 1;
                continue;
            }
            // Where blanks begin or end a line, or fill one, folding and counting have rules of their own.
            if line.trim().is_empty() || (folds && (breaks > 0 || line.trim() != line)) {
                return None;
            }
            if !out.is_empty() {
                out.push(if folds { ' ' } else { '\n' });
            }
            out.extend(std::iter::repeat_n('\n', breaks));
            breaks = 0;
            out.push_str(line);
        }
        if !strips {
            out.push('\n');
        }
        if out.len() > LONGEST_VALUE {
            return None;
        }
        let kind = NodeKind::Scalar(Scalar { text: out, plain: false });
        Some(Node { span: self.span(start, self.at).without_blanks(self.text), kind })
    }

    fn flow_sequence(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let mut items: Vec<Node> = Vec::new();
        self.flow(depth, b']', |reader| {
            // A pair in a list is a mapping of its own.
            if reader.starts_entry() {
                return None;
            }
            items.push(reader.value(depth, true)?);
            Some(())
        })?;
        items.shrink_to_fit();
        Some(Node { span: self.span(start, self.at), kind: NodeKind::Sequence(items) })
    }

    fn flow_mapping(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let mut entries = Vec::new();
        self.flow(depth, b'}', |reader| {
            let key = reader.key(&entries)?;
            reader.at += 1;
            reader.skip_spaces();
            entries.push((key, reader.value(depth, true)?));
            Some(())
        })?;
        entries.shrink_to_fit();
        Some(Node { span: self.span(start, self.at), kind: NodeKind::Mapping(entries) })
    }

    /// What stands in brackets, divided by commas, on one line.
    fn flow(&mut self, depth: usize, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if depth >= DEEPEST {
            return None;
        }
        self.at += 1;
        self.skip_spaces();
        if self.byte() == close {
            self.at += 1;
            return Some(());
        }
        loop {
            item(self)?;
            self.skip_spaces();
            let divider = self.byte();
            self.at += 1;
            if divider == close {
                return Some(());
            }
            self.skip_spaces();
            if divider != b',' || self.byte() == close {
                return None;
            }
        }
    }

    fn skip_spaces(&mut self) {
        while self.byte() == b' ' {
            self.at += 1;
        }
    }
}

/// What the keys of a spec are made of.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}
