//! What a great book costs those who compile it: time and memory of the compiler, size, start and lookups.
//!
//! The packages of books of 10,000 codes are compiled by the compilers that `cargo xtask setup` has installed, as a
//! release build compiles them, together with a program that asks for codes. Beside each stands the same with ten
//! codes: what is left of a figure after that is what the codes cost. Every program is first asked for all its codes,
//! and must say what the book says. What cannot be measured is told in its row, and the other rows are measured all the
//! same: a run takes long.

use super::folder;
use super::measure::{self, Program, tenth};
use crate::say;
use anyhow::Context as _;
use errbook::model::CodeType;
use std::fmt::Write as _;
use std::path::Path;
use xtask::books::Shape;
use xtask::scale::{LANGUAGES, Project};

/// The books: how many codes, and of what type.
const BOOKS: [(u32, CodeType); 4] =
    [(10, CodeType::Int32), (10_000, CodeType::Int32), (10_000, CodeType::Int64), (10_000, CodeType::String)];

/// What an app ships of each language's package and program.
fn artefact(language: &str) -> &'static str {
    match language {
        "typescript" => "build/dist/synthetic.js",
        "kotlin" | "java" => "build/app.jar",
        "swift" => "build/app",
        _ => "build/run",
    }
}

/// Measures and draws the table.
pub(super) fn measure() -> String {
    table(|language, shape| {
        say(&format!("=== {language}: {} codes, {}\n", shape.count, shape.code_type.id()));
        let folder = folder().join("scale").join(language);
        let row = row(&folder, language, shape);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).context("cannot remove what was measured")?;
        }
        row
    })
}

/// The table of all languages and books; `cells` measures the last seven columns of a row.
fn table(mut cells: impl FnMut(&str, Shape) -> anyhow::Result<String>) -> String {
    let mut text = String::from(
        "\n| | codes | compile, s | peak, MiB | size, MB | start, ms | first lookup, ms | lookup, ns | of an unknown code, ns |\n\
         |---|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for language in LANGUAGES {
        for (count, code_type) in BOOKS {
            let shape = Shape { count, domains: 1, code_type, has_facts: true, has_wide_letters: false };
            let cells = cells(language, shape).unwrap_or_else(|problem| {
                say(&format!("{language}, {count} codes, {}: {problem:#}\n", code_type.id()));
                note(&problem)
            });
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| {language} | {count} `{}` | {cells} |", code_type.id());
        }
    }
    text
}

/// Cells of a row that could not be measured. They name the problem alone: all that a compiler says is on stderr.
fn note(problem: &anyhow::Error) -> String {
    let problem = problem.to_string();
    let line = problem.lines().next().unwrap_or_default().replace('|', "\\|");
    format!("*{line}* | | | | | |")
}

/// The cells of what was measured of a language and a book.
fn row(folder: &Path, language: &str, shape: Shape) -> anyhow::Result<String> {
    let project = Project::prepare(folder, language, shape)?;
    let program = |name: &str, path: &Path, arguments: &[&str]| Program {
        name: name.to_owned(),
        path: path.to_owned(),
        arguments: arguments.iter().copied().map(str::to_owned).collect(),
        folder: folder.to_owned(),
        fresh: None,
        may_find: false,
    };
    let (compiling, peak) = measure::once(&program("the compiler", Path::new("bash"), &["program/build.sh"]))
        .context("was not compiled")?;
    project.prove().context("says something else than the book")?;
    let size = std::fs::metadata(folder.join(artefact(language))).context("the compiler made nothing")?.len();
    // In the middle of the book, where no lookup is luckier than others.
    let code = shape.code(shape.count / 2);
    let run = folder.join("build/run");
    let started = measure::in_turn(&[program("a program", &run, &["one", &code])], 7)?;
    let first = project.run(&["one", &code])?;
    let (first, _) = first.split_once('\t').context("a lookup is a time and a text")?;
    let first: u64 = first.parse().context("a time is a number")?;
    let lookups = project.run(&["time"])?;
    let (known, unknown) = lookups.trim_end().split_once('\t').context("two times")?;
    Ok(format!(
        "{:.1} | {} | {} | {:.0} | {} | {known} | {unknown}",
        compiling.as_secs_f64(),
        peak.map_or(String::new(), |peak| (peak / 1024).to_string()),
        hundredth(size, 1_000_000),
        started[0].middle.as_secs_f64() * 1e3,
        tenth(first, 1000),
    ))
}

/// A quotient with two decimals.
fn hundredth(number: u64, by: u64) -> String {
    let hundredths = number.saturating_mul(100) / by;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[test]
    fn a_row_that_cannot_be_measured_says_so_and_the_others_are_measured() {
        let table = table(|language, shape| {
            if language == "swift" && shape.code_type == CodeType::Int64 {
                bail!("a | b\nand much more");
            }
            Ok("1 | 2 | 3 | 4 | 5 | 6 | 7".to_owned())
        });
        let rows: Vec<_> = table.lines().skip(3).collect();
        assert_eq!(rows.len(), LANGUAGES.len() * BOOKS.len());
        let noted: Vec<_> =
            rows.iter().filter(|row| !row.ends_with("| 1 | 2 | 3 | 4 | 5 | 6 | 7 |")).collect();
        assert_eq!(noted, [&"| swift | 10000 `int64` | *a \\| b* | | | | | | |"]);
    }
}
