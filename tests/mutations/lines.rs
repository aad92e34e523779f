//! Damage that knows lines, blocks of them, keys and values.

use super::random::Random;
use super::words::{KEYS, LEADS, PIECES, PROPERTIES, VALUES, WHOLE_LINES};
use std::ops::Range;

/// Damages a text in one place, or everywhere in one way.
pub(super) fn damaged(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    match random.below(12) {
        0 => one_line(random, &mut lines),
        1 => indentation(random, &mut lines),
        2 => block(random, &mut lines),
        3 => return everywhere(random, text),
        4 => key(random, &mut lines),
        5 => values_exchanged(random, &mut lines),
        6 => shape(random, &mut lines),
        7 => quotes(random, &mut lines),
        8 => return another_line_end(random, &lines),
        9 => long(random, &mut lines),
        _ => value(random, &mut lines),
    }
    lines.join("\n")
}

/// The place of a value on the next line that has one from `at` on.
fn value_from(lines: &[String], at: usize) -> Option<(usize, usize)> {
    (at..lines.len()).find_map(|at| Some((at, lines[at].find(": ")? + 2)))
}

/// The place of the key of a line.
fn key_of(line: &str) -> Option<Range<usize>> {
    let start = line.find(|ch: char| !matches!(ch, ' ' | '-'))?;
    let colon = line.find(':')?;
    (start < colon).then_some(start..colon)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A line and those below it that are indented deeper.
fn block_at(lines: &[String], at: usize) -> Range<usize> {
    let is_inside = |line: &String| line.trim().is_empty() || indent(line) > indent(&lines[at]);
    let rest = lines[at + 1..].iter().take_while(|line| is_inside(line)).count();
    at..at + 1 + rest
}

/// A line goes, comes a second time, changes its place or gets something.
fn one_line(random: &mut Random, lines: &mut Vec<String>) {
    let (at, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(8) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[other].clone()),
        2 => lines.swap(at, other),
        3 if at > 0 => lines.swap(at, at - 1),
        4 => {
            let line = lines.remove(at);
            lines.insert(other.min(lines.len()), line);
        }
        5 => lines.truncate(at + 1),
        6 => lines[at].push_str(random.one(PIECES)),
        _ => {
            let by = " ".repeat(indent(&lines[at]));
            lines.insert(at, format!("{}{}", random.one(&["", &by]), random.one(WHOLE_LINES)));
        }
    }
}

/// A line or some of them are indented otherwise.
fn indentation(random: &mut Random, lines: &mut [String]) {
    let at = random.below(lines.len());
    let some = match random.below(3) {
        0 => at..at + 1,
        1 => at..(at + random.below(6) + 1).min(lines.len()),
        _ => block_at(lines, at),
    };
    let by = random.one(LEADS);
    let less = random.below(indent(&lines[at]) + 1);
    let kind = random.below(3);
    for line in &mut lines[some] {
        match kind {
            0 => line.insert_str(0, by),
            1 => drop(line.drain(..less.min(indent(line)))),
            // Eight blanks are a tab to whoever made the editor believe so.
            _ => *line = line.replacen("  ", "\t", less.max(1)),
        }
    }
}

/// A line with all below it goes, comes a second time or changes its place.
fn block(random: &mut Random, lines: &mut Vec<String>) {
    let at = random.below(lines.len());
    let range = block_at(lines, at);
    match random.below(4) {
        0 => drop(lines.drain(range)),
        1 => {
            let copy = lines[range.clone()].to_vec();
            lines.splice(range.end..range.end, copy);
        }
        2 => {
            let moved: Vec<_> = lines.drain(range).collect();
            let to = random.below(lines.len() + 1);
            lines.splice(to..to, moved);
        }
        // What stood below it is left alone.
        _ => drop(lines.remove(at)),
    }
}

/// The whole file is written in another way.
fn everywhere(random: &mut Random, text: &str) -> String {
    match random.below(14) {
        0 => text.replace('\n', "\r\n"),
        1 => text.replace('\n', "\r"),
        2 => text.replacen('\n', "\r\n", 3),
        3 => format!("\u{feff}{text}"),
        4 => text.trim_end().to_owned(),
        5 => text.replace("  ", "\t"),
        6 => text.replace('"', "'"),
        7 => text.replace(": ", ":"),
        8 => text.replace(": ", "："),
        9 => text.replace(", ", "，"),
        10 => format!("---\n{text}...\n"),
        11 => format!("%YAML 1.1\n---\n{text}"),
        12 => format!("{text}---\n{text}"),
        _ => text.replace('"', ""),
    }
}

/// Another key in front of the next value.
fn key(random: &mut Random, lines: &mut [String]) {
    let at = random.below(lines.len());
    let found = (at..lines.len()).find_map(|at| Some((at, key_of(&lines[at])?)));
    let Some((at, range)) = found else { return };
    let other = random.below(lines.len());
    let other = key_of(&lines[other]).map(|range| lines[other][range].to_owned()).unwrap_or_default();
    let key = lines[at][range.clone()].to_owned();
    let mut letters: Vec<char> = key.chars().collect();
    let place = random.below(letters.len());
    let new = match random.below(8) {
        0 => {
            letters.remove(place);
            letters.into_iter().collect()
        }
        1 => {
            letters.insert(place, 'x');
            letters.into_iter().collect()
        }
        2 => {
            letters.swap(place, place.saturating_sub(1));
            letters.into_iter().collect()
        }
        3 => key.to_uppercase(),
        4 => (*random.one(KEYS)).to_owned(),
        5 => format!("\"{key}\""),
        6 => format!("{key} "),
        _ => other,
    };
    lines[at].replace_range(range, &new);
}

