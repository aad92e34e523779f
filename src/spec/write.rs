//! Writes YAML as `errbook fmt` and `errbook import` leave it.
//!
//! In: values of the spec. Out: text with keys in their fixed order, two blanks of indent, and each text in the
//! one form that every YAML reader takes for that text: plain where nothing can misread it, by the rules of YAML
//! 1.1 and of 1.2; as a literal block where it has several lines; in quotes otherwise. A text of one line stays on one
//! line, however long, but for words to maintainers, which are folded. What cannot be seen
//! (controls, bidi marks, zero-width characters) is written as an escape, so that a review shows it.
//!
//! Guaranteed: `spec::yaml` reads back exactly what was written here, and so does any other YAML reader.
//! Deliberately elsewhere: where in a file the text goes (`import`), and comments, which this never sees.

use super::read::{SpecDeprecation, SpecError, SpecFormerName, SpecMeaning, SpecTexts};
use crate::diagnostics::Loc;
use std::fmt::Write as _;

/// How far the items of `errors` are indented.
pub const ITEM_INDENT: usize = 2;
/// How many characters a line has at most that can be broken.
pub const WIDTH: usize = 120;

/// Writes one entry as an item of `errors`.
pub fn error(out: &mut String, error: &SpecError) {
    let indent = ITEM_INDENT + 2;
    let code = if error.code_is_plain { error.code.value.clone() } else { quoted(&error.code.value) };
    let _ = writeln!(out, "{:ITEM_INDENT$}- code: {code}", "");
    identity(out, indent, &error.meaning);
    if error.retryable {
        line(out, indent, "retryable", "true");
    }
    if let Some(status) = &error.http_status {
        line(out, indent, "http_status", &status.value.to_string());
    }
    wording(out, indent, &error.meaning);
    if !error.variants.is_empty() {
        key(out, indent, "variants");
        for variant in &error.variants {
            let mut item = String::new();
            identity(&mut item, indent + 4, variant);
            wording(&mut item, indent + 4, variant);
            push_item(out, indent + 2, &item);
        }
    }
    former_names(out, indent, &error.former_names);
    if let Some(deprecated) = &error.deprecated {
        deprecation(out, indent, deprecated);
    }
    if !error.allow.is_empty() {
        key(out, indent, "allow");
        for (lint, reason) in &error.allow {
            note(out, indent + 2, &lint.value, &reason.value);
        }
    }
    if let Some(text) = &error.note {
        note(out, indent, "note", &text.value);
    }
}

/// Writes `key: text` in the form that suits the text.
pub fn text(out: &mut String, indent: usize, key: &str, text: &str) {
    pair(out, indent, key, text, literal(text));
}

/// Writes `key: text`, where the text is a word to those who maintain the spec: a long one is folded.
pub fn note(out: &mut String, indent: usize, key: &str, text: &str) {
    pair(out, indent, key, text, literal(text).or_else(|| folded(indent, key, text)));
}

fn pair(out: &mut String, indent: usize, key: &str, text: &str, block: Option<Block<'_>>) {
    let key = scalar(key);
    if let Some(block) = block {
        let _ = writeln!(out, "{:indent$}{key}: {}", "", block.mark);
        block.lines(out, indent);
    } else {
        let _ = writeln!(out, "{:indent$}{key}: {}", "", scalar(text));
    }
}

/// A text that stands below its key.
pub(super) struct Block<'a> {
    /// What stands behind the key.
    pub(super) mark: &'static str,
    lines: Vec<&'a str>,
}

impl Block<'_> {
    /// Writes the lines of a block whose key is indented by `indent`.
    pub(super) fn lines(&self, out: &mut String, indent: usize) {
        for line in &self.lines {
            // An empty line of a block has no indent: trailing blanks are removed by editors.
            let indent = if line.is_empty() { 0 } else { indent + 2 };
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    }
}

/// The literal block of a text of several lines, if they are to be seen as they are.
pub(super) fn literal(text: &str) -> Option<Block<'_>> {
    is_literal(text).then(|| Block { mark: "|-", lines: text.split('\n').collect() })
}

