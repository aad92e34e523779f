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
