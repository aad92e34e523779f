//! Rules of the house that no compiler checks.
//!
//! Templates print spelled text and nothing else: no filter (one of them marks any text as safe), no macro, no
//! assignment, and every template is rendered with the escaper that implements nothing. No message holds a path as it is.

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The tags of a template: what stands between `open` and `close`.
fn tags<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

#[test]
fn templates_only_print_loop_and_choose() {
    let templates = files(&root().join("templates"));
    assert!(!templates.is_empty(), "there are templates");
    for path in templates {
        let text = std::fs::read_to_string(&path).expect("a template is text");
        let name = path.display();
        for printed in tags(&text, "{{", "}}") {
            let is_path = |ch: char| ch.is_ascii_alphanumeric() || "_.[] -".contains(ch);
            assert!(printed.chars().all(is_path), "{name} prints more than a field: {printed}");
        }
        for statement in tags(&text, "{%", "%}") {
            let statement = statement.trim_matches(['-', '+', '~', ' ']);
            let word = statement.split_whitespace().next().unwrap_or_default();
            let known = ["for", "endfor", "if", "else", "endif", "include"];
            assert!(known.contains(&word), "{name} uses `{word}`");
            assert!(!statement.replace("||", "").contains('|'), "{name} uses a filter: {statement}");
        }
    }
}

#[test]
fn every_template_is_rendered_with_the_escaper_that_implements_nothing() {
    let mut count = 0;
    for path in files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).expect("a source is text");
        let name = path.display();
        // The examples in the essay of `spelling` show the rule; they are compiled as they stand.
        for attribute in text.split("\n#[template(").skip(1).filter_map(|rest| rest.split(")]").next()) {
            count += 1;
            assert!(attribute.contains(r#"escape = "code""#), "{name}: #[template({attribute})]");
        }
    }
    assert!(count > 0, "there are template structs");
}

#[test]
fn every_language_has_its_file_and_its_templates() {
    for language in errbook::languages::LANGUAGES {
        let id = language.id();
        let source = format!("src/languages/{id}.rs");
        let text = std::fs::read_to_string(root().join(&source)).expect("a language has its file");
        // JSON is written by its library; everything else comes from templates.
        let is_json = text.contains("view::json") && !text.contains("Template");
        let templates = format!("templates/{id}");
        assert_eq!(root().join(&templates).exists(), !is_json, "{templates}");
    }
    let ids: Vec<_> = errbook::languages::LANGUAGES.iter().map(|language| language.id()).collect();
    assert!(ids.is_sorted(), "the registry is not in alphabetical order: {ids:?}");
}

/// What is printed raw can be a command: to a terminal, or to the runner of a workflow, which obeys lines of a log.
#[test]
fn no_path_is_told_as_it_is() {
    for path in files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).expect("a source is text");
        let line = text.lines().position(|line| line.contains(".display()"));
        let place = line.map(|line| format!("{}:{}", path.display(), line + 1));
        assert_eq!(place, None, "`characters::shown` writes a path as people may see it");
    }
}
