//! No command takes more than 500 MB of a book, whatever it holds; `diff`, which has two of them, no more than 650.
//!
//! The books here have a tenth of the values that a book may hold, so that a build without optimisation reads them in a
//! moment. What a book takes grows with its values and its bytes alone; what does not grow with them (findings, changes and
//! pictures, of which only so many are kept) is as large for a tenth as for the whole. So a command that takes a tenth of
//! 450 MB beside what does not grow takes about 500 MB of any book, and one that keeps a value for each finding fails here.
//! Of `diff` the JSON is in memory as a whole, which does not grow either: so many changes are told and no more.
#![cfg(target_os = "linux")]

use errbook::spec::allowance::MOST_VALUES;
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

/// A tenth of what a book may hold.
const VALUES: usize = MOST_VALUES / 10;
/// What a command may take that grows with the book, for a book of `VALUES`, in megabytes.
const GROWING: f64 = 45.0;
/// The program itself, and what is kept of findings and changes. How much that is depends on which lints are half done at
/// once: the greatest command here was seen to take from 106 to 125 MB, and 130 beside other work.
const FIXED: f64 = 90.0;
/// The same for changes, whose JSON is in memory as a whole.
const FIXED_OF_CHANGES: f64 = 180.0;

const HEAD: &str = "domain: d\ntitle: D\ncode_type: int32\nerrors:\n";

/// A book whose domain has these entries.
fn book(entries: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).expect("writable");
    fs::create_dir(folder.path().join("domains")).expect("writable");
    write(
        "errbook.yaml",
        "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\noutputs:\n  manifest: out/manifest.json\n  rust: {dir: out/rust}\n  kotlin: {dir: out/kotlin, package: a.b}\n",
    );
    write("domains/d.yaml", &format!("{HEAD}{entries}"));
    folder
}

/// As many entries as have room if each has so many values.
fn entries(values: usize, entry: impl Fn(&mut String, usize)) -> String {
    let mut text = String::new();
    for code in 0..VALUES / values {
        entry(&mut text, code);
    }
    text
}

/// Runs a command in the folder of a book, which has to end within the limit.
fn run(folder: &tempfile::TempDir, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .arg("--timings")
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("errbook runs");
    let told = String::from_utf8_lossy(&output.stderr);
    let last: String = told.lines().rev().take(12).collect::<Vec<_>>().join("\n");
    assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?}: {:?}\n{last}", output.status);
    let memory = told.lines().find_map(|line| line.strip_prefix("memory")?.trim().strip_suffix(" MB"));
    let memory: f64 = memory.and_then(|memory| memory.parse().ok()).expect("the memory is told");
    let fixed = if arguments.contains(&"diff") { FIXED_OF_CHANGES } else { FIXED };
    let most = GROWING + fixed;
    assert!(memory < most, "{arguments:?} takes {memory} MB, more than {most}:\n{last}");
}

/// The smallest entries that are valid.
fn smallest() -> String {
    entries(11, |text, code| {
        let _ = writeln!(text, "- {{code: {code}, name: n{code}, kind: internal, message: {{en: F.}}}}");
    })
}

#[test]
fn a_book_of_small_entries() {
    let folder = book(&smallest());
    for command in [&["lint"][..], &["gen"], &["export"], &["fmt", "--check"], &["explain", "failed device"]]
    {
        run(&folder, command);
    }
}

#[test]
fn a_book_that_the_careful_reader_reads_and_in_which_everything_is_wrong() {
    // The last line has no end.
    let whole = smallest();
    run(&book(whole.trim_end()), &["gen"]);
    let faulty = entries(7, |text, _| text.push_str("- {code: 1, name: a, kind: k}\n"));
    run(&book(&faulty), &["gen"]);
    let locale = entries(13, |text, code| {
        let _ = writeln!(
            text,
            "- {{code: {code}, name: n{code}, kind: k, message: {{aa: F.}}, solution: {{bb: F.}}}}"
        );
    });
    run(&book(&locale), &["lint"]);
}

#[test]
fn a_book_in_which_each_lint_finds_something_everywhere() {
    let words = ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"];
    let findings = entries(11, |text, code| {
        let (mut rest, mut left) = (code, words.to_vec());
        let mut name = Vec::new();
        while !left.is_empty() {
            name.push(left.remove(rest % left.len()));
            rest /= left.len() + 1;
        }
        let name = name.join("_");
        let _ = writeln!(
            text,
            "- {{code: {code}, name: {name}, kind: internal, message: {{en: \"it  failed {{x}} ，\u{200B}\"}}}}"
        );
    });
    let folder = book(&findings);
    let formats = [&["lint", "--format", "json"][..], &["lint", "--format", "sarif"]];
    for command in formats.into_iter().chain([&["lint", "--write-baseline"][..]]) {
        run(&folder, command);
    }
    // With more findings than are told, it is mended in one round.
    fs::remove_file(folder.path().join("lint-baseline.yaml")).expect("it was written");
    run(&folder, &["lint", "--fix"]);
    let comments = format!(
        "- {{code: 1, name: n, kind: internal, message: {{en: F.}}}}\n{}",
        "#\u{200B}\n".repeat(800_000)
    );
    run(&book(&comments), &["lint"]);
}

#[test]
fn a_table_of_translations_that_changes_everything() {
    let folder = book(&smallest());
    let write = |table: &str, text: String| fs::write(folder.path().join(table), text).expect("writable");
    let rows = |row: fn(usize) -> String| (0..VALUES / 11).map(row).collect::<Vec<_>>().concat();
    write("new.csv", format!("key,en\n{}", rows(|code| format!("errors.d.n{code}.message,New.\n"))));
    write("unknown.csv", format!("key,en\n{}", rows(|code| format!("errors.d.m{code}.message,New.\n"))));
    write("empty.csv", format!("key,en\n{}", ",\n".repeat(800_000)));
    for table in ["unknown.csv", "empty.csv", "new.csv"] {
        run(&folder, &["import", "--translations", table]);
    }
}

#[test]
fn two_books_of_which_nothing_is_the_same() {
    let old = entries(22, |text, code| {
        let _ = writeln!(text, "- {{code: {code}, name: o{code}, kind: internal, message: {{en: F.}}}}");
    });
    let new = entries(22, |text, code| {
        let _ = writeln!(text, "- {{code: {code}, name: n{code}, kind: unknown, message: {{en: G.}}}}");
    });
    let (old, new) = (book(&old), book(&new));
    let base = old.path().to_str().expect("a path in UTF-8");
    for format in ["text", "json"] {
        run(&new, &["diff", base, ".", "--format", format]);
    }
}

#[test]
fn files_beside_the_book_of_which_nothing_is_right() {
    let folder = book(&smallest());
    let lines = |line: &str| line.repeat(VALUES / 9);
    let files = [
        (
            "waivers.yaml",
            format!("waivers:\n{}", lines("- {fingerprint: x, reason: x, who: x, expires: x}\n")),
        ),
        ("lint-baseline.yaml", format!("baseline:\n{}", lines("- {lint: x, at: x, count: 0, x: x}\n"))),
    ];
    let base = folder.path().to_str().expect("a path in UTF-8").to_owned();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("writable");
        run(&folder, &["diff", &base, ".", "--format", "json"]);
        run(&folder, &["lint", "--format", "json"]);
        run(&folder, &["fmt", "--format", "sarif"]);
        fs::remove_file(&path).expect("it was written");
    }
}
