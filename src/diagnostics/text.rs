//! Draws diagnostics for a terminal, in the manner of rustc.
//!
//! In: diagnostics and the sources they point into. Out: one string. Nothing is printed here.
//!
//! A picture costs as much as the lines from its first label to its last. Together they have a budget, so that
//! a hundred thousand findings, or findings on lines of a megabyte, are told in the time it takes to read them:
//! those beyond it come with their place and without a picture.

use super::{Diagnostic, Level, SourceId, Sources, Span};
use annotate_snippets::{
    AnnotationKind, Group, Level as Drawn, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// How many bytes of sources all pictures of a run show.
const PICTURE_BUDGET: usize = 8 << 20;
/// How far from the start of its line a place without a picture still gets a column.
const LAST_COLUMN: usize = 4 << 10;

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
    let mut lines = Lines { sources, starts: BTreeMap::new() };
    let mut budget = PICTURE_BUDGET;
    for diagnostic in diagnostics {
        let level = match diagnostic.level {
            Level::Error => Drawn::ERROR,
            Level::Warning => Drawn::WARNING,
        };
        let title = level.primary_title(&diagnostic.message).id(diagnostic.id);
        let mut group = Group::with_title(title);
        // Labels of one file share one picture; the order of the files is that of their first label.
        let mut drawn = Vec::new();
        for label in &diagnostic.labels {
            if drawn.contains(&label.span.source) {
                continue;
            }
            drawn.push(label.span.source);
            let source = sources.get(label.span.source);
            let path = source.path.to_string_lossy().into_owned();
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
            let text = source.text.get(window.clone()).unwrap_or_default();
            let mut snippet = Snippet::source(text).line_start(first).path(path);
            for (index, other) in diagnostic.labels.iter().enumerate() {
                if of_source(&other.span) {
                    let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    let range = other.span.range();
                    let range = range.start - window.start..range.end.max(range.start) - window.start;
                    snippet = snippet.annotation(kind.span(range).label(&other.text));
                }
            }
            group = group.element(snippet);
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Drawn::HELP.message(help));
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}\n", renderer.render(&[group]));
    }
    out
}

/// Where lines start, found once for each source.
struct Lines<'a> {
    sources: &'a Sources,
    starts: BTreeMap<SourceId, Vec<usize>>,
}

impl Lines<'_> {
    fn starts(&mut self, source: SourceId) -> &[usize] {
        let text = &self.sources.get(source).text;
        self.starts.entry(source).or_insert_with(|| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        })
    }

    /// The whole lines that `spans` are on and those between them, and the number of the first, from 1.
    fn around(&mut self, source: SourceId, spans: impl Iterator<Item = Span>) -> (Range<usize>, usize) {
        let length = self.sources.get(source).text.len();
        let (mut from, mut to) = (length, 0);
        for span in spans {
            from = from.min(span.range().start);
            to = to.max(span.range().end);
        }
        let starts = self.starts(source);
        let first = starts.partition_point(|start| *start <= from).saturating_sub(1);
        let end = starts.get(starts.partition_point(|start| *start <= to)).copied().unwrap_or(length);
        (starts.get(first).copied().unwrap_or_default()..end, first + 1)
    }

    /// The line and, if it is not far from the start of the line, the column of a place, both from 1.
    fn place(&mut self, span: Span) -> (usize, Option<usize>) {
        let at = span.range().start;
        let text = &self.sources.get(span.source).text;
        let starts = self.starts(span.source);
        let line = starts.partition_point(|start| *start <= at).max(1);
        let start = starts.get(line - 1).copied().unwrap_or_default();
        let before = text.get(start..at).filter(|before| before.len() <= LAST_COLUMN);
        (line, before.map(|before| before.chars().count() + 1))
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
