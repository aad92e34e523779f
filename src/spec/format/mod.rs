//! The one form of a spec file.
//!
//! In: a file of the spec whose form is right, its shape, and the languages of the book. Out: the same file with its
//! keys in the order of the shape, its codes and names sorted, two blanks of indent, every text as `spec::write`
//! writes it, and its comments with the entries that they speak about (`comments` says which that is).
//!
//! Guaranteed: what is returned has been read back. It holds the same values, and each comment exactly once;
//! otherwise there is a finding and no text. Formatting the result again gives the result.
//!
//! Deliberately elsewhere: whether the form is right (`spec::read`), what the book means (`model`), and the disk
//! (`cli`), which gives a file the line ends that it had.

mod comments;
mod layout;

use super::shape::{Order, Shape, Value};
use super::yaml::{self, Node, NodeKind};
use crate::diagnostics::{Diagnostic, Loc, SourceId, Sources, Span};
use crate::names::{CodeType, WireCode};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The text of `source`, a file of `shape`, in its one form.
///
/// Errors: the faults of its YAML, or that it would not read back as it was.
pub fn format(
    sources: &Sources,
    source: SourceId,
    shape: &'static Shape,
    locales: &[Loc<String>],
) -> Result<String, Vec<Diagnostic>> {
    let text = &sources.get(source).text;
    let (root, found) = yaml::parse_with_comments(text, source)?;
    let written = {
        let whole = Entry::whole(&root);
        let attached = comments::attach(text, &whole, &found);
        let mut places = BTreeMap::new();
        for (place, locale) in locales.iter().enumerate() {
            places.entry(locale.value.as_str()).or_insert(place);
        }
        let style = Style { text, shape, places, code_type: code_type(&root) };
        layout::write(&style, &whole, attached)
    };
    let start = root.span.range().start;
    let before = essence(&root, Some(&Value::Map(shape)));
    // The tree of a large file is large, and the next one is made of what was written.
    drop(root);
    if reads_back(&before, &comments_of(text, &found), &written, source, shape) {
        Ok(written)
    } else {
        let at = Span::new(source, start, start);
        let message = "the file cannot be formatted: it would not read back as it is";
        let help = "write its long keys, its comments and its quotes in a plainer way (nothing was changed)";
        Err(vec![Diagnostic::error("format_refused", at, message).help(help)])
    }
}

/// What decides how a file is written, beside its tree.
struct Style<'a> {
    /// The file as it was.
    text: &'a str,
    shape: &'static Shape,
    /// The place of each language of the book in its order.
    places: BTreeMap<&'a str, usize>,
    /// What the codes of the file are, where it is a domain.
    code_type: Option<CodeType>,
}

/// A key and its value, an item of a list, or the whole file; with a number by which its comments are found.
struct Entry<'a> {
    /// The key, where it has one.
    key: Option<&'a Loc<String>>,
    node: &'a Node,
    /// Its place among all entries of the file, in the order of the file; the whole file is 0.
    id: usize,
    /// The number of the last entry within it, or its own.
    last: usize,
    children: Vec<Entry<'a>>,
}

impl<'a> Entry<'a> {
    fn whole(root: &'a Node) -> Self {
        Self::new(None, root, &mut 0)
    }

    fn new(key: Option<&'a Loc<String>>, node: &'a Node, next: &mut usize) -> Self {
        let id = *next;
        *next += 1;
        let children = match &node.kind {
            NodeKind::Scalar(_) => Vec::new(),
            NodeKind::Sequence(items) => items.iter().map(|item| Self::new(None, item, next)).collect(),
            NodeKind::Mapping(entries) => {
                entries.iter().map(|(key, value)| Self::new(Some(key), value, next)).collect()
            }
        };
        Self { key, node, id, last: *next - 1, children }
    }

    /// Where it begins: at its key, or where its value does.
    fn start(&self) -> usize {
        self.key.map_or(self.node.span, |key| key.span).start as usize
    }

    /// The text of the scalar under `key`, if the entry is a mapping that has one.
    fn text_of(&self, key: &str) -> Option<&'a str> {
        let child = self.children.iter().find(|child| child.key.is_some_and(|name| name.value == key))?;
        match &child.node.kind {
            NodeKind::Scalar(scalar) => Some(&scalar.text),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
        }
    }
}

