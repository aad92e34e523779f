//! The programs of `tests/consumers`, made to fit a book.
//!
//! In: a program's folder, a book, and what one language has written of it. Out: the same folder with the lines of its
//! `.in` files repeated for what the book has, and its types called as the book's output calls them. The lists that are
//! repeated are here, too, because what a program must say goes by the same ones.

use crate::file_name;
use errbook::model::{self, Book, CodeType, Domain, ErrorCode, WireCode};
use errbook::view::Written;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// One call that a program makes.
pub(crate) struct Vector {
    pub(crate) op: String,
    pub(crate) domain: String,
    pub(crate) argument: String,
}

/// The calls of `vectors.jsonl`; `@int32` stands for the first domain of that type, and a book without one has none;
/// `@each` stands for one domain of each type.
pub(crate) fn vectors(book: &Book) -> Vec<Vector> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/consumers/vectors.jsonl");
    let text = std::fs::read_to_string(path).expect("vectors.jsonl is there");
    let mut vectors = Vec::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("a line of vectors.jsonl is JSON");
        let written = line["domain"].as_str().expect("a domain");
        let first = |code_type| book.domains.iter().find(|domain| domain.code_type == code_type);
        let domains: Vec<&str> = match written.strip_prefix('@') {
            None => vec![written],
            Some(kind) => CodeType::ALL
                .into_iter()
                .filter(|code_type| kind == "each" || code_type.id() == kind)
                .filter_map(|code_type| Some(first(code_type)?.id.as_str()))
                .collect(),
        };
        for domain in domains {
            for argument in line["args"].as_array().expect("arguments") {
                vectors.push(Vector {
                    op: line["op"].as_str().expect("an operation").to_owned(),
                    domain: domain.to_owned(),
                    argument: argument.as_str().expect("a text").to_owned(),
                });
            }
        }
    }
    assert!(vectors.len() > 50, "vectors.jsonl has shrunk to {}", vectors.len());
    vectors
}

/// Copies a program and repeats the marked lines of its `.in` files.
pub(crate) fn expand(from: &Path, to: &Path, book: &Book, written: &Written, vectors: &[Vector]) {
    std::fs::create_dir_all(to).expect("the scratch folder can be written");
    for entry in std::fs::read_dir(from).expect("a consumer is a folder") {
        let path = entry.expect("a consumer can be read").path();
        let name = file_name(&path);
        if path.is_dir() {
            expand(&path, &to.join(name), book, written, vectors);
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a consumer is text");
        let (name, text) = match name.strip_suffix(".in") {
            None => (name.as_str(), text),
            Some(stem) => (stem, expand_text(&text, book, written, vectors)),
        };
        let text = prefixed(&text, &written.prefix);
        std::fs::write(to.join(name), text).expect("the scratch folder can be written");
    }
}

/// The program with the names of the types as the book's output has them, which may have a prefix.
fn prefixed(text: &str, prefix: &str) -> String {
    const TYPES: [&str; 6] =
        ["DomainErrorCode", "ErrorCode", "ErrorCodeRegistry", "ErrorCondition", "ErrorKind", "ErrorLocale"];
    let is_part = |ch: char| ch.is_alphanumeric() || ch == '_';
    let words = text.split_inclusive(|ch| !is_part(ch));
    let word = |word: &str| {
        let is_type = TYPES.contains(&word.trim_end_matches(|ch| !is_part(ch)));
        if is_type { format!("{prefix}{word}") } else { word.to_owned() }
    };
    words.map(word).collect()
}

fn expand_text(text: &str, book: &Book, written: &Written, vectors: &[Vector]) -> String {
    let spelling = written.spelling;
    // A type has the prefix, and a module has none.
    let type_path = |domain: &Domain| {
        let path = spelling.type_path(&domain.id).0;
        if path.starts_with(char::is_uppercase) { format!("{}{path}", written.prefix) } else { path }
    };
    let mut out = String::new();
    for line in text.lines() {
        if line.contains("@@constant") {
            for domain in &book.domains {
                for (name, _) in constants(book, domain) {
                    let line = line
                        .replace("@@path@@", &written.path(&domain.id, name))
                        .replace("@@domain@@", domain.id.as_str())
                        .replace("@@ident@@", &spelling.constant(name).0.replace('`', ""))
                        .replace("@@constant", "");
                    out.push_str(&line);
                    out.push('\n');
                }
            }
        } else if line.contains("@@condition") {
            for (name, _) in condition_names(book) {
                let line = line
                    .replace("@@ident@@", &spelling.constant(name).0.replace('`', ""))
                    .replace("@@condition", "");
                out.push_str(&line);
                out.push('\n');
            }
        } else if line.contains("@@vector") {
            for vector in vectors {
                let line = line
                    .replace("@@op@@", &vector.op)
                    .replace("@@domain@@", &vector.domain)
                    .replace("@@hex@@", &hex(&vector.argument))
                    .replace("@@vector", "");
                out.push_str(&line);
                out.push('\n');
            }
        } else if line.contains("@@domainline") {
            for domain in &book.domains {
                let line = line
                    .replace("@@type@@", &type_path(domain))
                    .replace("@@domain@@", domain.id.as_str())
                    .replace("@@file@@", &module_file(domain))
                    .replace("@@domainline", "");
                out.push_str(&line);
                out.push('\n');
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The file of a domain in a language whose apps import files: the two that every package has give way to nobody.
fn module_file(domain: &Domain) -> String {
    match domain.id.as_str() {
        own @ ("registry" | "support") => format!("{own}_"),
        other => other.to_owned(),
    }
}

/// The names of the conditions' constants, and the current name of each.
pub(crate) fn condition_names(book: &Book) -> impl Iterator<Item = (&model::Name, &model::Name)> {
    book.conditions.iter().flat_map(|condition| {
        let former = condition.former_names.iter().map(|former| &former.name);
        std::iter::once(&condition.name).chain(former).map(|name| (name, &condition.name))
    })
}

/// A domain's constants in their order: the name and the code of each.
pub(crate) fn constants<'a>(book: &Book, domain: &'a Domain) -> Vec<(&'a model::Name, &'a WireCode)> {
    let of_entry = |error: &'a ErrorCode| {
        let former = error.former_names.iter().map(|former| &former.name);
        std::iter::once(&error.meaning.name).chain(former).map(|name| (name, &error.code))
    };
    let retired = book.tombstones(domain).map(|(retired, code)| (&retired.name, code));
    domain.errors.iter().flat_map(of_entry).chain(retired).collect()
}

pub(crate) fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
