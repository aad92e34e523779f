//! From the spec as written to a valid book.
//!
//! In: `SpecFiles`, whose form is right. Out: a `Book`, or every reason why it is none, sorted. This is the one
//! place that decides what a valid book is; the order of the rules below is that of the fields in a file.
//!
//! This file has the book as a whole, and what all parts of it share; `locales`, `conditions` and `domain` have theirs.
//! Deliberately elsewhere: whether names collide once they are spelled in a language (`view::check`).

mod conditions;
mod domain;
mod locales;

use super::coverage::Coverage;
use super::{Book, Domain, FormerName, Kind, Locale, Meaning, Name, Vocabulary, advice};
use crate::diagnostics::{self, Budget, Diagnostic, Loc, Span};
use crate::expression::{Expression, MOST_STEPS};
use crate::names::LONGEST_NAME;
use crate::nearest::nearest;
use crate::parallel;
use crate::spec::SpecFiles;
use crate::spec::read::{SpecDomain, SpecFormerName, SpecMeaning, SpecVocabulary};
use crate::timings::{self, Phase};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

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
    let mut resolver = Resolver::new(Cow::default(), MOST_COMPARISONS);
    let version = resolver.version(&files.book.version);
    resolver.title(&files.book.title);
    resolver.locales(&files.book.locales);
    resolver.coverage(&files);
    if files.book.locales.is_empty() {
        let help = "list at least one, like `[en]`".to_owned();
        let message = "the book has no locale to write messages in";
        resolver.fault("no_locale", files.book.locales_span, message).help = Some(help);
        // Of none of the texts it can be said that its language is another.
        resolver.known.to_mut().has_unknown_locale = true;
    }
    resolver.without_conditions = files.without_conditions;
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
    let domains = resolver.domains(files.domains);
    let vocabulary = files.vocabulary.map(|vocabulary| resolver.vocabulary(vocabulary));
    resolver.budget.close(&mut resolver.faults);
    diagnostics::sort(&mut resolver.faults);
    let book = Book {
        span: files.book.version.span,
        lints: files.book.lints,
        version,
        title: files.book.title.value,
        locales: resolver.known.into_owned().locales,
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

/// How many domains are resolved before their faults are counted together: each may have as many as a whole book.
const MOST_AT_A_TIME: usize = 32;

/// What the domains of a book need to know of its other parts.
#[derive(Clone, Debug, Default)]
struct Known {
    locales: Vec<Locale>,
    /// The place of each among them, by its tag: a book of many languages has a text in each of them everywhere.
    places: BTreeMap<String, usize>,
    /// For each of them, whether that no text is in it is told at the list.
    is_absent: Vec<bool>,
    /// Whether a locale of the list was not understood.
    has_unknown_locale: bool,
    /// What is told at the list of locales, and no more at the texts.
    coverage: Coverage,
    /// Whether a condition has no name by which it can be found.
    has_lost_condition: bool,
    /// Current and former names, with the place of each.
    conditions: BTreeMap<String, Span>,
    /// The current name of each former one.
    renamed_conditions: BTreeMap<String, Name>,
    /// Names that conditions had once and must not have again.
    retired_conditions: BTreeMap<String, Span>,
}

/// Names that are no condition, each with its first place and how often it stands.
type Unknown = BTreeMap<String, (Span, usize)>;

/// Resolves one part after another: of a book, or of one of its domains.
struct Resolver<'a> {
    known: Cow<'a, Known>,
    faults: Vec<Diagnostic>,
    budget: Budget,
    /// How many comparisons are left.
    comparisons: usize,
    /// The conditions that are not there; whoever asks for one in many places has made one mistake.
    unknown_conditions: Unknown,
    /// What to do if one is asked for and the book has no `conditions.yaml`.
    without_conditions: Option<String>,
}

impl<'a> Resolver<'a> {
    fn new(known: Cow<'a, Known>, comparisons: usize) -> Self {
        Self {
            known,
            faults: Vec::new(),
            budget: Budget::new(&[]),
            comparisons,
            unknown_conditions: Unknown::new(),
            without_conditions: None,
        }
    }
}

