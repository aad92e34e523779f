//! Two books to changes: the book itself, its languages, its outputs and its conditions.
//!
//! In: an old and a new book, both resolved as far as they can be. Out: the changes, in the order of the new book. What
//! nobody outside the spec can see is no change: the order of keys, entries and files, quotes, comments, lint levels, the
//! vocabulary, recipes, notes, where outputs and documents stand.
//!
//! Deliberately elsewhere: entries of a domain (`entries`), and what a change means (`impact`).

use super::change::{Change, Edit, Role, Subject, TextPlace, What};
use super::{entries, words};
use crate::diagnostics::Span;
use crate::model::{Book, Condition, Domain, Meaning, Name, Retired, Texts};
use crate::spec::yaml::{Node, NodeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The options of an output with the values that hold, be they written or not: those of the language called so, from its
/// block.
pub type OptionsOf = fn(&str, &Node) -> Vec<(&'static str, String)>;

/// The options that generated code is called by: whoever imports it wrote them down.
const NAMING: [&str; 6] = ["artifact", "crate", "group", "module", "package", "prefix"];

/// Below this likeness of their words, two texts are not the same statement in other words.
const ALIKE: f64 = 0.5;

/// Finds every change.
pub(super) fn books(old: &Book, new: &Book, options_of: OptionsOf) -> Vec<Change> {
    let mut changes = Vec::new();
    let pair = Pair { old, new, renamed_conditions: renamed(new), locales: shared_locales(old, new) };
    let mut book = |what| {
        let (old, new) = (Some(old.span), Some(new.span));
        changes.push(Change { subject: Subject::Book, what, old, new, at: pair.new.span });
    };
    if old.title != new.title {
        book(What::TitleChanged { old: old.title.clone(), new: new.title.clone() });
    }
    locales(old, new, &mut book);
    outputs(&pair, options_of, &mut changes);
    conditions(&pair, &mut changes);
    for domain in &new.domains {
        match old.domain(domain.id.as_str()) {
            Some(before) => entries::domains(&pair, before, domain, &mut changes),
            None => changes.push(Change {
                subject: Subject::Domain(domain.id.to_string()),
                what: What::DomainAdded { codes: domain.errors.len() },
                old: None,
                new: Some(domain.span),
                at: domain.span,
            }),
        }
    }
    for domain in old.domains.iter().filter(|domain| new.domain(domain.id.as_str()).is_none()) {
        changes.push(Change {
            subject: Subject::Domain(domain.id.to_string()),
            what: What::DomainRemoved {
                codes: domain.errors.len(),
                like: like(domain, old, new).map(|like| like.id.to_string()),
            },
            old: Some(domain.span),
            new: None,
            at: new.span,
        });
    }
    changes
}

/// Both books, and what the comparison of their parts needs to know of the whole.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Book,
    pub(super) new: &'a Book,
    /// The name that a condition of this name has in the new book.
    renamed_conditions: BTreeMap<&'a str, &'a str>,
    /// The languages that both books have: the tag, and the index in each.
    locales: Vec<(&'a str, usize, usize)>,
}

impl<'a> Pair<'a> {
    /// The name that a condition of the old book has in the new one.
    pub(super) fn condition_now(&self, name: &'a Name) -> &'a str {
        self.renamed_conditions.get(name.as_str()).copied().unwrap_or(name.as_str())
    }

    /// The languages of both books, as indices of the old one and of the new one.
    pub(super) fn shared_locales(&self) -> impl Iterator<Item = (usize, usize)> {
        self.locales.iter().map(|&(_, before, now)| (before, now))
    }

    /// The old and the new message in each language that has both.
    pub(super) fn messages<'m>(&self, old: &'m Meaning, new: &'m Meaning) -> Vec<(&'m str, &'m str)> {
        let both = |&(_, before, now): &(&str, usize, usize)| {
            old.message.written(before).zip(new.message.written(now))
        };
        self.locales.iter().filter_map(both).collect()
    }

    /// Compares the texts of one role in the languages that both books have. `change` makes a change of what happened and
    /// the places of both texts, where there are any.
    pub(super) fn texts(
        &self,
        variant: Option<&str>,
        role: Role,
        old: &Texts,
        new: &Texts,
        mut change: impl FnMut(What, Option<Span>, Option<Span>),
    ) {
        // One language whose words are all others while the rest stay is a new translation of the same.
        let statement = matches!(role, Role::Message | Role::Description)
            && self.locales.iter().all(|&(_, before, now)| {
                let (before, now) = (old.written(before), new.written(now));
                before.zip(now).is_none_or(|(before, now)| !words::same_words(before, now))
            });
        for &(locale, before, now) in &self.locales {
            let place = || TextPlace { variant: variant.map(str::to_owned), role, locale: locale.to_owned() };
            let (old_text, new_text) = (old.written(before), new.written(now));
            if let (Some(old_text), Some(new_text)) = (old_text, new_text)
                && !role.is_record()
            {
                placeholders(place, old_text, new_text, |what| change(what, old.span(before), new.span(now)));
            }
            let what = match (old_text, new_text) {
                (Some(old), Some(new)) if old != new => {
                    let edit = if words::same_words(old, new) {
                        Edit::Copy
                    } else if statement && words::likeness(old, new) < ALIKE {
                        Edit::Rewritten
                    } else {
                        Edit::Reworded
                    };
                    What::TextChanged { place: place(), old: old.to_owned(), new: new.to_owned(), edit }
                }
                (Some(old), None) => What::TextRemoved { place: place(), old: old.to_owned() },
                (None, Some(new)) => What::TextAdded { place: place(), new: new.to_owned() },
                _ => continue,
            };
            change(what, old.span(before), new.span(now));
        }
    }
}

/// Says which placeholders a text has lost or got. How often one stands there does not matter to whoever fills it.
fn placeholders(place: impl Fn() -> TextPlace, old: &str, new: &str, mut change: impl FnMut(What)) {
    let (old, new) = (words::placeholders(old), words::placeholders(new));
    let set = |found: &[&str]| found.iter().map(|found| (*found).to_owned()).collect::<BTreeSet<_>>();
    let (old, new) = (set(&old), set(&new));
    for placeholder in old.difference(&new).cloned() {
        change(What::PlaceholderRemoved { place: place(), placeholder });
    }
    for placeholder in new.difference(&old).cloned() {
        change(What::PlaceholderAdded { place: place(), placeholder });
    }
}

/// The current name of every condition by its former ones.
fn renamed(book: &Book) -> BTreeMap<&str, &str> {
    let mut current = BTreeMap::new();
    for condition in &book.conditions {
        for former in &condition.former_names {
            current.insert(former.name.as_str(), condition.name.as_str());
        }
    }
    current
}

fn shared_locales<'a>(old: &'a Book, new: &Book) -> Vec<(&'a str, usize, usize)> {
    let index_in_new = |tag| new.locales.iter().position(|locale| locale.tag() == tag);
    let locales = old.locales.iter().enumerate();
    locales.filter_map(|(index, locale)| Some((locale.tag(), index, index_in_new(locale.tag())?))).collect()
}

fn locales(old: &Book, new: &Book, change: &mut impl FnMut(What)) {
    for locale in new.locales.iter().filter(|locale| !old.locales.contains(locale)) {
        change(What::LocaleAdded { locale: locale.to_string() });
    }
    for locale in old.locales.iter().filter(|locale| !new.locales.contains(locale)) {
        change(What::LocaleRemoved { locale: locale.to_string() });
    }
    if let (Some(before), Some(now)) = (old.locales.first(), new.locales.first())
        && before != now
    {
        change(What::FallbackChanged { old: before.to_string(), new: now.to_string() });
    }
    let rest = |book: &Book, other: &Book, fallback: &[&str]| {
        let kept = book.locales.iter().filter(|locale| other.locales.contains(locale));
        let kept = kept.map(crate::model::Locale::tag).filter(|tag| !fallback.contains(tag));
        kept.collect::<Vec<_>>().join(", ")
    };
    let fallbacks: Vec<_> = [old, new]
        .into_iter()
        .filter_map(|book| book.locales.first())
        .map(crate::model::Locale::tag)
        .collect();
    let (before, now) = (rest(old, new, &fallbacks), rest(new, old, &fallbacks));
    if before != now {
        change(What::LocaleOrderChanged { old: before, new: now });
    }
}

fn outputs(pair: &Pair<'_>, options_of: OptionsOf, changes: &mut Vec<Change>) {
    let find = |book: &'_ Book, id: &str| book.outputs.iter().position(|(name, _)| name.value == id);
    let (old, new) = (pair.old, pair.new);
    for (name, block) in &new.outputs {
        let id = name.value.as_str();
        let subject = || Subject::Output(id.to_owned());
        let Some((old_name, old_block)) = find(old, id).map(|index| &old.outputs[index]) else {
            let (what, at) = (What::OutputAdded, name.span);
            changes.push(Change { subject: subject(), what, old: None, new: Some(at), at });
            continue;
        };
        let before: BTreeMap<_, _> = options_of(id, old_block).into_iter().collect();
        let now: BTreeMap<_, _> = options_of(id, block).into_iter().collect();
        let keys: BTreeSet<_> = before.keys().chain(now.keys()).collect();
        let changed: Vec<_> = keys.into_iter().filter(|key| before.get(*key) != now.get(*key)).collect();
        let is_written = |key: &str| [old_block, block].into_iter().any(|block| has(block, key));
        // An option that nobody has written follows another one, and its change has been told with that.
        let follows = |key: &&str| {
            let is_same =
                |other: &&str| before.get(other) == before.get(key) && now.get(other) == now.get(key);
            !is_written(key) && changed.iter().any(|other| is_written(other) && is_same(other))
        };
        for option in changed.iter().copied().filter(|key| !follows(key)) {
            let (before, now) = (before.get(option).cloned(), now.get(option).cloned());
            let option = (*option).to_owned();
            let what = if NAMING.contains(&option.as_str()) {
                What::GeneratedNameChanged { option, old: before, new: now }
            } else {
                What::OptionChanged { option, old: before, new: now }
            };
            let (old, new) = (Some(old_name.span), Some(name.span));
            changes.push(Change { subject: subject(), what, old, new, at: name.span });
        }
    }
    for (name, _) in old.outputs.iter().filter(|(name, _)| find(new, &name.value).is_none()) {
        changes.push(Change {
            subject: Subject::Output(name.value.clone()),
            what: What::OutputRemoved,
            old: Some(name.span),
            new: None,
            at: new.span,
        });
    }
}

/// Whether a block says something about an option.
fn has(block: &Node, option: &str) -> bool {
    matches!(&block.kind, NodeKind::Mapping(entries) if entries.iter().any(|(key, _)| key.value == option))
}

fn conditions(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (pair.old, pair.new);
    let by_name = |book: &'_ Book| -> BTreeMap<String, usize> {
        let named = book.conditions.iter().enumerate();
        named.rev().map(|(index, condition)| (condition.name.to_string(), index)).collect()
    };
    let (old_names, new_names) = (by_name(old), by_name(new));
    let graves = |book: &'_ Book| -> BTreeMap<String, usize> {
        let named = book.retired_conditions.iter().enumerate();
        named.rev().map(|(index, retired)| (retired.name.to_string(), index)).collect()
    };
    let (old_graves, new_graves) = (graves(old), graves(new));
    let mut found = BTreeSet::new();
    for before in &old.conditions {
        // A name that another condition claims as a former one belongs to the condition that has it still.
        let now = new_names.get(before.name.as_str());
        let now = now.or_else(|| new_names.get(pair.condition_now(&before.name)));
        let subject = Subject::Condition(before.name.to_string());
        let old_at = before.name_span;
        if let Some(&index) = now {
            // A second condition of the name is a fault of its book, and no change.
            if found.insert(index) {
                condition(pair, &subject, before, &new.conditions[index], changes);
            }
        } else {
            let tombstone = new_graves.get(before.name.as_str()).map(|&index| &new.retired_conditions[index]);
            let what = match tombstone {
                Some(retired) => What::ConditionRetired {
                    since: retired.since.clone(),
                    replacement: retired.replacement.as_ref().map(Name::to_string),
                },
                None => What::ConditionRemoved,
            };
            let new_at = tombstone.map(|retired| retired.span);
            let at = new_at.or(new.conditions.first().map(|condition| condition.name_span));
            changes.push(Change {
                subject,
                what,
                old: Some(old_at),
                new: new_at,
                at: at.unwrap_or(new.span),
            });
        }
    }
    let is_new = |(index, _): &(usize, &Condition)| !found.contains(index);
    for (_, condition) in new.conditions.iter().enumerate().filter(is_new) {
        let name = condition.name.to_string();
        let grave = old_graves.get(condition.name.as_str()).map(|&index| &old.retired_conditions[index]);
        let what = match grave {
            // A second one of a name that was in use before is a fault of its book, and no change.
            _ if old_names.contains_key(&name) => continue,
            Some(_) => What::RetiredConditionReused { name: name.clone() },
            None => What::ConditionAdded,
        };
        let at = condition.name_span;
        let old = grave.map(|grave| grave.span);
        changes.push(Change { subject: Subject::Condition(name), what, old, new: Some(at), at });
    }
    let subject = |retired: &Retired| Subject::Condition(retired.name.to_string());
    let is_used = |name: &Name| new_names.contains_key(name.as_str());
    let was = |name: &Name| old_names.contains_key(name.as_str());
    tombstones(
        (&old.retired_conditions, &new.retired_conditions),
        (subject, new.span),
        |retired| is_used(&retired.name),
        |retired| was(&retired.name),
        changes,
    );
}

