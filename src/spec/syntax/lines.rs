//! Slips of lines: a `:` too many or too few, and lines that are indented like none above them.

use super::columns::{self, Open};
use super::view::{Line, View, is_blank};
use super::{Guess, in_quotes, joined, keys};

/// A `:` too many, or a line that is indented below a value.
pub(super) fn colon(view: &View<'_>) -> Option<Guess> {
    if !view.says("mapping values are not allowed") {
        return None;
    }
    let (line, at) = (view.line, view.at);
    if let Some(guess) = joined::line(view) {
        return Some(guess);
    }
    if line.value().is_some_and(|(range, _)| range.contains(&at)) {
        let what = if at + 1 == line.start + line.text.trim_end().len() {
            "a `:` at the end of"
        } else {
            "a `: ` within"
        };
        let message = format!("{what} a text makes a key of what is before it");
        return in_quotes(view, &line, at..at + 1, message);
    }
    let begins_strangely =
        |above| bullet(&above).or_else(|| comment_as_in_c(&above)).or_else(|| dash_without_blank(&above));
    if let Some(guess) = view.above.and_then(begins_strangely) {
        return Some(guess);
    }
    if let Some(guess) = first_key(view) {
        return Some(guess);
    }
    let above = view.above?;
    let (key, _) = above.key()?;
    let (indent, wanted) = (line.body(), above.body());
    if above.value().is_none() || indent <= wanted {
        return None;
    }
    // Of `message:` and `en: …` in one column, and `zh-Hans: …` deeper, it is `en` that stands wrong.
    let parent = above.all_above(view.text).find(Line::says_something);
    if let Some(parent) = parent.filter(|parent| parent.body() == wanted && parent.value().is_none())
        && let Some((empty, _)) = parent.key()
        && above.body() == above.indent()
    {
        let place = above.start..above.start + wanted;
        let message =
            format!("`{key}` stands beside `{empty}`, which is empty, and the line below is indented deeper");
        let shown = above.start + wanted..above.start + wanted + key.len();
        if keys::are_of_one_mapping(key, empty)
            && keys::values(key).next().is_some()
            && !keys::can_stand_under(empty, key)
        {
            return Guess::new(shown, message, format!("write it above `{empty}:`"));
        }
        return Guess::new(shown, message, format!("indent it by {indent} blanks"))?
            .instead(place, " ".repeat(indent));
    }
    if let Some(guess) = value_behind_block_key(view, above, line) {
        return Some(guess);
    }
    // Of the two lines below a key it is the first that slipped, if the second begins where a block does.
    let parent = parent.filter(|parent| parent.key().is_some() && parent.value().is_none());
    if parent.is_some_and(|parent| parent.body() < wanted && parent.body() + 2 == indent) && !above.is_item()
    {
        let place = above.start + wanted..above.start + wanted + key.len();
        let message = format!("this line is indented by {wanted}, and the keys beside it by {indent}");
        return Guess::new(place, message, by_blanks(indent))?
            .instead(above.start..above.start + wanted, " ".repeat(indent));
    }
    let wanted = columns::wanted(&Open::at(view, line), &line).unwrap_or(wanted);
    let place = line.start..line.start + line.indent();
    let message = format!("this line is indented deeper than `{key}` above it, which has a value");
    Guess::new(place.clone(), message, by_blanks(wanted))?.instead(place, " ".repeat(wanted))
}

