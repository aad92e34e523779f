//! Random books, compiled and run in every language.
//!
//! In: a seed and a number of rounds. Out: a book a round in `target/torture/seed-<seed>/round-<n>/`, proved as the tests
//! prove the written ones. Whatever the spec says, the five packages compile without a warning and say it back, character
//! for character (`tests/consumers.rs`); so do the resources for Android, Apple's platforms and the web and the JSON
//! (`tests/resources.rs`); and in the reference no text becomes markup (`tests/inert.rs`). The books are a function of the seed; they stay on disk, so that a failure,
//! which names its round, can be looked at and cut down by hand.
//!
//! A book holds what a spec may hold and hardly any author would write: any character in any text, fragments that end
//! literals and comments in some language, codes at the edges of their types, names made of reserved words. What
//! errbook refuses by rule (U+0000, empty texts, names that fold together) is not made.

#[path = "../../tests/shared/random.rs"]
mod random;

use anyhow::{Context as _, bail};
use errbook::languages::LANGUAGES;
use errbook::model::{CodeType, Kind};
use errbook::spec::write::quoted;
use random::Random;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Writes the books of a seed into `folder`, which is emptied first; gives the folder to look for them in.
pub(crate) fn write_books(folder: &Path, seed: u64, rounds: u64) -> anyhow::Result<PathBuf> {
    if rounds == 0 {
        bail!("no round proves nothing");
    }
    let folder = folder.join(format!("seed-{seed}"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    for round in 0..rounds {
        // Neighbouring seeds share no book: the round goes through the generator as well.
        let mut dice = Random::new(Random::new(seed).next() ^ Random::new(round).next());
        let place = folder.join(format!("round-{round}"));
        for (path, text) in book(&mut dice) {
            let path = place.join(path);
            let parent = path.parent().context("a book's file lies in its folder")?;
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
            std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(folder)
}

/// Tags of which some are keywords or members somewhere.
const LOCALES: [&str; 16] = [
    "en",
    "zh-Hans",
    "zh-Hant",
    "pt-BR",
    "is",
    "as",
    "in",
    "do",
    "nil",
    "all",
    "tag",
    "sr-Latn-RS",
    "es-419",
    "ar",
    "he-IL",
    "und",
];

/// What the types of an output may begin with; some make words that languages have.
const PREFIXES: [&str; 5] =
    [", prefix: Acme", ", prefix: X", ", prefix: Null", ", prefix: Error", ", prefix: A1"];

/// Words of which names are made; many are reserved, or members of generated types.
const WORDS: [&str; 48] = [
    "default",
    "class",
    "self",
    "init",
    "type",
    "internal",
    "none",
    "some",
    "all",
    "domain",
    "code",
    "name",
    "kind",
    "message",
    "value",
    "facts",
    "error",
    "null",
    "true",
    "in",
    "is",
    "as",
    "fun",
    "object",
    "match",
    "async",
    "await",
    "package",
    "static",
    "final",
    "constructor",
    "proto",
    "hash",
    "equals",
    "description",
    "device",
    "offline",
    "token",
    "expired",
    "a",
    "b1",
    "x2",
    "e",
    "i",
    "to",
    "string",
    "throws",
    "yield",
];

/// Pieces that mean something to some language, in a literal, in a comment or in documentation.
const FRAGMENTS: [&str; 64] = [
    "*/",
    "/*",
    "//",
    "///",
    "\"",
    "\"\"\"",
    "'",
    "`",
    "```\n",
    "~~~\n",
    "\\",
    "\\\\",
    "\\\"",
    "\\u000a",
    "\\u0022",
    "\\u002a/",
    "\\(",
    "\\n",
    "$",
    "${",
    "$x",
    "{",
    "}",
    "{{",
    "}}",
    "{@code ",
    "{@link x}",
    "@",
    "@ts-ignore",
    "@deprecated",
    "<",
    ">",
    "</script>",
    "<!--",
    "-->",
    "]]>",
    "&",
    "&amp;",
    "&#42;",
    "[",
    "]",
    "[x]: y",
    "](",
    "#",
    "##",
    "\"#",
    "%",
    "%s",
    "|",
    "-",
    "- Returns: ",
    "_",
    "__",
    "!",
    "~",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "    ",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\u{feff}",
];

/// A text that is not empty once blanks are cut off, with any characters but U+0000.
fn text(dice: &mut Random) -> String {
    let length = match dice.below(20) {
        0 => 1,
        1 => 400,
        _ => 1 + dice.below(24),
    };
    let mut out = String::new();
    for _ in 0..length {
        match dice.below(6) {
            0 | 1 => out.push_str(dice.one(&FRAGMENTS)),
            2 => out.push(character(dice, 0x01, 0x7F)),
            3 => out.push(character(dice, 0x80, 0x3000)),
            4 => out.push(character(dice, 0x3000, 0xFFFF)),
            _ => out.push(character(dice, 0x1_0000, 0x10_FFFF)),
        }
    }
    if out.trim().is_empty() {
        out.push('.');
    }
    out
}

/// A character of a range of code points.
fn character(dice: &mut Random, first: u32, last: u32) -> char {
    let span = usize::try_from(last - first).unwrap_or_default() + 1;
    let offset = u32::try_from(dice.below(span)).unwrap_or_default();
    // What is no scalar value is a surrogate.
    char::from_u32(first + offset).unwrap_or('\u{d7ff}')
}

/// Names that no language spells alike.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn next(&mut self, dice: &mut Random, joint: &str, is_free: impl Fn(&str) -> bool) -> String {
        loop {
            let words: Vec<&str> = (0..=dice.below(3)).map(|_| dice.one(&WORDS)).collect();
            let name = words.join(joint);
            if is_free(&name) && self.0.insert(name.replace(joint, "")) {
                return name;
            }
        }
    }
}

/// Whether a name is not that of another one's text, as resources call it.
fn is_no_field(name: &str) -> bool {
    !name.ends_with("_description")
}

/// The files of a book.
fn book(dice: &mut Random) -> Vec<(String, String)> {
    let mut locales: Vec<&str> = Vec::new();
    for _ in 0..=dice.below(3) {
        let locale = dice.one(&LOCALES);
        if !locales.contains(&locale) {
            locales.push(locale);
        }
    }
    let mut files = Vec::new();
    let mut names = Names::default();
    let conditions: Vec<_> = (0..dice.below(9)).map(|_| names.next(dice, "_", is_no_field)).collect();
    files.push(("conditions.yaml".to_owned(), conditions_text(dice, &locales, &conditions)));
    let mut ids = Names::default();
    let mut taken: Vec<String> = Vec::new();
    let mut domains = Vec::new();
    for code_type in CodeType::ALL {
        for _ in 0..=dice.below(2) {
            // Resources of Android join the domain and the name: no domain begins another.
            let id = ids.next(dice, "-", |id| {
                let begins = |id: &str, other: &str| format!("{other}-").starts_with(&format!("{id}-"));
                taken.iter().all(|other| !begins(id, other) && !begins(other, id))
            });
            taken.push(id.clone());
            files.push((format!("domains/{id}.yaml"), domain(dice, &id, code_type, &locales, &conditions)));
            domains.push(quoted(&id));
        }
    }
    let quoted_locales: Vec<_> = locales.iter().map(|locale| quoted(locale)).collect();
    let (title, locales, domains) = (quoted(&text(dice)), quoted_locales.join(", "), domains.join(", "));
    let mut book = format!("errbook: 1\nversion: 1.2.3\ntitle: {title}\nlocales: [{locales}]\n");
    let _ = write!(book, "domains: [{domains}]\noutputs:\n");
    for language in LANGUAGES {
        let is_code = language.spelling().is_some();
        let prefix = if is_code && one_in(dice, 2) { dice.one(&PREFIXES) } else { "" };
        let _ = writeln!(book, "  {}: {{dir: out/{0}{prefix}}}", language.id());
    }
    files.push(("errbook.yaml".to_owned(), book));
    files
}

fn conditions_text(dice: &mut Random, locales: &[&str], conditions: &[String]) -> String {
    if conditions.is_empty() {
        return "conditions: []\n".to_owned();
    }
    let mut out = "conditions:\n".to_owned();
    for (index, name) in conditions.iter().enumerate() {
        let _ = writeln!(out, "  - name: {}\n    kind: {}", quoted(name), kind(dice).id());
        texts(&mut out, dice, "    title", locales);
        texts(&mut out, dice, "    description", locales);
        if one_in(dice, 3) {
            let _ = writeln!(out, "    former_names: [{{name: former_{index}, since: 1.1.0}}]");
        }
    }
    out.push_str("retired:\n");
    for (index, name) in conditions.iter().enumerate() {
        let (since, reason) = (if one_in(dice, 2) { "1.2.0" } else { "0.9.0" }, quoted(&text(dice)));
        let _ = write!(out, "  - {{name: retired_{index}, since: {since}");
        if one_in(dice, 2) {
            let _ = write!(out, ", use: {}", quoted(name));
        }
        let _ = writeln!(out, ", reason: {reason}}}");
    }
    out
}

/// One text in each locale.
fn texts(out: &mut String, dice: &mut Random, key: &str, locales: &[&str]) {
    let texts: Vec<_> =
        locales.iter().map(|locale| format!("{}: {}", quoted(locale), quoted(&text(dice)))).collect();
    let _ = writeln!(out, "{key}: {{{}}}", texts.join(", "));
}

fn one_in(dice: &mut Random, times: usize) -> bool {
    dice.below(times) == 0
}

/// What the vendor's document says, once in some times.
fn erratum(out: &mut String, dice: &mut Random, indent: &str, locales: &[&str]) {
    if one_in(dice, 5) {
        let _ = writeln!(out, "{indent}erratum:");
        let some = &locales[dice.below(locales.len())..];
        texts(out, dice, &format!("{indent}  message"), some);
        if one_in(dice, 2) {
            texts(out, dice, &format!("{indent}  solution"), locales);
        }
    }
}

fn kind(dice: &mut Random) -> Kind {
    Kind::ALL[dice.below(Kind::ALL.len())]
}

fn domain(
    dice: &mut Random,
    id: &str,
    code_type: CodeType,
    locales: &[&str],
    conditions: &[String],
) -> String {
    let mut out = format!("domain: {}\ntitle: {}\n", quoted(id), quoted(&text(dice)));
    let _ = writeln!(out, "code_type: {}", code_type.id());
    if one_in(dice, 2) {
        let (revision, note) = (quoted(&text(dice)), quoted(&text(dice)));
        let _ = writeln!(out, "document:\n  file: documents/{id}.md\n  revision: {revision}\n  note: {note}");
        // What is the vendor's own and what is ours makes no difference to what is generated.
        let _ = writeln!(out, "  tables: [{{reader: markdown, columns: [code, message.{}]}}]", locales[0]);
    }
    out.push_str("errors:\n");
    let mut names = Names::default();
    let mut codes = BTreeSet::new();
    let mut earlier: Vec<String> = Vec::new();
    for index in 0..=dice.below(50) {
        let Some(code) = Some(code(dice, code_type)).filter(|code| codes.insert(code.clone())) else {
            continue;
        };
        let name = names.next(dice, "_", is_no_field);
        let kind = kind(dice);
        let _ = writeln!(out, "  - code: {code}\n    name: {}\n    kind: {}", quoted(&name), kind.id());
        if !conditions.is_empty() && one_in(dice, 4) {
            let condition = &conditions[dice.below(conditions.len())];
            let _ = writeln!(out, "    condition: {}", quoted(condition));
        }
        if kind.may_be_retryable() && one_in(dice, 2) {
            out.push_str("    retryable: true\n");
        }
        if one_in(dice, 5) {
            let _ = writeln!(out, "    http_status: {}", 100 + dice.below(500));
        }
        texts(&mut out, dice, "    message", locales);
        if one_in(dice, 2) {
            let some = &locales[dice.below(locales.len())..];
            texts(&mut out, dice, "    solution", some);
        }
        erratum(&mut out, dice, "    ", locales);
        if one_in(dice, 6) {
            let _ = writeln!(out, "    variants:\n      - name: variant_{index}\n        kind: internal");
            texts(&mut out, dice, "        message", locales);
            erratum(&mut out, dice, "        ", locales);
        }
        if one_in(dice, 6) {
            let _ = writeln!(out, "    former_names: [{{name: former_{index}, since: 1.1.0}}]");
        }
        if one_in(dice, 5) {
            out.push_str("    deprecated:\n      since: 1.2.0\n");
            if let Some(replacement) = earlier.last().filter(|_| one_in(dice, 2)) {
                let _ = writeln!(out, "      use: {}", quoted(replacement));
            }
            let _ = writeln!(out, "      note: {}", quoted(&text(dice)));
        }
        if one_in(dice, 5) {
            let _ = writeln!(out, "    note: {}", quoted(&text(dice)));
        }
        earlier.push(name);
    }
    let retired = Some(code(dice, code_type)).filter(|code| codes.insert(code.clone()));
    if let Some(code) = retired {
        let reason = quoted(&text(dice));
        let _ = writeln!(out, "retired:\n  - {{code: {code}, name: gone, since: 1.2.0, reason: {reason}}}");
    }
    out
}

/// A code as a spec writes it.
fn code(dice: &mut Random, code_type: CodeType) -> String {
    let bits = i64::from_ne_bytes(dice.next().to_ne_bytes());
    match (code_type, dice.below(4)) {
        (CodeType::String, _) => quoted(&text(dice)),
        (CodeType::Int32, 0) => i32::try_from(bits >> 32).unwrap_or_default().to_string(),
        (CodeType::Int32, 1) => (i32::MAX - i32::try_from(dice.below(3)).unwrap_or_default()).to_string(),
        // As far as TypeScript's numbers are exact.
        (CodeType::Int64, 0) => (bits >> 10).to_string(),
        (CodeType::Int64, 1) => ((1 << 53) - 1 - (bits & 3)).to_string(),
        _ => (bits % 6000).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_one_book_and_another_seed_another() {
        assert_eq!(book(&mut Random::new(1)), book(&mut Random::new(1)));
        assert_ne!(book(&mut Random::new(1)), book(&mut Random::new(2)));
    }

    #[test]
    fn every_book_is_valid_and_has_every_output() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/torture-check");
        let books = write_books(&folder, 7, 30).expect("the folder can be written");
        for round in 0..30 {
            let path = books.join(format!("round-{round}/errbook.yaml"));
            let mut sources = errbook::diagnostics::Sources::default();
            let files = errbook::spec::load(&path, &mut sources).expect("it can be read");
            let files = files.unwrap_or_else(|faults| panic!("round {round}: {faults:#?}"));
            let book = errbook::model::resolve(files);
            let book = book.unwrap_or_else(|faults| panic!("round {round}: {faults:#?}"));
            let place = path.parent().expect("it lies in a folder");
            let plan = errbook::output::plan(&book, place, &errbook::output::Filter::default());
            assert!(plan.is_ok(), "round {round}: {:#?}", plan.err());
        }
    }
}
