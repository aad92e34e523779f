//! The Kotlin compilers for the JVM and for JavaScript, from their official npm package.
//!
//! In: `xtask/toolchains/kotlin/package.json` with its lock file, and a JDK. Out: `kotlinc`, `kotlinc-js`, and class-data
//! archives, made by compiling a first program with each, that let them start in a third of the time. Guaranteed:
//! both compilers have made a program that ran.
//!
//! ```text
//! kotlinc -jvm-target 1.8 hello.kt -d classes
//! java -cp classes:<kotlin_library("kotlin-stdlib.jar")> HelloKt
//!
//! kotlinc-js -libraries <kotlin_library("kotlin-stdlib-js.klib")> hello.kt \
//!     -ir-output-dir library -ir-output-name hello
//! kotlinc-js -libraries <kotlin_library("kotlin-stdlib-js.klib")> -Xir-produce-js -Xinclude=library/hello.klib \
//!     -Xir-dce -ir-output-dir program -ir-output-name hello
//! node program/hello.js
//! ```
//!
//! JavaScript takes two steps, since the compiler links libraries, not sources; and two folders, since each step
//! empties the one it writes to. `-Xir-dce` drops what is not
//! reached and also saves time. A folder given by `-Xcache-directory` keeps the linked standard library for the next link.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use super::install::{Installer, note};
use super::{jdk, node, version_line};

/// The programs [`ensure()`] tells about.
pub(super) const IDS: [&str; 2] = ["kotlinc", "kotlinc-js"];

const PACKAGE: node::Package = node::Package {
    manifest: include_str!("../../toolchains/kotlin/package.json"),
    lock: include_str!("../../toolchains/kotlin/package-lock.json"),
};

const WRAPPER: &str = include_str!("../../toolchains/bin/kotlinc");

/// The first release of Java that writes class-data archives of an application when it ends.
const ARCHIVES_SINCE: u32 = 13;

/// The first release of Java that warns of what the compiler does with native and unsafe memory.
const WARNS_SINCE: u32 = 24;

const HELLO: &str = "fun main() = println(listOf(\"hello\", \"世界\").joinToString())\n";
const GREETING: &str = "hello, 世界";

/// Installs both compilers.
pub(super) fn ensure(
    installer: &Installer,
    node: &Result<[String; 2]>,
    jdk: &Result<[String; 2]>,
) -> Result<[String; 2]> {
    let [_, java] = match jdk {
        Ok(versions) => versions,
        Err(error) => bail!("needs a JDK: {error:#}"),
    };
    // An archive fits one build of Java and one spelling of the class path.
    let compilers = PACKAGE.text();
    let archives = format!("{java}\n{}\n{WRAPPER}{compilers}", installer.place("").display());
    if installer.stamped::<2>("kotlin", &compilers).is_none()
        || installer.stamped::<2>("kotlin-archives", &archives).is_none()
    {
        installer.lock()?;
    }
    if installer.stamped::<2>("kotlin", &compilers).is_none() {
        if let Err(error) = node {
            bail!("needs npm: {error:#}");
        }
        install(installer, java, &compilers)?;
    }
    write_wrappers(installer, java)?;
    if installer.stamped::<2>("kotlin-archives", &archives).is_none() {
        warm_up(installer, java, &archives)?;
    }
    installer.stamped("kotlin", &compilers).context("the Kotlin compilers have vanished")
}

/// A library that comes with the compilers.
pub(super) fn library(cache: &Path, file: &str) -> PathBuf {
    cache.join("kotlin/node_modules/kotlin-compiler/lib").join(file)
}

fn install(installer: &Installer, java: &str, wanted: &str) -> Result<()> {
    note("installing the Kotlin compilers with npm");
    // An archive fits these very files, so it goes with the old ones.
    installer.remove("kotlin-archives")?;
    installer.folder("kotlin", |folder| PACKAGE.install(installer, folder))?;
    write_wrappers(installer, java)?;
    let line = version_line(installer.place("bin/kotlinc").as_os_str(), "-version")?;
    // `info: kotlinc-jvm 2.4.20 (JRE 17.0.15+6)`; the Java it runs on has a line of its own.
    let version = line.trim_start_matches("info: ").split(" (").next().unwrap_or_default();
    let versions = [version.to_owned(), version.replace("-jvm", "-js")];
    installer.stamp("kotlin", wanted, &versions)
}

fn write_wrappers(installer: &Installer, java: &str) -> Result<()> {
    let flags = if jdk::release(java).is_some_and(|release| release >= WARNS_SINCE) {
        " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    } else {
        ""
    };
    let script = WRAPPER.replace("{jdk_flags}", flags);
    IDS.iter().try_for_each(|id| installer.wrapper(id, &script))
}

/// Compiles and runs a first program with each compiler, and keeps an archive of the classes that this took.
fn warm_up(installer: &Installer, java: &str, wanted: &str) -> Result<()> {
    note("compiling a first program with Kotlin");
    // The compilers must not read the archive that is being made anew.
    installer.remove("kotlin-archives")?;
    installer.folder("kotlin-archives", |folder| {
        fs::write(folder.join("hello.kt"), HELLO).context("cannot write hello.kt")?;
        let archived = jdk::release(java).is_some_and(|release| release >= ARCHIVES_SINCE);
        let archive = |compiler: &str| {
            archived.then(|| OsString::from(format!("-J-XX:ArchiveClassesAtExit={compiler}.jsa")))
        };
        let run = |program: &str, arguments: &[OsString]| {
            installer.run(Command::new(program).args(arguments).current_dir(folder))
        };
        let [kotlinc, kotlinc_js] =
            IDS.map(|id| installer.place("bin").join(id).to_string_lossy().into_owned());

        let mut arguments = words(&["-jvm-target", "1.8", "hello.kt", "-d", "classes"]);
        arguments.extend(archive("kotlinc"));
        run(&kotlinc, &arguments)?;
        let mut class_path = OsString::from("classes:");
        class_path.push(library(&installer.place(""), "kotlin-stdlib.jar"));
        let printed = run("java", &[OsString::from("-cp"), class_path, OsString::from("HelloKt")])?;
        ensure!(
            printed.lines().any(|line| line == GREETING),
            "a program made by kotlinc printed {printed:?}"
        );

        let stdlib = library(&installer.place(""), "kotlin-stdlib-js.klib").into_os_string();
        let mut arguments = vec![OsString::from("-libraries"), stdlib];
        let mut link = arguments.clone();
        arguments.extend(words(&["hello.kt", "-ir-output-dir", "library", "-ir-output-name", "hello"]));
        run(&kotlinc_js, &arguments)?;
        link.extend(words(&["-Xir-produce-js", "-Xinclude=library/hello.klib", "-Xir-dce"]));
        link.extend(words(&["-ir-output-dir", "program", "-ir-output-name", "hello"]));
        link.extend(archive("kotlinc-js"));
        run(&kotlinc_js, &link)?;
        let printed = run("node", &words(&["program/hello.js"]))?;
        ensure!(
            printed.lines().any(|line| line == GREETING),
            "a program made by kotlinc-js printed {printed:?}"
        );
        Ok(())
    })?;
    installer.stamp("kotlin-archives", wanted, &IDS.map(str::to_owned))
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}
