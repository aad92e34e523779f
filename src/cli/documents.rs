//! Reads the documents of a book by their recipes, for the subcommands that need their rows.

use super::{Global, book};
use crate::diagnostics::source::LARGEST_DOCUMENTS;
use crate::diagnostics::{self, Diagnostic, Sources};
use crate::document::{self, Reading};
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
    let first = sources.ids().count();
    for (index, spec) in files.domains.iter().enumerate() {
        if domain.is_some_and(|domain| spec.domain.value != domain) {
            continue;
        }
        if let Some(reading) = one(&mut sources, spec, &files, copy, &mut faults)? {
            readings.push((index, reading));
            let bytes: usize = sources.ids().skip(first).map(|id| sources.get(id).text.len()).sum();
            let rows: usize = readings.iter().map(|(_, reading)| reading.rows.len()).sum();
            anyhow::ensure!(
                bytes <= LARGEST_DOCUMENTS && rows <= document::MOST_ROWS,
                "the documents up to that of `{}` have {bytes} bytes and {rows} rows together, more than the limits of \
                 {LARGEST_DOCUMENTS} and {}; read them one by one with --domain",
                spec.domain.value,
                document::MOST_ROWS
            );
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

/// Reads the document of one domain.
fn one(
    sources: &mut Sources,
    spec: &SpecDomain,
    files: &SpecFiles,
    copy: Option<&Path>,
    faults: &mut Vec<Diagnostic>,
) -> anyhow::Result<Option<Reading>> {
    let Some(node) = &spec.document else { return Ok(None) };
    let Some(recipe) = recipe::recipe(node, faults) else { return Ok(None) };
    let locales: Vec<_> = files.book.locales.iter().map(|locale| locale.value.as_str()).collect();
    recipe::check_locales(&recipe, &locales, faults);
    let path = copy.map_or_else(|| files.folder().join(&recipe.file.value), PathBuf::from);
    if copy.is_none() && !may_be_file(&path) {
        let message = format!("the document {} is not there", path.display());
        faults.push(Diagnostic::error("missing_document", recipe.file.span, message));
        return Ok(None);
    }
    match sources.read_document(&path, recipe.encoding)? {
        Ok(document) => Ok(Some(document::read(sources, document, &recipe))),
        Err(fault) => {
            faults.push(fault);
            Ok(None)
        }
    }
}
