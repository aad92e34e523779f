//! Adds entries for the rows of a document that the spec does not have yet.
//!
//! In: a domain as written and the `Reading` of its document. Out: the new text of the domain's files. A new entry
//! has a name made from the English text, or else from the code, the kind `unknown`, and the vendor's texts; a
//! locale the vendor does not have gets a copy and the entry a note. What holds for the code as a whole is that of the first
//! row that says it; rows that the tables of a document have divided are one. People review it then, and from there on it is theirs: what is in the spec is never touched, every byte
//! of it stays where it was.
//!
//! Guaranteed: the new text is read again before anybody writes it. If one old entry is not what it was, or a new
//! one is not what was meant, or anything in the document cannot be told, there is a finding and no text.
//!
//! The stages: `codes` finds the new rows, `languages` doubts their texts, this file makes entries of them with names from
//! `names`, and `place` puts those into the files. Deliberately elsewhere: reading the document (`document`), comparing texts (`audit`), and the
//! disk (`cli`).

mod codes;
mod damaged;
mod languages;
mod names;
mod place;
mod several;
#[cfg(test)]
mod tests;

use crate::audit::{self, Difference, Other};
use crate::diagnostics::alike::Alike;
use crate::diagnostics::source::LARGEST_FILE;
use crate::diagnostics::{self, Diagnostic, Level, Loc, SourceId, Sources};
use crate::document::{self, Doubt, Reading, Row};
use crate::names::{CodeType, WireCode};
use crate::spec::allowance::MOST_VALUES;
use crate::spec::read::{SpecDomain, SpecError, SpecMeaning, SpecTexts};
use crate::spec::yaml::LONGEST_VALUE;
use names::Names;
use std::collections::{BTreeMap, BTreeSet};

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
            let is_whole = !diagnostics::any_error(&reading.findings);
            import.findings.push(Diagnostic { level: Level::Warning, ..difference.finding(is_whole) });
        }
    }
    if let Some(code_type) = CodeType::from_id(&domain.code_type.value) {
        let joined = reading.joined();
        let line = |span| sources.position(span).0;
        let is_known = |doubt: &&Doubt| domain.errors.iter().any(|error| error.code.value == doubt.code);
        import.findings.extend(joined.doubts.iter().filter(|doubt| !is_known(doubt)).map(doubtful));
        let rows = codes::new_rows(domain, code_type, &joined.rows, line, &mut import.findings);
        import.entries = rows.len();
        if !rows.is_empty() {
            import.findings.extend(reading.doubts.iter().cloned());
        }
        import.rows = rows.values().map(Vec::len).sum();
        languages::hold_against_locales(&rows, locales, &mut import.findings);
        let rows = match oversize(&rows, locales) {
            Some(message) => {
                let finding = Diagnostic::error("import_refused", domain.span, message);
                import.findings.push(finding.help("split the document, and its domain, into several"));
                BTreeMap::new()
            }
            None => rows,
        };
        let mut names = Names::of(domain);
        let entries: Vec<_> = rows
            .into_iter()
            .filter_map(|(code, rows)| {
                let error = entry(&code, &rows, locales, &mut names, &mut import.findings)?;
                Some((code, error))
            })
            .collect();
        if !diagnostics::any_error(&import.findings) && !entries.is_empty() {
            import.files = place::files(sources, domain, code_type, &entries, &mut import.findings);
        }
    } else {
        let message = format!("`{}` is no code type", domain.code_type.value);
        import.findings.push(Diagnostic::error("unknown_code_type", domain.code_type.span, message));
    }
    if diagnostics::any_error(&import.findings) {
        import.files.clear();
    }
    diagnostics::sort(&mut import.findings);
    // What the recipe does not account for is folded already.
    let is_unread: BTreeSet<_> =
        reading.findings.iter().map(|finding| (finding.id, finding.span())).collect();
    let mut alike = Alike::default();
    let mut told = Vec::new();
    for finding in std::mem::take(&mut import.findings) {
        let is_unread = is_unread.contains(&(finding.id, finding.span()));
        told.extend(if is_unread { Some(finding) } else { alike.take(finding, told.len()) });
    }
    alike.fold(&mut told, |span| sources.position(span).0);
    import.findings = told;
    import
}

/// What is too much about new entries, before they are made: texts of a language that the document does not have are copies, so
/// that a small document may become a large file.
fn oversize(rows: &BTreeMap<WireCode, Vec<&Row>>, locales: &[Loc<String>]) -> Option<String> {
    let bytes = |texts: &[(String, Loc<String>)]| {
        let copied = texts.first().map_or(0, |(_, text)| text.value.len());
        let own: usize = texts.iter().map(|(_, text)| text.value.len()).sum();
        (own + locales.len().saturating_sub(texts.len()) * copied) as u64
    };
    let bytes: u64 = rows.values().flatten().map(|row| bytes(&row.message) + bytes(&row.solution)).sum();
    if bytes > LARGEST_FILE {
        return Some(format!(
            "the new entries have more than {LARGEST_FILE} bytes, which is the most that a file may have"
        ));
    }
    // A key and a value for the code, its name, its kind and each text; mappings of the entry and of the texts, with their key; and
    // the note where there are copies.
    let texts = |row: &Row| 1 + usize::from(!row.solution.is_empty());
    let has_note = |rows: &[&Row]| rows.iter().any(|row| row.message.len() < locales.len());
    let of_row = |row: &&Row| 4 + texts(row) * 2 * (locales.len() + 1);
    let of_code =
        |rows: &Vec<&Row>| 3 + 2 * usize::from(has_note(rows)) + rows.iter().map(of_row).sum::<usize>();
    let values: usize = rows.values().map(of_code).sum();
    (values > MOST_VALUES).then(|| {
        format!("the new entries have more than {MOST_VALUES} keys and values, which is the most that a book may have")
    })
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
    } else if body == old.replace('\n', "\r") {
        Some(format!("{mark}{}", new.replace('\n', "\r")))
    } else {
        None
    }
}

