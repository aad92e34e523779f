//! Adds entries for the rows of a document that the spec does not have yet.
//!
//! In: a domain as written and the `Reading` of its document. Out: the new text of the domain's files. A new entry
//! has a name made from the English text, or else from the code, the kind `unknown`, and the vendor's texts; a
//! locale the vendor does not have gets a copy and the entry a note. People review it then, and from there on it is
//! theirs: what is in the spec is never touched, every byte of it stays where it was.
//!
//! Guaranteed: the new text is read again before anybody writes it. If one old entry is not what it was, or a new
//! one is not what was meant, or anything in the document cannot be told, there is a finding and no text.
//!
//! Deliberately elsewhere: reading the document (`document`), comparing texts (`audit`), and the disk (`cli`).

use crate::audit::{self, Difference, Other};
use crate::characters::is_hidden;
use crate::diagnostics::{self, Diagnostic, Level, Loc, SourceId, Sources, Span};
use crate::document::{Reading, Row};
use crate::names::{CodeType, WireCode};
use crate::spec::allowance::Allowance;
use crate::spec::read::{self, SpecDomain, SpecError, SpecMeaning, SpecTexts};
use crate::spec::{write, yaml};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What an import comes to.
#[derive(Debug, Default)]
pub struct Import {
    /// The files that change, with their new text; none if there is an error.
    pub files: Vec<(SourceId, String)>,
    /// How many entries are new.
    pub entries: usize,
    /// How many rows they stand for.
    pub rows: usize,
    /// What a person should look at, sorted.
    pub findings: Vec<Diagnostic>,
}

/// Adds entries for the new rows of `reading`, with texts in each of `locales`.
pub fn import(sources: &Sources, domain: &SpecDomain, locales: &[Loc<String>], reading: &Reading) -> Import {
    let mut import = Import { findings: reading.findings.clone(), ..Import::default() };
    // A new meaning of a reviewed code is for a person to add; the rows of new codes go on.
    for difference in audit::audit(domain, reading).differences {
        if matches!(difference, Difference::Added { other: Some(Other::Entry(_) | Other::Retired(_)), .. }) {
            import.findings.push(Diagnostic { level: Level::Warning, ..difference.finding() });
        }
    }
    if let Some(code_type) = CodeType::from_id(&domain.code_type.value) {
        let rows = new_rows(domain, code_type, reading, &mut import.findings);
        import.entries = rows.len();
        import.rows = rows.values().map(Vec::len).sum();
        let mut names = Names::of(domain);
        let entries: Vec<_> = rows
            .into_iter()
            .filter_map(|(code, rows)| {
                let error = entry(&code, &rows, locales, &mut names, &mut import.findings)?;
                Some((code, error))
            })
            .collect();
        if !diagnostics::any_error(&import.findings) && !entries.is_empty() {
            import.files = files(sources, domain, code_type, &entries, &mut import.findings);
        }
    } else {
        let message = format!("`{}` is no code type", domain.code_type.value);
        import.findings.push(Diagnostic::error("unknown_code_type", domain.code_type.span, message));
    }
    if diagnostics::any_error(&import.findings) {
        import.files.clear();
    }
    diagnostics::sort(&mut import.findings);
    import
}

/// Gives `new`, which was made from `old`, the line ends and the byte order mark that `bytes`, the file that `old`
/// was read from, has. `None` if its line ends are mixed, so that not every byte could stay.
pub fn with_line_ends_of(bytes: &[u8], old: &str, new: &str) -> Option<String> {
    let raw = std::str::from_utf8(bytes).ok()?;
    let (mark, body) = match raw.strip_prefix('\u{FEFF}') {
        Some(body) => ("\u{FEFF}", body),
        None => ("", raw),
    };
    if body == old {
        Some(format!("{mark}{new}"))
    } else if body == old.replace('\n', "\r\n") {
        Some(format!("{mark}{}", new.replace('\n', "\r\n")))
    } else {
        None
    }
}

