//! Node.js from the machine, and the npm packages that check and bundle TypeScript.
//!
//! In: `xtask/toolchains/node/package.json` and its lock file, which pin exact versions and their digests. Out:
//! `tsc` (TypeScript 7), `tsc5` (TypeScript 5, under an alias) and `esbuild`. Guaranteed: the packages are what the lock
//! file says, and none of their install scripts has run. The lock file names no registry, so npm asks the one it
//! is configured for; make it again with `npm install --omit-lockfile-registry-resolved`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, anyhow, bail};

use super::install::{Installer, note};
use super::{apt, number_after, version_line};

/// The programs [`ensure()`] tells about.
pub(super) const IDS: [&str; 2] = ["node", "npm"];

/// A program from an npm package.
pub(super) struct NpmTool {
    /// The name it gets in `<cache>/bin`.
    pub(super) id: &'static str,
    /// The script that node runs, below `node_modules`.
    entry: &'static str,
}

/// The programs [`ensure_tools`] tells about.
pub(super) const TOOLS: [NpmTool; 3] = [
    NpmTool { id: "tsc", entry: "typescript/bin/tsc" },
    NpmTool { id: "tsc5", entry: "typescript5/bin/tsc" },
    NpmTool { id: "esbuild", entry: "esbuild/bin/esbuild" },
];

/// The oldest release that TypeScript's and esbuild's own scripts run on.
const OLDEST: u32 = 18;

const PACKAGE: Package = Package {
    manifest: include_str!("../../toolchains/node/package.json"),
    lock: include_str!("../../toolchains/node/package-lock.json"),
};

const WRAPPER: &str = include_str!("../../toolchains/bin/node-tool");

/// Finds node and npm, or installs Debian's.
pub(super) fn ensure(installer: &Installer) -> Result<[String; 2]> {
    apt::found_or_installed(installer, &["nodejs", "npm"], find)
}

/// Installs the pinned packages.
pub(super) fn ensure_tools(installer: &Installer, node: &Result<[String; 2]>) -> Result<[String; 3]> {
    if let Err(error) = node {
        bail!("{error:#}");
    }
    let wanted = PACKAGE.text();
    let versions = if let Some(versions) = installer.stamped("node", &wanted) {
        versions
    } else {
        installer.lock()?;
        match installer.stamped("node", &wanted) {
            Some(versions) => versions,
            None => install(installer, &wanted)?,
        }
    };
    write_wrappers(installer)?;
    Ok(versions)
}

/// A manifest and its lock file, as committed.
pub(super) struct Package {
    pub(super) manifest: &'static str,
    pub(super) lock: &'static str,
}

impl Package {
    /// What a stamp says of it.
    pub(super) fn text(&self) -> String {
        [self.manifest, self.lock].concat()
    }

    /// Installs it into a folder, exactly as locked and without running any of its scripts.
    pub(super) fn install(&self, installer: &Installer, folder: &Path) -> Result<()> {
        for (name, text) in [("package.json", self.manifest), ("package-lock.json", self.lock)] {
            std::fs::write(folder.join(name), text).with_context(|| format!("cannot write {name}"))?;
        }
        let flags =
            ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
        // Three more tries within a quarter of a minute; left alone, npm takes more than one to give up.
        let patience = ["--fetch-retries=3", "--fetch-retry-mintimeout=1000", "--fetch-retry-factor=3"];
        let mut npm = Command::new("npm");
        npm.arg("ci").args(flags).args(patience).current_dir(folder);
        installer.run(&mut npm).context("cannot install packages; is the npm registry within reach?")?;
        Ok(())
    }
}

fn find(installer: &Installer) -> Result<[String; 2]> {
    let advice =
        format!("install Node.js {OLDEST} or newer with npm (https://nodejs.org, or your package manager)");
    let version = |program: &str| {
        let path = installer.on_path(program).with_context(|| format!("no `{program}` on PATH; {advice}"))?;
        version_line(path.as_os_str(), "--version")
    };
    let node = version("node")?;
    if number_after(&node, "v").is_none_or(|major| major < OLDEST) {
        return Err(anyhow!("`node` on PATH is {node}; {advice}"));
    }
    Ok([node, version("npm")?])
}

fn install(installer: &Installer, wanted: &str) -> Result<[String; 3]> {
    note("installing TypeScript and esbuild with npm");
    installer.folder("node", |folder| PACKAGE.install(installer, folder))?;
    write_wrappers(installer)?;
    let mut versions = TOOLS.map(|_| String::new());
    for (version, tool) in versions.iter_mut().zip(TOOLS) {
        *version = version_line(installer.place("bin").join(tool.id).as_os_str(), "--version")?;
    }
    installer.stamp("node", wanted, &versions)?;
    Ok(versions)
}

fn write_wrappers(installer: &Installer) -> Result<()> {
    TOOLS.iter().try_for_each(|tool| installer.wrapper(tool.id, &WRAPPER.replace("{entry}", tool.entry)))
}
