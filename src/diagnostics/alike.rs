//! Many findings of one kind, told as one.
//!
//! In: findings one by one. Out: each of them as long as there are few of its kind; of many, the first alone, which says how many
//! there are and where the last one stands. Of one kind are errors of one rule and one file with the same words and the same
//! further places, whatever they show in backticks: the table that reads a row is such a place. Warnings are told one by one,
//! since where a person has to look is all that they say, unless who tells them names the cause that they have in common.

use super::{Diagnostic, Label, Level, SourceId, Span};
use crate::counted::counted;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many findings of one kind are told one by one.
const MOST_ALIKE: usize = 4;

/// What makes findings alike: the rule, the file, the words of message and help, the cause, the further places.
type Kind = (&'static str, Option<SourceId>, String, String, String, Vec<Label>);

/// The findings that were told, by their kind: their indexes, as far as they are told one by one, how many there are, and
/// the place of the last.
#[derive(Debug, Default)]
pub(crate) struct Alike(BTreeMap<Kind, (Vec<usize>, usize, Option<Span>)>);

impl Alike {
    /// Takes a finding that would be told at `index`. Gives it back unless it is one of many.
    pub(crate) fn take(&mut self, finding: Diagnostic, index: usize) -> Option<Diagnostic> {
        if finding.level != Level::Error {
            return Some(finding);
        }
        self.take_of(String::new(), finding, index)
    }

    /// Takes a finding of any level that has its `cause` in common with others.
    pub(crate) fn take_of(&mut self, cause: String, finding: Diagnostic, index: usize) -> Option<Diagnostic> {
        let help = finding.help.as_deref().map(words).unwrap_or_default();
        let places = finding.labels.get(1..).unwrap_or_default().to_vec();
        let source = finding.span().map(|span| span.source);
        let kind = (finding.id, source, words(&finding.message), help, cause, places);
        let (told, count, last) = self.0.entry(kind).or_default();
        *count += 1;
        *last = (*last).max(finding.span());
        if *count > MOST_ALIKE {
            return None;
        }
        told.push(index);
        Some(finding)
    }

    /// Leaves the first of each kind that has many. `line` is where a place stands, from 1.
    pub(crate) fn fold(self, findings: &mut Vec<Diagnostic>, line: impl Fn(Span) -> usize) {
        let mut is_kept = vec![true; findings.len()];
        for (told, count, last) in self.0.into_values().filter(|(_, count, _)| *count > MOST_ALIKE) {
            let Some((first, others)) = told.split_first() else { continue };
            // What came after the last finding that there is room for was never told.
            let Some(Diagnostic { message, .. }) = findings.get_mut(*first) else { continue };
            for other in others {
                is_kept.get_mut(*other).into_iter().for_each(|is_kept| *is_kept = false);
            }
            write!(message, "; so it is with {}", counted(count, "row")).expect("a string takes all");
            if let Some(last) = last {
                write!(message, ", the last on line {}", line(last)).expect("a string takes all");
            }
        }
        let mut is_kept = is_kept.into_iter();
        findings.retain(|_| is_kept.next().unwrap_or(true));
    }
}

/// What a sentence says, without what it shows in backticks.
fn words(sentence: &str) -> String {
    sentence.split('`').step_by(2).collect()
}