/// The rows whose code the spec does not have, by code.
fn new_rows<'a>(
    domain: &SpecDomain,
    code_type: CodeType,
    reading: &'a Reading,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<WireCode, Vec<&'a Row>> {
    let retired = domain.retired.iter().filter_map(|retired| retired.code.as_ref());
    let known: BTreeSet<_> = domain
        .errors
        .iter()
        .map(|error| &error.code)
        .chain(retired)
        .map(|code| code.value.as_str())
        .collect();
    let mut rows: BTreeMap<WireCode, Vec<&Row>> = BTreeMap::new();
    let mut bad: Vec<&Row> = Vec::new();
    for row in reading.rows.iter().filter(|row| !known.contains(row.code.value.as_str())) {
        if row.code.value.contains('\0') {
            findings.push(nul(&row.code));
        } else if let Some(code) = code_type.parse(&row.code.value) {
            if matches!(code, WireCode::Text(_)) && is_doubtful(&row.code.value) {
                findings.push(doubtful(&row.code));
            }
            rows.entry(code).or_default().push(row);
        } else {
            bad.push(row);
        }
    }
    while let Some(row) = bad.first().copied() {
        // Where no row of a table has a code, another column is meant, and one place says it.
        let of_table = |other: &&Row| other.origin == row.origin;
        let count = bad.iter().filter(|row| of_table(row)).count();
        let are_all = count > 1 && count == reading.rows.iter().filter(of_table).count();
        let told = if are_all { 1 } else { count };
        for bad in bad.iter().filter(|row| of_table(row)).take(told) {
            let message = format!("`{}` is no code of type {}", bad.code.value, code_type.id());
            let message = if are_all {
                format!("{message}; so it is with all {count} rows of the table")
            } else {
                message
            };
            let finding = Diagnostic::error("bad_code", bad.code.span, message);
            findings.push(finding.help(help(&bad.code.value)));
        }
        bad.retain(|row| !of_table(row));
    }
    rows
}

/// What to do about a row whose code is none.
fn help(code: &str) -> String {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = |marks: &[&str]| {
        let parts = marks.iter().fold(code.to_owned(), |code, mark| code.replace(mark, "\0"));
        parts.contains('\0') && parts.split('\0').all(|part| is_number(part.trim()))
    };
    let thousands = |mark: char| {
        let mut parts = code.split(mark);
        let first = parts.next().is_some_and(|part| is_number(part) && part.len() < 4);
        first && code.contains(mark) && parts.all(|part| part.len() == 3 && is_number(part))
    };
    let digits = code.strip_prefix(['-', '+', '−']).unwrap_or(code);
    let hexadecimal = digits.strip_prefix("0x").or(digits.strip_prefix("0X")).unwrap_or_default();
    if let Ok(number) = i64::from_str_radix(hexadecimal, 16) {
        let sign = if code.starts_with('-') { "-" } else { "" };
        format!("a code is decimal: list the row under `rows` with `code: {sign}{number}`")
    } else if CodeType::Int64.parse(code).is_some() {
        "the number is out of range: write `code_type: int64`, or mend `columns` if it is no code".to_owned()
    } else if is_number(digits) {
        format!(
            "list the row under `rows` with `code: {}`, or write `code_type: string` if it is sent like this",
            code.parse::<i64>().map_or("…".to_owned(), |number| number.to_string())
        )
    } else if numbers(&["-", "~", "–", "—", "～", "至", "to", "..."]) {
        "this looks like a range: list the row under `rows` once for each code, or under `ignore` with a reason"
            .to_owned()
    } else if [',', '.', '\'', ' ', '\u{a0}', '，'].into_iter().any(thousands) {
        "this looks like a separator of thousands: list the row under `rows` with the code as it is sent"
            .to_owned()
    } else if numbers(&[",", "/", ";", "、", "，", " ", "\n", "<br>", "<br/>", "<br />", "and", "or"]) {
        "these look like several codes: list the row under `rows` once for each".to_owned()
    } else if code.parse::<f64>().is_ok_and(f64::is_finite) {
        "a spreadsheet seems to have changed this number: list the row under `rows` with the code as it is sent"
            .to_owned()
    } else {
        "change `code_type`, mend the recipe, list the row under `rows` with its code, or name it under `ignore`"
            .to_owned()
    }
}

/// Whether a text is hardly what is sent: several codes, a note beside one, markup, quotes or full-width letters.
fn is_doubtful(code: &str) -> bool {
    let is_unusual = |ch: char| {
        ch.is_whitespace()
            || is_hidden(ch)
            || "\\*`~[]<>\",;|^、，；：。“”‘’（）［］".contains(ch)
            || ('！'..='～').contains(&ch)
    };
    code.contains(is_unusual)
}

fn doubtful(code: &Loc<String>) -> Diagnostic {
    let message = format!("`{}` becomes a code as it stands here, and does not look like one", code.value);
    let help = "if something else is sent, list the row under `rows` with its code, and remove the new entry";
    Diagnostic::warning("doubtful_code", code.span, message).help(help)
}

