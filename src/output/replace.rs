//! Puts a file in the place of another, whole at every moment.
//!
//! In: a path, and bytes. Out: a file with those bytes at that path, or what was there before. The new file grows
//! beside its place and is renamed over it, so a full disk or an interruption leaves the old one whole. A file keeps its
//! mode, and a link is followed.

use super::check;
use crate::characters::shown;
use anyhow::Context as _;
use std::fs::File;
use std::io::{ErrorKind, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How much of a file is held back, in bytes, to be written at once: most files are smaller.
const HELD: usize = 128 << 10;

/// A file that is to take the place of another.
pub(super) struct Replacement {
    path: PathBuf,
    /// Where `path` leads.
    target: PathBuf,
    file: NamedTempFile,
    /// All of it, until it is more than `HELD`.
    held: Option<Vec<u8>>,
}

impl Replacement {
    /// Begins an empty file that is to stand at `path`.
    pub(super) fn begin(path: &Path) -> anyhow::Result<Self> {
        // A link is followed, so that the file it points to is replaced and not the link.
        let old = std::fs::symlink_metadata(path).ok();
        let is_link = old.as_ref().is_some_and(std::fs::Metadata::is_symlink);
        let followed = if is_link { std::fs::canonicalize(path).ok() } else { None };
        let old = if is_link { std::fs::metadata(path).ok() } else { old };
        let target = followed.unwrap_or_else(|| path.to_owned());
        let folder = beside(&target);
        let failed = || cannot_write(path);
        let mut builder = tempfile::Builder::new();
        builder.prefix(check::TEMPORARY);
        // Without this a temporary file would stay private to its owner; the process's mask still applies.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        // Most files have neighbours, so the folder is made where it is missing, and not asked for before.
        let begun = match builder.tempfile_in(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                std::fs::create_dir_all(folder).with_context(|| {
                    format!("cannot write {}: cannot make {}", shown(path), shown(folder))
                })?;
                builder.tempfile_in(folder)
            }
            begun => begun,
        };
        let file = begun.map_err(|error| without_path(error, folder)).with_context(failed)?;
        // A file that was there keeps its mode, which the process's mask must not narrow.
        if let Some(old) = old {
            file.as_file().set_permissions(old.permissions()).with_context(failed)?;
        }
        Ok(Self { path: path.to_owned(), target, file, held: Some(Vec::new()) })
    }

    /// Writes what comes next.
    pub(super) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        if let Some(held) = self.held.as_mut().filter(|held| held.len() + bytes.len() <= HELD) {
            held.extend_from_slice(bytes);
            return Ok(());
        }
        self.let_go()?;
        self.file.as_file_mut().write_all(bytes).with_context(|| cannot_write(&self.path))
    }

    /// Writes what comes next, from a file.
    pub(super) fn copy(&mut self, from: &mut std::io::Take<File>) -> anyhow::Result<()> {
        self.let_go()?;
        std::io::copy(from, self.file.as_file_mut()).with_context(|| cannot_write(&self.path))?;
        Ok(())
    }

    /// Writes over the first bytes.
    pub(super) fn write_start(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        if let Some(start) = self.held.as_mut().and_then(|held| held.get_mut(..bytes.len())) {
            start.copy_from_slice(bytes);
            return Ok(());
        }
        let file = self.file.as_file_mut();
        file.rewind().and_then(|()| file.write_all(bytes)).with_context(|| cannot_write(&self.path))
    }

    /// Writes what is held back.
    fn let_go(&mut self) -> anyhow::Result<()> {
        let held = self.held.take().unwrap_or_default();
        self.file.as_file_mut().write_all(&held).with_context(|| cannot_write(&self.path))
    }

    /// Waits until the disk has the file, so that not even a loss of power leaves half of it. What a person wrote is
    /// worth the wait; a generated file is not: the next run makes it again.
    pub(super) fn wait_for_disk(&mut self) -> anyhow::Result<()> {
        self.let_go()?;
        self.file.as_file().sync_data().with_context(|| cannot_write(&self.path))
    }

    /// Lets the file take its place.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        self.let_go()?;
        self.file
            .persist(&self.target)
            .map_err(|refused| refused.error)
            .with_context(|| cannot_write(&self.path))?;
        Ok(())
    }
}

/// The folder in which something stands.
fn beside(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Why no file can be made in a folder. The name of the file in the making, which is in the error, says nothing to anybody.
fn without_path(error: std::io::Error, folder: &Path) -> anyhow::Error {
    let error = match error.kind() {
        kind @ (ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::StorageFull) => {
            kind.into()
        }
        _ => error,
    };
    anyhow::Error::new(error).context(format!("cannot make a file in {}", shown(folder)))
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", shown(path))
}
