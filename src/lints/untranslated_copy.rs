//! Texts in another language than they say.

use super::texts::Text;
use super::texts::is_han;
use super::{Context, Findings, Lint, LintLevel, Subject, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "untranslated_copy",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A Chinese text of ours without a Chinese character, or a text of ours in a language of the Latin script that holds one.",
        why: "A user who chose a language reads another one, and nobody who reviews the book in their own language notices.",
        bad: "zh-Hans: Incorrect SMS verification code.",
        good: "zh-Hans: 短信验证码错误。",
        fix: "Translate it. `errbook import` leaves such copies where the document lacks a language or a text, and says so in the entry's note, which goes with them.",
    },
    check,
};

/// Languages of the Latin script that books are most often written in (BCP 47 primary subtags).
const LATIN: [&str; 14] =
    ["cs", "da", "de", "en", "es", "fi", "fr", "id", "it", "nl", "pl", "pt", "sv", "tr"];

/// Whether its entry says that it is a copy, as `errbook import` does: then the vendor has no such text, although its document
/// has the language elsewhere.
fn is_copy(text: &Text<'_>) -> bool {
    let Subject::Entry(_, error) = text.subject else { return false };
    error.note.as_ref().is_some_and(|note| note.contains(&format!("{} is a copy of ", text.locale)))
}

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context).filter(|text| text.is_ours || is_copy(text)) {
        let language = text.locale.split('-').next().unwrap_or_default();
        let has_han = !text.value.is_ascii() && text.value.chars().any(is_han);
        let message = if language == "zh" && !has_han && text.value.chars().any(char::is_alphabetic) {
            "the Chinese text holds no Chinese character".to_owned()
        } else if LATIN.contains(&language) && has_han {
            format!("the text of `{}` holds Chinese characters", text.locale)
        } else {
            continue;
        };
        findings.push(text.finding(Diagnostic::warning(LINT.id, text.span, message).help("translate it")));
    }
}
