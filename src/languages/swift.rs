//! Swift: a package of one target, without dependencies, for Swift 5.9 and later.
//!
//! A domain's type is a struct over the raw code with computed constants, so that an unknown code is a value like
//! any other and a new one breaks no `switch`. The facts stand in functions of a few hundred codes behind a `switch`
//! over ranges: the one shape that swiftc checks and compiles in linear time, and that costs nothing at start-up.
//!
//! The types are errors themselves. They are written so that they can be copied into a module that isolates
//! everything to the main actor, that imports internally by default, or that has no Foundation.
//!
//! Codes of a string domain are compared by their bytes, because Swift's own strings are equal if they are
//! canonically equivalent, and the wire knows nothing of that. Their facts are found by their place among the sorted
//! codes: the type checker takes long over each pattern that is a text, and a `switch` over texts tries one after the other.

use super::{Banner, Body, Copying, File, Language, OptionHelp, Options, Origin, Page, text};
use crate::model::{Book, CodeType, Domain, DomainId, ErrorCode, Kind, Locale, Name, WireCode};
use crate::names::{check_length, is_device};
use crate::view::spelling::{self, DocRules, LiteralRules};
use crate::view::{self, Code, ConditionView, ConstantView, DomainView, LocaleView, Spelling};

/// Swift.
pub(super) static SWIFT: Swift = Swift;

/// See the module.
#[derive(Debug)]
pub(super) struct Swift;

/// The codes in one function. The type checker is quick at this size, and a lookup in a debug build, where a `switch`
/// is a chain of comparisons, stays short.
const SHARD: usize = 256;

impl Language for Swift {
    fn id(&self) -> &'static str {
        "swift"
    }

    fn title(&self) -> &'static str {
        "Swift"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        Some(self)
    }

    fn copying(&self) -> Option<Copying> {
        let folder = |_: &str| Ok(String::new());
        Some(Copying { option: Some("module"), sources: "Sources", folder, root: None })
    }

    fn options(&self) -> &'static [OptionHelp] {
        &[
            OptionHelp {
                key: "module",
                about: "The name of the module and of the package.",
                example: "ErrbookIot",
            },
            OptionHelp::PREFIX,
        ]
    }

    fn files<'a>(&self, book: &'a Book, options: &mut Options<'_>) -> Vec<File<'a>> {
        let prefix = options.prefix();
        let module = options.text("module", "ErrorCodes", |text| check_module(text, &prefix, book));
        let module = spelling::identifier(module);
        let source = |name: &str| format!("Sources/{}/{}{name}.swift", module.0, prefix.0);
        let mut files = vec![
            file("Package.swift".to_owned(), Banner::None, Origin::Book, package(book, &module).into()),
            file(source("ErrorCodeSupport"), Banner::Slashes, Origin::Shared, support(book, &prefix).into()),
            file(source("ErrorCodeRegistry"), Banner::Slashes, Origin::Book, registry(book, &prefix).into()),
        ];
        for domain in &book.domains {
            let path = source(&type_name(&domain.id));
            files.push(file(
                path,
                Banner::Slashes,
                Origin::Domain(domain.id.clone()),
                Body::new({
                    let prefix = spelling::identifier(&prefix.0);
                    move |page| print_error_code(book, domain, &prefix, page)
                }),
            ));
        }
        files
    }
}

