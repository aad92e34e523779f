//! How a page writes constants, of which each language has one for every code of a domain.
//!
//! In: a domain and the languages that the book is generated in. Out: what stands before all constants of the domain, once
//! for each language, and for a name as many constants as there are ways to write it: languages that write every name
//! of the domain alike share one.

use crate::model::{Domain, Name};
use crate::view::Written;

/// How a domain's constants are written in each language.
pub(super) struct Constants<'a> {
    domain: &'a Domain,
    languages: &'a [Written],
    /// What stands before every constant of the domain, by language; empty where that differs from one to another.
    prefixes: Vec<String>,
    /// By language, which of an entry's constants is its own: languages that write all of the domain's alike share one.
    places: Vec<usize>,
    /// The first language of each place.
    writers: Vec<usize>,
}

impl<'a> Constants<'a> {
    /// Writes every constant once, to find what stands before all of them and which languages write alike.
    pub(super) fn of(domain: &'a Domain, languages: &'a [Written]) -> Self {
        let names = || domain.errors.iter().map(|error| &error.meaning.name);
        let prefix = |language: &Written| -> Option<String> {
            let mut prefixes = names().map(|name| {
                let path = language.path(&domain.id, name);
                path.strip_suffix(&language.spelling.constant(name).0).map(str::to_owned)
            });
            let first = prefixes.next()??;
            prefixes.all(|other| other.as_ref() == Some(&first)).then_some(first)
        };
        let prefixes = languages.iter().map(|language| prefix(language).unwrap_or_default()).collect();
        let mut constants = Self { domain, languages, prefixes, places: Vec::new(), writers: Vec::new() };
        let mut written: Vec<Vec<String>> = Vec::new();
        for language in 0..languages.len() {
            let all: Vec<_> = names().map(|name| constants.constant(language, name)).collect();
            let place = written.iter().position(|other| *other == all).unwrap_or(written.len());
            constants.places.push(place);
            if place == written.len() {
                constants.writers.push(language);
                written.push(all);
            }
        }
        constants
    }

    /// The constant of a name without what stands before all of them.
    fn constant(&self, language: usize, name: &Name) -> String {
        let path = self.languages[language].path(&self.domain.id, name);
        path.strip_prefix(self.prefixes[language].as_str()).map(str::to_owned).unwrap_or(path)
    }

    /// How the first code of the domain is called at a place.
    fn example(&self, place: usize) -> String {
        let first = self.domain.errors.first();
        first.map(|error| self.constant(self.writers[place], &error.meaning.name)).unwrap_or_default()
    }

    /// The constants of a name, by place.
    pub(super) fn of_name(&self, name: &Name) -> impl Iterator<Item = String> {
        self.writers.iter().map(|&language| self.constant(language, name))
    }

    /// How the constants of the domain are reached.
    pub(super) fn paths(&self) -> impl Iterator<Item = Path<'_>> {
        let languages = self.languages.iter().zip(&self.prefixes).zip(&self.places);
        languages.map(|((language, prefix), &place)| Path {
            place,
            language: language.title,
            prefix,
            example: self.example(place),
        })
    }
}

/// What stands before a constant of a domain in one language: `quectel::ErrorCode::`.
pub(super) struct Path<'a> {
    /// Which of an entry's constants is this language's.
    pub(super) place: usize,
    /// What people call the language.
    pub(super) language: &'static str,
    pub(super) prefix: &'a str,
    /// The constant of the first code, for those who read without the script.
    pub(super) example: String,
}
