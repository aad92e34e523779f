//! Errata that mend nothing.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::Diagnostic;
use crate::model::Texts;
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "needless_erratum",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "An `erratum` that equals the text it stands for, or keeps a vendor's text in a language that the vendor's document does not have.",
        why: "An erratum says that the vendor's text was changed. One that says so of a text that was not hides the next real change from the audit.",
        bad: "erratum:\n  message:\n    en: The device is offline.",
        good: "erratum:\n  message:\n    en: The evice is offline.",
        fix: "Remove it.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    let locales = &context.book.locales;
    for (domain, error) in context.entries() {
        for meaning in error.meanings() {
            let pairs: [(&Texts, &Texts, &Vec<bool>); 2] = [
                (&meaning.erratum_message, &meaning.message, &domain.vendor.message),
                (&meaning.erratum_solution, &meaning.solution, &domain.vendor.solution),
            ];
            for (erratum, text, vendor) in pairs {
                for (index, locale) in locales.iter().enumerate() {
                    let (Some(original), Some(span)) = (erratum.written(index), erratum.span(index)) else {
                        continue;
                    };
                    let message = if text.written(index) == Some(original) {
                        "the erratum is the text itself".to_owned()
                    } else if vendor.get(index) == Some(&false) && vendor.contains(&true) {
                        format!("the vendor's document has no text in `{locale}` that could be mended")
                    } else {
                        continue;
                    };
                    let diagnostic =
                        Diagnostic::warning(LINT.id, span, message).help("remove it").fix(span, "");
                    findings.push(Finding::entry(domain, error, diagnostic));
                }
            }
        }
    }
}
