//! Platform resources, read as their platforms read them: every text comes out as the spec says it, for every book.
//!
//! The expectations are taken from the model, not from the catalogue that the outputs are made of. Android's files are
//! packaged by the real aapt2, because its escapes are a second language within XML; where it is missing, that is a loud
//! skip, and a failure where `CI` or `ERRBOOK_REQUIRE_TOOLCHAINS` is set.

#[path = "shared/book.rs"]
mod book;
#[path = "shared/books.rs"]
mod books;
#[path = "shared/output.rs"]
mod output;

use book::load;
use errbook::diagnostics::Sources;
use errbook::languages::{self, Options};
use errbook::model::{self, Book, ErrorCode, Name, Texts};
use errbook::spec;
use output::files;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The book of this repository, those of `tests/books`, and one that tries to mislead.
fn books() -> Vec<(PathBuf, Book)> {
    let mut paths = books::books();
    if books::elsewhere().is_none() {
        paths.push(root().join("spec/errbook.yaml"));
    }
    let mut books: Vec<_> = paths.into_iter().map(|path| (path.clone(), load(&path))).collect();
    books.push((PathBuf::from("tricky"), tricky()));
    books
}

/// Names that look like plural forms or contexts, and texts that look like placeholders, in two locales of which the second
/// lacks a solution.
fn tricky() -> Book {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut domain = "domain: a-b\ntitle: D\ncode_type: int32\nerrors:\n".to_owned();
    let names =
        ["item", "item_one", "item_other", "item_zero", "item_male", "one", "other", "message", "solution"];
    let texts = [
        "{{name}} and {{- name}}",
        "$t(errors.a-b.item.message)",
        "a:b.c:d",
        "%s %1$@ %%",
        "<0>x</0> &amp; 'y'",
        "{{count}} items",
        "{name, plural, one {# x} other {# y}}",
        "设备\u{202e}\u{2028}",
        "  edges\n ",
    ];
    for (index, (name, text)) in names.into_iter().zip(texts).enumerate() {
        let text = spec::write::quoted(text);
        let entry = format!(
            "  - code: {index}\n    name: {name}\n    kind: internal\n    message:\n      en: {text}\n      zh-Hans: {text}\n    solution:\n      en: {text}\n"
        );
        domain.push_str(&entry);
    }
    std::fs::create_dir(folder.path().join("domains")).expect("writable");
    let head = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [a-b]\n";
    std::fs::write(folder.path().join("errbook.yaml"), head).expect("writable");
    std::fs::write(folder.path().join("domains/a-b.yaml"), domain).expect("writable");
    load(&folder.path().join("errbook.yaml"))
}

/// A text of the book: the words of its key, its current name if the key has a former one, and itself in one locale.
struct Expected<'a> {
    words: [&'a str; 4],
    current: &'a Name,
    texts: &'a Texts,
}

/// Every text that a catalogue holds; the first word is empty for conditions.
fn expected(book: &Book) -> Vec<Expected<'_>> {
    let mut all = Vec::new();
    for domain in &book.domains {
        for error in &domain.errors {
            let current = &error.meaning.name;
            let former = error.former_names.iter().map(|former| &former.name);
            for name in std::iter::once(current).chain(former) {
                let texts = [("message", &error.meaning.message), ("solution", &error.meaning.solution)];
                for (field, texts) in texts {
                    let words = ["errors", domain.id.as_str(), name.as_str(), field];
                    all.push(Expected { words, current, texts });
                }
            }
        }
    }
    for condition in &book.conditions {
        let former = condition.former_names.iter().map(|former| &former.name);
        for name in std::iter::once(&condition.name).chain(former) {
            for (field, texts) in [("title", &condition.title), ("description", &condition.description)] {
                let words = ["", "conditions", name.as_str(), field];
                all.push(Expected { words, current: &condition.name, texts });
            }
        }
    }
    all
}

