//! `errbook diff`: what changed between two books, and whom it hurts.
//!
//! A book is named by a folder, by its `errbook.yaml`, or by a revision of the repository around it. Everything is reported
//! before the exit code says whether something may not pass.

use super::{Global, Outcome, book, print, say};
use crate::diagnostics::text::Colour;
use crate::diagnostics::{self, Diagnostic, Format, Level, Sources};
use crate::diff::{self, Date, Report, Side, Waivers, findings, json, markdown, text, tolerance, waivers};
use crate::languages;
use crate::lints;
use crate::model::{self, Book};
use crate::spec::git::{self, Commit};
use crate::spec::tree::{Disk, Memory, Tree, may_be_file};
use crate::spec::{self, folder, yaml};
use anyhow::{Context as _, bail};
use clap::ValueEnum;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// Arguments of `errbook diff`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The old book: a folder, its errbook.yaml, or a git revision such as `origin/main`, `v1.2.0`, `HEAD~1` or `v1:spec`
    base: String,
    /// The new book, named in the same ways [default: the book in the work tree]
    head: Option<String>,
    /// How the changes are printed
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
    /// Which changes end with exit code 1, unless a waiver lets them pass
    #[arg(long, value_enum, default_value_t = Limit::Breaking, value_name = "WHAT")]
    fail_on: Limit,
    /// List changes of blanks, punctuation, width and case, too
    #[arg(long)]
    all: bool,
    /// Compare with the commit that BASE and the new book come from, so that what BASE got meanwhile is no change
    #[arg(long)]
    merge_base: bool,
    /// The day that waivers are held against [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Date>,
}

/// The names of the formats.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    /// For people at a terminal
    Text,
    /// The comment on a pull request; also release notes
    Markdown,
    /// One JSON document
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// A SARIF 2.1.0 document
    Sarif,
}

/// What may not pass.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Limit {
    /// What breaks somebody's program or data
    Breaking,
    /// That, and what makes apps behave differently
    Behaviour,
    /// Any change, also one of copy
    Any,
    /// Nothing: the exit code is 0, and the report has no advice on how to mend or waive a change, as in release notes
    None,
}

impl Arguments {
    /// How faults of the books are printed.
    pub(super) fn faults(&self) -> Format {
        match self.format {
            FormatName::Text | FormatName::Markdown => Format::Text,
            FormatName::Json => Format::Json,
            FormatName::Github => Format::Github,
            FormatName::Sarif => Format::Sarif,
        }
    }

    fn limit(&self) -> diff::FailOn {
        match self.fail_on {
            Limit::Breaking => diff::FailOn::Breaking,
            Limit::Behaviour => diff::FailOn::Behaviour,
            Limit::Any => diff::FailOn::Any,
            Limit::None => diff::FailOn::None,
        }
    }
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write year, month and day, like 2027-01-31".to_owned())
}

/// Compares.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let today = arguments.today.map_or_else(now, Ok)?;
    let (base, head) = places(global, arguments)?;
    let mut sources = Sources::default();
    let (old, new) = match (base.open(&mut sources)?, head.open(&mut sources)?) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let obstacles = [(&base, old.err()), (&head, new.err())];
            let all: Vec<_> =
                obstacles.iter().flat_map(|(_, found)| found.iter().flatten().cloned()).collect();
            book::draw(global, &all, &sources)?;
            for (place, _) in obstacles.iter().filter(|(_, found)| found.is_some()) {
                say(&format!(
                    "the book of {} cannot be read as a whole, so it cannot be compared\n",
                    place.label
                ));
            }
            return Ok(Outcome::CouldNotRun);
        }
    };
    let side = |place: &Place, opened: &Opened| Side {
        label: place.label.clone(),
        version: opened.book.version.clone(),
        faults: opened.faults.len(),
    };
    let mut report = diff::report(
        (side(&base, &old), &old.book),
        (side(&head, &new), &new.book),
        (&old.waivers, &new.waivers),
        today,
        languages::options_of,
    );
    report.findings.extend(new.faults.into_iter().chain(new.waiver_faults));
    diagnostics::sort(&mut report.findings);
    print_report(global, arguments, &report, &sources, today)?;
    Ok(if report.fails(arguments.limit()) { Outcome::Findings } else { Outcome::Clean })
}

/// Today, in UTC.
fn now() -> anyhow::Result<Date> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.context("the clock stands before 1970; say what day it is with --today")?;
    Ok(Date::of_unix_time(now.as_secs()))
}

