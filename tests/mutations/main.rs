//! Specs that were damaged at random, thousands of them: each one is read as another reader reads it, or refused with
//! findings that point into it, and nothing panics.
//!
//! The books are those of this repository, of which each round takes a few entries, so that a round is short. The damage
//! of a round depends on its number alone. `ERRBOOK_MUTATIONS=2000-90000` runs those rounds; a round that fails leaves its
//! book in the folder that the message names.

mod book;
mod damage;
#[path = "../shared/files.rs"]
mod files;
mod judge;
mod lines;
#[path = "../shared/random.rs"]
mod random;
#[path = "../oracle/values.rs"]
mod values;
mod words;

use book::Files;
use random::Random;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many rounds a run has that is not told otherwise.
const ROUNDS: u64 = 800;
/// Every how many rounds the real program is started as well.
const PROGRAM: u64 = 30;

/// The numbers of the rounds.
fn rounds() -> std::ops::Range<u64> {
    let Some(wanted) = std::env::var_os("ERRBOOK_MUTATIONS") else { return 0..ROUNDS };
    let wanted = wanted.into_string().expect("two numbers");
    let (first, last) = wanted.split_once('-').expect("two numbers and `-` between them");
    first.parse().expect("a number")..last.parse().expect("a number")
}

#[test]
fn a_damaged_spec_is_read_right_or_refused_at_its_place() {
    let books = book::all();
    let rounds = rounds();
    let next = AtomicU64::new(rounds.start);
    let counts: Mutex<BTreeMap<&'static str, usize>> = Mutex::default();
    let failed: Mutex<Vec<String>> = Mutex::default();
    let work = || {
        loop {
            let round = next.fetch_add(1, Ordering::Relaxed);
            if round >= rounds.end {
                return;
            }
            let mut random = Random::new(round);
            let (whole, mut files) = books[random.below(books.len())].piece(&mut random);
            let damaged = damage::apply(&mut random, &mut files);
            let judged = std::panic::catch_unwind(|| {
                let outcome = judge::judge(&whole, &files, &damaged, round)?;
                if round.is_multiple_of(PROGRAM) {
                    through_the_program(&files, outcome)?;
                }
                Ok(outcome)
            });
            match judged.unwrap_or_else(|_| Err("it panics".to_owned())) {
                Ok(outcome) => {
                    *counts.lock().expect("no thread panics here").entry(outcome.word()).or_default() += 1;
                }
                Err(reason) => {
                    let folder = keep(round, &files);
                    let reason: String = reason.chars().take(4_000).collect();
                    let told = format!(
                        "round {round}, {} (kept in {}): {reason}",
                        damaged.display(),
                        folder.display()
                    );
                    failed.lock().expect("no thread panics here").push(told);
                }
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut failed = failed.into_inner().expect("no thread panics here");
    failed.sort();
    assert!(failed.is_empty(), "{} rounds failed\n{}", failed.len(), failed.join("\n\n"));
    let counts = counts.into_inner().expect("no thread panics here");
    // What only ever breaks the syntax would find nothing behind it.
    let few = usize::try_from(rounds.end - rounds.start).expect("a few thousand") / 20;
    for word in ["accepted", "invalid", "malformed"] {
        assert!(counts.get(word).is_some_and(|count| *count > few), "{counts:?}");
    }
}

/// Runs errbook on the files and holds its end against what the parts of it said.
fn through_the_program(files: &Files, outcome: judge::Outcome) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), files);
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
            .args(["--book", "spec/errbook.yaml"])
            .args(arguments)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("errbook runs");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        let told = format!("{arguments:?} ends with {:?}: {stderr}", output.status);
        if !matches!(code, Some(0..=2)) || stderr.contains("panicked") {
            return Err(told);
        }
        if code == Some(2) && !stderr.contains("-->") {
            return Err(format!("no place is told: {told}"));
        }
        Ok((code.unwrap_or_default(), told))
    };
    let before = files::files(folder.path());
    let (code, told) = run(&["lint"])?;
    if before != files::files(folder.path()) {
        return Err(format!("something was written: {told}"));
    }
    if (code == 2) == outcome.is_accepted() {
        return Err(told);
    }
    let (code, told) = run(&["gen"])?;
    if (code == 0) == (before == files::files(folder.path())) {
        return Err(format!("written although it failed, or not although it did not: {told}"));
    }
    let before = files::files(folder.path());
    let (code, told) = run(&["fmt"])?;
    if code != 0 && before != files::files(folder.path()) {
        return Err(format!("written although it failed: {told}"));
    }
    Ok(())
}

fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("writable");
        std::fs::write(path, bytes).expect("writable");
    }
}

/// Leaves the book of a round where a person can look at it.
fn keep(round: u64, files: &Files) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutation-{round}"));
    write(&folder, files);
    folder
}
