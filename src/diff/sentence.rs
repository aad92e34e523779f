//! A change in words, and what its author can do about it.
//!
//! In: a change. Out: a sentence in parts, those that are values of a spec kept apart from our words, so that each printer can
//! show them as what they are and nothing of a spec is ever taken for text of ours, or for Markdown; and the stanza of
//! YAML that mends the change, where there is one.

use super::change::{Change, Edit, Subject, TextPlace, What};
use super::version::Version;
use super::words::{self, Piece};
use crate::spec::write::quoted;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Our words.
    Words(&'static str),
    /// Something from a spec.
    Value(String),
    /// How many there are of what the two words name, one and several.
    Count(usize, &'static str, &'static str),
}

impl Part {
    /// The part as text; `value` shows what is from a spec.
    pub(super) fn text(self, value: impl FnOnce(&str) -> String) -> String {
        match self {
            Self::Words(words) => words.to_owned(),
            Self::Value(text) => value(&text),
            Self::Count(1, one, _) => format!("1 {one}"),
            Self::Count(count, _, many) => format!("{count} {many}"),
        }
    }
}

/// How to mend a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remedy {
    /// What to do, in a sentence without its full stop.
    pub(super) words: &'static str,
    /// The YAML to add, if that is it.
    pub(super) stanza: Option<String>,
}

/// The sentence that tells changes of one text in several languages as one.
pub(super) fn of_all(changes: &[&Change]) -> Vec<Part> {
    let mut parts = match changes.first() {
        Some(first) => of(first),
        None => return Vec::new(),
    };
    let locales: Vec<_> =
        changes.iter().filter_map(|change| Some(change.what.place()?.locale.clone())).collect();
    let Some(at) = parts.iter().position(|part| *part == Part::Words(" in ")).filter(|_| locales.len() > 1)
    else {
        return parts;
    };
    let last = locales.len() - 1;
    let listed = locales.into_iter().enumerate().flat_map(|(index, locale)| {
        let before = if index == 0 {
            ""
        } else if index == last {
            " and "
        } else {
            ", "
        };
        [Part::Words(before), Part::Value(locale)]
    });
    parts.splice(at + 1..at + 2, listed);
    parts
}

