//! Values that cannot be wrong: names, domains, codes, locales.
//!
//! Each type is made by a constructor that checks its pattern, so a function that takes one needs no check of
//! its own. This module knows no other: every stage may use it.

use std::fmt;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 64;

/// A stable name: lower-case words of letters and digits joined by `_`, a letter first, at most 64 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The name, if `text` is one.
    pub fn new(text: &str) -> Option<Self> {
        (text.len() <= LONGEST_NAME && is_words(text, b'_')).then(|| Self(text.to_owned()))
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names that Windows keeps for devices.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether Windows takes a file or a folder of that name for a device, in whatever case.
pub fn is_device(name: &str) -> bool {
    DEVICES.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a file or a folder of that name cannot be checked out on Windows: it is a device, whatever its extension, or ends in
/// what is dropped there, or has a character that means something else.
pub fn is_beyond_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    is_device(stem.trim_end())
        || name.ends_with(['.', ' '])
        || name.contains(['<', '>', '"', '|', '?', '*', ':', '\\'])
}

/// The longest name of a file or a folder, in bytes: what ext4, APFS and NTFS take.
pub const LONGEST_FILE_NAME: usize = 255;

/// The longest path that a book names, in bytes. Linux takes 4,096 and macOS 1,024, and what the book is checked out to and what
/// lies in the folder of an output stand in the same path.
pub const LONGEST_PATH: usize = 512;

/// Says why a path is too long for file systems, if so; `joint` stands between its folders.
pub fn check_length(path: &str, joint: char) -> Result<(), String> {
    if path.len() > LONGEST_PATH {
        return Err(format!("a path has at most {LONGEST_PATH} bytes here, and this one {}", path.len()));
    }
    match path.split(joint).map(str::len).find(|length| *length > LONGEST_FILE_NAME) {
        Some(length) => Err(format!(
            "the name of a folder or a file has at most {LONGEST_FILE_NAME} bytes, and one here {length}"
        )),
        None => Ok(()),
    }
}

/// The name of a domain: lower-case words of letters and digits joined by `-`, a letter first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainId(String);

impl DomainId {
    /// The domain name, if `text` is one.
    pub fn new(text: &str) -> Option<Self> {
        let is_name = text.len() <= LONGEST_NAME && is_words(text, b'-') && !is_device(text);
        is_name.then(|| Self(text.to_owned()))
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DomainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `text` is words of `[a-z0-9]+` joined by single `joint`s, with a letter first.
fn is_words(text: &str, joint: u8) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.split(char::from(joint)).all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The type of a domain's codes on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeType {
    /// A number of 32 bits with sign.
    Int32,
    /// A number of 64 bits with sign; TypeScript holds those up to 2^53 - 1.
    Int64,
    /// Any text.
    String,
}

impl CodeType {
    /// All code types.
    pub const ALL: [Self; 3] = [Self::Int32, Self::Int64, Self::String];

    /// The name in a spec.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::String => "string",
        }
    }

    /// The code type called `id` in a spec.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code_type| code_type.id() == id)
    }

    /// The code written as `text`: any text but the empty one in a string domain, the one canonical decimal of a number in range
    /// otherwise (no leading zeros, no `+`, no blanks, no `-0`).
    pub fn parse(self, text: &str) -> Option<WireCode> {
        let canonical = |number: i64| number.to_string() == text;
        match self {
            Self::String => (!text.is_empty()).then(|| WireCode::Text(text.to_owned())),
            Self::Int32 => text
                .parse::<i32>()
                .ok()
                .map(i64::from)
                .filter(|&number| canonical(number))
                .map(WireCode::Number),
            Self::Int64 => text.parse::<i64>().ok().filter(|&number| canonical(number)).map(WireCode::Number),
        }
    }
}

/// A code as it stands on the wire. Numbers sort before texts, ascending; texts by their bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WireCode {
    /// The code of an integer domain.
    Number(i64),
    /// The code of a string domain.
    Text(String),
}

impl fmt::Display for WireCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// A language of the book's texts: a BCP 47 tag of language, optional script and optional region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    tag: String,
}

impl Locale {
    /// The locale of a tag in the recommended case: `en`, `zh-Hans`, `pt-BR`, `sr-Latn-RS`.
    pub fn new(tag: &str) -> Option<Self> {
        let mut subtags = tag.split('-');
        let language = subtags.next()?;
        let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
        if !(2..=3).contains(&language.len()) || !letters(language) {
            return None;
        }
        let mut rest = subtags.next();
        if rest.is_some_and(is_script) {
            rest = subtags.next();
        }
        if rest.is_some_and(is_region) {
            rest = subtags.next();
        }
        rest.is_none().then(|| Self { tag: tag.to_owned() })
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The language subtag, in lower case.
    pub fn language(&self) -> &str {
        self.tag.split('-').next().unwrap_or_default()
    }

    /// The script subtag as written (`Hans`), if there is one.
    pub fn script(&self) -> Option<&str> {
        self.tag.split('-').skip(1).find(|subtag| is_script(subtag))
    }

    /// The region subtag as written (`BR`, `419`), if there is one.
    pub fn region(&self) -> Option<&str> {
        self.tag.split('-').skip(1).find(|subtag| is_region(subtag))
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)
    }
}

fn is_script(subtag: &str) -> bool {
    let mut bytes = subtag.bytes();
    subtag.len() == 4
        && bytes.next().is_some_and(|byte| byte.is_ascii_uppercase())
        && bytes.all(|byte| byte.is_ascii_lowercase())
}

fn is_region(subtag: &str) -> bool {
    (subtag.len() == 2 && subtag.bytes().all(|byte| byte.is_ascii_uppercase()))
        || (subtag.len() == 3 && subtag.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_their_pattern() {
        for good in ["a", "sms_code_incorrect", "a1_2b"] {
            assert!(Name::new(good).is_some(), "{good}");
        }
        let long = "a".repeat(LONGEST_NAME + 1);
        for bad in ["", "_a", "a_", "a__b", "1a", "A", "a-b", "名", "../a", long.as_str()] {
            assert!(Name::new(bad).is_none(), "{bad}");
        }
        assert!(DomainId::new("aliyun-living").is_some());
        for bad in ["", "a/b", "..", "a--b", "-a", "a_b", "A", "con", "lpt1"] {
            assert!(DomainId::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn only_the_canonical_decimal_is_a_number() {
        for good in ["0", "-1", "5003", "2147483647", "-2147483648"] {
            assert_eq!(CodeType::Int32.parse(good).map(|code| code.to_string()).as_deref(), Some(good));
        }
        for bad in ["", " 1", "1 ", "+1", "-0", "007", "1e3", "0x1F", "１２", "2147483648", "1_000"] {
            assert_eq!(CodeType::Int32.parse(bad), None, "{bad}");
        }
        assert!(CodeType::Int64.parse("9223372036854775807").is_some());
        assert_eq!(CodeType::Int64.parse("9223372036854775808"), None);
    }

    #[test]
    fn locales_are_tags_in_recommended_case() {
        for good in ["en", "zh-Hans", "pt-BR", "sr-Latn-RS", "es-419"] {
            assert!(Locale::new(good).is_some(), "{good}");
        }
        for bad in ["", "EN", "zh-hans", "en_US", "en-us", "zh-Hans-Hans", "english", "en-"] {
            assert!(Locale::new(bad).is_none(), "{bad}");
        }
        let locale = Locale::new("zh-Hans-CN").expect("valid");
        assert_eq!((locale.language(), locale.script(), locale.region()), ("zh", Some("Hans"), Some("CN")));
    }
}
