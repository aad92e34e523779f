//! Kotlin: for the JVM from bytecode 1.8 on, Android, JavaScript and common code.
//!
//! In: a book and the options under `outputs.kotlin`. Out: a Gradle package with one file for what all domains
//! share, one for each domain, and the registry. Generated code uses nothing but the standard library common to all
//! platforms (Kotlin 1.9), so no `java.*` and no `kotlin.jvm.*`: the same file compiles for each of them.
//!
//! A code is a plain class over the raw value. A value class would have to say `@JvmInline`, which is an error where
//! the platform is not the JVM; stored constants would all be made when the class is loaded, and a class holds about
//! 5,000 of them. So constants are getters, and facts are `when` lookups in objects of at most 250 codes: a JVM
//! method beyond 8,000 bytes is never compiled to machine code, and one beyond 64 KB is refused.
//!
//! Deliberately elsewhere: banners (`output`), and whether two names are one constant (`view::check`; in upper snake
//! case none are).

use super::jvm::{self, exception_name, type_name};
use super::{Banner, Body, Copying, File, Language, OptionHelp, Options, Origin, Page, text};
use crate::model::{Book, CodeType, Domain, DomainId, Kind, Locale, Name, WireCode};
use crate::view::spelling::{self, DocRules, LiteralRules};
use crate::view::{
    self, Code, ConditionView, DomainRef, DomainView, ErrorView, LocaleView, Shard, Spelling, SupportView,
};
use askama::Template;

/// The language, for the registry.
pub(super) static KOTLIN: Kotlin = Kotlin;

/// Kotlin.
#[derive(Debug)]
pub(super) struct Kotlin;

/// How many codes stand in one object.
const CODES_PER_OBJECT: usize = 250;

impl Language for Kotlin {
    fn id(&self) -> &'static str {
        "kotlin"
    }

    fn title(&self) -> &'static str {
        "Kotlin"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        Some(self)
    }

    fn copying(&self) -> Option<Copying> {
        let folder = |_: &str| Ok(String::new());
        Some(Copying { option: Some("package"), sources: "src/main/kotlin", folder, root: None })
    }

    fn options(&self) -> &'static [OptionHelp] {
        &[
            jvm::PACKAGE,
            jvm::GROUP,
            OptionHelp { key: "artifact", about: "The name of the artifact.", example: "error-codes-kotlin" },
            OptionHelp::PREFIX,
            OptionHelp {
                key: "kotlin_version",
                about: "The version of Kotlin that the build file asks for.",
                example: "2.4.20",
            },
        ]
    }

    fn files<'a>(&self, book: &'a Book, options: &mut Options<'_>) -> Vec<File<'a>> {
        let settings = Settings::read(options);
        let prefix = options.prefix();
        let folder = format!("src/main/kotlin/{}", settings.package.replace('.', "/"));
        let package = spelling::identifier(&settings.package);
        let shared = |path: String, body: String| File {
            path,
            banner: Banner::Slashes,
            origin: Origin::Book,
            body: body.into(),
        };
        let mut files = vec![
            shared("build.gradle.kts".to_owned(), settings.build(book)),
            shared("settings.gradle.kts".to_owned(), settings.settings()),
            File {
                origin: Origin::Shared,
                ..shared(
                    format!("{folder}/{}ErrorCodeSupport.kt", prefix.0),
                    support_file(book, &package, &prefix),
                )
            },
        ];
        for domain in &book.domains {
            files.push(File {
                path: format!("{folder}/{}{}.kt", prefix.0, type_name(&domain.id)),
                banner: Banner::Slashes,
                origin: Origin::Domain(domain.id.clone()),
                body: Body::new({
                    let (package, prefix) =
                        (spelling::identifier(&package.0), spelling::identifier(&prefix.0));
                    move |page| print_domain(book, domain, &package, &prefix, page)
                }),
            });
        }
        files.push(shared(
            format!("{folder}/{}ErrorCodeRegistry.kt", prefix.0),
            registry_file(book, &package, &prefix),
        ));
        files
    }
}

/// The options of the output.
struct Settings {
    /// The package of the sources.
    package: String,
    /// The group under which the library is published.
    group: String,
    /// The name under which the library is published.
    artifact: String,
    /// The version of the Kotlin plugin for Gradle.
    kotlin_version: String,
}

impl Settings {
    fn read(options: &mut Options<'_>) -> Self {
        let package = options.text("package", "io.errbook.book", valid_package);
        let group = options.text("group", &package, valid_coordinate);
        let artifact = options.text("artifact", "error-codes-kotlin", valid_coordinate);
        // Any from 1.9 on will do; this is the one that the tests compile with.
        let kotlin_version = options.text("kotlin_version", "2.4.20", valid_coordinate);
        Self { package, group, artifact, kotlin_version }
    }

