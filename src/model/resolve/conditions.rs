//! The conditions of a book.
//!
//! In: the conditions and their tombstones as written. Out: `Condition`s whose names are theirs alone, now and in former
//! versions, and a lookup for the entries that name one: a former name is told with the current one.
//!
//! Deliberately elsewhere: whether a condition fits an entry's kind (`lints`).

use super::Resolver;
use crate::counted::counted;
use crate::diagnostics::{Diagnostic, Loc, Span};
use crate::model::{Condition, Domain, Name, Retired};
use crate::nearest::nearest;
use crate::spec::read::{SpecCondition, SpecRetired};
use std::collections::BTreeSet;
use std::iter::once;

impl Resolver<'_> {
    pub(super) fn condition(&mut self, condition: SpecCondition) -> Option<Condition> {
        let name = self.name(&condition.name);
        let kind = self.kind(&condition.kind);
        let title = self.complete_texts("title", &condition.title, condition.name.span);
        let description = self.complete_texts("description", &condition.description, condition.name.span);
        let former_names = self.former_names(condition.former_names);
        self.known.to_mut().has_lost_condition |= name.is_none();
        let name = name?;
        let all = once((&name, condition.name.span))
            .chain(former_names.iter().map(|former| (&former.name, former.span)));
        for former in &former_names {
            self.known.to_mut().renamed_conditions.insert(former.name.as_str().to_owned(), name.clone());
        }
        for (name, span) in all {
            if let Some(grave) = self.known.retired_conditions.get(name.as_str()) {
                let message = format!("the condition `{name}` is retired and cannot be used again");
                self.faults.push(
                    Diagnostic::error("retired_condition", span, message).label(*grave, "retired here"),
                );
            }
            if let Some(first) = self.known.to_mut().conditions.insert(name.as_str().to_owned(), span) {
                let message = format!("the condition `{name}` stands here a second time");
                let fault = Diagnostic::error("duplicate_condition", span, message);
                self.faults.push(fault.label(first, "first here").help("rename or remove one of the two"));
                self.known.to_mut().has_lost_condition = true;
            }
        }
        let name_span = condition.name.span;
        let allow = condition.allow;
        Some(Condition { name, name_span, kind: kind?, title, description, former_names, allow })
    }

    pub(super) fn retired_condition(&mut self, retired: &SpecRetired) -> Option<Retired> {
        self.since(&retired.since);
        if let Some(code) = &retired.code {
            self.fault("condition_with_code", code.span, "a condition has a name and no code");
        }
        let name = self.name(&retired.name)?;
        if let Some(first) =
            self.known.to_mut().retired_conditions.insert(name.as_str().to_owned(), retired.name.span)
        {
            let message = format!("the condition `{name}` is retired twice");
            let fault = Diagnostic::error("duplicate_condition", retired.name.span, message);
            self.faults.push(fault.label(first, "first here"));
        }
        Some(Retired {
            code: None,
            name,
            span: retired.name.span,
            since: retired.since.value.clone(),
            since_span: retired.since.span,
            replacement: retired.replacement.as_ref().and_then(|name| Name::new(&name.value)),
            reason: retired.reason.as_ref().map(|reason| reason.value.clone()),
        })
    }

    /// What a tombstone says to use instead must be a condition, and under its current name.
    pub(super) fn condition_replacements(&mut self, retired: &[SpecRetired]) {
        for replacement in retired.iter().filter_map(|retired| retired.replacement.as_ref()) {
            self.condition_name(replacement);
        }
    }

    pub(super) fn condition_name(&mut self, name: &Loc<String>) -> Option<Name> {
        if let Some(current) = self.known.renamed_conditions.get(&name.value).cloned() {
            let message = format!("the condition `{}` is called `{current}` now", name.value);
            let help = format!("write `{current}`");
            let fault = Diagnostic::error("former_condition", name.span, message);
            self.faults.push(fault.help(help).fix(name.span, current.as_str()));
            return Some(current);
        }
        if self.known.conditions.contains_key(&name.value) {
            return Name::new(&name.value);
        }
        // It may be the one that has no name of its own.
        if !self.known.has_lost_condition {
            self.unknown_condition(name.value.clone(), name.span, 1);
        }
        Name::new(&name.value)
    }

    /// Remembers that a condition is not there which stands in some places, of which `place` is the first.
    pub(super) fn unknown_condition(&mut self, name: String, place: Span, times: usize) {
        let (first, all) = self.unknown_conditions.entry(name).or_insert((place, 0));
        *first = place.min(*first);
        *all += times;
    }

    /// Tells of each condition that is not there, once. If many name it and nobody names the one that it is like, that is
    /// where the mistake was made.
    pub(super) fn tell_unknown_conditions(&mut self, domains: &[Domain]) {
        let unknown = std::mem::take(&mut self.unknown_conditions);
        if unknown.is_empty() {
            return;
        }
        if let Some(help) = self.without_conditions.take() {
            let place = unknown.values().map(|(place, _)| *place).min();
            let names = counted(unknown.len(), "condition");
            let message = format!("the book has no `conditions.yaml`, and its entries name {names}");
            let fault = place.map(|place| Diagnostic::error("unknown_condition", place, message));
            self.faults.extend(fault.map(|fault| fault.at("the first of them").help(help)));
            return;
        }
        let errors = domains.iter().flat_map(|domain| &domain.errors);
        let meanings = errors.flat_map(|error| once(&error.meaning).chain(&error.variants));
        let named: BTreeSet<_> =
            meanings.filter_map(|meaning| meaning.condition.as_ref()).map(Name::as_str).collect();
        for (name, (place, times)) in unknown {
            let may = self.may_compare(self.known.conditions.len());
            let known = || self.known.conditions.keys().map(String::as_str);
            let near = may.then(|| nearest(&name, known())).flatten();
            let is_like = |other: &&str| !named.contains(other) && nearest(&name, once(*other)).is_some();
            let meant = near.filter(|near| times > 1 && known().filter(is_like).eq([*near]));
            let fault = if let Some(written) = meant {
                let message = format!(
                    "no entry names the condition `{written}`, and {times} name `{name}`, which is not there"
                );
                let defined = self.known.conditions[written];
                let help = format!("did you mean `{name}`, which {times} entries name?");
                let fault = Diagnostic::error("unknown_condition", defined, message);
                fault.label(place, "named here first").help(help).suggest(defined, &name)
            } else {
                let message = format!("unknown condition `{name}`");
                let mut fault = Diagnostic::error("unknown_condition", place, message);
                if times > 1 {
                    fault = fault.at(format!("the first of {times} places"));
                }
                match near {
                    Some(near) => fault.did_you_mean(place, near),
                    None => fault.help("add it to conditions.yaml"),
                }
            };
            self.faults.push(fault);
            self.budget.keep(&mut self.faults);
        }
    }
}
