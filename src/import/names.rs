//! Names for new entries.
//!
//! In: a row of a document and its code. Out: a name that follows the rules of names and that nothing else in the domain
//! has, in any language: made from the English text where there is one, or else from the code. The same rows always give
//! the same names. People review them: a name is the one thing of an entry that apps spell out.
//!
//! Deliberately elsewhere: what a valid name is (`names`), and how languages spell one (`languages`).

use crate::document::Row;
use crate::names::WireCode;
use crate::spec::read::{SpecDomain, SpecError};
use std::collections::{BTreeMap, BTreeSet};

/// The names of a domain, with which new ones must not collide.
pub(super) struct Names {
    /// Without their underscores, which is how some languages spell them.
    taken: BTreeSet<String>,
    /// The number that was last put behind a name that was taken: all those before it are taken as well.
    numbers: BTreeMap<String, u32>,
}

impl Names {
    /// How many words of a text make a name.
    const MOST_WORDS: usize = 6;
    /// How long a name made from a text is at most, so that a code still fits behind it.
    const LONGEST: usize = 36;
    /// How long the code in a name is at most.
    const LONGEST_CODE: usize = 14;
    /// Words that add nothing: articles and auxiliary verbs.
    const EMPTY_WORDS: [&str; 30] = [
        "a", "am", "an", "are", "be", "been", "being", "can", "could", "did", "do", "does", "done", "had",
        "has", "have", "having", "is", "may", "might", "must", "ought", "shall", "should", "the", "was",
        "were", "will", "would", "s",
    ];

    pub(super) fn of(domain: &SpecDomain) -> Self {
        let of_entry = |error: &SpecError| {
            let mut names = vec![fold(&error.meaning.name.value)];
            names.extend(error.variants.iter().map(|variant| fold(&variant.name.value)));
            names.extend(error.former_names.iter().map(|former| fold(&former.name.value)));
            names
        };
        let retired = domain.retired.iter().map(|retired| fold(&retired.name.value));
        let taken = domain.errors.iter().flat_map(|error| of_entry(error)).chain(retired).collect();
        Self { taken, numbers: BTreeMap::new() }
    }

    /// A name for `row` that nothing else has.
    pub(super) fn make(&mut self, row: &Row, code: &WireCode) -> String {
        let code = code_words(code);
        let english = row.message.iter().find(|(locale, _)| locale.split('-').next() == Some("en"));
        let name = match english.map(|(_, text)| slug(&text.value)).filter(|slug| !slug.is_empty()) {
            Some(slug) if self.is_free(&slug) => slug,
            Some(slug) => format!("{slug}_{code}"),
            None => format!("code_{code}"),
        };
        // Codes that differ only in their signs or capitals still collide.
        let name = if self.is_free(&name) {
            name
        } else {
            let mut number = self.numbers.get(&name).map_or(2, |last| last + 1);
            while !self.is_free(&format!("{name}_{number}")) {
                number += 1;
            }
            let numbered = format!("{name}_{number}");
            self.numbers.insert(name, number);
            numbered
        };
        self.taken.insert(fold(&name));
        name
    }

    fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(&fold(name))
    }
}

/// A name as languages without underscores spell it.
pub(super) fn fold(name: &str) -> String {
    name.replace('_', "")
}

/// A name from an English text: its first telling words in lower case.
fn slug(text: &str) -> String {
    let text = text.replace(['\'', '’'], "").to_ascii_lowercase();
    let words = text
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !Names::EMPTY_WORDS.contains(word))
        // A name starts with a letter.
        .skip_while(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    let mut slug = String::new();
    for word in words.take(Names::MOST_WORDS) {
        if slug.len() + 1 + word.len() > Names::LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('_');
        }
        slug.push_str(word);
    }
    slug
}

/// A code as words of a name.
fn code_words(code: &WireCode) -> String {
    let text = match code {
        WireCode::Number(number) if *number < 0 => format!("minus_{}", number.unsigned_abs()),
        WireCode::Number(number) => number.to_string(),
        WireCode::Text(text) => text.to_ascii_lowercase(),
    };
    let words: Vec<_> = text
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut words = words.join("_");
    // Numbers always fit; a longer text is told apart by what `make` appends.
    words.truncate(if matches!(code, WireCode::Text(_)) { Names::LONGEST_CODE } else { words.len() });
    let words = words.trim_end_matches('_');
    if words.is_empty() { "x".to_owned() } else { words.to_owned() }
}
