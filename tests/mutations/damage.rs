//! Damage: what editors, merges, scripts and people who mean harm do to a file.

use super::book::Files;
use super::random::Random;
use std::path::PathBuf;

/// Values that mean something to YAML, to a language that is generated, to a terminal or to a file system.
const VALUES: &[&str] = &[
    "",
    "~",
    "null",
    "Null",
    "\"\"",
    "''",
    "\" \"",
    "true",
    "yes",
    "NO",
    "on",
    "010",
    "0o17",
    "0x1F",
    "1_000",
    "+5",
    "-0",
    "-1",
    "1e3",
    "1e999",
    ".inf",
    ".nan",
    "2147483647",
    "2147483648",
    "-2147483649",
    "9223372036854775808",
    "99999999999999999999999",
    "1.0",
    "12:30:45",
    "2026-01-01",
    "!!str x",
    "!x y",
    "&a x",
    "*a",
    "<<",
    "=",
    "? x",
    "- x",
    "[",
    "]",
    "{",
    "}",
    "[]",
    "{}",
    "[a, b]",
    "{a: b}",
    "{en: x}",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "{a: {a: {a: {a: x}}}}",
    "\"",
    "'",
    "\"x\" y",
    "'x' y",
    "\"\\x\"",
    "\"\\u0000\"",
    "\"\\u202e\"",
    "\"\\ud800\"",
    "\"\\u2028\"",
    "\"\\e[2J\"",
    "\"a\\tb\\nc\\rd\"",
    "|",
    ">",
    "|-",
    ">+",
    "|9",
    "@x",
    "`x`",
    "%x",
    "a: b",
    "a:",
    ": a",
    "a #b",
    "#",
    "# a",
    "../../etc/passwd",
    "/etc/passwd",
    "CON",
    "nul",
    ".",
    "..",
    "*/",
    "/*",
    "\"${x}\"",
    "\"\\\\(x)\"",
    "</script>",
    "<!--",
    "]]>",
    "{}",
    "${code}",
    "%s %d",
    "class",
    "self",
    "r#self",
    "_",
    "__proto__",
    "constructor",
    "en",
    "zh-Hans",
    "internal",
    "unavailable",
    "ok",
    "device_offline",
    "markdown",
    "int32",
    "int64",
    "string",
    "1.0.0",
    "v1",
    "1.0",
    "设备",
    "Ａ",
    "e\u{301}",
    "\u{202e}x",
    "\u{200b}",
    "\u{feff}",
    "x\u{a0}",
    "\u{3000}",
    "\u{1b}[31m",
    "\u{7}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "\u{ffff}",
    "\u{10ffff}",
    "👩‍👩‍👧",
    "\t",
    "\t x",
    "x\t",
    " x ",
    "x\\",
    "\\",
    "(?P<x>",
    "((((((((((",
    "(a{1000}){1000}",
    "^.*$",
    "tables",
    "reader: html",
];

/// Pieces that are put somewhere.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    ":",
    ": ",
    "- ",
    "-",
    "#",
    " # x",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "~",
    "\\",
    "---\n",
    "\n---\n",
    "...\n",
    "%YAML 1.2\n---\n",
    "\u{feff}",
    "\u{0}",
    "\u{7}",
    "\u{1b}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{202e}",
    "\u{200b}",
    "\u{e000}",
    "设",
    "\u{301}",
    "😀",
    "<<: *a\n",
    "&a ",
    "*a ",
    "!!str ",
    "? ",
];

/// Damages one of the files in a few places, and says which.
pub(crate) fn apply(random: &mut Random, files: &mut Files) -> PathBuf {
    let index = random.below(files.len());
    let path = files.keys().nth(index).expect("there are files").clone();
    let others: Vec<u8> = files.values().flatten().copied().collect();
    let bytes = files.get_mut(&path).expect("it is there");
    // Most often one place alone: what one fault comes to is what people see.
    let times = if random.below(3) == 0 { random.below(4) + 2 } else { 1 };
    for _ in 0..times {
        if random.below(3) == 0 {
            bytes_damaged(random, bytes, &others);
        } else if let Ok(text) = std::str::from_utf8(bytes) {
            *bytes = lines_damaged(random, text).into_bytes();
        }
    }
    path
}

