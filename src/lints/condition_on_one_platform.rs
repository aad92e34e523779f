//! Conditions that do not connect platforms.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;
use std::collections::{BTreeMap, BTreeSet};

pub(super) static LINT: Lint = Lint {
    id: "condition_on_one_platform",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A condition that entries of one domain only have, or of none.",
        why: "An app branches on a condition in order to treat several platforms alike. One that a single platform reports promises what it does not keep.",
        bad: "- code: 6220\n  name: device_offline\n  kind: unavailable",
        good: "- code: 6220\n  name: device_offline\n  kind: unavailable\n  condition: device_offline",
        fix: "Give the condition to the entries of other domains that mean it, or remove it. If an app needs it all the same, `allow` it and say for what.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let mut users: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (domain, error) in context.entries() {
        for meaning in error.meanings() {
            if let Some(condition) = &meaning.condition {
                users.entry(condition).or_default().insert(&domain.id);
            }
        }
    }
    // A book of one domain has nothing to connect.
    if context.book.domains.len() < 2 {
        return;
    }
    for condition in &context.book.conditions {
        let domains = users.get(&condition.name);
        let message = match domains.map(|domains| (domains.len(), domains.first())) {
            None => format!("no entry has the condition `{}`", condition.name),
            Some((1, Some(domain))) => format!("only `{domain}` has the condition `{}`", condition.name),
            Some(_) => continue,
        };
        let diagnostic = Diagnostic::warning(LINT.id, condition.name_span, message)
            .help("give it to entries of another domain, or remove it");
        findings.push(Finding::condition(condition, diagnostic));
    }
}
