//! Documents as vendors publish them, in shapes that the book of this repository does not have.
//!
//! A case is a folder: a document, `recipe.yaml` (the `document:` block that reads it), `code_type` if the codes are not any
//! texts, and `expected.txt`, in which every row and every finding stands. With `UPDATE_EXPECT=1` in the environment it is written instead of compared; look at
//! the difference before it is committed. A document that cannot be read whole is a case like any other: what matters
//! is that nothing is lost without a word.

use errbook::diagnostics::text::{self, Colour};
use errbook::diagnostics::{Diagnostic, Loc, Sources};
use errbook::document::{self, Effort, Row};
use errbook::names::CodeType;
use errbook::spec::{recipe, yaml};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_document_is_read_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for case in cases() {
        count += 1;
        let (rows, findings) = read(&case);
        let shown = format!("{rows}\n{findings}");
        let path = case.join("expected.txt");
        if update {
            fs::write(&path, &shown).expect("writable");
        } else if fs::read_to_string(&path).unwrap_or_default() != shown {
            wrong.push(format!("{}:\n{shown}", case.display()));
        }
    }
    assert!(count > 10, "there are cases");
    assert!(wrong.is_empty(), "run with UPDATE_EXPECT=1 and look at the difference\n{}", wrong.join("\n"));
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vendors");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    cases.sort();
    cases
}

/// The rows and the findings of a case as text.
fn read(case: &Path) -> (String, String) {
    let mut sources = Sources::default();
    let id = sources.read(&case.join("recipe.yaml")).expect("a recipe").expect("text");
    let block = yaml::parse(&sources, id).expect("YAML");
    let mut faults = Vec::new();
    let Some(mut recipe) = recipe::recipe(&block, &mut faults) else {
        panic!("{}", text::render(&faults, &sources, Colour::Never));
    };
    if let Ok(id) = fs::read_to_string(case.join("code_type")) {
        recipe.code_type = Some(CodeType::from_id(id.trim()).expect("a type of codes"));
    }
    let path = case.join(&recipe.file.value);
    let (rows, findings) = match sources.read_document(&path, recipe.encoding).expect("a document") {
        Ok(document) => {
            let reading = document::read(&sources, document, &recipe, &mut Effort::default());
            (reading.rows, [reading.findings, reading.doubts].concat())
        }
        Err(fault) => (Vec::new(), vec![fault]),
    };
    for finding in &findings {
        located(finding, &sources);
    }
    let prefix = format!("{}/", case.display());
    let drawn = text::render(&findings, &sources, Colour::Never).replace(&prefix, "");
    let count = format!("{} rows, {} findings\n", rows.len(), findings.len());
    (rows.iter().fold(count, |shown, row| shown + &self::shown(row)), drawn)
}

#[test]
fn the_recipes_of_the_documentation_are_recipes() {
    let page = include_str!("../docs/documents.md");
    let mut count = 0;
    for block in page.split("```yaml\n").skip(1) {
        count += 1;
        let text = block.split("```").next().unwrap_or_default();
        let mut sources = Sources::default();
        let id = sources.add("documents.md", text.to_owned());
        let node = yaml::parse(&sources, id).expect("YAML");
        let mut faults = Vec::new();
        let recipe = recipe::recipe(&node, &mut faults);
        assert!(recipe.is_some() && faults.is_empty(), "{}", text::render(&faults, &sources, Colour::Never));
    }
    assert_eq!(count, 2);
}

/// A finding always has a place that is in its source.
fn located(finding: &Diagnostic, sources: &Sources) {
    for label in &finding.labels {
        let text = &sources.get(label.span.source).text;
        assert!(text.get(label.span.range()).is_some(), "{finding:?}");
    }
}

/// A row as text.
fn shown(row: &Row) -> String {
    let mut out = format!("{}: {:?}", row.line, row.code.value);
    let put = |out: &mut String, name: &str, text: &Loc<String>| {
        write!(out, "\n    {name}: {:?}", text.value).expect("a string takes all");
    };
    if let Some(status) = &row.http_status {
        put(&mut out, "http_status", status);
    }
    for (kind, texts) in [("message", &row.message), ("solution", &row.solution)] {
        for (locale, text) in texts {
            put(&mut out, &format!("{kind}.{locale}"), text);
        }
    }
    out + "\n"
}
