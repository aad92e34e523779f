//! What can change between two books.
//!
//! A `Change` is data: what it is about, what happened with the old and the new value, and where both stand. It carries
//! everything that is needed to tell it (`words`), to know it again (`fingerprint`) and to judge it (`impact`); nothing
//! else looks into the books again.
//!
//! Guaranteed: the id of a change and its fingerprint depend on what changed alone, not on where it stands, in which order
//! it was found, or on anything that did not change. A new kind of change is a new variant of `What`, and the compiler then
//! asks for its id, its values, its words and its impact.

use crate::diagnostics::Span;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// What happened.
    pub what: What,
    /// Where it stood in the old book, if its subject was there.
    pub old: Option<Span>,
    /// Where it stands in the new book, if its subject is there.
    pub new: Option<Span>,
    /// The place in the new book to tell it at: `new`, or what stands nearest to where the subject was.
    pub at: Span,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The book as a whole.
    Book,
    /// One of its outputs.
    Output(String),
    /// A condition, by the name it had in the old book, or has if it is new.
    Condition(String),
    /// A domain.
    Domain(String),
    /// An entry of a domain, or the tombstone of one.
    Entry {
        /// The domain.
        domain: String,
        /// The code it had in the old book, or has if it is new; empty for a tombstone without one.
        code: String,
        /// The name it has in the new book, or had if it is gone.
        name: String,
    },
}

/// A text of a meaning or a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What has happened.
    Message,
    /// What to do about it.
    Solution,
    /// A condition in a few words.
    Title,
    /// What a condition says.
    Description,
    /// The vendor's own message where ours mends it.
    VendorMessage,
    /// The vendor's own solution where ours mends it.
    VendorSolution,
}

/// How far a text changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Blanks, punctuation, width or case: the words are the same.
    Copy,
    /// Other words for what is probably the same.
    Reworded,
    /// So different, in every language, that it is probably another statement.
    Rewritten,
}

/// Which text changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// The variant it belongs to; `None` for the entry's own meaning, and for conditions.
    pub variant: Option<String>,
    /// Which of its texts.
    pub role: Role,
    /// In which language.
    pub locale: String,
}

