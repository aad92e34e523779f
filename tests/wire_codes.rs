//! `docs/wire-codes.md` says what each language answers to texts that are no codes, or hardly any: it is made from the
//! vectors that all five of them are asked (`tests/consumers.rs`), so that it can promise nothing that is not run.
//!
//! `UPDATE_EXPECT=1 cargo test --test wire_codes` writes it anew.

use errbook::characters::push_visible;
use errbook::model::{CodeType, WireCode};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

#[test]
fn the_page_is_what_the_vectors_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let vectors = std::fs::read_to_string(root.join("tests/consumers/vectors.jsonl")).expect("it is there");
    let wanted = page(&vectors);
    let path = root.join("docs/wire-codes.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &wanted).expect("the page can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "docs/wire-codes.md is stale: run with UPDATE_EXPECT=1 and look at it");
}

/// The page: each text, and whether it is a code of a domain of each type.
fn page(vectors: &str) -> String {
    let mut asked = BTreeSet::new();
    for line in vectors.lines() {
        let line: Value = serde_json::from_str(line).expect("a line of vectors.jsonl is JSON");
        if line["op"] == "parse" && line["domain"] == "@each" {
            let texts = line["args"].as_array().into_iter().flatten().filter_map(Value::as_str);
            asked.extend(texts.map(ToOwned::to_owned));
        }
    }
    assert!(asked.len() > 150, "the vectors have shrunk to {}", asked.len());
    let mut out = INTRODUCTION.to_owned();
    for text in asked {
        let answer = |code_type: CodeType| match code_type.parse(&text) {
            None => "nothing",
            Some(WireCode::Number(code)) if code.unsigned_abs() >= 1 << 53 => "a code, but not in TypeScript",
            Some(_) => "a code",
        };
        let [int32, int64, string] = CodeType::ALL.map(answer);
        let _ = writeln!(out, "| {} | {int32} | {int64} | {string} |", shown(&text));
    }
    out
}

const INTRODUCTION: &str = "\
# Texts that are codes, and texts that are not

What `parse` answers in Rust, TypeScript, Kotlin, Swift and Java, whatever the book: the five are asked each of these
in the tests, of a domain of each type, and must agree. In an integer domain only the one canonical decimal of the
type's range is a code; in a string domain every text but the empty one is, exactly as it stands: nothing is trimmed,
folded or normalized. A code that the files do not know is a code as well: it has no name and no texts, is of kind
`unknown` and not retryable. The look-ups by domain and code, and by reference (`quectel/5003`), read codes alike.

The one difference: TypeScript's numbers are exact up to 2^53 - 1, so what is beyond is no code there; a book that has
such a code itself gets no TypeScript output.

In place of a text, `null` gives `null` in Java; in Rust, Kotlin and Swift it does not compile. TypeScript's `fromCode`
takes any decoded JSON: a number that is an integer of the type's range is that code (`5003.0` and `5003` are one
number, and `-0` is `0`), a text is read as above, and `null`, `undefined`, booleans, arrays and objects give
`undefined`; so does a number for a string domain, where any text is taken, the empty one too.

Behind a text that is not plain ASCII stand its code points.

| text | `int32` | `int64` | `string` |
|---|---|---|---|
";

/// A text in a cell of a table, with what nobody would see written out, and what might be mistaken spelled.
fn shown(text: &str) -> String {
    if text.is_empty() {
        return "(the empty text)".to_owned();
    }
    let mut out = "`".to_owned();
    for ch in text.chars() {
        match ch {
            ' ' => out.push('␠'),
            '|' => out.push_str("\\|"),
            '\u{300}'..='\u{36f}' => {
                let _ = write!(out, "<U+{:04X}>", u32::from(ch));
            }
            _ => push_visible(&mut out, ch),
        }
    }
    out.push('`');
    if !text.is_ascii() {
        for ch in text.chars() {
            let _ = write!(out, " U+{:04X}", u32::from(ch));
        }
    }
    out
}
