//! Runs programs and says how long they took and how much memory they had.
//!
//! In: command lines. Out: the least and the middle of some runs, taken in turn, and the peak memory of one more run
//! under GNU time, which is not timed. The least tells what the work costs, the middle what a user waits.

use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use xtask::toolchains;

/// A command line in a folder.
pub(super) struct Program {
    /// What it is called in tables.
    pub(super) name: String,
    /// Where the program is.
    pub(super) path: PathBuf,
    /// Its arguments.
    pub(super) arguments: Vec<String>,
    /// Where it runs.
    pub(super) folder: PathBuf,
    /// What is removed before each run, below the folder; empty to keep everything.
    pub(super) fresh: Option<&'static str>,
    /// Whether it ends with 1 when it has found something; of other programs that is a failure.
    pub(super) may_find: bool,
}

/// What was measured of a program.
pub(super) struct Measured {
    /// The shortest run.
    pub(super) least: Duration,
    /// The run in the middle of all.
    pub(super) middle: Duration,
    /// The most memory that was in use at a time, in KiB; `None` without GNU time.
    pub(super) peak: Option<u64>,
}

/// Runs all programs in turn, `rounds` times.
pub(super) fn in_turn(programs: &[Program], rounds: usize) -> anyhow::Result<Vec<Measured>> {
    let mut times = vec![Vec::new(); programs.len()];
    for _ in 0..rounds {
        for (program, times) in programs.iter().zip(&mut times) {
            program.refresh()?;
            let started = Instant::now();
            run(program, &mut program.command(&program.path))?;
            times.push(started.elapsed());
        }
    }
    let measured = programs.iter().zip(times).map(|(program, mut times)| {
        times.sort();
        let (least, middle) = (times[0], times[times.len() / 2]);
        Ok(Measured { least, middle, peak: program.peak()? })
    });
    measured.collect()
}

impl Program {
    fn refresh(&self) -> anyhow::Result<()> {
        let Some(folder) = self.fresh else { return Ok(()) };
        let folder = self.folder.join(folder);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("PATH", toolchains::path())
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        if program == self.path {
            command.args(&self.arguments);
        }
        command
    }

    /// The most memory that a run has in use at a time, in KiB.
    fn peak(&self) -> anyhow::Result<Option<u64>> {
        let time = Path::new("/usr/bin/time");
        if !time.exists() {
            return Ok(None);
        }
        self.refresh()?;
        let mut command = self.command(time);
        command.args(["-q", "-f", "peak %M"]).arg(&self.path).args(&self.arguments);
        let said = run(self, &mut command)?;
        Ok(said.lines().rev().find_map(|line| line.strip_prefix("peak ")?.parse().ok()))
    }
}

/// One run of a program: how long it took, and the most memory that was in use at a time, in KiB; `None` without GNU
/// time.
pub(super) fn once(program: &Program) -> anyhow::Result<(Duration, Option<u64>)> {
    let started = Instant::now();
    let peak = program.peak()?;
    if peak.is_some() {
        return Ok((started.elapsed(), peak));
    }
    let started = Instant::now();
    run(program, &mut program.command(&program.path))?;
    Ok((started.elapsed(), None))
}

/// Runs a program, which must end well or with findings; gives what it said on stderr.
fn run(program: &Program, command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("cannot run {}", program.name))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_well = output.status.success() || program.may_find && output.status.code() == Some(1);
    if !is_well {
        bail!("{} ended with {}: {said}", program.name, output.status);
    }
    Ok(said)
}

/// A quotient with one decimal.
pub(super) fn tenth(number: u64, by: u64) -> String {
    let tenths = number.saturating_mul(10) / by;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The bytes of all files below a folder.
pub(super) fn bytes_below(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => bytes_below(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_ends_with_1_has_failed_unless_it_may_find_something() {
        let ending = |status: &str, may_find| {
            let arguments = ["-c".to_owned(), format!("echo found >&2; exit {status}")].into();
            let folder = std::env::temp_dir();
            let program = Program {
                name: "sh".to_owned(),
                path: "/bin/sh".into(),
                arguments,
                folder,
                fresh: None,
                may_find,
            };
            // GNU time, where there is one, says something after the program.
            once(&program)
                .map(|_| ())
                .map_err(|problem| problem.to_string().lines().next().unwrap_or("").to_owned())
        };
        assert_eq!(ending("0", false), Ok(()));
        assert_eq!(ending("1", true), Ok(()));
        assert_eq!(ending("2", true), Err("sh ended with exit status: 2: found".to_owned()));
        assert_eq!(ending("1", false), Err("sh ended with exit status: 1: found".to_owned()));
    }
}