/// Compares tombstones. `is_used` says that a retired one is in use again and `is_told` that an entry became a new one, which
/// has been said already.
pub(super) fn tombstones(
    (old, new): (&[Retired], &[Retired]),
    (subject, at): (impl Fn(&Retired) -> Subject, Span),
    is_used: impl Fn(&Retired) -> bool,
    is_told: impl Fn(&Retired) -> bool,
    changes: &mut Vec<Change>,
) {
    let key = |retired: &Retired| (retired.code.clone(), retired.name.clone());
    let old_by_key: BTreeMap<_, _> = old.iter().map(|retired| (key(retired), retired)).collect();
    let new_by_key: BTreeMap<_, _> = new.iter().map(|retired| (key(retired), retired)).collect();
    for (key, before) in &old_by_key {
        let Some(now) = new_by_key.get(key) else {
            if !is_used(before) {
                let (subject, what) = (subject(before), What::TombstoneRemoved);
                changes.push(Change { subject, what, old: Some(before.span), new: None, at });
            }
            continue;
        };
        let replacement = |retired: &Retired| retired.replacement.as_ref().map(Name::to_string);
        let fields = [
            ("since", Some(before.since.clone()), Some(now.since.clone())),
            ("use", replacement(before), replacement(now)),
            ("reason", before.reason.clone(), now.reason.clone()),
        ];
        for (field, was, is) in fields.into_iter().filter(|(_, was, is)| was != is) {
            changes.push(Change {
                subject: subject(now),
                what: What::TombstoneChanged { field, old: was, new: is },
                old: Some(before.span),
                new: Some(now.span),
                at: now.span,
            });
        }
    }
    for (key, now) in new_by_key {
        if !old_by_key.contains_key(&key) && !is_told(now) {
            let (subject, what) = (subject(now), What::TombstoneAdded);
            changes.push(Change { subject, what, old: None, new: Some(now.span), at: now.span });
        }
    }
}

