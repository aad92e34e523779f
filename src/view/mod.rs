//! What templates may see: a resolved book with every text already spelled for one language and position.
//!
//! In: a `Book` and a `Spelling`. Out: views whose fields are `Code`, ready booleans, and lists of those, in the
//! order in which they are to be printed. Nothing is left to decide for a template but where a text stands.
//!
//! This module owns the `Spelling` trait and knows none of the languages that implement it. Deliberately
//! elsewhere: file names and packages (`languages`), banners (`output`).

pub mod catalogue;
pub mod check;
pub mod json;
pub mod locale;
pub mod spelling;

use crate::model::{
    Book, CodeType, Condition, Domain, DomainId, ErrorCode, FormerName, Kind, Locale, Meaning, Name, Retired,
    Texts, WireCode,
};
use crate::timings::{self, Phase};
use heck::ToPascalCase as _;
pub use spelling::Code;

/// How one language writes what a book is made of.
pub trait Spelling: Sync {
    /// The constant of an error or a condition: `DEVICE_OFFLINE`, `deviceOffline`; reserved words are handled here.
    fn constant(&self, name: &Name) -> Code;
    /// A code as a literal of its type: `5003`, `"A00001"`, `4001134L`.
    fn code(&self, code: &WireCode, code_type: CodeType) -> Code;
    /// A text as a string literal.
    fn string(&self, text: &str) -> Code;
    /// A text within a documentation comment.
    fn doc(&self, text: &str) -> Code;
    /// What the compiler says of a deprecated constant, as a string literal.
    fn note(&self, text: &str) -> Code {
        self.string(text)
    }
    /// A kind as an expression within a domain's file.
    fn kind(&self, kind: Kind) -> Code;
    /// The constant of a kind where the kinds are declared.
    fn kind_constant(&self, kind: Kind) -> Code;
    /// The constant of a locale.
    fn locale(&self, locale: &Locale) -> Code;
    /// The type, or the module where that is the unit, of a domain's codes as an app names it.
    fn type_path(&self, domain: &DomainId) -> Code;
    /// A constant as an app writes it: `QuectelErrorCode.DEVICE_OFFLINE`, `quectel::ErrorCode::DEVICE_OFFLINE`. The prefix is
    /// the output's, and stands before the names of types.
    fn path(&self, prefix: &str, domain: &DomainId, name: &Name) -> Code;
}

/// A language as a book is written in it.
pub struct Written {
    /// Its name in `errbook.yaml`.
    pub id: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// How it writes names and texts.
    pub spelling: &'static dyn Spelling,
    /// Whether the book is generated in it.
    pub is_output: bool,
    /// What its output puts before the names of types; empty if nothing.
    pub prefix: String,
}

impl Written {
    /// A constant as an app writes it.
    pub fn path(&self, domain: &DomainId, name: &Name) -> String {
        self.spelling.path(&self.prefix, domain, name).0
    }
}

/// One domain's file. Its entries may be many, so none of them is spelled before it is printed.
pub struct DomainView<'a> {
    /// The domain's name, as a string literal.
    pub id: Code,
    /// What people call it, for documentation.
    pub title: Code,
    /// The type of its codes.
    pub code_type: CodeType,
    /// The book's locales; texts of entries stand in the same order.
    pub locales: Vec<LocaleView>,
    /// The number of entries.
    pub count: Code,
    /// The kinds, as expressions: there are few, and many entries of each.
    kinds: [Code; Kind::ALL.len()],
    book: &'a Book,
    domain: &'a Domain,
    spelling: &'a dyn Spelling,
}

/// What is known of one code.
pub struct ErrorView {
    /// The code, as a literal of its type.
    pub code: Code,
    /// The name, as a string literal.
    pub name: Code,
    /// Names it had before, as string literals.
    pub former_names: Vec<Code>,
    /// The kind, as an expression.
    pub kind: Code,
    /// The constant of its condition.
    pub condition: Option<Code>,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// The HTTP status, as a number.
    pub http_status: Option<Code>,
    /// The message of each locale, as string literals.
    pub message: Vec<Code>,
    /// The solution of each locale, as string literals.
    pub solution: Vec<Option<Code>>,
    /// Whether any locale has one.
    pub has_solution: bool,
}

