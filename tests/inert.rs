//! What a text says never becomes markup: a page of a book has the same elements as that of the book's tame twin, in
//! which each text and each code that is a text is a plain word.
//!
//! The books are all of `tests/books`, the hostile one among them, and the one that `tests/browser` opens. Where the
//! pages are alike in their tags, the names of their attributes, and what is inert about their values, no text can have
//! opened, closed or changed an element. That the texts themselves stand there is held by the rest of the words: each
//! text of a book is found on its page as a reader sees it.

#[path = "shared/book.rs"]
mod book;
#[path = "shared/books.rs"]
mod books;
#[path = "shared/output.rs"]
mod output;

use book::load;
use errbook::characters::is_hidden;
use errbook::diagnostics::{Loc, Span};
use errbook::model::{Book, Meaning, Texts, WireCode};
use html5gum::Token;
use html5gum::emitters::default::DefaultEmitter;
use output::files;
use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn books() -> Vec<PathBuf> {
    let mut books = books::books();
    if books::elsewhere().is_none() {
        books.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/hostile/errbook.yaml"));
    }
    books
}

/// Plain words for texts: the same for the same text, because a page may tell equal texts once.
#[derive(Default)]
struct Tame(BTreeMap<String, String>);

impl Tame {
    fn word(&mut self, text: &str) -> String {
        let next = format!("w{}", self.0.len());
        self.0.entry(text.to_owned()).or_insert(next).clone()
    }

    fn texts(&mut self, texts: &mut Texts, locales: usize, span: Span) {
        if !texts.is_empty() {
            let tame = |index| Some(Loc { value: self.word(texts.written(index)?), span });
            *texts = Texts::new((0..locales).map(tame).collect());
        }
    }

    fn code(&mut self, code: &mut WireCode) {
        if let WireCode::Text(text) = code {
            *text = self.word(text);
        }
    }

    fn meaning(&mut self, meaning: &mut Meaning, locales: usize, span: Span) {
        self.texts(&mut meaning.message, locales, span);
        self.texts(&mut meaning.solution, locales, span);
        self.texts(&mut meaning.erratum_message, locales, span);
        self.texts(&mut meaning.erratum_solution, locales, span);
    }
}

/// The book with a plain word in place of each text.
fn twin(mut book: Book) -> Book {
    let mut tame = Tame::default();
    let (locales, span) = (book.locales.len(), book.span);
    book.title = tame.word(&book.title);
    for condition in &mut book.conditions {
        tame.texts(&mut condition.title, locales, span);
        tame.texts(&mut condition.description, locales, span);
    }
    let reasons = book.retired_conditions.iter_mut().filter_map(|retired| retired.reason.as_mut());
    reasons.for_each(|reason| *reason = tame.word(reason));
    for domain in &mut book.domains {
        domain.title = tame.word(&domain.title);
        for error in &mut domain.errors {
            tame.code(&mut error.code);
            tame.meaning(&mut error.meaning, locales, span);
            error.variants.iter_mut().for_each(|variant| tame.meaning(variant, locales, span));
            let note = error.deprecated.as_mut().and_then(|deprecated| deprecated.note.as_mut());
            note.into_iter().chain(error.note.as_mut()).for_each(|note| *note = tame.word(note));
        }
        for retired in &mut domain.retired {
            retired.code.iter_mut().for_each(|code| tame.code(code));
            retired.reason.iter_mut().for_each(|reason| *reason = tame.word(reason));
        }
    }
    book
}

/// Every text of a book that its reference tells.
fn texts(book: &Book) -> Vec<&str> {
    let mut all = vec![book.title.as_str()];
    for condition in &book.conditions {
        all.extend(condition.title.all().chain(condition.description.all()));
    }
    for domain in &book.domains {
        all.push(&domain.title);
        for error in &domain.errors {
            for meaning in error.meanings() {
                all.extend(meaning.message.all().chain(meaning.solution.all()));
            }
        }
    }
    all
}

