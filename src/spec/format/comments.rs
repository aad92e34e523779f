//! Which entry a comment speaks about.
//!
//! In: the text of a file, its entries, and the places of its comments. Out: for each entry the comments above it, the
//! ones beside it, and, where it is a collection, those at its end. The rules are those by which people read:
//!
//! - A comment behind something on its line stands beside the entry that ends or begins there. Lines of comments
//!   right below it that start in the same column go on with it.
//! - A comment on a line of its own stands above the next entry, unless its column says that it belongs to a
//!   collection that has ended by then: a comment as far right as the last entries are, with less indent following, is
//!   the end of their list.
//! - Between a key and its text nothing can stand in the one form, so such a comment goes above the key.
//! - What stands above everything, up to an empty line or with a line for an editor in it, is the head of the file.

use super::Entry;
use crate::diagnostics::Span;

/// The comments of one entry, each with its `#` and without what follows its last word.
#[derive(Debug, Default)]
pub(super) struct Attached<'a> {
    /// On lines of their own above it.
    pub(super) above: Vec<Comment<'a>>,
    /// Behind it on its line, and on the lines right below in the same column.
    pub(super) beside: Vec<&'a str>,
    /// Behind its last entry, where it is a collection.
    pub(super) end: Vec<Comment<'a>>,
}

/// A comment on a line of its own.
#[derive(Debug)]
pub(super) struct Comment<'a> {
    pub(super) text: &'a str,
    /// Whether an empty line stands above it.
    pub(super) spaced: bool,
}

/// The comments of a file, by the number of the entry that they belong to.
#[derive(Debug, Default)]
pub(super) struct Comments<'a> {
    entries: Vec<Option<Box<Attached<'a>>>>,
}

impl<'a> Comments<'a> {
    /// Those of the entry with this number.
    pub(super) fn of(&mut self, id: usize) -> &mut Attached<'a> {
        if self.entries.len() <= id {
            self.entries.resize_with(id + 1, || None);
        }
        self.entries[id].get_or_insert_default()
    }

    /// Takes those above an entry.
    pub(super) fn take_above(&mut self, id: usize) -> Vec<Comment<'a>> {
        self.get(id).map(|attached| std::mem::take(&mut attached.above)).unwrap_or_default()
    }

    /// Takes those beside an entry.
    pub(super) fn take_beside(&mut self, id: usize) -> Vec<&'a str> {
        self.get(id).map(|attached| std::mem::take(&mut attached.beside)).unwrap_or_default()
    }

    /// Takes those at the end of a collection.
    pub(super) fn take_end(&mut self, id: usize) -> Vec<Comment<'a>> {
        self.get(id).map(|attached| std::mem::take(&mut attached.end)).unwrap_or_default()
    }

    /// Whether a collection can stand on one line: nothing is said of its entries or at its end.
    pub(super) fn are_outside(&self, collection: &Entry<'_>) -> bool {
        let within = self.entries.get(collection.id + 1..).unwrap_or_default();
        let end = self.entries.get(collection.id).and_then(Option::as_ref);
        within.iter().take(collection.last - collection.id).all(Option::is_none)
            && end.is_none_or(|attached| attached.end.is_empty())
    }

    fn get(&mut self, id: usize) -> Option<&mut Attached<'a>> {
        self.entries.get_mut(id)?.as_deref_mut()
    }
}

/// An entry as the rules see it.
struct Point<'a, 'n> {
    entry: &'a Entry<'n>,
    parent: usize,
}

/// Gives each comment to an entry.
pub(super) fn attach<'t>(text: &'t str, whole: &Entry<'_>, found: &[Span]) -> Comments<'t> {
    let mut map = Map { text, points: Vec::new(), ends: Vec::new() };
    map.add(whole, 0);
    let mut comments = Comments::default();
    // The comment before, if it stood beside an entry: where, and which entry.
    let mut beside: Option<(usize, usize)> = None;
    let head = map.head(found);
    for (index, span) in found.iter().enumerate() {
        let range = span.range();
        let at = range.start;
        let written = text.get(range).unwrap_or_default().trim_end();
        let own_line = map.is_first_on_line(at);
        let going_on = beside.filter(|(before, _)| own_line && map.goes_on(*before, at));
        let target = match going_on {
            Some((_, id)) => Some(id),
            None if own_line => None,
            None => map.ends_on_line(at),
        };
        beside = target.map(|id| (at, id));
        let comment = Comment { text: written, spaced: spaced(text, at) };
        match target {
            Some(id) => comments.of(id).beside.push(written),
            None if index < head => comments.of(0).above.push(comment),
            None => match map.place(at, own_line) {
                Place::Above(id) => comments.of(id).above.push(comment),
                Place::End(id) => comments.of(id).end.push(comment),
            },
        }
    }
    comments
}

/// Whether what stands at `at` is the first of its line, and an empty line stands above that. It is not asked what else stands
/// on the line: a book may be a single long one, and each entry of it asks.
pub(super) fn spaced(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '-', '?']);
    let Some(above) = before.strip_suffix(['\n', '\r']) else { return false };
    let above = above.trim_end_matches(|ch: char| ch.is_whitespace() && !matches!(ch, '\n' | '\r'));
    above.is_empty() || above.ends_with(['\n', '\r'])
}

