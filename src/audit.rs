//! Holds a domain's entries against the rows of its document.
//!
//! In: a domain as written and the `Reading` of its document. Out: an `Audit`, in which every row is accounted for:
//! equal to the spec, mended (an `erratum` keeps the vendor's text), a variant, a listed row, or a difference. A row that
//! repeats another one word for word is accounted for with it, and what the tables of a document have divided is one row. And
//! the other way round: an entry or a variant that no row stands for is a difference, too, so that nothing is
//! lost and nothing is invented. A deprecated entry may be without a row: that is what vendors do to codes.
//!
//! A text is the vendor's if the row supplies it, and then it is compared byte for byte. An entry has one `http_status`: where
//! the rows of its code have several, it is that of one of them. Held against a newer copy of
//! the document, the same differences are the drift: added, reworded, dropped.
//!
//! Deliberately elsewhere: reading the document (`document`), and adding entries (`import`).

use crate::counted::counted;
use crate::diagnostics::{self, Diagnostic, Loc, Span};
use crate::document::{Field, Origin, Reading, Row};
use crate::spec::read::{SpecDomain, SpecError, SpecMeaning, SpecTexts};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What became of every row of a document.
#[derive(Debug, Default)]
pub struct Audit {
    /// The domain.
    pub domain: String,
    /// How many rows there are.
    pub count: Count,
    /// Where spec and document differ.
    pub differences: Vec<Difference>,
    /// What the recipe does not account for.
    pub unread: Vec<Diagnostic>,
    /// The lines, from 1, on which the rows of each code stand.
    pub lines: BTreeMap<String, Vec<usize>>,
}

/// How many rows there are and what became of them; those left over have a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All rows, each once that several tables have divided.
    pub rows: usize,
    /// Rows that an entry repeats exactly, and those that say again what another row says.
    pub equal: usize,
    /// Rows that an entry mends, with the original kept.
    pub mended: usize,
    /// Rows that are a further meaning of a code.
    pub variants: usize,
    /// Rows that the recipe gives in full.
    pub listed: usize,
}

/// One difference between spec and document.
#[derive(Debug)]
pub enum Difference {
    /// A row that no entry stands for.
    Added {
        /// Its code.
        code: String,
        /// Its line, from 1.
        line: usize,
        /// Its first text.
        text: String,
        /// The whole row.
        span: Span,
        /// The entry whose further meaning it is, or the tombstone of its code.
        other: Option<Other>,
    },
    /// A text that is not the same on both sides.
    Reworded {
        /// Its code.
        code: String,
        /// Which text.
        field: Field,
        /// Where the code stands in the spec.
        entry: Span,
        /// What the spec has.
        spec: Option<Loc<String>>,
        /// What the document has.
        document: Option<Loc<String>>,
    },
    /// An entry or a variant that no row stands for.
    Dropped {
        /// Its code.
        code: String,
        /// Its name.
        name: Loc<String>,
        /// Whether it is a variant.
        variant: bool,
    },
}

/// What the spec knows of the code of an added row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// An entry, whose meanings all have their own rows.
    Entry(Span),
    /// A tombstone.
    Retired(Span),
}

