//! What a reader sees of a cell.
//!
//! In: the texts, tags and line breaks of one cell, in their order. Out: its text, and where something stands in it that
//! would change a code if it were written next to it. Blanks of HTML are one blank, those at the ends go, and no line is
//! empty unless two `<br>` leave it so; in `<pre>` lines and blanks stay. What is raised or lowered stays so where Unicode
//! has the characters (`10⁶`), and how a word is read stands in parentheses behind it (`<rt>`).
//!
//! Guaranteed: no two texts that a page shows apart become one number. Text that is struck out, hidden or on a button keeps
//! a blank from the rest; of other tags only a code is told, in which a note, a second link or a second `<code>` is no part
//! of it.
//!
//! Deliberately elsewhere: where a cell begins and ends (`html`), which row it stands in (`table`), and whether a code that
//! several elements make up is one (`pieces`).

use super::attribute;
use html5gum::StartTag;
use std::borrow::Cow;
use std::ops::Range;

/// One cell as written.
#[derive(Default)]
pub(super) struct TableCell {
    pub(super) range: Range<usize>,
    text: String,
    /// Whether a blank is due before the next word.
    blank: bool,
    /// What is between the last character and the next one.
    seam: Seam,
    /// Where elements meet and a text has no blank; a code may have one there.
    seams: Vec<(usize, Seam)>,
    raised: Option<Raised>,
    /// How many elements are open whose blanks and line ends are shown as they are written.
    verbatim: usize,
    /// Whether nothing came since the last of them began.
    at_verbatim: bool,
    /// What of its text a reader is not meant to take for the rest.
    pub(super) mark: Option<Mark>,
    /// Whether it is in how the word before is read.
    reading: Reading,
    pub(super) is_head: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// How far a cell is in how a word is read, which stands in parentheses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    #[default]
    None,
    /// It has begun, and nothing came: it may be empty, or have a parenthesis of its own.
    Begun,
    /// The parenthesis is to be closed.
    Open,
}

/// What a tag is between the texts before and after it, from nothing to a blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seam {
    /// No tag is there.
    #[default]
    None,
    /// They are one word.
    Joined,
    /// They are one word, but not if it is a code.
    Code,
    /// They are two words.
    Words,
}

/// What a page shows of a text, if not the text alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A line goes through it.
    StruckOut,
    /// Nothing.
    Hidden,
}

impl Mark {
    /// What the start of an element does to the texts in it.
    pub(super) fn of(tag_name: &str, tag: &StartTag<usize>) -> Option<Self> {
        let is_struck = matches!(tag_name, "del" | "s" | "strike") || style(tag).contains("line-through");
        if is_struck {
            Some(Self::StruckOut)
        } else if is_unseen(tag) {
            Some(Self::Hidden)
        } else {
            None
        }
    }
}

/// Text that is raised or lowered, and has not ended.
struct Raised {
    is_low: bool,
    /// Where it starts.
    start: usize,
}

impl Seam {
    /// What the start and the end of an element are.
    pub(super) fn of(tag_name: &str, tag: &StartTag<usize>) -> Self {
        if is_unseen(tag) {
            return Self::Words;
        }
        match tag_name {
            "button" | "del" | "option" | "s" | "strike" => Self::Words,
            // Word and Google Docs write a number in several spans, as it was typed.
            "b" | "bdi" | "big" | "em" | "font" | "i" | "mark" | "nobr" | "span" | "strong" | "u" | "var"
            | "wbr" => Self::Joined,
            // Among them what is set like a program, and by itself a code.
            _ => Self::Code,
        }
    }
}

