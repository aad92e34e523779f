//! Which columns have the title of another language.
//!
//! In: the titles over the columns that a table of the recipe reads, in each row of each header, and the languages of the recipe.
//! Out: a word about the columns whose title names one of those, and not the language that the recipe reads there, for the first
//! header that has any. A title has no say in what a column holds;
//! but two columns of one script that have changed places are told by nothing else. A language is named by its name, in English or in
//! itself, by a Chinese, Japanese or German one, and by its tag, where that stands by itself: `EN`, `message_en`, `Text (en)`.
//!
//! Deliberately elsewhere: texts of another script (`import`), and titles that differ from table to table (`heading`).

use super::found::Titles;
use super::{Field, Recipe, RecipeTable};
use crate::characters::visible;
use crate::diagnostics::Diagnostic;
use std::collections::BTreeSet;

/// How many characters of a title a message shows.
const MOST_SHOWN: usize = 60;

/// Tells of the columns of a table that have the title of another language; `headers` are those of the tables of the document
/// that it reads, with the titles of the columns that are read.
pub(super) fn other_language(
    recipe: &Recipe,
    table: &RecipeTable,
    headers: &[Vec<Titles>],
) -> Option<Diagnostic> {
    let all = recipe.fields();
    let locales: Vec<&str> = all.iter().filter_map(locale).collect();
    let fields = table.reader.fields();
    let mut own = fields.iter().filter_map(|field| locale(field));
    let is_one = own.next().is_some_and(|first| own.all(|other| is_same(first, other)));
    let (field, (title, other), count) = headers.iter().find_map(|header| {
        let mut others = fields.iter().enumerate().filter_map(|(index, field)| {
            // What stands over the codes as well is about all of the table; below titles, it is about the rows that follow.
            let is_title = |(row, titles): &(usize, &Titles)| !titles.span_code[index] || is_one && *row == 0;
            let titles = header.iter().enumerate().filter(is_title);
            let titles = titles.map(|(_, titles)| titles.texts[index].as_str());
            Some((*field, other_title(locale(field)?, titles, &locales)?))
        });
        let (field, other) = others.next()?;
        Some((field, other, others.count() + 1))
    })?;
    let more = match count {
        1 => String::new(),
        count => format!("; so it is with {count} columns of the table"),
    };
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = visible(&line, MOST_SHOWN);
    let message =
        format!("the title `{title}` of the column of `{field}` names the language `{other}`{more}");
    let (_, span) = table.named.iter().find(|(named, _)| named == field)?;
    let finding = Diagnostic::warning("other_language", *span, message);
    Some(finding.help("mend `columns`, and remove the new entries, if the texts are in that language"))
}

/// The lowest title over a column that names another language than `own`, and that language; `None` if a title names `own` alone:
/// of `Text (English/Deutsch)` over `Deutsch` the lower one counts, and `From English` below `Deutsch` is no other language.
fn other_title<'a>(
    own: &str,
    titles: impl Iterator<Item = &'a str>,
    locales: &[&'a str],
) -> Option<(&'a str, &'a str)> {
    let mut found = None;
    for title in titles {
        let named = named(title, locales);
        let is_own = |tag: &String| is_same(tag, own);
        if !named.is_empty() && named.iter().all(is_own) {
            return None;
        }
        let other = locales.iter().find(|locale| named.iter().any(|tag| is_same(tag, locale)));
        if let Some(other) = other.filter(|_| !named.iter().any(is_own)) {
            found = Some((title, *other));
        }
    }
    found
}

fn locale(field: &Field) -> Option<&str> {
    match field {
        Field::Message(locale) | Field::Solution(locale) => Some(locale),
        Field::Code | Field::HttpStatus => None,
    }
}

/// The tags of the languages that a title names, where only those of `locales` are known by their tags.
fn named(title: &str, locales: &[&str]) -> BTreeSet<String> {
    let title = title.trim().to_lowercase();
    let words = title.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = format!(" {} ", words.collect::<Vec<_>>().join(" "));
    let has = |name: &&str| {
        let is_word = name.chars().all(|ch| ch < '\u{2e80}');
        if is_word { words.contains(&format!(" {name} ")) } else { title.contains(name) }
    };
    let by_name = NAMES.iter().filter(|(_, names)| names.iter().any(&has));
    let mut named: BTreeSet<_> = by_name.map(|(tag, _)| (*tag).to_owned()).collect();
    // `Simplified Chinese` is no other Chinese.
    if named.len() > 1 && named.iter().any(|tag| tag.starts_with("zh-")) {
        named.retain(|tag| tag != "zh");
    }
    let tags = locales.iter().flat_map(|locale| [*locale, primary(locale)]);
    named.extend(tags.filter(|tag| ends_with_tag(&title, tag)).map(general));
    named
}

