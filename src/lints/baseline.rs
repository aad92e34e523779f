//! Findings that were there when a book began to be linted.
//!
//! In: `lint-baseline.yaml`, which stands beside the book and counts findings by lint and place, or nothing. Out: the
//! same findings later are known and not told, as long as there are no more of them than before; more of them are
//! all told. A line of the baseline that is needed no longer is a finding itself, so that the file only shrinks.
//!
//! Places are references (`quectel/5003`) and not lines: a baseline survives edits elsewhere in the file.

use super::Finding;
use crate::diagnostics::{Diagnostic, Level, Loc};
use crate::spec::fields::Fields;
use crate::spec::{shape, write, yaml::Node};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Findings that are known, counted by lint and place.
#[derive(Debug, Default)]
pub struct Baseline {
    known: BTreeMap<(String, String), Loc<usize>>,
}

impl Baseline {
    /// The name of the file beside the book.
    pub const FILE: &'static str = "lint-baseline.yaml";

    /// Reads the file.
    pub fn read(root: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut map = Fields::open(root, &shape::BASELINE, faults)?;
        let mut known = BTreeMap::new();
        for node in map.list("baseline", faults) {
            let Some(mut line) = Fields::open(node, &shape::BASELINE_LINE, faults) else { continue };
            let lint = line.require_text("lint", faults);
            let at = line.require_text("at", faults);
            let count = line.number("count", 1..=u32::MAX, faults);
            line.finish(faults);
            let (Some(lint), Some(at)) = (lint, at) else { continue };
            let count = count.map_or(1, |count| count.value as usize);
            if known.insert((lint.value, at.value), Loc::new(count, node.span)).is_some() {
                let message = "this lint and place stand in the baseline twice";
                faults
                    .push(Diagnostic::error("repeated_baseline", node.span, message).help("add the counts"));
            }
        }
        map.finish(faults);
        Some(Self { known })
    }

    /// A counter of findings that starts at none.
    pub(super) fn counting(&self) -> Counting<'_> {
        Counting { baseline: self, found: BTreeMap::new() }
    }
}

/// Findings on their way past the baseline.
pub(super) struct Counting<'a> {
    baseline: &'a Baseline,
    found: BTreeMap<(String, String), Vec<Diagnostic>>,
}

impl Counting<'_> {
    /// Counts a finding.
    pub(super) fn add(&mut self, id: &'static str, finding: Finding<'_>, level: Level) {
        let key = (id.to_owned(), finding.subject.reference());
        // A finding that belongs to a rule of its own keeps that rule's id.
        let diagnostic = match finding.diagnostic.id {
            other if other != id => finding.diagnostic,
            _ => Diagnostic { level, ..finding.diagnostic },
        };
        self.found.entry(key).or_default().push(diagnostic);
    }

    /// All that was found, by lint and place.
    pub(super) fn counts(&self) -> BTreeMap<(String, String), usize> {
        self.found.iter().map(|(key, found)| (key.clone(), found.len())).collect()
    }

    /// What to tell, and how many findings are known.
    pub(super) fn finish(mut self) -> (Vec<Diagnostic>, usize) {
        let (mut told, mut known) = (Vec::new(), 0);
        for (key, count) in &self.baseline.known {
            let found = self.found.get(key).map_or(0, Vec::len);
            if found <= count.value {
                known += found;
                self.found.remove(key);
            }
            if found < count.value {
                let (lint, at) = key;
                let message =
                    format!("`{lint}` is found {found} times at `{at}`, and not {} times", count.value);
                let fault = Diagnostic::warning("unused_baseline", count.span, message);
                told.push(fault.help("run `errbook lint --write-baseline`"));
            }
        }
        told.extend(self.found.into_values().flatten());
        (told, known)
    }
}

/// The text of a baseline that knows `findings`, counted by lint and place.
pub fn text(findings: &BTreeMap<(String, String), usize>) -> String {
    let mut out = String::from(
        "# Findings from before this book was linted; new ones are told. Mend an entry, run\n\
         # `errbook lint --write-baseline`, and its line goes away.\nbaseline:",
    );
    if findings.is_empty() {
        out.push_str(" []");
    }
    out.push('\n');
    for ((lint, at), count) in findings {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  - lint: {}\n    at: {}", write::scalar(lint), write::scalar(at));
        if *count > 1 {
            let _ = writeln!(out, "    count: {count}");
        }
    }
    out
}
