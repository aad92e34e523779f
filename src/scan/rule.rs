//! What in a line of a log is an error code.
//!
//! In: a line, as bytes, and what a book says of the shape of its codes. Out: the places of codes, each with how sure that
//! is. Most numbers of a log are none: times, ports, sizes, ids, HTTP statuses, line numbers. So a number needs a word
//! that says what it is:
//!
//! - **a reference**: `quectel/5003`;
//! - **a key**: an identifier that ends in `code`, `errno` or the like (`code`, `errorCode`, `ret_code`, `错误码`) with nothing but
//!   punctuation up to the code. `exitCode`, `versionCode`, `zip code` and their like are keys of other things, and where
//!   another system names itself (`Domain=NSURLErrorDomain Code=-1009`, `MySQL error code`), the code is that system's;
//! - **a status key** (`status`, `httpCode`, `response code`, `ret`): only what the book knows and is no HTTP status;
//! - **a word of trouble** (`error`, `failed with`, `失败`) with at most three words up to the code, or one behind a name
//!   such as `BindException`, which the book has to
//!   know, and which must be no quantity (`failed after 5000 ms`), place (`line 5003`, `:5003`) or HTTP status;
//! - **its own message** somewhere in the line, which says it of a number of four digits or more that the book knows;
//! - **nothing but the code** on the whole line, or a text code whose shape no word has (`A00001`); the book has to know it.
//!
//! Codes that the book does not know are only taken from references and keys.

use super::codes::Codes;
use super::words::{JOINT, KEYS, MEASURES, MEASURES_UNSPACED, OWNERS, STRANGERS, SYSTEMS, TRIGGERS, UNITS};
use crate::model::{Book, Domain, ErrorCode};
use regex::bytes::Regex;
use std::cell::OnceCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// How a code was recognised; the greater, the surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// By its shape, or by a word of trouble before it: only what the book knows.
    Weak,
    /// By a key that may be one of something else: `code`.
    Key,
    /// By a key that speaks of errors: `errorCode`, `错误码`.
    ErrorKey,
    /// By a reference to this domain.
    Reference(usize),
}

/// A place in a line that holds a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The first byte of the code.
    pub(super) at: usize,
    /// The code, as the book writes it.
    pub(super) code: String,
    pub(super) sign: Sign,
}

/// How far from a code what belongs to it may stand, in bytes.
pub(super) const NEIGHBOURHOOD: usize = 1000;
/// The longest identifier that is looked at, in bytes.
const LONGEST_IDENTIFIER: usize = 100;
/// How long a message has to be to make the number beside it a code, in bytes: `success` stands beside many numbers.
const SHORTEST_MESSAGE: usize = 10;
/// How far a code may be from a word of trouble, in bytes.
const FARTHEST: usize = 40;

/// The rules for one book.
pub(super) struct Rules<'a> {
    book: &'a Book,
    triggers: Regex,
    joint: Regex,
    units: Regex,
    references: Option<Regex>,
    codes: Codes<'a>,
}

/// A line, or a piece of a very long one.
pub(super) struct Line<'l> {
    pub(super) bytes: &'l [u8],
    /// The same in lower case, made when it is asked for.
    folded: OnceCell<String>,
}

impl<'l> Line<'l> {
    pub(super) fn new(bytes: &'l [u8]) -> Self {
        Self { bytes, folded: OnceCell::new() }
    }

    /// What stands around a place, in lower case, as far as it may belong to a code there: never a whole line, which may be
    /// long and hold many codes.
    pub(super) fn around(&self, at: usize) -> &str {
        let folded = self.folded.get_or_init(|| folded(self.bytes));
        let (mut first, mut last) = (at.saturating_sub(NEIGHBOURHOOD), folded.len().min(at + NEIGHBOURHOOD));
        while !folded.is_char_boundary(first) {
            first += 1;
        }
        while !folded.is_char_boundary(last) {
            last -= 1;
        }
        &folded[first..last.max(first)]
    }
}

/// A text in lower case in which everything stands where it stood: what is no text, and what would be longer or shorter in
/// lower case, keeps its length.
fn folded(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for ch in chunk.valid().chars() {
            let mut lower = ch.to_lowercase();
            let one = lower.next().filter(|one| lower.len() == 0 && one.len_utf8() == ch.len_utf8());
            out.push(one.unwrap_or(ch));
        }
        out.extend(std::iter::repeat_n('\0', chunk.invalid().len()));
    }
    out
}

