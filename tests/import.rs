//! `errbook import` and `errbook audit` on the five documents, as a maintainer runs them: from recipes without entries
//! to a full spec, then again, then with a document that changed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of this repository's book in a folder of its own, with the recipes and without the entries.
struct Book {
    folder: tempfile::TempDir,
}

impl Book {
    fn without_entries() -> Self {
        let book = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
        for folder in ["documents", "domains"] {
            std::fs::create_dir(book.path(folder)).expect("a new folder");
            for entry in std::fs::read_dir(spec.join(folder)).expect("the folder is there") {
                let from = entry.expect("readable").path();
                let text = std::fs::read_to_string(&from).expect("text");
                let text = match text.split_once("\nerrors:") {
                    Some((head, _)) if folder == "domains" => format!("{head}\nerrors: []\n"),
                    _ => text,
                };
                let name = from.file_name().expect("a name");
                std::fs::write(book.path(folder).join(name), text).expect("written");
            }
        }
        std::fs::copy(spec.join("errbook.yaml"), book.path("errbook.yaml")).expect("copied");
        book
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The exit code of errbook.
    fn run(&self, arguments: &[&str]) -> Option<i32> {
        self.output(arguments).status.code()
    }

    /// What errbook says and how it ends.
    fn output(&self, arguments: &[&str]) -> Output {
        let book = self.path("errbook.yaml");
        let output =
            Command::new(env!("CARGO_BIN_EXE_errbook")).arg("--book").arg(book).args(arguments).output();
        output.expect("errbook runs")
    }

    /// The texts of all domains.
    fn domains(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("domains")).expect("the folder is there");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
        paths.sort();
        paths.iter().map(|path| std::fs::read_to_string(path).expect("text")).collect()
    }

    fn change(&self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(path)).expect("text");
        assert!(text.contains(from), "{path} has no {from}");
        std::fs::write(self.path(path), text.replace(from, to)).expect("written");
    }
}

const CLEAN: Option<i32> = Some(0);
const FINDINGS: Option<i32> = Some(1);
const COULD_NOT_RUN: Option<i32> = Some(2);

#[test]
fn an_import_accounts_for_every_row_and_a_second_one_changes_nothing() {
    let book = Book::without_entries();
    assert_eq!(book.run(&["audit"]), FINDINGS);
    assert_eq!(book.run(&["import"]), CLEAN);
    assert_eq!(book.run(&["audit"]), CLEAN);
    assert_eq!(book.run(&["export"]), CLEAN, "what was imported is a valid book");
    let first = book.domains();
    assert_eq!(book.run(&["import"]), CLEAN);
    assert!(book.domains() == first);
}

#[test]
fn rows_that_come_later_are_added_and_reviewed_entries_stay() {
    let book = Book::without_entries();
    assert_eq!(book.run(&["import"]), CLEAN);
    book.change("domains/quectel.yaml", "  - code: 5002\n", "  # Reviewed.\n  - code: 5002   # ours\n");
    let before = book.domains();
    book.change("documents/quectel.md", "| 5001  ", "| 4999 | Earlier. |\n| 5480 | Later. |\n| 5001  ");
    assert_eq!(book.run(&["audit"]), FINDINGS);
    assert_eq!(book.run(&["import"]), CLEAN);
    assert_eq!(book.run(&["audit"]), CLEAN);
    for (before, after) in before.iter().zip(book.domains()) {
        let added: Vec<_> = similar::TextDiff::from_lines(before.as_str(), after.as_str())
            .iter_all_changes()
            .filter(|change| change.tag() != similar::ChangeTag::Equal)
            .map(|change| (change.tag(), change.value().to_owned()))
            .collect();
        assert!(added.iter().all(|(tag, _)| *tag == similar::ChangeTag::Insert), "{added:?}");
        assert_eq!(added.len(), if before.contains("domain: quectel") { 14 } else { 0 });
    }
}

#[test]
fn nothing_is_written_if_one_document_cannot_be_told() {
    let book = Book::without_entries();
    book.change("documents/xlink.md", "| 请求数据字段验证不通过", "| 请求数据 | 字段验证不通过");
    let before = book.domains();
    assert_eq!(book.run(&["import"]), FINDINGS);
    assert!(book.domains() == before);
    std::fs::remove_file(book.path("documents/xlink.md")).expect("removed");
    assert_eq!(book.run(&["import"]), COULD_NOT_RUN);
    assert_eq!(book.run(&["audit"]), COULD_NOT_RUN);
    assert_eq!(book.run(&["import", "--domain", "nope"]), COULD_NOT_RUN);
    assert!(book.domains() == before);
}

#[test]
fn another_copy_of_a_document_is_held_against_the_spec() {
    let book = Book::without_entries();
    assert_eq!(book.run(&["import"]), CLEAN);
    let copy = book.path("copy.md");
    std::fs::copy(book.path("documents/quectel.md"), &copy).expect("copied");
    let drift = ["audit", "--domain", "quectel", "--document", copy.to_str().expect("a path")];
    assert_eq!(book.run(&drift), CLEAN);
    book.change("copy.md", "Service exception.", "Service error.    ");
    assert_eq!(book.run(&drift), FINDINGS);
    let told = book.output(&[drift.as_slice(), &["--format", "json"]].concat()).stdout;
    let told = String::from_utf8(told).expect("text");
    assert!(
        told.lines().count() == 1 && told.contains("copy.md") && told.contains("Service error."),
        "{told}"
    );
    assert_eq!(book.run(&["audit"]), CLEAN);
}

#[test]
fn a_row_that_repeats_another_is_told_and_becomes_no_variant() {
    let book = Book::without_entries();
    let document = "documents/quectel.md";
    let text = std::fs::read_to_string(book.path(document)).expect("text");
    let row = text.lines().find(|line| line.contains("5003")).expect("the row");
    book.change(document, row, &format!("{row}\n{row}"));
    assert_eq!(book.run(&["import"]), FINDINGS);
    let domain = std::fs::read_to_string(book.path("domains/quectel.yaml")).expect("text");
    let (_, entry) = domain.split_once("  - code: 5003\n").expect("the entry");
    let entry = entry.split("\n  - code:").next().unwrap_or_default();
    assert!(!entry.contains("variants:"), "{entry}");
    // The row is accounted for with the one that it repeats.
    assert_eq!(book.run(&["audit"]), CLEAN);
    assert_eq!(book.run(&["import"]), CLEAN, "it is told once, when its code is new");
}
