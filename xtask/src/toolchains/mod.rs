//! Finds or installs the compilers, the linters and the browser that prove what is generated.
//!
//! In: nothing but the machine. Out: a [`Status`] for each program, and a folder `<cache>/bin` that, put first on
//! PATH by [`path()`], makes all of them callable by their plain names. Guaranteed: a second run changes nothing,
//! needs no network and takes a fraction of a second; an interrupted run leaves either the old tool or none, never
//! half of one; two runs at once do not meet. A program that cannot be had is a `Status` with a reason, not a
//! failure: the caller decides whether that is a loud skip or an error.
//!
//! What callers may rely on:
//!
//! - `node`, `npm`, `javac`, `java`, `aapt2`, `jq`, `zsh`, `fish`, `mandoc`, `checkstyle` are the machine's own; `tsc`, `tsc5`,
//!   `esbuild`, `kotlinc`, `kotlinc-js`, `eslint` (with typescript-eslint), `biome` and `ktlint` are pinned by the lock files in
//!   `xtask/toolchains/`; `swiftc` and `swift` are the machine's, or Debian's.
//! - `browser-node` runs a script of node that drives a browser, whose path is in `ERRBOOK_BROWSER`.
//! - `swiftc` and `swift` may see only one folder, at its own path with symbolic links resolved:
//!   `$ERRBOOK_SCRATCH` if set, else the current one. Sources, outputs and the current folder belong below it.
//! - What Swift builds is run as `swift-run-program PROGRAM ARGUMENT...`, on every machine.
//! - [`kotlin_library`] says where Kotlin's run-time libraries are; `kotlin.rs` shows the commands.
//!
//! Deliberately not here: what is compiled, and which of the tools a run requires.

mod install;
mod apt;
mod node;
mod browser;
mod jdk;
mod aapt;
mod packaged;
mod kotlin;
mod swift;
mod linters;

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::iter;
use std::path::{self, Path, PathBuf};
use std::thread;

use anyhow::{Context as _, Result, anyhow};

use install::Installer;

/// Whether one program can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The name the program is called by.
    pub id: &'static str,
    /// The line in which the program tells its version, or what is missing and how to get it.
    pub found: Result<String, String>,
}

/// Installs what is missing and prints a line for each program to stderr.
///
/// Fails only if the cache folder itself cannot be used.
pub fn setup() -> Result<Vec<Status>> {
    let installer = Installer::open(cache_dir())?;
    let statuses = if cfg!(unix) { ensure_all(&installer)? } else { unsupported() };
    // A closed stderr is no reason to stop: the caller has the statuses.
    let _ = print(&statuses, &mut io::stderr().lock());
    Ok(statuses)
}

/// Where the tools are kept: `$ERRBOOK_TOOLCHAINS`, else `errbook/toolchains` in the user's cache folder.
///
/// It lies outside the repository, so neither `cargo clean` nor git touches it.
pub fn cache_dir() -> PathBuf {
    let chosen = choose_cache_dir(|name| env::var_os(name), env::home_dir());
    // The wrappers are called from any folder. An empty path, the only one that this refuses, is never chosen.
    path::absolute(&chosen).unwrap_or(chosen)
}

/// The value of PATH for a process that compiles: `<cache>/bin` comes first.
pub fn path() -> OsString {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let folders = iter::once(cache_dir().join("bin"))
        .chain(env::split_paths(&inherited).filter(|folder| !folder.as_os_str().is_empty()));
    // Only a colon in the cache's own path cannot be joined, and `setup` has refused that.
    env::join_paths(folders).unwrap_or(inherited)
}

/// The path of a library that comes with the Kotlin compiler, for example `kotlin-stdlib-js.klib`.
pub fn kotlin_library(file: &str) -> PathBuf {
    kotlin::library(&cache_dir(), file)
}

/// Runs the families side by side: a Swift root folder takes as long to build as all the rest together.
fn ensure_all(installer: &Installer) -> Result<Vec<Status>> {
    thread::scope(|scope| {
        let swift = scope.spawn(|| swift::ensure(installer));
        let jdk = scope.spawn(|| jdk::ensure(installer));
        let aapt = scope.spawn(|| aapt::ensure(installer));
        let packaged = scope.spawn(|| packaged::ensure(installer));
        let node = node::ensure(installer);
        let npm_tools = node::ensure_tools(installer, &node);
        let browser = browser::ensure(installer, &node);
        let jdk = jdk.join().map_err(|_| anyhow!("the search for a JDK panicked"))?;
        let kotlin = kotlin::ensure(installer, &node, &jdk);
        let linters = linters::ensure(installer, &node, &jdk);
        let aapt = aapt.join().map_err(|_| anyhow!("the search for aapt2 panicked"))?;
        let packaged = packaged.join().map_err(|_| anyhow!("the search for packaged programs panicked"))?;
        let swift = swift.join().map_err(|_| anyhow!("the search for Swift panicked"))?;
        Ok([
            report(node::IDS, node),
            report(node::TOOLS.map(|tool| tool.id), npm_tools),
            report(browser::IDS, browser),
            report(jdk::IDS, jdk),
            report(kotlin::IDS, kotlin),
            report(swift::IDS, swift),
            report(linters::IDS, linters),
            report(aapt::IDS, aapt),
            report(packaged::IDS, packaged),
        ]
        .concat())
    })
}

