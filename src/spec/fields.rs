//! Takes the keys of a mapping one by one and remembers every fault.
//!
//! In: a `Node` that should be a mapping. Out: typed values with their places. A derive would stop at the
//! first fault; here each `take` reports its own and the reader goes on, so that an author sees all of them
//! at once. A key that nobody took is unknown, and one that must be there may be missing: `finish` says so. One mistake
//! is told once: a misspelt key is unknown, and not missing as well.

use super::misplaced;
use super::shape::{Shape, Text, Value};
use super::yaml::{Node, NodeKind, Scalar};
use crate::characters::is_hidden;
use crate::diagnostics::{Budget, Diagnostic, Loc, MOST_FAULTS, Span};
use crate::nearest::nearest;
use std::fmt::Write as _;

/// How many unknown keys of one mapping are told one by one. A mapping of an author has a few keys; one with hundreds
/// of unknown ones is another kind of file.
const MOST_UNKNOWN: usize = 20;

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
        self.exemplified(key, faults, |faults| text(node, key, faults))
    }

    /// The text of `key`, which must be there.
    pub fn require_text(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
        let node = self.require(key)?;
        self.exemplified(key, faults, |faults| text(node, key, faults))
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
        let holds_mappings = self
            .shape
            .and_then(|shape| shape.key(key))
            .is_some_and(|key| matches!(key.value, Value::List(Value::Map(_), ..)));
        if holds_mappings && scalar(node).is_some() {
            let message = format!("`{key}` is a list, and {} stands here", node.describe());
            let fault = Diagnostic::error("wrong_type", node.span, message);
            faults.push(fault.help("begin each of its items with `- `; write `[]` if it has none"));
            return &[];
        }
        let items = self.exemplified(key, faults, |faults| list(node, key, faults));
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
        self.exemplified(key, faults, |faults| texts(node, key, faults))
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

    /// Reports every key that is missing, and every key that nobody took.
    pub fn finish(self, faults: &mut Vec<Diagnostic>) {
        self.finish_with(|_| None, faults);
    }

    /// The same; `explain` may know why a key does not belong here.
    pub fn finish_with(mut self, explain: impl Fn(&str) -> Option<String>, faults: &mut Vec<Diagnostic>) {
        let unread = |shape: &Shape| {
            shape.keys.iter().find(|key| key.readers.is_empty() && !self.known.contains(&key.name))
        };
        debug_assert!(
            self.shape.and_then(unread).is_none(),
            "`spec::shape` has a key that nobody reads in {}: {:?}",
            self.what,
            self.shape.and_then(unread)
        );
        if self.missing.is_empty() && self.entries.iter().all(|(_, _, taken)| *taken) {
            self.tell_empty(faults);
            return;
        }
        if self.misplaced(faults) {
            return;
        }
        self.unindented(faults);
        self.unknown(explain, faults);
        self.tell_missing(faults);
    }

    /// Warns of keys that may be absent and have nothing behind them: they count as absent, and somebody meant to write more,
    /// or removed too much. Whoever means nothing says so with `null`.
    fn tell_empty(&self, faults: &mut Vec<Diagnostic>) {
        for (key, node, _) in &self.entries {
            if scalar(node).is_none_or(|scalar| !scalar.is_empty()) {
                continue;
            }
            let message = format!("`{}` has nothing behind it, and counts as absent", key.value);
            let help = "write its value, or remove the key; `null` says that there is none";
            faults.push(Diagnostic::warning("empty_value", key.span, message).help(help));
        }
    }

    /// Tells of an item that was written for the list beside its own, if some of its keys are of no other.
    fn misplaced(&self, faults: &mut Vec<Diagnostic>) -> bool {
        let mut unknown = self.entries.iter().filter(|(_, _, taken)| !taken).map(|(key, ..)| *key);
        let (Some(shape), Some(first), Some(second)) = (self.shape, unknown.next(), unknown.next()) else {
            return false;
        };
        let keys: Vec<_> = self.entries.iter().map(|(key, ..)| key.value.as_str()).collect();
        let Some((list, other)) = misplaced::list_with(shape, &keys) else { return false };
        let message = format!(
            "`{}` and `{}` are keys of {}, and {} stands here",
            first.value, second.value, other.what, shape.what
        );
        let help = format!("move it below `{list}:`, or write that on a line above it if it was lost");
        faults.push(Diagnostic::error("unknown_key", first.span, message).help(help));
        true
    }

    /// Tells of keys that stand beside a key that holds nothing, and were meant to stand below it.
    fn unindented(&mut self, faults: &mut Vec<Diagnostic>) {
        for parent in 0..self.entries.len() {
            let (key, node, taken) = self.entries[parent];
            let may_hold_keys =
                self.shape.and_then(|shape| shape.key(&key.value)).is_some_and(|key| key.value.is_mapping());
            if !taken || !is_nothing(node) || !may_hold_keys {
                continue;
            }
            let rest = self.entries.iter().skip(parent + 1);
            let absent = |name: &str| self.absent().any(|key| key == name);
            let children = rest.take_while(|(name, _, taken)| {
                !taken && nearest(&name.value, self.known.iter().copied()).is_none_or(|near| !absent(near))
            });
            let children = children.count();
            if let Some((child, ..)) = self.entries.get(parent + 1).filter(|_| children > 0) {
                let message = format!("`{}` stands beside `{}`, which is empty", child.value, key.value);
                let fault = Diagnostic::error("unknown_key", child.span, message);
                let help = format!("indent it deeper than `{}`, if it belongs there", key.value);
                faults.push(fault.label(key.span, "this one is empty").help(help));
                self.missing.retain(|missing| *missing != key.value);
                for (_, _, taken) in self.entries.iter_mut().skip(parent + 1).take(children) {
                    *taken = true;
                }
            }
        }
    }

    /// The known keys that are not there.
    fn absent(&self) -> impl Iterator<Item = &'static str> {
        let is_there = |known: &str| self.entries.iter().any(|(name, ..)| name.value == known);
        self.known.iter().copied().filter(move |known| !is_there(known))
    }

    /// Whether a key that nobody took stands there a second time, which was told.
    fn is_again(&self, key: &Loc<String>) -> bool {
        let first = self.entries.iter().find(|(name, ..)| name.value == key.value);
        first.is_some_and(|(name, ..)| name.span != key.span)
    }

    /// Tells of a text in one language that stands beside the texts it belongs to, and not among them.
    fn unindented_text(&self, key: &Loc<String>) -> Option<Diagnostic> {
        let place = self.entries.iter().position(|(name, ..)| name.span == key.span)?;
        let is_lost = |entry: &(&Loc<String>, &Node, bool)| {
            // A word may be the value of a key that is misspelt, such as `id`.
            let reads_like_text = |scalar: &Scalar| scalar.text.contains(' ') || !scalar.text.is_ascii();
            !entry.2 && is_like_locale(&entry.0.value) && scalar(entry.1).is_some_and(reads_like_text)
        };
        let above = self.entries[..place].iter().rposition(|entry| !is_lost(entry))?;
        let (parent, node, _) = self.entries[above];
        let NodeKind::Mapping(texts) = &node.kind else { return None };
        let first = &texts.first()?.0;
        // In braces no column says where a text belongs.
        if first.span.start != node.span.start {
            return None;
        }
        let holds_texts = matches!(self.shape?.key(&parent.value)?.value, Value::Free(Text::Locale, ..));
        if !holds_texts || !is_lost(&self.entries[place]) {
            return None;
        }
        let message = format!("`{}` stands beside `{}`, and is one of its texts", key.value, parent.value);
        let fault = Diagnostic::error("unknown_key", key.span, message)
            .label(first.span, "the texts begin in this column");
        Some(fault.help(format!("indent it as far as `{}`", first.value)))
    }

    /// Tells of the keys that nobody took. One that was meant for a missing key is told instead of that.
    fn unknown(&mut self, explain: impl Fn(&str) -> Option<String>, faults: &mut Vec<Diagnostic>) {
        let unknown: Vec<_> = self
            .entries
            .iter()
            .filter(|(_, _, taken)| !taken)
            .map(|(key, ..)| *key)
            .filter(|key| !self.is_again(key))
            .collect();
        // Nobody reads a suggestion beyond the budget.
        let suggests = faults.len() < MOST_FAULTS;
        for key in unknown.iter().take(MOST_UNKNOWN) {
            if key.value.starts_with("//") || key.value.starts_with("/*") {
                // What it swallowed is not missing.
                self.missing.clear();
                let fault = Diagnostic::error("unknown_key", key.span, "this is no comment of YAML");
                faults.push(fault.help("begin each line of a comment with `#`"));
                continue;
            }
            if key.value == "<<" {
                // What it would bring along is not missing.
                self.missing.clear();
                let fault = Diagnostic::error(
                    "unknown_key",
                    key.span,
                    "a merge key (`<<`) brings nothing along here",
                );
                faults.push(fault.help("write the keys out that it stands for"));
                continue;
            }
            if let Some(fault) = self.unindented_text(key) {
                faults.push(fault);
                continue;
            }
            let known = key.value.trim_start_matches(|ch: char| ch == ' ' || is_hidden(ch));
            if let Some(first) = key.value.chars().next().filter(|first| is_hidden(*first))
                && self.known.contains(&known)
            {
                self.missing.retain(|missing| *missing != known);
                let message = format!("the character U+{:04X} stands before `{known}`", u32::from(first));
                let place = Span::new(
                    key.span.source,
                    key.span.range().start,
                    key.span.range().start + first.len_utf8(),
                );
                faults.push(
                    Diagnostic::error("unknown_key", place, message).help("remove it").suggest(place, ""),
                );
                continue;
            }
            let message = if key.value.is_empty() {
                "no key stands before this colon".to_owned()
            } else {
                format!("unknown key `{}` in {}", key.value, self.what)
            };
            let fault = Diagnostic::error("unknown_key", key.span, message);
            let explained = explain(&key.value);
            let near = nearest(&key.value, self.absent().filter(|_| suggests))
                .or_else(|| nearest(&key.value, self.known.iter().copied().filter(|_| suggests)));
            faults.push(match (explained, near, self.missing.as_slice()) {
                (Some(reason), ..) => fault.help(reason),
                (None, Some(near), _) => {
                    self.missing.retain(|missing| *missing != near);
                    fault.did_you_mean(key.span, near)
                }
                (None, None, [missing]) if unknown.len() == 1 && self.absent().any(|key| key == *missing) => {
                    let fault = fault.help(format!("`{missing}` is missing: was that meant?"));
                    let fault = fault.suggest(key.span, *missing);
                    self.missing.clear();
                    fault
                }
                _ => {
                    // A reader may look at a key twice.
                    let mut known: Vec<&str> = Vec::with_capacity(self.known.len());
                    for key in &self.known {
                        if !known.contains(key) {
                            known.push(key);
                        }
                    }
                    fault.help(format!("known keys: {}", known.join(", ")))
                }
            });
        }
        if let Some(next) = unknown.get(MOST_UNKNOWN) {
            let message =
                format!("{} more unknown keys in {}, from here on", unknown.len() - MOST_UNKNOWN, self.what);
            faults.push(Diagnostic::error("unknown_key", next.span, message));
        }
    }

    /// Tells of the keys that must be there: at the key if it holds nothing, else all at the head of the mapping.
    fn tell_missing(self, faults: &mut Vec<Diagnostic>) {
        let mut absent = Vec::new();
        for key in self.missing {
            let empty = self.entries.iter().find(|(name, ..)| name.value == key);
            if let Some((name, ..)) = empty {
                let message = format!("the `{key}` of {} is empty", self.what);
                let example = self.shape.and_then(|shape| shape.key(key)?.examples.first());
                let help = match example {
                    Some(example) => format!("for example `{key}: {example}`"),
                    None => format!("write what stands behind `{key}:`, or below it"),
                };
                faults.push(Diagnostic::error("missing_key", name.span, message).help(help));
            } else {
                absent.push(key);
            }
        }
        if let Some((last, others)) = absent.split_last() {
            let all = |quote: &dyn Fn(&str) -> String| {
                let others: Vec<_> = others.iter().map(|key| quote(key)).collect();
                let last = quote(last);
                if others.is_empty() { last } else { format!("{} and {last}", others.join(", ")) }
            };
            let head = self.entries.first().map_or(self.span, |(key, ..)| key.span);
            let message = format!("{} has no {}", self.what, all(&|key| format!("`{key}`")));
            let mut help = format!("add {}", all(&|key| format!("`{key}:`")));
            // An item begins with its first key. One that begins with another was cut off by a `- ` too many.
            let first = self.shape.and_then(|shape| shape.keys.first()).map(|key| key.name);
            if let (Some((name, ..)), Some("code")) = (self.entries.first(), first)
                && absent == ["code"]
            {
                let _ = write!(
                    help,
                    "; or remove the `- ` before `{}`, if it belongs to what is above",
                    name.value
                );
            }
            faults.push(Diagnostic::error("missing_key", head, message).help(help));
        }
    }
}