/// Whether a browser does not show the element.
fn is_unseen(tag: &StartTag<usize>) -> bool {
    let style = style(tag);
    attribute(tag, "hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// What an element says about its looks, in small letters and without blanks.
fn style(tag: &StartTag<usize>) -> String {
    let style = attribute(tag, "style").unwrap_or_default();
    let style: String = style.split_ascii_whitespace().collect();
    style.to_ascii_lowercase()
}

impl TableCell {
    /// A cell without text, which spans so many columns and rows.
    pub(super) fn new(range: Range<usize>, is_head: bool, columns: usize, rows: usize) -> Self {
        Self { range, is_head, columns, rows, ..Self::default() }
    }

    /// Adds text as a browser shows it.
    pub(super) fn push(&mut self, text: &str) {
        for ch in text.chars() {
            let is_first = std::mem::take(&mut self.at_verbatim);
            if self.verbatim > 0 && matches!(ch, ' ' | '\t' | '\n') {
                // The line end behind the tag is no line of the text.
                if !is_first || ch != '\n' {
                    self.push_verbatim(ch);
                }
                continue;
            }
            // HTML's own blanks; a no-break or an ideographic space is a letter like others.
            if matches!(ch, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.blank = true;
                continue;
            }
            let seam = std::mem::take(&mut self.seam);
            let is_blank = std::mem::take(&mut self.blank) || seam == Seam::Words;
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                if is_blank {
                    self.text.push(' ');
                } else if seam == Seam::Code || seam == Seam::Joined && self.text.len() < LONGEST_JOINED {
                    self.seams.push((self.text.len(), seam));
                }
            }
            if self.reading == Reading::Begun {
                self.text.push('(');
                self.reading = Reading::Open;
            }
            self.text.push(ch);
        }
    }

    /// Adds a blank or a line end that is shown as it is written.
    fn push_verbatim(&mut self, ch: char) {
        self.seam = Seam::None;
        if ch == '\n' {
            self.line_feed();
        } else if !self.text.is_empty() {
            self.text.push(ch);
        }
    }

    /// Takes the start or the end of `<pre>`.
    pub(super) fn verbatim(&mut self, is_start: bool) {
        self.verbatim = if is_start { self.verbatim + 1 } else { self.verbatim.saturating_sub(1) };
        self.at_verbatim = is_start;
    }

    /// Takes the start or the end of an element.
    pub(super) fn seam(&mut self, seam: Seam) {
        self.seam = self.seam.max(seam);
    }

    /// Ends the line, if there is anything on it.
    pub(super) fn line_break(&mut self) {
        self.blank = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Ends the line, though there may be nothing on it.
    pub(super) fn line_feed(&mut self) {
        self.blank = false;
        self.text.push('\n');
    }

    /// Takes the start of `<sup>` or `<sub>`. One within another is of its height.
    pub(super) fn raise(&mut self, is_low: bool) {
        if self.raised.is_none() && self.reading == Reading::None {
            self.raised = Some(Raised { is_low, start: self.text.len() });
        }
    }

    /// Takes the end of `<sup>` or `<sub>`.
    pub(super) fn lower(&mut self, is_low: bool) {
        let Some(raised) = self.raised.take_if(|raised| raised.is_low == is_low) else { return };
        let text = &self.text[raised.start..];
        let seams = self.seams.partition_point(|(at, _)| *at < raised.start);
        let is_behind = self.seams.get(seams).is_some_and(|(at, _)| *at == raised.start);
        let shown = text.chars().map(|ch| if ch == ' ' { Some(ch) } else { script(ch, is_low) });
        if let Some(shown) = shown.collect::<Option<String>>() {
            self.text.truncate(raised.start);
            self.text.push_str(&shown);
            self.seams.truncate(seams);
        } else if is_behind
            && text.contains(char::is_alphanumeric)
            && !is_ordinal(&self.text[..raised.start], text)
        {
            // `5<sup>1,2</sup>` is no number of three digits, and `Offline<sup>a</sup>` no other word.
            self.text.insert(raised.start, ' ');
            self.seams.truncate(seams);
        }
    }

    /// Takes the start of `<rt>`, in which nothing is raised. A page may have a parenthesis of its own before it, in `<rp>`.
    pub(super) fn start_reading(&mut self) {
        self.end_reading();
        self.end_raised();
        if !self.text.ends_with(['(', '（', '[', '［', '【', '〔', '《', '「']) {
            self.reading = Reading::Begun;
        }
    }

    /// Takes the end of `<rt>`, or what ends it.
    pub(super) fn end_reading(&mut self) {
        if std::mem::take(&mut self.reading) == Reading::Open {
            self.blank = false;
            self.text.push(')');
        }
    }

    /// Ends what is raised.
    fn end_raised(&mut self) {
        if let Some(is_low) = self.raised.as_ref().map(|raised| raised.is_low) {
            self.lower(is_low);
        }
    }

    /// Ends the cell.
    pub(super) fn end(&mut self) {
        self.end_reading();
        self.end_raised();
        let text = self.text.trim();
        if text.len() < self.text.len() {
            let (front, length) = (self.text.len() - self.text.trim_start().len(), text.len());
            self.seams.iter_mut().for_each(|(at, _)| *at = at.saturating_sub(front));
            // What elements met beyond it is gone.
            self.seams.retain(|(at, _)| (1..length).contains(at));
            self.text = String::from(text);
        }
    }

    /// What the cell says; a code is kept from what stands next to it.
    pub(super) fn text(&self, is_code: bool) -> Cow<'_, str> {
        let mut apart = self.seams.iter().filter(|(_, seam)| *seam == Seam::Code).peekable();
        if !is_code || apart.peek().is_none() {
            return Cow::Borrowed(&self.text);
        }
        let mut parted = String::with_capacity(self.text.len() + self.seams.len());
        let mut start = 0;
        for (at, _) in apart {
            parted.push_str(&self.text[start..*at]);
            parted.push(' ');
            start = *at;
        }
        parted.push_str(&self.text[start..]);
        parted.into()
    }

    /// Where elements meet in a code that has no blank for it.
    pub(super) fn joins(&self) -> Option<Vec<usize>> {
        let are_joined = self.seams.iter().all(|(_, seam)| *seam == Seam::Joined);
        let is_short = self.text.len() <= LONGEST_JOINED;
        (are_joined && is_short && !self.seams.is_empty())
            .then(|| self.seams.iter().map(|(at, _)| *at).collect())
    }
}

/// A code of more bytes is a sentence, and nobody asks what it is made of.
const LONGEST_JOINED: usize = 64;

/// Whether raised letters make an ordinal of the number before them.
fn is_ordinal(before: &str, raised: &str) -> bool {
    let endings = ["st", "nd", "rd", "th", "er", "re", "e", "ème"];
    before.ends_with(|ch: char| ch.is_ascii_digit()) && endings.contains(&raised)
}

/// The character that shows `ch` raised or lowered.
fn script(ch: char, is_low: bool) -> Option<char> {
    let plain = "0123456789+-−=()ni";
    let shown = if is_low {
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ"
    } else {
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"
    };
    plain.chars().zip(shown.chars()).find(|(plain, _)| *plain == ch).map(|(_, shown)| shown)
}

/// Elements before and after which a browser starts a line.
pub(super) fn is_break(tag: &str) -> bool {
    #[rustfmt::skip]
    let breaks = [
        "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
        "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
        "summary", "ul", "xmp",
    ];
    breaks.contains(&tag)
}
