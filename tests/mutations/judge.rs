//! What must hold of any spec, whatever its bytes.

use super::book::Files;
use super::values;
use errbook::diagnostics::text::Colour;
use errbook::diagnostics::{self, Diagnostic, Sources, github, json, sarif};
use errbook::document::{self, Effort};
use errbook::import;
use errbook::lints::{self, Baseline, Context, Levels, Places};
use errbook::model::{self, Book};
use errbook::output;
use errbook::spec::tree::Memory;
use errbook::spec::{self, SpecFiles, recipe, yaml};
use errbook::{export, languages, reformat, table, translations};
use std::path::Path;

/// Every how many accepted books all their outputs are made.
const OUTPUTS: u64 = 6;
/// Every how many accepted books their documents are read.
const DOCUMENTS: u64 = 12;

/// How far a book comes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A file has not the form of the spec.
    Malformed,
    /// The files make no book.
    Invalid,
    /// It is a book.
    Accepted,
}

impl Outcome {
    /// For counting.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Invalid => "invalid",
            Self::Accepted => "accepted",
        }
    }

    /// Whether lints are told of it.
    pub(crate) fn is_accepted(self) -> bool {
        self == Self::Accepted
    }
}

/// What a check answers: the error is what does not hold.
type Checked<T> = Result<T, String>;

fn ensure(holds: bool, reason: impl FnOnce() -> String) -> Checked<()> {
    if holds { Ok(()) } else { Err(reason()) }
}

/// Reads the book in `files`, goes with it as far as it comes, and checks all that is told.
pub(crate) fn judge(whole: &Files, files: &Files, damaged: &Path, round: u64) -> Checked<Outcome> {
    let mut sources = Sources::default();
    let spec = match load(files, &mut sources) {
        Ok(spec) => spec,
        Err(faults) => {
            ensure(!faults.is_empty(), || "it is refused without a word".to_owned())?;
            told_well(&faults, &sources)?;
            return Ok(Outcome::Malformed);
        }
    };
    documents(&mut sources, &spec, damaged, round)?;
    let mut again = Sources::default();
    let as_written = load(files, &mut again).map_err(|_| "it is refused when it is read again".to_owned())?;
    let book = match model::resolve(spec) {
        Ok(book) => book,
        Err(faults) => {
            ensure(!faults.is_empty(), || "it is no book, without a word".to_owned())?;
            told_well(&faults, &sources)?;
            return Ok(Outcome::Invalid);
        }
    };
    another_reader_agrees(&sources, damaged)?;
    linted(&book, &sources)?;
    made(&book, &sources, round)?;
    formatted(files, &book)?;
    translated(&mut again, &as_written, &book)?;
    exported(&book)?;
    if let Ok(old) = load(whole, &mut Sources::default()).and_then(model::resolve) {
        drop(errbook::diff::changes(&old, &book, languages::options_of));
    }
    Ok(Outcome::Accepted)
}

fn load(files: &Files, sources: &mut Sources) -> Result<SpecFiles, Vec<Diagnostic>> {
    let mut memory = Memory::new("");
    for (path, bytes) in files {
        memory.insert(path, bytes.clone());
    }
    let loaded = spec::load_from(&memory, Path::new("spec/errbook.yaml"), sources);
    let (spec, faults) = loaded.expect("everything is in memory");
    spec.filter(|_| !diagnostics::any_error(&faults)).ok_or(faults)
}

/// Findings have a place in their sources, say what is wrong, and are harmless wherever they are printed.
fn told_well(findings: &[Diagnostic], sources: &Sources) -> Checked<()> {
    for finding in findings {
        ensure(!finding.labels.is_empty(), || format!("no place: {finding:?}"))?;
        for label in &finding.labels {
            let text = &sources.get(label.span.source).text;
            ensure(text.get(label.span.range()).is_some(), || format!("a place outside: {finding:?}"))?;
        }
        ensure(!finding.message.trim().is_empty(), || format!("nothing is said: {finding:?}"))?;
        ensure(lints::explain(finding.id).is_ok(), || format!("nobody explains it: {finding:?}"))?;
    }
    let in_order = findings.windows(2).all(|pair| pair[0].span() <= pair[1].span());
    ensure(in_order, || format!("out of order: {findings:?}"))?;
    let drawn = diagnostics::text::render(findings, sources, Colour::Never);
    let harmful = |ch: &char| match ch {
        '\n' => false,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => ch.is_control(),
    };
    if let Some(ch) = drawn.chars().find(harmful) {
        return Err(format!("{ch:?} goes to the terminal: {drawn:?}"));
    }
    for line in json::render(findings, sources).lines() {
        ensure(serde_json::from_str::<serde_json::Value>(line).is_ok(), || format!("no JSON: {line}"))?;
    }
    let annotations = github::render(findings, sources);
    ensure(annotations.lines().all(|line| line.starts_with("::")), || {
        format!("no annotations: {annotations}")
    })?;
    let log = sarif::render(findings, sources, lints::meaning);
    ensure(serde_json::from_str::<serde_json::Value>(&log).is_ok(), || format!("no JSON: {log}"))
}

