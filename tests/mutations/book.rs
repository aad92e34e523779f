//! The books that are damaged, and small pieces of them.

use super::files::files;
use super::random::Random;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The files of a book by their paths, the book's own being `spec/errbook.yaml`.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// How many items of a list a piece has at most: domains of a book, and entries of a domain.
const MOST_ITEMS: usize = 5;

/// A whole book.
pub(crate) struct Book {
    files: BTreeMap<PathBuf, String>,
}

/// The book of this repository and those of the tests.
pub(crate) fn all() -> Vec<Book> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("spec")];
    for entry in std::fs::read_dir(root.join("tests/books")).expect("the folder is there") {
        folders.push(entry.expect("readable").path());
    }
    folders.sort();
    folders.iter().map(|folder| Book { files: texts(folder) }).collect()
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
    /// A few domains with a few entries each, and the conditions that these name: once to be kept, and once to be
    /// damaged.
    pub(crate) fn piece(&self, random: &mut Random) -> (Files, Files) {
        let mut files = self.files.clone();
        let mut gone = BTreeSet::new();
        let mut conditions = BTreeSet::new();
        for (path, text) in &mut files {
            if path.ends_with("errbook.yaml") {
                let list = List::of(text, "domains:");
                let kept = list.neighbours(random);
                let others = list.items.iter().enumerate().filter(|(index, _)| !kept.contains(index));
                gone = others.map(|(_, item)| Path::new("spec/domains").join(file_of(item))).collect();
                *text = list.with(|index, _| kept.contains(&index));
            }
        }
        files.retain(|path, _| !gone.contains(path));
        for (_, text) in files.iter_mut().filter(|(path, _)| path.starts_with("spec/domains")) {
            let list = List::of(text, "errors:");
            let kept = list.neighbours(random);
            *text = without_lost_uses(&list.with(|index, _| kept.contains(&index)));
            conditions.extend(values_of(text, "condition: ").map(str::to_owned));
        }
        if let Some(text) = files.get_mut(Path::new("spec/conditions.yaml")) {
            *text = List::of(text, "conditions:").with(|index, item| {
                index == 0 || values_of(item, "- name: ").any(|name| conditions.contains(name))
            });
        }
        let files: Files = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        (files.clone(), files)
    }
}

/// The file of a domain in the list of a book.
fn file_of(item: &str) -> String {
    format!("{}.yaml", item.trim().trim_start_matches("- ").trim_matches('"'))
}

/// What stands behind a key on each of its lines.
fn values_of<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines().filter_map(move |line| line.trim().strip_prefix(key))
}

/// A domain whose entries send nobody to entries that are not among them.
fn without_lost_uses(text: &str) -> String {
    let names: BTreeSet<_> = values_of(text, "name: ").chain(values_of(text, "- name: ")).collect();
    let is_lost = |line: &&str| values_of(line, "use: ").any(|name| !names.contains(name));
    text.split_inclusive('\n').filter(|line| !is_lost(line)).collect()
}

/// A list at the top of a file, whose items stand on lines of their own.
struct List<'a> {
    before: &'a str,
    items: Vec<&'a str>,
    behind: &'a str,
}

impl<'a> List<'a> {
    /// The list under `key`; without items if there is none, or if it stands on one line.
    fn of(text: &'a str, key: &str) -> Self {
        let mut list = Self { before: text, items: Vec::new(), behind: "" };
        let Some(at) = text.find(&format!("\n{key}\n")).or_else(|| text.starts_with(key).then_some(0)) else {
            return list;
        };
        let start = at + text[at + 1..].find('\n').expect("the key ends its line") + 2;
        let mut starts = text[start..].match_indices('\n').map(|(at, _)| start + at + 1);
        let end = starts.find(|at| !text[*at..].starts_with([' ', '#', '\n'])).unwrap_or(text.len());
        (list.before, list.behind) = (&text[..start], &text[end..]);
        let starts = text[start..end].match_indices("\n  - ").map(|(at, _)| start + at + 1);
        let starts: Vec<_> = std::iter::once(start).chain(starts).chain([end]).collect();
        list.items = starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
        list
    }

    /// The places of a few items that stand one after the other.
    fn neighbours(&self, random: &mut Random) -> std::ops::Range<usize> {
        let count = random.below(MOST_ITEMS) + 1;
        let first = random.below(self.items.len().saturating_sub(count) + 1);
        first..first + count
    }

    /// The file with some of the items.
    fn with(&self, is_kept: impl Fn(usize, &str) -> bool) -> String {
        let items = self.items.iter().enumerate().filter(|(index, item)| is_kept(*index, item));
        let items: String = items.map(|(_, item)| *item).collect();
        format!("{}{items}{}", self.before, self.behind)
    }
}
