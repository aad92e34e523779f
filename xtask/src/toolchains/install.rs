//! What installing any tool needs: one lock, whole folders, stamps, wrappers, quiet child processes.
//!
//! In: the cache folder. Out: `<cache>/<tool>/` with a stamp in it, and `<cache>/bin/<name>`. Guaranteed: a folder
//! appears under its name only when it is complete, and has a stamp only once its programs were seen to run, so
//! a kill at any moment costs no more than doing that tool again; a stamp that does not say exactly what is wanted
//! now makes the tool be installed anew; nothing is locked, written or started if the stamps agree.
//!
//! Deliberately not here: what is installed.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::{env, process};

use anyhow::{Context as _, Result, bail};

use super::apt;

/// In every installed folder; absent until its programs have run once.
const STAMP: &str = "errbook-stamp";

/// Separates what was wanted from what was found, in a stamp.
const FOUND: &str = "\n--- found ---\n";

/// The cache folder, and the right to change it.
pub(super) struct Installer {
    cache: PathBuf,
    /// Held from the first installation to the end of the process.
    lock: Mutex<Option<File>>,
    pub(super) apt: Mutex<apt::Index>,
}

impl Installer {
    /// Makes the cache folder if there is none.
    pub(super) fn open(cache: PathBuf) -> Result<Self> {
        let usable = cache.to_str().is_some_and(|path| !path.contains([':', '\n']) || cfg!(windows));
        if !usable {
            bail!("{} cannot be put on PATH; set ERRBOOK_TOOLCHAINS to a plain path", cache.display());
        }
        let bin = cache.join("bin");
        fs::create_dir_all(&bin).with_context(|| format!("cannot make {}", bin.display()))?;
        Ok(Self { cache, lock: Mutex::default(), apt: Mutex::default() })
    }

    /// A path in the cache folder.
    pub(super) fn place(&self, relative: &str) -> PathBuf {
        self.cache.join(relative)
    }

    /// The version lines of `tool` if it stands there as `wanted`.
    pub(super) fn stamped<const N: usize>(&self, tool: &str, wanted: &str) -> Option<[String; N]> {
        let stamp = fs::read_to_string(self.place(tool).join(STAMP)).ok()?;
        let found = stamp.strip_prefix(wanted)?.strip_prefix(FOUND)?;
        found.lines().map(str::to_owned).collect::<Vec<_>>().try_into().ok()
    }

    /// Says that `tool` stands there as `wanted` and was seen to run.
    pub(super) fn stamp(&self, tool: &str, wanted: &str, versions: &[String]) -> Result<()> {
        let found: String = versions.iter().flat_map(|version| [version, "\n"]).collect();
        replace(&self.place(tool).join(STAMP), &format!("{wanted}{FOUND}{found}"), |_| Ok(()))
    }

