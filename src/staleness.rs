//! How far a copy of a generated file is behind a book.
//!
//! In: what the banner of a copy says, and a book. Out: whether the book would still make that copy. A copy of `errbook
//! vendor` holds its command, so it is made again and its body compared: a new version of the book that changes nothing in
//! the file does not make it stale. A file that `gen` made is told by the digest of the spec in its banner.
//!
//! A digest cannot tell what changed since. But the book that a copy was made from can be known again by it: `is_source` finds
//! it among the revisions of a book, and `lag` says what happened between the two, judged as `errbook diff` judges it.
//!
//! Deliberately elsewhere: whether somebody has edited the copy (`output::verify`), and where revisions come from
//! (`spec::git`).

use crate::diagnostics::Sources;
use crate::diff::impact::LANGUAGES;
use crate::diff::{self, Change, Consumer, Effect, Impact, Subject, Weight, impact};
use crate::languages;
use crate::model::Book;
use crate::output::banner::Said;
use crate::output::plan::spec_digest;
use crate::vendor::{self, Copied, Request};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

/// How a copy stands to a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// The book makes this very file.
    Current,
    /// The book says what it said then, and errbook writes it in another way now.
    WrittenAnew,
    /// The book says something else now.
    Stale,
    /// The book has no such domain.
    NoDomain,
}

impl Freshness {
    /// The words for it in messages.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Current => "up to date",
            Self::WrittenAnew => "written anew by this errbook",
            Self::Stale => "stale",
            Self::NoDomain => "of no domain of the book",
        }
    }
}

/// Compares copies with one book.
pub struct Comparison<'a> {
    book: &'a Book,
    /// What each command makes of the book, if it still makes something.
    made: BTreeMap<String, Option<Vec<Copied>>>,
}

impl<'a> Comparison<'a> {
    /// A comparison with `book`.
    pub fn new(book: &'a Book) -> Self {
        Self { book, made: BTreeMap::new() }
    }

    /// The book that copies are compared with.
    pub fn book(&self) -> &'a Book {
        self.book
    }

    /// How the copy stands whose banner says `said`.
    pub fn freshness(&mut self, said: &Said) -> Freshness {
        if said.domain.as_deref().is_some_and(|domain| self.book.domain(domain).is_none()) {
            return Freshness::NoDomain;
        }
        let Some(request) = said.command.as_deref().and_then(Request::from_command) else {
            let domain = said.domain.as_deref().and_then(|domain| self.book.domain(domain));
            let is_same = spec_digest(self.book, domain) == said.spec_digest;
            return if is_same { Freshness::Current } else { Freshness::Stale };
        };
        let made = self.made.entry(request.command()).or_insert_with(|| {
            // Why it makes nothing is for `errbook vendor` to say.
            vendor::copies(self.book, &request, &mut Sources::default()).ok()
        });
        let of_origin = |copied: &&Copied| copied.domain == said.domain;
        let mut candidates = made.iter().flatten().filter(of_origin);
        if candidates.clone().any(|copied| copied.body_digest == said.body_digest) {
            Freshness::Current
        } else if candidates.any(|copied| copied.spec_digest == said.spec_digest) {
            Freshness::WrittenAnew
        } else {
            Freshness::Stale
        }
    }
}

/// Whether a copy whose banner says `said` was made from `book`.
pub fn is_source(book: &Book, said: &Said) -> bool {
    let digest = |book: &Book| match &said.domain {
        None => Some(spec_digest(book, None)),
        Some(domain) => book.domain(domain).map(|domain| spec_digest(book, Some(domain))),
    };
    let digest = match said.command.as_deref().and_then(Request::from_command) {
        // What domains share says which ones there are, so a copy is made from a part of the book.
        Some(request) if said.domain.is_none() => digest(&request.part_of(book)),
        _ => digest(book),
    };
    digest.is_some_and(|digest| digest == said.spec_digest)
}

/// A change that a copy does not have yet.
pub struct Missed {
    /// What changed.
    pub change: Change,
    /// What that means.
    pub impact: Impact,
}

/// What a copy has missed.
#[derive(Default)]
pub struct Lag {
    /// The changes that matter to the language of the copy, the heaviest first.
    pub relevant: Vec<Missed>,
    /// How many more there are: the copy of texts, and what is kept for the record.
    pub others: usize,
}

/// What happened between the book that a copy was made from and the one there is now, as far as it is about the copy: for a
/// domain's file that domain and the book as a whole, for what all share the conditions and the book.
pub fn lag(old: &Book, new: &Book, said: &Said, language: &'static str) -> Lag {
    let mut lag = Lag::default();
    // Options of outputs are none of a copy's.
    for change in diff::changes(old, new, |_, _| Vec::new()) {
        let is_about = match (&change.subject, &said.domain) {
            (Subject::Output(_), _) => false,
            (Subject::Book, _) => true,
            (Subject::Condition(_), domain) => domain.is_none(),
            (subject, domain) => domain.is_some() && subject.domain() == domain.as_deref(),
        };
        if !is_about {
            continue;
        }
        let impact = impact::of(&change.what);
        let consumers =
            [Consumer::Source(language), Consumer::Stored, Consumer::Behaviour, Consumer::Readers];
        let is_felt = |consumer| impact.on(consumer, &change.subject) > Effect::None;
        if impact.weight > Weight::Hidden && consumers.into_iter().any(is_felt) {
            lag.relevant.push(Missed { change, impact });
        } else {
            lag.others += 1;
        }
    }
    lag.relevant.sort_by_key(|missed| Reverse((missed.impact.weight, missed.change.what.rank())));
    lag
}

/// The language of a copy, as its command says it, or else its path; `None` if it is no file of a programming language.
pub fn language(path: &Path, said: &Said) -> Option<&'static str> {
    let request = said.command.as_deref().and_then(Request::from_command);
    let by_extension = || {
        let extension = path.extension()?.to_str()?;
        let known =
            [("java", "java"), ("kt", "kotlin"), ("rs", "rust"), ("swift", "swift"), ("ts", "typescript")];
        known.into_iter().find(|(known, _)| *known == extension).map(|(_, language)| language)
    };
    match request {
        Some(request) => Some(languages::find(&request.language)?.id()),
        None => by_extension(),
    }
}

/// How people write the name of a language.
pub fn language_title(id: &str) -> &str {
    LANGUAGES.into_iter().find(|(known, _)| *known == id).map_or(id, |(_, title)| title)
}