    fn build(&self, book: &Book) -> String {
        text(&BuildFile {
            kotlin_version: KOTLIN.string(&self.kotlin_version),
            group: KOTLIN.string(&self.group),
            version: KOTLIN.string(&book.version),
        })
    }

    fn settings(&self) -> String {
        text(&SettingsFile { artifact: KOTLIN.string(&self.artifact) })
    }
}

/// A package is made of names in lower case, none of which is a keyword of Kotlin or Java: Java classes import it too.
fn valid_package(package: &str) -> Result<(), String> {
    for segment in package.split('.') {
        let starts_well = segment.starts_with(|first: char| first.is_ascii_lowercase());
        let goes_on_well = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || ch == '_';
        if !starts_well || !segment.chars().all(goes_on_well) {
            return Err(format!("`{segment}` is no name of lower-case letters, digits and `_`"));
        }
        if KEYWORDS.binary_search(&segment).is_ok() {
            return Err(format!("`{segment}` is a keyword of Kotlin or Java"));
        }
    }
    match package.split('.').next() {
        Some(root @ ("java" | "kotlin")) => Err(format!("`{root}` is the platform's own")),
        _ => jvm::refuse_package(package),
    }
}

/// Group, artifact and version become parts of paths in a repository.
fn valid_coordinate(text: &str) -> Result<(), String> {
    let is_inner = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-' | '_');
    let is_outer = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric());
    if text.chars().all(is_inner) && is_outer(text.chars().next()) && is_outer(text.chars().next_back()) {
        Ok(())
    } else {
        Err("letters and digits, and `.`, `-` and `_` between them".to_owned())
    }
}

impl Spelling for Kotlin {
    fn constant(&self, name: &Name) -> Code {
        // No keyword is in upper case, and of the companion's own members only `DOMAIN` is.
        match name.as_str() {
            "domain" => spelling::fixed("DOMAIN_"),
            name => spelling::identifier(name.to_ascii_uppercase()),
        }
    }

    fn code(&self, code: &WireCode, code_type: CodeType) -> Code {
        match code {
            // The lowest number has no literal: the minus is an operator, and the rest is out of range.
            WireCode::Number(i64::MIN) => spelling::fixed("Long.MIN_VALUE"),
            WireCode::Number(number) if code_type == CodeType::Int64 => {
                spelling::identifier(format!("{number}L"))
            }
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
        spelling::identifier(format!("ErrorKind.{}", self.kind_constant(kind).0))
    }

    fn kind_constant(&self, kind: Kind) -> Code {
        spelling::identifier(kind.id().to_ascii_uppercase())
    }

    fn locale(&self, locale: &Locale) -> Code {
        spelling::identifier(locale.tag().to_ascii_uppercase().replace('-', "_"))
    }

    fn type_path(&self, domain: &DomainId) -> Code {
        spelling::identifier(type_name(domain))
    }

    fn path(&self, prefix: &str, domain: &DomainId, name: &Name) -> Code {
        spelling::identifier(format!("{prefix}{}.{}", type_name(domain), self.constant(name).0))
    }
}

/// `$` begins a template wherever a name or a brace follows, which is not worth telling apart.
const LITERAL: LiteralRules = LiteralRules {
    open: "\"",
    close: "\"",
    special: |ch, _| match ch {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        '$' => Some("\\$"),
        '\n' => Some("\\n"),
        '\r' => Some("\\r"),
        '\t' => Some("\\t"),
        _ => None,
    },
    unicode: spelling::utf16_escape,
};

/// Documentation is Markdown in a comment that nests. Without a raw `*` it can neither end early nor open a second one,
/// which would stay open to the end of the file.
const DOC: DocRules = DocRules {
    special: |ch, _| match ch {
        '*' => Some("&#42;"),
        '@' => Some("&#64;"),
        '\\' => Some("\\\\"),
        '`' => Some("\\`"),
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
        _ => None,
    },
};

fn support_file(book: &Book, package: &Code, prefix: &Code) -> String {
    let support = view::support(book, &KOTLIN);
    text(&SupportFile {
        package,
        prefix,
        fallback: KOTLIN.locale(&book.locales[0]),
        has_former_names: support.conditions.iter().any(|condition| !condition.former_names.is_empty()),
        titles: condition_texts(&support, |condition| &condition.title),
        descriptions: condition_texts(&support, |condition| &condition.description),
        support: &support,
    })
}

/// One of the texts of all conditions, in each locale.
fn condition_texts(support: &SupportView, text: fn(&ConditionView) -> &[Code]) -> Vec<Texts<'_>> {
    let column = |(index, locale)| {
        let conditions = support.conditions.iter();
        Texts::new(locale, conditions.map(|condition| (&condition.name, text(condition).get(index))))
    };
    support.locales.iter().enumerate().map(column).collect()
}

