//! What a change to the spec means, and to whom.
//!
//! In: two books, the old one resolved as far as it can be, and the waivers of the new one. Out: a `Report`: every change as
//! data (`change`), judged for each consumer by one table (`impact`), with a fingerprint that waivers name it by, the
//! version that all of them ask for, and findings about waivers and the version. The printers (`text`, `markdown`, `json`, `findings`)
//! make strings of a report.
//!
//! Guaranteed: a book has no changes against itself, however it is written down; the report depends on the two books,
//! the waivers and today's date alone; a change that is not waived is in every format, or counted where a format is limited
//! or there are more than anybody reads.
//!
//! Deliberately elsewhere: where books come from (`spec::git`, `cli::diff`), and what a valid book is (`model`).

pub mod change;
mod compare;
mod entries;
pub mod findings;
pub mod impact;
pub mod json;
pub mod markdown;
mod pairs;
mod parts;
mod sentence;
pub mod text;
pub mod tolerance;
pub mod version;
pub mod waivers;
mod words;

pub use change::{Change, Subject, What};
pub use compare::OptionsOf;
pub use impact::{Consumer, Effect, Impact, Weight};
pub use version::{Bump, Version};
pub use waivers::{Date, Waiver, Waivers};

use crate::diagnostics::{Diagnostic, Level};
use crate::model::Book;
use std::collections::{BTreeMap, BTreeSet};

/// What people call the book on the disk, where no other is named.
pub const WORK_TREE: &str = "the work tree";

/// One of the two books.
#[derive(Clone, Debug)]
pub struct Side {
    /// What people call it: a revision, a path.
    pub label: String,
    /// The version it carries, as written.
    pub version: String,
    /// How many faults it has that do not keep it from being compared.
    pub faults: usize,
}

/// A change, judged.
#[derive(Clone, Debug)]
pub struct Item {
    /// What changed.
    pub change: Change,
    /// What that means.
    pub impact: Impact,
    /// What waivers name it by.
    pub fingerprint: String,
    /// The waiver that lets it pass, if one does.
    pub waiver: Option<Waiver>,
}

/// Everything there is to say about two books.
#[derive(Clone, Debug)]
pub struct Report {
    /// The old book.
    pub base: Side,
    /// The new book.
    pub head: Side,
    /// The changes, the heaviest first, else in the order of the new book.
    pub items: Vec<Item>,
    /// The lighter changes that are only counted.
    pub untold: Untold,
    /// What the changes ask of the version.
    pub required: Bump,
    /// The least version that is enough; `None` if the old one is no version.
    pub required_version: Option<Version>,
    /// The version that a tombstone or a former name that is written now would say: the new one, or the next.
    pub since: Option<Version>,
    /// What is wrong with the waivers and the version.
    pub findings: Vec<Diagnostic>,
    /// How the domains follow each other: those of the new book, then those that are gone.
    pub domains: Vec<String>,
}

/// How many changes are told one by one, the heaviest ones.
pub const MOST_CHANGES: usize = 10_000;

/// The changes beyond those that are told one by one.
#[derive(Clone, Debug, Default)]
pub struct Untold {
    /// How many there are of each weight.
    all: BTreeMap<Weight, usize>,
    /// How many of those no waiver lets pass.
    open: BTreeMap<Weight, usize>,
    /// What they ask of the version, and what those ask that are not waived.
    required: Bump,
    asked: Bump,
}

/// What `--fail-on` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Breaking changes.
    Breaking,
    /// Those, and changes of behaviour.
    Behaviour,
    /// Any change, also one of the copy of a text.
    Any,
    /// Nothing.
    None,
}

impl FailOn {
    /// The least weight that may not pass; `None` if everything may.
    fn least(self) -> Option<Weight> {
        match self {
            Self::None => None,
            Self::Breaking => Some(Weight::Breaking),
            Self::Behaviour => Some(Weight::Behaviour),
            Self::Any => Some(Weight::Hidden),
        }
    }
}

/// Finds what changed between two books; `options_of` says which options of an output hold.
pub fn changes(old: &Book, new: &Book, options_of: OptionsOf) -> Vec<Change> {
    compare::books(old, new, options_of)
}

/// Compares two books and judges every change.
///
/// `base_waivers` are those of the old book: one that is not needed any more although it stood there before has done its
/// work, and is no mistake of this change.
pub fn report(
    (base, old): (Side, &Book),
    (head, new): (Side, &Book),
    (base_waivers, waivers): (&Waivers, &Waivers),
    today: Date,
    options_of: OptionsOf,
) -> Report {
    let named: BTreeSet<_> = waivers.waivers.iter().map(|waiver| waiver.fingerprint.value.as_str()).collect();
    let (mut items, mut untold) = (Vec::new(), Untold::default());
    for change in changes(old, new, options_of) {
        let impact = impact::of(&change.what);
        items.push(Item { impact, fingerprint: change.fingerprint(), waiver: None, change });
        // What a waiver names is kept, so that each finds its change.
        if items.len() >= 2 * (MOST_CHANGES + named.len()) {
            untold.drop_lightest(&mut items, |item| named.contains(item.fingerprint.as_str()));
        }
    }
    sort(&mut items);
    let mut findings = waivers::apply(waivers, base_waivers, &mut items, today);
    untold.drop_lightest(&mut items, |_| false);
    let required = items.iter().map(|item| item.impact.bump).max().unwrap_or_default().max(untold.required);
    let (old_version, new_version) = (Version::parse(&old.version), Version::parse(&new.version));
    let required_version = old_version.map(|version| version.raised(required));
    let since = match (old_version, new_version) {
        (Some(old), Some(new)) if old >= new => Some(old.raised(Bump::Minor)),
        (_, new) => new,
    };
    if let (Some(before), Some(now)) = (old_version, new_version) {
        findings.extend(version_finding(&items, untold.asked, new, before, now));
    }
    let mut domains: Vec<_> = new.domains.iter().map(|domain| domain.id.to_string()).collect();
    let gone = old.domains.iter().map(|domain| domain.id.to_string());
    let gone: Vec<_> = gone.filter(|domain| !domains.contains(domain)).collect();
    domains.extend(gone);
    Report { base, head, items, untold, required, required_version, since, findings, domains }
}

