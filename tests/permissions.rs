//! What errbook says and does where the user who runs it may not read or write: each command names the file or the folder
//! and what to do, ends with exit code 2, and leaves everything as it was.
//!
//! Root may do everything, so where the tests run as root, as they do in CI, errbook runs as nobody, with the `setpriv` of
//! util-linux. Nothing is skipped anywhere.
#![cfg(unix)]

#[path = "shared/copy.rs"]
mod copy;
#[path = "shared/files.rs"]
mod files;

use copy::copy;
use files::files;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The user who has nothing.
const NOBODY: u32 = 65_534;

/// A book with a document and generated files, in which every command that writes has something to write; all of it
/// belongs to the user who runs errbook.
struct Book {
    folder: tempfile::TempDir,
    is_root: bool,
}

impl Book {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let is_root = folder.path().metadata().expect("it is there").uid() == 0;
        let book = Self { folder, is_root };
        fs::set_permissions(book.folder.path(), Permissions::from_mode(0o755)).expect("our own folder");
        // The folder that it was built in may be closed to others.
        fs::copy(env!("CARGO_BIN_EXE_errbook"), book.path("errbook")).expect("copied");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes/book"), &book.path("work/spec"));
        let domain = book.path("work/spec/domains/acme.yaml");
        let recipe = "document:\n  file: documents/acme.md\n  tables:\n    - reader: markdown\n      columns: [code, message.en]\n";
        let text = fs::read_to_string(&domain).expect("text");
        let text = text.replace("errors:\n", &format!("{recipe}errors:\n"));
        fs::write(&domain, &text).expect("writable");
        fs::create_dir(book.path("work/spec/documents")).expect("writable");
        let rows = "|code|text|\n|-|-|\n|1001|The device is offline.|\n|1002|The token has expired.|\n\
                    |1003|The token is not valid.|\n|1004|The account is locked.|\n";
        fs::write(book.path("work/spec/documents/acme.md"), rows).expect("writable");
        book.give();
        assert_eq!(code(&book.run(&["gen"])), 0);
        let text =
            text.replace("name: token_invalid\n", "name:   token_invalid\n").replace("请检查", "请  检查");
        fs::write(&domain, text).expect("writable");
        book
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Gives everything to the user who runs errbook.
    fn give(&self) {
        let mut open = vec![self.path("work")];
        while let Some(path) = open.pop().filter(|_| self.is_root) {
            chown(&path, Some(NOBODY), Some(NOBODY)).expect("root may");
            if path.is_dir() {
                open.extend(
                    fs::read_dir(&path).expect("readable").map(|entry| entry.expect("readable").path()),
                );
            }
        }
    }

    /// Runs errbook as somebody who may not do everything.
    fn run(&self, arguments: &[&str]) -> Output {
        let errbook = self.path("errbook");
        let mut command = if self.is_root {
            let mut command = Command::new("setpriv");
            let user = NOBODY.to_string();
            command.args(["--reuid", &user, "--regid", &user, "--clear-groups", "--"]).arg(errbook);
            command
        } else {
            Command::new(errbook)
        };
        let output = command.args(arguments).current_dir(self.path("work")).output();
        let output = output.expect("errbook runs, as root with the `setpriv` of util-linux");
        assert!(
            code(&output) <= 2 && !stderr(&output).contains("panicked"),
            "{arguments:?}: {}",
            stderr(&output)
        );
        output
    }

