//! How the disk differs from a plan.
//!
//! In: a plan. Out: a finding for each file that is stale, missing, in the way, orphaned or edited by hand. Nothing is
//! written. `write` asks the same questions before it touches anything, so both always agree.
//!
//! What is errbook's own: a file that carries its banner, or that the last manifest lists. Nothing else is ever
//! overwritten, and nothing but a listed file with the listed digest is deleted, whatever the book or the manifest say.

use super::banner;
use super::make::{self, Mode};
use super::manifest::{Entry, Manifest};
use super::plan::{Here, Plan};
use crate::characters::{push_visible, shown};
use anyhow::Context as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How a file differs from what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is as it was generated, from an older spec.
    Stale,
    /// Somebody has changed it since it was generated.
    HandEdited,
    /// It is not there.
    Missing,
    /// Nothing generates it any more; it is as it was generated, so `gen` deletes it.
    Obsolete,
    /// Nothing generates it, and errbook did not make it or somebody has changed it; `gen` keeps it.
    Orphaned,
    /// It stands where a generated file goes, and errbook did not make it; `gen` does not start.
    Foreign,
    /// A run has it in the making, or was killed before it was done; a later run deletes it.
    Temporary,
}

impl State {
    /// The word for it in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::HandEdited => "edited by hand",
            Self::Missing => "missing",
            Self::Obsolete => "obsolete",
            Self::Orphaned => "orphaned",
            Self::Foreign => "in the way",
            Self::Temporary => "in the making",
        }
    }
}

/// A file that is not as it should be.
#[derive(Debug)]
pub struct Finding {
    /// Which file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub state: State,
    /// From what is there to what should be, as `diff` shows it; empty where there is nothing to compare.
    pub diff: String,
}

/// Compares the disk with the plan. The findings are sorted by path.
pub fn check(plan: &Plan<'_>) -> anyhow::Result<Vec<Finding>> {
    let last = Last::read(plan)?;
    let mut findings = Vec::new();
    let made = make::all(plan, Mode::Compare)?;
    for (file, made) in plan.files.iter().zip(&made) {
        if made.differs {
            findings.extend(finding(&file.path, || plan.text(file), &last)?);
        }
    }
    for (path, state) in unplanned(plan, &last)? {
        if state != State::Temporary {
            findings.push(Finding { path, state, diff: String::new() });
        }
    }
    if plan.is_whole {
        let manifest = plan.manifest(made.into_iter().map(|made| made.body_digest));
        findings.extend(finding(&plan.manifest_path, || manifest.to_text(), &last)?);
    }
    findings.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(findings)
}

/// What is wrong with one file, for people. Its text is not made where nothing stands that it could be held against.
fn finding(path: &Path, text: impl FnOnce() -> String, last: &Last) -> anyhow::Result<Option<Finding>> {
    let path = path.to_owned();
    let Some(bytes) = read(&path)? else {
        return Ok(Some(Finding { path, state: State::Missing, diff: String::new() }));
    };
    let text = text();
    if bytes == text.as_bytes() {
        return Ok(None);
    }
    let old = String::from_utf8_lossy(&bytes);
    let is_edited = match (banner::is_as_generated(&old), last.entry(&path)) {
        (Some(as_generated), _) => Some(!as_generated),
        (None, Some(entry)) => Some(!banner::is_listed(&bytes, entry)),
        // It was read as a manifest of errbook.
        (None, None) if path == last.path => Some(false),
        (None, None) => None,
    };
    let state = match is_edited {
        Some(true) => State::HandEdited,
        Some(false) => State::Stale,
        None => State::Foreign,
    };
    let diff = diff(&path, &old, &text, "generated");
    Ok(Some(Finding { path, state, diff }))
}

/// Whether the place of a file is free, or holds something that errbook made, be it edited since.
pub(super) fn is_ours(path: &Path, last: &Last) -> anyhow::Result<bool> {
    let Some(file) = open(path)? else { return Ok(true) };
    if last.entry(path).is_some() {
        return Ok(true);
    }
    // A banner's first line is much shorter.
    let mut start = Vec::new();
    file.take(1000).read_to_end(&mut start).with_context(|| cannot_read(path))?;
    Ok(banner::is_marked(&String::from_utf8_lossy(&start)))
}

/// What the tools of the ecosystems leave in a package that is built in place; it is nobody's generated file.
const BUILD_OUTPUT: [&str; 12] = [
    ".DS_Store",
    ".build",
    ".gradle",
    ".kotlin",
    ".swiftpm",
    "Cargo.lock",
    "Package.resolved",
    "build",
    "dist",
    "node_modules",
    "package-lock.json",
    "target",
];

/// How the files begin that `write` has in the making.
pub(super) const TEMPORARY: &str = ".errbook-";

