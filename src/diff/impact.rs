//! Whom a change hurts.
//!
//! In: what happened. Out: its weight, the version it asks for, and what it does to each consumer: source code in five
//! languages, codes that are stored or sent, the behaviour of apps, and readers of texts. This is one table without
//! a default: a new change does not compile until somebody has judged it.
//!
//! The judgements follow from what generated code is: an open value type over the raw code with named constants, so that a
//! new code breaks nobody and an old app keeps it as unknown; closed enums of kinds (frozen) and of locales; constants
//! for former names. The worst is what no compiler notices: a name that stands for another value.

use super::change::{Edit, What};
use super::version::Bump;

/// How much a change weighs: what `--fail-on` asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// The copy of a text, or what is kept for the record: not listed unless asked for.
    Hidden,
    /// Good to know.
    Note,
    /// Apps behave differently, or a text says something else, and no compiler tells.
    Behaviour,
    /// Somebody's program or data is wrong after it.
    Breaking,
}

/// What happens to one consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Nothing.
    None,
    /// There is more than before.
    Gains,
    /// The compiler says so: a deprecation, or a `switch` over an enum that lacks a case.
    Told,
    /// Something is different, and nothing says so.
    Differs,
    /// It fails, or is wrong.
    Breaks,
}

/// A consumer of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consumer {
    /// Source code in the language of this name, as in `errbook.yaml`.
    Source(&'static str),
    /// Codes in databases, logs, and on the wire.
    Stored,
    /// What apps do about an error: kind, condition, retries.
    Behaviour,
    /// People who read messages, solutions and the reference.
    Readers,
}

/// The languages of source code, in the order in which people are told of them.
pub const LANGUAGES: [(&str, &str); 5] = [
    ("rust", "Rust"),
    ("typescript", "TypeScript"),
    ("kotlin", "Kotlin"),
    ("swift", "Swift"),
    ("java", "Java"),
];

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impact {
    /// How much it weighs.
    pub weight: Weight,
    /// Which part of the book's version it asks to be raised.
    pub bump: Bump,
    /// What happens to source code in the languages that it touches.
    pub source: Effect,
    /// The languages that it does not touch.
    pub spared: &'static [&'static str],
    /// What happens to stored and sent codes.
    pub stored: Effect,
    /// What happens to the behaviour of apps.
    pub behaviour: Effect,
    /// What happens to readers.
    pub readers: Effect,
    /// The consequence in a sentence.
    pub consequence: &'static str,
}

impl Weight {
    /// Its word, as programs read it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Note => "note",
            Self::Behaviour => "behaviour",
            Self::Breaking => "breaking",
        }
    }
}

impl Effect {
    /// Its words for people, about one consumer.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "nothing happens",
            Self::Gains => "gets something new",
            Self::Told => "compilers warn",
            Self::Differs => "differs silently",
            Self::Breaks => "breaks",
        }
    }

    /// Its word, as programs read it.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gains => "gains",
            Self::Told => "told",
            Self::Differs => "differs",
            Self::Breaks => "breaks",
        }
    }
}

impl Impact {
    /// What happens to one consumer because of a change of `subject`, which an output's options confine to that output.
    pub fn on(&self, consumer: Consumer, subject: &super::Subject) -> Effect {
        match (consumer, subject) {
            (Consumer::Source(language), super::Subject::Output(output)) if output != language => {
                Effect::None
            }
            (Consumer::Source(language), _) if self.spared.contains(&language) => Effect::None,
            (Consumer::Source(_), _) => self.source,
            (Consumer::Stored, _) => self.stored,
            (Consumer::Behaviour, _) => self.behaviour,
            (Consumer::Readers, _) => self.readers,
        }
    }
}

