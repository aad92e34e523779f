//! Names that a language cannot write as they are.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::Name;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "reserved_name",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "A name whose constant has to be written otherwise in some language: a keyword of it, or a member that the generated type has already.",
        why: "The constant is there and works, in quotes or with a `_` after it, but an app developer who types the plain word finds something else.",
        bad: "name: default",
        good: "name: default_value_missing",
        fix: "Say more in the name. A name of one word is rarely a good one.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for (domain, error) in context.entries() {
        let former = error.former_names.iter().map(|former| (&former.name, former.span));
        for (name, span) in std::iter::once((&error.meaning.name, error.meaning.name_span)).chain(former) {
            findings.extend(changed(context, name, span).map(|found| Finding::entry(domain, error, found)));
        }
    }
    for condition in &context.book.conditions {
        let found = changed(context, &condition.name, condition.name_span);
        findings.extend(found.map(|found| Finding::condition(condition, found)));
    }
}

/// That a name is not written plainly in some languages.
fn changed(context: &Context<'_>, name: &Name, span: Span) -> Option<Diagnostic> {
    let spelled: Vec<_> = context
        .spellings
        .iter()
        .map(|(language, spelling)| (language, spelling.constant(name).0))
        // A plain constant is the words of the name in some case, joined in some way.
        .filter(|(_, spelled)| spelled.contains('`') || spelled.ends_with('_'))
        .map(|(language, spelled)| format!("{spelled} in {language}"))
        .collect();
    if spelled.is_empty() {
        return None;
    }
    let message = format!("`{name}` is reserved: it becomes {}", spelled.join(", "));
    Some(Diagnostic::warning(LINT.id, span, message).help("say more in the name"))
}
