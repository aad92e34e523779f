//! Reads the `document:` block of a domain file into a recipe.
//!
//! In: the block as a tree with positions. Out: a `document::Recipe`, or every fault of the block at once: unknown
//! keys, columns that are no field, expressions that do not compile, line ranges out of order. What passes here
//! can be run on any document; whether it reads that document completely is for `document::read` to say.

use super::fields::Fields;
use super::misplaced::Misplaced;
use super::shape;
use super::values;
use super::yaml::{Node, NodeKind};
use crate::characters::hidden;
use crate::diagnostics::{Budget, Diagnostic, Loc, Span};
use crate::document::{
    ElementName, Field, IgnoreWhat, Ignored, JsonPath, JsonStep, LineRange, ListedRow, Reader, Recipe,
    RecipeTable, TableFilter, http_status,
};
use crate::expression::{Expression, Refused};
use crate::names::check_length;
use crate::nearest::nearest;
use encoding_rs::Encoding;
use std::collections::{BTreeMap, BTreeSet};

/// How many patterns a recipe may have. Each keeps an engine.
pub const MOST_PATTERNS: usize = 500;
/// How many characters and ranges the patterns of a recipe may have together when they are written out.
pub const LARGEST_PATTERNS: usize = 500_000;
/// How many bytes the patterns of a book may have together as they are written.
pub const LONGEST_PATTERNS: usize = 256 << 10;

/// Reads a `document:` block. `None` if it has a fault; then at least one error was pushed.
pub fn recipe(block: &Node, faults: &mut Vec<Diagnostic>) -> Option<Recipe> {
    let before = faults.len();
    let mut map = Fields::open(block, &shape::DOCUMENT, faults)?;
    let file = map.require_text("file", faults);
    let encoding = map.text("encoding", faults).and_then(|text| encoding(&text, faults));
    let revision = map.text("revision", faults);
    let note = map.text("note", faults);
    let tables = values::each(map.list("tables", faults), faults, table);
    let rows = values::each(map.list("rows", faults), faults, listed_row);
    let ignore = values::each(map.list("ignore", faults), faults, ignored);
    map.finish(faults);
    if let Some(file) = &file {
        check_file(file, faults);
    }
    if tables.is_empty() && rows.is_empty() && faults.len() == before {
        let fault = Diagnostic::error(
            "empty_recipe",
            block.span,
            "a document without `tables` and `rows` has no row",
        );
        faults.push(fault.help("say how its rows are to be read: `tables:` with one `reader`"));
    }
    if !tables.iter().any(|table| matches!(table.reader, Reader::Html { .. })) && faults.len() == before {
        for ignored in ignore.iter().filter(|ignored| matches!(ignored.what, IgnoreWhat::Element(_))) {
            let message = "`element` is for HTML documents, and no table here is read as `html`";
            faults.push(
                Diagnostic::error("bad_ignore", ignored.span, message).help("use `lines` or `pattern`"),
            );
        }
    }
    if faults.len() > before {
        return None;
    }
    let (span, file, code_type) = (block.span, file?, None);
    let recipe = Recipe { span, file, code_type, encoding, revision, note, tables, rows, ignore };
    let mut size = 0;
    for (count, (expression, span)) in recipe.patterns().enumerate() {
        size += expression.size();
        if count >= MOST_PATTERNS || size > LARGEST_PATTERNS {
            let message = format!(
                "a recipe has at most {MOST_PATTERNS} patterns, with {LARGEST_PATTERNS} characters and ranges of characters when they are \
                 written out, and this one has more"
            );
            let fault = Diagnostic::error("bad_pattern", span, message);
            faults
                .push(fault.help("let one pattern take several lines, or split the document and its domain"));
            return None;
        }
    }
    Some(recipe)
}

/// How many bytes the patterns of a `document:` block have together.
pub fn bytes_of_patterns(block: &Node) -> usize {
    match &block.kind {
        NodeKind::Scalar(_) => 0,
        NodeKind::Sequence(items) => items.iter().map(bytes_of_patterns).sum(),
        NodeKind::Mapping(pairs) => pairs
            .iter()
            .map(|(key, value)| match values::scalar(value) {
                Some(pattern) if key.value == "pattern" => pattern.text.len(),
                _ => bytes_of_patterns(value),
            })
            .sum(),
    }
}

