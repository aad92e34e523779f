//! Changes that somebody has decided to let pass.
//!
//! In: `waivers.yaml`, which stands beside the book, and the changes that were found. Out: each waived change with its waiver,
//! and findings: a waiver that has expired, one that no change needs. One that stands twice is a fault of the file, which
//! `lint` tells as well. A waiver names a change by its fingerprint, so it holds for that one change and for no later one.
//!
//! A waiver holds through its last day. What day it is comes from outside, so that a report can be made again.
//!
//! Deliberately elsewhere: what a fingerprint is made of (`change`), and where the file is read (`cli::diff`).

use super::{FailOn, Item};
use crate::diagnostics::{Budget, Diagnostic, Level, Loc, Span};
use crate::spec::fields::Fields;
use crate::spec::shape;
use crate::spec::values;
use crate::spec::write::quoted;
use crate::spec::yaml::Node;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The name of the file beside the book.
pub const FILE: &str = "waivers.yaml";

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u32,
    month: u32,
    day: u32,
}

/// One waiver.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The fingerprint of the change.
    pub fingerprint: Loc<String>,
    /// Why the change may pass.
    pub reason: String,
    /// Who has decided it.
    pub who: String,
    /// The last day on which it holds.
    pub expires: Loc<Date>,
}

/// The waivers of a book.
#[derive(Clone, Debug, Default)]
pub struct Waivers {
    /// The waivers, in the order of the file.
    pub waivers: Vec<Waiver>,
}