/// A constant of a code.
pub struct ConstantView {
    /// How it is called.
    pub ident: Code,
    /// The code, as a literal of its type.
    pub code: Code,
    /// The code, for documentation.
    pub code_doc: Code,
    /// The message in the fallback locale, for documentation.
    pub message: Code,
    /// The messages of further documented meanings, for documentation.
    pub other_meanings: Vec<Code>,
    /// Whether and how it is deprecated.
    pub deprecated: Option<DeprecationView>,
}

/// That a constant should not be used any more.
pub struct DeprecationView {
    /// The version since which it should not, as a string literal.
    pub since: Code,
    /// What to say about it, as a string literal.
    pub note: Code,
    /// The same, for documentation.
    pub doc: Code,
    /// The constant to use instead.
    pub replacement: Option<Code>,
}

/// A locale of the book.
pub struct LocaleView {
    /// Its constant.
    pub ident: Code,
    /// Its tag, as a string literal.
    pub tag: Code,
    /// Its tag, for documentation.
    pub tag_doc: Code,
    /// Its tag in `PascalCase`, for parts of identifiers: `ZhHans`.
    pub suffix: Code,
    /// Its place in the book, from 0.
    pub index: Code,
    /// Whether it is the fallback.
    pub is_fallback: bool,
    /// Language in lower case, as a string literal.
    pub language: Code,
    /// Script in lower case, as a string literal; empty where the language is written in one script only.
    pub script: Code,
    /// Region in lower case, as a string literal; empty if it has none.
    pub region: Code,
}

/// The script that a tag without one most likely means.
pub struct LikelyScriptView {
    /// Language in lower case, as a string literal.
    pub language: Code,
    /// Region in lower case, as a string literal; empty for every region that has no rule of its own.
    pub region: Code,
    /// Script in lower case, as a string literal.
    pub script: Code,
}

/// The file that every domain's file needs.
pub struct SupportView {
    /// The book's locales.
    pub locales: Vec<LocaleView>,
    /// Rules for the script of a tag; a language without a rule is written in one script only, and the script of its
    /// tags is ignored.
    pub likely_scripts: Vec<LikelyScriptView>,
    /// The seventeen kinds, in the order of their numbers.
    pub kinds: Vec<KindView>,
    /// The conditions, by name.
    pub conditions: Vec<ConditionView>,
    /// Retired conditions that still have a constant, by name.
    pub retired_conditions: Vec<RetiredConditionView>,
    /// The number of conditions.
    pub condition_count: Code,
}

/// A kind.
pub struct KindView {
    /// Its constant.
    pub ident: Code,
    /// Its name in a spec, as a string literal.
    pub id: Code,
    /// google.rpc's number.
    pub number: Code,
    /// One sentence, for documentation.
    pub doc: Code,
}

/// A condition.
pub struct ConditionView {
    /// Its constant.
    pub ident: Code,
    /// Its name, as a string literal.
    pub name: Code,
    /// Its kind, as an expression.
    pub kind: Code,
    /// Its title in each locale, as string literals.
    pub title: Vec<Code>,
    /// Its description in each locale, as string literals.
    pub description: Vec<Code>,
    /// Its name, for documentation.
    pub name_doc: Code,
    /// Its description in the fallback locale, for documentation.
    pub doc: Code,
    /// Names it had before.
    pub former_names: Vec<FormerConditionView>,
}

/// A name that a condition had before.
pub struct FormerConditionView {
    /// The constant of that name.
    pub ident: Code,
    /// The name, as a string literal.
    pub name: Code,
    /// That it should not be used any more; the current constant is the replacement.
    pub deprecated: DeprecationView,
}

/// A condition that is gone, and whose constant is still there.
pub struct RetiredConditionView {
    /// Its constant.
    pub ident: Code,
    /// Its name, as a string literal.
    pub name: Code,
    /// Its name, for documentation.
    pub name_doc: Code,
    /// Since when and why it is gone, for documentation.
    pub doc: Code,
    /// That it should not be used any more.
    pub deprecated: DeprecationView,
}

/// A domain, where all of them are listed.
pub struct DomainRef {
    /// The domain's name, as a string literal.
    pub id: Code,
    /// What people call it, for documentation.
    pub title: Code,
    /// Its type or module, as an app names it.
    pub type_path: Code,
    /// The type of its codes.
    pub code_type: CodeType,
}

