//! Explanations as text.
//!
//! In: the id of a lint or of a rule. Out: what `errbook lint --explain` prints.

use super::LINTS;
use crate::nearest::nearest;
use crate::rules::{self, Explanation};
use std::fmt::Write as _;

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
        let _ = write!(
            out,
            "\nTo keep one case, write `allow: {{{id}: \"the reason\"}}` at the entry; \
             for the whole book, set `lints: {{{id}: off}}` in `errbook.yaml`.\n"
        );
    }
    out
}
