//! Names that are different in the spec and the same in a language.

use super::{Context, Finding, Findings, Lint, LintLevel, Subject};
use crate::diagnostics::Span;
use crate::rules::Explanation;
use crate::view;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

pub(super) static LINT: Lint = Lint {
    id: "name_collision",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "Two names of one domain, or two conditions, that some language spells alike, whether or not the book generates it.",
        why: "A generated file with two constants of one name does not compile, and the day a team asks for the next language is too late to rename.",
        bad: "- code: 1\n  name: api_2_disabled\n- code: 2\n  name: api2_disabled",
        good: "- code: 1\n  name: api_2_disabled\n- code: 2\n  name: second_api_disabled",
        fix: "Rename one of them. For a language that the book generates this is a rule that no level switches off.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    // One finding a name, whatever the number of languages that fold it. Who a name belongs to is asked where one is found.
    let mut seen = BTreeSet::new();
    let owners = LazyCell::new(|| owners(context));
    for (language, spelling) in context.spellings {
        view::check::collisions(context.book, language, *spelling, &mut |diagnostic| {
            let span = diagnostic.span();
            if seen.insert(span) {
                let owner = span.and_then(|span| owners.get(&span)).copied();
                findings.push(Finding { subject: owner.unwrap_or(Subject::Book), diagnostic });
            }
        });
    }
}

/// What each name of the book belongs to, by its place.
fn owners<'a>(context: &Context<'a>) -> BTreeMap<Span, Subject<'a>> {
    let mut owners: BTreeMap<Span, Subject<'a>> = BTreeMap::new();
    for (domain, error) in context.entries() {
        let former = error.former_names.iter().map(|former| former.span);
        let spans = std::iter::once(error.meaning.name_span).chain(former);
        owners.extend(spans.map(|span| (span, Subject::Entry(domain, error))));
    }
    for condition in &context.book.conditions {
        let former = condition.former_names.iter().map(|former| former.span);
        let spans = std::iter::once(condition.name_span).chain(former);
        owners.extend(spans.map(|span| (span, Subject::Condition(condition))));
    }
    owners
}
