//! `errbook lint`: what is wrong with a book, and what could be better.

use super::{Global, Outcome, Printing, book, mend, print, say};
use crate::characters::shown;
use crate::counted::counted;
use crate::diagnostics::source::LARGEST_FILE;
use crate::diagnostics::{self, Diagnostic, Level, Sources};
use crate::diff::{Waivers, waivers};
use crate::lints::baseline::{self, Old};
use crate::lints::{self, Baseline, Context, Levels, Places, Report};
use crate::output;
use crate::spec::allowance::Allowance;
use crate::spec::tree::{Disk, Tree as _};
use crate::spec::yaml::{self, Node};
use crate::spec::{self, folder};
use crate::timings::{self, Phase};
use crate::{languages, model};
use std::collections::BTreeMap;
use std::path::Path;

/// Arguments of `errbook lint`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) printing: Printing,
    /// Write the fixes that have one right answer, then tell what is left
    #[arg(long)]
    fix: bool,
    /// Let the findings of today be known in `lint-baseline.yaml`, so that only new ones are told
    #[arg(long, conflicts_with = "fix")]
    write_baseline: bool,
    /// Fail on warnings, too
    #[arg(long)]
    deny_warnings: bool,
    /// Say what a finding means, why it hurts and how to mend it; without a name, list them
    #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "", exclusive = true)]
    explain: Option<String>,
}

/// Lints the book.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(id) = &arguments.explain {
        return explain(id);
    }
    let path = book::path(global)?;
    let places = if arguments.write_baseline { Places::Counted } else { Places::AsKnown };
    let mut linted = lint(&path, places)?;
    if arguments.fix {
        let outcome = mend::mend(&path, linted)?;
        if outcome.may_be_more {
            say(&format!("{} mended; run `errbook lint --fix` again for what is left\n", outcome.mended));
            return Ok(if outcome.linted.valid { Outcome::Findings } else { Outcome::CouldNotRun });
        }
        say(&format!("{} mended\n", outcome.mended));
        linted = outcome.linted;
    }
    if arguments.write_baseline && linted.valid {
        let file = folder(&path).join(Baseline::FILE);
        let known: usize = linted.report.counts.values().flat_map(BTreeMap::values).sum();
        let text = baseline::text(&linted.report.counts);
        // A file that the next run refuses would be no baseline. Of its lines none has to be in memory as YAML.
        let mut sources = Sources::default();
        let id = sources.add(&file, text);
        let as_yaml = || {
            yaml::parse_apart(&sources, id, &Allowance::default(), Baseline::LINES, |_, _| Some(())).is_ok()
        };
        let is_read = sources.get(id).text.len() as u64 <= LARGEST_FILE && as_yaml();
        anyhow::ensure!(
            is_read,
            "the baseline would know {known} findings, and hold more than errbook reads of one file; turn off what finds most \
             of them under `lints`, or mend some first (nothing was written)"
        );
        let text = &sources.get(id).text;
        let old = output::lost(folder(&path), &file, text)?.map_or(Old::Baseline, |old| baseline::old(&old));
        anyhow::ensure!(
            old != Old::Foreign,
            "{} is in the way: it is no baseline of errbook; move or remove it (nothing was written)",
            shown(&file)
        );
        output::write_if_different(&file, text.as_bytes())?;
        if old == Old::Damaged {
            say(&format!("{} could not be read any more; it was made anew\n", shown(&file)));
        }
        let verb = if known == 1 { "is" } else { "are" };
        say(&format!("{} {verb} known in {}\n", counted(known, "finding"), shown(&file)));
        return Ok(Outcome::Clean);
    }
    book::report_first(global, &linted.report.diagnostics, linted.report.untold, &linted.sources)?;
    if linted.report.known > 0 || linted.report.allowed > 0 {
        let Report { known, allowed, .. } = linted.report;
        say(&format!("{allowed} allowed, {known} known in the baseline\n"));
    }
    if !linted.valid {
        return Ok(Outcome::CouldNotRun);
    }
    let fails = |diagnostic: &Diagnostic| arguments.deny_warnings || diagnostic.level == Level::Error;
    let failed = linted.report.diagnostics.iter().any(fails) || linted.report.hides_error;
    Ok(if failed { Outcome::Findings } else { Outcome::Clean })
}

