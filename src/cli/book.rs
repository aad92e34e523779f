//! Finds, loads and resolves the book, and prints findings in the format asked for, for every subcommand.

use super::{Global, print, say};
use crate::characters::shown;
use crate::diagnostics::{self, Diagnostic, Format, MOST_DRAWN, MOST_PRINTED, Sources};
use crate::embedded;
use crate::lints;
use crate::model::{self, Book};
use crate::nearest;
use crate::spec::{self, SpecFiles};
use crate::timings::{self, Phase};
use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// A resolved book and where it came from.
pub(super) struct Opened {
    /// The texts that diagnostics point into.
    pub(super) sources: Sources,
    /// The folder that paths in the book are relative to.
    pub(super) folder: PathBuf,
    /// The book.
    pub(super) book: Book,
}

/// A book resolved and as its authors wrote it.
pub(super) struct Written {
    /// The texts that diagnostics point into.
    pub(super) sources: Sources,
    /// The spec.
    pub(super) files: SpecFiles,
    /// The book that it makes.
    pub(super) book: Book,
}

/// Opens the book that `global` names for what changes its files; `None` if its faults have been reported.
pub(super) fn open_as_written(global: &Global) -> anyhow::Result<Option<Written>> {
    let Some(Opened { mut sources, book, .. }) = open(global)? else { return Ok(None) };
    // Resolving takes the spec apart, so it is read once more.
    let files = load(global, &mut sources)?;
    Ok(files.map(|files| Written { sources, files, book }))
}

/// Opens the book that `global` names; `None` if its faults have been reported.
pub(super) fn open(global: &Global) -> anyhow::Result<Option<Opened>> {
    open_at(global, &path(global)?)
}

/// Opens the book at `path`; `None` if its faults have been reported.
pub(super) fn open_at(global: &Global, path: &Path) -> anyhow::Result<Option<Opened>> {
    let mut sources = Sources::default();
    let Some(files) = load_at(global, path, &mut sources)? else { return Ok(None) };
    resolved(global, files, sources)
}

/// The book that a spec makes; `None` if its faults have been reported.
fn resolved(global: &Global, files: SpecFiles, sources: Sources) -> anyhow::Result<Option<Opened>> {
    let folder = files.folder().to_owned();
    match timings::of(Phase::Resolve, || model::resolve(files)) {
        Ok(book) => Ok(Some(Opened { sources, folder, book })),
        Err(faults) => {
            report(global, &faults, &sources)?;
            Ok(None)
        }
    }
}

/// Opens the book that `load_or_embedded` finds; `None` if its faults have been reported.
pub(super) fn open_or_embedded(global: &Global) -> anyhow::Result<Option<Opened>> {
    let mut sources = Sources::default();
    let Some((files, _)) = load_or_embedded(global, &mut sources)? else { return Ok(None) };
    resolved(global, files, sources)
}

/// Loads the book that `global` names, or that is found here or in a folder above, or the one inside errbook if there is
/// none, which is said; `None` if its faults have been reported. Beside it: whether it is the one inside errbook.
pub(super) fn load_or_embedded(
    global: &Global,
    sources: &mut Sources,
) -> anyhow::Result<Option<(SpecFiles, bool)>> {
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    if global.book.is_some() || spec::find(&here).is_some() {
        return Ok(load(global, sources)?.map(|files| (files, false)));
    }
    let files = embedded::files(sources);
    let (title, version) = (&files.book.title.value, &files.book.version.value);
    say(&format!("no book here; this is the one inside errbook: {title} {version}\n"));
    Ok(Some((files, true)))
}

/// Opens the book inside errbook.
pub(super) fn embedded() -> Opened {
    let (sources, book) = embedded::open();
    Opened { sources, folder: PathBuf::new(), book }
}

/// Loads the spec that `global` names as written; `None` if its faults have been reported.
pub(super) fn load(global: &Global, sources: &mut Sources) -> anyhow::Result<Option<SpecFiles>> {
    load_at(global, &path(global)?, sources)
}

