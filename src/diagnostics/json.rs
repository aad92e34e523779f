//! Diagnostics for other programs: one JSON object a line.
//!
//! In: diagnostics and the sources they point into. Out: lines of JSON whose shape `SCHEMA` describes; it is stable, and members may be added.
//! Lines and columns count from 1, columns in Unicode code points. `offset` counts the bytes of the text as errbook reads it:
//! without byte order mark, and with LF line ends.

use super::lines::Lines;
use super::{Applicability, COULD_NOT_RUN, Diagnostic, Failure, Level, Sources, Span, help_words, words};
use crate::characters::visible_json;
use serde::Serialize;
use std::borrow::Cow;

/// The JSON Schema (draft-07) of one line.
pub const SCHEMA: &str = include_str!("diagnostic.schema.json");

/// A diagnostic as other programs see it.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    level: &'static str,
    message: Cow<'a, str>,
    labels: Vec<Place<'a>>,
    help: Option<String>,
    fix: Option<Change<'a>>,
}

/// A range of a file, and what is to be said about it.
#[derive(Serialize)]
struct Place<'a> {
    path: String,
    start: Position,
    end: Position,
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Change<'a> {
    applicability: &'static str,
    edits: Vec<Place<'a>>,
}

/// Writes each finding as a line.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = Lines::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let labels =
            diagnostic.labels.iter().map(|label| place(label.span, words(&label.text), sources, &mut lines));
        let line = Line {
            id: diagnostic.id,
            level: level(diagnostic.level),
            message: words(&diagnostic.message),
            labels: labels.collect(),
            help: diagnostic.help.as_deref().map(help_words),
            fix: diagnostic.change(sources).map(|fix| Change {
                applicability: match fix.applicability {
                    Applicability::MachineApplicable => "machine_applicable",
                    Applicability::MaybeIncorrect => "maybe_incorrect",
                },
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| {
                        let edit = edit.fitted(&sources.get(edit.span.source).text).into_owned();
                        place(edit.span, edit.text.into(), sources, &mut lines)
                    })
                    .collect(),
            }),
        };
        out.push_str(&text(&line));
    }
    out
}

/// Says in a line of its own why a command could not run. It has no place.
pub fn failure(failure: Failure<'_>) -> String {
    text(&Line {
        id: COULD_NOT_RUN,
        level: level(Level::Error),
        message: words(failure.message),
        labels: Vec::new(),
        help: failure.help.map(help_words),
        fix: None,
    })
}

/// One line. These types hold texts and numbers only, which always have a JSON form.
fn text(line: &Line<'_>) -> String {
    let mut text = visible_json(serde_json::to_string(line).unwrap_or_default());
    text.push('\n');
    text
}

/// The name of a level.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn place<'a>(span: Span, text: Cow<'a, str>, sources: &Sources, lines: &mut Lines<'_>) -> Place<'a> {
    let mut position = |offset| {
        let (line, column) = lines.position(span.source, offset);
        Position { line, column, offset }
    };
    let range = span.range();
    Place {
        path: sources.get(span.source).path.to_string_lossy().into_owned(),
        start: position(range.start),
        end: position(range.end),
        text,
    }
}
