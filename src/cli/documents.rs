//! Reads the documents of a book by their recipes, for the subcommands that need their rows.

use super::{Global, book};
use crate::characters::shown;
use crate::diagnostics::source::LARGEST_DOCUMENTS;
use crate::diagnostics::{self, Diagnostic, Sources};
use crate::document::{self, Effort, Reading};
use crate::names::CodeType;
use crate::spec::read::SpecDomain;
use crate::spec::tree::may_be_file;
use crate::spec::{SpecFiles, recipe};
use std::path::{Path, PathBuf};

/// The spec as written, and what its documents say.
pub(super) struct Read {
    /// The texts that diagnostics point into.
    pub(super) sources: Sources,
    /// The spec.
    pub(super) files: SpecFiles,
    /// By index of the domain; domains without a document are left out.
    pub(super) readings: Vec<(usize, Reading)>,
}

/// Reads the documents of the domains, or of `domain` alone, and there another copy if `copy` names one. `None` if
/// faults have been reported.
pub(super) fn read(
    global: &Global,
    domain: Option<&str>,
    copy: Option<&Path>,
) -> anyhow::Result<Option<Read>> {
    let mut sources = Sources::default();
    let Some(files) = book::load(global, &mut sources)? else { return Ok(None) };
    if let Some(domain) =
        domain.filter(|domain| files.domains.iter().all(|known| known.domain.value != *domain))
    {
        let known = files.domains.iter().map(|domain| domain.domain.value.as_str());
        return Err(book::no_domain(domain, known));
    }
    let mut faults = Vec::new();
    let mut readings = Vec::new();
    let mut used = Used::default();
    for (index, spec) in files.domains.iter().enumerate() {
        if domain.is_some_and(|domain| spec.domain.value != domain) {
            continue;
        }
        if let Some(reading) = one(&mut sources, spec, &files, copy, &mut used, &mut faults)? {
            readings.push((index, reading));
        } else if domain.is_some() && faults.is_empty() {
            anyhow::bail!("the domain `{}` has no `document:`", spec.domain.value);
        }
    }
    if diagnostics::any_error(&faults) {
        diagnostics::sort(&mut faults);
        book::report(global, &faults, &sources)?;
        return Ok(None);
    }
    Ok(Some(Read { sources, files, readings }))
}

/// How many bytes documents may have together whose rows are kept beside a book that changes.
const MOST_BESIDE_BOOK: usize = 10 << 20;

/// Reads the documents of all domains whose documents can be read, for what is better said with them, and can be without.
/// Nothing is told of them, so their texts are not kept; and of very large ones nothing is, for the book is in memory as well.
pub(super) fn those_that_can_be_read(files: &SpecFiles) -> Vec<(usize, Reading)> {
    let (mut used, mut faults) = (Used::default(), Vec::new());
    let domains = files.domains.iter().enumerate();
    let readings = domains.filter_map(|(index, spec)| {
        let mut sources = Sources::default();
        let reading = one(&mut sources, spec, files, None, &mut used, &mut faults).ok()??;
        Some((index, reading))
    });
    let readings = readings.collect();
    if used.bytes > MOST_BESIDE_BOOK { Vec::new() } else { readings }
}

/// What the documents have together that were read.
#[derive(Default)]
struct Used {
    bytes: usize,
    rows: usize,
    effort: Effort,
}

impl Used {
    /// Refuses what is more than one command reads; `domain` has the last document.
    fn check(&self, domain: &str) -> anyhow::Result<()> {
        let Self { bytes, rows, .. } = self;
        let most = document::MOST_ROWS;
        anyhow::ensure!(
            *bytes <= LARGEST_DOCUMENTS && *rows <= most,
            "the documents up to that of `{domain}` have {bytes} bytes and {rows} rows together, more than the limits of \
             {LARGEST_DOCUMENTS} and {most}; read them one by one with --domain"
        );
        Ok(())
    }
}

/// Reads the document of one domain.
fn one(
    sources: &mut Sources,
    spec: &SpecDomain,
    files: &SpecFiles,
    copy: Option<&Path>,
    used: &mut Used,
    faults: &mut Vec<Diagnostic>,
) -> anyhow::Result<Option<Reading>> {
    let Some(node) = &spec.document else { return Ok(None) };
    let Some(mut recipe) = recipe::recipe(node, faults) else { return Ok(None) };
    recipe.code_type = CodeType::from_id(&spec.code_type.value);
    let locales: Vec<_> = files.book.locales.iter().map(|locale| locale.value.as_str()).collect();
    recipe::check_locales(&recipe, &locales, faults);
    let path = copy.map_or_else(|| files.folder().join(&recipe.file.value), PathBuf::from);
    if copy.is_none() && !may_be_file(&path) {
        let what = if path.symlink_metadata().is_ok() { "is no file" } else { "is not there" };
        let message = format!("the document {} {what}", shown(&path));
        faults.push(Diagnostic::error("missing_document", recipe.file.span, message));
        return Ok(None);
    }
    if copy.is_none() && leads_out(files.folder(), &path) {
        let message = format!("a link leads from {} out of the book's repository", shown(&path));
        let fault = Diagnostic::error("bad_document_path", recipe.file.span, message);
        faults.push(fault.help("copy the document into the book's folder"));
        return Ok(None);
    }
    match sources.read_document(&path, recipe.encoding)? {
        Ok(document) => {
            // Some encodings take less room than UTF-8, so that the text may be longer than the file.
            used.bytes += sources.get(document).text.len();
            used.check(&spec.domain.value)?;
            let reading = document::read(sources, document, &recipe, &mut used.effort);
            used.rows += reading.rows.len();
            used.check(&spec.domain.value)?;
            Ok(Some(reading))
        }
        Err(fault) => {
            faults.push(fault);
            Ok(None)
        }
    }
}

/// Whether links lead from `path` out of the repository that the book is in, or, if it is in none, of the book's folder: who
/// proposes a change to a book must not have files of the machine that checks it shown.
fn leads_out(folder: &Path, path: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // What cannot be found is told where it is read.
    let (Ok(folder), Ok(path)) = (folder.canonicalize(), path.canonicalize()) else { return false };
    let repository = folder.ancestors().find(|above| above.join(".git").exists());
    !path.starts_with(repository.unwrap_or(&folder))
}
