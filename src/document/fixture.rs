//! A domain and its document, for the tests of what is made of rows.
//!
//! In: two texts. Out: the domain that the first says, and what its recipe reads of the second. Both must be right; what
//! is said of wrong ones is tested where it is said.

use super::{Effort, Reading, read};
use crate::diagnostics::{SourceId, Sources};
use crate::spec::read::SpecDomain;
use crate::spec::{read as spec, recipe, yaml};

/// Reads `document` as the recipe of the domain says whose file is `domain`.
pub(crate) fn domain_and_rows(
    sources: &mut Sources,
    domain: String,
    document: &str,
) -> (SpecDomain, Reading) {
    let document = sources.add("a.md", document.to_owned());
    domain_and_rows_of(sources, domain, document)
}

/// The same for a document that is read already.
pub(crate) fn domain_and_rows_of(
    sources: &mut Sources,
    domain: String,
    document: SourceId,
) -> (SpecDomain, Reading) {
    let source = sources.add("a.yaml", domain);
    let mut faults = Vec::new();
    let root = yaml::parse(sources, source).expect("valid YAML");
    let domain = spec::domain(&root, &mut faults).expect("a domain");
    let block = domain.document.as_ref().expect("a document");
    let recipe = recipe::recipe(block, &mut faults).expect("a recipe");
    assert!(faults.is_empty(), "{faults:?}");
    let reading = read(sources, document, &recipe, &mut Effort::default());
    (domain, reading)
}