/// A text as a reader sees it: blanks and line ends are single spaces, what is hidden is its code point.
fn shown(text: &str) -> String {
    let is_blank = |ch: char| {
        matches!(ch, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    let word = |word: &str| -> String {
        word.chars()
            .map(|ch| if is_hidden(ch) { format!("U+{:04X}", u32::from(ch)) } else { ch.to_string() })
            .collect()
    };
    text.split(is_blank).filter(|word| !word.is_empty()).map(word).collect::<Vec<_>>().join(" ")
}

/// The tags of a page with their attributes, and the pieces of text between them.
fn elements(page: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut tags, mut pieces) = (Vec::new(), BTreeSet::new());
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    for token in html5gum::Tokenizer::new_with_emitter(page, emitter) {
        match token.expect("reading from memory cannot fail") {
            Token::StartTag(tag) => {
                let mut words = vec![String::from_utf8_lossy(&tag.name).into_owned()];
                for (name, value) in &tag.attributes {
                    let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
                    // What a browser would fetch or run, were it let, stands in the same words whatever the texts.
                    if name == "href" {
                        assert!(
                            value.starts_with('#') || value == "data:,",
                            "a link leaves the page: {value}"
                        );
                    }
                    let is_fixed =
                        !["href", "id", "data-domain", "content", "aria-labelledby"].contains(&&*name);
                    words.push(if is_fixed { format!("{name}={value}") } else { name.into_owned() });
                }
                tags.push(words.join(" "));
            }
            Token::EndTag(tag) => tags.push(format!("/{}", String::from_utf8_lossy(&tag.name))),
            Token::String(text) => {
                pieces.insert(String::from_utf8_lossy(&text).trim_matches([' ', '\n']).to_owned());
            }
            Token::Comment(comment) => panic!("a comment: {}", String::from_utf8_lossy(&comment)),
            Token::Doctype(doctype) => tags.push(String::from_utf8_lossy(&doctype.name).into_owned()),
            Token::Error(error) => panic!("a browser has to guess: {error:?}"),
        }
    }
    (tags, pieces)
}

#[test]
fn no_text_is_an_element_of_the_web_page() {
    for path in books() {
        let book = load(&path);
        let page = files(&book, "html").remove("index.html").expect("the page");
        let (tags, pieces) = elements(&page);
        for text in texts(&book) {
            let text = shown(text);
            assert!(pieces.contains(&text), "{}: the page does not say {text:?}", path.display());
        }
        let tame = files(&twin(book), "html").remove("index.html").expect("the page");
        let (wanted, _) = elements(&tame);
        let place = tags.iter().zip(&wanted).position(|(tag, wanted)| tag != wanted);
        let near = place.map(|place| (&tags[place.saturating_sub(5)..=place], &wanted[place]));
        assert!(tags == wanted, "{}: {} tags for {}, {near:#?}", path.display(), tags.len(), wanted.len());
    }
}

/// What a page of the Markdown reference is made of, and what of it a reader reads.
fn blocks(page: &str) -> (Vec<String>, String) {
    let (mut blocks, mut text) = (Vec::new(), String::new());
    // What GitHub and GitLab know.
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_MATH
        | Extensions::ENABLE_GFM
        | Extensions::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for event in Parser::new_ext(page, extensions) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::InlineHtml(html) => {
                let name =
                    html.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric);
                blocks.push(format!("<{}", name.collect::<String>()));
            }
            Event::Start(Tag::Link { .. }) => blocks.push("link".to_owned()),
            Event::Start(tag) => blocks.push(format!("{tag:?}")),
            Event::End(end) => {
                if !matches!(end, TagEnd::Link) {
                    text.push('\n');
                }
                blocks.push(format!("/{end:?}"));
            }
            other => blocks.push(format!("{other:?}")),
        }
    }
    (blocks, text)
}

#[test]
fn no_text_is_an_element_of_the_markdown_pages() {
    for path in books() {
        let book = load(&path);
        let pages = files(&book, "markdown");
        let words: String = pages.values().map(|page| blocks(page).1).collect();
        for text in texts(&book) {
            let text = shown(text);
            assert!(words.contains(&text), "{}: no page says {text:?}", path.display());
        }
        let tame = files(&twin(book), "markdown");
        assert!(pages.keys().eq(tame.keys()));
        for (name, page) in &pages {
            let (blocks, wanted) = (blocks(page).0, blocks(&tame[name]).0);
            // The comments at the head of a page hold digests, and nothing else is HTML of a block.
            let place = blocks.iter().zip(&wanted).position(|(block, wanted)| block != wanted);
            let near = place.map(|place| (&blocks[place.saturating_sub(5)..=place], &wanted[place]));
            assert!(blocks == wanted, "{}, {name}: {near:#?}", path.display());
        }
    }
}
