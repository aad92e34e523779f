//! Names in words that the book does not use.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::{Name, Vocabulary};
use crate::rules::Explanation;
use std::collections::{BTreeMap, BTreeSet};

pub(super) static LINT: Lint = Lint {
    id: "name_outside_vocabulary",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A name that holds a word the book's `vocabulary.yaml` replaces by another, that ends in none of its endings, or that has more than eight words. Without that file nothing is found.",
        why: "Whoever has met `device_not_found` looks for `user_not_found`, and not for `nonexistent_user`. One situation has one name only as long as one word says it.",
        bad: "name: user_not_exist",
        good: "name: user_not_found",
        fix: "Write the word of the vocabulary. A new state goes into `endings`, a name that needs none into `names`.",
    },
    check,
};

/// The most words a name may have; design, section "Names" of `spec/README.md`.
const MOST_WORDS: usize = 8;

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let Some(vocabulary) = &context.book.vocabulary else { return };
    let words = Words::of(vocabulary);
    for (domain, error) in context.entries() {
        for meaning in error.meanings() {
            let found = words.fault(&meaning.name, meaning.name_span);
            findings.extend(found.map(|found| Finding::entry(domain, error, found)));
        }
    }
}

/// A vocabulary in the form in which names are compared with it: a name has few words and a vocabulary may have many, so that
/// each run of words of a name is looked up.
struct Words<'a> {
    names: BTreeSet<&'a str>,
    endings: BTreeSet<&'a str>,
    /// The avoided words, each with its place in the vocabulary and what to write instead.
    avoid: BTreeMap<&'a str, (usize, &'a str)>,
}

impl<'a> Words<'a> {
    fn of(vocabulary: &'a Vocabulary) -> Self {
        let avoid = vocabulary.avoid.iter().enumerate();
        Self {
            names: vocabulary.names.iter().map(String::as_str).collect(),
            endings: vocabulary.endings.iter().map(String::as_str).collect(),
            avoid: avoid.map(|(place, (bad, good))| (bad.as_str(), (place, good.as_str()))).collect(),
        }
    }

    /// The avoided words in a name, where they stand, and what to write instead; of several those that the vocabulary has first.
    fn avoided<'n>(&self, name: &'n str) -> Option<(usize, &'n str, &'a str)> {
        let found = starts(name).flat_map(|start| {
            let rest = name.get(start..).unwrap_or_default();
            let ends = rest.match_indices('_').map(|(end, _)| end).chain([rest.len()]);
            ends.filter_map(move |end| {
                let words = rest.get(..end)?;
                let (place, good) = self.avoid.get(words)?;
                Some((*place, start, words, *good))
            })
        });
        found.min().map(|(_, start, words, good)| (start, words, good))
    }

    /// What the vocabulary has against a name.
    fn fault(&self, name: &Name, span: Span) -> Option<Diagnostic> {
        let name = name.as_str();
        if self.names.contains(name) {
            return None;
        }
        if let Some((start, bad, good)) = self.avoided(name) {
            let better = format!("{}{good}{}", &name[..start], &name[start + bad.len()..]);
            let message = format!("`{name}` says `{bad}` where the book says `{good}`");
            let diagnostic = Diagnostic::warning(LINT.id, span, message).help(format!("write `{better}`"));
            return Some(diagnostic.suggest(span, better));
        }
        let count = name.split('_').count();
        if count > MOST_WORDS {
            let message = format!("`{name}` has {count} words, more than {MOST_WORDS}");
            return Some(Diagnostic::warning(LINT.id, span, message).help("say the same in fewer"));
        }
        if self.endings.is_empty() || starts(name).any(|start| self.endings.contains(&name[start..])) {
            return None;
        }
        let message = format!("`{name}` ends in no state that the book's vocabulary has");
        let help = "end it in one of `endings` of vocabulary.yaml, or list it there";
        Some(Diagnostic::warning(LINT.id, span, message).help(help))
    }
}

/// Where the words of a name begin.
fn starts(name: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(name.match_indices('_').map(|(at, _)| at + 1))
}
