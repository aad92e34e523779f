//! Single values, lists and texts of a spec, each with what to say if something else stands in its place.
//!
//! In: a node, and what it is called in messages. Out: the value with its place, or a fault there. A value that is none may be
//! a slip of the line beside it, and the fault says so: a text in braces that was not quoted, a list of texts where one stands.
//!
//! Deliberately elsewhere: which keys a mapping has (`fields`), and what the values of single keys mean (`read`, `recipe`).

use super::yaml::{Node, NodeKind, Scalar};
use crate::diagnostics::{Budget, Diagnostic, Loc, Span};

/// The `:` behind the language of a key that holds its text as well (`{en:Not found.}`), and that language.
fn colon_without_blank(key: &Loc<String>) -> Option<(Span, &str)> {
    let (locale, _) = key.value.split_once(':').filter(|(locale, _)| is_like_locale(locale))?;
    let at = key.span.range().start + locale.len();
    // What stands in quotes is longer than its text.
    (key.span.range().len() == key.value.len()).then(|| (Span::new(key.span.source, at, at + 1), locale))
}

fn without_blank(colon: Span, locale: &str) -> Diagnostic {
    Diagnostic::error("yaml_syntax", colon, format!("a blank is missing behind the `:` of `{locale}`"))
}

/// Whether an entry is what follows a `,` of a text in braces that is not quoted (`{en: Sorry, not found}`): nothing stands
/// behind it, not even a `:`.
fn is_part_of_text((key, value): &(Loc<String>, Node)) -> bool {
    let is_empty = scalar(value).is_some_and(Scalar::is_empty);
    is_empty && value.span.start == key.span.end && colon_without_blank(key).is_none()
}

/// Whether a word may be the tag of a language, like `zh-Hans`.
pub(super) fn is_like_locale(word: &str) -> bool {
    let mut parts = word.split('-');
    let is_language = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_part =
        |part: &str| matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_language) && parts.all(is_part)
}

/// That `what` is no mapping. What it is may be the whole file; its beginning shows it as well.
pub(super) fn no_mapping(what: &str, node: &Node) -> Diagnostic {
    let message = format!("{what} is a mapping, and {} stands here", node.describe());
    Diagnostic::error("wrong_type", head(node), message)
}

/// Where a value begins: its first key or item, which shows where it is as well as all of it would.
fn head(node: &Node) -> Span {
    match &node.kind {
        NodeKind::Sequence(items) => items.first().map_or(node.span, head),
        NodeKind::Mapping(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
        NodeKind::Scalar(_) => node.span,
    }
}

/// Whether a node is how YAML writes "nothing".
pub(super) fn is_nothing(node: &Node) -> bool {
    scalar(node).is_some_and(Scalar::is_null)
}

/// The scalar of a node, if it is one.
pub fn scalar(node: &Node) -> Option<&Scalar> {
    match &node.kind {
        NodeKind::Scalar(scalar) => Some(scalar),
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
    }
}

/// The text of a scalar node; `what` names it in the message if it is none.
pub fn text(node: &Node, what: &str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
    match scalar(node) {
        Some(scalar) if !scalar.is_null() => Some(Loc::new(scalar.text.clone(), node.span)),
        Some(_) => {
            let fault = Diagnostic::error("wrong_type", node.span, format!("`{what}` is empty"));
            faults.push(fault.help("write its text; in quotes, if that begins with `#`"));
            None
        }
        None => {
            let message = format!("`{what}` is a single value, and {} stands here", node.describe());
            faults.push(Diagnostic::error("wrong_type", head(node), message));
            None
        }
    }
}

/// The text of an item of the list under `what`, which is a list of words.
pub fn word(item: &Node, what: &str, faults: &mut Vec<Diagnostic>) -> Option<Loc<String>> {
    let text = scalar(item).filter(|scalar| !scalar.is_null());
    // A line below an item that is indented deeper goes on with it.
    if let Some((first, next)) = text.filter(|text| text.plain).and_then(|text| text.text.split_once(" - ")) {
        let message =
            format!("for YAML `- {next}` goes on with the item `{first}`, for it is indented deeper");
        let fault = Diagnostic::error("wrong_type", item.span, message);
        faults.push(fault.help("begin all items of the list in one column"));
        return None;
    }
    if let Some(text) = text {
        return Some(Loc::new(text.text.clone(), item.span));
    }
    let message = format!("an item of `{what}` is a word, and {} stands here", item.describe());
    faults.push(
        Diagnostic::error("wrong_type", head(item), message).help("write one word for each item of the list"),
    );
    None
}

/// The items of a list node.
pub fn list<'a>(node: &'a Node, what: &str, faults: &mut Vec<Diagnostic>) -> &'a [Node] {
    if let NodeKind::Sequence(items) = &node.kind {
        items
    } else {
        let message = format!("`{what}` is a list, and {} stands here", node.describe());
        let fault = Diagnostic::error("wrong_type", node.span, message);
        faults.push(match scalar(node).map(in_brackets) {
            Some(Some(listed)) => fault.help(format!("write `{listed}`")).suggest(node.span, listed),
            Some(None) if scalar(node).is_some_and(|scalar| scalar.text.contains(" - ")) => {
                fault.help("begin each of its items with `- `, the first one as well")
            }
            Some(None) => {
                fault.help("write its items in `[` and `]`, or each on a line that begins with `- `")
            }
            None => fault.help("begin each of its items with `- `"),
        });
        &[]
    }
}

