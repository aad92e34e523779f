//! One vendor's sentence with two meanings.

use super::{Context, Finding, Findings, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::model::{Domain, ErrorCode};
use crate::rules::Explanation;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

pub(super) static LINT: Lint = Lint {
    id: "near_duplicate_message",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "Two entries of one domain whose messages in the book's first language are equal, but for case and punctuation, while their kinds differ, or their messages in another language say different things; and two messages that differ in a slip alone: in a small word, a plural, or two letters that changed places.",
        why: "Users read one sentence for two situations, or two translations of one; either the kinds, the conditions or the words of one entry are a mistake.",
        bad: "- code: 1\n  message:\n    zh-Hans: 短信验证码错误。\n- code: 2\n  message:\n    zh-Hans: 手机验证码不对。",
        good: "- code: 1\n  message:\n    zh-Hans: 短信验证码错误。\n- code: 2\n  message:\n    zh-Hans: 短信验证码错误。",
        fix: "Give both the same kind and the same words, or say in the message what the difference is. If the vendor's texts leave no choice, `allow` it and say why.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let locales = context.book.locales.len();
    for domain in &context.book.domains {
        // Texts are known by their digests, because they are most of a book; that two with one digest are the same is seen in
        // the texts. Asked and never listed, so that its order shows nowhere.
        let mut seen: HashMap<u64, &ErrorCode> = HashMap::new();
        let mut alike: HashMap<u64, &ErrorCode> = HashMap::new();
        for error in &domain.errors {
            if let Some(slip) = slip(domain, error, &mut alike) {
                findings.push(slip);
                continue;
            }
            let written =
                |error: &'a ErrorCode| (0..locales).filter_map(|index| error.meaning.message.written(index));
            let Some(first) = written(error).next() else { continue };
            let Some(other) = twin(&mut seen, first, error, texts::plain) else { continue };
            let plain = |error| written(error).map(texts::plain).collect::<Vec<_>>();
            let (kind, other_kind) = (error.meaning.kind, other.meaning.kind);
            let message = if kind != other_kind {
                format!(
                    "the same message is `{}` here and `{}` at `{}`",
                    kind.id(),
                    other_kind.id(),
                    other.code
                )
            } else if plain(error).iter().zip(plain(other)).enumerate().skip(1).any(
                |(index, (one, other))| {
                    // The vendor's own texts are as they are.
                    let is_vendor = domain.vendor.message.get(index).copied().unwrap_or_default();
                    !is_vendor && *one != other
                },
            ) {
                format!("the same message is translated in another way at `{}`", other.code)
            } else {
                continue;
            };
            let span = error.meaning.message.span(0).unwrap_or(error.span);
            let place = other.meaning.message.span(0).unwrap_or(other.span);
            let diagnostic = Diagnostic::warning(LINT.id, span, message)
                .label(place, "the other one")
                .help("give both the same kind and the same words, or say what the difference is");
            findings.push(Finding::entry(domain, error, diagnostic));
        }
    }
}

/// The entry met before of whose first message `form` makes what it makes of `message`; if there is none, `error` is it from
/// now on.
fn twin<'a>(
    met: &mut HashMap<u64, &'a ErrorCode>,
    message: &str,
    error: &'a ErrorCode,
    form: fn(&str) -> String,
) -> Option<&'a ErrorCode> {
    let mut hasher = DefaultHasher::new();
    let formed = form(message);
    formed.hash(&mut hasher);
    match met.entry(hasher.finish()) {
        Entry::Occupied(entry) => {
            let other: &ErrorCode = entry.get();
            let first = other.meaning.message.all().next()?;
            // Texts that are long are mostly copies, and making forms of them takes longer than all else.
            (first == message || form(first) == formed).then_some(other)
        }
        Entry::Vacant(entry) => {
            entry.insert(error);
            None
        }
    }
}

/// That the message of an entry is nearly that of one before it, and at least one of the two is ours to mend.
fn slip<'a>(
    domain: &'a Domain,
    error: &'a ErrorCode,
    alike: &mut HashMap<u64, &'a ErrorCode>,
) -> Option<Finding<'a>> {
    let message = error.meaning.message.written(0)?;
    let other = twin(alike, message, error, words)?;
    let twin = other.meaning.message.written(0)?;
    let is_ours = |error: &ErrorCode| {
        let is_vendor = domain.vendor.message.first().copied().unwrap_or_default();
        !is_vendor || error.meaning.erratum_message.written(0).is_some()
    };
    if texts::are_alike(message, twin) || !(is_ours(error) || is_ours(other)) {
        return None;
    }
    let span = error.meaning.message.span(0).unwrap_or(error.span);
    let place = other.meaning.message.span(0).unwrap_or(other.span);
    let diagnostic = Diagnostic::warning(
        LINT.id,
        span,
        format!("this is nearly the message of `{}`, and differs in a slip alone", other.code),
    )
    .label(place, "the other one")
    .help("write both in the same words, or say what the difference is");
    Some(Finding::entry(domain, error, diagnostic))
}

/// The words of a message as a hasty reader takes them in: without small words and endings, and with the letters of each
/// word in any order and once where they are doubled.
fn words(message: &str) -> String {
    let small = ["a", "an", "the", "of", "is", "are", "was", "has", "been"];
    let lower = message.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for word in lower.split(|ch: char| !texts::is_of_word(ch)) {
        if word.is_empty() || small.contains(&word) {
            continue;
        }
        out.push(' ');
        // In scripts without blanks, and in numbers, the order of the characters is what a word says.
        if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            out.push_str(word);
            continue;
        }
        let mut letters: Vec<u8> = word.strip_suffix('s').unwrap_or(word).bytes().collect();
        letters.dedup();
        letters.sort_unstable();
        out.extend(letters.into_iter().map(char::from));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_slip_makes_no_difference_and_a_word_does() {
        for (one, other) in [
            ("The device is offline.", "Device is offline"),
            ("The device is offline.", "The devcie is offlline."),
            ("Invalid parameter.", "Invalid parameters!"),
        ] {
            assert_eq!(words(one), words(other), "{one} {other}");
        }
        for (one, other) in [
            ("The device is offline.", "The gateway is offline."),
            ("The device is online.", "The device is not online."),
            ("Code 12 is unknown.", "Code 21 is unknown."),
            ("设备离线", "离线设备"),
        ] {
            assert_ne!(words(one), words(other), "{one} {other}");
        }
    }
}