/// What happened. `old` and `new` are the values before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the sentence on a variant says what its fields are")]
pub enum What {
    /// A name that was there before stands for another code now.
    ValueChanged { name: String, old: String, new: String },
    /// A code that was there before means something else now, under a name that has nothing to do with the old one.
    CodeReused { old: String, new: String, old_message: Option<String>, new_message: Option<String> },
    /// A code that was retired is in use again.
    RetiredCodeReused { code: String, retired: String, new: String },
    /// A name that was retired is in use again.
    RetiredNameReused { name: String, code: String },
    /// An entry is gone and has no tombstone.
    EntryRemoved { replacement: Option<String> },
    /// An entry is gone; another one says what it said, as a variant or in its own message.
    EntryMerged { into: String },
    /// An entry is gone and has a tombstone.
    EntryRetired { since: String, replacement: Option<String> },
    /// An entry is new.
    EntryAdded { message: Option<String> },
    /// What was a variant of an entry is an entry with a code of its own.
    VariantSplitOff { from: String },
    /// An entry is new and says a part of what an older one said.
    EntrySplit { from: String, message: Option<String> },
    /// An entry is new, and what is deprecated or retired now names it as its replacement.
    EntryReplaced { old: String, message: Option<String> },
    /// Another of a code's meanings is the entry's own, and gives it its name.
    MainMeaningChanged { old: String, new: String },
    /// An entry has another name, and the old one among its former ones.
    EntryRenamed { old: String, new: String },
    /// An entry has another name, and the old one is nowhere.
    EntryRenamedWithoutAlias { old: String, new: String },
    /// A former name is no longer one.
    FormerNameRemoved { name: String },
    /// A former name is new although nothing was renamed.
    FormerNameAdded { name: String },
    /// A former name is one since another version.
    FormerNameChanged { name: String, old: String, new: String },
    /// A tombstone is gone.
    TombstoneRemoved,
    /// A tombstone is new, of an entry that the old book did not have.
    TombstoneAdded,
    /// A tombstone says something else about its replacement, its version or its reason.
    TombstoneChanged { field: &'static str, old: Option<String>, new: Option<String> },
    /// A meaning has another kind.
    KindChanged { variant: Option<String>, old: String, new: String },
    /// The same request may be repeated now.
    RetryAllowed,
    /// The same request may not be repeated any more.
    RetryForbidden,
    /// A meaning has a condition now and had none.
    ConditionGained { variant: Option<String>, new: String },
    /// A meaning has another condition, or none any more.
    ConditionMoved { variant: Option<String>, old: String, new: Option<String> },
    /// An entry has another HTTP status.
    HttpStatusChanged { old: Option<u16>, new: Option<u16> },
    /// An entry is deprecated now.
    Deprecated { replacement: Option<String> },
    /// An entry is not deprecated any more.
    Undeprecated,
    /// A deprecation says something else.
    DeprecationChanged { field: &'static str, old: Option<String>, new: Option<String> },
    /// A code has a further documented meaning.
    VariantAdded { name: String },
    /// A code has one documented meaning less.
    VariantRemoved { name: String },
    /// A text is new in a language that the book had before.
    TextAdded { place: TextPlace, new: String },
    /// A text is gone in a language that the book still has.
    TextRemoved { place: TextPlace, old: String },
    /// A text is another one.
    TextChanged { place: TextPlace, old: String, new: String, edit: Edit },
    /// A text does not have a placeholder any more that programs may fill.
    PlaceholderRemoved { place: TextPlace, placeholder: String },
    /// A text has a placeholder now that nobody fills yet.
    PlaceholderAdded { place: TextPlace, placeholder: String },
    /// A condition is new.
    ConditionAdded,
    /// A condition is gone and has no tombstone.
    ConditionRemoved,
    /// A condition is gone and has a tombstone.
    ConditionRetired { since: String, replacement: Option<String> },
    /// A condition has another name, and the old one among its former ones.
    ConditionRenamed { old: String, new: String },
    /// A condition that was retired is in use again.
    RetiredConditionReused { name: String },
    /// A condition has another kind.
    ConditionKindChanged { old: String, new: String },
    /// A domain is new.
    DomainAdded { codes: usize },
    /// A domain is gone.
    DomainRemoved { codes: usize, like: Option<String> },
    /// The codes of a domain have another type.
    CodeTypeChanged { old: String, new: String },
    /// A reply carries the code, or the message, somewhere else.
    EnvelopeChanged { role: String, old: Option<String>, new: Option<String> },
    /// The book or a domain is called something else.
    TitleChanged { old: String, new: String },
    /// The book has a further language.
    LocaleAdded { locale: String },
    /// The book has one language less.
    LocaleRemoved { locale: String },
    /// Another language is shown where a text is missing, or no language of the user's is there.
    FallbackChanged { old: String, new: String },
    /// The languages behind the first stand in another order.
    LocaleOrderChanged { old: String, new: String },
    /// The book is generated for a further output.
    OutputAdded,
    /// The book is not generated for an output any more.
    OutputRemoved,
    /// What generated code is called has changed: its package, module, crate or prefix.
    GeneratedNameChanged { option: String, old: Option<String>, new: Option<String> },
    /// Another option of an output has changed.
    OptionChanged { option: String, old: Option<String>, new: Option<String> },
}

/// A change as values: which field, and the old and the new value as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// The field; empty where the id says it all.
    pub field: String,
    /// What stood there.
    pub old: Option<String>,
    /// What stands there.
    pub new: Option<String>,
}

impl Subject {
    /// How people and other programs name it: `quectel/5003`, `condition:device_offline`, `domain:xlink`, `output:swift`, `book`.
    pub fn reference(&self) -> String {
        match self {
            Self::Book => "book".to_owned(),
            Self::Output(language) => format!("output:{language}"),
            Self::Condition(name) => format!("condition:{name}"),
            Self::Domain(domain) => format!("domain:{domain}"),
            Self::Entry { domain, code, name } if code.is_empty() => format!("{domain}/{name}"),
            Self::Entry { domain, code, .. } => format!("{domain}/{code}"),
        }
    }

