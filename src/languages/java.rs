//! Java, from version 8 (and Android) up.
//!
//! In: a book and the options `package`, `group` and `artifact`. Out: a Maven package: `pom.xml`, four types that all
//! domains share, one final class a domain, and the registry, one public type a file as Java wants it.
//!
//! A domain's class is an open value over the raw code, with a constant for each entry. What is known of a code
//! stands in `switch` statements of nested classes, so that nothing is initialized before the first lookup and a
//! message costs memory only once it is shown. Known codes are canonical: `fromCode`, `parse` and deserialization
//! give the constant itself, because `==` is what people write.
//!
//! The limits of a class file decide the rest. A method holds 64 KB of bytecode, and the JIT leaves methods above
//! 8,000 bytes alone: facts stand in parts. A class holds 65,535 pool entries: the parts are smaller where a book
//! has many locales. A class can initialize about 5,000 constants: beyond `CONSTANTS_IN_A_CLASS` they stand in
//! package-private interfaces, which the class implements, so that `QuectelErrorCode.X` stays what it was. `long` has no
//! `switch`: such codes are looked up in a sorted array first.
//!
//! Deliberately not here: annotations for null (no dependency is worth it), `Optional` and `record` (Android and
//! Java 8 read these files).

use super::jvm::{self, exception_name, type_name};
use super::{Banner, Body, Copying, File, Language, OptionHelp, Options, Origin, Page, text};
use crate::diagnostics::Diagnostic;
use crate::model::{Book, CodeType, Domain, DomainId, ErrorCode, Kind, Locale, Name, WireCode};
use crate::view::spelling::{self, Code, DocRules, LiteralRules};
use crate::view::{self, ConstantView, DomainRef, DomainView, ErrorView, Spelling, SupportView};
use askama::Template;
use heck::ToPascalCase as _;

/// Java.
pub(super) static JAVA: Java = Java;

/// Java: how it spells, and its package.
pub(super) struct Java;

impl Language for Java {
    fn id(&self) -> &'static str {
        "java"
    }

    fn title(&self) -> &'static str {
        "Java"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        Some(self)
    }

    fn copying(&self) -> Option<Copying> {
        let folder = |_: &str| Ok(String::new());
        Some(Copying { option: Some("package"), sources: "src/main/java", folder, root: None })
    }

    fn options(&self) -> &'static [OptionHelp] {
        &[
            jvm::PACKAGE,
            jvm::GROUP,
            OptionHelp { key: "artifact", about: "The name of the artifact.", example: "error-codes" },
            OptionHelp::PREFIX,
        ]
    }

    fn files<'a>(&self, book: &'a Book, options: &mut Options<'_>) -> Vec<File<'a>> {
        let package = options.text("package", "io.errbook.book", is_package);
        let group = options.text("group", &package, is_coordinate);
        let artifact = options.text("artifact", "error-codes", is_coordinate);
        let prefix = options.prefix();
        for fault in too_long(book) {
            options.fault(fault);
        }

        let folder = format!("src/main/java/{}", package.replace('.', "/"));
        let source = |name: &str, origin: Origin, body: Body<'a>| File {
            path: format!("{folder}/{}{name}.java", prefix.0),
            banner: Banner::Slashes,
            origin,
            body,
        };
        let package = spelling::identifier(&package);
        let support = view::support(book, self);
        let columns = columns(book);
        let mut files = vec![
            File {
                path: "pom.xml".to_owned(),
                banner: Banner::None,
                origin: Origin::Book,
                body: text(&Pom {
                    group: spelling::identifier(&group),
                    artifact: spelling::identifier(&artifact),
                    version: xml(&book.version),
                    title: xml(&book.title),
                })
                .into(),
            },
            source(
                "ErrorKind",
                Origin::Shared,
                text(&ErrorKindFile { package: &package, prefix: &prefix, view: &support }).into(),
            ),
            source("ErrorLocale", Origin::Shared, error_locale(book, &package, &prefix, &support).into()),
            source(
                "ErrorCondition",
                Origin::Shared,
                text(&ErrorConditionFile {
                    package: &package,
                    prefix: &prefix,
                    view: &support,
                    columns: &columns,
                    first_column: &columns[0],
                    other_columns: &columns[1..],
                })
                .into(),
            ),
            source("DomainErrorCode", Origin::Shared, domain_error_code(book, &package, &prefix).into()),
        ];
        for domain in &book.domains {
            let origin = Origin::Domain(domain.id.clone());
            let (package, prefix) = (spelling::identifier(&package.0), spelling::identifier(&prefix.0));
            let body = Body::new(move |page| print_error_code(book, domain, &package, &prefix, page));
            files.push(source(&type_name(&domain.id), origin, body));
        }
        files.push(source("ErrorCodeRegistry", Origin::Book, registry(book, &package, &prefix).into()));
        files
    }
}

