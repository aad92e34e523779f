//! Reads the three kinds of spec file into structs shaped like them.
//!
//! In: a source whose YAML is well formed. Out: `SpecBook`, `SpecConditions` or `SpecDomain`, with every value's
//! place, and the faults of form. Only shape is checked here: keys, types and presence. Values that follow a
//! pattern or name something else stay text until `model::resolve`.

use super::fields::{Fields, MOST_CONDITIONS};
use super::shape;
use super::values;
use super::yaml::Node;
use crate::characters::visible;
use crate::diagnostics::{Diagnostic, Loc, Span};
use crate::nearest::nearest;

/// The format of spec files this version reads.
pub const FORMAT: &str = "1";

/// `errbook.yaml` as written.
#[derive(Debug)]
pub struct SpecBook {
    /// The book's own version.
    pub version: Loc<String>,
    /// What the book is called.
    pub title: Loc<String>,
    /// BCP 47 tags; the first is the fallback.
    pub locales: Vec<Loc<String>>,
    /// Where the list of them stands.
    pub locales_span: Span,
    /// Domains in the order of the book.
    pub domains: Vec<Loc<String>>,
    /// Where the list of them stands.
    pub domains_span: Span,
    /// Lint levels by lint name.
    pub lints: Vec<(Loc<String>, Loc<String>)>,
    /// Where the list of generated files goes, relative to the book.
    pub manifest: Option<Loc<String>>,
    /// Options of each output, by the output's name; the output itself reads them.
    pub outputs: Vec<(Loc<String>, Node)>,
}

/// `conditions.yaml` as written.
#[derive(Debug, Default)]
pub struct SpecConditions {
    /// The conditions in the order of the file.
    pub conditions: Vec<SpecCondition>,
    /// Names that are never used again.
    pub retired: Vec<SpecRetired>,
}

/// One cross-platform condition as written.
#[derive(Debug)]
pub struct SpecCondition {
    /// Its stable name.
    pub name: Loc<String>,
    /// Its kind.
    pub kind: Loc<String>,
    /// A few words, per locale.
    pub title: SpecTexts,
    /// What has happened, per locale.
    pub description: SpecTexts,
    /// Names it had before.
    pub former_names: Vec<SpecFormerName>,
    /// Suppressed lints and their reasons.
    pub allow: Vec<(Loc<String>, Loc<String>)>,
}

/// `vocabulary.yaml` as written: which words names are made of.
#[derive(Debug)]
pub struct SpecVocabulary {
    /// What a name may end in, without the `_` before it.
    pub endings: Vec<Loc<String>>,
    /// Names that need no such ending.
    pub names: Vec<Loc<String>>,
    /// Words that names do not hold, and what to write instead.
    pub avoid: Vec<(Loc<String>, Loc<String>)>,
}

/// A domain file as written.
#[derive(Debug)]
pub struct SpecDomain {
    /// The whole file.
    pub span: Span,
    /// The domain's name, equal to the file's.
    pub domain: Loc<String>,
    /// What people call it.
    pub title: Loc<String>,
    /// `int32`, `int64` or `string`.
    pub code_type: Loc<String>,
    /// Where a reply carries the code: JSON Pointers by role.
    pub envelope: Vec<(Loc<String>, Loc<String>)>,
    /// The `document:` block, read on by `spec::recipe`.
    pub document: Option<Node>,
    /// A regular expression over codes that says what their shape means: its group `http_status` is the status
    /// that the code promises.
    pub code_pattern: Option<Loc<String>>,
    /// The entries in the order of the file, each apart: there may be many, and whoever takes them frees them one by one.
    pub errors: Vec<Box<SpecError>>,
    /// Tombstones.
    pub retired: Vec<SpecRetired>,
}

