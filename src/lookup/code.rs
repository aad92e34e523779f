//! Finds a code however somebody has written it.
//!
//! In: domains, and what should be a code. Out: the entries and tombstones that have it. As it stands comes first, and only
//! where nothing has that code the other ways of writing one are tried: letters in another case, full-width digits, leading
//! zeros and signs, thousands set apart, hexadecimal, a word before it (`E5003`, `err_5003`, `code:5003`), blanks within a
//! text code (`A 00003`). What is read so is a code that the book has, so nothing is guessed about.

use super::{Hit, Hits, How, Subject, fold};
use crate::model::{Domain, WireCode};
use unicode_normalization::UnicodeNormalization as _;

/// Words that stand before a code and say that it is one.
const LABELS: [&str; 10] =
    ["errorcode", "errcode", "error", "errno", "retcode", "code", "err", "ret", "ec", "e"];

/// Adds the entries and tombstones of a code.
pub(super) fn find<'a>(domains: &[&'a Domain], written: &str, hits: &mut Hits<'a>) {
    let text: String = written.trim().nfkc().collect();
    let text = text.trim_end_matches(['.', ',', ';', '!', '?', '。', '、']);
    let before = hits.list.len();
    exact(domains, text, hits);
    if hits.list.len() > before {
        return;
    }
    for reading in readings(text) {
        exact(domains, &reading, hits);
        if hits.list.len() > before {
            return;
        }
    }
    // A code of letters in another case, or with something between them.
    let squashed = fold::squashed(text);
    let is_squashed = |code: &str| {
        if code.is_ascii() {
            // A sentence has many parts, and a domain many codes: this needs no memory.
            let letters = code.bytes().filter(u8::is_ascii_alphanumeric);
            letters.map(|byte| byte.to_ascii_lowercase()).eq(squashed.bytes())
        } else {
            fold::squashed(code) == squashed
        }
    };
    let same = |code: &WireCode| matches!(code, WireCode::Text(code) if code.eq_ignore_ascii_case(text) || is_squashed(code));
    for domain in domains {
        add(domain, same, hits);
    }
}

/// Adds what a domain and a code in one word name: `quectel5003`, `quectel-5003`, `haier_A00003`.
pub(super) fn find_joined<'a>(domains: &[&'a Domain], written: &str, hits: &mut Hits<'a>) {
    let squashed = fold::squashed(written);
    for domain in domains {
        let id = domain.id.as_str();
        let first = id.split('-').next().unwrap_or(id);
        let code = [&*fold::squashed(id), first].into_iter().find_map(|prefix| squashed.strip_prefix(prefix));
        if let Some(code) = code.filter(|code| code.contains(|ch: char| ch.is_ascii_digit())) {
            find(&[*domain], code, hits);
        }
    }
}

/// Adds the entries and tombstones of a code as it stands.
fn exact<'a>(domains: &[&'a Domain], text: &str, hits: &mut Hits<'a>) {
    for domain in domains {
        let Some(code) = domain.code_type.parse(text) else { continue };
        if let Some(error) = domain.find(&code) {
            hits.push(Hit { subject: Subject::Code(domain, error), how: How::Named });
        }
        for retired in domain.retired.iter().filter(|retired| retired.code.as_ref() == Some(&code)) {
            hits.push(Hit { subject: Subject::Retired(domain, retired), how: How::Named });
        }
    }
}

/// Adds the entries and tombstones of a domain whose codes are like that.
fn add<'a>(domain: &'a Domain, is: impl Fn(&WireCode) -> bool, hits: &mut Hits<'a>) {
    for error in domain.errors.iter().filter(|error| is(&error.code)) {
        hits.push(Hit { subject: Subject::Code(domain, error), how: How::Named });
    }
    for retired in domain.retired.iter().filter(|retired| retired.code.as_ref().is_some_and(&is)) {
        hits.push(Hit { subject: Subject::Retired(domain, retired), how: How::Named });
    }
}

/// What else a text may stand for.
fn readings(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut readings = Vec::new();
    let bare = |text: &str| text.trim_start_matches(['_', '-', ':', '=', '#', ' ']).to_owned();
    let value = LABELS.iter().find_map(|label| lower.strip_prefix(label)).map_or_else(|| bare(&lower), bare);
    if value != lower {
        readings.push(value.clone());
        readings.push(value.to_ascii_uppercase());
    }
    for text in [&lower, &value] {
        if let Some(number) = text.strip_prefix("0x").and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
            readings.push(number.to_string());
            // A negative number of 32 bits, as such systems print it.
            readings.push(number.cast_signed().to_string());
        }
        let (sign, number) = match text.strip_prefix(['+', '-']) {
            Some(number) => (if text.starts_with('-') { "-" } else { "" }, number),
            None => ("", text.as_str()),
        };
        let groups: Vec<_> = number.split([',', '\'', ' ']).collect();
        let are_thousands = groups.iter().all(|group| digits(group))
            && groups.iter().skip(1).all(|group| group.len() == 3)
            && groups[0].len() <= 3;
        if digits(number) || are_thousands {
            let number = groups.concat();
            let significant = number.trim_start_matches('0');
            readings.push(format!("{sign}{}", if significant.is_empty() { "0" } else { significant }));
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_many_spellings() {
        for text in [
            "0x138B",
            "0X138b",
            "005003",
            "+5003",
            "5,003",
            "5'003",
            "E5003",
            "ERR_5003",
            "err-5003",
            "code:5003",
            "errorCode=5003",
            "#5003",
        ] {
            assert!(readings(text).contains(&"5003".to_owned()), "{text}: {:?}", readings(text));
        }
        assert!(readings("-0007").contains(&"-7".to_owned()));
        assert!(readings("0xFFFFFFF9").contains(&"-7".to_owned()));
        for text in ["5,0030", "50,03", "1,,2", ",5003", "0x", "0xzz", "", "+", "--5", "5003x"] {
            assert!(!readings(text).contains(&"5003".to_owned()), "{text}: {:?}", readings(text));
        }
    }
}
