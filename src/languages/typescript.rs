//! TypeScript: one ES module for each domain, in an npm package.
//!
//! In: a book and the options `package`, which is the package's name on npm, and `prefix`. Out: `package.json`, `tsconfig.json`, and
//! in `src/` a module for each domain, `support.ts` and `registry.ts`.
//!
//! A code is the number or the text that came over the wire, not an object around it: `switch` narrows it, JSON holds
//! it, and a bundle that uses one constant contains that constant only. All facts lie in one `Map` for each column, so
//! that an app in one language bundles one language. A domain's module imports nothing but types: a team may copy it
//! and `support.ts` into any project, whatever bundler it has.
//!
//! Deliberately not here: enums, namespaces, default exports and parameter properties, which are not erasable.

use super::{Banner, Body, Copying, File, Language, OptionHelp, Options, Origin, text};
use crate::diagnostics::Diagnostic;
use crate::model::{
    Book, CodeType, Condition, Deprecation, Domain, DomainId, ErrorCode, Kind, Locale, Name, Retired,
    WireCode,
};
use crate::names::check_length;
use crate::view::spelling::{self, DocRules, LiteralRules};
use crate::view::{
    self, Code, ConditionView, ConstantView, DomainView, ErrorView, LocaleView, Spelling, SupportView,
};
use askama::Template;
use heck::{ToLowerCamelCase as _, ToPascalCase as _};

/// The language.
pub(super) static TYPESCRIPT: TypeScript = TypeScript;

/// TypeScript, and how it is spelled.
pub(super) struct TypeScript;

impl Language for TypeScript {
    fn id(&self) -> &'static str {
        "typescript"
    }

    fn title(&self) -> &'static str {
        "TypeScript"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        Some(self)
    }

    fn copying(&self) -> Option<Copying> {
        Some(Copying { option: None, sources: "src", folder: module_folder, root: None })
    }

    fn options(&self) -> &'static [OptionHelp] {
        &[
            OptionHelp { key: "package", about: "The name of the npm package.", example: "\"@errbook/iot\"" },
            OptionHelp::PREFIX,
        ]
    }

    fn files<'a>(&self, book: &'a Book, options: &mut Options<'_>) -> Vec<File<'a>> {
        let package = options.text("package", "error-codes", package_name);
        let prefix = options.prefix();
        for domain in &book.domains {
            check(book, domain, options);
        }
        let manifest = Manifest {
            name: spelling::literal(&package, &JSON),
            version: spelling::literal(&book.version, &JSON),
            description: spelling::literal(&book.title, &JSON),
            modules: book
                .domains
                .iter()
                .map(|domain| file_name(&domain.id))
                .chain(OWN_MODULES.map(str::to_owned))
                .map(spelling::identifier)
                .collect(),
        };
        let mut files = vec![
            file("package.json", Banner::None, Origin::Book, &manifest),
            file("tsconfig.json", Banner::None, Origin::Book, &Configuration),
            file(
                "src/support.ts",
                Banner::Slashes,
                Origin::Shared,
                &support_file(book, &prefix, &view::support(book, self)),
            ),
        ];
        files.extend(book.domains.iter().map(|domain| {
            let path = format!("src/{}.ts", file_name(&domain.id));
            let prefix = spelling::identifier(&prefix.0);
            let body = Body::new(move |page| {
                page.print(&domain_file(book, domain, &prefix, &view::domain(book, domain, &TYPESCRIPT)));
            });
            File { path, banner: Banner::Slashes, origin: Origin::Domain(domain.id.clone()), body }
        }));
        files.push(file("src/registry.ts", Banner::Slashes, Origin::Book, &registry_file(book, &prefix)));
        files
    }
}

impl Spelling for TypeScript {
    /// `DEVICE_OFFLINE`; no reserved word and no global that a module needs is written in capitals only.
    fn constant(&self, name: &Name) -> Code {
        spelling::identifier(name.as_str().to_ascii_uppercase())
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
        spelling::doc(text, &TSDOC)
    }