impl Spelling for Java {
    fn constant(&self, name: &Name) -> Code {
        // No keyword is in upper case, and two names that differ do so in upper case too. `DOMAIN` is the class's own.
        match name.as_str() {
            "domain" => spelling::fixed("DOMAIN_"),
            name => spelling::identifier(name.to_ascii_uppercase()),
        }
    }

    fn code(&self, code: &WireCode, code_type: CodeType) -> Code {
        match (code, code_type) {
            (WireCode::Text(text), _) => self.string(text),
            (WireCode::Number(number), CodeType::Int64) => spelling::identifier(format!("{number}L")),
            (WireCode::Number(number), CodeType::Int32 | CodeType::String) => spelling::integer(*number),
        }
    }

    fn string(&self, text: &str) -> Code {
        spelling::literal(text, &STRING)
    }

    fn doc(&self, text: &str) -> Code {
        spelling::doc(text, &JAVADOC)
    }

    fn kind(&self, kind: Kind) -> Code {
        spelling::identifier(format!("ErrorKind.{}", kind.id().to_ascii_uppercase()))
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

/// A string literal. javac translates `\uXXXX` before anything else, so that form is only for characters that mean
/// nothing to it: line ends, quotes and backslashes have escapes of their own, and what is below U+0100 is octal. A
/// doubled backslash before a `u` is no such escape.
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
    unicode: |out, ch| {
        let point = u32::from(ch);
        if point < 0x100 {
            // Always three digits, so that a digit after it stays text.
            out.push('\\');
            out.extend([6, 3, 0].map(|shift| char::from(b'0' + ((point >> shift) & 7) as u8)));
        } else {
            spelling::utf16_escape(out, ch);
        }
    },
};

/// Text in Javadoc, which is HTML with `@tags`. A backslash would begin `\u002a` and a star `*/`: neither stands raw.
const JAVADOC: DocRules = DocRules {
    special: |ch, _| match ch {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '@' => Some("&#64;"),
        '{' => Some("&#123;"),
        '}' => Some("&#125;"),
        '*' => Some("&#42;"),
        '\\' => Some("&#92;"),
        _ => None,
    },
};

/// Whether a text in Javadoc has characters that are escaped.
fn is_html(doc: &Code) -> bool {
    doc.0.contains('&')
}

/// Text in an XML element.
const XML: DocRules = DocRules {
    special: |ch, _| match ch {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    },
};

fn xml(text: &str) -> Code {
    spelling::doc(text, &XML)
}

/// Entries in one class of facts: at 12 bytes for a `case` of a number, one `switch` stays below the 8,000 bytes that
/// the JIT compiles.
const NUMBERS_IN_A_PART: usize = 500;

/// The same for texts, whose `switch` takes about 32 bytes a case.
const TEXTS_IN_A_PART: usize = 200;

/// Pool entries of one class of facts; the format ends at 65,535.
const POOL_OF_A_PART: usize = 60_000;

/// Constants that one class initializes; javac ends at about 5,000.
const CONSTANTS_IN_A_CLASS: usize = 2_000;

/// Words that are no identifiers: the keywords and literals of the Java Language Specification, Java SE 21, sections
/// 3.9 and 3.10. Sorted.
const RESERVED: [&str; 54] = [
    "_",
    "abstract",
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
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "null",
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
    "void",
    "volatile",
    "while",
];

fn is_package(text: &str) -> Result<(), String> {
    for segment in text.split('.') {
        let is_identifier = segment.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_identifier {
            return Err("a package is identifiers of ASCII letters, digits and `_`, joined by `.`".to_owned());
        }
        if RESERVED.binary_search(&segment).is_ok() {
            return Err(format!("`{segment}` is a reserved word of Java"));
        }
    }
    if text.split('.').next() == Some("java") {
        return Err("the JVM loads no packages below `java` but its own".to_owned());
    }
    jvm::refuse_package(text)
}

fn is_coordinate(text: &str) -> Result<(), String> {
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if !text.is_empty() && text.bytes().all(valid) {
        Ok(())
    } else {
        Err("Maven wants ASCII letters, digits, `.`, `-` and `_`".to_owned())
    }
}

/// Texts that are longer than a class file can hold.
fn too_long(book: &Book) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut check = |what: &str, text: &str, span| {
        if class_file_length(text) > LONGEST_TEXT {
            let message = format!("the {what} is too long for a class file of the JVM");
            let fault = Diagnostic::error("text_too_long", span, message);
            faults.push(fault.help(format!("at most {LONGEST_TEXT} bytes of UTF-8 fit into a constant")));
        }
    };
    let errors = || book.domains.iter().flat_map(|domain| &domain.errors);
    let of_conditions = book.conditions.iter().flat_map(|condition| {
        [("title of a condition", &condition.title), ("description of a condition", &condition.description)]
    });
    let of_errors = errors()
        .flat_map(|error| [("message", &error.meaning.message), ("solution", &error.meaning.solution)]);
    for (what, texts) in of_conditions.chain(of_errors) {
        for index in 0..book.locales.len() {
            if let Some((text, span)) = texts.written(index).zip(texts.span(index)) {
                check(what, text, span);
            }
        }
    }
    let retired = book.domains.iter().flat_map(|domain| book.tombstones(domain));
    let codes = errors().map(|error| (&error.code, error.span));
    for (code, span) in codes.chain(retired.map(|(retired, code)| (code, retired.span))) {
        if let WireCode::Text(code) = code {
            check("code", code, span);
        }
    }
    faults
}

