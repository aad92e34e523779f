//! The shape of `errbook export --format json`, which other programs rely on, and its texts against the documents.

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

fn export(book: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args(["--book", book, "export", "--format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("errbook runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Keys as a set, in alphabetical order: the reader of a JSON object must not rely on their order.
fn sorted(mut keys: Vec<&str>) -> Vec<&str> {
    keys.sort_unstable();
    keys
}

#[test]
fn an_entry_has_every_key_whatever_it_leaves_out() {
    let book = export("tests/books/small/errbook.yaml");
    assert_eq!(sorted(keys(&book)), ["conditions", "domains", "errbook", "locales", "title", "version"]);
    assert_eq!(book["errbook"], 1);
    let quectel = &book["domains"][0];
    assert_eq!(sorted(keys(quectel)), ["code_type", "document", "domain", "errors", "retired", "title"]);
    assert_eq!(
        quectel["errors"][1],
        json!({
            "code": "5003",
            "name": "sms_code_incorrect",
            "kind": "invalid_argument",
            "condition": null,
            "retryable": false,
            "http_status": 400,
            "message": {"en": "Incorrect SMS verification code.", "zh-Hans": "短信验证码错误。"},
            "solution": {"en": "Ask for a new code and type it again.", "zh-Hans": "请重新获取验证码后再输入。"},
            "erratum": {"message": {}, "solution": {}},
            "variants": [],
            "former_names": [{"name": "wrong_sms_code", "since": "1.1.0"}],
            "deprecated": null,
            "note": null,
            "document_lines": []
        })
    );
    assert_eq!(
        quectel["errors"][2]["variants"][0],
        json!({
            "name": "device_bound_elsewhere",
            "kind": "already_exists",
            "condition": null,
            "message": {"en": "Bound to */ another \"user\".", "zh-Hans": "已绑定到其他用户。"},
            "solution": {},
            "erratum": {"message": {}, "solution": {}}
        })
    );
    assert_eq!(
        quectel["errors"][3]["deprecated"],
        json!({"since": "1.2.0", "use": "sms_code_incorrect", "note": "Old */ \"one\"."})
    );
    assert_eq!(sorted(keys(&book["conditions"][0])), ["codes", "description", "kind", "name", "title"]);
}

#[test]
fn no_json_holds_what_nobody_sees() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("domains")).expect("writable");
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).expect("writable");
    let hidden = "a\\u202Eb\\uFEFFc\\u0085d\\u007Fe\\U000E0061";
    write(
        "errbook.yaml",
        &format!("errbook: 1\nversion: 1.0.0\ntitle: \"{hidden}\"\nlocales: [en]\ndomains: [d]\n"),
    );
    let entry =
        format!("  - code: 4711\n    name: x\n    kind: internal\n    message: {{en: \"{hidden}\"}}\n");
    write("domains/d.yaml", &format!("domain: d\ntitle: D\ncode_type: int32\nerrors:\n{entry}"));
    write("x.log", "error code=4711 a\u{202e}b\n");
    let value = "a\u{202e}b\u{feff}c\u{85}d\u{7f}e\u{e0061}";
    for arguments in [
        &["export"][..],
        &["explain", "4711", "--format", "json"],
        &["explain", "--scan", "x.log", "--format", "json"],
        &["lint", "--format", "json"],
        &["lint", "--format", "sarif"],
        &["diff", ".", ".", "--format", "json"],
    ] {
        let output =
            Command::new(env!("CARGO_BIN_EXE_errbook")).args(arguments).current_dir(folder.path()).output();
        let output = output.expect("errbook runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(text.len() > 10, "{arguments:?}: {text}{said}");
        assert!(
            !text.contains(|ch| ch != '\n' && errbook::characters::is_hidden(ch)),
            "{arguments:?}: {text:?}"
        );
        for line in text.lines().filter(|_| arguments[0] == "export" || arguments[0] == "explain") {
            let document: Value = serde_json::from_str(line).expect("JSON");
            let title = document.get("title").or_else(|| document.pointer("/book/title"));
            assert_eq!(title, Some(&Value::from(value)), "{arguments:?}");
        }
    }
}

#[test]
fn the_document_about_exports_shows_what_is_exported() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/export.md")).expect("readable");
    let sample = text.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a sample");
    let sample: Value = serde_json::from_str(sample).expect("JSON");
    let book = export("spec/errbook.yaml");
    for key in ["errbook", "version", "title", "locales"] {
        assert_eq!(sample[key], book[key], "{key}");
    }
    let of = |book: &Value, list: &str, key: &str, id: &Value| {
        let all = book.pointer(list).and_then(Value::as_array).expect("a list").clone();
        all.into_iter().find(|one| one[key] == *id).unwrap_or_default()
    };
    let condition = &sample["conditions"][0];
    assert_eq!(of(&book, "/conditions", "name", &condition["name"]), *condition);
    let mut domain = of(&book, "/domains", "domain", &sample["domains"][0]["domain"]);
    let code = &sample["domains"][0]["errors"][0]["code"];
    domain["errors"] = json!([of(&domain, "/errors", "code", code)]);
    assert_eq!(domain, sample["domains"][0]);

    let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args(["export", "--format", "csv"])
        .current_dir(root)
        .output()
        .expect("errbook runs");
    let table = String::from_utf8(output.stdout).expect("UTF-8");
    let header = table
        .lines()
        .next()
        .expect("a header")
        .replace(",message.zh-Hans", "")
        .replace(",solution.zh-Hans", "");
    let rows =
        text.split("| column | holds |").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a table");
    let columns = rows
        .lines()
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let columns: Vec<_> = columns.map(|column| column.replace("<locale>", "en")).collect();
    assert_eq!(columns.join(","), header);
}

