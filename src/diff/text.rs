//! A report for people at a terminal.
//!
//! In: a report and the sources that its places point into. Out: one string: a line that says what this comes to, then the
//! changes by domain, each with its consequence, its places, and texts side by side with the words that changed marked
//! (in colour, else as `[-old-]` and `{+new+}`). Nothing of a spec reaches the terminal that it would obey or hide.

use super::sentence;
use super::waivers::{self, Date};
use super::words::{self, Piece};
use super::{Change, Consumer, Effect, FailOn, Item, Report, Subject, Weight, What, impact};
use crate::characters::visible;
use crate::counted::counted;
use crate::diagnostics::lines::Lines;
use crate::diagnostics::text::Colour;
use crate::diagnostics::{Sources, Span};
use anstyle::{AnsiColor, Effects, Style};
use std::fmt::Write as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How wide a line of the report may be, in columns.
const WIDTH: usize = 100;
/// How much of a text is shown around its changes, in characters.
const LONGEST_TEXT: usize = 600;
/// The longest value that stands in a sentence, in characters.
const LONGEST_VALUE: usize = 200;

const OLD: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();
const BREAKING: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
const BEHAVIOUR: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);

/// Draws the report; `all` lists changes of copy, too. Where `limit` lets everything pass, there is no advice on how to mend or
/// waive a change. `today` is what new waivers are counted from.
pub fn render(
    report: &Report,
    sources: &Sources,
    all: bool,
    limit: FailOn,
    colour: Colour,
    today: Date,
) -> String {
    let has_advice = limit != FailOn::None;
    let mut drawing =
        Drawing { out: String::new(), colour, lines: Lines::new(sources), sources, report, has_advice };
    drawing.head(all);
    for (title, group) in groups(report, all) {
        drawing.out.push('\n');
        drawing.styled(BOLD, &shown(&title));
        drawing.out.push('\n');
        for item in group {
            drawing.item(item);
        }
    }
    let untold = report.untold.count();
    if untold > 0 {
        let told = report.items.len();
        let _ = writeln!(drawing.out, "\nthe {told} heaviest changes are told, and there are {untold} more");
    }
    drawing.stanzas(limit, today);
    drawing.out
}

