//! Languages that a whole book lacks, or that all of it is written in although nobody listed them.
//!
//! In: the spec as written. Out: the tags of both. Whoever adds a language to `locales` has one thing to do, not one at
//! each of a thousand texts; so each is told once, at the list, and no more at the texts.

use crate::spec::SpecFiles;
use crate::spec::read::SpecTexts;

/// What holds for every text of a book.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage {
    /// Languages of the list that no text is in.
    pub(super) absent: Vec<String>,
    /// Languages that every text is in and that are not in the list.
    pub(super) foreign: Vec<String>,
    /// How many texts there are, each in all its languages.
    pub(super) texts: usize,
}

impl Coverage {
    /// Looks at the texts that every entry and every condition must have.
    pub(super) fn of(files: &SpecFiles) -> Self {
        let mut texts = texts(files).filter(|texts| texts.span.is_some());
        let Some(first) = texts.next() else { return Self::default() };
        let has = |texts: &SpecTexts, tag: &str| texts.texts.iter().any(|(other, _)| other.value == tag);
        let listed = || files.book.locales.iter().map(|tag| &tag.value);
        let mut absent: Vec<_> = listed().filter(|tag| !has(first, tag)).cloned().collect();
        let mut foreign: Vec<_> = first.texts.iter().map(|(tag, _)| &tag.value).cloned().collect();
        foreign.retain(|tag| !listed().any(|other| other == tag));
        let mut count = 1;
        for texts in texts {
            // Nearly every book ends here: the first text is in the languages of the list.
            if absent.is_empty() && foreign.is_empty() {
                return Self::default();
            }
            absent.retain(|tag| !has(texts, tag));
            foreign.retain(|tag| has(texts, tag));
            count += 1;
        }
        // A single text is told by itself.
        if count == 1 { Self::default() } else { Self { absent, foreign, texts: count } }
    }
}

fn texts(files: &SpecFiles) -> impl Iterator<Item = &SpecTexts> {
    let conditions =
        files.conditions.conditions.iter().flat_map(|condition| [&condition.title, &condition.description]);
    let entries = files.domains.iter().flat_map(|domain| &domain.errors);
    let messages = entries.flat_map(|error| {
        std::iter::once(&error.meaning).chain(&error.variants).map(|meaning| &meaning.message)
    });
    conditions.chain(messages)
}
