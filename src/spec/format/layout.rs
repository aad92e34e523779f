//! Writes a tree with its comments.
//!
//! In: the entries of a file, what stands beside each, and the shape of the file. Out: text. A collection whose shape
//! says so stands in brackets if it fits into a line and nothing is said of its entries; every other one has an entry
//! a line. An empty line between two entries stays, one of several.
//!
//! Deliberately elsewhere: the order of entries (`Style::sorted`), and how a text is quoted (`spec::write`).

use super::comments::{Comment, Comments, is_modeline, spaced};
use super::{Entry, Style, below};
use crate::characters::hidden_as_it_is;
use crate::diagnostics::{Loc, Span};
use crate::spec::shape::{Layout, Text, Value};
use crate::spec::write;
use crate::spec::yaml::{NodeKind, Scalar};

/// How far the entries of a collection are indented.
const STEP: usize = 2;

/// Writes the whole file.
pub(super) fn write(style: &Style<'_>, whole: &Entry<'_>, comments: Comments<'_>) -> String {
    let mut writer = Writer { style, comments, out: String::with_capacity(style.text.len()), in_item: false };
    let head = writer.comments.take_above(whole.id);
    let is_apart = head.last().is_some_and(|last| !is_modeline(last.text));
    for comment in head {
        writer.comment(&comment, 0);
    }
    if is_apart {
        writer.gap();
    }
    if whole.children.is_empty() {
        writer.out.push_str("{}\n");
    } else {
        writer.entries(whole, Some(&Value::Map(style.shape)), 0);
    }
    for comment in writer.comments.take_end(whole.id) {
        writer.comment(&comment, 0);
    }
    writer.out
}

struct Writer<'s, 't> {
    style: &'s Style<'s>,
    comments: Comments<'t>,
    out: String,
    /// Whether the dash of an item was written, so that its first line goes on behind it.
    in_item: bool,
}

impl Writer<'_, '_> {
    /// Writes the entries of a collection, each on lines of its own, with the comments at its end.
    fn entries(&mut self, collection: &Entry<'_>, value: Option<&Value>, indent: usize) {
        for (index, entry) in self.style.sorted(collection, value).into_iter().enumerate() {
            let value = below(value, entry.key);
            let is_first = index == 0 && indent > 0;
            self.above(entry, value, indent, is_first);
            self.start(indent);
            if let Some(key) = entry.key {
                self.out.push_str(&self.style.key(key, write::scalar));
                self.out.push(':');
                self.value(entry, value, indent, true);
            } else {
                self.out.push('-');
                self.item(entry, value, indent);
            }
        }
        if collection.id != 0 {
            for comment in self.comments.take_end(collection.id) {
                self.comment(&comment, indent);
            }
        }
    }

    /// Writes what stands above an entry. Behind the dash of an item there is no line above its first entry, so what
    /// stands there goes above the item.
    fn above(&mut self, entry: &Entry<'_>, value: Option<&Value>, indent: usize, is_first: bool) {
        if self.in_item {
            return;
        }
        let is_spaced = spaced(self.style.text, entry.start());
        // Nothing stands between a key and the first line below it, neither here nor when this is read again.
        let mut is_first = is_first;
        for comment in self.comments.take_above(entry.id) {
            self.comment(&Comment { spaced: comment.spaced && !is_first, ..comment }, indent);
            is_first = false;
        }
        if is_spaced && !is_first {
            self.gap();
        }
        let (mut inner, mut value, mut is_item) = (entry, value, entry.key.is_none());
        while is_item && !inner.children.is_empty() && !self.fits(inner, value, indent) {
            let Some(first) = self.style.sorted(inner, value).into_iter().next() else { break };
            value = below(value, first.key);
            for comment in self.comments.take_above(first.id) {
                self.comment(&Comment { spaced: comment.spaced && !is_first, ..comment }, indent);
                is_first = false;
            }
            (inner, is_item) = (first, first.key.is_none());
        }
    }

    /// Writes the value of an item behind its dash.
    fn item(&mut self, entry: &Entry<'_>, value: Option<&Value>, indent: usize) {
        if entry.children.is_empty() || self.fits(entry, value, indent) {
            self.value(entry, value, indent, false);
            return;
        }
        self.out.push(' ');
        self.in_item = true;
        // What stood beside an item in brackets goes beside its first line.
        let beside = self.comments.take_beside(entry.id);
        if !beside.is_empty()
            && let Some(first) = self.style.sorted(entry, value).into_iter().next()
        {
            self.comments.of(first.id).beside.extend(beside);
        }
        self.entries(entry, value, indent + STEP);
    }