impl Date {
    /// The day written as `2027-01-31`, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            let is_whole = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            is_whole.then(|| part.parse::<u32>().ok()).flatten()
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let days = days_of(year, month)?;
        (parts.next().is_none() && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The day in UTC, so many seconds after the start of 1970.
    pub fn of_unix_time(seconds: u64) -> Self {
        Self { year: 1970, month: 1, day: 1 }.after(seconds / 86_400)
    }

    /// The day so many days later.
    #[must_use]
    pub fn after(self, days: u64) -> Self {
        let Self { mut year, mut month, day } = self;
        let mut days = days.saturating_add(u64::from(day));
        while let Some(length) = days_of(year, month).map(u64::from).filter(|length| days > *length) {
            days -= length;
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
        Self { year, month, day: u32::try_from(days).unwrap_or(1) }
    }
}

/// How many days a month has; `None` if it is no month, or of a year that is not written in four digits.
fn days_of(year: u32, month: u32) -> Option<u32> {
    let is_leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    match month {
        _ if year > 9999 => None,
        2 if is_leap => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        _ => None,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Waivers {
    /// Reads the file; what has a fault is left out, and of two waivers of one change the second is one.
    pub fn read(root: &Node, faults: &mut Vec<Diagnostic>) -> Self {
        let Some(mut map) = Fields::open(root, &shape::WAIVERS, faults) else { return Self::default() };
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        let waivers = values::each(map.require_list("waivers", faults), faults, |node, faults| {
            let waiver = waiver(node, faults)?;
            let Loc { value, span } = &waiver.fingerprint;
            if let Some(first) = first.get(value) {
                let message = format!("the change `{value}` is waived twice");
                let fault = Diagnostic::error("repeated_waiver", *span, message);
                faults.push(fault.label(*first, "first here").help("remove one of them"));
                return None;
            }
            first.insert(value.clone(), *span);
            Some(waiver)
        });
        map.finish(faults);
        Self { waivers }
    }
}

fn waiver(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Waiver> {
    let mut map = Fields::open(node, &shape::WAIVER, faults)?;
    let fingerprint = map.require_text("fingerprint", faults);
    let reason = map.require_text("reason", faults);
    let who = map.require_text("who", faults);
    let expires = map.require_text("expires", faults);
    map.finish(faults);
    let fingerprint = fingerprint.and_then(|text| checked_fingerprint(text, faults));
    let expires = expires.and_then(|text| checked_date(&text, faults));
    let mut said = |text: Option<Loc<String>>| {
        let text = text?;
        if text.value.trim().is_empty() {
            faults.push(Diagnostic::error("empty_text", text.span, "an empty text says nothing"));
            return None;
        }
        Some(text.value)
    };
    let (reason, who) = (said(reason), said(who));
    Some(Waiver { fingerprint: fingerprint?, reason: reason?, who: who?, expires: expires? })
}

fn checked_fingerprint(text: Loc<String>, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.value.len() == 16 && text.value.bytes().all(is_digit) {
        return Some(text);
    }
    let message = "a fingerprint is sixteen hexadecimal digits in lower case";
    let fault = Diagnostic::error("bad_waiver", text.span, message);
    faults.push(fault.help("copy the stanza that `errbook diff` prints"));
    None
}

fn checked_date(text: &Loc<String>, faults: &mut Vec<Diagnostic>) -> Option<Loc<Date>> {
    let date = Date::parse(&text.value);
    if date.is_none() {
        let message = format!("`{}` is no day", text.value.escape_debug());
        let fault = Diagnostic::error("bad_waiver", text.span, message);
        faults.push(fault.help("write year, month and day, like `2027-01-31`"));
    }
    date.map(|date| Loc::new(date, text.span))
}

/// Gives each change its waiver, and says what is wrong with the waivers.
pub(super) fn apply(
    waivers: &Waivers,
    of_base: &Waivers,
    items: &mut [Item],
    today: Date,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut budget = Budget::new(&findings);
    let mut by_fingerprint: BTreeMap<&str, &Waiver> = BTreeMap::new();
    for waiver in &waivers.waivers {
        by_fingerprint.entry(waiver.fingerprint.value.as_str()).or_insert(waiver);
    }
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for item in items {
        let Some((&fingerprint, waiver)) = by_fingerprint.get_key_value(item.fingerprint.as_str()) else {
            continue;
        };
        if used.insert(fingerprint) && waiver.expires.value < today {
            findings.push(expired(waiver));
            budget.keep(&mut findings);
        }
        if waiver.expires.value >= today {
            item.waiver = Some((*waiver).clone());
        }
    }
    let were_there: BTreeSet<_> =
        of_base.waivers.iter().map(|waiver| waiver.fingerprint.value.as_str()).collect();
    for (fingerprint, waiver) in by_fingerprint.iter().filter(|(fingerprint, _)| !used.contains(*fingerprint))
    {
        let span: Span = waiver.fingerprint.span;
        let message = format!("no change has the fingerprint `{fingerprint}`");
        let finding = Diagnostic::error("unused_waiver", span, message);
        findings.push(if were_there.contains(fingerprint) {
            // The change that it was written for has been made: it is in both books.
            let help = "its change has been made; remove the waiver";
            Diagnostic { level: Level::Warning, ..finding.help(help) }
        } else {
            finding.help("remove it, or copy the stanza that `errbook diff` prints: another value makes another change")
        });
        budget.keep(&mut findings);
    }
    budget.close(&mut findings);
    crate::diagnostics::sort(&mut findings);
    findings
}

fn expired(waiver: &Waiver) -> Diagnostic {
    let message = format!("the waiver expired on {}", waiver.expires.value);
    Diagnostic::error("expired_waiver", waiver.expires.span, message)
        .help("undo the change, or decide again and write a later day")
}

/// How many days a waiver holds that nobody has set another day in.
const DAYS: u64 = 90;

/// When a change needs a waiver, in the words that a sentence begins with.
pub(super) fn meant(limit: FailOn) -> &'static str {
    match limit {
        FailOn::Breaking => "If a breaking change is meant to be",
        FailOn::Behaviour | FailOn::Any | FailOn::None => "If a change is meant to be",
    }
}

/// The stanza that waives a change, which is `about` something.
pub(super) fn stanza(fingerprint: &str, about: &str, today: Date) -> String {
    // A comment ends with its line.
    let about = quoted(about);
    let about = about.trim_matches('"');
    let expires = today.after(DAYS);
    format!(
        "  # {about}\n  - fingerprint: \"{fingerprint}\"\n    reason: why this may happen\n    who: your name\n    expires: {expires}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Sources;
    use crate::spec::yaml;

    #[test]
    fn of_two_waivers_of_one_change_the_second_is_a_fault() {
        let waiver = |who: &str| {
            let change = "b5fcd0b3ae57a719";
            format!("- fingerprint: \"{change}\"\n  reason: r\n  who: {who}\n  expires: 2027-01-31\n")
        };
        let mut sources = Sources::default();
        let id = sources.add("waivers.yaml", format!("waivers:\n{}{}", waiver("A"), waiver("B")));
        let mut faults = Vec::new();
        let read = Waivers::read(&yaml::parse(&sources, id).expect("YAML"), &mut faults);
        let who: Vec<_> = read.waivers.iter().map(|waiver| waiver.who.as_str()).collect();
        assert_eq!(who, ["A"]);
        let told: Vec<_> = faults.iter().map(|fault| (fault.id, fault.labels.len())).collect();
        assert_eq!(told, [("repeated_waiver", 2)]);
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        for good in ["2026-11-25", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(Date::parse(good).map(|date| date.to_string()).as_deref(), Some(good));
        }
        for bad in [
            "",
            "2026-11-31",
            "2023-02-29",
            "1900-02-29",
            "2026-1-1",
            "26-01-01",
            "2026-01-01-01",
            "2026-13-01",
            "+026-01-01",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        for (seconds, day) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_795_564_800, "2026-11-25"),
        ] {
            assert_eq!(Date::of_unix_time(seconds).to_string(), day);
        }
    }
}
