//! Error codes of {{ title }}.

#![allow(unreachable_pub, reason = "an app may keep the module private")]
#![allow(clippy::doc_markdown, reason = "titles are the platforms' own words")]
{% for domain in domains %}
/// Error codes of {{ domain.title }}.
pub mod {{ domain.module }};
{%- endfor %}
/// What the platforms share: kinds, languages, conditions, and the trait of all codes.
pub mod support;
