//! Proof that the generated packages are right: they are compiled with warnings as errors, and run.
//!
//! `tests/consumers/<language>/` holds a small program for each language. For every book in `tests/books`, for the book of
//! this repository and for the one that `errbook init` writes, the package is generated into a scratch folder, the
//! program is put beside it, and its `run.sh` compiles both with every compiler that counts and prints what the API says
//! of each constant, each condition and each vector of `vectors.jsonl`, one JSON object a line. Each line must be what
//! the model says.
//!
//! A line of a program's `.in` file that holds `@@constant`, `@@condition`, `@@vector` or `@@domainline` is repeated for
//! each of those, so that constants are reached by name, as an app reaches them.
//!
//! `ERRBOOK_BOOKS=FOLDER` proves the books in that folder's folders instead, as `cargo xtask torture` does;
//! `ERRBOOK_PROVE=hostile/java,small` proves only those pairs of book and language whose `book/language` holds one of
//! the words.
//!
//! A missing compiler (exit code 77) is a skip that the last lines tell, and a failure where `CI` or
//! `ERRBOOK_REQUIRE_TOOLCHAINS` is set.

#[path = "shared/book.rs"]
mod book;
#[path = "shared/books.rs"]
mod books;
#[path = "shared/program.rs"]
mod program;

use book::load;
use errbook::languages::{self, LANGUAGES, Language};
use errbook::model::{self, Book, Domain, ErrorCode, Kind, Texts, WireCode};
use errbook::output::{self, Filter};
use errbook::view;
use program::{Vector, condition_names, constants, expand, hex, vectors};
use serde_json::{Value, json};
use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

/// What `run.sh` exits with if a compiler is missing (the convention of Automake).
const SKIPPED: i32 = 77;

#[test]
fn generated_packages_say_what_the_model_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut books = Vec::new();
    if books::elsewhere().is_none() {
        books.push(("errbook".to_owned(), root.join("spec/errbook.yaml")));
        books.push(("starter".to_owned(), root.join("src/cli/starter/errbook.yaml")));
    }
    for path in books::books() {
        books.push((file_name(path.parent().expect("it lies in a folder")), path));
    }
    let languages: Vec<_> =
        folders(&root.join("tests/consumers")).iter().map(|folder| file_name(folder)).collect();
    let is_unproven = |language: &&&dyn Language| {
        language.spelling().is_some() && !languages.iter().any(|id| id == language.id())
    };
    for language in LANGUAGES.iter().filter(is_unproven) {
        say(&format!("NO PROOF for {}: write tests/consumers/{0}/run.sh\n", language.id()));
    }
    let words = std::env::var("ERRBOOK_PROVE").unwrap_or_default();
    let is_wanted = |book: &str, language: &str| {
        let pair = format!("{book}/{language}");
        words.is_empty() || words.split(',').any(|word| pair.contains(word))
    };
    let jobs: VecDeque<_> = books
        .iter()
        .flat_map(|book| languages.iter().map(move |language| (book, language)))
        .filter(|((book, _), language)| is_wanted(book, language))
        .collect();
    let count = jobs.len();
    let jobs = Mutex::new(jobs);
    let problems = Mutex::new(Vec::new());
    let unproved = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(((book, path), language)) = take(&jobs) {
                    let started = Instant::now();
                    let outcome = prove(path, book, language);
                    let seconds = started.elapsed().as_secs_f32();
                    let verdict = match &outcome {
                        Ok(Proof::Done(done)) => done.clone(),
                        Ok(Proof::Skipped(missing)) => {
                            unproved.lock().expect("no thread panics").insert(language.clone());
                            format!("SKIPPED: {missing}")
                        }
                        Err(problem) => format!("FAILED: {problem}"),
                    };
                    say(&format!("consumer {language} of book {book}: {verdict} ({seconds:.1} s)\n"));
                    if let Err(problem) = outcome {
                        problems
                            .lock()
                            .expect("no thread panics")
                            .push(format!("{book}/{language}: {problem}"));
                    }
                }
            });
        }
    });
    let unproved = unproved.into_inner().expect("no thread panics");
    if !unproved.is_empty() {
        say(&format!("\n{}\n", not_proved(&unproved)));
    }
    let problems = problems.into_inner().expect("no thread panics");
    assert!(count > 0, "there is nothing to prove");
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// What the last lines say of languages whose compilers are missing, so that a green run does not hide them.
fn not_proved(languages: &BTreeSet<String>) -> String {
    let languages: Vec<_> = languages.iter().map(String::as_str).collect();
    format!(
        "NOT PROVED, for want of compilers: {}.\nRun `cargo xtask setup`, which installs them, and then `cargo xtask \
         test`, which calls those.",
        languages.join(", ")
    )
}

