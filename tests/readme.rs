//! The README shows code that is compiled: each example is the part of a consumer between `example:start` and
//! `example:end`, word for word.

use std::path::Path;

/// The marked part of a program, without its common indentation.
fn example(text: &str) -> Option<String> {
    let lines: Vec<_> = text
        .lines()
        .skip_while(|line| !line.contains("example:start"))
        .skip(1)
        .take_while(|line| !line.contains("example:end"))
        .collect();
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()?;
    let lines: Vec<_> = lines.iter().map(|line| line.get(indent..).unwrap_or_default().trim_end()).collect();
    Some(lines.join("\n").trim_matches('\n').to_owned())
}

#[test]
fn examples_are_compiled_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README is there");
    let consumers = std::fs::read_dir(root.join("tests/consumers")).expect("the folder is there");
    let mut count = 0;
    for folder in consumers.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir()) {
        let language = folder.display();
        let mut found = Vec::new();
        collect(&folder, &mut found);
        assert_eq!(found.len(), 1, "{language} has one example");
        for example in found {
            assert!(
                readme.contains(&example),
                "the README does not show the example of {language}:\n{example}"
            );
            count += 1;
        }
    }
    assert!(count >= 5, "only {count} examples");
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a consumer is a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(&path, found);
        } else if let Ok(text) = std::fs::read_to_string(&path)
            && text.contains("example:start")
        {
            found.extend(example(&text));
        }
    }
}
