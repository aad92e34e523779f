//! Finds the files of a book and reads them all.
//!
//! In: the path of `errbook.yaml`. Out: the book, its conditions, its vocabulary and its domains as written, or every fault of
//! their form, of all files at once. A domain is `domains/<name>.yaml` beside the book, or a folder
//! `domains/<name>/` whose files are read in the order of their names and whose entries are put together.
//!
//! A domain's name decides which file is read, so it is checked here first: only lower-case letters, digits
//! and `-`, so that a name never becomes a path.

use super::allowance::{Allowance, LARGEST_BOOK};
use super::read::{self, SpecBook, SpecConditions, SpecDomain, SpecVocabulary};
use super::recipe::{self, LONGEST_PATTERNS};
use super::stray;
use super::tree::{Disk, Tree, may_be_file};
use super::yaml::{self, Apart};
use crate::characters::shown;
use crate::diagnostics::{self, Budget, Diagnostic, Loc, SourceId, Sources, Span};
use crate::nearest::nearest;
use crate::parallel;
use crate::timings::{self, Phase};
use std::path::{Path, PathBuf};

/// A book as its authors wrote it.
#[derive(Debug)]
pub struct SpecFiles {
    /// The path of `errbook.yaml`.
    pub path: PathBuf,
    /// `errbook.yaml`.
    pub book: SpecBook,
    /// `conditions.yaml`; empty if there is none.
    pub conditions: SpecConditions,
    /// What to do for whoever needs `conditions.yaml`, if it is not there.
    pub without_conditions: Option<String>,
    /// `vocabulary.yaml`, if there is one.
    pub vocabulary: Option<SpecVocabulary>,
    /// The domains, in the order of the book.
    pub domains: Vec<SpecDomain>,
}

impl SpecFiles {
    /// The folder that paths in the book are relative to.
    pub fn folder(&self) -> &Path {
        folder(&self.path)
    }
}

/// Finds the book as the commands do: `errbook.yaml`, then `spec/errbook.yaml`, in `start` or a folder above.
pub fn find(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .flat_map(|folder| [(folder.join("errbook.yaml"), false), (folder.join("spec/errbook.yaml"), true)])
        // A folder above that lets nobody in is no book, and a folder `spec` is most likely one.
        .find(|(path, is_spec)| path.is_file() || *is_spec && may_be_file(path))
        .map(|(path, _)| path)
}

/// Reads a book on the disk and everything it names.
///
/// The outer error is the disk's, the inner one the authors' faults, sorted. Warnings are for `lint` alone, which asks `load_from`.
pub fn load(path: &Path, sources: &mut Sources) -> anyhow::Result<Result<SpecFiles, Vec<Diagnostic>>> {
    let (files, faults) = load_from(&Disk, path, sources)?;
    Ok(files.filter(|_| !diagnostics::any_error(&faults)).ok_or(faults))
}

/// Reads as much of a book as has the right form, from wherever it stands; the faults of the rest are sorted.
///
/// `None` if `errbook.yaml` cannot be read, which says what else there is to read. The error is the tree's.
pub fn load_from(
    tree: &dyn Tree,
    path: &Path,
    sources: &mut Sources,
) -> anyhow::Result<(Option<SpecFiles>, Vec<Diagnostic>)> {
    let mut faults = Vec::new();
    let allowance = Allowance::default();
    let mut texts = Texts { tree, sources, allowance: &allowance };
    let book = texts.file(path, read::book, &mut faults)?;
    let folder = folder(path).to_owned();
    let mut conditions = SpecConditions::default();
    let conditions_path = folder.join("conditions.yaml");
    if tree.is_there(&conditions_path)
        && let Some(id) = texts.text(&conditions_path, &mut faults)?
    {
        let (read, mut found) = timings::of(Phase::Parse, || conditions_part(texts.sources, id, &allowance));
        faults.append(&mut found);
        conditions = read.unwrap_or_default();
    }
    let without_conditions =
        if tree.is_there(&conditions_path) { None } else { Some(stray::instead_of(tree, &conditions_path)) };
    let vocabulary_path = folder.join("vocabulary.yaml");
    // Where there was no room for the conditions there is none for what comes after them, and that is told.
    let is_full = allowance.ran_out();
    let vocabulary = if !is_full && tree.is_there(&vocabulary_path) {
        texts.file(&vocabulary_path, read::vocabulary, &mut faults)?
    } else {
        None
    };
    // Which domains there are is not known then; what stands beside the book needs none of it.
    let Some(book) = book else { return Ok((None, sorted(faults))) };
    let mut files = Vec::new();
    for name in book.domains.iter().filter(|_| !is_full) {
        match bad_domain_name(name) {
            Some(fault) => faults.push(fault),
            None => files.extend(domain_files(&mut texts, &folder, name, &mut faults)?),
        }
    }
    faults.extend(stray::misnamed(tree, &folder, &book.domains));
    // The files are read one after the other, so that their order is that of the book, and understood side by side.
    let part = |index: usize, allowance: &Allowance| {
        timings::of(Phase::Parse, || domain_part(sources, files[index].1, allowance))
    };
    let used = allowance.used();
    let mut parts = parallel::map(files.len(), |index| part(index, &allowance));
    if allowance.ran_out() {
        // Read in order, so that it is always told of the same file.
        drop(parts);
        let allowance = Allowance::used_up_to(used);
        parts = Vec::new();
        while parts.len() < files.len() && !allowance.ran_out() {
            parts.push(part(parts.len(), &allowance));
        }
    }
    let mut domains = domains(files.iter().map(|(name, _)| *name).zip(parts), &mut faults);
    limit_patterns(&mut domains, &mut faults);
    let files =
        SpecFiles { path: path.to_owned(), book, conditions, without_conditions, vocabulary, domains };
    Ok((Some(files), sorted(faults)))
}

