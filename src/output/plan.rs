//! Everything that `gen` would write, and how to make it.
//!
//! In: a book, the folder its paths are relative to, and which part of it is wanted. Out: a `Plan`, or the faults of
//! options and names in any of the languages, all at once. No body of a file is made here: a plan is cheap, and holds
//! no fault any more, so that whoever makes the files makes all of them.

use super::banner;
use super::manifest::{Entry, FORMAT, Manifest};
use crate::characters::hidden;
use crate::diagnostics::{self, Diagnostic, Span};
use crate::digest;
use crate::export;
use crate::languages::{self, Language, Options, Origin};
use crate::model::{Book, Domain};
use crate::names::{check_length, is_beyond_windows};
use crate::nearest::nearest;
use crate::parallel;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization as _;

/// Which outputs are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this language.
    pub language: Option<String>,
    /// Only the files of this domain, and those that all domains share; the latter are those of the whole book.
    pub domain: Option<String>,
    /// Below this folder instead of the folders that the book names: a folder for each language.
    pub out: Option<PathBuf>,
}

/// One file that is to be there.
pub struct Planned<'a> {
    /// Where it goes.
    pub path: PathBuf,
    /// The path in the manifest.
    listed_path: String,
    /// The output it belongs to.
    output: &'static str,
    /// How it is made.
    file: languages::File<'a>,
}

/// Every file that is to be there.
pub struct Plan<'a> {
    /// The files, in the order of the outputs and then of each package.
    pub files: Vec<Planned<'a>>,
    /// The folders of the outputs; what else lies there is an orphan.
    pub folders: Vec<PathBuf>,
    /// The folder of the spec, as an absolute path.
    pub spec_folder: PathBuf,
    /// Where relative paths begin.
    pub(super) here: Here,
    /// The path of the manifest.
    pub manifest_path: PathBuf,
    /// Whether the plan is the whole book; a part of it says nothing about the other files.
    pub is_whole: bool,
    /// The version of the book.
    version: &'a str,
    digests: Digests<'a>,
}

impl Planned<'_> {
    /// What it says below its banner.
    pub(super) fn body(&self) -> &languages::Body<'_> {
        &self.file.body
    }

    /// The domain it is made from, if it is one.
    fn domain(&self) -> Option<&str> {
        match &self.file.origin {
            Origin::Domain(id) => Some(id.as_str()),
            Origin::Shared | Origin::Book | Origin::Everything => None,
        }
    }
}

impl Plan<'_> {
    /// The banner of a file whose body has the digest.
    pub(super) fn banner(&self, file: &Planned<'_>, body_digest: &str) -> String {
        banner::text(file.file.banner, file.domain(), self.digests.get(&file.file.origin), body_digest)
    }

    /// How long the banner of a file is, in bytes.
    pub(super) fn banner_length(file: &Planned<'_>) -> usize {
        let digest = "0".repeat(64);
        banner::text(file.file.banner, file.domain(), &digest, &digest).len()
    }

    /// The whole text of a file.
    pub fn text(&self, file: &Planned<'_>) -> String {
        let body = file.file.body.text();
        self.banner(file, &digest::sha256(body.as_bytes())) + &body
    }

    /// The manifest, given the digest of each file's body.
    pub(super) fn manifest(&self, body_digests: impl Iterator<Item = String>) -> Manifest {
        let entry = |(file, sha256): (&Planned<'_>, String)| Entry {
            path: file.listed_path.clone(),
            output: file.output.to_owned(),
            domain: file.domain().map(str::to_owned),
            spec_sha256: self.digests.get(&file.file.origin).to_owned(),
            sha256,
        };
        let mut files: Vec<_> = self.files.iter().zip(body_digests).map(entry).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Manifest { errbook: FORMAT, version: self.version.to_owned(), files }
    }
}

