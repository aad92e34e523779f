//! Takes the keys of a mapping one by one and remembers every fault.
//!
//! In: a `Node` that should be a mapping. Out: typed values with their places. A derive would stop at the
//! first fault; here each `take` reports its own and the reader goes on, so that an author sees all of them
//! at once. A key that nobody took is unknown, and one that must be there may be missing: `finish` says so. One mistake
//! is told once: a misspelt key is unknown, and not missing as well.

mod finish;

use super::misplaced;
use super::shape::{Shape, Value};
use super::values::{self, is_nothing, no_mapping, scalar};
use super::yaml::{Node, NodeKind};
use crate::diagnostics::{Diagnostic, Loc, Span};

/// How many languages a book may have.
pub const MOST_LOCALES: usize = 200;
/// How many domains a book may have.
pub const MOST_DOMAINS: usize = 1_000;
/// How many conditions a book may have.
pub const MOST_CONDITIONS: usize = 10_000;
/// How many tables a recipe may have.
pub const MOST_TABLES: usize = 500;
/// How many columns a table of a recipe may have.
pub const MOST_COLUMNS: usize = 1_000;
/// How many tombstones a file may have.
pub const MOST_RETIRED: usize = 100_000;
/// How many further meanings, and how many former names, an entry may have.
pub const MOST_PARTS: usize = 100;

/// How many items the list under `key` may have, beyond the limit of all values: each of these is compared with the others,
/// or is room in everything that has texts.
fn most_items(key: &str) -> usize {
    match key {
        "locales" => MOST_LOCALES,
        "domains" => MOST_DOMAINS,
        "variants" | "former_names" => MOST_PARTS,
        "conditions" => MOST_CONDITIONS,
        "retired" => MOST_RETIRED,
        "tables" => MOST_TABLES,
        "columns" => MOST_COLUMNS,
        _ => usize::MAX,
    }
}

/// How many keys a mapping of a spec can have, so that most lists of them are made once.
const MOST_KNOWN: usize = 20;

/// A mapping that is being read.
pub struct Fields<'a> {
    span: Span,
    entries: Vec<(&'a Loc<String>, &'a Node, bool)>,
    known: Vec<&'static str>,
    /// The keys that must be there and are not, or hold nothing.
    missing: Vec<&'static str>,
    what: &'static str,
    /// The keys that may be asked for; `None` where each reader has its own, as outputs do.
    shape: Option<&'static Shape>,
}

impl<'a> Fields<'a> {
    /// Opens `node` as a mapping of `shape`, or reports that it is none.
    pub fn open(node: &'a Node, shape: &'static Shape, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Some(fields) = Self::of(node, shape.what) {
            return Some(Self { shape: Some(shape), ..fields });
        }
        let keys: Vec<_> =
            shape.keys.iter().filter(|key| key.required).map(|key| format!("`{}:`", key.name)).collect();
        let list = shape.keys.iter().find(|key| matches!(key.value, Value::List(..)));
        let help = match (keys.as_slice(), list, &node.kind) {
            ([], Some(list), NodeKind::Sequence(_)) => {
                format!("write `{}:` on a line above the list", list.name)
            }
            ([], ..) => "write its keys, each with a `:` behind it".to_owned(),
            (keys, ..) => format!("write its keys, each on a line of its own: {}", keys.join(", ")),
        };
        faults.push(no_mapping(shape.what, node).help(help));
        None
    }

    /// Opens `node` as the mapping of `what` (`"an output"`), whose keys are in no table, or reports that it is none.
    pub fn open_as(node: &'a Node, what: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = Self::of(node, what);
        if fields.is_none() {
            faults.push(no_mapping(what, node).help("write `{}` if it has no keys"));
        }
        fields
    }

    fn of(node: &'a Node, what: &'static str) -> Option<Self> {
        let NodeKind::Mapping(entries) = &node.kind else { return None };
        let entries = entries.iter().map(|(key, value)| (key, value, false)).collect();
        let known = Vec::with_capacity(MOST_KNOWN);
        Some(Self { span: node.span, entries, known, missing: Vec::new(), what, shape: None })
    }

    /// Where the mapping stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Where the value of `key` stands, or else the mapping.
    pub fn place(&self, key: &str) -> Span {
        self.entries.iter().find(|(name, ..)| name.value == key).map_or(self.span, |(_, node, _)| node.span)
    }

