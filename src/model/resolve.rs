//! From the spec as written to a valid book.
//!
//! In: `SpecFiles`, whose form is right. Out: a `Book`, or every reason why it is none, sorted. This is the one
//! place that decides what a valid book is; the order of the rules below is that of the fields in a file.
//!
//! Deliberately elsewhere: whether names collide once they are spelled in a language (`view::check`).

use super::coverage::Coverage;
use super::{
    About, Book, CodeType, Condition, Deprecation, Domain, DomainId, ErrorCode, FormerName, Kind, Locale,
    Meaning, Name, Retired, Texts, VendorTexts, Vocabulary, WireCode, advice,
};
use crate::diagnostics::{self, Budget, Diagnostic, Loc, Span};
use crate::document::{Field, Recipe};
use crate::nearest::nearest;
use crate::spec::SpecFiles;
use crate::spec::read::{
    SpecCondition, SpecDeprecation, SpecDomain, SpecError, SpecFormerName, SpecMeaning, SpecRetired,
    SpecTexts, SpecVocabulary,
};
use crate::spec::recipe::{check_locales, recipe};
use crate::spec::write::quoted;
use crate::spec::yaml::Node;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// Resolves a book, or says everything that is wrong with it.
pub fn resolve(files: SpecFiles) -> Result<Book, Vec<Diagnostic>> {
    let (book, faults) = resolve_what_can_be(files);
    if diagnostics::any_error(&faults) { Err(faults) } else { Ok(book) }
}

/// Resolves what can be resolved of a book, and says everything that is wrong with it, sorted.
///
/// If there are faults, what this module promises of a `Book` does not hold: texts may be missing, codes and names may
/// stand twice, and an entry without a valid code, name or kind is left out. It is for comparing a book with an older one,
/// which nobody can mend any more.
pub fn resolve_what_can_be(files: SpecFiles) -> (Book, Vec<Diagnostic>) {
    let mut resolver = Resolver::new();
    let version = resolver.version(&files.book.version);
    resolver.locales(&files.book.locales);
    resolver.coverage(&files);
    if files.book.locales.is_empty() {
        resolver
            .fault("no_locale", files.book.version.span, "the book has no locale to write messages in")
            .help = Some("list at least one under `locales`, like `[en]`".to_owned());
    }
    let mut retired_conditions: Vec<_> = files
        .conditions
        .retired
        .iter()
        .filter_map(|retired| resolver.kept(|resolver| resolver.retired_condition(retired)))
        .collect();
    retired_conditions.sort_by(|a, b| a.name.cmp(&b.name));
    let mut conditions: Vec<_> = files
        .conditions
        .conditions
        .into_iter()
        .filter_map(|condition| resolver.kept(|resolver| resolver.condition(condition)))
        .collect();
    // Like entries, conditions have one order, wherever they stand in the file.
    conditions.sort_by(|a, b| a.name.cmp(&b.name));
    resolver.condition_replacements(&files.conditions.retired);
    resolver.domain_names(&files.book.domains);
    let domains: Vec<_> = files.domains.into_iter().filter_map(|domain| resolver.domain(domain)).collect();
    let vocabulary = files.vocabulary.map(|vocabulary| resolver.vocabulary(vocabulary));
    resolver.budget.close(&mut resolver.faults);
    diagnostics::sort(&mut resolver.faults);
    let book = Book {
        span: files.book.version.span,
        lints: files.book.lints,
        version,
        title: files.book.title.value,
        locales: resolver.locales,
        vocabulary,
        conditions,
        retired_conditions,
        domains,
        manifest: files.book.manifest,
        outputs: files.book.outputs,
    };
    (book, resolver.faults)
}

/// With how many names the misspelt ones of a book are compared, all together: a suggestion is worth a moment.
const MOST_COMPARISONS: usize = 50_000;

