//! How far a copy of a generated file is behind a book.
//!
//! In: what the banner of a copy says, and a book. Out: whether the book would still make that copy. A copy of `errbook
//! vendor` holds its command, so it is made again and its body compared: a new version of the book that changes nothing in
//! the file does not make it stale. A file that `gen` made is told by the digest of the spec in its banner.
//!
//! Deliberately elsewhere: whether somebody has edited the copy (`output::verify`).

use crate::diagnostics::Sources;
use crate::model::Book;
use crate::output::banner::Said;
use crate::output::plan::spec_digest;
use crate::vendor::{self, Copied, Request};
use std::collections::BTreeMap;

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