/// The entry for the rows of one code: the first is its meaning, the others are variants.
fn entry(
    code: &WireCode,
    rows: &[&Row],
    locales: &[Loc<String>],
    names: &mut Names,
    findings: &mut Vec<Diagnostic>,
) -> Option<SpecError> {
    let mut copied: Vec<(&str, &str)> = Vec::new();
    let mut meanings = Vec::new();
    for row in rows {
        let message = complete(row, locales, &mut copied, findings)?;
        let solution = supplied(&row.solution, locales, findings);
        meanings.push(SpecMeaning {
            span: row.span,
            name: Loc::new(names.make(row, code), row.span),
            kind: Loc::new("unknown".to_owned(), row.span),
            condition: None,
            message,
            solution,
            erratum_message: SpecTexts::default(),
            erratum_solution: SpecTexts::default(),
        });
    }
    let row = rows.first()?;
    let mut meanings = meanings.into_iter();
    Some(SpecError {
        span: row.span,
        code: Loc::new(code.to_string(), row.code.span),
        code_is_plain: matches!(code, WireCode::Number(_)),
        meaning: meanings.next()?,
        retryable: false,
        retryable_span: None,
        http_status: http_status(row, findings),
        variants: meanings.collect(),
        former_names: Vec::new(),
        deprecated: None,
        allow: Vec::new(),
        note: note(&copied).map(|note| Loc::new(note, row.span)),
    })
}

/// The row's messages in the order of the book's locales; a locale it does not have gets a copy of its first.
fn complete<'a>(
    row: &Row,
    locales: &'a [Loc<String>],
    copied: &mut Vec<(&'a str, &'a str)>,
    findings: &mut Vec<Diagnostic>,
) -> Option<SpecTexts> {
    let mut texts = supplied(&row.message, locales, findings);
    let Some((first, text)) = texts.texts.first().cloned() else {
        let message = format!("the row of `{}` has no message", row.code.value);
        let help = "name its column in the recipe, or list the row under `rows` with a message";
        findings.push(Diagnostic::error("row_without_message", row.span, message).help(help));
        return None;
    };
    let all = std::mem::take(&mut texts.texts);
    for locale in locales {
        let own = all.iter().find(|(tag, _)| *tag == *locale);
        if own.is_none() {
            let original = locales.iter().find(|tag| **tag == first).map_or("", |tag| tag.value.as_str());
            copied.push((&locale.value, original));
        }
        texts.texts.push(own.cloned().unwrap_or_else(|| (locale.clone(), text.clone())));
    }
    Some(texts)
}

/// The texts of a row in the order of the book's locales; `recipe::check_locales` lets no other pass.
fn supplied(
    texts: &[(String, Loc<String>)],
    locales: &[Loc<String>],
    findings: &mut Vec<Diagnostic>,
) -> SpecTexts {
    for (_, text) in texts.iter().filter(|(_, text)| text.value.contains('\0')) {
        findings.push(nul(text));
    }
    let in_order = locales.iter().filter_map(|locale| {
        let (_, text) = texts.iter().find(|(tag, _)| *tag == locale.value)?;
        Some((locale.clone(), text.clone()))
    });
    SpecTexts { span: None, texts: in_order.collect() }
}

/// JSON can spell what no entry may hold.
fn nul(text: &Loc<String>) -> Diagnostic {
    let fault =
        Diagnostic::error("nul_character", text.span, "this holds the character U+0000, which no entry may");
    fault.help("list the row under `rows` without it")
}

fn http_status(row: &Row, findings: &mut Vec<Diagnostic>) -> Option<Loc<u32>> {
    let status = row.http_status.as_ref()?;
    if let Some(WireCode::Number(number @ 100..=599)) = CodeType::Int32.parse(&status.value) {
        return Some(Loc::new(u32::try_from(number).ok()?, status.span));
    }
    let message = format!("`{}` is no HTTP status", status.value);
    let help = "it is a number from 100 to 599: write `null` for this column, or list the row under `rows`";
    findings.push(Diagnostic::error("bad_http_status", status.span, message).help(help));
    None
}

