//! What one entry said and others say now: splits and merges.
//!
//! In: two states of a domain, and which entry became which. Out: for a new entry the older one that it is a part of or takes
//! the place of, for one that is gone the entry that says it now. A split is known from what the author wrote: the name of a
//! replacement, a variant's own message, or messages whose words are those of the old message and of no other. That moves
//! no name and no code, so nothing is judged less hard for it.
//!
//! Deliberately elsewhere: which entry became which (`entries`).

use super::compare::Pair;
use super::entries::by_name;
use super::words;
use crate::model::{Domain, ErrorCode, Meaning};
use std::collections::{BTreeMap, HashMap};

/// Of how many entries that changed or are gone the words are looked at: where there are more, the domain was written anew.
const MOST_CANDIDATES: usize = 100;
/// How many words an old message may have that no part has: `or`, `and`, `或`.
const MOST_LOST: usize = 2;

/// Which of the two books a meaning is of.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

/// What the comparison of entries asks for.
pub(super) struct Parts<'a> {
    /// The entry that each name replaces now and did not before.
    replaced: HashMap<&'a str, &'a ErrorCode>,
    /// The variants of the old domain by their messages.
    old_variants: HashMap<Vec<String>, (&'a ErrorCode, &'a Meaning)>,
    /// The variants of the new domain by their messages.
    new_variants: HashMap<Vec<String>, &'a ErrorCode>,
    /// By the code of a new entry, what it is a part of.
    split: BTreeMap<String, &'a ErrorCode>,
    /// By the code of an entry that is gone, what it is a part of.
    merged: BTreeMap<String, &'a ErrorCode>,
    /// The languages of both books, as indices of the old one and of the new one.
    locales: Vec<(usize, usize)>,
}

impl<'a> Parts<'a> {
    /// Looks for splits and merges; `partners` says which entry of `new` continues each of `old`.
    pub(super) fn new(pair: &Pair<'a>, old: &'a Domain, new: &'a Domain, partners: &[Option<usize>]) -> Self {
        let locales: Vec<_> = pair.shared_locales().collect();
        let mut parts = Self {
            replaced: replaced(old, new, partners),
            old_variants: HashMap::new(),
            new_variants: HashMap::new(),
            split: BTreeMap::new(),
            merged: BTreeMap::new(),
            locales,
        };
        let mut is_continued = vec![false; new.errors.len()];
        for partner in partners.iter().flatten() {
            is_continued[*partner] = true;
        }
        let added: Vec<_> =
            new.errors.iter().zip(&is_continued).filter(|(_, is)| !**is).map(|(error, _)| error).collect();
        let gone: Vec<_> =
            old.errors.iter().zip(partners).filter(|(_, to)| to.is_none()).map(|(error, _)| error).collect();
        let changed: Vec<_> = old
            .errors
            .iter()
            .zip(partners)
            .filter_map(|(before, now)| Some((before, &new.errors[(*now)?])))
            .filter(|(before, now)| {
                parts.keys(&before.meaning, Side::Old) != parts.keys(&now.meaning, Side::New)
            })
            .collect();
        if parts.locales.is_empty() {
            return parts;
        }
        if !added.is_empty() {
            for error in &old.errors {
                for variant in &error.variants {
                    parts.old_variants.entry(parts.keys(variant, Side::Old)).or_insert((error, variant));
                }
            }
        }
        if !gone.is_empty() {
            for error in &new.errors {
                for variant in &error.variants {
                    parts.new_variants.entry(parts.keys(variant, Side::New)).or_insert(error);
                }
            }
        }
        if changed.len() + gone.len() + added.len() <= MOST_CANDIDATES {
            parts.splits(&added, &changed, &gone);
            parts.merges(&gone, &changed);
        }
        parts
    }

