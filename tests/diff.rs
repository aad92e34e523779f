//! Every kind of change, shown by two books that have it, the same pair the other way round, and a near miss.
//!
//! `tests/diff/<id>/old`, or `tests/diff/<id>-<words>/old` where one case is not enough, and `…/new` hold the files of two books between which the change `<id>` lies, and `…/near` a book
//! that is close to it and does not have that change against `old`. `errbook.yaml` may be left out where it says nothing.
//! What errbook says is in `expected.txt`, `expected.md` and, from new to old, `reversed.txt`. With `UPDATE_EXPECT=1` in
//! the environment the pictures are written instead of compared; look at the difference before it is committed.

use errbook::diagnostics::Sources;
use errbook::diagnostics::text::Colour;
use errbook::diff::{self, Date, FailOn, Report, Side, Waivers, json, markdown, text, waivers};
use errbook::model::Book;
use errbook::spec::tree::{Memory, Tree as _};
use errbook::{languages, lints, model, rules, spec};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut cases: Vec<_> =
        fs::read_dir(folder).expect("there are cases").map(|entry| entry.expect("readable").path()).collect();
    cases.sort();
    cases
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The change that a case shows.
fn id_of(case: &Path) -> String {
    let name = name(case);
    name.split_once('-').map_or(name.clone(), |(id, _)| id.to_owned())
}

/// The files below a folder, with the `errbook.yaml` that it left out.
fn tree(label: &str, folder: &Path) -> Memory {
    fn add(memory: &mut Memory, top: &Path, folder: &Path) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                add(memory, top, &path);
            } else {
                let below = path.strip_prefix(top).expect("below the folder");
                memory.insert(below, fs::read(&path).expect("readable"));
            }
        }
    }
    let mut memory = Memory::new(label);
    add(&mut memory, folder, folder);
    if !memory.is_there(Path::new("errbook.yaml")) {
        let domains = memory.entries(Path::new("domains")).expect("in memory");
        let domains: Vec<_> =
            domains.iter().map(|path| name(path).trim_end_matches(".yaml").to_owned()).collect();
        let domains = domains.join(", ");
        let head = "errbook: 1\nversion: 1.0.0\ntitle: Test\nlocales: [en, zh-Hans]\n";
        memory.insert("errbook.yaml", format!("{head}domains: [{domains}]\n"));
    }
    memory
}

fn open(tree: &Memory, sources: &mut Sources) -> (Book, Waivers) {
    let (files, mut faults) = spec::load_from(tree, Path::new("errbook.yaml"), sources).expect("readable");
    let files = files.unwrap_or_else(|| panic!("no book: {faults:?}"));
    let (book, found) = model::resolve_what_can_be(files);
    faults.extend(found);
    assert_eq!(diff::tolerance::obstacles(&faults), [], "the books of a case can be compared");
    let path = Path::new(waivers::FILE);
    let mut faults = Vec::new();
    let waivers = if tree.is_there(path) {
        let bytes = tree.read(path).expect("there").into_owned();
        let id = sources.add_bytes(&tree.name(path), bytes).expect("text");
        Waivers::read(&spec::yaml::parse(sources, id).expect("YAML"), &mut faults)
    } else {
        Waivers::default()
    };
    assert_eq!(faults, []);
    (book, waivers)
}

fn today() -> Date {
    Date::parse("2026-11-25").expect("a day")
}

fn report(old: &Path, new: &Path) -> (Report, Sources) {
    let mut sources = Sources::default();
    let (old_book, old_waivers) = open(&tree("old", old), &mut sources);
    let (new_book, new_waivers) = open(&tree("", new), &mut sources);
    let side =
        |label: &str, book: &Book| Side { label: label.to_owned(), version: book.version.clone(), faults: 0 };
    let report = diff::report(
        (side("old", &old_book), &old_book),
        (side(diff::WORK_TREE, &new_book), &new_book),
        (&old_waivers, &new_waivers),
        today(),
        languages::options_of,
    );
    (report, sources)
}

fn ids(report: &Report) -> Vec<&'static str> {
    report.items.iter().map(|item| item.change.what.id()).collect()
}

#[test]
fn every_case_is_told_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    let mut compare = |case: &Path, file: &str, text: &str| {
        let path = case.join(file);
        if update {
            fs::write(&path, text).expect("writable");
        } else if fs::read_to_string(&path).unwrap_or_default() != text {
            wrong.push(format!(
                "{}: another picture; run with UPDATE_EXPECT=1 and look at it\n{text}",
                path.display()
            ));
        }
    };
    let mut misses = Vec::new();
    for case in cases() {
        let id = id_of(&case);
        let (old, new) = (case.join("old"), case.join("new"));
        let (forward, sources) = report(&old, &new);
        if !ids(&forward).contains(&id.as_str()) {
            misses.push(format!("{id}: there is no such change, but {:?}", ids(&forward)));
        }
        compare(
            &case,
            "expected.txt",
            &text::render(&forward, &sources, true, FailOn::Breaking, Colour::Never, today()),
        );
        compare(&case, "expected.md", &markdown::render(&forward, &sources, true, FailOn::Breaking, today()));
        let (back, sources) = report(&new, &old);
        compare(
            &case,
            "reversed.txt",
            &text::render(&back, &sources, true, FailOn::Breaking, Colour::Never, today()),
        );
        let near = case.join("near");
        if near.exists() {
            let (near, _) = report(&old, &near);
            if ids(&near).contains(&id.as_str()) {
                misses.push(format!("{id}: the near miss has the change, too"));
            }
        } else {
            misses.push(format!("{id}: there is no near miss"));
        }
        for same in [&old, &new] {
            let (same, _) = report(same, same);
            assert_eq!(ids(&same), Vec::<&str>::new(), "{id}: a book has changes against itself");
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The ids that `What::id` can give, read from its source: there is no list of them to keep up.
fn all_ids() -> BTreeSet<String> {
    let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diff/change.rs"));
    let source = source.expect("the source");
    let table = source.split("pub fn id(&self) -> &'static str {").nth(1).expect("the ids of What");
    let table = table.split("\n    }\n").next().expect("its end");
    let id = regex::Regex::new(r#"=> "([a-z_]+)""#).expect("valid");
    id.captures_iter(table).map(|found| found[1].to_owned()).collect()
}

#[test]
fn every_kind_of_change_has_its_case_and_its_explanation() {
    let ids = all_ids();
    assert!(ids.len() > 45, "{ids:?}");
    let shown: BTreeSet<_> = cases().iter().map(|case| id_of(case)).collect();
    let without: Vec<_> = ids.difference(&shown).collect();
    assert!(without.is_empty(), "without a case: {without:?}");
    let unknown: Vec<_> = shown.difference(&ids).collect();
    assert!(unknown.is_empty(), "cases of no change: {unknown:?}");
    for id in ids {
        assert!(rules::find(&id).is_some() && lints::explain(&id).is_ok(), "{id} is not explained");
    }
}

#[test]
fn the_document_for_programs_follows_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(json::SCHEMA).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for case in cases() {
        let (report, sources) = report(&case.join("old"), &case.join("new"));
        let document = json::render(&report, &sources, FailOn::Breaking);
        let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
        let faults: Vec<_> = validator.iter_errors(&document).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", name(&case));
        assert_eq!(document["changes"].as_array().map(Vec::len), Some(report.items.len()));
    }
    assert!(!validator.is_valid(&serde_json::json!({"errbook_diff": 1})));
}