/// A parser that shares no code with ours sees the same values, if it takes the text at all.
fn another_reader_agrees(sources: &Sources, damaged: &Path) -> Checked<()> {
    let Some(id) = sources.ids().find(|id| sources.get(*id).path == damaged) else { return Ok(()) };
    let text = &sources.get(id).text;
    // These end a line in YAML 1.1, which the other one reads, and no longer in YAML 1.2.
    if text.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return Ok(());
    }
    // Within braces the other one takes every `?` for the mark of a key; YAML 1.2 wants a blank behind it.
    let is_mark = |(at, _): (usize, _)| {
        text[..at].trim_end().ends_with(['{', '[', ',']) && !text[at + 1..].starts_with([' ', '\n'])
    };
    if text.match_indices('?').any(is_mark) {
        return Ok(());
    }
    let node = yaml::parse(sources, id).map_err(|faults| format!("read by half: {faults:?}"))?;
    let Ok(value) = serde_yaml::from_str::<serde_yaml::Value>(text) else { return Ok(()) };
    // Ours knows no types: whoever reads a number looks at its text.
    let differences = values::differences(&node, &value, |_, _| true);
    ensure(differences.is_empty(), || format!("another reader sees {}", differences.join("\n")))
}

/// The recipes are read, and sometimes the documents by them.
fn documents(sources: &mut Sources, spec: &SpecFiles, damaged: &Path, round: u64) -> Checked<()> {
    for domain in &spec.domains {
        let Some(block) = &domain.document else { continue };
        let mut faults = Vec::new();
        let recipe = recipe::recipe(block, &mut faults);
        // Whoever reads a document has asked this before.
        if let Some(recipe) = &recipe {
            let locales: Vec<_> = spec.book.locales.iter().map(|locale| locale.value.as_str()).collect();
            recipe::check_locales(recipe, &locales, &mut faults);
        }
        diagnostics::sort(&mut faults);
        told_well(&faults, sources)?;
        ensure(recipe.is_some() || !faults.is_empty(), || "a recipe is refused without a word".to_owned())?;
        let is_damaged = sources.get(block.span.source).path == damaged;
        let Some(recipe) =
            recipe.filter(|_| is_damaged && round.is_multiple_of(DOCUMENTS) && faults.is_empty())
        else {
            continue;
        };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec").join(&recipe.file.value);
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let document = match sources.add_document(&path, &bytes, recipe.encoding) {
            Ok(document) => document,
            Err(fault) => {
                told_well(&[fault], sources)?;
                continue;
            }
        };
        let reading = document::read(sources, document, &recipe, &mut Effort::default());
        let is_empty = sources.get(document).text.trim().is_empty();
        ensure(is_empty || !reading.rows.is_empty() || !reading.findings.is_empty(), || {
            "a document is lost without a word".to_owned()
        })?;
        told_well(&reading.findings, sources)?;
        let import = import::import(sources, domain, &spec.book.locales, &reading);
        told_well(&import.findings, sources)?;
    }
    Ok(())
}

