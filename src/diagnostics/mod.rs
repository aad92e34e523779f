//! What went wrong in a text that somebody wrote, and where.
//!
//! In: faults found by any stage, each with the place in the source that caused it. Out: one `Diagnostic`
//! type, sorted by file and position, which the printers draw for people (`text`) or write for other programs (`json`,
//! `github`, `sarif`). A diagnostic is always the
//! author's mistake; a disk that fails or a bug of ours is an `anyhow::Error` instead and never becomes one. But a program
//! that reads findings has to hear of it, so the printers for programs have a form for that, too.
//!
//! Guaranteed: an id is stable and can be searched for; a span always points into a source that the
//! `Sources` hold. Deliberately elsewhere: what is a mistake (each stage knows its own).

pub(crate) mod alike;
pub(crate) mod block;
pub(crate) mod encoding;
pub mod github;
pub mod json;
pub(crate) mod lines;
pub mod sarif;
pub mod source;
pub mod text;

pub use encoding::Resemblance;
pub use source::{Loc, SourceId, Sources, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The run cannot go on, or its result would be wrong.
    Error,
    /// The run goes on; a person should look.
    Warning,
    /// Nothing is wrong; it is good to know.
    Note,
}

/// The id under which other programs are told why a command could not run.
pub const COULD_NOT_RUN: &str = "could_not_run";

/// Why a command could not run: nothing that an author has written is at fault, so that there is no place to show.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// What went wrong, in a sentence.
    pub message: &'a str,
    /// What to do about it, if that can be said.
    pub help: Option<&'a str>,
}

/// A place in a source and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words about it; empty where the place speaks for itself.
    pub text: String,
}

/// A text that should stand somewhere instead of what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// How sure a fix is; rustc's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applicability {
    /// There is one right answer, and this is it: `lint --fix` writes it.
    MachineApplicable,
    /// A likely answer, to be offered to a person and never written unasked.
    MaybeIncorrect,
}

/// A change of the sources that mends a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// How sure it is.
    pub applicability: Applicability,
    /// What is replaced by what; the edits do not overlap.
    pub edits: Vec<Edit>,
}

/// One fault of an author, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of the rule that was broken, in `snake_case`.
    pub id: &'static str,
    /// How bad it is.
    pub level: Level,
    /// One sentence: lower-case start, no full stop, things in backticks.
    pub message: String,
    /// The places; the first one is where the fault is, further ones explain it.
    pub labels: Vec<Label>,
    /// How to mend it, if that can be said.
    pub help: Option<String>,
    /// The same as a change of text, if it can be written down; see `change`.
    pub fix: Option<Box<Fix>>,
    /// What it is known by wherever it is found again, if it is not known by its place.
    pub fingerprint: Option<Box<str>>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(id: &'static str, span: Span, message: impl Into<String>) -> Self {
        let labels = vec![Label { span, text: String::new() }];
        Self {
            id,
            level: Level::Error,
            message: message.into(),
            labels,
            help: None,
            fix: None,
            fingerprint: None,
        }
    }

    /// A warning at `span`.
    pub fn warning(id: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(id, span, message) }
    }

    /// Says something at the place of the fault.
    #[must_use]
    pub fn at(mut self, text: impl Into<String>) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds the way to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the one right answer: `text` instead of what stands at `span`; an empty text takes the value there away,
    /// with its key.
    #[must_use]
    pub fn fix(self, span: Span, text: impl Into<String>) -> Self {
        self.with_fix(Applicability::MachineApplicable, span, text.into())
    }

    /// Adds a likely answer: `text` instead of what stands at `span`.
    #[must_use]
    pub fn suggest(self, span: Span, text: impl Into<String>) -> Self {
        self.with_fix(Applicability::MaybeIncorrect, span, text.into())
    }

    /// Offers the word that was most likely meant by the one at `span`.
    #[must_use]
    pub fn did_you_mean(self, span: Span, near: &str) -> Self {
        self.help(format!("did you mean `{near}`?")).suggest(span, near)
    }

    fn with_fix(mut self, applicability: Applicability, span: Span, text: String) -> Self {
        self.fix = Some(Box::new(Fix { applicability, edits: vec![Edit { span, text }] }));
        self
    }

    /// The change of the sources that mends the fault, unless it is what stands there already. Whoever shows a fix or makes it
    /// asks here, so that none is offered that changes nothing.
    pub fn change(&self, sources: &Sources) -> Option<&Fix> {
        self.fix.as_deref().filter(|fix| {
            let is_sure = fix.applicability == Applicability::MachineApplicable;
            fix.edits.iter().any(|edit| {
                let made = edit.fitted(&sources.get(edit.span.source).text);
                // An empty text that is sure takes a value away with its key, even one that is empty.
                is_sure && made.text.is_empty() || sources.slice(made.span) != made.text
            })
        })
    }

    /// The place of the fault.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// The form in which findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Drawn for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
    /// GitHub workflow commands.
    Github,
    /// A SARIF 2.1.0 document.
    Sarif,
}

