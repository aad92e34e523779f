//! Advice that leads to what is deprecated itself.

use super::{Context, Finding, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::model::{Domain, ErrorCode};
use crate::rules::Explanation;
use std::collections::{BTreeMap, BTreeSet};

pub(super) static LINT: Lint = Lint {
    id: "deprecated_replacement",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A `deprecated` whose `use` names an entry that is deprecated as well, perhaps in a circle.",
        why: "A developer who follows the advice meets the next warning, and in a circle never arrives.",
        bad: "deprecated:\n  since: 1.0.0\n  use: sms_code_expired",
        good: "deprecated:\n  since: 1.0.0\n  use: sms_code_invalid",
        fix: "Name the entry at the end of the way. If there is none, leave `use` out and say in `note` what to do.",
    },
    check,
};

fn check<'a>(context: &Context<'a>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for domain in &context.book.domains {
        let by_name: BTreeMap<&str, &ErrorCode> =
            domain.errors.iter().map(|error| (error.meaning.name.as_str(), error)).collect();
        findings.extend(domain.errors.iter().filter_map(|error| detour(domain, error, &by_name)));
    }
    findings
}

/// That the advice at `error` leads to a deprecated entry.
fn detour<'a>(
    domain: &'a Domain,
    error: &'a ErrorCode,
    by_name: &BTreeMap<&str, &'a ErrorCode>,
) -> Option<Finding<'a>> {
    let follow = |error: &ErrorCode| {
        let name = error.deprecated.as_ref()?.replacement.as_ref()?;
        by_name.get(name.as_str()).copied()
    };
    let next = follow(error)?;
    next.deprecated.as_ref()?;
    let (mut last, mut met) = (next, BTreeSet::from([&error.code]));
    while met.insert(&last.code) {
        match follow(last) {
            Some(further) => last = further,
            None => break,
        }
    }
    let deprecated = error.deprecated.as_ref()?;
    let (name, own) = (&next.meaning.name, &error.meaning.name);
    let diagnostic = Diagnostic::warning(
        LINT.id,
        deprecated.replacement_span?,
        format!("`{own}` is deprecated in favour of `{name}`, which is deprecated as well"),
    )
    .label(next.meaning.name_span, "deprecated, too");
    let end = &last.meaning.name;
    let diagnostic = if last.deprecated.is_some() {
        diagnostic.help("remove `use`, or name an entry that is not deprecated")
    } else {
        diagnostic.help(format!("write `use: {end}`")).fix(deprecated.replacement_span?, end.as_str())
    };
    Some(Finding::entry(domain, error, diagnostic))
}