    /// `"not_found"`: the type is the union of the names.
    fn kind(&self, kind: Kind) -> Code {
        self.string(kind.id())
    }

    fn kind_constant(&self, kind: Kind) -> Code {
        self.string(kind.id())
    }

    /// `"zh-Hans"`: the type is the union of the tags.
    fn locale(&self, locale: &Locale) -> Code {
        self.string(locale.tag())
    }

    /// `haierUws`, as in `import * as haierUws from "./haier-uws.js"`.
    fn type_path(&self, domain: &DomainId) -> Code {
        spelling::identifier(module_name(domain))
    }

    /// A module has the name of its file, and no prefix.
    fn path(&self, _: &str, domain: &DomainId, name: &Name) -> Code {
        spelling::identifier(format!("{}.{}", module_name(domain), self.constant(name).0))
    }
}

/// Double quotes; `</` and `<!` are broken up, so that a bundle may stand within a page's `<script>`.
const STRING: LiteralRules = LiteralRules {
    open: "\"",
    close: "\"",
    special: |ch, next| match ch {
        '<' if matches!(next, Some('/' | '!')) => Some("\\x3C"),
        _ => json_special(ch, next),
    },
    unicode: spelling::utf16_escape,
};

/// A string of `package.json`.
const JSON: LiteralRules =
    LiteralRules { open: "\"", close: "\"", special: json_special, unicode: spelling::utf16_escape };

fn json_special(ch: char, _: Option<char>) -> Option<&'static str> {
    match ch {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        '\n' => Some("\\n"),
        '\r' => Some("\\r"),
        '\t' => Some("\\t"),
        _ => None,
    }
}

/// `TSDoc` is Markdown with tags in it: `@ts-ignore` in a comment silences the compiler, `{` opens an inline tag.
///
/// A backslash stops what only Markdown and `TSDoc` read. Others read comments too and know no backslash: `\*/` would
/// still end the comment, `\</script>` the page's script, and `\@license` would stay in a bundle; these are entities.
const TSDOC: DocRules = DocRules {
    special: |ch, next| match ch {
        '*' if next == Some('/') => Some("&#42;"),
        '<' if matches!(next, Some('/' | '!')) => Some("&lt;"),
        '\\' => Some("\\\\"),
        '`' => Some("\\`"),
        '*' => Some("\\*"),
        '_' => Some("\\_"),
        '[' => Some("\\["),
        ']' => Some("\\]"),
        '{' => Some("\\{"),
        '}' => Some("\\}"),
        '<' => Some("\\<"),
        '>' => Some("\\>"),
        '&' => Some("\\&"),
        '~' => Some("\\~"),
        '@' => Some("&#64;"),
        _ => None,
    },
};

/// The name under which an app imports a domain's module.
fn module_name(domain: &DomainId) -> String {
    let name = domain.as_str().to_lower_camel_case();
    let is_taken = RESERVED.binary_search(&name.as_str()).is_ok() || REGISTRY_NAMES.contains(&name.as_str());
    if is_taken { format!("{name}_") } else { name }
}

/// The class that a domain's module throws: `QuectelError`; `TypeCodeError` for a domain called `type`.
fn error_class(prefix: &Code, domain: &DomainId) -> Code {
    let name = format!("{}{}", prefix.0, domain.as_str().to_pascal_case());
    let is_global = GLOBAL_ERRORS.binary_search(&name.as_str()).is_ok();
    spelling::identifier(if is_global { format!("{name}CodeError") } else { format!("{name}Error") })
}

