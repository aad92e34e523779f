//! The mistakes that people make in a spec: each is told once, at its place, with the way to mend it.
//!
//! `tests/mistakes/<what was done>.txt` names a file of the book in `tests/mistakes/book`, says which of its lines (`<`)
//! become which others (`>`), and, below `---`, what `errbook lint` then says. Where there is no `<`, the lines with `>` are the whole file. With `UPDATE_EXPECT=1` in the environment what is said is written instead of compared; look at the
//! difference before it is committed. Whatever was done, `gen` writes nothing of a
//! book that is not valid, and `fmt` nothing of one whose form it cannot read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            found.extend(tree(&path));
        } else {
            let bytes = fs::read(&path).expect("readable");
            found.insert(path, bytes);
        }
    }
    found
}

/// A case: the file, its text with the mistake, and where in the case the expected words begin.
struct Case {
    file: String,
    text: String,
    expected: usize,
}

/// Reads a case and does to the file of the book what it says.
fn case(text: &str) -> Case {
    let end = text.find("\n---\n").expect("a case has expected words");
    let (file, script) = text[..=end].split_once('\n').expect("a case names a file");
    let path = root().join("book").join(file);
    let mut made = fs::read_to_string(&path).expect("a file of the book");
    let (mut old, mut new) = (String::new(), String::new());
    let mut hunks = Vec::new();
    for line in script.split_inclusive('\n') {
        if let Some(line) = line.strip_prefix('<') {
            if !new.is_empty() {
                hunks.push((std::mem::take(&mut old), std::mem::take(&mut new)));
            }
            old.push_str(line);
        } else {
            new.push_str(line.strip_prefix('>').expect("a line of a script begins with `<` or `>`"));
        }
    }
    hunks.push((old, new));
    for (old, new) in hunks {
        if old.is_empty() {
            made = new;
        } else {
            assert_eq!(made.matches(&old).count(), 1, "{file} has these lines once:\n{old}");
            made = made.replacen(&old, &new, 1);
        }
    }
    Case { file: file.to_owned(), text: made, expected: end + 5 }
}

/// Runs errbook in a folder: what it says, and its exit code.
fn errbook(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("errbook runs");
    let said = [output.stdout, output.stderr].concat();
    (String::from_utf8(said).expect("text"), output.status.code().expect("it ends by itself"))
}

#[test]
fn every_mistake_is_told_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut count = 0;
    let mut wrong = Vec::new();
    for (path, bytes) in tree(&root()) {
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        count += 1;
        let text = String::from_utf8(bytes).expect("a case is text");
        let Case { file, text: made, expected } = case(&text);
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (from, bytes) in tree(&root().join("book")) {
            let to = folder.path().join(from.strip_prefix(root().join("book")).expect("below the book"));
            fs::create_dir_all(to.parent().expect("a folder")).expect("writable");
            fs::write(to, bytes).expect("writable");
        }
        fs::write(folder.path().join(&file), made).expect("writable");
        let before = tree(folder.path());
        let (said, code) = errbook(folder.path(), &["lint"]);
        let said = format!("{said}exit code {code}\n");
        if code == 0 {
            wrong.push(format!("{}: nothing is found", path.display()));
        }
        let (then, made) = errbook(folder.path(), &["gen", "--out", "made"]);
        if code == 2 && (made != 2 || tree(folder.path()) != before) {
            wrong.push(format!("{}: `gen` ends with {made}\n{then}", path.display()));
        }
        // The form of a book that makes no sense can be right; of one that is wrong the formatter tells all that is.
        let (then, formatted) = errbook(folder.path(), &["fmt"]);
        if code == 2 && formatted == 2 && format!("{then}exit code 2\n") != said {
            wrong.push(format!("{}: `fmt` says something else than `lint`\n{then}", path.display()));
        }
        if formatted == 2 && tree(folder.path()) != before {
            wrong.push(format!("{}: `fmt` ends with {formatted}\n{then}", path.display()));
        }
        if update {
            fs::write(&path, format!("{}{said}", &text[..expected])).expect("writable");
        } else if text[expected..] != said {
            wrong.push(format!("{}: run with UPDATE_EXPECT=1 and look at it\n{said}", path.display()));
        }
    }
    assert!(count > 100, "there are mistakes: {count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_book_itself_has_none() {
    let (said, code) = errbook(&root().join("book"), &["lint", "--deny-warnings"]);
    assert_eq!((said.as_str(), code), ("no findings\n", 0));
}

#[test]
fn a_file_in_another_place_is_found_and_its_place_told() {
    for (from, to, help) in [
        ("domains/acme.yaml", "domains/acme.yml", "move domains/acme.yml to domains/acme.yaml"),
        ("domains/acme.yaml", "acme.yaml", "move acme.yaml to domains/acme.yaml"),
        ("domains", "domain", "move domain/acme.yaml to domains/acme.yaml"),
        ("domains/acme.yaml", "domains/amce.yaml", "did you mean `amce`?"),
        ("domains/acme.yaml", "other.yaml", "write domains/acme.yaml"),
        ("conditions.yaml", "condition.yaml", "did you mean condition.yaml? Rename it to conditions.yaml"),
        ("conditions.yaml", "other.yaml", "has no `conditions.yaml`, and its entries name 2 conditions"),
        ("errbook.yaml", "errbook.yml", "errbook.yml errbook.yaml"),
        ("errbook.yaml", "book.yaml", "start one with `errbook init`"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in tree(&root().join("book")) {
            let path = folder.path().join(path.strip_prefix(root().join("book")).expect("below the book"));
            fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            fs::write(path, bytes).expect("writable");
        }
        fs::rename(folder.path().join(from), folder.path().join(to)).expect("writable");
        let (said, code) = errbook(folder.path(), &["lint"]);
        assert!(code == 2 && said.contains(help), "{from} is {to}: {said}");
    }
}

#[test]
fn a_list_of_no_domains_beside_their_files_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("domains")).expect("writable");
    let book = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: []\n";
    fs::write(folder.path().join("errbook.yaml"), book).expect("writable");
    fs::copy(root().join("book/domains/acme.yaml"), folder.path().join("domains/acme.yaml"))
        .expect("writable");
    let (said, _) = errbook(folder.path(), &["lint"]);
    assert!(said.contains("warning[unlisted_domain]") && said.contains("errbook.yaml:5:10"), "{said}");
}
