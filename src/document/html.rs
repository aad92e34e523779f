//! Reads the tables of an HTML page.
//!
//! In: a text. Out: a page: its tables, its pieces of text, and where its elements stand. html5gum cuts the text into tags
//! and texts, each with its place, as a browser does, entities resolved. What a table needs of a browser's repairs is made
//! here: cells, rows and sections end where the next one starts, a row starts with the first cell that has none, tags
//! without a partner count for nothing.
//!
//! Deliberately elsewhere: what a reader sees of a cell (`cell`), how rows are made of cells (`table`), and which tables a
//! recipe means (`page`).

mod cell;
mod known;
mod open;
mod page;
mod pieces;
mod table;

pub(super) use page::Page;
pub use table::MOST_COPIED;

use super::ElementName;
use super::found::Fault;
use super::tags::Tags;
use cell::{Mark, Seam, TableCell, is_break};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};
use known::{is_known, is_word};
use open::{Element, ElementDoubt, Open, is_of_table, may_lack_end};
use std::borrow::Cow;
use std::ops::Range;
use table::{Table, TableRow};

/// How many tables may stand in each other.
const DEEPEST: usize = 16;
/// How many columns a cell may span; browsers stop at the same number.
const WIDEST: usize = 1_000;

/// Cuts `text` into its parts; `elements` are those whose places are asked for.
pub(super) fn parse<'a>(
    text: &'a str,
    elements: impl Iterator<Item = &'a ElementName>,
) -> Result<Page<'a>, Fault> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let elements = elements.map(|name| (name, Vec::new())).collect();
    let mut builder = Builder { page: Page { text, elements, ..Page::default() }, ..Builder::default() };
    // Where the tag begins that cannot be read: behind what was.
    let mut last = 0;
    for token in Tokenizer::new_with_emitter(Tags::new(text), emitter) {
        let token = token.map_err(|error| Fault {
            id: "document_too_large",
            range: last..last,
            row: last..last,
            message: error.to_string(),
            help: Some("take out of the tag what says nothing about codes".to_owned()),
        })?;
        last = match &token {
            Token::StartTag(tag) => tag.span.end,
            Token::EndTag(tag) => tag.span.end,
            Token::String(piece) => piece.span.end,
            Token::Comment(comment) => comment.span.end,
            Token::Doctype(doctype) => doctype.span.end,
            Token::Error(_) => last,
        };
        match token {
            Token::StartTag(tag) => builder.start(&tag)?,
            Token::EndTag(tag) => builder.end(&name(&tag.name), &(tag.span.start..tag.span.end)),
            Token::String(piece) => {
                builder.text(&String::from_utf8_lossy(&piece.value), piece.span.start..piece.span.end)?;
            }
            Token::Comment(comment) => {
                let text = String::from_utf8_lossy(&comment.value);
                builder.comment(&text, comment.span.start..comment.span.end)?;
            }
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    // A tag that never ends is no token.
    if text.get(last + 1..).is_some_and(|rest| rest.contains('<')) {
        builder.torn(&(last..text.len()));
    }
    Ok(builder.finish())
}

/// A page that is being read.
#[derive(Default)]
struct Builder<'a> {
    page: Page<'a>,
    /// Tables that have not ended, the outermost first.
    tables: Vec<OpenTable>,
    open: Open,
    /// What those do to the texts in them that do anything.
    marks: Vec<Mark>,
    /// The last heading.
    heading: String,
    in_heading: bool,
    /// What came after it, or after the table before.
    above: String,
    /// What the next text is, if it is nobody's.
    hidden: Option<Hidden>,
    /// Whether a CDATA section has not ended.
    in_section: bool,
    /// How many bytes of text stand in cells of several tables, which are in each other, once for each but the innermost.
    copied: usize,
}

/// Text that no reader sees.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hidden {
    /// A script or a style, which may hold cells: programs write tables.
    Program,
    /// A title, or what comes behind a tag that somebody thought to end itself (`<script/>`).
    Other,
}

