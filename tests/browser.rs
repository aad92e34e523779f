//! The reference as a web page, in a browser: `tests/browser/run.cjs` opens the pages of four books in a headless Chromium,
//! from the disk and from a host on loopback, and runs every case of `tests/browser/cases` on them.
//!
//! The books are that of this repository, the small one of `tests/books`, one whose texts and codes try to become markup, and
//! one of ten thousand codes. What a page must say is what the model says: each case has the book as `errbook export` gives
//! it, and the constants as the languages spell them.
//!
//! A missing browser is a loud skip, and a failure where `CI` or `ERRBOOK_REQUIRE_TOOLCHAINS` is set.

#[path = "shared/book.rs"]
mod book;

use book::load;
use errbook::export;
use errbook::languages::LANGUAGES;
use errbook::model::Book;
use serde_json::{Map, Value};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn pages_do_in_a_browser_what_they_promise() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).expect("the scratch folder can be removed");
    }
    let great = tempfile::tempdir().expect("a temporary folder");
    let books = [
        ("errbook", root.join("spec/errbook.yaml")),
        ("small", root.join("tests/books/small/errbook.yaml")),
        ("hostile", root.join("tests/browser/hostile/errbook.yaml")),
        ("wide", ten_thousand_codes(great.path())),
    ];
    for (id, path) in &books {
        prepare(path, &scratch.join("books").join(id), &scratch.join("generated").join(id));
    }
    let run = Command::new("browser-node")
        .arg(root.join("tests/browser/run.cjs"))
        .arg(scratch.join("books"))
        // One case alone, by a part of its name.
        .args(std::env::var_os("ERRBOOK_BROWSER_CASE"))
        .output();
    match run {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout);
            let wrong = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{said}\n{wrong}");
            say(&format!("browser: {said}"));
        }
        Err(error) => {
            let is_required = is_set("CI") || is_set("ERRBOOK_REQUIRE_TOOLCHAINS");
            let what = format!("cannot run browser-node ({error}); run `cargo xtask setup`");
            assert!(!is_required, "{what}");
            say(&format!("browser: SKIPPED, {what}\n"));
        }
    }
}

/// Generates a book's page as `gen` does, with its banner, and writes beside it what cases compare with.
fn prepare(path: &Path, folder: &Path, out: &Path) {
    let run = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args(["--book".as_ref(), path.as_os_str(), "gen".as_ref(), "--language".as_ref(), "html".as_ref()])
        .arg("--out")
        .arg(out)
        .output()
        .expect("errbook runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    std::fs::create_dir_all(folder).expect("the scratch folder can be written");
    let write = |name: &str, text: String| {
        std::fs::write(folder.join(name), text).expect("the scratch folder can be written");
    };
    std::fs::copy(out.join("html/index.html"), folder.join("index.html")).expect("the page is there");
    let book = load(path);
    write("book.json", serde_json::to_string(&export::book(&book, None)).expect("a book is JSON"));
    write("constants.json", constants(&book).to_string());
}

/// The constants of each code in the languages that the book is generated in, by what people call them.
fn constants(book: &Book) -> Value {
    let is_output = |id: &str| book.outputs.iter().any(|(output, _)| output.value == id);
    let mut all = Map::new();
    for domain in &book.domains {
        for error in &domain.errors {
            let constants: Map<_, _> = LANGUAGES
                .iter()
                .filter(|language| is_output(language.id()))
                .filter_map(|language| {
                    let path = language.spelling()?.path("", &domain.id, &error.meaning.name).0;
                    Some((language.title().to_owned(), Value::from(path)))
                })
                .collect();
            all.insert(format!("{}/{}", domain.id, error.code), Value::Object(constants));
        }
    }
    Value::Object(all)
}

/// Writes a book of ten thousand codes; gives its path.
fn ten_thousand_codes(folder: &Path) -> PathBuf {
    let mut domain = "domain: great\ntitle: Great\ncode_type: int32\nerrors:\n".to_owned();
    for code in 10_000..20_000 {
        let number = code % 97;
        write!(
            domain,
            "  - code: {code}\n    name: e{code}_failed\n    kind: internal\n    message:\n      en: The device {number} of group {code} did not answer in time.\n      zh-Hans: 第{code}组的设备{number}没有及时响应。\n    solution:\n      en: Check that device {number} has power and try again.\n      zh-Hans: 请检查设备{number}是否通电后重试。\n"
        )
        .expect("writing to a string cannot fail");
    }
    let book = "errbook: 1\nversion: 1.0.0\ntitle: Great\nlocales: [en, zh-Hans]\ndomains: [great]\noutputs:\n  html: {}\n  rust: {}\n  swift: {}\n";
    std::fs::create_dir(folder.join("domains")).expect("writable");
    std::fs::write(folder.join("domains/great.yaml"), domain).expect("writable");
    std::fs::write(folder.join("errbook.yaml"), book).expect("writable");
    folder.join("errbook.yaml")
}

/// Prints past the test harness, so that a skip is seen.
fn say(text: &str) {
    use std::io::Write as _;
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn is_set(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| !value.is_empty() && value != "false" && value != "0")
}
