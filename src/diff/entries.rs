//! Two states of a domain to changes: which entry became which, and what changed in each.
//!
//! Which entry continues which is known (`pairs`), and what one entry said and others say now is told besides (`parts`).
//!
//! Every name that was a constant is then looked up in the new domain. One that is found with another code is the worst
//! change there is, whatever else happened, because no compiler notices it.

use super::change::{Change, Role, Subject, What};
use super::compare::{Pair, tombstones};
use super::pairs::pairs;
use super::parts::Parts;
use super::words;
use crate::diagnostics::Span;
use crate::model::{Domain, ErrorCode, Meaning, Name, Retired, WireCode};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Below this likeness, a message under another name is another error.
const ALIKE: f64 = 0.5;

/// Compares two states of a domain.
pub(super) fn domains(pair: &Pair<'_>, old: &Domain, new: &Domain, changes: &mut Vec<Change>) {
    let mut change = |what| {
        let subject = Subject::Domain(new.id.to_string());
        changes.push(Change { subject, what, old: Some(old.span), new: Some(new.span), at: new.span });
    };
    if old.title != new.title {
        change(What::TitleChanged { old: old.title.clone(), new: new.title.clone() });
    }
    if old.code_type != new.code_type {
        let (old, new) = (old.code_type.id().to_owned(), new.code_type.id().to_owned());
        change(What::CodeTypeChanged { old, new });
    }
    let by_role = |domain: &Domain| -> BTreeMap<String, String> { domain.envelope.iter().cloned().collect() };
    let (before, now) = (by_role(old), by_role(new));
    let roles: BTreeSet<_> = before.keys().chain(now.keys()).collect();
    for role in roles {
        let (old, new) = (before.get(role), now.get(role));
        if old != new {
            change(What::EnvelopeChanged { role: role.clone(), old: old.cloned(), new: new.cloned() });
        }
    }
    let graves = Graves {
        codes: old.retired.iter().filter_map(|grave| Some((grave.code.clone()?, grave))).collect(),
        names: old.retired.iter().map(|grave| (grave.name.as_str(), grave)).collect(),
        new: by_name(new),
    };
    let partners = pairs(old, new);
    let parts = Parts::new(pair, old, new, &partners);
    Entries { pair, old, new, old_names: names(old), names: names(new), graves, parts, changes }
        .compare(&partners);
}

/// How a name is in use.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It is the name of an entry, or was: it is a constant.
    Constant,
    /// It is the name of a variant.
    Variant,
}

/// Every name of a domain with the index of its entry; a name that stands twice belongs to its first entry, and to a
/// constant before a variant.
fn names(domain: &Domain) -> HashMap<&str, (usize, Use)> {
    let mut names = HashMap::new();
    let entries = || domain.errors.iter().enumerate();
    for (index, error) in entries() {
        names.entry(error.meaning.name.as_str()).or_insert((index, Use::Constant));
    }
    for (index, error) in entries() {
        for former in &error.former_names {
            names.entry(former.name.as_str()).or_insert((index, Use::Constant));
        }
    }
    for (index, error) in entries() {
        for variant in &error.variants {
            names.entry(variant.name.as_str()).or_insert((index, Use::Variant));
        }
    }
    names
}

/// The tombstones of the old domain by code and by name, and those of the new one.
struct Graves<'a> {
    codes: HashMap<WireCode, &'a Retired>,
    names: HashMap<&'a str, &'a Retired>,
    new: HashMap<&'a str, Vec<&'a Retired>>,
}

/// The tombstones of a domain by name, in its order; a book with a fault may have two of one name.
pub(super) fn by_name(domain: &Domain) -> HashMap<&str, Vec<&Retired>> {
    let mut graves: HashMap<&str, Vec<&Retired>> = HashMap::new();
    for grave in &domain.retired {
        graves.entry(grave.name.as_str()).or_default().push(grave);
    }
    graves
}

/// The comparison of the entries of a domain.
struct Entries<'a, 'b> {
    pair: &'b Pair<'a>,
    old: &'a Domain,
    new: &'a Domain,
    old_names: HashMap<&'a str, (usize, Use)>,
    /// The names of the new domain.
    names: HashMap<&'a str, (usize, Use)>,
    graves: Graves<'a>,
    parts: Parts<'a>,
    changes: &'b mut Vec<Change>,
}