/// Tells of each locale that the recipe reads texts in and the book does not have, once, at the first table or listed row.
pub fn check_locales(recipe: &Recipe, known: &[&str], faults: &mut Vec<Diagnostic>) {
    let of_tables =
        recipe.tables.iter().flat_map(|table| &table.named).filter_map(|(field, span)| match field {
            Field::Message(locale) | Field::Solution(locale) => Some((locale.as_str(), *span)),
            Field::Code | Field::HttpStatus => None,
        });
    let of_rows = recipe.rows.iter().flat_map(|row| {
        let texts = row.message.iter().chain(&row.solution);
        texts.map(|(locale, _)| (locale.value.as_str(), locale.span))
    });
    let mut told = BTreeSet::new();
    let mut budget = Budget::new(faults);
    for (locale, span) in of_tables.chain(of_rows) {
        if known.contains(&locale) || !told.insert(locale) {
            continue;
        }
        let message = format!("the recipe reads texts in `{locale}`, which is none of the book's locales");
        let help = format!("the book has {}", known.join(", "));
        faults.push(Diagnostic::error("unknown_locale", span, message).help(help));
        budget.keep(faults);
    }
    budget.close(faults);
}

/// An encoding by one of the names that browsers know (the WHATWG's Encoding Standard).
fn encoding(text: &Loc<String>, faults: &mut Vec<Diagnostic>) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label_no_replacement(text.value.as_bytes());
    if encoding.is_none() {
        let message = format!("`{}` is no encoding", text.value.escape_debug());
        let fault = Diagnostic::error("unknown_encoding", text.span, message);
        // As Windows and Python number and name them.
        let named =
            match text.value.to_ascii_lowercase().trim_start_matches("cp").trim_start_matches("windows-") {
                "932" | "ms932" => Some("shift_jis"),
                "936" | "ms936" => Some("gbk"),
                "949" | "ms949" | "uhc" => Some("euc-kr"),
                "950" | "ms950" => Some("big5"),
                "54936" => Some("gb18030"),
                "65001" | "utf-8-sig" | "utf8-bom" => Some("utf-8"),
                _ => None,
            };
        faults.push(match named {
            Some(named) => fault.did_you_mean(text.span, named),
            None => fault.help("like `utf-8`, `gb18030`, `big5`, `shift_jis`, `utf-16le` or `windows-1252`"),
        });
    }
    encoding
}

/// A document lies in the book's folder: a path that leaves it is a mistake.
fn check_file(file: &Loc<String>, faults: &mut Vec<Diagnostic>) {
    let bad_part = |part: &str| matches!(part, "" | "." | "..");
    if file.value.split('/').any(bad_part) || file.value.contains(['\\', '\0']) || file.value.contains(':') {
        let message = format!("`{}` is no path within the book's folder", file.value.escape_debug());
        let fault = Diagnostic::error("bad_document_path", file.span, message);
        faults.push(fault.help("write it with `/` and without `..`, like `documents/acme.md`"));
    } else if let Some((_, ch)) = hidden(&file.value).next() {
        let message = format!("the path holds the invisible character U+{:04X}", u32::from(ch));
        let fault = Diagnostic::error("bad_document_path", file.span, message);
        faults.push(fault.help("remove it, and rename the file if it has it"));
    } else if let Err(why) = check_length(&file.value, '/') {
        let message = format!("this cannot be the path of a document: {why}");
        faults.push(Diagnostic::error("bad_document_path", file.span, message));
    }
}