/// The longest constant in a class file, in bytes of its own UTF-8.
const LONGEST_TEXT: usize = 65_535;

/// The length of a text in a class file, which writes each surrogate of a pair in three bytes.
fn class_file_length(text: &str) -> usize {
    // Short texts, which are nearly all, need no look at their characters: six bytes for four is the worst.
    if text.len() <= LONGEST_TEXT / 2 {
        return text.len();
    }
    text.chars().map(|ch| if ch.len_utf8() == 4 { 6 } else { ch.len_utf8() }).sum()
}

/// A locale in files whose texts stand in one method each.
struct Column {
    /// Its place among the texts of an entry.
    at: usize,
    /// Its constant.
    ident: Code,
    /// The end of the methods' names.
    suffix: Code,
}

fn columns(book: &Book) -> Vec<Column> {
    let column = |(at, locale): (usize, &Locale)| Column {
        at,
        ident: JAVA.locale(locale),
        suffix: spelling::identifier(locale.tag().to_pascal_case()),
    };
    book.locales.iter().enumerate().map(column).collect()
}

#[derive(Template)]
#[template(path = "java/pom.xml", escape = "code")]
struct Pom {
    group: Code,
    artifact: Code,
    version: Code,
    title: Code,
}

#[derive(Template)]
#[template(path = "java/ErrorKind.java", escape = "code")]
struct ErrorKindFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    view: &'a SupportView,
}

#[derive(Template)]
#[template(path = "java/ErrorLocale.java", escape = "code")]
struct ErrorLocaleFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    view: &'a SupportView,
    first_locale: &'a Code,
    likely_scripts: Vec<LikelyScript>,
}

/// As in the view, with a region only where the rule has one.
struct LikelyScript {
    language: Code,
    region: Option<Code>,
    script: Code,
}

fn error_locale(book: &Book, package: &Code, prefix: &Code, view: &SupportView) -> String {
    let likely_scripts = view::locale::likely_scripts(&book.locales)
        .into_iter()
        .map(|rule| LikelyScript {
            language: JAVA.string(rule.language),
            region: (!rule.region.is_empty()).then(|| JAVA.string(rule.region)),
            script: JAVA.string(rule.script),
        })
        .collect();
    text(&ErrorLocaleFile { package, prefix, view, first_locale: &view.locales[0].ident, likely_scripts })
}

#[derive(Template)]
#[template(path = "java/ErrorCondition.java", escape = "code")]
struct ErrorConditionFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    view: &'a SupportView,
    columns: &'a [Column],
    first_column: &'a Column,
    other_columns: &'a [Column],
}

#[derive(Template)]
#[template(path = "java/DomainErrorCode.java", escape = "code")]
struct DomainErrorCodeFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    example_domain: Code,
    example_reference: Code,
}