/// Reads the file or the files of one domain, as texts.
fn domain_files<'a>(
    texts: &mut Texts<'_>,
    folder: &Path,
    name: &'a Loc<String>,
    faults: &mut Vec<Diagnostic>,
) -> anyhow::Result<Vec<(&'a Loc<String>, SourceId)>> {
    let tree = texts.tree;
    let single = folder.join("domains").join(format!("{}.yaml", name.value));
    let several = folder.join("domains").join(&name.value);
    let is_folder = tree.is_folder(&several);
    let paths = if is_folder { yaml_files(tree, &several)? } else { vec![single.clone()] };
    if is_folder && tree.is_there(&single) {
        let message = format!("the domain `{}` has a file and a folder", name.value);
        let help = format!("move {} into {}", shown(&single), shown(&several));
        faults.push(Diagnostic::error("domain_file_and_folder", name.span, message).help(help));
    }
    if paths.is_empty() {
        let message = format!("the folder of the domain `{}` holds no file that ends in `.yaml`", name.value);
        faults.push(Diagnostic::error("missing_domain_file", name.span, message));
    }
    let mut files = Vec::new();
    for path in paths {
        if tree.is_there(&path) {
            files.extend(texts.text(&path, faults)?.map(|id| (name, id)));
        } else {
            faults.push(no_file(tree, folder, name, &path)?);
        }
    }
    Ok(files)
}

/// That a domain has no file at `path`: where it may have been put instead, or which one was meant.
fn no_file(tree: &dyn Tree, folder: &Path, name: &Loc<String>, path: &Path) -> anyhow::Result<Diagnostic> {
    let message = format!("the domain `{}` has no file", name.value);
    let fault = Diagnostic::error("missing_domain_file", name.span, message);
    let beside: Vec<_> = tree.entries(folder).unwrap_or_default();
    let folders = beside.iter().filter(|path| tree.is_folder(path)).map(PathBuf::as_path);
    let places = std::iter::once(folder).chain(folders);
    let elsewhere =
        places.flat_map(|folder| [".yaml", ".yml"].map(|end| folder.join(format!("{}{end}", name.value))));
    if let Some(elsewhere) = elsewhere.into_iter().find(|path| tree.is_there(path) && !tree.is_folder(path)) {
        let (from, to) = (tree.name(&elsewhere), tree.name(path));
        return Ok(fault.help(format!("move {} to {}", shown(&from), shown(&to))));
    }
    let others = in_domains(tree, folder)?;
    let near = stray::nearly(path);
    if let Some(other) = others.iter().find(|other| stray::nearly(other) == near && !tree.is_folder(other)) {
        let (from, to) = (tree.name(other), tree.name(path));
        return Ok(fault.help(format!("rename {} to {}", shown(&from), shown(&to))));
    }
    let there = domain_names(tree, &others);
    Ok(match nearest(&name.value, there.iter().map(String::as_str)) {
        Some(near) => fault.did_you_mean(name.span, near),
        None => fault.help(format!("write {}", shown(path))),
    })
}

/// What stands in the folder of the domains beside a book, if there is one.
fn in_domains(tree: &dyn Tree, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let domains = folder.join("domains");
    if tree.is_folder(&domains) { tree.entries(&domains) } else { Ok(Vec::new()) }
}

/// The names of the domains whose files are among `paths`.
fn domain_names(tree: &dyn Tree, paths: &[PathBuf]) -> Vec<String> {
    let is_domain =
        |path: &&PathBuf| tree.is_folder(path) || path.extension().is_some_and(|end| end == "yaml");
    let names =
        paths.iter().filter(is_domain).filter_map(|path| path.file_stem()?.to_str().map(str::to_owned));
    names.filter(|name| crate::names::DomainId::new(name).is_some()).collect()
}

