//! What errbook writes is a function of the spec alone: the same bytes whatever the machine's language, time zone, mask,
//! processors, folders and order of files, and however an editor has ended the lines.
#![cfg(unix)]

#[path = "shared/copy.rs"]
mod copy;

use copy::copy;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What errbook makes of a book: every file by its path, and what each command prints by its words.
type Made = BTreeMap<String, Vec<u8>>;

/// A copy of the small book in a folder of its own.
struct Book {
    /// Where in the folder the book lies.
    root: PathBuf,
    /// Removed when the book is dropped.
    _folder: tempfile::TempDir,
}

impl Book {
    fn new() -> Self {
        Self::below("")
    }

    /// A copy some folders deeper.
    fn below(path: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join(path);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/small"), &root);
        Self { root, _folder: folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn made(&self, prepare: impl Fn(&mut Command)) -> Made {
        self.made_by(&[env!("CARGO_BIN_EXE_errbook")], prepare)
    }

    fn made_by(&self, program: &[&str], prepare: impl Fn(&mut Command)) -> Made {
        let mut made = Made::new();
        for arguments in [&["gen"][..], &["export", "--format", "json"], &["lint", "--format", "json"]] {
            let mut command = Command::new(program[0]);
            command.args(&program[1..]).args(arguments).current_dir(&self.root).stdin(Stdio::null());
            prepare(&mut command);
            let output = command.output().expect("errbook runs");
            let said = String::from_utf8_lossy(&output.stderr);
            // The book has findings, so that there is something to print.
            let expected = i32::from(arguments[0] == "lint");
            assert_eq!(output.status.code(), Some(expected), "{arguments:?}: {said}");
            made.insert(arguments.join(" "), output.stdout);
        }
        let root = self.path("generated");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).expect("below").display().to_string();
                    made.insert(name, fs::read(&path).expect("readable"));
                }
            }
        }
        assert!(made.len() > 30, "only {} files", made.len());
        made
    }

    /// Every file of the spec.
    fn files(&self) -> Vec<PathBuf> {
        let mut files = vec![self.path("errbook.yaml"), self.path("conditions.yaml")];
        let domains = fs::read_dir(self.path("domains")).expect("readable");
        files.extend(domains.map(|entry| entry.expect("readable").path()));
        files
    }
}

/// What errbook makes where nothing is out of the ordinary.
fn expected() -> Made {
    Book::new().made(|_| ())
}

/// All but the findings, which name places of the input as seen from the current folder.
fn without_findings(made: Made) -> Made {
    made.into_iter().filter(|(name, _)| !name.starts_with("lint ")).collect()
}

fn assert_same(what: &str, made: &Made, expected: &Made) {
    let differing: Vec<_> = expected.iter().filter(|(name, bytes)| made.get(*name) != Some(bytes)).collect();
    let names: Vec<_> = differing.iter().map(|(name, _)| name).collect();
    assert!(names.is_empty() && made.len() == expected.len(), "{what}: {names:?}");
}

#[test]
fn the_environment_of_a_machine_changes_nothing() {
    let expected = expected();
    let environments: [&[(&str, &str)]; 5] = [
        &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        &[("LC_ALL", "zh_CN.GB18030"), ("LANGUAGE", "zh")],
        &[("LC_ALL", "C"), ("TZ", "Pacific/Kiritimati")],
        &[("TZ", "America/St_Johns"), ("SOURCE_DATE_EPOCH", "1"), ("USER", "somebody"), ("HOSTNAME", "h")],
        &[("CLICOLOR_FORCE", "1"), ("COLUMNS", "20"), ("CI", "true"), ("RUST_BACKTRACE", "full")],
    ];
    for environment in environments {
        let made = Book::new().made(|command| {
            command.envs(environment.iter().copied());
        });
        assert_same(&format!("{environment:?}"), &made, &expected);
    }
    let bare = Book::new().made(|command| {
        command.env_clear();
    });
    assert_same("without an environment", &bare, &expected);
}

