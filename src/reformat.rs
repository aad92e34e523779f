//! A book in its one form: what `errbook fmt` writes.
//!
//! In: the path of a book. Out: the files that are not in the form of `spec::format`, with their new texts; or every
//! fault of the form of any of them, and no text at all.
//!
//! Guaranteed: the book that is read from the new texts is the one that was read from the old ones: both resolve to
//! the same export, or have the same faults. That is found out by reading and resolving them, before anybody writes.
//!
//! Deliberately elsewhere: how a file is written (`spec::format`), and the disk (`cli`).

use crate::diagnostics::{self, Diagnostic, SourceId, Sources, Span};
use crate::diff::{Waivers, waivers};
use crate::export;
use crate::lints::Baseline;
use crate::model;
use crate::spec::shape::{self, Shape};
use crate::spec::tree::{Overlay, Tree};
use crate::spec::yaml::{self, Node};
use crate::spec::{self, SpecFiles, folder, format};
use std::path::Path;

/// The files of a book, and those that are not in its form.
#[derive(Debug)]
pub struct Reformatted {
    /// Every file that was looked at.
    pub files: Vec<SourceId>,
    /// The new text of each that is not in the form.
    pub changed: Vec<(SourceId, String)>,
}

/// How many bytes a book has that is not read twice.
const GREAT: usize = 8 << 20;

/// Reads a file for its faults alone.
type Reading = fn(&Node, &mut Vec<Diagnostic>);

/// Formats every file of the book at `path`.
///
/// The outer error is the tree's, the inner one the authors' faults, sorted.
pub fn book(
    tree: &dyn Tree,
    path: &Path,
    sources: &mut Sources,
) -> anyhow::Result<Result<Reformatted, Vec<Diagnostic>>> {
    let first = sources.ids().count();
    let (files, mut faults) = spec::load_from(tree, path, sources)?;
    let beside: [(&str, Reading); 2] = [
        (Baseline::FILE, |root, faults| drop(Baseline::read(root, faults))),
        (waivers::FILE, |root, faults| drop(Waivers::read(root, faults))),
    ];
    for (name, read) in beside {
        let file = folder(path).join(name);
        if !tree.is_there(&file) {
            continue;
        }
        let bytes = tree.read(&file)?.into_owned();
        let root = sources.add_bytes(&tree.name(&file), bytes).map_err(|fault| vec![fault]);
        match root.and_then(|id| yaml::parse(sources, id)) {
            Ok(root) => read(&root, &mut faults),
            Err(found) => faults.extend(found),
        }
    }
    let Some(files) = files.filter(|_| !diagnostics::any_error(&faults)) else {
        diagnostics::sort(&mut faults);
        return Ok(Err(faults));
    };
    let ids: Vec<_> = sources.ids().skip(first).collect();
    let locales = files.book.locales.clone();
    // What was read is too large to be kept. Of most books it is not needed any more, as they have the form already; but to
    // read a great one a second time would take longer than to see now what it says.
    let is_great = ids.iter().map(|id| sources.get(*id).text.len()).sum::<usize>() > GREAT;
    let said_before = if is_great { Some(said(files)) } else { None };
    let mut changed = Vec::new();
    for &id in &ids {
        let shape = shape_of(tree, path, &sources.get(id).path);
        match format::format(sources, id, shape, &locales) {
            Ok(text) if text == sources.get(id).text => {}
            Ok(text) => changed.push((id, text)),
            Err(found) => faults.extend(found),
        }
    }
    if !diagnostics::any_error(&faults) && !changed.is_empty() {
        let mut formatted = Overlay::new(tree);
        for (id, text) in &changed {
            formatted.insert(&sources.get(*id).path, text.as_bytes());
        }
        let said_before = match said_before {
            None => says(tree, path)?,
            known => known,
        };
        if said_before.is_none() || said_before != says(&formatted, path)? {
            let place = Span::new(changed[0].0, 0, 0);
            let message = "the book cannot be formatted: it would not be the same book";
            faults.push(
                Diagnostic::error("format_refused", place, message)
                    .help("format its files one by one to see which it is (nothing was changed)"),
            );
        }
    }
    diagnostics::sort(&mut faults);
    Ok(if diagnostics::any_error(&faults) { Err(faults) } else { Ok(Reformatted { files: ids, changed }) })
}

/// What kind of file stands at `path`, which was read as a part of the book at `book`.
fn shape_of(tree: &dyn Tree, book: &Path, path: &Path) -> &'static Shape {
    let beside = |name: &str| tree.name(&folder(book).join(name)) == path;
    if tree.name(book) == path {
        &shape::BOOK
    } else if beside("conditions.yaml") {
        &shape::CONDITIONS
    } else if beside("vocabulary.yaml") {
        &shape::VOCABULARY
    } else if beside(Baseline::FILE) {
        &shape::BASELINE
    } else if beside(waivers::FILE) {
        &shape::WAIVERS
    } else {
        &shape::DOMAIN
    }
}

/// A digest of the export of a book, or the faults that keep it from having one.
type Said = Result<String, Vec<&'static str>>;

/// What a book says; `None` if it is not in the right form.
fn says(tree: &dyn Tree, path: &Path) -> anyhow::Result<Option<Said>> {
    let (files, faults) = spec::load_from(tree, path, &mut Sources::default())?;
    Ok(files.filter(|_| !diagnostics::any_error(&faults)).map(said))
}

fn said(files: SpecFiles) -> Said {
    match model::resolve(files) {
        Ok(book) => Ok(export::digest(&book)),
        Err(faults) => {
            let mut ids: Vec<_> = faults.iter().map(|fault| fault.id).collect();
            ids.sort_unstable();
            Err(ids)
        }
    }
}
