//! What holds of any two books: no comparison panics, a book has no changes against itself, and random edits are told as
//! what they are, all of them and nothing else, forwards and backwards, however the books are written down.

#[path = "shared/choices.rs"]
mod choices;

use choices::Choices;
use errbook::diagnostics::text::Colour;
use errbook::diagnostics::{Level, Sources, github, sarif};
use errbook::diff::{self, Date, FailOn, Report, Side, Waivers, findings, json, markdown, text};
use errbook::model::{self, Book};
use errbook::spec::tree::Memory;
use errbook::{languages, lints, spec};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// The same books in every run; `PROPTEST_CASES` asks for more of them.
fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200);
    Config { cases, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..Config::default() }
}

fn resolved(files: &[(String, String)], label: &str, sources: &mut Sources) -> Option<(Book, usize)> {
    let mut memory = Memory::new(label);
    for (path, text) in files {
        memory.insert(path, text.clone());
    }
    let (files, mut faults) =
        spec::load_from(&memory, Path::new("errbook.yaml"), sources).expect("in memory");
    let (book, found) = model::resolve_what_can_be(files?);
    faults.extend(found);
    faults.retain(|fault| fault.level == Level::Error);
    Some((book, faults.len()))
}

fn report(old: &Book, new: &Book) -> Report {
    let side =
        |label: &str, book: &Book| Side { label: label.into(), version: book.version.clone(), faults: 0 };
    diff::report(
        (side("old", old), old),
        (side("new", new), new),
        (&Waivers::default(), &Waivers::default()),
        Date::parse("2026-11-25").expect("a day"),
        languages::options_of,
    )
}

/// What a report says, as subjects and ids; each with its number.
fn told(report: &Report) -> BTreeMap<(String, &'static str), usize> {
    let mut told = BTreeMap::new();
    for item in &report.items {
        *told.entry((item.change.subject.reference(), item.change.what.id())).or_default() += 1;
    }
    told
}

/// Everything that prints a report; the Markdown.
fn print(report: &Report, sources: &Sources) -> String {
    let today = Date::parse("2026-11-25").expect("a day");
    let all = findings::of(report, true, FailOn::Any);
    for line in github::render(&all, sources).lines() {
        assert!(line.starts_with("::"), "{line}");
    }
    let document: serde_json::Value =
        serde_json::from_str(&sarif::render(&all, sources, lints::meaning)).expect("SARIF is JSON");
    assert_eq!(document["version"], "2.1.0");
    let document: serde_json::Value =
        serde_json::from_str(&json::render(report, sources, FailOn::Any)).expect("JSON");
    assert_eq!(document["changes"].as_array().map(Vec::len), Some(report.items.len()));
    let text = text::render(report, sources, true, FailOn::Any, Colour::Always, today);
    assert!(!text.is_empty());
    let markdown = markdown::render(report, sources, true, FailOn::Any, today);
    assert!(markdown.len() <= markdown::LARGEST, "{} bytes", markdown.len());
    markdown
}

const NAMES: [&str; 7] = ["a", "b", "c", "d_e", "f", "a", "none"];
const TEXTS: [&str; 9] =
    ["It failed.", "It failed", "`x` | <b>\u{202e}", "", "{0} of %s", "设备离线。", "a b c d", "a or b", "b"];
const KINDS: [&str; 4] = ["internal", "ok", "unavailable", "unknown"];

