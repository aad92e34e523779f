//! Comments that were meant to be part of a text.

use super::{Context, Findings, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "comment_in_text",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A text without quotes that a `#` right before a word cuts off: ` #5 has expired`. A comment with a blank behind its `#` is one.",
        why: "For YAML a comment begins at ` #`, so that users read half a sentence; and nothing looks wrong in a review.",
        bad: "en: Error #5 has occurred.",
        good: "en: \"Error #5 has occurred.\"",
        fix: "Put the text in quotes. If it is a comment, write a blank behind the `#`.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    findings.extend(texts::all(context).filter_map(|text| {
        let place = text.cut_off(context.sources)?;
        let diagnostic =
            Diagnostic::warning(LINT.id, place, "for YAML this is a comment, and no part of the text")
                .label(text.span, "the text ends here")
                .help("put the text in quotes, or write a blank behind the `#`");
        Some(text.finding(diagnostic))
    }));
}