/// A table that has not ended.
#[derive(Default)]
struct OpenTable {
    table: Table,
    row: Option<TableRow>,
    cell: Option<TableCell>,
    section: usize,
    in_head: bool,
    in_caption: bool,
}

impl Builder<'_> {
    fn start(&mut self, tag: &StartTag<usize>) -> Result<(), Fault> {
        let (tag_name, range) = (name(&tag.name), tag.span.start..tag.span.end);
        let tag_name = tag_name.as_str();
        self.hidden = match tag_name {
            "script" | "style" if !tag.self_closing => Some(Hidden::Program),
            "script" | "style" | "title" => Some(Hidden::Other),
            _ => None,
        };
        self.end_elements(self.open.left_by_start(tag_name), tag_name, false, range.start);
        let doubt = self.doubt(tag_name, tag);
        // A browser knows no cells without a table.
        let is_stray = tag_name != "table" && is_of_table(tag_name) && !self.open.has("table");
        if !tag.self_closing && !is_void(tag_name) && !is_stray {
            let is_it = |(index, (element, _)): (usize, &(&ElementName, _))| {
                is_element(element, tag_name, tag).then_some(index)
            };
            let wanted = self.page.elements.iter().enumerate().filter_map(is_it).collect();
            let seam = Seam::of(tag_name, tag);
            // What is hidden around a cell comes to light where a reader asks for it, as behind a tab.
            let is_in_cell = || self.tables.last().is_some_and(|open| open.cell.is_some());
            let is_shown_later = |mark: &Mark| *mark == Mark::Hidden && !is_cell(tag_name) && !is_in_cell();
            let mark = Mark::of(tag_name, tag).filter(|mark| !is_shown_later(mark));
            self.marks.extend(mark);
            let (tag, range) = (tag_name.to_owned(), range.clone());
            self.open.push(Element { tag, range, doubt, seam, mark, wanted });
            self.cells().for_each(|cell| cell.seam(seam));
        } else {
            self.page.unknown.extend(doubt.map(|_| range.clone()));
            // An image or a field is seen between what stands before and after it.
            self.cells().for_each(|cell| cell.seam(Seam::of(tag_name, tag)));
        }
        if tag_name == "br" {
            self.line_feed();
        } else if is_break(tag_name) {
            self.line_break();
        }
        let torn = is_torn(tag).then(|| range.clone());
        match tag_name {
            "sub" | "sup" => self.cells().for_each(|cell| cell.raise(tag_name == "sub")),
            "pre" => self.cells().for_each(|cell| cell.verbatim(true)),
            "rt" => self.cells().for_each(TableCell::start_reading),
            "rb" | "rp" => self.cells().for_each(TableCell::end_reading),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading.clear();
                self.above.clear();
                self.in_heading = true;
            }
            "table" => {
                if self.tables.len() == DEEPEST {
                    return Err(Fault {
                        id: "too_deep",
                        row: range.clone(),
                        range,
                        message: format!("tables stand in each other deeper than {DEEPEST} levels"),
                        help: None,
                    });
                }
                if let Some(outer) = self.tables.last_mut() {
                    outer.table.holds_another = true;
                }
                self.cells().for_each(TableCell::line_break);
                let above = format!("{}\n{}", self.heading, self.above);
                let table = Table { start: range.start, above, ..Table::default() };
                self.tables.push(OpenTable { table, ..OpenTable::default() });
            }
            _ => {
                self.end_line_around(tag_name);
                if let Some(open) = self.tables.last_mut() {
                    open.start(tag_name, tag, range);
                }
            }
        }
        if let Some(torn) = torn {
            self.torn(&torn);
        }
        Ok(())
    }

    fn end(&mut self, tag_name: &str, range: &Range<usize>) {
        self.hidden = None;
        if self.page.text.get(range.clone()).is_some_and(|written| is_torn_end(tag_name, written)) {
            self.torn(range);
        }
        // `</p<p>` is an end by its author, with one `>` too few.
        let tag_name = tag_name.split('<').next().unwrap_or(tag_name);
        self.end_element(tag_name, range);
        if tag_name == "br" {
            // A browser takes it for the start.
            self.line_feed();
        } else if is_break(tag_name) {
            self.line_break();
        }
        match tag_name {
            "sub" | "sup" => self.cells().for_each(|cell| cell.lower(tag_name == "sub")),
            "pre" => self.cells().for_each(|cell| cell.verbatim(false)),
            "rt" | "ruby" => self.cells().for_each(TableCell::end_reading),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.in_heading = false,
            "table" => self.end_table(range.end),
            _ => {
                self.end_line_around(tag_name);
                if let Some(open) = self.tables.last_mut() {
                    open.end(tag_name, range);
                }
            }
        }
    }

    /// Tells of a tag that has taken what stands behind it for a part of itself.
    fn torn(&mut self, range: &Range<usize>) {
        self.page.pieces.push(range.clone());
        for row in self.tables.iter_mut().filter_map(|open| open.row.as_mut()) {
            row.torn.push(range.clone());
        }
    }

    /// Takes the text of a CDATA section, as tools for XML write it. HTML takes one for a comment that the next `>` ends.
    fn comment(&mut self, comment: &str, range: Range<usize>) -> Result<(), Fault> {
        // What else ends with a `>` is a comment as well, such as `<?xml?>`; programs write `<![if …]>` and `<?xml:…>`.
        let written = self.page.text.get(range.clone()).unwrap_or_default();
        if !["<!-", "<![", "<?xml:"].iter().any(|start| written.starts_with(start)) {
            self.page.unknown.push(range.clone());
        }
        let Some(text) = comment.strip_prefix("[CDATA[") else {
            // One that begins within another has an end for both: that of the first was lost.
            if comment.contains("<!--") && has_tags_of_cells(comment) {
                self.lose(&range);
            } else if !comment.trim().is_empty() {
                self.swallowed(range, &["-->", "--!>"]);
            }
            return Ok(());
        };
        if let Some(text) = text.strip_suffix("]]") {
            return self.text(text, range);
        }
        self.text(&format!("{text}>"), range)?;
        self.in_section = true;
        Ok(())
    }

    /// A comment or a script that never ends has taken the rest of the page with it: that is text which nobody reads.
    fn swallowed(&mut self, range: Range<usize>, ends: &[&str]) {
        let text = self.page.text;
        let rest = range.start..text.len();
        if range.end < text.len()
            || ends.iter().any(|end| text.ends_with(end))
            || text.get(rest.clone()).is_none()
        {
            return;
        }
        self.lose(&rest);
    }

    /// Tells of text that nobody reads, beside the cells of the rows that it stands in.
    fn lose(&mut self, range: &Range<usize>) {
        self.page.pieces.push(range.clone());
        for row in self.tables.iter_mut().filter_map(|open| open.row.as_mut()) {
            row.beside.push(range.clone());
        }
    }

    /// Whether a text holds cells in which tags are text: that of an element in a cell (`<script>`, `<textarea>`), whose tag
    /// somebody meant as a text, or of one that somebody thought to have ended (`<title/>`). What comes up to the next end of
    /// such an element is in it.
    fn holds_cells(&self, range: &Range<usize>) -> bool {
        let is_in_cell = || self.tables.last().is_some_and(|open| open.cell.is_some());
        let is_meant_otherwise = self.hidden == Some(Hidden::Other) || is_in_cell();
        is_meant_otherwise && self.page.text.get(range.clone()).is_some_and(has_tags_of_cells)
    }

    fn text(&mut self, text: &str, range: Range<usize>) -> Result<(), Fault> {
        if self.holds_cells(&range) {
            self.lose(&range);
            return Ok(());
        }
        if self.hidden.is_some() {
            if !text.trim().is_empty() {
                self.swallowed(range, &[]);
            }
            return Ok(());
        }
        let mut text = Cow::Borrowed(text);
        if self.in_section && text.contains("]]>") {
            text = text.replacen("]]>", "", 1).into();
            self.in_section = false;
        }
        let mut range = range.start..range.end.min(self.page.text.len());
        let is_text = !text.trim().is_empty();
        if is_text {
            if self.page.text.get(range.clone()).is_some() {
                range = super::trim(self.page.text, range);
            }
            self.piece(range.clone());
        }
        if self.in_heading {
            self.heading.push_str(&text);
        } else {
            self.above.push_str(&text);
        }
        self.copied += text.len() * self.tables.len().saturating_sub(1);
        if self.copied > MOST_COPIED {
            return Err(Fault {
                id: "too_deep",
                row: range.clone(),
                range,
                message: "the tables that stand within tables hold too much text".to_owned(),
                help: None,
            });
        }
        // A table in a cell is text of the cell, too.
        for open in &mut self.tables {
            if open.in_caption {
                open.table.above.push_str(&text);
            } else if let Some(cell) = &mut open.cell {
                cell.push(&text);
                cell.mark = cell.mark.or(self.marks.last().copied().filter(|_| is_text));
            } else if let Some(row) = open.row.as_mut().filter(|_| is_text) {
                row.beside.push(range.clone());
            }
        }
        Ok(())
    }

    /// Takes text that has to be accounted for. What stands outside of tables may be prose in Markdown, which is made of
    /// lines.
    fn piece(&mut self, range: Range<usize>) {
        let text = self.page.text;
        let lines = text.get(range.clone()).filter(|text| self.tables.is_empty() && text.contains('\n'));
        let Some(lines) = lines else {
            self.page.pieces.push(range);
            return;
        };
        let mut start = range.start;
        for line in lines.split_inclusive('\n') {
            let place = start..start + line.len();
            start = place.end;
            if !line.trim().is_empty() {
                self.page.pieces.push(super::trim(text, place));
            }
        }
        self.page.blocks.push(range);
    }

    /// The cells that have not ended, the outermost first.
    fn cells(&mut self) -> impl Iterator<Item = &mut TableCell> {
        self.tables.iter_mut().filter_map(|open| open.cell.as_mut())
    }

    /// Each cell of a table stands on a line of its own in the cells around the table.
    fn end_line_around(&mut self, tag_name: &str) {
        if matches!(tag_name, "td" | "th" | "tr" | "caption")
            && let [outer @ .., _] = self.tables.as_mut_slice()
        {
            outer.iter_mut().filter_map(|open| open.cell.as_mut()).for_each(TableCell::line_break);
        }
    }

    fn line_feed(&mut self) {
        self.above.push('\n');
        // Two of them leave an empty line.
        self.cells().for_each(TableCell::line_feed);
    }

    fn line_break(&mut self) {
        self.above.push('\n');
        self.cells().for_each(TableCell::line_break);
    }

    fn end_table(&mut self, at: usize) {
        let Some(mut open) = self.tables.pop() else { return };
        open.end_row(at);
        open.table.end = at;
        self.cells().for_each(TableCell::line_break);
        self.above.clear();
        self.page.tables.push(open.table);
    }

    /// Ends the innermost element of this tag, and what was not ended inside it. An end without its start ends nothing.
    fn end_element(&mut self, tag: &str, range: &Range<usize>) {
        match self.open.left_by_end(tag) {
            Some(left) => self.end_elements(left, tag, true, range.end),
            None if is_known(tag) => {}
            None => self.page.unknown.push(range.clone()),
        }
    }

    /// Ends elements until so many are left, because of a tag, which is the end of the last one if it says so.
    fn end_elements(&mut self, left: usize, tag: &str, is_end: bool, at: usize) {
        while self.open.len() > left
            && let Some(element) = self.end_last(at)
        {
            if !is_end || self.open.len() > left {
                self.without_end(element, is_of_table(tag) || is_break(tag), at);
            }
        }
    }

    /// Why a tag may be no element. What stands in a picture or a formula has names of its own.
    fn doubt(&self, tag_name: &str, tag: &StartTag<usize>) -> Option<ElementDoubt> {
        if ["svg", "math"].iter().any(|tag| self.open.has(tag)) {
            None
        } else if !is_known(tag_name) {
            Some(ElementDoubt::Unknown)
        } else {
            let is_bare = tag.attributes.values().all(|value| value.value.is_empty());
            (is_word(tag_name) && is_bare).then_some(ElementDoubt::Word)
        }
    }

    /// Ends the innermost element.
    fn end_last(&mut self, at: usize) -> Option<Element> {
        let element = self.open.pop()?;
        if element.mark.is_some() {
            self.marks.pop();
        }
        for index in &element.wanted {
            self.page.elements[*index].1.push(element.range.start..at);
        }
        self.cells().for_each(|cell| cell.seam(element.seam));
        Some(element)
    }

    /// Takes an element that was not ended itself, and whether what it stands in has ended. Tags that overlap are no texts.
    fn without_end(&mut self, element: Element, is_left: bool, at: usize) {
        let has_table = || self.page.tables.last().is_some_and(|table| table.start > element.range.start);
        if !element.wanted.is_empty() && !may_lack_end(&element.tag) && has_table() {
            self.page.unended.push((element.range.start..at, element.range.end));
        }
        if element.doubt == Some(ElementDoubt::Unknown) || is_left && element.doubt.is_some() {
            self.page.unknown.push(element.range);
        }
    }
}