    /// The value of `key`, if it is there and is not `null`.
    pub fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        debug_assert!(
            self.shape.is_none_or(|shape| shape.key(key).is_some()),
            "`spec::shape` does not have `{key}` in {}",
            self.what
        );
        self.known.push(key);
        let (_, node, taken) = self.entries.iter_mut().find(|(name, _, _)| name.value == key)?;
        *taken = true;
        (!is_nothing(node)).then_some(*node)
    }

    /// The value of `key`, which must be there; `finish` says if it is not.
    pub fn require(&mut self, key: &'static str) -> Option<&'a Node> {
        let node = self.take(key);
        if node.is_none() {
            self.missing.push(key);
        }
        node
    }

    /// The text of `key`, if it is there.
    pub fn text(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
        let node = self.take(key)?;
        self.exemplified(key, faults, |faults| values::text(node, key, faults))
    }

    /// The text of `key`, which must be there.
    pub fn require_text(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
        let node = self.require(key)?;
        self.exemplified(key, faults, |faults| values::text(node, key, faults))
    }

    /// The items of `key`; none if it is absent.
    pub fn list(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> &'a [Node] {
        self.take(key).map_or(&[], |node| self.items(node, key, faults))
    }

    /// The items of `key`, which must be there.
    pub fn require_list(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> &'a [Node] {
        self.require(key).map_or(&[], |node| self.items(node, key, faults))
    }

    /// The items of the list under `key` that `node` should be.
    pub fn items(&self, node: &'a Node, key: &'static str, faults: &mut Vec<Diagnostic>) -> &'a [Node] {
        let shape_of_items = self.shape.and_then(|shape| shape.key(key)).and_then(|key| match key.value {
            Value::List(Value::Map(shape), ..) => Some(*shape),
            _ => None,
        });
        if shape_of_items.is_some() && scalar(node).is_some() {
            let message = format!("`{key}` is a list, and {} stands here", node.describe());
            let fault = Diagnostic::error("wrong_type", node.span, message);
            faults.push(fault.help("begin each of its items with `- `; write `[]` if it has none"));
            return &[];
        }
        let mut items = self.exemplified(key, faults, |faults| values::list(node, key, faults));
        // Of those at its end that were written for another list, the line above them was lost.
        if let Some((count, first)) = shape_of_items.and_then(|shape| misplaced::at_the_end(items, shape))
            && count < items.len()
        {
            faults.extend(first.fault(count));
            items = &items[..items.len() - count];
        }
        let most = most_items(key);
        if let Some(beyond) = items.get(most) {
            let message = format!("`{key}` has {} items, more than the limit of {most}", items.len());
            let fault = Diagnostic::error("too_many_nodes", beyond.span, message);
            faults.push(fault.help("this is the first beyond it; remove what nobody uses"));
        }
        items.get(..most).unwrap_or(items)
    }

    /// The keys and texts of `key`, whose keys are free; none if it is absent.
    pub fn texts(
        &mut self,
        key: &'static str,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<(Loc<String>, Loc<String>)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        self.exemplified(key, faults, |faults| values::texts(node, key, faults))
    }

    /// `true` or `false`, with its place; `None` if absent.
    pub fn boolean(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Loc<bool>> {
        let node = self.take(key)?;
        let scalar = scalar(node);
        let word = scalar.map(|scalar| scalar.text.as_str()).unwrap_or_default();
        match (word, scalar.is_some_and(|scalar| scalar.plain)) {
            ("true", true) => return Some(Loc::new(true, node.span)),
            ("false", true) => return Some(Loc::new(false, node.span)),
            _ => {}
        }
        let message = format!("`{key}` is neither `true` nor `false`");
        let fault = Diagnostic::error("wrong_type", node.span, message);
        faults.push(match word.to_lowercase().as_str() {
            same @ ("true" | "false") => fault.help(format!("write `{same}`")).fix(node.span, same),
            "yes" | "y" | "on" | "1" => fault.did_you_mean(node.span, "true"),
            "no" | "n" | "off" | "0" => fault.did_you_mean(node.span, "false"),
            _ => fault.help("write one of them, without quotes"),
        });
        None
    }

    /// A whole number within `range`; `None` if absent.
    pub fn number(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Loc<u32>> {
        let node = self.take(key)?;
        let scalar = scalar(node);
        let text = scalar.map(|scalar| scalar.text.as_str()).unwrap_or_default();
        let within = |text: &str| canonical_number(text).filter(|number| range.contains(number));
        let is_plain = scalar.is_some_and(|scalar| scalar.plain);
        if let Some(number) = within(text).filter(|_| is_plain) {
            return Some(Loc::new(number, node.span));
        }
        let message = format!("`{key}` is a whole number from {} to {}", range.start(), range.end());
        let fault = Diagnostic::error("wrong_type", node.span, message);
        let bare = text.trim().trim_end_matches(".0");
        faults.push(match within(bare) {
            Some(_) if bare == text => {
                fault.help(format!("write {bare} without quotes")).fix(node.span, bare)
            }
            Some(_) => fault.did_you_mean(node.span, bare),
            // `404 Not Found`
            None => match bare.split(' ').next().filter(|word| within(word).is_some()) {
                Some(number) => fault.did_you_mean(node.span, number),
                None => fault.help("write plain digits, without quotes"),
            },
        });
        None
    }

    /// Reads the value of `key`, whose faults come with an example of what it holds, if they have no better help.
    pub(super) fn exemplified<T>(
        &self,
        key: &'static str,
        faults: &mut Vec<Diagnostic>,
        read: impl FnOnce(&mut Vec<Diagnostic>) -> T,
    ) -> T {
        let before = faults.len();
        let value = read(faults);
        let example = self.shape.and_then(|shape| shape.key(key)?.examples.first());
        if let Some(example) = example {
            for fault in faults.iter_mut().skip(before).filter(|fault| fault.help.is_none()) {
                fault.help = Some(format!("for example `{key}: {example}`"));
            }
        }
        value
    }
}

/// A number written in the one canonical way: digits without leading zero.
fn canonical_number(text: &str) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
