//! Puts a plan on the disk.
//!
//! In: a plan. Out: the tree that it describes, and what was done. What stands in the places of files is looked at first: if
//! something that errbook did not make is in the way, or a link would lead the writing out of its folder or to nothing,
//! nothing is written. Each file is then made beside its place and renamed over it, so that a full disk or an interruption leaves
//! it whole, old or new; a file that is equal keeps its time of modification, on which incremental builds depend. The
//! manifest comes last: until then it lists what was there before, so that nothing is forgotten if the run ends early.
//! What a run that was killed had in the making is deleted by a later one, when it is too old to belong to any run.

use super::check::{self, Last, State};
use super::make::{self, Mode};
use super::manifest::{Entry, Manifest};
use super::plan::{Plan, Planned};
use super::replace::Replacement;
use crate::characters::shown;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a run of `gen` did.
#[derive(Debug, Default)]
pub struct Summary {
    /// Files that were written.
    pub written: Vec<PathBuf>,
    /// Files that were equal and not touched.
    pub unchanged: usize,
    /// Files that were deleted, because nothing generates them any more.
    pub deleted: Vec<PathBuf>,
    /// Files that are in the way and were kept, because errbook did not make them or somebody changed them.
    pub orphaned: Vec<PathBuf>,
}

/// Writes every file of the plan that differs.
///
/// Fails before it writes anything if a file that errbook did not make stands where one goes.
pub fn write(plan: &Plan<'_>) -> anyhow::Result<Summary> {
    let last = Last::read(plan)?;
    for folder in plan.folders.iter().map(PathBuf::as_path).chain(plan.manifest_path.parent()) {
        leads_somewhere(folder)?;
    }
    // Nothing is in the way, and no link leads out, where there is no folder yet.
    let is_missing = |folder: &&PathBuf| {
        std::fs::symlink_metadata(folder).is_err_and(|error| error.kind() == ErrorKind::NotFound)
    };
    let missing: Vec<_> = plan.folders.iter().filter(is_missing).collect();
    for file in plan.files.iter().filter(|file| !missing.iter().any(|folder| file.path.starts_with(folder))) {
        may_write(plan, file, &last)?;
    }
    stays_inside(plan, &plan.manifest_path)?;
    let unplanned = check::unplanned(plan, &last)?;
    let mut summary = Summary::default();
    let made = make::all(plan, Mode::Write)?;
    for (file, made) in plan.files.iter().zip(&made) {
        if made.differs {
            summary.written.push(file.path.clone());
        } else {
            summary.unchanged += 1;
        }
    }
    for (path, state) in unplanned {
        if state == State::Obsolete {
            std::fs::remove_file(&path).with_context(|| format!("cannot delete {}", shown(&path)))?;
            // A folder that this has emptied goes too; one that holds anything refuses.
            for folder in path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty()) {
                if std::fs::remove_dir(folder).is_err() {
                    break;
                }
            }
            summary.deleted.push(path);
        } else if state == State::Temporary {
            // Another run may be writing it at this moment; one that is old was left by a run that was killed.
            let age =
                std::fs::metadata(&path).and_then(|metadata| metadata.modified()).map(|time| time.elapsed());
            if age.is_ok_and(|age| age.is_ok_and(|age| age > LONGEST_RUN)) {
                std::fs::remove_file(&path).with_context(|| format!("cannot delete {}", shown(&path)))?;
            }
        } else {
            summary.orphaned.push(path);
        }
    }
    let new = plan.manifest(made.into_iter().map(|made| made.body_digest));
    let manifest = if plan.is_whole { new } else { merged(last.manifest, new) };
    // Like the files that it lists, it is not waited for: after a loss of power they are what has to be made again.
    if let Some(new) = new_if_different(&plan.manifest_path, manifest.to_text().as_bytes())? {
        new.finish()?;
    }
    Ok(summary)
}

/// Fails if a file cannot be put in its place: something foreign stands there, or a link leads elsewhere. One that is as
/// it should be is not touched, so it may be whatever it is.
fn may_write(plan: &Plan<'_>, file: &Planned<'_>, last: &Last) -> anyhow::Result<()> {
    let is_ours = check::is_ours(&file.path, last)?;
    let inside = stays_inside(plan, &file.path);
    if (is_ours && inside.is_ok()) || !make::one(plan, file, Mode::Compare)?.differs {
        return Ok(());
    }
    anyhow::ensure!(
        is_ours,
        "{} is in the way: errbook did not make it; move or remove it (nothing was written)",
        shown(&file.path)
    );
    inside
}

/// How long no run takes: a temporary file that is older has no run any more.
const LONGEST_RUN: Duration = Duration::from_secs(600);

