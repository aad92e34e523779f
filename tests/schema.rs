//! The JSON Schemas: another program's validator accepts every good spec of this repository, and finds the fault in
//! bad ones at its place.

use errbook::diagnostics::Sources;
use errbook::languages::LANGUAGES;
use errbook::output::{self, Filter};
use errbook::spec::tree::Memory;
use errbook::{model, schema, spec};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schemas() -> BTreeMap<String, Value> {
    let parsed = |(name, text): (String, String)| {
        (name.replace(".json", ""), serde_json::from_str(&text).expect("JSON"))
    };
    schema::all().map(parsed).collect()
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::draft7::new(schema).expect("a schema of draft 7")
}

/// The places at which a value breaks a schema.
fn faults(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The schema of a file, by its name.
fn kind(path: &Path) -> &'static str {
    match path.file_name().and_then(|name| name.to_str()) {
        Some("errbook.yaml") => "book",
        Some("conditions.yaml") => "conditions",
        Some("vocabulary.yaml") => "vocabulary",
        Some("lint-baseline.yaml") => "baseline",
        Some("waivers.yaml") => "waivers",
        _ => "domain",
    }
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).expect("text");
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_committed_schemas_are_those_of_the_table() {
    for (name, text) in schema::all() {
        let path = root().join("spec/schema").join(&name);
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "{} is stale; run `cargo xtask gen`", path.display());
    }
}

#[test]
fn every_file_of_the_spec_names_its_schema() {
    let mut count = 0;
    for path in yaml_files(&root().join("spec")) {
        let text = fs::read_to_string(&path).expect("text");
        let first = text.lines().next().unwrap_or_default();
        let named = first.strip_prefix("# yaml-language-server: $schema=");
        let named = named.unwrap_or_else(|| panic!("{} has no modeline", path.display()));
        let schema = path.parent().expect("a folder").join(named);
        let schema = schema.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", schema.display()));
        let expected = root().join("spec/schema").join(format!("{}.json", kind(&path)));
        assert_eq!(schema, expected.canonicalize().expect("it is there"), "{}", path.display());
        count += 1;
    }
    assert!(count >= 8, "the book has files");
}

