use super::support::{ {{- prefix }}DomainErrorCode, {{ prefix }}ErrorCondition, {{ prefix }}ErrorKind, {{ prefix }}ErrorLocale};

extern crate alloc;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

/// The platform's short name.
#[allow(dead_code, reason = "an app uses the platforms it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
pub const DOMAIN: &str = {{ domain.id }};

/// An error code of {{ domain.title }}: one of the constants, or a code that this file does not know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(dead_code, reason = "an app uses the platforms it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
#[allow(clippy::doc_markdown, reason = "the title is the platform's own word")]
pub struct {{ prefix }}ErrorCode({{ integer }});

#[rustfmt::skip]
#[allow(dead_code, reason = "an app names the codes it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
#[allow(clippy::doc_markdown, reason = "the texts are the platform's own words")]
#[allow(clippy::unreadable_literal, reason = "a code is searched for as the platform writes it")]
impl {{ prefix }}ErrorCode {
{%- for constant in domain.constants() %}
    /// `{{ constant.code_doc }}`: {{ constant.message }}
{%- for meaning in constant.other_meanings %}
    ///
    /// Also documented as: {{ meaning }}
{%- endfor %}
{%- if let Some(deprecated) = constant.deprecated %}
    #[deprecated(since = {{ deprecated.since }}, note = {{ deprecated.note }})]
{%- endif %}
    pub const {{ constant.ident }}: Self = Self({{ constant.code }});
{%- endfor %}
}

#[allow(dead_code, reason = "an app calls what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
impl {{ prefix }}ErrorCode {
    /// Every known code, in ascending order.
    #[must_use]
    pub fn all() -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator + Clone {
        ROWS.iter().map(|row| Self(row.code))
    }

    /// Wraps any code from the wire; whether it is known shows [`is_known`](Self::is_known).
    #[must_use]
    pub const fn from_code(code: {{ integer }}) -> Self {
        Self(code)
    }

    /// Reads a code that the platform sends as text; `None` unless it is a plain decimal number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code: {{ integer }} = text.parse().ok()?;
        // The standard parser takes `+5`, `007` and `-0` too, which no platform means as a code.
        (code.to_string() == text).then_some(Self(code))
    }

    /// The code of this current or former name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let current = ROWS.iter().map(|row| (row.name, row.code));
        let mut names = current.chain(FORMER_NAMES.iter().copied());
        names
            .find(|named| named.0 == name)
            .map(|named| Self(named.1))
    }

    /// The platform's short name.
    #[must_use]
    #[allow(clippy::unused_self, reason = "every platform's code answers it")]
    pub const fn domain(self) -> &'static str {
        DOMAIN
    }

    /// The code, exactly as received.
    #[must_use]
    pub const fn code(self) -> {{ integer }} {
        self.0
    }

    /// The code as text.
    #[must_use]
    pub fn code_text(self) -> String {
        self.0.to_string()
    }

    /// The platform and the code, as logs and support tickets name it.
    #[must_use]
    pub fn reference(self) -> String {
        format!("{}/{}", DOMAIN, self.0)
    }

    /// The stable `snake_case` name; `None` for an unknown code.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|row| row.name)
    }

    /// Whether this file describes the code.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.row().is_some()
    }

    /// Whether the code reports success.
    #[must_use]
    pub fn is_success(self) -> bool {
        self.kind() == {{ prefix }}ErrorKind::Ok
    }

    /// The kind of failure; [`{{ prefix }}ErrorKind::Unknown`] for an unknown code.
    #[must_use]
    pub fn kind(self) -> {{ prefix }}ErrorKind {
        self.row().map_or({{ prefix }}ErrorKind::Unknown, |row| row.kind)
    }

    /// The finer meaning that several platforms share, if the code has one.
    #[must_use]
    pub fn condition(self) -> Option<{{ prefix }}ErrorCondition> {
        self.row().and_then(|row| row.condition)
    }

    /// Whether repeating the same request is safe and may succeed; `false` for an unknown code.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        self.row().is_some_and(|row| row.retryable)
    }

    /// The HTTP status that the platform documents for it.
    #[must_use]
    pub fn http_status(self) -> Option<u16> {
        self.row().and_then(|row| row.http_status)
    }

    /// The message in `locale`; `None` for an unknown code.
    #[must_use]
    pub fn message(self, locale: {{ prefix }}ErrorLocale) -> Option<&'static str> {
        self.row().map(|row| row.message[locale as usize])
    }

    /// What to do about it, in `locale`.
    #[must_use]
    pub fn solution(self, locale: {{ prefix }}ErrorLocale) -> Option<&'static str> {
        self.row().and_then(|row| row.solution[locale as usize])
    }

    fn row(self) -> Option<&'static Row> {
        let index = ROWS.binary_search_by_key(&self.0, |row| row.code).ok()?;
        ROWS.get(index)
    }
}

