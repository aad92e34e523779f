//! How the disk differs from a plan.
//!
//! In: a plan. Out: a finding for each file that is stale, missing, orphaned or edited by hand. Nothing is written.

use super::banner;
use super::manifest::Manifest;
use super::plan::Plan;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How a file differs from what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is as it was generated, from an older spec.
    Stale,
    /// Somebody has changed it since it was generated.
    HandEdited,
    /// It is not there.
    Missing,
    /// Nothing generates it any more; it is as it was generated, so `gen` deletes it.
    Obsolete,
    /// errbook did not make it, or somebody has changed it; `gen` keeps it.
    Orphaned,
}

impl State {
    /// The word for it in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::HandEdited => "edited by hand",
            Self::Missing => "missing",
            Self::Obsolete => "obsolete",
            Self::Orphaned => "orphaned",
        }
    }
}

/// A file that is not as it should be.
#[derive(Debug)]
pub struct Finding {
    /// Which file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub state: State,
    /// From what is there to what should be, as a unified diff; empty where there is nothing to compare.
    pub diff: String,
}

/// Compares the disk with the plan. The findings are sorted by path.
pub fn check(plan: &Plan) -> anyhow::Result<Vec<Finding>> {
    let last = last_manifest(plan)?;
    let mut findings = Vec::new();
    for file in &plan.files {
        let state = match read(&file.path)? {
            None => State::Missing,
            Some(bytes) if bytes == file.text.as_bytes() => continue,
            Some(bytes) => {
                let edited = is_edited(&bytes, last.get(&file.path).map(String::as_str));
                let state = if edited { State::HandEdited } else { State::Stale };
                let diff = diff(&file.path, &String::from_utf8_lossy(&bytes), &file.text);
                findings.push(Finding { path: file.path.clone(), state, diff });
                continue;
            }
        };
        findings.push(Finding { path: file.path.clone(), state, diff: String::new() });
    }
    for (path, state) in unplanned(plan, &last)? {
        findings.push(Finding { path, state, diff: String::new() });
    }
    let manifest = plan.manifest.to_text();
    if plan.is_whole {
        match read(&plan.manifest_path)? {
            None => findings.push(Finding {
                path: plan.manifest_path.clone(),
                state: State::Missing,
                diff: String::new(),
            }),
            Some(bytes) if bytes != manifest.as_bytes() => findings.push(Finding {
                path: plan.manifest_path.clone(),
                state: State::Stale,
                diff: diff(&plan.manifest_path, &String::from_utf8_lossy(&bytes), &manifest),
            }),
            Some(_) => {}
        }
    }
    findings.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(findings)
}

/// Files in the folders of generated files that the plan does not have, and whether `gen` may delete them.
pub(super) fn unplanned(
    plan: &Plan,
    last: &BTreeMap<PathBuf, String>,
) -> anyhow::Result<Vec<(PathBuf, State)>> {
    if !plan.is_whole {
        return Ok(Vec::new());
    }
    let planned: Vec<&Path> = plan.files.iter().map(|file| file.path.as_path()).collect();
    let mut found = Vec::new();
    for folder in &plan.folders {
        walk(folder, &mut found)?;
    }
    // A language that the book has dropped leaves its files behind, outside the folders of the plan.
    found.extend(last.keys().cloned());
    found.sort();
    found.dedup();
    let mut states = Vec::new();
    for path in found {
        if planned.contains(&path.as_path()) || path == plan.manifest_path {
            continue;
        }
        let Some(bytes) = read(&path)? else { continue };
        let is_ours = last.get(&path).is_some_and(|digest| *digest == banner::sha256(&bytes));
        states.push((path, if is_ours { State::Obsolete } else { State::Orphaned }));
    }
    Ok(states)
}

/// The digest of each file that the manifest on disk lists.
pub(super) fn last_manifest(plan: &Plan) -> anyhow::Result<BTreeMap<PathBuf, String>> {
    let Some(bytes) = read(&plan.manifest_path)? else { return Ok(BTreeMap::new()) };
    let root = plan.manifest_path.parent().unwrap_or(Path::new(""));
    let manifest = Manifest::from_text(&String::from_utf8_lossy(&bytes));
    Ok(manifest.files.into_iter().map(|entry| (root.join(entry.path), entry.sha256)).collect())
}

/// Whether somebody has changed a file since it was generated; what cannot be known counts as not changed.
fn is_edited(bytes: &[u8], listed: Option<&str>) -> bool {
    let by_banner = std::str::from_utf8(bytes).ok().and_then(banner::is_as_generated);
    match (by_banner, listed) {
        (Some(as_generated), _) => !as_generated,
        (None, Some(digest)) => digest != banner::sha256(bytes),
        (None, None) => true,
    }
}

/// The bytes of a file; `None` if there is none.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let kind = entry.file_type().with_context(|| format!("cannot read {}", entry.path().display()))?;
        if kind.is_dir() {
            walk(&entry.path(), found)?;
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}

fn diff(path: &Path, old: &str, new: &str) -> String {
    let name = path.display().to_string();
    similar::TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(2)
        .header(&format!("{name} (on disk)"), &format!("{name} (generated)"))
        .to_string()
}
