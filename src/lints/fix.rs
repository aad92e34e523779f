//! Writes the fixes that have one right answer.
//!
//! In: diagnostics and the sources they point into. Out: the new text of each source that changes. Only fixes that
//! are `MachineApplicable` are taken; of two that touch the same text the first is, and the next round finds the
//! other again. An edit says what a value should be, and is fitted to how that value is written (`Edit::fitted`); here a key
//! that goes away takes its line along, or in braces its comma, and whatever it would leave empty.
//! Where a comment would be lost, the fix is left to a person.
//!
//! Nothing is written to disk here; whoever does asks `reads_back` first.

use crate::diagnostics::{Applicability, Diagnostic, Edit, SourceId, Sources, Span};
use crate::parallel;
use crate::spec::yaml::{self, Node, NodeKind};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The new texts, and how many fixes they hold.
#[derive(Debug, Default)]
pub struct Fixed {
    /// Each source that changes.
    pub sources: BTreeMap<SourceId, Mended>,
    /// How many findings are mended.
    pub count: usize,
}

/// A source with some fixes.
#[derive(Debug, Default)]
pub struct Mended {
    /// The new text.
    pub text: String,
    /// The places of the values that have another text now.
    changed: BTreeSet<Span>,
    /// The places of the keys that are gone.
    removed: BTreeSet<Span>,
}

/// What one edit does to a source.
struct Change {
    /// What is replaced.
    range: Range<usize>,
    text: String,
    /// What no other change of the same round may touch.
    claim: Range<usize>,
    /// The key that goes away.
    removed: Option<Span>,
}

/// Applies every fix that has one right answer.
pub fn apply(diagnostics: &[Diagnostic], sources: &Sources) -> Fixed {
    let mut fixed = Fixed::default();
    let mut trees: BTreeMap<SourceId, Option<Node>> = BTreeMap::new();
    let mut taken: BTreeMap<SourceId, Vec<(Span, Change)>> = BTreeMap::new();
    // The claims of each source, by their starts; they never touch each other.
    let mut claims: BTreeMap<SourceId, BTreeMap<usize, usize>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let Some(fix) = diagnostic.change(sources).filter(|_| is_sure(diagnostic)) else { continue };
        let change = |edit: &Edit| {
            let source = edit.span.source;
            let text = &sources.get(source).text;
            if edit.text.is_empty() {
                let tree = trees.entry(source).or_insert_with(|| yaml::parse(sources, source).ok());
                removal(tree.as_ref()?, text, edit.span)
            } else {
                Some(replacement(edit, text))
            }
        };
        let changes: Option<Vec<_>> = fix.edits.iter().map(change).collect();
        let Some(changes) = changes else { continue };
        let is_free = fix.edits.iter().zip(&changes).all(|(edit, change)| {
            claims.get(&edit.span.source).is_none_or(|claims| is_free(claims, &change.claim))
        });
        if is_free {
            for (edit, change) in fix.edits.iter().zip(changes) {
                let claims = claims.entry(edit.span.source).or_default();
                claims.insert(change.claim.start, change.claim.end);
                taken.entry(edit.span.source).or_default().push((edit.span, change));
            }
            fixed.count += 1;
        }
    }
    for (source, mut changes) in taken {
        changes.sort_by_key(|(_, change)| change.range.start);
        let text = &sources.get(source).text;
        let mut mended = Mended { text: String::with_capacity(text.len()), ..Mended::default() };
        let mut done = 0;
        for (span, change) in changes {
            mended.text.push_str(text.get(done..change.range.start).unwrap_or_default());
            mended.text.push_str(&change.text);
            done = change.range.end;
            match change.removed {
                Some(key) => mended.removed.insert(key),
                None => mended.changed.insert(span),
            };
        }
        mended.text.push_str(text.get(done..).unwrap_or_default());
        fixed.sources.insert(source, mended);
    }
    fixed
}

/// Says of each key that goes away what text goes with it, for programs that make an edit as they are told it. A fix that
/// is left to a person because a comment would be lost is none for them either.
pub fn spell_out(diagnostics: &mut [Diagnostic], sources: &Sources) {
    let mut trees: BTreeMap<SourceId, Option<Node>> = BTreeMap::new();
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| is_sure(diagnostic)) {
        let Some(fix) = &mut diagnostic.fix else { continue };
        let mut is_whole = true;
        for edit in fix.edits.iter_mut().filter(|edit| edit.text.is_empty()) {
            let source = edit.span.source;
            let tree = trees.entry(source).or_insert_with(|| yaml::parse(sources, source).ok());
            let change = tree.as_ref().and_then(|tree| removal(tree, &sources.get(source).text, edit.span));
            match change {
                Some(change) => edit.span = Span::new(source, change.range.start, change.range.end),
                None => is_whole = false,
            }
        }
        if !is_whole {
            diagnostic.fix = None;
        }
    }
}

/// Whether a finding has one right answer.
pub fn is_sure(diagnostic: &Diagnostic) -> bool {
    diagnostic.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::MachineApplicable)
}

