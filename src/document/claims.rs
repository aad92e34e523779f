//! Who has which bytes of a document.
//!
//! In: ranges, each with its owner. Out: whether somebody else has a part of a range, and what of a range nobody has.
//! Guaranteed: no byte has two owners, and every question costs the logarithm of the number of claims.

use std::collections::BTreeMap;
use std::ops::Range;

/// Who has a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// The listed row at this index of the recipe.
    Listed(usize),
    /// The table at this index of the recipe.
    Table(usize),
    /// The `ignore` at this index of the recipe.
    Ignored(usize),
}

/// Ranges that do not overlap, by their start, with their end and their owner.
#[derive(Debug, Default)]
pub(super) struct Claims {
    taken: BTreeMap<usize, (usize, Claim)>,
}

impl Claims {
    /// Takes `range`, unless somebody else has a part of it: then it is theirs, and nothing is taken. One owner may
    /// take a place several times: a grid has several rows on a line.
    pub(super) fn claim(&mut self, range: &Range<usize>, claim: Claim) -> Option<Claim> {
        if let Some(other) = self.owners(range).find(|owner| *owner != claim) {
            return Some(other);
        }
        if range.is_empty() {
            return None;
        }
        let mut whole = range.clone();
        let own: Vec<_> = self.overlapping(range).map(|(own, _)| own).collect();
        for own in own {
            whole = whole.start.min(own.start)..whole.end.max(own.end);
            self.taken.remove(&own.start);
        }
        self.taken.insert(whole.start, (whole.end, claim));
        None
    }

    /// Who has parts of `range`, in their order.
    pub(super) fn owners(&self, range: &Range<usize>) -> impl Iterator<Item = Claim> {
        self.overlapping(range).map(|(_, claim)| claim)
    }

    /// The parts of `range` that nobody has.
    pub(super) fn free(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut free = Vec::new();
        let mut at = range.start;
        for (taken, _) in self.overlapping(range) {
            if at < taken.start {
                free.push(at..taken.start);
            }
            at = taken.end;
        }
        if at < range.end {
            free.push(at..range.end);
        }
        free
    }

    fn overlapping(&self, range: &Range<usize>) -> impl Iterator<Item = (Range<usize>, Claim)> {
        let (from, to) = (range.start, range.end.max(range.start));
        let before = self.taken.range(..from).next_back().filter(move |(_, (end, _))| *end > from);
        before
            .into_iter()
            .chain(self.taken.range(from..to))
            .map(|(start, (end, claim))| (*start..*end, *claim))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_has_one_owner() {
        let mut claims = Claims::default();
        assert_eq!(claims.claim(&(10..20), Claim::Table(0)), None);
        assert_eq!(claims.claim(&(15..25), Claim::Table(0)), None);
        assert_eq!(claims.claim(&(24..30), Claim::Table(1)), Some(Claim::Table(0)));
        assert_eq!(claims.claim(&(25..30), Claim::Ignored(1)), None);
        assert_eq!(claims.claim(&(0..11), Claim::Listed(0)), Some(Claim::Table(0)));
        assert_eq!(claims.free(&(0..40)), [0..10, 30..40]);
        assert!(claims.free(&(12..28)).is_empty());
        assert_eq!(claims.owners(&(24..26)).collect::<Vec<_>>(), [Claim::Table(0), Claim::Ignored(1)]);
        assert_eq!(claims.claim(&(35..35), Claim::Table(1)), None);
        assert_eq!(claims.free(&(30..40)).first(), Some(&(30..40)));
    }
}
