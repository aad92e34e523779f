//! What is beyond a limit is told and nothing is written, and `docs/limits.md` names each limit as it is.
#![cfg(target_os = "linux")]

use errbook::diagnostics::source::{LARGEST_DOCUMENT, LARGEST_DOCUMENTS, LARGEST_FILE};
use errbook::diagnostics::{MOST_DRAWN, MOST_FAULTS, MOST_PRINTED};
use errbook::diff::MOST_CHANGES;
use errbook::document::{DEEPEST_QUOTES, MOST_ATTRIBUTES, MOST_COPIED, MOST_MARKS, MOST_ROWS, MOST_WORK};
use errbook::expression::{LARGEST_PATTERN, LONGEST_PATTERN, MOST_STEPS};
use errbook::lookup::MOST_LOOKED_THROUGH;
use errbook::lookup::json::MOST_TOLD;
use errbook::names::{LONGEST_FILE_NAME, LONGEST_PATH};
use errbook::output::LARGEST_OLD;
use errbook::scan;
use errbook::spec::allowance::{LARGEST_BOOK, MOST_VALUES};
use errbook::spec::fields::{
    MOST_COLUMNS, MOST_CONDITIONS, MOST_DOMAINS, MOST_LOCALES, MOST_PARTS, MOST_RETIRED, MOST_TABLES,
};
use errbook::spec::recipe::{LARGEST_PATTERNS, LONGEST_PATTERNS, MOST_PATTERNS};
use errbook::spec::yaml::{DEEPEST, LONGEST_VALUE, MOST_COMMENTS, MOST_KEYS};
use errbook::translations::LONGEST_ROW;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const HEAD: &str = "domain: d\ntitle: D\ncode_type: int32\n";
const ENTRY: &str = "  - {code: 1, name: a, kind: internal, message: {en: It failed.}}\n";

struct Book(tempfile::TempDir);

/// What a command did.
struct Ran {
    code: Option<i32>,
    told: String,
}

impl Book {
    /// A book with one domain.
    fn new(domain: &str) -> Self {
        let book = Self(tempfile::tempdir().expect("a temporary folder"));
        book.write(
            "spec/errbook.yaml",
            "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\noutputs:\n  manifest: ../out/manifest.json\n  rust: {dir: ../out/rust}\n",
        );
        book.write("spec/domains/d.yaml", domain);
        book
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    /// Makes a file of which nothing but its length is on the disk.
    fn hole(&self, path: &str, length: u64) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::File::create(path).expect("writable").set_len(length).expect("writable");
    }

    fn run(&self, arguments: &str) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
            .args(arguments.split(' '))
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .expect("errbook runs");
        Ran { code: output.status.code(), told: String::from_utf8_lossy(&output.stderr).into_owned() }
    }
}

/// Entries in the form that takes the most values for a byte.
fn entries(count: usize) -> String {
    let mut text = format!("{HEAD}errors:\n");
    for code in 1..=count {
        let _ = write!(
            text,
            "  - code: {code}\n    name: n{code}\n    kind: internal\n    message:\n      en: It failed.\n"
        );
    }
    text
}

/// Runs a command on a book that is beyond a limit.
fn refuses(book: &Book, command: &str, told: &[&str]) {
    let ran = book.run(command);
    let shown: String = ran.told.chars().take(1_000).collect();
    assert!(matches!(ran.code, Some(1 | 2)), "{command}: {:?} {shown}", ran.code);
    for words in told {
        assert!(ran.told.contains(words), "{command} does not say {words:?}: {shown}");
    }
    assert!(!book.path("out").exists(), "{command} wrote something");
}

/// Gives a book further domains; the text is made from the name.
fn add_domains(book: &Book, names: &[&str], text: impl Fn(&str) -> String) {
    let path = book.path("spec/errbook.yaml");
    let old = fs::read_to_string(&path).expect("readable");
    fs::write(&path, old.replace("[d]", &format!("[d, {}]", names.join(", ")))).expect("writable");
    for name in names {
        book.write(&format!("spec/domains/{name}.yaml"), &text(name));
    }
}

