//! What an author most likely meant by a value that is none.
//!
//! In: a text that is no name, version, locale or code. Out: the value it was meant for, if there is one, which a
//! person is asked about; nothing here is ever taken for granted. Deliberately elsewhere: what is valid (`names`), and
//! words that are one of a few (`nearest`).

use super::{CodeType, Locale, Name};
use heck::ToSnakeCase as _;

/// The name that `text` is in another spelling: `tokenInvalid`, `TOKEN-INVALID`, `“token_invalid”`.
pub(super) fn name(text: &str) -> Option<String> {
    // What another alphabet holds is not to be guessed, and least of all dropped; and a path is no name.
    let has_others = text.chars().any(|ch| (ch.is_alphanumeric() && !ch.is_ascii()) || "/\\".contains(ch));
    let name = text.to_snake_case();
    (!has_others && Name::new(&name).is_some()).then_some(name)
}

/// What in `text` cannot be part of a name, where that is hard to see: a letter of another alphabet, or a character
/// that nobody sees.
pub(super) fn foreign_character(text: &str) -> Option<String> {
    let ch = text.chars().find(|ch| !ch.is_ascii())?;
    Some(format!("the character U+{:04X} is none of them", u32::from(ch)))
}

/// The version that `text` is in another form: `v1.0.0`, `1.0`, `1`.
pub(super) fn version(text: &str) -> Option<String> {
    let numbers: Vec<_> = text.trim_start_matches(['v', 'V']).split('.').collect();
    let is_number = |part: &&str| part.parse::<u32>().is_ok_and(|number| number.to_string() == **part);
    if numbers.len() > 3 || !numbers.iter().all(is_number) {
        return None;
    }
    let padded: Vec<_> = numbers.into_iter().chain(["0", "0"]).take(3).collect();
    Some(padded.join("."))
}

/// The locale that `text` is in another spelling: `zh_hans`, `EN-us`.
pub(super) fn locale(text: &str) -> Option<Locale> {
    let subtag = |(index, subtag): (usize, &str)| {
        let lower = subtag.to_ascii_lowercase();
        match (index, subtag.len()) {
            (0, _) => lower,
            (_, 4) => {
                lower.get(..1).unwrap_or_default().to_ascii_uppercase() + lower.get(1..).unwrap_or_default()
            }
            _ => subtag.to_ascii_uppercase(),
        }
    };
    let subtags: Vec<_> = text.split(['-', '_']).enumerate().map(subtag).collect();
    Locale::new(&subtags.join("-"))
}

/// The number that `text` is in another notation: `0x1F`, `1_000`, `1,000`, `+5`, `007`, `１２`, `5.0`.
pub(super) fn code(text: &str, code_type: CodeType) -> Option<String> {
    let half = |ch: char| match u32::from(ch) {
        point @ 0xFF10..=0xFF19 => char::from_u32(point - 0xFF10 + 0x30).unwrap_or(ch),
        _ => ch,
    };
    let plain: String = text
        .chars()
        .map(half)
        .filter(|ch| !matches!(ch, '_' | ',' | '\'' | '，' | '“' | '”' | '‘' | '’') && !ch.is_whitespace())
        .collect();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let lower = digits.to_ascii_lowercase();
    let number = match (lower.strip_prefix("0x"), lower.strip_prefix("0o"), lower.strip_prefix("0b")) {
        (Some(hex), ..) => i64::from_str_radix(hex, 16).ok()?,
        (_, Some(octal), _) => i64::from_str_radix(octal, 8).ok()?,
        (_, _, Some(binary)) => i64::from_str_radix(binary, 2).ok()?,
        _ => {
            let digits = digits.strip_suffix(".0").unwrap_or(digits);
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| is_number)?
        }
    };
    let code = if number == 0 { "0".to_owned() } else { format!("{sign}{number}") };
    code_type.parse(&code).map(|_| code)
}

/// What to do about a text that is no code and no number in another notation.
pub(super) fn code_help(text: &str, code_type: CodeType) -> &'static str {
    let is_number = text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    match code_type {
        CodeType::String => "a code cannot be empty",
        CodeType::Int32 if is_number && CodeType::Int64.parse(text).is_some() => {
            "int32 holds -2147483648 to 2147483647; codes beyond need `code_type: int64`"
        }
        CodeType::Int32 | CodeType::Int64 if is_number => {
            "int64 holds -9223372036854775808 to 9223372036854775807; codes beyond need `code_type: string`"
        }
        CodeType::Int32 | CodeType::Int64 => {
            "write plain digits; other codes need `code_type: string` and quotes"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_are_understood_and_nothing_else_is() {
        for (text, meant) in [
            ("tokenInvalid", Some("token_invalid")),
            ("TOKEN_INVALID", Some("token_invalid")),
            ("token-invalid;", Some("token_invalid")),
            ("“token_invalid”", Some("token_invalid")),
            ("2fa_required", None),
            ("t\u{43E}ken", None),
            ("令牌", None),
        ] {
            assert_eq!(name(text).as_deref(), meant, "{text}");
        }
        for (text, meant) in
            [("v1.0.0", Some("1.0.0")), ("1.0", Some("1.0.0")), ("2026-01-31", None), ("1.0.0-beta", None)]
        {
            assert_eq!(version(text).as_deref(), meant, "{text}");
        }
        for (text, meant) in
            [("zh_hans", Some("zh-Hans")), ("EN_us", Some("en-US")), ("english", None), ("", None)]
        {
            assert_eq!(locale(text).as_ref().map(Locale::tag), meant, "{text}");
        }
    }

    #[test]
    fn numbers_in_other_notations_are_understood_within_the_type() {
        for (text, meant) in [
            ("0x1F", Some("31")),
            ("1_000", Some("1000")),
            ("1,003", Some("1003")),
            ("“1003”", Some("1003")),
            ("+5", Some("5")),
            ("-007", Some("-7")),
            ("-0", Some("0")),
            ("１００３", Some("1003")),
            ("1003.0", Some("1003")),
            ("4294967296", None),
            ("0xFFFFFFFF", None),
            ("E1003", None),
            ("1003-1005", None),
            ("1e3", None),
            ("", None),
            ("+-5", None),
        ] {
            assert_eq!(code(text, CodeType::Int32).as_deref(), meant, "{text}");
        }
        assert!(code_help("4294967296", CodeType::Int32).contains("int64"));
        assert!(code_help("99999999999999999999", CodeType::Int32).contains("`code_type: string`"));
    }
}
