//! Blanks where none belong.

use super::{Context, Findings, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "stray_blank",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A text of ours that begins or ends with a blank, or holds a tab or two blanks in a row.",
        why: "It shows on a screen as a crooked line, and nobody sees it in a review.",
        bad: "en: \"The device  is offline. \"",
        good: "en: The device is offline.",
        fix: "`errbook lint --fix` takes them out.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context).filter(|text| text.is_ours) {
        // Most texts are a line that is tidy, which takes a look and no second copy.
        let is_tidy = text.value.trim().len() == text.value.len()
            && !text.value.contains(['\n', '\t'])
            && !text.value.contains("  ");
        if is_tidy {
            continue;
        }
        let line = |line: &str| {
            line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let tidy = text.value.trim().lines().map(line).collect::<Vec<_>>().join("\n");
        if tidy == text.value {
            continue;
        }
        let diagnostic = Diagnostic::warning(LINT.id, text.span, "the text holds blanks where none belong");
        findings.push(text.rewritten(diagnostic, &tidy));
    }
}
