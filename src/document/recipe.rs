//! What a recipe is: how one document is to be read.
//!
//! A recipe is data; `spec::recipe` makes it from YAML and checks it, so that here every column list names a
//! code, every regular expression is one and every line range is in order.

use crate::diagnostics::{Loc, Span};
use crate::expression::Expression;
use crate::names::CodeType;
use encoding_rs::Encoding;
use std::collections::BTreeSet;

/// How one document is to be read.
#[derive(Debug)]
pub struct Recipe {
    /// The whole block.
    pub span: Span,
    /// The document, relative to the book's folder.
    pub file: Loc<String>,
    /// What the domain's codes are, if that is known: a row of a table whose code is none may be ignored.
    pub code_type: Option<CodeType>,
    /// How the document's bytes are letters; UTF-8 if the recipe does not say.
    pub encoding: Option<&'static Encoding>,
    /// The vendor's own version or date.
    pub revision: Option<Loc<String>>,
    /// A word to maintainers.
    pub note: Option<Loc<String>>,
    /// The tables, in no particular order.
    pub tables: Vec<RecipeTable>,
    /// Rows that no grammar reads, given in full.
    pub rows: Vec<ListedRow>,
    /// Text that is no row.
    pub ignore: Vec<Ignored>,
}

/// One or more tables of a document that are read the same way.
#[derive(Debug)]
pub struct RecipeTable {
    /// Where the recipe says so.
    pub span: Span,
    /// The grammar, and what stands where in it.
    pub reader: Reader,
    /// Where each field is named in the recipe.
    pub named: Vec<(Field, Span)>,
    /// Only these lines of the document.
    pub lines: Option<Loc<LineRange>>,
    /// Fields that hold for all rows.
    pub constants: Vec<(Field, Loc<String>)>,
    /// Cells that mean "absent".
    pub empty: Vec<Loc<String>>,
}

/// A grammar for tables.
#[derive(Debug)]
pub enum Reader {
    /// Markdown pipe tables.
    Markdown {
        /// What each column holds; `None` is left out.
        columns: Vec<Option<Field>>,
        /// Which of the document's tables.
        filter: TableFilter,
    },
    /// The tables of an HTML page.
    Html {
        /// What each column holds; `None` is left out.
        columns: Vec<Option<Field>>,
        /// Which of the document's tables.
        filter: TableFilter,
        /// How many rows at the start are the table's own header, besides those that HTML marks as such.
        header: u32,
    },
    /// The items of an array, or the members of an object, of a JSON text.
    Json {
        /// Where the rows are.
        at: JsonPath,
        /// What the key of a row holds, if the rows are members of an object.
        key: Option<Field>,
        /// What stands where in a row; `None` is left out.
        columns: Vec<(JsonPath, Option<Field>)>,
    },
    /// Records of cells with a separator, quoted as in RFC 4180.
    Delimited {
        /// What each column holds; `None` is left out.
        columns: Vec<Option<Field>>,
        /// What stands between cells.
        separator: char,
        /// How many records at the start are the table's own header.
        header: u32,
    },
    /// A regular expression whose named groups are fields; each match is a row.
    Pattern {
        /// The expression, searched over the whole text.
        expression: Expression,
        /// The same without the anchors around it, if that would find rows and hardly anything else.
        unanchored: Option<Expression>,
        /// What the groups hold, by their number.
        groups: Vec<(usize, Field)>,
    },
}

/// Which tables of a document a recipe means.
#[derive(Debug, Default)]
pub struct TableFilter {
    /// Only the n-th table of the document, from 1.
    pub table: Option<u32>,
    /// Only tables that stand under this: it is a part of their heading, of their caption, or of the text between
    /// them and the heading or the table before.
    pub heading: Option<String>,
}

impl TableFilter {
    /// Why no row was read from a document with `count` tables, if the filter is to blame.
    pub(super) fn hint(&self, count: u32) -> Option<String> {
        let tables = if count == 1 { "table" } else { "tables" };
        match (self.table, &self.heading) {
            (Some(table), _) if table > count => Some(format!("the document has {count} {tables}")),
            (None, Some(heading)) if count > 0 => {
                Some(format!("no table stands under `{}`", heading.escape_debug()))
            }
            _ if count == 0 => Some("the document has no table".to_owned()),
            _ => None,
        }
    }
}

/// A place in a JSON value: the names of members and the numbers of items on the way to it, as in a JSON Pointer
/// (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct JsonPath(pub Vec<JsonStep>);

/// One step of a `JsonPath`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonStep {
    /// A member by its name, or an item by its number.
    Name(String),
    /// Each member or item, written `*`.
    Each,
    /// The item that has a member with this text, written `[lang=en]`.
    Saying(String, String),
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The code.
    Code,
    /// The HTTP status.
    HttpStatus,
    /// The message in a locale.
    Message(String),
    /// The solution in a locale.
    Solution(String),
}

/// Lines of a document, from 1, both included, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRange {
    /// The first line.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

/// A row that no grammar reads.
#[derive(Debug)]
pub struct ListedRow {
    /// The line it starts on, from 1.
    pub line: Loc<u32>,
    /// The exact text of its line or lines.
    pub raw: Loc<String>,
    /// Its code.
    pub code: Loc<String>,
    /// Its HTTP status.
    pub http_status: Option<Loc<String>>,
    /// Its messages by locale.
    pub message: Vec<(Loc<String>, Loc<String>)>,
    /// Its solutions by locale.
    pub solution: Vec<(Loc<String>, Loc<String>)>,
    /// Why it is listed.
    pub reason: Loc<String>,
}

