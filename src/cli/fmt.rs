//! `errbook fmt`: writes the spec in its one form, or with `--check` says how it differs.

use super::{Global, Outcome, Printing, book, print, say};
use crate::characters::shown;
use crate::counted::counted;
use crate::diagnostics::{Diagnostic, Format, SourceId, Sources, Span};
use crate::import;
use crate::output;
use crate::reformat::{self, Reformatted};
use crate::spec::tree::Disk;
use anyhow::Context as _;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `errbook fmt`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Keys come in their fixed order, entries by code, conditions by name; texts and lists have one form each, and every
comment stays with its entry. The book is never changed: what is written has been read back and compared. Line ends
and a byte order mark stay as they are; a file with mixed line ends gets LF.")]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) printing: Printing,
    /// Write nothing; show what would change, and fail if anything would
    #[arg(long)]
    check: bool,
    /// Only these files of the book [default: all of them]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// The longest diff that is printed for one file, in lines; the rest is counted.
const LONGEST_DIFF: usize = 200;

/// Formats or checks.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let path = book::path(global)?;
    let mut sources = Sources::default();
    let mut formatted = match reformat::book(&Disk, &path, &mut sources)? {
        Ok(formatted) => formatted,
        Err(faults) => {
            book::report(global, &faults, &sources)?;
            return Ok(Outcome::CouldNotRun);
        }
    };
    choose(&mut formatted, &arguments.files, &sources, &path)?;
    if arguments.check { check(global, arguments, &formatted, &sources) } else { write(&formatted, &sources) }
}

/// Keeps of `formatted` the files that were asked for.
fn choose(
    formatted: &mut Reformatted,
    wanted: &[PathBuf],
    sources: &Sources,
    book: &Path,
) -> anyhow::Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let place =
        |path: &Path| std::fs::canonicalize(path).with_context(|| format!("cannot read {}", shown(path)));
    let of_book = formatted.files.iter().map(|id| Ok((place(&sources.get(*id).path)?, *id)));
    let of_book = of_book.collect::<anyhow::Result<Vec<(PathBuf, SourceId)>>>()?;
    let mut chosen = Vec::new();
    for path in wanted {
        let real = place(path)?;
        let found = of_book.iter().find(|(other, _)| *other == real);
        let (_, id) = found.with_context(|| {
            format!("{} is no file of the book {} (nothing was changed)", shown(path), shown(book))
        })?;
        chosen.push(*id);
    }
    formatted.files.retain(|id| chosen.contains(id));
    formatted.changed.retain(|(id, _)| chosen.contains(id));
    Ok(())
}

fn write(formatted: &Reformatted, sources: &Sources) -> anyhow::Result<Outcome> {
    // Everything is made before anything is written.
    let mut files = Vec::new();
    for (id, text) in &formatted.changed {
        let old = sources.get(*id);
        let bytes = std::fs::read(&old.path).with_context(|| format!("cannot read {}", shown(&old.path)))?;
        let kept = import::with_line_ends_of(&bytes, &old.text, text).unwrap_or_else(|| text.clone());
        files.push((&old.path, kept));
    }
    output::write_all(files.iter().map(|(path, text)| (path.as_path(), text.as_str())))?;
    for (path, _) in &files {
        say(&format!("formatted: {}\n", shown(path)));
    }
    let unchanged = formatted.files.len() - files.len();
    say(&format!("{} written, {unchanged} unchanged\n", counted(files.len(), "file")));
    Ok(Outcome::Clean)
}

fn check(
    global: &Global,
    arguments: &Arguments,
    formatted: &Reformatted,
    sources: &Sources,
) -> anyhow::Result<Outcome> {
    let repair = repair(global, arguments);
    if global.format != Format::Text {
        let told: Vec<_> = formatted
            .changed
            .iter()
            .map(|(id, text)| {
                let place = first_difference(*id, &sources.get(*id).text, text);
                Diagnostic::error("not_formatted", place, "the file is not in its one form")
                    .help(format!("run `{repair}` and commit the result"))
            })
            .collect();
        book::draw(global, &told, sources)?;
    }
    if formatted.changed.is_empty() {
        say(&format!("{} files are formatted\n", formatted.files.len()));
        return Ok(Outcome::Clean);
    }
    if global.format == Format::Text {
        let mut text = String::new();
        for (id, new) in &formatted.changed {
            let old = sources.get(*id);
            let diff = output::diff(&old.path, &old.text, new, "formatted");
            let lines: Vec<_> = diff.lines().collect();
            for line in lines.iter().take(LONGEST_DIFF) {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{line}");
            }
            if lines.len() > LONGEST_DIFF {
                let _ = writeln!(text, "… and {} more lines of difference", lines.len() - LONGEST_DIFF);
            }
        }
        print(&text)?;
    }
    let count = formatted.changed.len();
    let plural = if count == 1 { "file is" } else { "files are" };
    say(&format!("{count} {plural} not formatted; run `{repair}` and commit the result\n"));
    Ok(Outcome::Findings)
}

/// The command that makes what `--check` looked at.
fn repair(global: &Global, arguments: &Arguments) -> String {
    let book = global.book.iter().map(|path| format!(" --book {}", shown(path)));
    let files = arguments.files.iter().map(|path| format!(" {}", shown(path)));
    format!("errbook fmt{}", book.chain(files).collect::<String>())
}

/// The first line of a file that is to become another.
fn first_difference(id: SourceId, old: &str, new: &str) -> Span {
    let same: usize = old
        .split_inclusive('\n')
        .zip(new.split_inclusive('\n'))
        .take_while(|(old, new)| old == new)
        .map(|(line, _)| line.len())
        .sum();
    let line = old.get(same..).unwrap_or_default().lines().next().unwrap_or_default();
    Span::new(id, same, same + line.len())
}
