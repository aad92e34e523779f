//! `errbook completions`: the script that lets a shell complete errbook's command lines.
//!
//! The script asks errbook itself at each completion, so that codes, names and domains are those of the book that is at
//! hand, and no script gets old.

use super::{Outcome, print};
use anyhow::Context as _;
use clap::ValueEnum;
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Zsh};

/// The variable by which a script asks.
pub(super) const VARIABLE: &str = "ERRBOOK_COMPLETE";

/// Arguments of `errbook completions`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// The shells there are scripts for.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    /// GNU Bash
    Bash,
    /// Z shell
    Zsh,
    /// fish
    Fish,
    /// `PowerShell`
    #[value(name = "powershell")]
    Power,
}

/// Prints the script.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let completer: &dyn EnvCompleter = match arguments.shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Power => &Powershell,
    };
    let mut script = Vec::new();
    completer
        .write_registration(VARIABLE, "errbook", "errbook", "errbook", &mut script)
        .context("cannot write the script")?;
    print(&String::from_utf8(script).context("the script is no text")?)?;
    Ok(Outcome::Clean)
}
