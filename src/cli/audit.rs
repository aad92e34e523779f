//! `errbook audit`: accounts for every row of every document.

use super::{Global, Outcome, Printing, book, documents, print, say};
use crate::audit::{self, Count};
use crate::counted::counted;
use crate::diagnostics::Format;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Arguments of `errbook audit`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) printing: Printing,
    /// Only this domain
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,
    /// Another copy of the domain's document: report what it adds, rewords and drops
    #[arg(long, value_name = "FILE", requires = "domain")]
    document: Option<PathBuf>,
}

/// Prints a line for each domain; findings go to stderr.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let copy = arguments.document.as_deref();
    let Some(read) = documents::read(global, arguments.domain.as_deref(), copy)? else {
        return Ok(Outcome::CouldNotRun);
    };
    let mut audits = Vec::new();
    for (index, reading) in &read.readings {
        audits.push(audit::audit(&read.files.domains[*index], reading));
    }
    let width = audits.iter().map(|audit| audit.domain.len()).chain([TOTAL.len()]).max().unwrap_or_default();
    let (mut summary, mut total, mut findings) = (String::new(), Count::default(), 0);
    let mut told = Vec::new();
    for audit in &audits {
        if copy.is_some() {
            // The differences are the result here; what the recipe cannot read still needs a person.
            summary.push_str(&audit.drift());
        }
        if copy.is_some() && global.format == Format::Text {
            told.extend(audit.unread.iter().cloned());
        } else {
            told.extend(audit.findings());
        }
        // Writing to a string cannot fail.
        let _ = writeln!(summary, "{:width$}  {}", audit.domain, audit.count);
        total += audit.count;
        findings += audit.finding_count();
    }
    if audits.len() > 1 {
        let _ = writeln!(summary, "{TOTAL:width$}  {total}");
    }
    book::draw(global, &told, &read.sources)?;
    // What other programs read from stdout must not be mixed with lines for people.
    if global.format == Format::Text {
        print(&summary)?;
    } else {
        say(&summary);
    }
    if findings == 0 {
        return Ok(Outcome::Clean);
    }
    say(&format!("{}\n", counted(findings, "finding")));
    Ok(Outcome::Findings)
}

const TOTAL: &str = "total";