/// Plans the outputs of a book that lies in `folder`.
pub fn plan<'a>(book: &'a Book, folder: &Path, filter: &Filter) -> Result<Plan<'a>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let manifest_path = manifest_path(book, folder, filter, &mut faults);
    let mut wanted = Vec::new();
    for (name, node) in &book.outputs {
        let Some(language) = languages::find(&name.value) else {
            let ids = || languages::LANGUAGES.iter().map(|language| language.id());
            let message = format!("`{}` is no output of errbook", name.value);
            let fault = Diagnostic::error("unknown_output", name.span, message);
            faults.push(match nearest(&name.value, ids()) {
                Some(near) => fault.did_you_mean(name.span, near),
                None => fault.help(format!("errbook writes {}", ids().collect::<Vec<_>>().join(", "))),
            });
            continue;
        };
        if filter.language.as_ref().is_some_and(|wanted| *wanted != name.value) {
            continue;
        }
        wanted.push((language, name.span, node));
    }
    // Each language looks at every name of the book.
    let made = parallel::map(wanted.len(), |index| {
        let (language, _, node) = wanted[index];
        package(book, folder, language, &mut Options::new(node), filter)
    });
    let mut packages = Vec::new();
    for ((language, span, _), made) in wanted.into_iter().zip(made) {
        match made {
            Ok((dir, files)) => packages.push(Package { language, span, dir, files }),
            Err(found) => faults.extend(found),
        }
    }
    if let Some(wanted) = filter.language.as_ref().filter(|_| packages.is_empty() && faults.is_empty()) {
        let message = format!("the book has no output `{wanted}`");
        let span = book.outputs.first().map_or(book.span, |(name, _)| name.span);
        faults.push(
            Diagnostic::error("missing_output", span, message)
                .help(format!("add `{wanted}:` under `outputs`")),
        );
    }
    let here = Here::now();
    // What the command line says does not stand in the book.
    let manifest_span = book.manifest.as_ref().filter(|_| filter.out.is_none()).map(|written| written.span);
    overlaps(&packages, &manifest_path, manifest_span, folder, &here, &mut faults);
    if !faults.is_empty() {
        diagnostics::sort(&mut faults);
        return Err(faults);
    }
    let root = manifest_path.parent().unwrap_or(Path::new("")).to_owned();
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for Package { language, dir, files: package, .. } in packages {
        for file in package {
            let path = dir.join(&file.path);
            let listed_path = here.relative(&root, &path);
            let planned = Planned { path, listed_path, output: language.id(), file };
            let domain = planned.domain();
            if filter.domain.is_none() || domain.is_none() || filter.domain.as_deref() == domain {
                files.push(planned);
            }
        }
        folders.push(dir);
    }
    Ok(Plan {
        files,
        folders,
        spec_folder: here.absolute(folder),
        here,
        manifest_path,
        is_whole: filter.language.is_none() && filter.domain.is_none(),
        version: &book.version,
        digests: Digests::new(book),
    })
}

/// The package of one language, and the folder it goes to.
struct Package<'a> {
    language: &'static dyn Language,
    span: Span,
    dir: PathBuf,
    files: Vec<languages::File<'a>>,
}

/// Where the manifest goes.
fn manifest_path(book: &Book, folder: &Path, filter: &Filter, faults: &mut Vec<Diagnostic>) -> PathBuf {
    if let Some(out) = &filter.out {
        return normal(&out.join("manifest.json"));
    }
    let Some(written) = &book.manifest else { return normal(&folder.join("../generated/manifest.json")) };
    let checked = relative_path(&written.value, "file").and_then(|()| {
        let is_json = Path::new(&written.value).extension().is_some_and(|extension| extension == "json");
        if is_json { Ok(()) } else { Err("its name ends in `.json`".to_owned()) }
    });
    if let Err(why) = checked {
        let message = format!("`{}` cannot be the manifest: {why}", written.value.escape_debug());
        faults.push(Diagnostic::error("bad_option", written.span, message));
    }
    normal(&folder.join(&written.value))
}

