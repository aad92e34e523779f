//! Any bytes as a vendor's document, read by one of a few recipes: what stands in it is in a row, in a finding or in the
//! head of a table, and a row says what stands at its place.
//!
//! What is a row and what is a head, the readers of errbook are not asked: `account` says it a second time.

use super::account::{self, Part};
use super::located::located;
use errbook::diagnostics::{Sources, Span};
use errbook::document::{self, Effort, Reading};
use errbook::spec::{recipe, yaml};
use std::ops::Range;
use std::path::Path;

/// How a document is made, as far as it has to be known to account for it.
#[derive(Clone, Copy)]
enum Made {
    /// Tables of pipes; the number of them that the recipe has.
    Markdown(usize),
    /// Records, by their separator, between two lines counted from zero.
    Delimited(char, usize, usize),
    /// Lines, each on its own.
    Lines,
    /// A page, and how many rows at the start of a table are its head without a mark. With one, paragraphs are ignored.
    Html(usize),
    /// Rows that stand this deep in a JSON value.
    Json(usize),
}

const RECIPES: [(&str, Made); 12] = [
    ("tables: [{reader: markdown, columns: [code, message.en]}]", Made::Markdown(1)),
    (
        "tables: [{reader: markdown, columns: [code, null, message.en], heading: a}, {reader: markdown, columns: [code], table: 2}]",
        Made::Markdown(2),
    ),
    ("tables: [{reader: delimited, columns: [code, message.en]}]", Made::Delimited(',', 0, usize::MAX)),
    (
        "tables: [{reader: delimited, columns: [code, message.en, null], separator: ';', empty: [x]}]",
        Made::Delimited(';', 0, usize::MAX),
    ),
    (
        "tables: [{reader: delimited, columns: [code, message.en], separator: \"\\t\", lines: 2-4}]",
        Made::Delimited('\t', 1, 3),
    ),
    ("tables: [{reader: pattern, pattern: '(?m)^(?<code>\\d+) (?<message.en>.+)$'}]", Made::Lines),
    ("tables: [{reader: pattern, pattern: '(?<code>\\d+)|(?<message.en>[^|]+)\\n*'}]", Made::Lines),
    ("tables: [{reader: html, columns: [code, message.en]}]", Made::Html(0)),
    (
        "tables: [{reader: html, columns: [code, null], table: 2, header: 1, lines: 1-9}]\nignore: [{element: p, reason: x}]",
        Made::Html(1),
    ),
    ("tables: [{reader: json, columns: {code: code, /text/en: message.en}}]", Made::Json(1)),
    ("tables: [{reader: json, at: /*, key: code, columns: {'': message.en}}]", Made::Json(2)),
    (
        "encoding: gbk\ntables: [{reader: delimited, columns: [code, message.en]}]",
        Made::Delimited(',', 0, usize::MAX),
    ),
];

/// The first byte chooses the recipe.
pub(crate) fn check(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let (recipe, made) = &RECIPES[usize::from(*first) % RECIPES.len()];
    let mut sources = Sources::default();
    let id = sources.add("recipe.yaml", format!("file: a\n{recipe}\n"));
    let block = yaml::parse(&sources, id).expect("the recipes are YAML");
    let recipe = recipe::recipe(&block, &mut Vec::new()).expect("the recipes are right");
    let document = match sources.add_document(Path::new("a"), bytes, recipe.encoding) {
        Ok(document) => document,
        Err(fault) => return located(&[fault], &sources),
    };
    let reading = document::read(&sources, document, &recipe, &mut Effort::default());
    located(&reading.findings, &sources);
    let text = &sources.get(document).text;
    said_by_the_document(&reading, *made, text);
    let told = Told::of(&reading, Span::new(document, 0, 0));
    // It counts what it does not show, and where that stands nobody can tell.
    if told.ids.contains(&"too_many_findings") {
        assert!(reading.findings.len() > 1_000, "{reading:?}");
        return;
    }
    // Then nothing of it is read.
    if told.ids.iter().any(|id| ["json_syntax", "too_deep", "document_too_large"].contains(id)) {
        assert!(reading.rows.is_empty() && reading.findings.len() == 1, "{reading:?} of {text:?}");
        return;
    }
    let parts = match made {
        Made::Markdown(_) => account::markdown(text),
        Made::Delimited(separator, first, last) => account::delimited(text, *separator, *first, *last),
        Made::Lines => account::lines(text),
        Made::Html(header) => account::html(text, *header, (*header > 0).then_some("p")),
        Made::Json(depth) => account::json(text, *depth),
    };
    accounted(&parts, &told, *made, text);
}

