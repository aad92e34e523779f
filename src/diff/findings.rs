//! A report as diagnostics, for the printers that show findings at their lines: annotations and SARIF.
//!
//! In: a report. Out: one diagnostic for each change that is listed, at its place in the new book (where it is gone, at what
//! stands nearest), and the findings about waivers and the version. What is waived is a note. A change that may not pass
//! tells the fingerprint that would waive it.

use super::sentence;
use super::{Change, FailOn, Item, Report, Weight};
use crate::diagnostics::{self, Diagnostic, Level};
use std::fmt::Write as _;

/// The changes that are listed and the findings, sorted.
pub fn of(report: &Report, all: bool, limit: FailOn) -> Vec<Diagnostic> {
    let mut found: Vec<_> = report.listed(all).map(|item| diagnostic(report, item, limit)).collect();
    found.extend(report.findings.iter().cloned());
    diagnostics::sort(&mut found);
    found
}

/// A change in a sentence that names its subject, without a full stop.
pub fn message(change: &Change) -> String {
    let mut message = format!("{}: ", change.subject.reference());
    for part in sentence::of(change) {
        message.push_str(&part.text(|value| format!("`{value}`")));
    }
    message
}

fn diagnostic(report: &Report, item: &Item, limit: FailOn) -> Diagnostic {
    let change = &item.change;
    let level = match item.impact.weight {
        _ if item.waiver.is_some() => Level::Note,
        Weight::Breaking => Level::Error,
        Weight::Behaviour => Level::Warning,
        Weight::Note | Weight::Hidden => Level::Note,
    };
    let mut help = item.impact.consequence.to_owned();
    if let Some(waiver) = &item.waiver {
        let _ = write!(help, "\nwaived by {} until {}: {}", waiver.who, waiver.expires.value, waiver.reason);
    } else if item.impact.weight >= Weight::Behaviour {
        if let Some(remedy) = sentence::remedy(change, report.since) {
            let stanza = remedy.stanza.map(|stanza| format!("\n{stanza}")).unwrap_or_default();
            let _ = write!(help, "\n{}{}", remedy.words, stanza.trim_end());
        }
        if limit.least().is_some_and(|least| item.impact.weight >= least) {
            let _ = write!(help, "\nif it is meant to be, waive it as {}", item.fingerprint);
        }
    }
    let mut found = Diagnostic::error(change.what.id(), change.at, message(change)).help(help);
    found.level = level;
    found.fingerprint = Some(item.fingerprint.as_str().into());
    match change.old {
        Some(old) => found.label(old, "it was here"),
        None => found,
    }
}
