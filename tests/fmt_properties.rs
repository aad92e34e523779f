//! `errbook fmt` on what nobody wrote by hand: random books in random styles with comments everywhere, and good books
//! with random damage. Another program's reader holds the result against the original.

#[path = "shared/choices.rs"]
mod choices;
#[path = "shared/texts.rs"]
mod shared_texts;

use choices::Choices;
use errbook::diagnostics::Sources;
use errbook::reformat;
use errbook::spec::tree::Memory;
use errbook::spec::write;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const BOOK: &str = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n";

/// The formatted texts of a book by their paths, or the ids of what is wrong with it.
fn format(files: &[(PathBuf, String)]) -> Result<Vec<(PathBuf, String)>, Vec<&'static str>> {
    let mut memory = Memory::new("");
    for (path, text) in files {
        memory.insert(path, text.clone());
    }
    let mut sources = Sources::default();
    let formatted = reformat::book(&memory, Path::new("errbook.yaml"), &mut sources);
    let formatted = match formatted.expect("everything is in memory") {
        Ok(formatted) => formatted,
        Err(faults) => {
            assert!(!faults.is_empty(), "a refusal says why");
            assert!(faults.iter().all(|fault| fault.span().is_some()), "every fault has a place");
            return Err(faults.iter().map(|fault| fault.id).collect());
        }
    };
    let mut files = files.to_vec();
    for (id, text) in formatted.changed {
        let file = files.iter_mut().find(|(path, _)| *path == sources.get(id).path);
        file.expect("a file of the book").1 = text;
    }
    Ok(files)
}

/// A value that is to be written.
enum Tree {
    Text(String),
    /// What stands without quotes and must stay so.
    Raw(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

const TEXTS: &[&str] = &[
    "It failed.",
    "离线。",
    "a: b",
    "a #b",
    "# a",
    "no",
    "",
    " ",
    "5003",
    "1.5",
    "null",
    "it's",
    "\"q\"",
    "a\\b",
    "[x",
    "{x}",
    "- a",
    "a, b",
    "two\nlines",
    "two\n\nlines\n",
    "\u{202e}x",
    "\t",
    "x\u{a0}",
    "2018-09-04",
    "|",
    "> a",
    "'",
    "a\nb #c\n  d",
    "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen.",
];

fn text(choices: &mut Choices<'_>) -> Tree {
    Tree::Text(choices.pick(TEXTS).to_owned())
}

fn texts(choices: &mut Choices<'_>) -> Tree {
    let mut texts = vec![("en".to_owned(), text(choices))];
    if choices.one_in(2) {
        texts.push(("zh-Hans".to_owned(), text(choices)));
    }
    Tree::Map(texts)
}

fn meaning(choices: &mut Choices<'_>, name: String) -> Vec<(String, Tree)> {
    let mut keys = vec![
        ("name".to_owned(), Tree::Text(name)),
        ("kind".to_owned(), Tree::Text("internal".to_owned())),
        ("message".to_owned(), texts(choices)),
    ];
    if choices.one_in(3) {
        keys.push(("solution".to_owned(), texts(choices)));
    }
    if choices.one_in(4) {
        keys.push(("condition".to_owned(), Tree::Raw("null".to_owned())));
    }
    if choices.one_in(4) {
        keys.push(("erratum".to_owned(), Tree::Map(vec![("message".to_owned(), texts(choices))])));
    }
    keys
}

fn domain(choices: &mut Choices<'_>) -> Tree {
    let mut codes: Vec<usize> = (0..=choices.below(6)).map(|index| index * 7 + 1).collect();
    choices.shuffle(&mut codes);
    let entry = |code: usize, choices: &mut Choices<'_>| {
        let mut keys = meaning(choices, format!("name_{code}"));
        keys.push(("code".to_owned(), Tree::Raw(code.to_string())));
        if choices.one_in(3) {
            keys.push(("note".to_owned(), text(choices)));
        }
        if choices.one_in(4) {
            keys.push(("retryable".to_owned(), Tree::Raw("true".to_owned())));
        }
        if choices.one_in(5) {
            let variants = (0..=choices.below(2)).map(|index| meaning(choices, format!("v_{code}_{index}")));
            keys.push(("variants".to_owned(), Tree::List(variants.map(Tree::Map).collect())));
        }
        if choices.one_in(5) {
            keys.push(("allow".to_owned(), Tree::Map(vec![("long_text".to_owned(), text(choices))])));
        }
        choices.shuffle(&mut keys);
        Tree::Map(keys)
    };
    let errors = codes.into_iter().map(|code| entry(code, choices)).collect();
    let mut keys = vec![
        ("domain".to_owned(), Tree::Text("d".to_owned())),
        ("title".to_owned(), Tree::Text("D".to_owned())),
        ("code_type".to_owned(), Tree::Text("int32".to_owned())),
        ("errors".to_owned(), Tree::List(errors)),
    ];
    choices.shuffle(&mut keys);
    Tree::Map(keys)
}

/// What a comment stands at.
enum At {
    /// On the line above one that begins so, but for other comments.
    Above(String),
    /// Behind something on a line that begins so.
    Beside(String),
    /// Somewhere.
    Somewhere,
}

/// Writes a tree in any style.
struct Writer<'c, 'b> {
    choices: &'c mut Choices<'b>,
    out: String,
    comments: Vec<At>,
}

impl Writer<'_, '_> {
    fn comment(&mut self, at: At) -> String {
        self.comments.push(at);
        format!("# comment {}.", self.comments.len() - 1)
    }

