//! Where a text stands that is written as a block, below a `|` or a `>`.
//!
//! In: a text in YAML and a place in it. Out: the mark of the block that is there, or an edit of it that takes the mark along.
//! The place of such a value is that of its lines, which is where a person looks; but whoever puts another value there has
//! to put it where the mark stands, or it would be one more text of the block. Everyone who shows an edit or writes
//! one asks here, so that an editor does what `lint --fix` does.
//!
//! Deliberately elsewhere: what the lines of a block say (`spec::yaml`).

use super::Edit;
use std::borrow::Cow;
use std::ops::Range;

impl Edit {
    /// The same edit as it is to be made in `text`: of a whole value that is written as a block, from its mark on.
    pub(crate) fn fitted(&self, text: &str) -> Cow<'_, Self> {
        let range = self.span.range();
        // An empty text takes a key away, and an empty place is one to insert at.
        if self.text.is_empty() || range.is_empty() {
            return Cow::Borrowed(self);
        }
        let Some(head) = head(text, &range) else { return Cow::Borrowed(self) };
        let header = text.get(head..range.start).unwrap_or_default();
        // A comment beside the mark of the block stays behind the text.
        let comment =
            header.lines().next().and_then(|line| Some(&line[line.find(" #")?..])).unwrap_or_default();
        let span = super::Span::new(self.span.source, head, range.end).without_blanks(text);
        Cow::Owned(Self { span, text: format!("{}{}", self.text, comment.trim_end()) })
    }
}

/// Where the mark of the block stands of which `range` is the whole text, if it is one.
fn head(text: &str, range: &Range<usize>) -> Option<usize> {
    // Backwards from the place: a book in braces may be one long line.
    let line = text.get(..range.start)?.trim_end_matches([' ', '\t']);
    let indent = range.start - line.len();
    let above = line.strip_suffix('\n')?.trim_end();
    let start = above.rfind('\n').map_or(0, |start| start + 1);
    let line = &above[start..];
    let mark = mark(line)?;
    let outer = outer(line, mark.start);
    if indent < outer {
        return None;
    }
    // What stands behind the place, if its line goes on or the block does: then it is a part of the text.
    let rest = text.get(range.end..)?;
    let rest = if text.get(range.clone())?.ends_with('\n') {
        rest
    } else {
        let (same, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        same.trim().is_empty().then_some(rest)?
    };
    let next = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let deep = next.len() - next.trim_start_matches(' ').len();
    let is_comment = next.trim_start().starts_with('#') && deep < indent;
    (next.is_empty() || deep < outer || is_comment).then_some(start + mark.start)
}

/// The mark of the block without a line of text that ends before `at`: a text with no place of its own.
pub(crate) fn mark_of_empty(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let says_nothing = |line: &&str| line.trim_start().is_empty() || line.trim_start().starts_with('#');
    let line = before.lines().rev().find(|line| !says_nothing(line))?;
    let start = line.as_ptr() as usize - before.as_ptr() as usize;
    mark(line).map(|mark| start + mark.start..start + mark.end)
}

/// The mark at the end of a line whose block follows, with what says how it is to be read.
fn mark(line: &str) -> Option<Range<usize>> {
    let header = line.find(" #").map_or(line, |comment| &line[..comment]).trim_end();
    let before = header.trim_end_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '+' | '-'));
    let before = before.strip_suffix(['|', '>'])?;
    // `a|` is a text.
    (before.is_empty() || before.ends_with(' ')).then_some(before.len()..header.len())
}

/// How deep the lines of a block stand at least whose mark stands at `mark` of this line: deeper than its key or its `-`.
fn outer(line: &str, mark: usize) -> usize {
    let mut at = line.len() - line.trim_start_matches(' ').len();
    let mut outer = at;
    while line.get(at..).is_some_and(|rest| rest.starts_with("- ")) {
        outer = at + 1;
        at += 2;
        at += line[at..].len() - line[at..].trim_start_matches(' ').len();
    }
    if at < mark { at + 1 } else { outer }
}