#[test]
fn many_files_together_have_the_limits_of_one_book() {
    let book = Book::new(&format!("{HEAD}errors:\n{ENTRY}"));
    add_domains(&book, &["e", "f"], |_| String::new());
    for name in ["e", "f"] {
        book.hole(&format!("spec/domains/{name}.yaml"), LARGEST_FILE);
    }
    refuses(&book, "gen", &["f.yaml", "the files of the book have more than the limit of 67108864 bytes"]);

    let book = Book::new(&format!("{HEAD}errors:\n{ENTRY}"));
    let half = "a,".repeat(MOST_VALUES / 2);
    add_domains(&book, &["e", "f"], |name| format!("domain: {name}\nx: [{half}a]\n"));
    // Whichever thread was first, the file is the same.
    let beyond = format!("the book holds more than {MOST_VALUES} values");
    refuses(&book, "lint", &["too_many_nodes", "f.yaml:2:", &beyond]);

    // What is read after it is innocent.
    book.write("spec/conditions.yaml", &format!("x: [{half}{half}a]\n"));
    refuses(&book, "lint", &["too_many_nodes", "conditions.yaml:1:", &beyond, "\n1 finding\n"]);
}

#[test]
fn what_is_beyond_a_limit_of_one_file_is_told() {
    let long = format!("{HEAD}errors:\n{ENTRY}x: {}\n", "y".repeat(LONGEST_VALUE + 1));
    refuses(&Book::new(&long), "gen", &["too_long", "d.yaml:6:4"]);
    let block = format!("{HEAD}errors:\n{ENTRY}x: |\n{}", "  y\n".repeat(LONGEST_VALUE / 2 + 1));
    refuses(&Book::new(&block), "gen", &["too_long", "d.yaml:7:3"]);
    let comments = format!("{HEAD}errors:\n{ENTRY}{}", "#\n".repeat(MOST_COMMENTS + 1));
    refuses(&Book::new(&comments), "fmt", &["too_many_nodes", "more than 200000 comments"]);
    let variants = "  - {name: v, kind: internal, message: {en: F.}}\n".repeat(MOST_PARTS + 1);
    let entry =
        "  - code: 1\n    name: a\n    kind: internal\n    message: {en: It failed.}\n    variants:\n";
    let parts = format!("{HEAD}errors:\n{entry}{}", variants.replace("  - ", "      - "));
    refuses(
        &Book::new(&parts),
        "gen",
        &["too_many_nodes", "`variants` has 101 items, more than the limit of 100"],
    );
    let alias = format!("{HEAD}errors: &a\n{ENTRY}x: [*a, *a]\n");
    refuses(&Book::new(&alias), "gen", &["yaml_anchor"]);
}

/// A book whose domain has a document, and the rest of the recipe.
fn with_document(recipe: &str, document: &str) -> Book {
    let book = Book::new(&format!(
        "{HEAD}document:\n  file: d.txt\n  revision: null\n  tables:\n{recipe}errors:\n{ENTRY}"
    ));
    book.write("spec/d.txt", document);
    book
}

const DELIMITED: &str = "    - reader: delimited\n      separator: ','\n      columns: [code, message.en]\n";

#[test]
fn what_is_beyond_a_limit_of_documents_is_told() {
    let book = with_document(DELIMITED, "");
    book.hole("spec/d.txt", LARGEST_DOCUMENT + 1);
    refuses(&book, "audit", &["d.txt", "more than the limit of 33554432"]);
    let book = with_document(DELIMITED, &"1,a\n".repeat(MOST_ROWS + 1));
    refuses(&book, "import", &["too_many_rows", "150000 rows"]);
    let book = with_document(DELIMITED, &",".repeat(MOST_MARKS + 1));
    refuses(&book, "audit", &["document_too_large", "more than 1500000"]);
    let page = "    - reader: html\n      columns: [code, message.en]\n";
    for (count, told) in [(MOST_ATTRIBUTES, "text_differs"), (100_000, "more than 250 attributes")] {
        let tag = format!("<table><tr><td {}>1<td>Other.</table>", " a=\"1\"".repeat(count));
        refuses(&with_document(page, &tag), "audit", &[told]);
    }
    let nested = "<table><tr><td>".repeat(3) + &"word ".repeat(MOST_COPIED / 10 + 1);
    refuses(&with_document(page, &nested), "audit", &["too_deep", "within tables hold too much text"]);
    // However many tables they stand in.
    let spanning = format!(
        "<table><tr><td rowspan=9>{}</td></tr>{}</table>",
        "word ".repeat(MOST_COPIED / 80),
        "<tr><td>1".repeat(8)
    );
    refuses(&with_document(page, &spanning.repeat(3)), "audit", &["cells_do_not_fit", "too much text"]);
    let silent =
        format!("<table><tr>{}{}</table>", "<td rowspan=0>".repeat(9_000), "<tr><td>1".repeat(9_000));
    refuses(&with_document(page, &silent), "audit", &["cells_do_not_fit", "reach too far"]);
}

