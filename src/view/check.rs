//! Names that are different in the spec and the same in a language.
//!
//! In: a book and a spelling. Out: a diagnostic for every pair of constants that one scope would hold twice once
//! they are spelled: `foo_1` and `foo1` are both `foo1` in camel case.

use super::Spelling;
use crate::diagnostics::Diagnostic;
use crate::model::{Book, Name};
use std::collections::BTreeMap;

/// Reports the entries whose constants fold together in the language called `language`.
pub fn collisions(book: &Book, language: &str, spelling: &dyn Spelling) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for domain in &book.domains {
        let mut seen: BTreeMap<String, (&Name, _)> = BTreeMap::new();
        for error in &domain.errors {
            let names = std::iter::once(&error.meaning.name)
                .chain(error.former_names.iter().map(|former| &former.name));
            for name in names {
                let spelled = spelling.constant(name).0;
                if let Some((other, span)) = seen.insert(spelled.clone(), (name, error.meaning.name_span)) {
                    let message = format!("`{name}` and `{other}` are both `{spelled}` in {language}");
                    faults.push(
                        Diagnostic::error("name_collision", error.meaning.name_span, message)
                            .label(span, "the other")
                            .help("rename one of them"),
                    );
                }
            }
        }
    }
    faults
}
