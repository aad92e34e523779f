//! `errbook lint --fix`: writes what has one right answer.
//!
//! In: a book and what was found in it. Out: the book on the disk, mended, and what is left to say. Fixes are applied in
//! rounds, because one can uncover another. Then the formatter puts entries in their order where `unsorted` was found,
//! and a file that was in its one form has it again: a text that became shorter may need another form.
//!
//! Guaranteed: each new text was read back before it is written, of all files of a round or of none; a second run finds
//! nothing more to do. A book of very many entries or findings, which takes long to read, gets one round and no formatter, and
//! whoever asked is told to ask again.

use super::lint::{Linted, lint};
use super::rewrite;
use crate::characters::shown;
use crate::diagnostics::{SourceId, Sources};
use crate::lints::{self, Places};
use crate::output;
use crate::reformat;
use crate::spec::tree::Disk;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How often fixes are applied before those left are taken to be at odds with each other.
const MOST_ROUNDS: usize = 10;

/// How many bytes a book may have that is read again for each round and by the formatter, about a dozen times in all. One of
/// twenty thousand codes has as many.
const LARGEST_IN_ROUNDS: usize = 8 << 20;

/// What a run of `--fix` came to.
pub(super) struct Outcome {
    /// What is left to tell, if another run cannot mend more.
    pub(super) linted: Linted,
    /// How many findings are gone.
    pub(super) mended: usize,
    /// Whether another run may mend more.
    pub(super) may_be_more: bool,
}

/// Mends the book at `path`.
pub(super) fn mend(path: &Path, mut linted: Linted) -> anyhow::Result<Outcome> {
    let bytes: usize = linted.sources.ids().map(|id| linted.sources.get(id).text.len()).sum();
    if linted.report.untold > 0 || bytes > LARGEST_IN_ROUNDS {
        let mended = round(&linted)?;
        return Ok(Outcome { linted, mended, may_be_more: mended > 0 });
    }
    let in_form = in_form(path)?;
    let mut mended = 0;
    for _ in 0..MOST_ROUNDS {
        let count = round(&linted)?;
        if count == 0 {
            break;
        }
        mended += count;
        linted = lint(path, Places::AsKnown)?;
    }
    let unsorted = unsorted(&linted);
    if (mended > 0 || !unsorted.is_empty()) && format(path, &in_form, &unsorted)? {
        let count = |linted: &Linted| linted.report.diagnostics.len() + linted.report.untold;
        let before = count(&linted);
        linted = lint(path, Places::AsKnown)?;
        mended += before.saturating_sub(count(&linted));
    }
    Ok(Outcome { linted, mended, may_be_more: false })
}

/// Writes the fixes of what was found, and says how many.
fn round(linted: &Linted) -> anyhow::Result<usize> {
    let fixed = lints::fix::apply(&linted.report.diagnostics, &linted.sources);
    for (source, mended) in &fixed.sources {
        anyhow::ensure!(
            lints::fix::reads_back(&linted.sources, *source, mended),
            "{} would not read back as it should; mend it by hand (nothing was written)",
            shown(&linted.sources.get(*source).path)
        );
    }
    write(&linted.sources, fixed.sources.iter().map(|(source, mended)| (*source, mended.text.as_str())))?;
    Ok(fixed.count)
}

/// The files of the book that are in their one form.
fn in_form(path: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    let mut sources = Sources::default();
    let Ok(formatted) = reformat::book(&Disk, path, &mut sources)? else { return Ok(BTreeSet::new()) };
    let changed: BTreeSet<_> = formatted.changed.iter().map(|(id, _)| *id).collect();
    let kept = formatted.files.iter().filter(|id| !changed.contains(id));
    Ok(kept.map(|id| sources.get(*id).path.clone()).collect())
}

/// The files in which something does not stand in its order.
fn unsorted(linted: &Linted) -> BTreeSet<PathBuf> {
    let found = linted.report.diagnostics.iter().filter(|finding| finding.id == lints::UNSORTED);
    let places = found.filter_map(|finding| Some(finding.span()?.source));
    places.map(|id| linted.sources.get(id).path.clone()).collect()
}

/// Formats those files of the book that were in their form, or are not in order. Says whether any changed.
fn format(path: &Path, in_form: &BTreeSet<PathBuf>, unsorted: &BTreeSet<PathBuf>) -> anyhow::Result<bool> {
    let mut sources = Sources::default();
    // What the formatter cannot do is left to a person, who is told of it by `errbook fmt`.
    let Ok(formatted) = reformat::book(&Disk, path, &mut sources)? else { return Ok(false) };
    let is_wanted = |id: SourceId| {
        let path = &sources.get(id).path;
        in_form.contains(path) || unsorted.contains(path)
    };
    let files: Vec<_> = formatted.changed.iter().filter(|(id, _)| is_wanted(*id)).collect();
    write(&sources, files.iter().map(|(id, text)| (*id, text.as_str())))?;
    Ok(!files.is_empty())
}

/// Writes new texts with the line ends that the files have.
fn write<'a>(sources: &Sources, files: impl IntoIterator<Item = (SourceId, &'a str)>) -> anyhow::Result<()> {
    let texts = rewrite::with_line_ends(sources, files)?;
    output::write_all(texts.iter().map(|(path, text)| (path.as_path(), text.as_str())))
}
