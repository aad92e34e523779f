//! Diagnostics as SARIF 2.1.0, which code hosts show beside the code and keep over time.
//!
//! In: diagnostics, the sources they point into, and what the rules mean; at the end, how the command ended. Out: one JSON
//! document. A run without findings is one with no results, and one that failed says so and why: a file that is empty or
//! that looks like a clean run would be the worst answer to a service that closes what it does not find again.
//! Columns count Unicode code points. A result's fingerprint is made of its rule, its file and the text of its line, so that it stays the same when lines above it come or go.

use super::lines::Lines;
use super::{COULD_NOT_RUN, Diagnostic, Failure, Sources, Span, help_words, json, words};
use crate::characters::visible_json;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a rule means: what it finds, why that hurts, and how to mend it.
pub type Meaning = [&'static str; 3];

/// The findings of one run, each as it stands in the document: as values, those of a great book would take ten times the
/// room.
#[derive(Debug, Default)]
pub struct Run {
    tool: Value,
    results: Vec<String>,
}

/// Writes the findings of a command that could run as one document.
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    meaning: impl Fn(&str) -> Option<Meaning>,
) -> String {
    let code = i32::from(super::any_error(diagnostics));
    log(vec![run(diagnostics, sources, meaning)], code, None)
}

/// One document of the runs of a command, which ended with the exit code `code`; where it could not run, `failure` says why.
pub fn log(mut runs: Vec<Run>, code: i32, failure: Option<Failure<'_>>) -> String {
    if runs.is_empty() {
        runs.push(run(&[], &Sources::default(), |_| None));
    }
    let mut out =
        String::from("{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"runs\": [");
    let count = runs.len();
    for (index, run) in runs.into_iter().enumerate() {
        let mut invocation = json!({"executionSuccessful": code != 2, "exitCode": code});
        if let Some(Failure { message, help }) = failure.filter(|_| index + 1 == count) {
            let help = help.map(|help| format!("\n\n{}", help_words(help)));
            invocation["toolExecutionNotifications"] = json!([{
                "descriptor": {"id": COULD_NOT_RUN},
                "level": "error",
                "message": {"text": format!("{}{}", words(message), help.unwrap_or_default())},
            }]);
        }
        out.push_str(if index == 0 { "\n    {" } else { ",\n    {" });
        out.push_str("\n      \"columnKind\": \"unicodeCodePoints\",\n      \"invocations\": ");
        out.push_str(&indented(&json!([invocation]), 6));
        out.push_str(",\n      \"results\": [");
        let ends = if run.results.is_empty() { "" } else { "\n      " };
        for (index, result) in run.results.into_iter().enumerate() {
            out.push_str(if index == 0 { "\n        " } else { ",\n        " });
            out.push_str(&result);
        }
        out.push_str(ends);
        out.push_str("],\n      \"tool\": ");
        out.push_str(&indented(&run.tool, 6));
        out.push_str("\n    }");
    }
    out.push_str("\n  ],\n  \"version\": \"2.1.0\"\n}\n");
    out
}

/// A value on several lines, for a place that is indented so far.
fn indented(value: &Value, indent: usize) -> String {
    // Within a text of JSON no line ends.
    visible_json(format!("{value:#}")).replace('\n', &format!("\n{:indent$}", ""))
}

