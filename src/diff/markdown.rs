//! A report as the comment on a pull request, and as release notes.
//!
//! In: a report. Out: Markdown for a code host: what it comes to in the first line, a table by domain, who is affected, the
//! breaking changes and those of behaviour in full, and everything else folded away.
//!
//! Guaranteed: at most `LARGEST` bytes, whatever the change, because a code host refuses a longer comment; what does not fit
//! is left out by whole changes, the lightest first, and counted. Everything that comes from a spec stands in a code span or a
//! fenced block, where nothing of it is markup, a link, a mention or a reference to an issue.

use super::sentence::{self, Part};
use super::waivers::{self, Date};
use super::words;
use super::{Consumer, Effect, FailOn, Item, Report, Side, Subject, WORK_TREE, Weight, What, impact};
use crate::characters::visible;
use crate::counted::counted;
use crate::diagnostics::lines::Lines;
use crate::diagnostics::{Diagnostic, Level, Sources};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The largest report, in bytes. GitHub's limit is 65,536 characters; other hosts allow more.
pub const LARGEST: usize = 60_000;
/// How much of it the changes of one weight and their stanzas may take before the next has its turn; the rest is for tables.
const SHARES: [(Weight, usize); 4] = [
    (Weight::Breaking, 24_000),
    (Weight::Behaviour, 40_000),
    (Weight::Note, 50_000),
    (Weight::Hidden, 52_000),
];
/// How many domains the table lists.
const MOST_ROWS: usize = 40;
/// How much of a text is shown around its changes, in characters.
const LONGEST_TEXT: usize = 400;
/// The longest value that stands in a sentence, in characters.
const LONGEST_VALUE: usize = 120;
/// How many places of breaking changes stand in the first line.
const MOST_PLACES: usize = 3;
/// How many findings about waivers and the version are told.
const MOST_FINDINGS: usize = 20;
/// How many waivers are written out to be copied.
const MOST_STANZAS: usize = 20;

/// Writes the report; `all` lists changes of copy, too. Where `limit` lets everything pass, there is no advice on how to mend
/// or waive a change. `today` is what new waivers are counted from.
pub fn render(report: &Report, sources: &Sources, all: bool, limit: FailOn, today: Date) -> String {
    let has_advice = limit != FailOn::None;
    let mut page = Page { out: String::new(), lines: Lines::new(sources), sources, report, has_advice };
    page.head(all);
    if report.listed(all).next().is_some() {
        page.table(all);
        page.affected(all);
    }
    for (weight, share) in SHARES {
        if weight > Weight::Hidden || all {
            page.changes(weight, share);
        }
    }
    page.findings();
    page.stanzas(limit, today);
    page.out
}

struct Page<'a> {
    out: String,
    lines: Lines<'a>,
    sources: &'a Sources,
    report: &'a Report,
    has_advice: bool,
}