/// Words that cannot or should not name an import: ECMAScript 2025, section 12.7.2 "Keywords and Reserved Words", with
/// what section 13.1.1 forbids in modules, `undefined`, and what reads as syntax before a name (`async`, `of`) or a type
/// (`infer`, `keyof`, `readonly`, `unique`, `type`), and what a `CommonJS` module and the global scope declare
/// (`exports`, `module`, `require`, `globalThis`). A `_` is appended.
const RESERVED: [&str; 60] = [
    "arguments",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "exports",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "globalThis",
    "if",
    "implements",
    "import",
    "in",
    "infer",
    "instanceof",
    "interface",
    "keyof",
    "let",
    "module",
    "new",
    "null",
    "of",
    "package",
    "private",
    "protected",
    "public",
    "readonly",
    "require",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "unique",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// What `templates/typescript/registry.ts` calls its own functions, parameters and variables. A `_` is appended.
const REGISTRY_NAMES: [&str; 8] =
    ["allDomains", "code", "domain", "found", "lookup", "parseReference", "reference", "slash"];

/// Words that name a class of ECMAScript 2025 (section 20.5.5) or of browsers when `Error` is put behind them;
/// `CodeError` is put behind them instead.
const GLOBAL_ERRORS: [&str; 12] = [
    "Aggregate",
    "Eval",
    "Internal",
    "Media",
    "Overconstrained",
    "Range",
    "Reference",
    "Suppressed",
    "Syntax",
    "Type",
    "Uri",
    "WebTransport",
];

/// The file of a domain's module, without extension: `haier-uws`; `support_` beside the file that all domains share.
fn file_name(domain: &DomainId) -> String {
    let is_taken = OWN_MODULES.contains(&domain.as_str());
    if is_taken { format!("{domain}_") } else { domain.to_string() }
}

/// Modules that every package has beside its domains.
const OWN_MODULES: [&str; 2] = ["registry", "support"];

/// Modules of Node.js 24 (`module.builtinModules`), which a package of the same name could never be imported over.
const NODE_MODULES: [&str; 40] = [
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "domain",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "repl",
    "stream",
    "string_decoder",
    "sys",
    "timers",
    "tls",
    "trace_events",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "zlib",
];

/// Says what is wrong with the name of an npm package: the rules of npm's `package.json` documentation, section
/// `name`, without the old names that are no longer allowed for new packages.
fn package_name(name: &str) -> Result<(), String> {
    let part = |text: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
        !text.is_empty() && !text.starts_with(['.', '_', '-']) && text.bytes().all(allowed)
    };
    let is_made_of_parts = match name.strip_prefix('@') {
        Some(scoped) => scoped.split_once('/').is_some_and(|(scope, name)| part(scope) && part(name)),
        None => part(name),
    };
    if !is_made_of_parts {
        return Err(
            "write `name` or `@scope/name` in lower-case letters, digits, `-`, `.` and `_`".to_owned()
        );
    }
    if name.len() > 214 {
        return Err("npm allows 214 characters".to_owned());
    }
    if name == "node_modules" || name == "favicon.ico" || NODE_MODULES.binary_search(&name).is_ok() {
        return Err("the name is reserved".to_owned());
    }
    Ok(())
}

/// The folder that a copy goes to: `errors`, or `shared/errors`. No source names it.
fn module_folder(path: &str) -> Result<String, String> {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
            && !name.ends_with('.')
    };
    match path.split('/').find(|name| !is_name(name)) {
        Some(name) => Err(format!(
            "`{}` is no folder of letters and digits, with `-`, `.` and `_` between them",
            name.escape_debug()
        )),
        None => check_length(path, '/').map(|()| path.to_owned()),
    }
}

/// Reports what TypeScript cannot hold.
fn check(book: &Book, domain: &Domain, options: &mut Options<'_>) {
    let codes = domain.errors.iter().map(|error| (&error.code, error.span));
    for (code, span) in codes.chain(book.tombstones(domain).map(|(retired, code)| (code, retired.span))) {
        if let WireCode::Number(number) = code
            && number.unsigned_abs() > LARGEST_SAFE_INTEGER
        {
            let message = format!("TypeScript cannot hold the code `{number}` exactly");
            let fault = Diagnostic::error("unsafe_integer", span, message).help(
                "its numbers are exact up to 2^53 - 1; make the domain a `string` one, or drop this output",
            );
            options.fault(fault);
        }
    }
}

