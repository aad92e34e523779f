//! The Markdown reference, read as a code host reads it: every text comes out as the spec says it, and nothing that a
//! text says becomes markup.

#[path = "shared/book.rs"]
mod book;
#[path = "shared/output.rs"]
mod output;

use book::load;
use errbook::characters::is_hidden;
use errbook::model::{self, Book, CodeType};
use errbook::spec;
use output::files;
use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A text as a page shows it: blanks and line ends as single spaces, what is hidden as its code point.
fn shown(text: &str) -> String {
    let is_blank = |ch: char| {
        matches!(ch, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    let words = text.split(is_blank).filter(|word| !word.is_empty());
    let word = |word: &str| -> String {
        word.chars()
            .map(|ch| if is_hidden(ch) { format!("U+{:04X}", u32::from(ch)) } else { ch.to_string() })
            .collect()
    };
    words.map(word).collect::<Vec<_>>().join(" ")
}

/// The cells of every table row and the text of every item of a page; fails on markup that no template writes.
fn read(page: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let (mut rows, mut items) = (Vec::new(), Vec::new());
    let (mut row, mut text) = (Vec::new(), String::new());
    for event in Parser::new_ext(page, Extensions::ENABLE_TABLES | Extensions::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::InlineHtml(html) => {
                let is_ours = html.as_ref() == "</a>"
                    || html.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">")).is_some_and(
                        |id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
                    );
                assert!(is_ours, "a text became HTML: {html}");
            }
            Event::Html(html) => panic!("a text became HTML: {html}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let is_ours = dest_url.starts_with('#')
                    || dest_url
                        .split('#')
                        .next()
                        .is_some_and(|file| file.split_once(".md").is_some_and(|(_, rest)| rest.is_empty()));
                assert!(is_ours, "a text became a link: {dest_url}");
            }
            Event::Start(
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Image { .. } | Tag::CodeBlock(_),
            ) => {
                panic!("a text became markup: {event:?}")
            }
            Event::Start(Tag::TableCell | Tag::Item) => text.clear(),
            Event::End(TagEnd::TableCell) => row.push(text.trim().to_owned()),
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
            Event::End(TagEnd::TableHead) => row.clear(),
            Event::End(TagEnd::Item) => items.push(text.trim().to_owned()),
            Event::SoftBreak | Event::HardBreak => panic!("a text became two lines"),
            _ => {}
        }
    }
    (rows, items)
}

/// Compares every text of a book with its pages.
fn check(book: &Book) {
    let pages = files(book, "markdown");
    assert_eq!(pages.len(), book.domains.len() + 2);
    for page in pages.values() {
        assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "a page ends in one line end");
    }
    read(&pages["README.md"]);
    let locales = book.locales.len();
    for domain in &book.domains {
        let page = &pages[&format!("{}.md", domain.id)];
        let (rows, items) = read(page);
        for (label, text) in [("Revision", &domain.document.revision), ("Note", &domain.document.note)] {
            let stands = page.contains(&format!("\n{label} o"));
            assert_eq!(stands, text.is_some(), "{label} of {}", domain.id);
        }
        assert_eq!(rows.len(), domain.errors.len(), "{}", domain.id);
        for (row, error) in rows.iter().zip(&domain.errors) {
            assert_eq!(row.len(), locales + 6, "{row:?}");
            assert_eq!(row[0], shown(&error.code.to_string()));
            assert_eq!(row[1], error.meaning.name.as_str());
            for index in 0..locales {
                assert_eq!(row[2 + index], shown(error.meaning.message.written(index).expect("a message")));
            }
            assert_eq!(row[2 + locales], error.meaning.kind.id());
            let condition = error.meaning.condition.as_ref().map_or("", |name| name.as_str());
            assert_eq!(row[3 + locales], condition);
            let has = |label: &str, text: &str| {
                let wanted = format!("{label}: {}", shown(text));
                assert!(items.contains(&wanted), "{wanted}");
            };
            for (index, locale) in book.locales.iter().enumerate() {
                if let Some(text) = error.meaning.solution.written(index) {
                    has(&format!("What to do ({locale})"), text);
                }
                if let Some(text) = error.meaning.erratum_message.written(index) {
                    has(&format!("The document says ({locale})"), text);
                }
                for variant in &error.variants {
                    has(
                        &format!("It may also mean ({locale})"),
                        variant.message.written(index).expect("a message"),
                    );
                    has("Its name", variant.name.as_str());
                    has("Its kind", variant.kind.id());
                    if let Some(condition) = &variant.condition {
                        has("Its situation", condition.as_str());
                    }
                }
            }
            if let Some(note) = &error.note {
                has("Note", note);
            }
        }
    }
    let (rows, _) = read(&pages["conditions.md"]);
    assert_eq!(rows.len(), book.conditions.len());
    for (row, condition) in rows.iter().zip(&book.conditions) {
        assert_eq!(row[0], condition.name.as_str());
        assert_eq!(row[1 + locales], condition.kind.id());
        for (index, domain) in book.domains.iter().enumerate() {
            let reports = |error: &&model::ErrorCode| {
                let mut meanings = std::iter::once(&error.meaning).chain(&error.variants);
                meanings.any(|meaning| meaning.condition.as_ref() == Some(&condition.name))
            };
            let codes: Vec<_> =
                domain.errors.iter().filter(reports).map(|error| error.code.to_string()).collect();
            assert_eq!(row[2 + locales + index], codes.join(" "), "{} on {}", condition.name, domain.id);
        }
    }
}

