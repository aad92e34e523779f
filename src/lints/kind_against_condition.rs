//! Entries whose kind is not that of their condition.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;
use std::collections::BTreeMap;

pub(super) static LINT: Lint = Lint {
    id: "kind_against_condition",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "An entry, or a variant of one, whose kind differs from the kind of the condition it is a case of.",
        why: "An app that branches on the condition and one that branches on the kind would treat the same error in two ways.",
        bad: "kind: internal\ncondition: device_offline",
        good: "kind: unavailable\ncondition: device_offline",
        fix: "Give the entry the condition's kind, or take the condition away. If the platform really differs, `allow` it and say how.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let conditions: BTreeMap<_, _> =
        context.book.conditions.iter().map(|condition| (&condition.name, condition)).collect();
    for (domain, error) in context.entries() {
        for meaning in error.meanings() {
            let condition = meaning.condition.as_ref().and_then(|name| conditions.get(name));
            let Some(condition) = condition.filter(|condition| condition.kind != meaning.kind) else {
                continue;
            };
            let (kind, expected) = (meaning.kind.id(), condition.kind.id());
            let message =
                format!("the kind is `{kind}`, and the condition `{}` is `{expected}`", condition.name);
            let diagnostic = Diagnostic::warning(LINT.id, meaning.kind_span, message)
                .label(condition.name_span, "the condition")
                .help(format!("write `{expected}`, or remove the condition"))
                .suggest(meaning.kind_span, expected);
            findings.push(Finding::entry(domain, error, diagnostic));
        }
    }
}