impl Page<'_> {
    /// Appends; writing to a string cannot fail.
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(text);
    }

    fn head(&mut self, all: bool) {
        let report = self.report;
        self.put(format_args!("## Error codes: {}\n\n", verdict(report)));
        let label = |side: &Side| match side.label.as_str() {
            WORK_TREE => WORK_TREE.to_owned(),
            label => span(label),
        };
        let (base, head) = (label(&report.base), label(&report.head));
        self.put(format_args!("From {base} to {head}. {}\n", version(report)));
        let faults = report.head.faults;
        if faults > 0 {
            let faults = counted(faults, "fault");
            self.put(format_args!("\nThe new book has {faults}: see `errbook lint`.\n"));
        }
        let hidden = report.count(Weight::Hidden);
        if hidden > 0 && !all {
            let (edits, are) = if hidden == 1 { ("edit", "is") } else { ("edits", "are") };
            self.put(format_args!(
                "\n{hidden} {edits} of copy or record (blanks, punctuation, width, case, the vendor's own wording) {are} not listed.\n"
            ));
        }
    }

    /// How many changes of each weight there are, by domain.
    fn table(&mut self, all: bool) {
        let mut rows: BTreeMap<usize, [usize; 4]> = BTreeMap::new();
        for item in self.report.listed(all) {
            let row = match &item.change.subject {
                Subject::Book => 0,
                Subject::Output(_) => 1,
                Subject::Condition(_) => 2,
                Subject::Domain(domain) | Subject::Entry { domain, .. } => {
                    let index = self.report.domains.iter().position(|known| known == domain);
                    index.map_or(0, |index| index + 3)
                }
            };
            rows.entry(row).or_default()[weight_column(item.impact.weight)] += 1;
        }
        let weights: &[&str] = if all {
            &["Breaking", "Behaviour", "Notes", "Copy"]
        } else {
            &["Breaking", "Behaviour", "Notes"]
        };
        self.put(format_args!("\n| | {} |\n|---|{}\n", weights.join(" | "), "--:|".repeat(weights.len())));
        let cells = |counts: [usize; 4]| {
            let cell = |count: &usize| if *count == 0 { String::new() } else { count.to_string() };
            let cells: Vec<_> = counts.iter().take(weights.len()).map(cell).collect();
            format!(" {} |", cells.join(" | "))
        };
        for (row, counts) in rows.iter().take(MOST_ROWS) {
            let name = match row {
                0 => "the book".to_owned(),
                1 => "outputs".to_owned(),
                2 => "conditions".to_owned(),
                _ => span(&self.report.domains[row - 3]),
            };
            self.put(format_args!("| {name} |{}\n", cells(*counts)));
        }
        if rows.len() > MOST_ROWS {
            let rest = rows
                .values()
                .skip(MOST_ROWS)
                .fold([0; 4], |sum, row| std::array::from_fn(|index| sum[index] + row[index]));
            self.put(format_args!("| {} more |{}\n", rows.len() - MOST_ROWS, cells(rest)));
        }
    }

    fn affected(&mut self, all: bool) {
        let effects = |consumer| self.report.effects(consumer, all);
        let mut rows: Vec<(String, Vec<(Effect, usize)>)> = Vec::new();
        // Languages that are affected alike share a row.
        let (mut effects_of, mut names_of): (Vec<_>, Vec<Vec<&str>>) = (Vec::new(), Vec::new());
        for (language, name) in impact::LANGUAGES {
            let of_language = effects(Consumer::Source(language));
            if let Some(index) = effects_of.iter().position(|known| *known == of_language) {
                names_of[index].push(name);
            } else {
                effects_of.push(of_language);
                names_of.push(vec![name]);
            }
        }
        for (effects, names) in effects_of.into_iter().zip(&names_of) {
            rows.push((format!("Source code in {}", listing(names)), effects));
        }
        rows.push(("Codes that are stored or sent".to_owned(), effects(Consumer::Stored)));
        rows.push(("Behaviour of apps".to_owned(), effects(Consumer::Behaviour)));
        rows.push(("Readers of texts".to_owned(), effects(Consumer::Readers)));
        let (touched, untouched): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|(_, effects)| !effects.is_empty());
        self.out.push_str("\n### Who is affected\n\n");
        if !touched.is_empty() {
            let columns = [Effect::Breaks, Effect::Differs, Effect::Told, Effect::Gains];
            let titles: Vec<_> = columns.iter().map(|effect| capital(effect.words())).collect();
            let line = "--:|".repeat(columns.len());
            self.put(format_args!("| By how many changes | {} |\n|---|{line}\n", titles.join(" | ")));
            for (who, effects) in touched {
                let count = |column: &Effect| effects.iter().find(|(effect, _)| effect == column);
                let cell = |column| count(column).map(|(_, count)| count.to_string()).unwrap_or_default();
                let cells: Vec<_> = columns.iter().map(cell).collect();
                self.put(format_args!("| {who} | {} |\n", cells.join(" | ")));
            }
        }
        if !untouched.is_empty() {
            let names: Vec<_> = untouched.iter().map(|(who, _)| lower(who)).collect();
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            self.put(format_args!("\nNot affected: {}.\n", names.join("; ")));
        }
    }

    /// The changes of one weight, as long as the page is shorter than `share`.
    fn changes(&mut self, weight: Weight, share: usize) {
        let items: Vec<_> = self.report.items.iter().filter(|item| item.impact.weight == weight).collect();
        if items.is_empty() {
            return;
        }
        let count = self.report.count(weight);
        let (title, is_folded) = match weight {
            Weight::Breaking => ("Breaking", false),
            Weight::Behaviour => ("Behaviour and meaning", false),
            Weight::Note => ("Notes", true),
            Weight::Hidden => ("Copy edits", true),
        };
        if is_folded {
            self.put(format_args!("\n<details><summary>{title} ({count})</summary>\n"));
        } else {
            self.put(format_args!("\n### {title}\n"));
        }
        let mut told = 0;
        let mut last: Option<&Subject> = None;
        for group in items.chunk_by(|one, next| are_one(one, next)) {
            let subject = &group[0].change.subject;
            // A change that continues the one before it about the same entry needs no heading.
            let is_next = last == Some(subject);
            let text = self.change(group, is_next);
            if self.out.len() + text.len() > share {
                break;
            }
            self.out.push_str(&text);
            last = Some(subject);
            told += group.len();
        }
        if told < count {
            self.put(format_args!("\n*… and {} more; `errbook diff` lists them all.*\n", count - told));
        }
        if is_folded {
            self.out.push_str("\n</details>\n");
        }
    }

    /// Tells one change, or one text that changed in several languages alike.
    fn change(&mut self, group: &[&Item], is_next: bool) -> String {
        let item = group[0];
        let change = &item.change;
        let mut out = String::new();
        if !is_next {
            let _ = write!(out, "\n**{}**", subject(&change.subject));
            if let Subject::Entry { name, .. } | Subject::Condition(name) = &change.subject {
                let _ = write!(out, " {}", span(name));
            }
            out.push('\n');
        }
        let _ = write!(out, "\n- ");
        let changes: Vec<_> = group.iter().map(|item| &item.change).collect();
        for (index, part) in sentence::of_all(&changes).into_iter().enumerate() {
            match part {
                // The first letter of a sentence is a capital one.
                Part::Words(words) if index == 0 => out.push_str(&capital(words)),
                part => out.push_str(&part.text(span)),
            }
        }
        // A message at the end of a sentence has a full stop of its own.
        if ![".`", "。`", "!`", "！`"].iter().any(|end| out.ends_with(end)) {
            out.push('.');
        }
        if item.impact.weight > Weight::Note {
            let _ = write!(out, " {}", item.impact.consequence);
        }
        if let Some(waiver) = &item.waiver {
            let _ = write!(
                out,
                " *Waived* by {} until {}: {}",
                span(&waiver.who),
                waiver.expires.value,
                span(&waiver.reason)
            );
        }
        if let Some(place) = change.new.or(change.old) {
            let (line, _) = self.lines.position(place.source, place.range().start);
            let path = self.sources.get(place.source).path.to_string_lossy();
            let _ = write!(out, " ({})", span(&format!("{path}:{line}")));
        }
        out.push('\n');
        let texts: String = changes.iter().map(|change| texts(&change.what)).collect();
        if !texts.is_empty() {
            out.push_str(&fenced("diff", &texts));
        }
        if self.has_advice
            && item.waiver.is_none()
            && item.impact.weight == Weight::Breaking
            && let Some(remedy) = sentence::remedy(change, self.report.since)
        {
            let end = if remedy.stanza.is_some() { "" } else { "." };
            let _ = writeln!(out, "\n  To mend it: {}{end}", remedy.words);
            if let Some(stanza) = remedy.stanza {
                out.push_str(&fenced("yaml", &stanza));
            }
        }
        out
    }

    fn findings(&mut self) {
        let findings = &self.report.findings;
        if findings.is_empty() {
            return;
        }
        self.out.push_str("\n### The book, its waivers and its version\n\n");
        for finding in findings.iter().take(MOST_FINDINGS) {
            let word = if finding.level == Level::Error { "Error" } else { "Warning" };
            let place = self.place(finding);
            let help = finding.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
            self.put(format_args!("- {word}: {}{place}\n", said(&format!("{}{help}", finding.message))));
        }
        if findings.len() > MOST_FINDINGS {
            self.put(format_args!("- … and {} more\n", findings.len() - MOST_FINDINGS));
        }
    }

    fn place(&mut self, finding: &Diagnostic) -> String {
        let Some(place) = finding.span() else { return String::new() };
        let (line, _) = self.lines.position(place.source, place.range().start);
        let path = self.sources.get(place.source).path.to_string_lossy();
        format!(" ({})", span(&format!("{path}:{line}")))
    }

    fn stanzas(&mut self, limit: FailOn, today: Date) {
        let items: Vec<_> = self.report.failing(limit).collect();
        if items.is_empty() {
            return;
        }
        self.put(format_args!(
            "\n<details><summary>{}</summary>\n\nSay so in `waivers.yaml`, beside `errbook.yaml`:\n",
            waivers::meant(limit)
        ));
        let mut text = "waivers:\n".to_owned();
        for item in items.iter().take(MOST_STANZAS) {
            let about = format!("{}: {}", item.change.subject.reference(), item.change.what.id());
            text.push_str(&waivers::stanza(&item.fingerprint, &visible(&about, LONGEST_VALUE), today));
        }
        let fenced = fenced("yaml", &text);
        self.out.push_str(&fenced);
        if items.len() > MOST_STANZAS {
            self.put(format_args!(
                "\n*… and {} more; `errbook diff` prints them all.*\n",
                items.len() - MOST_STANZAS
            ));
        }
        self.out.push_str("\n</details>\n");
    }
}