fn file(path: String, banner: Banner, origin: Origin, body: Body<'_>) -> File<'_> {
    File { path, banner, origin, body }
}

// Names.

/// Reserved words that a declaration can still have as its name, between backticks: "Keywords and Punctuation" in
/// "Lexical Structure" of *The Swift Programming Language* (6.0), those that begin with a lower-case letter.
const KEYWORDS: [&str; 56] = [
    "as",
    "associatedtype",
    "await",
    "borrowing",
    "break",
    "case",
    "catch",
    "class",
    "consuming",
    "continue",
    "default",
    "defer",
    "deinit",
    "do",
    "else",
    "enum",
    "extension",
    "fallthrough",
    "false",
    "fileprivate",
    "for",
    "func",
    "guard",
    "if",
    "import",
    "in",
    "inout",
    "internal",
    "is",
    "let",
    "nil",
    "nonisolated",
    "open",
    "operator",
    "precedencegroup",
    "private",
    "protocol",
    "public",
    "repeat",
    "rethrows",
    "return",
    "static",
    "struct",
    "subscript",
    "super",
    "switch",
    "throw",
    "throws",
    "true",
    "try",
    "typealias",
    "unsafe",
    "var",
    "where",
    "while",
    "yield",
];

/// Names that no constant can have, and that get `_` at their end instead: `self` and `init` mean something else after
/// a dot, `none` and `some` are taken for the cases of an `Optional`, and the rest are static members of the types.
const TAKEN: [&str; 10] =
    ["all", "allCases", "domainName", "errorDomain", "init", "match", "none", "preferred", "self", "some"];

/// The types that all domains share, without the prefix.
const SHARED: [&str; 5] =
    ["DomainErrorCode", "ErrorCodeRegistry", "ErrorCondition", "ErrorKind", "ErrorLocale"];

/// Modules and types that every Swift file sees, and that a module of the same name would hide.
const KNOWN: [&str; 10] =
    ["Codable", "Error", "Foundation", "Int", "Locale", "Never", "Result", "String", "Swift", "Void"];

/// `device_offline` as `deviceOffline`; digits on both sides of a `_` keep it.
fn camel_case(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split(['_', '-']) {
        let mut rest = word.chars();
        let Some(first) = rest.next() else { continue };
        if first.is_ascii_digit() && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push('_');
        }
        out.push(if out.is_empty() { first } else { first.to_ascii_uppercase() });
        out.push_str(rest.as_str());
    }
    out
}

/// A member's name as it stands after a dot.
fn member(words: &str) -> String {
    let mut name = camel_case(words);
    if TAKEN.binary_search(&name.as_str()).is_ok() {
        name.push('_');
    }
    name
}

/// A member's name as it is declared.
fn declared(member: &str) -> Code {
    if KEYWORDS.binary_search(&member).is_ok() {
        spelling::identifier(format!("`{member}`"))
    } else {
        spelling::identifier(member)
    }
}

/// `haier-uws` as `HaierUwsErrorCode`; `DomainErrorCode_` beside the protocol of that name.
fn type_name(domain: &DomainId) -> String {
    if domain.as_str() == "domain" {
        return "DomainErrorCode_".to_owned();
    }
    let name = camel_case(domain.as_str());
    let (first, rest) = name.split_at(1);
    format!("{}{rest}ErrorCode", first.to_ascii_uppercase())
}

/// Whether a module would hide one of the types that all domains share.
fn is_shared(module: &str, prefix: &Code) -> bool {
    module.strip_prefix(&prefix.0).is_some_and(|name| SHARED.contains(&name))
}

fn check_module(module: &str, prefix: &Code, book: &Book) -> Result<(), String> {
    let is_identifier = module.starts_with(|first: char| first.is_ascii_alphabetic())
        && module.chars().all(|ch| ch.is_ascii_alphanumeric() || ch == '_');
    let is_type = |domain: &Domain| format!("{}{}", prefix.0, type_name(&domain.id)) == module;
    if !is_identifier {
        Err("a Swift module is named with ASCII letters, digits and `_`, a letter first".to_owned())
    } else if KEYWORDS.binary_search(&module).is_ok() || ["Any", "Protocol", "Self", "Type"].contains(&module)
    {
        Err("it is a reserved word of Swift".to_owned())
    } else if is_device(module) {
        Err("Windows cannot hold a folder of that name".to_owned())
    } else if is_shared(module, prefix)
        || KNOWN.binary_search(&module).is_ok()
        || book.domains.iter().any(is_type)
    {
        Err("a module of that name would hide a type or another module".to_owned())
    } else {
        check_length(module, '/')
    }
}

impl Spelling for Swift {
    fn constant(&self, name: &Name) -> Code {
        declared(&member(name.as_str()))
    }

    fn code(&self, code: &WireCode, _: CodeType) -> Code {
        match code {
            WireCode::Number(number) => spelling::integer(*number),
            WireCode::Text(text) => self.string(text),
        }
    }