/// Rows and their texts stand where they say, in order, and the texts are those of their places.
fn said_by_the_document(reading: &Reading, made: Made, text: &str) {
    assert!(reading.rows.is_sorted_by_key(|row| row.span), "{reading:?}");
    for row in &reading.rows {
        let texts = row.message.iter().chain(&row.solution).map(|(_, text)| text);
        for said in texts.clone().chain([&row.code]) {
            let place = said.span.range();
            let inside = row.span.range().start <= place.start && place.end <= row.span.range().end;
            // A cell of a page reaches down into the rows below it.
            let inside = inside || matches!(made, Made::Html(_));
            assert!(text.get(place).is_some() && inside, "{row:?} of {text:?}");
        }
        for said in texts {
            let written = &text[said.span.range()];
            let is_same = match made {
                Made::Markdown(_) => said.value == written.replace("\\|", "|"),
                Made::Delimited(..) => said.value == account::unquoted(written),
                Made::Lines => said.value == written,
                Made::Html(_) | Made::Json(_) => true,
            };
            assert!(is_same, "{said:?} stands as {written:?} in {text:?}");
        }
        let line = text[..row.span.range().start].matches('\n').count() + 1;
        assert_eq!(row.line, line, "{row:?} of {text:?}");
    }
}

/// What is told of a document.
struct Told {
    ids: Vec<&'static str>,
    /// Where the rows stand.
    rows: Vec<Range<usize>>,
    /// Where the findings point, but for those of what nobody reads.
    faults: Vec<Range<usize>>,
    /// The headers that are not those of the tables before: what is told of one is told of all of its table.
    headers: Vec<Range<usize>>,
    /// The codes that several elements make up: what is told of one is told of its row.
    joined: Vec<Range<usize>>,
    /// What nobody reads: where it begins and ends, and how many pieces it has.
    unread: Vec<(Range<usize>, usize)>,
    /// How many rows the findings speak for that they do not show.
    spoken_for: usize,
    /// How many more there may be: of many that are told at once, some may be told otherwise as well.
    perhaps: usize,
}

impl Told {
    fn of(reading: &Reading, document: Span) -> Self {
        let mut told = Self {
            ids: reading.findings.iter().map(|finding| finding.id).collect(),
            rows: reading.rows.iter().map(|row| row.span.range()).collect(),
            faults: Vec::new(),
            headers: Vec::new(),
            joined: Vec::new(),
            unread: Vec::new(),
            spoken_for: 0,
            perhaps: 0,
        };
        for finding in &reading.findings {
            let labels = finding.labels.iter().filter(|label| label.span.source == document.source);
            let places = labels.map(|label| label.span.range());
            let number = |text: &str| text.split(' ').find_map(|word| word.parse::<usize>().ok());
            if finding.id == "unread_line" {
                let count = number(&finding.message).unwrap_or(1);
                told.unread.extend(places.map(|place| (place, count)));
            } else {
                match finding.id {
                    "other_header" => told.headers.extend(places.clone()),
                    "joined_code" => told.joined.extend(places.clone()),
                    _ => {}
                }
                told.faults.extend(places);
            }
            // A message may show words of the document, and those may be any.
            let others = |text: &str| number(text).map_or(0, |rows| rows.saturating_sub(1));
            if let Some((_, all)) = finding.message.rsplit_once("; so it is with all ") {
                told.spoken_for += others(all);
            } else if let Some((_, some)) = finding.message.rsplit_once("; so it is with ") {
                told.perhaps += others(some);
            }
        }
        told
    }

    fn is_row(&self, place: &Range<usize>) -> bool {
        self.rows.iter().any(|row| touches(row, place))
    }

    fn is_fault(&self, place: &Range<usize>) -> bool {
        self.faults.iter().any(|fault| touches(fault, place))
    }
}

/// Whether two ranges have a byte in common; an empty one stands where it touches.
fn touches(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
        || one.is_empty() && (other.start..=other.end).contains(&one.start)
}

/// Whether no row of a page begins or ends between two places.
fn are_of_one_row(one: &Range<usize>, other: &Range<usize>, text: &str) -> bool {
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    let between = text.get(first.end..second.start).unwrap_or_default();
    !account::has_tags(between, &["tr", "table"])
}

