//! Which of the book's locales suits a user's preferences: the rules that generated code applies.
//!
//! In: the book's locales. Out: the rows that every language's support file holds, and `best`, the same decision in
//! Rust, which tests hold the five languages to. The rule is BCP 47 lookup by language, script and region, with
//! the likely script where a tag names none (`zh-TW` means `zh-Hant-TW`, `zh-CN` means `zh-Hans-CN`).

use crate::model::Locale;

/// The script that a tag without one means, for a language and a region (empty: any other region).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LikelyScript {
    /// Language in lower case.
    pub language: &'static str,
    /// Region in lower case, or empty.
    pub region: &'static str,
    /// Script in lower case.
    pub script: &'static str,
}

/// Languages that are written in more than one script, from CLDR's likely subtags (supplemental data, version 46).
/// A language's rows for single regions stand before its general row.
const LIKELY_SCRIPTS: [LikelyScript; 20] = [
    likely("az", "ir", "arab"),
    likely("az", "iq", "arab"),
    likely("az", "", "latn"),
    likely("kk", "cn", "arab"),
    likely("kk", "", "cyrl"),
    likely("ky", "cn", "arab"),
    likely("ky", "", "cyrl"),
    likely("mn", "cn", "mong"),
    likely("mn", "", "cyrl"),
    likely("pa", "pk", "arab"),
    likely("pa", "", "guru"),
    likely("sr", "me", "latn"),
    likely("sr", "", "cyrl"),
    likely("uz", "af", "arab"),
    likely("uz", "cn", "cyrl"),
    likely("uz", "", "latn"),
    likely("zh", "tw", "hant"),
    likely("zh", "hk", "hant"),
    likely("zh", "mo", "hant"),
    likely("zh", "", "hans"),
];

const fn likely(language: &'static str, region: &'static str, script: &'static str) -> LikelyScript {
    LikelyScript { language, region, script }
}

/// The rules for the languages of the book.
pub fn likely_scripts(locales: &[Locale]) -> Vec<LikelyScript> {
    LIKELY_SCRIPTS
        .into_iter()
        .filter(|rule| locales.iter().any(|locale| locale.language() == rule.language))
        .collect()
}

/// The script of one of the book's locales in lower case; empty where its language has no rule.
pub fn script(locales: &[Locale], locale: &Locale) -> String {
    let region = locale.region().unwrap_or_default().to_ascii_lowercase();
    let script = locale.script().unwrap_or_default().to_ascii_lowercase();
    tag_script(&likely_scripts(locales), locale.language(), &script, &region)
}

/// The best of `locales` for a user who prefers `tags`, in that order; the first one if nothing fits.
///
/// `locales` must not be empty.
pub fn best<'a>(locales: &'a [Locale], tags: &[&str]) -> &'a Locale {
    let rules = likely_scripts(locales);
    for tag in tags {
        let (language, script, region) = subtags(tag);
        let script = tag_script(&rules, &language, &script, &region);
        let fits =
            |locale: &&Locale| locale.language() == language && self::script(locales, locale) == script;
        let same_region =
            |locale: &&Locale| locale.region().unwrap_or_default().eq_ignore_ascii_case(&region);
        let candidates = || locales.iter().filter(fits);
        if let Some(locale) = candidates().find(same_region).or_else(|| candidates().next()) {
            return locale;
        }
    }
    &locales[0]
}

/// Language, script and region of a user's tag, in lower case; POSIX forms like `zh_CN.UTF-8` are accepted.
fn subtags(tag: &str) -> (String, String, String) {
    let tag = tag.split(['.', '@']).next().unwrap_or_default().to_ascii_lowercase().replace('_', "-");
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or_default().to_owned();
    let (mut script, mut region) = (String::new(), String::new());
    // A subtag of one character begins an extension, where the same shapes mean other things.
    for subtag in subtags.take_while(|subtag| subtag.len() != 1) {
        let letters = subtag.bytes().all(|byte| byte.is_ascii_lowercase());
        let digits = subtag.bytes().all(|byte| byte.is_ascii_digit());
        if subtag.len() == 4 && letters && script.is_empty() {
            subtag.clone_into(&mut script);
        } else if ((subtag.len() == 2 && letters) || (subtag.len() == 3 && digits)) && region.is_empty() {
            subtag.clone_into(&mut region);
        }
    }
    (language, script, region)
}

/// The script that counts: none for a language without rules, else the one that is named, else the likely one.
fn tag_script(rules: &[LikelyScript], language: &str, script: &str, region: &str) -> String {
    let mut of_language = rules.iter().filter(|rule| rule.language == language);
    let Some(rule) = of_language.find(|rule| rule.region == region || rule.region.is_empty()) else {
        return String::new();
    };
    if script.is_empty() { rule.script.to_owned() } else { script.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locales(tags: &[&str]) -> Vec<Locale> {
        tags.iter().map(|tag| Locale::new(tag).expect("a valid tag")).collect()
    }

    #[test]
    fn chinese_of_taiwan_is_not_simplified() {
        let book = locales(&["en", "zh-Hans"]);
        for tag in
            ["zh", "zh-CN", "zh_CN", "zh-SG", "zh-Hans-HK", "ZH-hans", "zh-CN-u-nu-hanidec", "zh_CN.UTF-8"]
        {
            assert_eq!(best(&book, &[tag]).tag(), "zh-Hans", "{tag}");
        }
        for tag in ["zh-TW", "zh-Hant", "zh_HK", "zh-MO", "zh-Hant-CN", "fr", "", "*", "e", "english"] {
            assert_eq!(best(&book, &[tag]).tag(), "en", "{tag}");
        }
        assert_eq!(best(&book, &["fr", "zh-TW", "zh-CN"]).tag(), "zh-Hans");
        assert_eq!(best(&book, &["en-Latn-US", "zh"]).tag(), "en");
        assert_eq!(best(&book, &[]).tag(), "en");
    }

    #[test]
    fn regions_decide_between_locales_of_one_language() {
        let book = locales(&["en", "pt-BR", "pt-PT", "zh-Hans", "zh-Hant"]);
        assert_eq!(best(&book, &["pt-PT"]).tag(), "pt-PT");
        assert_eq!(best(&book, &["pt-AO"]).tag(), "pt-BR");
        assert_eq!(best(&book, &["zh-HK"]).tag(), "zh-Hant");
    }
}
