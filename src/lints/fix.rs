//! Writes the fixes that have one right answer.
//!
//! In: diagnostics and the sources they point into. Out: the new text of each source that changes. Only fixes that
//! are `MachineApplicable` are taken; of two that touch the same text the first is, and the next round finds the
//! other again. A text that takes several lines is left to a person: its place does not show where its block begins.
//! Nothing is written to disk here; whoever does asks `has_same_shape` first.

use crate::diagnostics::{Applicability, Diagnostic, Edit, SourceId, Sources};
use crate::spec::yaml::{Node, NodeKind};
use std::collections::BTreeMap;

/// The new texts, and how many fixes they hold.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The new text of each source that changes.
    pub texts: BTreeMap<SourceId, String>,
    /// How many findings are mended.
    pub count: usize,
}

/// Applies every fix that has one right answer.
pub fn apply(diagnostics: &[Diagnostic], sources: &Sources) -> Fixed {
    let mut fixed = Fixed::default();
    let mut taken: BTreeMap<SourceId, Vec<&Edit>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let Some(fix) = &diagnostic.fix else { continue };
        if fix.applicability != Applicability::MachineApplicable {
            continue;
        }
        let free = fix.edits.iter().all(|edit| {
            let others = taken.get(&edit.span.source).into_iter().flatten();
            others.clone().all(|other| apart(edit, other))
        });
        if free && fix.edits.iter().all(|edit| is_on_one_line(edit, sources)) {
            for edit in &fix.edits {
                taken.entry(edit.span.source).or_default().push(edit);
            }
            fixed.count += 1;
        }
    }
    for (source, mut edits) in taken {
        edits.sort_by_key(|edit| edit.span);
        let text = &sources.get(source).text;
        let (mut out, mut done) = (String::with_capacity(text.len()), 0);
        for edit in edits {
            let range = edit.span.range();
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str(&edit.text);
            done = range.end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        fixed.texts.insert(source, out);
    }
    fixed
}

/// Whether what an edit replaces stands on one line, and not in a block whose `|` or `>` is on a line above.
fn is_on_one_line(edit: &Edit, sources: &Sources) -> bool {
    let text = &sources.get(edit.span.source).text;
    let range = edit.span.range();
    let above = text.get(..range.start).unwrap_or_default();
    let (above, beside) = above.rsplit_once('\n').unwrap_or(("", above));
    let header = above.trim_end().lines().last().unwrap_or_default();
    let header = header.split_once(" #").map_or(header, |(header, _)| header).trim_end();
    let header = header.trim_end_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '+' | '-'));
    let is_in_block = beside.trim().is_empty() && header.ends_with(['|', '>']);
    !is_in_block && text.get(range).is_some_and(|old| !old.contains('\n'))
}

/// Whether two trees differ in the texts of their values alone.
pub fn has_same_shape(old: &Node, new: &Node) -> bool {
    match (&old.kind, &new.kind) {
        (NodeKind::Scalar(_), NodeKind::Scalar(_)) => true,
        (NodeKind::Sequence(old), NodeKind::Sequence(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| has_same_shape(old, new))
        }
        (NodeKind::Mapping(old), NodeKind::Mapping(new)) => {
            let same = |((key, old), (other, new)): (&(_, Node), &(_, Node))| {
                key == other && has_same_shape(old, new)
            };
            old.len() == new.len() && old.iter().zip(new).all(same)
        }
        _ => false,
    }
}

/// Whether two edits of one source leave each other alone. Two insertions at one place do not: their order is open.
fn apart(a: &Edit, b: &Edit) -> bool {
    a.span.end < b.span.start
        || b.span.end < a.span.start
        || (a.span.end == b.span.start && a.span.start != b.span.end)
        || (b.span.end == a.span.start && b.span.start != a.span.end)
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
        assert_eq!((fixed.count, fixed.texts[&id].as_str()), (2, "1 2 three"));
        let twice = apply(&[fix(3, 3, "a"), fix(3, 3, "b")], &sources);
        assert_eq!((twice.count, twice.texts[&id].as_str()), (1, "onea two three"));
    }
}
