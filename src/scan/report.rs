//! Tells what a scan found: drawn for people, or as JSON for other programs.
//!
//! In: a `Report` and the book. Out: text. Known codes come first, the most frequent before others, each with its texts and
//! advice; a code of several domains shows each of its meanings and says that the log leaves open which it is. Codes that mean
//! success are counted and no more. Unknown codes follow, with an entry for each that a reviewer completes and puts into
//! the domain's file; it is written as `errbook import` writes entries, so that it can be read as it stands.

use super::{MOST_UNKNOWN, Report, Seen, subject};
use crate::characters::{visible, visible_json};
use crate::counted::counted;
use crate::diagnostics::{Loc, Sources, Span};
use crate::lookup::json::{MOST_TOLD, code as code_json};
use crate::lookup::text::{Look, brief};
use crate::lookup::{Shelf, Subject, reference};
use crate::model::{CodeType, Kind};
use crate::spec::read::{SpecError, SpecMeaning, SpecTexts};
use crate::spec::write;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The JSON Schema (draft-07) of `json`.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// The longest excerpt and message that are shown, in characters.
const LONGEST: usize = 200;

/// A known code, its domains and what was seen of it.
type Known<'a> = (&'a (String, Vec<usize>), &'a Seen);

impl Report {
    /// Whether there were codes and the book knows them all.
    pub fn is_explained(&self) -> bool {
        !self.known.is_empty() && self.unknown.is_empty()
    }

    /// The known codes, most frequent first, and how many times a code said success.
    fn known_by_count<'a>(&'a self, shelf: &Shelf<'_>) -> (Vec<Known<'a>>, u64) {
        let is_success = |((code, domains), _): &Known<'_>| {
            domains.iter().all(|index| {
                matches!(subject(&shelf.book.domains[*index], code), Some(Subject::Code(_, error)) if error.meaning.kind == Kind::Ok)
            })
        };
        let (success, mut known): (Vec<_>, Vec<_>) = self.known.iter().partition(is_success);
        known.sort_by_key(|(_, seen)| std::cmp::Reverse(seen.count));
        (known, success.iter().map(|(_, seen)| seen.count).sum())
    }
}

/// Draws a report.
pub fn text(shelf: &Shelf<'_>, report: &Report, look: Look) -> String {
    let mut out = String::new();
    let (known, success) = report.known_by_count(shelf);
    let total: u64 = known.iter().map(|(_, seen)| seen.count).sum();
    let unknown: u64 = report.unknown.values().map(|seen| seen.count).sum::<u64>() + report.beyond;
    let lines = counted(report.lines, "line");
    // Writing to a string cannot fail.
    let _ = match (known.len() + report.unknown.len(), success) {
        (0, 0) => writeln!(out, "{lines}; no codes"),
        _ => writeln!(
            out,
            "{lines}; {}, seen {}; {}, seen {}; success {}",
            counted(known.len(), "known code"),
            times(total),
            counted(report.unknown.len(), "unknown code"),
            times(unknown),
            times(success),
        ),
    };
    for ((code, domains), seen) in known {
        out.push('\n');
        let _ = writeln!(out, "{}× {}{}", seen.count, place(seen), excerpt(seen));
        if domains.len() > 1 {
            let _ = writeln!(
                out,
                "  {} platforms have this code, and the log does not say whose it is:",
                domains.len()
            );
        }
        for index in domains {
            if let Some(subject) = subject(&shelf.book.domains[*index], code) {
                out.push_str(&brief(shelf, subject, look));
            }
        }
    }
    if report.unknown.is_empty() {
        return out;
    }
    for domain in groups(report) {
        let name = domain
            .iter()
            .map(|index| shelf.book.domains[*index].id.as_str())
            .collect::<Vec<_>>()
            .join(" or ");
        out.push('\n');
        if domain.is_empty() {
            out.push_str("unknown, and like the codes of no platform here:\n");
        } else {
            let _ = writeln!(out, "unknown, but like the codes of {name}:");
        }
        let mut stubs = String::new();
        for ((of, code), seen) in report.unknown.iter().filter(|((of, _), _)| of == domain) {
            let _ = writeln!(
                out,
                "  {}× {}  {}{}",
                seen.count,
                visible(code, LONGEST),
                place(seen),
                excerpt(seen)
            );
            if let Some(first) = of.first() {
                stubs.push_str(&stub(shelf, *first, code, seen));
            }
        }
        if let Some(first) = domain.first() {
            let id = &shelf.book.domains[*first].id;
            let _ =
                write!(out, "\n# To review, and put under `errors:` in domains/{id}.yaml, by code:\n{stubs}");
        }
    }
    if report.beyond > 0 {
        let _ = writeln!(out, "\nand {} times yet others: only {MOST_UNKNOWN} are kept apart", report.beyond);
    }
    out
}

