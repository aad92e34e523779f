//! In which column a line belongs, and first lines that stand in another one.
//!
//! The first line of a block says where the others begin, so that the parser finds fault with the second one when it is the
//! first that slipped. In: the place where the parser gave up. Out: a guess that names the line which most likely slipped:
//! a block is indented by two blanks as a rule, and keys that can stand in one mapping stand in one column.

use super::lines::by_blanks;
use super::view::{Line, View};
use super::{Guess, keys};

/// How much deeper than its key a block begins, as people write it.
const STEP: usize = 2;

/// How many lines above an item are searched for one like it.
const LINES_ABOVE: usize = 500;

/// A collection that is open at a place.
pub(super) struct Open<'a> {
    /// How far it is indented.
    pub(super) column: usize,
    /// Whether it is a list.
    pub(super) is_list: bool,
    /// The nearest line above that belongs to it.
    nearest: Line<'a>,
}

impl<'a> Open<'a> {
    /// The collections that are open at a line, the innermost first.
    pub(super) fn at(view: &View<'a>, line: Line<'a>) -> Vec<Self> {
        let mut open: Vec<Self> = Vec::new();
        for nearest in line.all_above(view.text).filter(Line::says_something) {
            let outermost = open.last().map_or(usize::MAX, |open| open.column);
            if nearest.body() < outermost {
                open.push(Self { column: nearest.body(), is_list: false, nearest });
            }
            if nearest.is_item() && nearest.indent() < outermost {
                open.push(Self { column: nearest.indent(), is_list: true, nearest });
            }
            if nearest.indent() == 0 {
                break;
            }
        }
        open
    }

    /// Whether a line can be a part of it, by its key.
    pub(super) fn fits(&self, line: &Line<'_>) -> bool {
        let keys = line.key().zip(self.nearest.key());
        keys.is_some_and(|((key, _), (nearest, _))| keys::are_of_one_mapping(key, nearest))
    }
}

/// The column in which a line most likely belongs: of those with a mapping that can have its key the nearest one, or else of
/// all.
pub(super) fn wanted(open: &[Open<'_>], line: &Line<'_>) -> Option<usize> {
    let lead = line.indent();
    let alike = open.iter().filter(|open| open.is_list == line.is_item());
    let nearness = |open: &&Open<'_>| (!open.fits(line), open.column.abs_diff(lead));
    alike.min_by_key(nearness).map(|open| open.column)
}

/// The first line of a block, or of an item, that begins further to the right than the lines beside it.
pub(super) fn first_line(view: &View<'_>) -> Option<Guess> {
    let line = view.line;
    if !view.says("did not find expected") || line.is_item() || line.key().is_none() {
        return None;
    }
    let lead = line.indent();
    let (mut first, mut parent, mut columns) = (None, None, Vec::new());
    for above in line.all_above(view.text).filter(Line::says_something) {
        if above.body() <= lead {
            parent = Some(above);
            break;
        }
        first = Some(above);
        if above.is_item() {
            return first_of_item(view, above);
        }
        columns.push(above.body());
    }
    let (first, parent) = (first?, parent?);
    let column = first.body();
    let (key, _) = first.key()?;
    let is_alone = columns.iter().filter(|other| **other <= column).count() == 1;
    let begins_block = parent.body() < lead && parent.key().is_some() && parent.value().is_none();
    let goes_on = view.below.is_some_and(|below| below.indent() == lead && below.key().is_some());
    let is_regular = |column: usize| column == parent.body() + STEP;
    if !is_alone || !begins_block || is_regular(column) || !is_regular(lead) && !goes_on {
        return None;
    }
    let place = first.start + column..first.start + column + key.len();
    let message = format!("this line is indented by {column}, and the keys beside it by {lead}");
    Guess::new(place, message, by_blanks(lead))?.instead(first.start..first.start + column, " ".repeat(lead))
}

/// The line that begins an item whose other keys, as that of the place, stand further to the left than its first one.
fn first_of_item(view: &View<'_>, first: Line<'_>) -> Option<Guess> {
    let (lead, mark, body) = (view.line.indent(), first.indent(), first.body());
    let (key, _) = first.key()?;
    let dash = first.start + mark;
    let behind = dash + STEP..first.start + body;
    if mark + STEP == lead {
        if view.text[behind.clone()].trim().is_empty() {
            let message = "more than one blank stands behind this `-`, so that the keys below it stand in another column";
            return Guess::new(dash..behind.end, message, "write one blank")?.instead(behind, "");
        }
        let second = behind.start..behind.start + 1;
        return Guess::new(second, "a second `-` stands before this key", "remove one of the two")?
            .instead(behind, "");
    }
    if mark + STEP != body {
        return None;
    }
    let above: Vec<_> = first.all_above(view.text).filter(Line::says_something).take(LINES_ABOVE).collect();
    let parent = above.iter().find(|above| above.indent() < mark || above.body() < mark);
    let is_block_of = |list: bool| {
        parent.is_some_and(|parent| {
            parent.value().is_none() && parent.key().is_some_and(|(key, _)| keys::holds_list(key) == list)
        })
    };
    if mark == lead && (is_block_of(false) || above.is_empty()) {
        let place = dash..dash + 1;
        let message = format!("`{key}` begins an item of a list, and the keys beside it do not");
        return Guess::new(place, message, "take the `- ` away")?.instead(dash..dash + STEP, "");
    }
    let wanted = lead.checked_sub(STEP)?;
    let is_alike = |other: &&Line<'_>| other.is_item() && other.key().is_some_and(|(other, _)| other == key);
    let other = above.iter().find(is_alike).copied().or_else(|| {
        let below = first.all_below(view.text).filter(Line::says_something);
        below.take_while(|below| below.indent() > 0).find(|below| is_alike(&below))
    });
    let stands_there = match other {
        Some(other) => other.indent() == wanted,
        None => is_block_of(true) && parent.is_some_and(|parent| parent.body() + STEP == wanted),
    };
    if wanted >= mark || !stands_there {
        return None;
    }
    let message = format!("this item is indented by {mark}, and the keys below it by {lead}");
    Guess::new(dash..dash + 1, message, by_blanks(wanted))?.instead(first.start..dash, " ".repeat(wanted))
}
