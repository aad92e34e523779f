//! Work that is done on several threads at a time.
//!
//! In: how many pieces there are, and what to do with each. Out: the results in the order of the pieces, so that nothing
//! tells how many threads there were or which of them was first. This module knows no other.

use std::num::NonZero;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many threads there are at most: books have no more files that are worth one.
const MOST_THREADS: usize = 8;

/// What `work` makes of each number below `count`.
pub fn map<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            done.push((index, work(index)));
        }
    };
    let threads = most_threads().min(count);
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for other in others {
            // A panic goes on as if there were one thread.
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// How many threads are worth starting. The system is asked once: to answer, it reads files of its own.
fn most_threads() -> usize {
    static THREADS: OnceLock<usize> = OnceLock::new();
    *THREADS.get_or_init(|| std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS))
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_stand_in_the_order_of_the_work() {
        for count in [0, 1, 2, 100] {
            let squares: Vec<_> = (0..count).map(|index| index * index).collect();
            assert_eq!(super::map(count, |index| index * index), squares);
        }
    }
}
