//! Puts a plan on the disk.
//!
//! In: a plan. Out: the tree that it describes, and what was done. Each file is written beside its place and renamed
//! over it, so that a full disk or an interruption leaves it whole, old or new; a file that is equal keeps its time
//! of modification, on which incremental builds depend. The manifest comes last: until then it lists what was there
//! before, so that nothing is forgotten if the run ends early.

use super::check::{self, State};
use super::plan::Plan;
use anyhow::Context as _;
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
pub fn write(plan: &Plan) -> anyhow::Result<Summary> {
    let last = check::last_manifest(plan)?;
    let mut summary = Summary::default();
    for file in &plan.files {
        if write_if_different(&file.path, file.text.as_bytes())? {
            summary.written.push(file.path.clone());
        } else {
            summary.unchanged += 1;
        }
    }
    for (path, state) in check::unplanned(plan, &last)? {
        if state == State::Obsolete {
            std::fs::remove_file(&path).with_context(|| format!("cannot delete {}", path.display()))?;
            summary.deleted.push(path);
        } else {
            summary.orphaned.push(path);
        }
    }
    if plan.is_whole {
        write_if_different(&plan.manifest_path, plan.manifest.to_text().as_bytes())?;
    }
    Ok(summary)
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
        let mode = std::fs::metadata(&target).map_or(0o666, |metadata| metadata.permissions().mode());
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    let mut file = builder.tempfile_in(folder).with_context(failed)?;
    file.write_all(bytes).with_context(failed)?;
    file.as_file().sync_data().with_context(failed)?;
    file.persist(&target).with_context(failed)?;
    Ok(true)
}
