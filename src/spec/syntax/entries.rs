//! Slips of whole entries, of the line above the first one, and of lines that end one at the margin.
//!
//! A line at the margin ends all that was open, and is often right for YAML by itself; so the parser notices nothing until
//! the next line below it that is indented. In: the place of that. Out: a guess that names the line that slipped.
//! Deliberately elsewhere: single lines that are indented wrongly where the parser gave up (`lines`).

use super::lines::{by_blanks, comment_as_in_c};
use super::view::{Line, View};
use super::{Guess, keys};

/// How many lines an entry may have that is moved as a whole.
const LONGEST_ENTRY: usize = 60;
/// How many lines a block may have that moved to the margin with its key.
const MOST_MOVED: usize = 20;
/// How far the items of a list at the top of a file are indented, as people write it.
const STEP: usize = 2;

/// A key of an entry at the margin, or a line there that is a comment elsewhere.
pub(super) fn at_the_margin(view: &View<'_>) -> Option<Guess> {
    let is_end = view.says("did not find expected <document start>");
    if !is_end && !view.says("did not find expected") && !view.says("mapping values are not allowed") {
        return None;
    }
    let lead = view.line.indent();
    let mut lines = view.line.all_above(view.text).filter(Line::says_something);
    let margin = if is_end { view.line } else { lines.find(|above| above.indent() < lead)? };
    // With a block below it, it is noticed where that ends.
    let margin =
        if margin.indent() == 0 || is_end { margin } else { lines.find(|above| above.indent() == 0)? };
    if margin.indent() > 0 {
        return None;
    }
    if let Some(guess) = comment_as_in_c(&margin) {
        return Some(guess);
    }
    let (key, _) = margin.key().filter(|_| !margin.is_item())?;
    if keys::begins_part(key, margin.value().is_some()) || keys::is_misspelt_part(key) || view.says("flow") {
        return None;
    }
    let above = margin.all_above(view.text).find(Line::says_something)?;
    let is_known = |line: &Line<'_>| line.key().is_some_and(|(key, _)| keys::values(key).next().is_some());
    let below: Vec<_> = margin
        .all_below(view.text)
        .take(2 * MOST_MOVED)
        .take_while(|below| {
            (is_end || below.start < view.line.start) && (below.indent() > 0 || !below.says_something())
        })
        .filter(Line::says_something)
        .collect();
    // A block that moved along with its key is one of texts, or of keys that can stand there.
    let moved_along =
        !is_end && margin.value().is_none() && below.first().is_some_and(|child| child.indent() <= 2);
    if moved_along && (!is_known(&margin) || below.len() > MOST_MOVED) {
        return None;
    }
    let mut items = margin
        .all_above(view.text)
        .filter(Line::says_something)
        .take_while(|above| above.indent() > 0)
        .filter(Line::is_item);
    let nearest = items.next();
    let child = below.first().filter(|_| margin.value().is_none());
    let wanted = match child {
        Some(child) if child.indent() > 2 => child.indent() - 2,
        _ if !is_known(&margin) && !is_known(&above) => above.body(),
        _ if above.key().is_some() && above.value().is_none() => above.body() + 2,
        _ if !is_end && !view.line.is_item() => lead,
        _ => {
            // A key in the last line of an item is that of the outermost, more often than not.
            let outermost = if is_end { 2 } else { lead };
            let item = nearest.into_iter().chain(items).find(|item| item.indent() == outermost);
            item.or(nearest).map_or(above.body(), |item| item.body())
        }
    };
    if let Some(last) = below.last().filter(|_| moved_along) {
        let place = margin.start..margin.start + key.len();
        let message = format!(
            "`{key}` and what stands below it begin at the margin, and what it belongs to is indented"
        );
        return Guess::new(place, message, by_more(below.len() + 1, wanted, "more"))?
            .instead(margin.start..last.end(), shifted(&view.text[margin.start..last.end()], 0, wanted));
    }
    let message = format!("`{key}` begins at the margin, and what it belongs to is indented");
    Guess::new(margin.start..margin.start + key.len(), message, by_blanks(wanted))?
        .instead(margin.start..margin.start, " ".repeat(wanted))
}

