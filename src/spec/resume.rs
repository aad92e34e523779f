//! What else is wrong with a list in which a syntax fault was found.
//!
//! In: a text, and the reading of it that the fault stopped. Out: that fault, those of the items above it, and those of the
//! items behind it. The list is one of blocks at the top of the file, as people write it. A text of several lines is
//! indented deeper than its key, be it quoted or not, so a line with `- ` at the indentation of the items begins an item
//! even if a quote or a bracket was left open above; reading goes on there. The item with the fault is given up: what it
//! lacks may stand behind the fault.
//!
//! Deliberately elsewhere: everything that is not a syntax fault. An anchor or a conflict of a merge is one decision of its
//! author, and would be told again for every item.

use super::allowance::Allowance;
use super::careful::{self, Open, Stopped};
use super::syntax;
use super::yaml::{NodeKind, Taken};
use crate::diagnostics::{Diagnostic, SourceId, Span};
use std::ops::Range;

/// How often reading goes on behind a syntax fault. Whoever has more of them has one that was made many times.
const MOST: usize = 20;

/// The faults of a text whose list under `key` was being read into `items`.
pub(super) fn all_faults<T>(
    text: &str,
    source: SourceId,
    key: &str,
    stopped: Stopped,
    mut items: Taken<T>,
) -> Vec<Diagnostic> {
    let (Some(mut at), Some(list)) = (place(&stopped), List::find(text, key)) else { return stopped.faults };
    let Stopped { mut faults, mut open, .. } = stopped;
    if let Some(Open::Mapping { key: Some(open_key), .. }) = open.first()
        && open_key.value == key
    {
        open.remove(0);
        items.take_open(open);
        faults.append(&mut items.faults);
    }
    for _ in 0..MOST {
        let Some(start) = list.item_behind(text, at) else { break };
        let mut found =
            match careful::read(&text[start..list.lines.end], source, &Allowance::default(), false) {
                Ok((root, _)) => {
                    if let NodeKind::Sequence(nodes) = root.kind {
                        for node in nodes {
                            items.take(&node);
                        }
                    }
                    at = text.len();
                    Vec::new()
                }
                Err(stopped) => {
                    at = place(&stopped).map_or(text.len(), |at| start + at);
                    items.take_open(stopped.open);
                    stopped.faults
                }
            };
        found.append(&mut items.faults);
        faults.extend(found.into_iter().map(|fault| moved(fault, start)));
    }
    items.budget.close(&mut faults);
    faults
}

impl<T> Taken<T> {
    /// Takes the items of the list that is the outermost of what was open.
    fn take_open(&mut self, open: Vec<Open>) {
        // With nothing open in it, the last item was ended by the line with the fault, which may belong to it.
        let is_cut = open.len() == 1;
        if let Some(Open::Sequence(_, nodes)) = open.into_iter().next() {
            let whole = nodes.len().saturating_sub(usize::from(is_cut));
            for node in nodes.into_iter().take(whole) {
                self.take(&node);
            }
        }
    }
}

/// Where the syntax fault is that stopped a reading, if one did: what is never closed is at fault where it opens.
fn place(stopped: &Stopped) -> Option<usize> {
    let fault = stopped.faults.last().filter(|fault| fault.id == "yaml_syntax")?;
    Some(fault.span()?.range().start.min(stopped.at?))
}

/// A fault of a part of a text as one of the whole.
fn moved(mut fault: Diagnostic, by: usize) -> Diagnostic {
    let moved = |span: Span| Span::new(span.source, span.range().start + by, span.range().end + by);
    fault.labels.iter_mut().for_each(|label| label.span = moved(label.span));
    if let Some(fix) = &mut fault.fix {
        fix.edits.iter_mut().for_each(|edit| edit.span = moved(edit.span));
    }
    fault
}

/// A list of blocks at the top of a file.
struct List {
    /// From its first line to the end of its last.
    lines: Range<usize>,
    /// What each item begins with: blanks, and `- `.
    mark: String,
}

impl List {
    fn find(text: &str, key: &str) -> Option<Self> {
        let head = format!("{key}:\n");
        let begins_line = |at: &usize| text[..*at].is_empty() || text[..*at].ends_with('\n');
        let start = text.match_indices(&head).map(|(at, _)| at).find(begins_line)? + head.len();
        let says_something = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let first = text[start..].lines().find(says_something)?;
        let indent = first.len() - first.trim_start_matches(' ').len();
        let mark = format!("{}- ", &first[..indent]);
        if !first.starts_with(&mark) {
            return None;
        }
        // A line that is indented no deeper than the key ends the list, unless it slipped there and more items follow.
        let is_beside = |line: &str| !line.starts_with([' ', '#', '\n', '\t']) && !line.starts_with(&mark);
        let ends = |line: &str| {
            let key = line.trim_start_matches("- ").split_once(':');
            key.is_some_and(|(key, value)| syntax::begins_part(key, !value.trim().is_empty()))
        };
        let (mut at, mut end) = (start, None);
        for line in text[start..].split_inclusive('\n') {
            if is_beside(line) {
                end = end.or(Some(at));
                if ends(line) {
                    break;
                }
            } else if line.starts_with(&mark) {
                end = None;
            }
            at += line.len();
        }
        Some(Self { lines: start..end.unwrap_or(text.len()), mark })
    }

    /// Where the next line behind `at` begins that begins an item.
    fn item_behind(&self, text: &str, at: usize) -> Option<usize> {
        let from = at.max(self.lines.start - 1);
        let rest = text.get(from..self.lines.end)?;
        rest.match_indices('\n')
            .map(|(line, _)| from + line + 1)
            .find(|line| text[*line..].starts_with(&self.mark))
    }
}
