//! Names that are different in the spec and the same in a language.

use super::{Context, Finding, Lint, LintLevel};
use crate::rules::Explanation;
use crate::view;

pub(super) static LINT: Lint = Lint {
    id: "name_collision",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "Two names of one domain, or two conditions, that some language spells alike, whether or not the book generates it.",
        why: "A generated file with two constants of one name does not compile, and the day a team asks for the next language is too late to rename.",
        bad: "name: api_2_disabled\nname: api2_disabled",
        good: "name: api_2_disabled\nname: second_api_disabled",
        fix: "Rename one of them. For a language that the book generates this is a rule that no level switches off.",
    },
    check,
};

fn check<'a>(context: &Context<'a>) -> Vec<Finding<'a>> {
    let faults = context
        .spellings
        .iter()
        .flat_map(|(language, spelling)| view::check::collisions(context.book, language, *spelling));
    // One finding a name, whatever the number of languages that fold it.
    let mut findings: Vec<Finding<'a>> = Vec::new();
    for fault in faults {
        if findings.iter().all(|finding| finding.diagnostic.span() != fault.span()) {
            findings.push(Finding::book(fault));
        }
    }
    findings
}
