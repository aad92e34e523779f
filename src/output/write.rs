//! Puts a plan on the disk.
//!
//! In: a plan. Out: the tree that it describes, and what was done. Everything is compared first: if something that
//! errbook did not make stands in the way, nothing is written. Each file is then written beside its place and renamed
//! over it, so that a full disk or an interruption leaves it whole, old or new; a file that is equal keeps its time
//! of modification, on which incremental builds depend. The manifest comes last: until then it lists what was there
//! before, so that nothing is forgotten if the run ends early.

use super::check::{self, Last, State};
use super::manifest::{Entry, Manifest};
use super::plan::Plan;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

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
pub fn write(plan: &Plan) -> anyhow::Result<Summary> {
    let last = Last::read(plan)?;
    let mut summary = Summary::default();
    let mut changed = Vec::new();
    for file in &plan.files {
        match check::compare(&file.path, &file.text, &last)? {
            None => summary.unchanged += 1,
            Some(difference) if difference.state == State::Foreign => {
                anyhow::bail!(
                    "{} is in the way: errbook did not make it; move or remove it (nothing was written)",
                    file.path.display()
                )
            }
            Some(_) => changed.push(file),
        }
    }
    let unplanned = check::unplanned(plan, &last)?;
    for file in changed {
        write_if_different(&file.path, file.text.as_bytes())?;
        summary.written.push(file.path.clone());
    }
    for (path, state) in unplanned {
        if state == State::Obsolete {
            std::fs::remove_file(&path).with_context(|| format!("cannot delete {}", path.display()))?;
            // A folder that this has emptied goes too; one that holds anything refuses.
            for folder in path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty()) {
                if std::fs::remove_dir(folder).is_err() {
                    break;
                }
            }
            summary.deleted.push(path);
        } else {
            summary.orphaned.push(path);
        }
    }
    let manifest = if plan.is_whole { plan.manifest.clone() } else { merged(last.manifest, &plan.manifest) };
    write_if_different(&plan.manifest_path, manifest.to_text().as_bytes())?;
    Ok(summary)
}

/// The last manifest with what a part of the book has renewed.
fn merged(last: Manifest, part: &Manifest) -> Manifest {
    let entries = last.files.into_iter().chain(part.files.iter().cloned());
    let by_path: BTreeMap<String, Entry> = entries.map(|entry| (entry.path.clone(), entry)).collect();
    Manifest { files: by_path.into_values().collect(), ..part.clone() }
}

/// Writes `bytes` to `path` unless they stand there already; says whether it wrote.
pub fn write_if_different(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    if check::read(path)?.is_some_and(|old| old == bytes) {
        return Ok(false);
    }
    // A link is followed, so that the file it points to is replaced and not the link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = || format!("cannot write {}", path.display());
    std::fs::create_dir_all(folder).with_context(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".errbook-");
    // Without this a temporary file would stay private to its owner; the process's mask still applies.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).with_context(failed)?;
    // A file that was there keeps its mode, which the process's mask must not narrow.
    if let Ok(metadata) = std::fs::metadata(&target) {
        file.as_file().set_permissions(metadata.permissions()).with_context(failed)?;
    }
    file.write_all(bytes).with_context(failed)?;
    file.as_file().sync_data().with_context(failed)?;
    file.persist(&target).with_context(failed)?;
    Ok(true)
}