/// Keys and texts of one locale.
fn of_locale(book: &Book, index: usize) -> BTreeMap<String, String> {
    let expected = expected(book);
    let text = |it: &Expected<'_>| Some((key(it.words), it.texts.written(index)?.to_owned()));
    expected.iter().filter_map(text).collect()
}

fn key(words: [&str; 4]) -> String {
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(".")
}

/// Fails with the first few keys that differ: whole catalogues are too long to read.
fn assert_same(found: &BTreeMap<String, String>, wanted: &BTreeMap<String, String>, what: &str) {
    let keys: std::collections::BTreeSet<_> = found.keys().chain(wanted.keys()).collect();
    let differ = keys.into_iter().filter(|key| found.get(*key) != wanted.get(*key));
    let told: Vec<_> = differ.map(|key| (key, found.get(key), wanted.get(key))).take(3).collect();
    assert!(told.is_empty(), "{what}: key, found, wanted: {told:#?}");
    assert!(!wanted.is_empty(), "{what}: there are texts");
}

#[test]
fn catalogues_for_the_web_hold_every_text() {
    for (path, book) in books() {
        let files = files(&book, "web");
        assert_eq!(files.len(), 2 * book.locales.len());
        for (index, locale) in book.locales.iter().enumerate() {
            let wanted = of_locale(&book, index);
            let plain: BTreeMap<String, String> =
                serde_json::from_str(&files[&format!("plain/{locale}.json")]).expect("keys and texts");
            assert_same(&plain, &wanted, &format!("{} {locale}", path.display()));
            let nested: Value =
                serde_json::from_str(&files[&format!("i18next/{locale}/errbook.json")]).expect("JSON");
            let mut found = BTreeMap::new();
            flatten(&nested, String::new(), &mut found);
            assert_same(&found, &wanted, &format!("{} {locale}", path.display()));
        }
    }
}

/// The leaves of nested objects under their words, joined by dots: how i18next looks up a key.
fn flatten(value: &Value, at: String, found: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            found.insert(at, text.clone());
        }
        Value::Object(members) => {
            for (word, member) in members {
                let at = if at.is_empty() { word.clone() } else { format!("{at}.{word}") };
                flatten(member, at, found);
            }
        }
        other => panic!("{at} is {other}"),
    }
}

#[test]
fn i18next_reads_every_text_as_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (index, (_, book)) in books().into_iter().enumerate() {
        let folder = folder.path().join(index.to_string());
        for (path, body) in files(&book, "web") {
            let path = folder.join("web").join(path);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("writable");
            std::fs::write(path, body).expect("writable");
        }
        let tags: Vec<_> = book.locales.iter().map(model::Locale::tag).collect();
        // From the model, and not from the other catalogue.
        let texts: Vec<_> = (0..tags.len()).map(|index| of_locale(&book, index)).collect();
        let wanted = serde_json::json!({"locales": tags, "texts": texts}).to_string();
        std::fs::write(folder.join("wanted.json"), wanted).expect("writable");
    }
    let run = Command::new("browser-node").arg(root().join("tests/i18next.cjs")).arg(folder.path()).output();
    match run {
        Ok(run) => assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr)),
        Err(_) => skipped("browser-node", "i18next reads the catalogues"),
    }
}

#[test]
fn the_string_catalog_holds_every_text() {
    for (path, book) in books() {
        let files = files(&book, "apple");
        let catalog: Value = serde_json::from_str(&files["Errbook.xcstrings"]).expect("JSON");
        assert_eq!(catalog["version"], "1.0");
        assert_eq!(catalog["sourceLanguage"], book.locales[0].tag());
        let strings = catalog["strings"].as_object().expect("an object");
        for (index, locale) in book.locales.iter().enumerate() {
            let value = |(key, entry): (&String, &Value)| {
                assert_eq!(entry["extractionState"], "manual", "Xcode would delete {key}");
                let unit = entry["localizations"].get(locale.tag())?.get("stringUnit").expect("a unit");
                assert_eq!(unit["state"], "translated");
                Some((key.clone(), unit["value"].as_str().expect("text").to_owned()))
            };
            let found: BTreeMap<_, _> = strings.iter().filter_map(value).collect();
            assert_same(&found, &of_locale(&book, index), &format!("{} {locale}", path.display()));
        }
    }
}