/// Holds `domain` against the rows of its document.
pub fn audit(domain: &SpecDomain, reading: &Reading) -> Audit {
    let mut audit =
        Audit { domain: domain.domain.value.clone(), unread: reading.findings.clone(), ..Audit::default() };
    let mut open: BTreeMap<&str, Open<'_>> = BTreeMap::new();
    for error in &domain.errors {
        let of_code = open.entry(&error.code.value).or_insert_with(|| Open::new(error));
        of_code.meanings.extend(meanings(error));
    }
    for row in &reading.rows {
        audit.lines.entry(row.code.value.clone()).or_default().push(row.line);
    }
    let rows = reading.joined().rows;
    for row in &*rows {
        if let (Some(open), Some(status)) = (open.get_mut(row.code.value.as_str()), &row.http_status) {
            open.statuses.insert(&status.value);
        }
    }
    let mut left = Vec::new();
    for row in &*rows {
        audit.count.rows += 1;
        match open.get_mut(row.code.value.as_str()).and_then(|open| open.take_equal(row)) {
            Some(found) => audit.count.add(row, found),
            None => left.push(row),
        }
    }
    let repeated = repeated(&rows);
    let graves = domain.retired.iter().rev().filter_map(|retired| retired.code.as_ref());
    let graves: BTreeMap<_, _> = graves.map(|code| (code.value.as_str(), code.span)).collect();
    // What found no equal is held against what is left of its code, in order.
    for row in left {
        // A row that says what another one says is accounted for with that: it is no further meaning.
        if repeated.contains(&(row.code.value.as_str(), row.span)) {
            audit.count.equal += 1;
            continue;
        }
        let Some(open) = open.get_mut(row.code.value.as_str()) else {
            let grave = graves.get(row.code.value.as_str()).map(|span| Other::Retired(*span));
            audit.differences.push(added(row, grave));
            continue;
        };
        if open.meanings.is_empty() {
            audit.differences.push(added(row, Some(Other::Entry(open.span))));
        } else {
            let found = open.meanings.remove(0);
            audit.differences.extend(differences(row, found, &open.statuses));
        }
    }
    // Of a document that cannot be read at all, it is told why; that each entry lacks its row is no news.
    let is_read = !reading.rows.is_empty() || !diagnostics::any_error(&reading.findings);
    for found in open.values().flat_map(|open| &open.meanings) {
        if is_read && found.error.deprecated.is_none() {
            audit.differences.push(Difference::Dropped {
                code: found.error.code.value.clone(),
                name: found.meaning.name.clone(),
                variant: found.variant,
            });
        }
    }
    audit
}

/// What to do about a row that is new.
const RUN_IMPORT: &str = "run `errbook import`";
const MEND_FIRST: &str = "run `errbook import` once the recipe takes the whole document";
/// What to do about an entry without a row.
const DROPPED: &str =
    "if the vendor dropped the code, add `deprecated`; if it never was there, remove the entry";
const DROPPED_VARIANT: &str = "remove the variant";
const LOOK_FIRST: &str =
    "its row may be in what is not read: mend first what is told of the document and its recipe";

impl Audit {
    /// Whether there is nothing to say.
    pub fn is_clean(&self) -> bool {
        self.differences.is_empty() && self.unread.is_empty()
    }

    /// How many things there are to say.
    pub fn finding_count(&self) -> usize {
        self.differences.len() + self.unread.len()
    }

    /// The differences, and what the recipe does not account for, as findings in the order of their places.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let is_whole = !diagnostics::any_error(&self.unread);
        let mut findings: Vec<_> =
            self.differences.iter().map(|difference| difference.finding(is_whole)).collect();
        findings.extend(self.unread.iter().cloned());
        diagnostics::sort(&mut findings);
        findings
    }

    /// The differences as a report of drift: what a newer copy of the document added, reworded and dropped.
    pub fn drift(&self) -> String {
        let (mut added, mut reworded, mut dropped) = (0, 0, 0);
        let mut out = String::new();
        // Writing to a string cannot fail.
        for difference in &self.differences {
            match difference {
                Difference::Added { code, line, text, .. } => {
                    added += 1;
                    let (code, text) = (code.escape_debug(), text.escape_debug());
                    let _ = writeln!(out, "+ {code} (line {line}): {text}");
                }
                Difference::Reworded { code, field, spec, document, .. } => {
                    reworded += 1;
                    let _ = writeln!(out, "~ {} {field}", code.escape_debug());
                    for (mark, text) in [('-', spec), ('+', document)] {
                        if let Some(text) = text {
                            let _ = writeln!(out, "    {mark} {}", text.value.escape_debug());
                        }
                    }
                }
                Difference::Dropped { code, name, .. } => {
                    dropped += 1;
                    let _ = writeln!(out, "- {} {}", code.escape_debug(), name.value.escape_debug());
                }
            }
        }
        format!("{}: {added} added, {reworded} reworded, {dropped} dropped\n{out}", self.domain)
    }
}

