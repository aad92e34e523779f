//! Where within a JSON text something stands.
//!
//! In: the lines of a log, one by one, and the places of codes in them. Out: the JSON Pointer of each code that stands within
//! a JSON text, be it a whole line, a part of one, or many lines. Logs hold much that only begins like JSON, so a
//! text is followed as long as it is JSON and forgotten with the first character that is not.
//!
//! Guaranteed: the work is linear in the text, and what is remembered is bounded (`DEEPEST` levels with keys of
//! `LONGEST_KEY` bytes), whatever the text.

/// How deep a text may be nested.
const DEEPEST: usize = 64;
/// How much of a key is kept, in bytes.
const LONGEST_KEY: usize = 64;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    KeyOrEnd,
    Key,
    Colon,
    Value,
    ValueOrEnd,
    CommaOrEnd,
}

/// An object or an array that is not closed yet.
#[derive(Debug)]
enum Open {
    Object(Vec<u8>),
    Array(usize),
}

/// Follows JSON texts through a log.
#[derive(Debug)]
pub(super) struct Pointers {
    open: Vec<Open>,
    next: Next,
}

impl Pointers {
    pub(super) fn new() -> Self {
        Self { open: Vec::new(), next: Next::Value }
    }

    /// Whether the last line ended within a text.
    pub(super) fn is_within(&self) -> bool {
        !self.open.is_empty()
    }

    /// Reads a line, or a piece of one; gives the pointers of those of `wanted`, which ascend, that are within a value.
    pub(super) fn line(&mut self, line: &[u8], wanted: &[usize]) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut at = 0;
        // Where the text began, if in this line, and the last brace in it, where another one may begin.
        let (mut start, mut brace) = (None, None);
        while at < line.len() {
            if self.open.is_empty() {
                let Some(next) = line[at..].iter().position(|byte| *byte == b'{') else { break };
                at += next;
                (start, brace) = (Some(at), None);
                self.open.push(Open::Object(Vec::new()));
                self.next = Next::KeyOrEnd;
                at += 1;
                continue;
            }
            let byte = line[at];
            if byte.is_ascii_whitespace() {
                at += 1;
                continue;
            }
            let before = at;
            if !self.token(line, &mut at, &mut brace, wanted, &mut found) {
                self.open.clear();
                at = brace.take().unwrap_or_else(|| before.max(start.map_or(0, |start| start + 1)));
                start = None;
            }
        }
        found
    }

    /// Reads one token; whether it may stand there.
    fn token(
        &mut self,
        line: &[u8],
        at: &mut usize,
        brace: &mut Option<usize>,
        wanted: &[usize],
        found: &mut Vec<(usize, String)>,
    ) -> bool {
        let start = *at;
        match (line[start], self.next) {
            (b'"', Next::Key | Next::KeyOrEnd) => {
                let Some(end) = string(line, start, brace) else { return false };
                *at = end;
                if let Some(Open::Object(key)) = self.open.last_mut() {
                    let text = &line[start + 1..end - 1];
                    *key = text[..text.len().min(LONGEST_KEY)].to_vec();
                }
                self.next = Next::Colon;
                true
            }
            (b':', Next::Colon) => {
                *at += 1;
                self.next = Next::Value;
                true
            }
            (b',', Next::CommaOrEnd) => {
                *at += 1;
                self.next = match self.open.last_mut() {
                    Some(Open::Array(index)) => {
                        *index += 1;
                        Next::Value
                    }
                    _ => Next::Key,
                };
                true
            }
            (b'}', Next::KeyOrEnd | Next::CommaOrEnd) | (b']', Next::ValueOrEnd | Next::CommaOrEnd) => {
                let is_object = matches!(self.open.last(), Some(Open::Object(_)));
                *at += 1;
                self.open.pop();
                self.next = Next::CommaOrEnd;
                is_object == (line[start] == b'}')
            }
            (open @ (b'{' | b'['), Next::Value | Next::ValueOrEnd) => {
                *at += 1;
                if open == b'{' {
                    *brace = Some(start);
                    self.open.push(Open::Object(Vec::new()));
                    self.next = Next::KeyOrEnd;
                } else {
                    self.open.push(Open::Array(0));
                    self.next = Next::ValueOrEnd;
                }
                self.open.len() <= DEEPEST
            }
            (first, Next::Value | Next::ValueOrEnd) => {
                let end = if first == b'"' { string(line, start, brace) } else { word(line, start) };
                let Some(end) = end else { return false };
                *at = end;
                let from = wanted.partition_point(|place| *place < start);
                for place in wanted[from..].iter().take_while(|place| **place < end) {
                    found.push((*place, self.pointer()));
                }
                self.next = Next::CommaOrEnd;
                true
            }
            _ => false,
        }
    }

    /// The pointer of the value that is being read.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for open in &self.open {
            pointer.push('/');
            match open {
                Open::Object(key) => {
                    let key = String::from_utf8_lossy(key);
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                Open::Array(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}

/// The end of the string that begins at `start`; none if the line ends before it does.
fn string(line: &[u8], start: usize, brace: &mut Option<usize>) -> Option<usize> {
    let mut at = start + 1;
    while let Some(byte) = line.get(at) {
        match byte {
            b'"' => return Some(at + 1),
            b'\\' => at += 1,
            b'{' => *brace = Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The end of the number or word that begins at `start`.
fn word(line: &[u8], start: usize) -> Option<usize> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let length = line[start..].iter().take_while(|byte| is_part(byte)).count();
    (length > 0).then_some(start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(lines: &[&str], code: &str) -> Vec<String> {
        let mut pointers = Pointers::new();
        let mut found = Vec::new();
        for line in lines {
            let wanted: Vec<_> = line.match_indices(code).map(|(at, _)| at).collect();
            found.extend(pointers.line(line.as_bytes(), &wanted).into_iter().map(|(_, pointer)| pointer));
        }
        found
    }

    #[test]
    fn a_text_is_followed_over_lines() {
        assert_eq!(
            pointers(&[r#"12:00 D reply {"error":{"msg":"x","code":4001}} end"#], "4001"),
            ["/error/code"]
        );
        assert_eq!(
            pointers(&["{", "  \"a\": [1, {\"b/c\": \"4001\"}],", "  \"d\": 4001", "}"], "4001"),
            ["/a/1/b~1c", "/d"]
        );
    }

    #[test]
    fn what_is_no_json_is_forgotten() {
        assert_eq!(pointers(&["fn main() {", "{\"code\": 4001}"], "4001"), ["/code"]);
        assert_eq!(pointers(&[r#"{"body":"{"error":{"code":4001}}"}"#], "4001"), ["/error/code"]);
        assert!(
            pointers(&["Reply{code=4001}", "[code: 4001]", "{\"a\": 4001x-}", "}{]["], "40012").is_empty()
        );
    }

    #[test]
    fn the_work_is_linear() {
        let mut pointers = Pointers::new();
        for piece in ["{\"a\":", "{", "{{\"", "[", "\"{", "{\"\\"] {
            pointers.line(piece.repeat(200_000).as_bytes(), &[]);
            assert!(pointers.open.len() <= DEEPEST);
        }
    }
}