/// Text that is no row.
#[derive(Debug)]
pub struct Ignored {
    /// Where the recipe says so.
    pub span: Span,
    /// Which lines.
    pub what: IgnoreWhat,
    /// Why.
    pub reason: Loc<String>,
}

/// How ignored lines are named.
#[derive(Debug)]
pub enum IgnoreWhat {
    /// By their numbers.
    Lines(LineRange),
    /// By an expression that matches a whole line; in an HTML or JSON document, a whole piece of text.
    Pattern(Expression),
    /// By the elements of an HTML document in which they stand.
    Element(ElementName),
}

/// Which elements of an HTML document are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementName {
    /// The tag, in lower case.
    pub tag: Option<String>,
    /// The `id`.
    pub id: Option<String>,
    /// One of the words of `class`.
    pub class: Option<String>,
}

impl ElementName {
    /// Reads `nav`, `#footer`, `.menu` or `div.menu`.
    pub fn parse(text: &str) -> Option<Self> {
        let word = |text: &str| {
            let fits = |ch: char| ch.is_alphanumeric() || matches!(ch, '-' | '_' | ':');
            (!text.is_empty() && text.chars().all(fits)).then(|| text.to_owned())
        };
        let at = text.find(['#', '.']).unwrap_or(text.len());
        let (tag, rest) = text.split_at(at);
        let tag = if tag.is_empty() { None } else { Some(word(&tag.to_ascii_lowercase())?) };
        match (rest.strip_prefix('#'), rest.strip_prefix('.')) {
            (Some(id), _) => Some(Self { tag, id: Some(word(id)?), class: None }),
            (_, Some(class)) => Some(Self { tag, id: None, class: Some(word(class)?) }),
            _ => tag.map(|tag| Self { tag: Some(tag), id: None, class: None }),
        }
    }
}

impl Reader {
    /// What it reads from the document.
    pub fn fields(&self) -> Vec<&Field> {
        match self {
            Self::Markdown { columns, .. } | Self::Html { columns, .. } | Self::Delimited { columns, .. } => {
                columns.iter().flatten().collect()
            }
            Self::Json { key, columns, .. } => {
                key.iter().chain(columns.iter().filter_map(|(_, field)| field.as_ref())).collect()
            }
            Self::Pattern { groups, .. } => groups.iter().map(|(_, field)| field).collect(),
        }
    }
}

impl Recipe {
    /// The expressions of the tables and of what is ignored, each with where it stands.
    pub fn patterns(&self) -> impl Iterator<Item = (&Expression, Span)> {
        let of_tables = self.tables.iter().filter_map(|table| match &table.reader {
            Reader::Pattern { expression, .. } => Some((expression, table.span)),
            _ => None,
        });
        let of_ignored = self.ignore.iter().filter_map(|ignored| match &ignored.what {
            IgnoreWhat::Pattern(expression) => Some((expression, ignored.span)),
            IgnoreWhat::Lines(_) | IgnoreWhat::Element(_) => None,
        });
        of_tables.chain(of_ignored)
    }

    /// How many steps each byte of the document may take with all expressions.
    pub fn steps(&self) -> usize {
        let of_unanchored = self.tables.iter().map(|table| match &table.reader {
            Reader::Pattern { unanchored: Some(expression), .. } => expression.steps(),
            _ => 0,
        });
        self.patterns().map(|(pattern, _)| pattern.steps()).chain(of_unanchored).sum()
    }

    /// Everything that the document supplies, for some row at least.
    pub fn fields(&self) -> BTreeSet<Field> {
        let mut fields = BTreeSet::new();
        for table in &self.tables {
            fields.extend(table.reader.fields().into_iter().cloned());
            fields.extend(table.constants.iter().map(|(field, _)| field.clone()));
        }
        fields
    }
}

impl Field {
    /// The field that `text` names: `code`, `http_status`, `message.<locale>` or `solution.<locale>`.
    pub fn parse(text: &str) -> Option<Self> {
        let locale = |locale: &str| {
            let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            locale.split('-').all(part).then(|| locale.to_owned())
        };
        match text.split_once('.') {
            None if text == "code" => Some(Self::Code),
            None if text == "http_status" => Some(Self::HttpStatus),
            Some(("message", tag)) => locale(tag).map(Self::Message),
            Some(("solution", tag)) => locale(tag).map(Self::Solution),
            _ => None,
        }
    }

    /// Whether it is shown to users.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Message(_) | Self::Solution(_))
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code => f.write_str("code"),
            Self::HttpStatus => f.write_str("http_status"),
            Self::Message(locale) => write!(f, "message.{locale}"),
            Self::Solution(locale) => write!(f, "solution.{locale}"),
        }
    }
}

impl JsonPath {
    /// Reads a JSON Pointer whose steps may be `*` or `[lang=en]`; the empty text is the whole value.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let plain = |text: &str| text.replace("~1", "/").replace("~0", "~");
        let saying = |step: &str| {
            let (name, said) = step.strip_prefix('[')?.strip_suffix(']')?.split_once('=')?;
            Some(JsonStep::Saying(plain(name), plain(said)))
        };
        let step = |step: &str| match step {
            "*" => JsonStep::Each,
            _ => saying(step).unwrap_or_else(|| JsonStep::Name(plain(step))),
        };
        text.strip_prefix('/').map(|rest| Self(rest.split('/').map(step).collect()))
    }
}

impl std::fmt::Display for JsonPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let escaped = |text: &str| text.replace('~', "~0").replace('/', "~1");
        for step in &self.0 {
            match step {
                JsonStep::Name(name) => write!(f, "/{}", escaped(name))?,
                JsonStep::Each => f.write_str("/*")?,
                JsonStep::Saying(name, said) => write!(f, "/[{}={}]", escaped(name), escaped(said))?,
            }
        }
        Ok(())
    }
}
