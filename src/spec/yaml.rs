//! YAML text to a tree in which every node knows its place.
//!
//! In: one source. Out: a `Node`, or diagnostics. The subset is strict: one document, no anchors, aliases or
//! tags, no repeated keys, keys are plain text. Scalars keep their text exactly as written: `NO`, `010` and
//! `0x1F` stay what they look like, and whoever reads a value says what it must be. Whether a scalar was
//! quoted is kept, because `"5003"` and `5003` differ in a spec.
//!
//! A syntax fault ends the reading, because what stands behind it can be part of anything. The entries of a domain are the
//! exception, and so are the conditions (`resume`): where a line begins one at the indentation of the others, one begins, whatever went wrong above.
//!
//! Limits are counted while reading, so that a hostile file costs little. Deliberately elsewhere: what the
//! keys mean (`spec::read`), and writing YAML (`spec::write`).

use super::allowance::{Allowance, Share};
use super::{careful, plain, resume};
use crate::diagnostics::{Budget, Diagnostic, Loc, SourceId, Sources, Span};

/// How deep collections may nest. A spec needs eight levels.
pub const DEEPEST: usize = 32;
/// How many keys one mapping may hold, which is more than a text has languages: some are compared with all others.
pub const MOST_KEYS: usize = 1_000;
/// How many comments a file may hold that is formatted.
pub const MOST_COMMENTS: usize = 200_000;
/// How many bytes a value or a key may have. A text of a book has a few hundred.
pub const LONGEST_VALUE: usize = 1 << 20;

/// A value of the file.
#[derive(Clone, Debug)]
pub struct Node {
    /// From the first to the last byte of the value.
    pub span: Span,
    /// What stands there.
    pub kind: NodeKind,
}

/// The three shapes of a value.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// Text, with its quotes and escapes resolved.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values, in the order of the file.
    Mapping(Vec<(Loc<String>, Node)>),
}

/// A scalar as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text, with quotes and escapes resolved.
    pub text: String,
    /// Whether it was written without quotes and not as a block.
    pub plain: bool,
}

impl Scalar {
    /// Whether this is how YAML writes "nothing".
    pub fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "null" | "~" | "Null" | "NULL")
    }

    /// Whether nothing is written at all, not even that there is nothing.
    pub fn is_empty(&self) -> bool {
        self.plain && self.text.is_empty()
    }
}

impl Node {
    /// What the node is, for messages.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            NodeKind::Scalar(scalar) if scalar.is_null() => "nothing",
            NodeKind::Scalar(_) => "a single value",
            NodeKind::Sequence(_) => "a list",
            NodeKind::Mapping(_) => "a mapping",
        }
    }
}

/// Reads the text of `source` into a tree.
///
/// Errors: a syntax fault ends the reading at once; repeated keys are all reported.
pub fn parse(sources: &Sources, source: SourceId) -> Result<Node, Vec<Diagnostic>> {
    parse_within(sources, source, &Allowance::default())
}

/// The same, for a file of a book that may hold only so much.
pub fn parse_within(
    sources: &Sources,
    source: SourceId,
    allowance: &Allowance,
) -> Result<Node, Vec<Diagnostic>> {
    let text = &sources.get(source).text;
    match within(allowance, |share| plain::read(text, source, share, None, &mut |_| (), None)) {
        Some(root) => Ok(root),
        None => match careful::read(text, source, allowance, false) {
            Ok((root, _)) => Ok(root),
            Err(stopped) => Err(stopped.faults),
        },
    }
}

