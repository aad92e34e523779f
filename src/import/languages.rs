//! Which texts are in another language than the recipe says.
//!
//! In: the new rows, and the locales of the book. Out: a word about each table whose messages or solutions of a locale are in the
//! script of another one, and about rows whose texts have changed places: columns stand in another order than their reader thinks,
//! and every text would go to the users of the other language. Only scripts are told apart, and a text without a letter is of none.
//! A text alone proves little, since Latin words stand in texts of every language; two texts of a row prove more.
//!
//! Deliberately elsewhere: texts of the spec that a person has not translated yet (`lints::untranslated_copy`), and titles that name
//! another language (`document`).

use crate::diagnostics::{Diagnostic, Loc};
use crate::document::{Origin, Row};
use crate::names::WireCode;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Ranges of characters.
type Ranges = &'static [RangeInclusive<char>];

const HAN: Ranges = &['\u{3400}'..='\u{9fff}', '\u{f900}'..='\u{faff}', '\u{20000}'..='\u{3ffff}'];
const JAPANESE: Ranges = &['\u{3040}'..='\u{30ff}', '\u{3400}'..='\u{9fff}', '\u{ff66}'..='\u{ff9f}'];
const HANGUL: Ranges = &['\u{1100}'..='\u{11ff}', '\u{3130}'..='\u{318f}', '\u{ac00}'..='\u{d7af}'];
const CYRILLIC: Ranges = &['\u{400}'..='\u{52f}'];
const ARABIC: Ranges = &['\u{600}'..='\u{6ff}', '\u{fb50}'..='\u{fefc}'];
const LATIN: Ranges =
    &['A'..='Z', 'a'..='z', '\u{aa}'..='\u{24f}', '\u{1e00}'..='\u{1eff}', '\u{ff21}'..='\u{ff5a}'];

/// The script of a language, by its BCP 47 tag; `None` if it has another one, or several.
fn script(tag: &str) -> Option<Ranges> {
    match tag.split('-').next()? {
        "zh" => Some(HAN),
        "ja" => Some(JAPANESE),
        "ko" => Some(HANGUL),
        "be" | "bg" | "mk" | "ru" | "uk" => Some(CYRILLIC),
        "ar" | "fa" | "ur" => Some(ARABIC),
        "cs" | "da" | "de" | "en" | "es" | "fi" | "fr" | "id" | "it" | "nb" | "nl" | "pl" | "pt" | "ro"
        | "sv" | "tr" | "vi" => Some(LATIN),
        _ => None,
    }
}

/// How many letters of a text are of a script.
fn letters_of(script: Ranges, text: &str) -> usize {
    // Between the letters of Japanese stands a dot, and among those of Arabic its comma.
    let is_of = |ch: &char| ch.is_alphabetic() && script.iter().any(|range| range.contains(ch));
    text.chars().filter(is_of).count()
}

/// Whether a text is in the script of its locale; `None` if that says nothing. Names and words of programs are Latin in every
/// language: one letter of its own script makes a text one of it, and a Latin text has more letters of its own than others.
fn is_own(tag: &str, text: &str) -> Option<bool> {
    let script = script(tag)?;
    let letters = text.chars().filter(|ch| ch.is_alphabetic()).count();
    let own = letters_of(script, text);
    let is_own = if script == LATIN { own * 2 >= letters } else { own > 0 };
    (letters > 0).then_some(is_own)
}