impl Count {
    /// Counts a row that has its equal in the spec.
    fn add(&mut self, row: &Row, found: Found<'_>) {
        let mends = !(found.meaning.erratum_message.texts.is_empty()
            && found.meaning.erratum_solution.texts.is_empty());
        match row.origin {
            Origin::Listed(_) => self.listed += 1,
            Origin::Table(_) if found.variant => self.variants += 1,
            Origin::Table(_) if mends => self.mended += 1,
            Origin::Table(_) => self.equal += 1,
        }
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.equal += other.equal;
        self.mended += other.mended;
        self.variants += other.variants;
        self.listed += other.listed;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rows, equal, mended, variants, listed } = *self;
        let (rows, variants) = (counted(rows, "row"), counted(variants, "variant"));
        write!(f, "{rows}: {equal} equal, {mended} mended, {variants}, {listed} listed")
    }
}

impl Difference {
    /// The difference as a finding. If the document is not read as a whole, an import would refuse it, and what is not read
    /// may be what is missed.
    pub fn finding(&self, is_whole: bool) -> Diagnostic {
        match self {
            Self::Added { code, span, other: None, .. } => {
                let message = format!("the row of `{code}` is not in the spec");
                let help = if is_whole { RUN_IMPORT } else { MEND_FIRST };
                Diagnostic::error("row_not_in_spec", *span, message).help(help)
            }
            Self::Added { code, span, other: Some(Other::Entry(entry)), .. } => {
                let message = format!("the document has a further meaning of `{code}`");
                Diagnostic::error("row_not_in_spec", *span, message)
                    .label(*entry, "the entry")
                    .help("add it to the entry's `variants`")
            }
            Self::Added { code, span, other: Some(Other::Retired(grave)), .. } => {
                let message = format!("the document still has the retired code `{code}`");
                Diagnostic::error("row_not_in_spec", *span, message)
                    .label(*grave, "retired here")
                    .help("what the document still has can be deprecated, not retired")
            }
            Self::Reworded { code, field, entry, spec, document } => {
                reworded(code, field, *entry, spec.as_ref(), document.as_ref())
            }
            Self::Dropped { code, name, variant } => {
                let what = if *variant { "the variant" } else { "the entry" };
                let message = format!("{what} `{}` of `{code}` has no row in the document", name.value);
                let help = match (is_whole, variant) {
                    (false, _) => LOOK_FIRST,
                    (true, false) => DROPPED,
                    (true, true) => DROPPED_VARIANT,
                };
                Diagnostic::error("entry_without_row", name.span, message).help(help)
            }
        }
    }
}

fn reworded(
    code: &str,
    field: &Field,
    entry: Span,
    spec: Option<&Loc<String>>,
    document: Option<&Loc<String>>,
) -> Diagnostic {
    match (spec, document) {
        (Some(spec), Some(document)) => {
            let text = document.value.escape_debug();
            let message = format!("`{field}` of `{code}` is not the document's: `{text}`");
            let help = match field {
                Field::HttpStatus => "take the document's",
                Field::Code | Field::Message(_) | Field::Solution(_) => {
                    "take the document's text, or keep it under `erratum` if ours mends it"
                }
            };
            Diagnostic::error("text_differs", spec.span, message)
                .at("in the spec")
                .label(document.span, "in the document")
                .help(help)
        }
        (None, Some(document)) => {
            let text = document.value.escape_debug();
            let message = format!("`{code}` lacks the `{field}` of the document: `{text}`");
            Diagnostic::error("text_differs", entry, message).label(document.span, "in the document")
        }
        (spec, None) => {
            let span = spec.map_or(entry, |text| text.span);
            let message = format!("the document has no `{field}` for `{code}`, but the spec says it has");
            let help = "`erratum` and `http_status` repeat what a row says; remove it";
            Diagnostic::error("text_differs", span, message).help(help)
        }
    }
}

