//! Which faults a book may have and still be compared.
//!
//! In: the faults of a book. Out: those that keep it from being compared. An old book was valid by the rules of its day, and
//! nobody can mend it now; a new one may be in the middle of its work. What only says that something is said twice, is missing
//! or is at odds loses no entry, so the comparison can be told. A fault that makes errbook leave an entry out would turn
//! into a removal that nobody made: then there is no comparison.

use crate::diagnostics::{Diagnostic, Level};
use crate::rules;

/// Faults after which every entry is still there.
const HARMLESS: [&str; 25] = [
    "bad_pattern",
    "bad_version",
    "condition_with_code",
    "deprecated_for_itself",
    "domain_file_mismatch",
    "domain_files_disagree",
    "duplicate_code",
    "duplicate_condition",
    "duplicate_domain",
    "duplicate_locale",
    "duplicate_name",
    "empty_text",
    "former_condition",
    "missing_locale",
    "no_locale",
    "nul_character",
    "retired_code",
    "retired_condition",
    "retired_name",
    "retryable_kind",
    "unknown_condition",
    "unknown_key",
    "unknown_locale",
    "unknown_replacement",
    "domain_file_and_folder",
];

/// The faults that keep a book from being compared.
pub fn obstacles(faults: &[Diagnostic]) -> Vec<Diagnostic> {
    // A recipe says where codes came from; the codes themselves stand in the spec.
    let is_harmless = |id: &str| HARMLESS.contains(&id) || rules::is_about_documents(id);
    let is_obstacle = |fault: &&Diagnostic| fault.level == Level::Error && !is_harmless(fault.id);
    faults.iter().filter(is_obstacle).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_harmless_fault_is_one_that_errbook_reports() {
        for id in HARMLESS {
            assert!(rules::find(id).is_some(), "{id}");
        }
    }
}
