//! The table that translators fill in, out of the spec and back into it.
//!
//! In: a book as written. Out: CSV with a row for each text and a column for each locale; and from such a table, changed by
//! people and their tools, the new texts of the spec's files. A row is found again by its key, which is made of names
//! (`errors.quectel.sms_code_incorrect.message`), variants included; rows may be missing or moved, and the columns that
//! only help translators (`code`, `kind`, `fixed`, and their own, which begin with `#`) are not read.
//!
//! Guaranteed: a table that comes back as it went changes nothing, whatever the texts; a changed text replaces that text
//! in the YAML and no byte beside it; all changes are written or none. The new files are read again, and the book that
//! they give must be the old one with the changed texts, or there is a finding and no file. The vendor's own texts, which
//! `fixed` names, are not for translators: a change of one is a finding. A text is the vendor's where its document has it
//! word for word; where the document cannot be read, all texts are that stand in the place of one of its columns.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such a text gets an apostrophe in front,
//! which is taken off again; so does one that begins with an apostrophe, so that none is lost.
//!
//! Deliberately elsewhere: the disk (`cli`), and whether a text is well put (`lints`).

mod edit;
mod rows;
mod sheet;
mod told;

use crate::diagnostics::{self, Diagnostic, Loc, SourceId, Sources, Span};
use crate::document::{Reading, Row};
use crate::export;
use crate::model::{self, Book, Texts};
use crate::nearest::nearest;
use crate::spec::SpecFiles;
use crate::spec::read::SpecTexts;
use crate::spec::yaml::LONGEST_VALUE;
use crate::table;
use edit::{Edit, apply, edit};
pub use rows::LONGEST_ROW;
use sheet::Sheet;
use std::collections::BTreeMap;
use told::Told;

/// The columns that stand before those of the locales.
const CONTEXT: [&str; 4] = ["key", "code", "kind", "fixed"];

/// What Excel needs to take a file for UTF-8.
const MARK: char = '\u{FEFF}';

/// To how many unknown keys the nearest one is told.
const MOST_HINTS: usize = 3;

/// With how many keys the unknown ones are compared, all together: 60,000 take about a second.
const MOST_COMPARED: usize = 60_000;

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
    /// The digest of the book as it should read back.
    wanted: String,
}

impl Import {
    /// Whether a book that was read from the new files is the old one with the changed texts.
    pub fn reads_back(&self, book: &Book) -> bool {
        export::digest(book) == self.wanted
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
    /// Where the text stands in the book.
    place: Place,
}

/// A text of a book: whose it is, and which of its two. Lists are counted from 0, and the meanings of a code from its own.
#[derive(Clone, Copy)]
enum Place {
    /// Of a meaning of a code: domain, entry, meaning, and whether it is the solution.
    Meaning(usize, usize, usize, bool),
    /// Of a condition, and whether it is the description.
    Condition(usize, bool),
}

impl Place {
    /// The text in all locales.
    fn of(self, book: &mut Book) -> Option<&mut Texts> {
        match self {
            Self::Meaning(domain, error, meaning, is_solution) => {
                let error = book.domains.get_mut(domain)?.errors.get_mut(error)?;
                let meaning = match meaning.checked_sub(1) {
                    None => &mut error.meaning,
                    Some(variant) => error.variants.get_mut(variant)?,
                };
                Some(if is_solution { &mut meaning.solution } else { &mut meaning.message })
            }
            Self::Condition(index, is_description) => {
                let condition = book.conditions.get_mut(index)?;
                Some(if is_description { &mut condition.description } else { &mut condition.title })
            }
        }
    }
}

impl Slot<'_> {
    /// The same with its key, and without what only helps translators.
    fn of_key(&self, key: &str) -> Self {
        let (kind, texts, before, place) = (self.kind, self.texts, self.before, self.place);
        Self { key: key.to_owned(), code: String::new(), kind, fixed: Vec::new(), texts, before, place }
    }

    fn text(&self, locale: &str) -> Option<&Loc<String>> {
        text_of(self.texts, locale)
    }
}

/// What the documents of a book say, by the index of the domain.
pub type Readings<'a> = &'a [(usize, Reading)];

/// The text in a locale.
fn text_of<'a>(texts: &'a SpecTexts, locale: &str) -> Option<&'a Loc<String>> {
    texts.texts.iter().find(|(tag, _)| tag.value == locale).map(|(_, text)| text)
}

