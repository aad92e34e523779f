//! Which domains of a book have a code, and which have codes that look like it.
//!
//! In: a book. Out: answers that take no longer for a book of a hundred thousand codes, or of a thousand domains, than for a
//! small one: a log may hold a code every few bytes.
//!
//! Deliberately elsewhere: what in a log is a code (`rule`), and which of several domains has said it (`super`).

use crate::model::{Book, CodeType, Domain, WireCode};
use std::collections::HashMap;

/// The codes of a book.
pub(super) struct Codes<'a> {
    book: &'a Book,
    /// The codes that are in use or retired, each with the place of its domain in the book, in order.
    known: Vec<(&'a WireCode, u32)>,
    /// The domains of which a code looks so. Asked and never listed, so that its order shows nowhere.
    alike: HashMap<String, Vec<u32>>,
    /// The bytes of the longest shape of a text code.
    longest_shape: usize,
}

impl<'a> Codes<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let mut codes = Self { book, known: Vec::new(), alike: HashMap::new(), longest_shape: 0 };
        for (index, domain) in (0..).zip(&book.domains) {
            let retired = domain.retired.iter().filter_map(|retired| retired.code.as_ref());
            let used = domain.errors.iter().map(|error| &error.code);
            codes.known.extend(used.chain(retired).map(|code| (code, index)));
            for error in &domain.errors {
                match &error.code {
                    WireCode::Number(number) => {
                        let text = number.to_string();
                        for looks in [looks(&text, true), looks(&text, false)] {
                            codes.add(looks, index);
                        }
                    }
                    WireCode::Text(text) => {
                        if let Some(shape) = shape(text.as_bytes()) {
                            codes.longest_shape = codes.longest_shape.max(shape.len());
                            codes.add(shape, index);
                        }
                    }
                }
            }
        }
        codes.known.sort_unstable();
        codes
    }

    fn add(&mut self, looks: String, index: u32) {
        let domains = self.alike.entry(looks).or_default();
        if domains.last() != Some(&index) {
            domains.push(index);
        }
    }

    /// The domains that have or had a code, as places in the book, in its order.
    pub(super) fn domains_of(&self, code: &str) -> Vec<usize> {
        let number = CodeType::Int64.parse(code);
        let text = CodeType::String.parse(code);
        let mut domains: Vec<usize> = Vec::new();
        for wanted in number.iter().chain(&text) {
            let first = self.known.partition_point(|(known, _)| *known < wanted);
            let same = self.known[first..].iter().take_while(|(known, _)| *known == wanted);
            domains.extend(same.map(|(_, index)| *index as usize));
        }
        domains.sort_unstable();
        domains.dedup();
        domains
    }

    /// Whether any domain has or had a code.
    pub(super) fn knows(&self, code: &str) -> bool {
        let has = |wanted: WireCode| self.known.binary_search_by(|(known, _)| (*known).cmp(&wanted)).is_ok();
        CodeType::Int64.parse(code).is_some_and(has) || CodeType::String.parse(code).is_some_and(has)
    }

    /// The domains that an unknown code could be of, by what their known ones look like: as many digits and the same first
    /// one, or the same half of them if it is to fit closely, for a number; the same shape for a text. Numbers below 1000
    /// fit none: nearly everything is one.
    pub(super) fn like(&self, code: &str, closely: bool) -> Vec<usize> {
        let number = match CodeType::Int64.parse(code) {
            Some(WireCode::Number(number)) if number.unsigned_abs() >= 1000 => Some(looks(code, closely)),
            _ => None,
        };
        let shapes = number.into_iter().chain(shape(code.as_bytes()));
        let alike = shapes.filter_map(|shape| self.alike.get(&shape)).flatten();
        let is_one = |domain: &Domain| domain.code_type.parse(code).is_some();
        alike.map(|index| *index as usize).filter(|index| is_one(&self.book.domains[*index])).collect()
    }

    /// Whether a word of a line has the shape of a text code, which no word or number has.
    pub(super) fn is_shape(&self, word: &[u8]) -> bool {
        word.len() <= self.longest_shape && shape(word).is_some_and(|shape| self.alike.contains_key(&shape))
    }
}

/// How a number looks: how many digits it has, and the first of them, or the first half. No shape of a text begins so.
fn looks(code: &str, closely: bool) -> String {
    let digits = if closely { code.len() / 2 } else { 1 };
    format!("#{} {}", code.len(), code.get(..digits).unwrap_or_default())
}

/// The shape of a text code (`A99999`), if no word or number has that shape.
fn shape(code: &[u8]) -> Option<String> {
    let letters = code.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let digits = code.iter().filter(|byte| byte.is_ascii_digit()).count();
    if letters == 0 || digits < 3 || letters + digits != code.len() {
        return None;
    }
    let class = |byte: &u8| match byte {
        b'0'..=b'9' => '9',
        b'A'..=b'Z' => 'A',
        _ => 'a',
    };
    Some(code.iter().map(class).collect())
}
