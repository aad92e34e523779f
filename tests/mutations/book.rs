//! The books that are damaged, and small pieces of them.

use super::files::files;
use super::random::Random;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files of a book by their paths, the book's own being `spec/errbook.yaml`.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// How many entries of a domain a piece has at most.
const MOST_ENTRIES: usize = 5;

/// A whole book.
pub(crate) struct Book {
    files: BTreeMap<PathBuf, String>,
}

/// The book of this repository and the small ones of the tests.
pub(crate) fn all() -> Vec<Book> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("spec")];
    for entry in std::fs::read_dir(root.join("tests/books")).expect("the folder is there") {
        folders.push(entry.expect("readable").path());
    }
    folders.sort();
    let books = folders.iter().map(|folder| Book { files: texts(folder) });
    // One of many domains, or of many conditions, is no small book however it is cut.
    let is_small = |book: &Book| {
        let beside = book.files.iter().filter(|(path, _)| !is_domain(path));
        book.files.len() < 10 && beside.map(|(_, text)| text.len()).sum::<usize>() < 100_000
    };
    books.filter(is_small).collect()
}

/// The YAML files of a folder.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let is_yaml = |path: &Path| path.extension().is_some_and(|extension| extension == "yaml");
    let files = files(folder).into_iter().filter(|(path, _)| is_yaml(path));
    files
        .map(|(path, bytes)| (Path::new("spec").join(path), String::from_utf8(bytes).expect("text")))
        .collect()
}

impl Book {
    /// A few entries of each domain: as text, and as the bytes that are to be damaged.
    pub(crate) fn piece(&self, random: &mut Random) -> (Files, Files) {
        let piece = |(path, text): (&PathBuf, &String)| {
            let text = if is_domain(path) { few_entries(text, random) } else { text.clone() };
            (path.clone(), text.into_bytes())
        };
        let files: Files = self.files.iter().map(piece).collect();
        (files.clone(), files)
    }
}

fn is_domain(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with("domains"))
}

/// A domain with a few neighbouring entries.
fn few_entries(text: &str, random: &mut Random) -> String {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let Some(first) = lines.iter().position(|line| line.starts_with("errors:")) else {
        return text.to_owned();
    };
    let first = first + 1;
    let ends = |line: &&str| !line.starts_with([' ', '#', '\n']);
    let last = lines[first..].iter().position(ends).map_or(lines.len(), |at| first + at);
    let starts: Vec<_> = (first..last).filter(|at| lines[*at].starts_with("  - ")).chain([last]).collect();
    let count = starts.len() - 1;
    let kept = random.below(MOST_ENTRIES) + 1;
    let from = random.below(count.saturating_sub(kept) + 1);
    let entries = &lines[starts[from]..starts[(from + kept).min(count)]];
    [&lines[..first], entries, &lines[last..]].concat().concat()
}