/// Whether two texts have changed places, each with the tag of its locale. In a book with `en` and `zh-Hans`, `Token 无效` may
/// be English that quotes a name, and `Invalid token` a Chinese text that is a name alone; where the English text has letters
/// of the other script and the Chinese one has none, both together are neither.
fn are_swapped(one: (&str, &str), other: (&str, &str)) -> bool {
    let (Some(own), Some(others)) = (script(one.0), script(other.0)) else { return false };
    if own == others {
        return false;
    }
    let is_crossed = |own: Ranges, others: Ranges, text: &str| {
        letters_of(others, text) > 0 && (own == LATIN || letters_of(own, text) == 0)
    };
    // What is Latin in a text of another script are names, which its translation has as well. A sentence of English that
    // quotes a name has far more of Latin than the `N/A` beside it.
    let is_in_proportion = |own: Ranges, others: Ranges, text: &str, translation: &str| {
        let names = letters_of(LATIN, text);
        own != LATIN || names <= 2 * (letters_of(LATIN, translation) + letters_of(others, text))
    };
    is_crossed(own, others, one.1)
        && is_crossed(others, own, other.1)
        && is_in_proportion(own, others, one.1, other.1)
        && is_in_proportion(others, own, other.1, one.1)
}

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Message,
    Solution,
}

const KINDS: [Kind; 2] = [Kind::Message, Kind::Solution];

/// The texts of one kind, one table and one locale.
#[derive(Default)]
struct Texts<'a> {
    count: usize,
    /// How many are in another script.
    others: usize,
    /// The first of those.
    first: Option<&'a Loc<String>>,
}

