//! The book, resolved and frozen.
//!
//! In: the spec as written. Out: a `Book` in which everything is valid: codes fit their declared type and stand
//! in order, names are unique, conditions exist, every message is there in every locale. Later stages trust it
//! and have no "maybe invalid" to handle; an `Option` here means that the author left something out.
//!
//! Deliberately elsewhere: opinions about a valid book (`lints`), and how things are spelled in a language
//! (`view`).

mod advice;
mod coverage;
mod kind;
mod resolve;

pub use crate::names::{CodeType, DomainId, Locale, Name, WireCode};
pub use kind::Kind;
pub use resolve::{resolve, resolve_what_can_be};

use crate::diagnostics::{Loc, Span};
use crate::expression::Expression;
use crate::spec::yaml::Node;
use std::collections::BTreeMap;

/// A book of error codes.
#[derive(Clone, Debug)]
pub struct Book {
    /// Where its version stands, for faults of the book as a whole.
    pub span: Span,
    /// Lint levels as written: lint and level. Which lints there are is for `lints` to say.
    pub lints: Vec<(Loc<String>, Loc<String>)>,
    /// The book's own version (semantic versioning).
    pub version: String,
    /// What it is called.
    pub title: String,
    /// The languages of its texts; the first is the fallback. Never empty.
    pub locales: Vec<Locale>,
    /// Which words names are made of, if the book says so.
    pub vocabulary: Option<Vocabulary>,
    /// The cross-platform conditions, by name.
    pub conditions: Vec<Condition>,
    /// Conditions that are never used again, by name; none of them has a code.
    pub retired_conditions: Vec<Retired>,
    /// The domains, in the order of the book.
    pub domains: Vec<Domain>,
    /// Where the list of generated files goes, relative to the book.
    pub manifest: Option<Loc<String>>,
    /// The options of each output, as written: each output reads its own.
    pub outputs: Vec<(Loc<String>, Node)>,
}

/// Which words names are made of.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// What a name may end in, without the `_` before it.
    pub endings: Vec<String>,
    /// Names that need no such ending.
    pub names: Vec<String>,
    /// Words that names do not hold, and what to write instead.
    pub avoid: Vec<(String, String)>,
}

/// A meaning that several platforms share and an app acts on.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its stable name.
    pub name: Name,
    /// Where the name stands in the spec.
    pub name_span: Span,
    /// Its kind.
    pub kind: Kind,
    /// A few words.
    pub title: Texts,
    /// What has happened.
    pub description: Texts,
    /// Names it had before.
    pub former_names: Vec<FormerName>,
    /// Suppressed lints and their reasons.
    pub allow: Vec<(Loc<String>, Loc<String>)>,
}

/// One platform's codes.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its identity in references: `quectel`.
    pub id: DomainId,
    /// Where its name stands in the spec, for findings about the domain as a whole.
    pub span: Span,
    /// What people call it.
    pub title: String,
    /// The type of its codes on the wire.
    pub code_type: CodeType,
    /// Where a reply carries the code and the message (JSON Pointers by role), if the document says so.
    pub envelope: Vec<(String, String)>,
    /// What the shape of a code says about it, if the platform has such a rule.
    pub code_pattern: Option<Expression>,
    /// Which texts of an entry are the vendor's.
    pub vendor: VendorTexts,
    /// What its recipe says of the vendor's document, for people; no code depends on it.
    pub document: About,
    /// The entries, by code: numbers ascending, texts by their bytes.
    pub errors: Vec<ErrorCode>,
    /// Codes and names that are never used again: those without a code first, then by code.
    pub retired: Vec<Retired>,
}

/// What there is to know about a vendor's document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The vendor's own version or date.
    pub revision: Option<String>,
    /// What is odd about it.
    pub note: Option<String>,
}

