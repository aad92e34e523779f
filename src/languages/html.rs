//! The reference as a web page: one file that works from a disk, without a network, and without JavaScript.
//!
//! In: a book. Out: `index.html`, which holds every code with all of its texts, the matrix of situations by platforms,
//! one style sheet and one script. Each code has an address of its own, `#quectel/5003`, a retired one too; a situation has
//! `#condition:device_offline`. The script finds, filters and copies what stands in the page; it holds no data, so the page has
//! nothing twice.
//!
//! Texts are inert: what means something in HTML is escaped, hidden characters stand as `U+202E`, and a policy in the page
//! forbids every style, script and request but the page's own two, by their digests.
//!
//! It is no language that code is written in, so it has no spelling of names; it shows the constants of those languages that
//! the book is generated in. What a constant is reached by is the same for a whole domain and stands once, at its head.

mod constants;

use super::{Banner, Body, File, Language, Options, Origin};
use crate::model::{Book, Condition, Domain, DomainId, ErrorCode, Kind, Name, Retired, Texts, WireCode};
use crate::view::spelling::{self, Code, DocRules, LiteralRules, fixed, identifier};
use crate::view::{Spelling, Written, number};
use askama::Template;
use base64::Engine as _;
use constants::Constants;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// The reference as a web page.
pub(super) static HTML: Html = Html;

/// The reference as a web page.
#[derive(Debug)]
pub(super) struct Html;

impl Language for Html {
    fn id(&self) -> &'static str {
        "html"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        None
    }

    fn files<'a>(&self, book: &'a Book, _: &mut Options<'_>) -> Vec<File<'a>> {
        let body = Body::new(move |out| out.print(&page(book)));
        vec![File { path: "index.html".to_owned(), banner: Banner::Markup, origin: Origin::Everything, body }]
    }
}

static STYLE: LazyLock<String> = LazyLock::new(|| bare(include_str!("../../templates/html/page.css")));
static SCRIPT: LazyLock<String> = LazyLock::new(|| bare(include_str!("../../templates/html/page.js")));

/// A style sheet or a script without indentation and without the comments that have lines of their own.
fn bare(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut is_comment = false;
    for line in source.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    out
}

/// Text within an element.
const TEXT: DocRules = DocRules {
    special: |ch, _| match ch {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    },
};

fn words(text: &str) -> Code {
    spelling::doc(text, &TEXT)
}

#[derive(Template)]
#[template(path = "html/index.html", escape = "code")]
struct Page {
    title: Code,
    /// The language of titles, which have no translation: that of the book's first locale.
    lang: Code,
    version: Code,
    policy: Code,
    style: Code,
    columns: Vec<Column>,
    script: Code,
    domains: Vec<Section>,
    has_conditions: bool,
    condition_count: Code,
    conditions: Vec<Row>,
    has_retired: bool,
    retired: Vec<RetiredRow>,
    kind_count: Code,
    kinds: Vec<KindRow>,
}

/// The rules that name the platforms of the matrix where it has no head.
#[derive(Template)]
#[template(path = "html/columns.css", escape = "code")]
struct Columns {
    columns: Vec<Column>,
}

/// A platform's column of the matrix: on a narrow screen every cell says whose codes it holds, and one rule for all of them
/// is shorter than a title in each.
struct Column {
    /// Its place in a row, from 1.
    place: Code,
    /// The platform's title, as the text of a string of CSS.
    title: Code,
}

struct Section {
    id: Code,
    title: Code,
    count: Code,
    code_type: Code,
    revision: Option<Code>,
    note: Option<Code>,
    has_paths: bool,
    paths: Vec<PathView>,
    entries: Vec<Entry>,
}

/// What stands before a constant of a domain in one language: `quectel::ErrorCode::`.
struct PathView {
    /// Which of an entry's constants is this language's.
    place: Code,
    language: Code,
    prefix: Code,
    /// The constant of the first code, for those who read without the script.
    example: Code,
}