fn print_report(
    global: &Global,
    arguments: &Arguments,
    report: &Report,
    sources: &Sources,
    today: Date,
) -> anyhow::Result<()> {
    let all = arguments.all;
    match arguments.format {
        FormatName::Text => {
            // The report goes to stdout, and its colour depends on where that leads.
            let colour = match global.color {
                super::When::Auto if !std::io::stdout().is_terminal() => Colour::Never,
                _ => global.colour(),
            };
            print(&text::render(report, sources, all, arguments.limit(), colour, today))?;
            book::draw(global, &report.findings, sources)
        }
        FormatName::Markdown => print(&markdown::render(report, sources, all, arguments.limit(), today)),
        FormatName::Json => print(&json::render(report, sources, arguments.limit())),
        FormatName::Github => {
            print(&diagnostics::github::render(&findings::of(report, all, arguments.limit()), sources))
        }
        FormatName::Sarif => {
            let found = findings::of(report, all, arguments.limit());
            global.runs.borrow_mut().push(diagnostics::sarif::run(&found, sources, lints::meaning));
            Ok(())
        }
    }
}

/// A book that was read.
struct Opened {
    book: Book,
    /// Faults that do not keep it from being compared.
    faults: Vec<Diagnostic>,
    waivers: Waivers,
    waiver_faults: Vec<Diagnostic>,
}

/// Where a book is.
struct Place {
    /// What people call it.
    label: String,
    path: PathBuf,
    /// Its files, if they are those of a revision.
    revision: Option<Memory>,
}

impl Place {
    fn on_disk(label: impl Into<String>, path: PathBuf) -> Self {
        Self { label: label.into(), path, revision: None }
    }

    /// Reads the book, or says why it cannot be compared.
    fn open(&self, sources: &mut Sources) -> anyhow::Result<Result<Opened, Vec<Diagnostic>>> {
        let tree: &dyn Tree = self.revision.as_ref().map_or(&Disk, |memory| memory);
        let text = tree.read(&self.path)?;
        let begins =
            |key: &str| text.split(|byte| *byte == b'\n').any(|line| line.starts_with(key.as_bytes()));
        if begins("domain:") && !begins("errbook:") {
            bail!(
                "{} is the file of a domain, and only whole books can be compared: name the errbook.yaml of its book, or the folder of that",
                self.label
            );
        }
        let (files, mut faults) = spec::load_from(tree, &self.path, sources)?;
        let mut resolved = None;
        if let Some(files) = files {
            let (book, found) = model::resolve_what_can_be(files);
            faults.extend(found);
            resolved = Some(book);
        }
        // What `lint` warns of makes no book wrong, be it the old one or the new one.
        faults.retain(|fault| fault.level == Level::Error);
        diagnostics::sort(&mut faults);
        let obstacles = tolerance::obstacles(&faults);
        let book = match resolved {
            Some(book) if obstacles.is_empty() => book,
            _ => return Ok(Err(obstacles)),
        };
        let (waivers, waiver_faults) = self.waivers(tree, sources)?;
        Ok(Ok(Opened { book, faults, waivers, waiver_faults }))
    }

    /// Reads the waivers beside the book, if there are any, and what is wrong with the file.
    fn waivers(&self, tree: &dyn Tree, sources: &mut Sources) -> anyhow::Result<(Waivers, Vec<Diagnostic>)> {
        let path = folder(&self.path).join(waivers::FILE);
        if !tree.is_there(&path) {
            return Ok((Waivers::default(), Vec::new()));
        }
        let bytes = tree.read(&path)?.into_owned();
        let root = sources.add_bytes(&tree.name(&path), bytes).map_err(|fault| vec![fault]);
        let mut faults = Vec::new();
        let waivers = match root.and_then(|id| yaml::parse(sources, id)) {
            Ok(root) => Waivers::read(&root, &mut faults),
            Err(found) => {
                faults = found;
                Waivers::default()
            }
        };
        Ok((waivers, faults))
    }
}

/// What an argument names.
enum Named {
    Disk(PathBuf),
    Revision { commit: Commit, path: Option<PathBuf> },
}