    fn line(&mut self, indent: usize, at: At) {
        if self.choices.one_in(3) {
            self.out.push('\n');
        }
        let comment = self.comment(at);
        let _ = writeln!(self.out, "{:indent$}{comment}", "");
    }

    /// What the line of an item begins with after formatting.
    fn mark(tree: &Tree) -> String {
        match tree {
            Tree::Map(keys) => {
                let text = |tree: &Tree| match tree {
                    Tree::Text(text) | Tree::Raw(text) => text.clone(),
                    Tree::List(_) | Tree::Map(_) => String::new(),
                };
                let key = |wanted: &str| keys.iter().find(|(key, _)| key == wanted);
                match (key("code"), key("name")) {
                    (Some((_, code)), _) => format!("- code: {}", text(code)),
                    (_, Some((_, name))) => format!("- name: {}", text(name)),
                    _ => "-".to_owned(),
                }
            }
            _ => "-".to_owned(),
        }
    }

    fn block(&mut self, tree: &Tree, indent: usize) {
        let step = 2 + self.choices.below(3);
        match tree {
            Tree::Map(keys) => {
                for (index, (key, value)) in keys.iter().enumerate() {
                    if index > 0 && self.choices.one_in(4) {
                        self.line(indent, At::Above(format!("{key}:")));
                    }
                    if index > 0 || self.out.ends_with('\n') {
                        let _ = write!(self.out, "{:indent$}", "");
                    }
                    let key = match self.choices.below(6) {
                        0 => write::quoted(key),
                        1 => format!("'{key}'"),
                        _ => key.clone(),
                    };
                    self.out.push_str(&key);
                    self.out.push(':');
                    let name = key.trim_matches(['"', '\'']).to_owned();
                    self.value(value, indent, step, &format!("{name}:"));
                }
            }
            Tree::List(items) => {
                for item in items {
                    let mark = Self::mark(item);
                    if self.choices.one_in(3) {
                        self.line(indent, At::Above(mark.clone()));
                    }
                    let _ = write!(self.out, "{:indent$}-", "");
                    if let (Tree::Map(keys), false) = (item, self.choices.one_in(4))
                        && !keys.is_empty()
                    {
                        self.out.push(' ');
                        self.block(item, indent + 2);
                    } else {
                        self.value(item, indent, step, &mark);
                    }
                }
                if self.choices.one_in(3) {
                    self.line(indent, At::Somewhere);
                }
            }
            Tree::Text(_) | Tree::Raw(_) => {}
        }
    }