/// A code, or a retired one.
struct Entry {
    id: Code,
    has_code: bool,
    code: Code,
    name: Code,
    is_old: bool,
    mark: Code,
    texts: Vec<Text>,
    lines: Vec<Line>,
}

struct Text {
    lang: Code,
    text: Code,
}

struct Line {
    label: Code,
    items: Vec<Item>,
}

struct Item {
    has_lang: bool,
    lang: Code,
    has_href: bool,
    href: Code,
    text: Code,
}

struct Row {
    id: Code,
    name: Code,
    titles: Vec<Text>,
    descriptions: Vec<Text>,
    former_names: Vec<Code>,
    cells: Vec<Cell>,
}

/// The codes of one domain for one situation.
struct Cell {
    codes: Vec<Link>,
}

struct Link {
    href: Code,
    text: Code,
}

/// A situation that is never used again.
struct RetiredRow {
    id: Code,
    name: Code,
    since: Code,
    has_replacement: bool,
    replacement: Code,
    has_replacement_row: bool,
    href: Code,
    reason: Option<Code>,
}

struct KindRow {
    id: Code,
    name: Code,
    summary: Code,
}

fn page(book: &Book) -> Page {
    let mut languages = super::written(book);
    languages.retain(|language| language.is_output);
    let kind = |kind: Kind| KindRow {
        id: identifier(format!("kind:{}", kind.id())),
        name: identifier(kind.id()),
        summary: words(kind.summary()),
    };
    let kinds: Vec<_> = Kind::ALL.into_iter().map(kind).collect();
    Page {
        title: words(&book.title),
        lang: identifier(book.locales[0].tag()),
        version: words(&book.version),
        policy: policy(book),
        style: fixed(&STYLE),
        columns: columns(book),
        script: fixed(&SCRIPT),
        domains: book.domains.iter().map(|domain| section(book, domain, &languages)).collect(),
        has_conditions: !book.conditions.is_empty(),
        condition_count: number(book.conditions.len()),
        conditions: rows(book),
        has_retired: !book.retired_conditions.is_empty(),
        retired: book.retired_conditions.iter().map(|retired| retired_row(book, retired)).collect(),
        kind_count: number(kinds.len()),
        kinds,
    }
}

/// What the page may do: nothing but apply its own style and run its own script.
fn policy(book: &Book) -> Code {
    let digest = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    let columns = Columns { columns: columns(book) }.render().expect("views hold text, and memory takes it");
    words(&format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'",
        digest(&format!("{}{columns}", *STYLE)),
        digest(&SCRIPT)
    ))
}

fn columns(book: &Book) -> Vec<Column> {
    // A blank ends an escape; `<` could end the style sheet.
    const STRING: DocRules = DocRules {
        special: |ch, _| match ch {
            '"' => Some("\\22 "),
            '\\' => Some("\\5c "),
            '<' => Some("\\3c "),
            _ => None,
        },
    };
    let column = |(index, domain): (usize, &Domain)| Column {
        // The situation itself stands first.
        place: number(index + 2),
        title: spelling::doc(&domain.title, &STRING),
    };
    book.domains.iter().enumerate().map(column).collect()
}

fn path_view(path: &constants::Path<'_>) -> PathView {
    PathView {
        place: number(path.place),
        language: fixed(path.language),
        prefix: words(path.prefix),
        example: words(&path.example),
    }
}

fn section(book: &Book, domain: &Domain, languages: &[Written]) -> Section {
    let constants = Constants::of(domain, languages);
    let places = Places::of(domain);
    let entries = domain.errors.iter().map(|error| entry(book, domain, error, &constants, &places));
    let retired = domain.retired.iter().map(|retired| retired_entry(domain, retired, &places));
    Section {
        id: identifier(domain.id.as_str()),
        title: words(&domain.title),
        count: number(domain.errors.len()),
        code_type: identifier(domain.code_type.id()),
        revision: domain.document.revision.as_deref().map(words),
        note: domain.document.note.as_deref().map(words),
        has_paths: !languages.is_empty() && !domain.errors.is_empty(),
        paths: constants.paths().map(|path| path_view(&path)).collect(),
        entries: entries.chain(retired).collect(),
    }
}