/// A run of a domain's entries that stand together in one function, object or class.
pub struct Shard<'a> {
    /// Its place, from 0.
    pub index: Code,
    /// The code of its first entry, as a literal; `None` if it has no entry.
    pub first: Option<Code>,
    /// The code of its last entry, as a literal; `None` if it has no entry.
    pub last: Option<Code>,
    /// Whether it is the last one.
    pub is_last: bool,
    /// Its entries.
    pub entries: &'a [ErrorCode],
}

/// A count or an index as it is printed.
pub fn number(number: usize) -> Code {
    // No platform has more than 64 bits to count with, so this never saturates.
    spelling::integer(i128::try_from(number).unwrap_or(i128::MAX))
}

/// How many entries are spelled in one go: enough that nobody counts the goes, and few enough that their texts stay in
/// the processor's cache until they are printed.
const BATCH: usize = 128;

/// Spells one domain.
pub fn domain<'a>(book: &'a Book, domain: &'a Domain, spelling: &'a dyn Spelling) -> DomainView<'a> {
    timings::of(Phase::View, || DomainView {
        id: spelling.string(domain.id.as_str()),
        title: spelling.doc(&domain.title),
        code_type: domain.code_type,
        locales: locales(book, spelling),
        count: number(domain.errors.len()),
        kinds: Kind::ALL.map(|kind| spelling.kind(kind)),
        book,
        domain,
        spelling,
    })
}

impl<'a> DomainView<'a> {
    /// Its entries, by code.
    pub fn errors(&self) -> impl Iterator<Item = ErrorView> {
        self.domain.errors.chunks(BATCH).flat_map(|entries| self.spelled(entries))
    }

    /// Some of its entries.
    pub fn spelled(&self, entries: &[ErrorCode]) -> Vec<ErrorView> {
        timings::of(Phase::View, || entries.iter().map(|error| self.error(error)).collect())
    }

    /// Its constants, by code; former names follow the current one. Those of retired codes come last.
    pub fn constants(&self) -> impl Iterator<Item = ConstantView> {
        let of_entries = self.domain.errors.chunks(BATCH).flat_map(|entries| {
            timings::of(Phase::View, || {
                let mut constants = Vec::with_capacity(entries.len());
                for error in entries {
                    self::constants(self.domain, error, self.spelling, &mut constants);
                }
                constants
            })
        });
        let tombstones = self.book.tombstones(self.domain);
        let of_tombstones =
            tombstones.map(|(retired, code)| tombstone(self.domain, retired, code, self.spelling));
        of_entries.chain(of_tombstones)
    }

    /// The codes of its entries, as literals of their type.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        self.domain.errors.iter().map(|error| self.code(error))
    }

    /// The codes and the messages of its entries in a locale, as literals.
    pub fn messages(&self, locale: usize) -> impl Iterator<Item = (Code, Code)> {
        self.texts(move |meaning| meaning.message.shown(locale))
    }

    /// The codes and the solutions of those entries that have one in a locale or in the fallback, as literals.
    pub fn solutions(&self, locale: usize) -> impl Iterator<Item = (Code, Code)> {
        self.texts(move |meaning| meaning.solution.shown(locale))
    }

    fn texts(&self, text: impl Fn(&'a Meaning) -> Option<&'a str>) -> impl Iterator<Item = (Code, Code)> {
        let spelled = move |error: &'a ErrorCode| {
            let text = text(&error.meaning)?;
            Some((self.code(error), self.spelling.string(text)))
        };
        self.domain.errors.iter().filter_map(spelled)
    }

    /// The former names of all its entries, and the codes they belong to, as literals.
    pub fn former_names(&self) -> impl Iterator<Item = (Code, Code)> {
        self.domain.errors.iter().flat_map(|error| {
            let spelled =
                |former: &FormerName| (self.spelling.string(former.name.as_str()), self.code(error));
            error.former_names.iter().map(spelled)
        })
    }

    /// Its entries in runs of at most `size`, which must not be 0. A domain without entries has one run, an empty one.
    pub fn shards(&self, size: usize) -> impl Iterator<Item = Shard<'a>> {
        let errors = self.domain.errors.as_slice();
        let count = errors.len().div_ceil(size).max(1);
        (0..count).map(move |index| {
            let entries = &errors[index * size..errors.len().min((index + 1) * size)];
            Shard {
                index: number(index),
                first: entries.first().map(|error| self.code(error)),
                last: entries.last().map(|error| self.code(error)),
                is_last: index + 1 == count,
                entries,
            }
        })
    }

    fn code(&self, error: &ErrorCode) -> Code {
        self.spelling.code(&error.code, self.domain.code_type)
    }

    fn error(&self, error: &ErrorCode) -> ErrorView {
        let (meaning, spelling) = (&error.meaning, self.spelling);
        let solution = |index| meaning.solution.shown(index).map(|text| spelling.string(text));
        let former_names = error.former_names.iter().map(|former| spelling.string(former.name.as_str()));
        ErrorView {
            code: self.code(error),
            name: spelling.string(meaning.name.as_str()),
            former_names: former_names.collect(),
            kind: spelling::copy(&self.kinds[meaning.kind as usize]),
            condition: meaning.condition.as_ref().map(|condition| spelling.constant(condition)),
            retryable: error.retryable,
            http_status: error.http_status.map(spelling::integer),
            message: every_locale(self.book, &meaning.message, spelling),
            has_solution: (0..self.book.locales.len()).any(|index| meaning.solution.shown(index).is_some()),
            solution: (0..self.book.locales.len()).map(solution).collect(),
        }
    }
}

