//! Codes of one domain that a person would take for the same.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::model::WireCode;
use crate::rules::Explanation;
use std::collections::BTreeMap;

pub(super) static LINT: Lint = Lint {
    id: "code_spelling",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "Two codes of a string domain that differ only in case, blanks, leading zeros, or half and full width.",
        why: "One of them is mostly a slip of the vendor's typist, and whoever copies a code by hand writes the other.",
        bad: "- code: \"A00001\"\n- code: \"a00001\"",
        good: "- code: \"A00001\"\n- code: \"A00011\"",
        fix: "Look into the document whether both are codes. If they are, `allow` it on one of them and say so.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for domain in &context.book.domains {
        let mut seen = BTreeMap::new();
        for error in &domain.errors {
            let WireCode::Text(text) = &error.code else { continue };
            if let Some(first) = seen.insert(folded(text), error) {
                let message = format!(
                    "the codes `{}` and `{}` differ in their spelling alone",
                    first.code.to_string().escape_debug(),
                    text.escape_debug()
                );
                let diagnostic = Diagnostic::warning(LINT.id, error.code_span, message)
                    .label(first.code_span, "the other one")
                    .help("look into the document whether both are codes");
                findings.push(Finding::entry(domain, error, diagnostic));
            }
        }
    }
}

/// A code without what people do not see in it.
fn folded(code: &str) -> String {
    let half = |ch: char| match u32::from(ch) {
        // The full-width forms of ASCII stand in its order (Unicode, block Halfwidth and Fullwidth Forms).
        point @ 0xFF01..=0xFF5E => char::from_u32(point - 0xFEE0).unwrap_or(ch),
        _ => ch,
    };
    let plain: String =
        code.chars().map(half).filter(|ch| !ch.is_whitespace()).flat_map(char::to_lowercase).collect();
    // Zeros before a number count for nothing, wherever in the code the number starts.
    let mut out = String::with_capacity(plain.len());
    for ch in plain.chars() {
        if out.ends_with('0')
            && ch.is_ascii_digit()
            && !out[..out.len() - 1].ends_with(|ch: char| ch.is_ascii_digit())
        {
            out.pop();
        }
        out.push(ch);
    }
    out
}
