//! `errbook man`: the manual, as pages for `man`.

use super::{Outcome, command, print, say};
use crate::characters::shown;
use crate::output;
use anyhow::Context as _;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::path::PathBuf;

/// Arguments of `errbook man`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write a page for errbook and one for each subcommand into this folder, instead of the first page to stdout
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What holds for all subcommands and stands in no help.
const CONVENTIONS: &str = "\
.SH \"EXIT STATUS\"
0 if all is well, 1 if there is something to report, 2 if the command could not run.
.SH FILES
.TP
\\fIerrbook.yaml\\fR, \\fIspec/errbook.yaml\\fR
The book, here or in a folder above.
.SH ENVIRONMENT
.TP
\\fBNO_COLOR\\fR
If set and not empty, nothing is coloured.
.TP
\\fBCOLUMNS\\fR
How wide answers are where there is no terminal.
";

/// Writes the pages.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut command = command::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.out else {
        print(&page("errbook", command)?)?;
        return Ok(Outcome::Clean);
    };
    let mut pages = vec![("errbook".to_owned(), command.clone())];
    // clap has given each subcommand the name of its page, `errbook-gen`.
    pages.extend(
        command
            .get_subcommands()
            .map(|subcommand| (format!("errbook-{}", subcommand.get_name()), subcommand.clone())),
    );
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", shown(folder)))?;
    let count = pages.len();
    for (name, command) in pages {
        output::write_if_different(&folder.join(format!("{name}.1")), page(&name, command)?.as_bytes())?;
    }
    say(&format!("{count} pages in {}\n", shown(folder)));
    Ok(Outcome::Clean)
}

/// One page.
fn page(name: &str, command: clap::Command) -> anyhow::Result<String> {
    let examples = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string);
    let has_subcommands = command.has_subcommands();
    let man = Man::new(command);
    // Without a date, because the pages are a function of the program; clap_mangen would leave the word out.
    let title = format!(
        ".TH {} 1 \"\" \"errbook {}\" \"errbook manual\"\n",
        name.to_uppercase(),
        env!("CARGO_PKG_VERSION")
    );
    let mut text = title.into_bytes();
    let render = || -> std::io::Result<()> {
        man.render_name_section(&mut text)?;
        man.render_synopsis_section(&mut text)?;
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
        if has_subcommands {
            man.render_subcommands_section(&mut text)?;
        }
        if let Some(examples) = examples {
            // As they stand: what is aligned in the help is aligned on the page.
            let lines = examples.strip_prefix("Examples:\n").unwrap_or(&examples);
            let mut roff = Roff::new();
            roff.control("SH", ["EXAMPLES"]).control("nf", []).text([roman(lines)]).control("fi", []);
            roff.to_writer(&mut text)?;
        }
        Ok(())
    };
    render().context("cannot write the page")?;
    let mut text = String::from_utf8(text).context("the page is no text")?;
    // clap_mangen leaves a line empty between two breaks, which formatters complain about.
    text = text.replace(".br\n\n.br\n", ".sp\n");
    text.push_str(CONVENTIONS);
    Ok(text)
}