/// Spells what all domains share.
pub fn support(book: &Book, spelling: &dyn Spelling) -> SupportView {
    let likely_scripts = locale::likely_scripts(&book.locales)
        .into_iter()
        .map(|rule| LikelyScriptView {
            language: spelling.string(rule.language),
            region: spelling.string(rule.region),
            script: spelling.string(rule.script),
        })
        .collect();
    let kinds = Kind::ALL
        .into_iter()
        .enumerate()
        .map(|(index, kind)| KindView {
            ident: spelling.kind_constant(kind),
            id: spelling.string(kind.id()),
            number: number(index),
            doc: spelling.doc(kind.summary()),
        })
        .collect();
    let mut conditions: Vec<_> = book.conditions.iter().collect();
    conditions.sort_by(|a, b| a.name.cmp(&b.name));
    let conditions: Vec<_> = conditions
        .into_iter()
        .map(|condition| ConditionView {
            ident: spelling.constant(&condition.name),
            name: spelling.string(condition.name.as_str()),
            kind: spelling.kind(condition.kind),
            title: every_locale(book, &condition.title, spelling),
            description: every_locale(book, &condition.description, spelling),
            name_doc: word(condition.name.as_str(), spelling),
            doc: spelling.doc(condition.description.shown(0).unwrap_or_default()),
            former_names: former_conditions(condition, spelling),
        })
        .collect();
    let retired = |retired: &Retired| RetiredConditionView {
        ident: spelling.constant(&retired.name),
        name: spelling.string(retired.name.as_str()),
        name_doc: word(retired.name.as_str(), spelling),
        doc: spelling.doc(&epitaph(retired)),
        deprecated: retirement(retired, spelling),
    };
    SupportView {
        locales: locales(book, spelling),
        retired_conditions: book.condition_tombstones().map(retired).collect(),
        likely_scripts,
        kinds,
        condition_count: number(conditions.len()),
        conditions,
    }
}

/// Spells the list of domains.
pub fn domains(book: &Book, spelling: &dyn Spelling) -> Vec<DomainRef> {
    let domain = |domain: &Domain| DomainRef {
        id: spelling.string(domain.id.as_str()),
        title: spelling.doc(&domain.title),
        type_path: spelling.type_path(&domain.id),
        code_type: domain.code_type,
    };
    book.domains.iter().map(domain).collect()
}

/// Spells texts that every locale has.
fn every_locale(book: &Book, texts: &Texts, spelling: &dyn Spelling) -> Vec<Code> {
    // `model::resolve` has made sure that none is missing.
    (0..book.locales.len()).map(|index| spelling.string(texts.shown(index).unwrap_or_default())).collect()
}

/// A name or a code in documentation, where templates set it as code: Markdown shows an escape there as it stands, so
/// what needs none gets none, and a backtick, which would end the code whatever stands before it, is written out.
fn word(text: &str, spelling: &dyn Spelling) -> Code {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')) {
        spelling::identifier(text)
    } else {
        spelling.doc(&text.replace('`', "U+0060"))
    }
}

fn former_conditions(condition: &Condition, spelling: &dyn Spelling) -> Vec<FormerConditionView> {
    let former = |former: &FormerName| FormerConditionView {
        ident: spelling.constant(&former.name),
        name: spelling.string(former.name.as_str()),
        deprecated: deprecation(&former.since, Some(&condition.name), None, spelling),
    };
    condition.former_names.iter().map(former).collect()
}

