//! Which rows of a document are one that its tables have divided.
//!
//! In: the rows of a `Reading`. Out: the same rows, where those of one code that come from different tables of the recipe
//! and fill different fields are one: a page with a tab for each language, a summary above the details, the solutions in a
//! table of their own. Such a row stands where its first part stands, and its texts where they stand. Guaranteed: no
//! text is lost, because two parts have no field in which they say different things.
//!
//! A code may have several meanings in each table. Then those rows belong together that say the same in every field which
//! the rows of both tables fill; where that leaves a choice, nothing is joined, and the code is doubtful. Rows of the same
//! fields are never parts of one: they are further meanings, or repeat each other. The cost is that of sorting the rows.

use super::{Field, Origin, Reading, Row};
use crate::diagnostics::{Loc, Span};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The rows of a document, joined.
#[derive(Debug)]
pub struct Joined<'a> {
    /// The rows, in the order of the document.
    pub rows: Cow<'a, [Row]>,
    /// Rows that may be parts of several others.
    pub doubts: Vec<Doubt>,
}

/// A row that may be a part of several others, or one of several parts of another.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The code of the rows.
    pub code: String,
    /// The row.
    pub span: Span,
    /// The first of the others.
    pub other: Span,
}

impl Reading {
    /// The rows, with those joined that are parts of one.
    pub fn joined(&self) -> Joined<'_> {
        let mut of_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, row) in self.rows.iter().enumerate() {
            of_code.entry(&row.code.value).or_default().push(index);
        }
        let mut doubts = Vec::new();
        let mut changes = BTreeMap::new();
        for indexes in of_code.values() {
            self.join(indexes, &mut changes, &mut doubts);
        }
        if changes.is_empty() {
            return Joined { rows: Cow::Borrowed(&self.rows), doubts };
        }
        let rows = self.rows.iter().enumerate().filter_map(|(index, row)| match changes.remove(&index) {
            Some(change) => change,
            None => Some(row.clone()),
        });
        Joined { rows: Cow::Owned(rows.collect()), doubts }
    }

    /// Joins the rows of one code. `changes` gets what is in the place of a row, `None` if that is a part of another.
    fn join(&self, indexes: &[usize], changes: &mut BTreeMap<usize, Option<Row>>, doubts: &mut Vec<Doubt>) {
        let mut of_table: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for index in indexes {
            let table = match self.rows[*index].origin {
                Origin::Table(table) => Some(table),
                // What the recipe lists is given in full, and nothing of it is a part of another row that is listed.
                Origin::Listed(_) => None,
            };
            of_table.entry(table).or_default().push(*index);
        }
        if of_table.len() < 2 {
            return;
        }
        let mut wholes: Vec<(usize, Row)> = Vec::new();
        for indexes in of_table.values() {
            let parts: Vec<_> = indexes.iter().map(|index| (*index, self.rows[*index].clone())).collect();
            let [ours, theirs] = [&wholes, &parts].map(|rows| fields(rows));
            if wholes.is_empty() || ours == theirs {
                wholes.extend(parts);
                continue;
            }
            let shared: Vec<_> = ours.intersection(&theirs).cloned().collect();
            let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
            for (at, (_, whole)) in wholes.iter().enumerate() {
                alike.entry(said(whole, &shared)).or_default().push(at);
            }
            let mut counts: BTreeMap<_, usize> = BTreeMap::new();
            for (_, part) in &parts {
                *counts.entry(said(part, &shared)).or_default() += 1;
            }
            for (index, part) in parts {
                let said = said(&part, &shared);
                let others = alike.get(&said).map(Vec::as_slice).unwrap_or_default();
                match (others, counts.get(&said)) {
                    ([at], Some(1)) => {
                        let (first, whole) = &mut wholes[*at];
                        put(whole, &part, index < *first);
                        changes.insert(index.max(*first), None);
                        *first = index.min(*first);
                        changes.insert(*first, Some(whole.clone()));
                    }
                    ([], _) => wholes.push((index, part)),
                    ([at, ..], _) => {
                        let (code, other) = (part.code.value.clone(), wholes[*at].1.span);
                        doubts.push(Doubt { code, span: part.span, other });
                        wholes.push((index, part));
                    }
                }
            }
        }
    }
}

/// Everything that a row says besides its code.
fn texts(row: &Row) -> impl Iterator<Item = (Field, &str)> {
    let status = row.http_status.iter().map(|text| (Field::HttpStatus, text.value.as_str()));
    let message = row.message.iter().map(|(tag, text)| (Field::Message(tag.clone()), text.value.as_str()));
    let solution = row.solution.iter().map(|(tag, text)| (Field::Solution(tag.clone()), text.value.as_str()));
    status.chain(message).chain(solution)
}

/// The fields that one of the rows fills.
fn fields(rows: &[(usize, Row)]) -> BTreeSet<Field> {
    rows.iter().flat_map(|(_, row)| texts(row)).map(|(field, _)| field).collect()
}

/// What a row says in some fields.
fn said(row: &Row, fields: &[Field]) -> BTreeMap<Field, String> {
    texts(row)
        .filter(|(field, _)| fields.contains(field))
        .map(|(field, text)| (field, text.to_owned()))
        .collect()
}