/// The folded block of a text that is too long for its line: it is broken where one blank stands between two words.
pub(super) fn folded<'a>(indent: usize, key: &str, text: &'a str) -> Option<Block<'a>> {
    let fits = indent + key.len() + 2 + text.chars().count() <= WIDTH;
    if fits || text.contains("  ") || text.trim() != text || text.chars().any(is_invisible) {
        return None;
    }
    let (mut lines, mut start, mut end, mut width) = (Vec::new(), 0, 0, 0);
    for word in text.split(' ') {
        let more = word.chars().count();
        if end > start && indent + 2 + width + 1 + more > WIDTH {
            lines.push(text.get(start..end)?);
            start = end + 1;
            (end, width) = (start, 0);
        } else if end > start {
            (end, width) = (end + 1, width + 1);
        }
        (end, width) = (end + word.len(), width + more);
    }
    lines.push(text.get(start..end)?);
    (lines.len() > 1).then_some(Block { mark: ">-", lines })
}

/// A text on one line: plain if no reader can take it for anything else, in double quotes otherwise.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { in_quotes(text) }
}

/// A text on one line, plain only where it stays this text within brackets and braces as well: for whoever cannot see
/// what is around it.
pub fn anywhere(text: &str) -> String {
    if is_plain(text) && !text.contains([',', '[', ']', '{', '}']) {
        text.to_owned()
    } else {
        in_quotes(text)
    }
}

/// A text in the quotes that leave it as it is: single ones where double ones would need a `\\` before each `\\` and
/// each `"`, as in an expression; double ones otherwise.
fn in_quotes(text: &str) -> String {
    let stays = text.contains(['"', '\\']) && !text.contains('\'') && !text.chars().any(is_invisible);
    if stays { format!("'{text}'") } else { quoted(text) }
}

/// An expression on one line: in single quotes, which mark it as one, where those leave it as it is.
pub fn expression(text: &str) -> String {
    let stays = !text.is_empty() && !text.contains('\'') && !text.chars().any(is_invisible);
    if stays { format!("'{text}'") } else { scalar(text) }
}

/// A text in double quotes, with escapes that JSON has, too, as far as JSON has them.
pub fn quoted(text: &str) -> String {
    quoted_but(text, &[])
}

/// The same, but that the characters `raw` stand in it as they are.
pub(super) fn quoted_but(text: &str, raw: &[char]) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if !is_invisible(character) || raw.contains(&character) => out.push(character),
            _ => {
                let number = u32::from(character);
                let _ = if number > 0xFFFF {
                    write!(out, "\\U{number:08X}")
                } else {
                    write!(out, "\\u{number:04X}")
                };
            }
        }
    }
    out.push('"');
    out
}

fn identity(out: &mut String, indent: usize, meaning: &SpecMeaning) {
    text(out, indent, "name", &meaning.name.value);
    text(out, indent, "kind", &meaning.kind.value);
    optional(out, indent, "condition", meaning.condition.as_ref());
}

fn wording(out: &mut String, indent: usize, meaning: &SpecMeaning) {
    texts(out, indent, "message", &meaning.message);
    texts(out, indent, "solution", &meaning.solution);
    if !(meaning.erratum_message.texts.is_empty() && meaning.erratum_solution.texts.is_empty()) {
        key(out, indent, "erratum");
        texts(out, indent + 2, "message", &meaning.erratum_message);
        texts(out, indent + 2, "solution", &meaning.erratum_solution);
    }
}

fn texts(out: &mut String, indent: usize, name: &str, texts: &SpecTexts) {
    if texts.texts.is_empty() {
        return;
    }
    key(out, indent, name);
    for (locale, message) in &texts.texts {
        text(out, indent + 2, &locale.value, &message.value);
    }
}

fn former_names(out: &mut String, indent: usize, names: &[SpecFormerName]) {
    if names.is_empty() {
        return;
    }
    key(out, indent, "former_names");
    for former in names {
        let mut item = String::new();
        text(&mut item, indent + 4, "name", &former.name.value);
        text(&mut item, indent + 4, "since", &former.since.value);
        push_item(out, indent + 2, &item);
    }
}