fn table(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<RecipeTable> {
    let mut map = Fields::open(node, &shape::TABLE, faults)?;
    let name = map.require_text("reader", faults);
    let lines = map.text("lines", faults);
    let lines = lines.and_then(|text| line_range(&text, faults));
    let constants = map.take("constants").map(|node| constants(node, faults)).unwrap_or_default();
    let empty = texts_or_blank(map.list("empty", faults), "empty", faults);
    let reader = match name.as_ref().map(|name| name.value.as_str()) {
        Some("markdown") => {
            let columns = columns(&mut map, faults);
            let filter = filter(&mut map, faults);
            columns.map(|columns| Reader::Markdown { columns, filter })
        }
        Some("html") => {
            let columns = columns(&mut map, faults);
            let filter = filter(&mut map, faults);
            let header = map.number("header", 0..=u32::MAX, faults).map_or(0, |header| header.value);
            columns.map(|columns| Reader::Html { columns, filter, header })
        }
        Some("json") => json(&mut map, faults),
        Some("delimited") => {
            let columns = columns(&mut map, faults);
            let separator = map.text("separator", faults);
            let separator = separator.map_or(Some(','), |text| self::separator(&text, faults));
            let header = map.number("header", 0..=u32::MAX, faults).map_or(0, |header| header.value);
            columns.zip(separator).map(|(columns, separator)| Reader::Delimited {
                columns,
                separator,
                header,
            })
        }
        Some("pattern") => pattern(&mut map, faults),
        _ => None,
    };
    match &name {
        // With an unknown reader nobody knows which of the other keys are right.
        Some(name) if !shape::READERS.iter().any(|(reader, _)| *reader == name.value) => {
            let message = format!("unknown reader `{}`", name.value);
            let fault = Diagnostic::error("unknown_reader", name.span, message);
            let known: Vec<_> = shape::READERS.iter().map(|(reader, _)| *reader).collect();
            faults.push(match nearest(&name.value, known.iter().copied()) {
                Some(near) => fault.did_you_mean(name.span, near),
                None => fault.help(format!("one of {}", known.join(", "))),
            });
        }
        Some(name) => {
            let of_others = |key: &str| {
                let readers = shape::TABLE.key(key)?.readers;
                let readers: Vec<_> = readers.iter().map(|reader| format!("`{reader}`")).collect();
                (!readers.is_empty()).then(|| {
                    format!(
                        "`{key}` is a key of the reader {}, not of `{}`",
                        readers.join(" and "),
                        name.value
                    )
                })
            };
            map.finish_with(of_others, faults);
        }
        None => {
            // Nor does anybody with none, or one that is misspelt.
            for key in shape::TABLE.keys.iter().filter(|key| !key.readers.is_empty()) {
                map.take(key.name);
            }
            map.finish(faults);
        }
    }
    let reader = reader?;
    for (field, text) in &constants {
        if reader.fields().contains(&field) {
            let message = format!("`{field}` is read from the document and a constant as well");
            faults
                .push(Diagnostic::error("repeated_field", text.span, message).help("remove one of the two"));
        }
    }
    let mut places = BTreeMap::new();
    place_fields(node, &mut places);
    let expression = match &node.kind {
        NodeKind::Mapping(entries) => entries.iter().find(|(key, _)| key.value == "pattern"),
        NodeKind::Scalar(_) | NodeKind::Sequence(_) => None,
    };
    let fields = reader.fields().into_iter().chain(constants.iter().map(|(field, _)| field));
    let place = |field: &Field| places.get(field).copied().or_else(|| expression.map(|(_, node)| node.span));
    let named = fields.map(|field| (field.clone(), place(field).unwrap_or(node.span))).collect();
    Some(RecipeTable { span: node.span, reader, named, lines, constants, empty })
}

/// Finds where a table names its fields as items, keys or values; the others are groups of its expression.
fn place_fields(node: &Node, places: &mut BTreeMap<Field, Span>) {
    let add = |text: &str, span: Span, places: &mut BTreeMap<_, _>| {
        if let Some(field) = Field::parse(text) {
            places.entry(field).or_insert(span);
        }
    };
    match &node.kind {
        NodeKind::Scalar(scalar) => add(&scalar.text, node.span, places),
        NodeKind::Sequence(items) => items.iter().for_each(|item| place_fields(item, places)),
        NodeKind::Mapping(entries) => {
            for (key, value) in entries {
                add(&key.value, key.span, places);
                place_fields(value, places);
            }
        }
    }
}

/// Which tables of the document are meant.
fn filter(map: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> TableFilter {
    let table = map.number("table", 1..=u32::MAX, faults).map(|table| table.value);
    let heading = map.text("heading", faults).map(|heading| heading.value);
    TableFilter { table, heading }
}

/// What a `json` table reads.
fn json(map: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> Option<Reader> {
    let before = faults.len();
    let at = map.text("at", faults);
    let at = at.map_or(Some(JsonPath::default()), |text| json_path(&text, faults));
    let key = map.text("key", faults).and_then(|text| field(&text, faults));
    let node = map.require("columns")?;
    let NodeKind::Mapping(entries) = &node.kind else {
        let message =
            format!("`columns` of a `json` table is a mapping, and {} stands here", node.describe());
        let fault = Diagnostic::error("wrong_type", node.span, message);
        faults.push(fault.help("write it like `{errorCode: code, description: message.en, id: null}`"));
        return None;
    };
    let mut columns: Vec<(JsonPath, Option<Field>)> = Vec::new();
    let mut taken: BTreeSet<_> = key.iter().cloned().collect();
    for (name, item) in entries {
        let path = if name.value.is_empty() || name.value.starts_with('/') {
            json_path(name, faults)
        } else {
            Some(JsonPath(vec![JsonStep::Name(name.value.clone())]))
        };
        let held = if values::scalar(item).is_some_and(super::yaml::Scalar::is_null) {
            None
        } else {
            let Some(field) = values::text(item, "columns", faults).and_then(|text| field(&text, faults))
            else {
                continue;
            };
            if !taken.insert(field.clone()) {
                let message = format!("`{field}` is the field of two columns");
                let fault = Diagnostic::error("repeated_field", item.span, message);
                faults.push(fault.help("write `null` for one of them"));
            }
            Some(field)
        };
        let Some(path) = path else { continue };
        if path.0.contains(&JsonStep::Each) {
            let message = format!("`{}` names many values, and a column is one", name.value.escape_debug());
            faults.push(
                Diagnostic::error("bad_json_pointer", name.span, message).help("`*` belongs into `at`"),
            );
            continue;
        }
        columns.push((path, held));
    }
    if faults.len() > before {
        return None;
    }
    let fields = columns.iter().filter_map(|(_, field)| field.as_ref()).chain(&key);
    check_code(fields, node.span, faults).then_some(Reader::Json { at: at?, key, columns })
}

fn json_path(text: &Loc<String>, faults: &mut Vec<Diagnostic>) -> Option<JsonPath> {
    let path = JsonPath::parse(&text.value);
    if path.is_none() {
        let message = format!("`{}` is no JSON Pointer", text.value.escape_debug());
        let help =
            "it starts with `/`, like `/data/errors`; `*` is every item, and the empty text the whole value";
        faults.push(Diagnostic::error("bad_json_pointer", text.span, message).help(help));
    }
    path
}

/// The columns, of which one is the code and none stands twice.
fn columns(map: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> Option<Vec<Option<Field>>> {
    let node = map.require("columns")?;
    let before = faults.len();
    let mut columns: Vec<Option<Field>> = Vec::new();
    let mut taken = BTreeSet::new();
    for item in map.items(node, "columns", faults) {
        if values::scalar(item).is_some_and(super::yaml::Scalar::is_null) {
            columns.push(None);
            continue;
        }
        let Some(text) = values::text(item, "columns", faults) else { continue };
        let Some(field) = field(&text, faults) else { continue };
        if !taken.insert(field.clone()) {
            let message = format!("`{field}` is the field of two columns");
            faults.push(
                Diagnostic::error("repeated_field", text.span, message).help("write `null` for one of them"),
            );
        }
        columns.push(Some(field));
    }
    if faults.len() > before {
        return None;
    }
    check_code(columns.iter().flatten(), node.span, faults).then_some(columns)
}

/// How many signs an expression has around its groups that is taken for a row wherever it matches: a text has `2024: ` as well, but
/// hardly `ERR_2024 = "`.
const TELLING_SIGNS: usize = 3;

/// The expression of a `pattern` table and what its groups hold.
fn pattern(map: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> Option<Reader> {
    let text = map.require_text("pattern", faults)?;
    let (pattern, named) = expression(&text, Expression::with_groups, faults)?;
    let before = faults.len();
    let mut groups = Vec::new();
    for (index, name) in named.names.iter().enumerate() {
        let Some(name) = name else { continue };
        // A group's name cannot hold `-`.
        let name = match name.split_once('.') {
            Some((field, locale)) => format!("{field}.{}", locale.replace('_', "-")),
            None => name.clone(),
        };
        if let Some(field) = field(&Loc::new(name, text.span), faults) {
            groups.push((index, field));
        }
    }
    if named.may_be_empty {
        let message = "this pattern matches where there is nothing";
        faults.push(
            Diagnostic::error("bad_pattern", text.span, message).help("ask for a digit of the code: `\\d+`"),
        );
    }
    if faults.len() > before || !check_code(groups.iter().map(|(_, field)| field), text.span, faults) {
        return None;
    }
    let unanchored = Some(&pattern).filter(|_| named.signs >= TELLING_SIGNS).and_then(Expression::unanchored);
    Some(Reader::Pattern { expression: pattern, unanchored, groups })
}

fn check_code<'a>(
    mut fields: impl Iterator<Item = &'a Field>,
    span: Span,
    faults: &mut Vec<Diagnostic>,
) -> bool {
    let has_code = fields.any(|field| *field == Field::Code);
    if !has_code {
        faults.push(
            Diagnostic::error("no_code", span, "nothing here is the code of a row").help("name one `code`"),
        );
    }
    has_code
}

fn field(text: &Loc<String>, faults: &mut Vec<Diagnostic>) -> Option<Field> {
    let field = Field::parse(&text.value);
    if field.is_none() {
        let fault = Diagnostic::error("unknown_field", text.span, format!("`{}` is no field", text.value));
        faults.push(fault.help("one of `code`, `http_status`, `message.<locale>`, `solution.<locale>`"));
    }
    field
}

fn constants(node: &Node, faults: &mut Vec<Diagnostic>) -> Vec<(Field, Loc<String>)> {
    let mut constants = Vec::new();
    for (key, text) in values::texts(node, "constants", faults) {
        match field(&key, faults) {
            Some(Field::Code) => {
                let message = "a code is never the same for all rows";
                faults.push(Diagnostic::error("constant_code", key.span, message));
            }
            Some(Field::HttpStatus) if http_status(&text.value).is_none() => {
                let message = format!("`{}` is no HTTP status", crate::characters::visible(&text.value, 100));
                let fault = Diagnostic::error("bad_http_status", text.span, message);
                faults.push(fault.help("it is a number from 100 to 599"));
            }
            Some(field) => constants.push((field, text)),
            None => {}
        }
    }
    constants
}

fn separator(text: &Loc<String>, faults: &mut Vec<Diagnostic>) -> Option<char> {
    let mut characters = text.value.chars();
    let separator =
        characters.next().filter(|c| characters.next().is_none() && !matches!(c, '"' | '\n' | '\r'));
    if separator.is_none() {
        let message = "a separator is one character, neither a quote nor a line break";
        faults.push(Diagnostic::error("bad_separator", text.span, message).help("a tab is written \"\\t\""));
    }
    separator
}

/// `7` or `6-9`.
fn line_range(text: &Loc<String>, faults: &mut Vec<Diagnostic>) -> Option<Loc<LineRange>> {
    let number = |text: &str| {
        let number: u32 = text.parse().ok()?;
        (number > 0 && number.to_string() == text).then_some(number)
    };
    let range = match text.value.split_once('-') {
        Some((first, last)) => number(first).zip(number(last)),
        None => number(&text.value).map(|line| (line, line)),
    };
    match range {
        Some((first, last)) if first <= last => Some(Loc::new(LineRange { first, last }, text.span)),
        _ => {
            let message = format!("`{}` names no lines", text.value);
            faults.push(
                Diagnostic::error("bad_lines", text.span, message).help("write `7` or `6-9`, counted from 1"),
            );
            None
        }
    }
}

/// Reads the expression that was written as `text`, or tells why it is none.
fn expression<T>(
    text: &Loc<String>,
    read: impl FnOnce(&str) -> Result<T, Refused>,
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    read(&text.value).map_err(|refused| faults.push(refused.told(text.span))).ok()
}

fn listed_row(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<ListedRow> {
    let mut map = Fields::open(node, &shape::LISTED_ROW, faults)?;
    if map.take("line").is_none() && Misplaced::of(node, &shape::LISTED_ROW).is_none() {
        let fault = Diagnostic::error("missing_key", node.span, "a listed row has no `line`");
        faults.push(fault.help("add `line:`, counted from 1"));
    }
    let line = map.number("line", 1..=u32::MAX, faults);
    let raw = map.require_text("raw", faults);
    let row = map.require("as");
    let reason = map.require_text("reason", faults);
    map.finish(faults);
    if let Some(raw) = raw.as_ref().filter(|raw| raw.value.trim().is_empty()) {
        faults.push(Diagnostic::error("empty_text", raw.span, "a listed row without text stands nowhere"));
    }
    let mut row = Fields::open(row?, &shape::ROW, faults)?;
    let code = row.require_text("code", faults);
    let http_status = row.text("http_status", faults);
    let mut texts = |key| row.take(key).map(|node| values::texts(node, key, faults)).unwrap_or_default();
    let (message, solution) = (texts("message"), texts("solution"));
    row.finish(faults);
    Some(ListedRow { line: line?, raw: raw?, code: code?, http_status, message, solution, reason: reason? })
}

fn ignored(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Ignored> {
    let mut map = Fields::open(node, &shape::IGNORE, faults)?;
    let lines = map.text("lines", faults);
    let pattern = map.text("pattern", faults);
    let element = map.text("element", faults);
    let reason = map.require_text("reason", faults);
    map.finish(faults);
    let what = match (lines, pattern, element) {
        (None, None, Some(text)) => {
            let name = ElementName::parse(&text.value);
            if name.is_none() {
                let message = format!("`{}` names no element", text.value.escape_debug());
                let fault = Diagnostic::error("bad_ignore", text.span, message);
                faults.push(fault.help("like `nav`, `#footer`, `.menu` or `div.menu`"));
            }
            name.map(IgnoreWhat::Element)
        }
        (Some(lines), None, None) => line_range(&lines, faults).map(|lines| IgnoreWhat::Lines(lines.value)),
        (None, Some(text), None) => expression(&text, Expression::whole, faults).map(IgnoreWhat::Pattern),
        _ => {
            let message = "an ignore has one of `lines`, `pattern` and `element`";
            faults.push(Diagnostic::error("bad_ignore", node.span, message));
            None
        }
    };
    Some(Ignored { span: node.span, what: what?, reason: reason? })
}

/// Texts in a list; here an empty text is one, too.
fn texts_or_blank(items: &[Node], key: &str, faults: &mut Vec<Diagnostic>) -> Vec<Loc<String>> {
    values::each(items, faults, |item, faults| values::text(item, key, faults))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Sources;
    use crate::spec::yaml;

    fn read(text: &str) -> Result<Recipe, Vec<&'static str>> {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text.to_owned());
        let node = yaml::parse(&sources, id).expect("valid YAML");
        let mut faults = Vec::new();
        let recipe = recipe(&node, &mut faults);
        recipe.ok_or_else(|| faults.iter().map(|fault| fault.id).collect())
    }

    #[test]
    fn all_faults_of_a_recipe_are_told_at_once() {
        let text = "file: ../a.md\ntables:\n\
                    - {reader: markdwon}\n\
                    - {reader: markdown, columns: [message.en, code, code], tabel: 1}\n\
                    - {reader: delimited, columns: [message.en], separator: ab, lines: 9-6}\n\
                    - {reader: pattern, pattern: '(?<code>\\d+', constants: {http_status: 404}}\n\
                    - {reader: pattern, pattern: '(?<code>\\d*)(?<msg>x)?', constants: {code: 1}}\n\
                    rows:\n- {line: 0, raw: '', as: {message: {en: x}}}\n\
                    ignore:\n- {lines: 1, pattern: x, reason: y}\n- {pattern: '('}\n";
        let faults = read(text).expect_err("must be refused");
        assert_eq!(
            faults,
            [
                "unknown_reader",
                "repeated_field",
                "unknown_key",
                "bad_lines",
                "no_code",
                "bad_separator",
                "bad_pattern",
                "constant_code",
                "unknown_field",
                "bad_pattern",
                "wrong_type",
                "missing_key",
                "empty_text",
                "missing_key",
                "bad_ignore",
                "missing_key",
                "bad_pattern",
                "bad_document_path",
            ]
        );
    }

    #[test]
    fn a_group_names_its_locale_with_an_underscore() {
        let text = "file: documents/a.txt\ntables:\n- reader: pattern\n  pattern: '(?<code>\\d+) (?<message.zh_Hans>.*)'\n";
        let recipe = read(text).expect("valid");
        let Reader::Pattern { groups, .. } = &recipe.tables[0].reader else {
            panic!("a pattern was written")
        };
        assert_eq!(groups[1], (2, Field::Message("zh-Hans".to_owned())));
    }

    #[test]
    fn a_field_has_one_source() {
        let text = "file: a\ntables:\n- {reader: markdown, columns: [code, http_status], constants: {http_status: 404}}\n";
        assert_eq!(read(text).expect_err("must be refused"), ["repeated_field"]);
        assert_eq!(read("file: a\n").expect_err("must be refused"), ["empty_recipe"]);
    }
}
