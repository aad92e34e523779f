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

use super::allowance::{Allowance, MOST_VALUES, Share};
use super::{plain, resume, syntax};
use crate::diagnostics::{Budget, Diagnostic, Loc, SourceId, Sources, Span, block};
use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle};
use std::collections::HashMap;

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

/// A collection that is being read.
pub(super) enum Open {
    Sequence(usize, Vec<Node>),
    Mapping {
        start: usize,
        entries: Vec<(Loc<String>, Node)>,
        key: Option<Loc<String>>,
        seen: HashMap<String, Span>,
        /// Whether it is an item of a list.
        is_item: bool,
        /// Whether its keys come a second time because it runs into the next item.
        runs_on: bool,
        /// Where its last key is that came a second time.
        again: Option<Span>,
    },
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
        None => match careful(text, source, allowance, false) {
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
    let (mut root, _) = match careful(text, source, allowance, false) {
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

    fn with(mut self, root: Node) -> Apart<T> {
        self.budget.close(&mut self.faults);
        Apart { root, items: self.items, faults: self.faults }
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
        careful(text, source, &Allowance::default(), true).map_err(|stopped| stopped.faults)?;
    // One beside the mark of a block is told behind the block.
    comments.sort_unstable();
    Ok((root, comments))
}

/// A reading that came to no tree.
pub(super) struct Stopped {
    /// Why; the last one is what stopped it.
    pub(super) faults: Vec<Diagnostic>,
    /// Where the parser gave up, if it was the syntax that stopped it.
    pub(super) at: Option<usize>,
    /// What was open there.
    pub(super) open: Vec<Open>,
}

impl Stopped {
    fn with(faults: Vec<Diagnostic>) -> Self {
        Self { faults, at: None, open: Vec::new() }
    }
}

/// Reads any text, and says what is wrong with it.
pub(super) fn careful(
    text: &str,
    source: SourceId,
    allowance: &Allowance,
    with_comments: bool,
) -> Result<(Node, Vec<Span>), Stopped> {
    let mut options = Options::default();
    options.set_emit_comments(with_comments);
    options.max_buffered_comment_events = MOST_COMMENTS;
    // An alias is refused by its own name, whether or not its anchor exists.
    options.emit_unresolved_aliases = true;
    let mut reader = Reader {
        source,
        text,
        open: Vec::new(),
        root: None,
        share: Share::of(allowance),
        comments: Vec::new(),
        faults: Vec::new(),
        budget: Budget::new(&[]),
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                if error.kind() == &ErrorKind::TooManyComments {
                    let place = Span::new(source, 0, 0);
                    reader.faults.push(*too_many_comments(place));
                    return Err(Stopped::with(reader.faults));
                }
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                reader.faults.push(syntax::fault(text, source, at, &error.info()));
                return Err(Stopped { faults: reader.faults, at: Some(at), open: reader.open });
            }
        };
        let range = span.byte_range().unwrap_or(0..0);
        if let Err(fault) = reader.event(event, range) {
            reader.faults.push(*fault);
            return Err(Stopped::with(reader.faults));
        }
    }
    reader.budget.close(&mut reader.faults);
    reader.share.keep();
    match reader.root {
        Some(root) if reader.faults.is_empty() => Ok((root, reader.comments)),
        None if reader.faults.is_empty() => {
            let fault = Diagnostic::error("empty_file", Span::new(source, 0, 0), "the file holds no YAML");
            Err(Stopped::with(vec![fault.help("write it, or remove the file and what names it")]))
        }
        _ => Err(Stopped::with(reader.faults)),
    }
}

/// Builds the tree from the parser's events.
struct Reader<'a> {
    source: SourceId,
    text: &'a str,
    open: Vec<Open>,
    root: Option<Node>,
    share: Share<'a>,
    comments: Vec<Span>,
    faults: Vec<Diagnostic>,
    budget: Budget,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) -> Result<(), Box<Diagnostic>> {
        let span = Span::new(self.source, range.start.min(self.text.len()), range.end.min(self.text.len()));
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                let mut fault =
                    fault("several_documents", span, "a second YAML document starts here; a file holds one");
                fault.help =
                    Some("remove the `---` or `...` before it, or make it a file of its own".to_owned());
                Err(fault)
            }
            Event::Comment(..) => {
                self.comments.push(span);
                if self.comments.len() > MOST_COMMENTS { Err(too_many_comments(span)) } else { Ok(()) }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let mut fault = fault("yaml_alias", span, "an alias stands here; write the value itself");
                fault.help = Some(if_text('*'));
                Err(fault)
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_node(span, anchor, tag.is_some())?;
                if text.len() > LONGEST_VALUE {
                    let message =
                        format!("a value has {} bytes, more than the limit of {LONGEST_VALUE}", text.len());
                    return Err(fault("too_long", span, message));
                }
                let scalar = Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain };
                // The parser takes what stands before the next mark for the text's: an arrow would reach into the next entry.
                let span = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => self.place_of_block(span),
                    ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => span,
                };
                self.value(Node { span, kind: NodeKind::Scalar(scalar) })
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.plain_node(span, anchor, tag.is_some())?;
                self.open.push(Open::Sequence(range.start, Vec::new()));
                Ok(())
            }
            Event::MappingStart(_, anchor, tag) => {
                self.plain_node(span, anchor, tag.is_some())?;
                let is_item = matches!(self.open.last(), Some(Open::Sequence(..)));
                self.open.push(Open::Mapping {
                    start: range.start,
                    entries: Vec::new(),
                    key: None,
                    seen: HashMap::new(),
                    is_item,
                    runs_on: false,
                    again: None,
                });
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (start, end, kind) = match self.open.pop() {
                    Some(Open::Sequence(start, mut items)) => {
                        items.shrink_to_fit();
                        (start, items.last().map(|node| node.span.end), NodeKind::Sequence(items))
                    }
                    Some(Open::Mapping { start, mut entries, .. }) => {
                        entries.shrink_to_fit();
                        (start, entries.last().map(|(_, node)| node.span.end), NodeKind::Mapping(entries))
                    }
                    None => return Ok(()),
                };
                // A block collection has no closing mark: it ends where its last value does.
                let end = end.filter(|_| range.is_empty()).map_or(range.end, |end| end as usize);
                self.value(Node { span: Span::new(self.source, start, end), kind })
            }
            _ => Ok(()),
        }
    }

    /// Counts a node and refuses what the subset does not have.
    fn plain_node(&mut self, span: Span, anchor: usize, tagged: bool) -> Result<(), Box<Diagnostic>> {
        if anchor != 0 {
            let place = self.mark_before(span, '&');
            let mut fault = fault("yaml_anchor", place, "an anchor stands here; write each value out");
            fault.help = Some(if_text('&'));
            return Err(fault);
        }
        if tagged {
            let place = self.mark_before(span, '!');
            let mut fault = fault("yaml_tag", place, "a tag stands here; values are typed by their key");
            fault.help = Some(if_text('!'));
            return Err(fault);
        }
        if self.open.len() >= DEEPEST {
            return Err(fault("too_deep", span, format!("collections nest deeper than {DEEPEST} levels")));
        }
        if !self.share.take() {
            let message = format!("with this one, the book holds more than {MOST_VALUES} values");
            return Err(fault("too_many_nodes", span, message));
        }
        Ok(())
    }

    /// The place of a text that is written as a block: its lines without what blanks follow them, or its mark if it has none.
    fn place_of_block(&self, span: Span) -> Span {
        let lines = span.without_blanks(self.text);
        let mark = || block::mark_of_empty(self.text, span.range().start);
        match lines.range().is_empty().then(mark).flatten() {
            Some(mark) => Span::new(self.source, mark.start, mark.end),
            None => lines,
        }
    }

    /// The word that begins with `mark` and stands before a value.
    fn mark_before(&self, value: Span, mark: char) -> Span {
        let before = self.text.get(..value.range().start).unwrap_or_default();
        let Some(at) = before.rfind(mark) else { return value };
        let word = before.get(at..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
        Span::new(self.source, at, at + word.len())
    }

    /// Puts a finished node where it belongs: as a key, a value, an item, or the root.
    fn value(&mut self, node: Node) -> Result<(), Box<Diagnostic>> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping { entries, key, seen, is_item, runs_on, again, .. }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => match node.kind {
                    NodeKind::Scalar(scalar) => {
                        if let Some(first) = seen.insert(scalar.text.clone(), node.span) {
                            let is_first = entries.first().is_some_and(|(key, _)| key.span == first);
                            // Two in a row are those of the next item, which lacks its first line.
                            let last =
                                entries.last().map(|(key, _)| key.span).filter(|last| *again == Some(*last));
                            if let Some((last, (head, _))) =
                                last.filter(|_| *is_item && !*runs_on).zip(entries.first())
                            {
                                let told = self.faults.iter_mut().rfind(|fault| fault.span() == Some(last));
                                if let Some(told) = told {
                                    let head = &head.value;
                                    told.message = format!("a `- {head}:` is missing here");
                                    told.help = Some(format!(
                                        "write `- {head}: ` and its value on a line above this one"
                                    ));
                                }
                                *runs_on = true;
                            }
                            *again = Some(node.span);
                            if !*runs_on {
                                let message = format!("the key `{}` stands here a second time", scalar.text);
                                let fault = Diagnostic::error("repeated_key", node.span, message)
                                    .label(first, "first here");
                                self.faults.push(if is_first && *is_item {
                                    fault.help("if a new item of the list begins here, write `- ` before it")
                                } else {
                                    fault.help("remove one of the two")
                                });
                                self.budget.keep(&mut self.faults);
                            }
                            // Where an item runs into the next one, its other keys follow suit.
                            *runs_on |= is_first && *is_item;
                        }
                        if entries.len() >= MOST_KEYS {
                            let message = format!("a mapping holds more than {MOST_KEYS} keys");
                            return Err(fault("too_many_nodes", node.span, message));
                        }
                        *key = Some(Loc::new(scalar.text, node.span));
                    }
                    NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                        let mut fault = fault("yaml_key", node.span, "a key must be a single value");
                        // `en: {{ text }}`
                        let before = self.text.get(..node.span.range().start).unwrap_or_default();
                        let is_text = before.ends_with(['{', '[']);
                        let help = if is_text { if_text('{') } else { "write a single word".to_owned() };
                        fault.help = Some(help);
                        return Err(fault);
                    }
                },
            },
        }
        Ok(())
    }
}