fn weight_column(weight: Weight) -> usize {
    match weight {
        Weight::Breaking => 0,
        Weight::Behaviour => 1,
        Weight::Note => 2,
        Weight::Hidden => 3,
    }
}

/// The first line: what a reviewer has to know if they read no further.
fn verdict(report: &Report) -> String {
    let breaking = report.count(Weight::Breaking);
    let open = report.count_not_waived();
    let changes = format!("{}{}", counted(breaking, "breaking change"), places(report));
    let listed = report.listed(false).count();
    // Of all that breaks, this is what nobody would notice.
    let silent =
        report.not_waived().filter(|item| matches!(item.change.what, What::ValueChanged { .. })).count();
    let silent = match silent {
        0 => String::new(),
        1 => "; a name stands for another value".to_owned(),
        _ => format!("; {silent} names stand for other values"),
    };
    // Faults keep the change from passing even if it breaks nothing; that the version is too low is told in the next line.
    let is_told = |finding: &&Diagnostic| finding.level == Level::Error && finding.id != "version_too_low";
    let errors = match report.findings.iter().filter(is_told).count() {
        0 => String::new(),
        count => format!("; the book has {}", counted(count, "error")),
    };
    let changes = match (breaking, open) {
        (0, _) if report.items.is_empty() => "no changes".to_owned(),
        (0, _) if listed == 0 => "only edits of copy".to_owned(),
        (0, _) => match report.count(Weight::Behaviour) {
            0 if listed == 1 => "1 change, which breaks nothing".to_owned(),
            0 => format!("{listed} changes, none of them breaking"),
            count => {
                format!("nothing breaks; {} of behaviour or meaning", counted(count, "change"))
            }
        },
        (1, 0) => format!("{changes}, which is waived"),
        (_, 0) => format!("{changes}, all waived"),
        _ if open == breaking => format!("{changes}{silent}"),
        _ => format!("{changes}, {open} of them not waived{silent}"),
    };
    format!("{changes}{errors}")
}