    fn string(&self, text: &str) -> Code {
        spelling::literal(text, &LITERAL)
    }

    fn doc(&self, text: &str) -> Code {
        spelling::doc(text, &DOC)
    }

    fn kind(&self, kind: Kind) -> Code {
        spelling::identifier(format!(".{}", camel_case(kind.id())))
    }

    fn kind_constant(&self, kind: Kind) -> Code {
        declared(&camel_case(kind.id()))
    }

    fn locale(&self, locale: &Locale) -> Code {
        // Scripts and regions bring their own capitals: `zh-Hans` is `zhHans`, `pt-BR` is `ptBR`.
        declared(&member(&locale.tag().replace('-', "")))
    }

    fn type_path(&self, domain: &DomainId) -> Code {
        spelling::identifier(type_name(domain))
    }

    fn path(&self, prefix: &str, domain: &DomainId, name: &Name) -> Code {
        spelling::identifier(format!("{prefix}{}.{}", type_name(domain), member(name.as_str())))
    }
}

/// A literal is one line between `"`. A backslash is always doubled, so no `\(` can begin an interpolation; a raw
/// string would be no help, because it has its own `\#(`.
const LITERAL: LiteralRules = LiteralRules {
    open: "\"",
    close: "\"",
    special: |ch, _| match ch {
        '\\' => Some("\\\\"),
        '"' => Some("\\\""),
        '\n' => Some("\\n"),
        '\r' => Some("\\r"),
        '\t' => Some("\\t"),
        _ => None,
    },
    unicode: |out, ch| match ch {
        // The noncharacters that swiftc takes for no scalar value when they are escaped, and takes as they stand.
        '\u{fdd0}'..='\u{fdef}' => out.push(ch),
        _ => spelling::braced_escape(out, ch),
    },
};

/// Documentation is Markdown after `///`, where nothing but a line end can leave the comment.
const DOC: DocRules = DocRules {
    special: |ch, _| match ch {
        '\\' => Some("\\\\"),
        '`' => Some("\\`"),
        '*' => Some("\\*"),
        '_' => Some("\\_"),
        '[' => Some("\\["),
        ']' => Some("\\]"),
        '<' => Some("\\<"),
        '>' => Some("\\>"),
        '&' => Some("\\&"),
        '~' => Some("\\~"),
        '#' => Some("\\#"),
        '|' => Some("\\|"),
        '!' => Some("\\!"),
        '@' => Some("\\@"),
        _ => None,
    },
};

// Files.

fn package(book: &Book, module: &Code) -> String {
    text(&PackageFile { module, version: SWIFT.doc(&book.version) })
}

fn support(book: &Book, prefix: &Code) -> String {
    let view = view::support(book, &SWIFT);
    let labels = Labels::of(&view.locales, "title", "description");
    let former = |ident: &Code, view| FormerCondition { renamed: renamed(ident), view };
    let condition = |view: ConditionView| Condition {
        former_names: view.former_names.into_iter().map(|name| former(&view.ident, name)).collect(),
        ident: view.ident,
        name: view.name,
        name_doc: view.name_doc,
        kind: view.kind,
        doc: view.doc,
        texts: labels
            .first
            .iter()
            .zip(view.title)
            .chain(labels.second.iter().zip(view.description))
            .collect(),
    };
    let retired = |view: view::RetiredConditionView| RetiredCondition {
        renamed: view.deprecated.replacement.as_ref().map(renamed),
        view,
    };
    text(&SupportFile {
        prefix,
        retired_conditions: view.retired_conditions.into_iter().map(retired).collect(),
        fallback: SWIFT.locale(&book.locales[0]),
        fallback_doc: SWIFT.doc(book.locales[0].tag()),
        locales: &view.locales,
        likely_scripts: &view.likely_scripts,
        kinds: &view.kinds,
        has_former_names: book.conditions.iter().any(|condition| !condition.former_names.is_empty()),
        conditions: view.conditions.into_iter().map(condition).collect(),
    })
}

fn registry(book: &Book, prefix: &Code) -> String {
    text(&RegistryFile { prefix, domains: view::domains(book, &SWIFT) })
}