/// One entry as written.
#[derive(Debug)]
pub struct SpecError {
    /// The whole entry.
    pub span: Span,
    /// The code and whether it stands without quotes.
    pub code: Loc<String>,
    /// Whether the code was written without quotes.
    pub code_is_plain: bool,
    /// What holds for the entry's first meaning.
    pub meaning: SpecMeaning,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// Where that is said.
    pub retryable_span: Option<Span>,
    /// The HTTP status that the document names.
    pub http_status: Option<Loc<u32>>,
    /// Further documented meanings.
    pub variants: Vec<SpecMeaning>,
    /// Names it had before.
    pub former_names: Vec<SpecFormerName>,
    /// Whether and how it is deprecated.
    pub deprecated: Option<Box<SpecDeprecation>>,
    /// Suppressed lints and their reasons.
    pub allow: Vec<(Loc<String>, Loc<String>)>,
    /// A word to maintainers.
    pub note: Option<Loc<String>>,
}

/// What an entry and a variant have in common.
#[derive(Debug)]
pub struct SpecMeaning {
    /// The whole mapping.
    pub span: Span,
    /// The stable name.
    pub name: Loc<String>,
    /// The kind.
    pub kind: Loc<String>,
    /// The cross-platform condition.
    pub condition: Option<Loc<String>>,
    /// The message, per locale.
    pub message: SpecTexts,
    /// What to do, per locale.
    pub solution: SpecTexts,
    /// The vendor's exact message where ours mends it.
    pub erratum_message: SpecTexts,
    /// The vendor's exact solution where ours mends it.
    pub erratum_solution: SpecTexts,
}

/// Texts by locale as written.
#[derive(Debug, Default)]
pub struct SpecTexts {
    /// Where the mapping stands; `None` if there is none.
    pub span: Option<Span>,
    /// Locale and text.
    pub texts: Vec<(Loc<String>, Loc<String>)>,
}

/// A name that an entry had before.
#[derive(Debug)]
pub struct SpecFormerName {
    /// The old name.
    pub name: Loc<String>,
    /// The version since which it is old.
    pub since: Loc<String>,
}

/// How an entry is deprecated.
#[derive(Debug)]
pub struct SpecDeprecation {
    /// The version since which it is.
    pub since: Loc<String>,
    /// The name to use instead.
    pub replacement: Option<Loc<String>>,
    /// A word to its users.
    pub note: Option<Loc<String>>,
}

/// A tombstone.
#[derive(Debug)]
pub struct SpecRetired {
    /// The code; conditions have none.
    pub code: Option<Loc<String>>,
    /// Whether the code was written without quotes.
    pub code_is_plain: bool,
    /// The name.
    pub name: Loc<String>,
    /// The version since which it is gone.
    pub since: Loc<String>,
    /// The name to use instead.
    pub replacement: Option<Loc<String>>,
    /// Why it is gone.
    pub reason: Option<Loc<String>>,
}

/// Reads `errbook.yaml`.
pub fn book(root: &Node, faults: &mut Vec<Diagnostic>) -> Option<SpecBook> {
    let mut map = Fields::open(root, &shape::BOOK, faults)?;
    let format = map.require_text("errbook", faults);
    if let Some(format) = format.filter(|format| format.value != FORMAT) {
        let message = format!("the format `{}` is not one this errbook reads", format.value);
        faults.push(
            Diagnostic::error("unknown_format", format.span, message).help(format!("it reads `{FORMAT}`")),
        );
    }
    let version = map.require_text("version", faults);
    let title = map.require_text("title", faults);
    let locales = text_list(&mut map, "locales", faults);
    let domains = text_list(&mut map, "domains", faults);
    let (locales_span, domains_span) = (map.place("locales"), map.place("domains"));
    let lints = map.texts("lints", faults);
    let mut outputs = map.take("outputs").map(|node| blocks(node, faults)).unwrap_or_default();
    let manifest = outputs.iter().position(|(name, _)| name.value == "manifest").map(|at| outputs.remove(at));
    let manifest = manifest.and_then(|(_, node)| values::text(&node, "manifest", faults));
    map.finish(faults);
    Some(SpecBook {
        version: version?,
        title: title?,
        locales,
        locales_span,
        domains,
        domains_span,
        lints,
        manifest,
        outputs,
    })
}

/// The key of the conditions.
pub const CONDITIONS: &str = "conditions";

