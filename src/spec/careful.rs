//! Reads any YAML text, and says what is wrong with it.
//!
//! In: a text. Out: its tree and the places of its comments, or why there is none: what is wrong, and what was open where the
//! parser gave up, from which `resume` reads on. The parser says which events there are; which of them a spec may
//! have, how deep and how many, is decided here, at the event.
//!
//! The plain reader (`plain`) is asked first, since nearly every file is plain; whatever it leaves comes here. The tests hold
//! the two against each other.

use super::allowance::{Allowance, MOST_VALUES, Share};
use super::syntax;
use super::yaml::{DEEPEST, LONGEST_VALUE, MOST_COMMENTS, MOST_KEYS, Node, NodeKind, Scalar};
use crate::diagnostics::{Budget, Diagnostic, Loc, SourceId, Span, block};
use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle};
use std::collections::HashMap;

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
pub(super) fn read(
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
                let is_quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                if is_quoted && let Some(conflict) = syntax::conflict_in_quotes(self.text, span) {
                    return Err(Box::new(conflict));
                }
                let plain = style == ScalarStyle::Plain;
                // Where nothing is written the parser gives a tilde.
                let text = if plain && span.range().is_empty() { String::new() } else { text.into_owned() };
                let scalar = Scalar { text, plain };
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
        let parent = match self.open.iter().rev().nth(1) {
            Some(Open::Mapping { key, .. }) => key.as_ref().map(|key| key.span),
            Some(Open::Sequence(..)) | None => None,
        };
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
                                let last = entries.last();
                                let empty = last.filter(|(_, node)| {
                                    matches!(&node.kind, NodeKind::Scalar(scalar) if scalar.is_null())
                                });
                                self.faults.push(match (parent.filter(|_| is_first), empty) {
                                    _ if is_first && *is_item => fault
                                        .help("if a new item of the list begins here, write `- ` before it"),
                                    (Some(parent), Some((head, _))) => {
                                        runs_into(self.text, &scalar.text, head, parent)
                                    }
                                    (Some(_), None) => {
                                        let help = "if what another key holds begins here, write that key on a line \
                                                    above it; if not, remove one of the two";
                                        fault.help(help)
                                    }
                                    (None, _) => fault.help("remove one of the two"),
                                });
                                self.budget.keep(&mut self.faults);
                            }
                            // Where a mapping runs into the next one, its other keys follow suit.
                            *runs_on |= is_first && (*is_item || parent.is_some());
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

/// That a key without a value is indented like the keys that stand below it, whose first one, `first`, repeats one of the block
/// under the key at `parent`.
fn runs_into(text: &str, first: &str, head: &Loc<String>, parent: Span) -> Diagnostic {
    let at = head.span.range().start;
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = parent.range().start;
    let column = before - text[..before].rfind('\n').map_or(0, |end| end + 1);
    let name = &head.value;
    let message = format!("`{name}` is indented as far as `{first}` below it, and so holds nothing");
    let fault = Diagnostic::error("repeated_key", head.span, message);
    let place = Span::new(head.span.source, line, at);
    fault.help(syntax::by_blanks(column)).suggest(place, " ".repeat(column))
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
    use super::super::{plain, yaml::parse};
    use super::*;
    use crate::diagnostics::Sources;

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
            let (careful, mut others) = read(text, id, &allowance, true)
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
}
