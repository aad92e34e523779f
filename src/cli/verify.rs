//! `errbook verify`: whether copies of generated files are still what errbook made.

use super::{Global, Outcome, print, say};
use crate::output::verify::{self, Verdict};
use anyhow::Context as _;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `errbook verify`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Exit codes: 0 if every file is as generated; 1 if one is edited by hand, has a damaged banner or no
banner at all; 2 if one cannot be read. All files are looked at in any case. Line ends that a checkout
has changed are no edit. In a folder only the files with a banner count.")]
pub(super) struct Arguments {
    /// Files, or folders whose files are looked at
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Verifies.
pub(super) fn run(_: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Clean;
    let mut text = String::new();
    let mut count = 0;
    for given in &arguments.files {
        let is_folder = given.is_dir();
        let mut paths = Vec::new();
        if let Err(error) = files(given, &mut paths) {
            say(&format!("error: {error:#}\n"));
            outcome = Outcome::CouldNotRun;
        }
        let mut found = 0;
        for path in paths {
            let (verdict, _) = match verify::verify(&path) {
                Ok(looked) => looked,
                Err(error) => {
                    say(&format!("error: {error:#}\n"));
                    outcome = Outcome::CouldNotRun;
                    continue;
                }
            };
            if is_folder && verdict == Verdict::NoBanner {
                continue;
            }
            found += 1;
            if verdict != Verdict::AsGenerated {
                outcome = outcome.max(Outcome::Findings);
            }
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}: {}", verdict.words(), path.display());
        }
        if is_folder && found == 0 {
            let _ = writeln!(text, "{}: {}", Verdict::NoBanner.words(), given.display());
            outcome = outcome.max(Outcome::Findings);
        }
        count += found;
    }
    print(&text)?;
    let plural = if count == 1 { "" } else { "s" };
    say(&format!("{count} file{plural} looked at\n"));
    Ok(outcome)
}

/// The file itself, or all files below a folder, in the order of their paths. A link in a folder is not followed.
fn files(path: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let failed = || format!("cannot read {}", path.display());
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