/// The document's own text of a field: the erratum if there is one.
fn original<'a>(meaning: &'a Value, field: &str, locale: &str) -> Option<&'a str> {
    meaning["erratum"][field][locale].as_str().or_else(|| meaning[field][locale].as_str())
}

#[test]
fn every_entry_stands_at_its_lines_of_the_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = export("spec/errbook.yaml");
    let mut rows = 0;
    for (domain, file, locales) in [
        ("aliyun-homelink", "aliyun-homelink.txt", &["en", "zh-Hans"][..]),
        ("aliyun-living", "aliyun-living.txt", &["en", "zh-Hans"]),
        ("haier-uws", "haier-uws.md", &["zh-Hans"]),
        ("xlink", "xlink.md", &["zh-Hans"]),
        ("quectel", "quectel.md", &["en"]),
    ] {
        let document = std::fs::read_to_string(root.join("spec/documents").join(file)).expect("readable");
        let lines: Vec<_> = document.lines().collect();
        let domains = book["domains"].as_array().expect("domains");
        let entries = domains.iter().find(|found| found["domain"] == domain).expect("the domain is there");
        for error in entries["errors"].as_array().expect("errors") {
            let at: Vec<_> = error["document_lines"].as_array().expect("lines").iter().collect();
            let variants = error["variants"].as_array().expect("variants");
            let code = error["code"].as_str().expect("a code");
            assert_eq!(at.len(), 1 + variants.len(), "{domain} {code}");
            rows += at.len();
            for (line, meaning) in at.iter().zip(std::iter::once(error).chain(variants)) {
                let line = usize::try_from(line.as_u64().expect("a number")).expect("a line");
                let text = lines[line - 1];
                assert!(text.contains(code), "{domain} {code}: line {line} is {text}");
                for locale in locales {
                    let message = original(meaning, "message", locale).expect("the document's own text");
                    assert!(text.contains(message), "{domain} {code}: line {line} is {text}, not {message}");
                }
            }
        }
    }
    assert_eq!(rows, 1013);
}

#[test]
fn a_condition_lists_its_codes_on_every_platform() {
    let book = export("spec/errbook.yaml");
    let conditions = book["conditions"].as_array().expect("a list");
    let offline =
        conditions.iter().find(|condition| condition["name"] == "device_offline").expect("it is there");
    assert_eq!(offline["codes"], json!({"aliyun-living": ["28504"], "xlink": ["4001054"]}));
    // Counted the other way round, from the entries and their variants.
    let mut expected = std::collections::BTreeMap::<(String, String), Vec<String>>::new();
    for domain in book["domains"].as_array().expect("a list") {
        for error in domain["errors"].as_array().expect("a list") {
            let variants = error["variants"].as_array().expect("a list").iter();
            let mut names: Vec<_> =
                std::iter::once(error).chain(variants).filter_map(|it| it["condition"].as_str()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let key = (name.to_owned(), domain["domain"].as_str().expect("text").to_owned());
                expected.entry(key).or_default().push(error["code"].as_str().expect("text").to_owned());
            }
        }
    }
    let mut found = std::collections::BTreeMap::new();
    for condition in conditions {
        for (domain, codes) in condition["codes"].as_object().expect("an object") {
            let codes: Vec<String> = serde_json::from_value(codes.clone()).expect("texts");
            found.insert((condition["name"].as_str().expect("text").to_owned(), domain.clone()), codes);
        }
    }
    assert_eq!(found, expected);
    assert!(found.len() > 100, "{}", found.len());
}