/// The first item of a list that lost the line it begins with, or the `- ` of it.
pub(super) fn first_item(view: &View<'_>) -> Option<Guess> {
    let line = view.line;
    if !view.says("did not find expected") || !line.is_item() {
        return None;
    }
    let (first, _) = line.key()?;
    let mut above = line.all_above(view.text).filter(Line::says_something);
    let parent = above.find(|above| above.indent() < line.indent())?;
    let (list, _) = parent.key().filter(|_| parent.value().is_none())?;
    let child = parent.all_below(view.text).find(Line::says_something)?;
    if child.is_item() || child.indent() < line.indent() || !keys::is_list_of_mappings(list) {
        return None;
    }
    // Keys that are names are those of a mapping.
    let (key, _) = child.key().filter(|(key, _)| keys::values(key).next().is_some())?;
    let lead = child.start..child.start + child.indent();
    let place = lead.end..lead.end + key.len();
    if key == first {
        let message = format!("the first item of `{list}` does not begin with `- `");
        return Guess::new(place, message, format!("write `- ` before `{key}`"))?
            .instead(lead, format!("{}- ", " ".repeat(line.indent())));
    }
    let help = format!("write `- {first}: ` and its value on a line above this one");
    Guess::new(place, format!("a `- {first}:` is missing here"), help)
}

/// A file that begins with an item, and has a key at the margin further down, which ends the list: that lacks the line with its
/// own key, or that line begins with `- `.
pub(super) fn list_at_the_top(view: &View<'_>) -> Option<Guess> {
    let line = view.line;
    let is_key = line.indent() == 0 && !line.is_item() && view.says("did not find expected");
    let (key, _) = line.key().filter(|_| is_key)?;
    let top = Line::at(view.text, 0);
    let first = std::iter::once(top).chain(top.all_below(view.text)).find(Line::says_something)?;
    let (head, _) = first.key().filter(|_| first.is_item())?;
    let dash = first.start + first.indent();
    let begins_part = |key, line: &Line<'_>| keys::begins_part(key, line.value().is_some());
    if first.indent() == 0 && begins_part(head, &first) && begins_part(key, &line) {
        let message = format!("`{head}` begins an item of a list, and the keys beside it do not");
        return Guess::new(dash..dash + 1, message, "take the `- ` away")?
            .instead(dash..first.start + first.body(), "");
    }
    let list = keys::list_beside(key, &keys_of(view, first))?;
    let message = format!("the line `{list}:` is missing above this list");
    Guess::new(dash..dash + 1, message, format!("write `{list}:` on a line above it"))?
        .instead(first.start..first.start, format!("{list}:\n"))
}

/// An item that begins with the key of the items above it, and is indented otherwise.
pub(super) fn other_column(view: &View<'_>) -> Option<Guess> {
    let is_end = view.says("did not find expected <document start>");
    let line = view.line;
    let (key, _) = line.key().filter(|_| line.is_item() && (is_end || view.says("did not find expected")))?;
    let own = keys_of(view, line);
    // Conditions and their former names both begin with `name`: the other keys tell them apart.
    let is_alike = |other: &Line<'_>| {
        other.is_item()
            && other.key().is_some_and(|(name, _)| name == key)
            && keys::have_one_mapping(&[own.clone(), keys_of(view, *other)].concat())
    };
    let parent =
        line.all_above(view.text).filter(Line::says_something).find(|above| above.indent() < line.indent());
    let is_nested = parent.is_some_and(|parent| {
        parent.indent() > 0 && parent.key().is_some_and(|(name, _)| keys::holds_items_with(name, &own))
    });
    // Another key than the one that begins the item above may be one of that item's.
    let mut items = line.all_above(view.text).filter(Line::is_item);
    let is_among_keys = items
        .find(|item| item.indent() < line.indent())
        .is_some_and(|item| item.body() == line.indent() && item.key().is_some_and(|(name, _)| name != key));
    if is_nested || is_among_keys {
        return None;
    }
    let ends = |other: &Line<'_>| other.indent() == 0 && !other.is_item();
    let above = line.all_above(view.text).filter(Line::says_something);
    let other = above.take_while(|other| !ends(other)).find(is_alike)?;
    if other.indent() == line.indent() {
        return None;
    }
    // A list is indented below its key. If its first item is not, or is deeper than people write it, and a second one is
    // right, it is the first that slipped; unless a third one stands where the first does.
    let opens = other.all_above(view.text).find(Line::says_something).is_none_or(|above| ends(&above));
    let is_odd = || {
        let mut below = line.all_below(view.text).take_while(|below| !ends(below));
        line.indent() == STEP && !below.any(|below| below.indent() == other.indent() && is_alike(&below))
    };
    if opens && (other.indent() == 0 || is_odd()) {
        moved(view, other, line.indent())
    } else {
        moved(view, line, other.indent())
    }
}