/// Damage that knows no characters.
fn bytes_damaged(random: &mut Random, bytes: &mut Vec<u8>, others: &[u8]) {
    let at = random.below(bytes.len() + 1);
    let length = [1, 1, 2, 5, 40, 400][random.below(6)];
    let end = (at + random.below(length) + 1).min(bytes.len());
    match random.below(9) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).expect("a byte"),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        4 => bytes.truncate(at),
        5 => {
            let from = random.below(others.len());
            let copy = others[from..(from + length).min(others.len())].to_vec();
            bytes.splice(at..end, copy);
        }
        6 => {
            let mut moved: Vec<u8> = bytes.drain(at..end).collect();
            let to = random.below(bytes.len() + 1);
            let rest = bytes.split_off(to);
            bytes.append(&mut moved);
            bytes.extend(rest);
        }
        _ => {
            let piece = random.one(PIECES);
            bytes.splice(at..at, piece.bytes());
        }
    }
}

/// Damage that knows lines, keys and values.
fn lines_damaged(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let (at, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(16) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[other].clone()),
        2 => lines.swap(at, other),
        3 => {
            let line = lines.remove(at);
            lines.insert(other.min(lines.len()), line);
        }
        4 => lines[at].insert_str(0, random.one(&[" ", "  ", "    ", "\t", "\u{a0}", "- ", "# "])),
        5 => {
            let indent = lines[at].len() - lines[at].trim_start().len();
            lines[at].drain(..random.below(indent + 1));
        }
        6 => {
            let end = (at + random.below(6)).min(lines.len());
            let by = " ".repeat(random.below(3) + 1);
            lines[at..end].iter_mut().for_each(|line| line.insert_str(0, &by));
        }
        7 => lines.truncate(at + 1),
        8 => lines[at].push_str(random.one(PIECES)),
        9 => {
            let all = lines.join("\n");
            return random
                .one(&[
                    &*all.replace('\n', "\r\n"),
                    &all.replace('\n', "\r"),
                    &all.replacen('\n', "\r\n", 3),
                    &format!("\u{feff}{all}"),
                    all.trim_end(),
                    &all.replace("  ", "\t"),
                    &all.replace('"', "'"),
                    &all.replace(": ", ":"),
                ])
                .to_owned();
        }
        10 => return with_key(random, lines, at),
        11 | 12 => {
            let value =
                lines.get(other).and_then(|line| line.split_once(": ")).map(|(_, value)| value.to_owned());
            if let (Some(value), Some(colon)) = (value, lines[at].find(": ")) {
                let old = lines[at].split_off(colon + 2);
                lines[at].push_str(&value);
                if let (0, Some(colon)) = (random.below(2), lines[other].find(": ")) {
                    lines[other].truncate(colon + 2);
                    lines[other].push_str(&old);
                }
            }
        }
        _ => {
            // A value, wherever the next one stands.
            let found = (at..lines.len()).find_map(|at| Some((at, lines[at].find(": ")?)));
            if let Some((at, colon)) = found {
                lines[at].truncate(colon + 2);
                match random.below(12) {
                    0 => lines[at].push_str(&"x".repeat(random.below(9_000))),
                    1 => lines[at].extend(["\"", &"\\u202e设".repeat(random.below(400)), "\""]),
                    _ => lines[at].push_str(random.one(VALUES)),
                }
            }
        }
    }
    lines.join("\n")
}

/// Another key in front of the next value.
fn with_key(random: &mut Random, mut lines: Vec<String>, at: usize) -> String {
    let key_of = |line: &String| {
        let start = line.find(|ch: char| !matches!(ch, ' ' | '-'))?;
        let colon = line.find(':')?;
        (start < colon).then_some(start..colon)
    };
    let found = (at..lines.len()).find_map(|at| Some((at, key_of(&lines[at])?)));
    let Some((at, range)) = found else { return lines.join("\n") };
    let other = random.below(lines.len());
    let other = key_of(&lines[other]).map(|range| lines[other][range].to_owned()).unwrap_or_default();
    let key = lines[at][range.clone()].to_owned();
    let mut letters: Vec<char> = key.chars().collect();
    let place = random.below(letters.len());
    let new = match random.below(6) {
        0 => {
            letters.remove(place);
            letters.into_iter().collect()
        }
        1 => {
            letters.insert(place, 'x');
            letters.into_iter().collect()
        }
        2 => key.to_uppercase(),
        3 => (*random.one(&[
            "",
            "~",
            "null",
            "1",
            "\"a b\"",
            "设备",
            "? a",
            "[a]",
            "<<",
            "a.b",
            "-",
            "\u{202e}a",
        ]))
        .to_owned(),
        4 => format!("\"{key}\""),
        _ => other,
    };
    lines[at].replace_range(range, &new);
    lines.join("\n")
}