/// A key that has a value in the line `above`, and a block that begins with `line` as well.
pub(super) fn value_behind_block_key(view: &View<'_>, above: Line<'_>, line: Line<'_>) -> Option<Guess> {
    let ((key, _), (range, value)) = (above.key()?, above.value()?);
    let value = value.split(" #").next().unwrap_or(value).trim_end();
    let is_item = line.text[line.indent()..].starts_with("- ");
    let is_below = line.indent() > above.body() || is_item && line.indent() == above.body();
    let can_be_value = !value.contains(' ') || keys::holds_block(key);
    let is_word = !value.is_empty() && can_be_value && !value.starts_with(['|', '>']);
    if !is_below || !is_word || !is_item && line.key().is_none() {
        return None;
    }
    if value.starts_with("//") {
        let place = range.start..range.start + 2;
        return Guess::new(place.clone(), "this is no comment of YAML", "begin a comment with `#`")?
            .instead(place, "#");
    }
    let is_nothing = ["null", "~", "none", "off", "no", "false", "{}", "[]", "\"\"", "''"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word));
    let place = range.start..range.start + value.len();
    let colon = above.start + above.body() + key.len() + 1;
    let message = format!("`{key}` has a value, and a block below it as well");
    let remove = format!("remove what stands behind `{key}:`");
    let opens_block = |other: &str| {
        other
            .trim_start()
            .trim_start_matches("- ")
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_end() == ":")
    };
    if is_item || is_nothing || keys::holds_block(key) || view.text.lines().any(opens_block) {
        return Guess::new(place.clone(), message, remove)?.instead(colon..place.end, "");
    }
    // One line may have slipped to the right; with a second one beside it, it is as likely a block.
    let below = Line::at(view.text, (line.end() + 1).min(view.text.len()));
    let is_beside = below.indent() == line.indent() && below.body() == line.body() && below.key().is_some();
    if line.indent() < above.body() + 2 || !is_beside || line.value().is_none() {
        return None;
    }
    let (first, _) = line.key()?;
    let help = format!("{remove} if `{first}` belongs to it; if not, {}", by_blanks(above.body()));
    Guess::new(place, message, help)
}

