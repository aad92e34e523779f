//! What a look-up has found so far, and who says a text word for word.
//!
//! In: hits one by one, and the questions whose texts are wanted. Out: each subject once, in the order in which it was
//! found. Guaranteed: a hit costs the same however many there are before it, and the messages of a book are read once for
//! all parts of a question, because a message may be that of every entry, and a sentence may have a hundred parts.
//!
//! Deliberately elsewhere: what makes a hit (`lookup`, `code`), and how texts are compared (`fold`).

use super::{Hit, How, Subject, fold};
use crate::model::{Domain, ErrorCode};
use std::collections::{BTreeMap, BTreeSet};

/// Hits, each subject once: a message may be that of every entry of a book.
#[derive(Debug, Default)]
pub(super) struct Hits<'a> {
    /// In the order in which they were found.
    pub(super) list: Vec<Hit<'a>>,
    /// The subjects of the list.
    pub(super) seen: BTreeSet<(u8, usize)>,
}

impl<'a> Hits<'a> {
    /// Adds a hit, unless its subject is there already.
    pub(super) fn push(&mut self, hit: Hit<'a>) {
        if self.seen.insert(hit.subject.identity()) {
            self.list.push(hit);
        }
    }
}

impl Subject<'_> {
    /// The same for two subjects that are the same thing of one book, and for no others.
    pub(super) fn identity(&self) -> (u8, usize) {
        match self {
            Self::Code(_, error) => (0, std::ptr::from_ref(*error).addr()),
            Self::Retired(_, retired) => (1, std::ptr::from_ref(*retired).addr()),
            Self::Condition(condition) => (2, std::ptr::from_ref(*condition).addr()),
            Self::Kind(kind) => (3, *kind as usize),
        }
    }
}

/// The entries with a message, of ours or the vendor's, that is one of some questions, in the order of the book. All
/// questions are held against each message at once: a sentence may have a hundred parts, and a book a million messages.
pub(super) struct Said<'a>(BTreeMap<String, Vec<(&'a Domain, &'a ErrorCode)>>);

impl<'a> Said<'a> {
    pub(super) fn of<'q>(domains: &[&'a Domain], questions: impl Iterator<Item = &'q str>) -> Self {
        let mut said: BTreeMap<_, Vec<_>> =
            questions.map(|question| (fold::squashed(question), Vec::new())).collect();
        if said.is_empty() {
            return Self(said);
        }
        for domain in domains {
            for error in &domain.errors {
                for meaning in error.meanings() {
                    for text in meaning.message.all().chain(meaning.erratum_message.all()) {
                        if let Some(entries) = said.get_mut(&fold::squashed(text)) {
                            entries.push((*domain, error));
                        }
                    }
                }
            }
        }
        Self(said)
    }

    /// Adds those of some domains whose message is that question, squashed.
    pub(super) fn add(&self, domains: &[&'a Domain], squashed: &str, hits: &mut Hits<'a>) {
        let wanted: BTreeSet<_> = domains.iter().map(|domain| &domain.id).collect();
        for (domain, error) in self.0.get(squashed).into_iter().flatten() {
            if wanted.contains(&domain.id) {
                hits.push(Hit { subject: Subject::Code(domain, error), how: How::Text });
            }
        }
    }
}
