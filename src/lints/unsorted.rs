//! Entries that do not stand in the order of their codes, and conditions not in that of their names.

use super::{Context, Finding, Findings, Lint, LintLevel};
use crate::diagnostics::{Diagnostic, Span};
use crate::rules::Explanation;

pub(super) static LINT: Lint = Lint {
    id: "unsorted",
    level: LintLevel::Warn,
    explanation: Explanation {
        finds: "An entry that does not stand in the order of the codes, or a condition that does not in that of the names; of several the fewest that would have to move.",
        why: "A reader looks a code up by its place, and two people who append at the end get a merge conflict.",
        bad: "errors:\n  - code: 5004\n    name: mobile_number_not_registered\n  - code: 5003\n    name: sms_code_incorrect",
        good: "errors:\n  - code: 5003\n    name: sms_code_incorrect\n  - code: 5004\n    name: mobile_number_not_registered",
        fix: "Run `errbook fmt`, which sorts entries and takes their comments along.",
    },
    check,
};

fn check<'a>(context: &Context<'a>, findings: &mut Findings<'a>) {
    // The book is sorted already; the places in the file tell what the order was.
    for domain in &context.book.domains {
        for Displaced { item: error, other, is_below } in displaced(&domain.errors, |error| error.span) {
            let (where_, what) = if is_below { ("below", "greater") } else { ("above", "smaller") };
            let message = format!("the code `{}` stands {where_} the {what} `{}`", error.code, other.code);
            let diagnostic = Diagnostic::warning(LINT.id, error.code_span, message)
                .label(other.code_span, format!("the {what} one"))
                .help("run `errbook fmt`");
            findings.push(Finding::entry(domain, error, diagnostic));
        }
    }
    let mut conditions: Vec<_> = context.book.conditions.iter().collect();
    conditions.sort_by(|a, b| a.name.cmp(&b.name));
    for Displaced { item: condition, other, is_below } in
        displaced(&conditions, |condition| condition.name_span)
    {
        let (where_, what) = if is_below { ("below", "later") } else { ("above", "earlier") };
        let message = format!("the condition `{}` stands {where_} `{}`", condition.name, other.name);
        let diagnostic = Diagnostic::warning(LINT.id, condition.name_span, message)
            .label(other.name_span, format!("the {what} one"))
            .help("run `errbook fmt`");
        findings.push(Finding::condition(condition, diagnostic));
    }
}

/// An item out of order, and one of those that stand right which shows it.
struct Displaced<'a, T> {
    item: &'a T,
    other: &'a T,
    /// Whether the other one stands above it.
    is_below: bool,
}

/// The fewest items of each file that would have to move, so that one code with a digit too many is one finding and not
/// one for every entry below it: `items` come sorted.
fn displaced<T>(items: &[T], span: impl Fn(&T) -> Span) -> Vec<Displaced<'_, T>> {
    let mut by_place: Vec<_> = (0..items.len()).collect();
    by_place.sort_by_key(|order| span(&items[*order]));
    let mut found = Vec::new();
    for file in by_place.chunk_by(|a, b| span(&items[*a]).source == span(&items[*b]).source) {
        let stays = in_order(file);
        let mut above = None;
        for (place, &order) in file.iter().enumerate() {
            if stays[place] {
                above = Some(order);
                continue;
            }
            let below = || {
                file[place..].iter().zip(&stays[place..]).find_map(|(order, stays)| stays.then_some(*order))
            };
            let is_below = above.is_some_and(|above| above > order);
            let Some(other) = (if is_below { above } else { below() }) else { continue };
            found.push(Displaced { item: &items[order], other: &items[other], is_below });
        }
    }
    found
}

/// Which of some different numbers belong to the longest run of rising ones, whatever stands between them. Of two neighbours that
/// changed places it is the first that belongs to it.
fn in_order(numbers: &[usize]) -> Vec<bool> {
    // From the end, of the falling runs of each length the one whose last number is the greatest; and behind which place
    // of a run each place stands.
    let mut last: Vec<usize> = Vec::new();
    let mut behind = vec![None; numbers.len()];
    for (place, number) in numbers.iter().enumerate().rev() {
        let length = last.partition_point(|other| numbers[*other] > *number);
        behind[place] = length.checked_sub(1).map(|before| last[before]);
        if length == last.len() {
            last.push(place);
        } else {
            last[length] = place;
        }
    }
    let mut stays = vec![false; numbers.len()];
    let mut at = last.last().copied();
    while let Some(place) = at {
        stays[place] = true;
        at = behind[place];
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn the_longest_run_stays() {
        for (numbers, stays) in [
            (&[][..], ""),
            (&[0, 1, 2], "***"),
            (&[0, 2, 1, 3], "** *"),
            (&[0, 9, 1, 2, 3], "* ***"),
            (&[1, 2, 3, 0], "*** "),
            (&[0, 1, 2, 7, 8, 3, 4, 5, 6], "***  ****"),
            (&[3, 2, 1, 0], "*   "),
        ] {
            let told: String =
                in_order(numbers).into_iter().map(|stays| if stays { '*' } else { ' ' }).collect();
            assert_eq!(told, stays, "{numbers:?}");
        }
    }
}