/// Gives a row what a part of it says. It stands where the first of them does.
fn put(whole: &mut Row, part: &Row, is_first: bool) {
    if is_first {
        (whole.code, whole.span) = (part.code.clone(), part.span);
        (whole.line, whole.origin) = (part.line, part.origin);
    }
    if whole.http_status.is_none() {
        whole.http_status.clone_from(&part.http_status);
    }
    let add = |own: &mut Vec<(String, Loc<String>)>, others: &[(String, Loc<String>)]| {
        for (locale, text) in others {
            if !own.iter().any(|(tag, _)| tag == locale) {
                own.push((locale.clone(), text.clone()));
            }
        }
    };
    add(&mut whole.message, &part.message);
    add(&mut whole.solution, &part.solution);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{SourceId, Sources};

    /// A row of a table: its code, and the fields with their texts.
    fn row(source: SourceId, at: usize, table: usize, code: &str, texts: &str) -> Row {
        let span = Span::new(source, at, at);
        let mut row = Row {
            code: Loc::new(code.to_owned(), span),
            http_status: None,
            message: Vec::new(),
            solution: Vec::new(),
            span,
            line: at,
            origin: if table == 9 { Origin::Listed(at) } else { Origin::Table(table) },
        };
        for (field, text) in texts.split(' ').filter_map(|text| text.split_once('=')) {
            let text = Loc::new(text.to_owned(), span);
            match field {
                "status" => row.http_status = Some(text),
                "fix" => row.solution.push(("en".to_owned(), text)),
                locale => row.message.push((locale.to_owned(), text)),
            }
        }
        row
    }

    /// The rows after joining, and the places of the doubts. Each row is a table, a code and texts.
    fn joined(rows: &[(usize, &str, &str)]) -> (Vec<String>, Vec<usize>) {
        let source = Sources::default().add("a.md", String::new());
        let rows: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(at, (table, code, texts))| row(source, at, *table, code, texts))
            .collect();
        let reading = Reading { rows, findings: Vec::new(), doubts: Vec::new() };
        let joined = reading.joined();
        let shown = |row: &Row| {
            let name = |field: Field| match field {
                Field::Message(locale) => locale,
                Field::Solution(_) => "fix".to_owned(),
                Field::HttpStatus | Field::Code => "status".to_owned(),
            };
            let texts = texts(row).map(|(field, text)| format!(" {}={text}", name(field)));
            format!("{} {}{}", row.line, row.code.value, texts.collect::<String>())
        };
        let doubts = joined.doubts.iter().map(|doubt| doubt.span.range().start).collect();
        (joined.rows.iter().map(shown).collect(), doubts)
    }

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn rows_of_several_tables_that_fill_different_fields_are_one() {
        let rows = [(0, "1", "en=a"), (0, "2", "en=b"), (1, "2", "de=y"), (1, "1", "de=x"), (1, "3", "de=z")];
        assert_eq!(joined(&rows), (lines(&["0 1 en=a de=x", "1 2 en=b de=y", "4 3 de=z"]), vec![]));
        // What both say, they say alike; the order of the tables is not that of the document.
        let rows = [(1, "1", "status=400 en=a fix=x"), (0, "1", "en=a"), (2, "1", "de=b")];
        assert_eq!(joined(&rows), (lines(&["0 1 status=400 en=a de=b fix=x"]), vec![]));
        // A row that is listed stands for one of a table.
        assert_eq!(joined(&[(9, "1", "en=a"), (1, "1", "de=b")]), (lines(&["0 1 en=a de=b"]), vec![]));
    }

    #[test]
    fn further_meanings_stay_rows_of_their_own() {
        for rows in [
            &[(0, "1", "en=a"), (1, "1", "en=b fix=x")][..],
            &[(0, "1", "en=a"), (1, "1", "en=b")],
            // Told elsewhere.
            &[(0, "1", "en=a"), (1, "1", "en=a")],
            &[(0, "1", "en=a"), (0, "1", "de=b")],
            &[(9, "1", "en=a"), (9, "1", "de=b")],
            &[(0, "1", "status=400 en=a"), (1, "1", "status=500 de=b")],
        ] {
            assert_eq!(joined(rows).0.len(), rows.len(), "{rows:?}");
            assert_eq!(joined(rows).1, [] as [usize; 0], "{rows:?}");
        }
    }

    #[test]
    fn what_leaves_a_choice_is_doubtful() {
        // What both tables say tells the meanings apart.
        let rows = [(0, "1", "en=a"), (0, "1", "en=b"), (1, "1", "en=b fix=y"), (1, "1", "en=a fix=x")];
        assert_eq!(joined(&rows), (lines(&["0 1 en=a fix=x", "1 1 en=b fix=y"]), vec![]));
        let rows = [(0, "1", "en=a"), (0, "1", "en=b"), (1, "1", "de=x"), (1, "1", "de=y")];
        let (shown, doubts) = joined(&rows);
        assert_eq!((shown.len(), doubts), (4, vec![2, 3]));
        assert_eq!(joined(&[(0, "1", "en=a"), (1, "1", "de=x"), (1, "1", "de=y")]).1, [1, 2]);
        assert_eq!(joined(&[(0, "1", "en=a"), (0, "1", "en=b"), (1, "1", "de=x")]).1, [2]);
    }
}
