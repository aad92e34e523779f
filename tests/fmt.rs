//! `errbook fmt`: each folder of `tests/fmt` holds a book as somebody wrote it and as it is to be, and the real book is
//! in its one form already.

#[path = "shared/texts.rs"]
mod texts;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use texts::texts;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
    command.arg("fmt").args(arguments).current_dir(folder).output().expect("errbook runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// A copy of the book in `folder`.
fn copy(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in texts(folder) {
        let path = copy.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }
    copy
}

#[test]
fn every_case_comes_out_as_expected_and_stays_so() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let cases = fs::read_dir(root().join("tests/fmt")).expect("cases");
    let cases: Vec<_> = cases.map(|case| case.expect("an entry").path()).collect();
    assert!(!cases.is_empty(), "there are cases");
    for case in cases {
        let copy = copy(&case.join("before"));
        let check = run(copy.path(), &["--check"]);
        assert_eq!(code(&check), 1, "{}\n{}", case.display(), stderr(&check));
        assert_eq!(texts(copy.path()), texts(&case.join("before")), "--check writes nothing");
        let output = run(copy.path(), &[]);
        assert_eq!(code(&output), 0, "{}\n{}", case.display(), stderr(&output));
        let made = texts(copy.path());
        if update {
            for (path, text) in &made {
                fs::write(case.join("after").join(path), text).expect("writable");
            }
        }
        for (made, expected) in made.iter().zip(texts(&case.join("after"))) {
            assert_eq!(made, &expected, "{}", case.display());
        }
        let again = run(copy.path(), &["--check"]);
        assert_eq!(code(&again), 0, "{}\n{}", case.display(), stdout(&again));
        assert_eq!(stdout(&again), "");
    }
}

