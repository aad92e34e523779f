//! The rows that a recipe gives in full, and where they stand.
//!
//! In: what the recipe lists, each row with its text and its line. Out: rows with the recipe's texts at the document's
//! places, claimed before any table reads. A row that merely moved is read and told; one whose text is gone, or stands at
//! several places, is told and not read.

use super::super::claims::Claim;
use super::super::{ListedRow, Origin, Row};
use super::{Desk, Grammar};
use crate::diagnostics::{Diagnostic, Loc};

impl Desk<'_> {
    /// Takes a row that the recipe gives in full, if it still stands in the document.
    pub(super) fn listed(&mut self, index: usize, listed: &ListedRow) {
        let raw = listed.raw.value.trim_end_matches('\n');
        let Some(start) = self.place_of(listed, raw) else { return };
        let range = start..start + raw.len();
        let span = self.span(&range);
        let place = self.widen(&range);
        // A row that names several codes, a range mostly, is listed once for each.
        let again = self.listed.get(&span).is_some_and(|codes| !codes.contains(&listed.code.value));
        let taken = self.claims.owners(&place).next().is_some() && !again;
        if taken || self.claims.claim(&place, Claim::Listed(index)).is_some() && !again {
            let message = "two listed rows stand at one place";
            self.tell(
                Diagnostic::error("line_taken_twice", span, message).label(listed.raw.span, "the second"),
            );
            return;
        }
        self.listed.entry(span).or_default().insert(listed.code.value.clone());
        if matches!(self.grammar, Grammar::Json(_)) {
            self.aside.add(&place);
        }
        // The texts are the recipe's, the place is the document's: that is where a reader of a message looks.
        let here = |text: &Loc<String>| Loc::new(text.value.clone(), span);
        let texts = |texts: &[(Loc<String>, Loc<String>)]| {
            texts.iter().map(|(locale, text)| (locale.value.clone(), here(text))).collect()
        };
        self.rows.push(Row {
            code: here(&listed.code),
            http_status: listed.http_status.as_ref().map(here),
            message: texts(&listed.message),
            solution: texts(&listed.solution),
            span,
            line: self.lines.of(start) + 1,
            origin: Origin::Listed(index),
        });
    }

    /// Where a listed row stands. One that merely moved is still read, so that its neighbours get no further
    /// findings, and its new line is named.
    fn place_of(&mut self, listed: &ListedRow, raw: &str) -> Option<usize> {
        if raw.trim().is_empty() {
            return None;
        }
        let named = (listed.line.value as usize).saturating_sub(1);
        if let Some(start) = self.lines.start(named).filter(|start| self.is_whole(*start, raw)) {
            return Some(start);
        }
        let places = self.places(raw);
        let mut on_line = places.iter().copied().filter(|start| self.lines.of(*start) == named);
        if let (Some(start), None) = (on_line.next(), on_line.next()) {
            return Some(start);
        }
        let moved = if places.len() == 1 { places.first().copied() } else { None };
        let finding = if let Some(start) = moved {
            let line = self.lines.of(start) + 1;
            let message = format!("the listed row stands on line {line}, not on line {}", listed.line.value);
            Diagnostic::error("stale_listed_row", listed.line.span, message)
                .help(format!("write `line: {line}`"))
        } else {
            let message = match places.len() {
                0 => format!("the listed row no longer stands on line {}", listed.line.value),
                count => format!("the text of the listed row stands at {count} places"),
            };
            Diagnostic::error("stale_listed_row", listed.raw.span, message)
                .help("copy `raw` from the document again, or remove the row")
        };
        self.tell(finding);
        moved
    }

    /// Where `raw` stands: as whole lines, or as any part of a document that is not made of lines.
    fn places(&self, raw: &str) -> Vec<usize> {
        let is_place = |start: &usize| match self.grammar {
            Grammar::Lines => self.is_whole(*start, raw),
            Grammar::Html(_) | Grammar::Json(_) => true,
        };
        self.text.match_indices(raw).map(|(start, _)| start).filter(is_place).collect()
    }

    /// Whether `raw` stands at `start` as whole lines.
    fn is_whole(&self, start: usize, raw: &str) -> bool {
        let rest = self.text.get(start..).and_then(|rest| rest.strip_prefix(raw));
        self.lines.start(self.lines.of(start)) == Some(start)
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
    }
}