    /// The domain it belongs to, if it belongs to one.
    pub fn domain(&self) -> Option<&str> {
        match self {
            Self::Domain(domain) | Self::Entry { domain, .. } => Some(domain),
            Self::Book | Self::Output(_) | Self::Condition(_) => None,
        }
    }
}

impl Role {
    /// Its key in a spec.
    pub fn id(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Solution => "solution",
            Self::Title => "title",
            Self::Description => "description",
            Self::VendorMessage => "erratum.message",
            Self::VendorSolution => "erratum.solution",
        }
    }

    /// Whether it is kept for the record only: the vendor's own wording.
    pub fn is_record(self) -> bool {
        matches!(self, Self::VendorMessage | Self::VendorSolution)
    }
}

impl TextPlace {
    /// The field in a few words: `message.en`, `variants.other_name.message.en`.
    pub fn field(&self) -> String {
        field(self.variant.as_deref(), &format!("{}.{}", self.role.id(), self.locale))
    }
}

fn field(variant: Option<&str>, field: &str) -> String {
    variant.map_or_else(|| field.to_owned(), |variant| format!("variants.{variant}.{field}"))
}

impl What {
    /// The text that it is about, if it is about one.
    pub fn place(&self) -> Option<&TextPlace> {
        match self {
            Self::TextAdded { place, .. }
            | Self::TextRemoved { place, .. }
            | Self::TextChanged { place, .. }
            | Self::PlaceholderRemoved { place, .. }
            | Self::PlaceholderAdded { place, .. } => Some(place),
            _ => None,
        }
    }

