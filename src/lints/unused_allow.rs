//! Suppressions that suppress nothing: a lint about lints, which the runner feeds itself.

use super::level::unknown_lint;
use super::{Context, Finding, LINTS, Levels, Lint, LintLevel, Subject};
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
fn nothing<'a>(_: &Context<'a>) -> Vec<Finding<'a>> {
    Vec::new()
}

/// The suppressions that silenced something.
#[derive(Debug, Default)]
pub(super) struct Used(BTreeSet<Span>);

impl Used {
    /// Remembers that the suppression at `span` silenced a finding.
    pub(super) fn add(&mut self, span: Span) {
        self.0.insert(span);
    }

    /// The suppressions of `subjects` that are of no use.
    pub(super) fn unused<'a>(
        &self,
        subjects: impl Iterator<Item = Subject<'a>>,
        levels: &Levels,
    ) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        for subject in subjects {
            for (name, reason) in subject.allow() {
                let diagnostic = match LINTS.iter().find(|lint| lint.id == name.value) {
                    None => unknown_lint(name),
                    Some(_) if reason.value.trim().is_empty() => {
                        let message = format!("`{}` is allowed here without a reason", name.value);
                        Diagnostic::error(LINT.id, reason.span, message).help("say why, in a few words")
                    }
                    Some(lint) if levels.of(lint).is_some() && !self.0.contains(&name.span) => {
                        let message = format!("`{}` finds nothing here that could be allowed", name.value);
                        Diagnostic::error(LINT.id, name.span, message)
                            .help("remove the line")
                            .fix(name.span, "")
                    }
                    Some(_) => continue,
                };
                findings.push(Finding { subject, diagnostic });
            }
        }
        findings
    }
}
