//! Opinions about a valid book.
//!
//! In: a resolved `Book`, the levels that `errbook.yaml` sets, and a baseline. Out: findings as diagnostics, each
//! at the entry or the condition that it is about. A lint is one file here and one line in `LINTS`; it
//! says in words what it finds and why that hurts, and `errbook lint --explain` prints just that.
//!
//! Guaranteed: lints only read; each sees the whole book and costs time linear in it; the order of findings does
//! not depend on the order of the lints. A finding is silenced where it arises, by `allow` with a reason; what
//! silences nothing is a finding itself.
//!
//! Deliberately elsewhere: what makes a book invalid (`spec`, `model`, `languages`), which no level can switch off.
//! Those rules have their explanations in `rules`.

pub mod baseline;
mod blank_in_code;
mod code_spelling;
mod comment_in_text;
mod condition_on_one_platform;
mod damaged_text;
mod deprecated_replacement;
mod explain;
mod findings;
pub mod fix;
mod future_since;
mod http_status_against_pattern;
mod invisible_character;
mod kind_against_condition;
mod level;
mod long_text;
mod missing_final_punctuation;
mod missing_translation;
mod mixed_width_punctuation;
mod name_collision;
mod name_outside_vocabulary;
mod near_duplicate_message;
mod near_duplicate_name;
mod needless_erratum;
mod placeholder_in_text;
mod reserved_name;
mod solution_repeats_message;
mod stray_blank;
mod text_not_nfc;
mod texts;
mod unsorted;
mod untranslated_copy;
mod unused_allow;

pub use baseline::{Baseline, Places};
pub use explain::{explain, ids, meaning};
pub use findings::Findings;
pub use level::{Levels, LintLevel};

/// The id of the lint that the formatter mends.
pub const UNSORTED: &str = unsorted::LINT.id;

use crate::diagnostics::{self, Diagnostic, Level, Loc, MOST_PRINTED, Sources, Span};
use crate::model::{Book, Condition, Domain, ErrorCode};
use crate::parallel;
use crate::rules::Explanation;
use crate::view::Spelling;
use baseline::Counts;
use findings::Outcome;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The lints, in alphabetical order.
pub static LINTS: &[&Lint] = &[
    &blank_in_code::LINT,
    &code_spelling::LINT,
    &comment_in_text::LINT,
    &condition_on_one_platform::LINT,
    &damaged_text::LINT,
    &deprecated_replacement::LINT,
    &future_since::LINT,
    &http_status_against_pattern::LINT,
    &invisible_character::LINT,
    &kind_against_condition::LINT,
    &long_text::LINT,
    &missing_final_punctuation::LINT,
    &missing_translation::LINT,
    &mixed_width_punctuation::LINT,
    &name_collision::LINT,
    &name_outside_vocabulary::LINT,
    &near_duplicate_message::LINT,
    &near_duplicate_name::LINT,
    &needless_erratum::LINT,
    &placeholder_in_text::LINT,
    &reserved_name::LINT,
    &solution_repeats_message::LINT,
    &stray_blank::LINT,
    &text_not_nfc::LINT,
    &unsorted::LINT,
    &untranslated_copy::LINT,
    &unused_allow::LINT,
];

/// One opinion.
#[derive(Debug)]
pub struct Lint {
    /// Its stable name, which finishes the sentence "allow …".
    pub id: &'static str,
    /// The level it has where the book sets none.
    pub level: LintLevel,
    /// What `--explain` says.
    pub explanation: Explanation,
    /// Finds its cases, in an order that the book alone decides.
    pub check: for<'a> fn(&Context<'a>, &mut Findings<'a>),
}

/// What a lint may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The book.
    pub book: &'a Book,
    /// The texts that the book was read from.
    pub sources: &'a Sources,
    /// How each language that errbook writes spells names, by the language's name.
    pub spellings: &'a [(&'static str, &'a dyn Spelling)],
}

/// What a finding is about, which is where it can be allowed.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// The book as a whole.
    Book,
    /// An entry of a domain.
    Entry(&'a Domain, &'a ErrorCode),
    /// A condition.
    Condition(&'a Condition),
}

/// Something a lint found.
#[derive(Debug)]
pub struct Finding<'a> {
    /// What it is about.
    pub subject: Subject<'a>,
    /// What to tell; the runner sets its level.
    pub diagnostic: Diagnostic,
}

impl<'a> Subject<'a> {
    /// The lints that are suppressed here, with their reasons.
    pub fn allow(self) -> &'a [(Loc<String>, Loc<String>)] {
        match self {
            Self::Book => &[],
            Self::Entry(_, error) => &error.allow,
            Self::Condition(condition) => &condition.allow,
        }
    }

    /// A name for it that stays when lines move: `quectel/5003`, `condition:device_offline`, `book:`.
    pub fn reference(self) -> String {
        match self {
            Self::Book => "book:".to_owned(),
            Self::Entry(domain, error) => format!("{}/{}", domain.id, error.code),
            Self::Condition(condition) => format!("condition:{}", condition.name),
        }
    }
}

