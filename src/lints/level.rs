//! How loud a lint is.
//!
//! In: the `lints` of `errbook.yaml` as written. Out: a level for every lint, or what is wrong with the settings.

use super::{LINTS, Lint};
use crate::diagnostics::{Diagnostic, Level, Loc};
use crate::nearest::nearest;
use std::collections::BTreeMap;

/// How loud a lint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LintLevel {
    /// Its findings fail the run.
    Deny,
    /// Its findings are told.
    Warn,
    /// It does not run.
    Off,
}

impl LintLevel {
    /// All levels.
    pub const ALL: [Self; 3] = [Self::Deny, Self::Warn, Self::Off];

    /// Its name in `errbook.yaml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Off => "off",
        }
    }

    /// The level called `id`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.id() == id)
    }
}

/// The level of every lint in one book.
#[derive(Debug, Default)]
pub struct Levels {
    set: BTreeMap<&'static str, LintLevel>,
}

impl Levels {
    /// Reads the levels that a book sets; the others keep their own. Unknown lints and levels are faults.
    pub fn read(written: &[(Loc<String>, Loc<String>)]) -> (Self, Vec<Diagnostic>) {
        let (mut levels, mut faults) = (Self::default(), Vec::new());
        for (name, level) in written {
            let lint = LINTS.iter().find(|lint| lint.id == name.value);
            if lint.is_none() {
                faults.push(unknown_lint(name));
            }
            let parsed = LintLevel::from_id(&level.value);
            if parsed.is_none() {
                let message = format!("`{}` is no level of a lint", level.value);
                let fault = Diagnostic::error("unknown_lint_level", level.span, message);
                faults.push(fault.help("one of `deny`, `warn`, `off`"));
            }
            if let (Some(lint), Some(level)) = (lint, parsed) {
                levels.set.insert(lint.id, level);
            }
        }
        (levels, faults)
    }

    /// Switches the lints that are off to `level`, so that all of them run.
    pub fn raise(&mut self, level: LintLevel) {
        for lint in LINTS {
            let set = self.set.entry(lint.id).or_insert(lint.level);
            if *set == LintLevel::Off {
                *set = level;
            }
        }
    }

    /// The severity of a lint's findings; `None` if it is off.
    pub fn of(&self, lint: &Lint) -> Option<Level> {
        match self.set.get(lint.id).copied().unwrap_or(lint.level) {
            LintLevel::Deny => Some(Level::Error),
            LintLevel::Warn => Some(Level::Warning),
            LintLevel::Off => None,
        }
    }
}

/// That a name is the name of no lint.
pub(super) fn unknown_lint(name: &Loc<String>) -> Diagnostic {
    let fault =
        Diagnostic::error("unknown_lint", name.span, format!("there is no lint called `{}`", name.value));
    match nearest(&name.value, LINTS.iter().map(|lint| lint.id)) {
        Some(near) => fault.did_you_mean(name.span, near),
        None if crate::rules::find(&name.value).is_some() => {
            fault.help("this is a rule of every book, which nothing can switch off")
        }
        None => fault.help("`errbook lint --explain` lists them"),
    }
}
