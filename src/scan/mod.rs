//! Finds error codes in logs and replies.
//!
//! In: a book, and bytes that anything has written: log lines, replies as JSON on one line or many, JSON as text within
//! JSON, Chinese and English. Out: a `Report`: which codes of the book were seen, how often and where first, and which codes were
//! seen that the book does not know.
//!
//! What is a code is said in `rule`. Whose code it is, is decided in this order: the domain of a reference; the domain whose
//! envelope is where the code stands in the JSON; not a domain whose envelope is elsewhere; a domain that the line names; a
//! domain whose text for the code the line holds. What is left open after that is reported as open.
//!
//! Guaranteed: memory is bounded, whatever comes in (lines are read in pieces of `LONGEST_PIECE`, and at most
//! `MOST_UNKNOWN` different unknown codes are kept apart); so is the time for each byte of a log: where a code may be that of a
//! thousand domains, every few bytes, the scan ends and says so; bytes that are no text are no trouble; UTF-16 is read
//! where it begins with its mark.

mod codes;
mod pointer;
pub mod report;
mod rule;
mod words;

use crate::lookup::Subject;
use crate::model::{Book, Domain};
use pointer::Pointers;
use rule::{Candidate, Line, Rules, Sign};
use std::collections::BTreeMap;
use std::io::Read;

/// The longest piece of a line that is looked at as a whole, in bytes.
const LONGEST_PIECE: usize = 1 << 20;
/// How many different unknown codes are kept apart.
pub const MOST_UNKNOWN: usize = 10_000;
/// How much of a line is shown on each side of a code, in bytes.
const EXCERPT: usize = 70;
/// How many bytes of text are searched for the names and messages of domains that share a code: so many, and so many more for
/// each byte of the log. A log in which every second word is a code of five domains has a third of it.
const MOST_SEARCHED: u64 = 4_000_000_000;
const MOST_SEARCHED_FOR_A_BYTE: u64 = 200;
/// What a domain costs beside the text that is searched for it, in bytes of that.
const SEARCHED_AT_LEAST: usize = 1_000;
/// How many lines after an unknown code its message is waited for, in a JSON text of many lines.
const PATIENCE: u64 = 6;

/// What was seen of one code.
#[derive(Clone, Debug)]
pub struct Seen {
    /// How often.
    pub count: u64,
    /// The file it was seen in first, as it is called.
    pub file: String,
    /// The line there, from 1.
    pub line: u64,
    /// That line, around the code.
    pub excerpt: String,
    /// What stood beside it as its message, if anything did.
    pub message: Option<String>,
}

/// What a scan found.
#[derive(Debug, Default)]
pub struct Report {
    /// How many lines were read.
    pub lines: u64,
    /// Codes that the book knows, by code and by the domains, as places in the book, that may have said it.
    pub known: BTreeMap<(String, Vec<usize>), Seen>,
    /// Codes that the book does not know, by the domains whose shape they have, if any, and by code.
    pub unknown: BTreeMap<(Vec<usize>, String), Seen>,
    /// How many unknown codes there were beyond those kept apart.
    pub beyond: u64,
}

/// A scan that is going on.
pub struct Scanner<'a> {
    book: &'a Book,
    /// The domains that are looked at, as places in the book.
    domains: Vec<usize>,
    /// By its place in the book, how each domain may be named in a line: its id without `-`, and the first word of it.
    names: Vec<(String, &'a str)>,
    rules: Rules<'a>,
    message: regex::Regex,
    pointers: Pointers,
    report: Report,
    /// The last unknown code that has no message yet, and its line.
    waiting: Option<((Vec<usize>, String), u64)>,
    /// How many bytes were read, and how many searched to tell domains apart.
    read: u64,
    searched: u64,
}

impl<'a> Scanner<'a> {
    /// A scan for the codes of some of a book's domains.
    ///
    /// # Panics
    ///
    /// Never: the patterns are fixed but for the names of domains and the letters of codes.
    pub fn new(book: &'a Book, domains: &[&Domain]) -> Self {
        let is_wanted = |index: &usize| domains.iter().any(|domain| domain.id == book.domains[*index].id);
        let pattern = r#"(?i)(?:msg|message|errmsg|desc|description|reason|info|错误信息|错误描述|描述|原因)["']?\s*[:=：]\s*["“]([^"”\\]{1,300})["”]"#;
        let names = book.domains.iter().map(|domain| {
            let id = domain.id.as_str();
            (id.replace('-', ""), id.split('-').next().unwrap_or_default())
        });
        Self {
            book,
            names: names.collect(),
            domains: (0..book.domains.len()).filter(is_wanted).collect(),
            rules: Rules::new(book),
            message: regex::Regex::new(pattern).expect("the pattern is tested"),
            pointers: Pointers::new(),
            report: Report::default(),
            waiting: None,
            read: 0,
            searched: 0,
        }
    }

