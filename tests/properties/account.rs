//! What a document is made of, said a second time and in as few words as possible.
//!
//! In: a text. Out: its parts, in their order: lines, records, the texts between tags or the single values of JSON. Of
//! each it is known whether it says nothing, whether it is the head of a table, and of which table it is. Of the grammars,
//! those of Markdown and HTML are what the same crates say that errbook asks; those of records and JSON are written here.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Spanned, StartTag, Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// One part of a document.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) range: Range<usize>,
    /// The row that the part stands in, where a row has several: what is told of it is told of them.
    pub(crate) row: Option<Range<usize>>,
    /// Whether nobody would miss it.
    pub(crate) is_blank: bool,
    /// The table whose row it is.
    pub(crate) table: Option<usize>,
    /// Whether it stands in that table outside of its cells.
    pub(crate) is_beside: bool,
    /// The tables in whose rows that one stands.
    pub(crate) around: Vec<usize>,
    /// The table whose head it is.
    pub(crate) head_of: Option<usize>,
}

impl Part {
    fn new(range: Range<usize>, is_blank: bool) -> Self {
        Self { range, row: None, is_blank, table: None, is_beside: false, around: Vec::new(), head_of: None }
    }

    /// The same of a tag that has taken others for a part of itself.
    fn torn(self, now: &Place, outer: &[Place]) -> Self {
        Self { table: now.table, is_beside: true, around: tables_of(outer), ..self }
    }
}

/// Each line on its own.
pub(crate) fn lines(text: &str) -> Vec<Part> {
    let mut start = 0;
    let parts = text.split_inclusive('\n').map(|line| {
        let place = start..start + line.trim_end_matches('\n').len();
        start += line.len();
        Part::new(place, line.trim().is_empty())
    });
    parts.collect()
}

/// Lines, and which of them are heads of tables, or repeat them, or say nothing in a table.
pub(crate) fn markdown(text: &str) -> Vec<Part> {
    let mut parts = lines(text);
    let mut table = 0;
    let mut head: Option<Vec<&str>> = None;
    let mut is_repeated = false;
    let line_at = |parts: &[Part], at: usize| parts.iter().rposition(|part| part.range.start <= at);
    for (event, place) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::TableHead) => {
                table += 1;
                let line = line_at(&parts, place.start).expect("a table stands on lines");
                head = Some(cells(line_of(text, place.start)));
                is_repeated = false;
                for part in parts.iter_mut().skip(line).take(2) {
                    part.head_of = Some(table);
                }
            }
            Event::Start(Tag::TableRow) => {
                let line = line_at(&parts, place.start).expect("a table stands on lines");
                let row = cells(line_of(text, place.start));
                let is_rule = |cell: &&str| {
                    let dashes = cell.strip_prefix(':').unwrap_or(cell);
                    let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
                    !dashes.is_empty() && dashes.chars().all(|ch| ch == '-')
                };
                let is_rule = is_repeated && row.iter().all(is_rule);
                // Titles are compared without any blanks around them, cells keep those that are no space.
                let said = |cells: &[&str]| cells.iter().map(|cell| shown(cell)).collect::<Vec<_>>();
                is_repeated = head.as_deref().map(said) == Some(said(&row));
                parts[line].table = Some(table);
                parts[line].is_blank |= row.iter().all(|cell| cell.trim().is_empty());
                if is_repeated || is_rule {
                    parts[line].head_of = Some(table);
                }
            }
            _ => {}
        }
    }
    parts
}

/// The elements that give a title another look.
const LOOKS: [&str; 7] = ["a", "b", "code", "em", "i", "span", "strong"];

/// What a title says whoever reads it, be it in bold letters or plain ones; one that is more than a text with marks says
/// what is written.
fn shown(cell: &str) -> String {
    let mut shown = String::new();
    for event in Parser::new(cell) {
        match event {
            Event::Text(text) | Event::Code(text) => shown.push_str(&text),
            Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Link { .. })
            | Event::End(TagEnd::Paragraph | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            Event::InlineHtml(tag) if LOOKS.contains(&tag.trim_matches(['<', '/', '>'])) => {}
            _ => return cell.trim().to_owned(),
        }
    }
    shown.trim().to_owned()
}

/// The rest of the line that `at` stands on.
fn line_of(text: &str, at: usize) -> &str {
    text[at..].split('\n').next().unwrap_or_default()
}

/// The cells between the pipes of a line.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim_matches(is_blank);
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![];
    let mut start = 0;
    for (at, _) in line.match_indices('|').filter(|(at, _)| *at == 0 || !line[..*at].ends_with('\\')) {
        cells.push(&line[start..at]);
        start = at + 1;
    }
    if start < line.len() {
        cells.push(&line[start..]);
    }
    cells.into_iter().map(|cell| cell.trim_matches(is_blank)).collect()
}

