//! Comments that were meant to be part of a text, and lines of a text that were meant to be comments.
//!
//! In: the texts of the book, and its files. Titles, notes and reasons are in no model with their places, so a file is read once
//! more for them, if a `#` stands in it that may cut one off; that is in few.

use super::{Context, Finding, Findings, Lint, LintLevel, Subject, texts};
use crate::diagnostics::{Diagnostic, MOST_FAULTS, SourceId, Sources, Span};
use crate::rules::Explanation;
use crate::spec::yaml::{self, Node, NodeKind};

pub(super) static LINT: Lint = Lint {
    id: "comment_in_text",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A text without quotes, also a title, a note or a reason, that a `#` right before a word cuts off: ` #5 has expired`. A comment with a blank behind its `#` is one, unless it stands in a text of several lines below a `|` or `>`.",
        why: "For YAML a comment begins at ` #`, so that users read half a sentence; and in a block none does, so that they read what was meant for maintainers. Nothing looks wrong in a review.",
        bad: "en: Error #5 has occurred.",
        good: "en: \"Error #5 has occurred.\"",
        fix: "Put the text in quotes. If it is a comment, write a blank behind the `#`, and take it out of a block.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    findings.extend(texts::all(context).filter_map(|text| {
        let place = text.cut_off(context.sources)?;
        Some(text.finding(cut_off(place, text.span)))
    }));
    findings.extend(texts::all(context).filter(|text| text.is_ours).filter_map(|text| {
        let place = line_of_block(context.sources, text.span, text.value)?;
        let message = "for YAML this is a line of the text, and no comment";
        let diagnostic = Diagnostic::warning(LINT.id, place, message);
        Some(text.finding(
            diagnostic.help("write a comment above the key; if it belongs to the text, begin it otherwise"),
        ))
    }));
    for id in context.sources.ids().filter(|id| may_cut_off(context.sources, *id)) {
        let Ok(root) = yaml::parse(context.sources, id) else { continue };
        let mut found = Vec::new();
        beside_texts(&context.sources.get(id).text, &root, false, &mut found);
        let told = found.into_iter().take(MOST_FAULTS);
        findings.extend(told.map(|diagnostic| Finding { subject: Subject::Book, diagnostic }));
    }
}

fn cut_off(comment: Span, text: Span) -> Diagnostic {
    Diagnostic::warning(LINT.id, comment, "for YAML this is a comment, and no part of the text")
        .label(text, "the text ends here")
        .help("put the text in quotes, or write a blank behind the `#`")
}

/// The first line of a text that reads like a comment, if the text is a block, which begins with a line of its own.
fn line_of_block(sources: &Sources, span: Span, value: &str) -> Option<Span> {
    if !value.contains("# ") {
        return None;
    }
    let source = &sources.get(span.source).text;
    let written = source.get(span.range())?;
    let is_block = source[..span.range().start].trim_end_matches(' ').ends_with('\n');
    let mut at = span.range().start;
    for line in written.split_inclusive('\n').filter(|_| is_block) {
        let words = line.trim_start();
        if words.starts_with("# ") {
            let start = at + line.len() - words.len();
            return Some(Span::new(span.source, start, start + words.trim_end().len()));
        }
        at += line.len();
    }
    None
}

/// Whether a file of the book has a `#` behind a blank that is no comment by its looks.
fn may_cut_off(sources: &Sources, id: SourceId) -> bool {
    let source = sources.get(id);
    let is_yaml = source.path.extension().is_some_and(|extension| extension == "yaml");
    let text = source.text.as_str();
    is_yaml
        && text.match_indices('#').any(|(at, _)| {
            text[..at].ends_with([' ', '\t']) && !text[at + 1..].starts_with([' ', '\n', '\r'])
        })
}

/// The keys of words that are in no locale, wherever they stand.
const KEYS: [&str; 7] = ["title", "note", "reason", "revision", "heading", "raw", "who"];

/// Tells of what is cut off among the words of a file that apps do not show; `is_reasons` says that all values below are such.
fn beside_texts(source: &str, node: &Node, is_reasons: bool, found: &mut Vec<Diagnostic>) {
    match &node.kind {
        NodeKind::Sequence(items) => items.iter().for_each(|item| beside_texts(source, item, false, found)),
        NodeKind::Mapping(entries) => {
            for (key, value) in entries {
                match &value.kind {
                    NodeKind::Scalar(scalar) if is_reasons || KEYS.contains(&key.value.as_str()) => {
                        let comment = texts::cut_off(source, value.span, &scalar.text);
                        found.extend(comment.map(|comment| cut_off(comment, value.span)));
                    }
                    _ => beside_texts(source, value, key.value == "allow", found),
                }
            }
        }
        NodeKind::Scalar(_) => {}
    }
}
