//! Finds entries by words: what a support engineer types who has no code.
//!
//! In: the entries of a book and a question in any of its languages, or in several at once. Out: the entries that say
//! the same, best first, each with how much of the question it answers (0 to 1).
//!
//! A question is cut into terms. A term is found in an entry if one of its ways of being said stands there: the
//! words of a group (`vocabulary`) are ways of saying one thing, but where the entry denies it and the question does not;
//! any other Latin word is itself, and a Chinese run is its pairs of characters, because nothing says where its words end. A term weighs the more, the fewer entries it is found in,
//! and counts in full where an entry's name or message says it, in part where only its condition or its advice does. A
//! Latin word that no entry has is taken for the nearest one that some entry has, and that is told.
//!
//! Everything is compared in the forms that `fold` makes. Nothing is prepared or kept: a search reads every entry for all
//! terms at once (`finder`), however many they are.

use super::finder::Finder;
use super::fold::{self, is_unspaced, plain, searchable, stem};
use super::vocabulary::{FAINT, GROUPS, IDLE, IDLE_UNSPACED};
use crate::model::{Book, Condition, Domain, ErrorCode, Name};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// How much an entry's fields count.
const CONDITION_WEIGHT: f64 = 0.8;
const ADVICE_WEIGHT: f64 = 0.5;
/// How much of a score is how little else the entry says.
const BREVITY: f64 = 0.12;

/// An entry that answers a question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked<'a> {
    pub(super) domain: &'a Domain,
    pub(super) error: &'a ErrorCode,
    /// How much of the question it answers, from 0 to 1.
    pub(super) coverage: f64,
    /// The order of the list.
    pub(super) score: f64,
}

/// What a search comes to.
#[derive(Debug, Default)]
pub(super) struct Search<'a> {
    /// Best first.
    pub(super) ranked: Vec<Ranked<'a>>,
    /// Words of the question that were taken for others: as written, as searched.
    pub(super) corrected: Vec<(String, String)>,
}

/// One meaning of an entry, as it is searched.
struct Leaf<'a> {
    domain: &'a Domain,
    error: &'a ErrorCode,
    /// Name and message.
    says: Vec<String>,
    /// Its condition.
    condition: String,
    /// What to do, and notes.
    advice: String,
}

/// One thing that a question asks for.
pub(super) struct Term {
    /// The ways of saying it.
    pub(super) ways: Vec<String>,
    /// The word as it was written, if it is a single Latin word that may be mistyped.
    word: Option<String>,
    /// Whether a text that denies it says something else.
    pub(super) deniable: bool,
    weight: f64,
}

/// Searches the entries of `domains` for the words of `question`.
pub(super) fn search<'a>(book: &'a Book, domains: &[&'a Domain], question: &str) -> Search<'a> {
    let conditions = book.conditions.iter().map(|condition| (&condition.name, condition)).collect();
    let leaves: Vec<_> = domains.iter().flat_map(|domain| leaves(book, &conditions, domain)).collect();
    let mut terms = terms(question);
    let mut corrected = Vec::new();
    weigh(&leaves, &mut terms, &mut corrected);
    let total: f64 = terms.iter().map(|term| term.weight).sum();
    if total <= 0.0 {
        return Search::default();
    }
    let mut ranked: Vec<Ranked<'a>> = Vec::new();
    let mut finder = Finder::new(&terms);
    for leaf in &leaves {
        let held = terms.iter().zip(leaf.held(&mut finder));
        let found: f64 = held.map(|(term, held)| term.weight * held).sum();
        if found <= 0.0 {
            continue;
        }
        let coverage = found / total;
        let score = coverage * (1.0 - BREVITY) + leaf.brevity(&mut finder) * BREVITY;
        let this = Ranked { domain: leaf.domain, error: leaf.error, coverage, score };
        match ranked.last_mut() {
            // A further meaning of the same code.
            Some(last) if std::ptr::eq(last.error, leaf.error) => {
                if last.score < score {
                    *last = this;
                }
            }
            _ => ranked.push(this),
        }
    }
    // The sort is stable: what is equal stays in the order of the book.
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    Search { ranked, corrected }
}

fn leaves<'a>(book: &'a Book, conditions: &BTreeMap<&Name, &Condition>, domain: &'a Domain) -> Vec<Leaf<'a>> {
    let mut leaves = Vec::with_capacity(domain.errors.len());
    for error in &domain.errors {
        for meaning in error.meanings() {
            let mut says = vec![searchable(&meaning.name.as_str().replace('_', " "))];
            let mut advice = String::new();
            for index in 0..book.locales.len() {
                let texts = [&meaning.message, &meaning.erratum_message];
                says.extend(texts.iter().filter_map(|texts| texts.written(index)).map(searchable));
                if let Some(text) = meaning.solution.written(index) {
                    advice.push_str(&searchable(text));
                }
            }
            let mut condition = String::new();
            if let Some(known) = meaning.condition.as_ref().and_then(|name| conditions.get(name)) {
                condition.push_str(&searchable(&known.name.as_str().replace('_', " ")));
                for index in 0..book.locales.len() {
                    condition.push_str(&searchable(known.title.written(index).unwrap_or_default()));
                }
            }
            leaves.push(Leaf { domain, error, says, condition, advice });
        }
    }
    leaves
}

impl Leaf<'_> {
    /// How well the entry says each term: 0 if not at all.
    fn held<'f>(&self, finder: &'f mut Finder) -> &'f [f64] {
        finder.forget();
        for text in &self.says {
            finder.find(text, 1.0);
        }
        finder.find(&self.condition, CONDITION_WEIGHT);
        finder.find(&self.advice, ADVICE_WEIGHT);
        finder.best()
    }

    /// How much of what the entry says was asked for: the best of its name and its messages.
    fn brevity(&self, finder: &mut Finder) -> f64 {
        let share = |text: &String| {
            let length = text.chars().filter(|ch| *ch != ' ').count();
            #[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^52 characters")]
            let share = finder.asked(text) as f64 / length.max(1) as f64;
            share.min(1.0)
        };
        self.says.iter().map(share).fold(0.0, f64::max)
    }
}