fn is_blank(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\n' | '\r')
}

/// The records of the lines from `first` to `last`, and the other lines.
pub(crate) fn delimited(text: &str, separator: char, first: usize, last: usize) -> Vec<Part> {
    let lines = lines(text);
    let end = lines.get(last).map_or(text.len(), |line| line.range.end);
    let mut parts = Vec::new();
    let mut taken = 0;
    for (number, line) in lines.into_iter().enumerate() {
        if line.range.start < taken {
            continue;
        }
        if number < first || number > last || line.is_blank {
            taken = line.range.end;
            parts.push(line);
            continue;
        }
        let (length, is_blank) = record(&text[line.range.start..end], separator);
        taken = line.range.start + length;
        parts.push(Part::new(line.range.start..taken, is_blank));
    }
    parts
}

/// How long the record is that a text begins with, and whether all of its cells are blank.
fn record(text: &str, separator: char) -> (usize, bool) {
    let (mut at, mut all_blank) = (0, true);
    loop {
        let rest = &text[at..];
        let inner = rest.trim_start_matches(|ch| is_blank(ch) && ch != separator && ch != '\n');
        let quoted = quoted(inner).filter(|(_, behind)| {
            let behind = behind.trim_start_matches(|ch| is_blank(ch) && ch != separator && ch != '\n');
            behind.is_empty() || behind.starts_with([separator, '\n'])
        });
        if let Some((content, behind)) = quoted {
            all_blank &= content.trim().is_empty();
            let behind = behind.trim_start_matches(|ch| is_blank(ch) && ch != separator && ch != '\n');
            at = text.len() - behind.len();
        } else {
            let length = rest.find([separator, '\n']).unwrap_or(rest.len());
            all_blank &= rest[..length].trim().is_empty();
            at += length;
        }
        match text[at..].strip_prefix(separator) {
            Some(rest) => at = text.len() - rest.len(),
            None => return (at, all_blank),
        }
    }
}

/// The content of the quotes that a text begins with, as written, and what stands behind them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut from = 0;
    loop {
        let close = from + inner[from..].find('"')?;
        if !inner[close + 1..].starts_with('"') {
            return Some((&inner[..close], &inner[close + 1..]));
        }
        from = close + 2;
    }
}

/// What a cell of a record says.
pub(crate) fn unquoted(written: &str) -> String {
    match quoted(written) {
        Some((content, "")) => content.replace("\"\"", "\"").trim_matches(is_blank).to_owned(),
        _ => written.to_owned(),
    }
}