impl<'a> Finding<'a> {
    /// A finding of an entry.
    pub fn entry(domain: &'a Domain, error: &'a ErrorCode, diagnostic: Diagnostic) -> Self {
        Self { subject: Subject::Entry(domain, error), diagnostic }
    }

    /// A finding of a condition.
    pub fn condition(condition: &'a Condition, diagnostic: Diagnostic) -> Self {
        Self { subject: Subject::Condition(condition), diagnostic }
    }
}

impl<'a> Context<'a> {
    /// Every entry of the book with its domain, in the order of the book.
    pub fn entries(&self) -> impl Iterator<Item = (&'a Domain, &'a ErrorCode)> + use<'a> {
        let book = self.book;
        book.domains.iter().flat_map(|domain| domain.errors.iter().map(move |error| (domain, error)))
    }

    /// Everything that can carry an `allow`.
    fn subjects(&self) -> impl Iterator<Item = Subject<'a>> + use<'a> {
        let book = self.book;
        let conditions = book.conditions.iter().map(Subject::Condition);
        self.entries().map(|(domain, error)| Subject::Entry(domain, error)).chain(conditions)
    }
}

/// Drops what is said of a hidden character within a word that an error is about already: a word that is written anew has
/// no such character any more.
pub fn tell_once(diagnostics: &mut Vec<Diagnostic>) {
    let is_hidden = |diagnostic: &Diagnostic| diagnostic.id == invisible_character::LINT.id;
    if !diagnostics.iter().any(is_hidden) {
        return;
    }
    let of_errors = diagnostics.iter().filter(|other| other.level == Level::Error && !is_hidden(other));
    let words: BTreeSet<_> = of_errors.filter_map(Diagnostic::span).collect();
    diagnostics.retain(|diagnostic| {
        let Some(place) = diagnostic.span().filter(|_| is_hidden(diagnostic)) else { return true };
        let before = words.range(..=Span { end: u32::MAX, ..place }).next_back();
        // A text that holds such a character is told of as a whole.
        before.is_none_or(|word| word.source != place.source || word.end < place.end || *word == place)
    });
}

/// What the lints said, and what they were kept from saying.
#[derive(Debug, Default)]
pub struct Report {
    /// What to tell, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings there are beyond those, which nobody would read to their end.
    pub untold: usize,
    /// Whether one of those fails the run.
    pub hides_error: bool,
    /// How many findings an `allow` silenced.
    pub allowed: usize,
    /// How many findings the baseline knows.
    pub known: usize,
    /// The findings that no `allow` silenced, counted by lint and place: what a new baseline would know. Of each lint, if
    /// places are counted, else of those that the baseline has lines of.
    pub counts: Counts,
}

impl Report {
    /// Takes in what one lint came to.
    fn add(&mut self, lint: &'static str, outcome: Outcome) {
        self.diagnostics.extend(outcome.told);
        self.untold += outcome.untold;
        self.hides_error |= outcome.hides_error;
        self.allowed += outcome.allowed;
        self.known += outcome.known;
        self.counts.insert(lint, outcome.counts);
        if self.diagnostics.len() > 2 * MOST_PRINTED {
            self.keep();
        }
    }

    /// Drops what nobody is told: what stops the run comes before warnings, and what stands above before what is below.
    fn keep(&mut self) {
        let Some(beyond) = self.diagnostics.len().checked_sub(MOST_PRINTED) else { return };
        self.diagnostics.sort_by(|a, b| {
            (a.level, a.span(), a.id, &a.message).cmp(&(b.level, b.span(), b.id, &b.message))
        });
        self.hides_error |=
            self.diagnostics.get(MOST_PRINTED).is_some_and(|first| first.level == Level::Error);
        self.diagnostics.truncate(MOST_PRINTED);
        self.untold += beyond;
    }
}

/// Runs every lint that is not off, silences what is allowed or known, and sorts the rest.
pub fn run(context: &Context<'_>, levels: &Levels, baseline: &Baseline, places: Places) -> Report {
    let report = Mutex::new((Report::default(), unused_allow::Used::default()));
    parallel::map(LINTS.len(), |index| {
        let lint = LINTS[index];
        let Some(level) = levels.of(lint) else { return };
        let mut findings = Findings::of(lint, level, baseline, places);
        (lint.check)(context, &mut findings);
        let mut outcome = findings.finish(baseline);
        // Which lint is first makes no difference to what is kept. A lint that panicked ends the run.
        let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
        report.1.add(std::mem::take(&mut outcome.used));
        report.0.add(lint.id, outcome);
    });
    let (mut report, used) = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(level) = levels.of(&unused_allow::LINT) {
        let mut findings = Findings::of(&unused_allow::LINT, level, baseline, places);
        used.unused(context, levels, &mut findings);
        report.add(unused_allow::LINT.id, findings.finish(baseline));
    }
    let counts = &report.counts;
    let found =
        |lint: &str, at: &str| counts.get(lint).and_then(|places| places.get(at)).copied().unwrap_or(0);
    let unused = baseline.unused(found);
    report.diagnostics.extend(unused);
    report.keep();
    diagnostics::sort(&mut report.diagnostics);
    report
}
