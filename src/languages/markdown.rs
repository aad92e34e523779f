//! The reference as Markdown: a page for each domain, and one of the situations that platforms share.
//!
//! In: a book. Out: pages that a code host shows: tables of all codes with their texts side by side, what there is to
//! say beyond them below, and an address for every code (`quectel.md#5003`), also for a retired one. Texts are inert: every
//! character that means something in Markdown or HTML is escaped, so that what is read is what the spec says, with
//! blanks and line ends as single spaces and hidden characters as `U+202E`.
//!
//! It is no language that code is written in, so it has no spelling of names.

use super::{Banner, Body, File, Language, Options, Origin};
use crate::model::{Book, CodeType, Domain, DomainId, ErrorCode, Meaning, Name, Retired, Texts};
use crate::view::Spelling;
use crate::view::spelling::{self, Code, DocRules, fixed, identifier, integer};
use askama::Template;
use std::fmt::Write as _;

/// The Markdown reference.
pub(super) static MARKDOWN: Markdown = Markdown;

/// The Markdown reference.
#[derive(Debug)]
pub(super) struct Markdown;

impl Language for Markdown {
    fn id(&self) -> &'static str {
        "markdown"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        None
    }

    fn files<'a>(&self, book: &'a Book, _: &mut Options<'_>) -> Vec<File<'a>> {
        let page = |path: String, origin, body| File { path, banner: Banner::Markup, origin, body };
        let mut files = vec![
            page("README.md".to_owned(), Origin::Everything, Body::new(move |page| page.print(&index(book)))),
            page(
                "conditions.md".to_owned(),
                Origin::Everything,
                Body::new(move |page| page.print(&conditions(book))),
            ),
        ];
        for domain in &book.domains {
            let origin = Origin::Domain(domain.id.clone());
            let body = Body::new(move |page| page.print(&page_of(book, domain)));
            files.push(page(page_of_domain(&domain.id), origin, body));
        }
        files
    }
}

/// The page of a domain; one that is called like a page of the book gets a name that no domain can have, also for disks
/// to which `readme` is `README`.
fn page_of_domain(domain: &DomainId) -> String {
    match domain.as_str() {
        "conditions" | "readme" => format!("{domain}_.md"),
        other => format!("{other}.md"),
    }
}

/// `CommonMark` lets a backslash stand before any ASCII punctuation; those characters mean something within a line or a
/// table of it, or in HTML. A dot after `www` and a colon before `//` would make a link on code hosts.
const TEXT: DocRules = DocRules {
    special: |ch, next| match ch {
        '\\' => Some("\\\\"),
        '`' => Some("\\`"),
        '*' => Some("\\*"),
        '_' => Some("\\_"),
        '[' => Some("\\["),
        ']' => Some("\\]"),
        '<' => Some("\\<"),
        '>' => Some("\\>"),
        '|' => Some("\\|"),
        '~' => Some("\\~"),
        '&' => Some("\\&"),
        '#' => Some("\\#"),
        '!' => Some("\\!"),
        '$' => Some("\\$"),
        ':' if next == Some('/') => Some("\\:"),
        'w' | 'W' if matches!(next, Some('w' | 'W')) => Some(if ch == 'w' { "&#119;" } else { "&#87;" }),
        _ => None,
    },
};

fn words(text: &str) -> Code {
    spelling::doc(text, &TEXT)
}

fn name(name: &Name) -> Code {
    identifier(name.as_str())
}

/// The address of a code within its page: what is no letter, digit or `-` is written as its bytes.
fn anchor(code: &str) -> Code {
    let mut out = String::with_capacity(code.len());
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "_{byte:02x}");
        }
    }
    identifier(out)
}

/// The texts of every locale of the book; empty where there is none.
fn each(book: &Book, texts: &Texts) -> Vec<Code> {
    (0..book.locales.len()).map(|index| words(texts.written(index).unwrap_or_default())).collect()
}

fn locales(book: &Book) -> Vec<Code> {
    book.locales.iter().map(|locale| identifier(locale.tag())).collect()
}