/// Where the breaking changes are, if that is soon said.
fn places(report: &Report) -> String {
    let mut places: Vec<String> = Vec::new();
    for item in report.items.iter().filter(|item| item.impact.weight == Weight::Breaking) {
        let place = match &item.change.subject {
            Subject::Book => "the book".to_owned(),
            Subject::Output(language) => format!("the output {}", span(language)),
            Subject::Condition(_) => "conditions".to_owned(),
            Subject::Domain(domain) | Subject::Entry { domain, .. } => span(domain),
        };
        if !places.contains(&place) {
            places.push(place);
        }
        if places.len() > MOST_PLACES {
            return String::new();
        }
    }
    let places: Vec<_> = places.iter().map(String::as_str).collect();
    if places.is_empty() { String::new() } else { format!(" in {}", listing(&places)) }
}

/// Whether two changes are told as one: the same happened to one text in another language.
fn are_one(one: &Item, next: &Item) -> bool {
    let text = |item: &Item| {
        let place = item.change.what.place()?;
        let placeholder = match &item.change.what {
            What::PlaceholderRemoved { placeholder, .. } | What::PlaceholderAdded { placeholder, .. } => {
                Some(placeholder.clone())
            }
            _ => None,
        };
        Some((item.change.what.id(), place.variant.clone(), place.role, placeholder))
    };
    let is_waived = one.waiver.is_some() || next.waiver.is_some();
    one.change.subject == next.change.subject && !is_waived && text(one).is_some() && text(one) == text(next)
}

