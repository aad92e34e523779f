//! Where a lint puts what it finds.
//!
//! In: the findings of one lint, one by one. Out: as many of them as anybody reads, and how many there were beyond. A book may
//! have a finding in each of its entries, for each of the lints, and a finding is ten times as large as what it is about.
//!
//! Guaranteed: what an `allow` silences is counted and not kept; of what the baseline knows and what it does not, enough
//! is kept that the baseline hides nothing of what would be told without it; which ones are kept depends on the order in which the lint finds
//! them, and on nothing else.

use super::baseline::{Baseline, Places};
use super::{Finding, Lint, Subject};
use crate::diagnostics::{Diagnostic, Level, MOST_PRINTED, Span};
use std::collections::BTreeMap;

/// How many bytes the findings of one lint may take that are kept: some hold a whole text anew.
const MOST_BYTES: usize = 12 << 20;
/// How many bytes a finding takes beside its texts.
const OF_ITSELF: usize = 300;

/// The findings of one lint.
#[derive(Debug)]
pub struct Findings<'a> {
    lint: &'static str,
    level: Level,
    /// How many more may be kept, and how many bytes they may have.
    room: usize,
    bytes: usize,
    kept: Vec<(Subject<'a>, Diagnostic)>,
    /// How many were not kept.
    untold: usize,
    /// Whether one that was not kept fails the run.
    hides_error: bool,
    allowed: usize,
    /// The places of the suppressions that silenced something.
    used: Vec<Span>,
    /// What each finding was about, if places are counted.
    subjects: Option<Vec<Subject<'a>>>,
}

/// What is left of the findings of one lint when all are there.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// What to tell.
    pub(super) told: Vec<Diagnostic>,
    /// How many more there are.
    pub(super) untold: usize,
    /// Whether one of those fails the run.
    pub(super) hides_error: bool,
    /// How many an `allow` silenced, and where those stand.
    pub(super) allowed: usize,
    pub(super) used: Vec<Span>,
    /// How many the baseline knows.
    pub(super) known: usize,
    /// How many there are at each place, known ones included; only if they were to be counted.
    pub(super) counts: BTreeMap<String, usize>,
}

impl<'a> Findings<'a> {
    /// None yet. Places are counted if the baseline knows any of the lint, or if `places` says so.
    pub(super) fn of(lint: &'static Lint, level: Level, baseline: &Baseline, places: Places) -> Self {
        let known = baseline.most_known(lint.id);
        let counts = places == Places::Counted || baseline.knows(lint.id);
        Self {
            lint: lint.id,
            level,
            room: MOST_PRINTED.saturating_add(known),
            bytes: 0,
            kept: Vec::new(),
            untold: 0,
            hides_error: false,
            allowed: 0,
            used: Vec::new(),
            subjects: counts.then(Vec::new),
        }
    }

    /// Takes a finding.
    pub fn push(&mut self, finding: Finding<'a>) {
        let Finding { subject, diagnostic } = finding;
        self.push_with(subject, || diagnostic);
    }

    /// Takes a finding that is only made if it is kept.
    pub fn push_with(&mut self, subject: Subject<'a>, diagnostic: impl FnOnce() -> Diagnostic) {
        if let Some((name, _)) = subject.allow().iter().find(|(name, _)| name.value == self.lint) {
            self.used.push(name.span);
            self.allowed += 1;
        } else {
            self.take(subject, diagnostic);
        }
    }

    /// Takes a finding that nothing silences.
    pub(super) fn take(&mut self, subject: Subject<'a>, diagnostic: impl FnOnce() -> Diagnostic) {
        if let Some(subjects) = &mut self.subjects {
            subjects.push(subject);
        }
        if self.room == 0 || self.bytes > MOST_BYTES {
            self.untold += 1;
            self.hides_error |= self.level == Level::Error;
            return;
        }
        let diagnostic = diagnostic();
        // A finding that belongs to a rule of its own keeps that rule's id, and its level.
        let level = if diagnostic.id == self.lint { self.level } else { diagnostic.level };
        let diagnostic = Diagnostic { level, ..diagnostic };
        self.room -= 1;
        self.bytes += OF_ITSELF + texts(&diagnostic);
        self.kept.push((subject, diagnostic));
    }

    /// Takes the baseline off.
    pub(super) fn finish(self, baseline: &Baseline) -> Outcome {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for subject in self.subjects.into_iter().flatten() {
            *counts.entry(subject.reference()).or_default() += 1;
        }
        let mut known = 0;
        let mut kept = self.kept;
        let mut total = self.untold + kept.len();
        if baseline.knows(self.lint) {
            let is_known = |place: &str| {
                counts.get(place).is_some_and(|found| *found <= baseline.count(self.lint, place))
            };
            known = counts.iter().filter(|(place, _)| is_known(place)).map(|(_, count)| count).sum();
            kept.retain(|(subject, _)| !is_known(&subject.reference()));
            total -= known;
        }
        let told: Vec<_> = kept.into_iter().map(|(_, diagnostic)| diagnostic).collect();
        let untold = total.saturating_sub(told.len());
        Outcome {
            hides_error: self.hides_error && untold > 0,
            untold,
            told,
            allowed: self.allowed,
            used: self.used,
            known,
            counts,
        }
    }
}

impl<'a> Extend<Finding<'a>> for Findings<'a> {
    fn extend<T: IntoIterator<Item = Finding<'a>>>(&mut self, findings: T) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

/// How many bytes the texts of a finding have.
fn texts(diagnostic: &Diagnostic) -> usize {
    let labels: usize = diagnostic.labels.iter().map(|label| label.text.len()).sum();
    let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.text.len());
    diagnostic.message.len() + labels + diagnostic.help.as_ref().map_or(0, String::len) + edits.sum::<usize>()
}