#[test]
fn every_text_of_the_books_stands_on_its_page() {
    check(&load(&root().join("spec/errbook.yaml")));
    check(&load(&root().join("tests/books/small/errbook.yaml")));
}

#[test]
fn hostile_texts_are_inert() {
    let texts = [
        "a | b",
        "`code` and ``more``",
        "*em* __strong__ ~~gone~~",
        "[x](http://evil.example)",
        "![x](y)",
        "<script>alert(1)</script>",
        "<!-- x -->",
        "--> x",
        "&amp; &lt; &#65;",
        "www.evil.example and WWW.EVIL.EXAMPLE",
        "https://evil.example/x",
        "\\",
        "\\|",
        "a\\",
        "# head",
        "- item",
        "1. item",
        "> quote",
        "--- | ---",
        "{{ x }} {% y %}",
        "$x$ $$y$$",
        "#12 !13",
        "line\none\r\ntwo\u{2028}three",
        "bidi \u{202e}abc\u{202c}",
        "zero\u{200b}width\u{feff}",
        "\ttab  blanks ",
        "<https://a.example>",
        "[^1] [x]: y",
        "</a><a id=\"x\">",
        "|",
        "_a_b_",
    ];
    let mut entries = String::new();
    for (index, text) in texts.iter().enumerate() {
        let quoted = spec::write::quoted(text);
        write!(
            entries,
            "  - code: {quoted}\n    name: e{index}_failed\n    kind: internal\n    message:\n      en: {quoted}\n    solution:\n      en: {quoted}\n    note: {quoted}\n"
        )
        .expect("writing to a string cannot fail");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("domains")).expect("writable");
    let head = "errbook: 1\nversion: 1.0.0\ntitle: \"<b>T</b> | x\"\nlocales: [en]\ndomains: [d]\n";
    std::fs::write(folder.path().join("errbook.yaml"), head).expect("writable");
    let domain = format!("domain: d\ntitle: \"*D*\"\ncode_type: string\nerrors:\n{entries}");
    std::fs::write(folder.path().join("domains/d.yaml"), domain).expect("writable");
    check(&load(&folder.path().join("errbook.yaml")));
}

/// What an app gets for a code that no table has depends on the type of the domain's codes.
#[test]
fn every_page_of_a_domain_says_what_other_codes_are() {
    let book = load(&root().join("tests/books/hostile/errbook.yaml"));
    let pages = files(&book, "markdown");
    for domain in &book.domains {
        let page = &pages[&format!("{}.md", domain.id)];
        assert!(
            page.contains("\nThe generated files keep a code that is not listed here: "),
            "{}",
            domain.id
        );
        let is_text = page.contains(" Any text but the empty one is a code");
        let is_number =
            page.contains(" A text is a code if it is a number of the type in plain decimal digits");
        assert_eq!(
            (is_text, is_number),
            match domain.code_type {
                CodeType::String => (true, false),
                CodeType::Int32 | CodeType::Int64 => (false, true),
            }
        );
    }
}

/// A domain may be called like a page of the book, and a code like the address of a paragraph.
#[test]
fn pages_and_addresses_do_not_meet() {
    let book = load(&root().join("tests/browser/hostile/errbook.yaml"));
    let pages = files(&book, "markdown");
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["README.md", "conditions.md", "conditions_.md", "d.md"]);
    for page in pages.values() {
        let ids: Vec<_> = page.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{ids:?}");
    }
    assert!(pages["README.md"].contains("](conditions_.md)"));
    assert!(pages["conditions.md"].contains("](conditions_.md#odd_5fcondition)"));
}