/// `Number.MAX_SAFE_INTEGER`.
const LARGEST_SAFE_INTEGER: u64 = (1 << 53) - 1;

#[derive(Template)]
#[template(path = "typescript/package.json", escape = "code")]
struct Manifest {
    name: Code,
    version: Code,
    description: Code,
    /// Every module, without extension.
    modules: Vec<Code>,
}

#[derive(Template)]
#[template(path = "typescript/tsconfig.json", escape = "code")]
struct Configuration;

#[derive(Template)]
#[template(path = "typescript/domain.ts", escape = "code")]
struct DomainFile<'a> {
    prefix: &'a Code,
    book: &'a Book,
    source: &'a Domain,
    domain: &'a DomainView<'a>,
    module: Code,
    file: Code,
    error_class: Code,
    /// `number` or `string`.
    base: Code,
    is_string: bool,
    is_int32: bool,
    fallback: &'a LocaleView,
    tables: Vec<Table<'a>>,
}

impl DomainFile<'_> {
    fn constants(&self) -> impl Iterator<Item = Constant> {
        // They stand in the same order: that of an entry's name, then those of its former names, at last the retired.
        let retired = self.book.tombstones(self.source).map(|(retired, _)| Some(retirement(retired)));
        let deprecations = self.source.errors.iter().flat_map(deprecations).chain(retired);
        self.domain.constants().zip(deprecations).map(|(view, deprecated)| Constant {
            is_plain: view.other_meanings.is_empty() && deprecated.is_none(),
            view,
            deprecated,
        })
    }

    /// The entries, whose conditions are texts: a module that named their constants would have to import them.
    fn errors(&self) -> impl Iterator<Item = ErrorView> {
        self.domain.errors().zip(&self.source.errors).map(|(mut view, error)| {
            view.condition = error.meaning.condition.as_ref().map(|name| TYPESCRIPT.string(name.as_str()));
            view
        })
    }
}

/// A constant and the form of its documentation.
struct Constant {
    view: ConstantView,
    /// Whether one line says all.
    is_plain: bool,
    deprecated: Option<Deprecated>,
}

/// What a constant's `@deprecated` tag says.
struct Deprecated {
    since: Code,
    note: Option<Code>,
    /// The constant to link to.
    replacement: Option<Code>,
}

/// The texts of one locale.
struct Table<'a> {
    locale: &'a LocaleView,
    /// Its place in the book.
    at: usize,
    has_solutions: bool,
}

fn domain_file<'a>(
    book: &'a Book,
    domain: &'a Domain,
    prefix: &'a Code,
    view: &'a DomainView<'a>,
) -> DomainFile<'a> {
    let is_string = domain.code_type == CodeType::String;
    let tables = view.locales.iter().enumerate().map(|(at, locale)| Table {
        locale,
        at,
        has_solutions: domain.errors.iter().any(|error| error.meaning.solution.shown(at).is_some()),
    });
    DomainFile {
        prefix,
        book,
        source: domain,
        domain: view,
        module: TYPESCRIPT.type_path(&domain.id),
        file: spelling::identifier(file_name(&domain.id)),
        error_class: error_class(prefix, &domain.id),
        base: spelling::fixed(if is_string { "string" } else { "number" }),
        is_string,
        is_int32: domain.code_type == CodeType::Int32,
        fallback: &view.locales[0],
        tables: tables.collect(),
    }
}