/// Whether a title, in small letters, is a tag or ends with one that stands by itself.
fn ends_with_tag(title: &str, tag: &str) -> bool {
    let title = title.trim_end_matches([')', ']', '）']).replace('_', "-");
    let front = title.strip_suffix(&tag.to_lowercase());
    front.is_some_and(|front| front.is_empty() || front.ends_with(['-', '.', ':', '(', '[', '（']))
}

/// Whether two tags are of one language, as far as both say.
fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(general);
    one == other || primary(&one) == other || primary(&other) == one
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A tag in small letters, with the script of Chinese in the place of a country.
fn general(tag: &str) -> String {
    match tag.to_lowercase().as_str() {
        "zh-cn" | "zh-sg" => "zh-hans".to_owned(),
        "zh-tw" | "zh-hk" | "zh-mo" => "zh-hant".to_owned(),
        tag => tag.to_owned(),
    }
}

/// What languages are called, in small letters.
const NAMES: [(&str, &[&str]); 23] = [
    ("ar", &["arabic", "العربية"]),
    ("cs", &["czech", "čeština"]),
    ("da", &["danish", "dansk"]),
    ("de", &["german", "deutsch", "德文", "德语", "德語", "ドイツ語"]),
    ("en", &["english", "englisch", "英文", "英语", "英語"]),
    ("es", &["spanish", "español", "espanol", "spanisch", "西班牙"]),
    ("fi", &["finnish", "suomi"]),
    ("fr", &["french", "français", "francais", "französisch", "法文", "法语", "法語", "フランス語"]),
    ("id", &["indonesian", "bahasa indonesia"]),
    ("it", &["italian", "italiano", "italienisch", "意大利"]),
    ("ja", &["japanese", "japanisch", "日本語", "日文", "日语", "日語"]),
    ("ko", &["korean", "한국어", "韩文", "韩语", "韓文", "韓語", "韓国語"]),
    ("nl", &["dutch", "nederlands"]),
    ("pl", &["polish", "polski"]),
    ("pt", &["portuguese", "português", "portugues", "葡萄牙"]),
    ("ru", &["russian", "русский", "俄文", "俄语"]),
    ("sv", &["swedish", "svenska"]),
    ("tr", &["turkish", "türkçe"]),
    ("uk", &["ukrainian", "українська"]),
    ("vi", &["vietnamese", "越南"]),
    ("zh", &["chinese", "chinesisch", "中文", "汉语", "漢語", "中国語"]),
    ("zh-hans", &["simplified chinese", "chinese simplified", "简体", "簡體"]),
    ("zh-hant", &["traditional chinese", "chinese traditional", "繁体", "繁體"]),
];

#[cfg(test)]
mod tests {
    use super::{is_same, named};

    #[test]
    fn a_title_names_languages_by_their_names_and_by_their_tags() {
        let locales = ["de", "en-GB", "it", "zh-Hans"];
        for (title, expected) in [
            ("English", "en"),
            ("Text (Deutsch)", "de"),
            ("错误描述（英文）", "en"),
            ("Chinese (Simplified)", "zh-hans"),
            ("中文说明", "zh"),
            ("DE", "de"),
            ("message_en", "en"),
            ("message.en-GB", "en-gb"),
            ("Text [zh_Hans]", "zh-hans"),
            ("English / 中文", "en zh"),
            // Words that are tags as well.
            ("Explain it", ""),
            ("Mode", ""),
            ("Germany", ""),
            ("Français", "fr"),
        ] {
            assert_eq!(named(title, &locales).into_iter().collect::<Vec<_>>().join(" "), expected, "{title}");
        }
    }

    #[test]
    fn tags_are_of_one_language_if_nothing_in_them_differs() {
        for (one, other) in [("en", "en-US"), ("zh-hans", "zh-CN"), ("zh", "zh-Hant"), ("DE", "de")] {
            assert!(is_same(one, other) && is_same(other, one), "{one} {other}");
        }
        for (one, other) in [("en-GB", "en-US"), ("zh-Hans", "zh-TW"), ("de", "en")] {
            assert!(!is_same(one, other), "{one} {other}");
        }
    }
}
