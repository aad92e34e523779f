//! Regular expressions that somebody wrote into a spec, and what they may cost.
//!
//! In: the text of an expression. Out: an `Expression`, or why it is none. It is understood at once and compiled when it is
//! first used: to know that a recipe is right takes a hundredth of what running it takes. What compiling takes and what each byte
//! of a text may take is known from the expression written out (`a{3}` is `aaa`), and has limits, because an engine
//! without backtracking is linear in the text, but not in the expression: ten thousand characters look at each byte ten
//! thousand times.
//!
//! Deliberately elsewhere: what the groups mean (`recipe`, `model::resolve`), and how much text an expression runs over.

use crate::diagnostics::{Diagnostic, Span};
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use std::sync::OnceLock;

/// How long an expression may be as it is written, in bytes. Those of recipes have a tenth of it.
pub const LONGEST_PATTERN: usize = 2048;
/// How many characters and ranges of characters an expression may have when it is written out; `\w` is 770 ranges. It bounds
/// what compiling takes.
pub const LARGEST_PATTERN: usize = 50_000;

/// How many steps all expressions of one command may take, if each looks at every byte of its text with each of its characters. That
/// takes seconds; those of recipes take a thousandth of it.
pub const MOST_STEPS: usize = 500_000_000;

/// How large a compiled expression may be, in bytes. One within `LARGEST_PATTERN` has less.
const LARGEST_COMPILED: usize = 16 << 20;
/// How large the states may grow that an engine keeps while it searches, in bytes. A hundred expressions have room.
const LARGEST_CACHE: usize = 256 << 10;
/// How deep groups may stand in each other.
const DEEPEST: u32 = 64;

/// An expression that is right.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    size: usize,
    steps: usize,
    regex: OnceLock<Option<Regex>>,
}

/// Why a text is no expression, or none that is run.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What to do about it, where that can be said.
    pub help: Option<&'static str>,
}

impl Refused {
    /// The same as a fault of what stands at `span`.
    pub fn told(self, span: Span) -> Diagnostic {
        let fault = Diagnostic::error("bad_pattern", span, self.message);
        match self.help {
            Some(help) => fault.help(help),
            None => fault,
        }
    }
}

impl Expression {
    /// Understands an expression; the syntax is that of the crate `regex`.
    pub fn new(text: &str) -> Result<Self, Refused> {
        Self::parse(text).map(|(expression, _)| expression)
    }

    /// The same for one whose match is a whole text.
    pub fn whole(text: &str) -> Result<Self, Refused> {
        // Understood alone first, so that a fault is told in the author's words.
        Self::parse(text)?;
        Self::new(&format!("\\A(?:{text})\\z"))
    }

    /// An expression with the names of its groups, and with whether it can match where there is nothing.
    pub fn with_groups(text: &str) -> Result<(Self, Groups), Refused> {
        let (expression, hir) = Self::parse(text)?;
        let mut names = vec![None];
        collect_names(&hir, &mut names);
        let may_be_empty = hir.properties().minimum_len() == Some(0);
        Ok((expression, Groups { names, may_be_empty, signs: signs(&hir) }))
    }

    /// The expression without the anchors that it begins and ends with; `None` if it has none there.
    pub fn unanchored(&self) -> Option<Self> {
        let flags = flags(&self.text);
        let body = &self.text[flags.len()..];
        let start = body.strip_prefix('^').or_else(|| body.strip_prefix("\\A")).unwrap_or(body);
        let end = without_end(start).unwrap_or(start);
        if end.len() == body.len() { None } else { Self::new(&format!("{flags}{end}")).ok() }
    }

    fn parse(text: &str) -> Result<(Self, Hir), Refused> {
        if text.len() > LONGEST_PATTERN {
            let message =
                format!("a pattern has at most {LONGEST_PATTERN} bytes, and this one {}", text.len());
            return Err(Refused { message, help: Some("write several patterns") });
        }
        let parsed = regex_syntax::ParserBuilder::new().nest_limit(DEEPEST).build().parse(text);
        let hir = parsed.map_err(|error| {
            // The last line says what is wrong; those before it draw the expression, which the finding shows anyway.
            let drawn = error.to_string();
            let reason = drawn.lines().last().unwrap_or_default().trim_start_matches("error: ");
            let help = reason
                .contains("capture group character")
                .then_some("the name of a group has `_` where the locale has `-`: `(?<message.zh_Hans>…)`");
            Refused { message: format!("this is no regular expression: {reason}"), help }
        })?;
        let Cost { size, steps } = cost(&hir, &mut true);
        if size > LARGEST_PATTERN {
            let message = format!(
                "written out, this pattern has {size} characters and ranges of characters, more than the limit of {LARGEST_PATTERN}"
            );
            let help = Some("repeat less, or write `[0-9]` for `\\d` and `[^|]` for `\\w`");
            return Err(Refused { message, help });
        }
        Ok((Self { text: text.to_owned(), size, steps, regex: OnceLock::new() }, hir))
    }