/// The sentence that tells a change, without its subject and without a full stop.
#[expect(clippy::too_many_lines, reason = "it is one table, a row for each change")]
pub(super) fn of(change: &Change) -> Vec<Part> {
    use Part::{Count, Value, Words};
    let value = |text: &str| Value(text.to_owned());
    let from_to = |words, old: &Option<String>, new: &Option<String>| match (old, new) {
        (Some(old), Some(new)) => {
            vec![Words(words), Words(" was "), value(old), Words(" and is "), value(new)]
        }
        (None, Some(new)) => vec![Words(words), Words(" is new: "), value(new)],
        (Some(old), None) => vec![Words(words), Words(" is gone; it was "), value(old)],
        (None, None) => vec![Words(words)],
    };
    let added = |words, message: &Option<String>| match message {
        Some(message) => vec![Words(words), Words(": "), value(message)],
        None => vec![Words(words)],
    };
    let using = |words, replacement: &Option<String>| match replacement {
        Some(name) => vec![Words(words), Words("; "), value(name), Words(" is to be used instead")],
        None => vec![Words(words)],
    };
    let of_variant = |variant: &Option<String>, mut rest: Vec<Part>| {
        if let Some(name) = variant {
            rest.splice(0..0, [Words("of the variant "), value(name), Words(": ")]);
        }
        rest
    };
    match &change.what {
        What::ValueChanged { name, old, new } => vec![
            value(name),
            Words(" stands for another value: it was "),
            value(old),
            Words(" and is "),
            value(new),
        ],
        What::CodeReused { old, new, .. } => {
            vec![Words("the code means something else: it was "), value(old), Words(" and is "), value(new)]
        }
        What::RetiredCodeReused { code, retired, new } => vec![
            Words("the code "),
            value(code),
            Words(" of the retired "),
            value(retired),
            Words(" is in use again, for "),
            value(new),
        ],
        What::RetiredNameReused { name, code } => {
            vec![Words("the retired name "), value(name), Words(" is in use again, for "), value(code)]
        }
        What::EntryRemoved { replacement } => using("removed without a tombstone", replacement),
        What::EntryMerged { into } => vec![Words("removed; what it said is a part of "), value(into)],
        What::EntryRetired { since, replacement } | What::ConditionRetired { since, replacement } => {
            let mut parts = vec![Words("retired since "), value(since)];
            if let Some(name) = replacement {
                parts.extend([Words("; "), value(name), Words(" is to be used instead")]);
            }
            parts
        }
        What::EntryAdded { message } => added("added", message),
        What::ConditionAdded | What::OutputAdded => vec![Words("added")],
        What::VariantSplitOff { from } => vec![Words("added; it was a variant of "), value(from)],
        What::EntrySplit { from, message } => {
            let mut parts = added("added", message);
            parts.extend([Words("; before, it was a part of "), value(from)]);
            parts
        }
        What::EntryReplaced { old, message } => {
            let mut parts = added("added", message);
            parts.extend([Words("; it is to be used instead of "), value(old)]);
            parts
        }
        What::MainMeaningChanged { old, new } => vec![
            Words("another of its meanings comes first and names it: it was "),
            value(old),
            Words(" and is "),
            value(new),
        ],
        What::EntryRenamed { old, new } | What::ConditionRenamed { old, new } => {
            vec![Words("renamed from "), value(old), Words(" to "), value(new)]
        }
        What::EntryRenamedWithoutAlias { old, new } => vec![
            Words("renamed from "),
            value(old),
            Words(" to "),
            value(new),
            Words(", and the old name is gone"),
        ],
        What::FormerNameRemoved { name } => {
            vec![Words("the former name "), value(name), Words(" is gone")]
        }
        What::FormerNameAdded { name } => vec![Words("has the former name "), value(name), Words(" now")],
        What::FormerNameChanged { name, old, new } => vec![
            Words("the former name "),
            value(name),
            Words(" was one since "),
            value(old),
            Words(" and is one since "),
            value(new),
        ],
        What::TombstoneRemoved => vec![Words("its tombstone is gone")],
        What::TombstoneAdded => vec![Words("has a tombstone now, and was no entry before")],
        What::TombstoneChanged { field, old, new } => {
            from_to(field_words("its tombstone's", field), old, new)
        }
        What::KindChanged { variant, old, new } => {
            of_variant(variant, vec![Words("the kind was "), value(old), Words(" and is "), value(new)])
        }
        What::ConditionKindChanged { old, new } => {
            vec![Words("the kind was "), value(old), Words(" and is "), value(new)]
        }
        What::RetryAllowed => vec![Words("the same request may be repeated now")],
        What::RetryForbidden => vec![Words("the same request may not be repeated any more")],
        What::ConditionGained { variant, new } => {
            of_variant(variant, vec![Words("has the condition "), value(new), Words(" now")])
        }
        What::ConditionMoved { variant, old, new: Some(new) } => {
            of_variant(variant, vec![Words("the condition was "), value(old), Words(" and is "), value(new)])
        }
        What::ConditionMoved { variant, old, new: None } => {
            of_variant(variant, vec![Words("no longer has the condition "), value(old)])
        }
        What::HttpStatusChanged { old, new } => {
            let text = |status: &Option<u16>| status.map(|status| status.to_string());
            from_to("the HTTP status", &text(old), &text(new))
        }
        What::Deprecated { replacement } => using("deprecated", replacement),
        What::Undeprecated => vec![Words("not deprecated any more")],
        What::DeprecationChanged { field, old, new } => {
            from_to(field_words("its deprecation's", field), old, new)
        }
        What::VariantAdded { name } => vec![Words("has the further meaning "), value(name)],
        What::VariantRemoved { name } => {
            vec![Words("does not have the meaning "), value(name), Words(" any more")]
        }
        What::PlaceholderRemoved { place, placeholder } => {
            let mut parts = text(place, "lost the placeholder ");
            parts.push(value(placeholder));
            parts
        }
        What::PlaceholderAdded { place, placeholder } => {
            let mut parts = text(place, "has the placeholder ");
            parts.extend([value(placeholder), Words(" now")]);
            parts
        }
        What::TextAdded { place, .. } => text(place, "is new"),
        What::TextRemoved { place, .. } => text(place, "is gone"),
        What::TextChanged { place, edit: Edit::Copy, .. } => text(place, "is written differently"),
        What::TextChanged { place, edit: Edit::Reworded, .. } => text(place, "is reworded"),
        What::TextChanged { place, edit: Edit::Rewritten, .. } => text(place, "says something else"),
        What::ConditionRemoved => vec![Words("removed without a tombstone")],
        What::RetiredConditionReused { name } => {
            vec![Words("the retired name "), value(name), Words(" is in use again")]
        }
        What::DomainAdded { codes } => {
            vec![Words("added, with "), Count(*codes, "code", "codes")]
        }
        What::DomainRemoved { codes, like } => {
            let mut parts = vec![Words("removed, with "), Count(*codes, "code", "codes")];
            if let Some(like) = like {
                parts.extend([Words("; most of them are in "), value(like), Words(", which is new")]);
            }
            parts
        }
        What::CodeTypeChanged { old, new } => {
            vec![Words("the type of its codes was "), value(old), Words(" and is "), value(new)]
        }
        What::EnvelopeChanged { role, old, new } => {
            let mut parts = vec![Words("a reply's "), value(role)];
            parts.extend(from_to("", old, new));
            parts
        }
        What::TitleChanged { old, new } => {
            vec![Words("the title was "), value(old), Words(" and is "), value(new)]
        }
        What::LocaleAdded { locale } => vec![Words("the language "), value(locale), Words(" is new")],
        What::LocaleRemoved { locale } => vec![Words("the language "), value(locale), Words(" is gone")],
        What::FallbackChanged { old, new } => {
            vec![Words("the fallback language was "), value(old), Words(" and is "), value(new)]
        }
        What::LocaleOrderChanged { old, new } => {
            vec![Words("the languages were in the order "), value(old), Words(" and are in "), value(new)]
        }
        What::OutputRemoved => vec![Words("removed")],
        What::GeneratedNameChanged { option, old, new } | What::OptionChanged { option, old, new } => {
            let mut parts = vec![value(option)];
            parts.extend(from_to("", old, new));
            parts
        }
    }
}