    /// Reads all of `input`, which people call `file`.
    pub fn read(&mut self, file: &str, input: impl Read) -> std::io::Result<()> {
        let mut input = Decoded::new(input);
        let (mut buffer, mut start, mut line) = (Vec::new(), 0, 1);
        self.pointers = Pointers::new();
        loop {
            let is_last = !input.more(&mut buffer)?;
            while let Some(length) = memchr(&buffer[start..]) {
                self.piece(file, line, &buffer[start..start + length])?;
                (start, line) = (start + length + 1, line + 1);
            }
            buffer.drain(..start);
            start = 0;
            if buffer.len() >= LONGEST_PIECE {
                let cut = safe_cut(&buffer);
                self.piece(file, line, &buffer[..cut])?;
                buffer.drain(..cut);
            }
            if is_last {
                if !buffer.is_empty() {
                    self.piece(file, line, &buffer)?;
                    line += 1;
                }
                self.report.lines += line - 1;
                return Ok(());
            }
        }
    }

    /// What was found.
    pub fn finish(self) -> Report {
        self.report
    }

    /// Looks at a line, or at a piece of a very long one.
    fn piece(&mut self, file: &str, number: u64, raw: &[u8]) -> std::io::Result<()> {
        self.read += raw.len() as u64;
        let uncoloured = uncoloured(raw);
        let raw = uncoloured.as_deref().unwrap_or(raw);
        let unescaped = unescaped(raw);
        let line = unescaped.as_deref().unwrap_or(raw);
        let whole = Line::new(line);
        let candidates = self.rules.candidates(&whole);
        let wanted: Vec<_> = candidates.iter().map(|candidate| candidate.at).collect();
        let pointers: BTreeMap<_, _> = self.pointers.line(line, &wanted).into_iter().collect();
        if candidates.is_empty() && self.waiting.is_none() {
            return Ok(());
        }
        self.patience(line, number);
        for candidate in &candidates {
            self.candidate(file, number, &whole, candidate, pointers.get(&candidate.at).map(String::as_str));
            if self.searched > MOST_SEARCHED + self.read * MOST_SEARCHED_FOR_A_BYTE {
                return Err(std::io::Error::other(format!(
                    "up to line {number} it holds so many codes of so many domains of this book that it would take too long to \
                     tell whose they are; say which domains to look at with --domain"
                )));
            }
        }
        Ok(())
    }

    /// Takes the message of the unknown code before, which may stand on a later line of the same JSON text.
    fn patience(&mut self, line: &[u8], number: u64) {
        let Some((key, from)) = self.waiting.take() else { return };
        if let Some(message) = self.message_near(line, 0) {
            if let Some(seen) = self.report.unknown.get_mut(&key) {
                seen.message = Some(message);
            }
        } else if number < from + PATIENCE && self.pointers.is_within() {
            self.waiting = Some((key, from));
        }
    }

    /// The message that stands behind a place in a line, or else before it.
    fn message_near(&self, line: &[u8], at: usize) -> Option<String> {
        let from = at.saturating_sub(rule::NEIGHBOURHOOD);
        let to = line.len().min(at + rule::NEIGHBOURHOOD);
        [&line[at..to], &line[from..at]].into_iter().find_map(|near| {
            let text = String::from_utf8_lossy(near);
            let message = self.message.captures_iter(&text).next()?.get(1)?.as_str().trim();
            (!message.is_empty() && !message.contains('\u{FFFD}')).then(|| message.to_owned())
        })
    }

