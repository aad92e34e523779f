//! Any bytes as a vendor's document, read by one of a few recipes: no line is lost without a word.

use super::located::located;
use errbook::diagnostics::{Diagnostic, Sources};
use errbook::document;
use errbook::spec::{recipe, yaml};
use std::path::Path;

/// What of a document has to be in a row or in a finding.
enum Lines {
    /// Every line that is not blank.
    All,
    /// All but the first two of a table.
    NotHeads,
    /// It is not made of lines.
    None,
}

const RECIPES: [(&str, Lines); 12] = [
    ("tables: [{reader: markdown, columns: [code, message.en]}]", Lines::NotHeads),
    (
        "tables: [{reader: markdown, columns: [code, null, message.en], heading: a}, {reader: markdown, columns: [code], table: 2}]",
        Lines::NotHeads,
    ),
    ("tables: [{reader: delimited, columns: [code, message.en]}]", Lines::All),
    (
        "tables: [{reader: delimited, columns: [code, message.en, null], separator: ';', empty: [x]}]",
        Lines::All,
    ),
    (
        "tables: [{reader: delimited, columns: [code, message.en], separator: \"\\t\", lines: 2-4}]",
        Lines::All,
    ),
    ("tables: [{reader: pattern, pattern: '(?m)^(?<code>\\d+) (?<message.en>.+)$'}]", Lines::All),
    ("tables: [{reader: pattern, pattern: '(?<code>\\d+)|(?<message.en>[^|]+)\\n*'}]", Lines::All),
    ("tables: [{reader: html, columns: [code, message.en]}]", Lines::None),
    (
        "tables: [{reader: html, columns: [code, null], table: 2, header: 1, lines: 1-9}]\nignore: [{element: p, reason: x}]",
        Lines::None,
    ),
    ("tables: [{reader: json, columns: {code: code, /text/en: message.en}}]", Lines::None),
    ("tables: [{reader: json, at: /*, key: code, columns: {'': message.en}}]", Lines::None),
    ("encoding: gbk\ntables: [{reader: delimited, columns: [code, message.en]}]", Lines::All),
];

/// The first byte chooses the recipe.
pub(crate) fn check(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let (recipe, lines) = &RECIPES[usize::from(*first) % RECIPES.len()];
    let mut sources = Sources::default();
    let id = sources.add("recipe.yaml", format!("file: a\n{recipe}\n"));
    let block = yaml::parse(&sources, id).expect("the recipes are YAML");
    let recipe = recipe::recipe(&block, &mut Vec::new()).expect("the recipes are right");
    let document = match sources.add_document(Path::new("a"), bytes, recipe.encoding) {
        Ok(document) => document,
        Err(fault) => return located(&[fault], &sources),
    };
    let reading = document::read(&sources, document, &recipe);
    located(&reading.findings, &sources);
    let text = &sources.get(document).text;
    for row in &reading.rows {
        let texts = row.message.iter().chain(&row.solution).map(|(_, text)| text).chain([&row.code]);
        for text_of_row in texts {
            let place = text_of_row.span.range();
            let inside = row.span.range().start <= place.start && place.end <= row.span.range().end;
            assert!(text.get(place).is_some() && inside, "{row:?} of {text:?}");
        }
    }
    let is_known = |start: usize, end: usize| {
        let touches = |range: std::ops::Range<usize>| {
            range.start < end && range.end > start
                || range.start == range.end && (start..=end).contains(&range.start)
        };
        let by_finding = reading.findings.iter().flat_map(|finding| &finding.labels);
        let mut by_finding =
            by_finding.filter(|label| label.span.source == document).map(|label| label.span.range());
        reading.rows.iter().any(|row| touches(row.span.range())) || by_finding.any(touches)
    };
    // These speak of more places than they show.
    let speaks_for_others = |finding: &Diagnostic| {
        finding.id == "too_many_findings" || finding.message.contains("; so it is with all ")
    };
    if reading.findings.iter().any(speaks_for_others) {
        return;
    }
    let mut start = 0;
    let all: Vec<&str> = text.split('\n').collect();
    for (number, line) in all.iter().enumerate() {
        let is_head = |line: &&str| line.contains('-') && line.chars().all(|ch| " \t|:->".contains(ch));
        let may_be_lost = match lines {
            Lines::All => false,
            Lines::NotHeads => is_head(line) || all.get(number + 1).is_some_and(is_head),
            Lines::None => true,
        };
        // A record of blank cells says nothing.
        let is_blank = line.trim_matches(|ch: char| ch.is_whitespace() || ",;|\"".contains(ch)).is_empty();
        // A header that is repeated is a header.
        let bare = |line: &str| line.replace(|ch: char| ch.is_whitespace() || "|\"".contains(ch), "");
        let is_repeated = all[..number].iter().any(|before| bare(before) == bare(line));
        let known = is_blank || may_be_lost || is_repeated || is_known(start, start + line.len());
        assert!(known, "line {} of {text:?} is lost: {reading:?}", number + 1);
        start += line.len() + 1;
    }
}