/// The old and the new text of a change in pieces, those that the other does not have marked; `None` if it is about no text.
pub(super) fn texts(what: &What) -> Option<(Vec<Piece<'_>>, Vec<Piece<'_>>)> {
    let whole = |text| vec![Piece { text, changed: true }];
    match what {
        What::TextChanged { old, new, .. }
        | What::CodeReused { old_message: Some(old), new_message: Some(new), .. } => {
            Some(words::marked(old, new))
        }
        What::TextAdded { new, .. } => Some((Vec::new(), whole(new))),
        What::TextRemoved { old, .. } => Some((whole(old), Vec::new())),
        _ => None,
    }
}

fn field_words(whose: &str, field: &str) -> &'static str {
    match (whose, field) {
        ("its tombstone's", "since") => "its tombstone's version",
        ("its tombstone's", "use") => "its tombstone's replacement",
        ("its tombstone's", _) => "its tombstone's reason",
        (_, "since") => "its deprecation's version",
        (_, "use") => "its deprecation's replacement",
        (_, _) => "its deprecation's note",
    }
}

fn text(place: &TextPlace, happened: &'static str) -> Vec<Part> {
    use Part::{Value, Words};
    let mut parts = Vec::new();
    if let Some(variant) = &place.variant {
        parts.extend([Words("of the variant "), Value(variant.clone()), Words(": ")]);
    }
    let record = if place.role.is_record() { "the vendor's own " } else { "the " };
    let role = match place.role.id() {
        "erratum.message" => "message",
        "erratum.solution" => "solution",
        role => role,
    };
    parts.extend([Words(record), Words(role), Words(" in "), Value(place.locale.clone())]);
    parts.extend([Words(" "), Words(happened)]);
    parts
}

