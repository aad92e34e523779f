//! The resolved book as JSON, for other programs.
//!
//! In: a book, and optionally the lines of its documents. Out: the shape that is documented as errbook's stable
//! interface. `code` is always text; a text that is absent is an absent key; the order is the book's, then by code.
//! The same text, but for the codes of conditions, is what the digests of generated files are taken from, so a comment
//! or a blank in a spec changes no digest.

use crate::characters::visible_json;
use crate::digest;
use crate::model::{Book, Condition, Deprecation, Domain, ErrorCode, FormerName, Meaning, Retired, Texts};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;

/// The lines, from 1, of the documents' rows: by domain, then by code.
pub type DocumentLines = BTreeMap<String, BTreeMap<String, Vec<usize>>>;

/// What the JSON Schema of a book's JSON says (draft-07).
pub const SCHEMA: &str = include_str!("export.schema.json");

/// The whole book; entries carry `document_lines` if `lines` is given.
pub fn book_text(book: &Book, lines: Option<&DocumentLines>) -> String {
    visible_json(text(&self::book(book, lines)))
}

/// The same as a value, for other ways to write it.
pub fn book<'a>(book: &'a Book, lines: Option<&'a DocumentLines>) -> impl Serialize + 'a {
    BookJson { book, lines }
}

/// The digest of what a book exports: whether two books say the same, without a second one in memory, be it as a value or as a text.
pub fn digest(book: &Book) -> String {
    digest::of(|out| Ok(serde_json::to_writer(out, &self::book(book, None))?))
}

/// Writes one domain, for its digest, with the retired codes that still have a constant: which ones do is for the
/// version of the book to say.
pub fn write_domain(book: &Book, domain: &Domain, out: &mut dyn Write) -> std::io::Result<()> {
    let kept: Vec<_> = book.tombstones(domain).map(|(retired, _)| retired.name.as_str()).collect();
    // What cannot be written is what `out` refuses: these types always have a JSON form.
    let domain = DomainJson { book, domain, lines: None, has_notes: false };
    serde_json::to_writer(out, &(domain, kept)).map_err(Into::into)
}

/// What all domains share, for its digest: version, title, locales, conditions with their former and retired names, and
/// what lists of domains say of each.
pub fn shared_text(book: &Book) -> String {
    let domains: Vec<_> = book
        .domains
        .iter()
        .map(|domain| {
            (domain.id.as_str(), &domain.title, domain.code_type.id(), domain.errors.first().map(first_code))
        })
        .collect();
    let locales: Vec<_> = book.locales.iter().map(crate::model::Locale::tag).collect();
    let conditions: Vec<_> =
        book.conditions.iter().map(|condition| ConditionJson { book, condition, codes: None }).collect();
    let former_names: Vec<_> =
        book.conditions.iter().map(|condition| list(&condition.former_names, FormerNameJson)).collect();
    let retired = list(&book.retired_conditions, RetiredJson);
    text(&(&book.version, &book.title, locales, domains, conditions, former_names, retired))
}

/// One entry, as it stands within the whole book, for those who show a part of it.
pub fn entry_value(book: &Book, domain: &Domain, error: &ErrorCode) -> Value {
    serde_json::to_value(ErrorJson { book, domain, error, lines: None, has_notes: false }).unwrap_or_default()
}

/// One condition without its codes, for those who show a part of the book.
pub fn condition_value(book: &Book, condition: &Condition) -> Value {
    serde_json::to_value(ConditionJson { book, condition, codes: None }).unwrap_or_default()
}

/// One tombstone, for those who show a part of the book.
pub fn retired_value(retired: &Retired) -> Value {
    serde_json::to_value(RetiredJson(retired)).unwrap_or_default()
}

/// The code that examples in shared files use.
fn first_code(error: &ErrorCode) -> String {
    error.code.to_string()
}

fn text(value: &impl Serialize) -> String {
    // These types hold text, numbers and lists only, which always have a JSON form.
    serde_json::to_string(value).unwrap_or_default()
}

struct BookJson<'a> {
    book: &'a Book,
    lines: Option<&'a DocumentLines>,
}

impl Serialize for BookJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let book = self.book;
        let domain = |domain| DomainJson { book, domain, lines: self.lines, has_notes: true };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("errbook", &1)?;
        map.serialize_entry("version", &book.version)?;
        map.serialize_entry("title", &book.title)?;
        map.serialize_entry("locales", &list(&book.locales, crate::model::Locale::tag))?;
        let codes = codes_by_condition(book);
        map.serialize_entry(
            "conditions",
            &list(&book.conditions, |condition| {
                let codes = codes.get(condition.name.as_str()).map_or(&[][..], Vec::as_slice);
                ConditionJson { book, condition, codes: Some(codes) }
            }),
        )?;
        map.serialize_entry("domains", &list(&book.domains, domain))?;
        map.end()
    }
}

/// The codes that report a condition, as an entry or as a variant of one: by domain, in the order of the book.
type ConditionCodes<'a> = Vec<(&'a str, Vec<String>)>;

/// The codes of every condition that has any.
fn codes_by_condition(book: &Book) -> BTreeMap<&str, ConditionCodes<'_>> {
    let by_domain = |of_domains: Vec<Vec<&ErrorCode>>| {
        let domains = book.domains.iter().zip(of_domains).filter(|(_, errors)| !errors.is_empty());
        let codes = |errors: Vec<&ErrorCode>| errors.iter().map(|error| error.code.to_string()).collect();
        domains.map(|(domain, errors)| (domain.id.as_str(), codes(errors))).collect()
    };
    book.reporters().into_iter().map(|(name, of_domains)| (name.as_str(), by_domain(of_domains))).collect()
}