/// Adds the constant of an entry, and one for each of its former names.
fn constants(domain: &Domain, error: &ErrorCode, spelling: &dyn Spelling, constants: &mut Vec<ConstantView>) {
    let meaning = &error.meaning;
    let message = meaning.message.shown(0).unwrap_or_default();
    // Meanings may differ in another language only, and the same sentence twice says nothing.
    let mut others: Vec<_> = error.variants.iter().filter_map(|variant| variant.message.shown(0)).collect();
    others.retain(|other| *other != message);
    others.dedup();
    let constant = |name: &Name, others: &[&str], deprecated: Option<DeprecationView>| ConstantView {
        ident: spelling.constant(name),
        code: spelling.code(&error.code, domain.code_type),
        code_doc: word(&error.code.to_string(), spelling),
        message: spelling.doc(message),
        other_meanings: others.iter().map(|text| spelling.doc(text)).collect(),
        deprecated,
    };
    let deprecated = error.deprecated.as_ref().map(|deprecated| {
        deprecation(&deprecated.since, deprecated.replacement.as_ref(), deprecated.note.as_deref(), spelling)
    });
    constants.push(constant(&meaning.name, &others, deprecated));
    // A former name says which one to use instead, and that one has all the meanings.
    for former in &error.former_names {
        let deprecated = deprecation(&former.since, Some(&meaning.name), None, spelling);
        constants.push(constant(&former.name, &[], Some(deprecated)));
    }
}

/// The constant of a retired code.
fn tombstone(domain: &Domain, retired: &Retired, code: &WireCode, spelling: &dyn Spelling) -> ConstantView {
    ConstantView {
        ident: spelling.constant(&retired.name),
        code: spelling.code(code, domain.code_type),
        code_doc: word(&code.to_string(), spelling),
        message: spelling.doc(&epitaph(retired)),
        other_meanings: Vec::new(),
        deprecated: Some(retirement(retired, spelling)),
    }
}

/// Since when something is gone, and why.
fn epitaph(retired: &Retired) -> String {
    match retired.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) if crate::characters::ends_sentence(reason) => {
            format!("Retired since {}. {reason}", retired.since)
        }
        // Another sentence may follow.
        Some(reason) => format!("Retired since {}. {reason}.", retired.since),
        None => format!("Retired since {}.", retired.since),
    }
}

/// What the compiler says to those who use what is gone. Its documentation says why already.
fn retirement(retired: &Retired, spelling: &dyn Spelling) -> DeprecationView {
    let note = epitaph(retired);
    let mut view = deprecation(&retired.since, retired.replacement.as_ref(), Some(&note), spelling);
    view.doc = match &view.replacement {
        Some(constant) => spelling.doc(&format!("Use {}.", constant.0)),
        None => spelling.doc("Nothing takes its place."),
    };
    view
}

fn deprecation(
    since: &str,
    replacement: Option<&Name>,
    note: Option<&str>,
    spelling: &dyn Spelling,
) -> DeprecationView {
    let replacement = replacement.map(|name| spelling.constant(name));
    let advice = replacement.as_ref().map(|constant| format!("Use {}.", constant.0));
    let text = match (note, advice) {
        (Some(note), Some(advice)) => format!("{note} {advice}"),
        (Some(note), None) => note.to_owned(),
        (None, Some(advice)) => advice,
        (None, None) => format!("Deprecated since {since}."),
    };
    DeprecationView {
        since: spelling.string(since),
        note: spelling.note(&text),
        doc: spelling.doc(&text),
        replacement,
    }
}

fn locales(book: &Book, spelling: &dyn Spelling) -> Vec<LocaleView> {
    let view = |(index, locale): (usize, &Locale)| LocaleView {
        ident: spelling.locale(locale),
        tag: spelling.string(locale.tag()),
        tag_doc: spelling.doc(locale.tag()),
        suffix: spelling::identifier(locale.tag().to_pascal_case()),
        index: number(index),
        is_fallback: index == 0,
        language: spelling.string(locale.language()),
        script: spelling.string(&locale::script(&book.locales, locale)),
        region: spelling.string(&locale.region().unwrap_or_default().to_ascii_lowercase()),
    };
    book.locales.iter().enumerate().map(view).collect()
}