/// Lets the plain reader read, and gives back what it took if it gives up.
fn within(allowance: &Allowance, read: impl FnOnce(&mut Share<'_>) -> Option<Node>) -> Option<Node> {
    let mut share = Share::of(allowance);
    let root = read(&mut share);
    if root.is_some() {
        share.keep();
    } else {
        share.give_back();
    }
    root
}

/// A tree of which one list was read apart.
#[derive(Debug)]
pub struct Apart<T> {
    /// The tree, in which that list is empty.
    pub root: Node,
    /// What its items were read as.
    pub items: Vec<T>,
    /// What is wrong with them.
    pub faults: Vec<Diagnostic>,
    /// What else is wrong with them, of which there is too much to be told.
    pub budget: Budget,
}

/// Reads the text of `source` into a tree, but for the list under the key `apart` at the top: each of its items is read
/// on by `read` at once. So a long list is never in memory as YAML, and a syntax fault in one of its items does not hide
/// the faults of the others.
pub fn parse_apart<T>(
    sources: &Sources,
    source: SourceId,
    allowance: &Allowance,
    apart: &str,
    read: fn(&Node, &mut Vec<Diagnostic>) -> Option<T>,
) -> Result<Apart<T>, Vec<Diagnostic>> {
    let mut items =
        Taken { read, keeps: true, items: Vec::new(), faults: Vec::new(), budget: Budget::new(&[]) };
    let text = &sources.get(source).text;
    let mut take = |node| items.take(&node);
    if let Some(root) =
        within(allowance, |share| plain::read(text, source, share, Some(apart), &mut take, None))
    {
        return Ok(items.with(root));
    }
    // What was read until the plain reader gave up is read again, and must not be in memory twice.
    drop(items);
    let mut items =
        Taken { read, keeps: true, items: Vec::new(), faults: Vec::new(), budget: Budget::new(&[]) };
    let (mut root, _) = match careful::read(text, source, allowance, false) {
        Ok(read) => read,
        Err(stopped) => {
            return Err(resume::all_faults(text, source, apart, stopped, items.for_faults_alone()));
        }
    };
    if let NodeKind::Mapping(entries) = &mut root.kind {
        for (_, value) in entries.iter_mut().filter(|(key, _)| key.value == apart) {
            if let NodeKind::Sequence(nodes) = &mut value.kind {
                nodes.drain(..).for_each(|node| items.take(&node));
            }
        }
    }
    Ok(items.with(root))
}

/// The items of a list that is read apart.
pub(super) struct Taken<T> {
    read: fn(&Node, &mut Vec<Diagnostic>) -> Option<T>,
    /// Whether the items are of use, beside their faults.
    keeps: bool,
    items: Vec<T>,
    pub(super) faults: Vec<Diagnostic>,
    pub(super) budget: Budget,
}

impl<T> Taken<T> {
    pub(super) fn take(&mut self, node: &Node) {
        let item = (self.read)(node, &mut self.faults);
        self.items.extend(item.filter(|_| self.keeps));
        self.budget.keep(&mut self.faults);
    }

    /// The same, but that the items themselves are forgotten.
    fn for_faults_alone(mut self) -> Self {
        self.keeps = false;
        self.items = Vec::new();
        self
    }

    fn with(self, root: Node) -> Apart<T> {
        Apart { root, items: self.items, faults: self.faults, budget: self.budget }
    }
}

/// Reads `text` into a tree, and the places of its comments in their order, each from its `#` to the end of its line.
/// Places are said to be in `source`.
pub fn parse_with_comments(text: &str, source: SourceId) -> Result<(Node, Vec<Span>), Vec<Diagnostic>> {
    let mut comments = Vec::new();
    let plain =
        |share: &mut Share<'_>| plain::read(text, source, share, None, &mut |_| (), Some(&mut comments));
    if let Some(root) = within(&Allowance::default(), plain) {
        return Ok((root, comments));
    }
    drop(comments);
    let (root, mut comments) =
        careful::read(text, source, &Allowance::default(), true).map_err(|stopped| stopped.faults)?;
    // One beside the mark of a block is told behind the block.
    comments.sort_unstable();
    Ok((root, comments))
}
#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Result<Node, Vec<Diagnostic>> {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text.to_owned());
        parse(&sources, id)
    }

    fn ids(text: &str) -> Vec<&'static str> {
        tree(text).expect_err("must be refused").iter().map(|fault| fault.id).collect()
    }

    #[test]
    fn scalars_stay_what_they_look_like() {
        let root = tree("a: NO\nb: 010\nc: \"1\"\nd: 设备\n").expect("valid");
        let NodeKind::Mapping(entries) = root.kind else { panic!("a mapping was written") };
        let seen: Vec<_> = entries
            .iter()
            .map(|(key, node)| match &node.kind {
                NodeKind::Scalar(scalar) => (key.value.as_str(), scalar.text.as_str(), scalar.plain),
                _ => panic!("scalars were written"),
            })
            .collect();
        assert_eq!(seen, [("a", "NO", true), ("b", "010", true), ("c", "1", false), ("d", "设备", true)]);
        assert_eq!(entries[3].1.span.range(), 23..29);
    }

    #[test]
    fn what_the_subset_lacks_is_refused() {
        assert_eq!(ids("a: &x 1\n"), ["yaml_anchor"]);
        assert_eq!(ids("a: *x\n"), ["yaml_alias"]);
        assert_eq!(ids("a: !!int 1\n"), ["yaml_tag"]);
        assert_eq!(ids("a: 1\n---\nb: 2\n"), ["several_documents"]);
        assert_eq!(ids("[a]: 1\n"), ["yaml_key"]);
        assert_eq!(ids("a: 1\nb: 1\na: 2\nb: 3\n"), ["repeated_key", "repeated_key"]);
        assert_eq!(ids(""), ["empty_file"]);
        assert_eq!(ids(&format!("{}1", "- ".repeat(40))), ["too_deep"]);
        assert_eq!(ids(&"[".repeat(1000)), ["too_deep"]);
    }

    #[test]
    fn a_block_mapping_ends_with_its_last_value() {
        let root = tree("a:\n  b: 1\n  c: 2\n\n# tail\n").expect("valid");
        assert_eq!(root.span.range(), 0..16);
    }
}
