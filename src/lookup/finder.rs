//! Finds all terms of a question in a text at once.
//!
//! In: terms, and texts in the form that `fold::searchable` makes. Out: how well what was read says each term, and how much
//! of a text was asked for. Guaranteed: a text is read once, however many ways there are of saying the terms: a question
//! has hundreds of them, and a book a million texts.
//!
//! Deliberately elsewhere: what a term is, and what follows from its being found (`words`).

use super::words::Term;
use aho_corasick::AhoCorasick;

/// What denies the word that follows, in searched texts, where each word stands between blanks.
const DENIALS: [&str; 6] = [" not", " no", "未", "没有", "没", "不"];

/// The ways of saying some terms.
pub(super) struct Finder {
    ways: AhoCorasick,
    /// The term that each way says, how many characters it has, and whether it can be denied.
    said: Vec<(usize, usize, bool)>,
    /// How well each term was said.
    best: Vec<f64>,
    /// The longest way in which the text at hand says each term.
    longest: Vec<usize>,
}

impl Finder {
    pub(super) fn new(terms: &[Term]) -> Self {
        let ways = || terms.iter().flat_map(|term| &term.ways);
        let of_term = |(index, term): (usize, &'_ Term)| {
            let length = |way: &String| way.chars().filter(|ch| *ch != ' ').count();
            let deniable = term.deniable;
            term.ways.iter().map(move |way| (index, length(way), deniable)).collect::<Vec<_>>()
        };
        Self {
            ways: AhoCorasick::new(ways())
                .expect("a question is far shorter than the 2^31 bytes that this takes"),
            said: terms.iter().enumerate().flat_map(of_term).collect(),
            best: vec![0.0; terms.len()],
            longest: vec![0; terms.len()],
        }
    }

    /// Forgets what was found.
    pub(super) fn forget(&mut self) {
        self.best.fill(0.0);
    }

    /// Reads a text in which a term counts so much.
    pub(super) fn find(&mut self, text: &str, weight: f64) {
        for (term, _) in said_in(&self.ways, &self.said, text) {
            self.best[term] = self.best[term].max(weight);
        }
    }

    /// How well what was read since `forget` says each term: 0 if not at all.
    pub(super) fn best(&self) -> &[f64] {
        &self.best
    }

    /// How many characters of a text were asked for.
    pub(super) fn asked(&mut self, text: &str) -> usize {
        self.longest.fill(0);
        for (term, length) in said_in(&self.ways, &self.said, text) {
            self.longest[term] = self.longest[term].max(length);
        }
        self.longest.iter().sum()
    }
}

/// The terms that a text says, and with how many characters each time; where it counts, not behind a word that denies it:
/// `not registered` does not say `registered`.
fn said_in<'a>(
    ways: &'a AhoCorasick,
    said: &'a [(usize, usize, bool)],
    text: &'a str,
) -> impl Iterator<Item = (usize, usize)> {
    ways.find_overlapping_iter(text).filter_map(move |found| {
        let (term, length, deniable) = said[found.pattern().as_usize()];
        let is_denied = || DENIALS.iter().any(|denial| text[..found.start()].ends_with(denial));
        (!deniable || !is_denied()).then_some((term, length))
    })
}