/// Names and texts of the strings that Android must show in a locale; a string that the fallback lacks is nowhere.
fn android(book: &Book, index: usize) -> BTreeMap<String, String> {
    let name = |[scope, place, name, field]: [&str; 4]| {
        let place = if scope.is_empty() { "condition".to_owned() } else { place.replace('-', "_") };
        let main = matches!(field, "message" | "title");
        if main { format!("errbook_{place}_{name}") } else { format!("errbook_{place}_{name}_{field}") }
    };
    let mut strings = BTreeMap::new();
    for it in expected(book) {
        let Some(text) = it.texts.written(0).and(it.texts.written(index)) else { continue };
        let [scope, place, own, field] = it.words;
        let text = if own == it.current.as_str() {
            text.to_owned()
        } else {
            format!("@string/{}", name([scope, place, it.current.as_str(), field]))
        };
        assert_eq!(strings.insert(name(it.words), text), None, "two strings are called alike");
    }
    strings
}

#[test]
fn string_resources_are_packaged_as_the_texts_of_the_spec() {
    let has_aapt2 = Command::new("aapt2").arg("version").output().is_ok_and(|output| output.status.success());
    if !has_aapt2 {
        return skipped("aapt2", "Android reads the string resources");
    }
    for (path, book) in books() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, body) in files(&book, "android") {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("writable");
            std::fs::write(path, body).expect("writable");
        }
        let manifest =
            "<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" package=\"a.b\"/>";
        std::fs::write(folder.path().join("AndroidManifest.xml"), manifest).expect("writable");
        let aapt2 = |arguments: &[&str]| {
            let output = Command::new("aapt2").args(arguments).current_dir(folder.path()).output();
            let output = output.expect("aapt2 runs");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && !said.contains("warn"), "{}: {said}", path.display());
            decoded(&output.stdout)
        };
        aapt2(&["compile", "--dir", "res", "-o", "compiled.zip"]);
        aapt2(&["link", "-o", "linked.apk", "--manifest", "AndroidManifest.xml", "compiled.zip"]);
        let found = read_dump(&aapt2(&["dump", "resources", "linked.apk"]));
        for (index, locale) in book.locales.iter().enumerate() {
            let qualifier = match (index, locale.tag()) {
                (0, _) => String::new(),
                // The older forms, which every version of Android knows.
                (_, "zh-Hans") => "zh-rCN".to_owned(),
                (_, "zh-Hant") => "zh-rTW".to_owned(),
                (_, "he-IL") => "iw-rIL".to_owned(),
                (_, "pt-BR") => "pt-rBR".to_owned(),
                (_, "es-419") => "es-r419".to_owned(),
                (_, tag) if tag.contains('-') => format!("b+{}", tag.replace('-', "+")),
                (_, tag) => tag.to_owned(),
            };
            let strings = found.get(&qualifier);
            let strings = strings.unwrap_or_else(|| panic!("{qualifier} is none of {:?}", found.keys()));
            assert_same(strings, &android(&book, index), &format!("{} {locale}", path.display()));
        }
    }
}

/// What aapt2 prints: UTF-8, but for characters of the last plane, whose two halves it writes one by one.
fn decoded(bytes: &[u8]) -> String {
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some((first, after)) = rest.split_first() {
        if let [0xED, high @ 0xA0..=0xAF, end, 0xED, low @ 0xB0..=0xBF, last, after @ ..] = rest {
            let unit = |middle: u8, last: u8| 0xD000 | u16::from(middle & 0x3F) << 6 | u16::from(last & 0x3F);
            out.extend(String::from_utf16_lossy(&[unit(*high, *end), unit(*low, *last)]).bytes());
            rest = after;
        } else {
            out.push(*first);
            rest = after;
        }
    }
    String::from_utf8(out).expect("text")
}