#[cfg(target_os = "linux")]
#[test]
fn the_number_of_processors_changes_nothing() {
    let expected = expected();
    // Where the program may run on one processor only, it has one thread.
    let one = Book::new().made_by(&["taskset", "-c", "0", env!("CARGO_BIN_EXE_errbook")], |_| ());
    assert_same("one processor", &one, &expected);
}

#[test]
fn a_second_run_over_the_first_changes_nothing() {
    let book = Book::new();
    let first = book.made(|_| ());
    assert_same("a second run", &book.made(|_| ()), &first);
}

#[test]
fn the_mask_of_a_process_decides_who_may_read_and_not_what() {
    let expected = expected();
    for (mask, mode) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let book = Book::new();
        let script = format!("umask {mask}; exec \"$0\" \"$@\"");
        let made = book.made_by(&["sh", "-c", &script, env!("CARGO_BIN_EXE_errbook")], |_| ());
        assert_same(mask, &made, &expected);
        for path in ["generated/manifest.json", "generated/rust/src/quectel.rs"] {
            let metadata = fs::metadata(book.path(path)).expect("it was written");
            assert_eq!(metadata.permissions().mode() & 0o777, mode, "{path} under {mask}");
        }
    }
}

#[test]
fn the_folder_of_the_book_and_the_current_one_change_nothing() {
    let expected = expected();
    for path in ["a", "with blanks/und Umlaut\u{e4}/\u{8bbe}\u{5907}", "generated/errbook/spec"] {
        assert_same(path, &Book::below(path).made(|_| ()), &expected);
    }
    let expected = without_findings(expected);
    let book = Book::new();
    let from_within = book.made(|command| {
        command.current_dir(book.path("domains"));
    });
    assert_same("from a folder below", &without_findings(from_within), &expected);
    let from_elsewhere = book.made(|command| {
        command.current_dir("/").arg("--book").arg(book.path("errbook.yaml"));
    });
    assert_same("from elsewhere", &without_findings(from_elsewhere), &expected);
}

#[test]
fn line_ends_marks_and_modes_of_the_input_change_nothing() {
    type Change = fn(&str) -> String;
    let expected = expected();
    let changes: [(&str, Change); 3] = [
        ("CRLF", |text| text.replace('\n', "\r\n")),
        ("a byte order mark", |text| format!("\u{feff}{text}")),
        ("both", |text| format!("\u{feff}{}", text.replace('\n', "\r\n"))),
    ];
    for (what, change) in changes {
        let book = Book::new();
        for path in book.files() {
            let text = fs::read_to_string(&path).expect("text");
            fs::write(&path, change(&text)).expect("writable");
        }
        assert_same(what, &book.made(|_| ()), &expected);
    }
    let book = Book::new();
    for path in book.files() {
        fs::set_permissions(path, fs::Permissions::from_mode(0o444)).expect("our own file");
    }
    assert_same("read-only input", &book.made(|_| ()), &expected);
}

#[test]
fn a_domain_in_several_files_is_the_same_in_any_order_of_them() {
    let expected = without_findings(expected());
    for order in [["a", "b"], ["b", "a"]] {
        let book = Book::new();
        let path = book.path("domains/quectel.yaml");
        let text = fs::read_to_string(&path).expect("text");
        fs::remove_file(&path).expect("removable");
        fs::create_dir(book.path("domains/quectel")).expect("writable");
        let (head, entries) = text.split_once("errors:\n").expect("a list of entries");
        let second = entries.find("\n  - code:").expect("two entries") + 1;
        let (one, rest) = entries.split_at(second);
        let title = head
            .lines()
            .filter(|line| ["domain:", "title:", "code_type:"].iter().any(|key| line.starts_with(key)));
        let title: String = title.flat_map(|line| [line, "\n"]).collect();
        // What is sorted first holds the greater codes.
        for name in order {
            let text = match name {
                "a" => format!("{head}errors:\n{rest}"),
                _ => format!("{title}errors:\n{one}"),
            };
            fs::write(book.path("domains/quectel").join(format!("{name}.yaml")), text).expect("writable");
        }
        assert_same(&format!("{order:?}"), &without_findings(book.made(|_| ())), &expected);
    }
}
