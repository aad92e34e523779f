//! The Swift compiler: the machine's own, or Debian 13's inside a root folder of its own.
//!
//! In: PATH; or, for root on Debian, its package archive. Out: `swiftc`, `swift` and `swift-run-program`. Guaranteed: a
//! program was compiled and run. Debian 12 has no Swift, and its C library is too old for programs that Debian 13's
//! Swift builds, even with `-static-stdlib`; so mmdebstrap lays a small Debian 13 into the cache, and the wrapper
//! (`xtask/toolchains/bin/swift` tells how) runs the compiler and what it built in there. On a machine that has
//! Swift, `swift-run-program` just runs the program, so callers need not know.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use super::install::{Installer, note, quiet};
use super::{apt, number_after, version_line};

/// The programs [`ensure()`] tells about.
pub(super) const IDS: [&str; 2] = ["swiftc", "swift"];

/// The oldest release that knows the Swift 6 language mode.
const OLDEST: u32 = 6;

/// The Debian release that the root folder is.
const SUITE: &str = "trixie";

/// How mmdebstrap builds the root folder.
const RECIPE: [&str; 12] = [
    "--variant=minbase",
    "--include=swiftlang,libc6-dev,libstdc++-14-dev",
    // Do not wait for the disk after each file: what a power cut could tear is only a cache.
    "--dpkgopt=force-unsafe-io",
    // Half of it serves debuggers, editors and bare metal, or links what would not run outside anyway.
    "--dpkgopt=path-exclude=/usr/libexec/swift/bin/clangd",
    "--dpkgopt=path-exclude=/usr/libexec/swift/bin/lldb*",
    "--dpkgopt=path-exclude=/usr/libexec/swift/bin/sourcekit-lsp",
    "--dpkgopt=path-exclude=/usr/libexec/swift/lib/liblldb*",
    "--dpkgopt=path-exclude=/usr/libexec/swift/lib/libsourcekitdInProc.so",
    "--dpkgopt=path-exclude=/usr/libexec/swift/lib/swift/embedded/*",
    "--dpkgopt=path-exclude=/usr/libexec/swift/lib/swift_static/*",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-exclude=/usr/share/man/*",
];

const WRAPPER: &str = include_str!("../../toolchains/bin/swift");
const NATIVE_RUNNER: &str = include_str!("../../toolchains/bin/swift-run-program-native");

const HELLO: &str = "print([\"hello\", \"世界\"].joined(separator: \", \"))\n";
const GREETING: &str = "hello, 世界";

/// Finds Swift, or builds the root folder.
pub(super) fn ensure(installer: &Installer) -> Result<[String; 2]> {
    let missing = match find(installer) {
        Err(missing) => missing,
        native => {
            // Wrappers from before would hide it.
            IDS.iter().try_for_each(|id| installer.remove(&format!("bin/{id}")))?;
            installer.wrapper("swift-run-program", NATIVE_RUNNER)?;
            return native;
        }
    };
    let wanted = format!("{SUITE}\n{}", RECIPE.join("\n"));
    let versions = match installer.stamped("swift", &wanted) {
        Some(versions) => versions,
        None => lay_root(installer, &wanted).context(missing)?,
    };
    write_wrappers(installer)?;
    Ok(versions)
}

fn find(installer: &Installer) -> Result<[String; 2]> {
    let advice = if cfg!(target_os = "macos") {
        "install Xcode from the App Store, or its compilers by `xcode-select --install`"
    } else {
        "install Swift 6 from https://swift.org/install"
    };
    let version = |program: &str| {
        let path = installer.on_path(program).with_context(|| format!("no `{program}` on PATH; {advice}"))?;
        let line = version_line(path.as_os_str(), "--version").context(advice)?;
        if number_after(&line, "Swift version ").is_none_or(|major| major < OLDEST) {
            bail!("`{program}` on PATH is {line}; {advice}");
        }
        Ok(line)
    };
    Ok([version("swiftc")?, version("swift")?])
}

/// Builds the root folder, unless another process has done so while this one waited.
fn lay_root(installer: &Installer, wanted: &str) -> Result<[String; 2]> {
    check_machine()?;
    installer.lock()?;
    if let Some(versions) = installer.stamped("swift", wanted) {
        return Ok(versions);
    }
    if installer.on_path("mmdebstrap").is_none() {
        apt::install(installer, &["mmdebstrap", "mount"])?;
    }
    note("building a Debian root folder with Swift (about a minute, 1.5 GB)");
    installer.folder("swift", |root| {
        // mmdebstrap mounts things in the folder. In a namespace of its own, not even a kill leaves them there.
        let mut command = Command::new("unshare");
        command.args(["--mount", "--propagation", "private", "mmdebstrap"]).args(RECIPE).arg(SUITE).arg(root);
        installer
            .run(&mut command)
            .context("cannot build the root folder; is Debian's archive within reach?")?;
        let home = root.join("var/cache/errbook");
        fs::create_dir(&home).with_context(|| format!("cannot make {}", home.display()))
    })?;
    write_wrappers(installer)?;
    let versions = warm_up(installer)?;
    installer.stamp("swift", wanted, &versions)?;
    Ok(versions)
}

/// Whether the root folder can be built and entered here, before a minute is spent on it.
fn check_machine() -> Result<()> {
    // On a Mac, the advice to install Xcode says it all.
    ensure!(apt::os_release().is_debian(), "a root folder with Swift is only made on Debian");
    ensure!(apt::is_root(), "only root can make a root folder with Swift");
    quiet("unshare", ["--mount", "--propagation", "private", "true"])
        .context("a root folder with Swift needs the right to mount (CAP_SYS_ADMIN in a container)")?;
    Ok(())
}

/// Compiles and runs a first program, which also fills the compiler's cache of C modules.
fn warm_up(installer: &Installer) -> Result<[String; 2]> {
    let folder = installer.place("swift.hello");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(folder.join("hello.swift"), HELLO).context("cannot write hello.swift")?;
    let run = |program: &str, arguments: &[&str]| {
        let program: PathBuf = installer.place("bin").join(program);
        installer
            .run(Command::new(program).args(arguments).current_dir(&folder).env_remove("ERRBOOK_SCRATCH"))
    };
    run("swiftc", &["-swift-version", "6", "hello.swift", "-o", "hello"])?;
    let printed = run("swift-run-program", &["./hello"])?;
    ensure!(printed.lines().any(|line| line == GREETING), "a program made by swiftc printed {printed:?}");
    let mut versions = [String::new(), String::new()];
    for (version, id) in versions.iter_mut().zip(IDS) {
        let printed = run(id, &["--version"])?;
        printed.lines().next().unwrap_or_default().trim().clone_into(version);
    }
    installer.remove("swift.hello")?;
    Ok(versions)
}

fn write_wrappers(installer: &Installer) -> Result<()> {
    ["swiftc", "swift", "swift-run-program"].iter().try_for_each(|name| installer.wrapper(name, WRAPPER))
}
