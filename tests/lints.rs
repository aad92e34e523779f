//! Every rule and every lint, shown by a book that breaks it and one that does not.
//!
//! `tests/lints/<id>/bad` and `…/good` hold the files of a book; `errbook.yaml` may be left out where it says nothing,
//! and then names the domains that are there. The good book has no finding at all. What errbook says about the bad
//! one, with every lint switched on, is in `tests/lints/<id>/expected.txt`: a case that another lint speaks up in
//! shows there. With `UPDATE_EXPECT=1` in the environment the pictures are written instead of compared; look at the
//! difference before it is committed.

use errbook::diagnostics::text::Colour;
use errbook::diagnostics::{self, Diagnostic, Sources};
use errbook::lints::{self, Baseline, Context, LINTS, Levels, LintLevel, Places};
use errbook::rules::{self, Explanation};
use errbook::spec::tree::Disk;
use errbook::spec::yaml;
use errbook::{languages, model, output, spec};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

fn files(folder: &Path) -> Vec<PathBuf> {
    entries(folder)
        .into_iter()
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// Copies a case to a folder of its own and writes the `errbook.yaml` that it left out.
fn lay_out(case: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for file in files(case) {
        let target = folder.path().join(file.strip_prefix(case).expect("below the case"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("writable");
        fs::copy(&file, &target).expect("copied");
    }
    let book = folder.path().join("errbook.yaml");
    if !book.exists() {
        let domains: Vec<_> = entries(&case.join("domains"))
            .iter()
            .map(|path| name(path).trim_end_matches(".yaml").to_owned())
            .collect();
        let head = "errbook: 1\nversion: 1.0.0\ntitle: Test\nlocales: [en, zh-Hans]\n";
        fs::write(&book, format!("{head}domains: [{}]\n", domains.join(", "))).expect("writable");
    }
    folder
}

/// Everything that is said about a book: the faults that make it invalid, or else what the lints find, with those
/// that are off by default switched on.
fn findings(book: &Path, sources: &mut Sources) -> Vec<Diagnostic> {
    let (files, warnings) = spec::load_from(&Disk, book, sources).expect("readable");
    let Some(files) = files.filter(|_| !diagnostics::any_error(&warnings)) else { return warnings };
    let unlisted = spec::unlisted(&Disk, &files).expect("readable");
    let (book_model, found) = model::resolve_what_can_be(files);
    if diagnostics::any_error(&found) {
        return found;
    }
    let (mut levels, mut faults) = Levels::read(&book_model.lints);
    levels.raise(LintLevel::Warn);
    faults.extend(warnings);
    faults.extend(found);
    faults.extend(unlisted);
    let folder = book.parent().expect("a folder");
    let path = folder.join(Baseline::FILE);
    let baseline = if path.exists() {
        let id = sources.read(&path).expect("readable").expect("a text");
        match yaml::parse(sources, id) {
            Ok(root) => Baseline::read(&root, &mut faults).unwrap_or_default(),
            Err(found) => {
                faults.extend(found);
                Baseline::default()
            }
        }
    } else {
        Baseline::default()
    };
    let spellings = languages::spellings();
    let mut report = lints::run(
        &Context { book: &book_model, sources, spellings: &spellings },
        &levels,
        &baseline,
        Places::Counted,
    );
    if let Err(found) = output::plan(&book_model, folder, &output::Filter::default()) {
        faults.extend(found.into_iter().filter(|fault| {
            report.diagnostics.iter().all(|other| other.id != fault.id || other.span() != fault.span())
        }));
    }
    report.diagnostics.append(&mut faults);
    lints::tell_once(&mut report.diagnostics);
    diagnostics::sort(&mut report.diagnostics);
    report.diagnostics
}

/// The findings as text, with paths as they are below the case.
fn picture(case: &Path) -> (Vec<&'static str>, String) {
    let folder = lay_out(case);
    let mut sources = Sources::default();
    let found = findings(&folder.path().join("errbook.yaml"), &mut sources);
    let text = diagnostics::text::render(&found, &sources, Colour::Never);
    let prefix = format!("{}/", folder.path().display());
    (found.iter().map(|finding| finding.id).collect(), text.replace(&prefix, ""))
}

#[test]
fn every_case_is_told_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let cases = entries(&root().join("tests/lints"));
    assert!(!cases.is_empty(), "there are cases");
    let mut wrong = Vec::new();
    for case in cases {
        let id = name(&case);
        let (found, text) = picture(&case.join("bad"));
        if !found.contains(&id.as_str()) {
            wrong.push(format!("{id}: the bad book has no such finding, but {found:?}\n{text}"));
        }
        let expected = case.join("expected.txt");
        if update {
            fs::write(&expected, &text).expect("writable");
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            wrong.push(format!(
                "{id}: the picture is another one; run with UPDATE_EXPECT=1 and look at it\n{text}"
            ));
        }
        if case.join("good").exists() {
            let (_, text) = picture(&case.join("good"));
            if !text.is_empty() {
                wrong.push(format!("{id}: the good book has findings\n{text}"));
            }
        } else {
            wrong.push(format!("{id}: there is no good book"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_mended_stays_mended() {
    let mut count = 0;
    for case in entries(&root().join("tests/lints")) {
        let folder = lay_out(&case.join("bad"));
        let fix = || {
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_errbook"))
                .args(["lint", "--fix"])
                .current_dir(folder.path())
                .output()
                .expect("errbook runs");
            let said = String::from_utf8(output.stderr).expect("text");
            let (mended, _) =
                said.split_once(" mended\n").unwrap_or_else(|| panic!("{}: {said}", case.display()));
            (mended.parse::<usize>().expect("a number"), said.matches("\nerror[").count())
        };
        let texts = || files(folder.path()).into_iter().map(|path| fs::read(path).expect("readable"));
        let (mended, errors) = fix();
        let once: Vec<_> = texts().collect();
        let again = fix();
        assert_eq!(again, (0, errors), "{}", case.display());
        assert!(texts().eq(once), "{}: the second run changes something", case.display());
        count += mended;
    }
    assert!(count > 10, "something is mended: {count}");
}

#[test]
fn every_form_for_other_programs_is_valid() {
    let schema = |text: &str| serde_json::from_str::<Value>(text).expect("a schema is JSON");
    let sarif =
        fs::read_to_string(root().join("tests/schemas/sarif-2.1.0.json")).expect("the schema is there");
    let mut sarif = schema(&sarif);
    // Its pattern of languages has a stray bracket, which the validator takes for no expression.
    for part in ["run", "toolComponent"] {
        sarif["definitions"][part]["properties"]["language"]["pattern"] = "".into();
    }
    let sarif = jsonschema::options().should_validate_formats(true).build(&sarif).expect("a schema");
    let line = jsonschema::draft7::new(&schema(diagnostics::json::SCHEMA)).expect("a schema");
    let told = |validator: &jsonschema::Validator, value: &Value| {
        validator
            .iter_errors(value)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect::<Vec<_>>()
    };
    // What has no place in the schema is refused, so that an accepted document says something.
    assert!(!told(&sarif, &serde_json::json!({"version": "2.1.0", "runs": [{"tool": {}}]})).is_empty());
    assert!(!told(&line, &serde_json::json!({"id": "x"})).is_empty());
    let annotation = regex::Regex::new(
        r"^::(?:error|warning) (?:file=[^:,]+,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?,)?title=[a-z0-9_]+::.+$",
    )
    .expect("valid");
    let mut count = 0;
    for case in entries(&root().join("tests/lints")) {
        let folder = lay_out(&case.join("bad"));
        let mut sources = Sources::default();
        let found = findings(&folder.path().join("errbook.yaml"), &mut sources);
        let name = name(&case);
        let document = diagnostics::sarif::render(&found, &sources, lints::meaning);
        let document: Value = serde_json::from_str(&document).expect("SARIF is JSON");
        assert_eq!(told(&sarif, &document), [""; 0], "{name}");
        assert_eq!(document["runs"][0]["results"].as_array().map(Vec::len), Some(found.len()), "{name}");
        let lines = diagnostics::json::render(&found, &sources);
        assert_eq!(lines.lines().count(), found.len(), "{name}");
        for text in lines.lines() {
            let value: Value = serde_json::from_str(text).expect("a line is JSON");
            assert_eq!(told(&line, &value), [""; 0], "{name}: {text}");
        }
        let annotations = diagnostics::github::render(&found, &sources);
        assert_eq!(annotations.lines().count(), found.len(), "{name}");
        assert!(annotations.lines().all(|line| annotation.is_match(line)), "{name}: {annotations}");
        count += found.len();
    }
    assert!(count > 100, "the cases have findings: {count}");
}

#[test]
fn every_example_is_that_of_its_case() {
    let lints = LINTS.iter().map(|lint| (lint.id, lint.explanation));
    let mut wrong = Vec::new();
    for (id, explanation) in lints.chain(rules::all().map(|rule| (rule.id, rule.explanation))) {
        let case = root().join("tests/lints").join(id);
        if !case.exists() {
            // A fault of the bytes, of a document or of the disk has no book to show it; its stage tests it.
            if LINTS.iter().any(|lint| lint.id == id) || !explanation.bad.is_empty() {
                wrong.push(format!("{id} has no case"));
            }
            continue;
        }
        for (which, example) in [("bad", explanation.bad), ("good", explanation.good)] {
            if !stands_in(example, &case.join(which)) {
                wrong.push(format!("the {which} example of {id} is not in its case"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_is_yaml_and_its_repair_is_another() {
    let lints = LINTS.iter().map(|lint| (lint.id, lint.explanation));
    let mut wrong = Vec::new();
    for (id, explanation) in lints.chain(rules::all().map(|rule| (rule.id, rule.explanation))) {
        let Explanation { bad, good, .. } = explanation;
        if bad == good && !bad.is_empty() {
            wrong.push(format!("the examples of {id} are the same"));
        }
        for (which, example) in
            [("bad", bad), ("good", good)].into_iter().filter(|(_, text)| !text.is_empty())
        {
            let mut sources = Sources::default();
            let source = sources.add("example.yaml", example.to_owned());
            // What is wrong with the bad one may be that it is no YAML, and nothing else.
            let read = yaml::parse(&sources, source).map(|_| ());
            let others = read.err().into_iter().flatten().filter(|fault| which == "good" || fault.id != id);
            wrong.extend(others.map(|fault| format!("the {which} example of {id}: {}", fault.message)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_explanation_offers_an_allow_where_one_can_stand() {
    for lint in LINTS {
        let text = lints::explain(lint.id).expect("it can be explained");
        let source = fs::read_to_string(root().join(format!("src/lints/{}.rs", lint.id)));
        let is_beyond = source.expect("a lint has its file").contains("Subject::Book");
        assert_eq!(text.contains("--write-baseline"), is_beyond, "{text}");
        assert_eq!(text.contains("To keep one case"), lint.id != "unused_allow", "{text}");
        assert!(text.contains(&format!("set `lints: {{{}: off}}`", lint.id)), "{text}");
    }
    let text = lints::explain("too_many_nodes").expect("it can be explained");
    assert!(text.contains("a mapping with more than a thousand keys"), "{text}");
}

/// Whether the lines of an example stand in one file of a case, in their order; others may stand between them.
fn stands_in(example: &str, case: &Path) -> bool {
    files(case).iter().any(|file| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let mut lines = text.lines().map(str::trim);
        example.lines().map(str::trim).all(|wanted| lines.any(|line| line == wanted))
    }) || example.is_empty()
}

#[test]
fn the_registry_is_in_order_and_every_explanation_is_whole() {
    let ids: Vec<_> = LINTS.iter().map(|lint| lint.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    let all = lints::ids();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "two things have one id");
    for id in all {
        let text = lints::explain(id).expect("it can be explained");
        assert!(text.starts_with(&format!("# {id}\n")), "{text}");
    }
    let whole = |explanation: &Explanation| {
        [explanation.finds, explanation.why, explanation.fix].iter().all(|text| text.ends_with('.'))
    };
    for lint in LINTS {
        assert!(whole(&lint.explanation), "{}", lint.id);
        let file = root().join(format!("src/lints/{}.rs", lint.id));
        assert!(file.exists(), "{} is missing", file.display());
    }
    for rule in rules::all() {
        assert!(whole(&rule.explanation), "{}", rule.id);
    }
}

#[test]
fn every_id_in_the_sources_is_explained() {
    let constructor =
        regex::Regex::new(r#"(?:(?:Diagnostic::(?:error|warning)|fault)\(\s*|\bid: )"([a-z0-9_]+)""#)
            .expect("valid");
    let known: BTreeSet<_> = lints::ids().into_iter().collect();
    let mut unknown = BTreeSet::new();
    let mut seen = 0;
    for file in files(&root().join("src")) {
        let text = fs::read_to_string(&file).expect("a source is text");
        // What stands below is tests, whose ids are made up.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for id in constructor.captures_iter(text).filter_map(|found| found.get(1)) {
            seen += 1;
            if !known.contains(id.as_str()) {
                unknown.insert(format!("{} in {}", id.as_str(), file.display()));
            }
        }
    }
    assert!(seen > 50, "the sources hold ids");
    assert!(unknown.is_empty(), "{unknown:#?}");
}