/// How to mend a change, if it is one that people should not leave as it is. `since` is the version that the change comes
/// out with.
pub(super) fn remedy(change: &Change, since: Option<Version>) -> Option<Remedy> {
    let since = since.map_or_else(|| "1.0.0".to_owned(), |version| version.to_string());
    let plain = |words| Some(Remedy { words, stanza: None });
    let add = |words, stanza| Some(Remedy { words, stanza: Some(stanza) });
    let former = |old: &str| format!("former_names:\n  - {{name: {old}, since: {since}}}\n");
    match &change.what {
        What::ValueChanged { .. } => plain(
            "give the name back its value, and the new value a name of its own; retire the old entry if it is gone",
        ),
        What::CodeReused { old, .. } | What::EntryRenamedWithoutAlias { old, .. } => {
            let words = if matches!(change.what, What::CodeReused { .. }) {
                "give the new error a code of its own, and retire the old entry; if it is the same error, keep its old name:"
            } else {
                "if this is a rename, keep the old name in the entry:"
            };
            add(words, former(old))
        }
        What::RetiredCodeReused { retired, new, .. } if retired == new => {
            plain("if it is the same error again, say so in a waiver, and remove its tombstone")
        }
        What::RetiredCodeReused { .. } => plain("take a code that was never used"),
        What::MainMeaningChanged { .. } => {
            plain("let the meaning that the code was known by come first, and the other one be a variant")
        }
        What::PlaceholderRemoved { .. } => plain("keep it, or make sure that no app fills it"),
        What::KindChanged { variant: None, old, new } if (old == "ok") != (new == "ok") => {
            plain("give the other outcome a code of its own")
        }
        What::RetiredNameReused { .. } | What::RetiredConditionReused { .. } => {
            plain("take a name that was never used")
        }
        What::EntryRemoved { replacement } => add(
            "if it is gone for good, add a tombstone to the domain's file; if it was renamed, list the old name in `former_names` of the new entry:",
            tombstone(change, &since, replacement.as_deref()),
        ),
        What::EntryMerged { .. } => plain(
            "keep the entry, deprecated; or give a variant of its name another one, and list the old entry under `retired`",
        ),
        What::FormerNameRemoved { name } => {
            add("keep the former name in the entry until the next major version:", former(name))
        }
        What::TombstoneRemoved => add("put the tombstone back:", tombstone(change, &since, None)),
        What::ConditionRemoved => add(
            "if it is gone for good, add a tombstone to conditions.yaml; if it was renamed, list the old name in `former_names` of the new condition:",
            tombstone(change, &since, None),
        ),
        What::RetryAllowed => {
            plain("make sure that repeating the request can do no harm, and say so in a waiver")
        }
        What::DomainRemoved { like: Some(_), .. } => {
            plain("keep the domain's name: it has no former names, and `title` is what people see")
        }
        _ => None,
    }
}

/// The tombstone of what a change is about.
fn tombstone(change: &Change, since: &str, replacement: Option<&str>) -> String {
    let replacement = replacement.map(|name| format!("    use: {name}\n")).unwrap_or_default();
    let (code, name) = match &change.subject {
        Subject::Entry { code, name, .. } if !code.is_empty() => {
            let is_number = code.parse::<i64>().is_ok_and(|number| number.to_string() == *code);
            let code = if is_number { code.clone() } else { quoted(code) };
            (format!("code: {code}\n    "), name)
        }
        Subject::Entry { name, .. } | Subject::Condition(name) => (String::new(), name),
        Subject::Book | Subject::Output(_) | Subject::Domain(_) => return String::new(),
    };
    format!("retired:\n  - {code}name: {name}\n    since: {since}\n{replacement}    reason: why it is gone\n")
}