    /// Runs a command while the rights of `path` are `mode`: it cannot run, says so in each of these words, and writes nothing.
    fn is_refused(&self, path: &str, mode: u32, arguments: &[&str], words: &[&str]) {
        let full = self.path("work").join(path);
        let before = files(&self.path("work"));
        let rights = full.metadata().expect("it is there").permissions();
        fs::set_permissions(&full, Permissions::from_mode(mode)).expect("our own");
        let output = self.run(arguments);
        fs::set_permissions(&full, rights).expect("our own");
        let said = stderr(&output);
        assert_eq!(code(&output), 2, "{path} {mode:o} {arguments:?}: {said}");
        for word in
            words.iter().chain(&["ermission denied", "help: the user who runs errbook may not do that"])
        {
            assert!(said.contains(word), "{path} {mode:o} {arguments:?} does not say `{word}`: {said}");
        }
        assert!(!said.contains(".errbook-"), "{path} {arguments:?} tells of a file in the making: {said}");
        assert!(files(&self.path("work")) == before, "{path} {mode:o} {arguments:?} has written: {said}");
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

const VENDOR: &[&str] =
    &["vendor", "--language", "kotlin", "--domain", "acme", "--package", "com.acme", "--out", "app"];

/// Every command that reads the whole book.
const READERS: &[&[&str]] = &[
    &["gen"],
    &["gen", "--check"],
    &["lint"],
    &["lint", "--fix"],
    &["lint", "--write-baseline"],
    &["fmt"],
    &["fmt", "--check"],
    &["audit"],
    &["import"],
    &["export"],
    &["export", "--format", "translations"],
    &["explain", "1001"],
    &["diff", "."],
    &["verify", "generated", "--against", "."],
    VENDOR,
];

#[test]
fn what_may_not_be_read_is_named() {
    let book = Book::new();
    for command in READERS {
        for file in ["errbook.yaml", "conditions.yaml", "domains/acme.yaml"] {
            book.is_refused(&format!("spec/{file}"), 0, command, &[&format!("spec/{file}: ")]);
        }
        // A folder that nobody may look into is no folder without a book, and a domain in it no domain without a file.
        for mode in [0o000, 0o444] {
            book.is_refused("spec", mode, command, &["spec/errbook.yaml: "]);
            book.is_refused("spec/domains", mode, command, &["spec/domains/acme.yaml: "]);
        }
    }
    for command in [&["audit"][..], &["import"], &["export"]] {
        book.is_refused("spec/documents", 0, command, &["spec/documents/acme.md: "]);
        book.is_refused("spec/documents/acme.md", 0, command, &["spec/documents/acme.md: "]);
    }
    let generated = "generated/kotlin/src/main/kotlin/io/acme/AcmeErrorCode.kt";
    for command in [&["gen"][..], &["gen", "--check"], &["verify", "generated"], &["verify", generated]] {
        book.is_refused(generated, 0, command, &[&format!("cannot read {generated}: ")]);
    }
    for mode in [0o000, 0o444] {
        book.is_refused(
            "generated/kotlin",
            mode,
            &["verify", "generated"],
            &["cannot read generated/kotlin"],
        );
        book.is_refused("generated/kotlin", mode, &["gen"], &["cannot read generated/kotlin"]);
    }
    for (file, command) in [
        ("spec/lint-baseline.yaml", &["lint"][..]),
        ("spec/vocabulary.yaml", &["lint"]),
        ("spec/waivers.yaml", &["diff", ".", "."]),
        ("spec/schema/book.json", &["schema", "--check"]),
        ("spec/schema/book.json", &["schema"]),
        ("texts.csv", &["import", "--translations", "texts.csv"]),
        ("app.log", &["explain", "--scan", "app.log"]),
        ("new.md", &["audit", "--domain", "acme", "--document", "new.md"]),
        ("other.yaml", &["lint", "--book", "other.yaml"]),
    ] {
        let path = book.path("work").join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(&path, "x: 1\n").expect("writable");
        book.give();
        book.is_refused(
            file,
            0,
            command,
            &[&format!("cannot read {}", command.last().filter(|last| **last == file).unwrap_or(&"")), file],
        );
        fs::remove_file(path).expect("writable");
    }
}

#[test]
fn what_may_not_be_written_is_named_and_stays() {
    let book = Book::new();
    let domain = "cannot write spec/domains/acme.yaml: cannot make a file in spec/domains: ";
    for command in [&["fmt"][..], &["lint", "--fix"], &["import"]] {
        book.is_refused("spec/domains", 0o555, command, &[domain]);
    }
    let folder = "generated/kotlin/src/main/kotlin/io/acme";
    book.is_refused(
        folder,
        0o555,
        &["gen"],
        &[&format!("cannot write {folder}/"), &format!("in {folder}: ")],
    );
    book.is_refused(
        "spec",
        0o555,
        &["lint", "--write-baseline"],
        &["cannot write spec/lint-baseline.yaml: "],
    );
    book.is_refused(
        "spec",
        0o555,
        &["schema"],
        &["cannot write spec/schema/book.json: cannot make spec/schema: "],
    );
    book.is_refused(".", 0o555, VENDOR, &["cannot write app/com/acme/", "cannot make app/com/acme: "]);
    book.is_refused(".", 0o555, &["gen", "--out", "made"], &["cannot write made/kotlin/"]);
    book.is_refused(".", 0o555, &["init", "new"], &["cannot write new/spec/errbook.yaml: "]);
    book.is_refused(".", 0o555, &["man", "--out", "man"], &["cannot make man: "]);
}