/// The rows that say word for word what a row above them says, by their codes and places: a listed row may stand for
/// several codes at one place. Of several HTTP statuses an entry has one, so that they make no difference.
pub fn repeated(rows: &[Row]) -> BTreeSet<(&str, Span)> {
    let texts = |texts: &[(String, Loc<String>)]| {
        let texts = texts.iter().map(|(locale, text)| (locale.clone(), text.value.clone()));
        texts.collect::<BTreeMap<_, _>>()
    };
    let mut of_code: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        of_code.entry(&row.code.value).or_default().push(row);
    }
    let mut repeated = BTreeSet::new();
    for rows in of_code.values().filter(|rows| rows.len() > 1) {
        let mut seen = BTreeSet::new();
        for row in rows {
            let has_status = row.http_status.is_some();
            if !seen.insert((has_status, texts(&row.message), texts(&row.solution))) {
                repeated.insert((row.code.value.as_str(), row.span));
            }
        }
    }
    repeated
}

fn added(row: &Row, other: Option<Other>) -> Difference {
    let text = row.message.first().map(|(_, text)| text.value.clone()).unwrap_or_default();
    Difference::Added { code: row.code.value.clone(), line: row.line, text, span: row.span, other }
}

/// The meanings of one code that no row has taken yet.
struct Open<'a> {
    span: Span,
    /// The HTTP statuses of all rows of the code.
    statuses: BTreeSet<&'a str>,
    meanings: Vec<Found<'a>>,
}

/// One documented meaning of an entry.
#[derive(Clone, Copy)]
struct Found<'a> {
    error: &'a SpecError,
    meaning: &'a SpecMeaning,
    variant: bool,
}

impl<'a> Open<'a> {
    fn new(error: &'a SpecError) -> Self {
        Self { span: error.code.span, statuses: BTreeSet::new(), meanings: Vec::new() }
    }

    /// Takes the first meaning that is equal to `row`: each stands for one row.
    fn take_equal(&mut self, row: &Row) -> Option<Found<'a>> {
        let is_equal = |found: &Found<'_>| differences(row, *found, &self.statuses).is_empty();
        let index = self.meanings.iter().position(is_equal)?;
        Some(self.meanings.remove(index))
    }
}

fn meanings(error: &SpecError) -> impl Iterator<Item = Found<'_>> {
    let first = std::iter::once(Found { error, meaning: &error.meaning, variant: false });
    first.chain(error.variants.iter().map(move |meaning| Found { error, meaning, variant: true }))
}

/// Where `found` does not say what `row` says; `statuses` are those of all rows of its code.
fn differences(row: &Row, found: Found<'_>, statuses: &BTreeSet<&str>) -> Vec<Difference> {
    let Found { error, meaning, .. } = found;
    let mut differences = Vec::new();
    let mut compare = |field: Field, spec: Option<Loc<String>>, document: Option<&Loc<String>>| {
        if spec.as_ref() != document {
            let (code, entry) = (error.code.value.clone(), error.code.span);
            differences.push(Difference::Reworded { code, field, entry, spec, document: document.cloned() });
        }
    };
    let status = error.http_status.as_ref().map(|status| Loc::new(status.value.to_string(), status.span));
    if !status.as_ref().is_some_and(|status| statuses.contains(status.value.as_str())) {
        compare(Field::HttpStatus, status, row.http_status.as_ref());
    }
    let sides = [
        (Field::Message as fn(String) -> Field, &meaning.message, &meaning.erratum_message, &row.message),
        (Field::Solution, &meaning.solution, &meaning.erratum_solution, &row.solution),
    ];
    for (field, ours, erratum, documented) in sides {
        for (locale, text) in documented {
            let vendors = written(erratum, locale).or_else(|| written(ours, locale));
            compare(field(locale.clone()), vendors.cloned(), Some(text));
        }
        // An original that was kept, but stands in no document, keeps nothing.
        for (locale, text) in &erratum.texts {
            if !documented.iter().any(|(other, _)| *other == locale.value) {
                compare(field(locale.value.clone()), Some(text.clone()), None);
            }
        }
    }
    differences
}

