//! Items that stand in another list than the one they were written for.
//!
//! In: the keys of a mapping, and its shape. Out: the list beside its own that has all of them. An entry that was appended below
//! `retired`, or tombstones whose `retired:` was lost, are one mistake and not one for every key.

use super::shape::{self, Shape, Value};

/// The mappings of a book that hold several lists.
const PARENTS: [&Shape; 4] = [&shape::DOMAIN, &shape::CONDITIONS, &shape::DOCUMENT, &shape::ERROR];

/// The key of a list beside the one with items of `shape`, and the shape of its own items, which have all of `keys`.
pub(super) fn list_with(shape: &'static Shape, keys: &[&str]) -> Option<(&'static str, &'static Shape)> {
    let is_own = |item: &Shape| std::ptr::eq(item, shape);
    let parents = PARENTS.into_iter().filter(|parent| lists(parent).any(|(_, item)| is_own(item)));
    let mut others = parents.flat_map(lists).filter(|(_, item)| !is_own(item));
    others.find(|(_, item)| keys.iter().all(|key| item.key(key).is_some()))
}

/// The lists of mappings under the keys of `parent`.
fn lists(parent: &'static Shape) -> impl Iterator<Item = (&'static str, &'static Shape)> {
    parent.keys.iter().filter_map(|key| match key.value {
        Value::List(Value::Map(item), ..) => Some((key.name, *item)),
        _ => None,
    })
}
