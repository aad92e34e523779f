//! Installs Debian packages, on Debian and for root only.
//!
//! In: names of packages. Out: they are installed, or a reason why not. Guaranteed: the package lists are fetched
//! at most once in a run, and only if something has to be installed; nobody is asked anything; a failure that may
//! pass, such as a mirror in the middle of an update, is tried once more.

use std::fs;
use std::process::Command;
use std::sync::PoisonError;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::install::{Installer, note};

/// Whether the package lists were fetched in this run.
#[derive(Default)]
pub(super) struct Index {
    fresh: bool,
}

/// What `find` finds; if that is nothing and Debian's packages can be installed here, once more with them.
pub(super) fn found_or_installed<T>(
    installer: &Installer,
    packages: &[&str],
    find: impl Fn(&Installer) -> Result<T>,
) -> Result<T> {
    let missing = match find(installer) {
        Err(missing) if obstacle().is_none() => missing,
        settled => return settled,
    };
    installer.lock()?;
    install(installer, packages).with_context(|| missing.to_string())?;
    find(installer)
}

/// Installs packages without those they merely recommend.
pub(super) fn install(installer: &Installer, packages: &[&str]) -> Result<()> {
    // Two families may want packages at the same time, and dpkg has one lock.
    let mut index = installer.apt.lock().unwrap_or_else(PoisonError::into_inner);
    note(&format!("installing {} with apt-get", packages.join(", ")));
    attempt(installer, &mut index, packages).or_else(|_| {
        thread::sleep(Duration::from_secs(5));
        index.fresh = false;
        attempt(installer, &mut index, packages)
    })
}

/// Why [`install`] cannot work here, in words that follow "because".
pub(super) fn obstacle() -> Option<&'static str> {
    if !os_release().is_debian_like() {
        Some("this is not Debian")
    } else if !is_root() {
        Some("only root can install packages")
    } else {
        None
    }
}

/// What /etc/os-release says.
pub(super) fn os_release() -> OsRelease {
    OsRelease(fs::read_to_string("/etc/os-release").unwrap_or_default())
}

/// The text of /etc/os-release, empty where there is none.
pub(super) struct OsRelease(String);

impl OsRelease {
    /// Debian itself, of which a release and its archive keys can be assumed.
    pub(super) fn is_debian(&self) -> bool {
        self.value("ID") == "debian"
    }

    fn is_debian_like(&self) -> bool {
        self.is_debian() || self.value("ID_LIKE").split(' ').any(|id| id == "debian")
    }

    fn value(&self, key: &str) -> &str {
        self.0
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
            .unwrap_or_default()
            .trim_matches('"')
    }
}

/// Whether this process may do all that root may, apart from what a container takes away.
pub(super) fn is_root() -> bool {
    // `Uid:` is followed by the real and the effective user id.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .filter_map(|line| line.strip_prefix("Uid:"))
        .any(|ids| ids.split_whitespace().nth(1) == Some("0"))
}

fn attempt(installer: &Installer, index: &mut Index, packages: &[&str]) -> Result<()> {
    if let Some(obstacle) = obstacle() {
        bail!("cannot install {}: {obstacle}", packages.join(", "));
    }
    if !index.fresh {
        installer.run(apt_get().arg("update"))?;
        index.fresh = true;
    }
    installer.run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))?;
    Ok(())
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_release_is_read_with_and_without_quotes() {
        let debian = OsRelease("NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n".to_owned());
        assert!(debian.is_debian() && debian.is_debian_like());
        let mint = OsRelease("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n".to_owned());
        assert!(!mint.is_debian() && mint.is_debian_like());
        assert!(!OsRelease(String::new()).is_debian_like());
    }
}