#[derive(Template)]
#[template(path = "markdown/README.md", escape = "code")]
struct Index {
    title: Code,
    domains: Vec<DomainLink>,
    count: Code,
    version: Code,
    example: Code,
}

struct DomainLink {
    page: Code,
    title: Code,
    count: Code,
}

fn count(number: usize) -> Code {
    integer(i128::try_from(number).unwrap_or(i128::MAX))
}

fn links(book: &Book) -> Vec<DomainLink> {
    book.domains
        .iter()
        .map(|domain| DomainLink {
            page: identifier(page_of_domain(&domain.id)),
            title: words(&domain.title),
            count: count(domain.errors.len()),
        })
        .collect()
}

fn index(book: &Book) -> Index {
    let first = book.domains.first().and_then(|domain| Some((domain, domain.errors.first()?)));
    Index {
        title: words(&book.title),
        domains: links(book),
        count: count(book.conditions.len()),
        version: identifier(&book.version),
        example: first.map_or_else(
            || fixed("README.md"),
            |(domain, error)| {
                identifier(format!("{}#{}", page_of_domain(&domain.id), anchor(&error.code.to_string()).0))
            },
        ),
    }
}

#[derive(Template)]
#[template(path = "markdown/conditions.md", escape = "code")]
struct Conditions {
    locales: Vec<Code>,
    domains: Vec<DomainLink>,
    rows: Vec<ConditionRow>,
    has_retired: bool,
    retired: Vec<RetiredRow>,
}

struct ConditionRow {
    name: Code,
    kind: Code,
    titles: Vec<Code>,
    /// The locale of each description, and the description.
    descriptions: Vec<(Code, Code)>,
    former_names: Vec<Code>,
    /// The codes of each domain.
    cells: Vec<Vec<CodeLink>>,
}

struct CodeLink {
    text: Code,
    page: Code,
    anchor: Code,
}

fn conditions(book: &Book) -> Conditions {
    let reporters = book.reporters();
    let link = |domain: &Domain, error: &&ErrorCode| {
        let code = error.code.to_string();
        CodeLink { text: words(&code), page: identifier(page_of_domain(&domain.id)), anchor: anchor(&code) }
    };
    let rows = book.conditions.iter().map(|condition| {
        let empty = vec![Vec::new(); book.domains.len()];
        let cells = reporters.get(&condition.name).unwrap_or(&empty);
        let cells = book.domains.iter().zip(cells);
        ConditionRow {
            name: name(&condition.name),
            kind: identifier(condition.kind.id()),
            titles: each(book, &condition.title),
            descriptions: (book.locales.iter().enumerate())
                .filter_map(|(index, locale)| Some((locale, condition.description.written(index)?)))
                .map(|(locale, text)| (identifier(locale.tag()), words(text)))
                .collect(),
            former_names: condition.former_names.iter().map(|former| name(&former.name)).collect(),
            cells: cells
                .map(|(domain, errors)| errors.iter().map(|error| link(domain, error)).collect())
                .collect(),
        }
    });
    Conditions {
        locales: locales(book),
        domains: links(book),
        rows: rows.collect(),
        has_retired: !book.retired_conditions.is_empty(),
        retired: book.retired_conditions.iter().map(retired_row).collect(),
    }
}

#[derive(Template)]
#[template(path = "markdown/domain.md", escape = "code")]
struct Page {
    title: Code,
    count: Code,
    code_type: Code,
    is_text: bool,
    revision: Option<Code>,
    note: Option<Code>,
    locales: Vec<Code>,
    rows: Vec<Row>,
    has_retired: bool,
    retired: Vec<RetiredRow>,
}

struct Row {
    anchor: Code,
    code: Code,
    name: Code,
    messages: Vec<Code>,
    kind: Code,
    condition: Option<Code>,
    http_status: Option<Code>,
    retryable: bool,
    has_more: bool,
    more: Vec<Line>,
}