/// A book whose parts may be anything, and at odds with each other.
fn any_book(choices: &mut Choices<'_>) -> Vec<(String, String)> {
    let locales = choices.pick(&["en", "en, zh-Hans", "zh-Hans, en", "de", "en, de, fr"]);
    let mut files = Vec::new();
    let domains = choices.pick(&["d", "d, e", "e, d", "d, f"]);
    let output = choices.pick(&["", "a.b", "a.c"]);
    let output = match output {
        "" => String::new(),
        package => format!("outputs:\n  kotlin: {{dir: x, package: {package}}}\n"),
    };
    let version = choices.pick(&["1.0.0", "0.1.0", "2.0.0", "x"]);
    let head = format!("errbook: 1\nversion: {version}\ntitle: T\nlocales: [{locales}]\n");
    files.push(("errbook.yaml".to_owned(), format!("{head}domains: [{domains}]\n{output}")));
    let mut conditions = String::new();
    for _ in 0..choices.below(4) {
        let (name, former) = (choices.pick(&NAMES), choices.pick(&NAMES));
        let _ = writeln!(conditions, "  - name: {name}\n    kind: {}", choices.pick(&KINDS));
        let _ = write!(conditions, "    title:\n{}", any_texts(choices, locales, 6));
        let _ = write!(conditions, "    description:\n{}", any_texts(choices, locales, 6));
        if choices.one_in(3) {
            let _ = writeln!(conditions, "    former_names: [{{name: {former}, since: 1.0.0}}]");
        }
    }
    if !conditions.is_empty() {
        let retired = any_retired(choices, false);
        files.push(("conditions.yaml".to_owned(), format!("conditions:\n{conditions}{retired}")));
    }
    for domain in domains.split(", ") {
        files.push((format!("domains/{domain}.yaml"), any_domain(choices, domain, locales)));
    }
    files
}

fn any_texts(choices: &mut Choices<'_>, locales: &str, indent: usize) -> String {
    let mut text = String::new();
    for locale in locales.split(", ") {
        if !choices.one_in(6) {
            let _ = writeln!(text, "{:indent$}{locale}: {:?}", "", choices.pick(&TEXTS));
        }
    }
    if text.is_empty() { format!("{:indent$}en: x\n", "") } else { text }
}

fn any_retired(choices: &mut Choices<'_>, with_code: bool) -> String {
    let mut text = String::new();
    for _ in 0..choices.below(4) {
        let code = choices.below(6);
        let code = if with_code && !choices.one_in(4) { format!("code: {code}, ") } else { String::new() };
        let to = if choices.one_in(2) { format!(", use: {}", choices.pick(&NAMES)) } else { String::new() };
        let _ = writeln!(text, "  - {{{code}name: {}, since: 1.0.0{to}}}", choices.pick(&NAMES));
    }
    if text.is_empty() { text } else { format!("retired:\n{text}") }
}

fn any_domain(choices: &mut Choices<'_>, domain: &str, locales: &str) -> String {
    let code_type = choices.pick(&["int32", "int64", "string"]);
    let title = choices.pick(&NAMES);
    let mut text = format!("domain: {domain}\ntitle: {title}\ncode_type: {code_type}\n");
    if choices.one_in(3) {
        text.push_str("envelope: {code: /code}\n");
    }
    text.push_str("errors:\n");
    for _ in 0..=choices.below(6) {
        let code = choices.below(6);
        let quote = if code_type == "string" { "\"" } else { "" };
        let (name, kind) = (choices.pick(&NAMES), choices.pick(&KINDS));
        let _ = writeln!(text, "  - code: {quote}{code}{quote}\n    name: {name}\n    kind: {kind}");
        if choices.one_in(3) {
            let _ = writeln!(text, "    condition: {}", choices.pick(&NAMES));
        }
        if choices.one_in(3) {
            let _ = writeln!(text, "    http_status: {}", 400 + choices.below(3));
        }
        let _ = write!(text, "    message:\n{}", any_texts(choices, locales, 6));
        if choices.one_in(3) {
            let _ = write!(text, "    solution:\n{}", any_texts(choices, locales, 6));
        }
        if choices.one_in(3) {
            let (name, kind) = (choices.pick(&NAMES), choices.pick(&KINDS));
            let _ = writeln!(text, "    variants:\n      - name: {name}\n        kind: {kind}");
            let _ = write!(text, "        message:\n{}", any_texts(choices, locales, 10));
        }
        if choices.one_in(3) {
            let _ = writeln!(text, "    former_names: [{{name: {}, since: 1.0.0}}]", choices.pick(&NAMES));
        }
        if choices.one_in(4) {
            let _ = writeln!(text, "    deprecated: {{since: 1.0.0, use: {}}}", choices.pick(&NAMES));
        }
    }
    text + &any_retired(choices, code_type != "string")
}

