//! Files that nobody wrote in good faith, through the real program: it ends by itself with 0, 1 or 2, tells what is wrong
//! and where, never panics, and writes nothing.
#![cfg(unix)]

use errbook::diagnostics::source::LARGEST_FILE;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BOOK: &str = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\noutputs:\n  manifest: ../out/manifest.json\n  rust: {dir: ../out/rust}\n";
const DOMAIN: &str = "domain: d\ntitle: D\ncode_type: int32\nerrors:\n  - {code: 1, name: bind_failed, kind: internal, message: {en: It failed.}}\n";
const CONDITIONS: &str =
    "conditions:\n  - {name: c, kind: internal, title: {en: C}, description: {en: It is.}}\n";

/// Contents that are wrong whatever the kind of file they stand in for.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    let utf16 = |text: &str| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xFF, 0xFE].into_iter().chain(units).collect::<Vec<u8>>()
    };
    vec![
        ("empty", Vec::new()),
        ("a_comment", text("# nothing\n")),
        ("null", text("null\n")),
        ("a_word", text("hello\n")),
        ("a_number", text("5\n")),
        ("a_list", text("- a\n- b\n")),
        ("nul", text("a: \0\n")),
        ("utf16", utf16(DOMAIN)),
        ("utf16_without_mark", DOMAIN.bytes().flat_map(|byte| [byte, 0]).collect()),
        ("latin1", b"title: caf\xE9\n".to_vec()),
        ("cut_character", b"title: \xE8\xAE".to_vec()),
        ("overlong", b"title: \xC0\xAF\n".to_vec()),
        ("surrogate", b"title: \xED\xA0\x80\n".to_vec()),
        ("escaped_surrogate", text("title: \"\\ud800\"\n")),
        ("escape_beyond_unicode", text("title: \"\\U00110000\"\n")),
        ("unclosed_quote", text(&format!("title: \"{}", "x".repeat(20_000)))),
        ("unclosed_brackets", text(&"[".repeat(20_000))),
        ("unclosed_braces", text(&"{a: ".repeat(20_000))),
        ("nested_lists", text(&"- ".repeat(20_000))),
        (
            "nested_keys",
            (0..500).flat_map(|depth| format!("{}a:\n", " ".repeat(depth)).into_bytes()).collect(),
        ),
        ("complex_keys", text(&"? ".repeat(10_000))),
        ("aliases", text("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n")),
        ("merge_key", text("a: &a {b: 1}\nc:\n  <<: *a\n")),
        ("tag", text("!!python/object/apply:os.system [\"true\"]\n")),
        ("include", text("a: !include /etc/passwd\n")),
        ("directive", text("%YAML 9.9\n---\na: 1\n")),
        ("unknown_directive", text("%TAG ! tag:evil,2000:\n---\na: 1\n")),
        ("two_documents", text("a: 1\n---\nb: 2\n")),
        ("document_end", text("a: 1\n...\nb: 2\n")),
        ("repeated_keys", text("domain: d\ndomain: d\n")),
        ("tab_indent", text("a:\n\tb: 1\n")),
        ("carriage_returns", text(&DOMAIN.replace('\n', "\r"))),
        ("line_separators", text(&DOMAIN.replace('\n', "\u{2028}"))),
        ("mark_in_the_middle", text("a: 1\n\u{FEFF}b: 2\n")),
        ("a_megabyte_word", vec![b'x'; 1 << 20]),
        ("a_megabyte_key", [vec![b'x'; 1 << 20], b": 1\n".to_vec()].concat()),
        ("many_keys", (0..5_000).flat_map(|index| format!("k{index}: 1\n").into_bytes()).collect()),
        ("many_faults", (0..2_000).flat_map(|_| b"- {a: 1, a: 2}\n".to_vec()).collect()),
        ("escape_sequences", text("title: \"\\e[2J\\e]0;x\\a\"\n\u{1b}[31m: 1\n")),
        ("bidi", text("\u{202e}title: x\n")),
        ("binary", (0..=255).cycle().take(10_000).collect()),
        ("huge_number", text(&format!("errbook: {}\n", "9".repeat(10_000)))),
    ]
}

struct Book {
    folder: tempfile::TempDir,
}

