//! Rust: a crate without `std` and without dependencies, whose files also work in any module of an app.
//!
//! In: a book and the options of `outputs.rust`. Out: `Cargo.toml`, the crate's root, `support.rs`, one module a
//! domain, and `registry.rs`.
//!
//! The shape is a newtype over the wire code with constants and a sorted static table: an unknown code is a code
//! like any other, a constant works as a pattern, and ten thousand codes compile in seconds. A string domain holds
//! `&'static str` for the codes it knows, so that its constants are constants and equality can be derived.
//!
//! Guaranteed: the files compile without a warning in the editions 2018 to 2024, also where `missing_docs`,
//! `clippy::pedantic` and `rustdoc::all` are on, where an app uses nothing of them, and where `include!` takes them
//! in. A constant cannot meet a keyword, because it is upper case; a module can, and then gets a `_`, which no
//! domain's name ends with.

use super::{Banner, Body, Copying, File, Language, OptionHelp, Options, Origin, Page, text};
use crate::model::{Book, CodeType, Domain, DomainId, Kind, Locale, Name, WireCode};
use crate::names::{check_length, is_device};
use crate::view::spelling::{self, DocRules, LiteralRules, braced_escape, fixed, identifier};
use crate::view::{self, Code, DomainView, Spelling, SupportView};
use askama::Template;
use heck::ToPascalCase as _;
use std::fmt::Write as _;

/// Rust.
pub(super) static RUST: Rust = Rust;

/// Rust, as a language and as its spelling.
pub(super) struct Rust;

impl Language for Rust {
    fn id(&self) -> &'static str {
        "rust"
    }

    fn title(&self) -> &'static str {
        "Rust"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        Some(self)
    }

    fn copying(&self) -> Option<Copying> {
        Some(Copying { option: None, sources: "src", folder: module_folder, root: Some(module_root) })
    }

    fn options(&self) -> &'static [OptionHelp] {
        &[
            OptionHelp { key: "crate", about: "The name of the crate.", example: "errbook-iot" },
            OptionHelp::PREFIX,
        ]
    }

    fn files<'a>(&self, book: &'a Book, options: &mut Options<'_>) -> Vec<File<'a>> {
        let crate_name = options.text("crate", "errbook-book", check_crate_name);
        let shared = |path: &str, banner: Banner, body: String| File {
            path: path.to_owned(),
            banner,
            origin: Origin::Book,
            body: body.into(),
        };
        let prefix = options.prefix();
        let domains = listed(book);
        // A book that has just been started has nothing to look up.
        let has_registry = !domains.is_empty();
        let manifest = Manifest {
            name: spelling::literal(&crate_name, &TOML),
            version: spelling::literal(&book.version, &TOML),
            description: spelling::literal(&book.title, &TOML),
        };
        let root = Root {
            prefix: &prefix,
            title: self.doc(&book.title),
            crate_path: identifier(crate_name.replace('-', "_")),
            example: book.domains.first().map(|domain| Example {
                module: identifier(module(&domain.id)),
                code: match domain.code_type {
                    CodeType::Int32 | CodeType::Int64 => fixed("404"),
                    CodeType::String => fixed("\"E404\""),
                },
            }),
            has_registry,
            domains: &domains,
        };
        // A book without locales is no book.
        let fallback = self.locale(&book.locales[0]);
        let support = SupportFile { prefix: &prefix, fallback, support: view::support(book, self) };
        let mut files = vec![
            shared("Cargo.toml", Banner::Hash, text(&manifest)),
            shared("rustfmt.toml", Banner::Hash, text(&Formatting)),
            shared("src/lib.rs", Banner::Slashes, text(&root)),
            File { origin: Origin::Shared, ..shared("src/support.rs", Banner::Slashes, text(&support)) },
        ];
        if has_registry {
            files.push(shared(
                "src/registry.rs",
                Banner::Slashes,
                text(&Registry { prefix: &prefix, domains: &domains }),
            ));
        }
        files.extend(book.domains.iter().map(|domain| File {
            path: format!("src/{}.rs", module(&domain.id)),
            banner: Banner::Slashes,
            origin: Origin::Domain(domain.id.clone()),
            body: Body::new({
                let prefix = identifier(&prefix.0);
                move |page| print_domain(book, domain, &prefix, page)
            }),
        }));
        files
    }
}

