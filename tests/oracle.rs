//! Every YAML file of the repository is read a second time, by a parser that shares no code with ours, and both must
//! see the same values: a text that two readers take differently is a trap for whoever uses the spec without errbook.

use errbook::diagnostics::Sources;
use errbook::spec::yaml;
use serde_yaml::Value;
use std::path::{Path, PathBuf};

#[path = "oracle/values.rs"]
mod values;

#[test]
fn two_parsers_read_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["spec", "tests/books"] {
        collect(&root.join(folder), &mut files);
    }
    assert!(files.len() >= 8, "only {} files", files.len());
    for path in files {
        let text = std::fs::read_to_string(&path).expect("readable");
        let oracle: Value = serde_yaml::from_str(&text).expect("the other parser reads it");
        let mut sources = Sources::default();
        let id = sources.add(&path, text);
        let node = yaml::parse(&sources, id).expect("ours reads it");
        // `1.10` would be another number, and a trap.
        let differences = values::differences(&node, &oracle, |ours, theirs| ours == theirs);
        assert!(differences.is_empty(), "{}:\n{}", path.display(), differences.join("\n"));
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
}