/// The texts between tags, and where no table is their lines. What stands in a heading cell, in the head of a table or in its caption is a head, and so is
/// what a head says once more; so are the first rows, if the recipe says so. In an element that it ignores nothing is missed.
pub(crate) fn html(text: &str, header: usize, ignored: Option<&str>) -> Vec<Part> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut parts: Vec<Part> = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    let mut elements: Vec<String> = Vec::new();
    let mut tables = 0;
    // Those that are open around the one that is `now`.
    let mut outer: Vec<Place> = Vec::new();
    let mut now = Place::default();
    let (mut is_hidden, mut is_program) = (false, false);
    let mut repeats = Repeats { text, begun: 0, heads: BTreeSet::new() };
    // Where the last token ends: a tag that never does is none.
    let mut last = 0;
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        last = last.max(end_of(&token));
        let (name, is_start, torn) = match &token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                end_by_start(&mut elements, &name);
                is_program = name != "title" && !tag.self_closing;
                let in_table = || elements.iter().any(|open| open == "table");
                if !tag.self_closing && (!is_part(&name) || in_table()) {
                    elements.push(name.clone());
                }
                let place = is_torn(tag).then_some(tag.span.start..tag.span.end);
                (name, true, place.map(|place| Part::new(place, is_in(&elements, ignored))))
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                let name = name.split('<').next().unwrap_or_default().to_owned();
                let place = tag.span.start..tag.span.end;
                // An element has its end in it.
                let is_torn = is_torn_end(&text[place.clone()]);
                let torn = is_torn.then(|| Part::new(place, is_in(&elements, ignored)));
                end_by_end(&mut elements, &name);
                (name, false, torn)
            }
            Token::String(piece) => {
                let said = String::from_utf8_lossy(&piece.value).trim().to_owned();
                let place = piece.span.start..piece.span.end.min(text.len());
                // What takes the rest of the page with it is missed.
                if said.is_empty() || is_hidden && is_nobodys(text, &place, &now, is_program) {
                    continue;
                }
                let is_ignored = is_in(&elements, ignored);
                if now.table.is_none() && !is_hidden {
                    parts.extend(lines_between_tags(text, place, is_ignored));
                    continue;
                }
                let mut part = Part::new(place, is_ignored);
                part.table = now.table;
                part.is_beside = now.table.is_some() && !now.in_cell;
                part.around = tables_of(&outer);
                // What stands in a cell of a head is its text, in however many tables it stands there.
                let mut is_marked = heads.contains(&said);
                for place in &mut outer {
                    is_marked |= place.is_marked() || place.in_cell && place.is_headed(header);
                }
                is_marked |= now.is_marked();
                if now.table.is_some() && (is_marked || now.in_cell && now.is_headed(header)) {
                    part.head_of = part.table;
                    heads.push(said);
                }
                parts.push(part);
                continue;
            }
            Token::Comment(comment) => {
                if let Some(kind) = missed(comment, text) {
                    let place = comment.span.start..comment.span.end;
                    let is_ignored = is_in(&elements, ignored);
                    if kind == Missed::Section && now.table.is_none() {
                        parts.extend(lines_between_tags(text, place, is_ignored));
                    } else {
                        let is_beside = now.table.is_some() && !now.in_cell;
                        let is_head = now.is_marked() || now.in_cell && now.is_headed(header);
                        let head_of = now.table.filter(|_| is_head && kind == Missed::Section);
                        let part = Part::new(place, is_ignored);
                        let around = tables_of(&outer);
                        parts.push(Part { table: now.table, is_beside, around, head_of, ..part });
                    }
                }
                continue;
            }
            _ => continue,
        };
        is_hidden = is_start && matches!(name.as_str(), "script" | "style" | "title");
        if matches!(name.as_str(), "tr" | "table") || matches!(name.as_str(), "td" | "th") && !now.in_row {
            repeats.row(&mut parts);
        }
        now.enter(&name, is_start);
        match name.as_str() {
            "table" if is_start => {
                tables += 1;
                outer.push(std::mem::replace(&mut now, Place { table: Some(tables), ..Place::default() }));
            }
            "table" => now = outer.pop().unwrap_or_default(),
            _ => {}
        }
        parts.extend(torn.map(|part| part.torn(&now, &outer)));
    }
    repeats.row(&mut parts);
    if text.get(last + 1..).is_some_and(|rest| rest.contains('<')) {
        parts.push(Part::new(last..text.len(), is_in(&elements, ignored)).torn(&now, &outer));
    }
    parts
}

/// A comment whose text is missed.
#[derive(PartialEq, Eq)]
enum Missed {
    /// What XML writes so is text.
    Section,
    /// It has taken more than its author meant.
    Rest,
}

/// What of a comment is missed.
fn missed(comment: &Spanned<HtmlString, usize>, text: &str) -> Option<Missed> {
    let said = &text[comment.span.start..];
    let value = String::from_utf8_lossy(&comment.value);
    let ends = said.ends_with("-->") || said.ends_with("--!>");
    let holds_two = value.contains("<!--") && has_tags_of_cells(&value);
    let holds_rest = comment.span.end >= text.len() && !ends && !value.trim().is_empty();
    if value.starts_with("[CDATA[") {
        Some(Missed::Section)
    } else {
        (holds_two || holds_rest).then_some(Missed::Rest)
    }
}

/// Whether one of the open elements is ignored.
fn is_in(elements: &[String], ignored: Option<&str>) -> bool {
    elements.iter().any(|name| Some(name.as_str()) == ignored)
}

fn end_of(token: &Token<usize>) -> usize {
    match token {
        Token::StartTag(tag) => tag.span.end,
        Token::EndTag(tag) => tag.span.end,
        Token::String(piece) => piece.span.end,
        Token::Comment(comment) => comment.span.end,
        Token::Doctype(doctype) => doctype.span.end,
        Token::Error(_) => 0,
    }
}

/// The tables that are open around one.
fn tables_of(outer: &[Place]) -> Vec<usize> {
    outer.iter().filter_map(|place| place.table).collect()
}

/// The parts of a table, those that stand in others first.
const PARTS: [[&str; 3]; 3] = [["td", "th", "td"], ["tr", "tr", "tr"], ["thead", "tbody", "tfoot"]];