/// Prints a domain's file, which has a shape for each type of code.
fn print_domain(book: &Book, domain: &Domain, prefix: &Code, page: &mut Page<'_>) {
    let view = view::domain(book, domain, &RUST);
    match domain.code_type {
        CodeType::Int32 => page.print(&IntegerDomain { prefix, domain: view, integer: fixed("i32") }),
        CodeType::Int64 => page.print(&IntegerDomain { prefix, domain: view, integer: fixed("i64") }),
        CodeType::String => page.print(&TextDomain { prefix, domain: view }),
    }
}

#[derive(Template)]
#[template(path = "rust/Cargo.toml", escape = "code")]
struct Manifest {
    name: Code,
    version: Code,
    description: Code,
}

/// Without it, rustfmt would follow the settings of whatever folder lies around the package.
#[derive(Template)]
#[template(path = "rust/rustfmt.toml", escape = "code")]
struct Formatting;

#[derive(Template)]
#[template(path = "rust/lib.rs", escape = "code")]
struct Root<'a> {
    prefix: &'a Code,
    title: Code,
    crate_path: Code,
    example: Option<Example>,
    has_registry: bool,
    domains: &'a [Listed],
}

/// What the example in the crate's documentation shows; it is compiled as a test.
struct Example {
    module: Code,
    /// Any code: the example holds for known and unknown ones.
    code: Code,
}

#[derive(Template)]
#[template(path = "rust/support.rs", escape = "code")]
struct SupportFile<'a> {
    prefix: &'a Code,
    /// The constant of the first locale.
    fallback: Code,
    support: SupportView,
}

#[derive(Template)]
#[template(path = "rust/integer_domain.rs", escape = "code")]
struct IntegerDomain<'a> {
    prefix: &'a Code,
    domain: DomainView<'a>,
    /// The type of the codes.
    integer: Code,
}

#[derive(Template)]
#[template(path = "rust/text_domain.rs", escape = "code")]
struct TextDomain<'a> {
    prefix: &'a Code,
    domain: DomainView<'a>,
}

#[derive(Template)]
#[template(path = "rust/registry.rs", escape = "code")]
struct Registry<'a> {
    prefix: &'a Code,
    domains: &'a [Listed],
}

#[derive(Template)]
#[template(path = "rust/mod.rs", escape = "code")]
struct ModuleRoot<'a> {
    title: Code,
    domains: &'a [Listed],
}

/// A domain where all of them are listed.
struct Listed {
    /// The domain's name, as a string literal.
    id: Code,
    /// What people call it, for documentation.
    title: Code,
    /// Its module.
    module: Code,
}

fn listed(book: &Book) -> Vec<Listed> {
    let module = |domain: &Domain| Listed {
        id: RUST.string(domain.id.as_str()),
        title: RUST.doc(&domain.title),
        module: identifier(module(&domain.id)),
    };
    book.domains.iter().map(module).collect()
}

impl Spelling for Rust {
    fn constant(&self, name: &Name) -> Code {
        identifier(name.as_str().to_ascii_uppercase())
    }

    fn code(&self, code: &WireCode, _: CodeType) -> Code {
        match code {
            WireCode::Number(number) => spelling::integer(*number),
            WireCode::Text(text) => self.string(text),
        }
    }

    fn string(&self, text: &str) -> Code {
        spelling::literal(text, &STRING)
    }

    fn doc(&self, text: &str) -> Code {
        spelling::doc(text, &MARKDOWN)
    }

    fn note(&self, text: &str) -> Code {
        self.string(&spelling::doc(text, &NOTE).0)
    }