impl<'a> Entries<'a, '_> {
    fn compare(&mut self, partners: &[Option<usize>]) {
        let (old, new) = (self.old, self.new);
        let mut partner_of_new: HashMap<usize, usize> = HashMap::new();
        for (before, now) in partners.iter().enumerate() {
            if let Some(now) = now {
                partner_of_new.insert(*now, before);
            }
        }
        // The order of the new domain, with what is gone where it was.
        let mut next_old = 0;
        for (index, now) in new.errors.iter().enumerate() {
            while let Some(before) = old.errors.get(next_old).filter(|before| before.code < now.code) {
                if partners[next_old].is_none() {
                    self.gone(before);
                }
                next_old += 1;
            }
            match partner_of_new.get(&index) {
                Some(&before) => self.kept(&old.errors[before], now),
                None => self.added(now),
            }
        }
        for (before, partner) in old.errors.iter().zip(partners).skip(next_old) {
            if partner.is_none() {
                self.gone(before);
            }
        }
        self.tombstones();
    }

    /// The place in the new domain that is nearest to where `error` was.
    fn near(&self, error: &ErrorCode) -> Span {
        let after = self.new.errors.partition_point(|other| other.code <= error.code);
        let neighbour = after.checked_sub(1).and_then(|index| self.new.errors.get(index));
        neighbour.map_or(self.new.span, |neighbour| neighbour.code_span)
    }

    fn subject(&self, code: &ErrorCode, name: &Name) -> Subject {
        Subject::Entry {
            domain: self.new.id.to_string(),
            code: code.code.to_string(),
            name: name.to_string(),
        }
    }

    /// An entry that no entry of the new domain continues.
    fn gone(&mut self, before: &ErrorCode) {
        let name = &before.meaning.name;
        let code = before.code.to_string();
        let is_tombstone =
            |retired: &&Retired| retired.code.as_ref().is_none_or(|retired| retired.to_string() == code);
        let named = self.graves.new.get(name.as_str());
        let grave = named.and_then(|named| named.iter().copied().find(is_tombstone));
        // Without the code, nothing keeps the code from being used again.
        let grave = grave.filter(|grave| grave.code.is_some());
        let replacement = |name: Option<&Name>| name.map(Name::to_string);
        let what = match (grave, self.names.get(name.as_str())) {
            (Some(grave), _) => What::EntryRetired {
                since: grave.since.clone(),
                replacement: replacement(grave.replacement.as_ref()),
            },
            // The constant lives on under the code of an entry that continues another one.
            (None, Some(&(index, Use::Constant))) => {
                let now = &self.new.errors[index];
                if now.code.to_string() != code {
                    self.value_changed(before, now, name, before.meaning.name_span);
                }
                return;
            }
            (None, Some(&(index, Use::Variant))) => {
                What::EntryMerged { into: self.new.errors[index].code.to_string() }
            }
            (None, None) => match self.parts.merged_into(before) {
                Some(into) => What::EntryMerged { into: into.code.to_string() },
                None => What::EntryRemoved {
                    replacement: replacement(
                        before.deprecated.as_ref().and_then(|deprecated| deprecated.replacement.as_ref()),
                    ),
                },
            },
        };
        let new = grave.map(|grave| grave.span);
        let at = new.unwrap_or_else(|| self.near(before));
        let subject = self.subject(before, name);
        self.changes.push(Change { subject, what, old: Some(before.code_span), new, at });
        self.former_names(before, None);
    }

    /// An entry that continues none of the old domain.
    fn added(&mut self, now: &ErrorCode) {
        let subject = self.subject(now, &now.meaning.name);
        let at = now.code_span;
        if self.reused(None, now, &subject) {
            return;
        }
        let (what, old) = if let Some(before) = find(self.old, &now.code.to_string()) {
            (self.code_reused(before, now), Some(before.code_span))
        } else if let Some((before, variant)) = self.variant_before(now) {
            (What::VariantSplitOff { from: before.code.to_string() }, Some(variant.name_span))
        } else if let Some(before) = self.parts.replaced_by(now) {
            let old = before.code.to_string();
            (What::EntryReplaced { old, message: shown_message(now) }, Some(before.code_span))
        } else if let Some(before) = self.parts.split_from(now) {
            let from = before.code.to_string();
            (What::EntrySplit { from, message: shown_message(now) }, Some(before.code_span))
        } else {
            (What::EntryAdded { message: shown_message(now) }, None)
        };
        self.changes.push(Change { subject, what, old, new: Some(at), at });
    }

    /// The variant of the old domain that a new entry was: one of its name, or one of its message that is gone.
    fn variant_before(&self, now: &ErrorCode) -> Option<(&'a ErrorCode, &'a Meaning)> {
        let name = now.meaning.name.as_str();
        if let Some(&(index, Use::Variant)) = self.old_names.get(name) {
            let before = &self.old.errors[index];
            let variant = before.variants.iter().find(|variant| variant.name.as_str() == name)?;
            return Some((before, variant));
        }
        let (before, variant) = self.parts.variant_with_message(now)?;
        (!self.names.contains_key(variant.name.as_str())).then_some((before, variant))
    }

    fn code_reused(&self, before: &ErrorCode, now: &ErrorCode) -> What {
        let shared = self.pair.messages(&before.meaning, &now.meaning).into_iter().next();
        let (old_message, new_message) = shared.map(|(old, new)| (old.to_owned(), new.to_owned())).unzip();
        let (old, new) = (before.meaning.name.to_string(), now.meaning.name.to_string());
        What::CodeReused { old, new, old_message, new_message }
    }

    /// Says which code and names `now` has that were retired in the old domain; whether there are any. What the entry had
    /// before is a fault of the old book, and no change.
    fn reused(&mut self, before: Option<&ErrorCode>, now: &ErrorCode, subject: &Subject) -> bool {
        let mut told = Vec::new();
        let has_same_code = before.is_some_and(|before| before.code == now.code);
        let grave = self.graves.codes.get(&now.code).filter(|_| !has_same_code);
        if let Some(grave) = grave {
            let (retired, new) = (grave.name.to_string(), now.meaning.name.to_string());
            let what = What::RetiredCodeReused { code: now.code.to_string(), retired, new };
            told.push((what, grave.span, now.code_span));
        }
        let former = now.former_names.iter().map(|former| (&former.name, former.span));
        let names = now.meanings().map(|meaning| (&meaning.name, meaning.name_span)).chain(former);
        for (name, span) in names.filter(|(name, _)| !self.old_names.contains_key(name.as_str())) {
            let named = self.graves.names.get(name.as_str());
            // That an entry came back as it was has been told once.
            if let Some(named) = named.filter(|named| grave.is_none_or(|grave| grave.name != named.name)) {
                let what = What::RetiredNameReused { name: name.to_string(), code: now.code.to_string() };
                told.push((what, named.span, span));
            }
        }
        let is_any = !told.is_empty();
        for (what, old, new) in told {
            self.push(subject, what, Some(old), new);
        }
        is_any
    }

    /// An entry and what became of it.
    fn kept(&mut self, before: &'a ErrorCode, now: &ErrorCode) {
        let subject = self.subject(before, &now.meaning.name);
        let is_other = self.name(before, now, &subject);
        self.former_names(before, Some(now));
        for former in &now.former_names {
            if let Some(known) = before.former_names.iter().find(|known| known.name == former.name)
                && known.since != former.since
            {
                let (old, new) = (known.since.clone(), former.since.clone());
                let what = What::FormerNameChanged { name: former.name.to_string(), old, new };
                self.push(&subject, what, Some(known.span), former.span);
            }
            if !matches!(self.old_names.get(former.name.as_str()), Some((_, Use::Constant))) {
                let what = What::FormerNameAdded { name: former.name.to_string() };
                self.push(&subject, what, Some(before.meaning.name_span), former.span);
            }
        }
        self.reused(Some(before), now, &subject);
        // Another error under the same code has its own everything.
        if !is_other {
            self.fields(before, now, &subject);
        }
    }

    fn push(&mut self, subject: &Subject, what: What, old: Option<Span>, new: Span) {
        self.changes.push(Change { subject: subject.clone(), what, old, new: Some(new), at: new });
    }

    fn value_changed(&mut self, before: &ErrorCode, now: &ErrorCode, name: &Name, old: Span) {
        let (old_code, new_code) = (before.code.to_string(), now.code.to_string());
        let what = What::ValueChanged { name: name.to_string(), old: old_code, new: new_code };
        let subject = self.subject(before, name);
        self.push(&subject, what, Some(old), now.code_span);
    }

    /// Compares the names of a pair; whether the new one is another error altogether.
    fn name(&mut self, before: &ErrorCode, now: &ErrorCode, subject: &Subject) -> bool {
        let name = &before.meaning.name;
        let span = Some(before.meaning.name_span);
        if is_constant(now, name) {
            if before.code.to_string() != now.code.to_string() {
                self.value_changed(before, now, name, before.code_span);
            }
            if now.meaning.name != *name {
                let (old, new) = (name.to_string(), now.meaning.name.to_string());
                self.push(subject, What::EntryRenamed { old, new }, span, now.meaning.name_span);
            }
            return false;
        }
        let holder = self.names.get(name.as_str()).filter(|(_, used)| *used == Use::Constant).copied();
        if let Some((index, _)) = holder {
            self.value_changed(before, &self.new.errors[index], name, before.code_span);
        }
        let (old, new) = (name.to_string(), now.meaning.name.to_string());
        let is_promoted = is_other_meaning_first(before, now);
        let is_other = !is_promoted && self.is_other(before, now);
        let what = if is_promoted {
            What::MainMeaningChanged { old, new }
        } else if is_other {
            self.code_reused(before, now)
        } else if holder.is_some() {
            return false;
        } else {
            What::EntryRenamedWithoutAlias { old, new }
        };
        self.push(subject, what, span, now.meaning.name_span);
        is_other
    }

    /// Whether the message says something else in every language that both have.
    fn is_other(&self, before: &ErrorCode, now: &ErrorCode) -> bool {
        let texts = self.pair.messages(&before.meaning, &now.meaning);
        !texts.is_empty() && texts.iter().all(|(old, new)| words::likeness(old, new) < ALIKE)
    }

    /// Looks for the former names of an entry; those of one that is gone are gone with it.
    fn former_names(&mut self, before: &ErrorCode, now: Option<&ErrorCode>) {
        for former in &before.former_names {
            // The move of the entry as a whole has been told.
            if now.is_some_and(|now| is_constant(now, &former.name)) {
                continue;
            }
            if let Some(&(index, Use::Constant)) = self.names.get(former.name.as_str()) {
                let holder = &self.new.errors[index];
                if holder.code.to_string() != before.code.to_string() {
                    self.value_changed(before, holder, &former.name, former.span);
                }
            } else if let Some(now) = now {
                let what = What::FormerNameRemoved { name: former.name.to_string() };
                let subject = self.subject(before, &now.meaning.name);
                self.push(&subject, what, Some(former.span), now.meaning.name_span);
            }
        }
    }

    /// Compares everything but names and codes.
    fn fields(&mut self, before: &'a ErrorCode, now: &ErrorCode, subject: &Subject) {
        self.judgement(None, &before.meaning, &now.meaning, subject);
        let is_promoted = is_other_meaning_first(before, now);
        let named = |name: &Name| now.meanings().find(|meaning| meaning.name == *name);
        let first = if is_promoted { named(&before.meaning.name) } else { Some(&now.meaning) };
        if let Some(same) = first {
            self.texts(None, &before.meaning, same, subject);
        }
        let (old_name, new_name) = (Some(before.meaning.name_span), now.meaning.name_span);
        if before.retryable != now.retryable {
            let what = if now.retryable { What::RetryAllowed } else { What::RetryForbidden };
            self.push(subject, what, old_name, new_name);
        }
        if before.http_status != now.http_status {
            let what = What::HttpStatusChanged { old: before.http_status, new: now.http_status };
            let old = before.http_status_span.or(old_name);
            self.push(subject, what, old, now.http_status_span.unwrap_or(new_name));
        }
        self.deprecation(before, now, subject);
        for variant in &before.variants {
            let name = Some(variant.name.as_str());
            if let Some(same) = now.variants.iter().find(|other| other.name == variant.name) {
                self.judgement(name, variant, same, subject);
                self.texts(name, variant, same, subject);
            } else if is_promoted && now.meaning.name == variant.name {
                self.texts(name, variant, &now.meaning, subject);
            } else if self.names.get(variant.name.as_str()).is_none_or(|(_, used)| *used == Use::Variant) {
                let what = What::VariantRemoved { name: variant.name.to_string() };
                self.push(subject, what, Some(variant.name_span), new_name);
            }
        }
        for variant in &now.variants {
            if before.meanings().all(|other| other.name != variant.name) {
                let what = What::VariantAdded { name: variant.name.to_string() };
                self.push(subject, what, old_name, variant.name_span);
            }
        }
    }

    fn deprecation(&mut self, before: &ErrorCode, now: &ErrorCode, subject: &Subject) {
        let (old, new) = (Some(before.meaning.name_span), now.meaning.name_span);
        let replacement = |name: &Option<Name>| name.as_ref().map(Name::to_string);
        match (&before.deprecated, &now.deprecated) {
            (None, None) => {}
            (None, Some(now)) => {
                let what = What::Deprecated { replacement: replacement(&now.replacement) };
                self.push(subject, what, old, new);
            }
            (Some(_), None) => self.push(subject, What::Undeprecated, old, new),
            (Some(before), Some(now)) => {
                let fields = [
                    ("since", Some(before.since.clone()), Some(now.since.clone())),
                    ("use", replacement(&before.replacement), replacement(&now.replacement)),
                    ("note", before.note.clone(), now.note.clone()),
                ];
                for (field, was, is) in fields.into_iter().filter(|(_, was, is)| was != is) {
                    let what = What::DeprecationChanged { field, old: was, new: is };
                    let new = now.replacement_span.unwrap_or(new);
                    self.push(subject, what, before.replacement_span.or(old), new);
                }
            }
        }
    }

    /// Compares what apps decide by in one meaning of a code.
    fn judgement(&mut self, variant: Option<&str>, before: &'a Meaning, now: &Meaning, subject: &Subject) {
        let owned = || variant.map(str::to_owned);
        if before.kind != now.kind {
            let (old, new) = (before.kind.id().to_owned(), now.kind.id().to_owned());
            let what = What::KindChanged { variant: owned(), old, new };
            self.push(subject, what, Some(before.kind_span), now.kind_span);
        }
        let (old_at, new_at) = (before.condition_span, now.condition_span.unwrap_or(now.name_span));
        let is = now.condition.as_ref().map(Name::to_string);
        match (&before.condition, is) {
            (None, Some(new)) => {
                let what = What::ConditionGained { variant: owned(), new };
                self.push(subject, what, Some(before.name_span), new_at);
            }
            // A condition that another one took its name from still is the one that it says it is.
            (Some(was), is)
                if is.as_deref() != Some(self.pair.condition_now(was))
                    && is.as_deref() != Some(was.as_str()) =>
            {
                let what = What::ConditionMoved { variant: owned(), old: was.to_string(), new: is };
                self.push(subject, what, old_at, new_at);
            }
            _ => {}
        }
    }

    /// Compares the texts of one meaning of a code.
    fn texts(&mut self, variant: Option<&str>, before: &Meaning, now: &Meaning, subject: &Subject) {
        let pair = self.pair;
        let changes = &mut *self.changes;
        let mut change = |what, old: Option<Span>, new: Option<Span>| {
            let at = new.unwrap_or(now.name_span);
            let old = old.or(Some(before.name_span));
            changes.push(Change { subject: subject.clone(), what, old, new: Some(at), at });
        };
        let texts = [
            (Role::Message, &before.message, &now.message),
            (Role::Solution, &before.solution, &now.solution),
            (Role::VendorMessage, &before.erratum_message, &now.erratum_message),
            (Role::VendorSolution, &before.erratum_solution, &now.erratum_solution),
        ];
        for (role, before, now) in texts {
            pair.texts(variant, role, before, now, &mut change);
        }
    }

    fn tombstones(&mut self) {
        let domain = self.new.id.to_string();
        let subject = |retired: &Retired| Subject::Entry {
            domain: domain.clone(),
            code: retired.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            name: retired.name.to_string(),
        };
        let codes: HashSet<String> = self.new.errors.iter().map(|error| error.code.to_string()).collect();
        let old_names: HashSet<&str> =
            self.old.errors.iter().map(|error| error.meaning.name.as_str()).collect();
        let names = &self.names;
        let is_used = |retired: &Retired| {
            names.contains_key(retired.name.as_str())
                || retired.code.as_ref().is_some_and(|code| codes.contains(&code.to_string()))
        };
        tombstones(
            (&self.old.retired, &self.new.retired),
            (subject, self.new.span),
            is_used,
            |retired| old_names.contains(retired.name.as_str()),
            self.changes,
        );
    }
}

/// The entry whose code is written so; the type of codes may have changed meanwhile.
fn find<'a>(domain: &'a Domain, code: &str) -> Option<&'a ErrorCode> {
    domain.find(&domain.code_type.parse(code)?)
}

/// The message of a new entry in the fallback language.
fn shown_message(now: &ErrorCode) -> Option<String> {
    now.meaning.message.shown(0).map(str::to_owned)
}

/// Whether a meaning that was a variant is the entry's own now, or the other way round.
fn is_other_meaning_first(before: &ErrorCode, now: &ErrorCode) -> bool {
    let has = |error: &ErrorCode, name: &Name| error.variants.iter().any(|variant| variant.name == *name);
    has(before, &now.meaning.name) || has(now, &before.meaning.name)
}

/// Whether `name` is a constant of the entry.
fn is_constant(error: &ErrorCode, name: &Name) -> bool {
    error.meaning.name == *name || error.former_names.iter().any(|former| former.name == *name)
}