impl Book {
    fn new() -> Self {
        let book = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir_all(book.path("spec/domains")).expect("writable");
        for (path, text) in
            [("errbook.yaml", BOOK), ("conditions.yaml", CONDITIONS), ("domains/d.yaml", DOMAIN)]
        {
            fs::write(book.path("spec").join(path), text).expect("writable");
        }
        book
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Every file of the folder, with its size and the time it was changed.
    fn tree(&self) -> BTreeMap<PathBuf, (u64, Option<std::time::SystemTime>)> {
        let (mut found, mut folders) = (BTreeMap::new(), vec![self.folder.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("readable") {
                let path = entry.expect("readable").path();
                let metadata = fs::symlink_metadata(&path).expect("readable");
                if metadata.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path, (metadata.len(), metadata.modified().ok()));
                }
            }
        }
        found
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_errbook"))
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("errbook runs")
    }
}

/// What every run must be like.
fn check(what: &str, arguments: &[&str], output: &Output) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let told = format!(
        "{what} {arguments:?}: {:?}\n{}",
        output.status,
        stderr.chars().take(2000).collect::<String>()
    );
    assert!(matches!(output.status.code(), Some(0..=2)), "{told}");
    assert!(!stderr.contains("panicked"), "{told}");
    assert!(!stderr.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{told}");
    if output.status.code() == Some(2) {
        assert!(stderr.contains("error"), "{told}");
    }
}

const COMMANDS: [&[&str]; 6] =
    [&["lint"], &["gen", "--check"], &["gen"], &["export", "--format", "json"], &["audit"], &["import"]];

#[test]
fn hostile_bytes_are_one_located_error() {
    for file in ["errbook.yaml", "conditions.yaml", "domains/d.yaml"] {
        for (name, bytes) in hostile() {
            let book = Book::new();
            fs::write(book.path("spec").join(file), &bytes).expect("writable");
            let before = book.tree();
            // The others begin in the same way; every name and every kind of file goes through all of them below.
            for arguments in [COMMANDS[0], COMMANDS[2]] {
                let what = format!("{file} as {name}");
                let output = book.run(arguments);
                check(&what, arguments, &output);
                // A carriage return ends a line of YAML; nothing else here is a book.
                let may_pass = file == "domains/d.yaml" && name == "carriage_returns";
                if !may_pass {
                    let stderr = String::from_utf8_lossy(&output.stderr);
                    assert_eq!(output.status.code(), Some(2), "{what} {arguments:?}: {stderr}");
                    let place = stderr.contains(&format!("{file}:"));
                    assert!(
                        place,
                        "{what} {arguments:?} names no place: {}",
                        stderr.chars().take(600).collect::<String>()
                    );
                    assert_eq!(before, book.tree(), "{what} {arguments:?} wrote something");
                }
            }
        }
    }
}

#[test]
fn things_that_are_no_files_are_told_and_never_waited_for() {
    type Make = fn(&Path);
    let makes: [(&str, Make); 4] = [
        ("a folder", |path| fs::create_dir(path).expect("writable")),
        ("a pipe", |path| {
            let made = Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
            assert!(made.success());
        }),
        ("a link to nothing", |path| std::os::unix::fs::symlink("nowhere", path).expect("a link")),
        ("a link to itself", |path| std::os::unix::fs::symlink(path, path).expect("a link")),
    ];
    for file in ["errbook.yaml", "conditions.yaml", "vocabulary.yaml", "lint-baseline.yaml", "domains/d.yaml"]
    {
        for (name, make) in makes {
            let book = Book::new();
            let path = book.path("spec").join(file);
            let _ = fs::remove_file(&path);
            make(&path);
            let commands = COMMANDS.iter().filter(|_| file != "lint-baseline.yaml").chain([&COMMANDS[0]]);
            for arguments in commands {
                let arguments = [&["--book", "spec/errbook.yaml"], *arguments].concat();
                let output = book.run(&arguments);
                check(&format!("{file} as {name}"), &arguments, &output);
                let stderr = String::from_utf8_lossy(&output.stderr);
                assert_eq!(output.status.code(), Some(2), "{file} as {name} {arguments:?}: {stderr}");
            }
            assert!(!book.path("out").exists(), "{file} as {name} wrote something");
        }
    }
}