fn print_error_code<'a>(book: &'a Book, domain: &'a Domain, prefix: &'a Code, page: &mut Page<'_>) {
    let view = view::domain(book, domain, &SWIFT);
    let former_names: Vec<_> = view.former_names().collect();
    let is_text = domain.code_type == CodeType::String;
    let shard = |(index, shard): (usize, view::Shard<'a>)| {
        let (first, last) = (shard.first?, shard.last?);
        let start = index * SHARD;
        let end = view::number(start + shard.entries.len());
        Some(Shard { index: shard.index, first, last, start, end, entries: shard.entries })
    };
    page.print(&ErrorCodeFile {
        prefix,
        type_name: spelling::identifier(format!("{}{}", prefix.0, type_name(&domain.id))),
        raw_type: spelling::fixed(match domain.code_type {
            CodeType::Int32 => "Int32",
            CodeType::Int64 => "Int64",
            CodeType::String => "String",
        }),
        is_text,
        has_former_names: !former_names.is_empty(),
        former_names,
        labels: Labels::of(&view.locales, "message", "solution"),
        shards: view.shards(SHARD).enumerate().filter_map(shard).collect(),
        domain: view,
    });
}

/// The name of a constant as `renamed:` takes it: a string, without the backticks of a declaration.
fn renamed(ident: &Code) -> Code {
    SWIFT.string(ident.0.trim_matches('`'))
}

/// The labels of two texts in each locale: `messageEn`, `messageZhHans`; `solutionEn`, `solutionZhHans`.
struct Labels {
    first: Vec<Code>,
    second: Vec<Code>,
}

impl Labels {
    fn of(locales: &[LocaleView], first: &str, second: &str) -> Self {
        let labels = |text: &str| {
            let label = |locale: &LocaleView| spelling::identifier(format!("{text}{}", locale.suffix.0));
            locales.iter().map(label).collect()
        };
        Self { first: labels(first), second: labels(second) }
    }
}

#[derive(askama::Template)]
#[template(path = "swift/Package.swift", escape = "code")]
struct PackageFile<'a> {
    module: &'a Code,
    version: Code,
}

#[derive(askama::Template)]
#[template(path = "swift/ErrorCodeSupport.swift", escape = "code")]
struct SupportFile<'a> {
    prefix: &'a Code,
    fallback: Code,
    fallback_doc: Code,
    locales: &'a [LocaleView],
    likely_scripts: &'a [view::LikelyScriptView],
    kinds: &'a [view::KindView],
    has_former_names: bool,
    conditions: Vec<Condition<'a>>,
    retired_conditions: Vec<RetiredCondition>,
}

/// A condition that is gone, and the name of the one to use instead as a string literal.
struct RetiredCondition {
    view: view::RetiredConditionView,
    renamed: Option<Code>,
}

/// A condition with labelled texts.
struct Condition<'a> {
    ident: Code,
    name: Code,
    name_doc: Code,
    former_names: Vec<FormerCondition>,
    kind: Code,
    doc: Code,
    texts: Vec<(&'a Code, Code)>,
}

/// A name that a condition had before, and the one to use instead as a string literal.
struct FormerCondition {
    view: view::FormerConditionView,
    renamed: Code,
}

#[derive(askama::Template)]
#[template(path = "swift/ErrorCodeRegistry.swift", escape = "code")]
struct RegistryFile<'a> {
    prefix: &'a Code,
    domains: Vec<view::DomainRef>,
}

#[derive(askama::Template)]
#[template(path = "swift/ErrorCode.swift", escape = "code")]
struct ErrorCodeFile<'a> {
    prefix: &'a Code,
    domain: DomainView<'a>,
    type_name: Code,
    raw_type: Code,
    is_text: bool,
    has_former_names: bool,
    /// Names that find codes although those are called otherwise now.
    former_names: Vec<(Code, Code)>,
    labels: Labels,
    shards: Vec<Shard<'a>>,
}

