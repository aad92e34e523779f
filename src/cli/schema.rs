//! `errbook schema`: writes the JSON Schemas of the spec's files, or with `--check` says whether they are there. Nothing that errbook
//! did not make is overwritten: if anything of that kind is in the way, nothing is written.

use super::{Global, Outcome, book, print, say};
use crate::characters::shown;
use crate::counted::counted;
use crate::output;
use crate::schema;
use crate::spec::folder;
use anyhow::Context as _;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Arguments of `errbook schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write nothing; say which are missing or stale
    #[arg(long)]
    check: bool,
    /// The folder they go to [default: schema, beside the book]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Writes or checks the schemas.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => folder(&book::path(global)?).join("schema"),
    };
    let mut different = 0;
    let files: Vec<_> = schema::all().map(|(name, text)| (out.join(name), text)).collect();
    let count = files.len();
    // All places are looked at before the first is written.
    for (path, text) in files.iter().filter(|_| !arguments.check) {
        let is_ours = output::lost(&out, path, text)?.is_none_or(|old| schema::is_of_same_kind(&old, text));
        anyhow::ensure!(
            is_ours,
            "{} is in the way: errbook did not make it; move or remove it (nothing was written)",
            shown(path)
        );
    }
    for (path, text) in files {
        if arguments.check {
            let old = match std::fs::read(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
                read => {
                    let bytes = read.with_context(|| format!("cannot read {}", shown(&path)))?;
                    String::from_utf8_lossy(&bytes).into_owned()
                }
            };
            if old != text {
                different += 1;
                print(&output::diff(&path, &old, &text, "generated"))?;
            }
        } else if output::write_if_different(&path, text.as_bytes())? {
            different += 1;
        }
    }
    if !arguments.check {
        say(&format!("{} written, {} unchanged\n", counted(different, "file"), count - different));
        return Ok(Outcome::Clean);
    }
    if different == 0 {
        say(&format!("{count} schemas are up to date\n"));
        return Ok(Outcome::Clean);
    }
    let book = global.book.iter().map(|path| format!(" --book {}", shown(path)));
    let out = arguments.out.iter().map(|path| format!(" --out {}", shown(path)));
    let options: String = book.chain(out).collect();
    say(&format!(
        "{different} of {count} schemas are stale; run `errbook schema{options}` and commit the result\n"
    ));
    Ok(Outcome::Findings)
}
