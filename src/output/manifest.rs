//! `manifest.json`: every generated file with its digest.
//!
//! It serves files that can carry no banner, tells `gen` which files it made before and may delete, and lets any
//! other tool check a tree of generated files.

use serde::{Deserialize, Serialize};

/// The manifest of one tree of generated files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of this file.
    pub errbook: u32,
    /// The version of the book.
    pub version: String,
    /// The files, by path.
    pub files: Vec<Entry>,
}

/// One generated file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its path with `/`, relative to the folder of the manifest.
    pub path: String,
    /// The output that it belongs to.
    pub output: String,
    /// The domain it was made from; absent if it was made from the whole book.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub domain: Option<String>,
    /// SHA-256 of the resolved spec it was made from.
    pub spec_sha256: String,
    /// SHA-256 of what stands below its banner, which says the same; of all its bytes if it can carry none.
    pub sha256: String,
}

/// The format that is written and read.
pub const FORMAT: u32 = 1;

impl Manifest {
    /// The text of the file.
    pub fn to_text(&self) -> String {
        // The manifest holds text and numbers only, which always have a JSON form.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a manifest; `None` if it is none, is damaged (a conflict of a merge), or is of another format.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().filter(|manifest: &Self| manifest.errbook == FORMAT)
    }
}
