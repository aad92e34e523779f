//! The command line as a whole: help with examples, and what its words may be completed with.
//!
//! In: the arguments that each subcommand declares. Out: one `clap::Command`, from which lines are parsed, help and man
//! pages are written and completions are made. Here stands what concerns all subcommands alike, so that a new one gets
//! it without asking; a test holds every subcommand to having an example, and every example to being a valid line.

use super::Arguments;
use crate::diagnostics::Sources;
use crate::lookup::reference;
use crate::model::{self, Book};
use crate::names::Locale;
use crate::{embedded, languages, spec, vendor};
use clap::CommandFactory as _;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// What the help of each subcommand ends with, and that of `errbook` itself.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "",
        "  errbook explain 5003                      what a code means\n  \
         errbook explain device offline            the same by words, in any language of the book\n  \
         errbook init my-codes                     start a book\n  \
         errbook gen                               write the files of all languages",
    ),
    (
        "gen",
        "  errbook gen                               write what is not as the spec says\n  \
         errbook gen --check                       in CI: say what is not, and write nothing\n  \
         errbook gen --language swift --out /tmp/x",
    ),
    ("import", "  errbook import                            entries for all new rows of the documents"),
    (
        "audit",
        "  errbook audit                             every row of every document accounted for\n  \
         errbook audit --domain quectel --document new.md",
    ),
    (
        "lint",
        "  errbook lint --deny-warnings              in CI\n  \
         errbook lint --fix                        mend what has one right answer\n  \
         errbook lint --explain long_text          what a finding means",
    ),
    (
        "explain",
        "  errbook explain quectel/5003              a reference, or the code alone\n  \
         errbook explain QuectelErrorCode.SMS_CODE_INCORRECT\n  \
         errbook explain 设备离线                  words, in any language of the book\n  \
         errbook explain --scan app.log            all codes of a log, known and unknown",
    ),
    (
        "fmt",
        "  errbook fmt                               bring the spec into its one form\n  errbook fmt --check                       in CI",
    ),
    ("diff", "  errbook diff origin/main                  what this branch changes, and whom that hurts"),
    ("export", "  errbook export                            the book as JSON, on stdout"),
    ("vendor", "  errbook vendor --language kotlin --domain quectel --package com.acme.errors --out src"),
    ("verify", "  errbook verify src/QuectelErrorCode.kt    is the copy as errbook made it?"),
    ("schema", "  errbook schema                            what an editor checks and completes the spec by"),
    (
        "init",
        "  errbook init                              here\n  errbook init my-codes                     in a folder of its own",
    ),
    (
        "completions",
        "  errbook completions bash > ~/.local/share/bash-completion/completions/errbook\n  \
         errbook completions zsh > ~/.zfunc/_errbook\n  \
         errbook completions fish > ~/.config/fish/completions/errbook.fish\n  \
         errbook completions powershell >> $PROFILE",
    ),
    (
        "man",
        "  errbook man --out ~/.local/share/man/man1  all pages; then `man errbook` finds them\n  \
         errbook man                                the first page, on stdout",
    ),
];

/// The command line, complete.
pub(super) fn command() -> clap::Command {
    let mut command = Arguments::command();
    for (name, examples) in EXAMPLES {
        let examples = format!("Examples:\n{examples}");
        if name.is_empty() {
            command = command.after_help(examples);
        } else if command.find_subcommand(name).is_some() {
            command = command.mut_subcommand(name, |subcommand| {
                let more = subcommand.get_after_long_help().map(|more| format!("{examples}\n\n{more}"));
                let subcommand = subcommand.after_help(examples);
                match more {
                    Some(more) => subcommand.after_long_help(more),
                    None => subcommand,
                }
            });
        }
    }
    command
}

/// The command line with what its words may be completed with: made anew at each completion, so it reads no book yet.
pub(super) fn completed() -> clap::Command {
    command().mut_subcommands(|subcommand| {
        let copies = subcommand.get_name() == "vendor";
        subcommand.mut_args(|arg| match arg.get_id().as_str() {
            "domain" | "domains" => arg.add(ArgValueCompleter::new(domains)),
            "language" if copies => {
                arg.add(ArgValueCompleter::new(|begun: &OsStr| ids(&vendor::languages(), begun)))
            }
            "language" => arg.add(ArgValueCompleter::new(|begun: &OsStr| {
                let all: Vec<_> = languages::LANGUAGES.iter().map(|language| language.id()).collect();
                ids(&all, begun)
            })),
            "locale" => arg.add(ArgValueCompleter::new(locales)),
            "question" => arg.add(ArgValueCompleter::new(codes)),
            _ => arg,
        })
    })
}

/// The book that the command line names or that is here, else the embedded one; completion has nobody to tell about faults.
fn book() -> Book {
    let open = || {
        let path = match named_book(std::env::args_os()) {
            Some(path) => path,
            None => spec::find(&std::env::current_dir().ok()?)?,
        };
        let files = spec::load(&path, &mut Sources::default()).ok()?.ok()?;
        model::resolve(files).ok()
    };
    open().unwrap_or_else(|| embedded::open().1)
}

