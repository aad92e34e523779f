//! Draws answers for a terminal.
//!
//! In: an answer, how wide the terminal is and whether it shows colour. Out: one string. A code that is named has a page with
//! all there is to say; several that may be meant are a list of two lines each. Lines are broken by the rules of Unicode, so
//! that Chinese is aligned and no mark stands at the start of a line; what a terminal would obey or hide is written as
//! `<U+202E>`.

use super::{Answer, Hit, How, Shelf, Subject, cases, entry, reference, wrap};
use crate::characters::visible;
use crate::model::{Condition, Domain, ErrorCode, Kind, Meaning, Name, Retired, Texts};
use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;

/// How an answer is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// How many columns a line has.
    pub width: usize,
    /// Whether it is coloured.
    pub colour: bool,
}

/// The columns of labels.
const LABEL: usize = 14;
/// The longest text that is shown whole, in characters.
const LONGEST: usize = 4000;
/// Up to so many named codes have a page each; more are a list.
const MOST_PAGES: usize = 3;
/// How far the best of the found has to be ahead to have a page of its own.
const LEAD: f64 = 0.15;
/// How many codes of a kind are counted out for one domain.
const MOST_LISTED: usize = 12;

/// Draws the answer to one question.
pub fn render(shelf: &Shelf<'_>, question: &str, answer: &Answer<'_>, look: Look) -> String {
    let mut page = Page { shelf, look, out: String::new() };
    page.answer(question, answer);
    page.out
}

/// Draws the gist of a subject for a list: what it is, what it says, and what to do.
pub fn brief(shelf: &Shelf<'_>, subject: Subject<'_>, look: Look) -> String {
    let mut page = Page { shelf, look, out: String::new() };
    match subject {
        Subject::Code(domain, error) => page.brief(domain, error),
        other => page.item(&Hit { subject: other, how: How::Named }),
    }
    page.out
}

struct Page<'a> {
    shelf: &'a Shelf<'a>,
    look: Look,
    out: String,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const WARN: Style = AnsiColor::Yellow.on_default();
const NAME: Style = AnsiColor::Cyan.on_default().bold();
const PLAIN: Style = Style::new();

