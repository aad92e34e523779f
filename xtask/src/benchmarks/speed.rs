//! How fast errbook is, beside flatc and thrift.
//!
//! Each program makes Rust, TypeScript, Kotlin, Swift and Java from the same codes, as one process, into an empty
//! folder. flatc and thrift are Debian's (`flatbuffers-compiler`, `thrift-compiler`); without them their rows are
//! left out. thrift is left out of the greatest book: its time grows with the square of the codes there, to minutes.

use super::folder;
use super::measure::{self, Measured, Program, bytes_below, tenth};
use crate::{cargo, root, say};
use anyhow::Context as _;
use errbook::model::CodeType;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use xtask::books::{self, Shape};

/// The synthetic books: codes, rounds, and whether thrift takes part.
const BOOKS: [(u32, usize, bool); 3] = [(1_000, 11, true), (10_000, 7, true), (100_000, 3, false)];

/// The domains that the codes of a synthetic book are in, as many as the book of this repository has.
const DOMAINS: u32 = 5;

/// Measures and draws the tables.
pub(super) fn measure() -> anyhow::Result<String> {
    cargo(&["build", "--release", "--locked"], &[])?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let errbook = target.join("release/errbook");
    let mut text = String::new();
    for (count, rounds, has_thrift) in BOOKS {
        say(&format!("=== {count} codes\n"));
        let folder = folder().join(count.to_string());
        let shape = Shape {
            count,
            domains: DOMAINS,
            code_type: CodeType::Int32,
            has_facts: false,
            has_wide_letters: false,
        };
        books::write(&folder, shape)?;
        let (schemas, thrift) = books::write_for_peers(&folder, shape)?;
        let mut programs: Vec<_> = [("gen", Some("generated")), ("gen --check", None), ("lint", None)]
            .map(|(arguments, fresh)| errbook_in(&folder, &errbook, arguments, fresh))
            .into();
        programs.extend(peer(&folder, "flatc", &format!("{FLATC} {}", schemas.join(" ")), "flatc-out"));
        programs.extend(
            peer(&folder, "thrift", &format!("{THRIFT} {thrift}"), "thrift-out").filter(|_| has_thrift),
        );
        let measured = measure::in_turn(&programs, rounds)?;
        draw(&mut text, &format!("{count} synthetic codes"), &programs, &measured);
        std::fs::remove_dir_all(&folder).context("cannot remove what was measured")?;
    }
    let book = root();
    let programs = ["gen --check", "lint", "audit", "export --format json"]
        .map(|arguments| errbook_in(&book, &errbook, arguments, None));
    let measured = measure::in_turn(&programs, 11)?;
    draw(&mut text, "The book of this repository, with all its outputs", &programs, &measured);
    Ok(text)
}

const FLATC: &str = "-o flatc-out --rust --ts --kotlin --swift --java";
const THRIFT: &str = "-r -out thrift-out --gen rs --gen js:ts --gen kotlin --gen swift --gen java";

fn errbook_in(folder: &Path, errbook: &Path, arguments: &str, fresh: Option<&'static str>) -> Program {
    Program {
        name: format!("errbook {arguments}"),
        path: errbook.to_owned(),
        arguments: arguments.split(' ').map(str::to_owned).collect(),
        folder: folder.to_owned(),
        fresh,
        may_find: true,
    }
}

/// A program that errbook is compared with, if the machine has it.
fn peer(folder: &Path, name: &str, arguments: &str, fresh: &'static str) -> Option<Program> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let program = std::env::split_paths(&paths).map(|path| path.join(name)).find(|path| path.is_file());
    if program.is_none() {
        say(&format!("{name} is missing: install Debian's flatbuffers-compiler and thrift-compiler\n"));
    }
    Some(Program {
        name: name.to_owned(),
        path: program?,
        arguments: arguments.split(' ').map(str::to_owned).collect(),
        folder: folder.to_owned(),
        fresh: Some(fresh),
        may_find: false,
    })
}

/// Draws what was measured as a table; ratios are those of the middle run to the faster peer's.
fn draw(text: &mut String, title: &str, programs: &[Program], measured: &[Measured]) {
    let fastest = programs
        .iter()
        .zip(measured)
        .filter(|(program, _)| matches!(program.name.as_str(), "flatc" | "thrift"))
        .map(|(_, measured)| measured.middle)
        .min();
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "\n**{title}**\n\n| | least, ms | middle, ms | to the faster peer | peak, MiB | written, MB | MB/s |\n\
         |---|--:|--:|--:|--:|--:|--:|\n"
    );
    for (program, measured) in programs.iter().zip(measured) {
        let Measured { least, middle, peak } = measured;
        let ratio = fastest
            .map_or(String::new(), |fastest| format!("{:.2}", middle.as_secs_f64() / fastest.as_secs_f64()));
        let peak = peak.map_or(String::new(), |peak| tenth(peak, 1024));
        let bytes = program.fresh.map(|fresh| bytes_below(&program.folder.join(fresh)));
        let written = bytes.map_or(String::new(), |bytes| tenth(bytes, 1_000_000));
        let rate = bytes.map_or(String::new(), |bytes| {
            let micros = u64::try_from(middle.as_micros()).unwrap_or(u64::MAX).max(1);
            tenth(bytes, micros)
        });
        let (least, middle) = (least.as_secs_f64() * 1e3, middle.as_secs_f64() * 1e3);
        let _ = writeln!(
            text,
            "| `{}` | {least:.1} | {middle:.1} | {ratio} | {peak} | {written} | {rate} |",
            program.name
        );
    }
}