/// The book that the words of a command line name, which nobody has parsed yet: it is not complete.
fn named_book(words: impl IntoIterator<Item = OsString>) -> Option<PathBuf> {
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if word == "--book" {
            return words.next().map(PathBuf::from);
        }
        if let Some(path) = word.to_str().and_then(|word| word.strip_prefix("--book=")) {
            return Some(PathBuf::from(path));
        }
    }
    None
}

fn domains(begun: &OsStr) -> Vec<CompletionCandidate> {
    let begun = begun.to_string_lossy();
    let book = book();
    let wanted = book.domains.iter().filter(|domain| domain.id.as_str().starts_with(&*begun));
    wanted
        .map(|domain| CompletionCandidate::new(domain.id.as_str()).help(Some(shown(&domain.title))))
        .collect()
}

fn ids(all: &[&'static str], begun: &OsStr) -> Vec<CompletionCandidate> {
    let begun = begun.to_string_lossy();
    all.iter().filter(|id| id.starts_with(&*begun)).map(CompletionCandidate::new).collect()
}

fn locales(begun: &OsStr) -> Vec<CompletionCandidate> {
    let begun = begun.to_string_lossy();
    let book = book();
    let tags = book.locales.iter().map(Locale::tag).filter(|tag| tag.starts_with(&*begun));
    tags.map(CompletionCandidate::new).collect()
}

/// Codes, references, names and conditions; where nothing is begun, only the domains, whose references can be gone on with.
fn codes(begun: &OsStr) -> Vec<CompletionCandidate> {
    let begun = begun.to_string_lossy();
    let book = book();
    // By word, so that what several domains have is offered once.
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut offer = |word: String, help: &str| {
        if word.starts_with(&*begun) && is_plain(&word) {
            found.entry(word).or_insert_with(|| help.to_owned());
        }
    };
    for domain in &book.domains {
        if !begun.contains('/') {
            offer(format!("{}/", domain.id), &domain.title);
        }
        for error in domain.errors.iter().filter(|_| !begun.is_empty()) {
            let name = error.meaning.name.as_str();
            if begun.contains('/') {
                offer(reference(domain, &error.code), name);
            } else {
                offer(error.code.to_string(), name);
                offer(name.to_owned(), error.meaning.message.shown(0).unwrap_or_default());
            }
        }
    }
    for condition in book.conditions.iter().filter(|_| !begun.is_empty()) {
        offer(condition.name.to_string(), condition.title.shown(0).unwrap_or_default());
    }
    found.into_iter().map(|(word, help)| CompletionCandidate::new(word).help(Some(shown(&help)))).collect()
}

/// Whether a word means itself in every shell. A code of text may be anything, `$(reboot)` as well, and what is completed
/// stands on the command line as if somebody had typed it.
fn is_plain(word: &str) -> bool {
    !word.starts_with('-') && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte))
}

/// A text of the book as a shell may show it.
fn shown(text: &str) -> clap::builder::StyledStr {
    crate::characters::visible(text, 80).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subcommand_has_examples_and_every_example_is_a_line() {
        let command = command();
        for subcommand in command.get_subcommands() {
            let name = subcommand.get_name();
            assert!(EXAMPLES.iter().any(|(known, _)| *known == name), "`{name}` has no example in its help");
        }
        for (name, examples) in
            EXAMPLES.iter().filter(|(name, _)| command.find_subcommand(name).is_some() || name.is_empty())
        {
            for line in examples.lines() {
                let line = line.trim_start();
                // What says something about a line stands behind more than one blank.
                let line = line.split("  ").next().unwrap_or_default();
                let line = line.split([';', '>']).next().unwrap_or_default().trim_end();
                let words = line.split(' ');
                let parsed = super::command().try_get_matches_from(words);
                assert!(
                    parsed.is_ok(),
                    "{name}: `{line}`: {}",
                    parsed.err().map(|error| error.to_string()).unwrap_or_default()
                );
            }
        }
    }

    #[test]
    fn the_declaration_is_sound() {
        completed().debug_assert();
    }

    #[test]
    fn the_book_of_an_unfinished_line_is_found() {
        let named = |line: &str| named_book(line.split(' ').map(OsString::from));
        assert_eq!(named("errbook explain --book a/b.yaml 50"), Some(PathBuf::from("a/b.yaml")));
        assert_eq!(named("errbook --book=c.yaml explain"), Some(PathBuf::from("c.yaml")));
        assert_eq!(named("errbook explain --book"), None);
    }

    #[test]
    fn no_word_is_offered_that_a_shell_would_run() {
        assert!(is_plain("quectel/5003") && is_plain("E-1.2_a"));
        for word in ["$(reboot)", "`id`", "a b", "a;b", "a'b", "-rf", "~root", "*", "a\nb", "\u{1b}[2J"] {
            assert!(!is_plain(word), "{word:?}");
        }
    }
}