/// Ends the elements whose ends may be left out before one of this name.
fn end_by_start(elements: &mut Vec<String>, name: &str) {
    let table = elements.iter().rposition(|open| open == "table");
    let level = PARTS.iter().position(|part| part.contains(&name));
    let level = if ["caption", "colgroup"].contains(&name) { Some(2) } else { level };
    if let (Some(level), Some(table)) = (level, table) {
        let ended = |open: &String| {
            let open = open.as_str();
            PARTS[..=level].as_flattened().contains(&open) || ["caption", "colgroup"].contains(&open)
        };
        if let Some(at) = elements[table..].iter().position(ended) {
            return elements.truncate(table + at);
        }
    }
    let (ended, edges): (&[&str], &[&str]) = match name {
        "li" => (&["li"], &["ol", "ul", "menu"]),
        "dd" | "dt" => (&["dd", "dt"], &["dl"]),
        "a" => (&["a"], &[]),
        "button" => (&["button"], &[]),
        "nobr" => (&["nobr"], &[]),
        "option" => (&["option"], &[]),
        _ => (&[], &[]),
    };
    let innermost = |ended: &[&str], edges: &[&str]| {
        let is_met = |open: &String| {
            [ended, edges, &["table", "caption", "td", "th"]]
                .iter()
                .any(|names| names.contains(&open.as_str()))
        };
        elements.iter().rposition(is_met).filter(|at| ended.contains(&elements[*at].as_str()))
    };
    let paragraph = || innermost(&["p"], &["button", "object"]).filter(|_| BLOCKS.contains(&name));
    if let Some(at) = innermost(ended, edges).or_else(paragraph) {
        elements.truncate(at);
    }
    if is_heading(name) && elements.last().is_some_and(|open| is_heading(open)) {
        elements.pop();
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

fn is_part(name: &str) -> bool {
    PARTS.as_flattened().contains(&name) || ["caption", "colgroup"].contains(&name)
}

/// Ends the element that an end tag of this name means.
fn end_by_end(elements: &mut Vec<String>, name: &str) {
    let edges: &[&str] =
        if is_part(name) || name == "table" { &["table"] } else { &["table", "caption", "td", "th"] };
    let is_meant = |open: &str| open == name || is_heading(open) && is_heading(name);
    let is_met = |open: &String| is_meant(open) || edges.contains(&open.as_str());
    if let Some(at) = elements.iter().rposition(is_met).filter(|at| is_meant(&elements[*at])) {
        elements.truncate(at);
    }
}

/// Before which a paragraph ends.
#[rustfmt::skip]
const BLOCKS: [&str; 40] = [
    "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "hr", "pre", "form", "center", "h1", "h2", "h3", "h4", "h5", "h6",
    "address", "article", "aside", "blockquote", "details", "dialog", "dir", "fieldset", "figcaption", "figure", "footer",
    "header", "hgroup", "listing", "main", "menu", "nav", "search", "section", "summary", "xmp",
];

/// Whether nobody misses a script: it has an end, and no tags of cells if it stands in one.
fn is_nobodys(text: &str, place: &Range<usize>, now: &Place, is_program: bool) -> bool {
    let may_hold_cells = is_program && !(now.in_cell && now.table.is_some());
    place.end < text.len() && (may_hold_cells || !has_tags_of_cells(&text[place.clone()]))
}

/// Whether a tag stands in a text that begins or ends a cell or a row.
fn has_tags_of_cells(text: &str) -> bool {
    has_tags(text, &["td", "th", "tr"])
}

/// Whether tags of these names stand in a text.
pub(crate) fn has_tags(text: &str, names: &[&str]) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let tag = text[at + 1..].trim_start_matches('/');
        let end = tag.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(tag.len());
        names.contains(&tag[..end].to_ascii_lowercase().as_str())
    })
}

/// Whether a tag that ends an element holds more than its name, which is no attribute.
fn is_torn_end(tag: &str) -> bool {
    let inner = tag.trim_start_matches("</").trim_end_matches('>');
    let is_end = |ch: char| ch.is_ascii_whitespace() || ch == '/';
    let (_, rest) = inner.split_at(inner.find(is_end).unwrap_or(inner.len()));
    inner.contains('<') || !rest.contains('=') && !rest.trim_matches(is_end).is_empty()
}

/// Whether a tag holds another one.
fn is_torn(tag: &StartTag<usize>) -> bool {
    let has_end = tag.attributes.values().any(|value| value.value.contains(&b'>'));
    tag.attributes.iter().any(|(name, value)| {
        let value = String::from_utf8_lossy(&value.value);
        let begins_with_end = value.find('>') < value.find('<') && value.contains('>');
        name.contains(&b'<')
            || name.iter().any(|byte| b"\"'".contains(byte)) && has_end
            || begins_with_end && has_tags_of_cells(&value)
    })
}