#[test]
fn languages_that_were_not_proved_are_told_with_what_to_do() {
    let told = not_proved(&["swift".to_owned(), "kotlin".to_owned()].into());
    assert!(told.starts_with("NOT PROVED, for want of compilers: kotlin, swift.\n"), "{told}");
    assert!(told.contains("cargo xtask setup"), "{told}");
}

/// Prints past the test harness, which would keep it back until the end: compiling takes minutes.
fn say(text: &str) {
    use std::io::Write as _;
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn take<T>(jobs: &Mutex<VecDeque<T>>) -> Option<T> {
    jobs.lock().expect("no thread panics").pop_front()
}

/// What came of one language of one book.
enum Proof {
    /// What was compared.
    Done(String),
    /// What is missing.
    Skipped(String),
}

/// Generates, compiles, runs and compares one language of one book.
fn prove(book_path: &Path, book_name: &str, id: &str) -> Result<Proof, String> {
    let language = languages::find(id).ok_or_else(|| format!("`{id}` is a folder here and no language"))?;
    let book = load(book_path);
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumers").join(book_name).join(id);
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).map_err(|error| error.to_string())?;
    }
    let folder = book_path.parent().expect("a book lies in a folder");
    let filter = Filter { language: Some(id.to_owned()), domain: None, out: Some(scratch.join("generated")) };
    let plan = output::plan(&book, folder, &filter).map_err(|faults| format!("{faults:#?}"))?;
    output::write(&plan).map_err(|error| format!("{error:#}"))?;
    std::fs::rename(scratch.join("generated").join(id), scratch.join("package"))
        .map_err(|error| error.to_string())?;
    let vectors = vectors(&book);
    let consumer = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/consumers").join(id);
    let written = languages::written(&book).into_iter().find(|written| written.id == id);
    let written = written.ok_or_else(|| format!("`{id}` is no language of code"))?;
    expand(&consumer, &scratch.join("consumer"), &book, &written, &vectors);

    let output = Command::new("bash")
        .arg("consumer/run.sh")
        .current_dir(&scratch)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run bash: {error}"))?;
    let noise = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(SKIPPED) {
        let is_required = is_set("CI") || is_set("ERRBOOK_REQUIRE_TOOLCHAINS");
        let missing = noise.trim().to_owned();
        return if is_required { Err(missing) } else { Ok(Proof::Skipped(missing)) };
    }
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stdout);
        let last: Vec<_> = said.lines().rev().take(3).collect();
        return Err(format!("{}\n{}\nlast lines: {last:?}", output.status, tail(&noise)));
    }
    let said =
        String::from_utf8(output.stdout).map_err(|error| format!("the output is no UTF-8: {error}"))?;
    compare(&said, &expected(&book, language, &vectors)).map(Proof::Done)
}

fn is_set(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| !value.is_empty() && value != "false" && value != "0")
}

fn tail(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}

/// Compares each run of the program with what is expected, line by line.
fn compare(said: &str, expected: &[Value]) -> Result<String, String> {
    let mut runs: Vec<(String, Vec<Value>)> = Vec::new();
    for line in said.lines().filter(|line| !line.is_empty()) {
        let value: Value =
            serde_json::from_str(line).map_err(|error| format!("no JSON ({error}): {line}"))?;
        match (value.get("run").and_then(Value::as_str), runs.last_mut()) {
            (Some(label), _) => runs.push((label.to_owned(), Vec::new())),
            (None, Some((_, lines))) => lines.push(value),
            (None, None) => return Err(format!("a line before the first run: {line}")),
        }
    }
    if runs.is_empty() {
        return Err("the program did not run".to_owned());
    }
    for (label, lines) in &runs {
        let mut problems = String::new();
        let mut count = 0;
        for (line, wanted) in lines.iter().zip(expected) {
            if line != wanted {
                count += 1;
                if count <= 5 {
                    let _ = writeln!(problems, "  said   {line}\n  wanted {wanted}");
                }
            }
        }
        if count > 0 || lines.len() != expected.len() {
            let (got, wanted) = (lines.len(), expected.len());
            return Err(format!("run {label}: {got} lines for {wanted}, {count} differ\n{problems}"));
        }
    }
    let labels: Vec<_> = runs.iter().map(|(label, _)| label.as_str()).collect();
    Ok(format!("{} lines equal in each of {}", expected.len(), labels.join(", ")))
}