/// What a question without its idle words holds, as one plain text.
pub(super) fn essence(question: &str) -> String {
    let mut spaced = plain(question);
    for idle in IDLE_UNSPACED {
        spaced = spaced.replace(idle, " ");
    }
    let idle: BTreeSet<&str> = IDLE.split_whitespace().map(stem).collect();
    let words = fold::words(&spaced).into_iter().filter(|word| !idle.contains(stem(word)));
    words.collect::<Vec<_>>().join(" ")
}

/// What a question denies something with.
const NEGATIONS: [&str; 8] = [" not ", " no ", " cannot ", " without ", " never ", "未", "没", "不"];

/// Cuts a question into terms.
fn terms(question: &str) -> Vec<Term> {
    let text = plain(&fold::humps(question));
    let mut spaced = text.clone();
    for idle in IDLE_UNSPACED {
        spaced = spaced.replace(idle, " ");
    }
    let idle: BTreeSet<&str> = IDLE.split_whitespace().map(stem).collect();
    let cut = |text: &str, keep_idle: bool| {
        let words = fold::words(text);
        let mut terms = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let word = words[at];
            if word.starts_with(is_unspaced) {
                unspaced(word, &mut terms);
                at += 1;
            } else if let Some((group, taken)) = spaced_group(&words[at..]) {
                terms.push(Term { ways: ways(group), word: None, deniable: false, weight: 0.0 });
                at += taken;
            } else {
                if keep_idle || !idle.contains(stem(word)) {
                    let ways = vec![format!(" {} ", stem(word))];
                    terms.push(Term { ways, word: Some(word.to_owned()), deniable: false, weight: 0.0 });
                }
                at += 1;
            }
        }
        terms
    };
    let mut terms = cut(&spaced, false);
    if terms.is_empty() {
        // All of it was idle words: then they are what is asked for.
        terms = cut(&text, true);
    }
    let mut seen = BTreeSet::new();
    terms.retain(|term| seen.insert(term.ways.clone()));
    let denies = format!(" {text} ");
    let denies = NEGATIONS.iter().any(|negation| denies.contains(negation));
    for term in &mut terms {
        term.deniable = !denies && term.ways.len() > 1;
    }
    terms
}

/// The ways of a group, as they are searched.
fn ways(group: &[&str]) -> Vec<String> {
    group
        .iter()
        .map(|way| if way.starts_with(is_unspaced) { (*way).to_owned() } else { searchable(way) })
        .collect()
}

/// The group that the words begin with one of, and how many words that takes: the longest way wins.
fn spaced_group(words: &[&str]) -> Option<(&'static [&'static str], usize)> {
    let mut best: Option<(&[&str], usize)> = None;
    for group in GROUPS {
        for way in group.iter().filter(|way| !way.starts_with(is_unspaced)) {
            let parts = way.split(' ').count();
            let fits = words.len() >= parts
                && way.split(' ').zip(words).all(|(part, word)| stem(part) == stem(word));
            if fits && best.is_none_or(|(_, taken)| parts > taken) {
                best = Some((group, parts));
            }
        }
    }
    best
}

