//! Makes the files of a plan, several at a time.
//!
//! In: a plan, and whether files that differ are to be written or only told. Out: the digest of each file's body, and
//! whether it differed from what is on the disk. A file is made in one go and in pieces: each piece goes into the
//! digest and is compared with what stands in its place; from the first difference on the new file grows beside the
//! old one, and takes its place when it is whole. So no file is ever in memory as a whole, and one that is equal costs
//! no writing.
//!
//! Deliberately elsewhere: whether the files may be written at all (`write`), and what a difference means (`check`).

use super::check;
use super::plan::{Plan, Planned};
use super::replace::Replacement;
use crate::digest;
use crate::parallel;
use crate::timings::{self, Phase};
use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// What happens to a file that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It stays as it is.
    Compare,
    /// The new one takes its place.
    Write,
}

/// A file that was made.
pub(super) struct Made {
    /// SHA-256 of its body.
    pub(super) body_digest: String,
    /// Whether the disk had another one, or none.
    pub(super) differs: bool,
}

/// Makes every file of the plan; the results are in the order of the plan.
pub(super) fn all(plan: &Plan<'_>, mode: Mode) -> anyhow::Result<Vec<Made>> {
    let failed = AtomicBool::new(false);
    let order = folder_by_folder(plan);
    let mut made = parallel::map(order.len(), |place| {
        if failed.load(Ordering::Relaxed) {
            return None;
        }
        let made = one(plan, &plan.files[order[place]], mode);
        failed.fetch_or(made.is_err(), Ordering::Relaxed);
        Some((order[place], made))
    });
    made.sort_by_key(|made| made.as_ref().map(|(index, _)| *index));
    // What a failure has kept from being made stands beside it.
    made.into_iter().flatten().map(|(_, made)| made).collect()
}

/// The files in the order in which they are made: one of each folder, then a second of each. A folder takes one new file
/// at a time, and threads that make files in the same one wait for each other.
fn folder_by_folder(plan: &Plan<'_>) -> Vec<usize> {
    let mut counts: BTreeMap<Option<&Path>, usize> = BTreeMap::new();
    let mut places: Vec<_> = Vec::with_capacity(plan.files.len());
    for (index, file) in plan.files.iter().enumerate() {
        let count = counts.entry(file.path.parent()).or_default();
        places.push((*count, index));
        *count += 1;
    }
    places.sort_unstable();
    places.into_iter().map(|(_, index)| index).collect()
}

/// Makes one file.
pub(super) fn one(plan: &Plan<'_>, file: &Planned<'_>, mode: Mode) -> anyhow::Result<Made> {
    let mut making = timings::of(Phase::Write, || Making::begin(file, mode))?;
    let mut trouble = None;
    timings::of(Phase::Render, || {
        file.body().print(&mut |piece| {
            if trouble.is_none() {
                trouble = timings::of(Phase::Write, || making.piece(piece.as_bytes())).err();
            }
        });
    });
    if let Some(trouble) = trouble {
        return Err(trouble);
    }
    timings::of(Phase::Write, || making.finish(plan))
}

/// A file that is being made.
struct Making<'a> {
    file: &'a Planned<'a>,
    mode: Mode,
    banner_length: usize,
    digest: Sha256,
    /// The old file behind what was compared, as long as there is no difference.
    old: Option<File>,
    /// How much of the body is the same, in bytes.
    same: u64,
    /// The new file, once there is a difference.
    new: Option<Replacement>,
    /// What is read of the old file to be compared.
    buffer: Vec<u8>,
}

impl<'a> Making<'a> {
    fn begin(file: &'a Planned<'a>, mode: Mode) -> anyhow::Result<Self> {
        let banner_length = Plan::banner_length(file);
        let mut old = check::open(&file.path)?;
        if let Some(old) = &mut old {
            old.seek(SeekFrom::Start(banner_length as u64))
                .with_context(|| check::cannot_read(&file.path))?;
        }
        let mut making = Self {
            file,
            mode,
            banner_length,
            digest: Sha256::new(),
            old,
            same: 0,
            new: None,
            buffer: Vec::new(),
        };
        if making.old.is_none() {
            making.part()?;
        }
        Ok(making)
    }

    /// Takes the next piece of the body.
    fn piece(&mut self, piece: &[u8]) -> anyhow::Result<()> {
        self.digest.update(piece);
        if let Some(old) = &mut self.old {
            self.buffer.clear();
            let read = old.take(piece.len() as u64).read_to_end(&mut self.buffer);
            read.with_context(|| check::cannot_read(&self.file.path))?;
            if self.buffer == piece {
                self.same += piece.len() as u64;
                return Ok(());
            }
            self.part()?;
        }
        match &mut self.new {
            Some(new) => new.write(piece),
            None => Ok(()),
        }
    }

    /// Leaves the old file, and begins the new one with what they have in common.
    fn part(&mut self) -> anyhow::Result<()> {
        let old = self.old.take();
        if self.mode == Mode::Compare {
            return Ok(());
        }
        let mut new = Replacement::begin(&self.file.path)?;
        // The banner holds the digest of what comes below, so it is written last.
        new.write(&vec![b' '; self.banner_length])?;
        if let Some(mut old) = old {
            old.seek(SeekFrom::Start(self.banner_length as u64))
                .with_context(|| check::cannot_read(&self.file.path))?;
            new.copy(&mut old.take(self.same))?;
        }
        self.new = Some(new);
        Ok(())
    }

    fn finish(mut self, plan: &Plan<'_>) -> anyhow::Result<Made> {
        let body_digest = digest::hexadecimal(std::mem::take(&mut self.digest));
        let banner = plan.banner(self.file, &body_digest);
        if let Some(old) = &mut self.old {
            let failed = || check::cannot_read(&self.file.path);
            let has_more = old.read(&mut [0]).with_context(failed)? > 0;
            let mut old_banner = vec![0; self.banner_length];
            old.rewind().and_then(|()| old.read_exact(&mut old_banner)).with_context(failed)?;
            if !has_more && old_banner == banner.as_bytes() {
                return Ok(Made { body_digest, differs: false });
            }
            self.part()?;
        }
        if let Some(mut new) = self.new {
            new.write_start(banner.as_bytes())?;
            new.finish()?;
        }
        Ok(Made { body_digest, differs: true })
    }
}
