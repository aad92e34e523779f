//! The conditions of a book.
//!
//! In: the conditions and their tombstones as written. Out: `Condition`s whose names are theirs alone, now and in former
//! versions, and a lookup for the entries that name one: a former name is told with the current one.
//!
//! Deliberately elsewhere: whether a condition fits an entry's kind (`lints`).

use super::Resolver;
use crate::diagnostics::{Diagnostic, Loc};
use crate::model::{Condition, Name, Retired};
use crate::nearest::nearest;
use crate::spec::read::{SpecCondition, SpecRetired};

impl Resolver<'_> {
    pub(super) fn condition(&mut self, condition: SpecCondition) -> Option<Condition> {
        let name = self.name(&condition.name);
        let kind = self.kind(&condition.kind);
        let title = self.complete_texts("title", &condition.title, condition.name.span);
        let description = self.complete_texts("description", &condition.description, condition.name.span);
        let former_names = self.former_names(condition.former_names);
        self.known.to_mut().has_lost_condition |= name.is_none();
        let name = name?;
        let all = std::iter::once((&name, condition.name.span))
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
            let may = self.may_compare(self.known.conditions.len());
            let known = || self.known.conditions.keys().map(String::as_str);
            let message = format!("unknown condition `{}`", name.value);
            let fault = Diagnostic::error("unknown_condition", name.span, message);
            let fault = match may.then(|| nearest(&name.value, known())).flatten() {
                Some(near) => fault.did_you_mean(name.span, near),
                None => fault.help("add it to conditions.yaml"),
            };
            self.faults.push(fault);
        }
        Name::new(&name.value)
    }
}
