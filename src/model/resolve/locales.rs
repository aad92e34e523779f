//! The locales of a book, and texts in them.
//!
//! In: the book's list of locales, and the texts of an entry or a condition as written. Out: `Locale`s, and `Texts` that
//! have one place for each of them. A text in another locale is told, and taken for the one that it was most likely meant
//! for, so that one misspelt tag is one fault; what every text of a book has or lacks is told once, at the list.
//!
//! Deliberately elsewhere: which locales those are that all texts have or lack (`model::coverage`).

use super::{Coverage, Resolver};
use crate::diagnostics::{Diagnostic, Loc, MOST_FAULTS, Span};
use crate::model::{Locale, Texts, advice};
use crate::nearest::nearest;
use crate::spec::SpecFiles;
use crate::spec::read::SpecTexts;
use std::collections::BTreeSet;

impl Resolver<'_> {
    pub(super) fn locales(&mut self, tags: &[Loc<String>]) {
        for tag in tags {
            match Locale::new(&tag.value) {
                Some(locale) if self.known.locales.contains(&locale) => {
                    let message = format!("the locale `{locale}` is listed twice");
                    self.fault("duplicate_locale", tag.span, message).help =
                        Some("remove one of the two".to_owned());
                }
                Some(locale) => {
                    let known = self.known.to_mut();
                    known.places.insert(locale.tag().to_owned(), known.locales.len());
                    known.locales.push(locale);
                }
                None => {
                    let message =
                        format!("`{}` is no locale errbook knows how to write", tag.value.escape_debug());
                    let fault = Diagnostic::error("bad_locale", tag.span, message);
                    self.faults.push(match advice::locale(&tag.value) {
                        Some(locale) => fault.did_you_mean(tag.span, locale.tag()),
                        None => fault
                            .help("BCP 47 with language, script and region, like `en`, `zh-Hans`, `pt-BR`"),
                    });
                    // Which languages texts can be in is not known any more.
                    self.known.to_mut().has_unknown_locale = true;
                }
            }
        }
    }

    /// Tells of languages that every text is in or that none is.
    pub(super) fn coverage(&mut self, files: &SpecFiles) {
        let coverage = Coverage::of(files);
        let Some(first) = files.book.locales.first() else { return };
        let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let mut meant = BTreeSet::new();
        for tag in &files.book.locales {
            if coverage.absent.contains(&tag.value) && Locale::new(&tag.value).is_some() {
                let message = format!("no text of the book is in `{}`", tag.value);
                let fault = Diagnostic::error("missing_locale", tag.span, message);
                // `zh-CN` in the list, and `zh-Hans` in the texts.
                let is_like = |other: &&String| language(other) == language(&tag.value);
                // `eng` in the list, and nothing else that `en` in the texts could be.
                let only = || match (coverage.absent.as_slice(), coverage.foreign.as_slice()) {
                    ([_], [other]) => Some(other),
                    _ => None,
                };
                let other = coverage.foreign.iter().find(is_like).or_else(only);
                if let Some(other) = other.filter(|_| !self.known.has_unknown_locale) {
                    meant.insert(other);
                    let help = format!("every one is in `{other}`, which is not listed: was that meant?");
                    self.faults.push(fault.help(help).suggest(tag.span, other));
                    continue;
                }
                let help = format!("write all {} of them in it, or take it out of `locales`", coverage.texts);
                self.faults.push(fault.help(help));
            }
        }
        for tag in coverage.foreign.iter().filter(|tag| !meant.contains(tag)) {
            // One that is misspelt in the list is told there.
            if !self.known.has_unknown_locale {
                let message = format!(
                    "every text of the book is in `{0}` as well, which is not listed",
                    tag.escape_debug()
                );
                self.fault("unknown_locale", first.span, message).help =
                    Some("add it to `locales`, or take it out of the texts".to_owned());
            }
        }
        let known = self.known.to_mut();
        known.is_absent = known
            .locales
            .iter()
            .map(|locale| coverage.absent.iter().any(|tag| tag == locale.tag()))
            .collect();
        known.coverage = coverage;
    }

    /// Texts of which every locale must have one.
    pub(super) fn complete_texts(&mut self, what: &str, texts: &SpecTexts, fallback: Span) -> Texts {
        let known = self.known_texts(texts);
        let missing = self.missing(&known.is_there);
        if !missing.is_empty() {
            let message = format!("the {what} in {} is missing", missing.join(" and "));
            // The head of the texts is enough to find them.
            let head = texts.texts.first().map(|(tag, _)| tag.span).or(texts.span);
            let help = format!("add a line for {}", missing.join(" and "));
            self.fault("missing_locale", head.unwrap_or(fallback), message).help = Some(help);
        }
        known.texts
    }

    /// Texts that may be left out.
    pub(super) fn texts(&mut self, texts: &SpecTexts) -> Texts {
        self.known_texts(texts).texts
    }

    /// Takes the texts in the book's locales. A text in another is unknown, unless it was most likely meant for one that
    /// is missing.
    fn known_texts(&mut self, texts: &SpecTexts) -> Known {
        if texts.texts.is_empty() {
            return Known { texts: Texts::default(), is_there: vec![false; self.known.locales.len()] };
        }
        let mut resolved = vec![None; self.known.locales.len()];
        // What stands in a locale, even if it is no text that can be used.
        let mut is_there = vec![false; self.known.locales.len()];
        let mut unknown = Vec::new();
        for (tag, text) in &texts.texts {
            let Some(index) = self.known.places.get(&tag.value).copied() else {
                unknown.push(tag);
                continue;
            };
            is_there[index] = true;
            if text.value.trim().is_empty() {
                self.fault("empty_text", text.span, "an empty text says nothing").help =
                    Some("write it, or remove the line".to_owned());
            } else if text.value.contains('\0') {
                self.fault("nul_character", text.span, "a text cannot hold the character U+0000");
            } else {
                resolved[index] = Some(text.clone());
            }
        }
        self.unknown_locales(unknown, &mut is_there);
        Known { texts: Texts::new(resolved), is_there }
    }

    /// Tells of texts in locales that the book does not have. One that was most likely meant for a missing locale is told
    /// instead of that: it is of that language, or is spelled nearly so, or no other text is left for it.
    fn unknown_locales(&mut self, mut unknown: Vec<&Loc<String>>, is_there: &mut [bool]) {
        unknown.retain(|tag| {
            !self.known.has_unknown_locale && !self.known.coverage.foreign.contains(&tag.value)
        });
        let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let mut others = Vec::new();
        for tag in unknown {
            // Nobody reads a suggestion beyond the budget, and a book may have very many such texts.
            if self.faults.len() >= MOST_FAULTS {
                others.push(tag);
                continue;
            }
            let may = self.may_compare(is_there.len());
            let locales = self.known.locales.iter().map(Locale::tag);
            let missing =
                || locales.clone().zip(&*is_there).filter(|(_, is_there)| !**is_there).map(|(tag, _)| tag);
            let same = missing().find(|missing| language(missing) == language(&tag.value));
            let Some(near) = same.or_else(|| may.then(|| nearest(&tag.value, missing())).flatten()) else {
                others.push(tag);
                continue;
            };
            let fault = unknown_locale(tag).did_you_mean(tag.span, near);
            is_there[self.known.places[near]] = true;
            self.faults.push(fault);
            self.budget.keep(&mut self.faults);
        }
        let mut missing = (0..is_there.len()).filter(|index| !is_there[*index]);
        let only = missing.next().filter(|_| missing.next().is_none() && others.len() == 1);
        for tag in others {
            let fault = unknown_locale(tag);
            let suggests = self.faults.len() < MOST_FAULTS;
            self.faults.push(if !suggests {
                fault
            } else if let Some(index) = only {
                is_there[index] = true;
                let locale = self.known.locales[index].tag();
                fault.help(format!("`{locale}` is missing: was that meant?")).suggest(tag.span, locale)
            } else {
                let known = self.known.locales.iter().map(Locale::tag).collect::<Vec<_>>().join(", ");
                fault.help(format!("the book has {known}"))
            });
            self.budget.keep(&mut self.faults);
        }
    }

    /// The locales in which nothing stands, but for those that nothing of the book is in.
    fn missing(&self, is_there: &[bool]) -> Vec<String> {
        let locales = self.known.locales.iter().zip(&self.known.is_absent).zip(is_there);
        let missing = locales.filter(|((_, is_absent), is_there)| !**is_there && !**is_absent);
        missing.map(|((locale, _), _)| format!("`{locale}`")).collect()
    }
}

fn unknown_locale(tag: &Loc<String>) -> Diagnostic {
    let message = format!("`{}` is none of the book's locales", tag.value.escape_debug());
    Diagnostic::error("unknown_locale", tag.span, message)
}

/// Texts in the book's locales.
struct Known {
    texts: Texts,
    /// For each locale of the book, whether something stands in it.
    is_there: Vec<bool>,
}
