//! Characters that nobody sees.

use super::{Context, Finding, Findings, Lint, LintLevel, Subject, texts};
use crate::characters::{hidden, hidden_as_it_is, is_blank, is_hidden, joins};
use crate::diagnostics::{Diagnostic, MOST_FAULTS, SourceId, Sources, Span};
use crate::model::WireCode;
use crate::rules::Explanation;
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::path::Path;

pub(super) static LINT: Lint = Lint {
    id: "invisible_character",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A character in a text or a code, or as it is anywhere else in a file of the book, that has no shape of its own: a control, a zero-width or a bidirectional mark, a no-break space, a soft hyphen, a private code point, or one that is no character. The joiners and selectors inside emoji, and the joiners of scripts that need them, are no such.",
        why: "It makes a text unequal to the same text, breaks searching, and a bidirectional mark can show a review something else than what is there; in a comment as well, which only reviewers read.",
        bad: "en: \"Incorrect\\u200B password.\"",
        good: "en: Incorrect password.",
        fix: "Remove it; `errbook lint --fix` does where it has no width or is a blank. If it stands in the vendor's document, write the text without it and keep the vendor's in `erratum`, as `\\u200B` in double quotes.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context) {
        let Some((_, ch)) = hidden(text.value).next() else { continue };
        let message = format!("the text holds the invisible character U+{:04X}", u32::from(ch));
        let diagnostic = Diagnostic::warning(LINT.id, text.span, message);
        findings.push(match seen(text.value).filter(|_| text.is_ours) {
            Some(seen) => text.rewritten(diagnostic, &seen),
            None => text.finding(diagnostic.help("remove it, or write what should be seen")),
        });
    }
    codes(context, findings);
    beside_texts(context, findings);
}

/// Codes that hold what nobody sees, written as an escape: whoever reads the code elsewhere takes it for another. Blanks are
/// told by a lint of their own, and what stands in the file as it is below.
fn codes<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for domain in &context.book.domains {
        for error in &domain.errors {
            let WireCode::Text(code) = &error.code else { continue };
            let Some((_, ch)) = hidden_as_it_is(code).next() else { continue };
            if hidden_as_it_is(context.sources.slice(error.code_span)).next().is_some() {
                continue;
            }
            let message = format!("the code holds the invisible character U+{:04X}", u32::from(ch));
            let help =
                "look into the document whether it is a part of the code; if it is, `allow` it and say so";
            let diagnostic = Diagnostic::warning(LINT.id, error.code_span, message).help(help);
            findings.push(Finding::entry(domain, error, diagnostic));
        }
    }
}

/// What stands in a file of the book as it is, and in none of the texts above: in a comment, a title, a note, a code. The
/// first of a line speaks for all of it.
fn beside_texts<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let texts = LazyCell::new(|| texts::all(context).map(|text| text.span).collect::<BTreeSet<_>>());
    let is_in_text = |place: Span| {
        let before = texts.range(..=Span { end: u32::MAX, ..place }).next_back();
        before.is_some_and(|text| text.source == place.source && place.start < text.end)
    };
    let is_yaml = |path: &Path| path.extension().is_some_and(|extension| extension == "yaml");
    let of_book = context.sources.ids().filter(|id| is_yaml(&context.sources.get(*id).path));
    let places = of_book.flat_map(|id| places(context.sources, id)).filter(|(place, _)| !is_in_text(*place));
    // Nobody reads more of them than of faults, and every line of a file may have one.
    for (place, ch) in places.take(MOST_FAULTS) {
        let point = u32::from(ch);
        let escape = if point > 0xFFFF { format!("\\U{point:08X}") } else { format!("\\u{point:04X}") };
        let (what, help) = if is_in_comment(context.sources, place) {
            ("a comment holds", "remove it".to_owned())
        } else {
            ("here stands", format!("remove it; if it is meant, write `{escape}` in double quotes"))
        };
        let message = format!("{what} the invisible character U+{point:04X}");
        let diagnostic = Diagnostic::warning(LINT.id, place, message).help(help);
        findings.push(Finding { subject: Subject::Book, diagnostic });
    }
}

/// The invisible characters that stand in a source as they are, the first of each line.
fn places(sources: &Sources, id: SourceId) -> impl Iterator<Item = (Span, char)> + '_ {
    let text = &sources.get(id).text;
    let mut end_of_line = 0;
    hidden_as_it_is(text).filter_map(move |(at, ch)| {
        if at < end_of_line {
            return None;
        }
        end_of_line = text[at..].find('\n').map_or(text.len(), |end| at + end);
        Some((Span::new(id, at, at + ch.len_utf8()), ch))
    })
}

/// Whether a `#` begins a comment before the place, as far as a glance at the line tells.
fn is_in_comment(sources: &Sources, place: Span) -> bool {
    let before = &sources.get(place.source).text[..place.range().start];
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with('#') || line.contains(" #")
}

/// A text as it is seen: without what has no width, and with plain blanks. `None` if it holds something else, whose
/// meaning only its author knows, such as a line separator or a letter of a font of their own.
fn seen(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(ch) = chars.next() {
        match ch {
            ch if is_blank(ch) && ch != '\t' => out.push(' '),
            _ if !is_hidden(ch) || ch == '\n' || joins(before, ch, chars.peek().copied()) => out.push(ch),
            _ if has_no_width(ch) => {}
            _ => return None,
        }
        before = Some(ch);
    }
    (!out.trim().is_empty()).then_some(out)
}

/// Whether a character takes no room and says nothing by itself: the soft hyphen, joiners, selectors, and marks of direction.
fn has_no_width(ch: char) -> bool {
    matches!(ch, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(ch, '\u{2060}'..='\u{2069}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}')
}