/// What reminds people to translate.
fn note(copied: &[(&str, &str)]) -> Option<String> {
    let unique: BTreeSet<_> = copied.iter().collect();
    let notes: Vec<_> = unique
        .into_iter()
        .map(|(copy, original)| format!("{copy} is a copy of {original} until it is translated."))
        .collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// The names of a domain, with which new ones must not collide.
struct Names {
    /// Without their underscores, which is how some languages spell them.
    taken: BTreeSet<String>,
}

impl Names {
    /// How many words of a text make a name.
    const MOST_WORDS: usize = 6;
    /// How long a name made from a text is at most, so that a code still fits behind it.
    const LONGEST: usize = 36;
    /// How long the code in a name is at most.
    const LONGEST_CODE: usize = 14;
    /// Words that add nothing: articles and auxiliary verbs.
    const EMPTY_WORDS: [&str; 30] = [
        "a", "am", "an", "are", "be", "been", "being", "can", "could", "did", "do", "does", "done", "had",
        "has", "have", "having", "is", "may", "might", "must", "ought", "shall", "should", "the", "was",
        "were", "will", "would", "s",
    ];

    fn of(domain: &SpecDomain) -> Self {
        let of_entry = |error: &SpecError| {
            let mut names = vec![fold(&error.meaning.name.value)];
            names.extend(error.variants.iter().map(|variant| fold(&variant.name.value)));
            names.extend(error.former_names.iter().map(|former| fold(&former.name.value)));
            names
        };
        let retired = domain.retired.iter().map(|retired| fold(&retired.name.value));
        Self { taken: domain.errors.iter().flat_map(of_entry).chain(retired).collect() }
    }

    /// A name for `row` that nothing else has.
    fn make(&mut self, row: &Row, code: &WireCode) -> String {
        let code = code_words(code);
        let english = row.message.iter().find(|(locale, _)| locale.split('-').next() == Some("en"));
        let name = match english.map(|(_, text)| slug(&text.value)).filter(|slug| !slug.is_empty()) {
            Some(slug) if self.is_free(&slug) => slug,
            Some(slug) => format!("{slug}_{code}"),
            None => format!("code_{code}"),
        };
        // Codes that differ only in their signs or capitals still collide.
        let name = if self.is_free(&name) {
            name
        } else {
            let mut numbered = (2..).map(|number: u32| format!("{name}_{number}"));
            numbered.find(|name| self.is_free(name)).unwrap_or(name)
        };
        self.taken.insert(fold(&name));
        name
    }

    fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(&fold(name))
    }
}

fn fold(name: &str) -> String {
    name.replace('_', "")
}

/// A name from an English text: its first telling words in lower case.
fn slug(text: &str) -> String {
    let text = text.replace(['\'', '’'], "").to_ascii_lowercase();
    let words = text
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !Names::EMPTY_WORDS.contains(word))
        // A name starts with a letter.
        .skip_while(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    let mut slug = String::new();
    for word in words.take(Names::MOST_WORDS) {
        if slug.len() + 1 + word.len() > Names::LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('_');
        }
        slug.push_str(word);
    }
    slug
}

/// A code as words of a name.
fn code_words(code: &WireCode) -> String {
    let text = match code {
        WireCode::Number(number) if *number < 0 => format!("minus_{}", number.unsigned_abs()),
        WireCode::Number(number) => number.to_string(),
        WireCode::Text(text) => text.to_ascii_lowercase(),
    };
    let words: Vec<_> = text
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut words = words.join("_");
    // Numbers always fit; a longer text is told apart by what `make` appends.
    words.truncate(if matches!(code, WireCode::Text(_)) { Names::LONGEST_CODE } else { words.len() });
    let words = words.trim_end_matches('_');
    if words.is_empty() { "x".to_owned() } else { words.to_owned() }
}

/// Where in a file new entries go.
struct Place {
    source: SourceId,
    /// What the entries replace: nothing, or the brackets of an empty list.
    replaced: Range<usize>,
    /// Where they start.
    at: usize,
    /// How far the dash of an item is indented in this file.
    indent: usize,
}

/// The new texts of the files that change.
fn files(
    sources: &Sources,
    domain: &SpecDomain,
    code_type: CodeType,
    entries: &[(WireCode, SpecError)],
    findings: &mut Vec<Diagnostic>,
) -> Vec<(SourceId, String)> {
    let order = Order::of(sources, domain, code_type);
    let mut by_source: BTreeMap<SourceId, Vec<(Place, &SpecError)>> = BTreeMap::new();
    for (code, error) in entries {
        if let Some(place) = order.place(code) {
            by_source.entry(place.source).or_default().push((place, error));
        } else {
            let message = "the entries of this file are not a block list, so nothing can be added to them";
            findings
                .push(Diagnostic::error("flow_list", domain.span, message).help("run `errbook fmt` first"));
            return Vec::new();
        }
    }
    let mut files = Vec::new();
    for (source, additions) in by_source {
        let text = splice(&sources.get(source).text, &additions);
        if reread(&text).is_some_and(|found| found == intended(domain, source, &additions)) {
            files.push((source, text));
        } else {
            let message = "the file with its new entries does not read back as it should; it stays as it is";
            findings.push(
                Diagnostic::error("import_refused", domain.span, message).help("run `errbook fmt` first"),
            );
        }
    }
    files
}

