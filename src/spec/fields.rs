//! Takes the keys of a mapping one by one and remembers every fault.
//!
//! In: a `Node` that should be a mapping. Out: typed values with their places. A derive would stop at the
//! first fault; here each `take` reports its own and the reader goes on, so that an author sees all of them
//! at once. A key that nobody took is unknown: `finish` says so and offers the nearest known key.

use super::shape::Shape;
use super::yaml::{Node, NodeKind, Scalar};
use crate::diagnostics::{Budget, Diagnostic, Loc, MOST_FAULTS, Span};

/// How many unknown keys of one mapping are told one by one. A mapping of an author has a few keys; one with hundreds
/// of unknown ones is another kind of file.
const MOST_UNKNOWN: usize = 20;

/// How many keys a mapping of a spec can have, so that most lists of them are made once.
const MOST_KNOWN: usize = 20;

/// A mapping that is being read.
pub struct Fields<'a> {
    span: Span,
    entries: Vec<(&'a Loc<String>, &'a Node, bool)>,
    known: Vec<&'static str>,
    /// Those of them that are not there and must be.
    missing: Vec<&'static str>,
    what: &'static str,
    /// The keys that may be asked for; `None` where each reader has its own, as outputs do.
    shape: Option<&'static Shape>,
}

impl<'a> Fields<'a> {
    /// Opens `node` as a mapping of `shape`, or reports that it is none.
    pub fn open(node: &'a Node, shape: &'static Shape, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(Self { shape: Some(shape), ..Self::open_as(node, shape.what, faults)? })
    }