#[test]
fn what_patterns_may_take_is_known_before_they_run() {
    let table = |pattern: &str| format!("    - reader: pattern\n      pattern: '{pattern}'\n");
    let refused = |pattern: &str, document: &str, words: &str| {
        refuses(&with_document(&table(pattern), document), "audit", &[words]);
    };
    refused(r"(?<code>(\w{1000}){1000}) .*", "1 a\n", "more than the limit of 50000");
    refused(&format!("(?<code>{})", "a".repeat(LONGEST_PATTERN)), "1 a\n", "at most 2048 bytes");
    // Each byte is looked at with each of the thousand characters.
    let zeros = "01".repeat(200_000);
    refused("(?<code>[01]*1[01]{1000})x", &zeros, "would look at 400000 bytes with each");
    // Each row looks for an end that is nowhere.
    refused("(?<code>1).*z|(?<http_status>1)", &"1".repeat(3_000_000), "have searched for 3 seconds");
    let ignored = |count: usize, pattern: &str| {
        let one = format!("    - {{pattern: '{pattern}', reason: x}}\n");
        with_document(&format!("{}  ignore:\n{}", table("(?<code>1)"), one.repeat(count)), "1\n")
    };
    let most = format!("at most {MOST_PATTERNS} patterns");
    refuses(&ignored(MOST_PATTERNS, "a"), "lint", &[&most]);
    refuses(&ignored(30, "[ab]{20000}"), "lint", &[&most, "500000 characters"]);
    let long = "a".repeat(1000);
    refuses(
        &ignored(LONGEST_PATTERNS / 1000 + 1, &long),
        "lint",
        &["of the book have more than the limit of 262144"],
    );
    // One for codes looks at those of the domain.
    let domain =
        entries(20_000).replace("errors:", "code_pattern: '^(?<http_status>[0-9]{3})[0-9]{5000}'\nerrors:");
    refuses(&Book::new(&domain), "lint", &["bytes of codes with each"]);
}

#[test]
fn what_a_recipe_may_hold_is_limited() {
    let columns = (0..=MOST_COLUMNS).map(|index| format!("message.x{index}")).collect::<Vec<_>>().join(", ");
    let table = format!("    - {{reader: markdown, columns: [{columns}]}}\n");
    refuses(
        &with_document(&table, "x\n"),
        "lint",
        &["`columns` has 1001 items, more than the limit of 1000"],
    );
    let tables = "    - {reader: markdown, columns: [code, message.en]}\n".repeat(MOST_TABLES + 1);
    refuses(&with_document(&tables, "x\n"), "lint", &["`tables` has 501 items, more than the limit of 500"]);
    let columns = (0..=MOST_KEYS).map(|index| format!("k{index}: message.x")).collect::<Vec<_>>().join(", ");
    let table = format!("    - {{reader: json, at: /a, columns: {{{columns}}}}}\n");
    refuses(&with_document(&table, "x\n"), "lint", &["a mapping holds more than 1000 keys"]);
}

#[test]
fn a_look_up_ends_whatever_is_asked() {
    let book = Book::new(&entries(20_000));
    let most = MOST_LOOKED_THROUGH / 20_000;
    for count in [most, most + 1] {
        let ran = book.run(&format!("explain{}", " n7".repeat(count)));
        assert_eq!(ran.code, Some(if count > most { 2 } else { 0 }), "{}", ran.told);
        assert_eq!(
            ran.told.contains("no more than the first 100 of these can be explained at once"),
            count > most,
            "{}",
            ran.told
        );
    }
    // One that names nothing is looked for in all texts as well.
    let ran = book.run(&format!("explain{}", " no_such_7".repeat(most / 10 + 1)));
    assert_eq!(ran.code, Some(2), "{}", ran.told);
    assert!(ran.told.contains("no more than the first 10 of these"), "{}", ran.told);
    // A sentence is one question, however many words it has.
    let ran = book.run(&format!("explain it{}", " failed".repeat(most)));
    assert_eq!((ran.code, ran.told.as_str()), (Some(1), ""));
}

#[test]
fn more_findings_than_people_read_are_counted() {
    let count = MOST_DRAWN + 7;
    let domain = entries(count).replace("It failed.", "It failed");
    let ran = Book::new(&domain).run("lint");
    let shown: String = ran.told.chars().take(500).collect();
    assert!(ran.told.contains("the first 1200 findings are told, and there are 7 more"), "{shown}");
    assert_eq!(ran.told.matches("warning[").count(), MOST_DRAWN, "{shown}");
}