/// The sets of domains that unknown codes look like.
fn groups(report: &Report) -> Vec<&Vec<usize>> {
    let mut groups: Vec<_> = report.unknown.keys().map(|(domains, _)| domains).collect();
    groups.dedup();
    // Those of no domain come last.
    groups.sort_by_key(|domains| domains.is_empty());
    groups
}

fn times(number: u64) -> String {
    counted(number, "time")
}

fn place(seen: &Seen) -> String {
    format!("first at {}:{}", visible(&seen.file, LONGEST), seen.line)
}

fn excerpt(seen: &Seen) -> String {
    format!("\n     {}", visible(&seen.excerpt.replace('\t', " "), LONGEST))
}

/// An entry for a code that the book does not know, for a person to complete.
fn stub(shelf: &Shelf<'_>, domain: usize, code: &str, seen: &Seen) -> String {
    let domain = &shelf.book.domains[domain];
    let mut sources = Sources::default();
    let span = Span::new(sources.add("log", String::new()), 0, 0);
    let loc = |text: String| Loc::new(text, span);
    let said = seen.message.clone().unwrap_or_else(|| format!("Code {code}."));
    let texts = |text: &str| SpecTexts {
        span: None,
        texts: shelf
            .book
            .locales
            .iter()
            .map(|locale| (loc(locale.tag().to_owned()), loc(text.to_owned())))
            .collect(),
    };
    let word: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let meaning = SpecMeaning {
        span,
        name: loc(format!("code_{}", word.to_ascii_lowercase())),
        kind: loc(Kind::Unknown.id().to_owned()),
        condition: None,
        message: texts(&said),
        solution: SpecTexts::default(),
        erratum_message: SpecTexts::default(),
        erratum_solution: SpecTexts::default(),
    };
    let times = times(seen.count);
    let error = SpecError {
        span,
        code: loc(code.to_owned()),
        code_is_plain: domain.code_type != CodeType::String,
        meaning,
        retryable: false,
        retryable_span: None,
        http_status: None,
        variants: Vec::new(),
        former_names: Vec::new(),
        deprecated: None,
        allow: Vec::new(),
        note: Some(loc(format!(
            "Seen in a log, {times}; not in the document. Name, kind and texts are to be reviewed."
        ))),
    };
    let mut out = String::new();
    write::error(&mut out, &error);
    out
}

/// The report for other programs.
pub fn json(shelf: &Shelf<'_>, report: &Report) -> String {
    let of_seen = |seen: &Seen| json!({"count": seen.count, "file": seen.file, "line": seen.line, "excerpt": seen.excerpt});
    let (known, success) = report.known_by_count(shelf);
    let mut room = MOST_TOLD;
    let mut left_off = 0;
    let mut told = |value: &dyn Fn() -> Value| {
        if room == 0 {
            left_off += 1;
            return None;
        }
        let value = value();
        room = room.saturating_sub(value.to_string().len());
        Some(value)
    };
    let known: Vec<_> = known
        .into_iter()
        .filter_map(|((code, domains), seen)| {
            told(&|| {
                let meanings = domains.iter().filter_map(|index| {
                let domain = &shelf.book.domains[*index];
                match subject(domain, code)? {
                    Subject::Code(domain, error) => Some(Value::Object(code_json(shelf, domain, error))),
                    Subject::Retired(domain, retired) => {
                        let reference = retired.code.as_ref().map(|code| reference(domain, code));
                        Some(
                            json!({"type": "retired", "reference": reference, "name": retired.name.as_str()}),
                        )
                    }
                    Subject::Condition(_) | Subject::Kind(_) => None,
                }
            });
                json!({"code": code, "seen": of_seen(seen), "meanings": meanings.collect::<Vec<_>>()})
            })
        })
        .collect();
    let unknown: Vec<_> = report
        .unknown
        .iter()
        .filter_map(|((domains, code), seen)| told(&|| {
            let ids: Vec<_> = domains.iter().map(|index| shelf.book.domains[*index].id.as_str()).collect();
            let stub = domains.first().map(|first| stub(shelf, *first, code, seen));
            json!({"code": code, "like": ids, "seen": of_seen(seen), "message": seen.message, "stub": stub})
        }))
        .collect();
    let object = json!({
        "errbook": 1,
        "book": {"title": shelf.book.title, "version": shelf.book.version},
        "lines": report.lines,
        "success": success,
        "known": known,
        "unknown": unknown,
        "beyond": report.beyond,
        "left_off": left_off,
    });
    visible_json(format!("{object}\n"))
}