/// Every line a program must print.
fn expected(book: &Book, language: &dyn Language, vectors: &[Vector]) -> Vec<Value> {
    let mut lines = Vec::new();
    let spelling = language.spelling().expect("a language with a consumer is one of code");
    let ident = |name| spelling.constant(name).0.replace('`', "");
    for domain in &book.domains {
        for (name, code) in constants(book, domain) {
            lines.push(json!({"constant": ident(name), "is": describe(book, domain, code)}));
        }
    }
    for (name, current) in condition_names(book) {
        lines.push(json!({"condition_constant": ident(name), "is": current.as_str()}));
    }
    for domain in &book.domains {
        let codes: Vec<_> = domain.errors.iter().map(|error| error.code.to_string()).collect();
        lines.push(json!({"all": domain.id.as_str(), "codes": codes}));
    }
    let mut conditions: Vec<_> = book.conditions.iter().collect();
    conditions.sort_by(|a, b| a.name.cmp(&b.name));
    for condition in conditions {
        lines.push(json!({
            "condition": condition.name.as_str(),
            "kind": condition.kind.id(),
            "title": texts(book, Some(&condition.title)),
            "description": texts(book, Some(&condition.description)),
        }));
    }
    for vector in vectors {
        let Vector { op, domain, argument } = vector;
        let is = match op.as_str() {
            "match" => {
                let tags: Vec<_> =
                    if argument.is_empty() { Vec::new() } else { argument.split(',').collect() };
                json!(view::locale::best(&book.locales, &tags).tag())
            }
            "reference" => argument
                .split_once('/')
                .map_or(Value::Null, |(domain, code)| lookup(book, language, domain, code)),
            "lookup" | "parse" => lookup(book, language, domain, argument),
            "code" => {
                let domain = book.domain(domain).expect("vectors name a domain");
                // Whatever came over the wire is a code, the empty text included.
                let empty = || WireCode::Text(String::new());
                let code = domain.code_type.parse(argument).unwrap_or_else(empty);
                describe(book, domain, &code)
            }
            "name" => {
                let domain = book.domain(domain).expect("vectors name a domain");
                let named = |error: &&ErrorCode| {
                    error.meaning.name.as_str() == argument
                        || error.former_names.iter().any(|former| former.name.as_str() == argument)
                };
                domain
                    .errors
                    .iter()
                    .find(named)
                    .map_or(Value::Null, |error| describe(book, domain, &error.code))
            }
            other => panic!("vectors.jsonl has the unknown operation {other}"),
        };
        lines.push(json!({"op": op, "domain": domain, "arg": hex(argument), "is": is}));
    }
    lines
}

fn lookup(book: &Book, language: &dyn Language, domain: &str, code: &str) -> Value {
    // The one difference between the languages: a number of JavaScript is exact up to 2^53 - 1 only.
    let is_exact = |code: &WireCode| match code {
        WireCode::Number(code) => code.unsigned_abs() < 1 << 53,
        WireCode::Text(_) => true,
    };
    let read = |domain: &Domain| {
        domain.code_type.parse(code).filter(|code| language.id() != "typescript" || is_exact(code))
    };
    let found = book.domain(domain).and_then(|domain| Some((domain, read(domain)?)));
    found.map_or(Value::Null, |(domain, code)| describe(book, domain, &code))
}

/// What the interface `DomainErrorCode` must say of a code.
fn describe(book: &Book, domain: &Domain, code: &WireCode) -> Value {
    let error = domain.find(code);
    let meaning = error.map(|error| &error.meaning);
    let kind = meaning.map_or(Kind::Unknown, |meaning| meaning.kind);
    let message = meaning.and_then(|meaning| meaning.message.shown(0)).unwrap_or("unknown error");
    json!({
        "domain": domain.id.as_str(),
        "code": code.to_string(),
        "reference": format!("{}/{code}", domain.id),
        "name": meaning.map(|meaning| meaning.name.as_str()),
        "known": error.is_some(),
        "success": kind == Kind::Ok,
        "kind": kind.id(),
        "condition": meaning.and_then(|meaning| meaning.condition.as_ref()).map(model::Name::as_str),
        "retryable": error.is_some_and(|error| error.retryable),
        "http_status": error.and_then(|error| error.http_status),
        "message": texts(book, meaning.map(|meaning| &meaning.message)),
        "solution": texts(book, meaning.map(|meaning| &meaning.solution)),
        "text": format!("{message} (code {code})"),
    })
}

fn texts(book: &Book, texts: Option<&Texts>) -> Value {
    let shown = |(index, locale): (usize, &model::Locale)| {
        (locale.tag().to_owned(), json!(texts.and_then(|texts| texts.shown(index))))
    };
    Value::Object(book.locales.iter().enumerate().map(shown).collect())
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut folders: Vec<_> =
        entries.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("not a root").to_string_lossy().into_owned()
}