    fn candidate(
        &mut self,
        file: &str,
        number: u64,
        whole: &Line<'_>,
        candidate: &Candidate,
        pointer: Option<&str>,
    ) {
        let (code, line) = (candidate.code.clone(), whole.bytes);
        let is_looked_at = |index: &usize| match candidate.sign {
            Sign::Reference(of) if of != *index => false,
            _ => self.domains.binary_search(index).is_ok(),
        };
        let mut known = self.rules.domains_of(&code);
        known.retain(is_looked_at);
        if !known.is_empty() {
            let domains = self.whose(known, candidate, whole, pointer);
            let seen = || seen(file, number, line, candidate.at);
            self.report.known.entry((code, domains)).or_insert_with(seen).count += 1;
            return;
        }
        let is_short =
            code.trim_start_matches('-').len() < if code.contains(char::is_alphabetic) { 3 } else { 4 };
        if candidate.sign == Sign::Weak || is_short {
            return;
        }
        let fitting = |closely| -> Vec<usize> {
            self.rules.like(&code, closely).into_iter().filter(is_looked_at).collect()
        };
        let close = fitting(true);
        let fitting = if close.is_empty() { fitting(false) } else { close };
        // What looks like no code here is told only if it certainly is one, and nobody asked for some domains alone.
        let is_told = candidate.sign == Sign::ErrorKey && self.domains.len() == self.book.domains.len();
        if fitting.is_empty() && !is_told {
            return;
        }
        let fitting =
            if fitting.len() > 1 { self.whose(fitting, candidate, whole, pointer) } else { fitting };
        let key = (fitting, code);
        if !self.report.unknown.contains_key(&key) && self.report.unknown.len() >= MOST_UNKNOWN {
            self.report.beyond += 1;
            return;
        }
        let message = self.message_near(line, candidate.at);
        let seen =
            self.report.unknown.entry(key.clone()).or_insert_with(|| seen(file, number, line, candidate.at));
        seen.count += 1;
        if seen.message.is_none() {
            seen.message = message;
            if seen.message.is_none() && self.pointers.is_within() {
                self.waiting = Some((key, number));
            }
        }
    }

    /// Narrows the domains that may have said a code.
    fn whose(
        &mut self,
        mut domains: Vec<usize>,
        candidate: &Candidate,
        whole: &Line<'_>,
        pointer: Option<&str>,
    ) -> Vec<usize> {
        let code = candidate.code.as_str();
        let of = |index: &usize| &self.book.domains[*index];
        let envelope = |index: &usize| {
            of(index).envelope.iter().find(|(role, _)| role == "code").map(|(_, pointer)| pointer.as_str())
        };
        if let Some(pointer) = pointer {
            let is_there =
                |index: &usize| envelope(index).is_some_and(|envelope| pointer.ends_with(envelope));
            if domains.iter().any(is_there) {
                domains.retain(is_there);
            } else {
                narrow(&mut domains, |index| envelope(index).is_none());
            }
        }
        if domains.len() > 1 {
            let text = whole.around(candidate.at);
            self.searched += (domains.len() * (text.len() + SEARCHED_AT_LEAST)) as u64;
            let squeezed = text.replace(['-', '_'], "");
            narrow(&mut domains, |index| squeezed.contains(&self.names[*index].0));
            narrow(&mut domains, |index| {
                let first = self.names[*index].1;
                first.len() > 3 && text.contains(first)
            });
            let longest = |index: &usize| {
                let domain = of(index);
                let error = domain.code_type.parse(code).and_then(|code| domain.find(&code));
                error.map_or(0, |error| rule::longest_message(error, text))
            };
            let most = domains.iter().map(longest).max().unwrap_or_default();
            narrow(&mut domains, |index| most > 0 && longest(index) == most);
        }
        domains
    }
}

/// Keeps the domains for which something holds, if it holds for any.
fn narrow(domains: &mut Vec<usize>, holds: impl Fn(&usize) -> bool) {
    if domains.len() > 1 {
        let kept: Vec<_> = domains.iter().copied().filter(holds).collect();
        if !kept.is_empty() {
            *domains = kept;
        }
    }
}

/// What a known code of a domain is.
pub(crate) fn subject<'a>(domain: &'a Domain, code: &str) -> Option<Subject<'a>> {
    let code = domain.code_type.parse(code)?;
    let retired = || domain.grave(&code);
    let error = domain.find(&code).map(|error| Subject::Code(domain, error));
    error.or_else(|| retired().map(|retired| Subject::Retired(domain, retired)))
}

