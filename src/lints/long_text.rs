//! Texts that no screen shows whole.

use super::texts::Role;
use super::{Context, Findings, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "long_text",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A title of more than 60 characters, or a message or description of ours of more than 300. A Chinese character counts as two.",
        why: "A phone shows about 40 columns; four lines of a dialog are what people read, and a title has one.",
        bad: "",
        good: "",
        fix: "Say what has happened in the message, and the rest in the solution.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context).filter(|text| text.is_ours) {
        let limit = match text.role {
            Role::Title => 60,
            Role::Message | Role::Description => 300,
            Role::Solution => continue,
        };
        // No character has more columns than bytes, so that most texts need not be counted.
        if text.value.len() <= limit {
            continue;
        }
        let columns: usize = text.value.chars().map(|ch| if texts::is_han(ch) { 2 } else { 1 }).sum();
        if columns > limit {
            let message = format!("the text takes {columns} columns, more than {limit}");
            let diagnostic = Diagnostic::warning(LINT.id, text.span, message).help("say it in fewer words");
            findings.push(text.finding(diagnostic));
        }
    }
}
