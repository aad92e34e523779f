//! The Java compiler: the machine's own, or Debian's default JDK.
//!
//! In: PATH. Out: `javac` and `java`, new enough for `--release 8` and for the Kotlin compiler. Nothing is put into
//! the cache. `JAVA_HOME` is not looked at: what compiles is what PATH says, here and in the wrappers.

use anyhow::{Context as _, Result, anyhow};

use super::install::Installer;
use super::{apt, number_after, version_line};

/// The programs [`ensure()`] tells about.
pub(super) const IDS: [&str; 2] = ["javac", "java"];

/// The oldest long-term release that is still maintained anywhere.
const OLDEST: u32 = 11;

/// Finds a JDK, or installs Debian's.
pub(super) fn ensure(installer: &Installer) -> Result<[String; 2]> {
    apt::found_or_installed(installer, &["default-jdk-headless"], find)
}

/// The release a version line of `java` tells: 17 for `openjdk version "17.0.15" 2025-04-15`.
pub(super) fn release(java: &str) -> Option<u32> {
    number_after(java, "version \"")
}

fn find(installer: &Installer) -> Result<[String; 2]> {
    let advice = format!("install JDK {OLDEST} or newer (https://adoptium.net, or your package manager)");
    let version = |program: &str| {
        let path = installer.on_path(program).with_context(|| format!("no `{program}` on PATH; {advice}"))?;
        // macOS has a `javac` that only says that there is no JDK.
        version_line(path.as_os_str(), "-version").with_context(|| advice.clone())
    };
    let [javac, java] = [version("javac")?, version("java")?];
    let is_old = |found: Option<u32>| found.is_none_or(|release| release < OLDEST);
    if is_old(number_after(&javac, "javac ")) || is_old(release(&java)) {
        return Err(anyhow!("`javac` on PATH is {javac} and `java` {java}; {advice}"));
    }
    Ok([javac, java])
}
