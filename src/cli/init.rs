//! `errbook init`: starts a book.
//!
//! In: a folder, which may not be there yet. Out: `spec/errbook.yaml` and `spec/domains/example.yaml`, with two codes and
//! comments that say what everything is for, and the schemas by which an editor checks them. The book lies in `starter/`
//! and can be generated, compiles and has no findings as it stands. Nothing that is there is ever overwritten: if one of
//! the files is, none is written, unless it is what an interrupted run has left.

use super::{Outcome, say};
use crate::characters::shown;
use crate::output;
use crate::schema;
use std::path::{Path, PathBuf};

/// Arguments of `errbook init`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder that the book goes to
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// The files of the book, by their paths in the folder.
const FILES: [(&str, &str); 2] = [
    ("spec/errbook.yaml", include_str!("starter/errbook.yaml")),
    ("spec/domains/example.yaml", include_str!("starter/domains/example.yaml")),
];

/// Writes the files and says what to do next.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    // `errbook.yaml` without a folder is a book as well, and would be found first.
    let rival = folder.join("errbook.yaml");
    let schemas = schema::all().map(|(name, text)| (format!("spec/schema/{name}"), text));
    let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).chain(schemas);
    let files: Vec<_> = files.map(|(path, text)| (folder.join(path), text)).collect();
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    let is_ours = |path: &Path, text: &str| std::fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes());
    let missing: Vec<_> = files.iter().filter(|(path, _)| !is_there(path)).collect();
    // A link that leads nowhere is something, too.
    let others =
        files.iter().filter(|(path, text)| is_there(path) && !is_ours(path, text)).map(|(path, _)| path);
    let rival = Some(&rival).filter(|rival| is_there(rival));
    let done = files.first().map(|(path, _)| path).filter(|_| missing.is_empty());
    if let Some(path) = others.chain(rival).chain(done).next() {
        anyhow::bail!("{} is there already; nothing was written", shown(path));
    }
    for (path, text) in missing {
        output::write_if_different(path, text.as_bytes())?;
        say(&format!("written: {}\n", shown(path)));
    }
    let there = if folder == Path::new(".") { String::new() } else { format!("  cd {}\n", shown(folder)) };
    say(&format!(
        "\nThe book has two codes; what to do with them:\n{there}  \
         errbook gen            write the files of each language into generated/\n  \
         errbook explain 1001   look a code up\n  \
         errbook lint           after each change: what is wrong, and what could be better\n"
    ));
    Ok(Outcome::Clean)
}
