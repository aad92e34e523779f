//! Where the lines of a text start.
//!
//! In: a text. Out: line numbers for byte offsets and byte ranges for line numbers, both cheap. Numbers count
//! from 0 here and from 1 in everything people see.

use std::ops::Range;

/// The starts of the lines of one text.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Finds the lines of `text`. A final line break starts no further line; an empty text has no line.
    pub fn new(text: &str) -> Self {
        let mut starts = crate::diagnostics::lines::starts(text);
        if text.is_empty() || text.ends_with('\n') {
            starts.pop();
        }
        Self { starts }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Where the line `number` starts.
    pub fn start(&self, number: usize) -> Option<usize> {
        self.starts.get(number).map(|start| *start as usize)
    }

    /// The line that the byte at `offset` is on.
    pub fn of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// From the start of line `first` to the end of line `last`, without its line break; both are clamped.
    pub fn range(&self, first: usize, last: usize, text: &str) -> Range<usize> {
        let start = self.start(first).unwrap_or(text.len());
        let end = self.start(last.saturating_add(1)).map_or(text.len(), |next| next - 1);
        let end = end.max(start);
        if end > start && end == text.len() && text.ends_with('\n') { start..end - 1 } else { start..end }
    }

    /// The lines that `range` has bytes on; an empty range is on the line of its place.
    pub fn touched(&self, range: &Range<usize>) -> Range<usize> {
        if self.starts.is_empty() {
            return 0..0;
        }
        let last = range.end.saturating_sub(1).max(range.start);
        self.of(range.start)..self.of(last) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_and_ranges_end_before_the_break() {
        let text = "a\n\nbc\n";
        let lines = Lines::new(text);
        assert_eq!(lines.count(), 3);
        assert_eq!((0..6).map(|at| lines.of(at)).collect::<Vec<_>>(), [0, 0, 1, 2, 2, 2]);
        assert_eq!(lines.range(0, 0, text), 0..1);
        assert_eq!(lines.range(1, 2, text), 2..5);
        assert_eq!(lines.range(7, 9, text), 6..6);
        assert_eq!(lines.touched(&(0..3)), 0..2);
        assert_eq!(Lines::new("").count(), 0);
        assert_eq!(Lines::new("x").range(0, 5, "x"), 0..1);
    }
}