/// A family is found or missing as a whole: its programs come from one package.
fn report<const N: usize>(ids: [&'static str; N], family: Result<[String; N]>) -> Vec<Status> {
    match family {
        Ok(versions) => {
            iter::zip(ids, versions).map(|(id, version)| Status { id, found: Ok(version) }).collect()
        }
        Err(error) => ids.map(|id| Status { id, found: Err(format!("{error:#}")) }).to_vec(),
    }
}

/// One line for each program; the details of a fault follow where it is first told.
fn print(statuses: &[Status], to: &mut impl Write) -> io::Result<()> {
    let mut told: Vec<&str> = Vec::new();
    for Status { id, found } in statuses {
        match found {
            Ok(version) => writeln!(to, "{id:<12} {version}")?,
            Err(reason) => {
                let mut lines = reason.lines().filter(|line| !line.trim().is_empty());
                writeln!(to, "{id:<12} MISSING: {}", lines.next().unwrap_or_default())?;
                if !told.contains(&reason.as_str()) {
                    lines.try_for_each(|line| writeln!(to, "{:<12} {line}", ""))?;
                    told.push(reason);
                }
            }
        }
    }
    Ok(())
}

/// The wrappers are shell scripts, so Windows has none of the tools.
fn unsupported() -> Vec<Status> {
    let ids = [
        &node::IDS[..],
        &node::TOOLS.map(|tool| tool.id),
        &browser::IDS,
        &jdk::IDS,
        &kotlin::IDS,
        &swift::IDS,
        &linters::IDS,
        &aapt::IDS,
        &packaged::IDS,
    ]
    .concat();
    let found = Err("the compilers are set up on Linux and macOS only; run this inside WSL".to_owned());
    ids.into_iter().map(|id| Status { id, found: found.clone() }).collect()
}

fn choose_cache_dir(variable: impl Fn(&str) -> Option<OsString>, home: Option<PathBuf>) -> PathBuf {
    let set = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(chosen) = set("ERRBOOK_TOOLCHAINS") {
        return chosen;
    }
    let base = set("XDG_CACHE_HOME")
        // The specification of the variable says that a relative path is to be ignored.
        .filter(|base| base.is_absolute())
        .or_else(|| home.map(|home| home.join(".cache")))
        // An account without a home, as in some containers.
        .unwrap_or_else(env::temp_dir);
    base.join("errbook").join("toolchains")
}

/// What a program prints about its version: the first line that says anything, on stdout or stderr.
fn version_line(program: &OsStr, argument: &str) -> Result<String> {
    let output = install::quiet(program, [argument])?;
    output
        .lines()
        .map(str::trim)
        // Java begins with a note if JAVA_TOOL_OPTIONS is set.
        .find(|line| !line.is_empty() && !line.starts_with("Picked up "))
        .map(str::to_owned)
        .with_context(|| format!("`{} {argument}` printed nothing", Path::new(program).display()))
}

/// The number that follows `mark`: 17 in `javac 17.0.15` after `javac `.
fn number_after(text: &str, mark: &str) -> Option<u32> {
    let rest = &text[text.find(mark)? + mark.len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variables: &[(&str, &str)], home: Option<&str>) -> PathBuf {
        let lookup = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        };
        choose_cache_dir(lookup, home.map(PathBuf::from))
    }

    #[test]
    fn cache_folder_follows_the_most_specific_variable() {
        let all = [("ERRBOOK_TOOLCHAINS", "/a"), ("XDG_CACHE_HOME", "/b")];
        assert_eq!(chosen(&all, Some("/c")), Path::new("/a"));
        assert_eq!(chosen(&all[1..], Some("/c")), Path::new("/b/errbook/toolchains"));
        assert_eq!(chosen(&[], Some("/c")), Path::new("/c/.cache/errbook/toolchains"));
    }

    #[test]
    fn empty_and_relative_variables_count_as_unset() {
        let useless = [("ERRBOOK_TOOLCHAINS", ""), ("XDG_CACHE_HOME", "b")];
        assert_eq!(chosen(&useless, Some("/c")), Path::new("/c/.cache/errbook/toolchains"));
        assert!(chosen(&useless, None).ends_with("errbook/toolchains"));
    }

    #[test]
    fn details_of_a_fault_are_told_once() {
        let status = |id, found: Result<&str, &str>| Status {
            id,
            found: found.map(str::to_owned).map_err(str::to_owned),
        };
        let fault = Err("`npm` ended with 1\nno network");
        let statuses = [status("node", Ok("v20.1.0")), status("tsc", fault), status("tsc5", fault)];
        let mut printed = Vec::new();
        print(&statuses, &mut printed).expect("a vector takes all");
        assert_eq!(
            String::from_utf8_lossy(&printed),
            "node         v20.1.0\n\
             tsc          MISSING: `npm` ended with 1\n             no network\n\
             tsc5         MISSING: `npm` ended with 1\n"
        );
    }

    #[test]
    fn version_numbers_are_read_as_the_tools_print_them() {
        assert_eq!(number_after("v20.20.2", "v"), Some(20));
        assert_eq!(number_after("javac 17.0.15", "javac "), Some(17));
        assert_eq!(number_after("javac 1.8.0_402", "javac "), Some(1));
        assert_eq!(number_after("openjdk version \"24\" 2025-03-18", "version \""), Some(24));
        let apple = "swift-driver version: 1.120.5 Apple Swift version 6.1 (swiftlang-6.1.0.110.21)";
        assert_eq!(number_after(apple, "Swift version "), Some(6));
        assert_eq!(number_after("command not found", "v"), None);
    }
}