/// The keys of an item: that of its first line, and those in the column in which the lines below it begin.
fn keys_of<'a>(view: &View<'a>, item: Line<'a>) -> Vec<&'a str> {
    let mut below = item.all_below(view.text).filter(Line::says_something).take(LONGEST_ENTRY).peekable();
    let column = below.peek().filter(|first| !first.is_item()).map_or(0, Line::indent);
    let others = below
        .take_while(|line| column > 0 && line.indent() >= column)
        .filter(|line| line.indent() == column && !line.is_item());
    std::iter::once(item).chain(others).filter_map(|line| line.key()).map(|(key, _)| key).collect()
}

/// That an item is indented otherwise than the others, with all lines of it that are indented along.
fn moved(view: &View<'_>, item: Line<'_>, wanted: usize) -> Option<Guess> {
    let lead = item.indent();
    let message = format!("this line is indented by {lead}, and the items of the list by {wanted}");
    let mark = item.start + lead..item.start + lead + 1;
    let first = |(key, _)| key;
    let head = item.key().map(first);
    let rest: Vec<_> = item
        .all_below(view.text)
        .take_while(|line| line.indent() > lead || line.text.trim().is_empty())
        .take_while(|line| !(line.is_item() && line.indent() == wanted && line.key().map(first) == head))
        .take(LONGEST_ENTRY)
        .collect();
    let last = rest.iter().rposition(Line::says_something).map_or(0, |last| last + 1);
    let moves_along = rest.first().is_some_and(|first| first.indent() == item.body());
    if last == 0 || !moves_along {
        return Guess::new(mark, message, by_blanks(wanted))?
            .instead(item.start..item.start + lead, " ".repeat(wanted));
    }
    let way = if wanted > lead { "more" } else { "less" };
    let help = by_more(last + 1, wanted.abs_diff(lead), way);
    let guess = Guess::new(mark, message, help)?;
    if rest.len() == LONGEST_ENTRY {
        return Some(guess);
    }
    let block = item.start..rest[last - 1].end();
    guess.instead(block.clone(), shifted(&view.text[block], lead, wanted))
}

/// The keys of an item that all begin in the column of its `-`, but for the first.
pub(super) fn keys_at_the_dash(view: &View<'_>) -> Option<Guess> {
    let line = view.line;
    let item = view.above.filter(|above| above.is_item() && above.indent() == line.indent())?;
    let (lead, wanted) = (line.indent(), item.body());
    let is_key = |line: &Line<'_>| {
        !line.is_item() && line.key().is_some_and(|(key, _)| keys::values(key).next().is_some())
    };
    if !view.says("did not find expected") || !is_key(&line) {
        return None;
    }
    let rest: Vec<_> = line
        .all_below(view.text)
        .take_while(|line| {
            !line.says_something() || line.indent() > lead || line.indent() == lead && is_key(line)
        })
        .take(LONGEST_ENTRY)
        .collect();
    let last = rest.iter().rposition(Line::says_something)?;
    if rest.len() == LONGEST_ENTRY || !rest.iter().any(|line| line.indent() == lead && is_key(line)) {
        return None;
    }
    let ((first, _), (key, _)) = (item.key()?, line.key()?);
    let place = line.start + lead..line.start + lead + key.len();
    let message = format!("the keys of this item begin below its `-`, and not below `{first}`");
    let block = line.start..rest[last].end();
    Guess::new(place, message, by_more(last + 2, wanted - lead, "more"))?
        .instead(block.clone(), shifted(&view.text[block], lead, wanted))
}

/// That some lines have to be indented more or less.
fn by_more(lines: usize, by: usize, way: &str) -> String {
    let blanks = if by == 1 { "1 blank".to_owned() } else { format!("{by} blanks") };
    format!("indent it and the lines that belong to it, {lines} in all, by {blanks} {way}")
}

/// The lines of a block of which the first is indented by `lead` and should be by `wanted`.
fn shifted(block: &str, lead: usize, wanted: usize) -> String {
    let shifted = |line: &str| {
        let bare = line.trim_start_matches(' ');
        let blanks =
            if bare.trim().is_empty() { 0 } else { (line.len() - bare.len() + wanted).saturating_sub(lead) };
        format!("{}{bare}", " ".repeat(blanks))
    };
    block.split('\n').map(shifted).collect::<Vec<_>>().join("\n")
}