/// An entry of a good book.
#[derive(Clone)]
struct Entry {
    code: u32,
    name: String,
    kind: &'static str,
    condition: Option<&'static str>,
    retryable: bool,
    http_status: Option<u16>,
    message: [String; 2],
    solution: Option<[String; 2]>,
    variant: bool,
    former: Option<String>,
    deprecated: bool,
}

/// A good book of one domain.
#[derive(Clone)]
struct Good {
    entries: Vec<Entry>,
    retired: Vec<(u32, String)>,
    title: &'static str,
    envelope: Option<&'static str>,
}

impl Good {
    /// A book of so many entries, each of which says something that no other one says.
    fn new(count: u32) -> Self {
        let entry = |index: u32| Entry {
            code: 100 + index,
            name: format!("error_{index}"),
            kind: "unavailable",
            condition: None,
            retryable: false,
            http_status: None,
            message: own_words(index, "first"),
            solution: None,
            variant: false,
            former: None,
            deprecated: false,
        };
        let retired = vec![(900, "gone".to_owned())];
        Self { entries: (0..count).map(entry).collect(), retired, title: "D", envelope: None }
    }

    /// The book as files: in any order of entries and keys, quoted or not, in one file or several.
    fn files(&self, choices: &mut Choices<'_>) -> Vec<(String, String)> {
        let mut entries: Vec<_> = self.entries.iter().map(|entry| entry.text(choices)).collect();
        choices.shuffle(&mut entries);
        let title = self.title;
        let mut head =
            vec!["domain: d\n".to_owned(), format!("title: \"{title}\"\n"), "code_type: int32\n".to_owned()];
        choices.shuffle(&mut head);
        let head = head.concat();
        let envelope = self.envelope.map(|at| format!("envelope: {{code: {at}}}\n")).unwrap_or_default();
        let mut retired = String::new();
        for (code, name) in &self.retired {
            let _ = writeln!(
                retired,
                "  - code: {code}\n    name: {name}\n    since: 1.0.0\n    reason: It is gone."
            );
        }
        let book = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n";
        let conditions = "conditions:\n  - name: here\n    kind: unavailable\n    title: {en: H, zh-Hans: 这}\n    description: {en: H., zh-Hans: 这。}\n";
        let mut files = vec![
            ("errbook.yaml".to_owned(), book.to_owned()),
            ("conditions.yaml".to_owned(), conditions.to_owned()),
        ];
        if choices.one_in(2) && entries.len() > 1 {
            let rest = entries.split_off(entries.len() / 2);
            let one = format!("{head}{envelope}errors:\n{}retired:\n{retired}", entries.concat());
            files.push(("domains/d/one.yaml".to_owned(), one));
            files.push(("domains/d/two.yaml".to_owned(), format!("{head}errors:\n{}", rest.concat())));
        } else {
            let one = format!("retired:\n{retired}{envelope}{head}errors:\n{}", entries.concat());
            files.push(("domains/d.yaml".to_owned(), one));
        }
        if choices.one_in(3) {
            for (_, text) in &mut files {
                *text = text.replace('\n', "\r\n");
            }
        }
        files
    }
}

/// A message of an entry that shares no word with those of others.
fn own_words(index: u32, mark: &str) -> [String; 2] {
    let words = ["one", "two", "three"].map(|word| format!("{mark}{word}{index}"));
    // Characters are words in Chinese, so each entry has some of its own.
    let start = if mark == "first" { 0x4E00 } else { 0x7000 };
    let chars: String = (0..4).filter_map(|at| char::from_u32(start + index * 4 + at)).collect();
    [format!("{} failed.", words.join(" ")), format!("{chars}。")]
}