/// A fault that ends the reading. It is boxed because the parser's callbacks return it by value for every event.
#[expect(clippy::unnecessary_box_returns, reason = "every caller returns it boxed")]
fn fault(id: &'static str, span: Span, message: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(id, span, message))
}

#[expect(clippy::unnecessary_box_returns, reason = "the caller returns it boxed")]
fn too_many_comments(place: Span) -> Box<Diagnostic> {
    fault("too_many_nodes", place, format!("the file holds more than {MOST_COMMENTS} comments"))
}

/// What to do if a text was meant that begins with a mark of YAML.
fn if_text(mark: char) -> String {
    format!("a text that begins with `{mark}` has to be quoted")
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

    /// Holds the two readers against each other; says whether the text is plain.
    fn readers_agree(text: &str) -> bool {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text.to_owned());
        let allowance = Allowance::default();
        let mut share = Share::of(&allowance);
        let mut comments = Vec::new();
        let plain = plain::read(text, id, &mut share, None, &mut |_| (), Some(&mut comments));
        if let Some(plain) = &plain {
            // Equality of values would not see their places.
            let (careful, mut others) = careful(text, id, &allowance, true)
                .unwrap_or_else(|stopped| panic!("{text}\n{:?}", stopped.faults));
            let used = share.used();
            share.give_back();
            assert_eq!(used, allowance.used(), "they count differently:\n{text}");
            others.sort_unstable();
            let of_text = |place: &Span| text.get(place.range()).map(str::trim_end);
            assert_eq!(
                comments.iter().map(|place| (place.start, of_text(place))).collect::<Vec<_>>(),
                others.iter().map(|place| (place.start, of_text(place))).collect::<Vec<_>>(),
                "{text}"
            );
            let (plain, careful) = (format!("{plain:?}"), format!("{careful:?}"));
            let same = plain.bytes().zip(careful.bytes()).take_while(|(a, b)| a == b).count();
            let rest = |tree: &str| tree.get(same.saturating_sub(80)..).unwrap_or(tree).to_owned();
            assert!(plain == careful, "{text}\n\n{}\n\n{}", rest(&plain), rest(&careful));
        }
        plain.is_some()
    }

    #[test]
    fn the_plain_reader_reads_as_the_careful_one_or_not_at_all() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![root.join("spec"), root.join("tests/books"), root.join("tests/lints")];
        let (mut files, mut plain) = (0, 0);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "yaml") {
                    // Some of the files are no text.
                    let Ok(text) = String::from_utf8(std::fs::read(path).expect("readable")) else {
                        continue;
                    };
                    files += 1;
                    plain += usize::from(readers_agree(&text));
                }
            }
        }
        assert!(plain * 2 > files && files > 40, "{plain} of {files} files are plain");
    }

    #[test]
    fn a_text_of_several_lines_ends_with_its_last_one() {
        for header in ["|-", "|", ">"] {
            let text = format!("t: {header}\n  a\n  b\n\nx: 1\n");
            assert!(readers_agree(&text), "{text}");
            let mut sources = Sources::default();
            let id = sources.add("a.yaml", text.clone());
            let root = parse(&sources, id).expect("YAML");
            let NodeKind::Mapping(entries) = &root.kind else { panic!("a mapping") };
            assert_eq!(&text[entries[0].1.span.range()], "a\n  b", "{text}");
        }
    }

    #[test]
    fn a_text_without_a_line_stands_where_its_mark_does() {
        for (text, mark) in [
            ("t: |\nx: 1\n", "|"),
            ("t: >-\n\n  \n\nx: 1\n", ">-"),
            ("t: |2 # c\n# d\n\nx: 1\n", "|2"),
            ("t: |+", "|+"),
            ("t:\n  |\nx: 1\n", "|"),
        ] {
            assert!(!readers_agree(text), "{text}");
            let mut sources = Sources::default();
            let id = sources.add("a.yaml", text.to_owned());
            let root = parse(&sources, id).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
            let NodeKind::Mapping(entries) = &root.kind else { panic!("a mapping") };
            assert_eq!(&text[entries[0].1.span.range()], mark, "{text}");
        }
    }

    #[test]
    fn texts_of_several_lines_are_plain() {
        for header in ["|", "|-", ">", ">-"] {
            for end in ["", "b: 1\n", "\nb: 1\n", "# c\nb: 1\n", "  # c\nb: 1\n"] {
                let text = format!("a:\n  t: {header}\n    x  y\n    z: '#\n{end}");
                assert!(readers_agree(&text), "{text}");
            }
        }
        assert!(readers_agree("t: |-\n  a\n\n   b\n  c \n\nb: 1\n"));
    }

    #[test]
    fn the_plain_reader_is_not_misled_by_damage() {
        let text = "# a\nerrors:\n  - code: 1 # b\n    name: a_b\n    message:\n      en: It's \"a\" b-c, d:e #f.\n      \
                    zh-Hans: '设备''离线'\n\n    more: {a: [1, \"x\\\\n\"], b: -2, c: {}}\n  - code: \"2\"\n    \
                    list:\n      - x y\n      - {k: v}\n      - [p, q]\n  - code: 3\n    text: |-\n      a b\n      c\n    next: >\n      \
                    d\n      e\nend: []\n";
        assert!(readers_agree(text));
        let bits = [
            "", " ", "  ", "\n", "\n ", ":", ": ", "-", "- ", "#", " #", "\"", "'", "[", "]", "{", "}", ",",
            "&", "*", "!", "|", ">", "%", "@", "`", "?", "~", "...", "---", "\\", "\t", "\r", "\u{85}",
            "\u{2028}", "\u{feff}", "é", "<<", "=", "a",
        ];
        let mut plain = 0;
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            for bit in bits {
                plain += usize::from(readers_agree(&format!("{}{bit}{}", &text[..at], &text[at..])));
                if let Some(next) = text[at..].chars().next() {
                    let rest = &text[at + next.len_utf8()..];
                    plain += usize::from(readers_agree(&format!("{}{bit}{rest}", &text[..at])));
                }
            }
        }
        assert!(plain > 1000, "only {plain} damaged texts are plain");
    }

    #[test]
    fn a_block_mapping_ends_with_its_last_value() {
        let root = tree("a:\n  b: 1\n  c: 2\n\n# tail\n").expect("valid");
        assert_eq!(root.span.range(), 0..16);
    }
}
