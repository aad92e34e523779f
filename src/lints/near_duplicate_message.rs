//! One vendor's sentence with two meanings.

use super::{Context, Finding, Lint, LintLevel, texts};
use crate::diagnostics::Diagnostic;
use crate::model::ErrorCode;
use crate::rules::Explanation;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) static LINT: Lint = Lint {
    id: "near_duplicate_message",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "Two entries of one domain whose messages in the book's first language are equal, but for case and punctuation, while their kinds differ, or their messages in another language say different things.",
        why: "Users read one sentence for two situations, or two translations of one; either the kinds, the conditions or the words of one entry are a mistake.",
        bad: "zh-Hans: 短信验证码错误。\nzh-Hans: 手机验证码不对。",
        good: "zh-Hans: 短信验证码错误。\nzh-Hans: 短信验证码错误。",
        fix: "Give both the same kind and the same words, or say in the message what the difference is. If the vendor's texts leave no choice, `allow` it and say why.",
    },
    check,
};

fn check<'a>(context: &Context<'a>) -> Vec<Finding<'a>> {
    let locales = context.book.locales.len();
    let mut findings = Vec::new();
    for domain in &context.book.domains {
        // Asked and never listed, so that its order shows nowhere.
        let mut seen: HashMap<String, &ErrorCode> = HashMap::new();
        for error in &domain.errors {
            let written =
                |error: &'a ErrorCode| (0..locales).filter_map(|index| error.meaning.message.written(index));
            let Some(first) = written(error).next() else { continue };
            let other = match seen.entry(texts::plain(first)) {
                Entry::Occupied(entry) => *entry.get(),
                Entry::Vacant(entry) => {
                    entry.insert(error);
                    continue;
                }
            };
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
    findings
}
