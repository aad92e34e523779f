//! Diagnostics as workflow commands, which GitHub shows as annotations at the lines of a pull request.
//!
//! In: diagnostics and the sources they point into. Out: one `::error …::…` line for each. Nothing of a text can end its
//! property, its line or its command: `%` is escaped everywhere, `:` and `,` in properties as well, as the runner's
//! toolkit does it, and line ends are written out like everything else that a log or a terminal would obey.

use super::lines::Lines;
use super::{COULD_NOT_RUN, Diagnostic, Failure, Level, Sources, help_words, json, words};
use std::fmt::Write as _;

/// Writes each finding as a workflow command.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = Lines::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str("::");
        out.push_str(match diagnostic.level {
            Level::Note => "notice",
            level => json::level(level),
        });
        out.push(' ');
        if let Some(span) = diagnostic.span() {
            let (line, column) = lines.position(span.source, span.range().start);
            let (end_line, end_column) = lines.position(span.source, span.range().end);
            let path = sources.get(span.source).path.to_string_lossy();
            let _ = write!(out, "file={},line={line},endLine={end_line}", property(&path));
            // The runner takes columns for ranges within one line only.
            if line == end_line {
                let _ = write!(out, ",col={column},endColumn={end_column}");
            }
            out.push(',');
        }
        let _ = write!(out, "title={}::{}", property(diagnostic.id), data(&diagnostic.message));
        for (index, label) in diagnostic.labels.iter().enumerate() {
            if index > 0 {
                let (line, column) = lines.position(label.span.source, label.span.range().start);
                let path = sources.get(label.span.source).path.to_string_lossy();
                let _ = write!(out, "%0A{}: {}:{line}:{column}", data(&label.text), data(&path));
            }
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(out, "%0Ahelp: {}", help_words(help).replace('%', "%25").replace('\n', "%0A"));
        }
        out.push('\n');
    }
    out
}

/// Says why a command could not run, which belongs to no file.
pub fn failure(failure: Failure<'_>) -> String {
    let help = failure.help.map(|help| format!("%0Ahelp: {}", data(help)));
    format!("::error title={COULD_NOT_RUN}::{}{}\n", data(failure.message), help.unwrap_or_default())
}

/// A text behind the `::`.
fn data(text: &str) -> String {
    // Escaping after cutting: half an escape is none. A line end is a hidden character, and written out like the others.
    words(text).replace('%', "%25")
}

/// A text of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Span;

    #[test]
    fn no_text_ends_its_place() {
        let mut sources = Sources::default();
        let id = sources.add("a,b:c.yaml", "设备: x\n".to_owned());
        let told =
            Diagnostic::error("x", Span::new(id, 8, 9), "100% wrong\r\n::error::, really: yes").help("a\nb%");
        assert_eq!(
            render(&[told], &sources),
            "::error file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=5,endColumn=6,title=x::100%25 wrong<U+000D><U+000A>::error::, really: yes%0Ahelp: a%0Ab%25\n"
        );
    }
}
