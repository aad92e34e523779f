//! Codes of one domain that a person would take for the same.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::characters::is_hidden;
use crate::diagnostics::Diagnostic;
use crate::model::WireCode;
use crate::rules::Explanation;
use std::collections::BTreeMap;

pub(super) static LINT: Lint = Lint {
    id: "code_spelling",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "Two codes of a string domain that differ only in case, blanks, leading zeros, half and full width, or in what nobody can see: characters without a shape, hyphens of other kinds, and Cyrillic and Greek letters that look like Latin ones.",
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
    let seen = code.chars().filter(|ch| !ch.is_whitespace() && !is_hidden(*ch));
    let plain: String = seen.map(half).map(latin).flat_map(char::to_lowercase).collect();
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

/// A character of half the width. The full-width forms of ASCII stand in its order (Unicode, block Halfwidth and Fullwidth
/// Forms).
fn half(ch: char) -> char {
    match u32::from(ch) {
        point @ 0xFF01..=0xFF5E => char::from_u32(point - 0xFEE0).unwrap_or(ch),
        _ => ch,
    }
}

/// The letter or the hyphen of ASCII that a character looks like, for those that fonts draw alike (the confusables of UTS 39).
fn latin(ch: char) -> char {
    let alike = [
        ("АВЕКМНОРСТХІЈЅ", "ABEKMHOPCTXIJS"),
        ("асеорхіјѕу", "aceopxijsy"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo"),
        ("‐‑‒–—―−﹘﹣", "---------"),
    ];
    let pairs = alike.into_iter().flat_map(|(others, plain)| others.chars().zip(plain.chars()));
    pairs.filter(|_| !ch.is_ascii()).find(|(other, _)| *other == ch).map_or(ch, |(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn codes_that_look_alike_are_one() {
        for (one, other) in [
            ("A00001", "a0001"),
            ("A 1", "A１"),
            ("A1", "A\u{200B}1"),
            ("A-1", "А−1"),
            ("SCOPE", "ЅСОРЕ"),
            ("OK", "ΟΚ"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        for (one, other) in [("A1", "A10"), ("A-1", "A1"), ("Б1", "B1"), ("设备1", "设1")] {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
    }
}