/// One code of a domain.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    /// Where the entry stands in the spec.
    pub span: Span,
    /// The code on the wire.
    pub code: WireCode,
    /// Where the code stands in the spec.
    pub code_span: Span,
    /// What holds for it, and for its first meaning.
    pub meaning: Meaning,
    /// Whether repeating the same request is safe and may succeed.
    pub retryable: bool,
    /// The HTTP status that the document names.
    pub http_status: Option<u16>,
    /// Where the HTTP status stands in the spec.
    pub http_status_span: Option<Span>,
    /// Further documented meanings.
    pub variants: Vec<Meaning>,
    /// Names it had before.
    pub former_names: Vec<FormerName>,
    /// Whether and how it is deprecated.
    pub deprecated: Option<Box<Deprecation>>,
    /// Suppressed lints and their reasons.
    pub allow: Vec<(Loc<String>, Loc<String>)>,
    /// A word to maintainers.
    pub note: Option<String>,
}

/// One meaning of a code.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// Its stable name.
    pub name: Name,
    /// Where the name stands in the spec.
    pub name_span: Span,
    /// Its kind.
    pub kind: Kind,
    /// Where the kind stands in the spec.
    pub kind_span: Span,
    /// The condition it is a case of.
    pub condition: Option<Name>,
    /// Where the condition stands in the spec.
    pub condition_span: Option<Span>,
    /// What has happened; there in every locale.
    pub message: Texts,
    /// What to do about it.
    pub solution: Texts,
    /// The vendor's own message where ours mends it.
    pub erratum_message: Texts,
    /// The vendor's own solution where ours mends it.
    pub erratum_solution: Texts,
}

/// A name that was given up.
#[derive(Clone, Debug)]
pub struct FormerName {
    /// The old name.
    pub name: Name,
    /// Where it stands in the spec.
    pub span: Span,
    /// The version since which it is old.
    pub since: String,
    /// Where that version stands in the spec.
    pub since_span: Span,
}

/// That an entry should not be used any more.
#[derive(Clone, Debug)]
pub struct Deprecation {
    /// The version since which it should not.
    pub since: String,
    /// Where that version stands in the spec.
    pub since_span: Span,
    /// The name to use instead; it exists in the domain.
    pub replacement: Option<Name>,
    /// Where that name stands in the spec.
    pub replacement_span: Option<Span>,
    /// A word to its users.
    pub note: Option<String>,
}

/// A code or a name that is never used again.
#[derive(Clone, Debug)]
pub struct Retired {
    /// The code.
    pub code: Option<WireCode>,
    /// The name.
    pub name: Name,
    /// Where the name stands in the spec.
    pub span: Span,
    /// The version since which it is gone.
    pub since: String,
    /// Where that version stands in the spec.
    pub since_span: Span,
    /// The name to use instead; it exists in the domain, or among the conditions.
    pub replacement: Option<Name>,
    /// Why it is gone.
    pub reason: Option<String>,
}

/// Which texts the vendor's document supplies, by the recipe's columns: those are exact, all others are ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VendorTexts {
    /// For each locale of the book, whether the document gives messages in it.
    pub message: Vec<bool>,
    /// For each locale of the book, whether the document gives solutions in it.
    pub solution: Vec<bool>,
}

/// A text in the book's locales, some of which may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Those that are there, each with the index of its locale in the book, in that order. A book may have many locales, and
    /// most of its texts be in a few of them.
    texts: Box<[(u16, Loc<String>)]>,
}

impl Texts {
    /// Texts in the order of the book's locales, of which there are no more than `fields::MOST_LOCALES`.
    pub fn new(texts: Vec<Option<Loc<String>>>) -> Self {
        Self { texts: (0..).zip(texts).filter_map(|(index, text)| Some((index, text?))).collect() }
    }

    fn at(&self, index: usize) -> Option<&Loc<String>> {
        // A text that no locale before it lacks stands at its own place.
        let place = match self.texts.get(index) {
            Some((locale, _)) if usize::from(*locale) == index => index,
            _ => self.texts.binary_search_by_key(&index, |(locale, _)| usize::from(*locale)).ok()?,
        };
        self.texts.get(place).map(|(_, text)| text)
    }

    /// Where the text for the locale at `index` of the book stands, if there is one.
    pub fn span(&self, index: usize) -> Option<Span> {
        self.at(index).map(|text| text.span)
    }