fn print_domain(book: &Book, domain: &Domain, package: &Code, prefix: &Code, page: &mut Page<'_>) {
    let view = view::domain(book, domain, &KOTLIN);
    let (code_type, codes_type, codes_function) = match domain.code_type {
        CodeType::Int32 => ("Int", "IntArray", "intArrayOf"),
        CodeType::Int64 => ("Long", "LongArray", "longArrayOf"),
        CodeType::String => ("String", "List<String>", "listOf"),
    };
    let ranges: Vec<_> = view.shards(CODES_PER_OBJECT).map(RangeHead::of).collect();
    let former_names: Vec<_> = view.former_names().collect();
    page.print(&DomainFile {
        package,
        prefix,
        type_name: spelling::identifier(format!("{}{}", prefix.0, type_name(&domain.id))),
        exception_name: spelling::identifier(exception_name(&prefix.0, &domain.id)),
        fallback: KOTLIN.locale(&book.locales[0]),
        code_type: spelling::fixed(code_type),
        codes_type: spelling::fixed(codes_type),
        codes_function: spelling::fixed(codes_function),
        is_text: domain.code_type == CodeType::String,
        is_one_range: ranges.len() == 1,
        ranges,
        has_former_names: !former_names.is_empty(),
        former_names,
        domain: &view,
    });
}

fn registry_file(book: &Book, package: &Code, prefix: &Code) -> String {
    text(&RegistryFile { package, prefix, domains: view::domains(book, &KOTLIN) })
}

/// `ErrorCodeSupport.kt`.
#[derive(Template)]
#[template(path = "kotlin/ErrorCodeSupport.kt", escape = "code")]
struct SupportFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    support: &'a SupportView,
    fallback: Code,
    has_former_names: bool,
    titles: Vec<Texts<'a>>,
    descriptions: Vec<Texts<'a>>,
}

/// `QuectelErrorCode.kt`.
#[derive(Template)]
#[template(path = "kotlin/DomainErrorCode.kt", escape = "code")]
struct DomainFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    domain: &'a DomainView<'a>,
    type_name: Code,
    exception_name: Code,
    fallback: Code,
    /// The type of a code, and of a list of codes, with the function that makes one.
    code_type: Code,
    codes_type: Code,
    codes_function: Code,
    is_text: bool,
    ranges: Vec<RangeHead>,
    is_one_range: bool,
    /// Names that codes had before, and the codes.
    former_names: Vec<(Code, Code)>,
    has_former_names: bool,
}

impl DomainFile<'_> {
    /// The ranges with their entries, each made when it is printed.
    fn facts(&self) -> impl Iterator<Item = Range<'_>> {
        self.domain.shards(CODES_PER_OBJECT).map(|shard| Range::new(self.domain, shard))
    }
}

/// `ErrorCodeRegistry.kt`.
#[derive(Template)]
#[template(path = "kotlin/ErrorCodeRegistry.kt", escape = "code")]
struct RegistryFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    domains: Vec<DomainRef>,
}

/// `build.gradle.kts`.
#[derive(Template)]
#[template(path = "kotlin/build.gradle.kts", escape = "code")]
struct BuildFile {
    kotlin_version: Code,
    group: Code,
    version: Code,
}

/// `settings.gradle.kts`.
#[derive(Template)]
#[template(path = "kotlin/settings.gradle.kts", escape = "code")]
struct SettingsFile {
    artifact: Code,
}

/// Which codes one object holds.
struct RangeHead {
    index: Code,
    /// The last code, unless it is the last range.
    last: Option<Code>,
}

impl RangeHead {
    fn of(shard: Shard<'_>) -> Self {
        Self { index: shard.index, last: shard.last.filter(|_| !shard.is_last) }
    }
}

/// The entries of one object.
struct Range<'a> {
    index: Code,
    errors: Vec<ErrorView>,
    // A fact that no code of the range has needs no lookup.
    has_conditions: bool,
    has_retryables: bool,
    has_http_statuses: bool,
    messages: Vec<Column<'a>>,
    solutions: Vec<Column<'a>>,
}

/// A locale in which there are texts.
struct Column<'a> {
    suffix: &'a Code,
    /// Its place among the texts of an entry.
    at: usize,
}

/// The texts of one kind in one locale.
struct Texts<'a> {
    suffix: &'a Code,
    cases: Vec<Case<'a>>,
}

/// A text, and the code or the name it belongs to.
struct Case<'a> {
    key: &'a Code,
    text: &'a Code,
}

