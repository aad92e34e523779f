//! Every text of a book that apps show, with what a lint must know of it.
//!
//! In: a book. Out: its messages, solutions, titles and descriptions, one by one. A text is ours unless the vendor's
//! document supplies that field in that locale; where an erratum keeps the vendor's text, the one shown is ours again.

use super::{Context, Finding, Subject};
use crate::characters::is_hidden;
use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::model::Texts;
use crate::spec::write;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// What has happened, in a sentence.
    Message,
    /// What to do about it, in sentences.
    Solution,
    /// A condition in a few words.
    Title,
    /// A condition in a sentence.
    Description,
}

/// A text that apps show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    /// Whose it is.
    pub(super) subject: Subject<'a>,
    /// What it is for.
    pub(super) role: Role,
    /// The BCP 47 tag of its language.
    pub(super) locale: &'a str,
    /// The text.
    pub(super) value: &'a str,
    /// Where it stands.
    pub(super) span: Span,
    /// Whether it is ours and not the vendor's.
    pub(super) is_ours: bool,
}

impl<'a> Text<'a> {
    /// Whether it is Chinese or Japanese, which have punctuation of full width.
    pub(super) fn is_wide(&self) -> bool {
        let language = self.locale.split('-').next().unwrap_or_default();
        matches!(language, "zh" | "ja" | "yue")
    }

    /// That it should be another text, which is the one right answer.
    pub(super) fn rewritten(&self, diagnostic: Diagnostic, text: &str) -> Finding<'a> {
        self.finding(diagnostic.help("run `errbook lint --fix`").fix(self.span, write::anywhere(text)))
    }

    /// That it should most likely be another text.
    pub(super) fn offered(&self, diagnostic: Diagnostic, text: &str) -> Finding<'a> {
        self.finding(diagnostic.suggest(self.span, write::anywhere(text)))
    }

    /// The comment that cuts it off.
    pub(super) fn cut_off(&self, sources: &Sources) -> Option<Span> {
        cut_off(&sources.get(self.span.source).text, self.span, self.value)
    }

    /// Something that is to be said about it.
    pub(super) fn finding(&self, diagnostic: Diagnostic) -> Finding<'a> {
        Finding { subject: self.subject, diagnostic }
    }
}

/// The comment that cuts off the text `value` at `place`, behind it or on the line below: one with a word right behind its
/// `#`, which most likely belongs to the text.
pub(super) fn cut_off(source: &str, place: Span, value: &str) -> Option<Span> {
    let (start, end) = (place.range().start, place.range().end);
    let rest = source.get(end..)?;
    // The rest of the line may be the rest of the book: it is not looked at where no comment begins.
    let behind = rest.trim_start_matches([' ', '\t']);
    let comment = if behind.starts_with(['\r', '\n']) { below(source, start, behind)? } else { behind };
    let at = end + rest.len() - comment.len();
    let comment = comment.lines().next()?.trim_end();
    if !goes_on(comment) || !source[..at].ends_with([' ', '\t']) {
        return None;
    }
    // What stands in quotes has an end of its own, and so has a block.
    let is_plain = source.get(start..end)?.split_whitespace().eq(value.split_whitespace());
    is_plain.then(|| Span::new(place.source, at, at + comment.len()))
}

/// The line right below a text that begins at `start`, which ends before `behind`, if it is indented deeper than the text's.
fn below<'a>(source: &str, start: usize, behind: &'a str) -> Option<&'a str> {
    let line = behind.strip_prefix('\r').unwrap_or(behind).strip_prefix('\n')?;
    let first = &source[source[..start].rfind('\n').map_or(0, |end| end + 1)..start];
    let column = first.len() - first.trim_start_matches([' ', '-']).len();
    let words = line.trim_start_matches(' ');
    (line.len() - words.len() > column).then_some(words)
}

/// Whether a comment reads like a part of a text: `#5`, `#{code}`, `##5`. One with a blank behind its `#` is a comment, and one
/// that begins with a row of marks is a line between others.
fn goes_on(comment: &str) -> bool {
    let Some(words) = comment.strip_prefix('#') else { return false };
    let first = words.trim_start_matches('#').split(' ').next().unwrap_or_default();
    first.contains(char::is_alphanumeric)
        || first.starts_with('{')
        || first.starts_with(|ch: char| ch.is_whitespace() || is_hidden(ch))
            && words.contains(char::is_alphanumeric)
}

/// Every text of the book, in its order.
pub(super) fn all<'a>(context: &Context<'a>) -> impl Iterator<Item = Text<'a>> + use<'a> {
    let context = *context;
    let entries = context.entries().flat_map(move |(domain, error)| {
        error.meanings().flat_map(move |meaning| {
            let subject = Subject::Entry(domain, error);
            let vendor = &domain.vendor;
            let roles = [
                (Role::Message, &meaning.message, &meaning.erratum_message, &vendor.message),
                (Role::Solution, &meaning.solution, &meaning.erratum_solution, &vendor.solution),
            ];
            roles.into_iter().flat_map(move |(role, texts, erratum, vendor)| {
                let is_ours = move |index: usize| {
                    !vendor.get(index).copied().unwrap_or_default() || erratum.written(index).is_some()
                };
                each(context, subject, role, texts, is_ours)
            })
        })
    });
    let conditions = context.book.conditions.iter().flat_map(move |condition| {
        let roles = [(Role::Title, &condition.title), (Role::Description, &condition.description)];
        roles.into_iter().flat_map(move |(role, texts)| {
            each(context, Subject::Condition(condition), role, texts, |_| true)
        })
    });
    entries.chain(conditions)
}

/// The texts of one field.
fn each<'a>(
    context: Context<'a>,
    subject: Subject<'a>,
    role: Role,
    texts: &'a Texts,
    is_ours: impl Fn(usize) -> bool + 'a,
) -> impl Iterator<Item = Text<'a>> + 'a {
    context.book.locales.iter().enumerate().filter_map(move |(index, locale)| {
        let (text, span) = (texts.written(index)?, texts.span(index)?);
        Some(Text { subject, role, locale: locale.tag(), value: text, span, is_ours: is_ours(index) })
    })
}

/// A text without what makes no difference to its words: punctuation, blanks and case.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for ch in text.chars() {
        if ch.is_ascii_alphanumeric() {
            plain.push(ch.to_ascii_lowercase());
        } else if !ch.is_ascii() {
            plain.extend(plain_char(ch));
        }
    }
    plain
}

/// Whether two texts have the same words; it takes no longer than to their first difference.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    one == other || one.chars().flat_map(plain_char).eq(other.chars().flat_map(plain_char))
}

fn plain_char(ch: char) -> impl Iterator<Item = char> {
    is_of_word(ch).then(|| ch.to_lowercase()).into_iter().flatten()
}

/// Whether a character is a letter or a number, without a look into the tables of Unicode for those that most texts are made
/// of: the ideographs are letters, general punctuation is not.
pub(super) fn is_of_word(ch: char) -> bool {
    match ch {
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' => false,
        '\u{4E00}'..='\u{9FFF}' => true,
        _ => ch.is_alphanumeric(),
    }
}

/// Whether a character is a Chinese one: the blocks of CJK Unified Ideographs, their extensions and their
/// compatibility forms (Unicode, `Blocks.txt`).
pub(super) fn is_han(ch: char) -> bool {
    matches!(u32::from(ch), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
        || ch == '々'
}