#[test]
fn more_warnings_of_form_than_are_told_hide_no_error_and_are_none() {
    let count = MOST_FAULTS + 7;
    let domain = entries(count).replace("    message:", "    http_status:\n    message:");
    let ran = Book::new(&domain).run("lint");
    let shown: String = ran.told.chars().take(500).collect();
    assert_eq!(ran.code, Some(0), "{shown}");
    assert_eq!(ran.told.matches("warning[empty_value]").count(), MOST_FAULTS, "{shown}");
    assert!(ran.told.contains("warning[too_many_findings]: 7 more faults"), "{shown}");
    assert_eq!(Book::new(&domain).run("gen").code, Some(0));

    let last = format!("name: n{count}");
    let ran = Book::new(&domain.replace(&last, &format!("{last}\n    nmae: x"))).run("lint");
    assert_eq!(ran.code, Some(2), "{shown}");
    assert!(ran.told.contains("error[unknown_key]: unknown key `nmae`"), "{shown}");
}

#[test]
fn the_table_of_limits_names_each_as_it_is() {
    let narrow = |bytes: u64| usize::try_from(bytes).expect("64 bits");
    let rows = [
        ("bytes of a file of the spec", narrow(LARGEST_FILE)),
        ("bytes of all files of a book", LARGEST_BOOK),
        ("values and keys of all files of a book", MOST_VALUES),
        ("keys of one mapping", MOST_KEYS),
        ("bytes of one value or key", LONGEST_VALUE),
        ("languages of a book", MOST_LOCALES),
        ("domains of a book", MOST_DOMAINS),
        ("conditions of a book", MOST_CONDITIONS),
        ("tombstones of a file", MOST_RETIRED),
        ("further meanings, and former names, of an entry", MOST_PARTS),
        ("levels of lists and mappings in each other", DEEPEST),
        ("aliases, anchors and tags", 0),
        ("bytes of a path that a book names", LONGEST_PATH),
        ("bytes of the name of a folder or a file", LONGEST_FILE_NAME),
        ("comments of a file that `errbook fmt` writes", MOST_COMMENTS),
        ("bytes of a document", narrow(LARGEST_DOCUMENT)),
        ("bytes of all documents that one command reads", LARGEST_DOCUMENTS),
        ("tables of a recipe", MOST_TABLES),
        ("columns of a table of a recipe", MOST_COLUMNS),
        ("rows that one table of a recipe reads, and all documents that one command reads", MOST_ROWS),
        ("marks in a document that separate cells or begin tags", MOST_MARKS),
        ("levels of quotes that a line of Markdown stands in", DEEPEST_QUOTES),
        ("attributes in double quotes of one tag of a page", MOST_ATTRIBUTES),
        ("bytes of cells of a page that span several, and of tables within tables", MOST_COPIED),
        ("bytes of a document, times the parts of its recipe", MOST_WORK),
        ("bytes of a pattern", LONGEST_PATTERN),
        ("bytes of all patterns of a book", LONGEST_PATTERNS),
        ("patterns of a recipe", MOST_PATTERNS),
        ("characters and ranges of characters of a pattern that is written out", LARGEST_PATTERN),
        ("those of all patterns of a recipe", LARGEST_PATTERNS),
        ("characters of all patterns written out, times the bytes that they look at", MOST_STEPS),
        ("bytes of a row of a table of translations", LONGEST_ROW),
        ("faults that are told of one stage", MOST_FAULTS),
        ("unknown codes that `errbook explain --scan` keeps apart", scan::MOST_UNKNOWN),
        ("findings that are drawn for people", MOST_DRAWN),
        (
            "findings that are printed for other programs, and that one `errbook lint --fix` looks at",
            MOST_PRINTED,
        ),
        ("codes that `errbook explain` looks through, for all its questions; ten times as many for one that names nothing", MOST_LOOKED_THROUGH),
        ("bytes of hits that `errbook explain --format json` tells, or of codes with `--scan`", MOST_TOLD),
        ("changes that `errbook diff` tells one by one", MOST_CHANGES),
        ("bytes of a file that stands where errbook writes one", narrow(LARGEST_OLD)),
    ]
    .map(|(what, limit)| format!("| {what} | {} |", grouped(limit)));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/limits.md");
    let text = fs::read_to_string(path).expect("readable");
    let (_, table) = text.split_once("|---|---|\n").expect("it has a table");
    assert_eq!(table.lines().collect::<Vec<_>>(), rows);
}

/// A number with a comma before each three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}