/// A line that should begin a block with its key and has none, so that the next key seems to be a part of it.
fn first_key(view: &View<'_>) -> Option<Guess> {
    let column = view.line.body();
    let (mut first, mut parent) = (None, None);
    for above in view.line.all_above(view.text).filter(Line::says_something) {
        if above.key().is_some() || above.body() != column {
            parent = Some(above);
            break;
        }
        first = Some(above);
        if above.indent() < column {
            break;
        }
    }
    let Some(first) = first else {
        return view.above.filter(|above| above.key().is_none()).and_then(|above| other_mark(&above));
    };
    if let Some(guess) = other_mark(&first).or_else(|| comment_as_in_c(&first)) {
        return Some(guess);
    }
    // Below a key that has a value it is a part of that.
    let begins_block = first.indent() < column
        || parent.is_none_or(|parent| {
            parent.body() < column && parent.key().is_some() && parent.value().is_none()
        });
    if !begins_block {
        return None;
    }
    let body = first.text[column..].trim_end();
    let word = body.split(' ').next().unwrap_or(body);
    let is_key = word.starts_with(|ch: char| ch.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_key {
        return no_colon(&first, word);
    }
    let place = first.start + column..first.start + column + body.len();
    Guess::new(place, "this line has no key, and the one below it has", "write its key before it, with `: `")
}

/// A dash of another kind, or a bullet, where an item begins.
fn bullet(line: &Line<'_>) -> Option<Guess> {
    let start = line.start + line.indent();
    let body = &line.text[line.indent()..];
    let bullet = ["–", "—", "−", "•", "·", "－"].into_iter().find(|bullet| body.starts_with(bullet))?;
    let rest = &body[bullet.len()..];
    let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
    let place = start..start + bullet.len();
    let dash = if blanks == 0 { "- " } else { "-" };
    let message = format!("`{bullet}` begins no item of a list");
    Guess::new(place.clone(), message, format!("write `{dash}`"))?.instead(place, dash)
}

/// An item whose `-` has no blank behind it, so that it is a part of the key.
fn dash_without_blank(line: &Line<'_>) -> Option<Guess> {
    let start = line.start + line.indent();
    let rest = line.text[line.indent()..].strip_prefix('-')?;
    if !rest.starts_with(|ch: char| ch.is_alphanumeric() || matches!(ch, '"' | '\'' | '{' | '[')) {
        return None;
    }
    let place = start..start + 1;
    Guess::new(place.clone(), "a blank is missing behind this `-`", "write `- `")?.instead(place, "- ")
}

/// A line of blanks that YAML does not know as such.
fn no_text(line: &Line<'_>) -> Option<Guess> {
    let blank = line.text.chars().find(|ch| *ch != ' ' && *ch != '\r')?;
    if !line.text.chars().all(is_blank) {
        return None;
    }
    let place = line.start..line.end();
    let message = format!("the character U+{:04X} stands in this line, which looks empty", u32::from(blank));
    Guess::new(place.clone(), message, "remove it")?.instead(place, "")
}

/// A line that is quoted with its key.
fn in_quotes_as_a_whole(line: &Line<'_>) -> Option<Guess> {
    let body = line.text[line.body()..].trim_end();
    let quote = body.chars().next().filter(|ch| matches!(ch, '"' | '\''))?;
    let inner = body[1..].strip_suffix(quote).filter(|inner| !inner.contains(['"', '\'']))?;
    let place = line.start + line.body()..line.start + line.body() + body.len();
    if !inner.contains(": ") && !inner.ends_with(':') {
        return None;
    }
    let message = "the quotes hold a whole line, and its key with it";
    Guess::new(place.clone(), message, "take the quotes away")?.instead(place, inner)
}

/// A word in a list of words that has no `- ` before it.
fn no_dash(view: &View<'_>) -> Option<Guess> {
    let line = view.line;
    let start = line.start + line.indent();
    let body = line.text[line.indent()..].trim_end();
    view.above.filter(|above| above.is_item() && above.indent() == line.indent() && above.key().is_none())?;
    let word = body.trim_start_matches(|ch: char| matches!(ch, '-' | '*' | '+') || is_blank(ch));
    let lead = start..start + body.len() - word.len();
    let place = start..start + body.len();
    if word.is_empty() || word.ends_with(':') {
        return None;
    }
    let word = word.split(' ').next().unwrap_or(word);
    let word = crate::characters::visible(word, 40);
    let message = format!("`{word}` does not begin with `- `, as the items above it do");
    Guess::new(place, message, "write `- ` before it")?.instead(lead, "- ")
}

/// A `-` with nothing behind it where no list is.
fn lone_dash(view: &View<'_>) -> Option<Guess> {
    let line = view.line;
    let body = line.text.trim_end();
    let goes_on = view.below.is_some_and(|below| below.says_something() && below.indent() > line.indent());
    if body.trim_start() != "-" || goes_on {
        return None;
    }
    let place = line.start + line.indent()..line.start + body.len();
    let message = "this `-` begins no item of a list, and nothing stands behind it";
    let end = (line.end() + 1).min(view.text.len());
    Guess::new(place, message, "remove it")?.instead(line.start..end, "")
}

/// How far a line has to be indented.
pub(in super::super) fn by_blanks(wanted: usize) -> String {
    match wanted {
        0 => "begin it at the margin, without a blank".to_owned(),
        1 => "indent it by 1 blank".to_owned(),
        wanted => format!("indent it by {wanted} blanks"),
    }
}

/// What people write behind a key for a `:`.
const OTHER_MARKS: [&str; 8] = ["：", "﹕", "∶", "；", "＝", ";", "=>", "="];

/// A key with another mark behind it, or with a `:` and no blank.
fn other_mark(line: &Line<'_>) -> Option<Guess> {
    if let Some((word, mut colon)) = line.word_before(":") {
        if let Some(guess) = joined::mark_at_the_end(line, colon.end..line.end()) {
            return Some(guess);
        }
        // A blank that YAML does not know goes with it.
        let rest = &line.text[colon.end - line.start..];
        colon.end += rest.len() - rest.trim_start_matches(is_blank).len();
        let message = format!("a blank is missing behind the `:` of `{word}`");
        return Guess::new(colon.clone(), message, format!("write `{word}: `"))?.instead(colon, ": ");
    }
    let body = &line.text[line.body()..];
    let is_word = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '_' | '-');
    let rest = body.trim_start_matches(is_word);
    if rest.len() == body.len() {
        return None;
    }
    let from = rest.trim_start_matches(is_blank);
    let mark = OTHER_MARKS.into_iter().find(|mark| from.starts_with(mark))?;
    let value = from[mark.len()..].trim_start_matches(is_blank);
    let place = line.end() - rest.len()..line.end() - value.len();
    let colon = if value.is_empty() { ":" } else { ": " };
    let message = format!("`{mark}` stands where `{colon}` should");
    Guess::new(place.clone(), message, format!("write `{colon}`"))?.instead(place, colon)
}