#[test]
fn good_specs_pass() {
    let validators: BTreeMap<_, _> =
        schemas().into_iter().map(|(name, schema)| (name, validator(&schema))).collect();
    let good = |path: &PathBuf| {
        let text = path.to_string_lossy();
        !text.contains("/bad/") && !text.contains("/before/")
    };
    let folders = ["spec", "tests/books", "tests/lints", "tests/fmt"];
    let files = folders.iter().flat_map(|folder| yaml_files(&root().join(folder)));
    let (mut count, mut wrong) = (0, Vec::new());
    for path in files.filter(good) {
        let found = faults(&validators[kind(&path)], &read(&path));
        if !found.is_empty() {
            wrong.push(format!("{}: {found:#?}", path.display()));
        }
        count += 1;
    }
    assert!(count > 150, "there are good specs: {count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sets the value at a JSON Pointer, or takes it out.
fn set(value: &mut Value, pointer: &str, new: Option<Value>) {
    let (parent, last) = pointer.rsplit_once('/').expect("a pointer");
    match (value.pointer_mut(parent), new) {
        (Some(Value::Object(members)), Some(new)) => drop(members.insert(last.to_owned(), new)),
        (Some(Value::Object(members)), None) => drop(members.remove(last).expect("it was there")),
        (Some(Value::Array(items)), Some(new)) => items[last.parse::<usize>().expect("a number")] = new,
        _ => panic!("nothing at {pointer}"),
    }
}

#[test]
fn a_single_fault_is_found_at_its_place() {
    let domain = json!({
        "domain": "acme-cloud", "title": "Acme", "code_type": "int32", "envelope": {"code": "/error/code"},
        "document": {
            "file": "documents/acme.md", "revision": null, "encoding": "gb18030",
            "tables": [
                {"reader": "markdown", "heading": "H", "columns": ["code", "message.en", null], "constants": {"http_status": 404}},
                {"reader": "json", "at": "/data/*", "key": "code", "columns": {"text": "message.en"}},
                {"reader": "pattern", "pattern": "(?<code>[0-9]+)", "lines": 7, "empty": ["N/A"]},
            ],
            "rows": [{"line": 1, "raw": "x", "as": {"code": 1, "message": {"en": "X."}}, "reason": "r"}],
            "ignore": [{"lines": "1-2", "reason": "r"}, {"element": "nav", "reason": "r"}],
        },
        "errors": [{
            "code": 1, "name": "device_offline", "kind": "unavailable", "condition": "device_offline", "retryable": true,
            "http_status": 503, "message": {"en": "Off.", "zh-Hans": "离线。"}, "solution": {"en": "Turn it on."},
            "erratum": {"message": {"en": "Of."}}, "variants": [{"name": "v", "kind": "internal", "message": {"en": "V."}}],
            "former_names": [{"name": "old", "since": "1.0.0"}], "deprecated": {"since": "1.2.0", "use": "other", "note": "n"},
            "allow": {"long_text": "why"}, "note": "n",
        }],
        "retired": [{"code": 2, "name": "gone", "since": "1.0.0", "use": "v", "reason": "r"}],
    });
    let book = json!({
        "errbook": 1, "version": "1.0.0", "title": "T", "locales": ["en"], "domains": ["d"],
        "lints": {"long_text": "off"}, "outputs": {"manifest": "m.json", "rust": {"dir": "out", "crate": "c"}},
    });
    let conditions = json!({
        "conditions": [{"name": "device_offline", "kind": "unavailable", "title": {"en": "Off"}}], "retired": [],
    });
    let vocabulary = json!({"endings": ["failed"], "names": [], "avoid": {"fail": "failed"}});
    let baseline = json!({"baseline": [{"lint": "unsorted", "at": "d/1", "count": 2}]});
    let waivers = json!({
        "waivers": [{"fingerprint": "b5fcd0b3ae57a719", "reason": "r", "who": "w", "expires": "2027-01-31"}],
    });
    let cases = [
        (
            "domain",
            &domain,
            vec![
                ("/domain", Some(json!("Acme"))),
                ("/title", None),
                ("/code_type", Some(json!("int16"))),
                ("/extra", Some(json!(1))),
                ("/errors", Some(json!({}))),
                ("/errors/0/code", Some(json!(true))),
                ("/errors/0/code", Some(json!(""))),
                ("/errors/0/name", Some(json!("DeviceOffline"))),
                ("/errors/0/name", Some(json!("a".repeat(65)))),
                ("/errors/0/name", Some(Value::Null)),
                ("/errors/0/kind", Some(json!("offline"))),
                ("/errors/0/kind", None),
                ("/errors/0/condition", Some(json!("a b"))),
                ("/errors/0/retryable", Some(json!("yes"))),
                ("/errors/0/http_status", Some(json!(99))),
                ("/errors/0/http_status", Some(json!("404"))),
                ("/errors/0/message", Some(json!("Off."))),
                ("/errors/0/message/en", Some(json!(5))),
                ("/errors/0/message/zh_CN", Some(json!("x"))),
                ("/errors/0/mesage", Some(json!({}))),
                ("/errors/0/erratum/messages", Some(json!({}))),
                ("/errors/0/variants/0/code", Some(json!(1))),
                ("/errors/0/variants/0/name", None),
                ("/errors/0/former_names/0/since", Some(json!("1.0"))),
                ("/errors/0/former_names/0", Some(json!("old"))),
                ("/errors/0/deprecated/since", None),
                ("/errors/0/allow/long_txt", Some(json!("w"))),
                ("/errors/0/allow/long_text", Some(json!(1))),
                ("/errors/0/note", Some(json!(["n"]))),
                ("/retired/0/name", None),
                ("/retired/0/since", Some(json!("01.0.0"))),
                ("/document/file", None),
                ("/document/file", Some(json!("a\\b"))),
                ("/document/tables/0/reader", Some(json!("xml"))),
                ("/document/tables/0/columns", None),
                ("/document/tables/0/columns", Some(json!({"a": "code"}))),
                ("/document/tables/0/columns/0", Some(json!("text"))),
                ("/document/tables/0/pattern", Some(json!("x"))),
                ("/document/tables/0/constants/state", Some(json!("x"))),
                ("/document/tables/1/columns", Some(json!(["code"]))),
                ("/document/tables/1/heading", Some(json!("x"))),
                ("/document/tables/2/pattern", None),
                ("/document/tables/2/lines", Some(json!("0-1"))),
                ("/document/tables/2/empty", Some(json!("x"))),
                ("/document/rows/0/line", Some(json!(0))),
                ("/document/rows/0/as/code", None),
                ("/document/rows/0/as/text", Some(json!("x"))),
                ("/document/ignore/0/reason", None),
                ("/envelope/code", Some(json!("error.code"))),
            ],
        ),
        (
            "book",
            &book,
            vec![
                ("/errbook", Some(json!(2))),
                ("/errbook", None),
                ("/version", Some(json!(1))),
                ("/version", Some(json!("1.0"))),
                ("/locales", Some(json!("en"))),
                ("/locales/0", Some(json!("zh_CN"))),
                ("/domains/0", Some(json!("../d"))),
                ("/lints/long_text", Some(json!("error"))),
                ("/lints/long_txt", Some(json!("off"))),
                ("/outputs/cobol", Some(json!({}))),
                ("/outputs/rust/crat", Some(json!("x"))),
                ("/outputs/rust/dir", Some(json!(1))),
                ("/outputs/manifest", Some(json!({}))),
                ("/outputs/rust", Some(json!("out"))),
            ],
        ),
        (
            "conditions",
            &conditions,
            vec![
                ("/conditions/0/name", Some(json!("a-b"))),
                ("/conditions/0/kind", None),
                ("/conditions/0/titel", Some(json!({}))),
                ("/conditions/0/title", Some(json!("Off"))),
                ("/codes", Some(json!([]))),
            ],
        ),
        (
            "vocabulary",
            &vocabulary,
            vec![
                ("/endings/0", Some(json!(1))),
                ("/avoid/fail", Some(json!(["x"]))),
                ("/ending", Some(json!([]))),
            ],
        ),
        (
            "baseline",
            &baseline,
            vec![
                ("/baseline/0/lint", Some(json!("no_lint"))),
                ("/baseline/0/count", Some(json!(0))),
                ("/baseline/0/at", None),
            ],
        ),
        (
            "waivers",
            &waivers,
            vec![
                ("/waivers/0/expires", Some(json!("next year"))),
                ("/waivers/0/who", None),
                ("/waivers/0/code", Some(json!(1))),
                ("/waiver", Some(json!([]))),
            ],
        ),
    ];
    let schemas = schemas();
    assert_eq!(schemas.len(), cases.len(), "each schema has its faults");
    for (name, good, mutations) in cases {
        let validator = validator(&schemas[name]);
        assert_eq!(faults(&validator, good), [""; 0], "{name}");
        for (pointer, new) in mutations {
            let mut bad = good.clone();
            set(&mut bad, pointer, new.clone());
            let found: Vec<_> =
                validator.iter_errors(&bad).map(|fault| fault.instance_path().to_string()).collect();
            // What is missing or unknown is told of the mapping around it.
            let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            assert!(!found.is_empty(), "{name}: {pointer} = {new:?} passes");
            for place in found {
                // `anyOf` tells of the value that was to be one of several.
                assert!(
                    pointer == place || parent == place || pointer.starts_with(&format!("{place}/")),
                    "{name}: {pointer} = {new:?} is told at {place}"
                );
            }
        }
    }
}

/// Calls `check` with every property of a schema and its path.
fn properties<'a>(schema: &'a Value, path: &str, check: &mut dyn FnMut(&str, &'a Value)) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                if let ("properties", Value::Object(found)) = (key.as_str(), value)
                    && !path.contains("/then")
                    && !path.contains("/if")
                {
                    for (name, property) in found {
                        check(&format!("{path}/{name}"), property);
                    }
                }
                properties(value, &format!("{path}/{key}"), check);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, path, check)),
        _ => {}
    }
}