/// Reads `conditions.yaml`, whose conditions, or some of them, were read apart.
pub fn conditions(
    root: &Node,
    mut conditions: Vec<SpecCondition>,
    faults: &mut Vec<Diagnostic>,
) -> Option<SpecConditions> {
    let mut map = Fields::open(root, &shape::CONDITIONS, faults)?;
    let items = map.list(CONDITIONS, faults);
    conditions.extend(values::each(items, faults, condition));
    if let Some(beyond) = conditions.get(MOST_CONDITIONS) {
        let number = conditions.len();
        let message = format!("`{CONDITIONS}` has {number} items, more than the limit of {MOST_CONDITIONS}");
        let fault = Diagnostic::error("too_many_nodes", beyond.name.span, message);
        faults.push(fault.help("this is the first beyond it; remove what nobody uses"));
    }
    let retired = values::each(map.list("retired", faults), faults, retired);
    map.finish(faults);
    Some(SpecConditions { conditions, retired })
}

/// Reads one condition.
pub fn condition(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<SpecCondition> {
    let mut map = Fields::open(node, &shape::CONDITION, faults)?;
    let name = map.require_text("name", faults);
    let kind = map.require_text("kind", faults);
    let title = texts(&mut map, "title", faults);
    let description = texts(&mut map, "description", faults);
    let former_names = former_names(&mut map, faults);
    let allow = map.texts("allow", faults);
    map.finish(faults);
    Some(SpecCondition { name: name?, kind: kind?, title, description, former_names, allow })
}

/// Reads `vocabulary.yaml`.
pub fn vocabulary(root: &Node, faults: &mut Vec<Diagnostic>) -> Option<SpecVocabulary> {
    let mut map = Fields::open(root, &shape::VOCABULARY, faults)?;
    let mut words = |map: &mut Fields<'_>, key| {
        values::each(map.list(key, faults), faults, |item, faults| values::word(item, key, faults))
    };
    let endings = words(&mut map, "endings");
    let names = words(&mut map, "names");
    let avoid = map.texts("avoid", faults);
    map.finish(faults);
    Some(SpecVocabulary { endings, names, avoid })
}

/// The key of a domain's entries.
pub const ERRORS: &str = "errors";

/// Reads a domain file.
pub fn domain(root: &Node, faults: &mut Vec<Diagnostic>) -> Option<SpecDomain> {
    domain_with(root, Vec::new(), faults)
}

/// Reads a domain file whose entries, or some of them, were read apart.
pub fn domain_with(
    root: &Node,
    mut errors: Vec<Box<SpecError>>,
    faults: &mut Vec<Diagnostic>,
) -> Option<SpecDomain> {
    let mut map = Fields::open(root, &shape::DOMAIN, faults)?;
    let domain = map.require_text("domain", faults);
    let title = map.require_text("title", faults);
    let code_type = map.require_text("code_type", faults);
    let document = map.take("document").cloned();
    let envelope = map.texts("envelope", faults);
    check_envelope(&envelope, faults);
    let code_pattern = map.text("code_pattern", faults);
    let items = map.require_list(ERRORS, faults);
    errors.extend(values::each(items, faults, error));
    let retired = values::each(map.list("retired", faults), faults, retired);
    let of_entry = |key: &str| {
        shape::ERROR.key(key)?;
        Some(format!("`{key}` is a key of an entry: indent it below the `- code:` of an item of `errors`"))
    };
    map.finish_with(of_entry, faults);
    Some(SpecDomain {
        span: root.span,
        domain: domain?,
        title: title?,
        code_type: code_type?,
        envelope,
        document,
        code_pattern,
        errors,
        retired,
    })
}

/// What an HTTP status may be (RFC 9110, section 15).
pub const HTTP_STATUSES: std::ops::RangeInclusive<u32> = 100..=599;