    /// How many characters and ranges it has when it is written out.
    pub fn size(&self) -> usize {
        self.size
    }

    /// How many steps each byte of a text may take: one for each character when it is written out.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// The compiled expression; `None` if it is larger than it should be by its size.
    pub fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let mut builder = RegexBuilder::new(&self.text);
            builder.size_limit(LARGEST_COMPILED).dfa_size_limit(LARGEST_CACHE).nest_limit(DEEPEST);
            builder.build().ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }
}

/// The groups of an expression.
#[derive(Debug)]
pub struct Groups {
    /// The name of each, if it has one, by its number.
    pub names: Vec<Option<String>>,
    /// Whether the expression can match where there is nothing.
    pub may_be_empty: bool,
    /// How many signs that are no letter, no digit and no blank every match has outside of groups.
    pub signs: usize,
}

/// The flags that an expression begins with: `(?m)`.
fn flags(text: &str) -> &str {
    let is_flag = |byte: u8| byte.is_ascii_alphabetic() || byte == b'-';
    let end = text.strip_prefix("(?").and_then(|rest| rest.split_once(')')).map(|(flags, _)| flags);
    let end = end.filter(|flags| flags.bytes().all(is_flag)).map_or(0, |flags| flags.len() + "(?)".len());
    &text[..end]
}

/// An expression without the `$` or `\z` at its end; `None` if it ends in no such thing, such as `\$`.
fn without_end(text: &str) -> Option<&str> {
    let is_escaped = |text: &str| (text.len() - text.trim_end_matches('\\').len()) % 2 == 1;
    let line = text.strip_suffix('$').filter(|rest| !is_escaped(rest));
    line.or_else(|| text.strip_suffix('z').filter(|rest| is_escaped(rest))?.strip_suffix('\\'))
}

/// How many signs of its own every match of an expression has.
fn signs(hir: &Hir) -> usize {
    let of_part = |part: &Hir| match part.kind() {
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            text.chars().filter(|ch| !ch.is_alphanumeric() && !ch.is_whitespace()).count()
        }
        _ => 0,
    };
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().map(of_part).sum(),
        _ => of_part(hir),
    }
}

fn collect_names(hir: &Hir, names: &mut Vec<Option<String>>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            let index = capture.index as usize;
            names.resize(names.len().max(index + 1), None);
            names[index] = capture.name.as_deref().map(str::to_owned);
            collect_names(&capture.sub, names);
        }
        HirKind::Repetition(repetition) => collect_names(&repetition.sub, names),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            for part in parts {
                collect_names(part, names);
            }
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

/// What an expression takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cost {
    size: usize,
    steps: usize,
}

impl Cost {
    /// Of a part of so many characters and ranges; all of its `characters` may be looked for at once where many are.
    fn of(size: usize, characters: usize, are_many: bool) -> Self {
        Self { size, steps: if are_many { characters } else { 1 } }
    }

    fn and(self, other: Self) -> Self {
        Self { size: self.size.saturating_add(other.size), steps: self.steps.saturating_add(other.steps) }
    }

    fn times(self, times: usize) -> Self {
        Self { size: self.size.saturating_mul(times), steps: self.steps.saturating_mul(times) }
    }
}