/// A value of an attribute, in quotes where it needs them: a page has thousands.
fn attribute(value: &str) -> Code {
    const QUOTED: LiteralRules = LiteralRules {
        open: "\"",
        close: "\"",
        special: |ch, next| if ch == '"' { Some("&quot;") } else { (TEXT.special)(ch, next) },
        unicode: |out, ch| out.push(ch),
    };
    let is_plain = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_' | '.' | ':' | '/' | '#');
    if value.chars().all(is_plain) && !value.is_empty() {
        identifier(value)
    } else {
        spelling::literal(value, &QUOTED)
    }
}

/// The address of a code within the page: what a browser itself makes of `quectel/5003` in its address bar, and `%` and `/`
/// escaped as well, so that no two codes have the same.
fn address(domain: &DomainId, code: &str) -> String {
    let mut out = format!("{domain}/");
    for byte in code.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`' | b'%' | b'/') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn condition_address(name: &Name) -> String {
    format!("condition:{name}")
}

fn plain(text: Code) -> Item {
    Item { has_lang: false, lang: fixed(""), has_href: false, href: fixed(""), text }
}

fn link(address: &str, text: Code) -> Item {
    Item { has_href: true, href: attribute(&format!("#{address}")), ..plain(text) }
}

/// The texts that are there, with their languages.
fn texts<'a>(book: &'a Book, texts: &'a Texts) -> impl Iterator<Item = Text> + 'a {
    book.locales.iter().enumerate().filter_map(|(index, locale)| {
        Some(Text { lang: identifier(locale.tag()), text: words(texts.written(index)?) })
    })
}

fn said(book: &Book, texts: &Texts) -> Vec<Item> {
    let item = |text: Text| Item { has_lang: true, lang: text.lang, ..plain(text.text) };
    self::texts(book, texts).map(item).collect()
}

fn entry(
    book: &Book,
    domain: &Domain,
    error: &ErrorCode,
    constants: &Constants<'_>,
    places: &Places<'_>,
) -> Entry {
    let meaning = &error.meaning;
    let code = error.code.to_string();
    let mut lines = Vec::new();
    let mut line = |label: &'static str, items: Vec<Item>| {
        if !items.is_empty() {
            lines.push(Line { label: fixed(label), items });
        }
    };
    if let Some(deprecated) = &error.deprecated {
        line("Deprecated since", vec![plain(words(&deprecated.since))]);
        line("Use instead", deprecated.replacement.iter().map(|name| places.link(name)).collect());
        line("Why", deprecated.note.iter().map(|note| plain(words(note))).collect());
    }
    line("What to do", said(book, &meaning.solution));
    line("Kind", vec![plain(identifier(meaning.kind.id()))]);
    line("Situation", meaning.condition.iter().map(situation).collect());
    line(
        "HTTP status",
        error.http_status.into_iter().map(|status| plain(spelling::integer(status))).collect(),
    );
    line("Worth retrying", if error.retryable { vec![plain(fixed("yes"))] } else { Vec::new() });
    line("The document says", said(book, &meaning.erratum_message));
    line("The document advises", said(book, &meaning.erratum_solution));
    for variant in &error.variants {
        line("Another meaning", said(book, &variant.message));
        line("What to do then", said(book, &variant.solution));
        line("Its name", vec![plain(name(&variant.name))]);
        line("Its kind", vec![plain(identifier(variant.kind.id()))]);
        line("Its situation", variant.condition.iter().map(situation).collect());
        line("The document says", said(book, &variant.erratum_message));
        line("The document advises", said(book, &variant.erratum_solution));
    }
    line("Constant", constants.of_name(&meaning.name).map(|constant| plain(words(&constant))).collect());
    line("Formerly", error.former_names.iter().map(|former| plain(name(&former.name))).collect());
    line("Note", error.note.iter().map(|note| plain(words(note))).collect());
    Entry {
        id: attribute(&address(&domain.id, &code)),
        has_code: true,
        code: words(&code),
        name: name(&meaning.name),
        is_old: error.deprecated.is_some(),
        mark: fixed("deprecated"),
        texts: texts(book, &meaning.message).collect(),
        lines,
    }
}

fn name(name: &Name) -> Code {
    identifier(name.as_str())
}

fn situation(condition: &Name) -> Item {
    link(&condition_address(condition), name(condition))
}

/// Where the names of a domain stand in the page.
struct Places<'a> {
    domain: &'a DomainId,
    codes: BTreeMap<&'a Name, &'a WireCode>,
}

impl<'a> Places<'a> {
    fn of(domain: &'a Domain) -> Self {
        let codes = domain.errors.iter().map(|error| (&error.meaning.name, &error.code)).collect();
        Self { domain: &domain.id, codes }
    }

    /// A name of the domain, with a link to the code that has it.
    fn link(&self, replacement: &Name) -> Item {
        match self.codes.get(replacement) {
            Some(code) => link(&address(self.domain, &code.to_string()), name(replacement)),
            None => plain(name(replacement)),
        }
    }
}

fn retired_entry(domain: &Domain, retired: &Retired, places: &Places<'_>) -> Entry {
    let code = retired.code.as_ref().map(ToString::to_string);
    let mut lines = vec![Line { label: fixed("Retired since"), items: vec![plain(words(&retired.since))] }];
    if let Some(replacement) = &retired.replacement {
        lines.push(Line { label: fixed("Use instead"), items: vec![places.link(replacement)] });
    }
    if let Some(reason) = &retired.reason {
        lines.push(Line { label: fixed("Why"), items: vec![plain(words(reason))] });
    }
    Entry {
        // A name that was retired without its code: no code's address has a second `/`.
        id: code.as_deref().map_or_else(
            || identifier(format!("{}/name/{}", domain.id, retired.name)),
            |code| attribute(&address(&domain.id, code)),
        ),
        has_code: code.is_some(),
        code: words(&code.unwrap_or_default()),
        name: name(&retired.name),
        is_old: true,
        mark: fixed("retired"),
        texts: Vec::new(),
        lines,
    }
}

/// The matrix: for each situation, the codes of each domain that report it in one of their meanings at least.
fn rows(book: &Book) -> Vec<Row> {
    let reporters = book.reporters();
    let code_link = |domain: &Domain, error: &&ErrorCode| {
        let code = error.code.to_string();
        Link { href: attribute(&format!("#{}", address(&domain.id, &code))), text: words(&code) }
    };
    let row = |condition: &Condition| {
        let empty = vec![Vec::new(); book.domains.len()];
        let cells = reporters.get(&condition.name).unwrap_or(&empty);
        let cell = |(domain, errors): (&Domain, &Vec<&ErrorCode>)| Cell {
            codes: errors.iter().map(|error| code_link(domain, error)).collect(),
        };
        Row {
            id: identifier(condition_address(&condition.name)),
            name: name(&condition.name),
            titles: texts(book, &condition.title).collect(),
            descriptions: texts(book, &condition.description).collect(),
            former_names: condition.former_names.iter().map(|former| name(&former.name)).collect(),
            cells: book.domains.iter().zip(cells).map(cell).collect(),
        }
    };
    book.conditions.iter().map(row).collect()
}

fn retired_row(book: &Book, retired: &Retired) -> RetiredRow {
    let replacement = retired.replacement.as_ref();
    let address = replacement.map(condition_address).unwrap_or_default();
    RetiredRow {
        id: identifier(condition_address(&retired.name)),
        name: name(&retired.name),
        since: words(&retired.since),
        has_replacement: replacement.is_some(),
        replacement: words(replacement.map(Name::as_str).unwrap_or_default()),
        has_replacement_row: book.conditions.iter().any(|condition| Some(&condition.name) == replacement),
        href: attribute(&format!("#{address}")),
        reason: retired.reason.as_deref().map(words),
    }
}
