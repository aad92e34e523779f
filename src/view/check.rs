//! Names that are different in the spec and the same in a language.
//!
//! In: a book and a spelling. Out: a diagnostic for every pair of constants that one scope would hold twice once
//! they are spelled: `foo_1` and `foo1` are both `foo1` in camel case. Former names have constants, and so have retired
//! ones for a time.

use super::Spelling;
use crate::diagnostics::{Diagnostic, Span};
use crate::model::{Book, Name};
use std::collections::HashMap;

/// Tells of the constants that fold together in the language called `language`: of conditions, and of each domain. All names
/// of a book may, in each language, so that they are told one by one.
pub fn collisions(book: &Book, language: &str, spelling: &dyn Spelling, tell: &mut dyn FnMut(Diagnostic)) {
    let conditions = book.conditions.iter().flat_map(|condition| {
        let former = condition.former_names.iter().map(|former| (&former.name, former.span));
        std::iter::once((&condition.name, condition.name_span)).chain(former)
    });
    let retired = book.condition_tombstones().map(|retired| (&retired.name, retired.span));
    scope(conditions.chain(retired), language, spelling, tell);
    for domain in &book.domains {
        let names = domain.errors.iter().flat_map(|error| {
            let former = error.former_names.iter().map(|former| (&former.name, former.span));
            std::iter::once((&error.meaning.name, error.meaning.name_span)).chain(former)
        });
        let retired = book.tombstones(domain).map(|(retired, _)| (&retired.name, retired.span));
        scope(names.chain(retired), language, spelling, tell);
    }
}

/// Tells of the names of one scope that are spelled alike.
fn scope<'a>(
    names: impl Iterator<Item = (&'a Name, Span)>,
    language: &str,
    spelling: &dyn Spelling,
    tell: &mut dyn FnMut(Diagnostic),
) {
    // Asked and never listed, so that its order shows nowhere.
    let mut seen: HashMap<String, (&Name, Span)> = HashMap::new();
    for (name, span) in names {
        let spelled = spelling.constant(name).0;
        let message = |other| format!("`{name}` and `{other}` are both `{spelled}` in {language}");
        if let Some((other, first)) = seen.get(&spelled) {
            let fault = Diagnostic::error("name_collision", span, message(other));
            tell(fault.label(*first, "the other").help("rename one of them"));
        } else {
            seen.insert(spelled, (name, span));
        }
    }
}
