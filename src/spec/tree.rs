//! Where the files of a book stand: on the disk, or in memory.
//!
//! In: paths. Out: bytes, and what is there. `load` reads a book through this, so that a revision of a repository and
//! the books of tests are read by the same rules as a folder, with positions and all.
//!
//! Deliberately elsewhere: how a revision comes into memory (`git`), and what the bytes mean (`load`).

use crate::characters::shown;
use crate::diagnostics::source;
use anyhow::Context as _;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files that a book is read from.
pub trait Tree: Sync {
    /// The bytes of a file; an error if it cannot be read or is none.
    fn read(&self, path: &Path) -> anyhow::Result<Cow<'_, [u8]>>;

    /// Whether something stands at `path`, be it a link that leads nowhere: only what is not there at all may be left out.
    fn is_there(&self, path: &Path) -> bool;

    /// Whether a folder stands at `path`.
    fn is_folder(&self, path: &Path) -> bool;

    /// What stands right in a folder, in the order of the paths.
    fn entries(&self, folder: &Path) -> anyhow::Result<Vec<PathBuf>>;

    /// How people name the file at `path`.
    fn name(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}

/// Whether a file stands at `path`, or may stand there where nobody lets us look. Reading it tells which, and that is more
/// than that there is none.
pub fn may_be_file(path: &Path) -> bool {
    path.is_file() || is_kept_from_us(path)
}

/// Whether the folder of `path` is there and may not be searched by us.
fn is_kept_from_us(path: &Path) -> bool {
    let is_denied = |error: &std::io::Error| error.kind() == std::io::ErrorKind::PermissionDenied;
    path.symlink_metadata().as_ref().is_err_and(is_denied) && path.parent().is_some_and(Path::is_dir)
}

/// The disk.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl Tree for Disk {
    fn read(&self, path: &Path) -> anyhow::Result<Cow<'_, [u8]>> {
        source::bytes(path).map(Cow::Owned)
    }

    fn is_there(&self, path: &Path) -> bool {
        // What cannot be looked at may be there: reading it says why it cannot.
        path.symlink_metadata().is_ok() || is_kept_from_us(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn entries(&self, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
        let cannot = || format!("cannot read {}", shown(folder));
        let mut paths = Vec::new();
        // The folder of `errbook.yaml` is the one that has no name.
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        for entry in std::fs::read_dir(here).with_context(cannot)? {
            paths.push(folder.join(entry.with_context(cannot)?.file_name()));
        }
        paths.sort();
        Ok(paths)
    }
}

/// Another tree with some of its files changed: what it would be if they were written.
pub struct Overlay<'a> {
    below: &'a dyn Tree,
    /// By the name of the file.
    changed: BTreeMap<PathBuf, &'a [u8]>,
}

impl<'a> Overlay<'a> {
    /// The tree as it is.
    pub fn new(below: &'a dyn Tree) -> Self {
        Self { below, changed: BTreeMap::new() }
    }

    /// Gives a file that is there another text; `name` is what messages call it.
    pub fn insert(&mut self, name: impl Into<PathBuf>, bytes: &'a [u8]) {
        self.changed.insert(name.into(), bytes);
    }
}

impl Tree for Overlay<'_> {
    fn read(&self, path: &Path) -> anyhow::Result<Cow<'_, [u8]>> {
        match self.changed.get(&self.below.name(path)) {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => self.below.read(path),
        }
    }

    fn is_there(&self, path: &Path) -> bool {
        self.below.is_there(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.below.is_folder(path)
    }

    fn entries(&self, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
        self.below.entries(folder)
    }

    fn name(&self, path: &Path) -> PathBuf {
        self.below.name(path)
    }
}

/// Files in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// What people call the whole of them (`origin/main`), which stands before each path; may be empty.
    label: String,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// No files yet; messages name them as `label:path`, or by their path alone if `label` is empty.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), files: BTreeMap::new() }
    }

    /// The same files under another name; see `new`.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// Adds a file.
    pub fn insert(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// What stands below `folder`, at any depth.
    fn below<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = &'a Path> {
        let files = self.files.range(folder.to_owned()..).map(|(path, _)| path.as_path());
        files.take_while(move |path| path.starts_with(folder)).filter(move |path| *path != folder)
    }
}

impl Tree for Memory {
    fn read(&self, path: &Path) -> anyhow::Result<Cow<'_, [u8]>> {
        let bytes = self.files.get(path).map(|bytes| Cow::Borrowed(bytes.as_slice()));
        bytes.with_context(|| format!("cannot read {}: it is not there", shown(self.name(path))))
    }

    fn is_there(&self, path: &Path) -> bool {
        self.files.contains_key(path) || self.is_folder(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.below(path).next().is_some()
    }

    fn entries(&self, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
        Ok(self.below(folder).filter(|path| path.parent() == Some(folder)).map(Path::to_owned).collect())
    }

    fn name(&self, path: &Path) -> PathBuf {
        if self.label.is_empty() {
            return path.to_owned();
        }
        format!("{}:{}", self.label, path.to_string_lossy().replace('\\', "/")).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_has_folders_where_files_are_below_them() {
        let mut memory = Memory::new("v1");
        for path in ["a/b.yaml", "a/c/d.yaml", "a-z.yaml", "e.yaml"] {
            memory.insert(path, "x");
        }
        let path = Path::new;
        assert!(memory.is_folder(path("a")) && memory.is_folder(path("a/c")) && !memory.is_folder(path("e")));
        assert!(memory.is_there(path("a")) && memory.is_there(path("e.yaml")) && !memory.is_there(path("b")));
        assert_eq!(memory.entries(path("a")).expect("a folder"), [path("a/b.yaml")]);
        assert_eq!(memory.read(path("e.yaml")).expect("a file").as_ref(), b"x");
        let missing = memory.read(path("a/x.yaml")).expect_err("no file");
        assert_eq!(missing.to_string(), "cannot read v1:a/x.yaml: it is not there");
    }
}