/// Whether a range touches none of the others. Two insertions at one place do touch: their order is open.
fn is_free(claims: &BTreeMap<usize, usize>, range: &Range<usize>) -> bool {
    let touches = |(start, end): (&usize, &usize)| {
        let is_apart = range.end < *start
            || *end < range.start
            || (range.end == *start && range.start != *end)
            || (*end == range.start && *start != range.end);
        !is_apart
    };
    // Claims do not touch each other, so the nearest on both sides tell.
    !claims.range(..=range.end).next_back().is_some_and(touches)
        && !claims.range(range.start..).next().is_some_and(touches)
}

/// A value in another form.
fn replacement(edit: &Edit, text: &str) -> Change {
    let Edit { span, text } = edit.fitted(text).into_owned();
    Change { claim: span.range(), range: span.range(), text, removed: None }
}

/// Takes away the key that stands at `place` with its value, and the mappings that it would leave empty.
fn removal(root: &Node, text: &str, place: Span) -> Option<Change> {
    let mut path: Vec<(&Node, usize)> = Vec::new();
    find(root, place.range().start, &mut path);
    // The innermost mapping that keeps another key.
    while path
        .last()
        .is_some_and(|(node, _)| matches!(&node.kind, NodeKind::Mapping(entries) if entries.len() == 1))
    {
        path.pop();
    }
    let (node, index) = path.pop()?;
    let NodeKind::Mapping(entries) = &node.kind else { return None };
    let (key, value) = entries.get(index)?;
    let start = key.span.range().start;
    let end = value.span.range().end.max(key.span.range().end);
    let end = start + text.get(start..end)?.trim_end().len();
    let rest = &text[end..];
    let range = if text[node.span.range()].starts_with('{') {
        // In braces: with the comma behind it, or the one before it.
        if let Some(behind) = rest.trim_start().strip_prefix(',') {
            start..text.len() - behind.trim_start().len()
        } else {
            text[..start].trim_end().strip_suffix(',')?.len()..end
        }
    } else {
        // Its lines, if nothing else stands on them: no `- ` before it, and no comment.
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let is_alone = text[line..start].bytes().all(|byte| byte == b' ')
            && rest[..line_end].trim_start_matches(':').trim().is_empty()
            && !text[start..end].contains(" #");
        if !is_alone {
            return None;
        }
        line..end + line_end
    };
    let claim = node.span.range();
    let claim = claim.start.min(range.start)..claim.end.max(range.end);
    Some(Change { range, text: String::new(), claim, removed: Some(key.span) })
}

/// Goes down to the key or the value at `place`, and remembers the mappings on the way with the entry that leads there.
fn find<'a>(node: &'a Node, place: usize, path: &mut Vec<(&'a Node, usize)>) {
    let holds = |node: &Node| node.span.range().contains(&place);
    // The last that begins there or before: a book may have a hundred thousand, and as many things to mend.
    let begins = |span: Span| span.range().start <= place;
    match &node.kind {
        NodeKind::Scalar(_) => {}
        NodeKind::Sequence(items) => {
            let after = items.partition_point(|item| begins(item.span));
            if let Some(item) = items[..after].last().filter(|item| holds(item)) {
                // A mapping that loses all its keys is still an item of the list.
                path.clear();
                find(item, place, path);
            }
        }
        NodeKind::Mapping(entries) => {
            let after = entries.partition_point(|(key, _)| begins(key.span));
            let Some((key, value)) = entries[..after].last() else { return };
            if key.span.range().contains(&place) || holds(value) {
                path.push((node, after - 1));
                find(value, place, path);
            }
        }
    }
}

/// Whether a mended source reads as it did, but for the values that were changed and the keys that were removed.
pub fn reads_back(sources: &Sources, source: SourceId, mended: &Mended) -> bool {
    let mut again = Sources::default();
    let id = again.add(&sources.get(source).path, mended.text.clone());
    let parse = |index| if index == 0 { yaml::parse(sources, source) } else { yaml::parse(&again, id) };
    match parallel::map(2, parse).as_slice() {
        [Ok(old), Ok(new)] => is_mended(old, new, mended),
        _ => false,
    }
}