    fn kind(&self, kind: Kind) -> Code {
        identifier(format!("ErrorKind::{}", kind.id().to_pascal_case()))
    }

    fn kind_constant(&self, kind: Kind) -> Code {
        identifier(kind.id().to_pascal_case())
    }

    fn locale(&self, locale: &Locale) -> Code {
        identifier(locale.tag().to_pascal_case())
    }

    fn type_path(&self, domain: &DomainId) -> Code {
        identifier(format!("{}::ErrorCode", module(domain)))
    }

    fn path(&self, prefix: &str, domain: &DomainId, name: &Name) -> Code {
        identifier(format!("{}::{prefix}ErrorCode::{}", module(domain), self.constant(name).0))
    }
}

/// The module of a domain, which is its file as well: `aliyun_homelink`.
fn module(domain: &DomainId) -> String {
    let mut module = domain.as_str().replace('-', "_");
    if KEYWORDS.binary_search(&module.as_str()).is_ok() || TAKEN_MODULES.contains(&module.as_str()) {
        module.push('_');
    }
    module
}

/// The folder of a module that a copy goes to: `errors`, or `app::errors`.
fn module_folder(path: &str) -> Result<String, String> {
    for name in path.split("::") {
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !is_name {
            return Err(format!(
                "`{}` is no name of lower-case letters, digits and `_`",
                name.escape_debug()
            ));
        }
        if KEYWORDS.binary_search(&name).is_ok() {
            return Err(format!("`{name}` is a keyword of Rust"));
        }
    }
    let folder = path.replace("::", "/");
    check_length(&folder, '/').map(|()| folder)
}

/// The file that makes a module of a copy.
fn module_root(book: &Book) -> File<'static> {
    let domains = listed(book);
    File {
        path: "src/mod.rs".to_owned(),
        banner: Banner::Slashes,
        origin: Origin::Shared,
        body: text(&ModuleRoot { title: RUST.doc(&book.title), domains: &domains }).into(),
    }
}

/// What is wrong with the name of a package, if anything.
fn check_crate_name(name: &str) -> Result<(), String> {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if name.len() > 64
        || !name.starts_with(|first: char| first.is_ascii_lowercase())
        || !name.split(['-', '_']).all(is_word)
    {
        return Err(
            "a package's name is lower-case words joined by `-` or `_`, at most 64 characters".to_owned()
        );
    }
    if KEYWORDS.binary_search(&name).is_ok() {
        return Err("it is a keyword of Rust".to_owned());
    }
    if TAKEN_CRATES.contains(&name) || is_device(name) {
        return Err("Rust or Cargo uses this name itself".to_owned());
    }
    Ok(())
}

const STRING: LiteralRules = LiteralRules {
    open: "\"",
    close: "\"",
    special: |ch, _| match ch {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        '\n' => Some("\\n"),
        '\r' => Some("\\r"),
        '\t' => Some("\\t"),
        _ => None,
    },
    unicode: braced_escape,
};

/// A basic string of TOML 1.0.
const TOML: LiteralRules = LiteralRules {
    unicode: |out, ch| {
        let point = u32::from(ch);
        // Writing to a string cannot fail.
        _ = if point <= 0xFFFF { write!(out, "\\u{point:04X}") } else { write!(out, "\\U{point:08X}") };
    },
    ..STRING
};

/// Markdown as rustdoc reads it: every character that can begin something within a line is escaped. What begins a
/// line cannot arise, because the templates put words of ours before.
const MARKDOWN: DocRules = DocRules {
    special: |ch, next| match ch {
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
        // An address in a message is no link, and `rustdoc::bare_urls` would take it for a forgotten one.
        ':' if next == Some('/') => Some("\\:"),
        _ => None,
    },
};

/// The note of a deprecated constant, which rustdoc reads as Markdown too and rustc prints as it stands: what could be a
/// link, a tag, code or a fence is escaped, and what only changes how words look stays readable in a warning.
const NOTE: DocRules = DocRules {
    special: |ch, next| match ch {
        '_' | '*' | '|' | '!' | '@' => None,
        _ => (MARKDOWN.special)(ch, next),
    },
};

