//! What the codes of a table look like, so that the code of a row that got lost is known again.
//!
//! In: the codes that are read. Out: whether a word looks like one of them. Digits count one by one: `1001` looks like `1002`
//! and a year, and not like `12`. Of codes without a digit, only those in capitals say enough to be told from other words.

use std::collections::BTreeSet;

/// The forms of some codes.
#[derive(Debug, Default)]
pub(super) struct Forms(BTreeSet<String>);

impl Forms {
    /// The forms of `codes`.
    pub(super) fn of<'a>(codes: impl Iterator<Item = &'a str>) -> Self {
        Self(codes.filter_map(form).collect())
    }

    /// Takes a further code.
    pub(super) fn add(&mut self, code: &str) {
        self.0.extend(form(code));
    }

    /// Whether `word` looks like one of the codes.
    pub(super) fn has(&self, word: &str) -> bool {
        form(word).is_some_and(|form| self.0.contains(&form))
    }

    /// Whether `word` has a digit and looks like one of the codes.
    pub(super) fn has_with_digit(&self, word: &str) -> bool {
        word.contains(|ch: char| ch.is_ascii_digit()) && self.has(word)
    }
}

/// The form of a code: each digit is `9` in it, and each letter `A`; one of capitals without a digit is all of them. `None` if
/// it looks like any other word.
fn form(code: &str) -> Option<String> {
    if code.contains(|ch: char| ch.is_ascii_digit()) {
        let form = |ch: char| match ch {
            _ if ch.is_ascii_digit() => '9',
            _ if ch.is_alphabetic() => 'A',
            _ => ch,
        };
        return Some(code.chars().map(form).collect());
    }
    let is_capital = |ch: char| ch.is_ascii_uppercase() || matches!(ch, '_' | '-' | '.');
    let are_capitals =
        code.chars().filter(char::is_ascii_uppercase).count() > 1 && code.chars().all(is_capital);
    are_capitals.then(|| "A".to_owned())
}

#[cfg(test)]
mod tests {
    use super::Forms;

    #[test]
    fn a_word_looks_like_codes_by_its_digits_or_its_capitals() {
        let forms = Forms::of(["E01", "NOT_FOUND", "Busy"].into_iter());
        for word in ["E02", "x99", "BUSY", "E_IO"] {
            assert!(forms.has(word), "{word}");
        }
        for word in ["E1", "E100", "Busy", "Gone", "A", "__", ""] {
            assert!(!forms.has(word), "{word}");
        }
        assert!(forms.has_with_digit("E02") && !forms.has_with_digit("BUSY"));
    }
}
