//! `errbook vendor`: copies the files of some domains into an app, in the app's own package.

use super::{Global, Outcome, book, one_of, print, say};
use crate::characters::shown;
use crate::counted::counted;
use crate::output::copy;
use crate::vendor::{self, Request};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Arguments of `errbook vendor`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The language of the app
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    language: String,
    /// A platform of the book; list all that the app wants, in one command
    #[arg(long = "domain", value_name = "DOMAIN", required = true, value_delimiter = ',')]
    domains: Vec<String>,
    /// The package of the app that the files belong to: see the examples
    #[arg(long, value_name = "NAME")]
    package: String,
    /// The folder that holds the sources of the app
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What stands before the names of all types, so that the files of two books share a package
    #[arg(long, value_name = "WORD", default_value = "", hide_default_value = true)]
    prefix: String,
    /// Take the book inside errbook, even if there is another one here
    #[arg(long, conflicts_with = "book")]
    embedded: bool,
}

const EXAMPLES: &str = "\
What --package names, and where the files go:
  kotlin, java   the package. `--package com.acme.errors --out app/src/main/kotlin` writes
                 app/src/main/kotlin/com/acme/errors/QuectelErrorCode.kt and what it needs.
  swift          the module, or any folder of a target. `--package Errors --out Sources` writes
                 Sources/Errors/QuectelErrorCode.swift; no source names the module. An app has one
                 namespace for all its files: a second book there needs a --prefix.
  rust           the module. `--package errors --out src` writes src/errors/mod.rs, support.rs and
                 quectel.rs, and the app says `mod errors;`. `app::errors` is a module of a module.
  typescript     the folder. `--package errors --out src` writes src/errors/quectel.ts, and the app
                 imports \"./errors/quectel.js\".

Without a book here or in a folder above, and without --book, the book inside errbook is taken.
The first lines of each file hold the command, so `errbook verify` knows what the file should be.
Files that errbook did not make, or that somebody has edited since, are not overwritten: then
nothing is written at all. Nothing is ever deleted.";

fn language(text: &str) -> Result<String, String> {
    let ids = vendor::languages();
    one_of(text, &ids).map_err(|reason| format!("errbook copies {reason}"))
}

/// Copies.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let opened = if arguments.embedded { Some(book::embedded()) } else { book::open_or_embedded(global)? };
    let Some(mut opened) = opened else { return Ok(Outcome::CouldNotRun) };
    let request = Request {
        language: arguments.language.clone(),
        domains: arguments.domains.clone(),
        package: arguments.package.clone(),
        prefix: arguments.prefix.clone(),
    };
    if let Some(domain) = request.unknown_domains(&opened.book).first() {
        let known = opened.book.domains.iter().map(|domain| domain.id.as_str());
        return Err(book::no_domain(domain, known));
    }
    let files = match vendor::copies(&opened.book, &request, &mut opened.sources) {
        Ok(files) => files,
        Err(faults) => {
            book::report(global, &faults, &opened.sources)?;
            return Ok(Outcome::CouldNotRun);
        }
    };
    let summary = match copy::copy(&arguments.out, &files)? {
        Ok(summary) => summary,
        Err(problems) => {
            for problem in problems {
                say(&format!("error: {problem}\n"));
            }
            say("nothing was written\n");
            return Ok(Outcome::CouldNotRun);
        }
    };
    let mut paths = String::new();
    for path in &summary.written {
        // Writing to a string cannot fail.
        let _ = writeln!(paths, "{}", shown(path));
    }
    print(&paths)?;
    say(&format!("{} written, {} unchanged\n", counted(summary.written.len(), "file"), summary.unchanged));
    Ok(Outcome::Clean)
}