/// The longest message, label or help that is told whole, in characters.
const LONGEST_WORDS: usize = 1000;

/// A message, a label, a help or a path as it may be told: what a terminal or the log of a build would obey or not show
/// is written as `<U+202E>`, and what nobody would read to its end is cut.
fn words(text: &str) -> std::borrow::Cow<'_, str> {
    crate::characters::visible(text, LONGEST_WORDS)
}

/// How many lines of a help are told.
const MOST_HELP_LINES: usize = 50;

/// A help as it may be told: line by line, because it may hold the YAML to add.
fn help_words(text: &str) -> String {
    text.split('\n').take(MOST_HELP_LINES).map(words).collect::<Vec<_>>().join("\n")
}

/// How many faults one stage tells one by one. Whoever has more has one mistake that was made many times, or a file
/// that is something else; and a hundred thousand of them would take the memory of the machine.
pub const MOST_FAULTS: usize = 1_000;

/// How many findings are drawn for people.
pub const MOST_DRAWN: usize = 1_200;
/// How many findings are printed for other programs: as many as GitHub takes of one SARIF run.
pub const MOST_PRINTED: usize = 25_000;

/// Keeps a growing list of faults short: what comes after `MOST_FAULTS` is counted and dropped, warnings before errors.
#[derive(Debug)]
pub struct Budget {
    limit: usize,
    untold: usize,
    place: Option<Span>,
    /// Whether an error is among what was dropped.
    hides_error: bool,
}

impl Budget {
    /// A budget for what comes behind `faults`.
    pub fn new(faults: &[Diagnostic]) -> Self {
        Self { limit: faults.len().max(MOST_FAULTS), untold: 0, place: None, hides_error: false }
    }

    /// Drops what is beyond the budget; to be called after each step that may add a few faults.
    pub fn keep(&mut self, faults: &mut Vec<Diagnostic>) {
        if faults.len() <= self.limit {
            return;
        }
        let is_error = |fault: &Diagnostic| fault.level == Level::Error;
        if faults[self.limit..].iter().any(is_error) && !faults[..self.limit].iter().all(is_error) {
            faults.sort_by_key(|fault| fault.level);
        }
        let beyond = &faults[self.limit..];
        self.place = self.place.or(beyond[0].span());
        self.hides_error |= beyond.iter().any(is_error);
        self.untold += beyond.len();
        faults.truncate(self.limit);
    }

    /// Counts what another budget has dropped, behind what this one has.
    pub fn take_over(&mut self, other: &Self) {
        self.untold += other.untold;
        self.place = self.place.or(other.place);
        self.hides_error |= other.hides_error;
    }

    /// Says how many faults were dropped.
    pub fn close(self, faults: &mut Vec<Diagnostic>) {
        if let Some(place) = self.place {
            let message = format!("{} more faults, of which this is the first", self.untold);
            let level = if self.hides_error { Level::Error } else { Level::Warning };
            let fault = Diagnostic { level, ..Diagnostic::error("too_many_findings", place, message) };
            faults.push(fault.help("mend what is told before it, and run errbook again"));
        }
    }
}

/// Sorts findings by file and position, then by id, so that two runs print the same.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (a.span(), a.id, &a.message).cmp(&(b.span(), b.id, &b.message)));
}

/// Whether any of the findings stops the run.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}