    /// The stable id: what waivers, machines and `errbook lint --explain` know the kind of change by.
    pub fn id(&self) -> &'static str {
        match self {
            Self::ValueChanged { .. } => "value_changed",
            Self::CodeReused { .. } => "code_reused",
            Self::RetiredCodeReused { .. } => "retired_code_reused",
            Self::RetiredNameReused { .. } => "retired_name_reused",
            Self::EntryRemoved { .. } => "entry_removed",
            Self::EntryMerged { .. } => "entry_merged",
            Self::EntryRetired { .. } => "entry_retired",
            Self::EntryAdded { .. } => "entry_added",
            Self::VariantSplitOff { .. } => "variant_split_off",
            Self::EntrySplit { .. } => "entry_split",
            Self::EntryReplaced { .. } => "entry_replaced",
            Self::MainMeaningChanged { .. } => "main_meaning_changed",
            Self::EntryRenamed { .. } => "entry_renamed",
            Self::EntryRenamedWithoutAlias { .. } => "entry_renamed_without_alias",
            Self::FormerNameRemoved { .. } => "former_name_removed",
            Self::FormerNameAdded { .. } => "former_name_added",
            Self::FormerNameChanged { .. } => "former_name_changed",
            Self::TombstoneRemoved => "tombstone_removed",
            Self::TombstoneAdded => "tombstone_added",
            Self::TombstoneChanged { .. } => "tombstone_changed",
            Self::KindChanged { .. } => "kind_changed",
            Self::RetryAllowed => "retry_allowed",
            Self::RetryForbidden => "retry_forbidden",
            Self::ConditionGained { .. } => "condition_gained",
            Self::ConditionMoved { .. } => "condition_moved",
            Self::HttpStatusChanged { .. } => "http_status_changed",
            Self::Deprecated { .. } => "deprecated",
            Self::Undeprecated => "undeprecated",
            Self::DeprecationChanged { .. } => "deprecation_changed",
            Self::VariantAdded { .. } => "variant_added",
            Self::VariantRemoved { .. } => "variant_removed",
            Self::TextAdded { .. } => "text_added",
            Self::TextRemoved { .. } => "text_removed",
            Self::TextChanged { place, .. } if place.role.is_record() => "vendor_text_changed",
            Self::TextChanged { edit: Edit::Copy, .. } => "text_copy_edited",
            Self::TextChanged { edit: Edit::Reworded, .. } => "text_reworded",
            Self::TextChanged { edit: Edit::Rewritten, .. } => "text_rewritten",
            Self::PlaceholderRemoved { .. } => "placeholder_removed",
            Self::PlaceholderAdded { .. } => "placeholder_added",
            Self::ConditionAdded => "condition_added",
            Self::ConditionRemoved => "condition_removed",
            Self::ConditionRetired { .. } => "condition_retired",
            Self::ConditionRenamed { .. } => "condition_renamed",
            Self::RetiredConditionReused { .. } => "retired_condition_reused",
            Self::ConditionKindChanged { .. } => "condition_kind_changed",
            Self::DomainAdded { .. } => "domain_added",
            Self::DomainRemoved { .. } => "domain_removed",
            Self::CodeTypeChanged { .. } => "code_type_changed",
            Self::EnvelopeChanged { .. } => "envelope_changed",
            Self::TitleChanged { .. } => "title_changed",
            Self::LocaleAdded { .. } => "locale_added",
            Self::LocaleRemoved { .. } => "locale_removed",
            Self::FallbackChanged { .. } => "fallback_changed",
            Self::LocaleOrderChanged { .. } => "locale_order_changed",
            Self::OutputAdded => "output_added",
            Self::OutputRemoved => "output_removed",
            Self::GeneratedNameChanged { .. } => "generated_name_changed",
            Self::OptionChanged { .. } => "option_changed",
        }
    }

    /// What is told first among changes of one weight: first the names that stand for another value, which no compiler
    /// notices, then everything else that gives an old code or name a new meaning.
    pub fn rank(&self) -> u8 {
        match self {
            Self::ValueChanged { .. } => 2,
            Self::CodeReused { .. }
            | Self::RetiredCodeReused { .. }
            | Self::RetiredNameReused { .. }
            | Self::RetiredConditionReused { .. } => 1,
            _ => 0,
        }
    }

    /// The change as values.
    pub fn values(&self) -> Values {
        let of = |field: &str, old: Option<&str>, new: Option<&str>| Values {
            field: field.to_owned(),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        };
        let both = |field: &str, old: &str, new: &str| of(field, Some(old), Some(new));
        match self {
            Self::ValueChanged { name, old, new } => both(&format!("code of {name}"), old, new),
            Self::CodeReused { old, new, .. }
            | Self::MainMeaningChanged { old, new }
            | Self::EntryRenamed { old, new }
            | Self::EntryRenamedWithoutAlias { old, new }
            | Self::ConditionRenamed { old, new } => both("name", old, new),
            Self::RetiredCodeReused { retired, new, .. } => both("name", retired, new),
            Self::RetiredNameReused { name, code } => of(&format!("code of {name}"), None, Some(code)),
            Self::EntryMerged { into } => of("merged into", None, Some(into)),
            Self::EntryRetired { replacement, .. } | Self::ConditionRetired { replacement, .. } => {
                of("use", None, replacement.as_deref())
            }
            Self::VariantSplitOff { from } | Self::EntrySplit { from, .. } => {
                of("split off from", Some(from), None)
            }
            Self::EntryReplaced { old, .. } => of("replacement of", Some(old), None),
            Self::FormerNameChanged { name, old, new } => {
                both(&format!("former_names.{name}.since"), old, new)
            }
            Self::FormerNameRemoved { name } => of("former_names", Some(name), None),
            Self::FormerNameAdded { name } => of("former_names", None, Some(name)),
            Self::TombstoneChanged { field, old, new } => {
                of(&format!("retired.{field}"), old.as_deref(), new.as_deref())
            }
            Self::KindChanged { variant, old, new } => both(&field(variant.as_deref(), "kind"), old, new),
            Self::RetryAllowed => both("retryable", "false", "true"),
            Self::RetryForbidden => both("retryable", "true", "false"),
            Self::ConditionGained { variant, new } => {
                of(&field(variant.as_deref(), "condition"), None, Some(new))
            }
            Self::ConditionMoved { variant, old, new } => {
                of(&field(variant.as_deref(), "condition"), Some(old), new.as_deref())
            }
            Self::HttpStatusChanged { old, new } => {
                let text = |status: &Option<u16>| status.map(|status| status.to_string());
                of("http_status", text(old).as_deref(), text(new).as_deref())
            }
            Self::Deprecated { replacement } => of("deprecated.use", None, replacement.as_deref()),
            Self::DeprecationChanged { field, old, new } => {
                of(&format!("deprecated.{field}"), old.as_deref(), new.as_deref())
            }
            Self::VariantAdded { name } => of("variants", None, Some(name)),
            Self::VariantRemoved { name } => of("variants", Some(name), None),
            Self::TextAdded { place, new } => of(&place.field(), None, Some(new)),
            Self::TextRemoved { place, old } => of(&place.field(), Some(old), None),
            Self::TextChanged { place, old, new, .. } => both(&place.field(), old, new),
            Self::PlaceholderRemoved { place, placeholder } => of(&place.field(), Some(placeholder), None),
            Self::PlaceholderAdded { place, placeholder } => of(&place.field(), None, Some(placeholder)),
            Self::RetiredConditionReused { name } => of("name", None, Some(name)),
            Self::ConditionKindChanged { old, new } => both("kind", old, new),
            Self::CodeTypeChanged { old, new } => both("code_type", old, new),
            Self::EnvelopeChanged { role, old, new } => {
                of(&format!("envelope.{role}"), old.as_deref(), new.as_deref())
            }
            Self::TitleChanged { old, new } => both("title", old, new),
            Self::LocaleAdded { locale } => of("locales", None, Some(locale)),
            Self::LocaleRemoved { locale } => of("locales", Some(locale), None),
            Self::FallbackChanged { old, new } => both("fallback locale", old, new),
            Self::LocaleOrderChanged { old, new } => both("locales", old, new),
            Self::GeneratedNameChanged { option, old, new } | Self::OptionChanged { option, old, new } => {
                of(option, old.as_deref(), new.as_deref())
            }
            // What these were is the subject itself.
            Self::EntryRemoved { .. }
            | Self::EntryAdded { .. }
            | Self::TombstoneRemoved
            | Self::TombstoneAdded
            | Self::Undeprecated
            | Self::ConditionAdded
            | Self::ConditionRemoved
            | Self::DomainAdded { .. }
            | Self::DomainRemoved { .. }
            | Self::OutputAdded
            | Self::OutputRemoved => Values::default(),
        }
    }
}