fn condition(
    pair: &Pair<'_>,
    subject: &Subject,
    old: &Condition,
    new: &Condition,
    changes: &mut Vec<Change>,
) {
    let mut change = |what, old_at: Option<Span>, new_at: Option<Span>| {
        let at = new_at.unwrap_or(new.name_span);
        let old = old_at.or(Some(old.name_span));
        changes.push(Change { subject: subject.clone(), what, old, new: Some(at), at });
    };
    if old.name != new.name {
        change(What::ConditionRenamed { old: old.name.to_string(), new: new.name.to_string() }, None, None);
    }
    for former in &old.former_names {
        if former.name != new.name && new.former_names.iter().all(|kept| kept.name != former.name) {
            change(What::FormerNameRemoved { name: former.name.to_string() }, Some(former.span), None);
        }
    }
    for former in &new.former_names {
        match old.former_names.iter().find(|known| known.name == former.name) {
            Some(known) if known.since != former.since => {
                let (old, new) = (known.since.clone(), former.since.clone());
                let what = What::FormerNameChanged { name: former.name.to_string(), old, new };
                change(what, Some(known.span), Some(former.span));
            }
            None if former.name != old.name => {
                change(What::FormerNameAdded { name: former.name.to_string() }, None, Some(former.span));
            }
            _ => {}
        }
    }
    if old.kind != new.kind {
        let (old, new) = (old.kind.id().to_owned(), new.kind.id().to_owned());
        change(What::ConditionKindChanged { old, new }, None, None);
    }
    pair.texts(None, Role::Title, &old.title, &new.title, &mut change);
    pair.texts(None, Role::Description, &old.description, &new.description, &mut change);
}

/// The new domain that holds most of the entries of one that is gone, by code and name: probably the same platform under
/// another name, which is for people to say.
fn like<'a>(domain: &Domain, old: &Book, new: &'a Book) -> Option<&'a Domain> {
    let candidates = new.domains.iter().filter(|other| old.domain(other.id.as_str()).is_none());
    let shared = |other: &Domain| {
        let is_there = |error: &&crate::model::ErrorCode| {
            other.find(&error.code).is_some_and(|found| found.meaning.name == error.meaning.name)
        };
        domain.errors.iter().filter(is_there).count()
    };
    candidates
        .map(|other| (shared(other), other))
        .filter(|(shared, _)| shared * 2 > domain.errors.len())
        .max_by_key(|(shared, _)| *shared)
        .map(|(_, other)| other)
}
