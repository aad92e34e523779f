//! Any bytes as a file of the spec: the two readers of YAML agree, and every kind of file is read or refused at a place.

use super::located::located;
use errbook::diagnostics::Sources;
use errbook::spec::yaml::{self, Node, NodeKind};
use errbook::spec::{read, recipe};
use std::path::Path;

pub(crate) fn check(bytes: &[u8]) {
    let mut sources = Sources::default();
    let id = match sources.add_bytes(Path::new("a.yaml"), bytes.to_vec()) {
        Ok(id) => id,
        Err(fault) => return located(&[fault], &sources),
    };
    let text = &sources.get(id).text;
    // The second one never takes the fast way.
    let (root, comments) =
        match (yaml::parse(&sources, id), yaml::parse_with_comments(&sources.get(id).text, id)) {
            (Ok(root), Ok((careful, comments))) => {
                assert_eq!(format!("{root:?}"), format!("{careful:?}"), "{text:?}");
                (root, comments)
            }
            (Err(faults), Err(careful)) => {
                assert_eq!(faults, careful, "{text:?}");
                assert!(!faults.is_empty(), "refused without a word: {text:?}");
                return located(&faults, &sources);
            }
            (one, other) => panic!("the readers are at odds over {text:?}: {one:?}, {other:?}"),
        };
    stands(&root, text);
    for comment in comments {
        let written = text.get(comment.range()).expect("a comment stands in the text");
        assert!(written.starts_with('#') && !written.contains('\n'), "{written:?} is no comment of {text:?}");
    }
    let mut faults = Vec::new();
    let read = [
        read::book(&root, &mut faults).is_some(),
        read::conditions(&root, Vec::new(), &mut faults).is_some(),
        read::vocabulary(&root, &mut faults).is_some(),
        read::domain(&root, &mut faults).is_some(),
        recipe::recipe(&root, &mut faults).is_some(),
    ];
    assert!(
        read.iter().filter(|read| **read).count() < 2 || !faults.is_empty(),
        "two kinds of file at once: {text:?}"
    );
    assert!(read.contains(&true) || !faults.is_empty(), "refused without a word: {text:?}");
    located(&faults, &sources);
}

/// Every value stands where it says that it does.
fn stands(node: &Node, text: &str) {
    let written = text.get(node.span.range()).unwrap_or_else(|| panic!("{node:?} stands outside {text:?}"));
    match &node.kind {
        NodeKind::Scalar(scalar) if scalar.plain && !written.contains(['\n', '\r']) && !scalar.is_null() => {
            assert_eq!(scalar.text, written, "in {text:?}");
        }
        NodeKind::Scalar(_) => {}
        NodeKind::Sequence(items) => items.iter().for_each(|item| stands(item, text)),
        NodeKind::Mapping(entries) => {
            for (key, value) in entries {
                assert!(text.get(key.span.range()).is_some(), "{key:?} stands outside {text:?}");
                stands(value, text);
            }
        }
    }
}
