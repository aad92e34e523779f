//! What each fault means, why it hurts, and how it is mended.
//!
//! In: the id of a diagnostic. Out: its explanation, as `errbook lint --explain` prints it. The rules here are those
//! of every book, which no level switches off; they are grouped by the stage that reports them. Lints carry their
//! explanations themselves.
//!
//! Guaranteed: every id that errbook reports is explained here or by a lint (`tests/lints.rs` looks for them in the
//! sources), and the examples are those of the test cases.

mod diff;
mod document;
mod model;
mod output;
mod spec;
mod translations;

/// A fault in words.
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    /// What is found, in a sentence or two.
    pub finds: &'static str,
    /// Why that hurts.
    pub why: &'static str,
    /// A piece of a spec that has the fault; empty where no text can show it.
    pub bad: &'static str,
    /// The same piece without it; empty where the repair is to remove it.
    pub good: &'static str,
    /// How to mend it, or to suppress it where that is possible.
    pub fix: &'static str,
}

/// A rule of every book.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The id of its diagnostics.
    pub id: &'static str,
    /// What it means.
    pub explanation: Explanation,
}

/// All rules, in the order of the stages.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let stages =
        [spec::RULES, model::RULES, document::RULES, output::RULES, diff::RULES, translations::RULES];
    stages.into_iter().flatten()
}

/// The rule called `id`.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// Whether `id` is that of a fault in how a domain's document is read, which says nothing about the codes in the spec.
pub fn is_about_documents(id: &str) -> bool {
    document::RULES.iter().any(|rule| rule.id == id)
}
