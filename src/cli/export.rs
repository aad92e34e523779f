//! `errbook export`: the resolved book for other programs.

use super::{Global, Outcome, book, documents, print};
use crate::export::{self, DocumentLines};
use crate::timings::{self, Phase};
use crate::{audit, model, table, translations};
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
    /// A table with a row for each meaning of each code
    Csv,
    /// A table for translators, which `errbook import --translations` reads back
    Translations,
}

/// Prints the book, with the lines of the documents that its entries come from.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let form = match arguments.format {
        Format::Translations => return translations(global),
        Format::Json => |book: &_, lines: &_| format!("{}\n", export::book_text(book, Some(lines))),
        Format::Csv => |book: &_, lines: &_| table::text(book, Some(lines)),
    };
    let Some(read) = documents::read(global, None, None)? else { return Ok(Outcome::CouldNotRun) };
    let mut lines = DocumentLines::new();
    for (index, reading) in &read.readings {
        let audit = audit::audit(&read.files.domains[*index], reading);
        lines.insert(audit.domain, audit.lines);
    }
    let book = match timings::of(Phase::Resolve, || model::resolve(read.files)) {
        Ok(book) => book,
        Err(faults) => {
            book::report(global, &faults, &read.sources)?;
            return Ok(Outcome::CouldNotRun);
        }
    };
    print(&form(&book, &lines))?;
    Ok(Outcome::Clean)
}

/// Prints the table for translators.
fn translations(global: &Global) -> anyhow::Result<Outcome> {
    let Some(opened) = book::open_as_written(global)? else { return Ok(Outcome::CouldNotRun) };
    let readings = documents::those_that_can_be_read(&opened.files);
    print(&translations::table(&opened.files, &opened.book, &readings))?;
    Ok(Outcome::Clean)
}