impl Resolver<'_> {
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

    /// A title of the book or of a domain, which heads what is made of it.
    fn title(&mut self, title: &Loc<String>) {
        if title.value.trim().is_empty() {
            self.fault("empty_text", title.span, "an empty title says nothing").help =
                Some("write it".to_owned());
        }
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

    /// Resolves the domains, several at a time. Each has its share of the comparisons, and what is told does not depend on
    /// which of them was first.
    fn domains(&mut self, written: Vec<SpecDomain>) -> Vec<Domain> {
        let comparisons = self.comparisons / written.len().max(1);
        let mut domains = Vec::with_capacity(written.len());
        let mut written = written.into_iter().peekable();
        while written.peek().is_some() {
            let some: Vec<_> =
                written.by_ref().take(MOST_AT_A_TIME).map(|domain| Mutex::new(Some(domain))).collect();
            let resolved = parallel::map(some.len(), |index| {
                let mut resolver = Resolver::new(Cow::Borrowed(&*self.known), comparisons);
                let mut domain = some[index].lock().unwrap_or_else(PoisonError::into_inner);
                let domain = domain.take();
                // The threads beside this one have not been told yet which phase they work in.
                let domain = timings::of(Phase::Resolve, || domain.and_then(|it| resolver.domain(it)));
                (domain, resolver.faults, resolver.budget, resolver.unknown_conditions)
            });
            for (domain, mut faults, budget, unknown) in resolved {
                domains.extend(domain);
                for (name, (place, times)) in unknown {
                    self.unknown_condition(name, place, times);
                }
                self.faults.append(&mut faults);
                self.budget.keep(&mut self.faults);
                self.budget.take_over(&budget);
            }
        }
        self.tell_unknown_conditions(&domains);
        self.code_patterns(&mut domains);
        domains
    }

    /// Drops the patterns that would look at too much text of codes.
    fn code_patterns(&mut self, domains: &mut [Domain]) {
        let mut steps = 0_usize;
        for domain in domains {
            let Some(characters) = domain.code_pattern.as_ref().map(Expression::steps) else { continue };
            let bytes: usize = domain.errors.iter().map(|error| error.code.to_string().len()).sum();
            steps = steps.saturating_add(characters.saturating_mul(bytes));
            if steps > MOST_STEPS {
                domain.code_pattern = None;
                let message = format!(
                    "the code pattern of `{}` has {characters} characters when it is written out, and would look at {bytes} bytes of codes with each",
                    domain.id
                );
                self.fault("bad_pattern", domain.span, message).help = Some("shorten the pattern".to_owned());
            }
        }
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
            let length = name.value.chars().count();
            let rule = if length > LONGEST_NAME {
                format!("a name has at most {LONGEST_NAME} characters, and this one {length}")
            } else if name.value.starts_with(|first: char| first.is_ascii_digit()) {
                let is_code = name.value.bytes().all(|byte| byte.is_ascii_digit());
                let what = if is_code {
                    "and this looks like a code"
                } else {
                    "then more of them and digits, in words joined by single `_`"
                };
                format!("a name begins with a lower-case letter, {what}")
            } else {
                format!(
                    "lower-case letters and digits in words joined by single `_`, at most {LONGEST_NAME} characters"
                )
            };
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
            let message = format!("unknown kind `{}`", crate::characters::visible(&kind.value, 100));
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

    fn former_names(&mut self, names: Vec<SpecFormerName>) -> Vec<FormerName> {
        let resolve = |former: SpecFormerName| {
            self.since(&former.since);
            let name = self.name(&former.name)?;
            let Loc { value: since, span: since_span } = former.since;
            Some(FormerName { name, span: former.name.span, since, since_span })
        };
        names.into_iter().filter_map(resolve).collect()
    }
}

fn canonical_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<u32>().is_ok_and(|number| number.to_string() == text)
}