/// Something that the table has no column for.
struct Line {
    label: Code,
    has_locale: bool,
    locale: Code,
    text: Code,
}

struct RetiredRow {
    anchor: Code,
    has_code: bool,
    code: Code,
    name: Code,
    since: Code,
    replacement: Option<Code>,
    reason: Option<Code>,
}

fn page_of(book: &Book, domain: &Domain) -> Page {
    Page {
        title: words(&domain.title),
        count: count(domain.errors.len()),
        code_type: identifier(domain.code_type.id()),
        is_text: domain.code_type == CodeType::String,
        revision: domain.document.revision.as_deref().map(words),
        note: domain.document.note.as_deref().map(words),
        locales: locales(book),
        rows: domain.errors.iter().map(|error| row(book, error)).collect(),
        has_retired: !domain.retired.is_empty(),
        retired: domain.retired.iter().map(retired_row).collect(),
    }
}

/// What is gone keeps its address, whatever the version.
fn retired_row(retired: &Retired) -> RetiredRow {
    let code = retired.code.as_ref().map(ToString::to_string);
    RetiredRow {
        anchor: code.as_deref().map_or_else(|| name(&retired.name), anchor),
        has_code: code.is_some(),
        code: words(&code.unwrap_or_default()),
        name: name(&retired.name),
        since: identifier(&retired.since),
        replacement: retired.replacement.as_ref().map(name),
        reason: retired.reason.as_deref().map(words),
    }
}

fn row(book: &Book, error: &ErrorCode) -> Row {
    let code = error.code.to_string();
    let meaning = &error.meaning;
    let more = more(book, error);
    Row {
        anchor: anchor(&code),
        code: words(&code),
        name: name(&meaning.name),
        messages: each(book, &meaning.message),
        kind: identifier(meaning.kind.id()),
        condition: meaning.condition.as_ref().map(name),
        http_status: error.http_status.map(integer),
        retryable: error.retryable,
        has_more: !more.is_empty(),
        more,
    }
}

/// What there is to say of an entry beyond its row.
fn more(book: &Book, error: &ErrorCode) -> Vec<Line> {
    let mut lines = Vec::new();
    let plain = |label, text| Line { label, has_locale: false, locale: fixed(""), text };
    let texts = |lines: &mut Vec<Line>, label: &'static str, texts: &Texts| {
        for (index, locale) in book.locales.iter().enumerate() {
            if let Some(text) = texts.written(index) {
                let (label, locale) = (fixed(label), identifier(locale.tag()));
                lines.push(Line { label, has_locale: true, locale, text: words(text) });
            }
        }
    };
    if let Some(deprecated) = &error.deprecated {
        let mut text = format!("since {}", deprecated.since);
        if let Some(replacement) = &deprecated.replacement {
            let _ = write!(text, "; use {replacement}");
        }
        if let Some(note) = &deprecated.note {
            let _ = write!(text, ". {note}");
        }
        lines.push(plain(fixed("Deprecated"), words(&text)));
    }
    let erratum = |lines: &mut Vec<Line>, meaning: &Meaning| {
        texts(lines, "The document says", &meaning.erratum_message);
        texts(lines, "The document advises", &meaning.erratum_solution);
    };
    texts(&mut lines, "What to do", &error.meaning.solution);
    erratum(&mut lines, &error.meaning);
    for variant in &error.variants {
        texts(&mut lines, "It may also mean", &variant.message);
        lines.push(plain(fixed("Its name"), words(variant.name.as_str())));
        lines.push(plain(fixed("Its kind"), words(variant.kind.id())));
        lines
            .extend(variant.condition.iter().map(|name| plain(fixed("Its situation"), words(name.as_str()))));
        texts(&mut lines, "What to do then", &variant.solution);
        erratum(&mut lines, variant);
    }
    for former in &error.former_names {
        lines.push(plain(fixed("Formerly"), name(&former.name)));
    }
    if let Some(note) = &error.note {
        lines.push(plain(fixed("Note"), words(note)));
    }
    lines
}
