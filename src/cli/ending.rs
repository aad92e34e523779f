//! How a run ends, for the programs that asked for findings in a form of theirs.
//!
//! In: the form, and how the run ended. Out: the exit code, and on stdout what the form still lacks: a SARIF document is
//! written here, when all is known, and a command that could not run at all says why. A file that such a program reads is
//! so never empty where something went wrong, and never looks like that of a clean run.
//!
//! Deliberately elsewhere: what is said to people, on stderr (`run`), and how the forms look (`diagnostics`).

use super::{FormatName, command, print, say};
use crate::characters::visible;
use crate::diagnostics::{Failure, Format, github, json, sarif};
use clap::ValueEnum as _;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::process::ExitCode;

/// An error in words for people, with the way out of it.
pub(super) fn words(error: &anyhow::Error) -> String {
    let help = way_out(error).map(|help| format!("  help: {help}\n"));
    format!("error: {}\n{}", message(error), help.unwrap_or_default())
}

/// An error in one line, whatever arguments, names of files and words of other programs it repeats.
pub(super) fn message(error: &anyhow::Error) -> String {
    visible(&format!("{error:#}"), LONGEST_MESSAGE).into_owned()
}

/// How many characters of an error are told: the longest of ours have a few hundred beside the path or argument.
const LONGEST_MESSAGE: usize = 1000;

/// What to do about an error of the disk, which has no place in a file where that could stand.
pub(super) fn way_out(error: &anyhow::Error) -> Option<&'static str> {
    let kind = error.chain().find_map(|cause| Some(cause.downcast_ref::<std::io::Error>()?.kind()))?;
    match kind {
        ErrorKind::PermissionDenied => Some(
            "the user who runs errbook may not do that: `ls -ld` shows the rights of a file or a folder, `chmod` and \
             `chown` change them",
        ),
        ErrorKind::ReadOnlyFilesystem => {
            Some("the disk takes no writes: choose another folder, or mount it for writing")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some("make room on the disk, and run it again: each file is whole, as it was or as it is to be")
        }
        _ => None,
    }
}

/// Writes what a form still lacks, and says how the process should end.
pub(super) fn tell(
    format: Format,
    runs: Vec<sarif::Run>,
    code: u8,
    failure: Option<Failure<'_>>,
) -> ExitCode {
    let text = match (format, failure) {
        (Format::Sarif, _) => sarif::log(runs, i32::from(code), failure),
        (Format::Json, Some(failure)) => json::failure(failure),
        (Format::Github, Some(failure)) => github::failure(failure),
        (Format::Text, _) | (Format::Json | Format::Github, None) => return ExitCode::from(code),
    };
    match print(&text) {
        Ok(()) => ExitCode::from(code),
        Err(error) => {
            say(&format!("error: {error:#}\n"));
            ExitCode::from(2)
        }
    }
}

/// The subcommands that print findings in the form of `Printing`, or in more.
const WITH_FINDINGS: [&str; 6] = ["gen", "import", "audit", "lint", "fmt", "diff"];

/// Ends a run whose command line cannot be read.
pub(super) fn misread(arguments: &[OsString], error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    let is_reason = |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more information");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let reason: Vec<_> = lines.take_while(is_reason).collect();
    let reason = reason.join("; ");
    let message = reason.strip_prefix("error: ").unwrap_or(&reason);
    tell(asked(arguments), Vec::new(), 2, Some(Failure { message, help: None }))
}

/// The form that a command line with a fault asks for, as far as a glance at its words tells.
fn asked(arguments: &[OsString]) -> Format {
    let words: Vec<_> = arguments.iter().skip(1).map(|word| word.to_string_lossy()).collect();
    let command = command::command();
    let is_command = |word: &str| command.get_subcommands().any(|known| known.get_name() == word);
    let prints =
        words.iter().find(|word| is_command(word)).is_some_and(|word| WITH_FINDINGS.contains(&word.as_ref()));
    let joined = words.iter().find_map(|word| word.strip_prefix("--format="));
    let apart = || {
        let at = words.iter().position(|word| word == "--format")?;
        words.get(at + 1).map(AsRef::as_ref)
    };
    let name = joined.or_else(apart).filter(|_| prints);
    name.and_then(|name| FormatName::from_str(name, false).ok()).map_or(Format::Text, FormatName::format)
}