/// Judges a change.
#[expect(clippy::too_many_lines, reason = "it is one table, a row for each change")]
pub fn of(what: &What) -> Impact {
    use Bump::{Major, Minor, Patch};
    use Effect::{Breaks, Differs, Gains, None, Told};
    use Weight::{Behaviour, Breaking, Hidden, Note};
    let impact = |weight, bump, [source, stored, behaviour, readers]: [Effect; 4], consequence| Impact {
        weight,
        bump,
        source,
        spared: &[],
        stored,
        behaviour,
        readers,
        consequence,
    };
    match what {
        What::ValueChanged { .. } => impact(
            Breaking,
            Major,
            [Differs, Breaks, Breaks, Breaks],
            "Code that uses the constant compiles as before and means another code. Stored codes, servers and apps that are out there still mean the old one, and nothing warns.",
        ),
        What::CodeReused { .. } => impact(
            Breaking,
            Major,
            [Breaks, Breaks, Breaks, Breaks],
            "The constant is gone, and stored codes and apps that are out there take the new error for the old one.",
        ),
        What::RetiredCodeReused { .. } => impact(
            Breaking,
            Major,
            [None, Breaks, Breaks, Breaks],
            "Stored codes and apps that still know the retired entry take the new error for the old one.",
        ),
        What::RetiredNameReused { .. } => impact(
            Breaking,
            Major,
            [Differs, None, Breaks, Breaks],
            "Code that still uses the retired constant compiles and means another error.",
        ),
        What::EntryRemoved { .. } => impact(
            Breaking,
            Major,
            [Breaks, Breaks, Differs, Breaks],
            "The constant is gone, stored codes are unknown, the page is gone, and nothing keeps the code or the name from being used for something else.",
        ),
        What::EntryMerged { .. } => impact(
            Breaking,
            Major,
            [Breaks, Breaks, Differs, Differs],
            "The constant is gone, and apps do not know its code any more.",
        ),
        What::EntryRetired { .. } => impact(
            Note,
            Minor,
            [Told, None, Differs, None],
            "The constant stays, deprecated, until the next major version; the code is unknown to new apps, and its page stays.",
        ),
        What::EntryAdded { .. } => impact(
            Note,
            Minor,
            [Gains, None, Gains, Gains],
            "Apps that are out there keep the code as an unknown one.",
        ),
        What::VariantSplitOff { .. } => impact(
            Behaviour,
            Minor,
            [Gains, Differs, Differs, Gains],
            "Servers send a code of its own for what was a meaning of another code; apps that are out there do not know it.",
        ),
        What::EntrySplit { .. } => impact(
            Behaviour,
            Minor,
            [Gains, Differs, Differs, Gains],
            "Servers send it for a part of what was the older code; apps that are out there do not know it, and those that act on the older code miss that part.",
        ),
        What::EntryReplaced { .. } => impact(
            Behaviour,
            Minor,
            [Gains, Differs, Differs, Gains],
            "Once servers send it in place of the older code, apps that are out there do not know it.",
        ),
        What::MainMeaningChanged { .. } => impact(
            Breaking,
            Major,
            [Breaks, None, Differs, Differs],
            "The constant has another name, and apps show and act on another of the code's meanings.",
        ),
        What::EntryRenamedWithoutAlias { .. } => impact(
            Breaking,
            Major,
            [Breaks, None, None, Differs],
            "Code that uses the old constant does not compile, and the old name is not found.",
        ),
        What::FormerNameRemoved { .. } => impact(
            Breaking,
            Major,
            [Breaks, None, None, Differs],
            "Code that still uses the deprecated constant does not compile.",
        ),
        What::FormerNameAdded { .. } => {
            impact(Note, Minor, [Gains, None, None, None], "There is one deprecated constant more.")
        }
        What::TombstoneRemoved => impact(
            Breaking,
            Major,
            [Breaks, Differs, None, Breaks],
            "The deprecated constant and the page are gone, and nothing keeps the code and the name from being used again.",
        ),
        What::TombstoneAdded => {
            impact(Note, Minor, [Gains, None, None, Gains], "The code and the name cannot be used any more.")
        }
        What::TombstoneChanged { .. } => {
            impact(Note, Patch, [None, None, None, Differs], "The reference says something else about it.")
        }
        What::KindChanged { variant: Option::None, old, new } if (old == "ok") != (new == "ok") => impact(
            Breaking,
            Major,
            [None, None, Breaks, Breaks],
            if new == "ok" {
                "`isSuccess` says yes now: apps take what was a failure for a success."
            } else {
                "`isSuccess` says no now: apps take what was a success for a failure."
            },
        ),
        What::KindChanged { variant: Some(_), .. } => impact(
            Note,
            Patch,
            [None, None, None, Differs],
            "Only the reference and lookups show the kind of a variant.",
        ),
        What::KindChanged { variant: Option::None, .. } | What::ConditionKindChanged { .. } => impact(
            Behaviour,
            Minor,
            [None, None, Differs, Differs],
            "Apps that decide by kind do something else, and dashboards count it elsewhere.",
        ),
        What::RetryAllowed => impact(
            Breaking,
            Major,
            [None, None, Breaks, Differs],
            "Apps begin to repeat the request by themselves: is that safe, even for one that changes something?",
        ),
        What::RetryForbidden => impact(
            Behaviour,
            Minor,
            [None, None, Differs, Differs],
            "Apps stop repeating the request and show the error instead.",
        ),
        What::ConditionGained { variant: Some(_), .. } | What::ConditionMoved { variant: Some(_), .. } => {
            impact(
                Note,
                Patch,
                [None, None, None, Differs],
                "Only the reference and lookups show the condition of a variant.",
            )
        }
        What::ConditionGained { variant: Option::None, .. } => impact(
            Behaviour,
            Minor,
            [None, None, Gains, Gains],
            "Apps that act on the condition do so for this code as well.",
        ),
        What::ConditionMoved { variant: Option::None, .. } => impact(
            Behaviour,
            Minor,
            [None, None, Differs, Differs],
            "Apps that act on the old condition do not do so for this code any more.",
        ),
        What::HttpStatusChanged { .. } => impact(
            Behaviour,
            Minor,
            [None, None, Differs, Differs],
            "Apps that look at the HTTP status of the entry decide differently.",
        ),
        What::Deprecated { .. } => {
            impact(Note, Minor, [Told, None, None, Differs], "Compilers warn where the constant is used.")
        }
        What::Undeprecated => {
            impact(Note, Minor, [Gains, None, None, Differs], "Compilers do not warn any more.")
        }
        What::DeprecationChanged { .. } | What::FormerNameChanged { .. } => {
            impact(Note, Patch, [Told, None, None, Differs], "The compilers' warning says something else.")
        }
        What::VariantAdded { .. } => impact(
            Behaviour,
            Minor,
            [None, Differs, Differs, Differs],
            "The code is ambiguous: what holds for the entry has to hold for this meaning, too.",
        ),
        What::VariantRemoved { .. } => impact(
            Note,
            Patch,
            [None, None, None, Differs],
            "The reference does not show that meaning of the code any more.",
        ),
        What::TextAdded { place, .. } | What::TextRemoved { place, .. } | What::TextChanged { place, .. }
            if place.role.is_record() =>
        {
            impact(Hidden, Patch, [None, None, None, None], "It is kept for the record.")
        }
        What::TextAdded { .. } => impact(
            Note,
            Minor,
            [None, None, None, Gains],
            "Readers of that language get a text of their own.",
        ),
        What::TextRemoved { .. } => impact(
            Behaviour,
            Minor,
            [None, None, None, Breaks],
            "Readers of that language get the text of the fallback language, or none.",
        ),
        What::TextChanged { edit: Edit::Copy, .. } => {
            impact(Hidden, Patch, [None, None, None, None], "The words are the same.")
        }
        What::TextChanged { edit: Edit::Reworded, .. } => {
            impact(Note, Patch, [None, None, None, Differs], "Readers see other words.")
        }
        What::TextChanged { edit: Edit::Rewritten, .. } => impact(
            Behaviour,
            Minor,
            [None, None, None, Differs],
            "Readers are told something else, in every language: does the code still mean the same?",
        ),
        What::PlaceholderRemoved { .. } => impact(
            Breaking,
            Major,
            [None, None, Differs, Breaks],
            "Apps that fill it show a text without what they fill in.",
        ),
        What::PlaceholderAdded { .. } => impact(
            Behaviour,
            Minor,
            [None, None, Differs, Breaks],
            "Apps that are out there do not fill it, and readers see the gap.",
        ),
        What::ConditionAdded => impact(
            Note,
            Minor,
            [Gains, None, Gains, Gains],
            "There is one situation more that apps can act on.",
        ),
        What::ConditionRemoved => impact(
            Breaking,
            Major,
            [Breaks, Breaks, Breaks, Breaks],
            "Code that names the condition does not compile, and what apps did about it is not done any more.",
        ),
        What::ConditionRetired { .. } => impact(
            Note,
            Minor,
            [Told, None, Differs, None],
            "The constant stays, deprecated, until the next major version, and no code has the condition any more.",
        ),
        What::EntryRenamed { .. } | What::ConditionRenamed { .. } => {
            impact(Note, Minor, [Told, None, None, None], "The old name stays as a deprecated constant.")
        }
        What::RetiredConditionReused { .. } => impact(
            Breaking,
            Major,
            [Differs, Breaks, Breaks, Breaks],
            "Apps that still know the retired condition act on another situation.",
        ),
        What::DomainAdded { .. } => {
            impact(Note, Minor, [Gains, None, Gains, Gains], "There is one platform more.")
        }
        What::DomainRemoved { .. } => impact(
            Breaking,
            Major,
            [Breaks, Breaks, Breaks, Breaks],
            "Its type, its file and its pages are gone, and references to its codes are found no more.",
        ),
        What::CodeTypeChanged { old, new } if old != "string" && new != "string" => Impact {
            // TypeScript has one type for both.
            spared: &["typescript"],
            ..impact(
                Breaking,
                Major,
                [Breaks, None, None, None],
                "Every use of a raw code has another type, and does not compile or is cut off; the codes themselves are the same, stored and sent.",
            )
        },
        What::CodeTypeChanged { .. } => impact(
            Breaking,
            Major,
            [Breaks, Breaks, Differs, Differs],
            "Every use of a raw code has another type, and what is stored or sent is read differently.",
        ),
        What::EnvelopeChanged { .. } => impact(
            Behaviour,
            Minor,
            [None, Differs, Differs, Differs],
            "Apps look for the code or the message at the place that the book said before.",
        ),
        What::TitleChanged { .. } => {
            impact(Note, Patch, [None, None, None, Differs], "Documentation shows another title.")
        }
        What::LocaleAdded { .. } => impact(
            Note,
            Minor,
            [Told, None, None, Gains],
            "Code that distinguishes every locale has to handle one more.",
        ),
        What::LocaleRemoved { .. } => impact(
            Breaking,
            Major,
            [Breaks, None, Differs, Breaks],
            "Code that names the locale does not compile, and its readers get the fallback language.",
        ),
        What::FallbackChanged { .. } => impact(
            Behaviour,
            Minor,
            [None, None, Differs, Differs],
            "Users whose language the book does not have see another one.",
        ),
        What::LocaleOrderChanged { .. } => impact(
            Note,
            Patch,
            [None, None, None, Differs],
            "Where two languages suit a user equally, the earlier one is shown.",
        ),
        What::OutputAdded => {
            impact(Note, Minor, [Gains, None, None, None], "The book is generated for one more output.")
        }
        What::OutputRemoved => impact(
            Breaking,
            Major,
            [Breaks, None, None, Breaks],
            "Whoever takes this output gets no newer one.",
        ),
        What::GeneratedNameChanged { .. } => impact(
            Breaking,
            Major,
            [Breaks, None, None, None],
            "Imports of the generated code have to be changed everywhere.",
        ),
        What::OptionChanged { .. } => {
            impact(Note, Patch, [Told, None, None, None], "The generated files of this output are others.")
        }
    }
}
