//! The word that was most likely meant.
//!
//! In: a word that somebody wrote, and those that are known. Out: the one it is nearest to, or none. Words that differ
//! only in how they are spelled (`httpStatus`, `HTTP-STATUS`, `“http_status”`) are the same here; of the others, a
//! few slips of the finger are forgiven, more in a longer word. The answer does not depend on the order of the known
//! words. This module knows no other: every stage that looks a name up may use it.

/// The known word that a misspelt one most likely meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody misspells a word into a text; and what is long costs time with every word that it is compared with.
    if word.len() > LONGEST {
        return None;
    }
    let word = letters(word);
    let length = word.chars().count();
    if length == 0 {
        return None;
    }
    known
        .filter_map(|candidate| {
            let spelled = letters(candidate);
            let most = 1 + spelled.len() / 4;
            // The lengths of two words differ at most by their distance.
            if length.abs_diff(spelled.chars().count()) > most {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&word, &spelled);
            // Two words of which nothing is the same are not near, however short they are.
            (distance <= most && distance < length).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// The longest word that is compared with others, in bytes.
const LONGEST: usize = 200;

/// What is left of a word without case and signs.
fn letters(word: &str) -> String {
    word.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `; did you mean …?`, for the end of a sentence that says that there is no such word; nothing if none is near.
pub fn hint<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(word, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_other_spellings_are_forgiven() {
        let known = ["message", "http_status", "name", "note", "unauthenticated", "en", "zh-Hans"];
        let found = |word| nearest(word, known.into_iter());
        for (word, meant) in [
            ("mesage", "message"),
            ("messages", "message"),
            ("httpStatus", "http_status"),
            ("HTTP-STATUS", "http_status"),
            ("“name”", "name"),
            ("nmae", "name"),
            ("Name", "name"),
            ("\u{200B}note", "note"),
            ("UNAUTHENTICATED", "unauthenticated"),
            ("unauthenticted", "unauthenticated"),
            ("zh_hans", "zh-Hans"),
        ] {
            assert_eq!(found(word), Some(meant), "{word}");
        }
        for word in ["", "-", "severity", "xy", "description", &"message".repeat(100)] {
            assert_eq!(found(word), None, "{word}");
        }
        assert_eq!(hint("nmae", known.into_iter()), "; did you mean `name`?");
        assert_eq!(hint("severity", known.into_iter()), "");
    }
}
