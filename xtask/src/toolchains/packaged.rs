//! Programs of which any version will do: the machine's own, or Debian's.
//!
//! In: PATH. Out: `jq`, which the scripts for code hosts read answers with; `zsh` and `fish`, whose completions are tried, as
//! bash's are; `mandoc`, which reads the manual; `checkstyle`, which judges Java sources by the rules of a team. Nothing is put
//! into the cache.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::apt;
use super::install::Installer;

/// The programs [`ensure()`] tells about; each is called like its package.
pub(super) const IDS: [&str; 5] = ["jq", "zsh", "fish", "mandoc", "checkstyle"];

/// Finds the programs, or installs Debian's.
pub(super) fn ensure(installer: &Installer) -> Result<[String; 5]> {
    apt::found_or_installed(installer, &IDS, find)
}

/// Where the programs are: mandoc tells no version.
fn find(installer: &Installer) -> Result<[String; 5]> {
    let path = |id: &str| -> Result<PathBuf> {
        installer.on_path(id).with_context(|| format!("no `{id}` on PATH; install the package `{id}`"))
    };
    let [jq, zsh, fish, mandoc, checkstyle] = IDS.map(path);
    Ok([jq?, zsh?, fish?, mandoc?, checkstyle?].map(|path| path.display().to_string()))
}