/// A line that is a comment elsewhere.
pub(super) fn comment_as_in_c(line: &Line<'_>) -> Option<Guess> {
    let body = line.text[line.body()..].trim_end();
    if !body.starts_with("//") && !body.starts_with("/*") {
        return None;
    }
    let place = line.start + line.body()..line.start + line.body() + body.len();
    Guess::new(place, "this is no comment of YAML", "begin each line of a comment with `#`")
}

/// A line that begins with a key behind which nothing stands.
fn no_colon(line: &Line<'_>, word: &str) -> Option<Guess> {
    let start = line.start + line.body();
    let at = start + word.len();
    let end = start + line.text[line.body()..].trim_end().len();
    let shown = crate::characters::visible(word, 40);
    let message = format!("there is no `:` behind `{shown}`");
    Guess::new(start..end, message, format!("write `{shown}: `"))?.instead(at..at, ":")
}

/// A line that should have a key and has none.
pub(super) fn no_key(view: &View<'_>) -> Option<Guess> {
    let line = view.line;
    if !view.says("simple key expected") || view.at < line.start {
        return None;
    }
    if let Some(guess) = bullet(&line).or_else(|| other_mark(&line)).or_else(|| comment_as_in_c(&line)) {
        return Some(guess);
    }
    if let Some(guess) = no_text(&line).or_else(|| in_quotes_as_a_whole(&line)).or_else(|| no_dash(view)) {
        return Some(guess);
    }
    let body = line.text[line.body()..].trim_end();
    let place = line.start + line.body()..line.start + line.body() + body.len();
    // A sentence belongs to the text above it, wherever it begins.
    let is_beside =
        |above: &Line<'_>| above.body() == line.body() || above.indent() == line.indent() || is_prose(body);
    if let Some(above) = view.above.filter(is_beside)
        && let Some((key, _)) = above.key()
    {
        match above.value() {
            Some((_, text)) if text.starts_with(['|', '>']) => {
                let message = format!("the text of `{key}` is not indented deeper than `{key}`");
                let help = format!("indent each of its lines by {} blanks", above.body() + 2);
                return Guess::new(place, message, help);
            }
            None => {
                let message = format!("the value of `{key}` is not indented deeper than `{key}`");
                return Guess::new(place, message, format!("write it behind `{key}:`"));
            }
            Some(_) if is_prose(body) => {
                let help = format!(
                    "if it belongs to the text of `{key}`, put it on that line; if not, give it a key"
                );
                return Guess::new(place, "this line has no key", help);
            }
            Some(_) => {}
        }
    }
    if body.starts_with(['[', '{', '"', '\'']) {
        return Guess::new(place, "this line has no key", "write its key before it, with `: `");
    }
    no_colon(&line, body.split(' ').next().unwrap_or(body))
}

/// Whether a line reads like a part of a sentence and not like a key without its `:`.
fn is_prose(line: &str) -> bool {
    let words = line.split(' ').count();
    words > 2 || words > 1 && crate::characters::ends_sentence(line)
}