    fn value(&mut self, tree: &Tree, indent: usize, step: usize, owner: &str) {
        let is_empty = match tree {
            Tree::Text(_) | Tree::Raw(_) => true,
            Tree::List(items) => items.is_empty(),
            Tree::Map(keys) => keys.is_empty(),
        };
        if !is_empty && !self.choices.one_in(5) {
            // A comment behind a dash goes above the item.
            if owner.ends_with(':') && self.choices.one_in(4) {
                let comment = self.comment(At::Beside(owner.to_owned()));
                let _ = write!(self.out, " {comment}");
            }
            self.out.push('\n');
            self.block(tree, indent + step);
            return;
        }
        self.out.push(' ');
        let is_block = self.inline(tree, indent + step, true);
        if !is_block && self.choices.one_in(4) {
            let comment = self.comment(At::Beside(owner.to_owned()));
            let _ = write!(self.out, "  {comment}");
        }
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Writes a value that begins on this line; says whether it is a block, which ends its last line itself.
    fn inline(&mut self, tree: &Tree, indent: usize, may_be_block: bool) -> bool {
        match tree {
            Tree::Raw(raw) => self.out.push_str(raw),
            Tree::Text(text) => {
                let visible = text.chars().all(|ch| !ch.is_control() && ch != '\u{202e}' && ch != '\u{a0}');
                let lines_are_clean =
                    text.split('\n').all(|line| line.trim() == line || line.starts_with("  "));
                let is_literal = text.contains('\n')
                    && lines_are_clean
                    && !text.starts_with([' ', '\n'])
                    && !text.chars().any(|ch| ch.is_control() && ch != '\n');
                match self.choices.below(4) {
                    0 if visible => {
                        let _ = write!(self.out, "'{}'", text.replace('\'', "''"));
                    }
                    1 => self.out.push_str(&write::anywhere(text)),
                    2 if may_be_block && is_literal => {
                        let body = text.strip_suffix('\n');
                        self.out.push_str(if body.is_some() { "|\n" } else { "|-\n" });
                        for line in body.unwrap_or(text).split('\n') {
                            let indent = if line.is_empty() { 0 } else { indent };
                            let _ = writeln!(self.out, "{:indent$}{line}", "");
                        }
                        return true;
                    }
                    _ => self.out.push_str(&write::quoted(text)),
                }
            }
            Tree::List(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.between(indent, index);
                    self.inline(item, indent, false);
                }
                self.out.push_str(" ]");
            }
            Tree::Map(keys) => {
                self.out.push('{');
                for (index, (key, value)) in keys.iter().enumerate() {
                    self.between(indent, index);
                    let _ = write!(self.out, "{key}: ");
                    self.inline(value, indent, false);
                }
                self.out.push_str(" }");
            }
        }
        false
    }