fn seen(file: &str, line: u64, text: &[u8], at: usize) -> Seen {
    let window = &text[at.saturating_sub(EXCERPT)..text.len().min(at + EXCERPT)];
    let excerpt = String::from_utf8_lossy(window);
    let excerpt = excerpt.trim_matches(|ch: char| ch == '\u{FFFD}' || ch.is_whitespace()).to_owned();
    Seen { count: 0, file: file.to_owned(), line, excerpt, message: None }
}

/// A line without what colours it on a terminal, which stands right beside codes and keys (`ESC [31m5003 ESC [0m`): the
/// control sequences of ECMA-48, of parameters, intermediate bytes and a final one.
fn uncoloured(line: &[u8]) -> Option<Vec<u8>> {
    const START: &[u8] = b"\x1b[";
    let mut rest = line;
    let mut out = Vec::new();
    while let Some(at) = rest.windows(START.len()).position(|pair| pair == START) {
        let behind = &rest[at + START.len()..];
        let end = behind.iter().position(|byte| !(0x20..=0x3F).contains(byte));
        let end = end.filter(|end| (0x40..=0x7E).contains(&behind[*end])).map_or(0, |end| end + 1);
        out.extend_from_slice(&rest[..at]);
        rest = &behind[end..];
    }
    if rest.len() == line.len() {
        return None;
    }
    out.extend_from_slice(rest);
    Some(out)
}

/// JSON that stands as text in JSON has its quotes escaped, perhaps several times.
fn unescaped(line: &[u8]) -> Option<Vec<u8>> {
    let mut out: Option<Vec<u8>> = None;
    for _ in 0..3 {
        let text = out.as_deref().unwrap_or(line);
        if !text.windows(2).any(|pair| pair == b"\\\"") {
            break;
        }
        let mut next = Vec::with_capacity(text.len());
        let mut bytes = text.iter().peekable();
        while let Some(byte) = bytes.next() {
            if *byte == b'\\'
                && let Some(escaped) = bytes.next_if(|after| matches!(**after, b'"' | b'\\'))
            {
                next.push(*escaped);
            } else {
                next.push(*byte);
            }
        }
        out = Some(next);
    }
    out
}

fn memchr(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == b'\n')
}

/// Where a very long line may be cut: behind what separates two values, if there is such near its end.
fn safe_cut(bytes: &[u8]) -> usize {
    let near = bytes.len().saturating_sub(4096);
    let separator = bytes[near..].iter().rposition(|byte| b",{}; ".contains(byte));
    separator.map_or(bytes.len(), |at| near + at + 1)
}

/// Input as UTF-8: UTF-16 that begins with its mark is decoded, all else is as it is.
struct Decoded<R> {
    input: R,
    decoder: Option<encoding_rs::Decoder>,
    chunk: Vec<u8>,
    begun: bool,
}

impl<R: Read> Decoded<R> {
    fn new(input: R) -> Self {
        Self { input, decoder: None, chunk: vec![0; 1 << 16], begun: false }
    }

    /// Reads into the chunk from a place on.
    fn read(&mut self, from: usize) -> std::io::Result<usize> {
        loop {
            match self.input.read(&mut self.chunk[from..]) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }

    /// Appends some more; whether there may be more still.
    fn more(&mut self, buffer: &mut Vec<u8>) -> std::io::Result<bool> {
        let mut count = self.read(0)?;
        if !self.begun {
            self.begun = true;
            // A mark takes up to three bytes, and a pipe may give them one by one.
            while (1..3).contains(&count) {
                let more = self.read(count)?;
                if more == 0 {
                    break;
                }
                count += more;
            }
            let mark = encoding_rs::Encoding::for_bom(&self.chunk[..count]);
            if let Some((encoding, length)) = mark {
                self.decoder = (encoding != encoding_rs::UTF_8).then(|| encoding.new_decoder());
                if self.decoder.is_none() {
                    buffer.extend_from_slice(&self.chunk[length..count]);
                    return Ok(true);
                }
            }
        }
        let read = &self.chunk[..count];
        match &mut self.decoder {
            None => buffer.extend_from_slice(read),
            Some(decoder) => {
                let most = decoder.max_utf8_buffer_length(count).unwrap_or(count * 3 + 16);
                let mut text = String::with_capacity(most);
                let _ = decoder.decode_to_string(read, &mut text, count == 0);
                buffer.extend_from_slice(text.as_bytes());
            }
        }
        Ok(count > 0)
    }
}
