//! The vendors' documents are what they were when they were received, and their recipes read all of them.
//!
//! A case is a file of this test's folder, named by domain: the digest of the document, how many rows it has, and
//! the exact text of the rows that are hard to read. The recipe is that of `spec/domains/`.

use errbook::audit::{self, Count};
use errbook::diagnostics::{Sources, text};
use errbook::document::{self, Effort, Reading, Row};
use errbook::import;
use errbook::spec::read::SpecDomain;
use errbook::spec::{read, recipe, yaml};
use serde_yaml::Value;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const ALL_ROWS: usize = 1_013;

#[test]
fn documents_are_byte_for_byte_as_received() {
    for case in cases() {
        let bytes = std::fs::read(case.document()).expect("the document is there");
        assert_eq!(digest(&bytes), case.value["sha256"].as_str().expect("a digest"), "{}", case.domain);
    }
}

#[test]
fn recipes_account_for_every_line() {
    let mut rows = 0;
    for case in cases() {
        let (sources, _, reading) = case.read();
        let drawn = text::render(&reading.findings, &sources, text::Colour::Never);
        assert!(reading.findings.is_empty(), "{drawn}");
        assert_eq!(
            reading.rows.len() as u64,
            case.value["rows"].as_u64().expect("a number"),
            "{}",
            case.domain
        );
        rows += reading.rows.len();
    }
    assert_eq!(rows, ALL_ROWS);
}

#[test]
fn texts_are_exact() {
    for case in cases() {
        let (_, _, reading) = case.read();
        let expected = case.value["exact"].as_sequence().expect("a list");
        assert!(!expected.is_empty(), "{} has no exact rows", case.domain);
        for row in expected {
            let line = row["line"].as_u64().expect("a number");
            let found: Vec<_> =
                reading.rows.iter().filter(|found| found.line as u64 == line).map(shown).collect();
            assert_eq!(found, std::slice::from_ref(row), "{} line {line}", case.domain);
        }
    }
}

#[test]
fn the_spec_holds_every_row_and_nothing_else() {
    let mut total = Count::default();
    for case in cases() {
        let (sources, domain, reading) = case.read();
        let audit = audit::audit(&domain, &reading);
        assert!(audit.is_clean(), "{}", text::render(&audit.findings(), &sources, text::Colour::Never));
        total += audit.count;
        // There is nothing left to import, so an import changes no file.
        let import = import::import(&sources, &domain, &[], &reading);
        assert!(import.files.is_empty() && import.findings.is_empty(), "{}", case.domain);
    }
    assert_eq!(total.rows, ALL_ROWS);
    assert_eq!(total.equal + total.mended + total.variants + total.listed, ALL_ROWS);
}

#[test]
fn every_document_and_every_domain_has_a_case() {
    let domains: Vec<_> = cases().into_iter().map(|case| case.domain).collect();
    for folder in ["spec/domains", "spec/documents"] {
        // The documents' own README is no document.
        let found: Vec<_> =
            files(folder).iter().map(|path| stem(path)).filter(|stem| stem != "README").collect();
        assert_eq!(found, domains, "{folder}");
    }
}

/// What is known of one document.
struct Case {
    domain: String,
    value: Value,
}

impl Case {
    fn document(&self) -> PathBuf {
        files("spec/documents")
            .into_iter()
            .find(|path| stem(path) == self.domain)
            .expect("the document is there")
    }

    /// Reads the document by the recipe of its domain.
    fn read(&self) -> (Sources, SpecDomain, Reading) {
        let mut sources = Sources::default();
        let mut faults = Vec::new();
        let path = root().join("spec/domains").join(format!("{}.yaml", self.domain));
        let id = sources.read(&path).expect("the domain is there").expect("the domain is text");
        let node = yaml::parse(&sources, id).expect("the domain is YAML");
        let domain = read::domain(&node, &mut faults).expect("the domain has the right form");
        let block = domain.document.as_ref().expect("the domain has a document");
        let recipe = recipe::recipe(block, &mut faults);
        assert!(faults.is_empty(), "{}", text::render(&faults, &sources, text::Colour::Never));
        let recipe = recipe.expect("a recipe without faults");
        assert_eq!(root().join("spec").join(&recipe.file.value), self.document());
        let document = sources.read(&self.document()).expect("the document is there").expect("it is text");
        let reading = document::read(&sources, document, &recipe, &mut Effort::default());
        (sources, domain, reading)
    }
}

/// A row in the form of the cases.
fn shown(row: &Row) -> Value {
    let mut out = format!("line: {}\ncode: {:?}\n", row.line, row.code.value);
    if let Some(status) = &row.http_status {
        writeln!(out, "http_status: {}", status.value).expect("a string takes all");
    }
    for (key, texts) in [("message", &row.message), ("solution", &row.solution)] {
        if !texts.is_empty() {
            writeln!(out, "{key}:").expect("a string takes all");
        }
        for (locale, text) in texts {
            let text = serde_json::to_string(&text.value).expect("text is JSON");
            writeln!(out, "  {locale}: {text}").expect("a string takes all");
        }
    }
    serde_yaml::from_str(&out).expect("valid YAML")
}

fn cases() -> Vec<Case> {
    let cases = files("tests/documents").into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).expect("a readable case");
        Case { domain: stem(&path), value: serde_yaml::from_str(&text).expect("a case is YAML") }
    });
    cases.collect()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn digest(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in Sha256::digest(bytes) {
        write!(out, "{byte:02x}").expect("a string takes all");
    }
    out
}