/// Finds both books.
fn places(global: &Global, arguments: &Arguments) -> anyhow::Result<(Place, Place)> {
    // Revisions are those of the repository that the book is in.
    let book = match &global.book {
        Some(path) => Some(path.clone()),
        None => book::path(global).ok(),
    };
    let here = book.as_deref().map_or(Path::new(""), folder).to_owned();
    let head =
        arguments.head.as_deref().map(|head| named(&here, head).map(|named| (head, named))).transpose()?;
    let base = match (named(&here, &arguments.base)?, arguments.merge_base) {
        (named, false) => named,
        (Named::Disk(_), true) => bail!("--merge-base needs a revision, and {} is a path", arguments.base),
        (Named::Revision { commit, path }, true) => {
            let other = match &head {
                Some((_, Named::Revision { commit, .. })) => Some(commit.clone()),
                _ => Commit::find(&here, "HEAD")?,
            };
            let other = other.context("the repository has no commit yet")?;
            Named::Revision { commit: commit.merge_base(&other)?, path }
        }
    };
    let head = match head {
        Some((label, named)) => {
            let mut head = place(&here, book.as_deref(), label, named)?;
            // What a code host shows at its lines or links to are the files of the new book, known by their paths alone.
            let is_for_host =
                matches!(arguments.format, FormatName::Markdown | FormatName::Github | FormatName::Sarif);
            if is_for_host {
                head.revision = head.revision.map(|files| files.labelled(""));
            }
            head
        }
        None => Place::on_disk(diff::WORK_TREE, book::path(global)?),
    };
    Ok((place(&here, book.as_deref(), &arguments.base, base)?, head))
}

/// Reads the files of a revision, or finds those on the disk.
fn place(here: &Path, book: Option<&Path>, label: &str, named: Named) -> anyhow::Result<Place> {
    match named {
        Named::Disk(path) => Ok(Place::on_disk(label, path)),
        Named::Revision { commit, path } => {
            let (path, elsewhere) = match (path, book.and_then(Path::file_name)) {
                (Some(path), _) => (path, Vec::new()),
                (None, Some(name)) => (git::prefix(here)?.join(name), former_places(here)?),
                (None, None) => (PathBuf::new(), Vec::new()),
            };
            // Messages name files as git does: the revision without a path of its own, and the path.
            let revision = label.split_once(':').map_or(label, |(revision, _)| revision);
            let revision = commit.read(revision, &path, &elsewhere)?;
            Ok(Place { label: label.to_owned(), path: revision.book, revision: Some(revision.files) })
        }
    }
}

/// Where the book of this folder may have stood in other revisions: what stands there today is another book.
fn former_places(here: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let root = git::root(here)?;
    let is_free = |place: &PathBuf| !root.join(place).exists();
    Ok(git::USUAL_PLACES.iter().map(PathBuf::from).filter(is_free).collect())
}

/// Says whether `text` names a path or a revision.
fn named(here: &Path, text: &str) -> anyhow::Result<Named> {
    // The current folder would be read, and nothing would have changed.
    if text.trim().is_empty() {
        bail!(
            "a book to compare is named by an empty text; is a variable that should hold its name not set?"
        );
    }
    if text.starts_with(':') {
        bail!("{text} names no revision before its colon; is a variable that should hold it not set?");
    }
    let on_disk = on_disk(Path::new(text));
    let is_path = text.starts_with(['.', '/', '\\']) || text.ends_with('/') && !text.contains(':');
    if is_path && let Some(path) = on_disk {
        return Ok(Named::Disk(path));
    }
    let (revision, path) = match text.split_once(':') {
        Some((revision, path)) => (revision, Some(PathBuf::from(path.trim_end_matches('/')))),
        None => (text, None),
    };
    let commit = if is_path { None } else { Commit::find(here, revision)? };
    match (on_disk, commit) {
        (Some(_), Some(_)) => {
            bail!("{text} is a path and a revision; write ./{text} or refs/heads/{text} to say which")
        }
        (Some(path), None) => Ok(Named::Disk(path)),
        (None, Some(commit)) => Ok(Named::Revision { commit, path }),
        (None, None) if Path::new(text).exists() => {
            bail!("{text} is neither an errbook.yaml nor a folder with one, and no revision is called so")
        }
        (None, None) => match git::obstacle(here)? {
            Some(obstacle) => {
                bail!("{text} is not a path of a book, and there are no revisions here: {obstacle}")
            }
            None => bail!(
                "{text} is neither a path nor a revision of the repository; if it is a branch of a remote, fetch it first: `git fetch origin` (with the whole history: `git fetch --unshallow`)"
            ),
        },
    }
}

/// The book that a path names.
fn on_disk(path: &Path) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path.to_owned());
    }
    [path.join("errbook.yaml"), path.join("spec/errbook.yaml")].into_iter().find(|path| may_be_file(path))
}