impl Change {
    /// Sixteen hexadecimal digits that are the same wherever the same change is found: a digest of the id, the subject,
    /// the field, the old value and the new one.
    pub fn fingerprint(&self) -> String {
        let values = self.what.values();
        let name = match &self.subject {
            // A code can be given to several names one after the other; the change is about this one.
            Subject::Entry { name, .. } => name.as_str(),
            _ => "",
        };
        let mut digest = Sha256::new();
        let parts = [Some(self.what.id().to_owned()), Some(self.subject.reference()), Some(name.to_owned())];
        for part in parts.into_iter().chain([Some(values.field), values.old, values.new]) {
            // Lengths keep the parts apart, and what is absent from what is empty.
            let length = part.as_ref().map_or(u64::MAX, |part| part.len() as u64);
            digest.update(length.to_be_bytes());
            digest.update(part.unwrap_or_default());
        }
        digest.finalize().iter().take(8).fold(String::new(), |mut out, byte| {
            // Writing to a string cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Sources;

    fn change(what: What, start: usize) -> Change {
        let mut sources = Sources::default();
        let at = Span::new(sources.add("a", String::new()), start, start);
        let subject = Subject::Entry { domain: "d".into(), code: "1".into(), name: "a".into() };
        Change { subject, what, old: Some(at), new: None, at }
    }

    #[test]
    fn a_fingerprint_knows_the_values_and_not_the_place() {
        let kind =
            |old: &str, new: &str| What::KindChanged { variant: None, old: old.into(), new: new.into() };
        let one = change(kind("internal", "unknown"), 0).fingerprint();
        assert_eq!(one, change(kind("internal", "unknown"), 99).fingerprint());
        assert_eq!(one.len(), 16);
        assert_ne!(one, change(kind("unknown", "internal"), 0).fingerprint());
        assert_ne!(one, change(kind("interna", "lunknown"), 0).fingerprint());
    }
}