/// Says what is wrong with a path in the book, which must mean the same wherever the book is checked out; `what` stands at
/// its end.
fn relative_path(path: &str, what: &str) -> Result<(), String> {
    if path.is_empty() || path.chars().any(char::is_control) {
        return Err("it is no path".to_owned());
    }
    if let Some((_, hidden)) = hidden(path).next() {
        return Err(format!("nobody sees the character U+{:04X} in it", u32::from(hidden)));
    }
    if path.trim() != path {
        return Err("a blank stands at its beginning or at its end".to_owned());
    }
    if path.contains('\\') || Path::new(path).is_absolute() || path.contains(':') {
        return Err("write it with `/`, relative to the book".to_owned());
    }
    if path.starts_with('~') || path.contains('$') {
        return Err("nothing fills in `~` or a variable here; write it relative to the book".to_owned());
    }
    let mut names = path.split('/').rev().zip(std::iter::once(what).chain(std::iter::repeat("folder")));
    if let Some((name, what)) =
        names.find(|(name, _)| !matches!(*name, "." | "..") && is_beyond_windows(name))
    {
        return Err(format!("Windows cannot hold a {what} called `{}`", name.escape_debug()));
    }
    check_length(path, '/')
}

/// Reports folders that are not for generated files alone: two outputs in one, the manifest within one or in the place of
/// one, or one that holds the spec or lies within it where the spec's other files are. What is one folder on the disks of some
/// readers of the book is one for all.
fn overlaps(
    packages: &[Package<'_>],
    manifest: &Path,
    manifest_span: Option<Span>,
    folder: &Path,
    here: &Here,
    faults: &mut Vec<Diagnostic>,
) {
    let spec = here.absolute(folder);
    let own = ["domains", "documents", "schema"].map(|name| spec.join(name));
    let in_own = |path: &Path| own.iter().find_map(|own| within(path, own));
    let manifest = here.absolute(manifest);
    if let Some((span, likeness)) = manifest_span.zip(in_own(&manifest)) {
        let help = "put it beside the outputs, like `../generated/manifest.json`";
        let fault = Diagnostic::error("output_in_spec", span, "the manifest lies in a folder of the spec");
        faults.push(fault.help(likeness.help(help)));
    }
    for (index, output) in packages.iter().enumerate() {
        let dir = here.absolute(&output.dir);
        let id = output.language.id();
        let in_spec = within(&spec, &dir).map(|likeness| (likeness, "holds"));
        let in_spec = in_spec.or_else(|| Some((in_own(&dir)?, "lies in a folder of")));
        if let Some((likeness, verb)) = in_spec {
            let message = format!("the folder of `{id}` {verb} the spec");
            let help = "give it a folder of its own, like `../generated/rust`";
            let fault = Diagnostic::error("output_in_spec", output.span, message);
            faults.push(fault.help(likeness.help(help)));
        }
        if let Some(likeness) = within(&manifest, &dir) {
            let message = format!("the manifest lies in the folder of `{id}`");
            let fault = Diagnostic::error("manifest_in_output", output.span, message);
            faults.push(fault.help(likeness.help("put it beside the folders")));
        } else if let Some(likeness) = within(&dir, &manifest) {
            let message = format!("the folder of `{id}` lies below the manifest, which is a file");
            let fault = Diagnostic::error("manifest_in_output", output.span, message);
            faults.push(fault.help(likeness.help("put it beside the manifest")));
        }
        for other in &packages[..index] {
            let other_dir = here.absolute(&other.dir);
            if let Some(likeness) = within(&dir, &other_dir).or_else(|| within(&other_dir, &dir)) {
                let message = format!("`{id}` and `{}` share a folder", other.language.id());
                let help = "give each a folder of its own, not within the other's";
                let fault = Diagnostic::error("shared_folder", output.span, message);
                faults.push(fault.label(other.span, "the other").help(likeness.help(help)));
            }
        }
    }
}

/// How much two paths are alike of which one lies within the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// They are written alike.
    Equal,
    /// Only a disk that does not tell the case of letters, or the ways to write an accent, takes one for the other.
    OnSomeDisks,
}

impl Likeness {
    /// What to do, and if nobody would see it why.
    fn help(self, help: &str) -> String {
        match self {
            Self::Equal => help.to_owned(),
            Self::OnSomeDisks => {
                format!(
                    "{help}; macOS and Windows take names that differ in case or in the form of accents for one"
                )
            }
        }
    }
}

/// Whether a path is `folder` or lies within it, on whatever disk.
fn within(path: &Path, folder: &Path) -> Option<Likeness> {
    if path.starts_with(folder) {
        return Some(Likeness::Equal);
    }
    let mut names = path.components().map(folded);
    folder.components().map(folded).all(|name| names.next() == Some(name)).then_some(Likeness::OnSomeDisks)
}