/// The lints say something that can be printed, and their fixes change nothing but what they are for.
fn linted(book: &Book, sources: &Sources) -> Checked<()> {
    let (levels, mut faults) = Levels::read(&book.lints);
    let spellings = languages::spellings();
    let context = Context { book, sources, spellings: &spellings };
    let mut report = lints::run(&context, &levels, &Baseline::default(), Places::AsKnown);
    report.diagnostics.append(&mut faults);
    diagnostics::sort(&mut report.diagnostics);
    told_well(&report.diagnostics, sources)?;
    for (id, mended) in lints::fix::apply(&report.diagnostics, sources).sources {
        let is_same = lints::fix::reads_back(sources, id, &mended);
        ensure(is_same, || format!("a fix breaks {}", sources.get(id).path.display()))?;
    }
    Ok(())
}

/// The outputs are planned, and sometimes made.
fn made(book: &Book, sources: &Sources, round: u64) -> Checked<()> {
    let plan = match output::plan(book, Path::new("spec"), &output::Filter::default()) {
        Ok(plan) => plan,
        Err(faults) => return told_well(&faults, sources),
    };
    if !round.is_multiple_of(OUTPUTS) {
        return Ok(());
    }
    for file in &plan.files {
        let text = plan.text(file);
        let is_json =
            file.path.extension().is_some_and(|extension| extension == "json" || extension == "xcstrings");
        if is_json {
            let fault = serde_json::from_str::<serde_json::Value>(&text).err();
            ensure(fault.is_none(), || format!("{} is no JSON: {fault:?}", file.path.display()))?;
        }
        ensure(text.ends_with('\n') && !text.contains('\r'), || {
            format!("the line ends of {}", file.path.display())
        })?;
    }
    Ok(())
}

/// Its one form is the same book and stays as it is.
fn formatted(files: &Files, book: &Book) -> Checked<()> {
    let mut sources = Sources::default();
    let Some(once) = in_form(files, &mut sources)? else { return Ok(()) };
    let read = load(&once, &mut Sources::default()).and_then(model::resolve);
    let read = read.map_err(|faults| format!("formatted, it is refused: {faults:?}"))?;
    let is_same = export::book_text(&read, None) == export::book_text(book, None);
    ensure(is_same, || "formatted, it is another book".to_owned())?;
    let twice = in_form(&once, &mut Sources::default())?;
    ensure(twice.as_ref() == Some(&once), || format!("the form of its form is another: {twice:?}"))
}

/// The files of a book in their one form; `None` if it cannot be put into it.
fn in_form(files: &Files, sources: &mut Sources) -> Checked<Option<Files>> {
    let mut memory = Memory::new("");
    for (path, bytes) in files {
        memory.insert(path, bytes.clone());
    }
    match reformat::book(&memory, Path::new("spec/errbook.yaml"), sources).expect("everything is in memory") {
        Ok(formatted) => {
            let mut files = files.clone();
            for (id, text) in formatted.changed {
                files.insert(sources.get(id).path.clone(), text.into_bytes());
            }
            Ok(Some(files))
        }
        Err(faults) => {
            ensure(!faults.is_empty(), || "it is not formatted, without a word".to_owned())?;
            told_well(&faults, sources)?;
            let refused = faults.iter().find(|fault| fault.id == "format_refused");
            ensure(refused.is_none(), || format!("the form of it is another book: {refused:?}"))?;
            Ok(None)
        }
    }
}

/// A table that comes back as it went changes nothing.
fn translated(sources: &mut Sources, spec: &SpecFiles, book: &Book) -> Checked<()> {
    let text = translations::table(spec, book, &[]);
    let id = match sources.add_bytes(Path::new("table.csv"), text.into_bytes()) {
        Ok(id) => id,
        Err(fault) => return Err(format!("its table is no text: {fault:?}")),
    };
    let import = translations::import(sources, spec, book.clone(), &[], id);
    ensure(import.changed == 0 && import.files.is_empty() && import.findings.is_empty(), || {
        format!("its own table changes {} texts: {:?}", import.changed, import.findings)
    })
}

/// What other programs get has the form that they expect.
fn exported(book: &Book) -> Checked<()> {
    let text = export::book_text(book, None);
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|fault| format!("{fault}: {text}"))?;
    let entries = |value: &serde_json::Value| value["errors"].as_array().map_or(0, Vec::len);
    let domains = value["domains"].as_array().ok_or("no domains")?;
    let count: usize = domains.iter().map(entries).sum();
    let rows = csv::Reader::from_reader(table::text(book, None).as_bytes()).into_records().flatten().count();
    ensure(rows >= count, || format!("{count} entries and {rows} rows of a table"))
}
