//! `cargo xtask benchmarks`: measures, and writes down what was measured.
//!
//! In: names of sections, or none for all. Out: `docs/benchmarks.md`, in which the text between a section's markers is
//! made anew and all other text stays. A section measures whole programs as a user runs them, several times in turn, so
//! that what else the machine does falls on all alike. Nothing here is a test: figures depend on the machine, and no
//! run of the tests waits for them.
//!
//! A further section is a file here and a line in [`SECTIONS`].

mod measure;
mod scale;
mod speed;

use crate::root;
use anyhow::{Context as _, bail};
use std::path::PathBuf;

/// A part of the document that one kind of measuring makes.
struct Section {
    /// Its name on the command line and in the document's markers.
    id: &'static str,
    /// Measures; gives the Markdown between the markers.
    measure: fn() -> anyhow::Result<String>,
}

/// The sections, in the order in which they are measured.
static SECTIONS: &[Section] = &[
    Section { id: "speed", measure: speed::measure },
    Section { id: "scale", measure: || Ok(scale::measure()) },
];

/// The names of the sections.
pub(crate) fn ids() -> Vec<&'static str> {
    SECTIONS.iter().map(|section| section.id).collect()
}

/// Measures the sections with these names, or all, and writes the document.
pub(crate) fn run(wanted: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = wanted.iter().find(|wanted| !ids().contains(&wanted.as_str())) {
        bail!("no section is called `{unknown}`; there are {}", ids().join(", "));
    }
    for section in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == section.id) {
            let made = (section.measure)().with_context(|| format!("cannot measure `{}`", section.id))?;
            // The document is read again for each, so that a long run keeps what it has.
            let path = root().join("docs/benchmarks.md");
            let text = std::fs::read_to_string(&path).context("cannot read docs/benchmarks.md")?;
            let text = replaced(&text, section.id, &made)?;
            std::fs::write(&path, text).context("cannot write docs/benchmarks.md")?;
        }
    }
    Ok(())
}

/// The document with a new text between the markers of a section.
fn replaced(text: &str, id: &str, made: &str) -> anyhow::Result<String> {
    let (begin, end) = (format!("<!-- measured: {id} -->\n"), format!("<!-- end: {id} -->\n"));
    let parts = text.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(&end)?;
        Some((before, after))
    });
    let (before, after) =
        parts.with_context(|| format!("docs/benchmarks.md has no `{}` with its end", begin.trim_end()))?;
    Ok(format!("{before}{begin}{}\n{end}{after}", made.trim_end()))
}

/// Where the programs work.
fn folder() -> PathBuf {
    root().join("target/benchmarks")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_is_replaced() {
        let text = "a\n<!-- measured: x -->\nold\n<!-- end: x -->\nb\n";
        let new = replaced(text, "x", "new\n").expect("both markers are there");
        assert_eq!(new, "a\n<!-- measured: x -->\nnew\n<!-- end: x -->\nb\n");
        assert!(replaced(text, "y", "new").is_err());
    }

    #[test]
    fn every_section_has_a_place_in_the_document() {
        let text = std::fs::read_to_string(root().join("docs/benchmarks.md")).expect("readable");
        for id in ids() {
            assert!(replaced(&text, id, "").is_ok(), "{id}");
        }
    }
}
