//! `errbook gen`: writes the outputs, or with `--check` says how they differ.

use super::{Global, Outcome, Printing, book, one_of, print, say};
use crate::characters::shown;
use crate::counted::counted;
use crate::diagnostics::{Diagnostic, Format, Sources, Span};
use crate::model::Book;
use crate::output::{self, Filter, Plan, State};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Arguments of `errbook gen`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) printing: Printing,
    /// Write nothing; list what is stale, missing, orphaned or edited by hand, with a diff
    #[arg(long)]
    check: bool,
    /// Only this language
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    language: Option<String>,
    /// Only this domain, and what all domains share
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,
    /// Below this folder, one folder a language, instead of where the book says
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn language(text: &str) -> Result<String, String> {
    let ids: Vec<_> = crate::languages::LANGUAGES.iter().map(|language| language.id()).collect();
    one_of(text, &ids).map_err(|reason| format!("errbook writes {reason}"))
}

/// The longest diff that is printed for one file, in lines; the rest is counted.
const LONGEST_DIFF: usize = 40;

/// Generates or checks.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let Some(mut opened) = book::open(global)? else { return Ok(Outcome::CouldNotRun) };
    if let Some(domain) = arguments.domain.as_deref().filter(|domain| opened.book.domain(domain).is_none()) {
        let known = opened.book.domains.iter().map(|domain| domain.id.as_str());
        return Err(book::no_domain(domain, known));
    }
    let mut filter = Filter {
        language: arguments.language.clone(),
        domain: arguments.domain.clone(),
        out: arguments.out.clone(),
    };
    if filter.out.is_some()
        && let Some(domain) = filter.domain.take()
    {
        // Elsewhere the files must make sense without those of the other domains.
        opened.book.domains.retain(|kept| kept.id.as_str() == domain);
    }
    let plan = match output::plan(&opened.book, &opened.folder, &filter) {
        Ok(plan) => plan,
        Err(faults) => {
            book::report(global, &faults, &opened.sources)?;
            return Ok(Outcome::CouldNotRun);
        }
    };
    if arguments.check {
        check(global, &plan, &repair(global, arguments))
    } else {
        write(global, &opened.book, &plan, started)
    }
}

/// The command that makes what `--check` looked at.
fn repair(global: &Global, arguments: &Arguments) -> String {
    let options = [
        ("--book", global.book.as_ref().map(shown)),
        ("--language", arguments.language.clone()),
        ("--domain", arguments.domain.clone()),
        ("--out", arguments.out.as_ref().map(shown)),
    ];
    let given = options.into_iter().filter_map(|(name, value)| Some(format!(" {name} {}", value?)));
    format!("errbook gen{}", given.collect::<String>())
}

fn write(global: &Global, book: &Book, plan: &Plan<'_>, started: Instant) -> anyhow::Result<Outcome> {
    let summary = output::write(plan)?;
    if global.format != Format::Text {
        draw(global, summary.orphaned.iter().map(|path| (path.as_path(), State::Orphaned)), "")?;
    }
    for path in &summary.orphaned {
        say(&format!(
            "orphaned: {} (errbook did not make it or somebody changed it; it was kept)\n",
            shown(path)
        ));
    }
    for path in &summary.deleted {
        say(&format!("deleted: {} (nothing generates it any more)\n", shown(path)));
    }
    let (written, unchanged) = (summary.written.len(), summary.unchanged);
    let codes: usize = book.domains.iter().map(|domain| domain.errors.len()).sum();
    let milliseconds = started.elapsed().as_millis();
    say(&format!(
        "{}: {} written, {unchanged} unchanged, {milliseconds} ms\n",
        counted(codes, "code"),
        counted(written, "file")
    ));
    Ok(if summary.orphaned.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// Prints for other programs which files are not as they should be; `repair` is the command that mends them.
fn draw<'a>(
    global: &Global,
    found: impl Iterator<Item = (&'a Path, State)>,
    repair: &str,
) -> anyhow::Result<()> {
    let mut sources = Sources::default();
    let told = found.map(|(path, state)| {
        // The picture of a generated file is of no use; its first line is where a code host shows the finding.
        let place = Span::new(sources.add(path, String::new()), 0, 0);
        let message = format!("the generated file is {}", state.word());
        let help = if matches!(state, State::Orphaned | State::Foreign) {
            "errbook never touches it: move or remove it".to_owned()
        } else {
            format!("run `{repair}` and commit the result")
        };
        Diagnostic::error("not_as_generated", place, message).help(help)
    });
    let told: Vec<_> = told.collect();
    book::draw(global, &told, &sources)
}

fn check(global: &Global, plan: &Plan<'_>, repair: &str) -> anyhow::Result<Outcome> {
    let findings = output::check(plan)?;
    if global.format != Format::Text {
        draw(global, findings.iter().map(|finding| (finding.path.as_path(), finding.state)), repair)?;
    }
    if findings.is_empty() {
        say(&format!("{} files are up to date\n", plan.files.len()));
        return Ok(Outcome::Clean);
    }
    let mut text = String::new();
    for finding in &findings {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}: {}", finding.state.word(), shown(&finding.path));
        let lines: Vec<_> = finding.diff.lines().collect();
        for line in lines.iter().take(LONGEST_DIFF) {
            let _ = writeln!(text, "{line}");
        }
        if lines.len() > LONGEST_DIFF {
            let _ = writeln!(text, "… and {} more lines of difference", lines.len() - LONGEST_DIFF);
        }
    }
    if global.format == Format::Text {
        print(&text)?;
    }
    let plural = if findings.len() == 1 { "file is" } else { "files are" };
    say(&format!("{} {plural} not as generated; run `{repair}` and commit the result\n", findings.len()));
    if findings.iter().any(|finding| matches!(finding.state, State::Orphaned | State::Foreign)) {
        say("files that are orphaned or in the way are never touched: move or remove them\n");
    }
    Ok(Outcome::Findings)
}
