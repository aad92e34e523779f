//! Error codes in one place: {{ title }}.

// The lints of the app, and those that newer tools bring, do not bind a copy: it is renewed, not edited. Short attributes
// look the same in every style of rustfmt.
#![allow(unnameable_types, unreachable_pub)]
#![allow(clippy::all, clippy::pedantic)]
#![allow(clippy::nursery, clippy::restriction)]
{% for domain in domains %}
/// Error codes of {{ domain.title }}.
#[rustfmt::skip]
pub mod {{ domain.module }};
{%- endfor %}
/// What the platforms share: kinds, languages, conditions, and the trait of all codes.
#[rustfmt::skip]
pub mod support;