#[test]
fn the_real_book_is_in_its_one_form() {
    let output = run(root(), &["--check"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn a_check_shows_the_difference_and_names_the_command() {
    let copy = copy(&root().join("tests/fmt/parts/before"));
    let output = run(copy.path(), &["--check", "domains/d/a.yaml"]);
    assert_eq!(code(&output), 1);
    let diff = stdout(&output);
    assert!(diff.contains("--- domains/d/a.yaml (on disk)\n+++ domains/d/a.yaml (formatted)\n"), "{diff}");
    assert!(diff.contains("+  - code: 3\n") && !diff.contains("b.yaml"), "{diff}");
    assert!(stderr(&output).contains("run `errbook fmt domains/d/a.yaml` and commit"), "{}", stderr(&output));
    let json = stdout(&run(copy.path(), &["--check", "--format", "json"]));
    let first: serde_json::Value = serde_json::from_str(json.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&first["id"], &first["labels"][0]["start"]["line"]), (&"not_formatted".into(), &5.into()));
}

#[test]
fn only_the_files_that_are_named_are_written() {
    let copy = copy(&root().join("tests/fmt/parts/before"));
    let before = texts(copy.path());
    assert_eq!(code(&run(copy.path(), &["domains/d/b.yaml"])), 0);
    let after = texts(copy.path());
    assert_eq!(before[0], after[0]);
    assert_ne!(before[1], after[1]);
    fs::write(copy.path().join("other.yaml"), "a: 1").expect("writable");
    let output = run(copy.path(), &["other.yaml", "domains/d/a.yaml"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("other.yaml is no file of the book errbook.yaml"),
        "{}",
        stderr(&output)
    );
    assert_eq!(texts(copy.path())[0], before[0], "nothing is written if a name is wrong");
}

#[test]
fn a_fault_in_one_file_keeps_all_of_them() {
    for (bad, id) in
        [("errors: [", "yaml_syntax"), ("domain: d\ndomian: d\n", "unknown_key"), ("a: \0", "nul_byte")]
    {
        let copy = copy(&root().join("tests/fmt/parts/before"));
        fs::write(copy.path().join("domains/d/b.yaml"), bad).expect("writable");
        let before = texts(copy.path());
        for arguments in [&[][..], &["--check"], &["domains/d/a.yaml"]] {
            let output = run(copy.path(), arguments);
            assert_eq!(code(&output), 2, "{}", stderr(&output));
            assert!(stderr(&output).contains(&format!("error[{id}]")), "{}", stderr(&output));
            assert!(stderr(&output).contains("domains/d/b.yaml:"), "{}", stderr(&output));
            assert_eq!(texts(copy.path()), before);
        }
    }
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let case = root().join("tests/fmt/comments");
    let before = fs::read_to_string(case.join("before/domains/d.yaml")).expect("text");
    let after = fs::read_to_string(case.join("after/domains/d.yaml")).expect("text");
    let copy = copy(&case.join("before"));
    let path = copy.path().join("domains/d.yaml");
    let crlf = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    fs::write(&path, crlf(&before)).expect("writable");
    assert_eq!(code(&run(copy.path(), &[])), 0);
    assert_eq!(fs::read_to_string(&path).expect("text"), crlf(&after));
    assert_eq!(code(&run(copy.path(), &["--check"])), 0);
    fs::write(&path, before.replacen('\n', "\r\n", 3)).expect("writable");
    assert_eq!(code(&run(copy.path(), &[])), 0);
    assert_eq!(fs::read_to_string(&path).expect("text"), after, "mixed line ends become LF");
}

#[test]
fn a_book_with_other_faults_is_formatted_all_the_same() {
    let copy = copy(&root().join("tests/fmt/parts/before"));
    let path = copy.path().join("domains/d/a.yaml");
    let text = fs::read_to_string(&path).expect("text");
    fs::write(&path, text.replace("code: 3", "code: 4")).expect("writable");
    let output = run(copy.path(), &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = fs::read_to_string(&path).expect("text");
    assert!(text.contains("  - code: 4\n    name: three\n"), "{text}");
}

#[test]
fn what_nobody_sees_is_not_made_to_look_meant() {
    let book = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(book.path().join("domains")).expect("writable");
    let head = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\n";
    fs::write(book.path().join("errbook.yaml"), head).expect("writable");
    let path = book.path().join("domains/d.yaml");
    let (raw, meant) = ('\u{202E}', "\\u202E");
    let text = format!(
        "domain: d\ntitle: D{raw}E\ncode_type: int32\nenvelope: {{code: /code, \"x{raw}\": /y}}\nerrors:\n- code: 1\n  name: a_b\n  \
         kind: internal\n  message: {{en: \"A{raw}.\"}}\n  note: |-\n    One\n    t{raw}wo\n- code: 2\n  name: c_d\n  kind: internal\n  \
         message: {{en: B.}}\n  note: \"A{meant}{raw}B\"\n- code: 3\n  name: e_f\n  kind: internal\n  message: {{en: B.}}\n  note: \"A{meant}B\"\n"
    );
    fs::write(&path, text).expect("writable");
    let findings = || {
        let mut lint = Command::new(env!("CARGO_BIN_EXE_errbook"));
        let output = lint.arg("lint").current_dir(book.path()).output().expect("errbook runs");
        stderr(&output).matches("error[invisible_character]").count()
    };
    let before = findings();
    assert_eq!(before, 5);
    let output = run(book.path(), &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = fs::read_to_string(&path).expect("text");
    for line in [
        format!("title: \"D{raw}E\"\n"),
        format!("  \"x{raw}\": /y\n"),
        format!("      en: \"A{raw}.\"\n"),
        format!("    note: \"One\\nt{raw}wo\"\n"),
        format!("    note: \"A{raw}{raw}B\"\n"),
        format!("    note: \"A{meant}B\"\n"),
    ] {
        assert!(text.contains(&line), "{line}\n{text}");
    }
    assert_eq!(findings(), before);
    assert_eq!(code(&run(book.path(), &["--check"])), 0);
}