/// What lies in the folders of generated files and is not planned, and whether `gen` may delete it. A folder that
/// holds nothing of errbook's is named once. What a run has in the making, perhaps one that was killed, is no finding.
pub(super) fn unplanned(plan: &Plan<'_>, last: &Last) -> anyhow::Result<Vec<(PathBuf, State)>> {
    if !plan.is_whole {
        return Ok(Vec::new());
    }
    let mut planned: BTreeSet<PathBuf> =
        plan.files.iter().map(|file| plan.here.absolute(&file.path)).collect();
    planned.insert(plan.here.absolute(&plan.manifest_path));
    let known = planned.iter().chain(last.files.keys()).map(PathBuf::as_path).collect();
    let mut found = BTreeSet::new();
    for folder in &plan.folders {
        walk(folder, &plan.here, &known, &mut found)?;
    }
    // A language that the book has dropped leaves its files behind. Where the manifest has a folder of its own, they are
    // looked for there; a folder that outputs share with an app is the app's.
    let root = plan.manifest_path.parent().unwrap_or(Path::new(""));
    let holds_outputs = plan.folders.iter().all(|folder| folder.starts_with(root));
    if holds_outputs && !plan.spec_folder.starts_with(plan.here.absolute(root)) {
        walk(root, &plan.here, &known, &mut found)?;
    }
    let mut states = Vec::new();
    for path in found.into_iter().filter(|path| !planned.contains(&plan.here.absolute(path))) {
        let is_file = std::fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file());
        let is_temporary = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(TEMPORARY));
        if is_file && is_temporary {
            states.push((path, State::Temporary));
            continue;
        }
        let is_ours = match last.entry(&path) {
            Some(entry) if is_file => read(&path)?.is_some_and(|bytes| banner::is_listed(&bytes, entry)),
            _ => false,
        };
        states.push((path, if is_ours { State::Obsolete } else { State::Orphaned }));
    }
    Ok(states)
}

/// What the manifest on disk says.
pub(super) struct Last {
    path: PathBuf,
    here: Here,
    /// The place of each file in the manifest, by its absolute path.
    files: BTreeMap<PathBuf, usize>,
    /// The manifest itself.
    pub(super) manifest: Manifest,
}

impl Last {
    /// Reads the manifest; one that is not there lists nothing.
    ///
    /// Fails if something else stands at its place, or a merge has left it in pieces: without it nobody knows which
    /// files are errbook's.
    pub(super) fn read(plan: &Plan<'_>) -> anyhow::Result<Self> {
        let path = plan.manifest_path.clone();
        let here = plan.here.clone();
        let mut last = Self { path, here, files: BTreeMap::new(), manifest: Manifest::default() };
        let Some(bytes) = read(&last.path)? else { return Ok(last) };
        last.manifest = Manifest::from_text(&String::from_utf8_lossy(&bytes)).with_context(|| {
            let path = shown(&last.path);
            format!("{path} is no manifest of errbook, or it is damaged: restore it, or remove it and run `errbook gen`")
        })?;
        let root = last.path.parent().unwrap_or(Path::new(""));
        for (index, entry) in last.manifest.files.iter().enumerate() {
            last.files.insert(plan.here.absolute(&root.join(&entry.path)), index);
        }
        Ok(last)
    }

    /// What the manifest says of a file.
    fn entry(&self, path: &Path) -> Option<&Entry> {
        let index = self.files.get(&self.here.absolute(path))?;
        self.manifest.files.get(*index)
    }
}

/// How many bytes of a file are read that stands where errbook writes one.
pub const LARGEST_OLD: u64 = 128 << 20;

/// The bytes of a file; `None` if there is none.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(file) = open(path)? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(LARGEST_OLD + 1).read_to_end(&mut bytes).with_context(|| cannot_read(path))?;
    let is_read = bytes.len() as u64 <= LARGEST_OLD;
    anyhow::ensure!(is_read, "{}: it has more than the limit of {LARGEST_OLD} bytes", cannot_read(path));
    Ok(Some(bytes))
}

/// Opens a file; `None` if there is none.
pub(super) fn open(path: &Path) -> anyhow::Result<Option<File>> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| cannot_read(path)),
    };
    // Reading a pipe would wait for ever.
    anyhow::ensure!(metadata.is_file(), "{} is in the way: it is no file", shown(path));
    File::open(path).map(Some).with_context(|| cannot_read(path))
}

/// Says which file cannot be read.
pub(super) fn cannot_read(path: &Path) -> String {
    format!("cannot read {}", shown(path))
}

/// Collects the files below `folder`. Links are not followed, and a folder without anything known is one finding.
fn walk(
    folder: &Path,
    here: &Here,
    known: &BTreeSet<&Path>,
    found: &mut BTreeSet<PathBuf>,
) -> anyhow::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", shown(folder))),
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", shown(folder)))?;
        let path = entry.path();
        let absolute = here.absolute(&path);
        let holds_known =
            known.range(absolute.as_path()..).next().is_some_and(|next| next.starts_with(&absolute));
        if !holds_known && BUILD_OUTPUT.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let kind = entry.file_type().with_context(|| format!("cannot read {}", shown(&path)))?;
        if kind.is_dir() && holds_known {
            walk(&path, here, known, found)?;
        } else if !(holds_known && path.is_dir()) {
            found.insert(path);
        }
    }
    Ok(())
}

