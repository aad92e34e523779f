//! Files that lie where those of a book do, and that nobody reads because of their names.
//!
//! In: where a book stands, and the domains it lists. Out: an error for each file whose name is nearly that of one that is
//! read: `.yml`, other case, a folder too deep. A book that lacks a third of its codes because of the end of a name looks
//! like a whole one, and so does one whose waivers or vocabulary are off.
//!
//! Deliberately elsewhere: domains that the book does not list (`load::unlisted`), and what to do where the file of a
//! domain is missing (`load`).

use super::tree::Tree;
use crate::characters::shown;
use crate::diagnostics::{Diagnostic, Loc};
use crate::nearest::nearest;
use std::path::{Path, PathBuf};

/// The files beside `errbook.yaml` that a book may do without.
const BESIDE: [&str; 4] = ["conditions.yaml", "vocabulary.yaml", "waivers.yaml", "lint-baseline.yaml"];

/// The name that a file would have if it ended as files of a spec do, in lower case; `None` if it is no file of YAML.
pub(super) fn nearly(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))?;
    Some(format!("{stem}.yaml"))
}

/// Tells of each file that a book of these domains would have read under another name. It has no better place than the
/// domain, or the last one of the book.
pub(super) fn misnamed(tree: &dyn Tree, folder: &Path, domains: &[Loc<String>]) -> Vec<Diagnostic> {
    let Some(last) = domains.last() else { return Vec::new() };
    let mut faults = Vec::new();
    let mut tell = |name: &Loc<String>, path: &Path, to: &Path| {
        let message =
            format!("nobody reads {}: files of a spec are known by their names", shown(tree.name(path)));
        let help = format!("rename it to {}, or move it elsewhere", shown(tree.name(to)));
        faults.push(Diagnostic::error("misnamed_file", name.span, message).help(help));
    };
    for path in files(tree, folder) {
        if let Some(known) = BESIDE.iter().find(|known| nearly(&path).as_deref() == Some(**known)) {
            let to = folder.join(known);
            if path != to {
                tell(last, &path, &to);
            }
        }
    }
    let all = folder.join("domains");
    let beside = if tree.is_folder(&all) { files(tree, &all) } else { Vec::new() };
    for name in domains {
        let single = all.join(format!("{}.yaml", name.value));
        let several = all.join(&name.value);
        let is_folder = tree.is_folder(&several);
        // Where neither is there, the missing file is told, and which one it may be.
        if is_folder || tree.is_there(&single) {
            let is_its = |path: &&PathBuf| **path != single && nearly(path) == nearly(&single);
            for path in beside.iter().filter(is_its) {
                let to =
                    if is_folder { several.join(format!("{}.yaml", name.value)) } else { single.clone() };
                tell(name, path, &to);
            }
        }
        if !is_folder {
            continue;
        }
        for path in tree.entries(&several).unwrap_or_default() {
            let is_below = tree.is_folder(&path);
            let parts = if is_below { files(tree, &path) } else { vec![path.clone()] };
            for part in parts {
                let ends_so = part.extension().is_some_and(|end| end == "yaml");
                if let Some(known) = nearly(&part)
                    && (is_below || !ends_so)
                {
                    tell(name, &part, &several.join(known));
                }
            }
        }
    }
    faults
}

/// What to do if a file beside `errbook.yaml` is not there: another one may have been meant for it.
pub(super) fn instead_of(tree: &dyn Tree, wanted: &Path) -> String {
    let folder = wanted.parent().unwrap_or(Path::new(""));
    let name = |path: &Path| Some(path.file_name()?.to_str()?.to_owned());
    let others = files(tree, folder).into_iter().filter_map(|path| name(&path));
    let others: Vec<_> = others.filter(|other| !BESIDE.contains(&other.as_str())).collect();
    let name = name(wanted).unwrap_or_default();
    match nearest(&name, others.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {}? Rename it to {name}", shown(near)),
        None => format!("write {}", shown(tree.name(wanted))),
    }
}

/// What stands right in a folder and is none itself. A folder that may not be listed is told where its files are read.
fn files(tree: &dyn Tree, folder: &Path) -> Vec<PathBuf> {
    let mut paths = tree.entries(folder).unwrap_or_default();
    paths.retain(|path| nearly(path).is_some() && !tree.is_folder(path));
    paths
}
