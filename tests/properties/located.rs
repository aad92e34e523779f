//! What holds of every finding, whatever it is about.

use errbook::diagnostics::{Diagnostic, Sources};

/// Every label points into its source, at whole characters.
pub(crate) fn located(findings: &[Diagnostic], sources: &Sources) {
    for finding in findings {
        assert!(!finding.labels.is_empty(), "no place: {finding:?}");
        for label in &finding.labels {
            let text = &sources.get(label.span.source).text;
            assert!(text.get(label.span.range()).is_some(), "a place outside: {finding:?}");
        }
    }
}
