//! Properties of whatever reads: of any bytes, of bytes that nearly are what is read, and of what is written by rule and
//! must come back.
//!
//! The modules beside this one say what holds of any bytes; the targets in `fuzz/` give them theirs. Here proptest does,
//! the same ones in every run: a failure is a failure of the change, and not of the day. `PROPTEST_CASES` asks for more.

mod account;
mod document;
mod export;
mod format;
mod located;
mod table;
mod write;
mod yaml;

use errbook::diagnostics::Sources;
use errbook::spec::yaml::{NodeKind, parse};
use errbook::spec::{load_from, read, recipe, tree::Memory};
use errbook::{import, model};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use std::path::Path;
use write::Style;

fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = RngSeed::Fixed(20_260_101);
    Config { cases: asked.unwrap_or(cases), failure_persistence: None, rng_seed, ..Config::default() }
}

/// Text that is made of the pieces which mean something to a reader.
fn pieces(of: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(of), 0..60).prop_map(|pieces| pieces.concat().into_bytes())
}

const YAML: &[&str] = &[
    "domain: d\n",
    "title: T\n",
    "code_type: int32\n",
    "errors:\n",
    "  - code: 1\n",
    "    name: a\n",
    "    kind: internal\n",
    "    message: {en: x, zh-Hans: y}\n",
    "    message:\n      en: x\n      zh-Hans: y\n",
    "\n",
    " ",
    "  ",
    "    ",
    "- ",
    "a",
    "b: ",
    ":",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "|-\n",
    "#",
    " # c\n",
    "\t",
    "\\",
    "\\n",
    "&a ",
    "*a",
    "!t ",
    "? ",
    "---\n",
    "...\n",
    "%",
    "\r\n",
    "\r",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "~",
    "null",
    "1",
    "-1",
    "设备",
    "tables:\n",
    "document:\n",
    "retired:\n",
    "locales: [en]\n",
    "errbook: 1\n",
];

const DOCUMENT: &[&str] = &[
    "|",
    "-",
    "\n",
    "1",
    "2 ",
    "设备",
    "\"",
    ",",
    ";",
    "\\",
    "> ",
    " ",
    "\t",
    "`",
    "\u{3000}",
    "|a|b|\n|-|-|\n",
    "|1|x|\n",
    "😀",
    "<table>",
    "<tr><td rowspan=0 colspan=9>",
    "<tr><td>1<td>x",
    "</td>",
    "</table>",
    "<p>",
    "<!--",
    "-->",
    "<script>",
    "&lt",
    "&#x1F;",
    "{\"code\": 1}",
    "{\"",
    "\": ",
    "{",
    "}",
    "[",
    "]",
    "\\u0000",
    "# a\n",
    "\r\n",
    "\u{0}",
    "\u{c}",
    "\u{b}",
    "\u{2028}",
];

const TABLE: &[&str] = &[
    "\u{0}",
    "key,code,kind,fixed,en,zh-Hans\n",
    "key;en\n",
    "key\ten\n",
    "errors.d.a.message",
    "errors.d.b.solution",
    "errors.d.f.message",
    "conditions.c.title",
    ",",
    ";",
    "\t",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "x",
    "=1+1",
    "'",
    "设备",
    "d/1",
    "internal",
    " ",
    "\u{feff}",
    "\u{2028}",
    "a: b #c",
    "{}",
    "|",
    "\\",
];

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn any_bytes_are_yaml_for_both_readers_or_for_none(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        yaml::check(&bytes);
    }

    #[test]
    fn pieces_of_yaml_are_read_by_both_readers_or_by_none(bytes in pieces(YAML)) {
        yaml::check(&bytes);
    }

    #[test]
    fn any_bytes_are_a_document(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        document::check(&bytes);
    }

    #[test]
    fn pieces_of_documents_are_read_or_told(first in any::<u8>(), mut bytes in pieces(DOCUMENT)) {
        bytes.insert(0, first);
        document::check(&bytes);
    }

    #[test]
    fn pieces_of_a_table_are_taken_over_or_refused(bytes in pieces(TABLE)) {
        table::check(&bytes);
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn pieces_of_a_domain_keep_what_they_say_in_their_form(bytes in pieces(YAML)) {
        format::check(&[b"domain: d\ntitle: T\ncode_type: int32\nerrors:\n  - code: 7\n    name: z\n    kind: internal\n    message: {en: x, zh-Hans: y}\n", &*bytes].concat());
        format::check(&bytes);
    }

    #[test]
    fn what_is_exported_of_pieces_of_a_domain_comes_back(bytes in pieces(YAML)) {
        export::check(&[b"domain: d\ntitle: T\ncode_type: int32\nerrors:\n  - code: 7\n    name: z\n    kind: internal\n    message: {en: x, zh-Hans: y}\n", &*bytes].concat());
        export::check(&bytes);
    }
}

