//! Draws diagnostics for a terminal, in the manner of rustc.
//!
//! In: diagnostics and the sources they point into. Out: one string. Nothing is printed here.
//!
//! A picture costs as much as the lines from its first label to its last. Together they have a budget, so that
//! a hundred thousand findings, or findings on lines of a megabyte, are told in the time it takes to read them:
//! those beyond it come with their place and without a picture. What a terminal would obey or not show (controls,
//! bidirectional marks, zero-width characters) stands as `<U+202E>`, in the sources as in the messages.

use super::lines::Lines;
use super::{Diagnostic, Edit, Level, Sources, Span, help_words, words};
use crate::characters::{is_hidden, push_visible};
use annotate_snippets::{
    AnnotationKind, Group, Level as Drawn, Origin, Patch, Renderer, Snippet, renderer::DecorStyle,
};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use unicode_width::UnicodeWidthChar as _;

/// How many columns of a line are marked, which is as wide as a line of a book, unless its letters are all as wide as those of
/// English: only of those does the library leave out the middle of a mark that is longer.
const MOST_MARKED: usize = 120;
/// The longest line, in bytes, of a mark that goes over several.
const LONGEST_LINE: usize = 1_000;
/// How many bytes of sources all pictures of a run show.
const PICTURE_BUDGET: usize = 8 << 20;
/// The longest piece of a source that is shown with its fix, in bytes. It is drawn whole, before and after.
const LONGEST_PATCH: usize = 2_000;

/// Whether the drawing uses colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// Terminal colours.
    Always,
}

/// Draws the findings one below the other, each followed by an empty line.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    let mut lines = Lines::new(sources);
    let mut budget = PICTURE_BUDGET;
    for diagnostic in diagnostics {
        let level = match diagnostic.level {
            Level::Error => Drawn::ERROR,
            Level::Warning => Drawn::WARNING,
            Level::Note => Drawn::NOTE,
        };
        let title = level.primary_title(words(&diagnostic.message)).id(diagnostic.id);
        let mut group = Group::with_title(title);
        // Labels of one file share one picture; the order of the files is that of their first label.
        let mut drawn = Vec::new();
        for label in &diagnostic.labels {
            if drawn.contains(&label.span.source) {
                continue;
            }
            drawn.push(label.span.source);
            let source = sources.get(label.span.source);
            let path = words(&source.path.to_string_lossy()).into_owned();
            let of_source = |span: &Span| span.source == label.span.source;
            let spans = diagnostic.labels.iter().map(|label| label.span).filter(of_source);
            let (window, first) = lines.around(label.span.source, spans);
            if window.len() > budget {
                let (line, column) = lines.place(label.span);
                let mut origin = Origin::path(path).line(line);
                if let Some(column) = column {
                    origin = origin.char_column(column);
                }
                group = group.element(origin);
                continue;
            }
            // Even an empty line costs something.
            budget = budget.saturating_sub(window.len() + 100);
            let text = Shown::new(source.text.get(window.clone()).unwrap_or_default());
            let mut snippet = Snippet::source(text.text.clone()).line_start(first).path(path);
            for (index, other) in diagnostic.labels.iter().enumerate() {
                if of_source(&other.span) {
                    let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    let range = other.span.range();
                    let from = text.at(range.start - window.start);
                    let range = text.first_of(from..text.at(range.end.max(range.start) - window.start));
                    snippet = snippet.annotation(kind.span(range).label(words(&other.text)));
                }
            }
            group = group.element(snippet);
        }
        let patched = diagnostic.change(sources).and_then(|fix| patched(&fix.edits, &mut lines, &mut budget));
        let groups = match (&diagnostic.help, patched) {
            (Some(help), Some(snippet)) => {
                vec![group, Drawn::HELP.secondary_title(help_words(help)).element(snippet)]
            }
            (Some(help), None) => vec![group.element(Drawn::HELP.message(help_words(help)))],
            (None, Some(snippet)) => vec![group, Drawn::HELP.secondary_title("write this").element(snippet)],
            (None, None) => vec![group],
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}\n", renderer.render(&groups));
    }
    out
}

