//! `cargo xtask`: the commands of this repository.
//!
//! In: one word. Out: an exit code. Each command is a list of steps, run in order until one fails; every step says how
//! long it took. What a user of errbook would want is in errbook, not here: `gen` is `errbook gen` on this
//! repository's book, and CI is `cargo xtask test`, nothing else.

mod benchmarks;
mod torture;

use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use xtask::toolchains;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  gen     write generated/ and spec/schema/ from spec/
  check   everything that is fast: format, lints, generated files up to date, documents accounted for
  test    everything: check, all tests, and the generated packages compiled and run in five languages
  setup   install the compilers of the five languages (done by `test` as well)
  benchmarks [SECTION]...
          measure, and write docs/benchmarks.md
  torture [--seed N] [--rounds N]
          compile and run random books in five languages; a seed makes the same books for ever
";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let (command, sections) = match arguments.as_slice() {
        [command, sections @ ..]
            if sections.is_empty() || ["benchmarks", "torture"].contains(&command.as_str()) =>
        {
            (command.as_str(), sections)
        }
        _ => ("", [].as_slice()),
    };
    let done = match command {
        "gen" => gen_(),
        "check" => check(),
        "test" => test(),
        "setup" => setup().map(|_| ()),
        "benchmarks" => benchmarks::run(sections),
        "torture" => {
            let Some((seed, rounds)) = torture_options(sections) else {
                say(USAGE);
                return ExitCode::from(2);
            };
            setup().and_then(|_| torture(seed, rounds))
        }
        _ => {
            say(USAGE);
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error:#}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Writes the generated files.
fn gen_() -> anyhow::Result<()> {
    errbook(&["gen"])?;
    errbook(&["schema"])
}

/// Everything that needs no compiler but Rust's.
fn check() -> anyhow::Result<()> {
    step("check", checks)
}

fn checks() -> anyhow::Result<()> {
    step("format", format)?;
    step("lints", || {
        cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"], &[])
    })?;
    step("generated files are up to date", || errbook(&["gen", "--check"]))?;
    step("every row of every document is accounted for", || errbook(&["audit"]))?;
    step("the schemas are up to date", || errbook(&["schema", "--check"]))?;
    step("the spec is in its one form", || errbook(&["fmt", "--check"]))?;
    step("the spec lints clean", || errbook(&["lint", "--deny-warnings"]))
}

/// Checks the format of every source, those of the languages by name: `cargo fmt` follows no module that a macro declares.
fn format() -> anyhow::Result<()> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    let folder = root().join("src/languages");
    let entries = std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    // The parts of a language, in a folder of its name, are modules that rustfmt follows itself.
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    let status = Command::new("rustfmt")
        .args(["--edition", "2024", "--check"])
        .args(files)
        .current_dir(root())
        .status()
        .context("cannot run rustfmt")?;
    if !status.success() {
        bail!("run `rustfmt --edition 2024 src/languages/*.rs`");
    }
    Ok(())
}

/// Everything, as CI runs it.
fn test() -> anyhow::Result<()> {
    let missing = setup()?;
    if !missing.is_empty() {
        say(&format!("the tests of generated code will skip what needs: {}\n", missing.join(", ")));
    }
    check()?;
    step("tests", || cargo(&["test", "--workspace", "--locked"], &[]))?;
    // Each phase once: what measures them must still run.
    step("benchmarks", || cargo(&["test", "--bench", "phases", "--locked"], &[]))?;
    torture(1, 1)?;
    step("documentation", || {
        cargo(
            &["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"],
            &[("RUSTDOCFLAGS", "-D warnings")],
        )
    })
}

/// Proves random books in all languages.
fn torture(seed: u64, rounds: u64) -> anyhow::Result<()> {
    step(&format!("torture --seed {seed} --rounds {rounds}"), || {
        let books = torture::write_books(&root().join("target/torture"), seed, rounds)?;
        let place = books.to_string_lossy().into_owned();
        let tests = ["--test", "resources", "--test", "inert", "--test", "consumers"];
        cargo(&[&["test", "--locked"], &tests[..]].concat(), &[("ERRBOOK_BOOKS", place.as_str())])
            .with_context(|| format!("the books of this seed stay in {place}"))
    })
}

/// The seed and the number of rounds.
fn torture_options(options: &[String]) -> Option<(u64, u64)> {
    let (mut seed, mut rounds) = (1, 3);
    for pair in options.chunks(2) {
        let [option, value] = pair else { return None };
        match option.as_str() {
            "--seed" => seed = value.parse().ok()?,
            "--rounds" => rounds = value.parse().ok()?,
            _ => return None,
        }
    }
    Some((seed, rounds))
}

/// Installs the compilers; gives the names of those that could not be had.
fn setup() -> anyhow::Result<Vec<&'static str>> {
    step("compilers", || {
        let statuses = toolchains::setup()?;
        Ok(statuses.iter().filter(|status| status.found.is_err()).map(|status| status.id).collect())
    })
}

/// Runs one step and says how long it took.
fn step<T>(name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    say(&format!("=== {name}\n"));
    let started = Instant::now();
    let done = work().with_context(|| format!("failed: {name}"));
    let verdict = if done.is_ok() { "done" } else { "FAILED" };
    say(&format!("=== {name}: {verdict} in {:.1} s\n", started.elapsed().as_secs_f32()));
    done
}

/// Runs errbook on this repository's book.
fn errbook(arguments: &[&str]) -> anyhow::Result<()> {
    let book = root().join("spec/errbook.yaml");
    // Paths in messages are short if they are relative to where people are: at the root of the repository.
    std::env::set_current_dir(root()).context("cannot enter the repository")?;
    let book = book.strip_prefix(root()).unwrap_or(&book).as_os_str().to_owned();
    let all = ["errbook".into(), "--book".into(), book].into_iter().chain(arguments.iter().map(Into::into));
    let code = errbook::cli::run(all);
    if code == ExitCode::SUCCESS {
        return Ok(());
    }
    let repair = match arguments {
        ["gen" | "schema", "--check"] => "; run `cargo xtask gen` and commit the result",
        ["fmt", "--check"] => "; run `cargo run -- fmt` and commit the result",
        _ => "",
    };
    bail!("errbook {} did not pass{repair}", arguments.join(" "))
}

/// Runs cargo at the root of the repository, with the compilers of the generated languages on PATH.
fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(arguments)
        .envs(environment.iter().copied())
        .env("PATH", toolchains::path())
        .env("KOTLIN_LIB", toolchains::kotlin_library(""))
        .current_dir(root())
        .status()
        .context("cannot run cargo")?;
    if !status.success() {
        bail!("`cargo {}` ended with {status}", arguments.join(" "));
    }
    Ok(())
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Says something to people.
fn say(text: &str) {
    use std::io::Write as _;
    // A closed stderr leaves nobody to tell; the exit code still says it.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
