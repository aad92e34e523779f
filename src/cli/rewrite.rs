//! Gives files of the spec new texts, for the subcommands that change them.
//!
//! In: sources that were read from the disk, and new texts for some of them. Out: the same texts with the line ends and the
//! byte order mark that the files have. All are made before anybody writes the first.

use crate::characters::shown;
use crate::diagnostics::{SourceId, Sources};
use crate::import;
use anyhow::Context as _;
use std::path::PathBuf;

/// New texts of files in the line ends and with the byte order mark of the old ones.
///
/// An error if a file has mixed line ends, so that not every byte could stay, or is not what it was when it was read.
pub(super) fn with_line_ends<'a>(
    sources: &Sources,
    files: impl IntoIterator<Item = (SourceId, &'a str)>,
) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let text = |(source, text): (SourceId, &str)| {
        let old = sources.get(source);
        let bytes = std::fs::read(&old.path).with_context(|| format!("cannot read {}", shown(&old.path)))?;
        let text = import::with_line_ends_of(&bytes, &old.text, text).with_context(|| {
            format!("{} has mixed line ends or changed meanwhile; nothing was written", shown(&old.path))
        })?;
        Ok((old.path.clone(), text))
    };
    files.into_iter().map(text).collect()
}