/// Puts the heaviest changes first; what weighs the same stays in the order of the new book.
fn sort(items: &mut [Item]) {
    items.sort_by_key(|item| std::cmp::Reverse((item.impact.weight, item.change.what.rank())));
}

impl Untold {
    /// Counts and drops what is beyond `MOST_CHANGES`, but for what `is_kept` says; the lightest go first.
    fn drop_lightest(&mut self, items: &mut Vec<Item>, is_kept: impl Fn(&Item) -> bool) {
        if items.len() <= MOST_CHANGES {
            return;
        }
        sort(items);
        let rest = items.split_off(MOST_CHANGES);
        for item in rest {
            if is_kept(&item) {
                items.push(item);
                continue;
            }
            let weight = item.impact.weight;
            *self.all.entry(weight).or_default() += 1;
            self.required = self.required.max(item.impact.bump);
            if item.waiver.is_none() {
                *self.open.entry(weight).or_default() += 1;
                self.asked = self.asked.max(item.impact.bump);
            }
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.values().sum()
    }
}

/// Holds the version that a change carries against the one it asks for. A waived change asks for nothing: whoever waived it
/// has decided.
fn version_finding(
    items: &[Item],
    untold: Bump,
    new: &Book,
    before: Version,
    now: Version,
) -> Option<Diagnostic> {
    let asked = items.iter().filter(|item| item.waiver.is_none()).map(|item| item.impact.bump);
    let asked = asked.max().unwrap_or_default().max(untold);
    let needed = before.raised(asked);
    if now < before {
        let message = format!("the version goes back from {before} to {now}");
        let help = format!("write `version: {}`", needed.max(before.raised(Bump::Patch)));
        return Some(Diagnostic::error("version_went_back", new.span, message).help(help));
    }
    if before.step(now) >= asked {
        return None;
    }
    let message = if now == before {
        format!("the changes ask for version {needed}, and the version is {now} as before")
    } else {
        format!("the changes ask for version {needed} at least, and the version went from {before} to {now}")
    };
    let finding = Diagnostic::error("version_too_low", new.span, message);
    // Several changes may share the version of the next release, so only what breaks has to say so at once.
    let level = if asked == Bump::Major { Level::Error } else { Level::Warning };
    Some(Diagnostic { level, ..finding.help(format!("write `version: {needed}`")) })
}

impl Report {
    /// The changes that are listed: without `all`, those of copy and record are only counted.
    pub fn listed(&self, all: bool) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| all || item.impact.weight > Weight::Hidden)
    }

    /// How many changes have this weight.
    pub fn count(&self, weight: Weight) -> usize {
        let told = self.items.iter().filter(|item| item.impact.weight == weight).count();
        told + self.untold.all.get(&weight).copied().unwrap_or_default()
    }

    /// How many breaking changes no waiver lets pass.
    pub fn count_not_waived(&self) -> usize {
        self.not_waived().count() + self.untold.open.get(&Weight::Breaking).copied().unwrap_or_default()
    }

    /// The breaking changes that no waiver lets pass.
    pub fn not_waived(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.impact.weight == Weight::Breaking && item.waiver.is_none())
    }

    /// The changes that `limit` does not let pass and no waiver does.
    pub fn failing(&self, limit: FailOn) -> impl Iterator<Item = &Item> {
        let is_too_much = move |item: &&Item| limit.least().is_some_and(|least| item.impact.weight >= least);
        self.items.iter().filter(is_too_much).filter(|item| item.waiver.is_none())
    }

    /// Whether this is more than `limit` lets pass. The faults of the new book, and what is wrong with waivers or the version,
    /// count like what breaks.
    pub fn fails(&self, limit: FailOn) -> bool {
        let is_fault = |finding: &Diagnostic| finding.level == Level::Error || limit != FailOn::Breaking;
        let untold = self.untold.open.keys().next_back().zip(limit.least());
        limit != FailOn::None
            && (self.head.faults > 0
                || untold.is_some_and(|(heaviest, least)| *heaviest >= least)
                || self.failing(limit).next().is_some()
                || self.findings.iter().any(is_fault))
    }

    /// What happens to a consumer: how many of the listed changes have which effect on it, the worst first.
    pub fn effects(&self, consumer: Consumer, all: bool) -> Vec<(Effect, usize)> {
        let mut counts: BTreeMap<Effect, usize> = BTreeMap::new();
        for item in self.listed(all) {
            let effect = item.impact.on(consumer, &item.change.subject);
            if effect > Effect::None {
                *counts.entry(effect).or_default() += 1;
            }
        }
        counts.into_iter().rev().collect()
    }
}