#[test]
fn every_key_is_described_and_its_examples_are_right() {
    let (mut described, mut examples) = (0, 0);
    for (name, schema) in schemas() {
        properties(&schema, &name, &mut |path, property| {
            let about = property["description"].as_str().unwrap_or_default();
            assert!(about.ends_with('.') && about.len() > 8, "{path}: {about:?}");
            described += 1;
            let mut alone = property.clone();
            alone["definitions"] = schema["definitions"].clone();
            let validator = validator(&alone);
            for example in property["examples"].as_array().into_iter().flatten() {
                let found = faults(&validator, example);
                assert!(found.is_empty(), "{path}: {example} is no example: {found:?}");
                examples += 1;
            }
        });
    }
    assert!(described > 150 && examples > 60, "{described} {examples}");
}

#[test]
fn the_options_of_each_output_are_those_that_it_reads() {
    let schemas = schemas();
    for language in LANGUAGES {
        let id = language.id();
        let mut memory = Memory::new("");
        let unknown = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
        let book = format!(
            "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: []\noutputs: {{{id}: {{{unknown}: x}}}}\n"
        );
        memory.insert("errbook.yaml", book);
        let path = Path::new("errbook.yaml");
        let (files, _) = spec::load_from(&memory, path, &mut Sources::default()).expect("in memory");
        let book = model::resolve(files.expect("a book")).expect("a valid book");
        let plan = output::plan(&book, Path::new("/tmp"), &Filter::default());
        let faults = plan.err().expect("an unknown key");
        let help = faults.iter().find(|fault| fault.id == "unknown_key").and_then(|fault| fault.help.clone());
        let help = help.expect("the keys are named");
        let read: BTreeSet<_> = help.strip_prefix("known keys: ").expect("a list").split(", ").collect();
        let options = &schemas["book"]["properties"]["outputs"]["anyOf"][0]["properties"][id]["properties"];
        let known: BTreeSet<_> =
            options.as_object().expect("the output is there").keys().map(String::as_str).collect();
        assert_eq!(read, known, "{id}");
    }
}