    /// What stands before an entry in brackets.
    fn between(&mut self, indent: usize, index: usize) {
        if index > 0 {
            self.out.push(',');
        }
        if self.choices.one_in(6) {
            let comment = self.comment(At::Somewhere);
            let _ = write!(self.out, " {comment}\n{:indent$}", "");
        }
        if self.choices.one_in(6) {
            let comment = self.comment(At::Somewhere);
            let _ = write!(self.out, "\n{:indent$}{comment}\n{:indent$}", "", "");
        }
        self.out.push(' ');
    }
}

/// A domain's values as another reader sees them, without the order of its entries.
fn values(text: &str) -> serde_yaml::Value {
    let mut value: serde_yaml::Value =
        serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    if let Some(serde_yaml::Value::Sequence(errors)) = value.get_mut("errors") {
        errors.sort_by_key(|error| error["code"].as_i64());
    }
    value
}

/// Checks that each comment stands where it belongs.
fn comments_stand(comments: &[At], text: &str) {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    for (index, at) in comments.iter().enumerate() {
        let comment = format!("# comment {index}.");
        assert_eq!(text.matches(&comment).count(), 1, "{comment}\n{text}");
        let line = lines.iter().position(|line| line.contains(&comment)).expect("it is there");
        let below = lines[line..].iter().find(|line| !line.starts_with('#') && !line.is_empty());
        let begins = |line: &str, with: &str| {
            line.starts_with(with) || line.strip_prefix("- ").is_some_and(|line| line.starts_with(with))
        };
        match at {
            At::Above(mark) => {
                let below = below.unwrap_or_else(|| panic!("nothing is below {comment}\n{text}"));
                assert!(begins(below, mark), "{comment} is not above `{mark}`\n{text}");
            }
            At::Beside(mark) => {
                // A second comment at the same place stands below the first.
                let above = lines[..=line].iter().rev().find(|line| !line.starts_with('#'));
                let above = above.unwrap_or_else(|| panic!("nothing is above {comment}\n{text}"));
                assert!(begins(above, mark), "{comment} is not beside `{mark}`\n{text}");
            }
            At::Somewhere => {}
        }
    }
}

fn config(cases: u32) -> Config {
    // The same books in every run: a failure is a failure of the change, and not of the day.
    Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(20_260_101), ..Config::default() }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn any_book_in_any_style_keeps_its_values_and_its_comments(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        let mut choices = Choices(bytes.iter());
        let tree = domain(&mut choices);
        let mut writer = Writer { choices: &mut choices, out: String::new(), comments: Vec::new() };
        writer.block(&tree, 0);
        let Writer { out: written, comments, .. } = writer;
        let files = [("errbook.yaml".into(), BOOK.to_owned()), ("domains/d.yaml".into(), written.clone())];
        let once = format(&files).unwrap_or_else(|ids| panic!("{ids:?}\n{written}"));
        let text = &once[1].1;
        assert_eq!(values(&written), values(text), "\n{written}\n{text}");
        comments_stand(&comments, text);
        assert_eq!(format(&once).as_ref(), Ok(&once), "\n{written}");
    }
}

/// The files of a case of `tests/fmt`, as they were and as they are to be.
fn cases() -> Vec<Vec<(PathBuf, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fmt");
    let mut cases = Vec::new();
    for case in fs::read_dir(root).expect("cases") {
        for state in ["before", "after"] {
            let folder = case.as_ref().expect("an entry").path().join(state);
            cases.push(shared_texts::texts(&folder));
        }
    }
    cases.sort();
    cases
}

const PIECES: &[&str] = &[
    "\n",
    " ",
    "  ",
    "#",
    " # c",
    "\n# c\n",
    "\n  # c\n",
    ":",
    ": ",
    "- ",
    "-",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "|",
    ">",
    "|-",
    "? ",
    "&a",
    "*a",
    "!t",
    "---\n",
    "...\n",
    "%",
    "\\",
    "\t",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "null",
    "~",
    "true",
    "0",
    "-1",
    "1.0",
    "code: 1",
    "\nnote: x\n",
    "设备",
];

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn a_damaged_book_is_formatted_right_or_refused(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..6, any::<prop::sample::Index>()), 1..5),
    ) {
        let cases = cases();
        let mut files = which.get(&cases).clone();
        for (file, place, length, piece) in edits {
            let (_, text) = &mut files[file.index(cases[0].len().min(2)).min(1)];
            let mut chars: Vec<char> = text.chars().collect();
            let from = place.index(chars.len() + 1);
            let to = (from + length).min(chars.len());
            chars.splice(from..to, piece.get(PIECES).chars());
            *text = chars.into_iter().collect();
        }
        match format(&files) {
            Ok(once) => {
                assert_eq!(format(&once).as_ref(), Ok(&once), "{files:?}");
            }
            Err(ids) => assert!(!ids.contains(&"format_refused"), "{files:#?}"),
        }
    }
}