/// The cost of an expression that is written out. `are_many` says whether many matches may be under way at once: as long as
/// what comes before has one length, and begins with the text, there is one.
fn cost(hir: &Hir, are_many: &mut bool) -> Cost {
    match hir.kind() {
        HirKind::Look(Look::Start) => {
            *are_many = false;
            Cost::of(1, 1, false)
        }
        HirKind::Empty | HirKind::Look(_) => Cost::of(1, 1, false),
        HirKind::Literal(literal) => Cost::of(literal.0.len(), literal.0.len(), *are_many),
        HirKind::Class(Class::Unicode(class)) => Cost::of(class.ranges().len(), 1, false),
        HirKind::Class(Class::Bytes(class)) => Cost::of(class.ranges().len(), 1, false),
        HirKind::Capture(capture) => Cost::of(2, 2, true).and(cost(&capture.sub, are_many)),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            *are_many |= repetition.max != Some(repetition.min);
            let were_many = *are_many;
            let first = cost(&repetition.sub, are_many);
            // Behind a first one of several lengths, many of the others are under way. (To ask twice at each level would take for ever.)
            let other = if *are_many == were_many { first } else { cost(&repetition.sub, are_many) };
            let again = Cost::of(1, 1, true);
            again.and(first).and(again.and(other).times(times as usize - 1))
        }
        HirKind::Concat(parts) => {
            parts.iter().map(|part| cost(part, are_many)).fold(Cost::default(), Cost::and)
        }
        HirKind::Alternation(parts) => {
            let before = *are_many;
            let one = |part: &Hir| cost(part, &mut before.clone());
            *are_many = true;
            parts.iter().map(one).fold(Cost::default(), Cost::and)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_costs_what_it_is_written_out() {
        let steps = |text: &str| Expression::new(text).map(|expression| expression.steps());
        assert_eq!(steps("abc"), Ok(3));
        assert_eq!(steps("[ab]{100}"), Ok(200));
        assert_eq!(steps("(?:[0-9]{10}){20}"), Ok(20 * 21));
        assert_eq!(steps(r"\d"), Ok(1));
        // What begins with the text is looked for once, up to where it may have several lengths.
        let whole = |text: &str| Expression::whole(text).map(|expression| expression.steps());
        assert_eq!(whole("This is no row"), Ok(3));
        assert_eq!(whole("This is no row of [0-9]+ cells"), Ok(2 + 4 + 6 + 1));
        assert_eq!(whole("(?:a|bb)cd"), Ok(1 + 2 + 2 + 1));
        assert_eq!(whole("(?:abcdefghij?){2}"), Ok(1 + (1 + 1 + 2) + (1 + 9 + 2) + 1));
        assert!(whole(&format!("{}a?{}", "(?:".repeat(60), "b){2}".repeat(60))).is_err());
        let refused = Expression::new("(?:[ab]{1000}){1000}").expect_err("too large");
        assert!(refused.message.contains("more than the limit of 50000"), "{refused:?}");
        assert!(Expression::new(r"\w{1000}").is_err());
        assert!(Expression::new(&"a".repeat(LONGEST_PATTERN + 1)).is_err());
        // Whatever is within the limits can be compiled.
        for text in
            [r"\w{60}", r"(?i)\pL{60}", r"\W{60}", r"(?:\p{Han}|é){800}", "[ab]{24000}", r"(?:\b|a){9000}"]
        {
            assert!(Expression::new(text).expect(text).regex().is_some(), "{text}");
        }
    }

    #[test]
    fn groups_have_the_numbers_that_the_engine_gives_them() {
        for text in [
            r"(?<code>(\d)(?<message.en>x))|(?<http_status>y)(z)?",
            "(?:(a)|(?<b>b)){2}(?P<c>c)",
            "(?<a>){0}(?<b>x)",
            "(?<code>(?<x>[a-z])+)*",
        ] {
            let (expression, groups) = Expression::with_groups(text).expect(text);
            let regex = expression.regex().expect("compiles");
            let names: Vec<_> = regex.capture_names().map(|name| name.map(str::to_owned)).collect();
            assert_eq!(groups.names, names, "{text}");
        }
    }

    #[test]
    fn anchors_are_taken_from_the_ends_of_an_expression() {
        let unanchored = |text: &str| Expression::new(text).expect(text).unanchored().map(|other| other.text);
        for (text, expected) in [
            ("(?m)^a$", Some("(?m)a")),
            (r"(?s-m)\A(?:^a)\z", Some("(?s-m)(?:^a)")),
            (r"^ *a\\$", Some(r" *a\\")),
            (r"(?:^a)b\$", None),
            (r"a\\z", None),
            ("(?<code>a)", None),
        ] {
            assert_eq!(unanchored(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn signs_of_an_expression_are_counted_outside_of_its_groups() {
        let signs = |text: &str| Expression::with_groups(text).expect(text).1.signs;
        assert_eq!(signs(r#"(?m)^ERR_(?<code>\d+) = "(?<message.en>.+)";$"#), 5);
        assert_eq!(signs(r"(?m)^- (?<code>-\d+): (?<message.en>.+)$"), 2);
        assert_eq!(signs(r"\|"), 1);
        assert_eq!(signs(r"(?<code>a)|--"), 0);
    }

    #[test]
    fn what_can_match_nothing_is_known() {
        let may_be_empty = |text: &str| Expression::with_groups(text).expect(text).1.may_be_empty;
        // The first matches the empty text, and the second not even that.
        for text in [r"(?<code>\d*)", r"\b(?<code>x?)"] {
            assert!(may_be_empty(text), "{text}");
        }
        assert!(!may_be_empty(r"(?m)^(?<code>\d)?x$"));
    }

    #[test]
    fn whole_texts_are_matched_as_such() {
        let expression = Expression::whole("a|b+").expect("valid");
        let regex = expression.regex().expect("compiles");
        assert!(regex.is_match("bb") && !regex.is_match("ab") && !regex.is_match("a\n"));
        for bad in ["a)(b", "(?x)a # b", "("] {
            assert!(Expression::whole(bad).is_err(), "{bad}");
        }
    }
}