/// A text of a cell, without blanks at its ends and without line ends.
fn cell() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec![
        "a", "B", "7", " ", ".", "设备", "，", "\"", "'", "|", "\\", "<", ">", "&", "&amp;", "<br>", "`",
        "*", "_", "#", "-", ";", ",", ":", "=", "{}", "[", "]", "$", "%", "é", "e\u{301}", "😀", "\u{a0}",
        "\u{3000}", "\u{200b}", "\u{202e}", "\u{feff}", "//", "\\n", "\\u0041",
    ]);
    let text = prop::collection::vec(letters, 1..12).prop_map(|letters| letters.concat());
    // A cell of blanks is an empty one, and no mark may stand where a file's own would.
    let text =
        text.prop_map(|text| text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    text.prop_map(|text| {
        if text.trim().is_empty() || text.starts_with('\u{feff}') { format!("x{text}") } else { text }
    })
}

fn rows() -> impl Strategy<Value = Vec<(u32, String)>> {
    let rows = prop::collection::btree_map(1_u32..100_000, cell(), 1..8);
    rows.prop_map(|rows| rows.into_iter().collect())
}

/// What a recipe reads from a text must be these rows and nothing else.
fn reads(recipe_text: &str, text: &str, rows: &[(u32, String)]) {
    let mut sources = Sources::default();
    let id = sources.add("recipe.yaml", format!("file: a\n{recipe_text}\n"));
    let block = parse(&sources, id).expect("the recipes are YAML");
    let recipe = recipe::recipe(&block, &mut Vec::new()).expect("the recipes are right");
    let document = sources.add_document(Path::new("a"), text.as_bytes(), None).expect("it is text");
    let reading =
        errbook::document::read(&sources, document, &recipe, &mut errbook::document::Effort::default());
    let told: Vec<_> = reading.findings.iter().map(|finding| (finding.id, &finding.message)).collect();
    assert!(told.is_empty(), "{told:?} of\n{text}");
    let text_of = |texts: &[(String, errbook::diagnostics::Loc<String>)]| {
        texts.first().map(|(_, text)| text.value.clone())
    };
    let read: Vec<_> =
        reading.rows.iter().map(|row| (row.code.value.clone(), text_of(&row.message))).collect();
    let wanted: Vec<_> = rows.iter().map(|(code, text)| (code.to_string(), Some(text.clone()))).collect();
    assert_eq!(read, wanted, "of\n{text}");
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn rows_of_a_sheet_come_back(rows in rows(), style in any::<u64>()) {
        let (text, separator) = write::delimited(&rows, &mut Style(style));
        let recipe = format!("tables: [{{reader: delimited, columns: [code, message.en], separator: \"{}\", header: 1}}]", separator.escape_default());
        reads(&recipe, &text, &rows);
    }

    #[test]
    fn rows_of_a_markdown_table_come_back(rows in rows(), style in any::<u64>()) {
        let text = write::markdown(&rows, &mut Style(style));
        reads("tables: [{reader: markdown, columns: [code, message.en]}]", &text, &rows);
    }

    #[test]
    fn rows_of_a_page_come_back(rows in rows(), style in any::<u64>()) {
        let text = write::html(&rows, &mut Style(style));
        // Pages fill cells with no-break blanks.
        let shown: Vec<_> = rows.into_iter().map(|(code, text)| (code, text.trim().to_owned())).collect();
        reads("tables: [{reader: html, columns: [code, message.en]}]", &text, &shown);
    }

    #[test]
    fn rows_of_a_dump_come_back(rows in rows(), style in any::<u64>()) {
        reads("tables: [{reader: json, columns: {code: code, /text/en: message.en}}]", &write::items(&rows, &mut Style(style)), &rows);
        reads("tables: [{reader: json, key: code, columns: {'': message.en}}]", &write::members(&rows, &mut Style(style)), &rows);
    }

    #[test]
    fn rows_that_a_pattern_describes_come_back(rows in rows()) {
        let lines: Vec<_> = rows.iter().map(|(code, text)| format!("- {code}: {text}\n")).collect();
        let text = lines.concat();
        reads("tables: [{reader: pattern, pattern: '(?m)^- (?<code>\\d+): (?<message.en>.+)$'}]", &text, &rows);
    }

    #[test]
    fn a_tree_that_another_writer_wrote_comes_back(value in trees()) {
        let mut sources = Sources::default();
        let text = serde_yaml::to_string(&value).expect("it has a YAML form");
        let id = sources.add("a.yaml", text.clone());
        let node = parse(&sources, id);
        if let serde_yaml::Value::String(_) = value {
            return Ok(());
        }
        let node = node.unwrap_or_else(|faults| panic!("{faults:?} of\n{text}"));
        same(&node.kind, &value, &text);
        yaml::check(text.as_bytes());
    }

    #[test]
    fn texts_that_come_back_from_translators_are_those_of_the_book(texts in prop::collection::vec(translated(), 14)) {
        let exported = table::exported();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(exported.trim_start_matches('\u{feff}').as_bytes());
        let mut records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a row")).collect();
        let mut texts = texts.into_iter();
        let mut wanted = Vec::new();
        for record in records.iter_mut().skip(1) {
            let cells: Vec<String> = record.iter().take(4).map(str::to_owned).chain([texts.next(), texts.next()].map(|text| text.expect("enough texts"))).collect();
            wanted.extend_from_slice(&cells[4..]);
            *record = cells.iter().map(|cell| write::guarded(cell)).collect();
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        for record in &records {
            writer.write_record(record).expect("memory takes all");
        }
        let book = table::taken_over(&writer.into_inner().expect("memory takes all")).expect("no fault");
        let said = errbook::export::book_text(&book, None);
        let mut said: Vec<_> = leaves(&serde_json::from_str(&said).expect("JSON"));
        for text in wanted {
            let place = said.iter().position(|other| *other == text);
            said.remove(place.unwrap_or_else(|| panic!("{text:?} is none of the book's texts: {said:?}")));
        }
    }

    #[test]
    fn new_rows_become_the_entries_of_a_book(rows in rows(), style in any::<u64>()) {
        let domain = "domain: d\ntitle: D\ncode_type: int32\ndocument:\n  file: a\n  tables: [{reader: json, columns: {code: code, /text/en: message.en}}]\nerrors: []\n";
        let mut sources = Sources::default();
        let id = sources.add("domains/d.yaml", domain.to_owned());
        let mut faults = Vec::new();
        let spec = read::domain(&parse(&sources, id).expect("YAML"), &mut faults).expect("a domain");
        let recipe = recipe::recipe(spec.document.as_ref().expect("a document"), &mut faults).expect("a recipe");
        let dump = write::items(&rows, &mut Style(style));
        let document = sources.add_document(Path::new("a"), dump.as_bytes(), None).expect("it is text");
        let reading = errbook::document::read(&sources, document, &recipe, &mut errbook::document::Effort::default());
        let locales = [errbook::diagnostics::Loc::new("en".to_owned(), spec.span)];
        let import = import::import(&sources, &spec, &locales, &reading);
        assert!(import.findings.is_empty(), "{:?}", import.findings);
        let (_, text) = import.files.first().expect("there are new entries");
        let mut memory = Memory::new("");
        memory.insert("errbook.yaml", "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\n");
        memory.insert("domains/d.yaml", text.as_bytes());
        let loaded = load_from(&memory, Path::new("errbook.yaml"), &mut Sources::default());
        let (files, faults) = loaded.expect("everything is in memory");
        assert!(faults.is_empty(), "{faults:?}\n{text}");
        let book = model::resolve(files.expect("a book")).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
        let read: Vec<_> = book.domains[0].errors.iter().map(|error| (error.code.to_string(), error.meaning.message.written(0).map(str::to_owned))).collect();
        let wanted: Vec<_> = rows.iter().map(|(code, text)| (code.to_string(), Some(text.clone()))).collect();
        assert_eq!(read, wanted);
        format::check(text.as_bytes());
    }
}

/// What a fuzz target or a property found once is kept, byte for byte: `tests/corpus/<target>/<what it was>`.
#[test]
fn what_was_found_once_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let paths = |folder: &Path| {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
        paths.sort();
        paths
    };
    for target in paths(&corpus) {
        let check = match target.file_name().and_then(|name| name.to_str()) {
            Some("document") => document::check,
            Some("export") => export::check,
            Some("format") => format::check,
            Some("table") => table::check,
            Some("yaml") => yaml::check,
            other => panic!("{other:?} is no target"),
        };
        for case in paths(&target) {
            let bytes = std::fs::read(&case).expect("readable");
            let held = std::panic::catch_unwind(|| check(&bytes));
            assert!(held.is_ok(), "{} does not hold", case.display());
        }
    }
}