    /// Builds the folder of `tool` beside its place, then puts it there in one step.
    pub(super) fn folder(&self, tool: &str, build: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        let place = self.place(tool);
        let partial = self.place(&format!("{tool}.partial"));
        let old = self.place(&format!("{tool}.old"));
        // What a killed run has left.
        discard(&partial)?;
        discard(&old)?;
        fs::create_dir(&partial).with_context(|| format!("cannot make {}", partial.display()))?;
        if let Err(error) = build(&partial) {
            // The first fault is the one to tell; the next run tries again to clear up.
            let _ = discard(&partial);
            return Err(error);
        }
        match fs::rename(&place, &old) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot move {}", place.display()));
            }
            _ => {}
        }
        fs::rename(&partial, &place).with_context(|| format!("cannot name {}", place.display()))?;
        discard(&old)
    }

    /// Writes `<cache>/bin/<name>`, with the cache's path spelled for a shell in place of `{cache}`.
    pub(super) fn wrapper(&self, name: &str, script: &str) -> Result<()> {
        let path = self.place("bin").join(name);
        let script = script.replace("{cache}", &shell_word(&self.cache.to_string_lossy()));
        if fs::read_to_string(&path).is_ok_and(|present| present == script) && is_program(&path) {
            return Ok(());
        }
        replace(&path, &script, make_program)
    }

    /// Removes a file or a folder of the cache, if there is one.
    pub(super) fn remove(&self, relative: &str) -> Result<()> {
        discard(&self.place(relative))
    }

    /// The machine's own program of that name; the wrappers do not count.
    pub(super) fn on_path(&self, program: &str) -> Option<PathBuf> {
        let bin = self.place("bin");
        env::split_paths(&env::var_os("PATH")?)
            .filter(|folder| *folder != bin)
            .map(|folder| folder.join(program))
            .find(|path| is_program(path))
    }

    /// Waits until no other process installs, then keeps others out until this process ends.
    ///
    /// Look at the stamp again afterwards: the other process may have done the work.
    pub(super) fn lock(&self) -> Result<File> {
        let mut held = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_none() {
            let path = self.place("lock");
            let file = File::options().read(true).append(true).create(true).open(&path);
            let file = file.with_context(|| format!("cannot open {}", path.display()))?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    note("waiting for another setup");
                    file.lock()
                }
                Err(TryLockError::Error(error)) => Err(error),
                Ok(()) => Ok(()),
            }
            .with_context(|| format!("cannot lock {}", path.display()))?;
            *held = Some(file);
        }
        let file = held.as_ref().context("the lock was just taken")?;
        file.try_clone().context("cannot share the lock")
    }

    /// Runs a step of an installation to its end.
    pub(super) fn run(&self, command: &mut Command) -> Result<String> {
        // The lock file is empty, so the child reads nothing; and as it holds the lock with us, an installation
        // whose parent was killed keeps others out until it has ended, too.
        command.stdin(self.lock()?);
        finish(command)
    }
}

/// Tells the person who waits what is going on.
pub(super) fn note(what: &str) {
    // A closed stderr is no reason to stop.
    let _ = writeln!(io::stderr(), "setup: {what}");
}

/// Runs a program to its end, without input, and gives all that it printed.
pub(super) fn quiet<S: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = S>,
) -> Result<String> {
    finish(Command::new(program).args(arguments).stdin(process::Stdio::null()))
}

fn finish(command: &mut Command) -> Result<String> {
    let name = Path::new(command.get_program()).display().to_string();
    let output = command.output().with_context(|| format!("cannot start `{name}`"))?;
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    bail!("`{name}` ended with {}\n{}", output.status, ends(text.trim()))
}

/// Both ends of a long text: Java tells the reason first, installers tell it last.
fn ends(text: &str) -> String {
    const FIRST: usize = 5;
    const LAST: usize = 12;
    let lines: Vec<_> = text.lines().collect();
    if lines.len() <= FIRST + LAST {
        return text.to_owned();
    }
    let last = &lines[lines.len() - LAST..];
    [&lines[..FIRST], &["[…]"], last].concat().join("\n")
}

/// Removes a file or a folder, if there is one.
fn discard(path: &Path) -> Result<()> {
    let metadata = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        found => found.with_context(|| format!("cannot look at {}", path.display()))?,
    };
    if metadata.is_dir() { discard_folder(path) } else { fs::remove_file(path).map_err(Into::into) }
        .with_context(|| format!("cannot remove {}", path.display()))
}

/// Refuses to go through a mount: what lies behind it is not ours. A killed mmdebstrap may leave some.
fn discard_folder(path: &Path) -> Result<()> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    if let Some(mount) = mount_below(&mounts, path) {
        bail!("something is mounted at {mount}; unmount it first");
    }
    Ok(fs::remove_dir_all(path)?)
}

/// The first mount point below `path` in the text of a mountinfo file; its fifth field, with blanks as `\040`.
fn mount_below(mountinfo: &str, path: &Path) -> Option<String> {
    let points = mountinfo.lines().filter_map(|line| line.split(' ').nth(4));
    points.map(|point| point.replace("\\040", " ")).find(|point| Path::new(point).starts_with(path))
}

