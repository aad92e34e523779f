extern crate alloc;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::fmt;

/// An error code of any platform, for code that treats all platforms alike.
///
/// Every platform's `{{ prefix }}ErrorCode` implements it, and has the same methods of its own, so that an app of one platform
/// needs no import of this trait.
#[allow(dead_code, reason = "an app calls what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
pub trait {{ prefix }}DomainErrorCode: core::error::Error + Send + Sync {
    /// The platform's short name: `quectel`.
    fn domain(&self) -> &'static str;

    /// The wire code as text, exactly as received.
    fn code_text(&self) -> String;

    /// The platform and the code, as logs and support tickets name it: `quectel/5003`.
    fn reference(&self) -> String {
        format!("{}/{}", self.domain(), self.code_text())
    }

    /// The stable `snake_case` name; `None` for an unknown code.
    fn name(&self) -> Option<&'static str>;

    /// Whether the generated file describes the code.
    fn is_known(&self) -> bool {
        self.name().is_some()
    }

    /// Whether the code reports success.
    fn is_success(&self) -> bool {
        self.kind() == {{ prefix }}ErrorKind::Ok
    }

    /// The kind of failure; [`{{ prefix }}ErrorKind::Unknown`] for an unknown code.
    fn kind(&self) -> {{ prefix }}ErrorKind;

    /// The finer meaning that several platforms share, if the code has one.
    fn condition(&self) -> Option<{{ prefix }}ErrorCondition>;

    /// Whether repeating the same request is safe and may succeed; `false` for an unknown code.
    fn is_retryable(&self) -> bool;

    /// The HTTP status that the platform documents for it.
    fn http_status(&self) -> Option<u16>;

    /// The message in `locale`; `None` for an unknown code.
    fn message(&self, locale: {{ prefix }}ErrorLocale) -> Option<&'static str>;

    /// What to do about it, in `locale`.
    fn solution(&self, locale: {{ prefix }}ErrorLocale) -> Option<&'static str>;

    /// The code as an error of any kind, as `?` makes one of it; the platform's `{{ prefix }}ErrorCode` can be downcast from it.
    fn into_error(self: Box<Self>) -> Box<dyn core::error::Error + Send + Sync>;
}

impl From<Box<dyn {{ prefix }}DomainErrorCode>> for Box<dyn core::error::Error + Send + Sync> {
    fn from(code: Box<dyn {{ prefix }}DomainErrorCode>) -> Self {
        code.into_error()
    }
}

impl From<Box<dyn {{ prefix }}DomainErrorCode>> for Box<dyn core::error::Error> {
    fn from(code: Box<dyn {{ prefix }}DomainErrorCode>) -> Self {
        code.into_error()
    }
}

/// What `str::parse` answers if a text is no code of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "an app calls what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
pub struct {{ prefix }}ParseErrorCodeError {
    domain: &'static str,
}

impl {{ prefix }}ParseErrorCodeError {
    #[allow(dead_code, reason = "an app may have no platform yet")]
    pub(super) const fn of(domain: &'static str) -> Self {
        Self { domain }
    }
}

impl fmt::Display for {{ prefix }}ParseErrorCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an error code of {}", self.domain)
    }
}

impl core::error::Error for {{ prefix }}ParseErrorCodeError {}

/// What kind of failure a code stands for, in the 17 words of `google.rpc.Code`.
///
/// The list is complete for good, so a `match` needs no `_`. `kind as i32` is the number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(dead_code, reason = "an app names the kinds it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
pub enum {{ prefix }}ErrorKind {
{%- for kind in support.kinds %}
    /// {{ kind.doc }}
    {{ kind.ident }},
{%- endfor %}
}

#[allow(dead_code, reason = "an app calls what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
impl {{ prefix }}ErrorKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 17] = [
{%- for kind in support.kinds %}
        Self::{{ kind.ident }},
{%- endfor %}
    ];

    /// The `snake_case` name: `invalid_argument`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
{%- for kind in support.kinds %}
            Self::{{ kind.ident }} => {{ kind.id }},
{%- endfor %}
        }
    }
}