/// Cuts a run without blanks: the groups that stand in it, and the pairs of what is between.
fn unspaced(run: &str, terms: &mut Vec<Term>) {
    let mut between = String::new();
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let mut best: Option<(&[&str], &str)> = None;
        for group in GROUPS {
            for way in group.iter().filter(|way| rest.starts_with(**way)) {
                if best.is_none_or(|(_, longest)| way.len() > longest.len()) {
                    best = Some((group, way));
                }
            }
        }
        if let Some((group, way)) = best {
            pairs(&between, terms);
            between.clear();
            terms.push(Term { ways: ways(group), word: None, deniable: false, weight: 0.0 });
            rest = &rest[way.len()..];
        } else {
            between.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    pairs(&between, terms);
}

fn pairs(run: &str, terms: &mut Vec<Term>) {
    let chars: Vec<char> = run.chars().collect();
    let size = chars.len().min(2);
    if size > 0 {
        for pair in chars.windows(size) {
            terms.push(Term { ways: vec![pair.iter().collect()], word: None, deniable: false, weight: 0.0 });
        }
    }
}

/// Gives every term its weight by how many entries hold it; a word that none holds becomes the nearest that some has.
#[expect(clippy::cast_precision_loss, reason = "books have far fewer than 2^52 entries")]
fn weigh(leaves: &[Leaf<'_>], terms: &mut [Term], corrected: &mut Vec<(String, String)>) {
    let mut holders = holders(leaves, terms);
    let doubt = correct(leaves, terms, &mut holders, corrected);
    let all = leaves.len() as f64;
    // A single character that words and groups have left over says next to nothing, unless it is all there is.
    let is_only = terms.len() == 1;
    let is_crumb =
        |term: &Term| !is_only && term.word.is_none() && term.ways.iter().all(|way| way.chars().count() == 1);
    for ((term, holders), doubt) in terms.iter_mut().zip(holders).zip(doubt) {
        // Dampened: one rare word must not outweigh all others.
        let rarity = (1.0 + all / (1.0 + holders as f64)).ln().sqrt();
        let is_faint = |way: &String| FAINT.contains(&way.trim());
        term.weight = if holders == 0 {
            // What nobody says is no reason to find nothing; pairs across two words are mostly no words at all.
            rarity
                * match (&term.word, term.ways.len()) {
                    (_, 2..) => 0.6,
                    (Some(_), _) => 0.3,
                    (None, _) => 0.08,
                }
        } else if is_crumb(term) {
            rarity * 0.08
        } else if term.ways.len() == 1 && term.ways.iter().any(is_faint) {
            rarity * 0.3
        } else {
            rarity * doubt
        };
    }
}

/// How many entries say each term.
fn holders(leaves: &[Leaf<'_>], terms: &[Term]) -> Vec<usize> {
    let mut finder = Finder::new(terms);
    let mut holders = vec![0; terms.len()];
    for leaf in leaves {
        for (holders, held) in holders.iter_mut().zip(leaf.held(&mut finder)) {
            *holders += usize::from(*held > 0.0);
        }
    }
    holders
}

/// Makes of each word that no entry holds the nearest that some has; gives how sure each term is.
fn correct(
    leaves: &[Leaf<'_>],
    terms: &mut [Term],
    holders: &mut [usize],
    corrected: &mut Vec<(String, String)>,
) -> Vec<f64> {
    let mut sure = vec![1.0; terms.len()];
    let wrong: Vec<_> = (0..terms.len())
        .filter_map(|index| Some((index, terms[index].word.clone().filter(|_| holders[index] == 0)?)))
        .collect();
    if wrong.is_empty() {
        return sure;
    }
    let known = vocabulary(leaves);
    for (index, word) in wrong {
        if let Some(near) = nearest(&known, stem(&word)) {
            terms[index].ways = vec![format!(" {near} ")];
            sure[index] = 0.9;
            corrected.push((word, near.to_owned()));
        }
    }
    holders.copy_from_slice(&self::holders(leaves, terms));
    sure
}

/// The Latin words of all names and messages, and how often each stands there.
fn vocabulary<'a>(leaves: &'a [Leaf<'_>]) -> BTreeMap<&'a str, usize> {
    let mut words = BTreeMap::new();
    for word in leaves.iter().flat_map(|leaf| &leaf.says).flat_map(|text| text.split(' ')) {
        if word.len() >= 3 && word.is_ascii() && !word.bytes().all(|byte| byte.is_ascii_digit()) {
            *words.entry(word).or_insert(0) += 1;
        }
    }
    words
}

/// The word that `word` most likely is: the nearest by letters, of equals the one used most, or the only one that it begins.
fn nearest<'a>(known: &BTreeMap<&'a str, usize>, word: &str) -> Option<&'a str> {
    let most = match word.len() {
        0..=3 => return None,
        4..=6 => 1,
        _ => 2,
    };
    if !word.is_ascii() {
        return None;
    }
    // A slip is seldom in the first letter.
    let by_letters = beginning(known, &word[..1])
        .filter(|(other, _)| other.len().abs_diff(word.len()) <= most)
        .map(|(other, uses)| (strsim::osa_distance(word, other), usize::MAX - uses, *other))
        .filter(|(distance, ..)| *distance <= most)
        .min()
        .map(|(.., other)| other);
    by_letters.or_else(|| beginning(known, word).max_by_key(|(_, uses)| **uses).map(|(other, _)| *other))
}

/// The known words that begin so, and how often each is used.
fn beginning<'a, 'k>(
    known: &'k BTreeMap<&'a str, usize>,
    start: &'k str,
) -> impl Iterator<Item = (&'k &'a str, &'k usize)> {
    let from = (Bound::Included(start), Bound::Unbounded);
    known.range::<str, _>(from).take_while(move |(word, _)| word.starts_with(start))
}
