//! Findings that were there when a book began to be linted.
//!
//! In: `lint-baseline.yaml`, which stands beside the book and counts findings by lint and place, or nothing. Out: the
//! same findings later are known and not told, as long as there are no more of them than before; more of them are
//! all told. A line of the baseline that is needed no longer is a finding itself, so that the file only shrinks.
//!
//! A new baseline takes the place of the last one, and of nothing else.
//!
//! Places are references (`quectel/5003`) and not lines: a baseline survives edits elsewhere in the file.

use crate::diagnostics::{Diagnostic, Loc, Sources};
use crate::spec::fields::Fields;
use crate::spec::values;
use crate::spec::yaml::{self, Node};
use crate::spec::{shape, write};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Findings that are known, counted by lint and place.
#[derive(Debug, Default)]
pub struct Baseline {
    known: BTreeMap<String, BTreeMap<String, Loc<usize>>>,
}

/// Whether the places of all findings are counted: a new baseline knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// They are, of each lint.
    Counted,
    /// They are only where the baseline says something of a lint.
    AsKnown,
}

/// How often each lint was found at each place.
pub type Counts = BTreeMap<&'static str, BTreeMap<String, usize>>;

impl Baseline {
    /// The key under which its lines stand.
    pub const LINES: &'static str = "baseline";
    /// The name of the file beside the book.
    pub const FILE: &'static str = "lint-baseline.yaml";

    /// Reads the file.
    pub fn read(root: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut map = Fields::open(root, &shape::BASELINE, faults)?;
        let mut known: BTreeMap<String, BTreeMap<String, Loc<usize>>> = BTreeMap::new();
        values::each(map.list(Self::LINES, faults), faults, |node, faults| {
            let mut line = Fields::open(node, &shape::BASELINE_LINE, faults)?;
            let lint = line.require_text("lint", faults);
            let at = line.require_text("at", faults);
            let count = line.number("count", 1..=u32::MAX, faults);
            line.finish(faults);
            let count = count.map_or(1, |count| count.value as usize);
            let (lint, at) = (lint?, at?);
            let of_lint = known.entry(lint.value).or_default();
            if of_lint.insert(at.value, Loc::new(count, node.span)).is_some() {
                let message = "this lint and place stand in the baseline twice";
                faults.push(Diagnostic::error(REPEATED, node.span, message).help("add the counts"));
            }
            Some(())
        });
        map.finish(faults);
        Some(Self { known })
    }

    /// Whether it knows findings of a lint.
    pub(super) fn knows(&self, lint: &str) -> bool {
        self.of(lint).next().is_some()
    }

    /// How many findings of a lint it knows at most.
    pub(super) fn most_known(&self, lint: &str) -> usize {
        self.of(lint).map(|(_, count)| count.value).fold(0, usize::saturating_add)
    }

    /// How many findings of a lint it knows at a place.
    pub(super) fn count(&self, lint: &str, place: &str) -> usize {
        self.known.get(lint).and_then(|places| places.get(place)).map_or(0, |count| count.value)
    }

    /// The lines that know more than was found; `found` says how often a lint was at a place.
    pub(super) fn unused(&self, found: impl Fn(&str, &str) -> usize) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        for lint in self.known.keys() {
            for (at, count) in self.of(lint) {
                let found = found(lint, at);
                if found < count.value {
                    let message =
                        format!("`{lint}` is found {found} times at `{at}`, and not {}", count.value);
                    let fault = Diagnostic::warning("unused_baseline", count.span, message);
                    faults.push(fault.help("run `errbook lint --write-baseline`"));
                }
            }
        }
        faults
    }

    /// The lines of a lint: where, and how often.
    fn of(&self, lint: &str) -> impl Iterator<Item = (&String, &Loc<usize>)> {
        self.known.get(lint).into_iter().flatten()
    }
}

/// What stands where a baseline goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Old {
    /// A baseline, of whomever.
    Baseline,
    /// One that errbook wrote and that cannot be read any more: a merge or an editor has been at it.
    Damaged,
    /// Something else.
    Foreign,
}

/// Says what a file is that a new baseline would replace. Lines that stand in it twice do not keep it from being one.
pub fn old(text: &str) -> Old {
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let is_marked = text.starts_with(MARK);
    let mut sources = Sources::default();
    let id = sources.add(Baseline::FILE, text);
    let mut faults = Vec::new();
    let is_read = yaml::parse(&sources, id).is_ok_and(|root| Baseline::read(&root, &mut faults).is_some())
        && faults.iter().all(|fault| fault.id == REPEATED);
    match (is_read, is_marked) {
        (true, _) => Old::Baseline,
        (false, true) => Old::Damaged,
        (false, false) => Old::Foreign,
    }
}

/// How a baseline begins that errbook wrote.
const MARK: &str = "# Findings from before this book was linted";

/// That a lint and a place stand in a baseline twice.
const REPEATED: &str = "repeated_baseline";

/// The text of a baseline that knows `findings`.
pub fn text(findings: &Counts) -> String {
    let mut out = format!(
        "{MARK}; new ones are told. Mend an entry, run\n\
         # `errbook lint --write-baseline`, and its line goes away.\nbaseline:",
    );
    if findings.values().all(BTreeMap::is_empty) {
        out.push_str(" []");
    }
    out.push('\n');
    let lines =
        findings.iter().flat_map(|(lint, places)| places.iter().map(move |(at, count)| (lint, at, count)));
    for (lint, at, count) in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  - lint: {}\n    at: {}", write::scalar(lint), write::scalar(at));
        if *count > 1 {
            let _ = writeln!(out, "    count: {count}");
        }
    }
    out
}