fn deprecation(out: &mut String, indent: usize, deprecated: &SpecDeprecation) {
    key(out, indent, "deprecated");
    text(out, indent + 2, "since", &deprecated.since.value);
    optional(out, indent + 2, "use", deprecated.replacement.as_ref());
    if let Some(text) = &deprecated.note {
        note(out, indent + 2, "note", &text.value);
    }
}

fn optional(out: &mut String, indent: usize, key: &str, value: Option<&Loc<String>>) {
    if let Some(value) = value {
        text(out, indent, key, &value.value);
    }
}

fn line(out: &mut String, indent: usize, key: &str, value: &str) {
    let _ = writeln!(out, "{:indent$}{key}: {value}", "");
}

fn key(out: &mut String, indent: usize, key: &str) {
    let _ = writeln!(out, "{:indent$}{key}:", "");
}

/// Makes a mapping that was written two columns further in an item of a list.
fn push_item(out: &mut String, indent: usize, mapping: &str) {
    let _ = write!(out, "{:indent$}- {}", "", mapping.get(indent + 2..).unwrap_or_default());
}

/// Whether a text of several lines can stand as a literal block: its lines are to be seen as they are.
fn is_literal(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with('\n')
        && !text.chars().any(|character| character != '\n' && is_invisible(character))
        && text.split('\n').all(|line| line.trim_end() == line)
}

/// Whether every reader takes the text without quotes for this text, as a value of a block mapping or list.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    // The indicators of YAML, and `=`, `<`, `~`, `.`, `+`, which start the words of YAML 1.1 that are no text.
    let starts_well = !"-?:,[]{}#&*!|>'\"%@`=<~.+".contains(first);
    (starts_well || text.starts_with("./") || text.starts_with("../"))
        && text.trim() == text
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(is_invisible)
        && !is_word(text)
        && !is_number(text)
}

