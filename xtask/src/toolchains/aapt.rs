//! Android's resource packager: the machine's own, or Debian's.
//!
//! In: PATH. Out: `aapt2`, which reads string resources as an app's build does. Nothing is put into the cache.

use anyhow::{Context as _, Result};

use super::install::Installer;
use super::{apt, version_line};

/// The programs [`ensure()`] tells about.
pub(super) const IDS: [&str; 1] = ["aapt2"];

/// Finds aapt2, or installs Debian's.
pub(super) fn ensure(installer: &Installer) -> Result<[String; 1]> {
    apt::found_or_installed(installer, &["aapt"], find)
}

fn find(installer: &Installer) -> Result<[String; 1]> {
    let path = installer.on_path("aapt2").context(
        "no `aapt2` on PATH; put the `build-tools` folder of an Android SDK on it, or install Debian's `aapt`",
    )?;
    Ok([version_line(path.as_os_str(), "version")?])
}