/// The lines of a text that stands in no table.
fn lines_between_tags(text: &str, place: Range<usize>, is_ignored: bool) -> Vec<Part> {
    let lines = lines(&text[place.clone()]).into_iter().filter(|line| !line.is_blank);
    let moved = |line: Part| line.range.start + place.start..line.range.end + place.start;
    lines.map(|line| Part::new(moved(line), is_ignored)).collect()
}

/// Where in a page a text stands.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "any of them may hold at once: tags of a page need not fit"
)]
struct Place {
    /// In which table, from 1.
    table: Option<usize>,
    /// How many rows the table has that are not marked as heads. A row whose cells say nothing is none.
    rows: usize,
    in_head: bool,
    in_caption: bool,
    in_heading: bool,
    /// A cell without a row before it begins one.
    in_row: bool,
    in_cell: bool,
    is_counted: bool,
}

impl Place {
    /// Takes a tag of a part of the table.
    fn enter(&mut self, name: &str, is_start: bool) {
        if matches!(name, "tr" | "td" | "th") {
            self.is_counted &= name != "tr" && self.in_row;
            self.in_row = is_start || name != "tr";
            self.in_cell = is_start && name != "tr";
        } else if matches!(name, "thead" | "tbody" | "tfoot") {
            (self.in_row, self.in_cell) = (false, false);
        }
        match name {
            "thead" => self.in_head = is_start,
            "tbody" | "tfoot" => self.in_head = false,
            "caption" => self.in_caption = is_start,
            "tr" => (self.in_caption, self.in_heading) = (false, false),
            "th" => self.in_heading = is_start,
            "td" => self.in_heading = false,
            _ => {}
        }
    }

    /// Whether what stands here is marked as a head.
    fn is_marked(&self) -> bool {
        self.in_head || self.in_caption || self.in_heading
    }

    /// Whether a text in a cell here belongs to one of the first rows. It counts the row, if it is the first of it.
    fn is_headed(&mut self, header: usize) -> bool {
        if !self.is_counted {
            (self.rows, self.is_counted) = (self.rows + 1, true);
        }
        self.rows <= header
    }
}

/// What the heads of a page say, each as a whole: a row that says the same is a head, in however many pieces it stands.
struct Repeats<'a> {
    text: &'a str,
    /// The first part of the row.
    begun: usize,
    heads: BTreeSet<String>,
}

impl Repeats<'_> {
    /// Ends a row.
    fn row(&mut self, parts: &mut [Part]) {
        let row = &mut parts[self.begun..];
        self.begun += row.len();
        let said: String = row.iter().map(|part| self.text[part.range.clone()].trim()).collect();
        if row.iter().all(|part| part.head_of.is_some()) {
            self.heads.insert(said);
        } else if self.heads.contains(&said) {
            for part in row {
                part.head_of = part.table;
            }
        }
    }
}

/// The single values of a JSON text, each in the row that stands `depth` levels deep.
pub(crate) fn json(text: &str, depth: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // Where each open list or object starts, and the member whose value is next.
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut rows: Vec<(Range<usize>, usize)> = Vec::new();
    let mut member = None;
    let mut at = 0;
    while let Some(ch) = text[at..].chars().next() {
        let start = at;
        at += ch.len_utf8();
        match ch {
            '{' | '[' => open.push((start, member.take())),
            '}' | ']' => {
                let (start, name) = open.pop().expect("the text is JSON");
                if open.len() == depth {
                    rows.push((name.unwrap_or(start)..at, parts.len()));
                }
            }
            ',' | ':' => {}
            ch if ch.is_whitespace() || ch == '\u{feff}' => {}
            _ => {
                if ch == '"' {
                    at = end_of_string(text, at);
                    if text[at..].trim_start().starts_with(':') {
                        member = Some(start);
                        continue;
                    }
                } else {
                    at += text[at..].find([',', ']', '}', ' ', '\n', '\r', '\t']).unwrap_or(text.len() - at);
                }
                let place = member.take().unwrap_or(start)..at;
                let mut part = Part::new(place.clone(), false);
                part.row = (open.len() == depth).then_some(place);
                parts.push(part);
            }
        }
    }
    for (row, _) in rows {
        for part in parts.iter_mut().filter(|part| row.start <= part.range.start && part.range.end <= row.end)
        {
            part.row = Some(row.clone());
        }
    }
    parts
}

/// Where the string ends whose content begins at `at`.
fn end_of_string(text: &str, at: usize) -> usize {
    let mut is_escaped = false;
    for (offset, ch) in text[at..].char_indices() {
        match ch {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + offset + 1,
            _ => {}
        }
    }
    text.len()
}
