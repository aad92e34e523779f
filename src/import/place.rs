//! Where in the domain's files new entries go, and their text.
//!
//! In: a domain as written, and its new entries by code. Out: the new texts of the files that change. A new entry stands
//! behind the one with the next smaller code and before the comments of the one that follows; every byte that was there
//! stays. A text is read again before it is given: if one entry is not what was meant, there is a finding and no text.
//!
//! Deliberately elsewhere: how an entry is written (`spec::write`).

use crate::diagnostics::{self, Diagnostic, SourceId, Sources, Span};
use crate::names::{CodeType, WireCode};
use crate::spec::allowance::Allowance;
use crate::spec::read::{self, SpecDomain, SpecError};
use crate::spec::{write, yaml};
use sha2::{Digest as _, Sha256};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where in a file new entries go.
#[derive(Clone)]
struct Place {
    source: SourceId,
    /// What the entries replace: nothing, or the brackets of an empty list.
    replaced: Range<usize>,
    /// Where they start.
    at: usize,
    /// How far the dash of an item is indented in this file.
    indent: usize,
}

/// The new texts of the files that change.
pub(super) fn files(
    sources: &Sources,
    domain: &SpecDomain,
    code_type: CodeType,
    entries: &[(WireCode, SpecError)],
    findings: &mut Vec<Diagnostic>,
) -> Vec<(SourceId, String)> {
    let order = Order::of(sources, domain, code_type);
    let mut by_source: BTreeMap<SourceId, Vec<(Place, &SpecError)>> = BTreeMap::new();
    for (code, error) in entries {
        if let Some(place) = order.place(code) {
            by_source.entry(place.source).or_default().push((place, error));
        } else {
            let message = "the entries of this file are not a block list, so nothing can be added to them";
            findings
                .push(Diagnostic::error("flow_list", domain.span, message).help("run `errbook fmt` first"));
            return Vec::new();
        }
    }
    let mut files = Vec::new();
    for (source, additions) in by_source {
        let text = splice(&sources.get(source).text, &additions);
        if reread(&text).is_some_and(|found| found == intended(domain, source, &additions)) {
            files.push((source, text));
        } else {
            let message = "the file with its new entries does not read back as it should; it stays as it is";
            findings.push(
                Diagnostic::error("import_refused", domain.span, message).help("run `errbook fmt` first"),
            );
        }
    }
    files
}

