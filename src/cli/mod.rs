//! The command line: parse, call the library, print.
//!
//! In: arguments. Out: an exit code (0 clean, 1 findings, 2 could not run), results on stdout, everything said to
//! people on stderr. Each subcommand has its file, which holds its arguments and its few lines of work; what it
//! does is in the library.

mod audit;
mod book;
mod command;
mod completions;
mod diff;
mod documents;
mod ending;
mod explain;
mod export;
mod fmt;
mod generate;
mod history;
mod import;
mod init;
mod lint;
mod man;
mod mend;
mod rewrite;
mod schema;
mod vendor;
mod verify;

use crate::characters::shown;
use crate::diagnostics::text::Colour;
use crate::diagnostics::{Failure, Format, sarif};
use crate::nearest;
use crate::timings;
use clap::error::{ContextKind, ContextValue};
use clap::{FromArgMatches as _, Parser, Subcommand, ValueEnum};
use std::cell::RefCell;
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// One reviewed book of error codes, generated as idiomatic Rust, TypeScript, Kotlin, Swift and Java.
#[derive(Debug, Parser)]
#[command(name = "errbook", version, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every subcommand understands.
#[derive(Debug, clap::Args)]
struct Global {
    /// The book [default: errbook.yaml or spec/errbook.yaml, here or in a folder above]
    #[arg(long, global = true, value_name = "FILE")]
    book: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = When::Auto)]
    color: When,
    /// Say on stderr how long each phase took, summed over all threads, and the most memory that was used
    #[arg(long, global = true)]
    timings: bool,
    /// How findings are printed: the subcommand's own `--format`, if it has one.
    #[arg(skip)]
    format: Format,
    /// The findings of this run for a SARIF document, which is written when it is known how the run ended.
    #[arg(skip)]
    runs: RefCell<Vec<sarif::Run>>,
}

/// The option of subcommands that print findings.
#[derive(Clone, Copy, Debug, clap::Args)]
struct Printing {
    /// How findings are printed; all but `text` go to stdout
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

/// The names of the formats.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    /// Drawn for people
    Text,
    /// One JSON object a line
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// A SARIF 2.1.0 document
    Sarif,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Text => Format::Text,
            Self::Json => Format::Json,
            Self::Github => Format::Github,
            Self::Sarif => Format::Sarif,
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Global {
    /// Whether messages to stderr are coloured.
    fn colour(&self) -> Colour {
        if self.colours(std::io::stderr().is_terminal()) { Colour::Always } else { Colour::Never }
    }

    /// Whether to colour what goes to a terminal, or to no terminal.
    fn colours(&self, is_terminal: bool) -> bool {
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the generated files, or check that they are up to date
    Gen(generate::Arguments),
    /// Add entries for the rows of the documents that the spec does not have yet
    Import(import::Arguments),
    /// Account for every row of every document, or report the drift of a newer copy
    Audit(audit::Arguments),
    /// Say what is wrong with the book, and what could be better
    Lint(lint::Arguments),
    /// Look up a code, a name, a constant or words, in any domain and language
    Explain(explain::Arguments),
    /// Write the files of the spec in their one form, or check that they have it
    Fmt(fmt::Arguments),
    /// Say what changed between two books, and whom it hurts
    Diff(diff::Arguments),
    /// Write the JSON Schemas that editors check the spec with
    Schema(schema::Arguments),
    /// Print the resolved book for other programs
    Export(export::Arguments),
    /// Copy the files of some platforms into an app, in the app's own package
    Vendor(vendor::Arguments),
    /// Say whether copies of generated files are still what errbook made
    Verify(verify::Arguments),
    /// Start a book: two codes with comments, ready to be generated
    Init(init::Arguments),
    /// Print the script that completes command lines in a shell
    Completions(completions::Arguments),
    /// Print the manual, or write its pages
    Man(man::Arguments),
}

/// How a subcommand ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing to say.
    Clean,
    /// Something is not as it should be.
    Findings,
    /// The input is not usable, so nothing was done.
    CouldNotRun,
}

/// Runs the command line and says how the process should end.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let completion = clap_complete::CompleteEnv::with_factory(command::completed).var(completions::VARIABLE);
    let here = std::env::current_dir().ok();
    match completion.try_complete(arguments.iter().cloned(), here.as_deref()) {
        Ok(false) => {}
        // A shell has asked; whether it was answered or not, there is nobody to tell more.
        Ok(true) => return ExitCode::SUCCESS,
        Err(_) => return ExitCode::from(2),
    }
    let mut command = command::command();
    let parsed = command.try_get_matches_from_mut(&arguments);
    let parsed = parsed.and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed.map_err(|error| error.format(&mut command)) {
        Ok(arguments) => arguments,
        Err(error) => {
            // clap knows whether this is help for stdout or a usage error for stderr; if neither can be printed to,
            // nobody is there to be told.
            let error = with_hint(only_visible(error));
            let _ = error.print();
            return if error.use_stderr() { ending::misread(&arguments, &error) } else { ExitCode::SUCCESS };
        }
    };
    let mut global = arguments.global;
    global.format = match &arguments.command {
        Command::Gen(arguments) => arguments.printing.format.format(),
        Command::Import(arguments) => arguments.printing.format.format(),
        Command::Audit(arguments) => arguments.printing.format.format(),
        Command::Lint(arguments) => arguments.printing.format.format(),
        Command::Fmt(arguments) => arguments.printing.format.format(),
        Command::Explain(_)
        | Command::Schema(_)
        | Command::Export(_)
        | Command::Vendor(_)
        | Command::Verify(_)
        | Command::Init(_)
        | Command::Completions(_)
        | Command::Man(_) => Format::Text,
        Command::Diff(arguments) => arguments.faults(),
    };
    let global = &global;
    let outcome = match &arguments.command {
        Command::Gen(arguments) => generate::run(global, arguments),
        Command::Import(arguments) => import::run(global, arguments),
        Command::Audit(arguments) => audit::run(global, arguments),
        Command::Lint(arguments) => lint::run(global, arguments),
        Command::Explain(arguments) => explain::run(global, arguments),
        Command::Fmt(arguments) => fmt::run(global, arguments),
        Command::Diff(arguments) => diff::run(global, arguments),
        Command::Schema(arguments) => schema::run(global, arguments),
        Command::Export(arguments) => export::run(global, arguments),
        Command::Vendor(arguments) => vendor::run(global, arguments),
        Command::Verify(arguments) => verify::run(global, arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments),
    };
    if global.timings {
        say(&timings::text());
        if let Some(megabytes) = peak_memory() {
            say(&format!("{:<8}{megabytes:>10.1} MB\n", "memory"));
        }
    }
    let (code, failure) = match outcome {
        Ok(Outcome::Clean) => (0, None),
        Ok(Outcome::Findings) => (1, None),
        Ok(Outcome::CouldNotRun) => (2, None),
        Err(error) => {
            say(&ending::words(&error));
            (2, Some((ending::message(&error), ending::way_out(&error))))
        }
    };
    let failure = failure.as_ref().map(|(message, help)| Failure { message, help: *help });
    ending::tell(global.format, global.runs.take(), code, failure)
}

