//! Another text in the YAML, and no other byte.
//!
//! In: the places of a text in all locales, and new texts. Out: the pieces of the file that change. A text keeps the style of
//! its mapping (lines or braces), comments stay, a locale or a solution that was not there is added where `errbook fmt` has
//! it. Where the way it is written leaves doubt, nothing comes out.
//!
//! Deliberately elsewhere: whether the result reads back as it should (`Import::reads_back`).

use super::Slot;
use crate::diagnostics::{SourceId, Sources, Span};
use crate::spec::read::SpecTexts;
use crate::spec::write;
use std::ops::Range;

/// A piece of a file and what stands there instead.
pub(super) struct Edit {
    range: Range<usize>,
    text: String,
}

/// How texts come into the YAML; `None` if the place is written in a way that leaves doubt.
pub(super) fn edit(
    sources: &Sources,
    slot: &Slot<'_>,
    texts: &[(&str, &str)],
) -> Option<(SourceId, Vec<Edit>)> {
    let span = slot.texts.span.or_else(|| slot.before?.span)?;
    let text = sources.get(span.source).text.as_str();
    let mut edits = Vec::new();
    let mut new = Vec::new();
    for (locale, value) in texts {
        match slot.texts.texts.iter().find(|(tag, _)| tag.value == *locale) {
            Some((tag, old)) => edits.push(replace(text, tag.span, old.span, is_flow(text, span), value)?),
            None => new.push((*locale, *value)),
        }
    }
    if !new.is_empty() {
        edits.push(if slot.texts.span.is_some() {
            extend(text, slot.texts, span, &new)?
        } else {
            insert(text, slot.before?, &new)?
        });
    }
    Some((span.source, edits))
}

/// Whether the mapping that starts here is written in braces.
fn is_flow(text: &str, mapping: Span) -> bool {
    text[mapping.range()].starts_with('{')
}

/// Another text for a key: everything behind its colon, quotes and the sign of a block included.
fn replace(text: &str, key: Span, old: Span, is_flow: bool, new: &str) -> Option<Edit> {
    let behind_key = key.end as usize;
    // A quoted key ends with its quote, which the span includes.
    let colon = behind_key + text.get(behind_key..)?.find(':')?;
    let end = value_end(text, old);
    let head = text.get(colon + 1..old.start as usize)?;
    // A comment between the key and its text would be lost.
    if head.contains('#') || !text[behind_key..colon].trim().is_empty() {
        return None;
    }
    // In braces, the line of a text may be the whole book.
    let is_alone = || text[end..].lines().next().unwrap_or_default().trim().is_empty();
    let indent = if is_flow || !is_alone() { None } else { indent_of(text, key.start as usize) };
    let value = match indent {
        Some(indent) => written(indent, new),
        None => format!(" {}", write::anywhere(new)),
    };
    Some(Edit { range: colon + 1..end, text: value })
}

/// What stands behind `key:` for a text in a block mapping whose keys are indented so far.
fn written(indent: usize, text: &str) -> String {
    let mut out = String::new();
    write::text(&mut out, indent, "k", text);
    out.trim_start().trim_start_matches("k:").trim_end_matches('\n').to_owned()
}

/// How far the line of `at` is indented, if nothing but blanks stands before it.
fn indent_of(text: &str, at: usize) -> Option<usize> {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    text[start..at].bytes().all(|byte| byte == b' ').then_some(at - start)
}

/// Where a value ends: the parser counts the line ends behind a block to it.
fn value_end(text: &str, value: Span) -> usize {
    value.start as usize + text[value.range()].trim_end().len()
}

/// Further locales behind the last one of a mapping.
fn extend(text: &str, texts: &SpecTexts, mapping: Span, new: &[(&str, &str)]) -> Option<Edit> {
    let (tag, last) = texts.texts.last()?;
    let end = value_end(text, last.span);
    if is_flow(text, mapping) {
        let more = format!(", {}", in_braces(new));
        return Some(Edit { range: end..end, text: more });
    }
    let mut more = String::new();
    for (locale, value) in new {
        write::text(&mut more, indent_of(text, tag.span.start as usize)?, locale, value);
    }
    Some(line_behind(text, end, &more))
}

/// A solution behind the message that it belongs to.
fn insert(text: &str, message: &SpecTexts, new: &[(&str, &str)]) -> Option<Edit> {
    let mapping = message.span?;
    let before = text[..mapping.start as usize].trim_end();
    let key = before.strip_suffix(':')?.strip_suffix("message")?.len();
    let Some(indent) = indent_of(text, key) else {
        // The entry itself stands in braces.
        let end = behind_braces(text, message)?;
        let more = format!(", solution: {{{}}}", in_braces(new));
        return is_flow(text, mapping).then_some(Edit { range: end..end, text: more });
    };
    let end = if is_flow(text, mapping) {
        behind_braces(text, message)?
    } else {
        value_end(text, message.texts.last()?.1.span)
    };
    let mut more = format!("{:indent$}solution:\n", "");
    for (locale, value) in new {
        write::text(&mut more, indent + 2, locale, value);
    }
    Some(line_behind(text, end, &more))
}

/// Locales and texts as they stand within braces.
fn in_braces(texts: &[(&str, &str)]) -> String {
    let entry = |(locale, text): &(&str, &str)| format!("{locale}: {}", write::anywhere(text));
    texts.iter().map(entry).collect::<Vec<_>>().join(", ")
}

/// Where a mapping in braces ends, of which the parser tells where its last value does.
fn behind_braces(text: &str, texts: &SpecTexts) -> Option<usize> {
    let end = value_end(text, texts.texts.last()?.1.span);
    let rest = text[end..].trim_start_matches([' ', '\n', ',']);
    rest.starts_with('}').then(|| text.len() - rest.len() + 1)
}

/// Lines behind the one that `at` stands in.
fn line_behind(text: &str, at: usize, lines: &str) -> Edit {
    match text[at..].find('\n') {
        Some(length) => Edit { range: at + length + 1..at + length + 1, text: lines.to_owned() },
        None => Edit { range: text.len()..text.len(), text: format!("\n{}", lines.trim_end_matches('\n')) },
    }
}

/// The text with the pieces replaced, which do not overlap.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        out.push_str(text.get(done..edit.range.start).unwrap_or_default());
        out.push_str(&edit.text);
        done = edit.range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}