fn domain_error_code(book: &Book, package: &Code, prefix: &Code) -> String {
    let (domain, reference) = example(book);
    let example_domain = JAVA.doc(&domain);
    text(&DomainErrorCodeFile { package, prefix, example_domain, example_reference: JAVA.doc(&reference) })
}

/// The first domain and the reference of its first code that documentation can show as it stands.
fn example(book: &Book) -> (String, String) {
    let is_plain = |error: &&ErrorCode| !is_html(&JAVA.doc(&error.code.to_string()));
    let first = book.domains.iter().find_map(|domain| Some((domain, domain.errors.iter().find(is_plain)?)));
    match first {
        Some((domain, error)) => (domain.id.to_string(), format!("{}/{}", domain.id, error.code)),
        None => ("acme".to_owned(), "acme/4012".to_owned()),
    }
}

#[derive(Template)]
#[template(path = "java/ErrorCodeRegistry.java", escape = "code")]
struct RegistryFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    title: Code,
    domains: Vec<DomainRef>,
    example_reference: Code,
}

fn registry(book: &Book, package: &Code, prefix: &Code) -> String {
    let (_, reference) = example(book);
    text(&RegistryFile {
        package,
        prefix,
        title: JAVA.doc(&book.title),
        domains: view::domains(book, &JAVA),
        example_reference: JAVA.doc(&reference),
    })
}

#[derive(Template)]
#[template(path = "java/ErrorCode.java", escape = "code")]
#[expect(clippy::struct_excessive_bools, reason = "templates decide on ready booleans only")]
struct ErrorCodeFile<'a> {
    package: &'a Code,
    prefix: &'a Code,
    view: &'a DomainView<'a>,
    type_name: Code,
    exception_name: Code,
    /// `"quectel/"`.
    reference_prefix: Code,
    example_code: Code,
    code_type: Code,
    code_to_string: Code,
    parse_number: Code,
    hash_code: Code,
    compare: Code,
    /// What the facts switch on.
    key: Code,
    is_text: bool,
    is_long: bool,
    needs_arrays: bool,
    has_condition: bool,
    has_retryable: bool,
    has_http_status: bool,
    has_solution: bool,
    columns: &'a [Column],
    first_column: &'a Column,
    other_columns: &'a [Column],
    /// Whether the constants are more than one class can initialize, and stand in parts of their own.
    is_cut: bool,
    /// The places of those parts, from 0.
    constant_parts: Vec<Code>,
    sharded: bool,
    parts: Vec<PartHead>,
    /// How many entries a part holds.
    part_size: usize,
    domain: &'a Domain,
}

impl ErrorCodeFile<'_> {
    /// The constants that stand in the class itself.
    fn own_constants(&self) -> impl Iterator<Item = Constant> {
        self.constants().take(if self.is_cut { 0 } else { CONSTANTS_IN_A_CLASS })
    }

    /// The constants that are more than one class can initialize, in parts.
    fn constants_apart(&self) -> impl Iterator<Item = ConstantPart> {
        let mut constants = self.constants();
        let mut part = 0..self.constant_parts.len();
        std::iter::from_fn(move || {
            let constants = constants.by_ref().take(CONSTANTS_IN_A_CLASS).collect();
            part.next().map(|index| ConstantPart { index: view::number(index), constants })
        })
    }

    fn constants(&self) -> impl Iterator<Item = Constant> {
        // The view lists an entry's constant and then those of its former names. Last come those of retired codes.
        let originals = self.domain.errors.iter().flat_map(|error| {
            let former = error.former_names.iter().map(|_| Some(&error.meaning.name));
            std::iter::once(None).chain(former)
        });
        let originals = originals.chain(std::iter::repeat(None));
        self.view.constants().zip(originals).map(|(view, original)| Constant {
            is_plain: view.other_meanings.is_empty() && view.deprecated.is_none(),
            is_html: is_html(&view.code_doc),
            alias_of: original.map(|name| JAVA.constant(name)),
            view,
        })
    }

    /// The parts with their entries, each made when it is printed.
    fn facts(&self) -> impl Iterator<Item = Part> {
        self.view.shards(self.part_size).map(|shard| {
            let views = self.view.spelled(shard.entries);
            let row = |(index, (view, error)): (usize, (ErrorView, &ErrorCode))| Row {
                ident: JAVA.constant(&error.meaning.name),
                label: if self.is_long { view::number(index) } else { spelling::copy(&view.code) },
                view,
            };
            Part {
                index: shard.index,
                rows: views.into_iter().zip(shard.entries).enumerate().map(row).collect(),
            }
        })
    }
}

