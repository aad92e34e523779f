//! Everything that `gen` would write, in memory.
//!
//! In: a book, the folder its paths are relative to, and which part of it is wanted. Out: a `Plan`, or the faults of
//! options and names in any of the languages, all at once.

use super::banner;
use super::manifest::{Entry, FORMAT, Manifest};
use crate::diagnostics::{self, Diagnostic};
use crate::export;
use crate::languages::{self, Language, Options, Origin};
use crate::model::Book;
use crate::spec::fields;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Which outputs are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this language.
    pub language: Option<String>,
    /// Only the files of this domain, and those that all domains share.
    pub domain: Option<String>,
    /// Below this folder instead of the folders that the book names: a folder for each language.
    pub out: Option<PathBuf>,
}

/// One file with its final bytes.
#[derive(Debug)]
pub struct Planned {
    /// Where it goes.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What the manifest says of it.
    pub entry: Entry,
}

/// Every file that is to be there.
#[derive(Debug)]
pub struct Plan {
    /// The files, in the order of the outputs and then of each package.
    pub files: Vec<Planned>,
    /// The folders that hold generated files only.
    pub folders: Vec<PathBuf>,
    /// The path of the manifest.
    pub manifest_path: PathBuf,
    /// The manifest of `files`.
    pub manifest: Manifest,
    /// Whether the plan is the whole book; a part of it says nothing about the other files.
    pub is_whole: bool,
}

/// Plans the outputs of a book that lies in `folder`.
pub fn plan(book: &Book, folder: &Path, filter: &Filter) -> Result<Plan, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let digests = Digests::of(book);
    let mut manifest_path = match &filter.out {
        Some(out) => out.join("manifest.json"),
        None => normal(&folder.join("../generated/manifest.json")),
    };
    let mut rendered = Vec::new();
    for (name, node) in &book.outputs {
        if name.value == "manifest" {
            if let Some(path) = fields::text(node, "manifest", &mut faults).filter(|_| filter.out.is_none()) {
                manifest_path = normal(&folder.join(path.value));
            }
            continue;
        }
        let Some(language) = languages::find(&name.value) else {
            let ids = || languages::LANGUAGES.iter().map(|language| language.id());
            let help = match fields::nearest(&name.value, ids()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("errbook writes {}", ids().collect::<Vec<_>>().join(", ")),
            };
            let message = format!("`{}` is no output of errbook", name.value);
            faults.push(Diagnostic::error("unknown_output", name.span, message).help(help));
            continue;
        };
        if filter.language.as_ref().is_some_and(|wanted| *wanted != name.value) {
            continue;
        }
        match render(book, folder, language, &mut Options::new(node), filter) {
            Ok(package) => rendered.push((language, package)),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        diagnostics::sort(&mut faults);
        return Err(faults);
    }
    let root = manifest_path.parent().unwrap_or(Path::new("")).to_owned();
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for (language, (dir, package)) in rendered {
        for file in package {
            let domain = match &file.origin {
                Origin::Domain(id) => Some(id.as_str().to_owned()),
                Origin::Book => None,
            };
            let is_wanted = filter.domain.is_none() || domain.is_none() || filter.domain == domain;
            if !is_wanted {
                continue;
            }
            let spec_sha256 = digests.get(&file.origin).to_owned();
            let text = banner::complete(&file, &spec_sha256);
            let path = dir.join(&file.path);
            let entry = Entry {
                path: relative(&root, &path),
                output: language.id().to_owned(),
                domain,
                spec_sha256,
                sha256: banner::sha256(text.as_bytes()),
            };
            files.push(Planned { path, text, entry });
        }
        folders.push(dir);
    }
    let mut entries: Vec<_> = files.iter().map(|file| file.entry.clone()).collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = Manifest { errbook: FORMAT, version: book.version.clone(), files: entries };
    let is_whole = filter.language.is_none() && filter.domain.is_none();
    Ok(Plan { files, folders, manifest_path, manifest, is_whole })
}

/// Renders one language into the folder it goes to.
fn render(
    book: &Book,
    folder: &Path,
    language: &dyn Language,
    options: &mut Options<'_>,
    filter: &Filter,
) -> Result<(PathBuf, Vec<languages::File>), Vec<Diagnostic>> {
    let default = format!("../generated/{}", language.id());
    let dir = options.text("dir", &default, |_| Ok(()));
    let dir = match &filter.out {
        Some(out) => out.join(language.id()),
        None => normal(&folder.join(dir)),
    };
    let files = languages::render(language, book, options)?;
    Ok((dir, files))
}

/// SHA-256 of each part of the book that files are made from.
struct Digests {
    domains: BTreeMap<String, String>,
    book: String,
}

impl Digests {
    fn of(book: &Book) -> Self {
        let domains = book.domains.iter().map(|domain| {
            let json = export::domain_text(book, domain);
            (domain.id.as_str().to_owned(), banner::sha256(json.as_bytes()))
        });
        let shared = export::shared_text(book);
        Self { domains: domains.collect(), book: banner::sha256(shared.as_bytes()) }
    }

    fn get(&self, origin: &Origin) -> &str {
        match origin {
            Origin::Domain(id) => self.domains.get(id.as_str()).unwrap_or(&self.book),
            Origin::Book => &self.book,
        }
    }
}

/// Removes `.` and resolves `..` by the words of the path alone, so that messages show short paths.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// The path of `path` as seen from `root`, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let mut from = root.components().peekable();
    let mut to = path.components().peekable();
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..".to_owned());
    let down = to.map(|component| component.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shortened_by_their_words() {
        assert_eq!(normal(Path::new("spec/../generated/./kotlin")), Path::new("generated/kotlin"));
        assert_eq!(normal(Path::new("../a/../b")), Path::new("../b"));
        assert_eq!(relative(Path::new("generated"), Path::new("generated/kotlin/a.kt")), "kotlin/a.kt");
        assert_eq!(relative(Path::new("generated"), Path::new("apps/a.kt")), "../apps/a.kt");
    }
}
