//! What a great book costs those who compile it: time and memory of the compiler, size, start and lookups.
//!
//! The packages of books of 10,000 codes are compiled by the compilers that `cargo xtask setup` has installed, as a
//! release build compiles them, together with a program that asks for codes. Beside each stands the same with ten
//! codes: what is left of a figure after that is what the codes cost. Every program is first asked for all its codes,
//! and must say what the book says.

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
pub(super) fn measure() -> anyhow::Result<String> {
    let mut text = String::from(
        "\n| | codes | compile, s | peak, MiB | size, MB | start, ms | first lookup, ms | lookup, ns | of an unknown code, ns |\n\
         |---|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for language in LANGUAGES {
        for (count, code_type) in BOOKS {
            say(&format!("=== {language}: {count} codes, {}\n", code_type.id()));
            let folder = folder().join("scale").join(language);
            let shape = Shape { count, domains: 1, code_type, has_facts: true };
            let row = row(&folder, language, shape).with_context(|| format!("{language}, {shape:?}"))?;
            text.push_str(&row);
            std::fs::remove_dir_all(&folder).context("cannot remove what was measured")?;
        }
    }
    Ok(text)
}

fn row(folder: &Path, language: &str, shape: Shape) -> anyhow::Result<String> {
    let project = Project::prepare(folder, language, shape)?;
    let program = |name: &str, path: &Path, arguments: &[&str]| Program {
        name: name.to_owned(),
        path: path.to_owned(),
        arguments: arguments.iter().copied().map(str::to_owned).collect(),
        folder: folder.to_owned(),
        fresh: None,
    };
    let (compiling, peak) =
        measure::once(&program("the compiler", Path::new("bash"), &["program/build.sh"]))?;
    project.prove()?;
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
    let mut row = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        row,
        "| {language} | {} `{}` | {:.1} | {} | {} | {:.0} | {} | {known} | {unknown} |",
        shape.count,
        shape.code_type.id(),
        compiling.as_secs_f64(),
        peak.map_or(String::new(), |peak| (peak / 1024).to_string()),
        hundredth(size, 1_000_000),
        started[0].middle.as_secs_f64() * 1e3,
        tenth(first, 1000),
    );
    Ok(row)
}

/// A quotient with two decimals.
fn hundredth(number: u64, by: u64) -> String {
    let hundredths = number.saturating_mul(100) / by;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