/// A value stands where another one stood, and that one perhaps where it did.
fn values_exchanged(random: &mut Random, lines: &mut [String]) {
    let (at, other) = (random.below(lines.len()), random.below(lines.len()));
    let (Some((at, mine)), Some((other, theirs))) = (value_from(lines, at), value_from(lines, other)) else {
        return;
    };
    let value = lines[other][theirs..].to_owned();
    let old = lines[at].split_off(mine);
    lines[at].push_str(&value);
    if at != other && random.below(2) == 0 {
        lines[other].truncate(theirs);
        lines[other].push_str(&old);
    }
}

/// A value has another shape, or gets a mark of YAML: a list for a map, a map for a text, an anchor, a tag.
fn shape(random: &mut Random, lines: &mut [String]) {
    let at = random.below(lines.len());
    if random.below(3) == 0 {
        let inside = block_at(lines, at);
        let (from, to) = *random.one(&[&("", "- "), &("- ", ""), &("- ", "  "), &("- ", "-"), &("- ", "* ")]);
        for line in &mut lines[inside.start + 1..inside.end] {
            let lead = indent(line);
            if line[lead..].starts_with(from) {
                line.replace_range(lead..lead + from.len(), to);
            }
        }
        return;
    }
    let Some((at, value)) = value_from(lines, at) else { return };
    let old = lines[at].split_off(value);
    let by = " ".repeat(indent(&lines[at]) + random.below(5));
    let new = match random.below(10) {
        0 => format!("[{old}]"),
        1 => format!("{{en: {old}}}"),
        2 => format!("[{old}"),
        3 => format!("|\n{by}{old}"),
        4 => format!(">-\n{by}{old}\n\n{by}{old}"),
        5 => format!("\n{by}{old}"),
        6 => format!("{old}\n{by}{old}"),
        7 => format!("\n{by}- {old}"),
        _ => format!("{}{old}", random.one(PROPERTIES)),
    };
    lines[at].push_str(&new);
}

/// A text gets or loses quotes, or one of them.
fn quotes(random: &mut Random, lines: &mut [String]) {
    let at = random.below(lines.len());
    let is_quote = |ch: char| matches!(ch, '"' | '\'');
    let quoted = (at..lines.len()).find(|at| lines[*at].contains(is_quote));
    if let (true, Some(at)) = (random.below(2) == 0, quoted) {
        let places: Vec<_> = lines[at].match_indices(is_quote).map(|(place, _)| place).collect();
        let place = places[random.below(places.len())];
        lines[at].replace_range(place..=place, random.one(&["", "\\\"", "''", "“", "'", "\""]));
        return;
    }
    let Some((at, value)) = value_from(lines, at) else { return };
    let quote = random.one(&["\"", "'", "“", "`"]);
    match random.below(4) {
        0 => lines[at].insert_str(value, quote),
        1 => lines[at].push_str(quote),
        2 => {
            lines[at].insert_str(value, quote);
            lines[at].push_str(quote);
        }
        _ => {
            let word = lines[at][value..].find(' ').map_or(lines[at].len(), |word| value + word);
            lines[at].insert_str(word, quote);
            lines[at].insert_str(value, quote);
        }
    }
}

/// One line ends in what ends lines elsewhere.
fn another_line_end(random: &mut Random, lines: &[String]) -> String {
    let at = random.below(lines.len());
    let end = random.one(&[
        "\r",
        "\r\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{b}",
        "\u{c}",
        "\\\n",
        " \n",
        "\n\u{feff}",
    ]);
    format!("{}{end}{}", lines[..=at].join("\n"), lines[at + 1..].join("\n"))
}

/// A value, a key or a line is longer than anybody writes.
fn long(random: &mut Random, lines: &mut Vec<String>) {
    let at = random.below(lines.len());
    let length = [70, 2_000, 9_000, 70_000][random.below(4)];
    match (random.below(5), value_from(lines, at)) {
        (0, Some((at, value))) => lines[at].insert_str(value, &"x".repeat(length)),
        (1, Some((at, value))) => {
            lines[at].truncate(value);
            lines[at].extend(["\"", &"\\u202e设".repeat(length / 7), "\""]);
        }
        (2, Some((at, value))) => lines[at].insert_str(value - 2, &"k".repeat(length)),
        (3, _) => lines.insert(at, " ".repeat(length)),
        _ => lines[at].extend([" # ", &"设备 ".repeat(length / 4)]),
    }
}

/// Another value, wherever the next one stands.
fn value(random: &mut Random, lines: &mut [String]) {
    let at = random.below(lines.len());
    if let Some((at, value)) = value_from(lines, at) {
        lines[at].truncate(value);
        lines[at].push_str(random.one(VALUES));
    }
}
