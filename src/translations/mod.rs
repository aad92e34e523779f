//! The table that translators fill in, out of the spec and back into it.
//!
//! In: a book as written. Out: CSV with a row for each text and a column for each locale; and from such a table, changed by
//! people and their tools, the new texts of the spec's files. A row is found again by its key, which is made of names
//! (`errors.quectel.sms_code_incorrect.message`), variants included; rows may be missing or moved, and the columns that
//! only help translators (`code`, `kind`, `fixed`) are not read.
//!
//! Guaranteed: a table that comes back as it went changes nothing, whatever the texts; a changed text replaces that text
//! in the YAML and no byte beside it; all changes are written or none. The new files are read again, and the book that
//! they give must be the old one with the changed texts, or there is a finding and no file. The vendor's own texts, which
//! `fixed` names, are not for translators: a change of one is a finding.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such a text gets an apostrophe in front,
//! which is taken off again; so does one that begins with an apostrophe, so that none is lost.
//!
//! Deliberately elsewhere: the disk (`cli`), and whether a text is well put (`lints`).

mod edit;
mod sheet;

use crate::diagnostics::{self, Budget, Diagnostic, Loc, SourceId, Sources, Span};
use crate::export;
use crate::model::{self, Book};
use crate::nearest::nearest;
use crate::spec::SpecFiles;
use crate::spec::read::SpecTexts;
use crate::table;
use edit::{Edit, apply, edit};
use serde_json::Value;
use sheet::Sheet;
use std::collections::BTreeMap;

/// The columns that stand before those of the locales.
const CONTEXT: [&str; 4] = ["key", "code", "kind", "fixed"];

/// What Excel needs to take a file for UTF-8.
const MARK: char = '\u{FEFF}';

/// To how many unknown keys the nearest one is told.
const MOST_HINTS: usize = 20;

/// Signs that make a spreadsheet compute, and the one that guards them.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '\n', '\''];

/// What a table comes to.
#[derive(Debug, Default)]
pub struct Import {
    /// The files that change, with their new text; none if there is an error.
    pub files: Vec<(SourceId, String)>,
    /// How many texts are new or changed.
    pub changed: usize,
    /// What a person should look at, sorted.
    pub findings: Vec<Diagnostic>,
    /// The exported book as it should read back.
    wanted: Value,
}

impl Import {
    /// Whether a book that was read from the new files is the old one with the changed texts.
    pub fn reads_back(&self, book: &Book) -> bool {
        exported(book) == self.wanted
    }
}

/// One text in all locales.
struct Slot<'a> {
    /// The words of the key.
    key: String,
    /// What translators may look up: the reference of a code, or nothing.
    code: String,
    /// The kind, as context.
    kind: &'a str,
    /// Which of the book's locales hold the vendor's own text.
    fixed: Vec<bool>,
    /// The texts as written.
    texts: &'a SpecTexts,
    /// The texts behind which a solution goes that is not there at all.
    before: Option<&'a SpecTexts>,
    /// Where the text stands in the exported book.
    pointer: String,
}

impl Slot<'_> {
    fn text(&self, locale: &str) -> Option<&Loc<String>> {
        self.texts.texts.iter().find(|(tag, _)| tag.value == locale).map(|(_, text)| text)
    }
}

/// Every text of the book that can be translated, in the order of the spec.
fn slots<'a>(files: &'a SpecFiles, book: &Book) -> Vec<Slot<'a>> {
    let mut slots = Vec::new();
    each_slot(files, book, &mut |slot| slots.push(slot));
    slots
}

