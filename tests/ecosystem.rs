//! Vendored files break no team's lint run: the linters of each ecosystem, as a strict team sets them up, are run on them.
//!
//! `tests/ecosystem/<language>-<linter>/` holds a team's configuration and a `lint.sh`, which is given folders and must find
//! nothing in them: copies and the whole package, of the book of this repository and of `tests/books/small`, and the package
//! of `tests/books/hostile`, whose texts look like code and like what linters are told. `marks` lists, one a line, what stands in the files only for that linter. Without the lines that hold a mark, `lint.sh` must find
//! something in the small ones: so a linter that looks at nothing is no proof, and a mark that nothing needs does not stay.
//!
//! A missing linter (exit code 77) is a loud skip, and a failure where `CI` or `ERRBOOK_REQUIRE_TOOLCHAINS` is set.
//! `ERRBOOK_PROVE=ecosystem/java` runs the cases whose name holds these words, of which there may be several, with commas.

#[path = "shared/copy.rs"]
mod copy;

use copy::copy;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// What `lint.sh` is given, the small book's last.
const FOLDERS: [&str; 5] = ["copy", "package", "hostile-package", "small-copy", "small-package"];

/// What is enough to find something in.
const SMALL: &[&str] = FOLDERS.split_at(3).1;

/// What `lint.sh` exits with if a linter is missing (the convention of Automake).
const SKIPPED: i32 = 77;

#[test]
fn linters_have_nothing_to_say_of_generated_files() {
    let mut cases = entries(&root().join("tests/ecosystem"));
    assert!(!cases.is_empty(), "there are linters");
    let wanted = std::env::var("ERRBOOK_PROVE").unwrap_or_default();
    let is_wanted = |name: &str| wanted.split(',').any(|word| format!("ecosystem/{name}").contains(word));
    cases.retain(|case| is_wanted(&file_name(case)));
    // A linter takes seconds, most of them to start: as many at a time as there are processors.
    let next = AtomicUsize::new(0);
    let worker = || {
        let taken = std::iter::from_fn(|| cases.get(next.fetch_add(1, Ordering::Relaxed)));
        taken.filter_map(|case| told(case).err()).collect::<Vec<_>>()
    };
    let problems = std::thread::scope(|scope| {
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no case panics")).collect::<Vec<_>>()
    });
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// Proves a case and says so, past the test harness, which would keep it back until the end.
fn told(case: &Path) -> Result<(), String> {
    let started = Instant::now();
    let outcome = prove(case);
    let (name, seconds) = (file_name(case), started.elapsed().as_secs_f32());
    let verdict = match &outcome {
        Ok(done) => done,
        Err(problem) => problem,
    };
    let _ = std::io::stderr().write_all(format!("linter {name}: {verdict} ({seconds:.1} s)\n").as_bytes());
    outcome.map(|_| ()).map_err(|problem| format!("{name}: {problem}"))
}

fn prove(case: &Path) -> Result<String, String> {
    let name = file_name(case);
    let (language, _) = name.split_once('-').ok_or("the folder is not called <language>-<linter>")?;
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ecosystem").join(&name);
    if scratch.exists() {
        fs::remove_dir_all(&scratch).expect("removable");
    }
    copy(case, &scratch);
    generate(&scratch, language);

    let clean = lint(&scratch, &FOLDERS.map(str::to_owned));
    let said = String::from_utf8_lossy(&clean.stdout) + String::from_utf8_lossy(&clean.stderr);
    if clean.status.code() == Some(SKIPPED) {
        let what = format!("SKIPPED, because {}", said.trim());
        return if is_set("CI") || is_set("ERRBOOK_REQUIRE_TOOLCHAINS") { Err(what) } else { Ok(what) };
    }
    if !clean.status.success() {
        return Err(format!("it finds fault with generated files, {}\n{}", clean.status, head(&said)));
    }
    let marks = fs::read_to_string(case.join("marks")).map_err(|error| format!("marks: {error}"))?;
    let mut count = 0;
    for mark in marks.lines() {
        count += 1;
        let bare = format!("without-{count}");
        for folder in SMALL {
            copy(&scratch.join(folder), &scratch.join(&bare).join(folder));
        }
        if unmark(&scratch.join(&bare), mark) == 0 {
            return Err(format!("no file holds the mark `{mark}`"));
        }
        let folders: Vec<_> = SMALL.iter().map(|folder| format!("{bare}/{folder}")).collect();
        if lint(&scratch, &folders).status.success() {
            return Err(format!("it finds nothing without the mark `{mark}` either"));
        }
        fs::remove_dir_all(scratch.join(bare)).expect("removable");
    }
    Ok(format!("finds nothing, and something without each of {count} marks"))
}

/// Makes what a team has: copies of two books in two places, and the package.
fn generate(scratch: &Path, language: &str) {
    let package = match language {
        "kotlin" | "java" => "com.acme.errors",
        "swift" => "Errors",
        _ => "errors",
    };
    let every = ["haier-uws", "quectel", "wide"].map(|domain| format!("--domain={domain}"));
    let language = format!("--language={language}");
    for (book, name, domains) in [
        ("spec", "", &every[..2]),
        ("tests/books/hostile", "hostile-", &[]),
        ("tests/books/small", "small-", &every[..]),
    ] {
        let book = format!("--book={}", root().join(book).join("errbook.yaml").display());
        if !domains.is_empty() {
            let out = format!("--out={name}copy");
            let mut vendor = vec!["vendor", &book, &language, "--package", package, &out];
            vendor.extend(domains.iter().map(String::as_str));
            errbook(scratch, &vendor);
        }
        errbook(scratch, &["gen", &book, &language, "--out=made"]);
        let made = scratch.join("made").join(language.trim_start_matches("--language="));
        fs::rename(made, scratch.join(format!("{name}package"))).expect("made");
        fs::remove_dir_all(scratch.join("made")).expect("removable");
    }
}

fn errbook(folder: &Path, arguments: &[&str]) {
    let mut errbook = Command::new(env!("CARGO_BIN_EXE_errbook"));
    let output = errbook.args(arguments).current_dir(folder).output().expect("errbook runs");
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

fn lint(scratch: &Path, folders: &[String]) -> Output {
    let mut bash = Command::new("bash");
    bash.arg("lint.sh").args(folders).current_dir(scratch).stdin(Stdio::null());
    bash.output().expect("bash runs")
}

/// Takes the lines that hold a mark out of every file; gives how many there were.
fn unmark(folder: &Path, mark: &str) -> usize {
    let mut count = 0;
    for path in entries(folder) {
        if path.is_dir() {
            count += unmark(&path, mark);
            continue;
        }
        // A linter may have left a file of its own there.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let (marked, kept): (Vec<_>, Vec<_>) =
            text.split_inclusive('\n').partition(|line| line.contains(mark));
        count += marked.len();
        fs::write(&path, kept.concat()).expect("writable");
    }
    count
}

fn head(text: &str) -> String {
    text.lines().take(40).collect::<Vec<_>>().join("\n")
}

fn is_set(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| !matches!(&*value, "" | "0" | "false"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    entries.sort();
    entries
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("not a root").to_string_lossy().into_owned()
}