/// A line that is indented like none above it, or begins like no line at its place.
pub(super) fn indentation(view: &View<'_>) -> Option<Guess> {
    if !view.says("did not find expected key") && !view.says("did not find expected '-' indicator") {
        return None;
    }
    let line = view.line;
    if let Some((range, text)) = line.value().filter(|(range, _)| range.contains(&view.at))
        && let Some(first) = text.chars().next().filter(|ch| matches!(ch, '{' | '[' | '"' | '\''))
    {
        if let Some(guess) = joined::mark_at_the_end(&line, view.at..line.end()) {
            return Some(guess);
        }
        let message = format!("the text begins with `{first}`, and goes on behind what that holds");
        return in_quotes(view, &line, range.start..range.start + 1, message);
    }
    if let Some(guess) = view.above.and_then(|above| in_quotes_as_a_whole(&above)) {
        return Some(guess);
    }
    if let Some(guess) = bullet(&line) {
        return Some(guess);
    }
    let lead = line.indent();
    let place = line.start..line.start + lead;
    let body = &line.text[lead..];
    if let Some(guess) = lone_dash(view) {
        return Some(guess);
    }
    if let Some(guess) = dash_without_blank(&line) {
        return Some(guess);
    }
    let open = Open::at(view, line);
    let is_item = body.starts_with("- ");
    // A text of several lines whose first line is indented deeper than another.
    let header = line.all_above(view.text).filter(Line::says_something).find(|above| above.body() < lead);
    if let Some((header, (key, _))) = header.and_then(|header| Some((header, header.key()?)))
        && header.value().is_some_and(|(_, text)| text.starts_with(['|', '>']))
    {
        let place = line.start + lead..line.start + line.text.trim_end().len();
        let message = format!("this line of the text of `{key}` is indented less than the first one");
        return Guess::new(place, message, "indent all lines of the text alike");
    }
    // Another key than the one that begins an item of this list belongs to the item above, and a locale to the text.
    if is_item
        && let Some(among) = open.first().filter(|open| open.column == lead && !open.is_list)
        && let Some((key, _)) = line.key()
    {
        let item = line.all_above(view.text).find(|above| above.indent() < lead && above.is_item());
        let first = item.and_then(|item| Some((item.body(), item.key()?.0)));
        let is_other = first.is_none_or(|(_, first)| first != key);
        let has_keys = view.below.is_some_and(|below| below.indent() == line.body() && below.key().is_some());
        if is_other && (first.is_some_and(|(body, _)| body == lead) || !has_keys && among.fits(&line)) {
            let place = line.start + lead..line.start + line.body();
            let message = format!("`{key}` begins an item of a list among the keys of another");
            return Guess::new(place.clone(), message, "take the `- ` away")?.instead(place, "");
        }
    }
    if let Some(guess) = view.above.and_then(|above| value_behind_block_key(view, above, line)) {
        return Some(guess);
    }
    let Some(wanted) = columns::wanted(&open, &line).filter(|wanted| *wanted != lead) else {
        let place = line.start + lead..line.start + lead + 1;
        let message = "an item of a list stands among keys";
        let help = "begin either all of them with `- `, or none";
        return if is_item { Guess::new(place, message, help) } else { None };
    };
    // The keys of an item that stand where they were say better where it stood than a list around.
    let keys =
        view.below.filter(|below| is_item && below.indent() > line.body().max(wanted) && !below.is_item());
    let wanted = keys.map_or(wanted, |keys| keys.indent() - (line.body() - lead));
    let at = line.start + line.body();
    let shown = at..at + line.text[line.body()..].split([':', ' ']).next().map_or(0, str::len);
    let shown = if is_item { line.start + lead..line.start + lead + 1 } else { shown };
    let what = match (keys, is_item) {
        (Some(_), _) => "keys of this item",
        (None, true) => "items of the list",
        (None, false) => "keys beside it",
    };
    let by = keys.map_or(wanted, |keys| keys.indent());
    let message = format!("this line is indented by {lead}, and the {what} by {by}");
    Guess::new(shown, message, by_blanks(wanted))?.instead(place, " ".repeat(wanted))
}