    /// Puts a text in the place of the one for the locale at `index` of the book, if there is one; it is said to stand at
    /// `span`.
    pub(crate) fn set(&mut self, index: usize, text: String, span: Span) {
        let text = Loc::new(text, span);
        let place = self.texts.binary_search_by_key(&index, |(locale, _)| usize::from(*locale));
        let mut texts = std::mem::take(&mut self.texts).into_vec();
        match (place, u16::try_from(index)) {
            (Ok(at), _) => texts[at].1 = text,
            (Err(at), Ok(locale)) => texts.insert(at, (locale, text)),
            (Err(_), Err(_)) => {}
        }
        self.texts = texts.into_boxed_slice();
    }

    /// Whether there is no text in any locale.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The text written for the locale at `index` of the book.
    pub fn written(&self, index: usize) -> Option<&str> {
        self.at(index).map(|text| text.value.as_str())
    }

    /// Every text that is there, in the order of the book's locales.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(_, text)| text.value.as_str())
    }

    /// The text to show for the locale at `index`: its own, else that of the fallback locale.
    pub fn shown(&self, index: usize) -> Option<&str> {
        self.written(index).or_else(|| self.written(0))
    }
}

impl Book {
    /// The entries that report each condition, in one of their meanings at least: for each domain of the book those of
    /// that domain, by code. A condition that nothing reports is left out.
    pub fn reporters(&self) -> BTreeMap<&Name, Vec<Vec<&ErrorCode>>> {
        let mut reporters: BTreeMap<&Name, Vec<Vec<&ErrorCode>>> = BTreeMap::new();
        for (index, domain) in self.domains.iter().enumerate() {
            for error in &domain.errors {
                for condition in error.meanings().filter_map(|meaning| meaning.condition.as_ref()) {
                    let of_domains =
                        reporters.entry(condition).or_insert_with(|| vec![Vec::new(); self.domains.len()]);
                    if of_domains[index].last().is_none_or(|last| last.code != error.code) {
                        of_domains[index].push(error);
                    }
                }
            }
        }
        reporters
    }

    /// A book in English without codes, for what only its outline is needed for; its faults would be told at `span`.
    pub fn empty(span: Span) -> Self {
        Self {
            span,
            lints: Vec::new(),
            version: "0.0.0".to_owned(),
            title: String::new(),
            locales: Locale::new("en").into_iter().collect(),
            vocabulary: None,
            conditions: Vec::new(),
            retired_conditions: Vec::new(),
            domains: Vec::new(),
            manifest: None,
            outputs: Vec::new(),
        }
    }

    /// The domain called `id`.
    pub fn domain(&self, id: &str) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.id.as_str() == id)
    }

    /// The retired codes of a domain that generated code still has a deprecated constant for, so that an app compiles
    /// until it has heard of it: those retired in the book's major version, or in one to come. What is retired since 1.3.0
    /// has a constant in every 1.x and none in 2.0.0. A name that was retired without its code has none.
    pub fn tombstones<'a>(&self, domain: &'a Domain) -> impl Iterator<Item = (&'a Retired, &'a WireCode)> {
        let major = major(&self.version);
        let kept = move |retired: &&Retired| major <= self::major(&retired.since);
        domain.retired.iter().filter(kept).filter_map(|retired| Some((retired, retired.code.as_ref()?)))
    }

    /// The retired conditions that generated code still has a deprecated constant for: the same for them.
    pub fn condition_tombstones(&self) -> impl Iterator<Item = &Retired> {
        let major = major(&self.version);
        self.retired_conditions.iter().filter(move |retired| major <= self::major(&retired.since))
    }
}

/// The first number of a version, which `resolve` has checked.
fn major(version: &str) -> u32 {
    version.split('.').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

impl ErrorCode {
    /// Every documented meaning: its own, then the variants.
    pub fn meanings(&self) -> impl Iterator<Item = &Meaning> {
        std::iter::once(&self.meaning).chain(&self.variants)
    }
}

impl Domain {
    /// The entry of `code`.
    pub fn find(&self, code: &WireCode) -> Option<&ErrorCode> {
        self.errors.binary_search_by(|error| error.code.cmp(code)).ok().map(|index| &self.errors[index])
    }

    /// The tombstone of `code`.
    pub fn grave(&self, code: &WireCode) -> Option<&Retired> {
        let found = self.retired.binary_search_by(|retired| retired.code.as_ref().cmp(&Some(code)));
        found.ok().map(|index| &self.retired[index])
    }
}
