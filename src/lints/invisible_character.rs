//! Characters that nobody sees.

use super::{Context, Finding, Lint, LintLevel, texts};
use crate::characters::is_hidden;
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "invisible_character",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A character in a text that has no shape of its own: a control, a zero-width or a bidirectional mark, a no-break space, a soft hyphen, a private or unassigned code point. The joiners and selectors inside emoji, and the joiners of scripts that need them, are no such.",
        why: "It makes a text unequal to the same text, breaks searching, and a bidirectional mark can show a review something else than what is there.",
        bad: "en: \"Incorrect\\u200B password.\"",
        good: "en: Incorrect password.",
        fix: "Remove it. If it stands in the vendor's document, write the text without it and keep the vendor's in `erratum`.",
    },
    check,
};

fn check<'a>(context: &Context<'a>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for text in texts::all(context) {
        let mut before = None;
        let mut chars = text.value.chars().peekable();
        while let Some(ch) = chars.next() {
            let hidden = is_hidden(ch) && ch != '\n' && !joins(before, ch, chars.peek().copied());
            before = Some(ch);
            if hidden {
                let message = format!("the text holds the invisible character U+{:04X}", u32::from(ch));
                let diagnostic = Diagnostic::warning(LINT.id, text.span, message)
                    .help("remove it, or write what should be seen");
                findings.push(text.finding(diagnostic));
                break;
            }
        }
    }
    findings
}

/// Whether an invisible character shapes its neighbours, as Unicode's emoji sequences (UTS 51) and Indic and Arabic
/// scripts have it: a joiner between two characters, or the emoji selector after one.
fn joins(before: Option<char>, ch: char, after: Option<char>) -> bool {
    let joined = |ch: char| u32::from(ch) >= 0x600 && !is_hidden(ch);
    match ch {
        '\u{200C}' | '\u{200D}' => {
            before.is_some_and(|ch| joined(ch) || ch == '\u{FE0F}') && after.is_some_and(joined)
        }
        '\u{FE0E}' | '\u{FE0F}' => {
            before.is_some_and(|ch| joined(ch) || ch.is_ascii_digit() || "#*©®".contains(ch))
        }
        _ => false,
    }
}