#[test]
fn a_document_is_a_file_of_the_book() {
    let book = Book::new();
    let outside = tempfile::tempdir().expect("a temporary folder");
    let secret = outside.path().join("secret.csv");
    fs::write(&secret, "1,swordfish\n").expect("writable");
    let recipe =
        "document: {file: d.csv, tables: [{reader: delimited, columns: [code, message.en]}]}\nerrors:\n";
    let domain = DOMAIN.replacen("errors:\n", recipe, 1);
    assert_ne!(domain, DOMAIN);
    fs::write(book.path("spec/domains/d.yaml"), domain).expect("writable");
    let document = book.path("spec/d.csv");
    let audit = |why: &str| {
        let arguments = ["audit", "--book", "spec/errbook.yaml"];
        let output = book.run(&arguments);
        check(why, &arguments, &output);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(said.contains(why) && !said.contains("swordfish"), "{said}");
    };
    std::os::unix::fs::symlink(&secret, &document).expect("a link");
    audit("a link leads from spec/d.csv out of the book's repository");
    fs::remove_file(&document).expect("removable");
    fs::create_dir(&document).expect("writable");
    audit("the document spec/d.csv is no file");
    fs::remove_dir(&document).expect("removable");
    // Within the book a link may lead wherever its author likes.
    fs::write(book.path("spec/domains/d.csv"), "77,Seven.\n").expect("writable");
    std::os::unix::fs::symlink("domains/d.csv", &document).expect("a link");
    audit("Seven.");
    // The repository is the book's as well, and what is around it is not.
    fs::remove_file(&document).expect("removable");
    fs::write(book.path("beside.csv"), "78,Eight.\n").expect("writable");
    std::os::unix::fs::symlink("../beside.csv", &document).expect("a link");
    audit("a link leads from spec/d.csv out of the book's repository");
    fs::create_dir(book.path(".git")).expect("writable");
    audit("Eight.");
    fs::remove_file(&document).expect("removable");
    std::os::unix::fs::symlink(&secret, &document).expect("a link");
    audit("a link leads from spec/d.csv out of the book's repository");
}

#[test]
fn a_file_beyond_the_limit_is_told_and_not_read() {
    for file in ["errbook.yaml", "conditions.yaml", "domains/d.yaml"] {
        let book = Book::new();
        // Nothing but its length is on the disk.
        let file_of_holes = fs::File::create(book.path("spec").join(file)).expect("writable");
        file_of_holes.set_len(LARGEST_FILE + 1).expect("writable");
        let before = book.tree();
        for arguments in COMMANDS {
            let output = book.run(arguments);
            check(file, arguments, &output);
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{file} {arguments:?}: {stderr}");
            assert!(stderr.contains(file) && stderr.contains("more than the limit"), "{file}: {stderr}");
        }
        assert_eq!(before, book.tree(), "{file}");
    }
}

/// Clears a terminal, rings, goes to the start of the line, and turns the order of what follows around.
const ORDERS: &str = "\u{1b}[2J\u{1b}[H\u{7}\u{9b}2J\r\u{202e}";

#[test]
fn lines_of_files_are_shown_and_never_obeyed() {
    let book = Book::new();
    let document = "document:\n  file: d.csv\n  tables:\n    - {reader: delimited, columns: [code, message.en], header: 1}\n";
    let domain = DOMAIN.replace("int32", "string").replace("code: 1,", "code: \"1\",");
    let domain = domain.replace("errors:", &format!("{document}errors:"));
    fs::write(book.path("spec/domains/d.yaml"), domain).expect("writable");
    fs::write(book.path("spec/d.csv"), "code,text\n1,It failed.\n").expect("writable");
    for command in ["gen", "schema", "fmt"] {
        assert!(book.run(&[command]).status.success(), "{command}");
    }
    let edit = |path: &str, from: &str, to: &str| {
        let text = fs::read_to_string(book.path(path)).expect("text");
        assert!(text.contains(from), "{path} has no {from}");
        fs::write(book.path(path), text.replacen(from, to, 1)).expect("writable");
    };
    edit("out/rust/src/d.rs", "It failed.", &format!("It {ORDERS} failed."));
    edit("spec/schema/book.json", "\"book\"", &format!("\"bo{ORDERS}ok\""));
    fs::write(book.path("new.csv"), format!("code,text\n1,{ORDERS}\n2{ORDERS},It broke.\n"))
        .expect("writable");
    let audit = ["audit", "--domain", "d", "--document", "new.csv"];
    for arguments in [&["gen", "--check"][..], &["schema", "--check"], &audit] {
        let output = book.run(arguments);
        check("orders to a terminal", arguments, &output);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        let hidden = |ch: &char| *ch != '\n' && errbook::characters::is_hidden(*ch);
        assert_eq!(said.chars().find(hidden), None, "{arguments:?}: {said:?}");
        assert!(
            ["<U+001B>[2J", "\\u{1b}[2J"].iter().any(|shown| said.contains(shown)),
            "{arguments:?}: {said}"
        );
        // What stands behind a carriage return is a line of its own, marked like any other.
        assert!(!said.contains("\n<U+202E>"), "{arguments:?}: {said}");
    }
}