/// Tells of domains whose files are there and which the book does not name: nothing is generated from them.
pub fn unlisted(tree: &dyn Tree, files: &SpecFiles) -> anyhow::Result<Vec<Diagnostic>> {
    let is_listed = |name: &String| files.book.domains.iter().any(|domain| domain.value == *name);
    let place = files.book.domains.last().map_or(files.book.domains_span, |last| last.span);
    let tell = |name: String| {
        let message =
            format!("the domain `{name}` has a file and is not listed, so that nothing is made of it");
        let help = format!("add `{name}` to `domains`, or move its file out of the folder");
        Diagnostic::warning("unlisted_domain", place, message).help(help)
    };
    let paths = in_domains(tree, files.folder())?;
    let names = domain_names(tree, &paths);
    let mut told: Vec<_> = names.into_iter().filter(|name| !is_listed(name)).map(tell).collect();
    for path in paths {
        let Some(near) = stray::nearly(&path).filter(|_| !tree.is_folder(&path)) else { continue };
        let stem = near.strip_suffix(".yaml").unwrap_or(&near);
        // What has the name of a domain is told above, and one that is listed where its file is looked for.
        let is_plain = path.file_name().is_some_and(|name| name.to_str() == Some(near.as_str()));
        let is_domain = crate::names::DomainId::new(stem).is_some();
        if (is_plain && is_domain) || is_listed(&stem.to_owned()) {
            continue;
        }
        let message = format!("{} has not the name of a domain, so that nothing is made of it", shown(&path));
        let name = stem.replace(['_', ' ', '.'], "-");
        let help = format!(
            "rename it to `{name}.yaml` and add `{name}` to `domains`, or move it out of the folder; names of domains are of lower-case letters, digits and `-`"
        );
        told.push(Diagnostic::warning("unlisted_domain", place, message).help(help));
    }
    Ok(told)
}

/// Reads what one file says of a domain. Its entries, of which there may be many, never stand in memory as YAML.
fn domain_part(sources: &Sources, id: SourceId, allowance: &Allowance) -> DomainPart {
    match yaml::parse_apart(sources, id, allowance, read::ERRORS, read::error) {
        Ok(Apart { root, items, mut faults, budget }) => {
            (read::domain_with(&root, items, &mut faults), faults, budget)
        }
        Err(faults) => (None, faults, Budget::new(&[])),
    }
}

/// What a file of a domain holds, what is wrong with it, and what there is no room to tell.
type DomainPart = (Option<SpecDomain>, Vec<Diagnostic>, Budget);

/// Reads the conditions, each by itself, so that a syntax fault in one does not hide those of the others.
fn conditions_part(
    sources: &Sources,
    id: SourceId,
    allowance: &Allowance,
) -> (Option<SpecConditions>, Vec<Diagnostic>) {
    match yaml::parse_apart(sources, id, allowance, read::CONDITIONS, read::condition) {
        Ok(Apart { root, items, mut faults, budget }) => {
            let conditions = read::conditions(&root, items, &mut faults);
            budget.close(&mut faults);
            (conditions, faults)
        }
        Err(faults) => (None, faults),
    }
}

/// Puts the parts of each domain together. Those of one domain stand one after the other.
fn domains<'a>(
    parts: impl Iterator<Item = (&'a Loc<String>, DomainPart)>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<SpecDomain> {
    let mut domains: Vec<SpecDomain> = Vec::new();
    let mut last: Option<Span> = None;
    let mut budget = Budget::new(faults);
    for (name, (part, mut found, untold)) in parts {
        faults.append(&mut found);
        budget.keep(faults);
        budget.take_over(&untold);
        let Some(part) = part else { continue };
        if part.domain.value != name.value {
            let message = format!("the file of `{}` says it is `{}`", name.value, part.domain.value);
            faults.push(
                Diagnostic::error("domain_file_mismatch", part.domain.span, message)
                    .label(name.span, "named here")
                    .help("give the domain the name of its file")
                    .suggest(part.domain.span, name.value.as_str()),
            );
        }
        match domains.last_mut() {
            Some(first) if last == Some(name.span) => join(first, part, faults),
            _ => domains.push(part),
        }
        last = Some(name.span);
    }
    budget.close(faults);
    domains
}

