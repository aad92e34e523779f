//! Advice that leads to what is deprecated itself.

use super::{Context, Finding, Findings, Lint, LintLevel, Subject};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::{Domain, ErrorCode, Name};
use crate::rules::Explanation;
use std::collections::{BTreeMap, BTreeSet};

pub(super) static LINT: Lint = Lint {
    id: "deprecated_replacement",
    level: LintLevel::Deny,
    explanation: Explanation {
        finds: "A `use` of a deprecated entry or of a tombstone that leads to another deprecated constant: to an entry that is deprecated as well, perhaps in a circle, or to a former name.",
        why: "A developer who follows the advice meets the next warning, and in a circle never arrives.",
        bad: "deprecated:\n  since: 1.0.0\n  use: sms_code_expired",
        good: "deprecated:\n  since: 1.0.0\n  use: sms_code_invalid",
        fix: "Name the entry at the end of the way. If there is none, leave `use` out and say in `note` what to do.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    for domain in &context.book.domains {
        let ways = Ways::of(domain);
        for error in &domain.errors {
            let Some(deprecated) = &error.deprecated else { continue };
            let (Some(name), Some(span)) = (&deprecated.replacement, deprecated.replacement_span) else {
                continue;
            };
            let who = format!("`{}` is deprecated", error.meaning.name);
            if let Some((diagnostic, end)) = ways.detour(&who, name, span, Some(error)) {
                let diagnostic = match end {
                    Some(end) => diagnostic.fix(span, end.as_str()),
                    None => diagnostic,
                };
                findings.push(Finding::entry(domain, error, diagnostic));
            }
        }
        for retired in &domain.retired {
            let Some(name) = &retired.replacement else { continue };
            let who = format!("`{}` is retired", retired.name);
            if let Some((diagnostic, _)) = ways.detour(&who, name, retired.span, None) {
                findings.push(Finding { subject: Subject::Book, diagnostic });
            }
        }
    }
}

/// How many entries that are deprecated in favour of each other are followed.
const LONGEST_CHAIN: usize = 50;

/// Where the names of a domain lead.
struct Ways<'a> {
    current: BTreeMap<&'a str, &'a ErrorCode>,
    former: BTreeMap<&'a str, &'a ErrorCode>,
}

impl<'a> Ways<'a> {
    fn of(domain: &'a Domain) -> Self {
        let former =
            |error: &'a ErrorCode| error.former_names.iter().map(move |former| (former.name.as_str(), error));
        Self {
            current: domain.errors.iter().map(|error| (error.meaning.name.as_str(), error)).collect(),
            former: domain.errors.iter().flat_map(former).collect(),
        }
    }

    fn find(&self, name: &Name) -> Option<&'a ErrorCode> {
        self.current.get(name.as_str()).or_else(|| self.former.get(name.as_str())).copied()
    }

    /// That the advice to use `name`, which stands at `span` and is that of `from`, leads to a constant that is
    /// deprecated; with the name that should stand there, if there is one.
    fn detour(
        &self,
        who: &str,
        name: &Name,
        span: Span,
        from: Option<&ErrorCode>,
    ) -> Option<(Diagnostic, Option<&'a Name>)> {
        let next = self.find(name)?;
        let is_former = next.meaning.name != *name;
        if !is_former && next.deprecated.is_none() {
            return None;
        }
        let replacement = |error: &ErrorCode| self.find(error.deprecated.as_ref()?.replacement.as_ref()?);
        let (mut last, mut met) = (next, BTreeSet::from([&next.code]));
        met.extend(from.map(|from| &from.code));
        // A longer chain is a circle to its readers, and a book could be one chain.
        while let Some(further) = replacement(last).filter(|_| met.len() < LONGEST_CHAIN) {
            last = further;
            if !met.insert(&further.code) {
                break;
            }
        }
        let (message, label) = if is_former {
            let now = &next.meaning.name;
            (format!("{who} in favour of `{name}`, which is called `{now}` now"), "its name today")
        } else {
            (format!("{who} in favour of `{name}`, which is deprecated as well"), "deprecated, too")
        };
        let diagnostic = Diagnostic::warning(LINT.id, span, message).label(next.meaning.name_span, label);
        let end = &last.meaning.name;
        Some(if last.deprecated.is_some() {
            (diagnostic.help("remove `use`, or name an entry that is not deprecated"), None)
        } else {
            (diagnostic.help(format!("write `use: {end}`")), Some(end))
        })
    }
}