#[test]
fn schemas_replace_no_file_of_others() {
    let refused = |what: &str, book: &Book, told: &str| {
        let before = book.tree();
        let output = book.run(&["schema"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{what}: {said}");
        assert!(said.contains(told) && said.contains("nothing was written"), "{what}: {said}");
        assert_eq!(before, book.tree(), "{what}");
    };
    let link = std::os::unix::fs::symlink::<&str, PathBuf>;
    let book = Book::new();
    assert!(book.run(&["schema"]).status.success());
    fs::create_dir(book.path("outside")).expect("writable");
    fs::rename(book.path("spec/schema/domain.json"), book.path("outside/keep")).expect("writable");
    link("../../outside/keep", book.path("spec/schema/domain.json")).expect("a link");
    // What is as it should be is not touched, so it may be whatever it is.
    assert!(book.run(&["schema"]).status.success());
    fs::write(book.path("outside/keep"), "{\"mine\": true}\n").expect("writable");
    refused(
        "a link out",
        &book,
        "spec/schema/domain.json is in the way: a link leads from it out of spec/schema",
    );
    for text in ["{\"mine\": true}\n", "mine\n", "", "{\"$schema\": \"x\", \"title\": \"domain\"}\n"] {
        let book = Book::new();
        fs::create_dir(book.path("spec/schema")).expect("writable");
        fs::write(book.path("spec/schema/domain.json"), text).expect("writable");
        refused(text, &book, "spec/schema/domain.json is in the way: errbook did not make it");
    }
    // An older errbook's, which has fewer keys and other words, is replaced; line ends of a checkout are no edit.
    let book = Book::new();
    assert!(book.run(&["schema"]).status.success());
    let path = book.path("spec/schema/domain.json");
    let text = fs::read_to_string(&path).expect("text");
    fs::write(&path, text.replace("description", "says").replace('\n', "\r\n")).expect("writable");
    assert!(book.run(&["schema"]).status.success());
    assert_eq!(fs::read_to_string(&path).expect("text"), text);
    // The folder may be a link: whoever set up the book chose it.
    fs::rename(book.path("spec/schema"), book.path("schemas")).expect("writable");
    link("../schemas", book.path("spec/schema")).expect("a link");
    fs::remove_file(book.path("schemas/domain.json")).expect("removable");
    assert!(book.run(&["schema"]).status.success());
    assert_eq!(fs::read_to_string(book.path("schemas/domain.json")).expect("text"), text);
}

#[test]
fn a_baseline_replaces_no_file_of_others() {
    let write = |book: &Book| book.run(&["lint", "--write-baseline"]);
    let new = || {
        let book = Book::new();
        let domain = DOMAIN.replace("It failed.", "It failed");
        fs::write(book.path("spec/domains/d.yaml"), domain).expect("writable");
        book
    };
    let refused = |what: &str, book: &Book, told: &str| {
        let before = book.tree();
        let output = write(book);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{what}: {said}");
        assert!(said.contains(told) && said.contains("nothing was written"), "{what}: {said}");
        assert_eq!(before, book.tree(), "{what}");
    };
    let baseline = |book: &Book| fs::read_to_string(book.path("spec/lint-baseline.yaml")).expect("text");
    let link = std::os::unix::fs::symlink::<&str, PathBuf>;
    let book = new();
    fs::write(book.path("keep"), "").expect("writable");
    link("../keep", book.path("spec/lint-baseline.yaml")).expect("a link");
    refused("a link out", &book, "spec/lint-baseline.yaml is in the way: a link leads from it out of spec");
    for text in ["- mine\n", "mine: 1\n", "a: \"\n"] {
        let book = new();
        fs::write(book.path("spec/lint-baseline.yaml"), text).expect("writable");
        refused(text, &book, "spec/lint-baseline.yaml is in the way: it is no baseline of errbook");
    }
    // A second run finds what the first one wrote; a baseline by hand is one as well.
    let book = new();
    for _ in 0..2 {
        assert!(write(&book).status.success());
    }
    let text = baseline(&book);
    assert!(text.contains("missing_final_punctuation"), "{text}");
    for old in ["baseline: []\n", "# mine\nbaseline:\n  - lint: unsorted\n    at: d/1\n"] {
        fs::write(book.path("spec/lint-baseline.yaml"), old).expect("writable");
        assert!(write(&book).status.success(), "{old}");
        assert_eq!(baseline(&book), text);
    }
    // The conflict of a merge in what errbook wrote is mended by writing it anew.
    let broken = text.replacen("baseline:\n", "baseline:\n<<<<<<< HEAD\n=======\n>>>>>>> other\n", 1);
    assert_ne!(broken, text);
    fs::write(book.path("spec/lint-baseline.yaml"), broken.replace('\n', "\r\n")).expect("writable");
    assert!(write(&book).status.success());
    assert_eq!(baseline(&book), text);
    // A link within the book stays one.
    fs::rename(book.path("spec/lint-baseline.yaml"), book.path("spec/known.yaml")).expect("writable");
    link("known.yaml", book.path("spec/lint-baseline.yaml")).expect("a link");
    fs::write(book.path("spec/known.yaml"), "baseline: []\n").expect("writable");
    assert!(write(&book).status.success());
    assert!(book.path("spec/lint-baseline.yaml").is_symlink());
    assert_eq!(fs::read_to_string(book.path("spec/known.yaml")).expect("text"), text);
}

#[test]
fn names_are_never_paths() {
    for name in [
        "../d",
        "/etc/passwd",
        "a/b",
        "a\\\\b",
        "..",
        ".",
        "C:",
        "con",
        "d.yaml",
        "-d",
        "\\u0000",
        "D",
        "d\\n",
        "~",
        "*",
    ] {
        let book = Book::new();
        let text = BOOK.replace("[d]", &format!("[\"{name}\"]"));
        fs::write(book.path("spec/errbook.yaml"), text).expect("writable");
        let before = book.tree();
        for arguments in COMMANDS {
            let output = book.run(arguments);
            check(name, arguments, &output);
            assert_eq!(output.status.code(), Some(2), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(before, book.tree());
    }
    for dir in ["/", "/etc", ".", "..", "domains", "../spec/domains", "\\u0000", ""] {
        let book = Book::new();
        let text = BOOK.replace("../out/rust", &format!("\"{dir}\""));
        fs::write(book.path("spec/errbook.yaml"), text).expect("writable");
        let before = book.tree();
        let output = book.run(&["gen"]);
        check(dir, &["gen"], &output);
        assert_eq!(output.status.code(), Some(2), "{dir}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(before, book.tree());
    }
}

#[test]
fn marks_and_line_ends_change_no_output() {
    let plain = Book::new();
    assert!(plain.run(&["gen"]).status.success());
    let other = Book::new();
    for path in ["errbook.yaml", "conditions.yaml", "domains/d.yaml"] {
        let path = other.path("spec").join(path);
        let text = fs::read_to_string(&path).expect("text");
        fs::write(&path, format!("\u{FEFF}{}", text.replace('\n', "\r\n"))).expect("writable");
    }
    assert!(other.run(&["gen"]).status.success());
    let contents = |book: &Book| -> BTreeMap<PathBuf, Vec<u8>> {
        let root = book.path("out");
        let files = book.tree().into_keys().filter(|path| path.starts_with(&root));
        files
            .map(|path| {
                (path.strip_prefix(&root).expect("below").to_owned(), fs::read(&path).expect("readable"))
            })
            .collect()
    };
    let made = contents(&plain);
    assert!(made.len() > 4);
    assert_eq!(made, contents(&other));
}
