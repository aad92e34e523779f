//! Numbers of things, as sentences have them: `1 file`, `2 files`.
//!
//! In: a number, and one thing in English, whose plural ends with `s`. Words with another plural, or with a verb that
//! follows the number, are put by the sentence itself.

use std::fmt::Display;

/// The number and the thing or things.
pub(crate) fn counted<N: Copy + Display + PartialEq + From<u8>>(number: N, thing: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {thing}{ending}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_thing_alone_has_no_s() {
        let said = [0_usize, 1, 2].map(|number| counted(number, "file"));
        assert_eq!(said, ["0 files", "1 file", "2 files"]);
    }
}