impl fmt::Display for {{ prefix }}ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A language that the messages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(dead_code, reason = "an app names the languages it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
#[allow(clippy::enum_variant_names, reason = "languages may share a prefix")]
pub enum {{ prefix }}ErrorLocale {
{%- for locale in support.locales %}
    /// The texts in `{{ locale.tag_doc }}`{% if locale.is_fallback %}, the fallback{% endif %}.
    {{ locale.ident }},
{%- endfor %}
}

#[allow(dead_code, reason = "an app calls what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
impl {{ prefix }}ErrorLocale {
    /// The language of a text when nobody chose one.
    pub const FALLBACK: Self = Self::{{ fallback }};

    /// Every language, the fallback first.
    #[rustfmt::skip]
    pub const ALL: &'static [Self] = &[
{%- for locale in support.locales %}
        Self::{{ locale.ident }},
{%- endfor %}
    ];

    /// The BCP 47 tag: `zh-Hans`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
{%- for locale in support.locales %}
            Self::{{ locale.ident }} => {{ locale.tag }},
{%- endfor %}
        }
    }

    /// The language for a user who prefers `tags`, in that order; [`FALLBACK`](Self::FALLBACK) if none fits.
    ///
    /// Takes BCP 47 tags and POSIX forms (`zh_CN.UTF-8`). The script decides: a user of Traditional Chinese (`zh-TW`,
    /// `zh-HK`) gets the fallback unless the book has `zh-Hant`; Simplified Chinese does not count as a match.
    #[must_use]
    pub fn best_match<I>(tags: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        tags.into_iter()
            .find_map(|tag| Self::match_one(tag.as_ref()))
            .unwrap_or(Self::FALLBACK)
    }

    fn match_one(tag: &str) -> Option<Self> {
        let tag = tag.split(['.', '@']).next().unwrap_or_default();
        let mut subtags = tag.split(['-', '_']);
        let language = subtags.next().unwrap_or_default();
        let (mut script, mut region) = ("", "");
        // A subtag of one character begins an extension, where the same shapes mean other things.
        for subtag in subtags.take_while(|subtag| subtag.len() != 1) {
            let letters = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
            let digits = subtag.bytes().all(|byte| byte.is_ascii_digit());
            match subtag.len() {
                4 if letters && script.is_empty() => script = subtag,
                2 if letters && region.is_empty() => region = subtag,
                3 if digits && region.is_empty() => region = subtag,
                _ => {}
            }
        }
        // A language without a rule is written in one script, whatever its tag says.
        let likely = LIKELY_SCRIPTS.iter().find(|rule| {
            same(rule.language, language) && (rule.region.is_empty() || same(rule.region, region))
        });
        script = match likely {
            None => "",
            Some(rule) if script.is_empty() => rule.script,
            Some(_) => script,
        };
        let candidates = LOCALES
            .iter()
            .filter(|row| same(row.language, language) && same(row.script, script));
        let row = candidates
            .clone()
            .find(|row| same(row.region, region))
            .or_else(|| candidates.clone().next());
        row.map(|row| row.locale)
    }
}

impl fmt::Display for {{ prefix }}ErrorLocale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

fn same(subtag: &str, other: &str) -> bool {
    subtag.eq_ignore_ascii_case(other)
}

struct LocaleRow {
    locale: {{ prefix }}ErrorLocale,
    language: &'static str,
    script: &'static str,
    region: &'static str,
}

#[rustfmt::skip]
static LOCALES: &[LocaleRow] = &[
{%- for locale in support.locales %}
    LocaleRow { locale: {{ prefix }}ErrorLocale::{{ locale.ident }}, language: {{ locale.language }}, script: {{ locale.script }}, region: {{ locale.region }} },
{%- endfor %}
];

struct LikelyScript {
    language: &'static str,
    region: &'static str,
    script: &'static str,
}

/// The script that a tag without one means; the first rule that fits counts, and an empty region fits all.
#[rustfmt::skip]
static LIKELY_SCRIPTS: &[LikelyScript] = &[
{%- for likely in support.likely_scripts %}
    LikelyScript { language: {{ likely.language }}, region: {{ likely.region }}, script: {{ likely.script }} },
{%- endfor %}
];

