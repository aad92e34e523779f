//! Where a run spends its time, for `--timings`.
//!
//! In: the phases as they are worked on, by whatever thread. Out: what each has taken in all, once the run is over. A
//! phase within another counts for itself alone. The times are told and never used: no result depends on them. They
//! are kept for the whole process, because passing them through every function would say more of timings than of what
//! the functions do.

use std::cell::Cell;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A part of the way from a spec to its outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Bytes from the disk to text.
    Read,
    /// Text to the spec as written.
    Parse,
    /// The spec as written to a valid book.
    Resolve,
    /// Looking for findings.
    Lint,
    /// Spelling a book for one language.
    View,
    /// Printing templates.
    Render,
    /// Digesting, comparing and writing files.
    Write,
}

const PHASES: [(Phase, &str); 7] = [
    (Phase::Read, "read"),
    (Phase::Parse, "parse"),
    (Phase::Resolve, "resolve"),
    (Phase::Lint, "lint"),
    (Phase::View, "view"),
    (Phase::Render, "render"),
    (Phase::Write, "write"),
];

/// The nanoseconds of each phase, over all threads.
static SPENT: [AtomicU64; PHASES.len()] = [const { AtomicU64::new(0) }; PHASES.len()];

thread_local! {
    /// The nanoseconds that phases within the current one have taken on this thread.
    static WITHIN: Cell<u64> = const { Cell::new(0) };
}

/// Does some work of a phase.
pub fn of<T>(phase: Phase, work: impl FnOnce() -> T) -> T {
    let before = WITHIN.replace(0);
    let started = Instant::now();
    let result = work();
    let all = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let own = all.saturating_sub(WITHIN.get());
    SPENT[phase as usize].fetch_add(own, Ordering::Relaxed);
    WITHIN.set(before.saturating_add(all));
    result
}

/// A line for each phase that took any time, in milliseconds.
pub fn text() -> String {
    let mut text = String::new();
    for (phase, name) in PHASES {
        let spent = SPENT[phase as usize].load(Ordering::Relaxed);
        if spent > 0 {
            let milliseconds = Duration::from_nanos(spent).as_secs_f64() * 1e3;
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name:<8}{milliseconds:>10.1} ms");
        }
    }
    text
}