/// The most memory that the process has had at once, in megabytes, where the system says so in a file as Linux does.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1.024e-3)
}

/// A value of an option that is one of a few words; otherwise which those are, and which was most likely meant.
fn one_of(text: &str, known: &[&str]) -> Result<String, String> {
    if known.contains(&text) {
        return Ok(text.to_owned());
    }
    Err(format!("{}{}", known.join(", "), nearest::hint(text, known.iter().copied())))
}

/// A usage error in which the words of the command line stand as people may see them.
fn only_visible(mut error: clap::Error) -> clap::Error {
    let said = error.context().filter_map(|(kind, value)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(shown(text)))),
        ContextValue::Strings(texts) => {
            Some((kind, ContextValue::Strings(texts.iter().map(shown).collect())))
        }
        _ => None,
    });
    for (kind, value) in said.collect::<Vec<_>>() {
        error.insert(kind, value);
    }
    error
}

/// Adds to a usage error the subcommand that was most likely meant, where clap, which compares words as a whole, has
/// no idea.
fn with_hint(mut error: clap::Error) -> clap::Error {
    let is_told = error.get(ContextKind::SuggestedSubcommand).is_some();
    if let (false, Some(ContextValue::String(word))) = (is_told, error.get(ContextKind::InvalidSubcommand)) {
        let command = command::command();
        let known = command.get_subcommands().map(clap::Command::get_name);
        if let Some(near) = nearest::nearest(word, known) {
            let near = ContextValue::Strings(vec![near.to_owned()]);
            error.insert(ContextKind::SuggestedSubcommand, near);
        }
    }
    error
}

/// Says something to people.
fn say(text: &str) {
    use std::io::Write as _;
    // A closed stderr leaves nobody to tell; the exit code still says it.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Prints a result.
fn print(text: &str) -> anyhow::Result<()> {
    use anyhow::Context as _;
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads has had enough (`errbook export | head`).
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write to stdout"),
    }
}