/// Gives every such text to `take`, one by one.
fn each_slot<'a>(files: &'a SpecFiles, book: &Book, take: &mut dyn FnMut(Slot<'a>)) {
    for spec in &files.domains {
        let Some((place, domain)) =
            book.domains.iter().enumerate().find(|(_, domain)| domain.id.as_str() == spec.domain.value)
        else {
            continue;
        };
        // The book's entries stand by code, the spec's as their authors put them.
        let places: BTreeMap<_, _> =
            domain.errors.iter().enumerate().map(|(index, error)| (error.code.to_string(), index)).collect();
        for error in &spec.errors {
            let Some(index) = places.get(&error.code.value) else { continue };
            let at = format!("/domains/{place}/errors/{index}");
            let variants = error.variants.iter().enumerate();
            let variants = variants.map(|(index, variant)| (variant, format!("{at}/variants/{index}")));
            for (meaning, at) in std::iter::once((&error.meaning, at.clone())).chain(variants) {
                let both: [(_, _, _, &[bool], _); 2] = [
                    ("message", &meaning.message, &meaning.erratum_message, &domain.vendor.message, None),
                    (
                        "solution",
                        &meaning.solution,
                        &meaning.erratum_solution,
                        &domain.vendor.solution,
                        Some(&meaning.message),
                    ),
                ];
                for (field, texts, erratum, vendor, before) in both {
                    take(Slot {
                        key: format!("errors.{}.{}.{field}", spec.domain.value, meaning.name.value),
                        code: format!("{}/{}", spec.domain.value, error.code.value),
                        kind: &meaning.kind.value,
                        fixed: fixed(book, texts, erratum, vendor),
                        texts,
                        before,
                        pointer: format!("{at}/{field}"),
                    });
                }
            }
        }
    }
    for (index, condition) in files.conditions.conditions.iter().enumerate() {
        for (field, texts) in [("title", &condition.title), ("description", &condition.description)] {
            take(Slot {
                key: format!("conditions.{}.{field}", condition.name.value),
                code: String::new(),
                kind: &condition.kind.value,
                fixed: vec![false; book.locales.len()],
                texts,
                before: None,
                pointer: format!("/conditions/{index}/{field}"),
            });
        }
    }
}

/// Which texts are the vendor's: those of the recipe's columns, unless an erratum keeps the original.
fn fixed(book: &Book, texts: &SpecTexts, erratum: &SpecTexts, vendor: &[bool]) -> Vec<bool> {
    let has = |texts: &SpecTexts, tag: &str| texts.texts.iter().any(|(locale, _)| locale.value == tag);
    let is_fixed = |(index, locale): (usize, &model::Locale)| {
        let is_vendors = vendor.get(index).copied().unwrap_or_default();
        is_vendors && has(texts, locale.tag()) && !has(erratum, locale.tag())
    };
    book.locales.iter().enumerate().map(is_fixed).collect()
}

/// The table of a book, for translators: a byte order mark, a header, and a row for each text.
pub fn table(files: &SpecFiles, book: &Book) -> String {
    let header = CONTEXT.into_iter().map(str::to_owned);
    let header: Vec<_> = header.chain(book.locales.iter().map(ToString::to_string)).collect();
    let mut text = format!("{MARK}{}", table::write(&[header]));
    each_slot(files, book, &mut |slot| {
        if slot.texts.texts.is_empty() {
            return;
        }
        let tags = book.locales.iter().zip(&slot.fixed);
        let fixed: Vec<_> = tags.filter(|(_, fixed)| **fixed).map(|(locale, _)| locale.tag()).collect();
        let texts = book.locales.iter().map(|locale| slot.text(locale.tag()).map_or("", |text| &text.value));
        let mut row = vec![slot.key.clone(), slot.code.clone(), slot.kind.to_owned(), fixed.join(" ")];
        row.extend(texts.map(guarded));
        // Row by row: as cells, all of them would take many times the table.
        text.push_str(&table::write(&[row]));
    });
    text
}

/// A text as a cell that no spreadsheet computes.
fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// The text of such a cell.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// Takes the texts of a table over into the spec.
pub fn import(sources: &Sources, files: &SpecFiles, book: &Book, table: SourceId) -> Import {
    let mut import = Import { wanted: exported(book), ..Import::default() };
    let slots = slots(files, book);
    let mut edits: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    for (slot, texts) in changes(sources, &slots, book, table, &mut import.findings) {
        for (locale, text) in &texts {
            if let Some(place) = import.wanted.pointer_mut(&slot.pointer) {
                place[*locale] = Value::from(text.as_str());
            }
        }
        import.changed += texts.len();
        match edit(sources, slot, &texts) {
            Some((source, found)) => edits.entry(source).or_default().extend(found),
            None => import.findings.push(refused(slot, book)),
        }
    }
    if diagnostics::any_error(&import.findings) {
        import.changed = 0;
    } else {
        let new = edits.into_iter().map(|(source, edits)| (source, apply(&sources.get(source).text, edits)));
        import.files = new.collect();
    }
    diagnostics::sort(&mut import.findings);
    import
}

