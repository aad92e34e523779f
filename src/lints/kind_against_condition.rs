//! Entries whose kind is not that of their condition, and conditions whose kind is that of none of their entries.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::model::{Condition, Kind, Name};
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
    let wrong = wrong_conditions(context, &conditions);
    for (condition, kind, count) in wrong.values() {
        let message = format!(
            "the condition `{}` is `{}`, and all its {count} entries are `{}`",
            condition.name,
            condition.kind.id(),
            kind.id()
        );
        let diagnostic = Diagnostic::warning(LINT.id, condition.name_span, message)
            .help(format!("write `kind: {}` here, if the entries are right", kind.id()));
        findings.push(Finding::condition(condition, diagnostic));
    }
    for (domain, error) in context.entries() {
        for meaning in error.meanings() {
            let condition = meaning.condition.as_ref().and_then(|name| conditions.get(name));
            let differs = |condition: &&&Condition| {
                condition.kind != meaning.kind && !wrong.contains_key(&condition.name)
            };
            let Some(condition) = condition.filter(differs) else { continue };
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

/// How many entries have to agree with each other against their condition to be believed.
const AGREEING: usize = 3;

/// The conditions that all their entries contradict with one kind, with that kind and how many there are. There the slip
/// is in the condition, and each entry would be told to take it over.
fn wrong_conditions<'a>(
    context: &Context<'a>,
    conditions: &BTreeMap<&Name, &'a Condition>,
) -> BTreeMap<&'a Name, (&'a Condition, Kind, usize)> {
    let mut kinds: BTreeMap<&Name, Option<(Kind, usize)>> = BTreeMap::new();
    for (_, error) in context.entries() {
        // Whoever allows it has looked at it.
        let is_allowed = error.allow.iter().any(|(lint, _)| lint.value == LINT.id);
        for meaning in error.meanings() {
            let Some(name) = &meaning.condition else { continue };
            let agreed = kinds.entry(name).or_insert(Some((meaning.kind, 0)));
            *agreed = agreed
                .filter(|(kind, _)| *kind == meaning.kind && !is_allowed)
                .map(|(kind, count)| (kind, count + 1));
        }
    }
    kinds
        .into_iter()
        .filter_map(|(name, agreed)| {
            let (condition, (kind, count)) = (*conditions.get(name)?, agreed?);
            (count >= AGREEING && condition.kind != kind)
                .then_some((&condition.name, (condition, kind, count)))
        })
        .collect()
}
