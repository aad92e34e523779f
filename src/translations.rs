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

use crate::diagnostics::{self, Diagnostic, Loc, SourceId, Sources, Span};
use crate::export;
use crate::model::{self, Book};
use crate::nearest::nearest;
use crate::spec::read::SpecTexts;
use crate::spec::{SpecFiles, write};
use crate::table;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

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
                    slots.push(Slot {
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
            slots.push(Slot {
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
    slots
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
    let mut rows = vec![header.chain(book.locales.iter().map(ToString::to_string)).collect::<Vec<_>>()];
    for slot in slots(files, book).into_iter().filter(|slot| !slot.texts.texts.is_empty()) {
        let tags = book.locales.iter().zip(&slot.fixed);
        let fixed: Vec<_> = tags.filter(|(_, fixed)| **fixed).map(|(locale, _)| locale.tag()).collect();
        let texts = book.locales.iter().map(|locale| slot.text(locale.tag()).map_or("", |text| &text.value));
        let mut row = vec![slot.key.clone(), slot.code.clone(), slot.kind.to_owned(), fixed.join(" ")];
        row.extend(texts.map(guarded));
        rows.push(row);
    }
    format!("{MARK}{}", table::write(&rows))
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
    for record in sheet.records(findings) {
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
            if old.map_or("", |old| old.value.as_str()).replace("\r\n", "\n") == new {
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
    all
}

/// A table that has the columns it needs.
struct Sheet<'a> {
    text: &'a str,
    source: SourceId,
    delimiter: u8,
    /// How many columns the header has.
    width: usize,
    /// The column of the key.
    key: usize,
    /// Locales by their place in the book, and their columns.
    locales: Vec<(usize, usize)>,
}

/// One row of a table.
struct Record {
    cells: csv::StringRecord,
    /// Where it starts in the text.
    start: usize,
}

impl Record {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }
}

impl<'a> Sheet<'a> {
    /// Reads the header. Spreadsheets write `;` or tabs where the comma is a decimal sign.
    fn open(text: &'a str, source: SourceId, book: &Book, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let line = text.lines().next().unwrap_or_default();
        let delimiter = line.bytes().find(|byte| matches!(byte, b',' | b';' | b'\t')).unwrap_or(b',');
        let mut sheet = Self { text, source, delimiter, width: 0, key: 0, locales: Vec::new() };
        let mut fault = |span, message: String, help: &str| {
            findings.push(Diagnostic::error("bad_table", span, message).help(help));
        };
        let header = sheet.reader().into_records().next().and_then(Result::ok);
        let header = Record { cells: header.unwrap_or_default(), start: 0 };
        sheet.width = header.cells.len();
        let whole = Span::new(source, 0, line.len());
        let help = "`errbook export --format translations` writes a table that can be read back";
        let mut columns = BTreeMap::new();
        for (column, name) in header.cells.iter().enumerate() {
            let name = name.trim();
            if !name.is_empty() && columns.insert(name.to_owned(), column).is_some() {
                let message = format!("the column `{}` stands here a second time", name.escape_debug());
                fault(sheet.place(&header, column), message, "keep one of the columns");
            }
        }
        for (index, locale) in book.locales.iter().enumerate() {
            sheet.locales.extend(columns.get(locale.tag()).map(|column| (index, *column)));
        }
        match columns.get("key") {
            Some(column) => sheet.key = *column,
            None => fault(whole, "the table has no column `key`".to_owned(), help),
        }
        if sheet.locales.is_empty() {
            let tags: Vec<_> = book.locales.iter().map(model::Locale::tag).collect();
            let message = format!("the table has no column of a locale of the book ({})", tags.join(", "));
            fault(whole, message, help);
        }
        let is_usable = columns.contains_key("key") && !sheet.locales.is_empty();
        is_usable.then_some(sheet)
    }

    fn reader(&self) -> csv::Reader<&'a [u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(self.text.as_bytes())
    }

    /// The rows below the header that have as many cells as it.
    fn records(&self, findings: &mut Vec<Diagnostic>) -> Vec<Record> {
        let mut records = Vec::new();
        // The text is UTF-8 and in memory, so reading a record cannot fail.
        for cells in self.reader().into_records().skip(1).filter_map(Result::ok) {
            let start = cells.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            // The reader passes over empty lines without counting them in.
            let blank = self.text[start..].bytes().take_while(|byte| *byte == b'\n').count();
            let record = Record { cells, start: start + blank };
            let is_empty = record.cells.iter().all(str::is_empty);
            if record.cells.len() == self.width {
                records.push(record);
            } else if !is_empty {
                let message =
                    format!("this row has {} cells, and the header has {}", record.cells.len(), self.width);
                let finding = Diagnostic::error("bad_table", self.place(&record, 0), message);
                findings
                    .push(finding.help("a text with a comma, a quote or a line end stands in double quotes"));
            }
        }
        records
    }

    /// Where a cell stands.
    fn place(&self, record: &Record, column: usize) -> Span {
        let (mut left, mut quoted, mut start) = (column, false, record.start);
        let mut end = self.text.len();
        for (at, byte) in self.text.bytes().enumerate().skip(record.start) {
            match byte {
                b'"' => quoted = !quoted,
                _ if quoted => {}
                _ if byte == self.delimiter && left > 0 => {
                    left -= 1;
                    start = at + 1;
                }
                b'\n' => {
                    end = at;
                    break;
                }
                _ if byte == self.delimiter => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        Span::new(self.source, start, end)
    }
}

/// A piece of a file and what stands there instead.
struct Edit {
    range: Range<usize>,
    text: String,
}

/// How texts come into the YAML; `None` if the place is written in a way that leaves doubt.
fn edit(sources: &Sources, slot: &Slot<'_>, texts: &[(&str, String)]) -> Option<(SourceId, Vec<Edit>)> {
    let span = slot.texts.span.or_else(|| slot.before?.span)?;
    let text = sources.get(span.source).text.as_str();
    let mut edits = Vec::new();
    let mut new = Vec::new();
    for (locale, value) in texts {
        match slot.texts.texts.iter().find(|(tag, _)| tag.value == *locale) {
            Some((tag, old)) => edits.push(replace(text, tag.span, old.span, is_flow(text, span), value)?),
            None => new.push((*locale, value.as_str())),
        }
    }
    if !new.is_empty() {
        edits.push(if slot.texts.span.is_some() {
            extend(text, slot.texts, span, &new)?
        } else {
            insert(text, slot.before?, &new)?
        });
    }
    Some((span.source, edits))
}

/// Whether the mapping that starts here is written in braces.
fn is_flow(text: &str, mapping: Span) -> bool {
    text[mapping.range()].starts_with('{')
}

/// Another text for a key: everything behind its colon, quotes and the sign of a block included.
fn replace(text: &str, key: Span, old: Span, is_flow: bool, new: &str) -> Option<Edit> {
    let behind_key = key.end as usize;
    // A quoted key ends with its quote, which the span includes.
    let colon = behind_key + text.get(behind_key..)?.find(':')?;
    let end = value_end(text, old);
    let head = text.get(colon + 1..old.start as usize)?;
    // A comment between the key and its text would be lost.
    if head.contains('#') || !text[behind_key..colon].trim().is_empty() {
        return None;
    }
    let (indent, rest) = (indent_of(text, key.start as usize), text.get(end..)?);
    let is_alone = rest.lines().next().unwrap_or_default().trim().is_empty();
    let value = if is_flow || !is_alone || indent.is_none() {
        format!(" {}", write::anywhere(new))
    } else {
        written(indent?, new)
    };
    Some(Edit { range: colon + 1..end, text: value })
}

/// What stands behind `key:` for a text in a block mapping whose keys are indented so far.
fn written(indent: usize, text: &str) -> String {
    let mut out = String::new();
    write::text(&mut out, indent, "k", text);
    out.trim_start().trim_start_matches("k:").trim_end_matches('\n').to_owned()
}

/// How far the line of `at` is indented, if nothing but blanks stands before it.
fn indent_of(text: &str, at: usize) -> Option<usize> {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    text[start..at].bytes().all(|byte| byte == b' ').then_some(at - start)
}

/// Where a value ends: the parser counts the line ends behind a block to it.
fn value_end(text: &str, value: Span) -> usize {
    value.start as usize + text[value.range()].trim_end().len()
}

/// Further locales behind the last one of a mapping.
fn extend(text: &str, texts: &SpecTexts, mapping: Span, new: &[(&str, &str)]) -> Option<Edit> {
    let (tag, last) = texts.texts.last()?;
    let end = value_end(text, last.span);
    if is_flow(text, mapping) {
        let more = format!(", {}", in_braces(new));
        return Some(Edit { range: end..end, text: more });
    }
    let mut more = String::new();
    for (locale, value) in new {
        write::text(&mut more, indent_of(text, tag.span.start as usize)?, locale, value);
    }
    Some(line_behind(text, end, &more))
}

/// A solution behind the message that it belongs to.
fn insert(text: &str, message: &SpecTexts, new: &[(&str, &str)]) -> Option<Edit> {
    let mapping = message.span?;
    let before = text[..mapping.start as usize].trim_end();
    let key = before.strip_suffix(':')?.strip_suffix("message")?.len();
    let Some(indent) = indent_of(text, key) else {
        // The entry itself stands in braces.
        let end = behind_braces(text, message)?;
        let more = format!(", solution: {{{}}}", in_braces(new));
        return is_flow(text, mapping).then_some(Edit { range: end..end, text: more });
    };
    let end = if is_flow(text, mapping) {
        behind_braces(text, message)?
    } else {
        value_end(text, message.texts.last()?.1.span)
    };
    let mut more = format!("{:indent$}solution:\n", "");
    for (locale, value) in new {
        write::text(&mut more, indent + 2, locale, value);
    }
    Some(line_behind(text, end, &more))
}

/// Locales and texts as they stand within braces.
fn in_braces(texts: &[(&str, &str)]) -> String {
    let entry = |(locale, text): &(&str, &str)| format!("{locale}: {}", write::anywhere(text));
    texts.iter().map(entry).collect::<Vec<_>>().join(", ")
}

/// Where a mapping in braces ends, of which the parser tells where its last value does.
fn behind_braces(text: &str, texts: &SpecTexts) -> Option<usize> {
    let end = value_end(text, texts.texts.last()?.1.span);
    let rest = text[end..].trim_start_matches([' ', '\n', ',']);
    rest.starts_with('}').then(|| text.len() - rest.len() + 1)
}

/// Lines behind the one that `at` stands in.
fn line_behind(text: &str, at: usize, lines: &str) -> Edit {
    match text[at..].find('\n') {
        Some(length) => Edit { range: at + length + 1..at + length + 1, text: lines.to_owned() },
        None => Edit { range: text.len()..text.len(), text: format!("\n{}", lines.trim_end_matches('\n')) },
    }
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        out.push_str(text.get(done..edit.range.start).unwrap_or_default());
        out.push_str(&edit.text);
        done = edit.range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}
