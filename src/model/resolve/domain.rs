//! A domain, its entries and its tombstones.
//!
//! In: a domain as written. Out: a `Domain` in which each code and each name belongs to one entry, none is one that was
//! retired, and what is to be used instead of an entry exists. Faults of an entry do not hide those of the next: what is
//! taken is taken even if something else of its entry is wrong.
//!
//! Deliberately elsewhere: names that collide once they are spelled in a language (`view::check`).

use super::Resolver;
use crate::diagnostics::{Diagnostic, Loc, Span};
use crate::document::{Field, Recipe};
use crate::expression::Expression;
use crate::model::{
    About, CodeType, Deprecation, Domain, DomainId, ErrorCode, Locale, Name, Retired, VendorTexts, WireCode,
    advice,
};
use crate::nearest::nearest;
use crate::spec::read::{SpecDeprecation, SpecDomain, SpecError, SpecRetired};
use crate::spec::recipe::{check_locales, recipe};
use crate::spec::write::quoted;
use crate::spec::yaml::Node;
use std::collections::{BTreeMap, BTreeSet};

impl Resolver<'_> {
    pub(super) fn domain(&mut self, domain: SpecDomain) -> Option<Domain> {
        self.title(&domain.title);
        let code_type = CodeType::from_id(&domain.code_type.value);
        if code_type.is_none() {
            let written = &domain.code_type;
            let message = format!("`{}` is no code type", crate::characters::visible(&written.value, 100));
            let fault = Diagnostic::error("unknown_code_type", written.span, message);
            self.faults.push(
                match nearest(&written.value, CodeType::ALL.iter().map(|code_type| code_type.id())) {
                    Some(near) => fault.did_you_mean(written.span, near),
                    None => fault.help("one of `int32`, `int64`, `string`"),
                },
            );
        }
        let code_type = code_type?;
        let is_of_numbers =
            |error: &SpecError| error.code_is_plain && CodeType::Int64.parse(&error.code.value).is_some();
        if code_type == CodeType::String
            && domain.errors.len() > 1
            && domain.errors.iter().all(|error| is_of_numbers(error))
        {
            // One slip in one word; to quote every code is not the one right answer.
            let message = "the codes are `string`, and every one is written as a number";
            self.fault("unquoted_code", domain.code_type.span, message).help = Some(
                "write `code_type: int32` (or `int64`) if they are numbers, or else every code in quotes"
                    .to_owned(),
            );
            return None;
        }
        let code_pattern = domain.code_pattern.and_then(|pattern| self.code_pattern(&pattern));
        let (vendor, document) = domain.document.map(|block| self.document(&block)).unwrap_or_default();
        let mut scope = Scope::default();
        let mut retired: Vec<_> = domain
            .retired
            .into_iter()
            .filter_map(|retired| self.kept(|this| this.retired(retired, code_type, &mut scope)))
            .collect();
        retired.sort_by(|a, b| (&a.code, &a.name).cmp(&(&b.code, &b.name)));
        // A list that grows is in memory twice for a moment, which is much of a large domain.
        let mut errors = Vec::with_capacity(domain.errors.len());
        for error in domain.errors {
            errors.extend(self.kept(|this| this.error(*error, code_type, &mut scope)));
        }
        errors.sort_by(|a, b| a.code.cmp(&b.code));
        for (replacement, span) in std::mem::take(&mut scope.uses) {
            if scope.variants.contains(&replacement) {
                let message = format!("`{replacement}` is another meaning of a code and has no constant");
                self.fault("unknown_replacement", span, message).help =
                    Some("name the entry whose code it is".to_owned());
            } else if !scope.names.contains_key(&replacement) && !scope.has_nameless {
                let message = format!("no entry of this domain is called `{replacement}`");
                let fault = Diagnostic::error("unknown_replacement", span, message);
                let may = self.may_compare(scope.names.len());
                let near =
                    may.then(|| nearest(&replacement, scope.names.keys().map(String::as_str))).flatten();
                self.faults.push(match near {
                    Some(near) => fault.did_you_mean(span, near),
                    None => fault.help("name one that has an entry here"),
                });
            }
            self.budget.keep(&mut self.faults);
        }
        Some(Domain {
            id: DomainId::new(&domain.domain.value)?,
            span: domain.domain.span,
            title: domain.title.value,
            code_type,
            envelope: domain
                .envelope
                .into_iter()
                .map(|(role, pointer)| (role.value, pointer.value))
                .collect(),
            code_pattern,
            vendor,
            document,
            errors,
            retired,
        })
    }

    /// Which texts the document of a domain supplies, and what there is to know about it. The faults of its recipe are
    /// faults of the book: an author should not have to run `audit` to hear of a misspelt key.
    fn document(&mut self, block: &Node) -> (VendorTexts, About) {
        let recipe = recipe(block, &mut self.faults);
        if let Some(recipe) = recipe.as_ref().filter(|_| !self.known.has_unknown_locale) {
            // What all texts are in as well is told at the list.
            let foreign = self.known.coverage.foreign.iter().map(String::as_str);
            let known: Vec<_> = self.known.locales.iter().map(Locale::tag).chain(foreign).collect();
            check_locales(recipe, &known, &mut self.faults);
        }
        let fields = recipe.as_ref().map(Recipe::fields).unwrap_or_default();
        let by_locale = |field: fn(String) -> Field| {
            self.known.locales.iter().map(|locale| fields.contains(&field(locale.tag().to_owned()))).collect()
        };
        let vendor = VendorTexts { message: by_locale(Field::Message), solution: by_locale(Field::Solution) };
        let about = |recipe: Recipe| About {
            revision: recipe.revision.map(|revision| revision.value),
            note: recipe.note.map(|note| note.value),
        };
        (vendor, recipe.map(about).unwrap_or_default())
    }

    /// Reads the expression that says what the shape of a code means.
    fn code_pattern(&mut self, pattern: &Loc<String>) -> Option<Expression> {
        match Expression::with_groups(&pattern.value) {
            Ok((expression, groups)) if groups.names.iter().flatten().eq(["http_status"]) => {
                return Some(expression);
            }
            Ok(_) => {
                let message = "the pattern does not have the one group `http_status`";
                self.fault("bad_pattern", pattern.span, message).help = Some(
                    "name the digits of the HTTP status, like `^(?<http_status>[1-5][0-9]{2})`".to_owned(),
                );
            }
            Err(refused) => self.faults.push(refused.told(pattern.span)),
        }
        None
    }

    fn error(&mut self, error: SpecError, code_type: CodeType, scope: &mut Scope) -> Option<ErrorCode> {
        scope.entries += 1;
        scope.twin = None;
        let code = self.code(&error.code, error.code_is_plain, code_type);
        if let Some(code) = &code {
            if let Some(grave) = scope.retired_codes.get(code) {
                let message = format!("the code `{code}` is retired and cannot be used again");
                self.faults.push(
                    Diagnostic::error("retired_code", error.code.span, message).label(*grave, "retired here"),
                );
            }
            if let Some((first, entry)) = scope.codes.insert(code.clone(), (error.code.span, scope.entries)) {
                let same = scope.names.get(&error.meaning.name.value);
                scope.twin = same.map(|(_, same)| *same).filter(|same| *same == entry);
                let (what, help) = if scope.twin.is_some() {
                    ("entry", "remove one of the two")
                } else {
                    ("code", "a second documented meaning of a code is a `variants` item of its entry")
                };
                let message = format!("the {what} `{code}` stands here a second time");
                self.faults.push(
                    Diagnostic::error("duplicate_code", error.code.span, message)
                        .label(first, "first here")
                        .help(help),
                );
            }
        }
        // A name is taken even if something else of the entry is wrong, so that whoever refers to it finds it.
        match Name::new(&error.meaning.name.value) {
            Some(name) => self.claim(&name, error.meaning.name.span, scope),
            None => scope.has_nameless = true,
        }
        let meaning = self.meaning(error.meaning);
        let former_names = self.former_names(error.former_names);
        for former in &former_names {
            self.claim(&former.name, former.span, scope);
        }
        let kind = meaning.as_ref().map(|meaning| meaning.kind);
        if let Some(kind) = kind.filter(|kind| error.retryable && !kind.may_be_retryable()) {
            let message = format!("an error of kind `{}` cannot be retryable", kind.id());
            self.fault("retryable_kind", error.retryable_span.unwrap_or(error.span), message).help = Some(
                "only unavailable, deadline_exceeded, resource_exhausted, aborted, internal and unknown can"
                    .to_owned(),
            );
        }
        let deprecated = error.deprecated.and_then(|deprecated| self.deprecation(*deprecated, scope));
        scope.has_nameless |= error.variants.iter().any(|variant| Name::new(&variant.name.value).is_none());
        let variants: Vec<_> =
            error.variants.into_iter().filter_map(|variant| self.meaning(variant)).collect();
        for variant in &variants {
            self.claim(&variant.name, variant.name_span, scope);
            scope.variants.insert(variant.name.as_str().to_owned());
        }
        if let (Some(meaning), Some(deprecated)) = (&meaning, &deprecated)
            && let Some(replacement) = &deprecated.replacement
            && (*replacement == meaning.name || former_names.iter().any(|former| former.name == *replacement))
        {
            let message = format!("`{}` is deprecated in favour of itself", meaning.name);
            let place = deprecated.replacement_span.unwrap_or(meaning.name_span);
            self.fault("deprecated_for_itself", place, message).help =
                Some("name another entry, or leave `use` out".to_owned());
        }
        Some(ErrorCode {
            span: error.span,
            code: code?,
            code_span: error.code.span,
            meaning: meaning?,
            retryable: error.retryable,
            http_status_span: error.http_status.as_ref().map(|status| status.span),
            http_status: error.http_status.and_then(|status| u16::try_from(status.value).ok()),
            variants,
            former_names,
            deprecated,
            allow: error.allow,
            note: error.note.map(|note| note.value),
        })
    }

    /// Reads a code, whose way of writing must leave no doubt about its type.
    fn code(&mut self, code: &Loc<String>, plain: bool, code_type: CodeType) -> Option<WireCode> {
        let text = &code.value;
        if code_type == CodeType::String && plain {
            let written = quoted(text);
            let message = format!("the code {text} of a string domain stands without quotes");
            let fault = Diagnostic::error("unquoted_code", code.span, message);
            let fault = fault.help(format!("write {written}"));
            // A mark at an end is most likely one that was left from something else, and no part of the code.
            let is_certain = text.chars().all(|ch| ch.is_ascii_alphanumeric() || "_.-:/".contains(ch));
            self.faults.push(if is_certain {
                fault.fix(code.span, written)
            } else {
                let bare = text.trim_matches(|ch: char| !ch.is_alphanumeric());
                let meant = quoted(if bare.is_empty() { text } else { bare });
                let help = format!("write the code in quotes, {meant} if what stands around it is a slip");
                Diagnostic { help: Some(help), ..fault }
            });
            return None;
        }
        if code_type != CodeType::String && !plain {
            let message = format!("the code `{text}` of an integer domain stands in quotes");
            let fault = Diagnostic::error("quoted_code", code.span, message);
            self.faults.push(match code_type.parse(text) {
                Some(_) => fault.help(format!("write {text}")).fix(code.span, text),
                None => fault.help("other codes than numbers need `code_type: string`"),
            });
            return None;
        }
        if text.contains('\0') {
            self.fault("nul_character", code.span, "a code cannot hold the character U+0000");
            return None;
        }
        let parsed = code_type.parse(text).filter(|_| !text.is_empty());
        if parsed.is_none() {
            let message = format!("`{text}` is no code of type {}", code_type.id());
            let fault = Diagnostic::error("bad_code", code.span, message);
            self.faults.push(match advice::code(text, code_type) {
                Some(meant) => fault.did_you_mean(code.span, &meant),
                None => fault.help(advice::code_help(text, code_type)),
            });
        }
        parsed
    }

    fn deprecation(&mut self, deprecated: SpecDeprecation, scope: &mut Scope) -> Option<Box<Deprecation>> {
        self.since(&deprecated.since);
        let replacement_span = deprecated.replacement.as_ref().map(|name| name.span);
        let replacement = match deprecated.replacement {
            Some(name) => {
                let parsed = self.name(&name)?;
                scope.uses.push((name.value, name.span));
                Some(parsed)
            }
            None => None,
        };
        let note = deprecated.note.map(|note| note.value);
        let Loc { value: since, span: since_span } = deprecated.since;
        Some(Box::new(Deprecation { since, since_span, replacement, replacement_span, note }))
    }

    fn retired(&mut self, retired: SpecRetired, code_type: CodeType, scope: &mut Scope) -> Option<Retired> {
        self.since(&retired.since);
        let name = self.name(&retired.name)?;
        if let Some(first) = scope.retired_names.insert(name.as_str().to_owned(), retired.name.span) {
            let message = format!("the name `{name}` is retired twice");
            self.faults.push(
                Diagnostic::error("duplicate_name", retired.name.span, message).label(first, "first here"),
            );
        }
        let code = retired.code.as_ref().and_then(|code| self.code(code, retired.code_is_plain, code_type));
        if let (Some(code), Some(written)) = (&code, &retired.code)
            && let Some(first) = scope.retired_codes.insert(code.clone(), written.span)
        {
            let message = format!("the code `{code}` is retired twice");
            self.faults
                .push(Diagnostic::error("duplicate_code", written.span, message).label(first, "first here"));
        }
        let replacement = match retired.replacement {
            Some(name) => {
                let parsed = self.name(&name)?;
                scope.uses.push((name.value, name.span));
                Some(parsed)
            }
            None => None,
        };
        let reason = retired.reason.map(|reason| reason.value);
        let span = retired.name.span;
        let Loc { value: since, span: since_span } = retired.since;
        Some(Retired { code, name, span, since, since_span, replacement, reason })
    }

    /// Gives a name to an entry, unless another has it or had it. The names of an entry that stands twice are told with it.
    fn claim(&mut self, name: &Name, span: Span, scope: &mut Scope) {
        let holder = scope.names.get(name.as_str()).map(|(_, entry)| *entry);
        if holder.is_some() && holder == scope.twin {
            return;
        }
        if let Some(grave) = scope.retired_names.get(name.as_str()) {
            let message = format!("the name `{name}` is retired and cannot be used again");
            self.faults.push(Diagnostic::error("retired_name", span, message).label(*grave, "retired here"));
        }
        if let Some((first, _)) = scope.names.insert(name.as_str().to_owned(), (span, scope.entries)) {
            let message = format!("the name `{name}` stands here a second time");
            let fault = Diagnostic::error("duplicate_name", span, message);
            self.faults.push(fault.label(first, "first here").help("give one of the two another name"));
        }
    }
}

/// What is taken within one domain.
#[derive(Default)]
struct Scope {
    /// How many entries were met, which numbers them.
    entries: usize,
    /// The entry that the present one repeats.
    twin: Option<usize>,
    /// The codes, each with its place and its entry.
    codes: BTreeMap<WireCode, (Span, usize)>,
    /// The names, each with its place and its entry.
    names: BTreeMap<String, (Span, usize)>,
    /// Whether an entry has a name that is none, so that nobody can say which names there are.
    has_nameless: bool,
    /// Those of the names that are further meanings of a code.
    variants: BTreeSet<String>,
    retired_codes: BTreeMap<WireCode, Span>,
    retired_names: BTreeMap<String, Span>,
    uses: Vec<(String, Span)>,
}
