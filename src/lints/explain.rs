//! Explanations as text.
//!
//! In: the id of a lint or of a rule. Out: what `errbook lint --explain` prints.

use super::{
    LINTS, comment_in_text, deprecated_replacement, future_since, invisible_character, name_collision,
    unused_allow,
};
use crate::nearest::nearest;
use crate::rules::{self, Explanation};
use std::fmt::Write as _;

/// The lints that also find something where no `allow` can stand.
const BEYOND_ENTRIES: [&str; 5] = [
    comment_in_text::LINT.id,
    deprecated_replacement::LINT.id,
    future_since::LINT.id,
    invisible_character::LINT.id,
    name_collision::LINT.id,
];

/// Every id that can be explained, lints first, each group in alphabetical order.
pub fn ids() -> Vec<&'static str> {
    let mut rules: Vec<_> = rules::all().map(|rule| rule.id).collect();
    rules.sort_unstable();
    LINTS.iter().map(|lint| lint.id).chain(rules).collect()
}

/// What `id` means, as SARIF tells it: what it finds, why that hurts, and how to mend it.
pub fn meaning(id: &str) -> Option<[&'static str; 3]> {
    let lint = LINTS.iter().find(|lint| lint.id == id).map(|lint| &lint.explanation);
    let explanation = lint.or_else(|| rules::find(id).map(|rule| &rule.explanation))?;
    Some([explanation.finds, explanation.why, explanation.fix])
}

/// The explanation of `id`, or the id that was most likely meant.
pub fn explain(id: &str) -> Result<String, Option<&'static str>> {
    if let Some(lint) = LINTS.iter().find(|lint| lint.id == id) {
        let level = format!("a lint, `{}` unless the book sets another level", lint.level.id());
        return Ok(text(id, &level, &lint.explanation));
    }
    match rules::find(id) {
        Some(rule) => Ok(text(id, "a rule of every book", &rule.explanation)),
        None => Err(nearest(id, ids().into_iter())),
    }
}

/// One explanation, as plain text that is Markdown, too.
fn text(id: &str, what: &str, explanation: &Explanation) -> String {
    let mut out = format!("# {id}\n\n{what}\n\n{}\n\n{}\n", explanation.finds, explanation.why);
    let mut example = |title: &str, yaml: &str| {
        if !yaml.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(out, "\n{title}:\n\n```yaml\n{yaml}\n```\n");
        }
    };
    example("Bad", explanation.bad);
    example("Good", explanation.good);
    let _ = write!(out, "\n{}\n", explanation.fix);
    if LINTS.iter().any(|lint| lint.id == id) {
        out.push('\n');
        if id != unused_allow::LINT.id {
            let _ = write!(
                out,
                "To keep one case, write `allow: {{{id}: \"the reason\"}}` at the entry or the condition. "
            );
        }
        if BEYOND_ENTRIES.contains(&id) {
            out.push_str(
                "A tombstone, and whatever else is no entry and no condition, has no `allow`: \
                 `errbook lint --write-baseline` notes what is found there. ",
            );
        }
        let _ = writeln!(out, "For the whole book, set `lints: {{{id}: off}}` in `errbook.yaml`.");
    }
    out
}