/// Every part is a row, a head of rows, or told.
fn accounted(parts: &[Part], told: &Told, made: Made, text: &str) {
    let mut is_unread = vec![false; parts.len()];
    for (place, count) in &told.unread {
        let by_place = |part: &Part| touches(place, &part.range);
        match made {
            // The place is that of the first piece, and the others come after it.
            Made::Html(_) | Made::Json(_) => {
                // Of two that meet there, it is the second one.
                let begins = parts.iter().position(|part| part.range.contains(&place.start));
                let first = begins.or_else(|| parts.iter().position(by_place));
                let first = first.unwrap_or_else(|| panic!("{place:?} is no part of {text:?}: {parts:?}"));
                is_unread.iter_mut().skip(first).take(*count).for_each(|unread| *unread = true);
            }
            Made::Markdown(_) | Made::Delimited(..) | Made::Lines => {
                let unread = is_unread.iter_mut().zip(parts).filter(|(_, part)| by_place(part));
                unread.for_each(|(unread, _)| *unread = true);
            }
        }
    }
    // What a tag has taken with it ends no row.
    let mut rows_of = text.to_owned();
    for tag in
        parts.iter().map(|part| part.range.clone()).filter(|place| text[place.clone()].starts_with('<'))
    {
        rows_of.replace_range(tag.clone(), &" ".repeat(tag.len()));
    }
    let mut silent = Vec::new();
    for (part, unread) in parts.iter().zip(&is_unread) {
        let is_row = told.is_row(&part.range);
        let is_fault = told.is_fault(part.row.as_ref().unwrap_or(&part.range));
        assert!(!is_row || !unread || is_fault, "{part:?} is read and unread, of {text:?}: {:?}", told.ids);
        if is_row || is_fault || *unread || part.is_blank {
            continue;
        }
        // The head of a table of which something is read; of one that is not, it is unread like the rows. What a table in a
        // row says, the row says.
        let is_its = |other: &Part| {
            other.table == part.head_of || part.head_of.is_some_and(|table| other.around.contains(&table))
        };
        let its = || parts.iter().zip(&is_unread).filter(move |(other, _)| is_its(other));
        let is_met =
            |row: &Part| told.is_row(&row.range) || told.is_fault(row.row.as_ref().unwrap_or(&row.range));
        let mut rows = its().filter(|(row, _)| row.head_of.is_none() && !row.is_blank && !row.is_beside);
        // A row of which a part is ignored is left to that `ignore`, be the part a head of a table in the row.
        let is_ignored = |row: &Part| row.is_blank && row.head_of != part.head_of;
        let is_read = its().any(|(row, _)| is_met(row) || is_ignored(row)) || rows.all(|(_, unread)| !unread);
        if part.head_of.is_some() && is_read {
            continue;
        }
        let mut heads = parts.iter().filter(|head| head.head_of.is_some() && head.head_of == part.table);
        if heads.any(|head| told.headers.iter().any(|header| touches(header, &head.range))) {
            continue;
        }
        if told.joined.iter().any(|code| are_of_one_row(code, &part.range, &rows_of)) {
            continue;
        }
        silent.push(part);
    }
    let at_most = told.spoken_for + told.perhaps;
    let is_told = match made {
        // Several rows of Markdown stand on what is one line here, if returns alone end lines.
        Made::Markdown(1) if text.contains('\r') => silent.len() <= at_most,
        // Each row is a part, so they can be counted; two tables of a recipe may speak for the same.
        Made::Markdown(1) | Made::Delimited(..) => (told.spoken_for..=at_most).contains(&silent.len()),
        Made::Markdown(_) => silent.len() <= at_most,
        // A row is many parts; and text that stands beside cells may be outside of the table for another reader.
        Made::Html(_) => {
            let is_beside = told.ids.contains(&"text_beside_cells");
            silent.is_empty() || at_most > 0 && silent.iter().all(|part| part.table.is_some() || is_beside)
        }
        Made::Json(_) => {
            silent.is_empty() || told.perhaps > 0 && silent.iter().all(|part| part.row.is_some())
        }
        // What a pattern matches may be many lines, and of many matches the first is told with their number.
        Made::Lines => {
            let first = told.faults.iter().map(|fault| fault.start).min();
            silent.is_empty() || told.perhaps > 0 && silent.iter().all(|part| first <= Some(part.range.start))
        }
    };
    assert!(
        is_told,
        "nobody tells of {silent:?}, and {} rows are spoken for, in {text:?}: {:?}",
        told.spoken_for, told.ids
    );
}
