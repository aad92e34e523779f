//! What a row of a JSON document leaves to others.
//!
//! In: the places of values that are not for the row around them to read: those that hold the rows of a table, those that an
//! `ignore` names, and rows that the recipe lists. Out: whether a value is one of them or holds one, and what is left of a row
//! without them. Only JSON has rows within rows; elsewhere nothing is put aside.

use std::collections::BTreeMap;
use std::ops::Range;

/// Places by their start, with their end. One may lie within another.
#[derive(Debug, Default)]
pub(super) struct Aside {
    places: BTreeMap<usize, usize>,
}

impl Aside {
    /// Puts a place aside.
    pub(super) fn add(&mut self, place: &Range<usize>) {
        let end = self.places.entry(place.start).or_default();
        *end = place.end.max(*end);
    }

    /// Puts several places aside.
    pub(super) fn extend(&mut self, places: &[Range<usize>]) {
        for place in places {
            self.add(place);
        }
    }

    /// Whether this very place is one of them.
    pub(super) fn has(&self, place: &Range<usize>) -> bool {
        self.places.get(&place.start) == Some(&place.end)
    }

    /// Whether one of them lies within `place` and is not all of it.
    pub(super) fn is_within(&self, place: &Range<usize>) -> bool {
        self.within(place).next().is_some()
    }

    /// The parts of `place` that lie in none of those within it, but for those that hold one of `read`: these are in the
    /// order of the text.
    pub(super) fn rest_of(&self, place: &Range<usize>, read: &[Range<usize>]) -> Vec<Range<usize>> {
        let holds_read = |aside: &Range<usize>| {
            let first = read.partition_point(|read| read.start < aside.start);
            read.get(first).is_some_and(|read| read.end <= aside.end)
        };
        let mut rest = Vec::new();
        let mut at = place.start;
        for aside in self.within(place).filter(|aside| !holds_read(aside)) {
            if at < aside.start {
                rest.push(at..aside.start);
            }
            at = at.max(aside.end);
        }
        if at < place.end {
            rest.push(at..place.end);
        }
        rest
    }

    fn within(&self, place: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let (from, to) = (place.start + 1, place.end.max(place.start + 1));
        self.places.range(from..to).map(|(start, end)| *start..*end).filter(move |aside| aside.end <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_what_is_left_of_it() {
        let mut aside = Aside::default();
        for place in [0..100, 20..40, 25..30, 60..70] {
            aside.add(&place);
        }
        assert_eq!(aside.rest_of(&(10..90), &[]), [10..20, 40..60, 70..90]);
        assert_eq!(aside.rest_of(&(20..40), &[]), [20..25, 30..40]);
        assert_eq!(aside.rest_of(&(26..28), &[]), vec![26..28]);
        assert_eq!(aside.rest_of(&(10..90), &[12..13, 26..27]), [10..60, 70..90]);
        assert!(aside.is_within(&(0..100)) && !aside.is_within(&(25..30)));
        assert!(aside.has(&(20..40)) && !aside.has(&(20..39)));
    }
}
