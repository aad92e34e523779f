//! `errbook explain`: what a code, a name or a few words mean.

use super::{Global, Outcome, book, print};
use crate::diagnostics::{SourceId, Sources};
use crate::document::{self, Effort};
use crate::lookup::text::Look;
use crate::lookup::{self, Answer, Document, Shelf};
use crate::model::{self, Book, Domain};
use crate::scan::{self, Report, Scanner};
use crate::spec::yaml::Node;
use crate::spec::{self, SpecFiles, recipe};
use crate::{embedded, languages, view};
use anyhow::Context as _;
use clap::ValueEnum;
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal as _;
use std::path::PathBuf;

/// Arguments of `errbook explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A code, a reference, a name, a constant, a condition, or words of a message; with --scan, files [default: stdin]
    #[arg(required_unless_present = "scan", allow_negative_numbers = true)]
    question: Vec<String>,
    /// Find the codes in logs or replies, explain those of the book, and write entries for the others
    #[arg(long)]
    scan: bool,
    /// Only this domain; may be given several times
    #[arg(long, value_name = "DOMAIN")]
    domain: Vec<String>,
    /// Only this locale of the texts, as a BCP 47 tag (`zh-CN`); may be given several times
    #[arg(long, value_name = "TAG")]
    locale: Vec<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The forms of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn for people
    Text,
    /// One JSON object
    Json,
}

/// The widths of lines, in columns: what is drawn is narrow enough to be read and wide enough to hold its labels.
const NARROWEST: usize = 40;
const WIDEST: usize = 120;
/// The width where there is no terminal.
const USUAL: usize = 80;

/// Answers each question; exit code 1 if one has no answer.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Some(opened) = Library::open(global)? else { return Ok(Outcome::CouldNotRun) };
    let mut shelf = opened.shelf(&arguments.domain, &arguments.locale)?;
    if arguments.scan {
        return scan(global, arguments, &shelf);
    }
    if let Some(report) = pasted(&shelf, &arguments.question) {
        return tell(global, arguments, &shelf, &report);
    }
    let answers =
        lookup::look_up_words(&opened.book, &shelf.domains, &arguments.question).map_err(|most| {
            anyhow::anyhow!(
                "of a book with so many codes, no more than the first {most} of these can be explained at once; --scan reads any number of them from a file"
            )
        })?;
    shelf.documents = opened.documents(&shown(&answers));
    match arguments.format {
        Format::Json => print(&lookup::json::render(&shelf, &answers))?,
        Format::Text => print(&text(global, &shelf, &answers))?,
    }
    let all_found = answers.iter().all(|(_, answer)| answer.is_found());
    Ok(if all_found { Outcome::Clean } else { Outcome::Findings })
}

fn text(global: &Global, shelf: &Shelf<'_>, answers: &[(String, Answer<'_>)]) -> String {
    let look = look(global);
    let pages = answers.iter().map(|(question, answer)| lookup::text::render(shelf, question, answer, look));
    pages.collect::<Vec<_>>().join("\n\n")
}

/// Scans the files that are named, or what comes from elsewhere.
fn scan(global: &Global, arguments: &Arguments, shelf: &Shelf<'_>) -> anyhow::Result<Outcome> {
    let mut scanner = Scanner::new(shelf.book, &shelf.domains);
    for file in &arguments.question {
        let input = std::fs::File::open(file)
            .with_context(|| format!("cannot read {}", crate::characters::shown(file)))?;
        scanner
            .read(file, input)
            .with_context(|| format!("cannot read {}", crate::characters::shown(file)))?;
    }
    if arguments.question.is_empty() {
        scanner.read("stdin", std::io::stdin().lock()).context("cannot read stdin")?;
    }
    tell(global, arguments, shelf, &scanner.finish())
}

/// What a question is that is a line of a log or a reply: more than a few words, with a code in it as logs write it.
fn pasted(shelf: &Shelf<'_>, question: &[String]) -> Option<Report> {
    let line = question.join(" ");
    if !line.contains(['{', '=', '<', '[']) {
        return None;
    }
    let mut scanner = Scanner::new(shelf.book, &shelf.domains);
    scanner.read("the question", line.as_bytes()).ok()?;
    let report = scanner.finish();
    (!report.known.is_empty() || !report.unknown.is_empty()).then_some(report)
}

/// Prints what a scan found; exit code 1 if there was no code, or one that the book does not know.
fn tell(
    global: &Global,
    arguments: &Arguments,
    shelf: &Shelf<'_>,
    report: &Report,
) -> anyhow::Result<Outcome> {
    let text = match arguments.format {
        Format::Json => scan::report::json(shelf, report),
        Format::Text => scan::report::text(shelf, report, look(global)),
    };
    print(&text)?;
    Ok(if report.is_explained() { Outcome::Clean } else { Outcome::Findings })
}

