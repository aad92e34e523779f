//! Blanks that a code seems to hold by mistake.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::model::WireCode;
use crate::rules::Explanation;
use crate::spec::write;

pub(super) static LINT: Lint = Lint {
    id: "blank_in_code",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A code of a string domain that begins or ends with a blank, or holds a tab, a line end or a blank of another width. A plain blank between two words is none of these.",
        why: "Codes are compared letter by letter: what the server sends without the blank is then an unknown code, and nobody sees why.",
        bad: "- code: \"A00001 \"",
        good: "- code: \"A00001\"",
        fix: "Write the code as it is sent. If it is sent with its blanks, as systems with fields of a fixed width do, `allow` it and say so.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for (domain, error) in context.entries() {
        let WireCode::Text(code) = &error.code else { continue };
        let bare = code.trim();
        let what = if bare.len() < code.len() {
            "begins or ends with a blank"
        } else if code.contains(|ch: char| ch.is_whitespace() && ch != ' ') {
            "holds a blank that looks like another one"
        } else {
            continue;
        };
        let message = format!("the code `{}` {what}", code.escape_debug());
        let diagnostic = Diagnostic::warning(LINT.id, error.code_span, message)
            .help("write it as it is sent; if it is sent like this, `allow` it and say so");
        let words: Vec<_> = code.split_whitespace().collect();
        findings.push(Finding::entry(
            domain,
            error,
            match words.as_slice() {
                // A code of blanks alone is for its author to say.
                [] => diagnostic,
                words => diagnostic.suggest(error.code_span, write::quoted(&words.join(" "))),
            },
        ));
    }
}
