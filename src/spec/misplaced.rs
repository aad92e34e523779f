//! Items that stand in another list than the one they were written for.
//!
//! In: the keys of a mapping, and its shape. Out: the list beside its own that it was written for. An entry that was appended
//! below `retired`, or tombstones whose `retired:` was lost, are one mistake and not one for every key; and where the line above
//! the last items of a list was lost, it is one for all of them.

use super::shape::{self, Shape, Value};
use super::yaml::{Node, NodeKind};
use crate::diagnostics::{Diagnostic, Loc};

/// The mappings of a book that hold several lists.
const PARENTS: [&Shape; 4] = [&shape::DOMAIN, &shape::CONDITIONS, &shape::DOCUMENT, &shape::ERROR];

/// An item that was written for another list.
pub(super) struct Misplaced<'a> {
    /// The keys that only the items of the other list have.
    strange: Vec<&'a Loc<String>>,
    shape: &'static Shape,
    /// The key of the other list.
    pub(super) list: &'static str,
    other: &'static Shape,
}

impl<'a> Misplaced<'a> {
    /// What `node`, an item of a list of `shape`, was written for, if that is another list.
    pub(super) fn of(node: &'a Node, shape: &'static Shape) -> Option<Self> {
        let NodeKind::Mapping(entries) = &node.kind else { return None };
        Self::with_keys(&entries.iter().map(|(key, _)| key).collect::<Vec<_>>(), shape)
    }

    /// The same of an item with these keys: some are of the other list alone. One such key is enough only of an item that is a
    /// whole one there and would lack several here, since a key may be misspelt as one of another list.
    pub(super) fn with_keys(keys: &[&'a Loc<String>], shape: &'static Shape) -> Option<Self> {
        let strange: Vec<_> = keys.iter().copied().filter(|key| shape.key(&key.value).is_none()).collect();
        if strange.is_empty() {
            return None;
        }
        let (list, other) = list_with(shape, keys)?;
        let lacks = |shape: &Shape| {
            let required = shape.keys.iter().filter(|key| key.required && key.readers.is_empty());
            required.filter(|wanted| keys.iter().all(|key| key.value != wanted.name)).count()
        };
        let is_other = strange.len() > 1 || lacks(other) == 0 && lacks(shape) > 1;
        is_other.then_some(Self { strange, shape, list, other })
    }

    /// The fault of the first of some items that were written for the other list.
    pub(super) fn fault(&self, items: usize) -> Option<Diagnostic> {
        let (first, rest) = self.strange.split_first()?;
        let what = match rest.first() {
            Some(second) => format!("`{}` and `{}` are keys", first.value, second.value),
            None => format!("`{}` is a key", first.value),
        };
        let message = format!("{what} of {}, and {} stands here", self.other.what, self.shape.what);
        let (list, them) = (self.list, if items > 1 { "it and the items behind it" } else { "it" });
        let help = format!("move {them} below `{list}:`, or write that on a line above it if it was lost");
        Some(Diagnostic::error("unknown_key", first.span, message).help(help))
    }
}

/// How many items at the end of a list were written for another one, the same for all of them, and the first of them.
pub(super) fn at_the_end<'a>(items: &'a [Node], shape: &'static Shape) -> Option<(usize, Misplaced<'a>)> {
    let mut first: Option<(usize, Misplaced<'a>)> = None;
    for item in items.iter().rev() {
        let Some(misplaced) = Misplaced::of(item, shape) else { break };
        match &mut first {
            Some((_, first)) if first.list != misplaced.list => break,
            Some((count, first)) => {
                *count += 1;
                *first = misplaced;
            }
            None => first = Some((1, misplaced)),
        }
    }
    first
}

/// The key of a list beside the one with items of `shape`, and the shape of its own items, which have all of `keys`.
fn list_with(shape: &'static Shape, keys: &[&Loc<String>]) -> Option<(&'static str, &'static Shape)> {
    let is_own = |item: &Shape| std::ptr::eq(item, shape);
    let parents = PARENTS.into_iter().filter(|parent| lists(parent).any(|(_, item)| is_own(item)));
    let mut others = parents.flat_map(lists).filter(|(_, item)| !is_own(item));
    others.find(|(_, item)| keys.iter().all(|key| item.key(&key.value).is_some()))
}

/// The lists of mappings under the keys of `parent`.
fn lists(parent: &'static Shape) -> impl Iterator<Item = (&'static str, &'static Shape)> {
    parent.keys.iter().filter_map(|key| match key.value {
        Value::List(Value::Map(item), ..) => Some((key.name, *item)),
        _ => None,
    })
}