/// What later rules need to know of earlier parts of the book.
struct Resolver {
    locales: Vec<Locale>,
    /// Whether every locale of the list was understood.
    locales_are_known: bool,
    /// What is told at the list of locales, and no more at the texts.
    coverage: Coverage,
    /// Whether every condition has a name by which it can be found.
    conditions_are_known: bool,
    /// Current and former names, with the place of each.
    conditions: BTreeMap<String, Span>,
    /// The current name of each former one.
    renamed_conditions: BTreeMap<String, Name>,
    /// Names that conditions had once and must not have again.
    retired_conditions: BTreeMap<String, Span>,
    faults: Vec<Diagnostic>,
    budget: Budget,
    /// How many comparisons are left.
    comparisons: usize,
}

impl Resolver {
    fn new() -> Self {
        Self {
            locales: Vec::new(),
            locales_are_known: true,
            coverage: Coverage::default(),
            conditions_are_known: true,
            conditions: BTreeMap::new(),
            renamed_conditions: BTreeMap::new(),
            retired_conditions: BTreeMap::new(),
            faults: Vec::new(),
            budget: Budget::new(&[]),
            comparisons: MOST_COMPARISONS,
        }
    }

    /// Does one step, of whose faults no more are kept than anybody reads.
    fn kept<T>(&mut self, step: impl FnOnce(&mut Self) -> T) -> T {
        let done = step(self);
        self.budget.keep(&mut self.faults);
        done
    }

    /// Whether a word may be compared with `names` names.
    fn may_compare(&mut self, names: usize) -> bool {
        let left = self.comparisons.checked_sub(names);
        self.comparisons = left.unwrap_or(self.comparisons);
        left.is_some()
    }

    fn fault(&mut self, id: &'static str, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.faults.push(Diagnostic::error(id, span, message));
        let last = self.faults.len() - 1;
        &mut self.faults[last]
    }

    fn version(&mut self, version: &Loc<String>) -> String {
        self.since(version);
        version.value.clone()
    }

    /// Checks a version: the core of semantic versioning, which manifests of all five ecosystems accept as it stands.
    fn since(&mut self, version: &Loc<String>) {
        let mut parts = version.value.split('.');
        let numbers = parts.by_ref().take(3).filter(|part| canonical_digits(part)).count();
        if numbers != 3 || parts.next().is_some() {
            let message = format!("`{}` is no version", version.value.escape_debug());
            let fault = Diagnostic::error("bad_version", version.span, message);
            self.faults.push(match advice::version(&version.value) {
                Some(meant) => fault.did_you_mean(version.span, &meant),
                None => fault.help("write three numbers: `major.minor.patch`"),
            });
        }
    }

    fn locales(&mut self, tags: &[Loc<String>]) {
        for tag in tags {
            match Locale::new(&tag.value) {
                Some(locale) if self.locales.contains(&locale) => {
                    let message = format!("the locale `{locale}` is listed twice");
                    self.fault("duplicate_locale", tag.span, message).help =
                        Some("remove one of the two".to_owned());
                }
                Some(locale) => self.locales.push(locale),
                None => {
                    let message =
                        format!("`{}` is no locale errbook knows how to write", tag.value.escape_debug());
                    let fault = Diagnostic::error("bad_locale", tag.span, message);
                    self.faults.push(match advice::locale(&tag.value) {
                        Some(locale) => fault.did_you_mean(tag.span, locale.tag()),
                        None => fault
                            .help("BCP 47 with language, script and region, like `en`, `zh-Hans`, `pt-BR`"),
                    });
                    // Which languages texts can be in is not known any more.
                    self.locales_are_known = false;
                }
            }
        }
    }

    /// Tells of languages that every text is in or that none is.
    fn coverage(&mut self, files: &SpecFiles) {
        let coverage = Coverage::of(files);
        let Some(first) = files.book.locales.first() else { return };
        for tag in &files.book.locales {
            if coverage.absent.contains(&tag.value) && Locale::new(&tag.value).is_some() {
                let message = format!("no text of the book is in `{}`", tag.value);
                let help = format!("write all {} of them in it, or take it out of `locales`", coverage.texts);
                self.fault("missing_locale", tag.span, message).help = Some(help);
            }
        }
        for tag in &coverage.foreign {
            // One that is misspelt in the list is told there.
            if self.locales_are_known {
                let message = format!(
                    "every text of the book is in `{0}` as well, which is not listed",
                    tag.escape_debug()
                );
                self.fault("unknown_locale", first.span, message).help =
                    Some("add it to `locales`, or take it out of the texts".to_owned());
            }
        }
        self.coverage = coverage;
    }