/// Words that no module and no package may be called: strict and reserved keywords (The Rust Reference, "Keywords",
/// edition 2024, Rust 1.95). Weak keywords such as `union` and `raw` are fine. A module gets a trailing `_`, a
/// package is refused.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// Modules of the package itself, files that mean something to Cargo, and crates that the files name. A domain's
/// module gets a trailing `_`.
const TAKEN_MODULES: [&str; 7] = ["alloc", "core", "lib", "main", "registry", "std", "support"];

/// Names that Cargo refuses or warns of (its `restricted_names.rs`): crates that come with Rust, and folders of
/// Cargo's own; it refuses devices of Windows as well.
const TAKEN_CRATES: [&str; 11] = [
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc-macro",
    "proc_macro",
    "std",
    "sysroot",
    "test",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted_for_the_search() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn literals_hold_any_text() {
        let cases = [
            (r"C:\users \(x) \u{41} ${x} {}", r#""C:\\users \\(x) \\u{41} ${x} {}""#),
            ("\"*/ // #\"#", r##""\"*/ // #\"#""##),
            ("\r\n\t\0\u{202e}\u{2028}\u{feff}", r#""\r\n\t\u{0}\u{202e}\u{2028}\u{feff}""#),
            ("设备😀", r#""设备😀""#),
        ];
        for (text, literal) in cases {
            assert_eq!(RUST.string(text).0, literal);
        }
    }

    #[test]
    fn documentation_is_text_and_one_line() {
        let cases = [
            ("a\n\n```\nfn main() {}\n```", r"a \`\`\` fn main() {} \`\`\`"),
            ("*/ /* <script> [x](y) &lt; @see #tag", r"\*/ /\* \<script\> \[x\](y) \&lt; \@see \#tag"),
            ("see https://example.com/a_b", r"see https\://example.com/a\_b"),
            ("\r\u{2028}\u{202e}x", "U+202Ex"),
        ];
        for (text, doc) in cases {
            assert_eq!(RUST.doc(text).0, doc);
        }
    }

    #[test]
    fn notes_are_read_by_rustdoc_and_by_people() {
        let cases = [
            ("Use DEVICE_OFFLINE.", r#""Use DEVICE_OFFLINE.""#),
            ("see [Vec] <b>\n```\nrun()", r#""see \\[Vec\\] \\<b\\> \\`\\`\\` run()""#),
        ];
        for (text, note) in cases {
            assert_eq!(RUST.note(text).0, note);
        }
    }

    #[test]
    fn toml_escapes_beyond_sixteen_bits() {
        let escaped = spelling::literal("\"\\\u{7f}\u{e0041}\n", &TOML).0;
        assert_eq!(escaped, r#""\"\\\u007F\U000E0041\n""#);
    }

    #[test]
    fn names_are_upper_case_and_modules_no_keywords() {
        let name = Name::new("a1_2b_self").expect("a name");
        assert_eq!(RUST.constant(&name).0, "A1_2B_SELF");
        let cases = [
            ("aliyun-homelink", "aliyun_homelink"),
            ("type", "type_"),
            ("crate", "crate_"),
            ("support", "support_"),
            ("core", "core_"),
        ];
        for (domain, expected) in cases {
            let domain = DomainId::new(domain).expect("a domain");
            assert_eq!(module(&domain), expected);
            assert_eq!(RUST.path("", &domain, &name).0, format!("{expected}::ErrorCode::A1_2B_SELF"));
        }
    }

    #[test]
    fn package_names_are_what_cargo_takes() {
        for good in ["iot-error-codes", "a", "errbook_iot", "e5"] {
            assert_eq!(check_crate_name(good), Ok(()));
        }
        for bad in ["", "A", "5e", "-a", "a--b", "a b", "../a", "\"", "type", "core", "test", "com1"] {
            assert!(check_crate_name(bad).is_err(), "{bad}");
        }
    }
}