/// Says that a program is missing, which is a failure where all of them have to be there.
fn skipped(program: &str, claim: &str) {
    let is_set = |name| std::env::var(name).is_ok_and(|value| !matches!(&*value, "" | "0" | "false"));
    let is_required = is_set("CI") || is_set("ERRBOOK_REQUIRE_TOOLCHAINS");
    assert!(!is_required, "{program} is missing: `cargo xtask setup` installs it on Debian");
    let said = format!("SKIPPED, because {program} is missing: nothing says that {claim}\n");
    // Past the test harness, which would keep it back.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), said.as_bytes());
}

/// What `aapt2 dump resources` prints: for each string a line with its name, then a line for each locale.
fn read_dump(dump: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut found: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for resource in dump.split("\n    resource 0x").skip(1) {
        let (head, values) = resource.split_once("\n      (").expect("a value");
        let (_, name) = head.split_once(" string/").expect("a string");
        let is_locale = |piece: &str| {
            let is_tag =
                |tag: &str| tag.chars().all(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '+' | '-'));
            let (tag, text) = piece.split_once(") ").unwrap_or(("(", ""));
            is_tag(tag) && text.starts_with(['"', '@'])
        };
        let mut localized: Vec<String> = Vec::new();
        for piece in values.trim_end_matches('\n').split("\n      (") {
            match localized.last_mut() {
                // A line of the text before it, which begins with a bracket of its own.
                Some(last) if !is_locale(piece) => last.extend(["\n      (", piece]),
                _ => localized.push(piece.to_owned()),
            }
        }
        for value in &localized {
            let (qualifier, value) = value.split_once(") ").expect("a locale");
            let text = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
            // Further lines of a text are indented like the first.
            let text = text.replace("\n      ", "\n");
            found.entry(qualifier.to_owned()).or_default().insert(name.to_owned(), text);
        }
    }
    found
}

#[test]
fn the_exported_book_is_what_its_schema_says() {
    for (path, book) in books() {
        let files = files(&book, "json");
        let schema: Value = serde_json::from_str(&files["book.schema.json"]).expect("JSON");
        let value: Value = serde_json::from_str(&files["book.json"]).expect("JSON");
        let validator = jsonschema::draft7::new(&schema).expect("a schema of draft 7");
        let faults: Vec<_> = validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
        // A schema that takes everything says nothing: each member is one that it names.
        every_member_is_named(&value, &schema, &schema, "");
        // And what is missing or of another type is found.
        for (pointer, bad) in [
            ("/errbook", Value::from(2)),
            ("/domains/0/errors/0/code", Value::from(5)),
            ("/domains/0/errors/0/kind", Value::from("nothing")),
            ("/domains/0/errors/0/name", Value::from("No")),
            ("/domains/0/errors/0/message", Value::from("text")),
            ("/domains/0/code_type", Value::from("float")),
        ] {
            let mut broken = value.clone();
            *broken.pointer_mut(pointer).expect("it is there") = bad;
            assert!(!validator.is_valid(&broken), "{pointer} may be anything");
        }
    }
}