/// The words of a scalar as a list, if that is what it looks like: `en, zh-Hans` or `en`.
fn in_brackets(scalar: &Scalar) -> Option<String> {
    let is_word = |word: &str| {
        let is_part = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_' | '.');
        !word.is_empty() && word.chars().all(is_part)
    };
    let words: Vec<_> = scalar.text.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    // The first of them lost its dash.
    let has_dash = words.contains(&"-");
    (scalar.plain && !has_dash && words.iter().all(|word| is_word(word)))
        .then(|| format!("[{}]", words.join(", ")))
}

/// Reads the items of a list one by one, of whose faults no more are kept than anybody reads.
pub fn each<T>(
    items: &[Node],
    faults: &mut Vec<Diagnostic>,
    mut read: impl FnMut(&Node, &mut Vec<Diagnostic>) -> Option<T>,
) -> Vec<T> {
    let mut budget = Budget::new(faults);
    let mut all = Vec::new();
    for item in items {
        all.extend(read(item, faults));
        budget.keep(faults);
    }
    budget.close(faults);
    all
}

/// Keys and texts of a mapping node whose keys are free.
pub fn texts(node: &Node, what: &str, faults: &mut Vec<Diagnostic>) -> Vec<(Loc<String>, Loc<String>)> {
    if let NodeKind::Mapping(entries) = &node.kind {
        // A list that grows would have room for four, and there are as many of these as there are texts.
        let mut texts = Vec::with_capacity(entries.len());
        // Whether it was told that the text above has to be quoted, so that what follows its next `,` is not told again.
        let mut is_told = false;
        for (at, entry) in entries.iter().enumerate() {
            if is_told && is_part_of_text(entry) {
                continue;
            }
            is_told = false;
            let (key, value) = entry;
            let colon = colon_without_blank(key);
            // `{en:Sorry, not found}`
            let is_cut = entries.get(at + 1).is_some_and(is_part_of_text);
            if let Some((colon, locale)) = colon.filter(|_| is_cut) {
                let help = format!("write `{locale}: `, and put the text in quotes, since a `,` is in it");
                faults.push(without_blank(colon, locale).help(help));
                is_told = true;
                continue;
            }
            // `{en:Not found: 3}`, but not `en:: Not found`.
            let goes_on = |(colon, _): &&(Span, &str)| colon.end < key.span.end && !is_nothing(value);
            if let Some((colon, locale)) = colon.as_ref().filter(goes_on) {
                let help = format!("write `{locale}: `, and put the text in quotes, since a `: ` is in it");
                faults.push(without_blank(*colon, locale).help(help));
                continue;
            }
            let before = faults.len();
            texts.extend(text(value, &key.value, faults).map(|text| (key.clone(), text)));
            let Some(fault) = faults.get_mut(before) else { continue };
            let begins_text = match &value.kind {
                NodeKind::Sequence(items) if items.iter().any(is_mapping) => {
                    fault.help = Some(no_part(&key.value, what));
                    continue;
                }
                NodeKind::Sequence(items)
                    if items.last().is_some_and(|last| last.span.end == value.span.end) =>
                {
                    let help =
                        format!("write one text: `{}: |-`, and its lines below it, without `- `", key.value);
                    fault.help = Some(help);
                    continue;
                }
                NodeKind::Sequence(_) => Some('['),
                // `{token}`
                NodeKind::Mapping(entries) => {
                    entries.iter().all(|(_, value)| is_nothing(value)).then_some('{')
                }
                NodeKind::Scalar(_) => None,
            };
            if let Some(first) = begins_text {
                fault.help = Some(format!("a text that begins with `{first}` has to be quoted"));
            } else if matches!(value.kind, NodeKind::Mapping(_)) {
                fault.help = Some(no_part(&key.value, what));
            } else if let Some((colon, locale)) = colon {
                let help = format!("write `{locale}: `");
                *fault = without_blank(colon, locale).help(help).suggest(colon, ": ");
            } else if key.value.contains(' ') {
                // `{en: Sorry, not found.}`
                fault.help = Some("in braces, a text with `,` has to be quoted".to_owned());
                is_told = is_part_of_text(entry);
            }
        }
        texts
    } else {
        let fault = no_mapping(&format!("`{what}`"), node);
        let are_keys = |items: &[Node]| items.iter().all(is_mapping);
        faults.push(match &node.kind {
            NodeKind::Sequence(items) if are_keys(items) => {
                fault.help("remove the `- ` before each of its keys")
            }
            _ => fault,
        });
        Vec::new()
    }
}

/// What to do about a block under `key` among the texts of `what`.
fn no_part(key: &str, what: &str) -> String {
    // An entry begins with its own message; a further one is that of an erratum.
    if key == "message" {
        return "if this `message` belongs to an erratum, write `erratum:` on a line before it".to_owned();
    }
    format!(
        "if `{key}` is no part of `{what}`, indent it as far as that, or write the key that it belongs to before it"
    )
}

/// Whether keys stand below a node.
fn is_mapping(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Mapping(_))
}
