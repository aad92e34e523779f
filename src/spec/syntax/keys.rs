//! Which words are keys of a file of a book, wherever they stand.
//!
//! In: a word. Out: what stands under it (`shape`). A text that is no YAML has no places that could be asked for theirs.

use crate::nearest::nearest;
use crate::spec::shape::{self, Key, Shape, Value};

/// The shapes of what stands in the files of a book.
const SHAPES: [&Shape; 21] = [
    &shape::BOOK,
    &shape::CONDITIONS,
    &shape::CONDITION,
    &shape::VOCABULARY,
    &shape::DOMAIN,
    &shape::ERROR,
    &shape::ERRATUM,
    &shape::VARIANT,
    &shape::RETIRED,
    &shape::RETIRED_CONDITION,
    &shape::FORMER_NAME,
    &shape::DEPRECATED,
    &shape::DOCUMENT,
    &shape::TABLE,
    &shape::IGNORE,
    &shape::LISTED_ROW,
    &shape::ROW,
    &shape::BASELINE,
    &shape::BASELINE_LINE,
    &shape::WAIVERS,
    &shape::WAIVER,
];

/// What can stand under the key `name`.
pub(super) fn values(name: &str) -> impl Iterator<Item = &'static Value> {
    SHAPES.into_iter().filter_map(move |shape| shape.key(name)).map(|key| &key.value)
}

/// Whether a line begins a part of a file: a key that stands at the margin in one of the files. One that opens a block is none of
/// those that hold a text there: the `title` of a condition has its texts below it.
pub(in super::super) fn begins_part(name: &str, has_value: bool) -> bool {
    let holds_text = |key: &Key| {
        matches!(key.value, Value::Text(_) | Value::Literal(_) | Value::Boolean | Value::Number(..))
    };
    let keys = shape::FILES.iter().filter_map(|shape| shape.key(name));
    keys.into_iter().any(|key| has_value || !holds_text(key))
}

/// Whether a word is no key, and nearly one of those at the margin.
pub(super) fn is_misspelt_part(name: &str) -> bool {
    let parts = shape::FILES.iter().flat_map(|shape| shape.keys).map(|key| key.name);
    values(name).next().is_none() && nearest(name, parts).is_some()
}

/// Whether the items of the list under a key are mappings.
pub(super) fn is_list_of_mappings(name: &str) -> bool {
    values(name).any(|value| matches!(value, Value::List(Value::Map(_), ..)))
}

/// Whether two words can be keys of one mapping. Words that are no keys of the format are those of its authors, such as locales.
pub(super) fn are_of_one_mapping(one: &str, other: &str) -> bool {
    let is_known = |name| values(name).next().is_some();
    match (is_known(one), is_known(other)) {
        (true, true) => SHAPES.iter().any(|shape| shape.key(one).is_some() && shape.key(other).is_some()),
        (one, other) => one == other,
    }
}

/// Whether one mapping can have all of these keys. Words that are no keys of the format are left aside.
pub(super) fn have_one_mapping(names: &[&str]) -> bool {
    SHAPES.into_iter().any(|shape| can_have(shape, names))
}

/// The key of the list that stands in one file with the key `beside`, and whose items can have all of these keys.
pub(super) fn list_beside(beside: &str, names: &[&str]) -> Option<&'static str> {
    let files = shape::FILES.iter().filter(|file| file.key(beside).is_some());
    let mut lists = files.flat_map(|file| file.keys).map(|key| key.name).filter(|list| *list != beside);
    let begins = |list: &str| names.first().is_some_and(|first| can_begin_item(list, first));
    lists.find(|list| begins(list) && holds_items_with(list, names))
}

/// Whether the items of a list can have a key.
fn can_begin_item(list: &str, name: &str) -> bool {
    values(list).any(|value| matches!(value, Value::List(Value::Map(shape), ..) if shape.key(name).is_some()))
}

/// Whether the items of the list under the key `list` can have all of these keys.
pub(super) fn holds_items_with(list: &str, names: &[&str]) -> bool {
    values(list).any(|value| matches!(value, Value::List(Value::Map(shape), ..) if can_have(shape, names)))
}

/// Whether a mapping of a shape can have all of the words that are keys of the format.
fn can_have(shape: &Shape, names: &[&str]) -> bool {
    names.iter().all(|name| shape.key(name).is_some() || values(name).next().is_none())
}

/// Whether `name` can be a key of the mapping under the key `parent`.
pub(super) fn can_stand_under(parent: &str, name: &str) -> bool {
    values(parent).any(|value| matches!(value, Value::Map(shape) if shape.key(name).is_some()))
}

/// Whether a list can stand under a key.
pub(super) fn holds_list(name: &str) -> bool {
    values(name).any(|value| matches!(value, Value::List(..) | Value::Columns))
}

/// Whether what stands under a key is always a block of lines.
pub(super) fn holds_block(name: &str) -> bool {
    let is_block = |value: &Value| value.is_mapping() || matches!(value, Value::List(Value::Map(_), ..));
    values(name).next().is_some() && values(name).all(is_block)
}