impl Entry {
    fn text(&self, choices: &mut Choices<'_>) -> String {
        let quoted = |text: &str, choices: &mut Choices<'_>| match choices.below(3) {
            0 => format!("\"{text}\""),
            1 => format!("'{text}'"),
            _ => text.to_owned(),
        };
        let mut keys =
            vec![format!("name: {}\n", quoted(&self.name, choices)), format!("kind: {}\n", self.kind)];
        keys.extend(self.condition.map(|condition| format!("condition: {condition}\n")));
        if self.retryable || choices.one_in(2) {
            keys.push(format!("retryable: {}\n", self.retryable));
        }
        keys.extend(self.http_status.map(|status| format!("http_status: {status}\n")));
        let mut texts = |key: &str, [en, zh]: &[String; 2]| {
            let mut both = [("en", quoted(en, choices)), ("zh-Hans", quoted(zh, choices))];
            choices.shuffle(&mut both);
            let [one, other] = both.map(|(locale, text)| format!("      {locale}: {text}\n"));
            format!("{key}:\n{one}{other}")
        };
        keys.push(texts("message", &self.message));
        keys.extend(self.solution.as_ref().map(|solution| texts("solution", solution)));
        if self.variant {
            keys.push(format!(
                "variants:\n      - name: also_{}\n        kind: internal\n        message: {{en: Also {}., zh-Hans: 也{}。}}\n",
                self.name, self.code, self.code
            ));
        }
        keys.extend(
            self.former.as_ref().map(|name| format!("former_names: [{{name: {name}, since: 1.0.0}}]\n")),
        );
        if self.deprecated {
            keys.push("deprecated: {since: 1.0.0}\n".to_owned());
        }
        choices.shuffle(&mut keys);
        let comment = if choices.one_in(3) { "  # A comment.\n" } else { "" };
        format!("{comment}  - code: {}\n    {}", self.code, keys.join("    "))
    }
}