impl ErrorCodeFile<'_> {
    fn constants(&self) -> impl Iterator<Item = Constant> {
        self.domain.constants().map(|constant| {
            let deprecated = constant.deprecated.as_ref();
            let replacement = deprecated.and_then(|deprecated| deprecated.replacement.as_ref());
            Constant { renamed: replacement.map(renamed), constant }
        })
    }

    fn facts(&self, shard: &Shard<'_>) -> impl Iterator<Item = Facts<'_>> {
        let Labels { first, second } = &self.labels;
        let start = shard.start;
        self.domain.spelled(shard.entries).into_iter().enumerate().map(move |(index, error)| {
            let solution = second.iter().zip(error.solution).filter_map(|(label, text)| Some((label, text?)));
            Facts {
                place: if self.is_text { view::number(start + index) } else { spelling::copy(&error.code) },
                code: error.code,
                name: error.name,
                kind: error.kind,
                condition: error.condition,
                is_retryable: error.retryable,
                http_status: error.http_status,
                texts: first.iter().zip(error.message).chain(solution).collect(),
            }
        })
    }
}

/// The codes in one function; there is at least one.
struct Shard<'a> {
    index: Code,
    first: Code,
    last: Code,
    /// The place of the first one among those of the domain.
    start: usize,
    /// The place after that of the last one.
    end: Code,
    entries: &'a [ErrorCode],
}

/// A constant, and the name of the one to use instead as a string literal.
struct Constant {
    renamed: Option<Code>,
    constant: ConstantView,
}

/// What is known of a code, with labelled texts.
struct Facts<'a> {
    /// By what it is found: a number is its own place, and that of a text is its index among the codes.
    place: Code,
    code: Code,
    name: Code,
    kind: Code,
    condition: Option<Code>,
    is_retryable: bool,
    http_status: Option<Code>,
    texts: Vec<(&'a Code, Code)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::new(text).expect("a name")
    }

    #[test]
    fn word_lists_are_sorted() {
        for list in [&KEYWORDS[..], &TAKEN, &KNOWN] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn names_become_lower_camel_case() {
        for (written, spelled) in [
            ("device_offline", "deviceOffline"),
            ("a_1b", "a1b"),
            ("error_1_2", "error1_2"),
            ("default", "`default`"),
            ("internal", "`internal`"),
            ("self", "self_"),
            ("init", "init_"),
            ("none", "none_"),
            ("error_domain", "errorDomain_"),
            ("domain_name", "domainName_"),
            ("all", "all_"),
            ("type", "type"),
        ] {
            assert_eq!(SWIFT.constant(&name(written)).0, spelled);
        }
        let domain = DomainId::new("haier-uws").expect("a domain");
        assert_eq!(SWIFT.type_path(&domain).0, "HaierUwsErrorCode");
        assert_eq!(SWIFT.path("", &domain, &name("default")).0, "HaierUwsErrorCode.default");
    }

    #[test]
    fn locales_keep_their_capitals() {
        for (tag, spelled) in
            [("en", "en"), ("zh-Hans", "zhHans"), ("pt-BR", "ptBR"), ("is", "`is`"), ("es-419", "es419")]
        {
            assert_eq!(SWIFT.locale(&Locale::new(tag).expect("a locale")).0, spelled);
        }
    }

    #[test]
    fn no_text_leaves_its_literal() {
        for (text, literal) in [
            (r"\(evil())", r#""\\(evil())""#),
            (r##"\#(evil()) "# """"##, r##""\\#(evil()) \"# \"\"\"""##),
            ("a\r\nb\tc\u{0}\u{1b}", r#""a\r\nb\tc\u{0}\u{1b}""#),
            ("\u{202e}\u{2028}\u{feff}\u{200d}", r#""\u{202e}\u{2028}\u{feff}\u{200d}""#),
            ("设备　离线。😀", "\"设备　离线。😀\""),
            ("\u{fdcf}\u{fdd0}\u{fdef}\u{ffff}", "\"\u{fdcf}\u{fdd0}\u{fdef}\\u{ffff}\""),
        ] {
            assert_eq!(SWIFT.string(text).0, literal);
        }
    }

    #[test]
    fn no_text_leaves_its_comment() {
        assert_eq!(SWIFT.doc("a\rb\u{2028}c").0, "a b c");
        assert_eq!(SWIFT.doc("*/ /* `x` <doc:y> - Returns: @z").0, r"\*/ /\* \`x\` \<doc:y\> - Returns: \@z");
    }
}