/// Puts the entries into the text. They come in the order of their codes, so equal places keep that order.
fn splice(text: &str, additions: &[(Place, &SpecError)]) -> String {
    let mut additions: Vec<_> = additions.iter().collect();
    additions.sort_by_key(|(place, _)| place.at);
    let mut out = String::with_capacity(text.len() + additions.len() * 256);
    let mut copied = 0;
    for (place, error) in additions {
        if place.replaced.start >= copied && !place.replaced.is_empty() {
            out.push_str(&text[copied..place.replaced.start]);
            copied = place.replaced.end;
        }
        out.push_str(&text[copied..place.at]);
        copied = place.at;
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        let mut item = String::new();
        write::error(&mut item, error);
        for line in item.lines() {
            if let Some(rest) = line.get(write::ITEM_INDENT..) {
                out.push_str(&" ".repeat(place.indent));
                out.push_str(rest);
            }
            out.push('\n');
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// What an entry says, as a digest: of a large file the texts of all would be in memory several times.
type Essence = Vec<u8>;

/// What the file should hold then, entry by entry.
fn intended(domain: &SpecDomain, source: SourceId, additions: &[(Place, &SpecError)]) -> Vec<Essence> {
    let old = domain.errors.iter().filter(|error| error.span.source == source);
    let old = old.map(|error| (error.span.start as usize, 1, error));
    let new = additions.iter().map(|(place, error)| (place.at, 0, *error));
    let mut all: Vec<_> = new.chain(old).collect();
    all.sort_by_key(|(at, rank, _)| (*at, *rank));
    all.into_iter().map(|(_, _, error)| essence(error)).collect()
}

/// What the file would hold, entry by entry.
fn reread(text: &str) -> Option<Vec<Essence>> {
    let mut sources = Sources::default();
    let id = sources.add("", text.to_owned());
    let entry = |node: &yaml::Node, faults: &mut Vec<Diagnostic>| {
        read::error(node, faults).map(|error| essence(&error))
    };
    let apart = yaml::parse_apart(&sources, id, &Allowance::default(), read::ERRORS, entry).ok()?;
    let mut faults = apart.faults;
    read::domain(&apart.root, &mut faults).filter(|_| faults.is_empty())?;
    Some(apart.items)
}

fn essence(error: &SpecError) -> Essence {
    let mut out = String::new();
    write::error(&mut out, error);
    Sha256::digest(out).to_vec()
}

/// The entries of a domain by code, and by their places in their files.
struct Order<'a> {
    sources: &'a Sources,
    domain: &'a SpecDomain,
    /// Indices of entries, by code.
    by_code: Vec<(WireCode, usize)>,
}

impl<'a> Order<'a> {
    fn of(sources: &'a Sources, domain: &'a SpecDomain, code_type: CodeType) -> Self {
        let coded = |(index, error): (usize, &SpecError)| Some((code_type.parse(&error.code.value)?, index));
        let mut by_code: Vec<_> = domain.errors.iter().enumerate().filter_map(coded).collect();
        by_code.sort();
        Self { sources, domain, by_code }
    }

    /// Where an entry of `code` goes: behind the entry with the next smaller code, before the comments of the entry
    /// that follows it.
    fn place(&self, code: &WireCode) -> Option<Place> {
        let greater = self.by_code.partition_point(|(other, _)| other < code);
        let smaller = greater.checked_sub(1).and_then(|index| self.by_code.get(index));
        if let Some((_, before)) = smaller {
            return match self.following(*before) {
                Some(next) => self.before(next),
                None => self.behind(*before),
            };
        }
        match self.by_code.get(greater) {
            Some((_, next)) => self.before(*next),
            None => self.first(),
        }
    }

    /// The entry that follows in the same file.
    fn following(&self, index: usize) -> Option<usize> {
        let source = self.domain.errors[index].span.source;
        self.domain.errors.get(index + 1).filter(|error| error.span.source == source).map(|_| index + 1)
    }

    fn text(&self, span: Span) -> &'a str {
        &self.sources.get(span.source).text
    }

    /// Before an entry and the comments right above it.
    fn before(&self, index: usize) -> Option<Place> {
        let span = self.domain.errors[index].span;
        let text = self.text(span);
        let (mut at, indent) = item_start(text, span)?;
        // Lines within the entry before are its own, even if they look like comments.
        let previous = index.checked_sub(1).map(|index| self.domain.errors[index].span);
        let floor =
            previous.filter(|previous| previous.source == span.source).map_or(0, |span| span.end as usize);
        while let Some(line_start) = line_before(text, at).filter(|start| *start >= floor) {
            let line = &text[line_start..at];
            let depth = line.len() - line.trim_start_matches(' ').len();
            if !line.trim_start().starts_with('#') || depth > indent {
                break;
            }
            at = line_start;
        }
        Some(Place { source: span.source, replaced: at..at, at, indent })
    }

    /// Behind the last entry of a file and the comments that are indented below it.
    fn behind(&self, index: usize) -> Option<Place> {
        let span = self.domain.errors[index].span;
        let text = self.text(span);
        let (_, indent) = item_start(text, span)?;
        let end = span.start as usize + text.get(span.range())?.trim_end().len();
        let mut at = line_end(text, end);
        while text.get(at..).is_some_and(|rest| {
            let depth = rest.len() - rest.trim_start_matches(' ').len();
            depth > indent && rest.trim_start_matches(' ').starts_with('#')
        }) {
            at = line_end(text, at);
        }
        Some(Place { source: span.source, replaced: at..at, at, indent })
    }

    /// Under `errors: []`.
    fn first(&self) -> Option<Place> {
        let source = self.domain.document.as_ref().map_or(self.domain.span, |node| node.span).source;
        let root = yaml::parse(self.sources, source).ok()?;
        let yaml::NodeKind::Mapping(entries) = &root.kind else { return None };
        let (key, node) = entries.iter().find(|(key, _)| key.value == "errors")?;
        let text = self.text(key.span);
        let bracket = key.span.end as usize + text.get(key.span.end as usize..)?.find('[')?;
        let close = bracket + text.get(bracket..)?.find(']')?;
        let is_empty = matches!(&node.kind, yaml::NodeKind::Sequence(items) if items.is_empty());
        if !is_empty || !text[bracket + 1..close].trim().is_empty() {
            return None;
        }
        let start = text[..bracket].trim_end_matches([' ', '\n']).len();
        Some(Place {
            source,
            replaced: start..close + 1,
            at: line_end(text, close),
            indent: write::ITEM_INDENT,
        })
    }
}

/// Where the line of the dash before an item starts, and how far the dash is indented.
fn item_start(text: &str, span: Span) -> Option<(usize, usize)> {
    let before = text.get(..span.start as usize)?.trim_end();
    let dash = before.strip_suffix('-')?.len();
    let start = text[..dash].rfind('\n').map_or(0, |at| at + 1);
    text[start..dash].bytes().all(|byte| byte == b' ').then_some((start, dash - start))
}

/// Where the line before the one that starts at `at` starts.
fn line_before(text: &str, at: usize) -> Option<usize> {
    let end = at.checked_sub(1)?;
    Some(text[..end].rfind('\n').map_or(0, |at| at + 1))
}

/// Where the line after the one of `at` starts.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::spec::recipe;

    const HEAD: &str = "domain: a\ntitle: A\ncode_type: int32\ndocument:\n  file: a.md\n  tables:\n  \
                        - {reader: markdown, columns: [code, http_status, message.en, message.zh-Hans]}\n";

    /// Imports `rows` into a domain file that starts with `head` and ends with `errors`.
    fn imported(head: &str, errors: &str, rows: &str) -> (Import, String) {
        let mut sources = Sources::default();
        let spec = sources.add("a.yaml", format!("{head}{errors}"));
        let document = sources.add("a.md", format!("|a|b|c|d|\n|-|-|-|-|\n{rows}"));
        let mut faults = Vec::new();
        let root = yaml::parse(&sources, spec).expect("valid YAML");
        let domain = read::domain(&root, &mut faults).expect("a domain");
        let recipe =
            recipe::recipe(domain.document.as_ref().expect("a document"), &mut faults).expect("a recipe");
        assert!(faults.is_empty(), "{faults:?}");
        let locales = ["en", "zh-Hans"].map(|tag| Loc::new(tag.to_owned(), domain.span));
        let reading = document::read(&sources, document, &recipe);
        let import = import(&sources, &domain, &locales, &reading);
        let text = import.files.first().map(|(_, text)| text[head.len()..].to_owned()).unwrap_or_default();
        (import, text)
    }

    fn ids(import: &Import) -> Vec<&'static str> {
        import.findings.iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn a_first_import_fills_an_empty_list() {
        let rows = "|10||The device can't be found.|设备不存在|\n|9|404||离线|\n|10|| Not: found |没有|\n|-1||404 is: null||\n";
        let (import, text) =
            imported(HEAD, "errors: [] # none yet\nretired:\n  - {name: code_9, since: 1.0.0}\n", rows);
        assert_eq!(ids(&import), [] as [&str; 0]);
        assert_eq!((import.entries, import.rows), (3, 4));
        let expected = r#"errors: # none yet
  - code: -1
    name: "null"
    kind: unknown
    message:
      en: "404 is: null"
      zh-Hans: "404 is: null"
    note: zh-Hans is a copy of en until it is translated.
  - code: 9
    name: code_9_2
    kind: unknown
    http_status: 404
    message:
      en: 离线
      zh-Hans: 离线
    note: en is a copy of zh-Hans until it is translated.
  - code: 10
    name: device_cant_found
    kind: unknown
    message:
      en: The device can't be found.
      zh-Hans: 设备不存在
    variants:
      - name: not_found
        kind: unknown
        message:
          en: "Not: found"
          zh-Hans: 没有
retired:
  - {name: code_9, since: 1.0.0}
"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn what_is_there_stays_byte_for_byte() {
        let old = "errors:\n# first\n- code: 5   # five\n  name: five\n  kind: ok\n  message: {en: 'Five', zh-Hans: \"五\"}\n  \
                   note: |-\n    text\n    # no comment\n    # of ours\n\n# about eight\n# and more\n\
                   - {code: 8, name: eight, kind: ok, message: {en: Eight, zh-Hans: 八}}\n    # of eight\n# the end";
        let rows = "|3||three|三|\n|5||Five|五|\n|7||seven|七|\n|6||six|六|\n|8||Eight|八|\n|9||nine|九|\n";
        let (import, text) = imported(HEAD, old, rows);
        assert_eq!(ids(&import), [] as [&str; 0]);
        let item = |code: u32, en: &str, zh: &str| {
            format!(
                "- code: {code}\n  name: {en}\n  kind: unknown\n  message:\n    en: {en}\n    zh-Hans: {zh}\n"
            )
        };
        let mut expected = old.replace("# first\n", &format!("{}# first\n", item(3, "three", "三")));
        let between = format!("{}{}# about eight", item(6, "six", "六"), item(7, "seven", "七"));
        expected = expected.replace("# about eight", &between);
        expected = expected.replace("# the end", &format!("{}# the end", item(9, "nine", "九")));
        assert_eq!(text, expected);
    }

    #[test]
    fn a_file_that_ends_without_a_line_break_gets_one() {
        let old = "errors:\n  - {code: 5, name: five, kind: ok, message: {en: Five, zh-Hans: 五}}";
        let (_, text) = imported(HEAD, old, "|5||Five|五|\n|6||six|六|\n");
        assert!(text.starts_with(&format!("{old}\n  - code: 6\n")), "{text}");
    }

    #[test]
    fn what_cannot_be_told_stops_the_import() {
        let rows = "|1||one|一|\n|007||bond|邦|\n|2|||\n|3|9|three|三|\n|4||||\nrest\n\ntext\n";
        let (import, _) = imported(HEAD, "errors: []\n", rows);
        assert!(import.files.is_empty());
        assert_eq!(
            ids(&import),
            [
                "bad_code",
                "cells_do_not_fit",
                "bad_http_status",
                "row_without_message",
                "cells_do_not_fit",
                "unread_line"
            ]
        );
    }

    #[test]
    fn what_would_make_no_valid_entry_stops_the_import() {
        let rows = |code_type: &str, rows: &str| {
            let mut sources = Sources::default();
            let domain = format!(
                "domain: a\ntitle: A\ncode_type: {code_type}\ndocument:\n  file: a\n  tables:\n  \
                 - {{reader: json, columns: {{/0: code, /1: message.en, /2: solution.en}}}}\nerrors: []\n"
            );
            let spec = sources.add("a.yaml", domain);
            let document = sources.add("a", rows.to_owned());
            let mut faults = Vec::new();
            let root = yaml::parse(&sources, spec).expect("valid YAML");
            let domain = read::domain(&root, &mut faults).expect("a domain");
            let block = domain.document.as_ref().expect("a document");
            let recipe = recipe::recipe(block, &mut faults).expect("a recipe");
            let reading = document::read(&sources, document, &recipe);
            ids(&import(&sources, &domain, &[Loc::new("en".to_owned(), domain.span)], &reading))
        };
        assert_eq!(rows("string", r#"[["a\u0000", "x"], ["b", "x"]]"#), ["nul_character"]);
        assert_eq!(
            rows("string", r#"[["a", "\u0000"], ["b", "x", "y\u0000"]]"#),
            ["nul_character", "nul_character"]
        );
        // No-break spaces are how pages write nothing.
        assert_eq!(
            rows("int32", r#"[[1, "\u00a0"], [2, "\u3000", "x"]]"#),
            ["row_without_message", "row_without_message"]
        );
    }

    #[test]
    fn what_is_no_code_is_told_with_the_way_out() {
        for (code, way) in [
            ("0x1F", "`code: 31`"),
            ("-0x1F", "`code: -31`"),
            ("007", "`code: 7`"),
            ("+7", "`code: 7`"),
            ("4294967295", "int64"),
            ("1-3", "range"),
            ("17至19", "range"),
            ("1,003", "thousands"),
            ("1.0", "spreadsheet"),
            ("1E+05", "spreadsheet"),
            ("13 14", "several"),
            ("1003\n1004", "several"),
            ("1<br>2", "several"),
            ("", "mend the recipe"),
            ("Code", "mend the recipe"),
            ("0x", "mend the recipe"),
        ] {
            let help = help(code);
            assert!(help.contains(way), "{code}: {help}");
        }
    }

    #[test]
    fn a_table_without_any_code_is_told_once() {
        let (import, _) = imported(HEAD, "errors: []\n", "|a||x|y|\n|b||x|y|\n|c||x|y|\n");
        let told: Vec<_> = import.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(told, ["`a` is no code of type int32; so it is with all 3 rows of the table"]);
        let (import, _) = imported(HEAD, "errors: []\n", "|a||x|y|\n|b||x|y|\n|3||x|y|\n");
        assert_eq!(ids(&import), ["bad_code", "bad_code"]);
    }

    #[test]
    fn a_doubtful_text_becomes_a_code_with_a_word() {
        let head = HEAD.replace("int32", "string");
        let rows = "|`A001`||x|y|\n|A002\u{a0}||x|y|\n|设备.离线-1||x|y|\n|Err(5)||x|y|\n";
        let (import, text) = imported(&head, "errors: []\n", rows);
        assert_eq!(ids(&import), [] as [&str; 0]);
        assert!(text.contains("- code: \"A001\"\n") && text.contains("- code: \"A002\"\n"), "{text}");
        let rows = "|A003, A004||x|y|\n|Ａ００５||x|y|\n|A\u{200b}6||x|y|\n|A005[^1]||x|y|\n";
        let (import, text) = imported(&head, "errors: []\n", rows);
        assert_eq!(ids(&import), ["doubtful_code"; 4]);
        assert!(text.contains("A003, A004"), "{text}");
    }

    #[test]
    fn a_new_meaning_of_a_reviewed_code_is_for_a_person() {
        let old = "errors:\n  - {code: 5, name: five, kind: ok, message: {en: Five, zh-Hans: 五}}\n";
        let (import, text) = imported(HEAD, old, "|5||Five|五|\n|5||Cinq|五|\n|6||six|六|\n");
        assert_eq!(ids(&import), ["row_not_in_spec"]);
        assert!(text.starts_with(old) && text.contains("name: six"), "{text}");
    }

    #[test]
    fn a_flow_list_is_refused() {
        let old = "errors: [{code: 5, name: five, kind: ok, message: {en: Five, zh-Hans: 五}}]\n";
        let (import, _) = imported(HEAD, old, "|5||Five|五|\n|6||six|六|\n");
        assert_eq!(ids(&import), ["flow_list"]);
        assert!(import.files.is_empty());
    }

    #[test]
    fn names_are_valid_and_unique_whatever_the_texts() {
        let head = HEAD.replace("int32", "string");
        let long = "Supercalifragilisticexpialidocious ".repeat(9);
        let texts = [
            "The",
            "the the",
            "3 D",
            "error",
            "Err or",
            "__",
            "ａ",
            long.as_str(),
            "a\u{301}b",
            "ERROR!",
            "err.or",
        ];
        let rows: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(index, text)| format!("|E-{index}||{text}|中|\n|e{index}||{text}|中|\n"))
            .collect();
        let (import, text) = imported(&head, "errors: []\n", &rows.concat());
        assert_eq!(ids(&import), [] as [&str; 0]);
        let names: Vec<_> = text.lines().filter_map(|line| line.trim().strip_prefix("name: ")).collect();
        assert_eq!(names.len(), 22);
        for name in &names {
            assert!(crate::model::Name::new(name.trim_matches('"')).is_some(), "{name}");
        }
        assert_eq!(names.iter().map(|name| fold(name)).collect::<BTreeSet<_>>().len(), 22, "{names:?}");
    }

    #[test]
    fn line_ends_and_byte_order_mark_stay() {
        let new = with_line_ends_of("\u{FEFF}a\r\nb\r\n".as_bytes(), "a\nb\n", "a\nx\nb\n");
        assert_eq!(new.as_deref(), Some("\u{FEFF}a\r\nx\r\nb\r\n"));
        assert_eq!(with_line_ends_of(b"a\nb\r\n", "a\nb\n", ""), None);
    }
}