    fn domain_names(&mut self, names: &[Loc<String>]) {
        let mut seen: BTreeMap<String, (Span, &String)> = BTreeMap::new();
        for name in names {
            // `a-1` and `a1` would be the same type in every language.
            let folded = name.value.replace('-', "");
            if let Some((first, other)) = seen.insert(folded, (name.span, &name.value)) {
                let (message, help) = if *other == name.value {
                    (format!("the domain `{}` is listed twice", name.value), "remove one of the two")
                } else {
                    let message =
                        format!("the domain `{}` has the same name in generated code as another", name.value);
                    (message, "rename one of the two")
                };
                let fault = Diagnostic::error("duplicate_domain", name.span, message);
                self.faults.push(fault.label(first, "the other").help(help));
            }
        }
    }

    fn condition(&mut self, condition: SpecCondition) -> Option<Condition> {
        let name = self.name(&condition.name);
        let kind = self.kind(&condition.kind);
        let title = self.complete_texts("title", &condition.title, condition.name.span);
        let description = self.complete_texts("description", &condition.description, condition.name.span);
        let former_names = self.former_names(condition.former_names);
        self.conditions_are_known &= name.is_some();
        let name = name?;
        let all = std::iter::once((&name, condition.name.span))
            .chain(former_names.iter().map(|former| (&former.name, former.span)));
        for former in &former_names {
            self.renamed_conditions.insert(former.name.as_str().to_owned(), name.clone());
        }
        for (name, span) in all {
            if let Some(grave) = self.retired_conditions.get(name.as_str()) {
                let message = format!("the condition `{name}` is retired and cannot be used again");
                self.faults.push(
                    Diagnostic::error("retired_condition", span, message).label(*grave, "retired here"),
                );
            }
            if let Some(first) = self.conditions.insert(name.as_str().to_owned(), span) {
                let message = format!("the condition `{name}` stands here a second time");
                let fault = Diagnostic::error("duplicate_condition", span, message);
                self.faults.push(fault.label(first, "first here").help("rename or remove one of the two"));
                self.conditions_are_known = false;
            }
        }
        let name_span = condition.name.span;
        let allow = condition.allow;
        Some(Condition { name, name_span, kind: kind?, title, description, former_names, allow })
    }

    fn domain(&mut self, domain: SpecDomain) -> Option<Domain> {
        let code_type = CodeType::from_id(&domain.code_type.value);
        if code_type.is_none() {
            let written = &domain.code_type;
            let message = format!("`{}` is no code type", written.value.escape_debug());
            let fault = Diagnostic::error("unknown_code_type", written.span, message);
            self.faults.push(
                match nearest(&written.value, CodeType::ALL.iter().map(|code_type| code_type.id())) {
                    Some(near) => fault.did_you_mean(written.span, near),
                    None => fault.help("one of `int32`, `int64`, `string`"),
                },
            );
        }
        let code_type = code_type?;
        let code_pattern = domain.code_pattern.and_then(|pattern| self.code_pattern(&pattern));
        let (vendor, document) = domain.document.map(|block| self.document(&block)).unwrap_or_default();
        let mut scope = Scope::default();
        let mut retired: Vec<_> = domain
            .retired
            .into_iter()
            .filter_map(|retired| self.kept(|this| this.retired(retired, code_type, &mut scope)))
            .collect();
        retired.sort_by(|a, b| (&a.code, &a.name).cmp(&(&b.code, &b.name)));
        let mut errors: Vec<_> = domain
            .errors
            .into_iter()
            .filter_map(|error| self.kept(|this| this.error(error, code_type, &mut scope)))
            .collect();
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
                let near = nearest(&replacement, scope.names.keys().map(String::as_str).filter(|_| may));
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
        if let Some(recipe) = recipe.as_ref().filter(|_| self.locales_are_known) {
            let known: Vec<_> = self.locales.iter().map(Locale::tag).collect();
            check_locales(recipe, &known, &mut self.faults);
        }
        let fields = recipe.as_ref().map(Recipe::fields).unwrap_or_default();
        let by_locale = |field: fn(String) -> Field| {
            self.locales.iter().map(|locale| fields.contains(&field(locale.tag().to_owned()))).collect()
        };
        let vendor = VendorTexts { message: by_locale(Field::Message), solution: by_locale(Field::Solution) };
        let about = |recipe: Recipe| About {
            revision: recipe.revision.map(|revision| revision.value),
            note: recipe.note.map(|note| note.value),
        };
        (vendor, recipe.map(about).unwrap_or_default())
    }

