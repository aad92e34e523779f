//! Sentences without an end.

use super::texts::Role;
use super::{Context, Finding, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "missing_final_punctuation",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A message, a solution or a description of ours that does not end like a sentence, or a title that does.",
        why: "Apps put a message and its solution one after the other; without a stop the two run together.",
        bad: "en: The device is offline",
        good: "en: The device is offline.",
        fix: "End the text in `.`, `!` or `?`, in Chinese in `。`, `！` or `？`. A title has no stop.",
    },
    check,
};

fn check<'a>(context: &Context<'a>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for text in texts::all(context).filter(|text| text.is_ours) {
        let bare = text.value.trim_end().trim_end_matches(['"', '”', '’', '」', ')', '）']);
        let ends = bare.ends_with(['.', '!', '?', '。', '！', '？', '…']);
        let (message, help) = match text.role {
            Role::Title if ends => ("the title ends in a stop", "remove it".to_owned()),
            Role::Message | Role::Solution | Role::Description if !ends => {
                let stop = if text.is_wide() { '。' } else { '.' };
                ("the text does not end like a sentence", format!("end it in `{stop}`"))
            }
            _ => continue,
        };
        findings.push(text.finding(Diagnostic::warning(LINT.id, text.span, message).help(help)));
    }
    findings
}