/// Puts the entries into the text. They come in the order of their codes, so equal places keep that order.
fn splice(text: &str, additions: &[(Place, &SpecError)]) -> String {
    let mut additions: Vec<_> = additions.iter().collect();
    additions.sort_by_key(|(place, _)| place.at);
    let mut out = String::with_capacity(text.len() + additions.len() * 256);
    let mut copied = 0;
    for (place, error) in additions {
        if place.replaced.start >= copied && !place.replaced.is_empty() {
            out.push_str(&text[copied..place.replaced.start]);
            copied = place.replaced.end;
        }
        out.push_str(&text[copied..place.at]);
        copied = place.at;
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        let mut item = String::new();
        write::error(&mut item, error);
        for line in item.lines() {
            if let Some(rest) = line.get(write::ITEM_INDENT..) {
                out.push_str(&" ".repeat(place.indent));
                out.push_str(rest);
            }
            out.push('\n');
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// What an entry says, as a digest: of a large file the texts of all would be in memory several times.
type Essence = Vec<u8>;

/// What the file should hold then, entry by entry.
fn intended(domain: &SpecDomain, source: SourceId, additions: &[(Place, &SpecError)]) -> Vec<Essence> {
    let old = domain.errors.iter().filter(|error| error.span.source == source);
    let old = old.map(|error| (error.span.start as usize, 1, &**error));
    let new = additions.iter().map(|(place, error)| (place.at, 0, *error));
    let mut all: Vec<_> = new.chain(old).collect();
    all.sort_by_key(|(at, rank, _)| (*at, *rank));
    all.into_iter().map(|(_, _, error)| essence(error)).collect()
}

/// What the file would hold, entry by entry.
fn reread(text: &str) -> Option<Vec<Essence>> {
    let mut sources = Sources::default();
    let id = sources.add("", text.to_owned());
    let entry = |node: &yaml::Node, faults: &mut Vec<Diagnostic>| {
        read::error(node, faults).map(|error| essence(&error))
    };
    let apart = yaml::parse_apart(&sources, id, &Allowance::default(), read::ERRORS, entry).ok()?;
    let mut faults = apart.faults;
    read::domain(&apart.root, &mut faults).filter(|_| !diagnostics::any_error(&faults))?;
    Some(apart.items)
}

fn essence(error: &SpecError) -> Essence {
    let mut out = String::new();
    write::error(&mut out, error);
    Sha256::digest(out).to_vec()
}

/// The entries of a domain by code, and by their places in their files.
struct Order<'a> {
    sources: &'a Sources,
    domain: &'a SpecDomain,
    /// Indices of entries, by code.
    by_code: Vec<(WireCode, usize)>,
    /// The place under `errors: []`, which the whole file is read for, once it is asked for.
    first: OnceCell<Option<Place>>,
}

impl<'a> Order<'a> {
    fn of(sources: &'a Sources, domain: &'a SpecDomain, code_type: CodeType) -> Self {
        let codes = domain.errors.iter().map(|error| code_type.parse(&error.code.value));
        let mut by_code: Vec<_> =
            codes.enumerate().filter_map(|(index, code)| Some((code?, index))).collect();
        by_code.sort();
        Self { sources, domain, by_code, first: OnceCell::new() }
    }

    /// Where an entry of `code` goes: behind the entry with the next smaller code, before the comments of the entry
    /// that follows it.
    fn place(&self, code: &WireCode) -> Option<Place> {
        let greater = self.by_code.partition_point(|(other, _)| other < code);
        let smaller = greater.checked_sub(1).and_then(|index| self.by_code.get(index));
        if let Some((_, before)) = smaller {
            return match self.following(*before) {
                Some(next) => self.before(next),
                None => self.behind(*before),
            };
        }
        match self.by_code.get(greater) {
            Some((_, next)) => self.before(*next),
            None => self.first.get_or_init(|| self.first()).clone(),
        }
    }

    /// The entry that follows in the same file.
    fn following(&self, index: usize) -> Option<usize> {
        let source = self.domain.errors[index].span.source;
        self.domain.errors.get(index + 1).filter(|error| error.span.source == source).map(|_| index + 1)
    }

    fn text(&self, span: Span) -> &'a str {
        &self.sources.get(span.source).text
    }

    /// Before an entry and the comments right above it.
    fn before(&self, index: usize) -> Option<Place> {
        let span = self.domain.errors[index].span;
        let text = self.text(span);
        let (mut at, indent) = item_start(text, span)?;
        // Lines within the entry before are its own, even if they look like comments.
        let previous = index.checked_sub(1).map(|index| self.domain.errors[index].span);
        let floor =
            previous.filter(|previous| previous.source == span.source).map_or(0, |span| span.end as usize);
        while let Some(line_start) = line_before(text, at).filter(|start| *start >= floor) {
            let line = &text[line_start..at];
            let depth = line.len() - line.trim_start_matches(' ').len();
            if !line.trim_start().starts_with('#') || depth > indent {
                break;
            }
            at = line_start;
        }
        Some(Place { source: span.source, replaced: at..at, at, indent })
    }

    /// Behind the last entry of a file and the comments that are indented below it.
    fn behind(&self, index: usize) -> Option<Place> {
        let span = self.domain.errors[index].span;
        let text = self.text(span);
        let (_, indent) = item_start(text, span)?;
        let end = span.start as usize + text.get(span.range())?.trim_end().len();
        let mut at = line_end(text, end);
        while text.get(at..).is_some_and(|rest| {
            let depth = rest.len() - rest.trim_start_matches(' ').len();
            depth > indent && rest.trim_start_matches(' ').starts_with('#')
        }) {
            at = line_end(text, at);
        }
        Some(Place { source: span.source, replaced: at..at, at, indent })
    }

    /// Under `errors: []`.
    fn first(&self) -> Option<Place> {
        let source = self.domain.document.as_ref().map_or(self.domain.span, |node| node.span).source;
        let root = yaml::parse(self.sources, source).ok()?;
        let yaml::NodeKind::Mapping(entries) = &root.kind else { return None };
        let (key, node) = entries.iter().find(|(key, _)| key.value == "errors")?;
        let text = self.text(key.span);
        let bracket = key.span.end as usize + text.get(key.span.end as usize..)?.find('[')?;
        let close = bracket + text.get(bracket..)?.find(']')?;
        let is_empty = matches!(&node.kind, yaml::NodeKind::Sequence(items) if items.is_empty());
        if !is_empty || !text[bracket + 1..close].trim().is_empty() {
            return None;
        }
        let start = text[..bracket].trim_end_matches([' ', '\n']).len();
        Some(Place {
            source,
            replaced: start..close + 1,
            at: line_end(text, close),
            indent: write::ITEM_INDENT,
        })
    }
}

/// Where the line of the dash before an item starts, and how far the dash is indented.
fn item_start(text: &str, span: Span) -> Option<(usize, usize)> {
    let before = text.get(..span.start as usize)?.trim_end();
    let dash = before.strip_suffix('-')?.len();
    let start = text[..dash].rfind('\n').map_or(0, |at| at + 1);
    text[start..dash].bytes().all(|byte| byte == b' ').then_some((start, dash - start))
}

/// Where the line before the one that starts at `at` starts.
fn line_before(text: &str, at: usize) -> Option<usize> {
    let end = at.checked_sub(1)?;
    Some(text[..end].rfind('\n').map_or(0, |at| at + 1))
}

/// Where the line after the one of `at` starts.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}
