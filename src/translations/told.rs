//! Keeps what is told of a table short.
//!
//! One mistake, such as a column that a program has left out, is in each of ten thousand rows: the first findings of a kind
//! are told, and the others are counted.

use crate::diagnostics::Diagnostic;
use std::collections::BTreeMap;

/// How many findings of one kind are told in full.
const MOST: usize = 10;

/// Counts findings by kind.
#[derive(Debug, Default)]
pub(super) struct Told {
    kinds: BTreeMap<&'static str, (usize, Option<Diagnostic>)>,
}

impl Told {
    /// Tells of a finding, or counts it.
    pub(super) fn tell(&mut self, findings: &mut Vec<Diagnostic>, finding: Diagnostic) {
        let (count, first) = self.kinds.entry(finding.id).or_default();
        *count += 1;
        if *count <= MOST {
            findings.push(finding);
        } else if first.is_none() {
            *first = Some(finding);
        }
    }

    /// Tells how many were counted.
    pub(super) fn close(self, findings: &mut Vec<Diagnostic>) {
        for (count, first) in self.kinds.into_values() {
            let Some(first) = first else { continue };
            let more = count - MOST;
            findings.push(match (more, first.span()) {
                (2.., Some(span)) => {
                    let message = format!("{more} more findings of this kind, of which this is the first");
                    Diagnostic { level: first.level, ..Diagnostic::error(first.id, span, message) }
                }
                _ => first,
            });
        }
    }
}
