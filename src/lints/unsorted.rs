//! Entries that do not stand in the order of their codes, and conditions not in that of their names.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::{Diagnostic, Span};
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "unsorted",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "An entry whose code is smaller than that of the entry above it, or a condition whose name is.",
        why: "A reader looks a code up by its place, and two people who append at the end get a merge conflict.",
        bad: "errors:\n  - code: 5004\n    name: mobile_number_not_registered\n  - code: 5003\n    name: sms_code_incorrect",
        good: "errors:\n  - code: 5003\n    name: sms_code_incorrect\n  - code: 5004\n    name: mobile_number_not_registered",
        fix: "Run `errbook fmt`, which sorts entries and takes their comments along.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    // The book is sorted already; the places in the file tell what the order was.
    for domain in &context.book.domains {
        for (error, above) in displaced(&domain.errors, |error| error.span) {
            let message = format!("the code `{}` stands below the greater `{}`", error.code, above.code);
            let diagnostic = Diagnostic::warning(LINT.id, error.code_span, message)
                .label(above.code_span, "the greater one")
                .help("run `errbook fmt`");
            findings.push(Finding::entry(domain, error, diagnostic));
        }
    }
    let mut conditions: Vec<_> = context.book.conditions.iter().collect();
    conditions.sort_by(|a, b| a.name.cmp(&b.name));
    for (condition, above) in displaced(&conditions, |condition| condition.name_span) {
        let message = format!("the condition `{}` stands below `{}`", condition.name, above.name);
        let diagnostic = Diagnostic::warning(LINT.id, condition.name_span, message)
            .label(above.name_span, "the later one")
            .help("run `errbook fmt`");
        findings.push(Finding::condition(condition, diagnostic));
    }
}

/// The items that stand below a greater one of the same file, each with the first such: `items` come sorted.
fn displaced<T>(items: &[T], span: impl Fn(&T) -> Span) -> Vec<(&T, &T)> {
    let mut by_place: Vec<_> = items.iter().enumerate().collect();
    by_place.sort_by_key(|(_, item)| span(item));
    let mut found = Vec::new();
    let mut greatest: Option<(usize, &T)> = None;
    for (order, item) in by_place {
        match greatest {
            Some((above, other)) if span(other).source == span(item).source && above > order => {
                found.push((item, other));
            }
            _ => greatest = Some((order, item)),
        }
    }
    found
}
