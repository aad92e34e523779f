//! Texts whose characters got lost when somebody read them in the wrong encoding.
//!
//! In: every text that apps show. Out: one finding for each that is certain: it holds the character that stands for one that
//! could not be read, or UTF-8 that was taken for Windows-1252, or what GBK makes of such a loss.

use super::{Context, Findings, Lint, LintLevel, texts};
use crate::characters::visible;
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;
use encoding_rs::WINDOWS_1252;

pub(super) static LINT: Lint = Lint {
    id: "damaged_text",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A text that was read in the wrong encoding once: it holds U+FFFD, which stands for a character that is lost, letters such as `Ã¤`, `â€™` or `è®¾` that are the bytes of another one, or `锟斤拷`. The vendor's texts are no exception.",
        why: "Users see the damage, and what is lost cannot be found in the spec.",
        bad: "en: The device canâ€™t be reached.",
        good: "en: The device can't be reached.",
        fix: "Write the character that is meant. If the vendor's document has the damage, keep its text in `erratum`; if it came with a copy of the document, take the copy anew.",
    },
    check,
};

/// How many characters of what is meant a help shows.
const MOST_SHOWN: usize = 40;

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context).filter(|text| !text.value.is_ascii()) {
        let (message, help) = if text.value.contains('\u{fffd}') {
            (
                "the text holds U+FFFD in the place of a character that is lost".to_owned(),
                "write what it was".to_owned(),
            )
        } else if text.value.contains("锟斤拷") {
            (
                "`锟斤拷` is what is left of characters that are lost".to_owned(),
                "write what they were".to_owned(),
            )
        } else if let Some((damaged, meant)) = taken_for_another(text.value) {
            let message =
                format!("`{}` is text in UTF-8 that was read as Windows-1252", visible(damaged, MOST_SHOWN));
            (message, format!("write `{}`", visible(&meant, MOST_SHOWN)))
        } else {
            continue;
        };
        let help = if text.is_ours { help } else { format!("{help}, and keep the vendor's in `erratum`") };
        findings.push(text.finding(Diagnostic::warning(LINT.id, text.span, message).help(help)));
    }
}

/// The first run of letters that are the bytes of other ones, and those.
///
/// Two letters may stand together by chance (`É»` behind a word in capitals), so that two bytes count only where the first
/// is that of the letters of Western Europe, or where three such pairs follow each other, as in Russian.
fn taken_for_another(text: &str) -> Option<(&str, String)> {
    // No letter of Windows-1252 stands behind the sign of a trade mark, and most texts of other scripts do.
    let is_candidate = |run: &&str| run.chars().nth(1).is_some() && run.chars().all(|ch| ch <= '\u{2122}');
    let mut runs = text.split(|ch: char| ch.is_ascii()).filter(is_candidate);
    runs.find_map(|run| {
        let (bytes, _, is_lossy) = WINDOWS_1252.encode(run);
        let meant = std::str::from_utf8(&bytes).ok().filter(|_| !is_lossy)?;
        let is_likely = meant.chars().count() > 2
            || meant.chars().all(|ch| ch.len_utf8() > 2 || ('\u{a0}'..'\u{100}').contains(&ch));
        is_likely.then(|| (run, meant.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_another_encoding_are_told_from_letters() {
        for (text, expected) in [
            ("GerÃ¤t offline", Some(("Ã¤", "ä"))),
            ("canâ€™t", Some(("â€™", "’"))),
            ("20 Â°C", Some(("Â°", "°"))),
            ("è®¾å¤‡", Some(("è®¾å¤‡", "设备"))),
            ("ÐžÑˆÐ¸Ð±ÐºÐ°", Some(("ÐžÑˆÐ¸Ð±ÐºÐ°", "Ошибка"))),
            ("«CAFÉ»", None),
            ("Gerät für 20 °C – «ÉÈ»…", None),
            ("设备离线", None),
            ("naïve Ça où", None),
        ] {
            let found = taken_for_another(text);
            assert_eq!(found.as_ref().map(|(run, meant)| (*run, meant.as_str())), expected, "{text}");
        }
    }
}