struct ConditionJson<'a> {
    book: &'a Book,
    condition: &'a Condition,
    /// Left out of digests: shared files hold no code of any domain.
    codes: Option<&'a [(&'a str, Vec<String>)]>,
}

impl Serialize for ConditionJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (book, condition) = (self.book, self.condition);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", condition.name.as_str())?;
        map.serialize_entry("kind", condition.kind.id())?;
        map.serialize_entry("title", &TextsJson { book, texts: &condition.title })?;
        map.serialize_entry("description", &TextsJson { book, texts: &condition.description })?;
        if let Some(codes) = self.codes {
            map.serialize_entry("codes", &CodesJson(codes))?;
        }
        map.end()
    }
}

struct CodesJson<'a>(&'a [(&'a str, Vec<String>)]);

impl Serialize for CodesJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(domain, codes)| (domain, codes)))
    }
}

struct DomainJson<'a> {
    book: &'a Book,
    domain: &'a Domain,
    lines: Option<&'a DocumentLines>,
    /// Left out of digests: what maintainers note changes no code.
    has_notes: bool,
}

impl Serialize for DomainJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (book, domain) = (self.book, self.domain);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("domain", domain.id.as_str())?;
        map.serialize_entry("title", &domain.title)?;
        map.serialize_entry("code_type", domain.code_type.id())?;
        let (lines, has_notes) = (self.lines, self.has_notes);
        if has_notes {
            let document =
                BTreeMap::from([("revision", &domain.document.revision), ("note", &domain.document.note)]);
            map.serialize_entry("document", &document)?;
        }
        map.serialize_entry(
            "errors",
            &list(&domain.errors, |error| ErrorJson { book, domain, error, lines, has_notes }),
        )?;
        map.serialize_entry("retired", &list(&domain.retired, RetiredJson))?;
        map.end()
    }
}

struct ErrorJson<'a> {
    book: &'a Book,
    domain: &'a Domain,
    error: &'a ErrorCode,
    /// Absent if lines are not wanted.
    lines: Option<&'a DocumentLines>,
    has_notes: bool,
}

impl Serialize for ErrorJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (book, error) = (self.book, self.error);
        let meaning = &error.meaning;
        let code = error.code.to_string();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &code)?;
        map.serialize_entry("name", meaning.name.as_str())?;
        map.serialize_entry("kind", meaning.kind.id())?;
        map.serialize_entry("condition", &meaning.condition.as_ref().map(crate::model::Name::as_str))?;
        map.serialize_entry("retryable", &error.retryable)?;
        map.serialize_entry("http_status", &error.http_status)?;
        texts(&mut map, book, meaning)?;
        map.serialize_entry("variants", &list(&error.variants, |meaning| VariantJson { book, meaning }))?;
        map.serialize_entry("former_names", &list(&error.former_names, FormerNameJson))?;
        map.serialize_entry("deprecated", &error.deprecated.as_deref().map(DeprecationJson))?;
        if self.has_notes {
            map.serialize_entry("note", &error.note)?;
        }
        if let Some(lines) = self.lines {
            let lines = lines.get(self.domain.id.as_str()).and_then(|lines| lines.get(&code));
            map.serialize_entry("document_lines", lines.map(Vec::as_slice).unwrap_or_default())?;
        }
        map.end()
    }
}

struct VariantJson<'a> {
    book: &'a Book,
    meaning: &'a Meaning,
}

impl Serialize for VariantJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let meaning = self.meaning;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", meaning.name.as_str())?;
        map.serialize_entry("kind", meaning.kind.id())?;
        map.serialize_entry("condition", &meaning.condition.as_ref().map(crate::model::Name::as_str))?;
        texts(&mut map, self.book, meaning)?;
        map.end()
    }
}

fn texts<M: serde::ser::SerializeMap>(map: &mut M, book: &Book, meaning: &Meaning) -> Result<(), M::Error> {
    map.serialize_entry("message", &TextsJson { book, texts: &meaning.message })?;
    map.serialize_entry("solution", &TextsJson { book, texts: &meaning.solution })?;
    let erratum = BTreeMap::from([
        ("message", TextsJson { book, texts: &meaning.erratum_message }),
        ("solution", TextsJson { book, texts: &meaning.erratum_solution }),
    ]);
    map.serialize_entry("erratum", &erratum)
}

struct TextsJson<'a> {
    book: &'a Book,
    texts: &'a Texts,
}

impl Serialize for TextsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (index, locale) in self.book.locales.iter().enumerate() {
            if let Some(text) = self.texts.written(index) {
                map.serialize_entry(locale.tag(), text)?;
            }
        }
        map.end()
    }
}

struct FormerNameJson<'a>(&'a FormerName);

impl Serialize for FormerNameJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.0.name.as_str())?;
        map.serialize_entry("since", &self.0.since)?;
        map.end()
    }
}

struct DeprecationJson<'a>(&'a Deprecation);

impl Serialize for DeprecationJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("since", &self.0.since)?;
        map.serialize_entry("use", &self.0.replacement.as_ref().map(crate::model::Name::as_str))?;
        map.serialize_entry("note", &self.0.note)?;
        map.end()
    }
}

struct RetiredJson<'a>(&'a Retired);

impl Serialize for RetiredJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &self.0.code.as_ref().map(ToString::to_string))?;
        map.serialize_entry("name", self.0.name.as_str())?;
        map.serialize_entry("since", &self.0.since)?;
        map.serialize_entry("use", &self.0.replacement.as_ref().map(crate::model::Name::as_str))?;
        map.serialize_entry("reason", &self.0.reason)?;
        map.end()
    }
}

fn list<'a, T, J>(items: &'a [T], json: impl Fn(&'a T) -> J) -> Vec<J> {
    items.iter().map(json).collect()
}
