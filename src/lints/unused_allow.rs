//! Suppressions that suppress nothing: a lint about lints, which the runner feeds itself.

use super::level::unknown_lint;
use super::{Context, Findings, LINTS, Levels, Lint, LintLevel};
use crate::diagnostics::{Diagnostic, Span};
use crate::rules::Explanation;
use std::collections::BTreeSet;

pub(super) static LINT: Lint = Lint {
    id: "unused_allow",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "An `allow` that silences no finding, names no lint, or gives no reason.",
        why: "A suppression outlives what it was written for, and then hides the next, different mistake in that place.",
        bad: "allow:\n  unsorted: the vendor's order",
        good: "",
        fix: "Remove the line. If the lint is switched off in `errbook.yaml`, its suppressions are left alone.",
    },
    check: nothing,
};

/// The runner knows what was used, and asks `Used` for the findings.
fn nothing<'a>(_: &Context<'a>, _: &mut Findings<'a>) {}

/// The suppressions that silenced something.
#[derive(Debug, Default)]
pub(super) struct Used(BTreeSet<Span>);

impl Used {
    /// Remembers that the suppressions at these places silenced a finding.
    pub(super) fn add(&mut self, places: Vec<Span>) {
        self.0.extend(places);
    }

    /// Tells of the suppressions that are of no use.
    pub(super) fn unused<'a>(&self, context: &Context<'a>, levels: &Levels, findings: &mut Findings<'a>) {
        let all = || {
            context
                .subjects()
                .flat_map(|subject| subject.allow().iter().map(move |written| (subject, written)))
        };
        let lint = |name: &str| LINTS.iter().find(|lint| lint.id == name);
        // A name of no lint fails the run whatever the level, so it must not be behind those that nobody reads.
        for (subject, (name, _)) in all().filter(|(_, (name, _))| lint(&name.value).is_none()) {
            findings.take(subject, || unknown_lint(name));
        }
        for (subject, (name, reason)) in all() {
            let Some(lint) = lint(&name.value) else { continue };
            if reason.value.trim().is_empty() {
                findings.take(subject, || {
                    let message = format!("`{}` is allowed here without a reason", name.value);
                    Diagnostic::error(LINT.id, reason.span, message).help("say why, in a few words")
                });
            } else if levels.of(lint).is_some() && !self.0.contains(&name.span) {
                findings.take(subject, || {
                    let message = format!("`{}` finds nothing here that could be allowed", name.value);
                    let found = Diagnostic::error(LINT.id, name.span, message);
                    found.help("remove the line").fix(name.span, "")
                });
            }
        }
    }
}
