//! Texts that show a gap which nothing fills, or an escape which nothing resolves, or that only stand for a text.
//!
//! In: every text that apps show. Out: one finding for each that is certain. Of escapes that is much less than all: a
//! backslash before an `n` is a line end in one text and a folder in another, and where both are likely nothing is said.

use super::texts::{self, Role, Text};
use super::{Context, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;
use regex::Regex;
use std::sync::LazyLock;

pub(super) static LINT: Lint = Lint {
    id: "placeholder_in_text",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A text with a placeholder: `{}`, `{name}`, `${code}`, `%s`, `%1$d`, `%@`, `<name>`, or a lone `X` that stands for a number; or with an escape of the format that it was copied from: `&amp;`, `&#39;`, `\\u8bbe`, `\\\"`, `\\'`, `\\n` where it is no part of a path, `It''s`, `\"\"x\"\"`, `a\" + \"b`. And a message or solution that only stands for one: a word such as `N/A`, `TBD`, `无`, `同上`, or nothing but signs such as `-`. The vendor's texts are no exception.",
        why: "Messages are shown as they stand; nothing fills the gap, and a user reads \"{} attempts left\", \"Terms &amp; conditions\" or \"N/A\".",
        bad: "en: You have {} attempts left.",
        good: "en: You have a few attempts left.",
        fix: "Write the sentence without the value, and the character that is meant. If the text is the vendor's, keep the original in `erratum`. What means in a document that there is no text is named under `empty` of its table in the recipe.",
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

/// How XML and HTML write characters, how strings of source files and JSON do, and what is left where a pattern takes a
/// quoted text as it is written: doubled quotes, and the joint of two strings.
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6});",
        r"\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]{1,6}\}",
        r"\\3[0-7]{2}\\2[0-7]{2}|\\x[C-Fc-f][0-9A-Fa-f]\\x[89ABab][0-9A-Fa-f]", // é as bytes of UTF-8: \303\251 \xC3\xA9
        r#"[A-Za-z]''[A-Za-z]|""[^"\s][^"]*"""#,                                // It''s ""x""
    ];
    Regex::new(&forms.join("|")).expect("the forms above are an expression")
});

/// Two strings of a source file, from the first of which the quote at its beginning was left out.
static JOINT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^[^"]*("\s*\+\s*")"#).expect("this is an expression"));

/// A line end or a tab where no path has one: behind a sentence, or before a capital, a sign or the end.
static CONTROL: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r#"(?:[?"。，；：！？…”]|[A-Za-z0-9]\.|[A-Za-z]{2}:)(\\[nrt])"#,
        r"(\\[nrt])(?:$|\\[nrt]|[^a-z0-9\\/._:-])",
    ];
    Regex::new(&forms.join("|")).expect("the forms above are an expression")
});

/// A path of Windows, in which a backslash is one.
static PATH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)[A-Za-z]:\\|\\\\").expect("this is an expression"));

/// The first escape in a text that is certain to be one.
fn escape(text: &str) -> Option<&str> {
    let known = || Some(ESCAPE.find(text)?.as_str());
    let joint = || Some(JOINT.captures(text)?.get(1)?.as_str());
    let control = || CONTROL.captures(text)?.iter().skip(1).flatten().next().map(|found| found.as_str());
    // What stands in quotes has no bare one: where each has a backslash, that one was written for the quote.
    let quote = |quote: &str| {
        let escaped = text.match_indices(quote).all(|(at, _)| text[..at].ends_with('\\'));
        let at = text.find(quote).filter(|_| escaped)?;
        text.get(at - 1..=at)
    };
    let of_backslash = || {
        let has_path = PATH.is_match(text);
        quote("\"").or_else(|| quote("'")).or_else(|| control().filter(|_| !has_path))
    };
    known().or_else(joint).or_else(|| of_backslash().filter(|_| text.contains('\\')))
}

/// What stands in a table for a text that is not there, without its signs and in lower case: in English and programs, in
/// Chinese, in Japanese and Korean, in German, in French and Spanish.
const FILLERS: [&str; 5] = [
    "na none null nil tbd tba todo ditto sameasabove notapplicable",
    "无 無 暂无 暫無 同上 待定 待补充 待補充",
    "なし 同上 未定 該当なし 없음 상동 미정",
    "keine entfällt dito",
    "aucun aucune néant idem ninguno ninguna",
];

/// What to do where a vendor writes one of them.
const NAMED_EMPTY: &str =
    "name it under `empty` of the table in the recipe and take the text away, or write a sentence";

/// Whether a message or solution says nothing itself: it has no letter and no digit, or only one of those words.
fn is_filler(text: &Text<'_>) -> bool {
    // The longest of the words, with brackets and blanks around it, has fewer bytes.
    if !matches!(text.role, Role::Message | Role::Solution) || text.value.len() > 40 {
        return false;
    }
    let plain = texts::plain(text.value);
    plain.is_empty() || FILLERS.iter().any(|words| words.split(' ').any(|word| word == plain))
}

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for text in texts::all(context) {
        let (message, help) = if let Some(found) = PLACEHOLDER.find(text.value) {
            let found = found.as_str().trim();
            (format!("nothing fills the placeholder `{found}`"), "write the sentence without the value")
        } else if let Some(found) = escape(text.value) {
            let found = found.replace('\n', "\\n");
            (format!("nothing resolves the escape `{found}`"), "write the character that is meant")
        } else if is_filler(&text) {
            let found = text.value.escape_debug();
            let message = format!("`{found}` stands where a text for users should be");
            (message, if text.is_ours { "write a sentence" } else { NAMED_EMPTY })
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
        for (text, expected) in [
            ("a &amp; b", "&amp;"),
            ("&lt;x", "&lt;"),
            ("it&#39;s", "&#39;"),
            ("&#x27;", "&#x27;"),
            (r"\u8bbe\u5907", r"\u8bbe"),
            (r"\u{8bbe}", r"\u{8bbe}"),
            (r#"Say \"hi\""#, r#"\""#),
            (r"It\'s off", r"\'"),
            (r#"It\'s \"off\"\nNow"#, r#"\""#),
            (r"Offline.\nretry", r"\n"),
            (r"Offline\nRetry", r"\n"),
            (r"设备离线\n请重试", r"\n"),
            (r"设备离线。\nretry", r"\n"),
            (r"Offline\n", r"\n"),
            (r"Offline\r\n", r"\r"),
            (r"Reason:\tnone", r"\t"),
            (r"caf\303\251", r"\303\251"),
            (r"caf\xC3\xA9", r"\xC3\xA9"),
            ("It''s off", "t''s"),
            (r#"Say ""hi"""#, r#"""hi"""#),
            (r#"Device " + "offline"#, r#"" + ""#),
        ] {
            assert_eq!(escape(text), Some(expected), "{text}");
        }
        for text in [
            "AT&T;",
            "a & b;",
            "&amp",
            "#39;",
            r"C:\users",
            r"\unknown",
            "R&D; x",
            r"C:\new\table",
            r"\\server\notes",
            r"..\new\readme.txt",
            r"DOMAIN\name",
            r"a folder \temp",
            r#"in "C:\temp\" or below"#,
            r#"the folder "temp\" is full"#,
            r"a 'b\' c",
            r"\d+ and \w",
            r#"Press "Ctrl" + "C""#,
            r#""a" and """#,
            "\"can't get identityId",
            "5'' of rain, it's 'wet'",
            "''",
        ] {
            assert_eq!(escape(text), None, "{text}");
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
