//! `errbook import`: adds entries for the rows of the documents that the spec does not have yet.

use super::{Global, Outcome, Printing, book, documents, say};
use crate::diagnostics;
use crate::import;
use crate::output;
use anyhow::Context as _;

/// Arguments of `errbook import`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) printing: Printing,
    /// Only this domain
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,
}

/// Writes the new entries into the domains' files, of all domains or of none.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Some(read) = documents::read(global, arguments.domain.as_deref(), None)? else {
        return Ok(Outcome::CouldNotRun);
    };
    let locales = &read.files.book.locales;
    let mut imports = Vec::new();
    for (index, reading) in &read.readings {
        let domain = &read.files.domains[*index];
        imports.push((&domain.domain.value, import::import(&read.sources, domain, locales, reading)));
    }
    let findings: Vec<_> = imports.iter().flat_map(|(_, import)| import.findings.iter().cloned()).collect();
    book::draw(global, &findings, &read.sources)?;
    if diagnostics::any_error(&findings) {
        say("nothing was written\n");
        return Ok(Outcome::Findings);
    }
    // Everything is made before anything is written.
    let mut texts = Vec::new();
    for (source, text) in imports.iter().flat_map(|(_, import)| &import.files) {
        let old = read.sources.get(*source);
        let bytes =
            std::fs::read(&old.path).with_context(|| format!("cannot read {}", old.path.display()))?;
        let text = import::with_line_ends_of(&bytes, &old.text, text).with_context(|| {
            format!("{} has mixed line ends or changed meanwhile; nothing was written", old.path.display())
        })?;
        texts.push((&old.path, text));
    }
    for (path, text) in texts {
        output::write_if_different(path, text.as_bytes())?;
    }
    for (domain, import) in imports {
        let (entries, rows) = (import.entries, import.rows);
        let entries_word = if entries == 1 { "entry" } else { "entries" };
        let rows_word = if rows == 1 { "row" } else { "rows" };
        say(&format!("{domain}: {entries} new {entries_word} for {rows} {rows_word}\n"));
    }
    Ok(if findings.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