/// Tells of a row that may belong to several others.
fn doubtful(doubt: &Doubt) -> Diagnostic {
    let message =
        format!("this row of `{}` belongs to one of another table, and it is not clear to which", doubt.code);
    let help = "list each row of this code under `rows` with all texts of its meaning";
    Diagnostic::error("doubtful_part", doubt.span, message)
        .label(doubt.other, "perhaps to this one")
        .help(help)
}

/// The entry for the rows of one code: the first is its meaning, the others are variants.
fn entry(
    code: &WireCode,
    rows: &[&Row],
    locales: &[Loc<String>],
    names: &mut Names,
    findings: &mut Vec<Diagnostic>,
) -> Option<SpecError> {
    let (mut copied, mut copied_solutions) = (BTreeSet::new(), BTreeSet::new());
    let mut meanings = Vec::new();
    for row in rows {
        let message = supplied(&row.message, locales, findings);
        if message.texts.is_empty() {
            let message = format!("the row of `{}` has no message", row.code.value);
            let help = "name its column in the recipe, or list the row under `rows` with a message";
            findings.push(Diagnostic::error("row_without_message", row.span, message).help(help));
            return None;
        }
        let message = complete(message, locales, &mut copied);
        let solution = complete(supplied(&row.solution, locales, findings), locales, &mut copied_solutions);
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
        http_status: http_status(rows, findings),
        variants: meanings.collect(),
        former_names: Vec::new(),
        deprecated: None,
        allow: Vec::new(),
        note: note(&copied, &copied_solutions).map(|note| Loc::new(note, row.span)),
    })
}

/// The texts in every one of the book's locales, if there are any: a locale that a row does not have gets a copy of the first.
fn complete<'a>(
    mut texts: SpecTexts,
    locales: &'a [Loc<String>],
    copied: &mut BTreeSet<(&'a str, &'a str)>,
) -> SpecTexts {
    let Some((first, text)) = texts.texts.first().cloned() else { return texts };
    let all = std::mem::take(&mut texts.texts);
    for locale in locales {
        let own = all.iter().find(|(tag, _)| *tag == *locale);
        if own.is_none() {
            let original = locales.iter().find(|tag| **tag == first).map_or("", |tag| tag.value.as_str());
            copied.insert((&locale.value, original));
        }
        texts.texts.push(own.cloned().unwrap_or_else(|| (locale.clone(), text.clone())));
    }
    texts
}

/// The texts of a row in the order of the book's locales; `recipe::check_locales` lets no other pass.
fn supplied(
    texts: &[(String, Loc<String>)],
    locales: &[Loc<String>],
    findings: &mut Vec<Diagnostic>,
) -> SpecTexts {
    findings.extend(texts.iter().filter_map(|(_, text)| no_value(text)));
    let in_order = locales.iter().filter_map(|locale| {
        let (_, text) = texts.iter().find(|(tag, _)| *tag == locale.value)?;
        Some((locale.clone(), text.clone()))
    });
    SpecTexts { span: None, texts: in_order.collect() }
}

/// That a text of a document cannot stand in an entry: JSON can spell what none may hold, and a quote that is left open goes on
/// to the end of a sheet.
fn no_value(text: &Loc<String>) -> Option<Diagnostic> {
    if text.value.contains('\0') {
        let message = "this holds the character U+0000, which no entry may";
        let fault = Diagnostic::error("nul_character", text.span, message);
        return Some(fault.help("list the row under `rows` without it"));
    }
    let length = text.value.len();
    (length > LONGEST_VALUE).then(|| {
        let message = format!("this has {length} bytes, more than the limit of {LONGEST_VALUE}");
        let fault = Diagnostic::error("too_long", text.span, message);
        fault.help("close the quote if one is open, or list the row under `rows` with what is meant")
    })
}

/// The HTTP status of an entry: that of its first row that has one. `codes` tells where another row has another.
fn http_status(rows: &[&Row], findings: &mut Vec<Diagnostic>) -> Option<Loc<u32>> {
    let mut first = None;
    for status in rows.iter().filter_map(|row| row.http_status.as_ref()) {
        let Some(number) = document::http_status(&status.value) else {
            let message = format!("`{}` is no HTTP status", status.value);
            let empty = status.value.replace('\'', "''");
            let help = if status.value.contains(|ch: char| ch.is_ascii_digit()) {
                "it is a number from 100 to 599: write `null` for this column if it holds none, or list the row under `rows`"
                    .to_owned()
            } else {
                format!(
                    "if it says that there is none, write `empty: ['{empty}']` at the table; otherwise list the row under `rows`"
                )
            };
            findings.push(Diagnostic::error("bad_http_status", status.span, message).help(help));
            continue;
        };
        first = first.or(Some(Loc::new(number, status.span)));
    }
    first
}

/// What reminds people to translate. Where the message is a copy, that of the solution goes without saying.
fn note(messages: &BTreeSet<(&str, &str)>, solutions: &BTreeSet<(&str, &str)>) -> Option<String> {
    let copies = messages
        .iter()
        .map(|copy| (copy, ""))
        .chain(solutions.difference(messages).map(|copy| (copy, "The solution in ")));
    let notes: Vec<_> = copies
        .map(|((copy, original), what)| {
            format!("{what}{copy} is a copy of {original} until it is translated.")
        })
        .collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}