/// Changes that an edit makes: what they are about, what they are, and how many.
type Changes = BTreeMap<(String, &'static str), usize>;

/// Edits the entry at `index` in one way; notes what that is forwards and backwards.
fn edit(book: &mut Good, index: usize, choices: &mut Choices<'_>, forth: &mut Changes, back: &mut Changes) {
    let number = u32::try_from(index).expect("few");
    let entry = &mut book.entries[index];
    let old = format!("d/{}", entry.code);
    let mut both = |reference: &str, there: &'static str, again: &'static str, count: usize| {
        forth.insert((reference.to_owned(), there), count);
        back.insert((reference.to_owned(), again), count);
    };
    match choices.below(16) {
        0 => {
            entry.code += 500;
            forth.insert((old, "value_changed"), 1);
            back.insert((format!("d/{}", entry.code), "value_changed"), 1);
        }
        1 => {
            entry.former = Some(entry.name.clone());
            entry.name = format!("renamed_{index}");
            both(&old, "entry_renamed", "entry_renamed_without_alias", 1);
        }
        2 => {
            entry.name = format!("renamed_{index}");
            both(&old, "entry_renamed_without_alias", "entry_renamed_without_alias", 1);
        }
        3 => {
            entry.message[0] = entry.message[0].replace("failed", "broke");
            both(&old, "text_reworded", "text_reworded", 1);
        }
        4 => {
            entry.message = entry.message.clone().map(|text| text.replace(['.', '。'], "!"));
            both(&old, "text_copy_edited", "text_copy_edited", 2);
        }
        5 => {
            entry.message = own_words(number, "second").map(|text| text.replace("failed", "broke"));
            both(&old, "text_rewritten", "text_rewritten", 2);
        }
        6 => {
            entry.kind = "unknown";
            both(&old, "kind_changed", "kind_changed", 1);
        }
        7 => {
            entry.kind = "ok";
            both(&old, "kind_changed", "kind_changed", 1);
        }
        8 => {
            entry.retryable = true;
            both(&old, "retry_allowed", "retry_forbidden", 1);
        }
        9 => {
            entry.condition = Some("here");
            both(&old, "condition_gained", "condition_moved", 1);
        }
        10 => {
            entry.http_status = Some(503);
            both(&old, "http_status_changed", "http_status_changed", 1);
        }
        11 => {
            entry.deprecated = true;
            both(&old, "deprecated", "undeprecated", 1);
        }
        12 => {
            entry.variant = true;
            both(&old, "variant_added", "variant_removed", 1);
        }
        13 => {
            entry.solution = Some(["Wait.".to_owned(), "请等待。".to_owned()]);
            both(&old, "text_added", "text_removed", 2);
        }
        14 => {
            let entry = book.entries.remove(index);
            forth.insert((old.clone(), "entry_retired"), 1);
            back.insert((old, "retired_code_reused"), 1);
            book.retired.push((entry.code, entry.name));
        }
        _ => {
            book.entries.remove(index);
            both(&old, "entry_removed", "entry_added", 1);
        }
    }
}

/// Edits what is not an entry.
fn edit_rest(book: &mut Good, choices: &mut Choices<'_>, forth: &mut Changes, back: &mut Changes) {
    let mut both = |reference: &str, there: &'static str, again: &'static str| {
        forth.insert((reference.to_owned(), there), 1);
        back.insert((reference.to_owned(), again), 1);
    };
    if choices.one_in(4) {
        book.title = "Dee";
        both("domain:d", "title_changed", "title_changed");
    }
    if choices.one_in(4) {
        book.envelope = Some("/error/code");
        both("domain:d", "envelope_changed", "envelope_changed");
    }
    if choices.one_in(4) {
        book.retired.retain(|(code, _)| *code != 900);
        both("d/900", "tombstone_removed", "tombstone_added");
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_two_books_make_it_panic(
        one in proptest::collection::vec(any::<u8>(), 0..300),
        other in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut sources = Sources::default();
        let books = [("old", one), ("", other)].map(|(label, bytes)| {
            resolved(&any_book(&mut Choices(bytes.iter())), label, &mut sources)
        });
        let [Some((old, _)), Some((new, _))] = books else {
            return Err(TestCaseError::fail("such a book can be read"));
        };
        for book in [&old, &new] {
            prop_assert_eq!(told(&report(book, book)), Changes::new(), "a book has changes against itself");
        }
        for report in [report(&old, &new), report(&new, &old)] {
            print(&report, &sources);
        }
    }

    #[test]
    fn every_edit_is_told_and_nothing_else(
        bytes in proptest::collection::vec(any::<u8>(), 1..800),
    ) {
        let mut choices = Choices(bytes.iter());
        let before = Good::new(u32::try_from(2 + choices.below(6)).expect("few"));
        let mut after = before.clone();
        let (mut forth, mut back) = (Changes::new(), Changes::new());
        // From the last one on, because an edit may take an entry away; one always stays.
        for index in (1..before.entries.len()).rev() {
            if choices.one_in(2) {
                edit(&mut after, index, &mut choices, &mut forth, &mut back);
            }
        }
        edit_rest(&mut after, &mut choices, &mut forth, &mut back);
        let mut sources = Sources::default();
        let old = resolved(&before.files(&mut choices), "old", &mut sources);
        let new_files = after.files(&mut choices);
        let new = resolved(&new_files, "", &mut sources);
        let (Some((old, 0)), Some((new, 0))) = (old, new) else {
            return Err(TestCaseError::fail(format!("the books are good: {new_files:?}")));
        };
        let there = report(&old, &new);
        prop_assert_eq!(told(&there), forth);
        prop_assert_eq!(told(&report(&new, &old)), back);
        let fingerprints: BTreeSet<_> = there.items.iter().map(|item| &item.fingerprint).collect();
        prop_assert_eq!(fingerprints.len(), there.items.len(), "a waiver names one change");
        print(&there, &sources);
    }
}
