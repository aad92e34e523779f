//! Texts that are not in Unicode's normal form C.

use super::{Context, Findings, Lint, LintLevel, texts};
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

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context).filter(|text| !is_composed(text.value)) {
        let composed: String = text.value.nfc().collect();
        let diagnostic = Diagnostic::warning(LINT.id, text.span, "the text is not in Unicode normal form C");
        findings.push(if text.is_ours {
            text.rewritten(diagnostic, &composed)
        } else {
            text.finding(diagnostic.help("write the composed form, and keep the vendor's in `erratum`"))
        });
    }
}

/// Whether a text is in normal form C. Most texts tell it by their characters alone, without a table.
fn is_composed(text: &str) -> bool {
    text.is_ascii() || text.chars().all(stands_alone) || is_nfc(text)
}

/// Whether a character is one that normal form C neither changes nor moves, and joins to none before it: ASCII with the
/// Latin letters behind it, and the usual characters and marks of Chinese.
fn stands_alone(ch: char) -> bool {
    matches!(ch, '\0'..='\u{2FF}' | '、'..='】' | '\u{4E00}'..='\u{9FFF}' | '！'..='～')
        || matches!(ch, '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    #[test]
    fn what_stands_alone_is_composed_beside_anything() {
        let all: String = ('\0'..=char::MAX).filter(|ch| stands_alone(*ch)).collect();
        assert!(all.contains('é') && all.contains('设') && all.contains('，') && all.contains('。'));
        assert!(all.chars().all(|ch| canonical_combining_class(ch) == 0));
        assert_eq!(is_nfc_quick(all.chars()), IsNormalized::Yes);
    }

    #[test]
    fn an_accent_of_its_own_is_not_composed() {
        assert!(is_composed("Café 设备，。"));
        assert!(!is_composed("Cafe\u{301} 设备"));
        assert!(!is_composed("设备\u{F900}"));
    }
}
