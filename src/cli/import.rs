//! `errbook import`: adds entries for the rows of the documents that the spec does not have yet, or takes over the texts
//! of a table that translators have filled in.

use super::{Global, Outcome, Printing, book, documents, rewrite, say};
use crate::counted::counted;
use crate::diagnostics::{self, Sources};
use crate::spec::tree::{Disk, Overlay};
use crate::{import, model, output, spec, translations};
use std::path::{Path, PathBuf};

/// Arguments of `errbook import`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) printing: Printing,
    /// Only this domain
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,
    /// Take over the texts of this table, which `errbook export --format translations` has written
    #[arg(long, value_name = "FILE", conflicts_with = "domain")]
    translations: Option<PathBuf>,
}

/// Writes the new entries into the domains' files, of all domains or of none.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(table) = &arguments.translations {
        return take_over(global, table);
    }
    let Some(read) = documents::read(global, arguments.domain.as_deref(), None)? else {
        return Ok(Outcome::CouldNotRun);
    };
    let documents::Read { sources, files, readings } = read;
    let locales = &files.book.locales;
    let mut imports = Vec::new();
    // What was read of a document goes with it, as soon as it is text of the spec.
    for (index, reading) in readings {
        let domain = &files.domains[index];
        imports.push((&domain.domain.value, import::import(&sources, domain, locales, &reading)));
    }
    let findings: Vec<_> = imports.iter().flat_map(|(_, import)| import.findings.iter().cloned()).collect();
    book::draw(global, &findings, &sources)?;
    if diagnostics::any_error(&findings) {
        say("nothing was written\n");
        return Ok(Outcome::Findings);
    }
    let files = imports.iter().flat_map(|(_, import)| &import.files);
    let texts = rewrite::with_line_ends(&sources, files.map(|(id, text)| (*id, text.as_str())))?;
    output::write_all(texts.iter().map(|(path, text)| (path.as_path(), text.as_str())))?;
    for (domain, import) in imports {
        let (entries, rows) = (import.entries, import.rows);
        let entries_word = if entries == 1 { "entry" } else { "entries" };
        let rows_word = if rows == 1 { "row" } else { "rows" };
        say(&format!("{domain}: {entries} new {entries_word} for {rows} {rows_word}\n"));
    }
    Ok(if findings.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// Takes the texts of a table over into the files of the spec, of all or of none.
fn take_over(global: &Global, table: &Path) -> anyhow::Result<Outcome> {
    let Some(mut opened) = book::open_as_written(global)? else { return Ok(Outcome::CouldNotRun) };
    let table = match opened.sources.read(table)? {
        Ok(table) => table,
        Err(fault) => {
            book::report(global, &[fault], &opened.sources)?;
            return Ok(Outcome::CouldNotRun);
        }
    };
    let readings = documents::those_that_can_be_read(&opened.files);
    let import = translations::import(&opened.sources, &opened.files, opened.book, &readings, table);
    drop(readings);
    if diagnostics::any_error(&import.findings) {
        book::draw(global, &import.findings, &opened.sources)?;
        say("nothing was written\n");
        return Ok(Outcome::Findings);
    }
    let files = import.files.iter().map(|(id, text)| (*id, text.as_str()));
    let texts = rewrite::with_line_ends(&opened.sources, files)?;
    // The new files are read before any of them is written.
    let mut overlay = Overlay::new(&Disk);
    for (path, text) in &texts {
        overlay.insert(path, text.as_bytes());
    }
    let mut sources = Sources::default();
    let path = opened.files.path.clone();
    // Two books at once would take twice the memory.
    drop(opened.files);
    let (files, faults) = spec::load_from(&overlay, &path, &mut sources)?;
    let read = match files.filter(|_| !diagnostics::any_error(&faults)).ok_or(faults).and_then(model::resolve)
    {
        Ok(book) => import.reads_back(&book),
        Err(faults) => {
            book::report(global, &faults, &sources)?;
            false
        }
    };
    anyhow::ensure!(
        read,
        "the spec would not read back with the new texts; run `errbook fmt` first (nothing was written)"
    );
    book::draw(global, &import.findings, &opened.sources)?;
    output::write_all(texts.iter().map(|(path, text)| (path.as_path(), text.as_str())))?;
    say(&format!("{} taken over\n", counted(import.changed, "text")));
    Ok(if import.findings.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