fn is_mended(old: &Node, new: &Node, mended: &Mended) -> bool {
    match (&old.kind, &new.kind) {
        (NodeKind::Scalar(before), NodeKind::Scalar(after)) => {
            before.text == after.text || mended.changed.contains(&old.span)
        }
        (NodeKind::Sequence(old), NodeKind::Sequence(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_mended(old, new, mended))
        }
        (NodeKind::Mapping(old), NodeKind::Mapping(new)) => {
            let kept: Vec<_> = old.iter().filter(|(key, _)| !mended.removed.contains(&key.span)).collect();
            let same =
                |(old, new): (&&(_, Node), &(_, Node))| old.0 == new.0 && is_mended(&old.1, &new.1, mended);
            kept.len() == new.len() && kept.iter().zip(new).all(same)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Span;

    #[test]
    fn fixes_that_touch_wait_for_the_next_round() {
        let mut sources = Sources::default();
        let id = sources.add("a", "one two three".to_owned());
        let fix = |from, to, text: &str| {
            Diagnostic::error("x", Span::new(id, from, to), "m").fix(Span::new(id, from, to), text)
        };
        let likely = Diagnostic::error("x", Span::new(id, 8, 13), "m").suggest(Span::new(id, 8, 13), "3");
        let fixed = apply(&[fix(4, 7, "2"), fix(0, 3, "1"), fix(2, 5, "-"), likely], &sources);
        assert_eq!((fixed.count, fixed.sources[&id].text.as_str()), (2, "1 2 three"));
        let twice = apply(&[fix(3, 3, "a"), fix(3, 3, "b")], &sources);
        assert_eq!((twice.count, twice.sources[&id].text.as_str()), (1, "onea two three"));
    }

    /// What a text becomes when the value at `old` is to be `new`, if it can be mended and reads back.
    fn mend(text: &str, old: &str, new: &str) -> Option<String> {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text.to_owned());
        let at = text.find(old).expect("it is there");
        let place = Span::new(id, at, at + old.len());
        let fixed = apply(&[Diagnostic::error("x", place, "m").fix(place, new)], &sources);
        let mended = fixed.sources.get(&id)?;
        assert!(yaml::parse(&sources, id).is_ok(), "{text}");
        Some(mended.text.clone())
    }

    #[test]
    fn a_value_is_mended_in_every_style() {
        let cases = [
            ("a: x  y\nb: 1\n", "x  y", "a: new\nb: 1\n"),
            ("a: 'x  y' # c\n", "'x  y'", "a: new # c\n"),
            ("a: {b: \"x\n  y\", c: 1}\n", "\"x\n  y\"", "a: {b: new, c: 1}\n"),
            ("- [x  y, z]\n", "x  y", "- [new, z]\n"),
            ("a: x\n  y\nb: 1\n", "x\n  y", "a: new\nb: 1\n"),
            ("a: |\n  x  y\n  z\nb: 1\n", "x  y\n  z\n", "a: new\nb: 1\n"),
            ("a: >2- # c\n\n    x  y\n\n  z\n\n\nb: 1\n", "x  y\n\n  z\n\n\n", "a: new # c\n\n\nb: 1\n"),
            ("- - |\n    x  y\n", "x  y\n", "- - new\n"),
            ("- a: |\n   x  y\n  b: 1\n", "x  y", "- a: new\n  b: 1\n"),
            ("a:\n  |-\n  x  y\n # c\n", "x  y", "a:\n  new\n # c\n"),
            // A part of a block stays in it, and a block of no line ends before the next key.
            ("a: |\n  x  y\n  z\n", "x", "a: |\n  new  y\n  z\n"),
            ("a: |\n  x  y\n  z\n", "x  y", "a: |\n  new\n  z\n"),
            ("a: |\nb: 1\n", "b", "a: |\nnew: 1\n"),
            ("- |\n- x\n", "x", "- |\n- new\n"),
        ];
        for (text, old, new) in cases {
            assert_eq!(mend(text, old, "new").as_deref(), Some(new), "{text}");
        }
    }

    #[test]
    fn a_key_goes_with_its_line_and_what_it_leaves_empty() {
        let cases = [
            ("a: 1\nb: x\nc: 3\n", "b: x", Some("a: 1\nc: 3\n")),
            ("a: 1\nd:\n  b: x\n", "b: x", Some("a: 1\n")),
            ("a: 1\nd:\n  b: x\n  e: 2\n", "b: x", Some("a: 1\nd:\n  e: 2\n")),
            ("a: 1\nd: {b: x}\n", "b: x", Some("a: 1\n")),
            ("a: {b: x, c: 1}\n", "b: x", Some("a: {c: 1}\n")),
            ("a: {c: 1, b: x}\n", "b: x", Some("a: {c: 1}\n")),
            ("- a: 1\n  b: |\n    x\n    y\n- c: 1\n", "b: |\n    x\n    y", Some("- a: 1\n- c: 1\n")),
            // What would take a comment or the mark of an item along is left to a person.
            ("a: 1\nb: x # c\n", "b: x", None),
            ("- b: x\n  c: 1\n", "b: x", None),
            ("- b: x\n- c: 1\n", "b: x", None),
        ];
        for (text, old, new) in cases {
            assert_eq!(mend(text, old, "").as_deref(), new, "{text}");
        }
    }

    #[test]
    fn what_does_not_read_back_is_seen() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "a: 1\nb: 2\n".to_owned());
        let reads = |text: &str, changed: &[Span], removed: &[Span]| {
            let (changed, removed) = (changed.iter().copied().collect(), removed.iter().copied().collect());
            reads_back(&sources, id, &Mended { text: text.to_owned(), changed, removed })
        };
        let (one, key) = (Span::new(id, 3, 4), Span::new(id, 5, 6));
        assert!(reads("a: 7\nb: 2\n", &[one], &[]) && reads("a: 1\n", &[], &[key]));
        assert!(!reads("a: 7\nb: 2\n", &[], &[]) && !reads("a: 1\n", &[one], &[]));
        assert!(!reads("a: 1\nb: 3\n", &[one], &[]) && !reads("a: [\n", &[one], &[]));
    }
}
