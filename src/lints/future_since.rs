//! Versions that the book has not reached.

use super::{Context, Finding, Findings, Lint, LintLevel, Subject};
use crate::diagnostics::{Diagnostic, Span};
use crate::rules::Explanation;
use std::collections::BTreeMap;

pub(super) static LINT: Lint = Lint {
    id: "future_since",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A `since` that is later than the version of the book.",
        why: "Generated files say of a version that is published what is to come in another, or never if the number is a slip.",
        bad: "deprecated:\n  since: 11.0.0",
        good: "deprecated:\n  since: 1.0.0",
        fix: "Write the version that says so first. If that is the next one, raise the book's `version` with the change, as `errbook diff` asks for.",
    },
    check,
};

/// The first of each such version tells how often it stands there: where the book's own is the slip, that is everywhere.
fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let book = context.book;
    let version = numbers(&book.version);
    let mut later: BTreeMap<&str, (Span, Subject<'a>, usize)> = BTreeMap::new();
    for (since, span, subject) in versions(context).filter(|(since, ..)| numbers(since) > version) {
        later.entry(since).or_insert((span, subject, 0)).2 += 1;
    }
    let finding = |(since, (span, subject, count)): (&str, (Span, Subject<'a>, usize))| {
        let times = if count == 1 { String::new() } else { format!(" ({count} times)") };
        let message =
            format!("`since: {since}`{times} is later than the version of the book, `{}`", book.version);
        let diagnostic = Diagnostic::warning(LINT.id, span, message)
            .label(book.span, "the book's version")
            .help("write the version that says so first, and raise the book's if it is the next one");
        Finding { subject, diagnostic }
    };
    findings.extend(later.into_iter().map(finding));
}

/// Every `since` of the book with its place.
fn versions<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a str, Span, Subject<'a>)> + use<'a> {
    let book = context.book;
    let entries = context.entries().flat_map(|(domain, error)| {
        let former = error.former_names.iter().map(|former| (former.since.as_str(), former.since_span));
        let deprecated =
            error.deprecated.iter().map(|deprecated| (deprecated.since.as_str(), deprecated.since_span));
        former.chain(deprecated).map(move |(since, span)| (since, span, Subject::Entry(domain, error)))
    });
    let conditions = book.conditions.iter().flat_map(|condition| {
        let former = condition.former_names.iter();
        former.map(move |former| (former.since.as_str(), former.since_span, Subject::Condition(condition)))
    });
    let retired = book.domains.iter().flat_map(|domain| &domain.retired).chain(&book.retired_conditions);
    let retired = retired.map(|retired| (retired.since.as_str(), retired.since_span, Subject::Book));
    entries.chain(conditions).chain(retired)
}

/// The numbers of a version, which compare as versions do. Those of a valid book have three.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').filter_map(|number| number.parse().ok()).collect()
}