/// The lines of a source as they would be with some edits; `None` if they are in several sources, or if there is no
/// room left for the picture.
fn patched<'a>(edits: &[Edit], lines: &mut Lines<'a>, budget: &mut usize) -> Option<Snippet<'a, Patch<'a>>> {
    let source = edits.first()?.span.source;
    if edits.iter().any(|edit| edit.span.source != source) {
        return None;
    }
    let text = &lines.sources().get(source).text;
    let edits: Vec<_> = edits.iter().map(|edit| edit.fitted(text)).collect();
    let is_plain = |edit: &Edit| {
        // A key that goes away is longer than what the edit shows, and so is a block.
        !edit.text.is_empty() && text.get(edit.span.range()).is_some_and(|old| !old.contains('\n'))
    };
    if !edits.iter().all(|edit| is_plain(edit)) {
        return None;
    }
    let (window, first) = lines.around(source, edits.iter().map(|edit| edit.span));
    let cost = window.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>() + 100;
    if window.len() > LONGEST_PATCH || cost > *budget {
        return None;
    }
    *budget -= cost;
    let text = Shown::new(lines.sources().get(source).text.get(window.clone())?);
    let patches: Vec<_> = edits
        .iter()
        .map(|edit| {
            let range = edit.span.range();
            let range = text.at(range.start - window.start)..text.at(range.end - window.start);
            Patch::new(range, Shown::new(&edit.text).text.into_owned())
        })
        .collect();
    Some(Snippet::source(text.text).line_start(first).patches(patches))
}

/// A piece of a source as people may see it.
struct Shown<'a> {
    text: Cow<'a, str>,
    /// Where a hidden character stood, and how many bytes longer the text is behind it.
    longer: Vec<(usize, usize)>,
}

impl<'a> Shown<'a> {
    fn new(text: &'a str) -> Self {
        let hides = |ch: char| is_hidden(ch) && !matches!(ch, '\n' | '\t');
        if !text.contains(hides) {
            return Self { text: text.into(), longer: Vec::new() };
        }
        let (mut out, mut longer) = (String::with_capacity(text.len() + 64), Vec::new());
        for (at, ch) in text.char_indices() {
            if hides(ch) {
                push_visible(&mut out, ch);
                longer.push((at, out.len() - (at + ch.len_utf8())));
            } else {
                out.push(ch);
            }
        }
        Self { text: out.into(), longer }
    }

    /// As much of a place as is marked.
    fn first_of(&self, range: Range<usize>) -> Range<usize> {
        let mut marked = self.text.get(range.clone()).unwrap_or_default();
        if marked.contains('\n') {
            // All lines of a mark are drawn, and whole.
            if marked.lines().all(|line| line.len() <= LONGEST_LINE) {
                return range;
            }
            marked = marked.lines().next().unwrap_or_default();
        }
        let mut columns = 0;
        let is_beyond = |ch: char| {
            columns += ch.width().unwrap_or_default().max(1);
            columns > MOST_MARKED
        };
        let are_narrow = marked.chars().all(|ch| ch.width() == Some(1));
        let end = if are_narrow { None } else { marked.find(is_beyond) };
        range.start..range.start + end.unwrap_or(marked.len())
    }

    /// Where a place of the piece is now.
    fn at(&self, place: usize) -> usize {
        let before = self.longer.partition_point(|(at, _)| *at < place);
        place + before.checked_sub(1).map_or(0, |last| self.longer[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Span;

    #[test]
    fn a_finding_shows_its_line_and_help() {
        let mut sources = Sources::default();
        let id = sources.add("spec/domains/a.yaml", "domain: a\nkind: nope\n".to_owned());
        let finding = Diagnostic::error("unknown_kind", Span::new(id, 16, 20), "unknown kind `nope`")
            .help("one of `ok`");
        let drawn = render(&[finding], &sources, Colour::Never);
        assert!(drawn.contains("error[unknown_kind]: unknown kind `nope`"), "{drawn}");
        assert!(drawn.contains("spec/domains/a.yaml:2:7"), "{drawn}");
        assert!(drawn.contains("help: one of `ok`"), "{drawn}");
    }

    #[test]
    fn no_fix_is_offered_that_changes_nothing() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "a: \"x\"\n".to_owned());
        let place = Span::new(id, 3, 6);
        let finding = |text: &str| vec![Diagnostic::error("x", place, "m").help("h").suggest(place, text)];
        for (text, is_offered) in [("\"x\"", false), ("'x'", true), ("", true)] {
            let told = finding(text);
            assert_eq!(told[0].change(&sources).is_some(), is_offered, "{text}");
            let json = crate::diagnostics::json::render(&told, &sources);
            assert_eq!(json.contains("maybe_incorrect"), is_offered, "{json}");
            let sarif = crate::diagnostics::sarif::render(&told, &sources, |_| None);
            assert_eq!(sarif.contains("insertedContent"), is_offered, "{sarif}");
        }
        let (same, other) = (finding("\"x\""), finding("'x'"));
        assert_eq!(render(&same, &sources, Colour::Never).matches("1 |").count(), 1);
        assert!(render(&other, &sources, Colour::Never).matches("1 ").count() > 1);
        // Of a block it is the whole that is replaced.
        let id = sources.add("b.yaml", "a: |\n  x\nb: 1\n".to_owned());
        let place = Span::new(id, 7, 8);
        assert!(Diagnostic::error("x", place, "m").fix(place, "x").change(&sources).is_some());
    }

    #[test]
    fn a_picture_is_the_same_wherever_its_lines_stand() {
        let text = "设备: 1\nb: 2\n".repeat(50_000);
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text);
        let near = Diagnostic::error("x", Span::new(id, 0, 6), "m").label(Span::new(id, 10, 11), "here");
        let at = 49_999 * 15;
        let far = Diagnostic::error("x", Span::new(id, at, at + 6), "m")
            .label(Span::new(id, at + 10, at + 11), "here");
        let (near, far) = (render(&[near], &sources, Colour::Never), render(&[far], &sources, Colour::Never));
        let shown = |drawn: &str| {
            drawn.lines().map(|line| line.replace(char::is_numeric, "").trim().to_owned()).collect::<Vec<_>>()
        };
        assert!(far.contains("a.yaml:99999:1") && far.contains("100000 | b: 2"), "{far}");
        assert_eq!(shown(&near), shown(&far));
    }

