//! How much a book may hold, counted while it is read, whichever thread reads which file.
//!
//! In: each value and each file, as they are read. Out: whether there is room for it. One book has one allowance, so that
//! many files cost no more memory than one. A reader takes room for many values at a time, and gives back what it did not
//! need.
//!
//! Which of several threads finds no room is chance. Whoever reads with several and finds that the allowance `ran_out`
//! reads once more with one, beginning with what was `used` before; a book that has room with several threads has it with one.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// How many values the files of a book may hold together, each key counted as one. A code with texts in two languages has
/// about twenty, so these are 125,000 such codes; and no command takes more than 500 MB of a book of the dearest ones.
pub const MOST_VALUES: usize = 2_500_000;
/// How many bytes the files of a book may have together.
pub const LARGEST_BOOK: usize = 64 << 20;

/// How many values room is taken for at a time, so that threads seldom meet.
const STEP: usize = 1024;

/// What is left of the limits of one book.
#[derive(Debug, Default)]
pub struct Allowance {
    values: AtomicUsize,
    bytes: AtomicUsize,
    ran_out: AtomicBool,
}

impl Allowance {
    /// One of which so many values are used already.
    pub fn used_up_to(values: usize) -> Self {
        Self { values: AtomicUsize::new(values), ..Self::default() }
    }

    /// How many values are used.
    pub fn used(&self) -> usize {
        self.values.load(Ordering::Relaxed)
    }

    /// Whether a reader found no room.
    pub fn ran_out(&self) -> bool {
        self.ran_out.load(Ordering::Relaxed)
    }

    /// Takes room for the text of a file; whether there was any.
    pub fn take_bytes(&self, bytes: usize) -> bool {
        self.bytes.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) <= LARGEST_BOOK
    }
}

/// What one reader has of an allowance.
#[derive(Debug)]
pub struct Share<'a> {
    of: &'a Allowance,
    taken: usize,
    used: usize,
}

impl<'a> Share<'a> {
    /// A share for a reader that begins.
    pub fn of(of: &'a Allowance) -> Self {
        Self { of, taken: 0, used: 0 }
    }

    /// Takes room for one value; whether there was any.
    pub fn take(&mut self) -> bool {
        self.used += 1;
        self.used <= self.taken || self.take_more()
    }

    #[cold]
    fn take_more(&mut self) -> bool {
        let more = |used: usize| (used < MOST_VALUES).then_some(MOST_VALUES.min(used + STEP));
        if let Ok(before) = self.of.values.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more) {
            self.taken += MOST_VALUES.min(before + STEP) - before;
            true
        } else {
            self.of.ran_out.store(true, Ordering::Relaxed);
            false
        }
    }

    /// How many values were taken.
    #[cfg(test)]
    pub fn used(&self) -> usize {
        self.used
    }

    /// Gives back what was not needed.
    pub fn keep(self) {
        self.of.values.fetch_sub(self.taken - self.used.min(self.taken), Ordering::Relaxed);
    }

    /// Gives back all of it: what was read is forgotten.
    pub fn give_back(self) {
        self.of.values.fetch_sub(self.taken, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_has_room_and_the_next_has_none() {
        let allowance = Allowance::used_up_to(MOST_VALUES - 3);
        let (mut one, mut other) = (Share::of(&allowance), Share::of(&allowance));
        assert!(one.take() && one.take());
        one.keep();
        assert!(other.take() && !allowance.ran_out());
        assert!(!other.take() && allowance.ran_out());
        other.give_back();
        assert_eq!(allowance.used(), MOST_VALUES - 1);
    }

    #[test]
    fn bytes_have_a_limit() {
        let allowance = Allowance::default();
        assert!(allowance.take_bytes(LARGEST_BOOK - 1) && allowance.take_bytes(1));
        assert!(!allowance.take_bytes(1));
    }
}