fn written<'a>(texts: &'a SpecTexts, locale: &str) -> Option<&'a Loc<String>> {
    texts.texts.iter().find(|(tag, _)| tag.value == locale).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Sources;
    use crate::document::fixture::domain_and_rows;

    const HEAD: &str = "domain: a\ntitle: A\ncode_type: int32\ndocument:\n  file: a.md\n  tables:\n  \
                        - {reader: markdown, columns: [code, message.en, solution.en]}\n";

    fn audited(errors: &str, rows: &str) -> Audit {
        let mut sources = Sources::default();
        let rows = format!("|a|b|c|\n|-|-|-|\n{rows}");
        let (domain, reading) = domain_and_rows(&mut sources, format!("{HEAD}{errors}"), &rows);
        audit(&domain, &reading)
    }

    fn ids(audit: &Audit) -> Vec<(&'static str, String)> {
        audit.findings().into_iter().map(|finding| (finding.id, finding.message)).collect()
    }

    const ENTRY: &str = "- {code: 1, name: x, kind: unknown, message: {en: One.}, solution: {en: Do.}}\n";

    #[test]
    fn rows_are_equal_mended_or_variants() {
        let errors = format!(
            "errors:\n{ENTRY}- code: 2\n  name: y\n  kind: unknown\n  message: {{en: Two., zh: 二}}\n  \
             erratum: {{message: {{en: Tow}}}}\n  variants:\n  - {{name: z, kind: unknown, message: {{en: Zwei.}}}}\n"
        );
        let audit = audited(&errors, "|2|Zwei.||\n|1|One.|Do.|\n|2|Tow||\n");
        assert_eq!(ids(&audit), []);
        assert_eq!(audit.count, Count { rows: 3, equal: 1, mended: 1, variants: 1, listed: 0 });
        assert_eq!(audit.lines.get("2").map(Vec::as_slice), Some(&[3, 5][..]));
        assert_eq!(audit.count.to_string(), "3 rows: 1 equal, 1 mended, 1 variant, 0 listed");
    }

    #[test]
    fn nothing_is_lost() {
        let retired = "retired:\n- {code: 3, name: gone, since: 1.0.0}\n";
        let audit =
            audited(&format!("errors:\n{ENTRY}{retired}"), "|1|One.|Do.|\n|1|Uno.||\n|2|Two.||\n|3|T||\n");
        let messages: Vec<_> = ids(&audit).into_iter().map(|(_, message)| message).collect();
        assert_eq!(
            messages,
            [
                "the document has a further meaning of `1`",
                "the row of `2` is not in the spec",
                "the document still has the retired code `3`"
            ]
        );
    }

    #[test]
    fn a_row_that_is_repeated_is_no_further_meaning() {
        let audit =
            audited(&format!("errors:\n{ENTRY}"), "|1|One.|Do.|\n|1|One.|Do.|\n|2|Two.||\n|2|Two.||\n");
        assert_eq!(ids(&audit), [("row_not_in_spec", "the row of `2` is not in the spec".to_owned())]);
        assert_eq!((audit.count.rows, audit.count.equal), (4, 3));
        // Where the spec has it as a variant, it stays one.
        let twice = "errors:\n- code: 2\n  name: y\n  kind: unknown\n  message: {en: Two.}\n  \
                     variants:\n  - {name: z, kind: unknown, message: {en: Two.}}\n";
        let audit = audited(twice, "|2|Two.||\n|2|Two.||\n");
        assert_eq!((ids(&audit), audit.count.variants), (vec![], 1));
    }

    #[test]
    fn an_import_is_for_documents_that_are_read_whole() {
        let help = |rows: &str| {
            let findings = audited(&format!("errors:\n{ENTRY}"), rows).findings();
            let finding = findings.into_iter().find(|finding| finding.id == "row_not_in_spec");
            finding.and_then(|finding| finding.help).expect("a help")
        };
        assert_eq!(help("|1|One.|Do.|\n|2|Two.||\n"), RUN_IMPORT);
        assert_eq!(help("|1|One.|Do.|\n|2|Two.||\n\nrest\n"), MEND_FIRST);
    }

    #[test]
    fn nothing_is_invented() {
        let two = "- {code: 2, name: y, kind: unknown, message: {en: Two.}}\n\
                   - {code: 3, name: z, kind: unknown, message: {en: Three.}, deprecated: {since: 1.0.0}}\n";
        let audit = audited(&format!("errors:\n{ENTRY}{two}"), "|1|One.|Do.|\n");
        assert_eq!(
            ids(&audit),
            [("entry_without_row", "the entry `y` of `2` has no row in the document".to_owned())]
        );
    }

    #[test]
    fn a_row_that_cannot_be_read_is_not_said_to_be_gone() {
        let errors =
            format!("errors:\n{ENTRY}- {{code: 2, name: y, kind: unknown, message: {{en: Two.}}}}\n");
        let help = |rows: &str| {
            let findings = audited(&errors, rows).findings();
            let of_entries = findings.into_iter().filter(|finding| finding.id == "entry_without_row");
            of_entries.map(|finding| finding.help.expect("a help")).collect::<Vec<_>>()
        };
        assert_eq!(help("|1|One.|Do.|\n"), [DROPPED]);
        assert_eq!(help("|1|One.|Do.|\n|2 Two.|\n\n2 Two.\n"), [LOOK_FIRST]);
        assert_eq!(help("\nno table\n"), [] as [&str; 0]);
    }

    #[test]
    fn texts_are_exact_and_errata_have_an_original() {
        let wrong = "errors:\n- code: 1\n  name: x\n  kind: unknown\n  http_status: 404\n  message: {en: One}\n  \
                     erratum: {solution: {en: Gone}}\n";
        let audit = audited(wrong, "|1|One.||\n");
        let messages: Vec<_> = ids(&audit).into_iter().map(|(_, message)| message).collect();
        assert_eq!(
            messages,
            [
                "the document has no `http_status` for `1`, but the spec says it has",
                "`message.en` of `1` is not the document's: `One.`",
                "the document has no `solution.en` for `1`, but the spec says it has",
            ]
        );
        let missing =
            audited("errors:\n- {code: 1, name: x, kind: unknown, message: {en: One.}}\n", "|1|One.|Do.|\n");
        let expected = "`1` lacks the `solution.en` of the document: `Do.`".to_owned();
        assert_eq!(ids(&missing), [("text_differs", expected)]);
    }

    #[test]
    fn an_entry_has_the_http_status_of_one_of_its_rows() {
        let audited = |status: &str, rows: &str| {
            let errors = format!(
                "errors:\n- {{code: 1, name: x, kind: unknown, {status}message: {{en: One.}}, \
                 variants: [{{name: y, kind: unknown, message: {{en: Uno.}}}}]}}\n"
            );
            let mut sources = Sources::default();
            let head = HEAD.replace("solution.en", "http_status");
            let rows = format!("|a|b|c|\n|-|-|-|\n{rows}");
            let (domain, reading) = domain_and_rows(&mut sources, format!("{head}{errors}"), &rows);
            let findings = audit(&domain, &reading).findings();
            // An erratum keeps texts alone.
            let help =
                |finding: &Diagnostic| finding.help.as_ref().is_some_and(|help| help.contains("erratum"));
            assert!(!findings.iter().any(help), "{findings:?}");
            findings.len()
        };
        for rows in ["|1|One.|400|\n|1|Uno.|429|\n", "|1|One.|400|\n|1|Uno.|429|\n|1|One.|429|\n"] {
            assert_eq!(audited("http_status: 400, ", rows), 0);
            assert_eq!(audited("http_status: 429, ", rows), 0);
            assert_eq!(audited("http_status: 500, ", rows), 2);
            assert_eq!(audited("", rows), 2);
        }
        assert_eq!(audited("http_status: 400, ", "|1|One.||\n|1|Uno.|400|\n"), 0);
    }

    #[test]
    fn drift_is_what_a_newer_copy_adds_rewords_and_drops() {
        let two = "- {code: 2, name: y, kind: unknown, message: {en: Two.}}\n";
        let audit = audited(&format!("errors:\n{ENTRY}{two}"), "|1|Uno.|Do.|\n|3|Three.||\n");
        let expected = "a: 1 added, 1 reworded, 1 dropped\n\
                        ~ 1 message.en\n    - One.\n    + Uno.\n+ 3 (line 4): Three.\n- 2 y\n";
        assert_eq!(audit.drift(), expected);
    }
}
