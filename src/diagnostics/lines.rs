//! From bytes to lines and columns.
//!
//! In: sources and spans. Out: lines and columns, both from 1; a column counts Unicode code points. The starts of the lines
//! of a source are found once, and the characters of a long line are counted once: a hundred thousand findings, each with
//! a label elsewhere, cost one pass over the text, even if all of it is one line.

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

/// How many bytes of a line are counted anew for each place in it.
const BLOCK: usize = 4 << 10;

/// How many characters begin in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// How many characters begin before each block of a text.
fn before_blocks(text: &str) -> Vec<u32> {
    let mut sum = 0;
    let count = |block: &[u8]| {
        let before = sum;
        // A text has less than 4 GiB, like its spans.
        sum += u32::try_from(characters(block)).unwrap_or(u32::MAX);
        before
    };
    text.as_bytes().chunks(BLOCK).map(count).collect()
}

/// Where lines start.
pub(crate) struct Lines<'a> {
    sources: &'a Sources,
    starts: BTreeMap<SourceId, Vec<u32>>,
    /// How many characters stand before each block of a source, for lines that are longer than one.
    blocks: BTreeMap<SourceId, Vec<u32>>,
}

impl<'a> Lines<'a> {
    /// The lines of `sources`, none of them counted yet.
    pub(crate) fn new(sources: &'a Sources) -> Self {
        Self { sources, starts: BTreeMap::new(), blocks: BTreeMap::new() }
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
        if at - start <= BLOCK {
            return (line, characters(&text.as_bytes()[start..at]) + 1);
        }
        let blocks = self.blocks.entry(source).or_insert_with(|| before_blocks(text));
        let before = |at: usize| {
            let block = at / BLOCK;
            blocks.get(block).map_or(0, |count| *count as usize)
                + characters(&text.as_bytes()[block * BLOCK..at])
        };
        let column = before(at) - before(start) + 1;
        (line, column)
    }

    /// The line of the byte at `at`, and where it starts.
    fn line(&mut self, source: SourceId, at: usize) -> (usize, usize) {
        let starts = self.starts(source);
        let line = starts.partition_point(|start| *start as usize <= at).max(1);
        (line, starts.get(line - 1).copied().unwrap_or_default() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_characters_however_long_the_line() {
        let text = format!("a\n{}é\nb", "设备x".repeat(5_000));
        let mut sources = Sources::default();
        let id = sources.add("a", text.clone());
        let mut lines = Lines::new(&sources);
        // In no order.
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).step_by(97).collect();
        let there_and_back = places.iter().chain(places.iter().rev()).copied();
        for at in there_and_back.chain([0, 2, text.len() - 1, text.len()]) {
            let before = &text[..at];
            let line = before.rfind('\n').map_or(0, |end| end + 1);
            let wanted = (before.matches('\n').count() + 1, before[line..].chars().count() + 1);
            assert_eq!(lines.position(id, at), wanted, "{at}");
        }
    }
}