/// A constant of a code.
struct Constant {
    view: ConstantView,
    /// Whether one line of documentation says it all.
    is_plain: bool,
    /// Whether the code is escaped, which `{@code}` would show as it stands.
    is_html: bool,
    /// The constant that has the code's current name, if this is a former one.
    alias_of: Option<Code>,
}

struct ConstantPart {
    index: Code,
    constants: Vec<Constant>,
}

/// One entry in the lookups.
struct Row {
    view: ErrorView,
    /// Its constant.
    ident: Code,
    /// What `case` says: the code, or its place in the list of codes where Java cannot switch on them.
    label: Code,
}

/// Which entries one class of facts holds.
struct PartHead {
    index: Code,
    /// The first code.
    start: Option<Code>,
}

/// The entries of one class of facts.
struct Part {
    index: Code,
    rows: Vec<Row>,
}

fn print_error_code(book: &Book, domain: &Domain, package: &Code, prefix: &Code, page: &mut Page<'_>) {
    let columns = &columns(book)[..];
    let view = view::domain(book, domain, &JAVA);
    let is_long = domain.code_type == CodeType::Int64;
    let is_text = domain.code_type == CodeType::String;
    let part_size = part_size(domain.code_type, columns.len());
    // A domain without entries still has its lookups, and they know nothing.
    let parts: Vec<_> =
        view.shards(part_size).map(|shard| PartHead { index: shard.index, start: shard.first }).collect();
    let former_names: usize = domain.errors.iter().map(|error| error.former_names.len()).sum();
    let constant_count = domain.errors.len() + former_names + book.tombstones(domain).count();
    let is_cut = constant_count > CONSTANTS_IN_A_CLASS;
    let constant_parts = if is_cut { constant_count.div_ceil(CONSTANTS_IN_A_CLASS) } else { 0 };

    let of_type = |int: &'static str, long: &'static str, text: &'static str| {
        spelling::fixed(match domain.code_type {
            CodeType::Int32 => int,
            CodeType::Int64 => long,
            CodeType::String => text,
        })
    };
    page.print(&ErrorCodeFile {
        package,
        prefix,
        type_name: spelling::identifier(format!("{}{}", prefix.0, type_name(&domain.id))),
        exception_name: spelling::identifier(exception_name(&prefix.0, &domain.id)),
        reference_prefix: JAVA.string(&format!("{}/", domain.id)),
        example_code: JAVA
            .doc(&domain.errors.first().map_or("4012".to_owned(), |error| error.code.to_string())),
        code_type: of_type("int", "long", "String"),
        code_to_string: of_type("Integer.toString(code)", "Long.toString(code)", "code"),
        parse_number: of_type("Integer.parseInt", "Long.parseLong", ""),
        hash_code: of_type("code", "(int) (code ^ code >>> 32)", "code.hashCode()"),
        compare: of_type(
            "Integer.compare(code, other.code)",
            "Long.compare(code, other.code)",
            "compare(code, other.code)",
        ),
        key: of_type("code", "row(code)", "code"),
        is_text,
        is_long,
        needs_arrays: is_long || parts.len() > 1,
        has_condition: domain.errors.iter().any(|error| error.meaning.condition.is_some()),
        has_retryable: domain.errors.iter().any(|error| error.retryable),
        has_http_status: domain.errors.iter().any(|error| error.http_status.is_some()),
        has_solution: domain.errors.iter().any(|error| !error.meaning.solution.is_empty()),
        columns,
        first_column: &columns[0],
        other_columns: &columns[1..],
        is_cut,
        constant_parts: (0..constant_parts).map(view::number).collect(),
        sharded: parts.len() > 1,
        parts,
        part_size,
        domain,
        view: &view,
    });
}

