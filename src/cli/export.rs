//! `errbook export`: the resolved book for other programs.

use super::{Global, Outcome, book, documents, print};
use crate::export::{self, DocumentLines};
use crate::{audit, model};
use clap::ValueEnum;

/// Arguments of `errbook export`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The form of the result
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

/// The forms a book can be exported in.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// One JSON object
    Json,
}

/// Prints the book, with the lines of the documents that its entries come from.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Some(read) = documents::read(global, None, None)? else { return Ok(Outcome::CouldNotRun) };
    let mut lines = DocumentLines::new();
    for (index, reading) in &read.readings {
        let audit = audit::audit(&read.files.domains[*index], reading);
        lines.insert(audit.domain, audit.lines);
    }
    let book = match model::resolve(read.files) {
        Ok(book) => book,
        Err(faults) => {
            book::report(global, &faults, &read.sources)?;
            return Ok(Outcome::CouldNotRun);
        }
    };
    match arguments.format {
        Format::Json => print(&format!("{}\n", export::book_text(&book, Some(&lines))))?,
    }
    Ok(Outcome::Clean)
}