/// The words that YAML 1.1 or 1.2 takes for `null` or a boolean.
fn is_word(text: &str) -> bool {
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a text might be a number or a date: 5003, 010, 0x1F, `1_000`, 1e3, 12:30:45, 2018-09-04 09:42:34Z. A
/// version with two dots is neither.
fn is_number(text: &str) -> bool {
    let starts_with_digit = text.starts_with(|first: char| first.is_ascii_digit());
    let is_version = text.split('.').count() == 3
        && text.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let may_be = |c: char| c.is_ascii_hexdigit() || "xXoO_.:+-, tTzZ".contains(c);
    starts_with_digit && !is_version && text.chars().all(may_be)
}

/// Characters that a reviewer does not see, or that readers of YAML treat differently.
pub(super) fn is_invisible(character: char) -> bool {
    let number = u32::from(character);
    character.is_control()
        || matches!(number, 0xA0 | 0xAD | 0x061C | 0x180E | 0xFEFF)
        || matches!(number, 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFFF0..=0xFFFF)
        || matches!(number, 0xE0000..=0xE0FFF)
        // The last two characters of every plane are none.
        || number & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Sources;
    use crate::spec::{read, values, yaml};

    const NASTY: &[&str] = &[
        "",
        " ",
        "a",
        "null",
        "Null",
        "~",
        "yes",
        "No",
        "NO",
        "y",
        "on",
        "010",
        "0x1F",
        "1_000",
        "1e3",
        "1.5",
        ".5",
        ".inf",
        "-.NaN",
        "12:30:45",
        "2018-09-04",
        "2018-09-04 09:42:34",
        "1.2.3",
        "1.2",
        "+1",
        "-1",
        "- a",
        "-",
        "--- a",
        "...",
        "a: b",
        "a:",
        "a:b",
        ": a",
        "a #b",
        "a#b",
        "# a",
        "a ",
        " a",
        "[a",
        "{a",
        "a]",
        "a, b",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "'a'",
        "\"a\"",
        "it's",
        "%a",
        "@a",
        "`a`",
        "=",
        "<<",
        "?",
        "? a",
        "a\tb",
        "\ta",
        "a\nb",
        "a\n\nb",
        "a\n",
        "\na",
        "a\n b",
        " a\nb",
        "a \nb",
        "a\r\nb",
        "a\rb",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{feff}a",
        "a\u{0}b",
        "a\u{7}b",
        "a\u{7f}b",
        "\\",
        "\\n",
        "a\\",
        "\u{202e}abc",
        "设备: 离线",
        "设备:离线",
        "１２",
        "😀",
        "\u{1f468}\u{200d}\u{1f469}",
        "\u{3000}a",
        "a\u{a0}",
        "${code} x",
        "{} x",
        "a\n# b\n- c: d",
        "#\n#",
        "a\n---\nb",
        "a\n...\nb",
        "a\n\tb",
        "\u{fffd}",
        "\u{10ffff}",
        "\u{e0001}",
        "a\n\u{3000}",
        "1,000",
        "<!-- -->",
    ];

    /// What two independent readers make of `text`, written as a value, as a list item and deep inside.
    fn check(nasty: &str) {
        if nasty == "b" {
            return; // would be a repeated key
        }
        let mut out = String::from("a:\n");
        text(&mut out, 2, "b", nasty);
        text(&mut out, 2, nasty, "value");
        let _ = writeln!(out, "c:\n  - {}", scalar(nasty));
        text(&mut out, 0, "d", nasty);
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", out.clone());
        let ours = yaml::parse(&sources, id).unwrap_or_else(|faults| panic!("{out}\n{faults:?}"));
        let yaml::NodeKind::Mapping(top) = &ours.kind else { panic!("{out}") };
        let yaml::NodeKind::Mapping(inner) = &top[0].1.kind else { panic!("{out}") };
        let yaml::NodeKind::Sequence(items) = &top[1].1.kind else { panic!("{out}") };
        for node in [&inner[0].1, &items[0], &top[2].1] {
            let scalar = values::scalar(node).unwrap_or_else(|| panic!("{out}"));
            assert_eq!(scalar.text, nasty, "{out}");
            assert!(!scalar.is_null(), "{out}");
        }
        assert_eq!(inner[1].0.value, nasty, "{out}");
        let theirs: serde_yaml::Value =
            serde_yaml::from_str(&out).unwrap_or_else(|error| panic!("{out}\n{error}"));
        for value in [&theirs["a"]["b"], &theirs["c"][0], &theirs["d"]] {
            assert_eq!(value.as_str(), Some(nasty), "{out}");
        }
        assert_eq!(theirs["a"][nasty].as_str(), Some("value"), "{out}");
    }

    #[test]
    fn what_is_written_is_read_back_exactly() {
        for nasty in NASTY {
            check(nasty);
        }
        // Pairs and triples of them, in an order that is the same in every run.
        let mut state = 7_u32;
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..=(state >> 20) % 3 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(NASTY[(state >> 16) as usize % NASTY.len()]);
            }
            check(&text);
        }
    }

    #[test]
    fn harmless_texts_stay_plain() {
        for text in [
            "Incorrect SMS verification code.",
            "短信验证码错误。",
            "${code} is not",
            "1.2.3",
            "1.检查",
            "a:b",
            "can't",
            "null pointer",
        ] {
            assert_eq!(scalar(text), text);
        }
    }

    #[test]
    fn an_entry_is_written_in_the_form_it_was_read_from() {
        let text = r#"domain: a
title: A
code_type: int32
errors:
  - code: 5003
    name: sms_code_incorrect
    kind: unknown
    condition: code_incorrect
    retryable: true
    http_status: 400
    message:
      en: Incorrect SMS verification code.
      zh-Hans: 短信验证码错误。
    solution:
      zh-Hans: |-
        1.再试

        2.联系
    erratum:
      message:
        en: "Incorrect: code"
    variants:
      - name: other
        kind: internal
        message:
          en: x
          zh-Hans: "null"
      - name: third
        kind: internal
        message:
          en: w
          zh-Hans: z
    former_names:
      - name: old
        since: 1.2.0
    deprecated:
      since: 1.3.0
      use: other_name
      note: gone
    allow:
      near_duplicate_name: why
    note: zh-Hans is a copy of en until it is translated.
"#;
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text.to_owned());
        let mut faults = Vec::new();
        let domain =
            read::domain(&yaml::parse(&sources, id).expect("valid YAML"), &mut faults).expect("a domain");
        assert!(faults.is_empty(), "{faults:?}");
        let mut out = String::new();
        error(&mut out, &domain.errors[0]);
        assert_eq!(out, text.split_once("errors:\n").expect("errors").1);
    }
}
