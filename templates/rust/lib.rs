//! Error codes in one place: {{ title }}.
//!
//! Each platform has a module with an `{{ prefix }}ErrorCode`: any code that the platform may send, with constants for
//! the known ones.
{%- if has_registry %} [`registry`] finds a code where the platform is known only at run time.{% endif %}
{%- if let Some(example) = example %}
//!
//! ```
//! use {{ crate_path }}::{ {{- example.module }}, {{ prefix }}ErrorLocale};
//!
//! let code = {{ example.module }}::{{ prefix }}ErrorCode::from_code({{ example.code }}); // whatever the platform sends
//! let locale = {{ prefix }}ErrorLocale::best_match(["zh-CN", "en"]); // whatever the user prefers
//! let text = code.message(locale).unwrap_or("Something went wrong.");
//! println!("{text} ({})", code.reference());
//! ```
{%- endif %}

#![no_std]
#![forbid(unsafe_code)]
#![allow(clippy::doc_markdown, reason = "titles are the platforms' own words")]

/// What the platforms share: kinds, languages, conditions, and the trait of all codes.
pub mod support;
{%- for domain in domains %}

/// Error codes of {{ domain.title }}.
pub mod {{ domain.module }};
{%- endfor %}
{%- if has_registry %}

/// Finds a code where the platform is known only at run time. It needs the files of all platforms of the book; an app
/// of few platforms leaves it out.
pub mod registry;
{%- endif %}

pub use support::{{ prefix }}ParseErrorCodeError;
pub use support::{ {{- prefix }}DomainErrorCode, {{ prefix }}ErrorCondition, {{ prefix }}ErrorKind, {{ prefix }}ErrorLocale};