/// The `:` behind the language of a key that holds its text as well (`{en:Not found.}`), and that language.
fn colon_without_blank(key: &Loc<String>) -> Option<(Span, &str)> {
    let (locale, _) = key.value.split_once(':').filter(|(locale, _)| is_like_locale(locale))?;
    let at = key.span.range().start + locale.len();
    // What stands in quotes is longer than its text.
    (key.span.range().len() == key.value.len()).then(|| (Span::new(key.span.source, at, at + 1), locale))
}

fn without_blank(colon: Span, locale: &str) -> Diagnostic {
    Diagnostic::error("yaml_syntax", colon, format!("a blank is missing behind the `:` of `{locale}`"))
}

/// Whether a word may be the tag of a language, like `zh-Hans`.
fn is_like_locale(word: &str) -> bool {
    let mut parts = word.split('-');
    let is_language = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_part =
        |part: &str| matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_language) && parts.all(is_part)
}

/// That `what` is no mapping. What it is may be the whole file; its beginning shows it as well.
fn no_mapping(what: &str, node: &Node) -> Diagnostic {
    let message = format!("{what} is a mapping, and {} stands here", node.describe());
    Diagnostic::error("wrong_type", head(node), message)
}

/// Where a value begins: its first key or item, which shows where it is as well as all of it would.
fn head(node: &Node) -> Span {
    match &node.kind {
        NodeKind::Sequence(items) => items.first().map_or(node.span, head),
        NodeKind::Mapping(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
        NodeKind::Scalar(_) => node.span,
    }
}

/// Whether a node is how YAML writes "nothing".
fn is_nothing(node: &Node) -> bool {
    scalar(node).is_some_and(Scalar::is_null)
}

/// The scalar of a node, if it is one.
pub fn scalar(node: &Node) -> Option<&Scalar> {
    match &node.kind {
        NodeKind::Scalar(scalar) => Some(scalar),
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
    }
}

/// The text of a scalar node; `what` names it in the message if it is none.
pub fn text(node: &Node, what: &str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
    match scalar(node) {
        Some(scalar) if !scalar.is_null() => Some(Loc::new(scalar.text.clone(), node.span)),
        Some(_) => {
            let fault = Diagnostic::error("wrong_type", node.span, format!("`{what}` is empty"));
            faults.push(fault.help("write its text; in quotes, if that begins with `#`"));
            None
        }
        None => {
            let message = format!("`{what}` is a single value, and {} stands here", node.describe());
            faults.push(Diagnostic::error("wrong_type", head(node), message));
            None
        }
    }
}

/// The text of an item of the list under `what`, which is a list of words.
pub fn word(item: &Node, what: &str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
    let text = scalar(item).filter(|scalar| !scalar.is_null());
    // A line below an item that is indented deeper goes on with it.
    if let Some((first, next)) = text.filter(|text| text.plain).and_then(|text| text.text.split_once(" - ")) {
        let message =
            format!("for YAML `- {next}` goes on with the item `{first}`, for it is indented deeper");
        let fault = Diagnostic::error("wrong_type", item.span, message);
        faults.push(fault.help("begin all items of the list in one column"));
        return None;
    }
    if let Some(text) = text {
        return Some(Loc::new(text.text.clone(), item.span));
    }
    let message = format!("an item of `{what}` is a word, and {} stands here", item.describe());
    faults.push(
        Diagnostic::error("wrong_type", head(item), message).help("write one word for each item of the list"),
    );
    None
}

/// The items of a list node.
pub fn list<'a>(node: &'a Node, what: &str, faults: &mut Vec<Diagnostic>) -> &'a [Node] {
    if let NodeKind::Sequence(items) = &node.kind {
        items
    } else {
        let message = format!("`{what}` is a list, and {} stands here", node.describe());
        let fault = Diagnostic::error("wrong_type", node.span, message);
        faults.push(match scalar(node).map(in_brackets) {
            Some(Some(listed)) => fault.help(format!("write `{listed}`")).suggest(node.span, listed),
            Some(None) if scalar(node).is_some_and(|scalar| scalar.text.contains(" - ")) => {
                fault.help("begin each of its items with `- `, the first one as well")
            }
            Some(None) => {
                fault.help("write its items in `[` and `]`, or each on a line that begins with `- `")
            }
            None => fault.help("begin each of its items with `- `"),
        });
        &[]
    }
}