/// How to draw for stdout.
fn look(global: &Global) -> Look {
    let is_terminal = std::io::stdout().is_terminal();
    Look { width: width(is_terminal), colour: global.colours(is_terminal) }
}

/// How many columns to draw for: those of the terminal, or of `COLUMNS`.
fn width(is_terminal: bool) -> usize {
    let stated = || std::env::var("COLUMNS").ok()?.trim().parse().ok();
    let of_terminal = || {
        let (width, _) = terminal_size::terminal_size()?;
        is_terminal.then_some(usize::from(width.0))
    };
    of_terminal().or_else(stated).unwrap_or(USUAL).clamp(NARROWEST, WIDEST)
}

/// The domains of the codes that answers show.
fn shown(answers: &[(String, Answer<'_>)]) -> BTreeSet<String> {
    let hits = answers.iter().flat_map(|(_, answer)| answer.exact.iter().chain(answer.found.iter().take(1)));
    let domains = hits.filter_map(|hit| match hit.subject {
        lookup::Subject::Code(domain, _) | lookup::Subject::Retired(domain, _) => Some(domain.id.to_string()),
        lookup::Subject::Condition(_) | lookup::Subject::Kind(_) => None,
    });
    domains.collect()
}

/// A book, and how to read its documents.
struct Library {
    book: Book,
    /// The `document` of each domain that has one.
    recipes: BTreeMap<String, Node>,
    /// The folder that documents lie in; the embedded ones lie in none.
    folder: Option<PathBuf>,
}

impl Library {
    /// Opens the book that is here, else the embedded one; `None` if its faults have been reported.
    fn open(global: &Global) -> anyhow::Result<Option<Self>> {
        let mut sources = Sources::default();
        let Some((files, is_embedded)) = book::load_or_embedded(global, &mut sources)? else {
            return Ok(None);
        };
        let folder = (!is_embedded).then(|| files.folder().to_owned());
        let recipes = recipes(&files);
        match model::resolve(files) {
            Ok(book) => Ok(Some(Self { book, recipes, folder })),
            Err(faults) => {
                book::report(global, &faults, &sources)?;
                Ok(None)
            }
        }
    }

    /// What to look at and to show.
    fn shelf(&self, domains: &[String], locales: &[String]) -> anyhow::Result<Shelf<'_>> {
        let mut chosen: Vec<&Domain> = Vec::new();
        for id in domains {
            let Some(domain) = self.book.domain(id) else {
                let known = self.book.domains.iter().map(|domain| domain.id.as_str());
                return Err(book::no_domain(id, known));
            };
            if !chosen.iter().any(|known| known.id == domain.id) {
                chosen.push(domain);
            }
        }
        if chosen.is_empty() {
            chosen = self.book.domains.iter().collect();
        }
        let place = |tag: &String| {
            let best = view::locale::best(&self.book.locales, &[tag]);
            self.book.locales.iter().position(|locale| locale == best)
        };
        let mut places: Vec<_> = locales.iter().filter_map(place).collect();
        if places.is_empty() {
            places = (0..self.book.locales.len()).collect();
        }
        places.dedup();
        Ok(Shelf {
            book: &self.book,
            domains: chosen,
            locales: places,
            spellings: languages::written(&self.book),
            documents: BTreeMap::new(),
        })
    }

    /// Reads the documents of some domains, as far as they can be read: a lookup is no audit.
    fn documents(&self, domains: &BTreeSet<String>) -> BTreeMap<String, Document> {
        let mut sources = Sources::default();
        let mut documents = BTreeMap::new();
        let mut effort = Effort::default();
        for domain in domains {
            let Some(recipe) =
                self.recipes.get(domain).and_then(|node| recipe::recipe(node, &mut Vec::new()))
            else {
                continue;
            };
            let Some((path, source)) = self.document(&recipe.file.value, &mut sources) else { continue };
            let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for row in document::read(&sources, source, &recipe, &mut effort).rows {
                lines.entry(row.code.value).or_default().push(row.line);
            }
            let [revision, note] = [recipe.revision, recipe.note].map(|text| text.map(|text| text.value));
            documents.insert(domain.clone(), Document { path, revision, note, lines });
        }
        documents
    }

    /// A document, and what to call it.
    fn document(&self, file: &str, sources: &mut Sources) -> Option<(String, SourceId)> {
        if let Some(folder) = &self.folder {
            let path = folder.join(file);
            let source = sources.read(&path).ok()?.ok()?;
            Some((path.to_string_lossy().into_owned(), source))
        } else {
            let path = format!("spec/{file}");
            let source = sources.add_bytes(path.as_ref(), embedded::document(file)?.into()).ok()?;
            Some((path, source))
        }
    }
}

fn recipes(files: &SpecFiles) -> BTreeMap<String, Node> {
    let with_document =
        |domain: &spec::read::SpecDomain| Some((domain.domain.value.clone(), domain.document.clone()?));
    files.domains.iter().filter_map(with_document).collect()
}