impl<'a> Rules<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let regex = |pattern: &str| Regex::new(pattern).expect("these patterns are tested");
        let ids: Vec<_> = book.domains.iter().map(|domain| regex::escape(domain.id.as_str())).collect();
        let references = (!ids.is_empty()).then(|| {
            regex(&format!(
                r"(?i-u:\b(?P<domain>{}))/(?P<code>-?[0-9A-Za-z][0-9A-Za-z._-]{{0,63}})",
                ids.join("|")
            ))
        });
        let (triggers, joint, units) = (regex(TRIGGERS), regex(JOINT), regex(UNITS));
        Self { book, triggers, joint, units, references, codes: Codes::new(book) }
    }

    /// The codes of a line, in the order of their places.
    pub(super) fn candidates(&self, whole: &Line<'_>) -> Vec<Candidate> {
        let line = whole.bytes;
        // By place: a line may hold a hundred thousand of them.
        let mut found: BTreeMap<usize, Candidate> = BTreeMap::new();
        let mut add = |candidate: Candidate| match found.entry(candidate.at) {
            Entry::Occupied(mut known) if known.get().sign < candidate.sign => *known.get_mut() = candidate,
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(candidate);
            }
        };
        if let Some(references) = &self.references {
            for captures in references.captures_iter(line) {
                let (Some(domain), Some(code)) = (captures.name("domain"), captures.name("code")) else {
                    continue;
                };
                let id = String::from_utf8_lossy(domain.as_bytes()).to_ascii_lowercase();
                let index = self.book.domains.iter().position(|domain| domain.id.as_str() == id);
                if let Some(index) = index {
                    let text = String::from_utf8_lossy(code.as_bytes());
                    let code_text = text.trim_end_matches(['.', '-', '_']).to_owned();
                    add(Candidate { at: code.start(), code: code_text, sign: Sign::Reference(index) });
                }
            }
        }
        for trigger in self.triggers.find_iter(line) {
            if let Some(candidate) = self.by_word(line, trigger.start(), trigger.end()) {
                add(candidate);
            }
        }
        let mut at = 0;
        while let Some(next) = line[at..].iter().position(|byte| is_of_word(*byte)) {
            let start = at + next;
            at = start + line[start..].iter().take_while(|byte| is_of_word(**byte)).count();
            if !self.codes.is_shape(&line[start..at]) || !is_alone(line, start, at) {
                continue;
            }
            let code = String::from_utf8_lossy(&line[start..at]).into_owned();
            if !is_value_of_code_key(&line[..start]) && self.knows(&code) {
                add(Candidate { at: start, code, sign: Sign::Weak });
            }
        }
        self.beside_its_message(whole, &mut found);
        if found.is_empty()
            && let Some(candidate) = self.whole(line)
        {
            found.insert(candidate.at, candidate);
        }
        found.into_values().collect()
    }

    /// A line that is nothing but a known code.
    fn whole(&self, line: &[u8]) -> Option<Candidate> {
        let text = line.trim_ascii();
        if text.len() < 3 || text.len() > 64 {
            return None;
        }
        let at = line.len() - line.trim_ascii_start().len();
        let code = std::str::from_utf8(text).ok()?;
        self.knows(code).then(|| Candidate { at, code: code.to_owned(), sign: Sign::Weak })
    }

    /// The code that a word at `start..end` announces.
    fn by_word(&self, line: &[u8], start: usize, end: usize) -> Option<Candidate> {
        let word = &line[start..end];
        if !word.is_ascii() {
            let word = std::str::from_utf8(word).ok()?;
            let sign = if KEYS.contains(&word) { Sign::ErrorKey } else { Sign::Weak };
            if word == "状态码" {
                return self.keyed(line, end, Sign::Weak);
            }
            return if sign == Sign::ErrorKey {
                self.keyed(line, end, sign)
            } else {
                self.troubled(line, end, 3)
            };
        }
        // The whole identifier around it, in its words.
        let most = LONGEST_IDENTIFIER;
        let first =
            start - line[..start].iter().rev().take(most).take_while(|byte| is_of_word(**byte)).count();
        let last = end + line[end..].iter().take(most).take_while(|byte| is_of_word(**byte)).count();
        if last - first >= most {
            return None;
        }
        let identifier = String::from_utf8_lossy(&line[first..last]).into_owned();
        let parts = parts(&identifier);
        let (ending, owners) = parts.split_last()?;
        let before = &line[..first];
        match ending.as_str() {
            "code" | "errno" | "errorno" | "errnum" | "errcode" | "errorcode" | "retcode" | "no" => {
                let is_number = ending == "no";
                if is_number && owners.last().is_none_or(|owner| owner != "err" && owner != "error") {
                    return None;
                }
                // `response code` is what clients call the status of HTTP, and what replies call their code.
                let is_http = |owner: &str| ["status", "http", "response", "resp"].contains(&owner);
                if owners.iter().any(|owner| is_http(owner)) {
                    return self.keyed(line, last, Sign::Weak);
                }
                if !owners.iter().all(|owner| OWNERS.contains(&owner.as_str()) || self.is_domain_word(owner))
                {
                    return None;
                }
                if owners.is_empty() {
                    let previous = previous_word(before);
                    if is_http(&previous) {
                        return self.keyed(line, last, Sign::Weak);
                    }
                    if STRANGERS.contains(&previous.as_str()) || is_of_another_domain(before, self.book) {
                        return None;
                    }
                }
                if is_of_another_system(before, self.book) {
                    return None;
                }
                let is_bare = owners.is_empty() && ending == "code" && previous_word(before) != "error";
                self.keyed(line, last, if is_bare { Sign::Key } else { Sign::ErrorKey })
            }
            "status" if STRANGERS.contains(&previous_word(before).as_str()) => None,
            "status" | "ret" => self.keyed(line, last, Sign::Weak),
            "error" | "err" | "fail" | "failed" | "failure" | "exception" | "fault" | "errors" => {
                self.troubled(line, last, if owners.is_empty() { 3 } else { 1 })
            }
            _ => None,
        }
    }

    /// The code behind a key that ends at `end`; a weak key is one of HTTP statuses.
    fn keyed(&self, line: &[u8], end: usize, sign: Sign) -> Option<Candidate> {
        let joint = self.joint.find(&line[end..])?;
        let at = end + joint.end();
        if joint.is_empty() {
            return None;
        }
        let (code, end) = self.token(line, at)?;
        let known = self.knows(&code);
        if sign == Sign::Weak && (!known || is_http_status(&code)) {
            return None;
        }
        let behind = &line[end..];
        // `code 12 times` counts.
        if !known && self.units.is_match(behind) {
            return None;
        }
        Some(Candidate { at, code, sign })
    }

    /// The known code not far behind a word of trouble that ends at `end`: at most `most_words` stand between them.
    fn troubled(&self, line: &[u8], end: usize, most_words: usize) -> Option<Candidate> {
        let rest = &line[end..];
        let reach = rest.len().min(FARTHEST);
        // A string code begins with a letter, as words do: shapes find those.
        let distance = rest[..reach].iter().position(u8::is_ascii_digit)?;
        let gap = &rest[..distance];
        // `Error #5003`
        let gap = gap.strip_suffix(b" #").unwrap_or(gap);
        if gap.is_empty() || gap.iter().any(|byte| b".;/@#<>{}%+*".contains(byte)) {
            return None;
        }
        // `Error.java:5003`, `error: … 10.0.0.1:5003`
        if gap.first() == Some(&b'.')
            || matches!(gap.last(), Some(last) if last.is_ascii_alphanumeric() || b"_.-/".contains(last))
        {
            return None;
        }
        let gap = String::from_utf8_lossy(gap).to_ascii_lowercase();
        let words: Vec<_> =
            gap.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if words.len() > most_words
            || words.iter().any(|word| MEASURES.contains(word))
            || MEASURES_UNSPACED.iter().any(|measure| gap.contains(measure))
            || gap.contains(". ")
            || gap.contains('。')
        {
            return None;
        }
        let at = end + distance;
        let (code, end) = self.token(line, at)?;
        let is_quantity = self.units.is_match(&line[end..]);
        let is_code = code.len() >= 4 && !is_http_status(&code) && !is_quantity && self.knows(&code);
        is_code.then_some(Candidate { at, code, sign: Sign::Weak })
    }

    /// The code that begins at `at` and where it ends, if what is there has the form of one and ends where a code may end.
    fn token(&self, line: &[u8], at: usize) -> Option<(String, usize)> {
        let rest = line.get(at..)?;
        let is_number = |byte: &u8| byte.is_ascii_digit();
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take_while(|byte| is_number(byte)).count();
        if digits > 0 && digits < 20 {
            let end = sign + digits;
            // Java's and JavaScript's decoders make a `double` of a number that nobody has declared: `5003.0`.
            let is_double = rest[end..].starts_with(b".0") && is_end(&rest[end + 2..]);
            if is_double || is_end(&rest[end..]) {
                let code = std::str::from_utf8(&rest[..end]).ok()?.to_owned();
                return Some((code, at + end + if is_double { 2 } else { 0 }));
            }
        }
        if let Some((code, length)) = hexadecimal(rest)
            && self.knows(&code)
        {
            return Some((code, at + length));
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
        let length = rest.iter().take(65).take_while(|byte| is_part(byte)).count();
        let text = rest[..length].trim_ascii_end();
        let text = &text[..=text.iter().rposition(u8::is_ascii_alphanumeric)?];
        let code = std::str::from_utf8(text).ok()?;
        let fits = length < 65 && (self.knows(code) || !self.codes.like(code, false).is_empty());
        (fits && is_end(&rest[text.len()..])).then(|| (code.to_owned(), at + text.len()))
    }

    /// A known code beside its own message, as in a table or behind the name of an exception: `28504,device is offline.,3`.
    fn beside_its_message(&self, whole: &Line<'_>, found: &mut BTreeMap<usize, Candidate>) {
        let line = whole.bytes;
        // What is certain already is no process that happens to have the same number.
        let certain: BTreeSet<String> = found.values().map(|known| known.code.clone()).collect();
        let mut at = 0;
        while let Some(next) = line[at..].iter().position(u8::is_ascii_digit) {
            let start = at + next;
            let digits = line[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            at = start + digits;
            // Shorter numbers stand beside everything; and a code stands by itself.
            if !(4..20).contains(&digits) || !is_alone(line, start, at) || !is_end(&line[at..]) {
                continue;
            }
            let Ok(code) = std::str::from_utf8(&line[start..at]) else { continue };
            if certain.contains(code) {
                continue;
            }
            let says = |index: usize| {
                let domain = &self.book.domains[index];
                let error = domain.code_type.parse(code).and_then(|code| domain.find(&code));
                error.is_some_and(|error| longest_message(error, whole.around(start)) >= SHORTEST_MESSAGE)
            };
            if self.codes.domains_of(code).into_iter().any(says) {
                found.insert(start, Candidate { at: start, code: code.to_owned(), sign: Sign::Weak });
            }
        }
    }

    /// The domains that have or had a code, as places in the book.
    pub(super) fn domains_of(&self, code: &str) -> Vec<usize> {
        self.codes.domains_of(code)
    }

    /// The domains whose codes look like one that none has; more domains if it need not fit closely.
    pub(super) fn like(&self, code: &str, closely: bool) -> Vec<usize> {
        self.codes.like(code, closely)
    }

    /// Whether any domain has or had the code.
    fn knows(&self, code: &str) -> bool {
        self.codes.knows(code)
    }

    fn is_domain_word(&self, word: &str) -> bool {
        self.book.domains.iter().any(|domain| domain.id.as_str().split('-').any(|part| part == word))
    }
}

/// A number as `0x138b`, in decimal, and its length as written.
fn hexadecimal(text: &[u8]) -> Option<(String, usize)> {
    let digits = text.strip_prefix(b"0x").or_else(|| text.strip_prefix(b"0X"))?;
    let length = digits.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let number = u32::from_str_radix(std::str::from_utf8(&digits[..length]).ok()?, 16).ok()?;
    is_end(&digits[length..]).then(|| (number.to_string(), length + 2))
}

/// The bytes of the longest message of an entry that a text holds; the text is in lower case.
pub(super) fn longest_message(error: &ErrorCode, text: &str) -> usize {
    let texts =
        error.meanings().flat_map(|meaning| meaning.message.all().chain(meaning.erratum_message.all()));
    // What is longer than the text is not in it, and may be very long.
    let fits = |said: &&str| said.len() <= text.len() && said.chars().nth(3).is_some();
    let said = texts.filter(fits).filter(|said| text.contains(&folded(said.as_bytes())));
    said.map(str::len).max().unwrap_or_default()
}

/// Whether a code is in the range of HTTP's.
pub(super) fn is_http_status(code: &str) -> bool {
    code.len() == 3 && code.parse::<u16>().is_ok_and(|status| (100..600).contains(&status))
}

/// Whether a byte belongs to a word or an identifier.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether what stands before a text is a key that ends in `code`: whether that is a code has been decided by the key.
fn is_value_of_code_key(before: &[u8]) -> bool {
    let key = before.trim_ascii_end();
    let key = &key[..key.len() - key.iter().rev().take_while(|byte| b"\"'\\:= ".contains(byte)).count()];
    key.len() < before.len() && key.len() >= 4 && key[key.len() - 4..].eq_ignore_ascii_case(b"code")
}

/// Whether a text stands by itself: nothing joins it to a longer word, a path or a number.
fn is_alone(line: &[u8], start: usize, end: usize) -> bool {
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./\\+=%#@".contains(byte);
    let joined = |byte: Option<&u8>| byte.is_some_and(joins);
    // A full stop ends a sentence, and `code=A00001` is found by its key.
    let dot = line.get(end) == Some(&b'.') && !joined(line.get(end + 1));
    !joined(start.checked_sub(1).and_then(|before| line.get(before))) && (dot || !joined(line.get(end)))
}

/// Whether a number may end here: before what goes on as a number, a date, an address or a word it may not.
fn is_end(rest: &[u8]) -> bool {
    match rest {
        [byte, ..] if byte.is_ascii_alphanumeric() || b"_%#".contains(byte) => false,
        [b'.' | b':' | b'-' | b'/' | b',', digit, ..] if digit.is_ascii_digit() => false,
        _ => true,
    }
}

/// The words of an identifier: `errorCode`, `error_code` and `ERROR_CODE` are `error`, `code`.
fn parts(identifier: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = '_';
    for ch in identifier.chars() {
        let starts = before == '_' || (before.is_ascii_lowercase() && ch.is_ascii_uppercase());
        if ch != '_' {
            match parts.last_mut() {
                Some(part) if !starts => part.push(ch.to_ascii_lowercase()),
                _ => parts.push(ch.to_ascii_lowercase().to_string()),
            }
        }
        before = ch;
    }
    parts
}

/// The word before a place that one blank or `-` separates from it, in lower case.
fn previous_word(before: &[u8]) -> String {
    let trimmed = before.strip_suffix(b" ").or_else(|| before.strip_suffix(b"-")).unwrap_or_default();
    let letters = trimmed.iter().rev().take(LONGEST_IDENTIFIER);
    let length = letters.take_while(|byte| byte.is_ascii_alphabetic()).count();
    String::from_utf8_lossy(&trimmed[trimmed.len() - length..]).to_ascii_lowercase()
}

/// Whether the word before a key, or before `error` that stands before it, is another system's name: `MySQL error code`.
fn is_of_another_system(before: &[u8], book: &Book) -> bool {
    let mut word = previous_word(before);
    if word == "error" {
        let text = before.trim_ascii_end();
        word = previous_word(&text[..text.len().saturating_sub(word.len())]);
    }
    SYSTEMS.contains(&word.as_str())
        && !book.domains.iter().any(|domain| domain.id.as_str().split('-').any(|part| part == word))
}

/// Whether `Domain=…` stands before a key, as Apple's systems print errors, and names none of the book's.
fn is_of_another_domain(before: &[u8], book: &Book) -> bool {
    let near = &before[before.len().saturating_sub(80)..];
    let near = String::from_utf8_lossy(near).to_ascii_lowercase();
    near.rsplit_once("domain=").is_some_and(|(_, named)| {
        let named = named.trim_end();
        let is_ours =
            |domain: &Domain| named.replace(['-', '_'], "").contains(&domain.id.as_str().replace('-', ""));
        !named.contains(' ') && !book.domains.iter().any(is_ours)
    })
}