/// Tells of a place in replies that is no JSON Pointer, of an envelope that does not say where the code is, and of one that
/// says where the message is by another name.
fn check_envelope(envelope: &[(Loc<String>, Loc<String>)], faults: &mut Vec<Diagnostic>) {
    const CODE: &str = "code";
    for (_, pointer) in envelope {
        let is_escaped = pointer.value.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        if is_escaped && (pointer.value.is_empty() || pointer.value.starts_with('/')) {
            continue;
        }
        let message = format!("`{}` is no JSON Pointer", visible(&pointer.value, 100));
        let fault = Diagnostic::error("bad_json_pointer", pointer.span, message);
        faults.push(if is_escaped && !pointer.value.contains(char::is_whitespace) {
            let meant = format!("/{}", pointer.value.trim_start_matches("$.").replace('.', "/"));
            fault.did_you_mean(pointer.span, &meant)
        } else {
            fault.help(
                "it starts with `/`, like `/error/code`; in a name `/` is written `~1`, and `~` as `~0`",
            )
        });
    }
    let Some((first, _)) = envelope.first() else { return };
    if envelope.iter().all(|(role, _)| role.value != CODE) {
        let near = envelope.iter().find(|(role, _)| nearest(&role.value, std::iter::once(CODE)).is_some());
        let fault =
            Diagnostic::error("missing_key", first.span, "the envelope does not say where the `code` is");
        faults.push(match near {
            Some((role, _)) => fault.did_you_mean(role.span, CODE),
            None => fault.help("write its place in a reply, like `code: /error/code`"),
        });
    }
    let mut near = envelope.iter().map(|(role, _)| role).filter(|role| is_nearly_message(&role.value));
    if let Some(role) = near.next()
        && envelope.iter().all(|(role, _)| role.value != MESSAGE)
    {
        let message =
            format!("the envelope says where `{}` is, and not the `{MESSAGE}`", visible(&role.value, 100));
        let fault = Diagnostic::error("unknown_key", role.span, message);
        faults.push(fault.did_you_mean(role.span, MESSAGE));
    }
}

/// The role of an envelope that is the message.
const MESSAGE: &str = "message";

/// Whether a role of an envelope is `message` misspelt. Roles are free: one that has further words, such as `message_id`, is
/// another, and so is each that is only like it.
fn is_nearly_message(role: &str) -> bool {
    let letters = role.chars().filter(|ch| ch.is_alphanumeric()).count();
    let is_longer = role.to_lowercase().contains(MESSAGE) && letters > MESSAGE.len() + 1;
    role == "msg" || !is_longer && nearest(role, std::iter::once(MESSAGE)).is_some()
}