impl Style<'_> {
    /// The children of `entry` in the order in which they are written.
    fn sorted<'e, 'a>(&self, entry: &'e Entry<'a>, value: Option<&Value>) -> Vec<&'e Entry<'a>> {
        let mut children: Vec<_> = entry.children.iter().collect();
        let known = |place: Option<usize>| place.unwrap_or(usize::MAX);
        let key = |child: &Entry<'a>| child.key.map_or("", |key| key.value.as_str());
        match value {
            Some(Value::Map(shape)) => {
                children
                    .sort_by_key(|child| known(shape.keys.iter().position(|known| known.name == key(child))));
            }
            Some(Value::Free(super::shape::Text::Locale, ..)) => {
                children.sort_by_key(|child| known(self.places.get(key(child)).copied()));
            }
            Some(Value::List(_, Order::Code, _)) => {
                let code =
                    |child: &Entry<'a>| -> Option<WireCode> { self.code_type?.parse(child.text_of("code")?) };
                // A code that is none has no place; whoever mends it sorts the list then.
                let codes: Option<Vec<_>> =
                    children.iter().map(|child| Some((code(child)?, *child))).collect();
                if let Some(mut codes) = codes {
                    codes.sort_by(|(a, _), (b, _)| a.cmp(b));
                    children = codes.into_iter().map(|(_, child)| child).collect();
                }
            }
            Some(Value::List(_, Order::Name, _)) => children.sort_by_key(|child| child.text_of("name")),
            Some(Value::List(_, Order::Place, _)) => {
                children.sort_by_key(|child| (child.text_of("lint"), child.text_of("at")));
            }
            _ => {}
        }
        children
    }
}

/// What the codes of a file are, if it says so.
fn code_type(root: &Node) -> Option<CodeType> {
    let NodeKind::Mapping(entries) = &root.kind else { return None };
    let (_, node) = entries.iter().find(|(key, _)| key.value == "code_type")?;
    match &node.kind {
        NodeKind::Scalar(scalar) => CodeType::from_id(&scalar.text),
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
    }
}

/// What stands under the keys or in the items of a collection of `value`, whose key is `key`.
fn below(value: Option<&Value>, key: Option<&Loc<String>>) -> Option<&'static Value> {
    static OPTIONS: Value = Value::Free(
        super::shape::Text::Word,
        &Value::Text(super::shape::Text::Prose),
        super::shape::Layout::Line,
    );
    static FIELD: Value = Value::Text(super::shape::Text::Field);
    match value? {
        Value::Columns => Some(&FIELD),
        Value::Map(shape) => shape.key(&key?.value).map(|key| &key.value),
        Value::Free(_, value, _) | Value::List(value, ..) => Some(value),
        Value::Outputs => Some(&OPTIONS),
        Value::Text(_) | Value::Literal(_) | Value::Boolean | Value::Number(..) => None,
    }
}

/// Whether `written` holds the values whose essence is `before`, and each of the comments `found` once.
fn reads_back(before: &str, found: &[&str], written: &str, source: SourceId, shape: &'static Shape) -> bool {
    let Ok((root, again)) = yaml::parse_with_comments(written, source) else { return false };
    found == comments_of(written, &again) && before == essence(&root, Some(&Value::Map(shape)))
}

/// The comments of a text, sorted.
fn comments_of<'a>(text: &'a str, found: &[Span]) -> Vec<&'a str> {
    let mut comments: Vec<_> =
        found.iter().map(|span| text.get(span.range()).unwrap_or_default().trim_end()).collect();
    comments.sort_unstable();
    comments
}

/// What a tree says, without what makes no difference: the order of keys and of what is sorted, and the quotes of
/// texts. Nothing of the writer makes it, so that the one checks the other. Of a list there is a digest of each item, because
/// the entries of a large domain are as long as its file.
fn essence(node: &Node, value: Option<&Value>) -> String {
    let quoted = |out: &mut String, text: &str| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{}:{text}", text.len());
    };
    let mut out = String::new();
    match &node.kind {
        NodeKind::Scalar(scalar) if scalar.is_null() => out.push('~'),
        NodeKind::Scalar(scalar) => {
            let matters = matches!(value, Some(Value::Literal(_) | Value::Boolean | Value::Number(..)));
            out.push(if matters && scalar.plain { 'p' } else { 't' });
            quoted(&mut out, &scalar.text);
        }
        NodeKind::Sequence(items) => {
            let digest = |item| Sha256::digest(essence(item, below(value, None)));
            let mut items: Vec<_> = items.iter().map(digest).collect();
            if matches!(value, Some(Value::List(_, order, _)) if *order != Order::Written) {
                items.sort_unstable();
            }
            let (count, mut all) = (items.len(), Sha256::new());
            for item in items {
                all.update(item);
            }
            let _ = write!(out, "[{count}:{:?}", all.finalize());
        }
        NodeKind::Mapping(entries) => {
            let mut entries: Vec<_> = entries
                .iter()
                .map(|(key, node)| (&key.value, essence(node, below(value, Some(key)))))
                .collect();
            entries.sort_unstable();
            let _ = write!(out, "{{{}", entries.len());
            for (key, text) in entries {
                quoted(&mut out, key);
                out.push_str(&text);
            }
        }
    }
    out
}