/// Tells of texts that are in another language than it says in the recipe.
pub(super) fn hold_against_locales(
    rows: &BTreeMap<WireCode, Vec<&Row>>,
    locales: &[Loc<String>],
    findings: &mut Vec<Diagnostic>,
) {
    let mut tables: BTreeMap<(usize, &str, Kind), Texts<'_>> = BTreeMap::new();
    // With the locales of two texts, where they alone are wrong.
    let mut swapped: Vec<(&Row, Option<(&str, &str)>)> = Vec::new();
    for row in rows.values().flatten() {
        // Where the book has no other language that it may be in, a text is where it has to be.
        let is_placed = |tag: &str, text: &str| {
            let is_other = |locale: &Loc<String>| is_own(&locale.value, text) == Some(true);
            Some(is_own(tag, text)? || !locales.iter().any(is_other))
        };
        let texts = |kind: Kind| {
            let texts = match kind {
                Kind::Message => &row.message,
                Kind::Solution => &row.solution,
            };
            texts.iter().filter_map(|(tag, text)| Some((tag.as_str(), text, is_placed(tag, &text.value)?)))
        };
        let are_elsewhere = |kind| texts(kind).count() > 1 && texts(kind).all(|(.., is_placed)| !is_placed);
        // Of two texts that have changed places, one at least is of no Latin locale and has no letter of its script; few rows
        // have such a text.
        let swapped_pair = |kind| {
            let is_stranger = |tag, text| script(tag) != Some(LATIN) && is_own(tag, text) == Some(false);
            let mut strangers = texts(kind).filter(|(tag, text, _)| is_stranger(tag, &text.value));
            strangers.find_map(|(tag, text, _)| {
                let mut others = texts(kind);
                let other =
                    others.find(|(other, its, _)| are_swapped((tag, &text.value), (other, &its.value)));
                other.map(|(other, ..)| (tag, other))
            })
        };
        if KINDS.into_iter().any(are_elsewhere) {
            swapped.push((row, None));
        } else if let Some(pair) = KINDS.into_iter().find_map(swapped_pair) {
            swapped.push((row, Some(pair)));
        }
        let Origin::Table(table) = row.origin else { continue };
        let texts = KINDS.into_iter().flat_map(|kind| texts(kind).map(move |text| (kind, text)));
        // Elsewhere a vendor may just not have translated its texts.
        for (kind, (tag, text, is_placed)) in texts.filter(|(_, (tag, ..))| script(tag) == Some(LATIN)) {
            let all = tables.entry((table, tag, kind)).or_default();
            all.count += 1;
            if !is_placed {
                all.others += 1;
                all.first = all.first.into_iter().chain([text]).min_by_key(|text| text.span);
            }
        }
    }
    if let Some((row, pair)) = swapped.iter().min_by_key(|(row, _)| row.span) {
        let more = match swapped.len() {
            1 => String::new(),
            count => format!("; so it is with {count} rows"),
        };
        let why = match pair {
            None => "each is in another script than its locale".to_owned(),
            Some((stranger, other)) => {
                format!("that of `{stranger}` has no letter of its script, and that of `{other}` has some")
            }
        };
        let message = format!("the texts of this row seem to have changed places: {why}{more}");
        let finding = Diagnostic::warning("other_language", row.span, message);
        findings
            .push(finding.help("mend `columns`, or list the row under `rows`, and remove the new entries"));
        return;
    }
    for ((_, tag, _), texts) in tables {
        let Some(first) = texts.first.filter(|_| texts.others > 1 && texts.others * 2 >= texts.count) else {
            continue;
        };
        let message = format!(
            "this text is in another script than its locale `{tag}`; so it is with {} of {} that the table reads",
            texts.others, texts.count
        );
        let finding = Diagnostic::warning("other_language", first.span, message);
        findings.push(finding.help(
            "mend `columns` if it is no text of this locale; if the document has the language nowhere, translate the new entries",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::{are_swapped, is_own};

    #[test]
    fn a_text_is_in_the_script_of_its_locale() {
        for (tag, text, expected) in [
            ("en", "Offline", Some(true)),
            ("en", "The device “网关” is offline.", Some(true)),
            ("en", "离线", Some(false)),
            ("de", "Gerät", Some(true)),
            ("zh-Hans", "离线", Some(true)),
            ("zh-Hans", "token 无效", Some(true)),
            ("zh-Hans", "Offline", Some(false)),
            ("ja", "エラー", Some(true)),
            ("ko", "오류", Some(true)),
            ("ru", "Ошибка", Some(true)),
            ("ru", "Error", Some(false)),
            ("ja", "・Offline", Some(false)),
            ("ar", "Error،", Some(false)),
            ("en", "404", None),
            ("th", "Error", None),
        ] {
            assert_eq!(is_own(tag, text), expected, "{tag}: {text}");
        }
    }

    #[test]
    fn two_texts_prove_what_one_alone_does_not() {
        for (tag, text, other, its) in [
            ("en", "Token 无效", "zh-Hans", "Invalid token"),
            ("de", "AccessKeySecret 无效", "zh", "Ungültig"),
            ("en", "Token（令牌）", "zh-Hant", "Token"),
            ("fr", "Token が無効です", "ja", "Jeton invalide"),
            ("en", "토큰 token", "ko", "Invalid token"),
            ("en", "Неверный API-ключ", "ru", "Invalid API key"),
            ("en", "الرمز token غير صالح", "ar", "Invalid token"),
            ("ru", "API 错误", "zh", "Ошибка API"),
        ] {
            assert!(are_swapped((tag, text), (other, its)), "{text}");
            assert!(are_swapped((other, its), (tag, text)), "{text}");
        }
        for (tag, text, other, its) in [
            // A name alone, and one that is quoted.
            ("en", "Token", "zh-Hans", "Token"),
            ("en", "The token is invalid.", "zh-Hans", "OK"),
            ("en", "Sign in to 微信 first.", "zh-Hans", "请先登录微信。"),
            ("en", "The app “微信” does not answer.", "zh-Hans", "N/A"),
            ("en", "Sign in to 微信 first.", "zh-Hans", "404"),
            ("en", "・Offline", "ja", "Offline"),
            // Languages of one script, and of scripts that share letters.
            ("en", "Gerät offline", "de", "Device offline"),
            ("zh-Hans", "裝置離線", "zh-Hant", "设备离线"),
            ("ja", "错误", "zh", "エラー"),
            ("en", "อุปกรณ์ offline", "th", "Device offline"),
        ] {
            assert!(!are_swapped((tag, text), (other, its)), "{text}");
            assert!(!are_swapped((other, its), (tag, text)), "{text}");
        }
    }
}
