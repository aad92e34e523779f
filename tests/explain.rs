//! What `errbook explain` answers.
//!
//! A file `tests/explain/<book>/<case>.txt` begins with a command and goes on with what it prints and its exit code, which
//! is the last line. It is run where that book is, or, where the folder holds no `errbook.yaml`, in an empty folder, where
//! the book inside the binary answers. `UPDATE_EXPECT=1` writes the pictures: look at them.
//!
//! `tests/explain/questions.tsv` is what people ask of the five platforms, and one code that has to be among the first
//! three of each answer.

#[path = "shared/book.rs"]
mod book;

use book::load;
use errbook::lookup::json::MOST_TOLD;
use errbook::lookup::{self, Subject};
use errbook::{embedded, languages};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain")
}

/// The entries of a folder, sorted.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

/// Runs a line of shell in which `errbook` is ours.
fn shell(line: &str, folder: &Path) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_errbook"));
    let mut path = std::ffi::OsString::from(binary.parent().expect("it lies in a folder"));
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    Command::new("bash")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR")
        .output()
        .expect("bash runs")
}

#[test]
fn pictures() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let (mut count, mut wrong) = (0, Vec::new());
    for book in entries(&folder()).iter().filter(|path| path.is_dir()) {
        let place = if book.join("errbook.yaml").exists() { book.as_path() } else { empty.path() };
        for case in entries(book).iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
            count += 1;
            let text = std::fs::read_to_string(case).expect("a case is text");
            let line = text
                .lines()
                .next()
                .and_then(|line| line.strip_prefix("$ "))
                .expect("a case begins with `$ `");
            let output = shell(line, place);
            let said = String::from_utf8(output.stdout).expect("what is printed is text");
            let code = output.status.code().expect("no signal");
            let picture = format!("$ {line}\n{said}[exit {code}]\n");
            if picture != text {
                if std::env::var_os("UPDATE_EXPECT").is_some() {
                    std::fs::write(case, &picture).expect("writable");
                } else {
                    wrong.push(format!("{}:\n{picture}", case.display()));
                }
            }
        }
    }
    assert!(count > 10, "only {count} cases");
    assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
}

/// Every subject of an answer, in the order of the answer, as text.
fn names(answer: &lookup::Answer<'_>) -> Vec<String> {
    let all = answer.exact.iter().chain(&answer.found).chain(&answer.near);
    let name = |subject: Subject<'_>| match subject {
        Subject::Code(domain, error) => lookup::reference(domain, &error.code),
        Subject::Retired(domain, retired) => format!("{}/{}", domain.id, retired.name),
        Subject::Condition(condition) => condition.name.to_string(),
        Subject::Kind(kind) => kind.id().to_owned(),
    };
    all.map(|hit| name(hit.subject)).collect()
}

#[test]
fn questions_have_answers() {
    let (_, book) = embedded::open();
    let domains: Vec<_> = book.domains.iter().collect();
    let text = std::fs::read_to_string(folder().join("questions.tsv")).expect("it is there");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        count += 1;
        let (question, wanted) = line.split_once('\t').expect("a question, a tab and a code");
        let answer = lookup::look_up(&book, &domains, question);
        let names = names(&answer);
        let is_right = match wanted {
            "-" => !answer.is_found(),
            wanted => answer.is_found() && names.iter().take(3).any(|name| name == wanted),
        };
        if !is_right {
            wrong.push(format!("{question}: wanted {wanted}, was {names:?}"));
        }
    }
    assert!(count >= 60, "only {count} questions");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A question may be a whole file that somebody has pasted; what is looked at of it is bounded.
#[test]
fn a_question_without_end_is_answered() {
    let (_, book) = embedded::open();
    let domains: Vec<_> = book.domains.iter().collect();
    for piece in ["设备离线", "devise offlin ", "a_b ", "5003 ", "quectel ", "/", "0x", "错", "not "] {
        let question = piece.repeat((1 << 20) / piece.len());
        let answer = lookup::look_up(&book, &domains, &question);
        assert!(answer.near.len() <= 6 && answer.found.len() <= 10, "{piece}");
    }
}