/// Loads the spec at `path` as written; `None` if its faults have been reported.
fn load_at(global: &Global, path: &Path, sources: &mut Sources) -> anyhow::Result<Option<SpecFiles>> {
    match spec::load(path, sources)? {
        Ok(files) => Ok(Some(files)),
        Err(faults) => {
            report(global, &faults, sources)?;
            Ok(None)
        }
    }
}

/// That the book has no domain called `id`, and which it has.
pub(super) fn no_domain<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> anyhow::Error {
    let known: Vec<_> = known.collect();
    let hint = nearest::hint(id, known.iter().copied());
    anyhow::anyhow!("the book has no domain `{}`; it has {}{hint}", id.escape_debug(), known.join(", "))
}

/// The path of the book that `global` names.
pub(super) fn path(global: &Global) -> anyhow::Result<PathBuf> {
    match &global.book {
        Some(path) => Ok(path.clone()),
        None => find(),
    }
}

/// Prints findings: drawn on stderr with a line that counts them, or for other programs on stdout.
pub(super) fn report(global: &Global, faults: &[Diagnostic], sources: &Sources) -> anyhow::Result<()> {
    report_first(global, faults, 0, sources)
}

/// The same for the first of many findings, of which so many more are not there.
pub(super) fn report_first(
    global: &Global,
    faults: &[Diagnostic],
    untold: usize,
    sources: &Sources,
) -> anyhow::Result<()> {
    draw_first(global, faults, untold, sources)?;
    let count = faults.len() + untold;
    let plural = if count == 1 { "" } else { "s" };
    let count = if count == 0 { "no".to_owned() } else { count.to_string() };
    say(&format!("{count} finding{plural}\n"));
    Ok(())
}

/// Prints findings without counting them.
pub(super) fn draw(global: &Global, faults: &[Diagnostic], sources: &Sources) -> anyhow::Result<()> {
    draw_first(global, faults, 0, sources)
}

fn draw_first(
    global: &Global,
    faults: &[Diagnostic],
    untold: usize,
    sources: &Sources,
) -> anyhow::Result<()> {
    let explained = |fault: &Diagnostic| {
        let more = || format!("`errbook lint --explain {}` says more", fault.id);
        Diagnostic { help: Some(fault.help.clone().unwrap_or_else(more)), ..fault.clone() }
    };
    let most = if global.format == Format::Text { MOST_DRAWN } else { MOST_PRINTED };
    let mut shown: Vec<_> = faults.iter().collect();
    if shown.len() > most {
        // What stops the run must not be hidden behind warnings.
        shown.sort_by_key(|fault| fault.level);
        shown.truncate(most);
        shown.sort_by_key(|fault| fault.span());
    }
    let untold = untold + faults.len() - shown.len();
    if untold > 0 {
        let told = shown.len();
        say(&format!("the first {told} findings are told, and there are {untold} more\n"));
    }
    let mut faults: Vec<_> = shown.into_iter().map(explained).collect();
    if matches!(global.format, Format::Json | Format::Sarif) {
        lints::fix::spell_out(&mut faults, sources);
    }
    match global.format {
        Format::Text => {
            say(&diagnostics::text::render(&faults, sources, global.colour()));
            Ok(())
        }
        Format::Json => print(&diagnostics::json::render(&faults, sources)),
        Format::Github => print(&diagnostics::github::render(&faults, sources)),
        // A run may fail after its findings are known, and the document says how it ended.
        Format::Sarif => {
            let run = diagnostics::sarif::run(&faults, sources, lints::meaning);
            global.runs.borrow_mut().push(run);
            Ok(())
        }
    }
}

/// Finds the book from the current folder upwards and names it as seen from there, so that messages are short.
fn find() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    let path = spec::find(&here).with_context(|| {
        let misnamed = ["errbook.yml", "spec/errbook.yml"].map(|name| here.join(name));
        let way_out = match misnamed.iter().find(|path| path.is_file()) {
            Some(path) => format!("call {} errbook.yaml", shown(path)),
            None => "name one with --book, or start one with `errbook init`".to_owned(),
        };
        format!("no errbook.yaml and no spec/errbook.yaml in {} or a folder above; {way_out}", shown(&here))
    })?;
    Ok(path.strip_prefix(&here).map(Path::to_owned).unwrap_or(path))
}