/// Gives every text of the book that can be translated to `take`, one by one, in the order of the spec.
fn each_slot<'a>(files: &'a SpecFiles, book: &Book, readings: Readings<'_>, take: &mut dyn FnMut(Slot<'a>)) {
    for (number, spec) in files.domains.iter().enumerate() {
        let Some((place, domain)) =
            book.domains.iter().enumerate().find(|(_, domain)| domain.id.as_str() == spec.domain.value)
        else {
            continue;
        };
        // The book's entries stand by code, the spec's as their authors put them.
        let places: BTreeMap<_, _> =
            domain.errors.iter().enumerate().map(|(index, error)| (error.code.to_string(), index)).collect();
        let reading = readings.iter().find(|(index, _)| *index == number).map(|(_, reading)| reading);
        let rows = reading.map(|reading| {
            let mut rows: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
            for row in &reading.rows {
                rows.entry(&row.code.value).or_default().push(row);
            }
            rows
        });
        for error in &spec.errors {
            let rows =
                rows.as_ref().map(|rows| rows.get(error.code.value.as_str()).map_or(&[][..], Vec::as_slice));
            let Some(index) = places.get(&error.code.value) else { continue };
            let meanings = std::iter::once(&error.meaning).chain(&error.variants).enumerate();
            for (number, meaning) in meanings {
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
                    let is_in_row = |row: &Row, locale: &str, text: &str| {
                        let texts = if field == "solution" { &row.solution } else { &row.message };
                        texts.iter().any(|(tag, own)| tag == locale && own.value == text)
                    };
                    let is_in_document = |locale: &str, text: &str| {
                        rows.is_none_or(|rows| rows.iter().any(|row| is_in_row(row, locale, text)))
                    };
                    take(Slot {
                        key: format!("errors.{}.{}.{field}", spec.domain.value, meaning.name.value),
                        code: format!("{}/{}", spec.domain.value, error.code.value),
                        kind: &meaning.kind.value,
                        fixed: fixed(book, texts, erratum, vendor, &is_in_document),
                        texts,
                        before,
                        place: Place::Meaning(place, *index, number, field == "solution"),
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
                place: Place::Condition(index, field == "description"),
            });
        }
    }
}

/// Which texts are the vendor's: those of the recipe's columns that its document has, unless an erratum keeps the original.
fn fixed(
    book: &Book,
    texts: &SpecTexts,
    erratum: &SpecTexts,
    vendor: &[bool],
    is_in_document: &dyn Fn(&str, &str) -> bool,
) -> Vec<bool> {
    let is_fixed = |(index, locale): (usize, &model::Locale)| {
        let tag = locale.tag();
        vendor.get(index).copied().unwrap_or_default()
            && text_of(erratum, tag).is_none()
            && text_of(texts, tag).is_some_and(|text| is_in_document(tag, &text.value))
    };
    book.locales.iter().enumerate().map(is_fixed).collect()
}

/// The table of a book, for translators: a byte order mark, a header, and a row for each text.
pub fn table(files: &SpecFiles, book: &Book, readings: Readings<'_>) -> String {
    let header = CONTEXT.into_iter().map(str::to_owned);
    let header: Vec<_> = header.chain(book.locales.iter().map(ToString::to_string)).collect();
    let mut text = format!("{MARK}{}", table::write(&[header]));
    each_slot(files, book, readings, &mut |slot| {
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

/// Takes the texts of a table over into the spec. The book is taken apart: it becomes what should read back.
pub fn import(
    sources: &Sources,
    files: &SpecFiles,
    mut book: Book,
    readings: Readings<'_>,
    table: SourceId,
) -> Import {
    let mut import = Import::default();
    let mut edits: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    for (slot, texts) in changes(sources, files, &book, readings, table, &mut import.findings) {
        let tagged = texts.iter().map(|(locale, text)| (book.locales[*locale].tag(), text.as_str()));
        match edit(sources, &slot, &tagged.collect::<Vec<_>>()) {
            Some((source, found)) => edits.entry(source).or_default().extend(found),
            None => import.findings.push(refused(&slot, &book)),
        }
        import.changed += texts.len();
        let span = book.span;
        if let Some(place) = slot.place.of(&mut book) {
            for (locale, text) in texts {
                place.set(locale, text, span);
            }
        }
    }
    if diagnostics::any_error(&import.findings) {
        import.changed = 0;
    } else {
        let new = edits.into_iter().map(|(source, edits)| (source, apply(&sources.get(source).text, edits)));
        import.files = new.collect();
        import.wanted = export::digest(&book);
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

/// A text that a table changes, and what it is to be in some of the book's locales.
type Changed<'a> = (Slot<'a>, Vec<(usize, String)>);

/// The texts that a table changes, in its order.
fn changes<'a>(
    sources: &Sources,
    files: &'a SpecFiles,
    book: &Book,
    readings: Readings<'_>,
    table: SourceId,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Changed<'a>> {
    let sheet = match Sheet::open(&sources.get(table).text, table, book) {
        Ok(sheet) => sheet,
        Err(fault) => {
            findings.push(fault);
            return Vec::new();
        }
    };
    let mut by_key: BTreeMap<String, (Slot<'a>, Option<Span>)> = BTreeMap::new();
    each_slot(files, book, readings, &mut |mut slot| {
        slot.code = String::new();
        by_key.entry(std::mem::take(&mut slot.key)).or_insert((slot, None));
    });
    let (mut all, mut told) = (Vec::new(), Told::default());
    let (mut rows, mut unknown) = (0, 0);
    sheet.each_record(&mut told, findings, &mut |record, told, findings| {
        rows += 1;
        let key = record.cell(sheet.key).trim();
        let place = sheet.place(record, sheet.key);
        let Some((slot, seen)) = by_key.get_mut(key) else {
            unknown += 1;
            // Nobody reads many hints, and each is looked for among all keys.
            let near = Some(key).filter(|_| unknown <= MOST_HINTS && unknown * by_key.len() <= MOST_COMPARED);
            let near = near.and_then(|key| nearest(key, by_key.keys().map(String::as_str)));
            told.tell(findings, unknown_key(key, place, near));
            return;
        };
        if let Some(first) = seen.replace(place) {
            let message = format!("`{key}` stands here a second time");
            let finding = Diagnostic::error("repeated_translation", place, message);
            told.tell(findings, finding.label(first, "first here").help("keep one of the rows"));
            return;
        }
        let mut texts = Vec::new();
        for (index, column) in &sheet.locales {
            let locale = book.locales[*index].tag();
            let (new, old) = (unguarded(record.cell(*column)), slot.text(locale));
            // A table has passed through programs that know one kind of line end.
            if with_plain_ends(old.map_or("", |old| old.value.as_str())) == with_plain_ends(new) {
                continue;
            }
            let place = sheet.place(record, *column);
            let kept = old.map_or(book.span, |old| old.span);
            if slot.fixed[*index] {
                let message = format!("the {locale} text of `{key}` is the vendor's own");
                let finding = Diagnostic::error("fixed_translation", place, message)
                    .label(kept, "as the document has it");
                let help =
                    "take the change back, or mend the text in the spec and keep the original in `erratum`";
                told.tell(findings, finding.help(help));
            } else if new.trim().is_empty() {
                let message = format!("the {locale} text of `{key}` is empty here; the spec keeps its own");
                told.tell(findings, Diagnostic::warning("emptied_text", place, message).label(kept, "kept"));
            } else if new.len() > LONGEST_VALUE {
                let message = format!(
                    "the {locale} text of `{key}` has {} bytes here, more than the limit of {LONGEST_VALUE}",
                    new.len()
                );
                let help = "say it in fewer words, or look whether the cell holds more than its text";
                told.tell(findings, Diagnostic::error("too_long", place, message).help(help));
            } else {
                texts.push((*index, new.to_owned()));
            }
        }
        if !texts.is_empty() {
            all.push((slot.of_key(key), texts));
        }
    });
    told.close(findings);
    if unknown == rows && unknown > 1 {
        one_for_all(findings, unknown);
    }
    all
}

/// Tells of a row that belongs to no text of the book.
fn unknown_key(key: &str, place: Span, near: Option<&str>) -> Diagnostic {
    let message = if key.is_empty() {
        "this row has no key".to_owned()
    } else {
        format!("the book has no text `{}`", crate::characters::visible(key, 100))
    };
    let help = near.map_or_else(
        || "rows are found by their `key`, which is not to be changed".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Diagnostic::error("unknown_translation", place, message).help(help)
}

/// Makes one finding of those on the keys of all rows: the table is that of another book, or all were changed in one way.
fn one_for_all(findings: &mut Vec<Diagnostic>, rows: usize) {
    let mut is_first = true;
    findings.retain_mut(|finding| {
        if finding.id != "unknown_translation" {
            return true;
        }
        if is_first {
            finding.message = format!("{}, nor one of the {} other keys here", finding.message, rows - 1);
        }
        std::mem::take(&mut is_first)
    });
}