/// How many entries a class of facts holds.
fn part_size(code_type: CodeType, locales: usize) -> usize {
    let by_method = match code_type {
        CodeType::Int32 | CodeType::Int64 => NUMBERS_IN_A_PART,
        CodeType::String => TEXTS_IN_A_PART,
    };
    // Two pool entries a text (message and solution of each locale, name, code), three for the constant, two for
    // the number of a code, and the former names, of which there are few.
    let pool_of_an_entry = 4 * locales + 16;
    by_method.min(POOL_OF_A_PART / pool_of_an_entry).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(text: &str) -> String {
        JAVA.string(text).0
    }

    #[test]
    fn no_text_ends_its_literal() {
        assert_eq!(string("a\"b\\"), r#""a\"b\\""#);
        assert_eq!(string("one\ntwo\r\tthree"), r#""one\ntwo\r\tthree""#);
        // Doubled, the backslash before a `u` is text to javac.
        assert_eq!(string(r"\u0022 + evil() + \u000a"), r#""\\u0022 + evil() + \\u000a""#);
        assert_eq!(string("${x} \\(x) %s */ </script>"), r#""${x} \\(x) %s */ </script>""#);
        assert_eq!(string("设备“离线”。😀"), "\"设备“离线”。😀\"");
    }

    #[test]
    fn hidden_characters_show() {
        // Octal takes up to three digits, so a digit that follows must not join it.
        assert_eq!(string("\u{1b}1\u{7f}\u{a0}\u{ad}"), r#""\0331\177\240\255""#);
        assert_eq!(string("\u{2028}\u{202e}\u{feff}"), r#""\u2028\u202e\ufeff""#);
        assert_eq!(string("\u{e0041}"), r#""\udb40\udc41""#);
        // An odd number of backslashes stands before the `u`.
        assert_eq!(string("\\\u{2028}"), r#""\\\u2028""#);
    }

    #[test]
    fn no_text_ends_its_comment() {
        let doc = |text| JAVA.doc(text).0;
        assert_eq!(doc("*/ @see {@code x}"), "&#42;/ &#64;see &#123;&#64;code x&#125;");
        assert_eq!(doc(r"C:\users \u002a\u002f"), "C:&#92;users &#92;u002a&#92;u002f");
        assert_eq!(doc("<b>\r\n&amp;\u{202e}"), "&lt;b&gt; &amp;amp;U+202E");
    }

    #[test]
    fn codes_have_their_type() {
        let number = WireCode::Number(-4_294_967_296);
        assert_eq!(JAVA.code(&number, CodeType::Int64).0, "-4294967296L");
        assert_eq!(JAVA.code(&WireCode::Number(-7), CodeType::Int32).0, "-7");
        assert_eq!(JAVA.code(&WireCode::Text("A\"1".to_owned()), CodeType::String).0, r#""A\"1""#);
    }

    #[test]
    fn names_are_spelled_as_java_does() {
        let domain = DomainId::new("haier-uws").expect("a domain");
        let name = Name::new("default").expect("a name");
        assert_eq!(JAVA.path("", &domain, &name).0, "HaierUwsErrorCode.DEFAULT");
        assert_eq!(JAVA.constant(&Name::new("domain").expect("a name")).0, "DOMAIN_");
        let locale = Locale::new("zh-Hans").expect("a locale");
        assert_eq!(JAVA.locale(&locale).0, "ZH_HANS");
        assert_eq!(JAVA.kind(Kind::NotFound).0, "ErrorKind.NOT_FOUND");
    }

    #[test]
    fn packages_are_identifiers() {
        assert!(RESERVED.is_sorted());
        for good in ["io.errbook.iot", "errbook", "com.example._1"] {
            assert_eq!(is_package(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            ".",
            "a..b",
            "a.",
            "a.default",
            "int",
            "1a",
            "a-b",
            "a/../b",
            "a.b;",
            "名",
            "java.util",
            "a._",
            "a.aux",
        ] {
            assert!(is_package(bad).is_err(), "{bad}");
        }
        for bad in ["", "a b", "a<b>", "a/b"] {
            assert!(is_coordinate(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn parts_fit_into_class_files() {
        assert_eq!(part_size(CodeType::Int32, 2), NUMBERS_IN_A_PART);
        assert_eq!(part_size(CodeType::String, 2), TEXTS_IN_A_PART);
        assert_eq!(part_size(CodeType::Int32, 100), 144);
    }

    #[test]
    fn lengths_are_those_of_class_files() {
        assert_eq!(class_file_length("设备"), 6);
        assert_eq!(class_file_length(&"😀".repeat(10_000)), 60_000);
        assert!(class_file_length(&"😀".repeat(11_000)) > LONGEST_TEXT);
    }
}