/// Whether and how each constant of an entry is deprecated.
fn deprecations(error: &ErrorCode) -> impl Iterator<Item = Option<Deprecated>> {
    let entry = |deprecated: &Deprecation| Deprecated {
        since: TYPESCRIPT.doc(&deprecated.since),
        note: deprecated.note.as_deref().map(|note| TYPESCRIPT.doc(note)),
        replacement: deprecated.replacement.as_ref().map(|name| TYPESCRIPT.constant(name)),
    };
    let former = error.former_names.iter().map(|former| {
        let replacement = Some(TYPESCRIPT.constant(&error.meaning.name));
        Some(Deprecated { since: TYPESCRIPT.doc(&former.since), note: None, replacement })
    });
    std::iter::once(error.deprecated.as_deref().map(entry)).chain(former)
}

/// What the tag of a retired constant says; the text above it says why already.
fn retirement(retired: &Retired) -> Deprecated {
    let replacement = retired.replacement.as_ref().map(|name| TYPESCRIPT.constant(name));
    Deprecated { since: TYPESCRIPT.doc(&retired.since), note: None, replacement }
}

#[derive(Template)]
#[template(path = "typescript/support.ts", escape = "code")]
struct SupportFile<'a> {
    prefix: &'a Code,
    support: &'a SupportView,
    fallback: &'a LocaleView,
    conditions: Vec<ConditionRow<'a>>,
    has_former_conditions: bool,
    retired: Vec<RetiredCondition<'a>>,
}

/// A condition that is gone, and what its `@deprecated` tag says.
struct RetiredCondition<'a> {
    view: &'a view::RetiredConditionView,
    deprecated: Deprecated,
}

/// A condition with its texts by locale.
struct ConditionRow<'a> {
    view: &'a ConditionView,
    name_doc: Code,
    former: Vec<FormerCondition>,
    titles: Vec<LocaleText<'a>>,
    descriptions: Vec<LocaleText<'a>>,
}

/// A name that a condition had before.
struct FormerCondition {
    ident: Code,
    name: Code,
    since: Code,
}

/// A locale's tag and a text, both as literals.
struct LocaleText<'a> {
    tag: &'a Code,
    text: &'a Code,
}

fn support_file<'a>(book: &Book, prefix: &'a Code, support: &'a SupportView) -> SupportFile<'a> {
    let texts = |texts: &'a [Code]| {
        let tags = support.locales.iter().map(|locale| &locale.tag);
        tags.zip(texts).map(|(tag, text)| LocaleText { tag, text }).collect()
    };
    let row = |(condition, view): (&Condition, &'a ConditionView)| {
        let former = condition.former_names.iter().map(|former| FormerCondition {
            ident: TYPESCRIPT.constant(&former.name),
            name: TYPESCRIPT.string(former.name.as_str()),
            since: TYPESCRIPT.doc(&former.since),
        });
        ConditionRow {
            view,
            name_doc: spelling::identifier(condition.name.as_str()),
            former: former.collect(),
            titles: texts(&view.title),
            descriptions: texts(&view.description),
        }
    };
    // The view is in the order of the names.
    let mut conditions: Vec<_> = book.conditions.iter().collect();
    conditions.sort_by(|a, b| a.name.cmp(&b.name));
    let has_former_conditions = conditions.iter().any(|condition| !condition.former_names.is_empty());
    let retired = book.condition_tombstones().zip(&support.retired_conditions);
    let retired = retired.map(|(retired, view)| RetiredCondition { view, deprecated: retirement(retired) });
    SupportFile {
        prefix,
        retired: retired.collect(),
        support,
        fallback: &support.locales[0],
        conditions: conditions.into_iter().zip(&support.conditions).map(row).collect(),
        has_former_conditions,
    }
}

#[derive(Template)]
#[template(path = "typescript/registry.ts", escape = "code")]
struct RegistryFile<'a> {
    prefix: &'a Code,
    domains: Vec<RegistryEntry>,
    /// Whether there is no domain yet.
    is_empty: bool,
}

/// A domain in the registry.
struct RegistryEntry {
    id: Code,
    module: Code,
    file: Code,
}

