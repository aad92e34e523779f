//! Sentences without an end.

use super::texts::Role;
use super::{Context, Findings, Lint, LintLevel, texts};
use crate::characters::ends_sentence;
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

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context).filter(|text| text.is_ours) {
        let bare = text.value.trim_end().trim_end_matches(['"', '”', '’', '」', ')', '）']);
        let ends = ends_sentence(bare);
        let (stop, help) = match text.role {
            Role::Title if ends => {
                let diagnostic = Diagnostic::warning(LINT.id, text.span, "the title ends in a stop");
                let title = text.value.trim_end().trim_end_matches(['.', '。']);
                // A question or a call is one by its mark.
                findings.push(
                    if title == text.value.trim_end() || title.is_empty() || title.ends_with('.') {
                        text.finding(diagnostic.help("remove it"))
                    } else {
                        text.rewritten(diagnostic, title)
                    },
                );
                continue;
            }
            // What a comment cuts off has its end there.
            _ if text.cut_off(context.sources).is_some() => continue,
            Role::Message | Role::Solution | Role::Description if !ends => {
                let stop = if text.is_wide() { '。' } else { '.' };
                (stop, format!("end it in `{stop}`"))
            }
            _ => continue,
        };
        let message = "the text does not end like a sentence";
        let diagnostic = Diagnostic::warning(LINT.id, text.span, message).help(help);
        findings.push(text.offered(diagnostic, &format!("{}{stop}", text.value.trim_end())));
    }
}