/// Drops the recipes of a book whose patterns are too long together to be understood, and tells of it once.
fn limit_patterns(domains: &mut [SpecDomain], faults: &mut Vec<Diagnostic>) {
    let mut bytes = 0;
    let mut is_told = false;
    for domain in domains {
        let (pattern, document) = (&domain.code_pattern, &domain.document);
        let added = pattern.as_ref().map_or(0, |pattern| pattern.value.len())
            + document.as_ref().map_or(0, recipe::bytes_of_patterns);
        bytes += added;
        if added == 0 || bytes <= LONGEST_PATTERNS {
            continue;
        }
        let span = document.as_ref().map(|node| node.span).or(pattern.as_ref().map(|pattern| pattern.span));
        if let Some(span) = span.filter(|_| !is_told) {
            let message = format!(
                "with those of `{}`, the patterns of the book have more than the limit of {LONGEST_PATTERNS} bytes",
                domain.domain.value
            );
            faults.push(Diagnostic::error("bad_pattern", span, message));
            is_told = true;
        }
        domain.code_pattern = None;
        domain.document = None;
    }
}

/// Adds a further file of a domain to the first. What is said once for the whole domain may stand in any of them, and
/// must not be contradicted.
fn join(first: &mut SpecDomain, part: SpecDomain, faults: &mut Vec<Diagnostic>) {
    let mut agree = |what: &str, a: &Loc<String>, b: &Loc<String>| {
        if a != b {
            let message =
                format!("the {what} is `{}` here and `{}` in another file of the domain", b.value, a.value);
            faults
                .push(Diagnostic::error("domain_files_disagree", b.span, message).label(a.span, "the other"));
        }
    };
    agree("title", &first.title, &part.title);
    agree("code type", &first.code_type, &part.code_type);
    if let (Some(one), Some(other)) = (&first.code_pattern, &part.code_pattern) {
        agree("code pattern", one, other);
    }
    if let (Some(one), Some(other)) = (&first.document, &part.document) {
        let message = "a second file of the domain has a `document`";
        faults.push(
            Diagnostic::error("domain_files_disagree", other.span, message).label(one.span, "the other"),
        );
    }
    if let (Some((one, _)), Some((other, _))) = (first.envelope.first(), part.envelope.first()) {
        let message = "a second file of the domain has an `envelope`";
        faults.push(
            Diagnostic::error("domain_files_disagree", other.span, message).label(one.span, "the other"),
        );
    }
    first.code_pattern = first.code_pattern.take().or(part.code_pattern);
    first.document = first.document.take().or(part.document);
    first.envelope.extend(part.envelope);
    first.errors.extend(part.errors);
    first.retired.extend(part.retired);
}

fn yaml_files(tree: &dyn Tree, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = tree.entries(folder)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    Ok(paths)
}

/// Reads the files of one book as texts.
struct Texts<'a> {
    tree: &'a dyn Tree,
    sources: &'a mut Sources,
    allowance: &'a Allowance,
}

impl Texts<'_> {
    /// Reads one file with `read`; faults of the text or of its form are collected.
    fn file<T>(
        &mut self,
        path: &Path,
        read: fn(&yaml::Node, &mut Vec<Diagnostic>) -> Option<T>,
        faults: &mut Vec<Diagnostic>,
    ) -> anyhow::Result<Option<T>> {
        let Some(id) = self.text(path, faults)? else { return Ok(None) };
        timings::of(Phase::Parse, || match yaml::parse_within(self.sources, id, self.allowance) {
            Ok(root) => Ok(read(&root, faults)),
            Err(found) => {
                faults.extend(found);
                Ok(None)
            }
        })
    }

    /// Reads one file as a text; what keeps it from being one is collected.
    fn text(&mut self, path: &Path, faults: &mut Vec<Diagnostic>) -> anyhow::Result<Option<SourceId>> {
        timings::of(Phase::Read, || {
            let bytes = self.tree.read(path)?.into_owned();
            anyhow::ensure!(
                self.allowance.take_bytes(bytes.len()),
                "cannot read {}: with it, the files of the book have more than the limit of {LARGEST_BOOK} bytes",
                shown(path)
            );
            let added = self.sources.add_bytes(&self.tree.name(path), bytes);
            Ok(added.map_err(|fault| faults.push(fault)).ok())
        })
    }
}

fn bad_domain_name(name: &Loc<String>) -> Option<Diagnostic> {
    if crate::names::DomainId::new(&name.value).is_some() {
        return None;
    }
    let message = format!("`{}` is no name of a domain", crate::characters::visible(&name.value, 100));
    let fault = Diagnostic::error("bad_domain_name", name.span, message);
    // `domains/acme.yaml` is a file, and `Acme_Cloud` a name in another spelling.
    let file = name.value.rsplit('/').next().unwrap_or_default();
    let meant = file.trim_end_matches(".yaml").replace(['_', ' '], "-").to_ascii_lowercase();
    Some(match crate::names::DomainId::new(&meant) {
        Some(meant) => fault.did_you_mean(name.span, meant.as_str()),
        None => {
            fault.help("lower-case letters and digits in words joined by single `-`, at most 64 characters")
        }
    })
}

/// The folder of a book: what paths in it are relative to.
pub fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn sorted(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics::sort(&mut faults);
    faults
}