/// The changes that are listed by what they are about: the book, its conditions, and each domain.
fn groups(report: &Report, all: bool) -> Vec<(String, Vec<&Item>)> {
    let titles = ["book", "conditions"].into_iter().map(str::to_owned).chain(report.domains.iter().cloned());
    let mut groups: Vec<_> = titles.map(|title| (title, Vec::new())).collect();
    for item in report.listed(all) {
        let index = match &item.change.subject {
            Subject::Book | Subject::Output(_) => Some(0),
            Subject::Condition(_) => Some(1),
            Subject::Domain(domain) | Subject::Entry { domain, .. } => {
                report.domains.iter().position(|known| known == domain).map(|index| index + 2)
            }
        };
        if let Some((_, group)) = index.and_then(|index| groups.get_mut(index)) {
            group.push(item);
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    groups
}

struct Drawing<'a> {
    out: String,
    colour: Colour,
    lines: Lines<'a>,
    sources: &'a Sources,
    report: &'a Report,
    has_advice: bool,
}

impl Drawing<'_> {
    fn styled(&mut self, style: Style, text: &str) {
        // Writing to a string cannot fail.
        let _ = match self.colour {
            Colour::Always => write!(self.out, "{style}{text}{style:#}"),
            Colour::Never => write!(self.out, "{text}"),
        };
    }

    /// A line of plain words, broken where it is too long.
    fn words(&mut self, indent: usize, text: &str) {
        for line in wrapped(text, WIDTH - indent) {
            let _ = writeln!(self.out, "{:indent$}{line}", "");
        }
    }

    fn head(&mut self, all: bool) {
        let report = self.report;
        let (base, head) = (shown(&report.base.label), shown(&report.head.label));
        let _ = writeln!(self.out, "{base} -> {head}: {}", counts(report, all));
        let _ = writeln!(self.out, "{}", version(report));
        for (side, name) in [(&report.base, "old"), (&report.head, "new")] {
            if side.faults > 0 {
                let _ = writeln!(self.out, "the {name} book has {}", counted(side.faults, "fault"));
            }
        }
    }

    fn item(&mut self, item: &Item) {
        let Change { subject, what, old, new, .. } = &item.change;
        let (word, style) = match item.impact.weight {
            _ if item.waiver.is_some() => ("waived", DIM),
            Weight::Breaking => ("breaking", BREAKING),
            Weight::Behaviour => ("behaviour", BEHAVIOUR),
            Weight::Note => ("note", BOLD),
            Weight::Hidden => ("copy", DIM),
        };
        self.out.push_str("  ");
        self.styled(style, word);
        let _ = write!(self.out, "{:1$}", "", 10_usize.saturating_sub(word.len()));
        let title = match subject {
            Subject::Entry { code, name, .. } if code.is_empty() => name.clone(),
            Subject::Entry { code, name, .. } => format!("{code} {name}"),
            Subject::Condition(name) => name.clone(),
            Subject::Output(language) => format!("output {language}"),
            Subject::Domain(domain) => domain.clone(),
            Subject::Book => "the book".to_owned(),
        };
        self.styled(BOLD, &shown(&title));
        let _ = write!(self.out, "  ");
        self.styled(DIM, what.id());
        self.out.push('\n');
        let mut sentence = String::new();
        for part in sentence::of(&item.change) {
            sentence.push_str(&part.text(|value| format!("`{}`", visible(value, LONGEST_VALUE))));
        }
        self.words(4, &sentence);
        self.texts(what);
        if item.impact.weight > Weight::Hidden {
            self.words(4, item.impact.consequence);
        }
        if item.impact.weight >= Weight::Behaviour {
            self.words(4, &affected(item));
        }
        let places = [new.map(|new| self.place(new)), old.map(|old| format!("was {}", self.place(old)))];
        let places: Vec<_> = places.into_iter().flatten().collect();
        self.out.push_str("    ");
        self.styled(DIM, &places.join(", "));
        self.out.push('\n');
        if let Some(waiver) = &item.waiver {
            let said = format!(
                "waived by {} until {}: {}",
                visible(&waiver.who, LONGEST_VALUE),
                waiver.expires.value,
                visible(&waiver.reason, LONGEST_TEXT)
            );
            self.words(4, &said);
        } else if self.has_advice && item.impact.weight >= Weight::Behaviour {
            self.remedy(item);
        }
    }

    fn remedy(&mut self, item: &Item) {
        if let Some(remedy) = sentence::remedy(&item.change, self.report.since) {
            self.words(4, &format!("help: {}", remedy.words));
            for line in remedy.stanza.iter().flat_map(|stanza| stanza.lines()) {
                let _ = writeln!(self.out, "      {line}");
            }
        }
    }

    fn place(&mut self, span: Span) -> String {
        let (line, column) = self.lines.position(span.source, span.range().start);
        format!("{}:{line}:{column}", shown(&self.sources.get(span.source).path.to_string_lossy()))
    }

    /// Both texts side by side.
    fn texts(&mut self, what: &What) {
        let Some((old, new)) = sentence::texts(what) else { return };
        let column = (WIDTH - 4 - 3) / 2;
        let old = self.column(&old, "[-", "-]", OLD, column);
        let new = self.column(&new, "{+", "+}", NEW, column);
        for index in 0..old.len().max(new.len()) {
            let empty = (String::new(), 0);
            let (left, width) = old.get(index).unwrap_or(&empty);
            let (right, _) = new.get(index).unwrap_or(&empty);
            let gap = column.saturating_sub(*width);
            let line = format!("    {left}{:gap$} | {right}", "");
            let _ = writeln!(self.out, "{}", line.trim_end());
        }
    }

    /// The pieces of a text in lines of `width` columns, each with the columns that it takes.
    fn column(
        &self,
        pieces: &[Piece<'_>],
        open: &str,
        close: &str,
        style: Style,
        width: usize,
    ) -> Vec<(String, usize)> {
        let mut lines = vec![(String::new(), 0)];
        let has_colour = self.colour == Colour::Always;
        let mut put = |text: &str, style: Option<Style>| {
            // A word moves to the next line as a whole if it fits there.
            for word in text.split_inclusive(' ') {
                let wide = word.trim_end_matches(' ').width();
                if wide <= width && lines.last().is_some_and(|(_, used)| *used > 0 && used + wide > width) {
                    lines.push((String::new(), 0));
                }
                for ch in word.chars() {
                    let wide = ch.width().unwrap_or_default();
                    if lines.last().is_some_and(|(_, used)| used + wide > width) {
                        lines.push((String::new(), 0));
                    }
                    if let Some((line, used)) = lines.last_mut() {
                        *used += wide;
                        match style {
                            Some(style) => {
                                let _ = write!(line, "{style}{ch}{style:#}");
                            }
                            None => line.push(ch),
                        }
                    }
                }
            }
        };
        for (text, changed) in words::excerpt(pieces, LONGEST_TEXT) {
            match changed {
                true if has_colour => put(&text, Some(style)),
                true => {
                    // Blanks around a mark would let it stand alone at the end of a line.
                    let inner = text.trim_matches(' ');
                    if inner.is_empty() {
                        put(&format!("{open}{text}{close}"), None);
                    } else {
                        let before = text.len() - text.trim_start_matches(' ').len();
                        let after = before + inner.len();
                        put(&text[..before], None);
                        put(&format!("{open}{inner}{close}"), None);
                        put(&text[after..], None);
                    }
                }
                false => put(&text, None),
            }
        }
        lines
    }

    /// What would let the changes that fail pass.
    fn stanzas(&mut self, limit: FailOn, today: Date) {
        let report = self.report;
        if report.failing(limit).next().is_none() {
            return;
        }
        self.out.push('\n');
        self.words(0, &format!("{}, say so in waivers.yaml beside errbook.yaml:", waivers::meant(limit)));
        self.out.push_str("\nwaivers:\n");
        for item in report.failing(limit) {
            let about = format!("{}: {}", item.change.subject.reference(), item.change.what.id());
            self.out.push_str(&waivers::stanza(&item.fingerprint, &about, today));
        }
    }
}

/// What the changes come to.
fn counts(report: &Report, all: bool) -> String {
    let mut parts = Vec::new();
    for (weight, one, many) in [
        (Weight::Breaking, "breaking change", "breaking changes"),
        (Weight::Behaviour, "change of behaviour", "changes of behaviour"),
        (Weight::Note, "note", "notes"),
        (Weight::Hidden, "copy edit", "copy edits"),
    ] {
        let count = report.count(weight);
        let listed = if weight == Weight::Hidden && !all { " not listed" } else { "" };
        match count {
            0 => {}
            1 => parts.push(format!("1 {one}{listed}")),
            _ => parts.push(format!("{count} {many}{listed}")),
        }
    }
    if parts.is_empty() { "no changes".to_owned() } else { parts.join(", ") }
}

/// What the version has to do with it.
fn version(report: &Report) -> String {
    let (old, new) = (shown(&report.base.version), shown(&report.head.version));
    let carried =
        if old == new { format!("version {new} as before") } else { format!("version {old} -> {new}") };
    match report.required_version {
        _ if report.items.is_empty() => carried,
        Some(version) => format!("{carried}; these changes ask for {version} ({})", report.required.id()),
        None => carried,
    }
}

/// Who is affected how, in a line.
fn affected(item: &Item) -> String {
    let effect = |consumer| item.impact.on(consumer, &item.change.subject);
    let source = impact::LANGUAGES
        .iter()
        .filter(|(language, _)| effect(Consumer::Source(language)) > Effect::None)
        .map(|(_, name)| *name)
        .collect::<Vec<_>>();
    let source = match source.len() {
        0 => None,
        count if count == impact::LANGUAGES.len() => Some("source code".to_owned()),
        _ => Some(format!("source code ({})", source.join(", "))),
    };
    let parts = [
        source.map(|source| (source, item.impact.source)),
        Some(("stored codes".to_owned(), effect(Consumer::Stored))),
        Some(("behaviour".to_owned(), effect(Consumer::Behaviour))),
        Some(("readers".to_owned(), effect(Consumer::Readers))),
    ];
    let parts = parts.into_iter().flatten().filter(|(_, effect)| *effect > Effect::None);
    parts.map(|(who, effect)| format!("{who}: {}", effect.words())).collect::<Vec<_>>().join("; ")
}

fn shown(text: &str) -> String {
    visible(text, LONGEST_VALUE).into_owned()
}

/// The text in lines of at most `width` columns, broken at blanks where there are any.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_inclusive(' ') {
        let wide = word.trim_end_matches(' ').width();
        if used > 0 && used + wide > width {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
            used += word.width();
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}
