//! What is wrong with the keys of a mapping once all that are known were taken.
//!
//! In: the keys that nobody took, and those that must be there and are not. Out: as few faults as there are mistakes: a key
//! that is misspelt is not missing as well, and neither is one that slipped to the keys around its mapping.
//!
//! Deliberately elsewhere: what stands behind a key (`values`), and items that belong to the list beside their own
//! (`misplaced`).

use super::Fields;
use crate::characters::is_hidden;
use crate::diagnostics::{Diagnostic, Loc, MOST_FAULTS, Span};
use crate::nearest::nearest;
use crate::spec::misplaced::Misplaced;
use crate::spec::shape::{Shape, Text, Value};
use crate::spec::values::{is_like_locale, is_nothing, scalar};
use crate::spec::yaml::{Node, NodeKind, Scalar};
use std::fmt::Write as _;

/// How many unknown keys of one mapping are told one by one. A mapping of an author has a few keys; one with hundreds
/// of unknown ones is another kind of file.
const MOST_UNKNOWN: usize = 20;

impl Fields<'_> {
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
        let keys: Vec<_> = self.entries.iter().map(|(key, ..)| *key).collect();
        let misplaced = self.shape.and_then(|shape| Misplaced::with_keys(&keys, shape));
        let fault = misplaced.and_then(|misplaced| misplaced.fault(1));
        let is_misplaced = fault.is_some();
        faults.extend(fault);
        is_misplaced
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