/// What an error means on whatever platform: an app handles an offline device once, not once a platform.
///
/// More of them will come, so a `match` needs `_`. The value is `Copy` and owns no text, so a condition that is newer
/// than this file has no value, and [`from_name`](Self::from_name) answers `None` for its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(dead_code, reason = "an app names the conditions it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
pub struct {{ prefix }}ErrorCondition(&'static str);

#[rustfmt::skip]
#[allow(dead_code, reason = "an app names the conditions it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
#[allow(clippy::doc_markdown, reason = "the texts are prose of the book")]
impl {{ prefix }}ErrorCondition {
{%- for condition in support.conditions %}
    /// `{{ condition.name_doc }}`: {{ condition.doc }}
    pub const {{ condition.ident }}: Self = Self({{ condition.name }});
{%- for former in condition.former_names %}
    /// `{{ condition.name_doc }}`: {{ condition.doc }}
    #[deprecated(since = {{ former.deprecated.since }}, note = {{ former.deprecated.note }})]
    pub const {{ former.ident }}: Self = Self({{ condition.name }});
{%- endfor %}
{%- endfor %}
{%- for condition in support.retired_conditions %}
    /// `{{ condition.name_doc }}`: {{ condition.doc }}
    #[deprecated(since = {{ condition.deprecated.since }}, note = {{ condition.deprecated.note }})]
    pub const {{ condition.ident }}: Self = Self({{ condition.name }});
{%- endfor %}
}

#[allow(dead_code, reason = "an app calls what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
impl {{ prefix }}ErrorCondition {
    /// Every condition, by name.
    #[must_use]
    pub fn all() -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator + Clone {
        CONDITIONS.iter().map(|row| Self(row.name))
    }

    /// The condition of this current or former name; `None` if this file does not know it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = FORMER_CONDITIONS
            .iter()
            .find(|former| former.0 == name)
            .map_or(name, |former| former.1);
        Self::all().find(|condition| condition.0 == name)
    }

    /// The stable `snake_case` name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(self) -> {{ prefix }}ErrorKind {
        self.row().map_or({{ prefix }}ErrorKind::Unknown, |row| row.kind)
    }

    /// A title for the user, in `locale`.
    #[must_use]
    pub fn title(self, locale: {{ prefix }}ErrorLocale) -> &'static str {
        self.row().map_or(self.0, |row| row.title[locale as usize])
    }

    /// What it means, in `locale`.
    #[must_use]
    pub fn description(self, locale: {{ prefix }}ErrorLocale) -> &'static str {
        self.row()
            .map_or(self.0, |row| row.description[locale as usize])
    }

    fn row(self) -> Option<&'static ConditionRow> {
        CONDITIONS.iter().find(|row| row.name == self.0)
    }
}

impl fmt::Debug for {{ prefix }}ErrorCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{ prefix }}ErrorCondition({})", self.0)
    }
}

impl fmt::Display for {{ prefix }}ErrorCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

struct ConditionRow {
    name: &'static str,
    kind: {{ prefix }}ErrorKind,
    title: [&'static str; {{ prefix }}ErrorLocale::ALL.len()],
    description: [&'static str; {{ prefix }}ErrorLocale::ALL.len()],
}

#[rustfmt::skip]
#[allow(clippy::unicode_not_nfc, reason = "the texts are the book's own, to the letter")]
static CONDITIONS: &[ConditionRow] = &[
{%- for condition in support.conditions %}
    ConditionRow {
        name: {{ condition.name }}, kind: {{ prefix }}{{ condition.kind }},
        title: [{% for text in condition.title %}{{ text }}{% if !loop.last %}, {% endif %}{% endfor %}],
        description: [{% for text in condition.description %}{{ text }}{% if !loop.last %}, {% endif %}{% endfor %}],
    },
{%- endfor %}
];

/// Former names and what they are called now.
#[rustfmt::skip]
static FORMER_CONDITIONS: &[(&str, &str)] = &[
{%- for condition in support.conditions %}
{%- for former in condition.former_names %}
    ({{ former.name }}, {{ condition.name }}),
{%- endfor %}
{%- endfor %}
];