fn refused(slot: &Slot<'_>, book: &Book) -> Diagnostic {
    let span = slot.texts.span.or(slot.before.and_then(|before| before.span)).unwrap_or(book.span);
    let message = format!("the text of `{}` is written in a form that cannot be changed in place", slot.key);
    Diagnostic::error("translation_refused", span, message)
        .help("run `errbook fmt` first, or change it by hand")
}

/// The exported book, in which nothing but the texts may change.
fn exported(book: &Book) -> Value {
    serde_json::from_str(&export::book_text(book, None)).expect("errbook writes JSON")
}

/// The text with `\n` for whatever ends a line: a program that writes `\r\n` for every `\n` makes `\r\r\n` of a text that
/// had `\r\n` already.
fn with_plain_ends(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars() {
        if char == '\n' {
            plain.truncate(plain.trim_end_matches('\r').len());
        }
        plain.push(char);
    }
    plain
}

/// The texts that a table changes, by slot and locale.
fn changes<'a, 'b>(
    sources: &Sources,
    slots: &'b [Slot<'a>],
    book: &'b Book,
    table: SourceId,
    findings: &mut Vec<Diagnostic>,
) -> Vec<(&'b Slot<'a>, Vec<(&'b str, String)>)> {
    let text = &sources.get(table).text;
    let Some(sheet) = Sheet::open(text, table, book, findings) else { return Vec::new() };
    let by_key: BTreeMap<_, _> = slots.iter().map(|slot| (slot.key.as_str(), slot)).collect();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut all = Vec::new();
    let mut budget = Budget::new(findings);
    for record in sheet.records(findings) {
        budget.keep(findings);
        let key = record.cell(sheet.key);
        let place = sheet.place(&record, sheet.key);
        let Some(slot) = by_key.get(key) else {
            // Nobody reads many hints, and each is looked for among all keys.
            let near = Some(key).filter(|_| findings.len() < MOST_HINTS);
            let near = near.and_then(|key| nearest(key, by_key.keys().copied()));
            let help = near.map_or_else(
                || "rows are found by their `key`, which is not to be changed".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("the book has no text `{}`", crate::characters::visible(key, 100));
            findings.push(Diagnostic::error("unknown_translation", place, message).help(help));
            continue;
        };
        if let Some(first) = seen.insert(key.to_owned(), place) {
            let message = format!("`{key}` stands here a second time");
            let finding = Diagnostic::error("repeated_translation", place, message);
            findings.push(finding.label(first, "first here").help("keep one of the rows"));
            continue;
        }
        let mut texts = Vec::new();
        for (index, column) in &sheet.locales {
            let locale = book.locales[*index].tag();
            let (new, old) = (unguarded(record.cell(*column)), slot.text(locale));
            // A table has passed through programs that know one kind of line end.
            if with_plain_ends(old.map_or("", |old| old.value.as_str())) == with_plain_ends(new) {
                continue;
            }
            let place = sheet.place(&record, *column);
            if slot.fixed[*index] {
                let message = format!("the {locale} text of `{key}` is the vendor's own");
                findings.push(
                    Diagnostic::error("fixed_translation", place, message)
                        .label(old.map_or(book.span, |old| old.span), "as the document has it")
                        .help("take the change back, or mend the text in the spec and keep the original in `erratum`"),
                );
            } else if new.trim().is_empty() {
                let message = format!("the {locale} text of `{key}` is empty here; the spec keeps its own");
                let finding = Diagnostic::warning("emptied_text", place, message);
                findings.push(finding.label(old.map_or(book.span, |old| old.span), "kept"));
            } else {
                texts.push((locale, new.to_owned()));
            }
        }
        if !texts.is_empty() {
            all.push((*slot, texts));
        }
    }
    budget.keep(findings);
    budget.close(findings);
    all
}
