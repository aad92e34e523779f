// This file needs the files of all platforms of the book; an app of few platforms leaves it out.

use super::support::{{ prefix }}DomainErrorCode;

extern crate alloc;

use alloc::boxed::Box;

/// The short names of all platforms.
#[rustfmt::skip]
#[allow(dead_code, reason = "an app uses what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
pub static DOMAINS: &[&str] = &[
{%- for domain in domains %}
    {{ domain.id }},
{%- endfor %}
];

/// The code that the platform `domain` writes as `code`.
///
/// `None` if there is no such platform, or if the text cannot be a code of it. A code that nobody knows is a code.
#[must_use]
#[rustfmt::skip]
#[allow(dead_code, reason = "an app calls what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
#[allow(clippy::too_many_lines, reason = "a line a platform")]
pub fn lookup(domain: &str, code: &str) -> Option<Box<dyn {{ prefix }}DomainErrorCode>> {
    Some(match domain {
{%- for domain in domains %}
        {{ domain.id }} => Box::new(super::{{ domain.module }}::{{ prefix }}ErrorCode::parse(code)?),
{%- endfor %}
        _ => return None,
    })
}

/// The code behind a reference such as `quectel/5003`.
#[must_use]
#[allow(dead_code, reason = "an app calls what it needs")]
#[allow(unreachable_pub, reason = "an app may keep the module private")]
pub fn parse_reference(reference: &str) -> Option<Box<dyn {{ prefix }}DomainErrorCode>> {
    let (domain, code) = reference.split_once('/')?;
    lookup(domain, code)
}
