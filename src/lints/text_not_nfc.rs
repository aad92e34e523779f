//! Texts that are not in Unicode's normal form C.

use super::{Context, Finding, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

pub(super) static LINT: Lint = Lint {
    id: "text_not_nfc",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A text that is not in Unicode normal form C: a letter and its accent as two characters, for example.",
        why: "It looks the same as the composed text and is unequal to it, so that searches and comparisons in an app miss it.",
        bad: "en: \"The cafe\\u0301 mode is off.\"",
        good: "en: The café mode is off.",
        fix: "`errbook lint --fix` writes the composed form in texts of ours. A vendor's text keeps its own form in `erratum`.",
    },
    check,
};

fn check<'a>(context: &Context<'a>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for text in texts::all(context).filter(|text| !text.value.is_ascii() && !is_nfc(text.value)) {
        let composed: String = text.value.nfc().collect();
        let diagnostic = Diagnostic::warning(LINT.id, text.span, "the text is not in Unicode normal form C");
        findings.push(if text.is_ours {
            text.rewritten(diagnostic, &composed)
        } else {
            text.finding(diagnostic.help("write the composed form, and keep the vendor's in `erratum`"))
        });
    }
    findings
}