/// The fuzz targets are compiled by hand alone, so what they take from here is looked at.
#[test]
fn every_property_of_any_bytes_has_a_fuzz_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &str| {
        let entries = std::fs::read_dir(root.join(folder)).expect("a folder");
        let files = entries.map(|entry| entry.expect("readable").path());
        let texts = files.map(|file| (file.clone(), std::fs::read_to_string(file).expect("text")));
        texts.collect::<std::collections::BTreeMap<_, _>>()
    };
    let manifest = std::fs::read_to_string(root.join("fuzz/Cargo.toml")).expect("text");
    let mut properties = Vec::new();
    for (file, text) in names("tests/properties") {
        if text.contains("\npub(crate) fn check(bytes: &[u8])") {
            properties.push(file.file_name().expect("a name").to_owned());
        }
    }
    let mut targets = Vec::new();
    for (file, text) in names("fuzz/fuzz_targets") {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        for needed in [
            format!("#[path = \"../../tests/properties/{name}.rs\"]\nmod {name};"),
            "#[path = \"../../tests/properties/located.rs\"]\nmod located;".to_owned(),
            format!("fuzz_target!(|data: &[u8]| {name}::check(data));"),
        ] {
            assert!(text.contains(&needed), "{}: {needed}", file.display());
        }
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is in no manifest");
        targets.push(file.file_name().expect("a name").to_owned());
    }
    assert_eq!(properties, targets);
}