/// The findings as one run of a document.
pub fn run(diagnostics: &[Diagnostic], sources: &Sources, meaning: impl Fn(&str) -> Option<Meaning>) -> Run {
    let mut lines = Lines::new(sources);
    let mut index_of: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        index_of.insert(diagnostic.id, 0);
    }
    let mut rules = Vec::new();
    for (index, (id, place)) in index_of.iter_mut().enumerate() {
        *place = index;
        let mut rule = json!({"id": id});
        if let Some([finds, why, fix]) = meaning(id) {
            rule["shortDescription"] = json!({"text": finds});
            rule["fullDescription"] = json!({"text": format!("{finds} {why}")});
            rule["help"] = json!({"text": fix});
        }
        rules.push(rule);
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let results: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| {
            let mut text = words(&diagnostic.message).into_owned();
            if let Some(help) = &diagnostic.help {
                text.push_str("\n\n");
                text.push_str(&help_words(help));
            }
            let mut result = json!({
                "ruleId": diagnostic.id,
                "ruleIndex": index_of.get(diagnostic.id),
                "level": json::level(diagnostic.level),
                "message": {"text": text},
            });
            let mut places = diagnostic.labels.iter();
            if let Some(first) = places.next() {
                result["locations"] = json!([location(first.span, &first.text, None, sources, &mut lines)]);
                let print = fingerprint(diagnostic.id, first.span, sources, &mut lines);
                let count = seen.entry(print.clone()).or_default();
                *count += 1;
                result["partialFingerprints"] = json!({"errbook/v1": format!("{print}:{count}")});
            }
            if let Some(print) = &diagnostic.fingerprint {
                result["fingerprints"] = json!({"errbookChange/v1": print});
            }
            let related: Vec<_> = places
                .enumerate()
                .map(|(index, label)| location(label.span, &label.text, Some(index), sources, &mut lines))
                .collect();
            if !related.is_empty() {
                result["relatedLocations"] = related.into();
            }
            if let Some(fix) = diagnostic.change(sources) {
                let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
                for edit in &fix.edits {
                    let edit = edit.fitted(&sources.get(edit.span.source).text);
                    let replacement = json!({
                        "deletedRegion": region(edit.span, &mut lines),
                        "insertedContent": {"text": edit.text},
                    });
                    changes.entry(uri(edit.span, sources)).or_default().push(replacement);
                }
                let changes: Vec<_> = changes
                    .into_iter()
                    .map(|(uri, replacements)| json!({"artifactLocation": {"uri": uri}, "replacements": replacements}))
                    .collect();
                result["fixes"] = json!([{"artifactChanges": changes}]);
            }
            indented(&result, 8)
        })
        .collect();
    let driver = json!({"name": "errbook", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules});
    Run { tool: json!({"driver": driver}), results }
}

fn location(span: Span, text: &str, id: Option<usize>, sources: &Sources, lines: &mut Lines<'_>) -> Value {
    let mut location = json!({
        "physicalLocation": {"artifactLocation": {"uri": uri(span, sources)}, "region": region(span, lines)},
    });
    if let Some(id) = id {
        location["id"] = id.into();
    }
    if !text.is_empty() {
        location["message"] = json!({"text": words(text)});
    }
    location
}

fn region(span: Span, lines: &mut Lines<'_>) -> Value {
    let (line, column) = lines.position(span.source, span.range().start);
    let (end_line, end_column) = lines.position(span.source, span.range().end);
    json!({"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column})
}

/// The file's path as a URI reference: what RFC 3986 does not allow in a path is written in percents.
fn uri(span: Span, sources: &Sources) -> String {
    let path = sources.get(span.source).path.to_string_lossy().replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let mut out = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// How many bytes of a line make a finding known again when it has moved.
const LONGEST_LINE: usize = 4 << 10;

fn fingerprint(id: &str, span: Span, sources: &Sources, lines: &mut Lines<'_>) -> String {
    let (window, _) = lines.around(span.source, std::iter::once(Span { end: span.start, ..span }));
    let text = &sources.get(span.source).text;
    let line = text.get(window.clone()).unwrap_or_default();
    // A long line may be the whole book; then what stands at the place is as good.
    let line = if line.len() <= LONGEST_LINE {
        line
    } else {
        let start = span.range().start;
        let mut ends = (start..=window.end.min(start + LONGEST_LINE)).rev();
        ends.find_map(|end| text.get(start..end)).unwrap_or_default()
    };
    let line = line.trim();
    let digest = Sha256::digest(format!("{id}\n{}\n{line}", uri(span, sources)));
    digest.iter().take(8).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