/// How many bytes of each of two long texts are compared, from their first difference on: what is shown are some lines, and to
/// compare texts of megabytes takes more memory than to make them.
const LONGEST_COMPARED: usize = 2 << 20;

/// How the text on the disk differs from the one that should be there, which is `made` ("generated"), for people: what a line
/// holds is shown, and no terminal obeys it.
pub fn diff(path: &Path, old: &str, new: &str, made: &str) -> String {
    let is_long = old.len().max(new.len()) > LONGEST_COMPARED;
    let from = if is_long { context_of_difference(old, new) } else { 0 };
    let (old_part, new_part) = (first_lines(&old[from..]), first_lines(&new[from..]));
    let name = shown(path);
    let diff = similar::TextDiff::configure()
        // Two long texts that have little in common are compared less closely, and not for hours.
        .timeout(std::time::Duration::from_secs(2))
        .diff_lines(old_part, new_part)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&format!("{name} (on disk)"), &format!("{name} ({made})"))
        .to_string();
    if !is_long {
        return visible_lines(&diff);
    }
    let above = old[..from].matches('\n').count();
    let mut shown: String =
        visible_lines(&diff).split_inclusive('\n').map(|line| shifted(line, above)).collect();
    if from + old_part.len() < old.len() || from + new_part.len() < new.len() {
        let _ = writeln!(shown, "\\ the lines below these {LONGEST_COMPARED} bytes were not compared");
    }
    shown
}

/// The lines of a diff with what is hidden in them shown. A carriage return ended the line that it stands in, be it
/// followed by a line feed or by the mark of the next line.
fn visible_lines(diff: &str) -> String {
    let mut out = String::with_capacity(diff.len());
    let mut rest = diff.chars().peekable();
    while let Some(ch) = rest.next() {
        if ch == '\n' {
            out.push(ch);
            continue;
        }
        push_visible(&mut out, ch);
        if ch == '\r' && rest.peek().is_some_and(|next| *next != '\n') {
            out.push('\n');
        }
    }
    out
}

/// How many lines are shown around a difference.
const CONTEXT: usize = 2;

/// Where the lines begin that are shown above the first difference of two texts.
fn context_of_difference(old: &str, new: &str) -> usize {
    let same = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    let mut breaks = old.as_bytes()[..same].iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
    breaks.nth(CONTEXT).map_or(0, |(at, _)| at + 1)
}

/// The first lines of a text, as many as are compared.
fn first_lines(text: &str) -> &str {
    if text.len() <= LONGEST_COMPARED {
        return text;
    }
    let end = text.as_bytes()[..LONGEST_COMPARED].iter().rposition(|byte| *byte == b'\n');
    // A line is compared as a whole, however long it is.
    let end = end.or_else(|| text.find('\n')).map_or(text.len(), |end| end + 1);
    &text[..end]
}

/// A line of a diff, which says where its lines stand if it begins a hunk, for a text with so many more lines above.
fn shifted(line: &str, above: usize) -> String {
    let Some(places) = line.strip_prefix("@@ ") else { return line.to_owned() };
    let place = |place: &str| {
        let sign = place.get(..1).filter(|sign| ["-", "+"].contains(sign))?;
        let (start, length) = place[1..].split_once(',').unwrap_or((&place[1..], "1"));
        Some(format!("{sign}{},{length}", start.parse::<usize>().ok()? + above))
    };
    let places = places.split(' ').map(|part| place(part).unwrap_or_else(|| part.to_owned()));
    format!("@@ {}", places.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_holds_is_shown() {
        let shown = diff(Path::new("a"), "a\rb\u{1b}[2J\n設\u{202e}\r\n", "a\n", "made");
        let lines: Vec<_> = shown.lines().skip(3).collect();
        let expected = ["-a<U+000D>", "-b<U+001B>[2J", "-設<U+202E><U+000D>", "+a"];
        assert_eq!(lines, expected, "{shown}");
    }

    #[test]
    fn long_texts_are_compared_from_their_first_difference_on() {
        let line = |number: usize| format!("{number} {}\n", "x".repeat(60));
        let old: String = (1..80_000).map(line).collect();
        let new = old.replace(&line(70_000), "changed\n").replace(&line(1_000), "changed\n");
        let shown = diff(Path::new("a"), &old, &new, "made");
        assert!(shown.contains("\n@@ -998,5 +998,5 @@\n 998 "), "{}", &shown[..300]);
        assert!(!shown.contains("70000 x") && shown.contains("bytes were not compared"));
        let new = old.replace(&line(79_999), "changed\n");
        let shown = diff(Path::new("a"), &old, &new, "made");
        assert!(shown.ends_with("+changed\n") && shown.contains("@@ -79997,3 +79997,3 @@"), "{shown}");
    }
}