fn version(report: &Report) -> String {
    let (old, new) = (span(&report.base.version), span(&report.head.version));
    let carried = if old == new {
        format!("The version is {new} as before")
    } else {
        format!("The version goes from {old} to {new}")
    };
    match report.required_version {
        Some(version) if !report.items.is_empty() => {
            format!("{carried}; these changes ask for `{version}` ({}).", report.required.id())
        }
        _ => format!("{carried}."),
    }
}

fn listing(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `words` in the middle of a sentence.
fn lower(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Book => "The book".to_owned(),
        Subject::Output(language) => format!("The output {}", span(language)),
        Subject::Condition(_) => "The condition".to_owned(),
        Subject::Domain(domain) => format!("The domain {}", span(domain)),
        Subject::Entry { .. } => span(&subject.reference()),
    }
}

/// The old and the new text as lines of a difference.
fn texts(what: &What) -> String {
    let Some((old, new)) = sentence::texts(what) else { return String::new() };
    let mut out = String::new();
    for (sign, pieces) in [('-', old), ('+', new)] {
        if !pieces.is_empty() {
            let text = words::excerpt(&pieces, LONGEST_TEXT);
            let text: String = text.into_iter().map(|(text, _)| text).collect();
            let _ = writeln!(out, "{sign} {text}");
        }
    }
    out
}

/// A finding in words. Those about waivers and versions hold nothing but words; what a fault quotes from a spec may be
/// anything, and then all of it stands in a code span.
fn said(message: &str) -> String {
    let is_plain = |ch: char| ch.is_ascii_alphanumeric() || " .,:;'`-…".contains(ch);
    let is_safe = message.chars().all(is_plain) && message.matches('`').count().is_multiple_of(2);
    if is_safe { message.to_owned() } else { span(message) }
}

/// A value in a code span, where nothing is markup.
fn span(text: &str) -> String {
    let text = visible(text, LONGEST_VALUE);
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    let needs_blank = text.is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let blank = if needs_blank { " " } else { "" };
    format!("{ticks}{blank}{text}{blank}{ticks}")
}

/// Lines in a fenced block below an item of a list.
fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat((longest_run(text, '`') + 1).max(3));
    let mut out = format!("\n  {fence}{language}\n");
    for line in text.lines() {
        let _ = writeln!(out, "  {line}");
    }
    let _ = writeln!(out, "  {fence}");
    out
}

/// How many of `ch` stand next to each other at most.
fn longest_run(text: &str, ch: char) -> usize {
    text.split(|other| other != ch).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_code_span_or_a_block() {
        assert_eq!(span("a"), "`a`");
        assert_eq!(span("`"), "`` ` ``");
        assert_eq!(span("a``b"), "```a``b```");
        assert_eq!(span("a|b\n<b>@c"), "`a|b<U+000A><b>@c`");
        assert_eq!(span(""), "`  `");
        assert_eq!(fenced("diff", "- ```\n"), "\n  ````diff\n  - ```\n  ````\n");
    }
}