/// Whether a comment speaks to an editor: those look for it in the first lines.
pub(super) fn is_modeline(comment: &str) -> bool {
    let words = comment.trim_start_matches('#').trim_start();
    ["yaml-language-server:", "vim:", "vi:", "-*-"].iter().any(|mark| words.starts_with(mark))
}

enum Place {
    Above(usize),
    End(usize),
}

/// Where the entries of a file stand.
struct Map<'t, 'a, 'n> {
    text: &'t str,
    /// All entries, in the order of the file.
    points: Vec<Point<'a, 'n>>,
    /// Where something ends that a comment can stand behind, and the entry that it belongs to, in the order of the file.
    ends: Vec<(usize, usize)>,
}

impl<'a, 'n> Map<'_, 'a, 'n> {
    fn add(&mut self, entry: &'a Entry<'n>, parent: usize) {
        self.points.push(Point { entry, parent });
        if let Some(key) = entry.key {
            self.ends.push((key.span.end as usize, entry.id));
        }
        for child in &entry.children {
            self.add(child, entry.id);
        }
        let span = entry.node.span;
        // A collection without brackets ends where its last entry does. So does the whole file, beside which nothing is.
        if (entry.children.is_empty() || self.is_flow(entry)) && entry.id != 0 {
            // The text of a block ends with its line.
            let value = self.text.get(span.range()).unwrap_or_default();
            self.ends.push((span.range().start + value.trim_end().len(), entry.id));
        }
    }

    fn is_flow(&self, entry: &Entry<'_>) -> bool {
        let rest = self.text.get(entry.node.span.range()).unwrap_or_default();
        !matches!(entry.node.kind, super::NodeKind::Scalar(_)) && rest.starts_with(['[', '{'])
    }

    /// How many of the first comments are the head of the file.
    fn head(&self, found: &[Span]) -> usize {
        let first = self.points.get(1).map_or(self.text.len(), |point| point.entry.start());
        let above: Vec<_> = found.iter().take_while(|span| (span.start as usize) < first).collect();
        let text = |span: &Span| self.text.get(span.range()).unwrap_or_default();
        let modeline = above.iter().rposition(|span| is_modeline(text(span))).map_or(0, |at| at + 1);
        let gap = above.iter().rposition(|span| spaced(self.text, span.start as usize)).unwrap_or(0);
        let all = if spaced(self.text, first) { above.len() } else { 0 };
        modeline.max(gap).max(all)
    }

    fn is_first_on_line(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with(['\n', '\r'])
    }

    /// Whether the comment at `at` stands on the line below the one at `before`, and in its column.
    fn goes_on(&self, before: usize, at: usize) -> bool {
        let between = self.text.get(before..at).unwrap_or_default();
        between.matches(['\n', '\r']).count() == 1 && self.column(before) == self.column(at)
    }

    /// The entry that something ends of on the line of `at`, before it.
    fn ends_on_line(&self, at: usize) -> Option<usize> {
        let count = self.ends.partition_point(|(end, _)| *end <= at);
        let (end, id) = *self.ends.get(count.checked_sub(1)?)?;
        let between = self.text.get(end..at)?;
        (!between.contains(['\n', '\r'])).then_some(id)
    }

    /// Characters from the start of the line.
    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        before.get(line..).unwrap_or_default().chars().count()
    }

    /// Where a comment belongs that stands beside nothing: on a line of its own, or behind the dash of an item.
    fn place(&self, at: usize, own_line: bool) -> Place {
        let count = self.points.partition_point(|point| point.entry.start() < at);
        // The whole file begins where its first entry does, and nothing is above it but its head.
        let next = self.points.get(count.max(1));
        let above =
            |next: Option<&Point<'_, '_>>| next.map_or(Place::End(0), |next| Place::Above(next.entry.id));
        let Some(last) = count.checked_sub(1).and_then(|last| self.points.get(last)) else {
            return above(next);
        };
        // Between a key and its text or its brackets, or within a text.
        if last.entry.id != 0 && last.entry.children.is_empty() && at < last.entry.node.span.end as usize {
            return Place::Above(last.entry.id);
        }
        if self.is_flow(last.entry) && at < last.entry.node.span.start as usize {
            return Place::Above(last.entry.id);
        }
        if !own_line && next.is_some() {
            return above(next);
        }
        let stop = next.map(|next| next.parent);
        let column = self.column(at);
        let mut id = last.entry.id;
        loop {
            if stop == Some(id) {
                break;
            }
            let Some(Point { entry, parent }) = self.points.get(id) else { break };
            let reaches = if self.is_flow(entry) {
                at < entry.node.span.end as usize
            } else {
                self.column(entry.node.span.start as usize) <= column
            };
            if reaches && !entry.children.is_empty() {
                return Place::End(id);
            }
            if id == 0 {
                break;
            }
            id = *parent;
        }
        above(next)
    }
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn an_empty_line_stands_above_the_first_of_a_line_alone() {
        let text = "a: 1\n \n  - - b: {c: 1, d: 2}\ne: 3\n";
        let is_spaced = |word: &str| spaced(text, text.find(word).expect("it is there"));
        assert!(is_spaced("- - b") && is_spaced("b: "));
        assert!(!is_spaced("a: ") && !is_spaced("c: ") && !is_spaced("d: ") && !is_spaced("e: "));
        assert!(spaced("\na: 1\n", 1));
    }
}
