//! Which elements of a page are open.
//!
//! In: tags, in the order of the page. Out: how many of the open elements end where another one starts, and which one an end
//! tag means. Many ends may be left out (HTML, 13.1.2.4): a row ends where the next one starts, a paragraph where a list
//! does. An element that went on instead would take what an `ignore` names, and the rows behind it, with it.
//!
//! Guaranteed: an end tag in a cell ends nothing around the cell, and finding out takes no longer the more elements are open.
//!
//! Deliberately elsewhere: what an element does while it is open, and when it ends (`html`).

use super::cell::{Mark, Seam, is_break};
use std::collections::BTreeMap;
use std::ops::Range;

/// An element that has not ended.
pub(super) struct Element {
    pub(super) tag: String,
    /// Its first tag.
    pub(super) range: Range<usize>,
    /// Whether it may be no element, but a text.
    pub(super) doubt: Option<ElementDoubt>,
    pub(super) seam: Seam,
    /// What it does to the texts in it.
    pub(super) mark: Option<Mark>,
    /// Which of the elements that are asked for it is, by their index.
    pub(super) wanted: Vec<usize>,
}

/// Why a tag may be no element, but a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementDoubt {
    /// HTML does not have it.
    Unknown,
    /// It is a word as well.
    Word,
}

/// The elements that have not ended, the outermost first.
#[derive(Default)]
pub(super) struct Open {
    elements: Vec<Element>,
    /// How many elements stand around each that is open, by its tag.
    depths: BTreeMap<String, Vec<usize>>,
}

/// What no end tag of another element gets out of.
const CELLS: [&str; 4] = ["table", "caption", "td", "th"];
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
/// What ends where another cell starts, another row and another section.
const CELL_LIKE: [&str; 4] = ["caption", "colgroup", "td", "th"];
const ROW: [&str; 1] = ["tr"];
const SECTIONS: [&str; 3] = ["thead", "tbody", "tfoot"];

impl Open {
    pub(super) fn push(&mut self, element: Element) {
        let depth = self.elements.len();
        match self.depths.get_mut(&element.tag) {
            Some(depths) => depths.push(depth),
            None => drop(self.depths.insert(element.tag.clone(), vec![depth])),
        }
        self.elements.push(element);
    }

    pub(super) fn pop(&mut self) -> Option<Element> {
        let element = self.elements.pop()?;
        if let Some(depths) = self.depths.get_mut(&element.tag) {
            depths.pop();
        }
        Some(element)
    }

    /// Whether one of this tag is open, however far out.
    pub(super) fn has(&self, tag: &str) -> bool {
        self.innermost(&[tag]).is_some()
    }

    /// How many elements are open.
    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }

    /// How many elements stay open where one of this tag starts.
    pub(super) fn left_by_start(&self, tag: &str) -> usize {
        let ended = match tag {
            "td" | "th" => self.in_table(&[&CELL_LIKE]),
            "tr" => self.in_table(&[&CELL_LIKE, &ROW]),
            "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => {
                self.in_table(&[&CELL_LIKE, &ROW, &SECTIONS])
            }
            "li" => self.within(&["li"], &["ol", "ul", "menu"]),
            "dd" | "dt" => self.within(&["dd", "dt"], &["dl"]),
            "a" | "button" | "nobr" | "option" => self.within(&[tag], &[]),
            _ if HEADINGS.contains(&tag) => {
                let left = self.within(&["p"], &["button", "object"]).unwrap_or(self.len());
                self.within(&HEADINGS, &[]).filter(|depth| depth + 1 == left).or(Some(left))
            }
            _ => None,
        };
        let paragraph = || self.within(&["p"], &["button", "object"]).filter(|_| ends_paragraph(tag));
        ended.or_else(paragraph).unwrap_or(self.len())
    }

    /// How many elements stay open where one of this tag ends; `None` if it ends none.
    pub(super) fn left_by_end(&self, tag: &str) -> Option<usize> {
        match tag {
            "table" => self.innermost(&["table"]),
            "caption" | "colgroup" | "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" => {
                self.in_table(&[&[tag]])
            }
            _ if HEADINGS.contains(&tag) => self.within(&HEADINGS, &[]),
            _ => self.within(&[tag], &[]),
        }
    }

    /// How many elements stand around the innermost one of these tags.
    fn innermost(&self, tags: &[&str]) -> Option<usize> {
        tags.iter().filter_map(|tag| self.depths.get(*tag)?.last()).max().copied()
    }

    /// The innermost element of these tags, if none of `around` stands in it, and no cell or table.
    fn within(&self, tags: &[&str], around: &[&str]) -> Option<usize> {
        let edge = self.innermost(around).max(self.innermost(&CELLS));
        self.innermost(tags).filter(|depth| Some(*depth) > edge)
    }

    /// The outermost of the parts with these tags that the innermost table has open.
    fn in_table(&self, parts: &[&[&str]]) -> Option<usize> {
        let table = self.innermost(&["table"])?;
        let tags = parts.iter().copied().flatten();
        tags.filter_map(|tag| self.innermost(&[tag])).filter(|depth| *depth > table).min()
    }
}

/// Whether a tag is one of a table or its parts, which ends all that stands in a cell.
pub(super) fn is_of_table(tag: &str) -> bool {
    tag == "table" || CELL_LIKE.contains(&tag) || ROW.contains(&tag) || SECTIONS.contains(&tag)
}

/// Whether the end of an element may be left out (HTML, 13.1.2.4).
pub(super) fn may_lack_end(tag: &str) -> bool {
    is_of_table(tag) && tag != "table"
        || matches!(
            tag,
            "body" | "dd" | "dt" | "head" | "html" | "li" | "optgroup" | "option" | "p" | "rp" | "rt"
        )
}

/// Whether a paragraph ends where an element of this tag starts (HTML, 13.2.6.4.7).
fn ends_paragraph(tag: &str) -> bool {
    tag == "table" || is_break(tag) && tag != "legend"
}
