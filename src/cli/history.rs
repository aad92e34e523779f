//! The history of a book, and what a copy lacks that was made from an older state of it.
//!
//! In: where the book stands in a git repository, and what the banner of a copy says. Out: lines that tell how many changes the
//! copy is behind, and those that matter to its language, the heaviest first. The state that made the copy is the newest
//! commit whose book has the digest in the banner.
//!
//! Deliberately elsewhere: what changed and whom it touches (`staleness`), and git (`spec::git`).

use crate::characters::visible;
use crate::diagnostics::Sources;
use crate::diff::findings;
use crate::model::{self, Book};
use crate::output::banner::Said;
use crate::spec::git::{self, Commit};
use crate::spec::{self, folder};
use crate::staleness;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How far back a copy is looked for, in commits that changed the book. Each takes some hundredths of a second.
const MOST_COMMITS: usize = 1000;
/// How many changes are named for a file.
const MOST_CHANGES: usize = 50;
/// How much of a change is shown, in characters.
const LONGEST_CHANGE: usize = 300;

/// The revisions of a book, read one after the other until the one is found that a copy was made from.
#[derive(Default)]
pub(super) struct History {
    /// Whether there is one: the book is in a repository that has commits.
    is_there: bool,
    /// The place of the book in the repository.
    path: PathBuf,
    /// Commits that have not been read yet, the newest first.
    commits: std::vec::IntoIter<Commit>,
    /// Those that have been.
    past: Vec<(String, Book)>,
}

impl History {
    /// The history of the book at `path`.
    pub(super) fn of(path: &Path) -> anyhow::Result<Self> {
        let folder = folder(path);
        // Without git, or outside of any repository, a copy can still be verified.
        let commits = Commit::history(folder, MOST_COMMITS).unwrap_or_default();
        if commits.is_empty() {
            return Ok(Self::default());
        }
        let path = git::prefix(folder)?.join(path.file_name().unwrap_or_default());
        Ok(Self { is_there: true, path, commits: commits.into_iter(), past: Vec::new() })
    }

    /// What a copy lacks that `new` has, in lines for people.
    pub(super) fn lag(&mut self, new: &Book, said: &Said, language: &'static str) -> anyhow::Result<String> {
        let Some((revision, old)) = self.source(said)? else {
            let why = if self.is_there {
                "no commit of this book has made it, or its history is not here as a whole"
            } else {
                "this book has no history here"
            };
            return Ok(format!("  how many changes it lacks is not known: {why}\n"));
        };
        let lag = staleness::lag(old, new, said, language);
        let title = staleness::language_title(language);
        let revision = format!("made from {revision}, version {}", visible(&old.version, LONGEST_CHANGE));
        let mut text = format!("  {} ({revision})\n", behind(lag.relevant.len(), lag.others, title));
        for missed in lag.relevant.iter().take(MOST_CHANGES) {
            let change = findings::message(&missed.change);
            let (weight, consequence) = (missed.impact.weight.id(), missed.impact.consequence);
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {weight}: {}. {consequence}", visible(&change, LONGEST_CHANGE));
        }
        if lag.relevant.len() > MOST_CHANGES {
            let _ = writeln!(text, "  … and {} more", lag.relevant.len() - MOST_CHANGES);
        }
        Ok(text)
    }

    /// The state of the book that a copy was made from, and what people call the commit.
    fn source(&mut self, said: &Said) -> anyhow::Result<Option<(&str, &Book)>> {
        let mut found = self.past.iter().position(|(_, book)| staleness::is_source(book, said));
        while found.is_none()
            && let Some(commit) = self.commits.next()
        {
            // The book may not have stood there yet, or not have been one: then it has made nothing.
            // Nor has it always stood where it does now; its digest tells whether another one is it.
            let elsewhere = git::USUAL_PLACES.map(PathBuf::from);
            let Ok(revision) = commit.read(commit.short_id(), &self.path, &elsewhere) else { continue };
            let mut sources = Sources::default();
            let (files, _) = spec::load_from(&revision.files, &revision.book, &mut sources)?;
            let Some((book, _)) = files.map(model::resolve_what_can_be) else { continue };
            if staleness::is_source(&book, said) {
                found = Some(self.past.len());
            }
            self.past.push((commit.short_id().to_owned(), book));
        }
        let found = found.and_then(|index| self.past.get(index));
        Ok(found.map(|(revision, book)| (revision.as_str(), book)))
    }
}

/// How far a copy is behind, in words.
fn behind(relevant: usize, others: usize, language: &str) -> String {
    let all = relevant + others;
    let matters = if relevant == 1 { "matters" } else { "matter" };
    match (all, relevant) {
        (0, _) => "nothing has changed that errbook compares".to_owned(),
        (1, 0) => format!("1 change behind, which does not matter to {language}"),
        (1, _) => format!("1 change behind, which matters to {language}"),
        (_, 0) => format!("{all} changes behind, none of which matters to {language}"),
        _ if relevant == all => format!("{all} changes behind, which all matter to {language}"),
        _ => format!("{all} changes behind, {relevant} of which {matters} to {language}"),
    }
}
