//! Which texts are in another language than the recipe says.
//!
//! In: the new rows, and the locales of the book. Out: a word about each table whose messages or solutions of a locale are in the
//! script of another one, and about rows whose texts have changed places: columns stand in another order than their reader thinks,
//! and every text would go to the users of the other language. Only scripts are told apart, and a text without a letter is of none.
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

/// Whether a text is in the script of its locale; `None` if that says nothing. Names and words of programs are Latin in every
/// language: one letter of its own script makes a text one of it, and a Latin text has more letters of its own than others.
fn is_own(tag: &str, text: &str) -> Option<bool> {
    let script = script(tag)?;
    let is_of = |ch: &char| script.iter().any(|range| range.contains(ch));
    let letters = text.chars().filter(|ch| ch.is_alphabetic()).count();
    let own = text.chars().filter(is_of).count();
    let is_own = if script == LATIN { own * 2 >= letters } else { own > 0 };
    (letters > 0).then_some(is_own)
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
    let mut swapped: Vec<&Row> = Vec::new();
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
            texts.iter().filter_map(|(tag, text)| Some((tag, text, is_placed(tag, &text.value)?)))
        };
        let have_changed = |kind| texts(kind).count() > 1 && texts(kind).all(|(.., is_placed)| !is_placed);
        if KINDS.into_iter().any(have_changed) {
            swapped.push(row);
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
    if let Some(row) = swapped.iter().min_by_key(|row| row.span) {
        let more = match swapped.len() {
            1 => String::new(),
            count => format!("; so it is with {count} rows"),
        };
        let message = format!(
            "the texts of this row seem to have changed places: each is in another script than its locale{more}"
        );
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
    use super::is_own;

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
            ("en", "404", None),
            ("th", "Error", None),
        ] {
            assert_eq!(is_own(tag, text), expected, "{tag}: {text}");
        }
    }
}
