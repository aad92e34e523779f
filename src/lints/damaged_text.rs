//! Texts whose characters got lost when somebody read them in the wrong encoding.
//!
//! In: every text that apps show. Out: one finding for each that holds the character which stands for one that could not be
//! read, or UTF-8 that was taken for Windows-1252 or GBK, or what GBK makes of such a loss. Letters that sound texts have
//! side by side are left alone, so that some damage is not told.

use super::{Context, Findings, Lint, LintLevel, texts};
use crate::characters::visible;
use crate::diagnostics::{Diagnostic, encoding};
use crate::rules::Explanation;
use encoding_rs::GBK;

pub(super) static LINT: Lint = Lint {
    id: "damaged_text",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A text that was read in the wrong encoding once: it holds U+FFFD, which stands for a character that is lost, letters such as `Ã¤`, `â€™`, `è®¾` or `缃戠粶` that are the bytes of another one, or `锟斤拷`. The vendor's texts are no exception.",
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
        } else if let Some((damaged, meant, read_as)) = taken_for_another(text.value) {
            let message =
                format!("`{}` is text in UTF-8 that was read as {read_as}", visible(damaged, MOST_SHOWN));
            let help = match meant.as_str() {
                "\u{feff}" => "remove it".to_owned(),
                _ => format!("write `{}`", visible(&meant, MOST_SHOWN)),
            };
            (message, help)
        } else {
            continue;
        };
        let help = if text.is_ours { help } else { format!("{help}, and keep the vendor's in `erratum`") };
        findings.push(text.finding(Diagnostic::warning(LINT.id, text.span, message).help(help)));
    }
}

/// What stands behind a word by itself, and is no half of a letter there: quotes, dashes, dots and blanks.
const BEHIND_WORDS: &str = "\u{a0}\u{ad}«»‹›“”„‘’‚…–—•™¡¿";

/// The first run of letters that are the bytes of other ones, and those.
///
/// Some stand together by chance: `“café”…` ends in the bytes of a Chinese character, `«ÂNÂ»` in those of a quote. So one
/// letter counts only where it is one that all texts have, a quote or a dash (`â€™`), or where it is one of Western Europe
/// and its second byte is no sign that stands behind words; other letters count where there are several.
fn taken_for_another(text: &str) -> Option<(&str, String, &'static str)> {
    let mut runs = text.split(|ch: char| ch.is_ascii());
    runs.find_map(|run| {
        let western = || Some((run, taken_for_western(run)?, "Windows-1252"));
        let chinese = || Some((run, taken_for_chinese(run)?, "GBK"));
        western().or_else(chinese)
    })
}

fn taken_for_western(run: &str) -> Option<String> {
    // No letter of Windows-1252 stands behind the sign of a trade mark, and most texts of other scripts do.
    if run.chars().nth(1).is_none() || run.chars().any(|ch| ch > '\u{2122}') {
        return None;
    }
    let meant = encoding::read_again(run)?;
    let letters = meant.chars().count();
    let is_mark = || meant == "\u{feff}" || run.starts_with("â€") || run.starts_with("â„");
    let is_western = || {
        meant.chars().all(|ch| ('\u{a0}'..'\u{100}').contains(&ch))
            && !run.contains(|ch| BEHIND_WORDS.contains(ch))
    };
    let is_likely = match meant.chars().next()?.len_utf8() {
        2 if letters < 3 => is_western(),
        3 if letters < 2 => is_mark(),
        _ => true,
    };
    // It may have happened twice.
    is_likely.then(|| encoding::read_again(&meant).unwrap_or(meant))
}

/// How many Chinese characters are no letters of UTF-8 by chance. Three in GBK are in 2 of 1,000 cases, and then two letters;
/// frequent words such as `状态未知` are letters of two bytes, which no Chinese text has.
const CERTAIN: usize = 5;

fn taken_for_chinese(run: &str) -> Option<String> {
    run.chars().nth(CERTAIN - 1)?;
    let (bytes, _, is_lossy) = GBK.encode(run);
    let meant = std::str::from_utf8(&bytes).ok().filter(|_| !is_lossy)?;
    meant.chars().all(|ch| ch.len_utf8() > 2).then(|| meant.to_owned())
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
            ("GerÃƒÂ¤t", Some(("ÃƒÂ¤", "ä"))),
            ("ï»¿Offline", Some(("ï»¿", "\u{feff}"))),
            ("«CAFÉ»", None),
            ("«\u{a0}activé\u{a0}»", None),
            ("“café”… “café”— “café…”", None),
            ("pt “amanhã…” es “Sí”… «Sí…» it «Perché…» de „…ä…“", None),
            ("“AMANHÔ «AMANHû AMANHÅ", None),
            ("vi “MÔ", None),
            ("Gerät für 20 °C – «ÉÈ»…", None),
            ("设备离线", None),
            ("缃戠粶瓒呮椂, 1", Some(("缃戠粶瓒呮椂", "网络超时"))),
            ("璁惧\u{e62c}绂荤嚎", Some(("璁惧\u{e62c}绂荤嚎", "设备离线"))),
            ("目录名录目录", None),
            ("水位状态未知", None),
            ("naïve Ça où", None),
        ] {
            let found = taken_for_another(text);
            assert_eq!(found.as_ref().map(|(run, meant, _)| (*run, meant.as_str())), expected, "{text}");
        }
    }
}
