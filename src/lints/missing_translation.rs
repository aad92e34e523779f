//! Solutions that only some users can read.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "missing_translation",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A solution that is there in one language of the book and not in another.",
        why: "Users of the other language get no advice, or advice in a language they may not read.",
        bad: "solution:\n  zh-Hans: 请重新获取验证码。",
        good: "solution:\n  en: Request a new code.\n  zh-Hans: 请重新获取验证码。",
        fix: "Write it in every language of the book, or in none.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let locales = &context.book.locales;
    for (domain, error) in context.entries() {
        for meaning in error.meanings() {
            let Some(span) = (0..locales.len()).find_map(|index| meaning.solution.span(index)) else {
                continue;
            };
            let missing: Vec<_> = locales
                .iter()
                .enumerate()
                .filter(|(index, _)| meaning.solution.written(*index).is_none())
                .map(|(_, locale)| format!("`{locale}`"))
                .collect();
            if !missing.is_empty() {
                let message = format!("the solution in {} is missing", missing.join(" and "));
                let diagnostic = Diagnostic::warning(LINT.id, span, message).help("translate this one");
                findings.push(Finding::entry(domain, error, diagnostic));
            }
        }
    }
}
