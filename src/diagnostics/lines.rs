//! From bytes to lines and columns.
//!
//! In: sources and spans. Out: lines and columns, both from 1; a column counts Unicode code points. The starts of the lines
//! of a source are found once, and columns are counted on from the last one asked for: a hundred thousand findings
//! in their order cost one pass over the text, even if all of it is one line.

use super::{SourceId, Sources, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// How far from the start of its line a place without a picture still gets a column.
const LAST_COLUMN: usize = 4 << 10;

/// Where the lines of a text start: behind each line end, even behind a final one. As narrow as spans, and no more room
/// than they take, because a hostile file is all line ends.
pub(crate) fn starts(text: &str) -> Vec<u32> {
    let mut starts = Vec::with_capacity(text.bytes().filter(|byte| *byte == b'\n').count() + 1);
    starts.push(0);
    starts.extend((1..).zip(text.bytes()).filter(|(_, byte)| *byte == b'\n').map(|(next, _)| next));
    starts
}

/// Where lines start.
pub(crate) struct Lines<'a> {
    sources: &'a Sources,
    starts: BTreeMap<SourceId, Vec<u32>>,
    /// The last place whose column was counted: its source, its offset and its column.
    last: Option<(SourceId, usize, usize)>,
}

impl<'a> Lines<'a> {
    /// The lines of `sources`, none of them counted yet.
    pub(crate) fn new(sources: &'a Sources) -> Self {
        Self { sources, starts: BTreeMap::new(), last: None }
    }

    /// The sources themselves.
    pub(super) fn sources(&self) -> &'a Sources {
        self.sources
    }

    fn starts(&mut self, source: SourceId) -> &[u32] {
        let text = &self.sources.get(source).text;
        self.starts.entry(source).or_insert_with(|| starts(text))
    }

    /// The whole lines that `spans` are on and those between them, and the number of the first, from 1.
    pub(super) fn around(
        &mut self,
        source: SourceId,
        spans: impl Iterator<Item = Span>,
    ) -> (Range<usize>, usize) {
        let length = self.sources.get(source).text.len();
        let (mut from, mut to) = (length, 0);
        for span in spans {
            from = from.min(span.range().start);
            to = to.max(span.range().end);
        }
        let starts = self.starts(source);
        let first = starts.partition_point(|start| *start as usize <= from).saturating_sub(1);
        let end = starts.get(starts.partition_point(|start| *start as usize <= to));
        let end = end.map_or(length, |end| *end as usize);
        (starts.get(first).copied().unwrap_or_default() as usize..end, first + 1)
    }

    /// The line and, if it is not far from the start of the line, the column of a place.
    pub(super) fn place(&mut self, span: Span) -> (usize, Option<usize>) {
        let at = span.range().start;
        let (line, start) = self.line(span.source, at);
        let text = &self.sources.get(span.source).text;
        let before = text.get(start..at).filter(|before| before.len() <= LAST_COLUMN);
        (line, before.map(|before| before.chars().count() + 1))
    }

    /// The line and the column of the byte at `at`.
    pub(crate) fn position(&mut self, source: SourceId, at: usize) -> (usize, usize) {
        let text = &self.sources.get(source).text;
        let at = at.min(text.len());
        let (line, start) = self.line(source, at);
        let (from, column) = match self.last {
            Some((last, offset, column)) if last == source && (start..=at).contains(&offset) => {
                (offset, column)
            }
            _ => (start, 1),
        };
        let column = column + text.get(from..at).map_or(0, |before| before.chars().count());
        self.last = Some((source, at, column));
        (line, column)
    }

    /// The line of the byte at `at`, and where it starts.
    fn line(&mut self, source: SourceId, at: usize) -> (usize, usize) {
        let starts = self.starts(source);
        let line = starts.partition_point(|start| *start as usize <= at).max(1);
        (line, starts.get(line - 1).copied().unwrap_or_default() as usize)
    }
}
