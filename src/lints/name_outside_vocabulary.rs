//! Names in words that the book does not use.

use super::{Context, Finding, Lint, LintLevel};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::{Name, Vocabulary};
use crate::rules::Explanation;
use std::collections::BTreeSet;

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

fn check<'a>(context: &Context<'a>) -> Vec<Finding<'a>> {
    let Some(vocabulary) = &context.book.vocabulary else { return Vec::new() };
    let words = Words::of(vocabulary);
    let mut findings = Vec::new();
    for (domain, error) in context.entries() {
        for meaning in error.meanings() {
            let found = words.fault(&meaning.name, meaning.name_span);
            findings.extend(found.map(|found| Finding::entry(domain, error, found)));
        }
    }
    findings
}

/// A vocabulary in the form that names are compared with: with a `_` at both ends, whole words are found by what
/// stands between two of them.
struct Words<'a> {
    names: BTreeSet<&'a str>,
    endings: Vec<String>,
    /// The avoided words with a `_` at both ends, as they are, and what to write instead.
    avoid: Vec<(String, &'a str, &'a str)>,
}

impl<'a> Words<'a> {
    fn of(vocabulary: &'a Vocabulary) -> Self {
        let avoid =
            vocabulary.avoid.iter().map(|(bad, good)| (format!("_{bad}_"), bad.as_str(), good.as_str()));
        Self {
            names: vocabulary.names.iter().map(String::as_str).collect(),
            endings: vocabulary.endings.iter().map(|ending| format!("_{ending}_")).collect(),
            avoid: avoid.collect(),
        }
    }

    /// What the vocabulary has against a name.
    fn fault(&self, name: &Name, span: Span) -> Option<Diagnostic> {
        if self.names.contains(name.as_str()) {
            return None;
        }
        let words = format!("_{name}_");
        if let Some((inner, bad, good)) = self.avoid.iter().find(|(inner, ..)| words.contains(inner)) {
            let better = words.replacen(inner, &format!("_{good}_"), 1);
            let better = better.trim_matches('_');
            let message = format!("`{name}` says `{bad}` where the book says `{good}`");
            let diagnostic = Diagnostic::warning(LINT.id, span, message).help(format!("write `{better}`"));
            return Some(diagnostic.suggest(span, better));
        }
        let count = name.as_str().split('_').count();
        if count > MOST_WORDS {
            let message = format!("`{name}` has {count} words, more than {MOST_WORDS}");
            return Some(Diagnostic::warning(LINT.id, span, message).help("say the same in fewer"));
        }
        if self.endings.is_empty() || self.endings.iter().any(|ending| words.ends_with(ending)) {
            return None;
        }
        let message = format!("`{name}` ends in no state that the book's vocabulary has");
        let help = "end it in one of `endings` of vocabulary.yaml, or list it there";
        Some(Diagnostic::warning(LINT.id, span, message).help(help))
    }
}
