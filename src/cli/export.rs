//! `errbook export`: the resolved book for other programs.

use super::{Global, Outcome, book, print};
use crate::export;
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

/// Prints the book.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Some(opened) = book::open(global)? else { return Ok(Outcome::CouldNotRun) };
    match arguments.format {
        Format::Json => print(&format!("{}\n", export::book_text(&opened.book, None)))?,
    }
    Ok(Outcome::Clean)
}
