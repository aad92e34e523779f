//! A report for other programs: one JSON document.
//!
//! In: a report and the sources that its places point into. Out: a document whose shape `SCHEMA` describes; it is stable,
//! and members may be added. Changes of copy are in it as well, with the weight `hidden`.

use super::impact::{Consumer, LANGUAGES};
use super::{Change, FailOn, Item, Report, Side, Weight};
use crate::characters::visible_json;
use crate::diagnostics::lines::Lines;
use crate::diagnostics::{self, Sources, Span};
use serde_json::{Value, json};

/// The JSON Schema (draft-07) of the document.
pub const SCHEMA: &str = include_str!("diff.schema.json");

/// The report as a document.
pub fn render(report: &Report, sources: &Sources, limit: FailOn) -> String {
    let mut lines = Lines::new(sources);
    let mut place = |span: Option<Span>| {
        span.map(|span| {
            let (line, column) = lines.position(span.source, span.range().start);
            json!({"path": sources.get(span.source).path.to_string_lossy(), "line": line, "column": column})
        })
    };
    let changes: Vec<_> = report.items.iter().map(|item| change(item, &mut place)).collect();
    let findings: Vec<Value> = diagnostics::json::render(&report.findings, sources)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let mut document = json!({
        "errbook_diff": 1,
        "base": side(&report.base),
        "head": side(&report.head),
        "fails": report.fails(limit),
        "counts": {
            "breaking": report.count(Weight::Breaking),
            "behaviour": report.count(Weight::Behaviour),
            "note": report.count(Weight::Note),
            "hidden": report.count(Weight::Hidden),
            "not_waived": report.count_not_waived(),
        },
        "required_bump": report.required.id(),
        "required_version": report.required_version.map(|version| version.to_string()),
        "changes": changes,
        "findings": findings,
    });
    if report.untold.count() > 0 {
        document["counts"]["untold"] = report.untold.count().into();
    }
    visible_json(format!("{document:#}\n"))
}

fn side(side: &Side) -> Value {
    json!({"label": side.label, "version": side.version, "faults": side.faults})
}

fn change(item: &Item, place: &mut impl FnMut(Option<Span>) -> Option<Value>) -> Value {
    let Item { change, impact, fingerprint, waiver } = item;
    let Change { subject, what, old, new, .. } = change;
    let values = what.values();
    let effect = |consumer| impact.on(consumer, subject).id();
    let source: serde_json::Map<_, _> = LANGUAGES
        .iter()
        .map(|(language, _)| ((*language).to_owned(), effect(Consumer::Source(language)).into()))
        .collect();
    json!({
        "id": what.id(),
        "fingerprint": fingerprint,
        "subject": subject.reference(),
        "domain": subject.domain(),
        "name": match subject {
            super::Subject::Entry { name, .. } | super::Subject::Condition(name) => Some(name),
            _ => None,
        },
        "weight": impact.weight.id(),
        "bump": impact.bump.id(),
        "field": Some(values.field).filter(|field| !field.is_empty()),
        "old": values.old,
        "new": values.new,
        "old_place": place(*old),
        "new_place": place(*new),
        "impact": {
            "source": source,
            "stored": effect(Consumer::Stored),
            "behaviour": effect(Consumer::Behaviour),
            "readers": effect(Consumer::Readers),
        },
        "consequence": impact.consequence,
        "waiver": waiver.as_ref().map(|waiver| json!({
            "reason": waiver.reason,
            "who": waiver.who,
            "expires": waiver.expires.value.to_string(),
        })),
    })
}
