//! Names that are nearly the same.

use super::{Context, Findings, Lint, LintLevel, Subject};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::{Domain, ErrorCode, Name};
use crate::rules::Explanation;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

pub(super) static LINT: Lint = Lint {
    id: "near_duplicate_name",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "Two names of one domain made of the same words, but for their order, a plural, a tense, or a small word like `of`; and a name that another domain writes with the same words in another order.",
        why: "In a list of completions nobody can tell `device_bind_failed` from `bind_device_failed`, and every second time the wrong one is taken.",
        bad: "- code: 1\n  name: device_bind_failed\n- code: 2\n  name: bind_devices_failed",
        good: "- code: 1\n  name: device_bind_failed\n- code: 2\n  name: gateway_device_bind_failed",
        fix: "Say in the names what the difference is, or give the same situation the same name. If both are needed, `allow` it on one of them.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    // The first name made of some words, over all domains, and where in which domain each was met. Names are known by a
    // digest of their words, because the words of a hundred thousand take more memory than their book; that two with one
    // digest are made of the same words is seen in the names. Asked and never listed, so that its order shows nowhere.
    let mut everywhere: HashMap<u64, (&'a Name, &'a Domain, Span)> = HashMap::new();
    for domain in &context.book.domains {
        let mut here: HashMap<u64, (&'a Name, Span)> = HashMap::new();
        for (error, name, span) in names(domain) {
            let words = words(name);
            let key = digest(&words);
            let is_same = |other: &Name| self::words(other) == words;
            let beside = here.get(&key).filter(|(other, _)| is_same(other));
            let elsewhere = everywhere.get(&key).filter(|(other, ..)| *other != name && is_same(other));
            let (other, place, what) = match (beside, elsewhere) {
                (Some((other, place)), _) => (*other, *place, "the other one".to_owned()),
                (None, Some((other, domain, place))) => (*other, *place, format!("in {}", domain.id)),
                (None, None) => {
                    here.insert(key, (name, span));
                    everywhere.entry(key).or_insert((name, domain, span));
                    continue;
                }
            };
            here.entry(key).or_insert((name, span));
            findings.push_with(Subject::Entry(domain, error), || {
                let message = format!("`{name}` and `{other}` are made of the same words");
                Diagnostic::warning(LINT.id, span, message)
                    .label(place, what)
                    .help("give the same situation the same name, and others names that tell them apart")
            });
        }
    }
}

/// A number that is most likely the same for the same words alone.
fn digest(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The names that a domain uses today, those of variants included.
fn names(domain: &Domain) -> impl Iterator<Item = (&ErrorCode, &Name, Span)> {
    domain
        .errors
        .iter()
        .flat_map(|error| error.meanings().map(move |meaning| (error, &meaning.name, meaning.name_span)))
}

/// The words of a name without what makes no difference to a reader, in alphabetical order.
fn words(name: &Name) -> Vec<&str> {
    let small = ["a", "an", "the", "of", "is", "for", "in", "to"];
    let mut words: Vec<_> = name.as_str().split('_').filter(|word| !small.contains(word)).map(stem).collect();
    words.sort_unstable();
    words
}

/// A word without the endings of plural and past tense: rough, but the same for both of a pair.
fn stem(word: &str) -> &str {
    let long = |stem: &&str| stem.len() >= 3;
    for ending in ["ing", "ed", "es", "s", "e", "d"] {
        if let Some(stem) = word.strip_suffix(ending).filter(long) {
            return stem;
        }
    }
    word
}
