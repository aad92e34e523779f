//! What a recipe is: how one document is to be read.
//!
//! A recipe is data; `spec::recipe` makes it from YAML and checks it, so that here every column list names a
//! code, every regular expression is compiled and every line range is in order.

use crate::diagnostics::{Loc, Span};
use regex::Regex;
use std::collections::BTreeSet;

/// How one document is to be read.
#[derive(Debug)]
pub struct Recipe {
    /// The whole block.
    pub span: Span,
    /// The document, relative to the book's folder.
    pub file: Loc<String>,
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
        filter: MarkdownFilter,
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
        regex: Regex,
        /// What the groups hold, by their number.
        groups: Vec<(usize, Field)>,
    },
}

/// Which Markdown tables of a document a recipe means.
#[derive(Debug, Default)]
pub struct MarkdownFilter {
    /// Only the n-th table of the document, from 1.
    pub table: Option<u32>,
    /// Only tables whose nearest text above contains this.
    pub heading: Option<String>,
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
    pub message: Vec<(String, Loc<String>)>,
    /// Its solutions by locale.
    pub solution: Vec<(String, Loc<String>)>,
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
    /// By an expression that matches a whole line.
    Pattern(Regex),
}

impl Recipe {
    /// Everything that the document supplies, for some row at least.
    pub fn fields(&self) -> BTreeSet<Field> {
        let mut fields = BTreeSet::new();
        for table in &self.tables {
            match &table.reader {
                Reader::Markdown { columns, .. } | Reader::Delimited { columns, .. } => {
                    fields.extend(columns.iter().flatten().cloned());
                }
                Reader::Pattern { groups, .. } => {
                    fields.extend(groups.iter().map(|(_, field)| field.clone()));
                }
            }
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