#[test]
fn the_exported_book_holds_every_text() {
    for (path, book) in books() {
        let value: Value = serde_json::from_str(&files(&book, "json")["book.json"]).expect("JSON");
        let texts = |value: &Value, index: usize| {
            value.get(book.locales[index].tag()).and_then(Value::as_str).map(str::to_owned)
        };
        let mut count = 0;
        let mut same = |value: &Value, wanted: &Texts| {
            for index in 0..book.locales.len() {
                count += 1;
                assert_eq!(texts(value, index).as_deref(), wanted.written(index), "{}", path.display());
            }
        };
        for (value, condition) in items(&value["conditions"]).zip(&book.conditions) {
            same(&value["title"], &condition.title);
            same(&value["description"], &condition.description);
        }
        for (value, domain) in items(&value["domains"]).zip(&book.domains) {
            assert_eq!(value["title"], domain.title);
            for (value, error) in items(&value["errors"]).zip(&domain.errors) {
                assert_eq!(value["code"], error.code.to_string());
                let meanings = std::iter::once(value).chain(items(&value["variants"]));
                for (value, meaning) in meanings.zip(error.meanings()) {
                    assert_eq!(value["name"], meaning.name.as_str());
                    same(&value["message"], &meaning.message);
                    same(&value["solution"], &meaning.solution);
                    same(&value["erratum"]["message"], &meaning.erratum_message);
                    same(&value["erratum"]["solution"], &meaning.erratum_solution);
                }
            }
        }
        let entries = book.domains.iter().flat_map(|domain| &domain.errors).flat_map(ErrorCode::meanings);
        let wanted = 2 * book.conditions.len() + 4 * entries.count();
        assert_eq!(count, wanted * book.locales.len(), "{}: nothing is left out", path.display());
    }
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("an array").iter()
}

/// Fails if an object has a member that its part of the schema does not name.
fn every_member_is_named(value: &Value, schema: &Value, root: &Value, at: &str) {
    let schema = match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => root.pointer(&reference[1..]).expect("a definition"),
        None => schema,
    };
    if let Some(choices) = schema.get("oneOf").and_then(Value::as_array).filter(|_| !value.is_null()) {
        return every_member_is_named(value, choices.last().expect("a choice"), root, at);
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let named = schema.pointer(&format!("/properties/{name}"));
                let named = named.or_else(|| schema.get("additionalProperties"));
                let named = named.unwrap_or_else(|| panic!("the schema does not name {at}/{name}"));
                every_member_is_named(member, named, root, &format!("{at}/{name}"));
            }
        }
        Value::Array(items) => {
            let items_schema = schema.get("items").unwrap_or_else(|| panic!("{at} has no items"));
            for item in items {
                every_member_is_named(item, items_schema, root, at);
            }
        }
        _ => {}
    }
}

/// The ids and messages of the faults of one output.
fn faults(book: &Book, output: &str) -> Vec<(&'static str, String)> {
    let mut sources = Sources::default();
    let id = sources.add("options", "{}".to_owned());
    let node = spec::yaml::parse(&sources, id).expect("a mapping");
    let language = languages::find(output).expect("it is there");
    let faults = languages::files(language, book, &mut Options::new(&node)).expect_err("refused");
    faults.into_iter().map(|fault| (fault.id, fault.message)).collect()
}

/// A book of one text in each of two domains.
fn two(first: [&str; 3], second: [&str; 3]) -> Book {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: String| {
        std::fs::write(folder.path().join(path), text).expect("writable");
    };
    std::fs::create_dir(folder.path().join("domains")).expect("writable");
    let domains = format!("[{}, {}]", first[0], second[0]);
    write(
        "errbook.yaml",
        format!("errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: {domains}\n"),
    );
    for [domain, name, text] in [first, second] {
        let text = spec::write::quoted(text);
        let entry = format!("{{code: 1, name: {name}, kind: internal, message: {{en: {text}}}}}");
        write(
            &format!("domains/{domain}.yaml"),
            format!("domain: {domain}\ntitle: D\ncode_type: int32\nerrors:\n  - {entry}\n"),
        );
    }
    load(&folder.path().join("errbook.yaml"))
}

#[test]
fn what_android_cannot_hold_is_refused() {
    let same = two(["a-b", "c", "x"], ["a", "b_c", "y"]);
    let message = "the message of `a/1` and the message of `a-b/1` are both `errbook_a_b_c` in android";
    assert_eq!(faults(&same, "android"), [("name_collision", message.to_owned())]);
    let long = "长".repeat(11_000);
    let long = two(["a", "b", &long], ["c", "d", "y"]);
    let message = "the message is too long for a string of android";
    assert_eq!(faults(&long, "android"), [("text_too_long", message.to_owned())]);
}