impl {{ prefix }}DomainErrorCode for {{ prefix }}ErrorCode {
    fn domain(&self) -> &'static str {
        Self::domain(*self)
    }

    fn code_text(&self) -> String {
        Self::code_text(*self)
    }

    fn name(&self) -> Option<&'static str> {
        Self::name(*self)
    }

    fn kind(&self) -> {{ prefix }}ErrorKind {
        Self::kind(*self)
    }

    fn condition(&self) -> Option<{{ prefix }}ErrorCondition> {
        Self::condition(*self)
    }

    fn is_retryable(&self) -> bool {
        Self::is_retryable(*self)
    }

    fn http_status(&self) -> Option<u16> {
        Self::http_status(*self)
    }

    fn message(&self, locale: {{ prefix }}ErrorLocale) -> Option<&'static str> {
        Self::message(*self, locale)
    }

    fn solution(&self, locale: {{ prefix }}ErrorLocale) -> Option<&'static str> {
        Self::solution(*self, locale)
    }

    fn into_error(self: Box<Self>) -> Box<dyn core::error::Error + Send + Sync> {
        self
    }
}

impl core::error::Error for {{ prefix }}ErrorCode {}

impl fmt::Display for {{ prefix }}ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.message({{ prefix }}ErrorLocale::FALLBACK);
        let message = message.unwrap_or("unknown error");
        f.pad(&format!("{message} (code {})", self.0))
    }
}

impl fmt::Debug for {{ prefix }}ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name().unwrap_or("unknown");
        write!(f, "{{ prefix }}ErrorCode({}/{} {name})", DOMAIN, self.0)
    }
}

impl core::str::FromStr for {{ prefix }}ErrorCode {
    type Err = super::support::{{ prefix }}ParseErrorCodeError;

    /// As [`parse`](Self::parse), for whatever goes by this trait.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(<Self::Err>::of(DOMAIN))
    }
}

impl From<{{ integer }}> for {{ prefix }}ErrorCode {
    fn from(code: {{ integer }}) -> Self {
        Self(code)
    }
}

impl From<{{ prefix }}ErrorCode> for {{ integer }} {
    fn from(code: {{ prefix }}ErrorCode) -> Self {
        code.0
    }
}

#[allow(dead_code, reason = "a platform may have no code yet")]
struct Row {
    code: {{ integer }},
    name: &'static str,
    kind: {{ prefix }}ErrorKind,
    condition: Option<{{ prefix }}ErrorCondition>,
    retryable: bool,
    http_status: Option<u16>,
    message: [&'static str; {{ prefix }}ErrorLocale::ALL.len()],
    solution: [Option<&'static str>; {{ prefix }}ErrorLocale::ALL.len()],
}

/// What holds unless a row says otherwise.
#[allow(dead_code, reason = "a platform may have no code yet")]
const BLANK: Row = Row {
    code: 0,
    name: "",
    kind: {{ prefix }}ErrorKind::Unknown,
    condition: None,
    retryable: false,
    http_status: None,
    message: [""; {{ prefix }}ErrorLocale::ALL.len()],
    solution: [None; {{ prefix }}ErrorLocale::ALL.len()],
};

/// Sorted by code.
#[rustfmt::skip]
#[allow(clippy::unreadable_literal, reason = "a code is searched for as the platform writes it")]
#[allow(clippy::needless_update, reason = "a row may say everything")]
#[allow(clippy::unicode_not_nfc, reason = "the texts are the platform's own, to the letter")]
static ROWS: &[Row] = &[
{%- include "rust/rows.rs" %}
];

/// Former names and the codes they belong to.
#[rustfmt::skip]
#[allow(clippy::unreadable_literal, reason = "a code is searched for as the platform writes it")]
static FORMER_NAMES: &[(&str, {{ integer }})] = &[
{%- for (name, code) in domain.former_names() %}
    ({{ name }}, {{ code }}),
{%- endfor %}
];
