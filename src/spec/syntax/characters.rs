//! Slips that are one character, or a few: marks that nobody meant to leave, characters that YAML does not have, blanks of
//! another kind, and the ones that mean something at the beginning of a text.

use super::view::{Line, View, is_blank};
use super::{Guess, in_quotes, keys};
use crate::characters::visible;
use crate::diagnostics::encoding;
use crate::spec::shape::Value;

/// How many characters of a damaged text are shown.
const MOST_SHOWN: usize = 40;

/// The marks of a conflict that somebody forgot to resolve.
pub(super) fn conflict(view: &View<'_>) -> Option<Guess> {
    conflict_in(view.text)
}

/// The same, in a text or a part of one.
pub(super) fn conflict_in(text: &str) -> Option<Guess> {
    let marks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mark = line.trim();
        let lead = line.len() - line.trim_start().len();
        let is_mark = marks.iter().any(|wanted| {
            // Within a text `=======` underlines a heading.
            let is_sure = lead == 0 || wanted.starts_with(['<', '>']);
            is_sure && mark.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
        if is_mark {
            let place = at + lead..at + lead + mark.len();
            let help = "keep one side of the conflict, and remove its marks";
            let guess = Guess::new(place, "a merge conflict is left unresolved here", help)?;
            return Some(Guess { id: "merge_conflict", ..guess });
        }
        at += line.len();
    }
    None
}

/// The marks of a patch that somebody copied along: `+` and `-` at the margin, before what is indented.
pub(super) fn patch(view: &View<'_>) -> Option<Guess> {
    let is_added =
        |line: &str| line.starts_with("@@ ") || line.starts_with('+') && line[1..].starts_with([' ', '-']);
    let is_removed = |line: &Line<'_>| line.text.starts_with("-  ") && line.text[1..].trim().len() > 1;
    let mut at = 0;
    let added = view.text.split_inclusive('\n').find_map(|line| {
        at += line.len();
        is_added(line).then(|| Line::at(view.text, at - line.len()))
    });
    let first = match added {
        Some(added) => added.all_above(view.text).take_while(is_removed).last().unwrap_or(added),
        // A `-` alone begins an item elsewhere.
        None if view.says("did not find expected") && is_removed(&view.line) => view.line,
        None => return None,
    };
    let mark = first.text.chars().next()?;
    let message = format!("this line begins with a `{mark}` at the margin, as in a patch");
    let help = "remove the lines that a patch took away, and the `+` of those that it brought";
    Guess::new(first.start..first.start + 1, message, help)
}

/// A character that YAML does not have.
pub(super) fn control(view: &View<'_>) -> Option<Guess> {
    let is_control = |ch: char| {
        (ch < ' ' && !"\t\n\r".contains(ch)) || matches!(ch, '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
    };
    let (at, ch) = view.text[view.at..].char_indices().find(|(_, ch)| is_control(*ch))?;
    let at = view.at + at;
    if !view.says("unexpected character") || at > view.line.end() {
        return None;
    }
    let message = format!("the character U+{:04X} stands here, which YAML does not have", u32::from(ch));
    // Without it the rest of a letter stays, of which it is a part.
    let before = view.text[..at].chars().rev().take_while(|ch| !ch.is_ascii()).map(char::len_utf8);
    let behind = view.text[at..].chars().take_while(|ch| !ch.is_ascii()).map(char::len_utf8);
    let run = at - before.sum::<usize>()..at + behind.sum::<usize>();
    if let Some(meant) =
        Some(&view.text[run.clone()]).filter(|run| !run.is_empty()).and_then(encoding::read_again)
    {
        let written = visible(&view.text[run.clone()], MOST_SHOWN);
        let message = format!("`{written}` is text in UTF-8 that was read as another encoding");
        let help = format!("write `{}`", visible(&meant, MOST_SHOWN));
        return Guess::new(run.clone(), message, help)?.instead(run, meant);
    }
    Guess::new(at..at + ch.len_utf8(), message, "remove it")?.instead(at..at + ch.len_utf8(), "")
}

/// The mark of a file's first bytes, further down: two files were joined.
pub(super) fn byte_order_mark(view: &View<'_>) -> Option<Guess> {
    if !view.says("BOM must not appear") {
        return None;
    }
    let at = view.line.start + view.line.text.find('\u{FEFF}')?;
    let place = at..at + '\u{FEFF}'.len_utf8();
    Guess::new(place.clone(), "a byte order mark stands here, within the file", "remove it")?
        .instead(place, "")
}

/// A character that ends lines elsewhere, so that two lines of the author are one of YAML.
pub(super) fn line_end(view: &View<'_>) -> Option<Guess> {
    if !view.says("mapping values are not allowed") {
        return None;
    }
    let before = &view.text[view.line.start..view.at];
    let (at, ch) = before.char_indices().rfind(|(_, ch)| matches!(ch, '\u{85}' | '\u{2028}' | '\u{2029}'))?;
    let place = view.line.start + at..view.line.start + at + ch.len_utf8();
    let message = format!("the character U+{:04X} ends no line", u32::from(ch));
    Guess::new(place.clone(), message, "end the line with a line feed")?.instead(place, "\n")
}

/// A carriage return within a line of a file whose lines end otherwise: for YAML it ends one.
pub(super) fn carriage_return(view: &View<'_>) -> Option<Guess> {
    let is_alone = |line: &Line<'_>| line.text.trim_end_matches('\r').contains('\r');
    // In quotes it ends no more than a line of the text.
    let above = view.above.filter(|line| !line.text.contains(['"', '\'']));
    let line = [Some(view.line), above].into_iter().flatten().find(is_alone)?;
    // What is there for all lines of a file is how its lines end.
    if view.text.matches('\n').count() < view.text.matches('\r').count() {
        return None;
    }
    let at = line.start + line.text.find('\r')?;
    let (before, behind) = (&view.text[..at], &view.text[at + 1..]);
    let joins = before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric);
    let message = "a carriage return ends the line here";
    if joins {
        return Guess::new(at..at + 1, message, "write a blank in its place, or nothing");
    }
    Guess::new(at..at + 1, message, "remove it")?.instead(at..at + 1, "")
}

/// A line with `%`, which says something of a whole document, within one.
pub(super) fn directive(view: &View<'_>) -> Option<Guess> {
    if !view.says("missing explicit document end marker") {
        return None;
    }
    let place = view.line.start..view.line.start + view.line.text.trim_end().len();
    let end = (view.line.end() + 1).min(view.text.len());
    Guess::new(place, "a line with `%` says something of a whole file, and stands within one", "remove it")?
        .instead(view.line.start..end, "")
}

/// A line behind what is a whole document by itself: brackets, or a text.
pub(super) fn behind_the_end(view: &View<'_>) -> Option<Guess> {
    if !view.says("did not find expected <document start>") {
        return None;
    }
    let mut lines =
        std::iter::once(Line::at(view.text, 0)).chain(Line::at(view.text, 0).all_below(view.text));
    if let Some(first) =
        lines.find(Line::says_something).filter(|line| line.indent() > 0 && view.line.indent() == 0)
        && let Some((key, _)) = first.key().filter(|_| !first.is_item())
        && view.line.key().is_some()
    {
        let lead = first.start..first.start + first.indent();
        let message = format!("`{key}` is indented, and the keys beside it begin at the margin");
        let place = lead.end..lead.end + key.len();
        return Guess::new(place, message, "begin it at the margin, without a blank")?.instead(lead, "");
    }
    let place = view.at..view.line.start + view.line.text.trim_end().len();
    let message = "what the file holds ends above, and this line is no part of it";
    Guess::new(place, message, "a file of a book is one mapping: keys, each with `: ` behind it")
}

/// A blank that YAML does not know as such, behind what ends a value.
pub(super) fn blank_at_the_end(view: &View<'_>) -> Option<Guess> {
    let rest = view.text.get(view.at..view.line.end())?;
    let blank = rest.chars().find(|ch| *ch != ' ' && *ch != '\r')?;
    let is_alone = view.text[view.line.start..view.at].trim().is_empty();
    if !rest.chars().all(is_blank) || is_alone || blank == '\t' {
        return None;
    }
    let message = format!("the character U+{:04X} stands at the end of this line", u32::from(blank));
    let place = view.at..view.line.end();
    Guess::new(place.clone(), message, "remove it")?.instead(place, "")
}

/// How many lines above a fault are looked at for a character that nobody sees.
const LINES_ABOVE: usize = 200;

/// A tab, a blank of another kind, or a character that nobody sees, that indents a line.
pub(super) fn indentation_blank(view: &View<'_>) -> Option<Guess> {
    let near = [Some(view.line), view.below, view.above];
    if let Some(guess) = near.into_iter().flatten().find_map(|line| strange_lead(&line)) {
        return Some(guess);
    }
    // Such a line begins at the margin for YAML, which ends all that was open; what is amiss with that shows further down.
    let is_inside = |line: &Line<'_>| !line.lead().is_empty() || !line.says_something();
    let above = view.line.all_above(view.text).take(LINES_ABOVE).take_while(is_inside);
    if let Some(guess) = above.filter(begins_with_a_key).find_map(|line| strange_lead(&line)) {
        return Some(guess);
    }
    if !view.says("tab") {
        return None;
    }
    let at = view.at + view.text[view.at..].find('\t')?;
    Guess::new(at..at + 1, "a tab stands here, where only blanks can", "write a blank")?
        .instead(at..at + 1, " ")
}

/// Whether a key or an item begins behind what indents a line.
fn begins_with_a_key(line: &Line<'_>) -> bool {
    let lead = line.lead().len();
    let behind = Line { start: line.start + lead, text: &line.text[lead..] };
    behind.text.starts_with("- ") || behind.key().is_some()
}

/// What indents a line, if it is not blanks alone.
fn strange_lead(line: &Line<'_>) -> Option<Guess> {
    let lead = line.lead();
    let at = lead.find(|ch: char| ch != ' ' && ch != '\r')?;
    if lead.len() == line.text.len() {
        return None;
    }
    let first = lead[at..].chars().next()?;
    let (start, end) = (line.start + at, line.start + lead.len());
    if first == '\t' {
        return Guess::new(start..end, "a tab indents this line", "indent with blanks");
    }
    let message = format!("the character U+{:04X} indents this line", u32::from(first));
    if lead.contains(|ch: char| ch != ' ' && ch.is_whitespace()) {
        return Guess::new(start..end, message, "indent with blanks");
    }
    // What has no width was never meant to indent.
    let rest = lead[at..].replace(|ch: char| ch != ' ', "");
    Guess::new(start..start + first.len_utf8(), message, "remove it")?.instead(start..end, rest)
}

/// A backslash in double quotes that begins no escape.
pub(super) fn escape(view: &View<'_>) -> Option<Guess> {
    if !view.says("while parsing a quoted scalar") {
        return None;
    }
    let mut at = view.at;
    let digits = |from: usize, count: usize| {
        let found =
            view.text.get(from..from + count).filter(|text| text.chars().all(|ch| ch.is_ascii_hexdigit()));
        found.and_then(|text| u32::from_str_radix(text, 16).ok())
    };
    loop {
        at += view.text[at..].find('\\')?;
        let kind = view.text[at + 1..].chars().next()?;
        let count = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let number = if count > 0 { digits(at + 2, count) } else { None };
        let is_known = "0abtnvfre \"/\\N_LP\t\n\r".contains(kind);
        if count == 0 && is_known {
            at += 1 + kind.len_utf8();
            continue;
        }
        if let Some(number) = number {
            // The first half of a pair is right if the second follows.
            let is_pair = (0xD800..0xDC00).contains(&number)
                && view.text[at + 6..].starts_with("\\u")
                && digits(at + 8, 4).is_some_and(|low| (0xDC00..0xE000).contains(&low));
            if is_pair || char::from_u32(number).is_some() {
                at += if is_pair { 12 } else { 2 + count };
                continue;
            }
        }
        let behind = at + 1 + kind.len_utf8();
        let written = view.text[behind..].chars().take(count).take_while(char::is_ascii_hexdigit).count();
        let end = behind + written;
        let message = format!("`{}` is no escape of YAML", &view.text[at..end]);
        let help = if count > 0 {
            "write the character itself, or its number as `\\xHH`, `\\uHHHH` or `\\UHHHHHHHH`"
        } else {
            "write a backslash in double quotes as `\\\\`, or put the text in single quotes"
        };
        return Guess::new(at..end, message, help);
    }
}

/// A text that begins with a character that means something.
pub(super) fn first_character(view: &View<'_>) -> Option<Guess> {
    let first = view.text[view.at..].chars().next()?;
    let is_refused = view.says("unexpected character")
        || view.says("while scanning a block scalar, did not find expected comment or line break")
        || view.says("found an indentation indicator equal to 0")
        || view.says("block sequence entries are not allowed in this context")
        || view.says("mapping keys are not allowed in this context")
        || view.says("while scanning an anchor or alias")
        || view.says("while scanning a tag")
        || view.says("while scanning a verbatim tag")
        || view.says("while parsing a tag")
        || view.says("the handle wasn")
        || first == ',' && view.says("unexpected EOF while parsing a block");
    let place = view.at..view.at + first.len_utf8();
    if !is_refused || first.is_alphanumeric() {
        return None;
    }
    match view.line.value() {
        Some((range, text)) if is_block_header(text) => {
            let marks: String = [text.chars().next(), text.chars().find(|ch| matches!(ch, '-' | '+'))]
                .into_iter()
                .flatten()
                .collect();
            let message = format!("`{text}` begins no text of several lines");
            Guess::new(range.clone(), message, format!("write `{marks}`"))?.instead(range, marks)
        }
        Some((range, text))
            if text.starts_with("- ") && view.line.key().is_some_and(|(key, _)| is_list(key)) =>
        {
            let lead = " ".repeat(view.line.body() + 2);
            let colon = view.text[..range.start].trim_end_matches(' ').len();
            Guess::new(place, "the first item of a list stands behind its key", "begin a line with it")?
                .instead(colon..range.start, format!("\n{lead}"))
        }
        Some((range, text)) if is_spaced_number(text) => {
            let message = "a blank stands between the `-` and its number";
            let number: String = text.split(' ').collect();
            Guess::new(place, message, format!("write `{number}`"))?.instead(range, number)
        }
        Some((range, _)) if range.contains(&view.at) => {
            let first =
                if view.at == range.start { first } else { view.text[range.start..].chars().next()? };
            let message = match first {
                '`' => "a text cannot begin with a backtick".to_owned(),
                first => format!("a text cannot begin with `{first}`"),
            };
            in_quotes(view, &view.line, place, message)
        }
        _ => {
            Guess::new(place, format!("`{first}` cannot stand here"), "put the text in quotes, or remove it")
        }
    }
}

/// Whether a list stands under a key.
fn is_list(key: &str) -> bool {
    keys::values(key).any(|value| matches!(value, Value::List(..) | Value::Columns))
}

/// Whether a value has the marks of a text that stands below it, and nothing else: `> -`.
fn is_block_header(text: &str) -> bool {
    text.starts_with(['|', '>']) && text[1..].chars().all(|ch| " -+".contains(ch) || ch.is_ascii_digit())
}

/// Whether a value is `- 1002`.
fn is_spaced_number(text: &str) -> bool {
    text.strip_prefix("- ")
        .is_some_and(|rest| !rest.is_empty() && rest.trim().bytes().all(|byte| byte.is_ascii_digit()))
}
