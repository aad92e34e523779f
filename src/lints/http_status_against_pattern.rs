//! HTTP statuses that the shape of the code contradicts.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::expression::Expression;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "http_status_against_pattern",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "An entry whose `http_status` is not the one that its code shows by the domain's `code_pattern`, or that has none although its code shows one.",
        why: "Where a platform builds its codes from the status, a difference is a slip of the pen: in the code, or in the status.",
        bad: "code_pattern: ^(?<http_status>[1-5][0-9]{2})[0-9]+$\nerrors:\n  - code: 4041028\n    http_status: 400",
        good: "code_pattern: ^(?<http_status>[1-5][0-9]{2})[0-9]+$\nerrors:\n  - code: 4041028\n    http_status: 404",
        fix: "Look into the document which of the two is right. If the document itself contradicts its rule, `allow` it and say so.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for (domain, error) in context.entries() {
        let Some(pattern) = domain.code_pattern.as_ref().and_then(Expression::regex) else { continue };
        let code = error.code.to_string();
        let Some(shown) = pattern.captures(&code).and_then(|found| found.name("http_status")) else {
            continue;
        };
        let shown = shown.as_str();
        let (span, message) = match (error.http_status, error.http_status_span) {
            (Some(status), _) if status.to_string() == shown => continue,
            (Some(status), Some(span)) => (span, format!("the code `{code}` says {shown}, not {status}")),
            _ => (error.code_span, format!("the code says the HTTP status {shown}, and the entry has none")),
        };
        let diagnostic =
            Diagnostic::warning(LINT.id, span, message).help(format!("write `http_status: {shown}`"));
        let diagnostic = match error.http_status_span {
            Some(span) => diagnostic.suggest(span, shown),
            None => diagnostic,
        };
        findings.push(Finding::entry(domain, error, diagnostic));
    }
}
