//! Every YAML file of the repository is read a second time, by a parser that shares no code with ours, and both must
//! see the same values: a text that two readers take differently is a trap for whoever uses the spec without errbook.

use errbook::diagnostics::Sources;
use errbook::spec::yaml::{self, Node, NodeKind};
use serde_yaml::Value;
use std::path::{Path, PathBuf};

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
        let mut differences = Vec::new();
        compare(&node, &oracle, &mut String::new(), &mut differences);
        assert!(differences.is_empty(), "{}:\n{}", path.display(), differences.join("\n"));
    }
}

fn compare(node: &Node, oracle: &Value, at: &mut String, differences: &mut Vec<String>) {
    let same = match (&node.kind, oracle) {
        (NodeKind::Scalar(scalar), Value::Null) => scalar.is_null(),
        (NodeKind::Scalar(scalar), Value::Bool(value)) => scalar.plain && scalar.text == value.to_string(),
        (NodeKind::Scalar(scalar), Value::Number(value)) => scalar.plain && scalar.text == value.to_string(),
        (NodeKind::Scalar(scalar), Value::String(value)) => scalar.text == *value,
        (NodeKind::Sequence(items), Value::Sequence(values)) if items.len() == values.len() => {
            for (index, (item, value)) in items.iter().zip(values).enumerate() {
                descend(item, value, at, &index.to_string(), differences);
            }
            true
        }
        (NodeKind::Mapping(entries), Value::Mapping(values)) if entries.len() == values.len() => {
            for ((key, item), (other, value)) in entries.iter().zip(values) {
                if other.as_str().map_or_else(|| format!("{other:?}"), str::to_owned) != key.value {
                    differences.push(format!("{at}: the key {} is {other:?}", key.value));
                }
                descend(item, value, at, &key.value, differences);
            }
            true
        }
        _ => false,
    };
    if !same {
        differences.push(format!("{at}: ours {:?}, theirs {oracle:?}", node.kind));
    }
}

fn descend(node: &Node, oracle: &Value, at: &mut String, step: &str, differences: &mut Vec<String>) {
    let length = at.len();
    at.push('/');
    at.push_str(step);
    compare(node, oracle, at, differences);
    at.truncate(length);
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
