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
        fix: "Remove it; `errbook lint --fix` does where it has no width or is a blank. If it stands in the vendor's document, write the text without it and keep the vendor's in `erratum`.",
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
                let diagnostic = Diagnostic::warning(LINT.id, text.span, message);
                findings.push(match seen(text.value).filter(|_| text.is_ours) {
                    Some(seen) => text.rewritten(diagnostic, &seen),
                    None => text.finding(diagnostic.help("remove it, or write what should be seen")),
                });
                break;
            }
        }
    }
    findings
}

/// A text as it is seen: without what has no width, and with plain blanks. `None` if it holds something else, whose
/// meaning only its author knows, such as a line separator or a letter of a font of their own.
fn seen(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(ch) = chars.next() {
        match ch {
            '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => out.push(' '),
            _ if !is_hidden(ch) || ch == '\n' || joins(before, ch, chars.peek().copied()) => out.push(ch),
            _ if has_no_width(ch) => {}
            _ => return None,
        }
        before = Some(ch);
    }
    (!out.trim().is_empty()).then_some(out)
}

/// Whether a character takes no room and says nothing by itself: the soft hyphen, joiners, selectors, and marks of direction.
fn has_no_width(ch: char) -> bool {
    matches!(ch, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(ch, '\u{2060}'..='\u{2069}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}')
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