    /// The old entry that `now` is to be used instead of.
    pub(super) fn replaced_by(&self, now: &ErrorCode) -> Option<&'a ErrorCode> {
        self.replaced.get(now.meaning.name.as_str()).copied()
    }

    /// The old entry that said what `now` says, and more.
    pub(super) fn split_from(&self, now: &ErrorCode) -> Option<&'a ErrorCode> {
        self.split.get(&now.code.to_string()).copied()
    }

    /// The entry of the new domain that says what `before` said.
    pub(super) fn merged_into(&self, before: &ErrorCode) -> Option<&'a ErrorCode> {
        let as_variant = self.new_variants.get(&self.keys(&before.meaning, Side::Old));
        as_variant.or_else(|| self.merged.get(&before.code.to_string())).copied()
    }

    /// The variant of the old domain that says what `now` says.
    pub(super) fn variant_with_message(&self, now: &ErrorCode) -> Option<(&'a ErrorCode, &'a Meaning)> {
        self.old_variants.get(&self.keys(&now.meaning, Side::New)).copied()
    }

    /// A message in each language of both books.
    fn texts<'b>(&self, meaning: &'b Meaning, side: Side) -> impl Iterator<Item = &'b str> {
        let locales = self.locales.iter().map(move |&(old, new)| match side {
            Side::Old => old,
            Side::New => new,
        });
        locales.map(|at| meaning.message.written(at).unwrap_or_default())
    }

    /// What a message says in each language of both books.
    fn keys(&self, meaning: &Meaning, side: Side) -> Vec<String> {
        self.texts(meaning, side).map(words::key).collect()
    }

    /// The words of a message in each language of both books.
    fn bags(&self, meaning: &Meaning, side: Side) -> Vec<Bag> {
        self.texts(meaning, side).map(Bag::new).collect()
    }

    fn splits(
        &mut self,
        added: &[&'a ErrorCode],
        changed: &[(&'a ErrorCode, &'a ErrorCode)],
        gone: &[&'a ErrorCode],
    ) {
        let new: Vec<_> = added.iter().map(|error| (*error, self.bags(&error.meaning, Side::New))).collect();
        for (before, now) in changed {
            let (whole, rest) = (self.bags(&before.meaning, Side::Old), self.bags(&now.meaning, Side::New));
            for (part, bags) in &new {
                if is_made_of(&whole, &rest, bags) {
                    self.split.entry(part.code.to_string()).or_insert(before);
                }
            }
        }
        for before in gone {
            let whole = self.bags(&before.meaning, Side::Old);
            for (index, (one, one_bags)) in new.iter().enumerate() {
                for (other, other_bags) in &new[index + 1..] {
                    if is_made_of(&whole, one_bags, other_bags) {
                        self.split.entry(one.code.to_string()).or_insert(before);
                        self.split.entry(other.code.to_string()).or_insert(before);
                    }
                }
            }
        }
    }

    fn merges(&mut self, gone: &[&'a ErrorCode], changed: &[(&'a ErrorCode, &'a ErrorCode)]) {
        let changed: Vec<_> = changed
            .iter()
            .map(|(before, now)| {
                (now, self.bags(&now.meaning, Side::New), self.bags(&before.meaning, Side::Old))
            })
            .collect();
        for before in gone {
            let part = self.bags(&before.meaning, Side::Old);
            let into = changed.iter().find(|(_, whole, rest)| is_made_of(whole, rest, &part));
            if let Some((now, ..)) = into {
                self.merged.insert(before.code.to_string(), now);
            }
        }
    }
}

/// For each name that replaces an old entry now, that entry: the first of several.
fn replaced<'a>(
    old: &'a Domain,
    new: &'a Domain,
    partners: &[Option<usize>],
) -> HashMap<&'a str, &'a ErrorCode> {
    let graves = by_name(new);
    let retired =
        |before: &ErrorCode| graves.get(before.meaning.name.as_str())?.first()?.replacement.as_ref();
    let mut replaced = HashMap::new();
    for (before, partner) in old.errors.iter().zip(partners) {
        let replacement = match partner {
            Some(now) => new.errors[*now].deprecated.as_ref().and_then(|to| to.replacement.as_ref()),
            None => retired(before),
        };
        if let Some(name) = replacement {
            replaced.entry(name.as_str()).or_insert(before);
        }
    }
    replaced
}

/// Whether two messages say together what one said: each says less, and nearly no word is lost. A language in which one of
/// them says what the whole did has not been translated anew, and decides nothing.
fn is_made_of(whole: &[Bag], one: &[Bag], other: &[Bag]) -> bool {
    let languages = whole.iter().zip(one).zip(other);
    let decided: Vec<_> = languages
        .filter(|((whole, one), other)| one.0 != whole.0 && other.0 != whole.0)
        .map(|((whole, one), other)| {
            whole.holds(one) && whole.holds(other) && whole.lost(one, other) <= MOST_LOST
        })
        .collect();
    !decided.is_empty() && decided.into_iter().all(|is_part| is_part)
}

/// The words of a text, and how often each stands there.
struct Bag(BTreeMap<String, usize>);

impl Bag {
    fn new(text: &str) -> Self {
        let mut bag = BTreeMap::new();
        for word in words::words(text) {
            *bag.entry(word).or_default() += 1;
        }
        Self(bag)
    }

    fn count(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or_default()
    }

    /// Whether the words of `part` are some of these, and neither none nor all.
    fn holds(&self, part: &Self) -> bool {
        let size = |bag: &Self| bag.0.values().sum::<usize>();
        let is_there = |(word, count): (&String, &usize)| self.count(word) >= *count;
        size(part) > 1 && size(part) < size(self) && part.0.iter().all(is_there)
    }

    /// How many of these words neither of two parts has.
    fn lost(&self, one: &Self, other: &Self) -> usize {
        let lost =
            |(word, count): (&String, &usize)| count.saturating_sub(one.count(word).max(other.count(word)));
        self.0.iter().map(lost).sum()
    }
}