impl<'a> Range<'a> {
    fn new(view: &'a DomainView<'_>, shard: Shard<'_>) -> Self {
        let errors = view.spelled(shard.entries);
        let columns =
            || view.locales.iter().enumerate().map(|(at, locale)| Column { suffix: &locale.suffix, at });
        let has_solutions =
            |column: &Column<'_>| errors.iter().any(|error| error.solution[column.at].is_some());
        Self {
            index: shard.index,
            has_conditions: errors.iter().any(|error| error.condition.is_some()),
            has_retryables: errors.iter().any(|error| error.retryable),
            has_http_statuses: errors.iter().any(|error| error.http_status.is_some()),
            messages: columns().collect(),
            solutions: columns().filter(has_solutions).collect(),
            errors,
        }
    }
}

impl<'a> Texts<'a> {
    /// Those of the `texts` that are there.
    fn new(locale: &'a LocaleView, texts: impl Iterator<Item = (&'a Code, Option<&'a Code>)>) -> Self {
        let cases = texts.filter_map(|(key, text)| Some(Case { key, text: text? })).collect();
        Self { suffix: &locale.suffix, cases }
    }
}

/// The hard keywords of Kotlin 2.4 (kotlinlang.org, "Keywords and operators") and the reserved words of Java 17 (Java
/// Language Specification, 3.9), sorted. Kotlin could quote them with backticks and Java could not, so a package
/// does not hold any of them.
const KEYWORDS: &[&str] = &[
    "_",
    "abstract",
    "as",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "fun",
    "goto",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "int",
    "interface",
    "is",
    "long",
    "native",
    "new",
    "null",
    "object",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "void",
    "volatile",
    "when",
    "while",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn text_is_data_in_a_literal() {
        let cases = [
            ("\"$id ${id} $5\"", r#""\"\$id \${id} \$5\"""#),
            (r"C:\users \u002a", r#""C:\\users \\u002a""#),
            ("a\nb\r\tc\"\"\"", r#""a\nb\r\tc\"\"\"""#),
            ("\u{7}\u{85}\u{202e}\u{2028}\u{feff}", r#""\u0007\u0085\u202e\u2028\ufeff""#),
            ("\u{e0041}", r#""\udb40\udc41""#),
            ("设备，😀 /* */ //", "\"设备，😀 /* */ //\""),
        ];
        for (text, literal) in cases {
            assert_eq!(KOTLIN.string(text).0, literal, "{text:?}");
        }
    }

    #[test]
    fn a_comment_neither_ends_nor_nests_nor_formats() {
        let cases = [
            ("a */ b /* c **/", "a &#42;/ b /&#42; c &#42;&#42;/"),
            ("@see [Int] <br> `x` #1", r"&#64;see \[Int\] \<br\> \`x\` \#1"),
            (r"\u002a/ C:\x", r"\\u002a/ C:\\x"),
            ("one\r\ntwo\u{2028}three\t ", "one two three"),
            ("\u{202e}*", "U+202E&#42;"),
        ];
        for (text, doc) in cases {
            assert_eq!(KOTLIN.doc(text).0, doc, "{text:?}");
        }
    }

    #[test]
    fn names_are_spelled_as_kotlin_does() {
        let domain = DomainId::new("aliyun-homelink").expect("a valid name");
        let name = Name::new("device_offline").expect("a valid name");
        assert_eq!(KOTLIN.type_path(&domain).0, "AliyunHomelinkErrorCode");
        assert_eq!(KOTLIN.path("", &domain, &name).0, "AliyunHomelinkErrorCode.DEVICE_OFFLINE");
        assert_eq!(KOTLIN.constant(&Name::new("domain").expect("a valid name")).0, "DOMAIN_");
        assert_eq!(KOTLIN.kind(Kind::NotFound).0, "ErrorKind.NOT_FOUND");
        assert_eq!(KOTLIN.locale(&Locale::new("zh-Hans").expect("a valid tag")).0, "ZH_HANS");
    }

    #[test]
    fn codes_are_literals_of_their_type() {
        let spelled = |number, code_type| KOTLIN.code(&WireCode::Number(number), code_type).0;
        assert_eq!(spelled(i64::from(i32::MIN), CodeType::Int32), "-2147483648");
        assert_eq!(spelled(5003, CodeType::Int64), "5003L");
        assert_eq!(spelled(i64::MIN, CodeType::Int64), "Long.MIN_VALUE");
        assert_eq!(KOTLIN.code(&WireCode::Text("$a".to_owned()), CodeType::String).0, r#""\$a""#);
    }

    #[test]
    fn packages_are_checked() {
        for good in ["io.errbook.iot", "errors", "a1.b_2", "kotlinx.errors"] {
            assert_eq!(valid_package(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "a..b",
            "a.",
            "a.in",
            "a.default",
            "A.b",
            "a-b",
            "../a",
            "a b",
            "1a",
            "_",
            "kotlin.a",
            "java",
            "a.con",
        ] {
            assert!(valid_package(bad).is_err(), "{bad}");
        }
        for bad in ["", ".", "a/b", "..", "a\"", "-a", "$a"] {
            assert!(valid_coordinate(bad).is_err(), "{bad}");
        }
    }
}