/// Fails if a link would lead the writing of `path` out of the folder of its output, or of the manifest. The folder
/// itself may be a link: whoever set up the book chose it.
fn stays_inside(plan: &Plan<'_>, path: &Path) -> anyhow::Result<()> {
    let own = plan.folders.iter().find(|folder| path.starts_with(folder)).map(PathBuf::as_path);
    stays_in(own.or(path.parent()).unwrap_or(Path::new("")), path)
}

/// Fails if a folder is a link to nothing, or would stand below one: nobody could make it, and what goes elsewhere would be
/// written before that shows.
pub(super) fn leads_somewhere(folder: &Path) -> anyhow::Result<()> {
    let existing = folder.ancestors().find(|above| std::fs::symlink_metadata(above).is_ok());
    let Some(link) = existing.filter(|above| above.is_symlink()) else { return Ok(()) };
    let is_nothing = std::fs::metadata(link).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    anyhow::ensure!(
        !is_nothing,
        "{} is in the way: it is a link to nothing; make what it leads to, or remove the link (nothing was written)",
        shown(link)
    );
    Ok(())
}

/// Fails if a link below `folder` would lead the writing of `path` out of it.
pub(super) fn stays_in(folder: &Path, path: &Path) -> anyhow::Result<()> {
    let mut below = path.ancestors().take_while(|above| *above != folder && above.starts_with(folder));
    // Nearly always nothing below is a link, and then nothing has to be followed.
    if !below.any(Path::is_symlink) {
        return Ok(());
    }
    let root = std::fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let existing = path.ancestors().find(|above| std::fs::symlink_metadata(above).is_ok());
    let leads = std::fs::canonicalize(existing.unwrap_or(path));
    anyhow::ensure!(
        root.is_ok_and(|root| leads.is_ok_and(|leads| leads.starts_with(root))),
        "{} is in the way: a link leads from it out of {}; remove the link (nothing was written)",
        shown(path),
        if folder.as_os_str().is_empty() { "this folder".to_owned() } else { shown(folder) }
    );
    Ok(())
}

/// What stands at `path` and would be lost if `new` took its place: nothing if the place is free or holds the same. Whether
/// errbook made it is for the caller to tell, who knows the file.
///
/// Fails if a link leads the writing out of `folder`, in which the file is to stand.
pub fn lost(folder: &Path, path: &Path, new: &str) -> anyhow::Result<Option<String>> {
    leads_somewhere(folder)?;
    let old = check::read(path)?;
    if old.as_ref().is_some_and(|old| old == new.as_bytes()) {
        return Ok(None);
    }
    stays_in(folder, path)?;
    Ok(old.map(|old| String::from_utf8_lossy(&old).into_owned()))
}

/// The last manifest with what a part of the book has renewed.
fn merged(last: Manifest, part: Manifest) -> Manifest {
    let entries = last.files.into_iter().chain(part.files);
    let by_path: BTreeMap<String, Entry> = entries.map(|entry| (entry.path.clone(), entry)).collect();
    Manifest { files: by_path.into_values().collect(), ..part }
}

/// Writes `bytes` to `path` unless they stand there already; says whether it wrote. When it returns, the disk has them.
pub fn write_if_different(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    let Some(mut new) = new_if_different(path, bytes)? else { return Ok(false) };
    new.wait_for_disk()?;
    new.finish()?;
    Ok(true)
}

/// How many files are made before the first of them takes its place. Waiting for a disk takes no processor, and a disk that many
/// wait for writes for all of them at once.
const AT_ONCE: usize = 32;

/// Writes each text to its path unless it stands there already. When it returns, the disk has all of them.
pub fn write_all<'a>(files: impl IntoIterator<Item = (&'a Path, &'a str)>) -> anyhow::Result<()> {
    let mut files = files.into_iter().peekable();
    while files.peek().is_some() {
        let mut made = Vec::new();
        for (path, text) in files.by_ref().take(AT_ONCE) {
            made.extend(new_if_different(path, text.as_bytes())?);
        }
        std::thread::scope(|scope| {
            let waiting: Vec<_> = made.iter_mut().map(|new| scope.spawn(|| new.wait_for_disk())).collect();
            waiting.into_iter().try_for_each(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic)))
        })?;
        made.into_iter().try_for_each(Replacement::finish)?;
    }
    Ok(())
}

/// A file with `bytes` that is to take its place at `path`, unless they stand there already.
fn new_if_different(path: &Path, bytes: &[u8]) -> anyhow::Result<Option<Replacement>> {
    if check::read(path)?.is_some_and(|old| old == bytes) {
        return Ok(None);
    }
    let mut new = Replacement::begin(path)?;
    new.write(bytes)?;
    Ok(Some(new))
}