    #[test]
    fn nothing_reaches_a_terminal_that_it_would_obey_or_hide() {
        let hidden = (0..0x20).chain(0x7F..0xA0).chain([0xAD, 0x61C, 0x2028, 0x2029, 0xFEFF]);
        let hidden = hidden.chain(0x200B..0x2010).chain(0x202A..0x202F).chain(0x2066..0x206A);
        for ch in hidden.filter_map(char::from_u32).filter(|ch| !matches!(ch, '\n' | '\t')) {
            let mut sources = Sources::default();
            let id = sources.add(format!("a{ch}.yaml"), format!("name: {ch}设备{ch} bad\n"));
            let end = 6 + ch.len_utf8() * 2 + 6;
            let span = Span::new(id, end + 1, end + 4);
            let told =
                Diagnostic::error("x", span, format!("m{ch}")).at(format!("l{ch}")).help(format!("h{ch}"));
            let drawn = render(&[told], &sources, Colour::Never);
            assert!(!drawn.contains(ch), "U+{:04X}: {drawn}", u32::from(ch));
            let code = format!("<U+{:04X}>", u32::from(ch));
            assert_eq!(drawn.matches(&code).count(), 6, "{drawn}");
            let column = |wanted: &str| {
                let line = drawn.lines().find(|line| line.contains(wanted)).unwrap_or_default();
                let before = &line[..line.find(wanted).unwrap_or_default()];
                before.chars().map(|ch| if "设备".contains(ch) { 2 } else { 1 }).sum::<usize>()
            };
            assert_eq!(column(" bad") + 1, column("^^^"), "{drawn}");
        }
    }

    #[test]
    fn long_lines_and_long_messages_are_cut() {
        for ch in ["x", "x ", "设", "设备 ", "é", "e\u{301}", "x\ny", "设\n"] {
            let long = ch.repeat(1 << 18);
            let text = format!("{long} bad {long}\n");
            let at = long.len() + 1;
            for (from, to) in [(at, at + 3), (0, text.len() - 1), (0, at + 3), (at, text.len() - 1)] {
                let mut sources = Sources::default();
                let id = sources.add("a.yaml", text.clone());
                let span = Span::new(id, from, to);
                let told = Diagnostic::error("x", span, "m".repeat(1 << 20)).label(span, "l");
                let drawn = render(&[told], &sources, Colour::Never);
                assert!(drawn.len() < 4_000 && drawn.contains('^'), "{ch} {from} {to}: {}", drawn.len());
                let is_shown = if from == at { "bad" } else { ch.lines().next().unwrap_or_default().trim() };
                assert!(drawn.contains(is_shown), "{drawn}");
            }
        }
    }

    #[test]
    fn many_findings_on_long_lines_are_told_without_pictures() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "x".repeat(3 << 20));
        let finding = |at| Diagnostic::error("x", Span::new(id, at, at + 1), "m").help("h");
        let findings: Vec<_> = (0..20_000).map(|index| finding(index * 100)).collect();
        let drawn = render(&findings, &sources, Colour::Never);
        assert_eq!(drawn.matches("error[x]: m").count(), 20_000);
        assert_eq!(drawn.matches("= help: h").count(), 20_000);
        assert!(drawn.contains("--> a.md:1\n"), "{}", &drawn[drawn.len() - 200..]);
    }
}