/// The words of a scalar as a list, if that is what it looks like: `en, zh-Hans` or `en`.
fn in_brackets(scalar: &Scalar) -> Option<String> {
    let is_word = |word: &str| {
        let is_part = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_' | '.');
        !word.is_empty() && word.chars().all(is_part)
    };
    let words: Vec<_> = scalar.text.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    // The first of them lost its dash.
    let has_dash = words.contains(&"-");
    (scalar.plain && !has_dash && words.iter().all(|word| is_word(word)))
        .then(|| format!("[{}]", words.join(", ")))
}

/// Reads the items of a list one by one, of whose faults no more are kept than anybody reads.
pub fn each<T>(
    items: &[Node],
    faults: &mut Vec<Diagnostic>,
    mut read: impl FnMut(&Node, &mut Vec<Diagnostic>) -> Option<T>,
) -> Vec<T> {
    let mut budget = Budget::new(faults);
    let mut all = Vec::new();
    for item in items {
        all.extend(read(item, faults));
        budget.keep(faults);
    }
    budget.close(faults);
    all
}

/// Keys and texts of a mapping node whose keys are free.
pub fn texts(node: &Node, what: &str, faults: &mut Vec<Diagnostic>) -> Vec<(Loc<String>, Loc<String>)> {
    if let NodeKind::Mapping(entries) = &node.kind {
        // A list that grows would have room for four, and there are as many of these as there are texts.
        let mut texts = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let colon = colon_without_blank(key);
            // `{en:Not found: 3}`, but not `en:: Not found`.
            let goes_on = |(colon, _): &&(Span, &str)| colon.end < key.span.end && !is_nothing(value);
            if let Some((colon, locale)) = colon.as_ref().filter(goes_on) {
                let help = format!("write `{locale}: `, and put the text in quotes, since a `: ` is in it");
                faults.push(without_blank(*colon, locale).help(help));
                continue;
            }
            let before = faults.len();
            texts.extend(text(value, &key.value, faults).map(|text| (key.clone(), text)));
            let Some(fault) = faults.get_mut(before) else { continue };
            let begins_text = match &value.kind {
                NodeKind::Sequence(items) if items.iter().any(is_mapping) => {
                    fault.help = Some(no_part(&key.value, what));
                    continue;
                }
                NodeKind::Sequence(items)
                    if items.last().is_some_and(|last| last.span.end == value.span.end) =>
                {
                    let help =
                        format!("write one text: `{}: |-`, and its lines below it, without `- `", key.value);
                    fault.help = Some(help);
                    continue;
                }
                NodeKind::Sequence(_) => Some('['),
                // `{token}`
                NodeKind::Mapping(entries) => {
                    entries.iter().all(|(_, value)| is_nothing(value)).then_some('{')
                }
                NodeKind::Scalar(_) => None,
            };
            if let Some(first) = begins_text {
                fault.help = Some(format!("a text that begins with `{first}` has to be quoted"));
            } else if matches!(value.kind, NodeKind::Mapping(_)) {
                fault.help = Some(no_part(&key.value, what));
            } else if let Some((colon, locale)) = colon {
                let help = format!("write `{locale}: `");
                *fault = without_blank(colon, locale).help(help).suggest(colon, ": ");
            } else if key.value.contains(' ') {
                // `{en: Sorry, not found.}`
                fault.help = Some("in braces, a text with `,` has to be quoted".to_owned());
            }
        }
        texts
    } else {
        let fault = no_mapping(&format!("`{what}`"), node);
        let are_keys = |items: &[Node]| items.iter().all(is_mapping);
        faults.push(match &node.kind {
            NodeKind::Sequence(items) if are_keys(items) => {
                fault.help("remove the `- ` before each of its keys")
            }
            _ => fault,
        });
        Vec::new()
    }
}

/// What to do about a block under `key` among the texts of `what`.
fn no_part(key: &str, what: &str) -> String {
    // An entry begins with its own message; a further one is that of an erratum.
    if key == "message" {
        return "if this `message` belongs to an erratum, write `erratum:` on a line before it".to_owned();
    }
    format!(
        "if `{key}` is no part of `{what}`, indent it as far as that, or write the key that it belongs to before it"
    )
}

/// Whether keys stand below a node.
fn is_mapping(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Mapping(_))
}

/// A number written in the one canonical way: digits without leading zero.
fn canonical_number(text: &str) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