/// Every text inside a value.
fn leaves(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(items) => items.iter().flat_map(leaves).collect(),
        serde_json::Value::Object(members) => members.values().flat_map(leaves).collect(),
        _ => Vec::new(),
    }
}

/// A text that a translator may write: anything but nothing.
fn translated() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec![
        "a", "设", " ", "\n", "\t", "\"", "'", "=", "+", "-", "@", "#", ": ", " #", "{", "}", "[", "]", ",",
        "|", ">", "\\", "&", "*", "!", "%", "`", "~", "null", "true", "1", "1.0", "\u{85}", "\u{a0}",
        "\u{2028}", "\u{202e}", "\u{feff}", "\u{7f}", "\u{1b}", "😀", "---\n", "...\n",
    ]);
    let text = prop::collection::vec(letters, 0..10).prop_map(|letters| letters.concat());
    text.prop_map(|text| if text.trim().is_empty() { format!("x{text}") } else { text })
}

/// Any tree of mappings, lists and texts.
fn trees() -> impl Strategy<Value = serde_yaml::Value> {
    // These ended a line in YAML 1.1, which the other one writes.
    let leaf = translated().prop_map(|text| text.replace(['\u{85}', '\u{2028}'], "").into());
    leaf.prop_recursive(5, 40, 6, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..6).prop_map(serde_yaml::Value::Sequence);
        let map = prop::collection::btree_map("[a-z_]{1,6}|[a-z ]{1,4}|设备|\\PC{1,3}", inner, 0..6);
        let map = map.prop_map(|map| {
            serde_yaml::Value::Mapping(map.into_iter().map(|(key, value)| (key.into(), value)).collect())
        });
        prop_oneof![list, map]
    })
}

/// Our tree has the texts of the other.
fn same(node: &NodeKind, value: &serde_yaml::Value, text: &str) {
    match (node, value) {
        (NodeKind::Scalar(scalar), serde_yaml::Value::String(wanted)) => {
            assert_eq!(scalar.text, *wanted, "in\n{text}");
        }
        (NodeKind::Sequence(items), serde_yaml::Value::Sequence(values)) => {
            assert_eq!(items.len(), values.len(), "in\n{text}");
            items.iter().zip(values).for_each(|(item, value)| same(&item.kind, value, text));
        }
        (NodeKind::Mapping(entries), serde_yaml::Value::Mapping(values)) => {
            assert_eq!(entries.len(), values.len(), "in\n{text}");
            for ((key, item), (wanted, value)) in entries.iter().zip(values) {
                assert_eq!(Some(key.value.as_str()), wanted.as_str(), "in\n{text}");
                same(&item.kind, value, text);
            }
        }
        (ours, theirs) => panic!("{ours:?} and {theirs:?} in\n{text}"),
    }
}
