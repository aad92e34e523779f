//! Advice that only says again what has happened.

use super::{Context, Finding, Findings, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "solution_repeats_message",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A solution that equals its message, but for punctuation and case.",
        why: "Apps show the one below the other, and a user reads the same sentence twice and is none the wiser.",
        bad: "solution:\n  en: The device is offline",
        good: "solution:\n  en: Check its power and its network.",
        fix: "Say what to do, or leave the solution out.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for (domain, error) in context.entries() {
        for meaning in error.meanings() {
            for index in 0..context.book.locales.len() {
                let (Some(message), Some(solution)) =
                    (meaning.message.written(index), meaning.solution.written(index))
                else {
                    continue;
                };
                let Some(span) = meaning.solution.span(index).filter(|_| texts::are_alike(message, solution))
                else {
                    continue;
                };
                let diagnostic = Diagnostic::warning(LINT.id, span, "the solution only repeats the message")
                    .help("say what to do, or leave it out");
                findings.push(Finding::entry(domain, error, diagnostic));
            }
        }
    }
}