fn registry_file<'a>(book: &Book, prefix: &'a Code) -> RegistryFile<'a> {
    let entry = |domain: &Domain| RegistryEntry {
        id: TYPESCRIPT.string(domain.id.as_str()),
        module: TYPESCRIPT.type_path(&domain.id),
        file: spelling::identifier(file_name(&domain.id)),
    };
    RegistryFile {
        prefix,
        domains: book.domains.iter().map(entry).collect(),
        is_empty: book.domains.is_empty(),
    }
}

fn file(path: impl Into<String>, banner: Banner, origin: Origin, template: &impl Template) -> File<'static> {
    File { path: path.into(), banner, origin, body: text(template).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists_are_sorted() {
        assert!(RESERVED.is_sorted());
        assert!(GLOBAL_ERRORS.is_sorted());
        assert!(NODE_MODULES.is_sorted());
    }

    #[test]
    fn texts_cannot_leave_their_literal() {
        let string = |text| TYPESCRIPT.string(text).0;
        assert_eq!(string("\"\\ ${x} `a` '"), r#""\"\\ ${x} `a` '""#);
        assert_eq!(string("\r\n\t\0\u{1b}"), r#""\r\n\t\u0000\u001b""#);
        assert_eq!(
            string("\u{2028}\u{202e}\u{feff}\u{e0041}😀中"),
            r#""\u2028\u202e\ufeff\udb40\udc41😀中""#
        );
        assert_eq!(string("</script><!-- < a"), r#""\x3C/script>\x3C!-- < a""#);
        assert_eq!(string(r"\u0022"), r#""\\u0022""#);
    }

    #[test]
    fn texts_cannot_leave_their_comment() {
        let doc = |text| TYPESCRIPT.doc(text).0;
        assert_eq!(doc("*/ **/ */"), r"&#42;/ \*&#42;/ &#42;/");
        assert_eq!(
            doc("@ts-ignore\n@deprecated {@link x}"),
            r"&#64;ts-ignore &#64;deprecated \{&#64;link x\}"
        );
        assert_eq!(doc("</script><!--<b>"), r"&lt;/script\>&lt;!--\<b\>");
        assert_eq!(doc("a\u{2028}b\u{202e}c\r"), "a bU+202Ec");
    }

    #[test]
    fn manifest_strings_are_json() {
        let title = "a \"b\" </x> \\ \u{1} \u{1F600}\u{feff}";
        let json = spelling::literal(title, &JSON).0;
        assert_eq!(serde_json::from_str::<String>(&json).expect("valid JSON"), title);
    }

    #[test]
    fn modules_and_classes_keep_off_what_the_language_has() {
        let domain = |text| DomainId::new(text).expect("a domain");
        assert_eq!(TYPESCRIPT.type_path(&domain("haier-uws")).0, "haierUws");
        assert_eq!(TYPESCRIPT.type_path(&domain("default")).0, "default_");
        assert_eq!(TYPESCRIPT.type_path(&domain("lookup")).0, "lookup_");
        assert_eq!(error_class(&spelling::fixed("Acme"), &domain("haier-uws")).0, "AcmeHaierUwsError");
        assert_eq!(error_class(&spelling::fixed(""), &domain("type")).0, "TypeCodeError");
        assert_eq!(TYPESCRIPT.type_path(&domain("global-this")).0, "globalThis_");
        assert_eq!(file_name(&domain("support")), "support_");
        let name = Name::new("device_offline").expect("a name");
        assert_eq!(TYPESCRIPT.path("", &domain("haier-uws"), &name).0, "haierUws.DEVICE_OFFLINE");
    }

    #[test]
    fn package_names_are_npm_names() {
        for good in ["error-codes", "@errbook/iot", "a.b_c"] {
            assert_eq!(package_name(good), Ok(()), "{good}");
        }
        for bad in ["", "A", "a b", "../x", "@x", "@/x", "@a/b/c", ".a", "fs", "node_modules", "a\""] {
            assert!(package_name(bad).is_err(), "{bad}");
        }
    }
}