impl Page<'_> {
    fn answer(&mut self, question: &str, answer: &Answer<'_>) {
        if !answer.corrected.is_empty() && answer.is_found() {
            let pair = |(asked, taken): &(String, String)| format!("“{taken}…” for “{}”", words(asked));
            let pairs: Vec<_> = answer.corrected.iter().map(pair).collect();
            self.line(DIM, &format!("searched {}", pairs.join(", ")));
            self.blank();
        }
        if !answer.exact.is_empty() {
            self.exact(&answer.exact);
            // The page of a condition lists its codes.
            let is_listed = |found: &&Hit<'_>| {
                answer.exact.iter().any(|exact| match (exact.subject, found.subject) {
                    (Subject::Condition(condition), Subject::Code(_, error)) => {
                        reports(error, &condition.name)
                    }
                    _ => false,
                })
            };
            let others: Vec<_> = answer.found.iter().filter(|found| !is_listed(found)).collect();
            if !others.is_empty() {
                self.gap();
                self.line(PLAIN, "others that say so");
                for hit in others {
                    self.item(hit);
                }
            }
        } else if !answer.found.is_empty() {
            self.found(question, &answer.found);
        } else {
            self.line(PLAIN, &format!("nothing is called or says “{}”", words(question)));
            if !answer.near.is_empty() {
                self.blank();
                self.line(PLAIN, "did you mean");
                for hit in &answer.near {
                    self.item(hit);
                }
            }
        }
    }

    fn exact(&mut self, hits: &[Hit<'_>]) {
        let codes = hits.iter().filter(|hit| matches!(hit.subject, Subject::Code(..))).count();
        let mut listed = Vec::new();
        let conditions: Vec<_> = hits
            .iter()
            .filter_map(
                |hit| if let Subject::Condition(condition) = hit.subject { Some(condition) } else { None },
            )
            .collect();
        for hit in hits {
            match hit.subject {
                // The page of the condition lists it.
                Subject::Code(_, error)
                    if conditions.iter().any(|condition| reports(error, &condition.name)) => {}
                Subject::Code(..) if codes > MOST_PAGES => listed.push(hit),
                _ => {
                    self.gap();
                    self.subject(hit);
                }
            }
        }
        if !listed.is_empty() {
            self.gap();
            for hit in listed {
                self.item(hit);
            }
        }
    }

    fn found(&mut self, question: &str, hits: &[Hit<'_>]) {
        let share = |hit: Option<&Hit<'_>>| match hit.map(|hit| &hit.how) {
            Some(How::Words(share)) => *share,
            _ => 0.0,
        };
        let mut rest = hits;
        if let [first, others @ ..] = hits
            && (others.is_empty() || share(Some(first)) > share(others.first()) + LEAD)
        {
            self.subject(first);
            rest = others;
            if !rest.is_empty() {
                self.blank();
                self.line(PLAIN, "less of it");
            }
        } else {
            self.line(PLAIN, &format!("what says “{}”", words(question)));
        }
        for hit in rest {
            self.item(hit);
        }
        if let Some(Hit { subject: Subject::Code(domain, error), .. }) = rest.first() {
            self.blank();
            let reference = words(&reference(domain, &error.code)).into_owned();
            self.line(DIM, &format!("`errbook explain {reference}` says more"));
        }
    }

    /// A subject in full.
    fn subject(&mut self, hit: &Hit<'_>) {
        match hit.subject {
            Subject::Code(domain, error) => {
                match &hit.how {
                    How::FormerName(old) => {
                        self.line(WARN, &format!("`{old}` is now called `{}`", error.meaning.name));
                        self.blank();
                    }
                    How::Variant(name) => {
                        self.line(DIM, &format!("`{name}` is a further meaning of this code"));
                        self.blank();
                    }
                    _ => {}
                }
                self.code(domain, error);
            }
            Subject::Retired(domain, retired) => self.retired(domain, retired),
            Subject::Condition(condition) => {
                if let How::FormerName(old) = &hit.how {
                    self.line(WARN, &format!("`{old}` is now called `{}`", condition.name));
                    self.blank();
                }
                self.condition(condition);
            }
            Subject::Kind(kind) => self.kind(kind),
        }
    }

    /// A subject in a line or two.
    fn item(&mut self, hit: &Hit<'_>) {
        match hit.subject {
            Subject::Code(domain, error) => {
                let name = match &hit.how {
                    How::FormerName(old) => format!("{} (was {old})", error.meaning.name),
                    _ => error.meaning.name.to_string(),
                };
                self.row(domain, error, &name, true);
            }
            Subject::Retired(domain, retired) => {
                let code = retired.code.as_ref().map_or_else(String::new, |code| format!("/{code}"));
                let text = format!("{}{code}  {} (retired)", domain.id, retired.name);
                self.wrapped(PLAIN, "  ", "      ", &text);
            }
            Subject::Condition(condition) => {
                self.wrapped(PLAIN, "  ", "  ", &format!("{} (a condition)", condition.name));
            }
            Subject::Kind(kind) => self.wrapped(PLAIN, "  ", "  ", &format!("{} (a kind)", kind.id())),
        }
    }

    /// `  quectel/5003  sms_code_incorrect`, and the messages below if they are wanted.
    fn row(&mut self, domain: &Domain, error: &ErrorCode, name: &str, with_texts: bool) {
        let reference = words(&reference(domain, &error.code)).into_owned();
        let (name_style, end) = (self.style(NAME), self.end(NAME));
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "  {name_style}{reference}{end}  {name}");
        if with_texts {
            let texts: Vec<_> = self
                .shelf
                .locales
                .iter()
                .filter_map(|index| error.meaning.message.written(*index))
                .map(|text| words(text).into_owned())
                .collect();
            self.wrapped(DIM, "      ", "      ", &texts.join(" · "));
        }
    }

    fn brief(&mut self, domain: &Domain, error: &ErrorCode) {
        self.row(domain, error, error.meaning.name.as_str(), false);
        let indent = "      ";
        for meaning in error.meanings() {
            let texts = self.shelf.locales.iter().filter_map(|index| meaning.message.written(*index));
            let texts = texts.collect::<Vec<_>>().join(" · ");
            self.wrapped(PLAIN, indent, indent, &texts);
        }
        let (_, advice) = retry(error);
        self.wrapped(DIM, indent, indent, &format!("{}; retry: {advice}", error.meaning.kind.id()));
        for index in &self.shelf.locales {
            if let Some(text) = error.meaning.solution.written(*index) {
                self.wrapped(PLAIN, indent, indent, text);
            }
        }
    }

    fn code(&mut self, domain: &Domain, error: &ErrorCode) {
        self.title(&reference(domain, &error.code), error.meaning.name.as_str(), &domain.title);
        if let Some(deprecated) = &error.deprecated {
            let mut text = format!("deprecated since {}", deprecated.since);
            if let Some(name) = &deprecated.replacement {
                let _ = write!(text, "; use {}", called(domain, name));
            }
            if let Some(note) = &deprecated.note {
                let _ = write!(text, ". {note}");
            }
            self.wrapped(WARN, "  ", "  ", &text);
        }
        self.blank();
        self.texts(&error.meaning.message);
        self.facts(domain, error, &error.meaning, true);
        for variant in &error.variants {
            self.blank();
            self.wrapped(PLAIN, "  ", "  ", &format!("It may also mean {}:", variant.name));
            self.blank();
            self.texts(&variant.message);
            self.facts(domain, error, variant, false);
        }
        self.blank();
        if !error.former_names.is_empty() {
            let names: Vec<_> = error
                .former_names
                .iter()
                .map(|former| format!("{} (until {})", former.name, former.since))
                .collect();
            self.fact("once called", PLAIN, &names.join(", "));
        }
        if let Some(note) = &error.note {
            self.fact("note", PLAIN, note);
        }
        if let Some(place) = self.shelf.place(domain, &error.code) {
            self.fact("document", PLAIN, &place);
        }
        let names: Vec<_> = self
            .shelf
            .spellings
            .iter()
            .map(|language| (language.id, language.path(&domain.id, &error.meaning.name)))
            .collect();
        for (index, (language, path)) in names.iter().enumerate() {
            // Java and Kotlin write the same.
            if let Some(first) = names.iter().position(|(_, other)| other == path)
                && first < index
            {
                continue;
            }
            let same: Vec<_> = names.iter().filter(|(_, other)| other == path).map(|(id, _)| *id).collect();
            let label = if same.len() > 1 { same.join(", ") } else { (*language).to_owned() };
            self.fact(&label, PLAIN, path);
        }
    }

    /// What there is to say of a meaning beyond its message; what holds for all meanings of the code only with the first.
    fn facts(&mut self, domain: &Domain, error: &ErrorCode, meaning: &Meaning, first: bool) {
        self.originals("the vendor says", &meaning.erratum_message);
        self.blank();
        self.fact("kind", PLAIN, &format!("{}: {}", meaning.kind.id(), meaning.kind.summary()));
        if first {
            let (style, advice) = retry(error);
            self.fact("retry", style, advice);
            if let Some(status) = error.http_status {
                self.fact("HTTP status", PLAIN, &status.to_string());
            }
        }
        let solutions: Vec<_> =
            self.shelf.locales.iter().filter_map(|index| meaning.solution.written(*index)).collect();
        for (index, text) in solutions.iter().enumerate() {
            self.fact(if index == 0 { "what to do" } else { "" }, PLAIN, text);
        }
        self.originals("the vendor advises", &meaning.erratum_solution);
        if let Some(name) = &meaning.condition {
            self.same_situation(domain, name);
        }
    }

    /// A condition and the codes that other platforms report it with.
    fn same_situation(&mut self, domain: &Domain, name: &Name) {
        let titles =
            self.shelf.book.conditions.iter().find(|condition| condition.name == *name).map(|condition| {
                let titles: Vec<_> =
                    self.shelf.locales.iter().filter_map(|index| condition.title.written(*index)).collect();
                format!("{name}: {}", titles.join(" · "))
            });
        self.fact("condition", PLAIN, &titles.unwrap_or_else(|| name.to_string()));
        for other in self.shelf.book.domains.iter().filter(|other| other.id != domain.id) {
            let codes: Vec<_> = cases(&[other], name)
                .into_iter()
                .map(|(_, error)| format!("{} {}", error.code, error.meaning.name))
                .collect();
            if !codes.is_empty() {
                let more = codes.len().saturating_sub(MOST_LISTED);
                let mut text = format!("{}: {}", other.id, codes[..codes.len() - more].join(", "));
                if more > 0 {
                    let _ = write!(text, " and {more} more");
                }
                self.fact("", DIM, &text);
            }
        }
    }

    fn retired(&mut self, domain: &Domain, retired: &Retired) {
        let code =
            retired.code.as_ref().map_or_else(|| domain.id.to_string(), |code| reference(domain, code));
        self.title(&code, retired.name.as_str(), &domain.title);
        self.wrapped(WARN, "  ", "  ", &format!("retired since {}, and never used again", retired.since));
        if let Some(reason) = &retired.reason {
            self.blank();
            self.fact("reason", PLAIN, reason);
        }
        let Some(name) = &retired.replacement else { return };
        self.blank();
        match entry(domain, name) {
            Some(error) => {
                self.wrapped(PLAIN, "  ", "  ", "instead of it:");
                self.blank();
                self.code(domain, error);
            }
            None => self.fact("use", PLAIN, name.as_str()),
        }
    }

    fn condition(&mut self, condition: &Condition) {
        self.title("condition", condition.name.as_str(), "");
        self.blank();
        for index in &self.shelf.locales {
            let tag = self.shelf.book.locales[*index].tag();
            let parts = [condition.title.written(*index), condition.description.written(*index)];
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            if !parts.is_empty() {
                self.fact(tag, BOLD, &parts.join(if tag.starts_with("zh") { "：" } else { ": " }));
            }
        }
        self.blank();
        self.fact("kind", PLAIN, &format!("{}: {}", condition.kind.id(), condition.kind.summary()));
        if !condition.former_names.is_empty() {
            let names: Vec<_> = condition.former_names.iter().map(|former| former.name.to_string()).collect();
            self.fact("once called", PLAIN, &names.join(", "));
        }
        let cases = cases(&self.shelf.domains, &condition.name);
        self.blank();
        for (domain, error) in cases {
            self.row(domain, error, error.meaning.name.as_str(), true);
        }
    }

    fn kind(&mut self, kind: Kind) {
        self.title("kind", kind.id(), "");
        self.blank();
        self.wrapped(PLAIN, "  ", "  ", kind.summary());
        let advice = if kind.may_be_retryable() {
            "Some of its codes may be retried; each says so."
        } else {
            "None of its codes is worth repeating unchanged."
        };
        self.wrapped(PLAIN, "  ", "  ", advice);
        self.blank();
        for domain in &self.shelf.domains {
            let codes: Vec<_> = domain
                .errors
                .iter()
                .filter(|error| error.meaning.kind == kind)
                .map(|error| error.code.to_string())
                .collect();
            if !codes.is_empty() {
                let more = codes.len().saturating_sub(MOST_LISTED);
                let mut text = format!("{}: {}", domain.id, codes[..codes.len() - more].join(", "));
                if more > 0 {
                    let _ = write!(text, " and {more} more");
                }
                self.wrapped(PLAIN, "  ", "    ", &text);
            }
        }
    }

    fn texts(&mut self, texts: &Texts) {
        for index in &self.shelf.locales {
            if let Some(text) = texts.written(*index) {
                self.fact(self.shelf.book.locales[*index].tag(), BOLD, text);
            }
        }
    }

    /// The vendor's own words where ours differ.
    fn originals(&mut self, what: &str, texts: &Texts) {
        for index in &self.shelf.locales {
            if let Some(text) = texts.written(*index) {
                self.wrapped(
                    DIM,
                    "  ",
                    "    ",
                    &format!("{what} ({}): {text}", self.shelf.book.locales[*index]),
                );
            }
        }
    }

    fn title(&mut self, reference: &str, name: &str, title: &str) {
        let (style, end, dim, dim_end) = (self.style(NAME), self.end(NAME), self.style(DIM), self.end(DIM));
        let (reference, title) = (words(reference).into_owned(), words(title).into_owned());
        let used = wrap::columns(&reference) + 2 + name.len();
        let right = wrap::columns(&title);
        let _ = write!(self.out, "{style}{reference}{end}  {}{name}{}", self.style(BOLD), self.end(BOLD));
        if title.is_empty() {
            self.out.push('\n');
        } else if used + 2 + right <= self.look.width {
            let blanks = self.look.width - used - right;
            let _ = writeln!(self.out, "{:blanks$}{dim}{title}{dim_end}", "");
        } else {
            let _ = writeln!(self.out, "\n{dim}{title}{dim_end}");
        }
    }

    /// A labelled text, its further lines below its first.
    fn fact(&mut self, label: &str, style: Style, text: &str) {
        let label_style = if label.is_empty() { PLAIN } else { DIM };
        let (dim, end) = (self.style(label_style), self.end(label_style));
        let gap = LABEL.saturating_sub(wrap::columns(label)).max(1);
        let first = format!("  {dim}{label}{end}{:gap$}", "");
        // What colours a label takes no columns, but for the escape characters nothing counts it as none.
        let hidden = wrap::columns(&dim) + wrap::columns(&end);
        let rest = " ".repeat(2 + LABEL);
        self.wrapped_beside(style, &first, hidden, &rest, text);
    }

    fn wrapped(&mut self, style: Style, first: &str, rest: &str, text: &str) {
        self.wrapped_beside(style, first, 0, rest, text);
    }

    /// Breaks a text into lines, the first of which begins with `first`, `hidden` bytes of which take no columns.
    fn wrapped_beside(&mut self, style: Style, first: &str, hidden: usize, rest: &str, text: &str) {
        let (on, off) = (self.style(style), self.end(style));
        let mut indent = first;
        for line in shown(text).split('\n') {
            let used = wrap::columns(indent).saturating_sub(if indent == first { hidden } else { 0 });
            let room = |used: usize| self.look.width.saturating_sub(used).max(20);
            for piece in wrap::lines(line, room(used), room(rest.len())) {
                if piece.is_empty() && indent == rest {
                    self.out.push('\n');
                } else {
                    let _ = writeln!(self.out, "{indent}{on}{piece}{off}");
                }
                indent = rest;
            }
        }
    }

    fn line(&mut self, style: Style, text: &str) {
        self.wrapped(style, "", "", text);
    }

    /// An empty line, if the last one is not empty.
    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// What separates two pages.
    fn gap(&mut self) {
        if !self.out.is_empty() {
            self.blank();
            self.out.push('\n');
        }
    }

    fn style(&self, style: Style) -> String {
        if self.look.colour { style.render().to_string() } else { String::new() }
    }

    /// What ends a style; nothing for one that is none.
    fn end(&self, style: Style) -> String {
        if self.look.colour { style.render_reset().to_string() } else { String::new() }
    }
}

/// A name of a domain with its code: `device_offline (quectel/5051)`.
fn called(domain: &Domain, name: &Name) -> String {
    match entry(domain, name) {
        Some(error) => format!("{name} ({})", reference(domain, &error.code)),
        None => name.to_string(),
    }
}

/// Whether an entry reports a condition in one of its meanings.
fn reports(error: &ErrorCode, condition: &Name) -> bool {
    error.meanings().any(|meaning| meaning.condition.as_ref() == Some(condition))
}

/// Whether to repeat a request that was answered so.
fn retry(error: &ErrorCode) -> (Style, &'static str) {
    if error.meaning.kind == Kind::Ok {
        (GOOD, "not needed: it is no error")
    } else if error.retryable {
        (GOOD, "yes: the same request may be sent again, after a while")
    } else if error.meaning.kind.may_be_retryable() {
        (PLAIN, "not blindly: it may have taken effect, or will not be better soon")
    } else {
        (PLAIN, "no: the same request will be answered the same")
    }
}

fn words(text: &str) -> std::borrow::Cow<'_, str> {
    visible(text, LONGEST)
}

/// A text whose line ends are kept and whose other hidden characters are written out.
fn shown(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| words(line).replace("<U+0009>", " ")).collect();
    lines.join("\n")
}
