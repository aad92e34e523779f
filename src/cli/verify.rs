//! `errbook verify`: whether copies of generated files are still what errbook made, and whether they are up to date.

use super::book::{self, Opened};
use super::history::History;
use super::{Global, Outcome, ending, print, say};
use crate::characters::shown;
use crate::counted::counted;
use crate::output::verify::{self, Verdict};
use crate::spec::tree::may_be_file;
use crate::staleness::{self, Comparison, Freshness};
use anyhow::{Context as _, bail};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `errbook verify`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Exit codes: 0 if every file is as generated, and with --against up to date; 1 if one is edited by hand, stale, has a
damaged banner or no banner at all; 2 if one cannot be read. All files are looked at in any case. Line ends that a
checkout has changed are no edit. In a folder only the files with a banner count.

What a stale file lacks is told from the history of the book, if that lies in a git repository: the commit that made the
file is found by the digest in the banner. Each change that matters to the language of the file is named, as `errbook diff`
would.")]
pub(super) struct Arguments {
    /// Files, or folders whose files are looked at
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Say also whether this book would still make the files, and what changed since: its folder, its errbook.yaml, or
    /// `embedded`
    #[arg(long, value_name = "BOOK")]
    against: Option<PathBuf>,
}

/// Verifies.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (opened, mut history) = match &arguments.against {
        None => (None, History::default()),
        Some(book) => match against(global, book)? {
            Some((opened, history)) => (Some(opened), history),
            None => return Ok(Outcome::CouldNotRun),
        },
    };
    let mut comparison = opened.as_ref().map(|opened| Comparison::new(&opened.book));
    let mut outcome = Outcome::Clean;
    let mut text = String::new();
    let mut count = 0;
    for given in &arguments.files {
        let is_folder = given.is_dir();
        let mut paths = Vec::new();
        // Whether everything could be looked at: a folder of which nothing could be may hold anything.
        let mut is_whole = true;
        if let Err(error) = files(given, &mut paths) {
            say(&ending::words(&error));
            is_whole = false;
        }
        let mut found = 0;
        for path in paths {
            let (verdict, said) = match verify::verify(&path) {
                Ok(looked) => looked,
                Err(error) => {
                    say(&ending::words(&error));
                    is_whole = false;
                    continue;
                }
            };
            if is_folder && verdict == Verdict::NoBanner {
                continue;
            }
            found += 1;
            let mut words = verdict.words().to_owned();
            let mut is_clean = verdict == Verdict::AsGenerated;
            let mut missed = String::new();
            if let (Some(comparison), Some(said)) = (&mut comparison, said)
                && let Some(language) = staleness::language(&path, &said)
            {
                let freshness = comparison.freshness(&said);
                is_clean &= freshness == Freshness::Current;
                words = format!("{words}, {}", freshness.words());
                if freshness == Freshness::Stale {
                    missed = history.lag(comparison.book(), &said, language)?;
                }
            }
            if !is_clean {
                outcome = outcome.max(Outcome::Findings);
            }
            // Writing to a string cannot fail.
            let _ = write!(text, "{words}: {}\n{missed}", shown(&path));
        }
        if !is_whole {
            outcome = Outcome::CouldNotRun;
        } else if is_folder && found == 0 {
            let _ = writeln!(text, "{}: {}", Verdict::NoBanner.words(), shown(given));
            outcome = outcome.max(Outcome::Findings);
        }
        count += found;
    }
    print(&text)?;
    say(&format!("{} looked at\n", counted(count, "file")));
    Ok(outcome)
}

/// Opens the book to compare with, and its history; `None` if its faults have been reported.
fn against(global: &Global, path: &Path) -> anyhow::Result<Option<(Opened, History)>> {
    let places = [path.to_owned(), path.join("errbook.yaml"), path.join("spec/errbook.yaml")];
    if let Some(found) = places.into_iter().find(|place| may_be_file(place)) {
        let Some(opened) = book::open_at(global, &found)? else { return Ok(None) };
        let history = History::of(&found)?;
        return Ok(Some((opened, history)));
    }
    if path == Path::new("embedded") {
        return Ok(Some((book::embedded(), History::default())));
    }
    bail!("there is no book at {}: name its folder, its errbook.yaml, or `embedded`", shown(path))
}

/// The file itself, or all files below a folder, in the order of their paths. A link in a folder is not followed.
fn files(path: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let failed = || format!("cannot read {}", shown(path));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(path).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        entries.push((entry.path(), entry.file_type().with_context(failed)?));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind) in entries {
        if kind.is_dir() {
            files(&path, found)?;
        } else if kind.is_file() {
            found.push(path);
        }
    }
    Ok(())
}
