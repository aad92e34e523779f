//! Punctuation of the other script.

use super::texts::{Text, is_han};
use super::{Context, Findings, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "mixed_width_punctuation",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "In a text of ours: half-width punctuation beside a Chinese character, full-width punctuation in a language that has none, a stop that stands twice, or a quote or bracket without its other half.",
        why: "It looks like machine output, and a line breaks before a comma where no reader expects it.",
        bad: "zh-Hans: 设备离线,请检查电源.",
        good: "zh-Hans: 设备离线，请检查电源。",
        fix: "Write ，。；：！？（） in Chinese, and their half-width forms elsewhere. `errbook lint --fix` widens marks beside Chinese characters.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let ours = texts::all(context).filter(|text| text.is_ours);
    findings.extend(ours.filter_map(|text| {
        let (message, help) = fault(&text)?;
        let diagnostic = Diagnostic::warning(LINT.id, text.span, message);
        Some(match mended(&text) {
            Some(mended) => text.rewritten(diagnostic, &mended),
            None => text.finding(diagnostic.help(help)),
        })
    }));
}

/// A Chinese text with all its marks in full width, if that leaves nothing to be said. A mark behind a digit may belong
/// to a number, so that a person has to look.
fn mended(text: &Text<'_>) -> Option<String> {
    if !text.is_wide() {
        return None;
    }
    let chars: Vec<char> = text.value.chars().collect();
    let mut out = String::with_capacity(text.value.len());
    for (index, &ch) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chars.get(index).copied());
        let after = chars.get(index + 1).copied();
        let beside_han = before.is_some_and(is_han) || after.is_some_and(is_han);
        match widened(ch).filter(|_| beside_han) {
            Some(_) if before.is_some_and(|ch| ch.is_ascii_digit()) => return None,
            Some(wide) => out.push(wide),
            None => out.push(ch),
        }
    }
    let new = Text { value: &out, ..*text };
    fault(&new).is_none().then_some(out)
}

/// What is wrong with the punctuation of a text, and what to write.
fn fault(text: &Text<'_>) -> Option<(String, String)> {
    let is_wide = text.is_wide();
    if is_tidy(text.value, is_wide) {
        return None;
    }
    let chars: Vec<char> = text.value.chars().collect();
    let at = |index: usize| chars.get(index).copied();
    for (index, &ch) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(at);
        let after = at(index + 1);
        let beside_han = before.is_some_and(is_han) || after.is_some_and(is_han);
        if is_wide {
            if let Some(wide) = widened(ch).filter(|_| beside_han) {
                return Some((
                    format!("the half-width `{ch}` stands in Chinese text"),
                    format!("write `{wide}`"),
                ));
            }
        } else if let Some(narrow) = narrowed(ch) {
            return Some((
                format!("the full-width `{ch}` stands in a text of `{}`", text.locale),
                format!("write `{narrow}`"),
            ));
        }
        // Three full stops and more are dots of omission.
        let two_dots = ch == '.' && after == Some('.') && before != Some('.') && at(index + 2) != Some('.');
        if two_dots || (is_stop(ch) && after.is_some_and(is_stop)) {
            let twice: String = std::iter::once(ch).chain(after).collect();
            return Some((format!("two stops stand together: `{twice}`"), "keep one of them".to_owned()));
        }
    }
    for (open, close) in PAIRS {
        let count = |wanted: char| chars.iter().filter(|&&ch| ch == wanted).count();
        // An English apostrophe is a closing quote without an opening one.
        if count(open) != count(close) && !(open == '‘' && count(open) == 0) {
            return Some((
                format!("`{open}` and `{close}` do not come in pairs"),
                "add the other half".to_owned(),
            ));
        }
    }
    (chars.iter().filter(|&&ch| ch == '"').count() % 2 == 1)
        .then(|| ("a `\"` has no other half".to_owned(), "add it".to_owned()))
}

/// Quotes and brackets that open and close.
const PAIRS: [(char, char); 7] =
    [('(', ')'), ('（', '）'), ('“', '”'), ('‘', '’'), ('「', '」'), ('《', '》'), ('[', ']')];

/// Whether a text has nothing that [`fault`] would have to weigh, as most texts have: no mark of the other width, no two
/// stops or dots together, and no quotes or brackets.
fn is_tidy(text: &str, is_wide: bool) -> bool {
    let mut is_after_stop = false;
    text.chars().all(|ch| {
        if ch.is_ascii_alphanumeric() || ch == ' ' || is_han(ch) {
            is_after_stop = false;
            return true;
        }
        let is_stop = is_stop(ch) || ch == '.';
        let is_of_other_width = if is_wide { widened(ch).is_some() } else { narrowed(ch).is_some() };
        let is_half = ch == '"' || PAIRS.iter().any(|&(open, close)| ch == open || ch == close);
        let is_second = is_stop && is_after_stop;
        is_after_stop = is_stop;
        !(is_of_other_width || is_half || is_second)
    })
}

/// Whether a mark ends a sentence or a part of one. A full stop is none here: several make dots of omission.
fn is_stop(ch: char) -> bool {
    matches!(ch, '。' | '，' | '；' | '：' | '！' | '？' | ',' | ';' | ':' | '!' | '?')
}

/// The full-width form of a mark that Chinese does not use.
fn widened(ch: char) -> Option<char> {
    Some(match ch {
        ',' => '，',
        '.' => '。',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        _ => return None,
    })
}

/// The half-width form of a mark that only Chinese and Japanese use.
fn narrowed(ch: char) -> Option<char> {
    Some(match ch {
        '，' | '、' => ',',
        '。' => '.',
        '；' => ';',
        '：' => ':',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        _ => return None,
    })
}
