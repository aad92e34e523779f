//! Puts a copy into the folder of an app.
//!
//! In: the files of a copy, and the folder. Out: the same files there, and what was done. All places are looked at first: if
//! in one of them stands something that errbook did not make, or that somebody has edited since, or a link leads out of
//! the folder, nothing is written. A file that is equal is not touched. Nothing is ever deleted: there is no list of what an
//! earlier copy had.

use super::verify::{self, Verdict};
use super::{check, write};
use crate::characters::shown;
use crate::vendor::Copied;
use std::path::{Path, PathBuf};

/// What became of a copy.
#[derive(Debug, Default)]
pub struct Summary {
    /// Files that were written.
    pub written: Vec<PathBuf>,
    /// Files that were equal and not touched.
    pub unchanged: usize,
}

/// Writes the files that differ below `folder`.
///
/// If something is in the way, nothing is written, and all that is there is told, a sentence each.
pub fn copy(folder: &Path, files: &[Copied]) -> anyhow::Result<Result<Summary, Vec<String>>> {
    write::leads_somewhere(folder)?;
    let mut summary = Summary::default();
    let mut changed = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        if check::read(&path)?.is_some_and(|old| old == file.text.as_bytes()) {
            summary.unchanged += 1;
            continue;
        }
        if let Err(problem) = write::stays_in(folder, &path) {
            problems.push(format!("{problem:#}"));
        } else if let Some(why) = obstacle(&path)? {
            problems.push(format!("{} is in the way: {why}", shown(&path)));
        }
        changed.push((path, file));
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    write::write_all(changed.iter().map(|(path, file)| (path.as_path(), file.text.as_str())))?;
    summary.written = changed.into_iter().map(|(path, _)| path).collect();
    Ok(Ok(summary))
}

/// Why what stands at a place must not be replaced, if anything does.
fn obstacle(path: &Path) -> anyhow::Result<Option<&'static str>> {
    if !path.try_exists().unwrap_or(true) {
        return Ok(None);
    }
    Ok(match verify::verify(path)?.0 {
        Verdict::AsGenerated => None,
        Verdict::Edited => {
            Some("somebody has edited it since errbook made it; keep the edit elsewhere and remove the file")
        }
        Verdict::Damaged => Some("its banner is damaged; resolve the conflict, or remove the file"),
        Verdict::NoBanner => Some("errbook did not make it; move or remove it"),
    })
}