    /// Writes a value behind its `key:` or `-`, to the end of its last line.
    fn value(&mut self, entry: &Entry<'_>, value: Option<&Value>, indent: usize, has_key: bool) {
        let beside = self.comments.take_beside(entry.id);
        match &entry.node.kind {
            NodeKind::Scalar(scalar) => {
                if entry.key.is_some() && scalar.is_empty() {
                    // To write `null` there would hide that something is missing.
                    self.end_line(&beside);
                    return;
                }
                self.out.push(' ');
                let Some(block) = block(entry, value, scalar, indent) else {
                    self.out.push_str(&self.style.scalar(value, entry.node.span, scalar, false));
                    self.end_line(&beside);
                    return;
                };
                self.out.push_str(block.mark);
                // Lines of comments below would be lines of the text.
                for comment in beside.get(..1).unwrap_or_default() {
                    self.out.push(' ');
                    self.out.push_str(comment);
                }
                self.out.push('\n');
                block.lines(&mut self.out, indent);
                for comment in beside.get(1..).unwrap_or_default() {
                    self.comment(&Comment { text: comment, spaced: false }, indent);
                }
            }
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                let line = if entry.children.is_empty() || self.fits(entry, value, indent) {
                    self.line(entry, value)
                } else {
                    None
                };
                if let Some(line) = line {
                    self.out.push(' ');
                    self.out.push_str(&line);
                    self.end_line(&beside);
                } else {
                    self.end_line(&beside);
                    debug_assert!(has_key, "an item that does not fit is written by `item`");
                    self.entries(entry, value, indent + STEP);
                }
            }
        }
    }

    /// Whether a collection stands in brackets.
    fn fits(&self, entry: &Entry<'_>, value: Option<&Value>, indent: usize) -> bool {
        let may = match value {
            Some(Value::List(_, _, layout) | Value::Free(_, _, layout)) => *layout == Layout::Line,
            Some(Value::Columns) | None => true,
            Some(_) => false,
        };
        let key = entry.key.map_or(1, |key| self.style.key(key, write::scalar).chars().count() + 1);
        may && self.comments.are_outside(entry)
            && self
                .line(entry, value)
                .is_some_and(|line| indent + key + 1 + line.chars().count() <= write::WIDTH)
    }

    /// A collection in brackets; `None` if a text in it takes more than one line, or is one that brackets would cut.
    fn line(&self, entry: &Entry<'_>, value: Option<&Value>) -> Option<String> {
        let mut parts = Vec::new();
        for child in self.style.sorted(entry, value) {
            let value = below(value, child.key);
            let inner = match &child.node.kind {
                NodeKind::Scalar(scalar) => {
                    let kept = keeps_quotes(value, scalar);
                    if scalar.text.contains(['\n', '\r'])
                        || (kept && scalar.plain && scalar.text.contains([',', '[', ']', '{', '}']))
                    {
                        return None;
                    }
                    self.style.scalar(value, child.node.span, scalar, true)
                }
                NodeKind::Sequence(_) | NodeKind::Mapping(_) => self.line(child, value)?,
            };
            parts.push(match child.key {
                Some(key) => format!("{}: {inner}", self.style.key(key, write::anywhere)),
                None => inner,
            });
        }
        let parts = parts.join(", ");
        Some(match &entry.node.kind {
            NodeKind::Sequence(_) => format!("[{parts}]"),
            NodeKind::Mapping(_) | NodeKind::Scalar(_) => format!("{{{parts}}}"),
        })
    }

    /// Begins a line, or goes on behind a dash.
    fn start(&mut self, indent: usize) {
        if !std::mem::take(&mut self.in_item) {
            self.out.extend(std::iter::repeat_n(' ', indent));
        }
    }

    /// Ends a line, with what stands beside it and in the lines below.
    fn end_line(&mut self, beside: &[&str]) {
        let mut column = None;
        for comment in beside {
            if let Some(column) = column {
                self.out.extend(std::iter::repeat_n(' ', column));
            } else {
                self.out.push(' ');
                let line = self.out.rfind('\n').map_or(0, |end| end + 1);
                column = Some(self.out[line..].chars().count());
            }
            self.out.push_str(comment);
            self.out.push('\n');
        }
        if beside.is_empty() {
            self.out.push('\n');
        }
    }

    fn comment(&mut self, comment: &Comment<'_>, indent: usize) {
        if comment.spaced {
            self.gap();
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(comment.text);
        self.out.push('\n');
    }

    /// An empty line, unless there is one already or nothing is above.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

/// Whether the quotes of a scalar say something, so that they stay.
fn keeps_quotes(value: Option<&Value>, scalar: &Scalar) -> bool {
    match value {
        Some(Value::Literal(_)) => true,
        Some(Value::Boolean | Value::Number(..)) | None => scalar.plain,
        Some(_) => false,
    }
}

/// A scalar that stands below its key or its dash.
fn block<'a>(
    entry: &Entry<'a>,
    value: Option<&Value>,
    scalar: &'a Scalar,
    indent: usize,
) -> Option<write::Block<'a>> {
    if keeps_quotes(value, scalar) {
        return None;
    }
    let key = entry.key.map_or("", |key| key.value.as_str());
    let is_note = matches!(value, Some(Value::Text(Text::Note)));
    write::literal(&scalar.text)
        .or_else(|| if is_note { write::folded(indent, key, &scalar.text) } else { None })
}

impl Style<'_> {
    /// A key.
    fn key(&self, key: &Loc<String>, write: fn(&str) -> String) -> String {
        self.one_line(key.span, &key.value, write)
    }

    /// A scalar on one line.
    fn scalar(&self, value: Option<&Value>, span: Span, scalar: &Scalar, in_brackets: bool) -> String {
        if scalar.is_null() {
            return "null".to_owned();
        }
        let write = if keeps_quotes(value, scalar) {
            if scalar.plain {
                return scalar.text.clone();
            }
            write::quoted
        } else if matches!(value, Some(Value::Text(Text::Pattern))) {
            write::expression
        } else if in_brackets {
            write::anywhere
        } else {
            write::scalar
        };
        self.one_line(span, &scalar.text, write)
    }

    /// The text at `span` on one line. An escape says that a character which nobody sees is meant. That is for its author to
    /// say, so one that stands there as it is stays so.
    fn one_line(&self, span: Span, text: &str, write: fn(&str) -> String) -> String {
        let written = self.text.get(span.range()).unwrap_or_default();
        let raw: Vec<_> =
            hidden_as_it_is(written).map(|(_, ch)| ch).filter(|ch| write::is_invisible(*ch)).collect();
        if raw.is_empty() { write(text) } else { write::quoted_but(text, &raw) }
    }
}