/// A name of a path as disks see it that tell neither case nor the form of accents.
fn folded(name: Component<'_>) -> String {
    let composed: String = name.as_os_str().to_string_lossy().nfc().collect();
    composed.to_lowercase().nfc().collect()
}

/// The package of one language, and the folder it goes to.
fn package<'a>(
    book: &'a Book,
    folder: &Path,
    language: &dyn Language,
    options: &mut Options<'_>,
    filter: &Filter,
) -> Result<(PathBuf, Vec<languages::File<'a>>), Vec<Diagnostic>> {
    let default = format!("../generated/{}", language.id());
    let dir = options.text("dir", &default, |path| relative_path(path, "folder"));
    let dir = match &filter.out {
        Some(out) => normal(&out.join(language.id())),
        None => normal(&folder.join(dir)),
    };
    let files = languages::files(language, book, options)?;
    Ok((dir, files))
}

/// SHA-256 of each part of the book that files are made from, each made when it is first asked for.
struct Digests<'a> {
    book: &'a Book,
    domains: BTreeMap<&'a str, (&'a Domain, OnceLock<String>)>,
    shared: OnceLock<String>,
    /// Of what is shared and of every domain.
    everything: OnceLock<String>,
}

impl<'a> Digests<'a> {
    fn new(book: &'a Book) -> Self {
        let domains = book.domains.iter().map(|domain| (domain.id.as_str(), (domain, OnceLock::new())));
        Self { book, domains: domains.collect(), shared: OnceLock::new(), everything: OnceLock::new() }
    }

    fn get(&self, origin: &Origin) -> &str {
        match origin {
            Origin::Domain(id) => match self.domains.get(id.as_str()) {
                Some((domain, digest)) => digest.get_or_init(|| spec_digest(self.book, Some(*domain))),
                None => self.shared(),
            },
            Origin::Shared | Origin::Book => self.shared(),
            Origin::Everything => self.everything.get_or_init(|| {
                let domains = self.book.domains.iter();
                let digests = domains.map(|domain| self.get(&Origin::Domain(domain.id.clone())));
                let all: Vec<_> = std::iter::once(self.shared()).chain(digests).collect();
                digest::sha256(all.join("\n").as_bytes())
            }),
        }
    }

    fn shared(&self) -> &str {
        self.shared.get_or_init(|| spec_digest(self.book, None))
    }
}

/// The digest that the banner of a file says of the spec: of one domain, or of what all of them share.
pub fn spec_digest(book: &Book, domain: Option<&Domain>) -> String {
    match domain {
        Some(domain) => digest::of(|out| export::write_domain(book, domain, out)),
        None => digest::sha256(export::shared_text(book).as_bytes()),
    }
}

/// The current folder, asked for once: each file of a package is compared with others.
#[derive(Clone, Debug, Default)]
pub(super) struct Here(PathBuf);

impl Here {
    /// The folder that is the current one now. If nobody can tell, paths stay relative, which compares them as well.
    pub(super) fn now() -> Self {
        Self(std::env::current_dir().unwrap_or_default())
    }

    /// A path from the root of the disk, for comparing folders that are written from different places.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        normal(&self.0.join(path))
    }

    /// The path of `path` as seen from `root`, with `/`.
    fn relative(&self, root: &Path, path: &Path) -> String {
        // Words alone do not say what `..` leaves behind.
        let (root, path) = (self.absolute(root), self.absolute(path));
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
}

/// Removes `.` and resolves `..` by the words of the path alone, so that messages show short paths.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            // Above the root of the disk there is nothing.
            Component::ParentDir if out.parent().is_none() && out.has_root() => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shortened_by_their_words() {
        assert_eq!(normal(Path::new("spec/../generated/./kotlin")), Path::new("generated/kotlin"));
        assert_eq!(normal(Path::new("../a/../b")), Path::new("../b"));
        let here = Here::now();
        assert_eq!(here.relative(Path::new("generated"), Path::new("generated/kotlin/a.kt")), "kotlin/a.kt");
        assert_eq!(here.relative(Path::new("generated"), Path::new("apps/a.kt")), "../apps/a.kt");
    }
}
