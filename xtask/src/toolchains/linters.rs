//! The linters that teams run on their own sources, and so on vendored copies: eslint, Biome and ktlint.
//!
//! In: `xtask/toolchains/linters/package.json` with its lock file, node and a JDK. Out: `eslint` (with typescript-eslint, which
//! a configuration finds by `require`), `biome` and `ktlint`. Guaranteed: the packages are what the lock file says, and none
//! of their install scripts has run. rustfmt and clippy come with Rust, swift-format with Swift, checkstyle from Debian.

use anyhow::{Result, bail};

use super::install::{Installer, note};
use super::{node, version_line};

/// The programs [`ensure()`] tells about.
pub(super) const IDS: [&str; 3] = ["eslint", "biome", "ktlint"];

const PACKAGE: node::Package = node::Package {
    manifest: include_str!("../../toolchains/linters/package.json"),
    lock: include_str!("../../toolchains/linters/package-lock.json"),
};

/// Runs a script of node; `{entry}` is its path below `node_modules`.
const NODE_WRAPPER: &str = include_str!("../../toolchains/bin/linter");
const KTLINT_WRAPPER: &str = include_str!("../../toolchains/bin/ktlint");

/// Installs the pinned packages.
pub(super) fn ensure(
    installer: &Installer,
    node: &Result<[String; 2]>,
    jdk: &Result<[String; 2]>,
) -> Result<[String; 3]> {
    for (what, found) in [("npm", node), ("a JDK", jdk)] {
        if let Err(error) = found {
            bail!("needs {what}: {error:#}");
        }
    }
    let wanted = PACKAGE.text();
    if installer.stamped::<3>("linters", &wanted).is_none() {
        installer.lock()?;
    }
    // Another process may have done it meanwhile.
    let versions = match installer.stamped("linters", &wanted) {
        Some(versions) => versions,
        None => install(installer, &wanted)?,
    };
    write_wrappers(installer)?;
    Ok(versions)
}

fn install(installer: &Installer, wanted: &str) -> Result<[String; 3]> {
    note("installing eslint, Biome and ktlint with npm");
    installer.folder("linters", |folder| PACKAGE.install(installer, folder))?;
    write_wrappers(installer)?;
    let mut versions = IDS.map(|_| String::new());
    for (version, id) in versions.iter_mut().zip(IDS) {
        *version = version_line(installer.place("bin").join(id).as_os_str(), "--version")?;
    }
    installer.stamp("linters", wanted, &versions)?;
    Ok(versions)
}

fn write_wrappers(installer: &Installer) -> Result<()> {
    for (id, entry) in [("eslint", "eslint/bin/eslint.js"), ("biome", "@biomejs/biome/bin/biome")] {
        installer.wrapper(id, &NODE_WRAPPER.replace("{entry}", entry))?;
    }
    installer.wrapper("ktlint", KTLINT_WRAPPER)
}
