//! jq: the machine's own, or Debian's.
//!
//! In: PATH. Out: `jq`, which the scripts for code hosts read answers with; the machines that run those have it. Nothing is
//! put into the cache.

use anyhow::{Context as _, Result};

use super::install::Installer;
use super::{apt, version_line};

/// The programs [`ensure()`] tells about.
pub(super) const IDS: [&str; 1] = ["jq"];

/// Finds jq, or installs Debian's.
pub(super) fn ensure(installer: &Installer) -> Result<[String; 1]> {
    apt::found_or_installed(installer, &["jq"], find)
}

fn find(installer: &Installer) -> Result<[String; 1]> {
    let path = installer.on_path("jq").context("no `jq` on PATH; install the package `jq`")?;
    Ok([version_line(path.as_os_str(), "--version")?])
}