/// Each of very many entries that say the same is told once, whatever stands around the message, and however many names
/// there are beside it.
#[test]
fn a_message_of_very_many_entries_is_each_of_theirs() {
    const ENTRIES: usize = 20_000;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(path, text).expect("writable");
    };
    write("errbook.yaml", "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\n");
    let entries: Vec<_> = (0..ENTRIES)
        .map(|n| format!("  - {{code: {n}, name: n{n}, kind: internal, message: {{en: It has failed.}}}}\n"))
        .collect();
    let entries = entries.concat();
    write("domains/d.yaml", &format!("domain: d\ntitle: D\ncode_type: int32\nerrors:\n{entries}"));
    let book = load(&folder.path().join("errbook.yaml"));
    let domains: Vec<_> = book.domains.iter().collect();
    let names: String = (0..60).fold(String::new(), |names, n| names + &format!(" x{n}"));
    for question in ["it has failed", "Hello, it has failed!"] {
        let answer = lookup::look_up(&book, &domains, question);
        assert_eq!(answer.exact.len(), ENTRIES, "{question}");
        assert!(answer.found.is_empty(), "{question}");
    }
    let answer = lookup::look_up(&book, &domains, &format!("n7 n7{names}"));
    assert_eq!(self::names(&answer), ["d/7"]);
    // Other programs get as many of them as have room, and the number of the others.
    let json = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args(["explain", "--format", "json", "it has failed"])
        .current_dir(folder.path())
        .output()
        .expect("errbook runs");
    assert!((MOST_TOLD..2 * MOST_TOLD).contains(&json.stdout.len()), "{} bytes", json.stdout.len());
    let told: Value = serde_json::from_slice(&json.stdout).expect("it is JSON");
    let answer = &told["answers"][0];
    let exact = answer["exact"].as_array().expect("a list").len();
    assert_eq!(answer["left_off"].as_u64(), Some((ENTRIES - exact) as u64));
}

#[test]
fn every_name_is_found_as_every_language_spells_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, platforms) = embedded::open();
    // One in so many of a large book: each of its names costs a search.
    let small = load(&root.join("tests/books/small/errbook.yaml"));
    // This one has prefixes.
    let hostile = load(&root.join("tests/browser/hostile/errbook.yaml"));
    for (book, step) in [(platforms, 97), (small, 1), (hostile, 5)] {
        let domains: Vec<_> = book.domains.iter().collect();
        let mut count = 0;
        for domain in &book.domains {
            for error in domain.errors.iter().step_by(step) {
                let reference = lookup::reference(domain, &error.code);
                for language in languages::written(&book) {
                    let path = language.path(&domain.id, &error.meaning.name);
                    let answer = lookup::look_up(&book, &domains, &path);
                    assert!(
                        names(&answer).contains(&reference),
                        "{}: {path} is not {reference}: {:?}",
                        language.id,
                        names(&answer)
                    );
                    assert!(answer.exact.len() == 1, "{path} is {:?}", names(&answer));
                    count += 1;
                }
                // What stands around a code in a log is taken off it, so a code of such signs is found by its name alone.
                let is_plain = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '/' | '-' | '_');
                let asked = [&reference, error.meaning.name.as_str()];
                for asked in asked.into_iter().filter(|asked| asked.chars().all(is_plain)) {
                    let answer = lookup::look_up(&book, &domains, asked);
                    assert!(
                        answer.exact.iter().any(
                            |hit| matches!(hit.subject, Subject::Code(_, found) if std::ptr::eq(found, error))
                        ),
                        "{asked}"
                    );
                }
            }
        }
        assert!(count > 0, "nothing was asked");
    }
}

#[test]
fn json_has_the_shape_that_its_schema_says() {
    let schema: Value = serde_json::from_str(lookup::json::SCHEMA).expect("the schema is JSON");
    let definition = |name: &str| &schema["definitions"][name];
    let questions = [
        "door_gone",
        "55",
        "device_gone",
        "unavailable",
        "door_jammed",
        "'the door is ajar'",
        "'broken lamps'",
        "dor_locked",
    ];
    let ask = |question: &&str| {
        let output = shell(&format!("errbook explain --format json {question}"), &folder().join("small"));
        serde_json::from_slice::<Value>(&output.stdout).expect("it is JSON")
    };
    let objects: Vec<_> = questions.iter().map(ask).collect();
    let has = |value: &Value, schema: &Value, what: &str| {
        for key in schema["required"].as_array().expect("a list") {
            let key = key.as_str().expect("a key");
            assert!(value.get(key).is_some(), "{what} has no `{key}`: {value}");
        }
    };
    let mut types = std::collections::BTreeSet::new();
    for answer in objects.iter().flat_map(|object| {
        has(object, &schema, "the object");
        object["answers"].as_array().expect("answers")
    }) {
        has(answer, &schema["properties"]["answers"]["items"], "an answer");
        for list in ["exact", "found", "near"] {
            for hit in answer[list].as_array().expect("a list") {
                let kind = hit["type"].as_str().expect("a type");
                types.insert(kind.to_owned());
                has(hit, definition(kind), kind);
                has(&hit["how"], definition("how"), "how");
            }
        }
    }
    assert_eq!(types.into_iter().collect::<Vec<_>>(), ["code", "condition", "kind", "retired"]);
}