impl<'a> Builder<'a> {
    fn finish(mut self) -> Page<'a> {
        let end = self.page.text.len();
        for open in &mut self.tables {
            let cell = open.cell.as_ref().map(|cell| super::trim(self.page.text, cell.range.start..end));
            open.table.cut = cell.filter(|cell| !cell.is_empty());
        }
        while !self.tables.is_empty() {
            self.end_table(end);
        }
        while let Some(element) = self.end_last(end) {
            self.without_end(element, true, end);
        }
        self.page.unknown.sort_by_key(|place| place.start);
        self.page.unended.sort_by_key(|(place, _)| place.start);
        self.page.unended.dedup_by(|(inner, _), (outer, _)| inner.end <= outer.end);
        self.page.tables.sort_by_key(|table| table.start);
        for (_, places) in &mut self.page.elements {
            places.sort_by_key(|place| place.start);
            places.dedup_by(|inner, outer| inner.end <= outer.end);
        }
        self.page
    }
}

impl OpenTable {
    fn start(&mut self, tag_name: &str, tag: &StartTag<usize>, range: Range<usize>) {
        match tag_name {
            "caption" => {
                self.in_caption = true;
                self.table.caption = Some(range);
            }
            "thead" | "tbody" | "tfoot" => {
                self.end_row(range.start);
                self.section += 1;
                self.in_head = tag_name == "thead";
            }
            "tr" => {
                self.end_row(range.start);
                self.start_row(range);
            }
            "td" | "th" => {
                self.end_cell(range.start);
                if self.row.is_none() {
                    self.start_row(range.clone());
                }
                let span = |key: &str| attribute(tag, key).and_then(|text| text.trim().parse::<usize>().ok());
                // Zero means: to the end of the section.
                let rows = span("rowspan").map_or(1, |rows| if rows == 0 { usize::MAX } else { rows });
                let columns = span("colspan").unwrap_or(1).clamp(1, WIDEST);
                // The text alone: what is to be seen of a cell is not its tag.
                let cell = TableCell::new(range.end..range.end, tag_name == "th", columns, rows);
                self.cell = Some(cell);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag_name: &str, range: &Range<usize>) {
        match tag_name {
            "caption" if self.in_caption => {
                self.in_caption = false;
                if let Some(caption) = &mut self.table.caption {
                    caption.end = range.end;
                }
            }
            "thead" | "tbody" | "tfoot" => {
                self.end_row(range.start);
                self.section += 1;
                self.in_head = false;
            }
            "tr" => self.end_row(range.end),
            "td" | "th" => self.end_cell(range.start),
            _ => {}
        }
    }

    fn start_row(&mut self, range: Range<usize>) {
        self.in_caption = false;
        let (section, is_head) = (self.section, self.in_head);
        self.row = Some(TableRow { range, section, is_head, ..TableRow::default() });
    }

    fn end_cell(&mut self, at: usize) {
        let Some(mut cell) = self.cell.take() else { return };
        cell.range.end = at.max(cell.range.start);
        cell.end();
        if let Some(row) = &mut self.row {
            row.range.end = cell.range.end;
            row.cells.push(cell);
        }
    }

    fn end_row(&mut self, at: usize) {
        self.end_cell(at);
        let Some(mut row) = self.row.take() else { return };
        row.range.end = at.max(row.range.start);
        self.table.rows.push(row);
    }
}

/// Whether `tag` is what `element` names.
fn is_element(element: &ElementName, tag_name: &str, tag: &StartTag<usize>) -> bool {
    let has = |key: &str, wanted: &Option<String>| {
        let is_it = |wanted: &String| {
            attribute(tag, key).is_some_and(|value| value.split_ascii_whitespace().any(|word| word == wanted))
        };
        wanted.as_ref().is_none_or(is_it)
    };
    element.tag.as_ref().is_none_or(|wanted| wanted == tag_name)
        && has("id", &element.id)
        && has("class", &element.class)
}

fn attribute(tag: &StartTag<usize>, key: &str) -> Option<String> {
    let value = tag.attributes.get(key.as_bytes())?;
    Some(String::from_utf8_lossy(&value.value).into_owned())
}

fn name(name: &HtmlString) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// Whether a tag has taken another one for a part of it: its `>` is missing, or a quote. A value that begins with a tag is
/// meant so.
fn is_torn(tag: &StartTag<usize>) -> bool {
    let goes_on = |value: &str| {
        let mut parts = value.splitn(2, '<');
        parts.next().is_some_and(|first| first.contains('>')) && has_tags_of_cells(value)
    };
    let has_end = || tag.attributes.values().any(|value| value.value.contains(&b'>'));
    tag.attributes.iter().any(|(key, value)| {
        key.contains(&b'<')
            || (key.contains(&b'"') || key.contains(&b'\'')) && has_end()
            || std::str::from_utf8(&value.value).is_ok_and(goes_on)
    })
}

/// The same of the tag that ends an element of this name, as it is written: it has nothing but its name, though some write
/// attributes there as well.
fn is_torn_end(tag_name: &str, written: &str) -> bool {
    let rest = written.get("</".len() + tag_name.len()..).unwrap_or_default();
    let rest = rest.trim_end_matches('>').trim_matches(|ch: char| ch == '/' || ch.is_ascii_whitespace());
    tag_name.contains('<') || rest.contains('<') || !rest.is_empty() && !rest.contains('=')
}

fn has_tags_of_cells(text: &str) -> bool {
    let mut names = text.split('<').skip(1).map(|tag| {
        let tag = tag.trim_start_matches('/');
        tag.split(|ch: char| !ch.is_ascii_alphanumeric()).next().unwrap_or_default()
    });
    let is_cell = |name: &str| ["td", "th", "tr"].iter().any(|cell| name.eq_ignore_ascii_case(cell));
    names.any(is_cell)
}

fn is_cell(tag: &str) -> bool {
    matches!(tag, "td" | "th")
}

/// Elements that have no end (HTML, 13.1.2).
fn is_void(tag: &str) -> bool {
    let void = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ];
    void.contains(&tag)
}