    /// Reads the expression that says what the shape of a code means.
    fn code_pattern(&mut self, pattern: &Loc<String>) -> Option<Regex> {
        let (message, help) = match Regex::new(&pattern.value) {
            Ok(regex) if regex.capture_names().flatten().eq(["http_status"]) => return Some(regex),
            Ok(_) => (
                "the pattern does not have the one group `http_status`".to_owned(),
                "name the digits of the HTTP status, like `^(?<http_status>[1-5][0-9]{2})`",
            ),
            // The first lines of the message repeat the expression, which the picture shows already.
            Err(error) => {
                let reason = error.to_string();
                let reason =
                    reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                (
                    format!("the pattern is no regular expression: {reason}"),
                    "mend the expression or remove it",
                )
            }
        };
        self.fault("bad_pattern", pattern.span, message).help = Some(help.to_owned());
        None
    }

    fn error(&mut self, error: SpecError, code_type: CodeType, scope: &mut Scope) -> Option<ErrorCode> {
        scope.entries += 1;
        let mut is_twin = false;
        let code = self.code(&error.code, error.code_is_plain, code_type);
        if let Some(code) = &code {
            if let Some(grave) = scope.retired_codes.get(code) {
                let message = format!("the code `{code}` is retired and cannot be used again");
                self.faults.push(
                    Diagnostic::error("retired_code", error.code.span, message).label(*grave, "retired here"),
                );
            }
            if let Some((first, twin)) = scope.codes.insert(code.clone(), (error.code.span, scope.entries)) {
                let same = scope.names.get(&error.meaning.name.value);
                is_twin = same.is_some_and(|(_, entry)| *entry == twin);
                let what = if is_twin { "entry" } else { "code" };
                let message = format!("the {what} `{code}` stands here a second time");
                let help = if is_twin {
                    "remove one of the two"
                } else {
                    "a second documented meaning of a code is a `variants` item of its entry"
                };
                self.faults.push(
                    Diagnostic::error("duplicate_code", error.code.span, message)
                        .label(first, "first here")
                        .help(help),
                );
            }
        }
        // A name is taken even if something else of the entry is wrong, so that whoever refers to it finds it.
        match Name::new(&error.meaning.name.value) {
            Some(name) if !is_twin => self.claim(&name, error.meaning.name.span, scope),
            Some(_) => {}
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
        let deprecated = error.deprecated.and_then(|deprecated| self.deprecation(deprecated, scope));
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
            let quoted = quoted(text);
            let message = format!("the code {text} of a string domain stands without quotes");
            let fault = Diagnostic::error("unquoted_code", code.span, message);
            self.faults.push(fault.help(format!("write {quoted}")).fix(code.span, quoted));
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

    fn meaning(&mut self, meaning: SpecMeaning) -> Option<Meaning> {
        let name = self.name(&meaning.name);
        let kind = self.kind(&meaning.kind);
        let condition_span = meaning.condition.as_ref().map(|condition| condition.span);
        let condition = meaning.condition.and_then(|condition| self.condition_name(&condition));
        let message = self.complete_texts("message", &meaning.message, meaning.span);
        let solution = self.texts(&meaning.solution);
        let erratum_message = self.texts(&meaning.erratum_message);
        let erratum_solution = self.texts(&meaning.erratum_solution);
        Some(Meaning {
            name: name?,
            name_span: meaning.name.span,
            kind: kind?,
            kind_span: meaning.kind.span,
            condition,
            condition_span,
            message,
            solution,
            erratum_message,
            erratum_solution,
        })
    }

    fn name(&mut self, name: &Loc<String>) -> Option<Name> {
        let parsed = Name::new(&name.value);
        if parsed.is_none() {
            let message = format!("`{}` is no name", crate::characters::visible(&name.value, 100));
            let fault = Diagnostic::error("bad_name", name.span, message);
            let rule = "lower-case letters and digits in words joined by single `_`, at most 64 characters";
            self.faults.push(match (advice::name(&name.value), advice::foreign_character(&name.value)) {
                (Some(meant), _) => fault.did_you_mean(name.span, &meant),
                (None, Some(foreign)) => fault.help(format!("{rule}; {foreign}")),
                (None, None) => fault.help(rule),
            });
        }
        parsed
    }

    fn kind(&mut self, kind: &Loc<String>) -> Option<Kind> {
        let parsed = Kind::from_id(&kind.value);
        if parsed.is_none() {
            let ids = || Kind::ALL.into_iter().map(Kind::id);
            let message = format!("unknown kind `{}`", kind.value);
            let fault = Diagnostic::error("unknown_kind", kind.span, message);
            self.faults.push(match nearest(&kind.value, ids()) {
                Some(near) => fault.did_you_mean(kind.span, near),
                None => fault.help(format!("one of {}", ids().collect::<Vec<_>>().join(", "))),
            });
        }
        parsed
    }

    /// Every word of a vocabulary must be one that a name could hold, or it would never be met.
    fn vocabulary(&mut self, vocabulary: SpecVocabulary) -> Vocabulary {
        let mut word = |word: Loc<String>| {
            if Name::new(&word.value).is_none() {
                let message = format!("no name can hold `{}`", word.value.escape_debug());
                self.fault("bad_name", word.span, message).help =
                    Some("lower-case letters and digits in words joined by single `_`".to_owned());
            }
            word.value
        };
        Vocabulary {
            endings: vocabulary.endings.into_iter().map(&mut word).collect(),
            names: vocabulary.names.into_iter().map(&mut word).collect(),
            avoid: vocabulary.avoid.into_iter().map(|(bad, good)| (word(bad), word(good))).collect(),
        }
    }

    fn retired_condition(&mut self, retired: &SpecRetired) -> Option<Retired> {
        self.since(&retired.since);
        if let Some(code) = &retired.code {
            self.fault("condition_with_code", code.span, "a condition has a name and no code");
        }
        let name = self.name(&retired.name)?;
        if let Some(first) = self.retired_conditions.insert(name.as_str().to_owned(), retired.name.span) {
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
    fn condition_replacements(&mut self, retired: &[SpecRetired]) {
        for replacement in retired.iter().filter_map(|retired| retired.replacement.as_ref()) {
            self.condition_name(replacement);
        }
    }

    fn condition_name(&mut self, name: &Loc<String>) -> Option<Name> {
        if let Some(current) = self.renamed_conditions.get(&name.value).cloned() {
            let message = format!("the condition `{}` is called `{current}` now", name.value);
            let help = format!("write `{current}`");
            let fault = Diagnostic::error("former_condition", name.span, message);
            self.faults.push(fault.help(help).fix(name.span, current.as_str()));
            return Some(current);
        }
        if self.conditions.contains_key(&name.value) {
            return Name::new(&name.value);
        }
        // It may be the one that has no name of its own.
        if self.conditions_are_known {
            let may = self.may_compare(self.conditions.len());
            let known = self.conditions.keys().map(String::as_str).filter(|_| may);
            let message = format!("unknown condition `{}`", name.value);
            let fault = Diagnostic::error("unknown_condition", name.span, message);
            let fault = match nearest(&name.value, known) {
                Some(near) => fault.did_you_mean(name.span, near),
                None => fault.help("add it to conditions.yaml"),
            };
            self.faults.push(fault);
        }
        Name::new(&name.value)
    }

    /// Texts of which every locale must have one.
    fn complete_texts(&mut self, what: &str, texts: &SpecTexts, fallback: Span) -> Texts {
        let known = self.known_texts(texts);
        let missing: Vec<_> = known.missing.iter().map(|locale| format!("`{locale}`")).collect();
        if !missing.is_empty() {
            let message = format!("the {what} in {} is missing", missing.join(" and "));
            // The head of the texts is enough to find them.
            let head = texts.texts.first().map(|(tag, _)| tag.span).or(texts.span);
            let help = format!("add a line for {}", missing.join(" and "));
            self.fault("missing_locale", head.unwrap_or(fallback), message).help = Some(help);
        }
        known.texts
    }

    /// Texts that may be left out.
    fn texts(&mut self, texts: &SpecTexts) -> Texts {
        self.known_texts(texts).texts
    }

    /// Takes the texts in the book's locales. A text in another is unknown, unless it was most likely meant for one that
    /// is missing.
    fn known_texts(&mut self, texts: &SpecTexts) -> Known {
        let mut resolved = vec![None; self.locales.len()];
        // What stands in a locale, even if it is no text that can be used.
        let mut is_there = vec![false; self.locales.len()];
        let mut unknown = Vec::new();
        for (tag, text) in &texts.texts {
            let Some(index) = self.locales.iter().position(|locale| locale.tag() == tag.value) else {
                unknown.push(tag);
                continue;
            };
            is_there[index] = true;
            if text.value.trim().is_empty() {
                self.fault("empty_text", text.span, "an empty text says nothing").help =
                    Some("write it, or remove the line".to_owned());
            } else if text.value.contains('\0') {
                self.fault("nul_character", text.span, "a text cannot hold the character U+0000");
            } else {
                resolved[index] = Some(text.clone());
            }
        }
        for tag in unknown {
            if !self.locales_are_known || self.coverage.foreign.contains(&tag.value) {
                continue;
            }
            let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            let meant = (0..self.locales.len()).find(|index| {
                !is_there[*index] && language(self.locales[*index].tag()) == language(&tag.value)
            });
            let message = format!("`{}` is none of the book's locales", tag.value.escape_debug());
            let fault = Diagnostic::error("unknown_locale", tag.span, message);
            self.faults.push(if let Some(index) = meant {
                is_there[index] = true;
                fault.did_you_mean(tag.span, self.locales[index].tag())
            } else {
                let known = self.locales.iter().map(Locale::tag).collect::<Vec<_>>().join(", ");
                fault.help(format!("the book has {known}"))
            });
        }
        let is_missing = |(locale, is_there): &(&Locale, bool)| {
            !is_there && !self.coverage.absent.iter().any(|tag| tag == locale.tag())
        };
        let missing = self.locales.iter().zip(is_there).filter(is_missing);
        let missing = missing.map(|(locale, _)| locale.clone()).collect();
        Known { texts: Texts::new(resolved), missing }
    }

    fn former_names(&mut self, names: Vec<SpecFormerName>) -> Vec<FormerName> {
        let resolve = |former: SpecFormerName| {
            self.since(&former.since);
            let name = self.name(&former.name)?;
            let Loc { value: since, span: since_span } = former.since;
            Some(FormerName { name, span: former.name.span, since, since_span })
        };
        names.into_iter().filter_map(resolve).collect()
    }

    fn deprecation(&mut self, deprecated: SpecDeprecation, scope: &mut Scope) -> Option<Deprecation> {
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
        Some(Deprecation { since, since_span, replacement, replacement_span, note })
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

    /// Gives a name to an entry, unless another has it or had it.
    fn claim(&mut self, name: &Name, span: Span, scope: &mut Scope) {
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

/// Texts in the book's locales.
struct Known {
    texts: Texts,
    /// The locales in which nothing stands.
    missing: Vec<Locale>,
}

/// What is taken within one domain.
#[derive(Default)]
struct Scope {
    /// How many entries were met, which numbers them.
    entries: usize,
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

fn canonical_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<u32>().is_ok_and(|number| number.to_string() == text)
}
