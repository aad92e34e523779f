//! Names in words that the book does not use.

use super::{Context, Finding, Lint, LintLevel};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::{Name, Vocabulary};
use crate::rules::Explanation;

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
    let mut findings = Vec::new();
    for (domain, error) in context.entries() {
        for meaning in std::iter::once(&error.meaning).chain(&error.variants) {
            let found = fault(&meaning.name, meaning.name_span, vocabulary);
            findings.extend(found.map(|found| Finding::entry(domain, error, found)));
        }
    }
    findings
}

/// What the vocabulary has against a name.
fn fault(name: &Name, span: Span, vocabulary: &Vocabulary) -> Option<Diagnostic> {
    if vocabulary.names.iter().any(|whole| whole == name.as_str()) {
        return None;
    }
    // With a `_` at both ends, whole words are found by what stands between two of them.
    let words = format!("_{name}_");
    let avoided = vocabulary.avoid.iter().find(|(bad, _)| words.contains(&format!("_{bad}_")));
    if let Some((bad, good)) = avoided {
        let better = words.replacen(&format!("_{bad}_"), &format!("_{good}_"), 1);
        let better = better.trim_matches('_');
        return Some(
            Diagnostic::warning(LINT.id, span, format!("`{name}` says `{bad}` where the book says `{good}`"))
                .help(format!("write `{better}`"))
                .suggest(span, better),
        );
    }
    let count = name.as_str().split('_').count();
    if count > MOST_WORDS {
        let message = format!("`{name}` has {count} words, more than {MOST_WORDS}");
        return Some(Diagnostic::warning(LINT.id, span, message).help("say the same in fewer"));
    }
    let ends =
        |ending: &String| words.strip_suffix('_').is_some_and(|words| words.ends_with(&format!("_{ending}")));
    if vocabulary.endings.is_empty() || vocabulary.endings.iter().any(ends) {
        return None;
    }
    let message = format!("`{name}` ends in no state that the book's vocabulary has");
    Some(
        Diagnostic::warning(LINT.id, span, message)
            .help("end it in one of `endings` of vocabulary.yaml, or list it there"),
    )
}
