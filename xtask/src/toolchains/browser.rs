//! A browser, and the npm packages that drive it, judge what it shows, and read the catalogues for the web.
//!
//! In: `xtask/toolchains/browser/package.json` with its lock file, and a Chromium or Chrome of the machine's or Debian's. Out:
//! `browser-node`, which runs a script with `playwright-core`, `axe-core` and `i18next` and names the browser in `ERRBOOK_BROWSER`.
//! Guaranteed: the packages are what the lock file says, none of their install scripts has run, and no browser is downloaded
//! from anywhere but the machine's own package manager.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::install::{Installer, note, shell_word};
use super::{apt, node, version_line};

/// The programs [`ensure()`] tells about.
pub(super) const IDS: [&str; 2] = ["chromium", "browser-node"];

const PACKAGE: node::Package = node::Package {
    manifest: include_str!("../../toolchains/browser/package.json"),
    lock: include_str!("../../toolchains/browser/package-lock.json"),
};

const WRAPPER: &str = include_str!("../../toolchains/bin/browser-node");

/// What the browser is called on PATH, the freer one first.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Where a Mac keeps it.
const MAC: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Finds a browser or installs Debian's, and installs the packages.
pub(super) fn ensure(installer: &Installer, node: &Result<[String; 2]>) -> Result<[String; 2]> {
    if let Err(error) = node {
        bail!("needs npm: {error:#}");
    }
    let browser = match find(installer) {
        Some(browser) => browser,
        None => install_browser(installer)?,
    };
    let version = version_line(browser.as_os_str(), "--version")?;
    let wanted = PACKAGE.text();
    if installer.stamped::<1>("browser", &wanted).is_none() {
        installer.lock()?;
    }
    // Another process may have done it meanwhile.
    let [packages] = match installer.stamped("browser", &wanted) {
        Some(packages) => packages,
        None => install_packages(installer, &wanted)?,
    };
    let script = WRAPPER.replace("{browser}", &shell_word(&browser.to_string_lossy()));
    installer.wrapper("browser-node", &script)?;
    Ok([version, packages])
}

fn find(installer: &Installer) -> Option<PathBuf> {
    let on_path = NAMES.iter().find_map(|name| installer.on_path(name));
    on_path.or_else(|| MAC.iter().map(PathBuf::from).find(|path| path.exists()))
}

fn install_browser(installer: &Installer) -> Result<PathBuf> {
    let advice = "install Chromium or Chrome";
    if let Some(obstacle) = apt::obstacle() {
        bail!("no browser on PATH; {advice} ({obstacle})");
    }
    installer.lock()?;
    apt::install(installer, &["chromium"])?;
    find(installer).context("Debian's chromium is installed and not on PATH")
}

fn install_packages(installer: &Installer, wanted: &str) -> Result<[String; 1]> {
    note("installing the driver of the browser with npm");
    installer.folder("browser", |folder| PACKAGE.install(installer, folder))?;
    let modules = installer.place("browser/node_modules");
    let versions = [["playwright-core", "axe-core", "i18next"]
        .map(|name| version(&modules, name))
        .into_iter()
        .collect::<Result<Vec<_>>>()?
        .join(", ")];
    installer.stamp("browser", wanted, &versions)?;
    Ok(versions)
}

/// A package and the version that its manifest says.
fn version(modules: &Path, name: &str) -> Result<String> {
    let path = modules.join(name).join("package.json");
    let manifest = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (_, rest) = manifest
        .split_once("\"version\":")
        .with_context(|| format!("{} tells no version", path.display()))?;
    let version = rest.split('"').nth(1).unwrap_or_default();
    Ok(format!("{name} {version}"))
}