/// Writes a text file so that a reader sees the old text or the new one, and only when it is `ready`.
fn replace(path: &Path, text: &str, ready: impl FnOnce(&Path) -> io::Result<()>) -> Result<()> {
    let mut partial = OsString::from(path);
    // Two runs that find nothing to install hold no lock, yet both may mend a wrapper.
    partial.push(format!(".{}.partial", process::id()));
    let partial = Path::new(&partial);
    fs::write(partial, text)
        .and_then(|()| ready(partial))
        .and_then(|()| fs::rename(partial, path))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Spells a text as one word of a POSIX shell.
pub(super) fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(unix)]
fn make_program(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(not(unix))]
fn make_program(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cache folder of its own for one test, with a blank and a quote in its name.
    fn with_cache(name: &str, test: impl FnOnce(&Installer)) {
        let folder = env::temp_dir().join(format!("errbook it's {name} {}", process::id()));
        let installer = Installer::open(folder.clone()).expect("the temporary folder is writable");
        test(&installer);
        fs::remove_dir_all(folder).expect("the folder was made above");
    }

    #[test]
    fn stamp_answers_only_to_what_was_wanted() {
        with_cache("stamp", |installer| {
            installer.folder("tool", |_| Ok(())).expect("an empty folder can be made");
            assert_eq!(installer.stamped::<2>("tool", "one"), None);
            let versions = ["tool 1".to_owned(), "helper 2".to_owned()];
            installer.stamp("tool", "one", &versions).expect("the folder is there");
            assert_eq!(installer.stamped("tool", "one"), Some(versions));
            assert_eq!(installer.stamped::<2>("tool", "on"), None);
            assert_eq!(installer.stamped::<2>("tool", "two"), None);
            assert_eq!(installer.stamped::<1>("tool", "one"), None, "another number of programs");
        });
    }

    #[test]
    fn failed_build_keeps_the_old_folder_and_leaves_nothing_beside_it() {
        with_cache("folder", |installer| {
            let file = installer.place("tool/file");
            installer
                .folder("tool", |folder| Ok(fs::write(folder.join("file"), "old")?))
                .expect("it is built");
            installer.folder("tool", |_| bail!("no network")).expect_err("the build failed");
            assert_eq!(fs::read_to_string(&file).expect("the old file stays"), "old");
            // What a killed run leaves is in nobody's way.
            fs::create_dir_all(installer.place("tool.partial/half")).expect("the cache is writable");
            installer
                .folder("tool", |folder| Ok(fs::write(folder.join("file"), "new")?))
                .expect("it is built");
            assert_eq!(fs::read_to_string(&file).expect("the new file is there"), "new");
            assert!(!installer.place("tool.partial").exists() && !installer.place("tool.old").exists());
        });
    }

    #[cfg(unix)]
    #[test]
    fn wrapper_runs_from_a_cache_with_a_blank_and_a_quote_in_its_path() {
        with_cache("wrapper", |installer| {
            installer.wrapper("show", "#!/bin/sh\nprintf '%s|' {cache} \"$@\"\n").expect("it is written");
            let show = installer.place("bin/show");
            let printed = quiet(&show, ["a b", "", "*"]).expect("it runs");
            assert_eq!(printed, format!("{}|a b||*|", installer.cache.display()));
        });
    }

    #[test]
    fn failure_shows_both_ends_of_what_was_printed() {
        let error = quiet("sh", ["-c", "seq 100; echo the reason >&2; exit 3"]).expect_err("it exits with 3");
        let text = error.to_string();
        assert!(text.contains("\n1\n2\n") && text.ends_with("\n100\nthe reason"), "{text}");
        assert!(!text.contains("\n50\n"), "{text}");
        assert_eq!(ends("one\ntwo"), "one\ntwo");
    }

    #[test]
    fn mounts_are_found_below_a_folder_only() {
        let mounts = "1 2 0:5 / /a/b\\040c/proc rw - proc proc rw\n3 4 0:6 / /ab rw - tmpfs none rw\n";
        assert_eq!(mount_below(mounts, Path::new("/a/b c")).as_deref(), Some("/a/b c/proc"));
        assert_eq!(mount_below(mounts, Path::new("/a/b")), None);
    }
}
