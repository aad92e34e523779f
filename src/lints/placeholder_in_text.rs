//! Texts that show a gap which nothing fills, or an escape which nothing resolves.

use super::{Context, Findings, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;
use regex::Regex;
use std::sync::LazyLock;

pub(super) static LINT: Lint = Lint {
    id: "placeholder_in_text",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A text with a placeholder: `{}`, `{name}`, `${code}`, `%s`, `%1$d`, `%@`, `<name>`, or a lone `X` that stands for a number; or with an escape of the format that it was copied from: `&amp;`, `&#39;`, `\\u8bbe`. The vendor's texts are no exception.",
        why: "Messages are shown as they stand; nothing fills the gap, and a user reads \"{} attempts left\" or \"Terms &amp; conditions\".",
        bad: "en: You have {} attempts left.",
        good: "en: You have a few attempts left.",
        fix: "Write the sentence without the value, and the character that is meant. If the text is the vendor's, keep the original in `erratum`.",
    },
    check,
};

/// What format strings of the usual languages look like, and the markup that vendors leave behind.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    // Borders of words are those of ASCII: a Chinese character follows a placeholder without a blank.
    let forms = [
        r"\$?\{\{?\s*[A-Za-z0-9_.:]*\s*\}\}?", // {} {0} {name} {{name}} ${name}
        r"%(?:\d+\$)?@",                       // %@ %1$@
        r"%(?:\d+\$)?[-+0 #]*\d*(?:\.\d+)?(?:l{1,2}|h{1,2}|z)?[sdifuxXc](?-u:\b)", // %s %1$s %02d
        r"<[A-Za-z][A-Za-z0-9_]*\s*/?>|</[A-Za-z]+>", // <name> <br />
        r"(?-u:\b)[XxNn]{1,3} (?:attempts?|times?|minutes?|seconds?|hours?|days?|characters?|devices?)(?-u:\b)", // X attempts
        r"(?:^|[^A-Za-z0-9])[XN] ?[次个分秒天位条台]", // X 次
        r"(?-u:\b)(?:xxx+|XXX+)(?-u:\b)",              // xxx
    ];
    Regex::new(&forms.join("|")).expect("the forms above are an expression")
});

/// How XML and HTML write characters, and how strings of source files and JSON do.
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6});",
        r"\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]{1,6}\}",
    ];
    Regex::new(&forms.join("|")).expect("the forms above are an expression")
});

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context) {
        let (message, help) = if let Some(found) = PLACEHOLDER.find(text.value) {
            let found = found.as_str().trim();
            (format!("nothing fills the placeholder `{found}`"), "write the sentence without the value")
        } else if let Some(found) = ESCAPE.find(text.value) {
            let found = found.as_str();
            (format!("nothing resolves the escape `{found}`"), "write the character that is meant")
        } else {
            continue;
        };
        let help = if text.is_ours {
            help.to_owned()
        } else {
            format!("{help}, and keep the vendor's in `erratum`")
        };
        let diagnostic = Diagnostic::warning(LINT.id, text.span, message).help(help);
        findings.push(text.finding(diagnostic));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_told_from_texts_with_their_signs() {
        for text in ["a &amp; b", "&lt;x", "it&#39;s", "&#x27;", r"\u8bbe\u5907", r"\u{8bbe}"] {
            assert!(ESCAPE.is_match(text), "{text}");
        }
        for text in ["AT&T;", "a & b;", "&amp", "#39;", r"C:\users", r"\unknown", "R&D; x"] {
            assert!(!ESCAPE.is_match(text), "{text}");
        }
    }

    #[test]
    fn gaps_are_told_from_texts_that_look_like_them() {
        for text in [
            "{}",
            "{0} left",
            "a {name}",
            "{{x}}",
            "${code}",
            "identityId(s)={}",
            "%s",
            "%1$s",
            "%02d",
            "%lld",
            "%@ failed",
            "%1$@",
            "设备 %@",
            "<name>",
            "a<br />b",
            "X attempts",
            "N 次",
            "还剩X次",
            "xxx",
        ] {
            assert!(PLACEHOLDER.is_match(text), "{text}");
        }
        for text in [
            "100%",
            "100% done",
            "50% of it",
            "20%.",
            "/error/code",
            "a@b.example",
            "XML",
            "X axis",
            "a < b > c",
            "0 次",
            "WeChat",
            "HTTP 404",
            "1 attempt",
        ] {
            assert!(!PLACEHOLDER.is_match(text), "{text}");
        }
    }
}