/// A book that was looked at.
pub(super) struct Linted {
    pub(super) sources: Sources,
    pub(super) report: Report,
    /// Whether it is a valid book, so that the lints ran.
    pub(super) valid: bool,
}

/// Reads a book and lints it, as far as it goes.
pub(super) fn lint(path: &Path, places: Places) -> anyhow::Result<Linted> {
    let mut sources = Sources::default();
    let (files, mut warnings) = spec::load_from(&Disk, path, &mut sources)?;
    // What stands beside a book that is not valid is looked at as well, and the waivers, which only a comparison needs.
    let mut faults = Vec::new();
    let baseline = beside(path, Baseline::FILE, &mut sources, &mut faults, Baseline::read)?;
    let as_waivers = |root: &Node, faults: &mut Vec<Diagnostic>| Some(Waivers::read(root, faults));
    beside(path, waivers::FILE, &mut sources, &mut faults, as_waivers)?;
    let Some(files) = files.filter(|_| !diagnostics::any_error(&warnings)) else {
        warnings.append(&mut faults);
        return Ok(Linted::invalid(sources, warnings));
    };
    warnings.extend(spec::unlisted(&Disk, &files)?);
    let (book, mut found) = timings::of(Phase::Resolve, || model::resolve_what_can_be(files));
    warnings.append(&mut found);
    if diagnostics::any_error(&warnings) {
        warnings.append(&mut faults);
        return Ok(Linted::invalid(sources, warnings));
    }
    faults.append(&mut warnings);
    let (levels, mut found) = Levels::read(&book.lints);
    faults.append(&mut found);
    let spellings = languages::spellings();
    let context = Context { book: &book, sources: &sources, spellings: &spellings };
    let mut report = timings::of(Phase::Lint, || lints::run(&context, &levels, &baseline, places));
    // What passes here can be generated: the faults that only a language knows are told as well.
    if let Err(found) = output::plan(&book, folder(path), &output::Filter::default()) {
        let told = |fault: &Diagnostic| {
            report.diagnostics.iter().any(|other| other.id == fault.id && other.span() == fault.span())
        };
        let new: Vec<_> = found.into_iter().filter(|fault| !told(fault)).collect();
        faults.extend(new);
    }
    report.diagnostics.append(&mut faults);
    lints::tell_once(&mut report.diagnostics);
    diagnostics::sort(&mut report.diagnostics);
    Ok(Linted { sources, report, valid: true })
}

impl Linted {
    fn invalid(sources: Sources, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics::sort(&mut diagnostics);
        Self { sources, report: Report { diagnostics, ..Report::default() }, valid: false }
    }
}

/// Reads the file `name` beside the book, if there is one.
fn beside<T: Default>(
    book: &Path,
    name: &str,
    sources: &mut Sources,
    faults: &mut Vec<Diagnostic>,
    read: impl FnOnce(&Node, &mut Vec<Diagnostic>) -> Option<T>,
) -> anyhow::Result<T> {
    let path = folder(book).join(name);
    if !Disk.is_there(&path) {
        return Ok(T::default());
    }
    let root = sources.read(&path)?.map_err(|fault| vec![fault]).and_then(|id| yaml::parse(sources, id));
    Ok(match root {
        Ok(root) => read(&root, faults).unwrap_or_default(),
        Err(found) => {
            faults.extend(found);
            T::default()
        }
    })
}

/// Prints an explanation, or the list of what can be explained.
fn explain(id: &str) -> anyhow::Result<Outcome> {
    if id.is_empty() {
        let mut list = lints::ids().join("\n");
        list.push('\n');
        print(&list)?;
        return Ok(Outcome::Clean);
    }
    match lints::explain(id) {
        Ok(text) => {
            print(&text)?;
            Ok(Outcome::Clean)
        }
        Err(Some(near)) => anyhow::bail!("nothing is called `{}`; did you mean `{near}`?", shown(id)),
        Err(None) => {
            anyhow::bail!("nothing is called `{}`; `errbook lint --explain` lists what is", shown(id))
        }
    }
}