/// Reads an entry of a domain.
pub fn error(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Box<SpecError>> {
    let mut map = Fields::open(node, &shape::ERROR, faults)?;
    let code = map.require("code");
    let code_is_plain = code.and_then(values::scalar).is_some_and(|scalar| scalar.plain);
    let code =
        code.and_then(|node| map.exemplified("code", faults, |faults| values::text(node, "code", faults)));
    let meaning = meaning(&mut map, faults);
    let retryable = map.boolean("retryable", faults);
    let http_status = map.number("http_status", HTTP_STATUSES, faults);
    let variants = values::each(map.list("variants", faults), faults, variant);
    let former_names = former_names(&mut map, faults);
    let deprecated = map.take("deprecated").and_then(|node| deprecation(node, faults));
    let allow = map.texts("allow", faults);
    let note = map.text("note", faults);
    map.finish(faults);
    Some(Box::new(SpecError {
        span: node.span,
        code: code?,
        code_is_plain,
        meaning: meaning?,
        retryable: retryable.as_ref().is_some_and(|retryable| retryable.value),
        retryable_span: retryable.map(|retryable| retryable.span),
        http_status,
        variants,
        former_names,
        deprecated,
        allow,
        note,
    }))
}

fn variant(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<SpecMeaning> {
    let mut map = Fields::open(node, &shape::VARIANT, faults)?;
    let meaning = meaning(&mut map, faults);
    let of_entry = |key: &str| {
        shape::ERROR.key(key)?;
        Some(format!("`{key}` is the entry's, and holds for all its meanings: remove it here"))
    };
    map.finish_with(of_entry, faults);
    meaning
}

fn meaning(map: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> Option<SpecMeaning> {
    let name = map.require_text("name", faults);
    let kind = map.require_text("kind", faults);
    let condition = map.text("condition", faults);
    let message = map
        .require("message")
        .map(|node| map.exemplified("message", faults, |faults| texts_of(node, "message", faults)))
        .unwrap_or_default();
    let solution = texts(map, "solution", faults);
    let (mut erratum_message, mut erratum_solution) = (SpecTexts::default(), SpecTexts::default());
    if let Some(mut erratum) =
        map.take("erratum").and_then(|node| Fields::open(node, &shape::ERRATUM, faults))
    {
        erratum_message = texts(&mut erratum, "message", faults);
        erratum_solution = texts(&mut erratum, "solution", faults);
        erratum.finish(faults);
    }
    let span = map.span();
    Some(SpecMeaning {
        span,
        name: name?,
        kind: kind?,
        condition,
        message,
        solution,
        erratum_message,
        erratum_solution,
    })
}

fn former_names(map: &mut Fields<'_>, faults: &mut Vec<Diagnostic>) -> Vec<SpecFormerName> {
    let mut names = Vec::new();
    for node in map.list("former_names", faults) {
        let Some(mut map) = Fields::open(node, &shape::FORMER_NAME, faults) else { continue };
        let name = map.require_text("name", faults);
        let since = map.require_text("since", faults);
        map.finish(faults);
        if let (Some(name), Some(since)) = (name, since) {
            names.push(SpecFormerName { name, since });
        }
    }
    names
}

fn deprecation(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Box<SpecDeprecation>> {
    let mut map = Fields::open(node, &shape::DEPRECATED, faults)?;
    let since = map.require_text("since", faults);
    let replacement = map.text("use", faults);
    let note = map.text("note", faults);
    map.finish(faults);
    Some(Box::new(SpecDeprecation { since: since?, replacement, note }))
}

fn retired(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<SpecRetired> {
    let mut map = Fields::open(node, &shape::RETIRED, faults)?;
    let code = map.take("code");
    let code_is_plain = code.and_then(values::scalar).is_some_and(|scalar| scalar.plain);
    let code = code.and_then(|node| values::text(node, "code", faults));
    let name = map.require_text("name", faults);
    let since = map.require_text("since", faults);
    let replacement = map.text("use", faults);
    let reason = map.text("reason", faults);
    map.finish(faults);
    Some(SpecRetired { code, code_is_plain, name: name?, since: since?, replacement, reason })
}

fn texts(map: &mut Fields<'_>, key: &'static str, faults: &mut Vec<Diagnostic>) -> SpecTexts {
    let Some(node) = map.take(key) else { return SpecTexts::default() };
    map.exemplified(key, faults, |faults| texts_of(node, key, faults))
}

fn texts_of(node: &Node, key: &'static str, faults: &mut Vec<Diagnostic>) -> SpecTexts {
    SpecTexts { span: Some(node.span), texts: values::texts(node, key, faults) }
}

fn text_list(map: &mut Fields<'_>, key: &'static str, faults: &mut Vec<Diagnostic>) -> Vec<Loc<String>> {
    let items = map.require_list(key, faults);
    values::each(items, faults, |item, faults| values::word(item, key, faults))
}

fn blocks(node: &Node, faults: &mut Vec<Diagnostic>) -> Vec<(Loc<String>, Node)> {
    if let super::yaml::NodeKind::Mapping(entries) = &node.kind {
        entries.clone()
    } else {
        let message = format!("`outputs` is a mapping, and {} stands here", node.describe());
        let fault = Diagnostic::error("wrong_type", node.span, message);
        faults.push(fault.help("write each output with its options, for example `kotlin: {}`"));
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::is_nearly_message;

    #[test]
    fn roles_that_have_message_in_their_name_are_no_slips() {
        for near in ["messaeg", "mesage", "messages", "Message", "msg", "“message”", "\u{200B}message"] {
            assert!(is_nearly_message(near), "{near}");
        }
        for other in
            ["message_id", "messageId", "message_en", "error_message", "usage", "image", "request_id", ""]
        {
            assert!(!is_nearly_message(other), "{other}");
        }
    }
}