    /// Opens `node` as the mapping of `what` (`"an output"`), whose keys are in no table, or reports that it is none.
    pub fn open_as(node: &'a Node, what: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        if let NodeKind::Mapping(entries) = &node.kind {
            let entries = entries.iter().map(|(key, value)| (key, value, false)).collect();
            let known = Vec::with_capacity(MOST_KNOWN);
            Some(Self { span: node.span, entries, known, missing: Vec::new(), what, shape: None })
        } else {
            let message = format!("{what} is a mapping, and {} stands here", node.describe());
            faults.push(Diagnostic::error("wrong_type", node.span, message));
            None
        }
    }

    /// Where the mapping stands.
    pub fn span(&self) -> Span {
        self.span
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
        match &node.kind {
            NodeKind::Scalar(scalar) if scalar.is_null() => None,
            _ => Some(node),
        }
    }

    /// The value of `key`, which must be there.
    pub fn require(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<&'a Node> {
        let node = self.take(key);
        if node.is_none() {
            self.missing.push(key);
            let message = self.missing_message(key);
            faults.push(Diagnostic::error("missing_key", self.span, message).help(format!("add `{key}:`")));
        }
        node
    }

    fn missing_message(&self, key: &str) -> String {
        format!("{} has no `{key}`", self.what)
    }

    /// The text of `key`, if it is there.
    pub fn text(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
        self.take(key).and_then(|node| text(node, key, faults))
    }

    /// The text of `key`, which must be there.
    pub fn require_text(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
        self.require(key, faults).and_then(|node| text(node, key, faults))
    }

    /// The items of `key`; none if it is absent.
    pub fn list(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> &'a [Node] {
        self.take(key).map(|node| list(node, key, faults)).unwrap_or_default()
    }

    /// The keys and texts of `key`, whose keys are free; none if it is absent.
    pub fn texts(
        &mut self,
        key: &'static str,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<(Loc<String>, Loc<String>)> {
        self.take(key).map(|node| texts(node, key, faults)).unwrap_or_default()
    }

    /// `true` or `false`; `None` if absent.
    pub fn boolean(&mut self, key: &'static str, faults: &mut Vec<Diagnostic>) -> Option<bool> {
        let node = self.take(key)?;
        match scalar(node).map(|scalar| (scalar.text.as_str(), scalar.plain)) {
            Some(("true", true)) => Some(true),
            Some(("false", true)) => Some(false),
            _ => {
                let message = format!("`{key}` is neither `true` nor `false`");
                faults.push(Diagnostic::error("wrong_type", node.span, message));
                None
            }
        }
    }

    /// A whole number within `range`; `None` if absent.
    pub fn number(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Loc<u32>> {
        let node = self.take(key)?;
        let number =
            scalar(node).filter(|scalar| scalar.plain).and_then(|scalar| canonical_number(&scalar.text));
        match number {
            Some(number) if range.contains(&number) => Some(Loc::new(number, node.span)),
            _ => {
                let message = format!("`{key}` is a whole number from {} to {}", range.start(), range.end());
                faults.push(Diagnostic::error("wrong_type", node.span, message));
                None
            }
        }
    }

    /// Reports every key that nobody took.
    pub fn finish(self, faults: &mut Vec<Diagnostic>) {
        self.finish_with(|_| None, faults);
    }

    /// Reports every key that nobody took; `explain` may know why a key does not belong here.
    pub fn finish_with(self, explain: impl Fn(&str) -> Option<String>, faults: &mut Vec<Diagnostic>) {
        let unread = |shape: &Shape| {
            shape.keys.iter().find(|key| key.readers.is_empty() && !self.known.contains(&key.name))
        };
        debug_assert!(
            self.shape.and_then(unread).is_none(),
            "`spec::shape` has a key that nobody reads in {}: {:?}",
            self.what,
            self.shape.and_then(unread)
        );
        let unknown: Vec<_> =
            self.entries.iter().filter(|(_, _, taken)| !taken).map(|(key, ..)| *key).collect();
        // Nobody reads a suggestion beyond the budget.
        let suggests = faults.len() < MOST_FAULTS;
        for key in unknown.iter().take(MOST_UNKNOWN) {
            // One slip is one finding: the key that was misspelt is not missing.
            let slip = nearest(&key.value, self.missing.iter().copied().filter(|_| suggests));
            if let Some(meant) = slip {
                let message = self.missing_message(meant);
                faults.retain(|fault| fault.span() != Some(self.span) || fault.message != message);
            }
            let message = format!("unknown key `{}` in {}", key.value, self.what);
            let fault = Diagnostic::error("unknown_key", key.span, message);
            faults.push(if let Some(reason) = explain(&key.value) {
                fault.help(reason)
            } else if let Some(known) =
                slip.or_else(|| nearest(&key.value, self.known.iter().copied().filter(|_| suggests)))
            {
                fault.help(format!("did you mean `{known}`?")).suggest(key.span, known)
            } else {
                fault.help(format!("known keys: {}", self.known.join(", ")))
            });
        }
        if let Some(next) = unknown.get(MOST_UNKNOWN) {
            let message =
                format!("{} more unknown keys in {}, from here on", unknown.len() - MOST_UNKNOWN, self.what);
            faults.push(Diagnostic::error("unknown_key", next.span, message));
        }
    }
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
        _ => {
            let message = format!("`{what}` is a text, and {} stands here", node.describe());
            faults.push(Diagnostic::error("wrong_type", node.span, message));
            None
        }
    }
}

/// The items of a list node.
pub fn list<'a>(node: &'a Node, what: &str, faults: &mut Vec<Diagnostic>) -> &'a [Node] {
    if let NodeKind::Sequence(items) = &node.kind {
        items
    } else {
        let message = format!("`{what}` is a list, and {} stands here", node.describe());
        faults.push(Diagnostic::error("wrong_type", node.span, message));
        &[]
    }
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
            texts.extend(text(value, &key.value, faults).map(|text| (key.clone(), text)));
        }
        texts
    } else {
        let message = format!("`{what}` is a mapping, and {} stands here", node.describe());
        faults.push(Diagnostic::error("wrong_type", node.span, message));
        Vec::new()
    }
}

/// A number written in the one canonical way: digits without leading zero.
fn canonical_number(text: &str) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// The known word that a misspelt one most likely meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    known
        // The lengths of two words differ at most by their distance; a long text is not even looked at.
        .filter(|candidate| length.abs_diff(candidate.chars().count()) <= 1 + candidate.len() / 4)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}
