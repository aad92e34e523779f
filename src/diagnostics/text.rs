//! Draws diagnostics for a terminal, in the manner of rustc.
//!
//! In: diagnostics and the sources they point into. Out: one string. Nothing is printed here.

use super::{Diagnostic, Level, Sources};
use annotate_snippets::{AnnotationKind, Group, Level as Drawn, Renderer, Snippet, renderer::DecorStyle};
use std::fmt::Write as _;

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
            let mut snippet = Snippet::source(&source.text).path(path);
            for (index, other) in diagnostic.labels.iter().enumerate() {
                if other.span.source == label.span.source {
                    let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    snippet = snippet.annotation(kind.span(other.span.range()).label(&other.text));
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
}
