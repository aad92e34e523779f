//! A book as a revision of a git repository has it.
//!
//! In: a folder inside a repository, a revision, and where the book stands. Out: the files of the book in memory. Git is
//! asked for its objects; neither the work tree nor the index is touched, and no hook runs.
//!
//! A link in a revision is an error: what it would lead to may be outside the repository.

use super::tree::Memory;
use crate::characters::shown;
use crate::diagnostics::source::LARGEST_FILE;
use anyhow::{Context as _, bail, ensure};
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where a book stands in a folder, if nobody says where.
pub const USUAL_PLACES: [&str; 2] = ["errbook.yaml", "spec/errbook.yaml"];

/// A commit of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// A folder inside the repository.
    folder: PathBuf,
    /// The id of the commit.
    id: String,
}

/// The files of a revision that belong to a book.
#[derive(Debug)]
pub struct Revision {
    /// The files.
    pub files: Memory,
    /// The path of `errbook.yaml` among them.
    pub book: PathBuf,
}

impl Commit {
    /// The commit that `revision` names in the repository around `folder`; `None` if there is no such commit, or no repository.
    pub fn find(folder: &Path, revision: &str) -> anyhow::Result<Option<Self>> {
        // Git would take it for an option.
        if revision.is_empty() || revision.starts_with('-') {
            return Ok(None);
        }
        let commit = format!("{revision}^{{commit}}");
        let output = command(folder, &["rev-parse", "--verify", "--quiet", &commit])
            .stderr(Stdio::null())
            .output()
            .context(NO_GIT)?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let folder = folder.to_owned();
        Ok((output.status.success() && !id.is_empty()).then_some(Self { folder, id }))
    }

    /// The commits that changed something in `folder`, the newest first, at most `most` of them; none if it is in no
    /// repository.
    pub fn history(folder: &Path, most: usize) -> anyhow::Result<Vec<Self>> {
        if Self::find(folder, "HEAD")?.is_none() {
            return Ok(Vec::new());
        }
        let ids = ask(folder, &["log", "--format=%H", &format!("--max-count={most}"), "--", "."])?;
        let commit = |id: &str| Self { folder: folder.to_owned(), id: id.to_owned() };
        Ok(String::from_utf8_lossy(&ids).lines().map(commit).collect())
    }

    /// As much of its id as people write.
    pub fn short_id(&self) -> &str {
        self.id.get(..12).unwrap_or(&self.id)
    }

    /// The commit that this one and `other` come from.
    pub fn merge_base(&self, other: &Self) -> anyhow::Result<Self> {
        let id = ask(&self.folder, &["merge-base", &self.id, &other.id])
            .context("there is no commit that both come from; has the whole history been fetched?")?;
        let id = String::from_utf8_lossy(&id).trim().to_owned();
        Ok(Self { folder: self.folder.clone(), id })
    }

    /// Reads the book of this commit. `label` is what people call the commit, and `path` the book or its folder, from the root
    /// of the repository; if no book stands there, the first of the books `elsewhere` is read. A path that somebody has
    /// written stands for that book alone: another one would be compared with the wrong one.
    pub fn read(&self, label: &str, path: &Path, elsewhere: &[PathBuf]) -> anyhow::Result<Revision> {
        let listing = ask(&self.folder, &["ls-tree", "-r", "-z", "--full-tree", &self.id])?;
        let blobs: Vec<_> = listing.split(|byte| *byte == 0).filter_map(Blob::read).collect();
        let is_there = |path: &PathBuf| blobs.iter().any(|blob| blob.path == *path);
        let below = USUAL_PLACES.iter().map(|name| path.join(name));
        let mut places = std::iter::once(path.to_owned()).chain(below).chain(elsewhere.iter().cloned());
        let Some(book) = places.find(is_there) else {
            let told = shown(path).replace('\\', "/");
            let place = if told.is_empty() { "the root of the repository" } else { &told };
            bail!(
                "{label} has no book at {place}; if it was somewhere else then, name it as {label}:PATH, where PATH starts at the root of the repository"
            );
        };
        let folder = super::folder(&book).to_owned();
        let is_of_book = |blob: &&Blob| {
            blob.path.strip_prefix(&folder).is_ok_and(|path| {
                let is_yaml = path.extension().is_some_and(|extension| extension == "yaml");
                is_yaml && (path.parent() == Some(Path::new("")) || path.starts_with("domains"))
            })
        };
        let blobs: Vec<_> = blobs.iter().filter(is_of_book).collect();
        let mut files = Memory::new(label);
        for (blob, bytes) in blobs.iter().zip(self.contents(label, &blobs)?) {
            files.insert(&blob.path, bytes);
        }
        Ok(Revision { files, book })
    }

    /// The contents of blobs, from one process.
    fn contents(&self, label: &str, blobs: &[&Blob]) -> anyhow::Result<Vec<Vec<u8>>> {
        for blob in blobs {
            let path = shown(&blob.path);
            ensure!(!blob.is_link, "{label}:{path} is a link; links in a revision are not followed");
        }
        let mut git = command(&self.folder, &["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context(NO_GIT)?;
        let mut input = git.stdin.take().context("git has no input")?;
        let output = git.stdout.take().context("git has no output")?;
        let mut ids = blobs.iter().map(|blob| blob.id.as_str()).collect::<Vec<_>>().join("\n");
        ids.push('\n');
        // Git answers while it is still being asked: both ends have to be served.
        let contents = std::thread::scope(|scope| {
            scope.spawn(move || {
                // If git ends early, its answers are missing, which is said below.
                let _ = input.write_all(ids.as_bytes());
            });
            let mut output = BufReader::new(output);
            blobs.iter().map(|blob| content(&mut output, label, blob)).collect::<anyhow::Result<Vec<_>>>()
        });
        if contents.is_err() {
            // It may still be writing what nobody reads any more.
            let _ = git.kill();
        }
        let _ = git.wait();
        contents
    }
}

/// Reads one answer of `git cat-file --batch`: a line with the size, the content, and a line end.
fn content(output: &mut impl std::io::BufRead, label: &str, blob: &Blob) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("cannot read {label}:{} from git", shown(&blob.path));
    let mut head = String::new();
    output.read_line(&mut head).with_context(cannot)?;
    let size: u64 =
        head.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok()).with_context(cannot)?;
    ensure!(size <= LARGEST_FILE, "{}: it has {size} bytes, more than the limit of {LARGEST_FILE}", cannot());
    let mut bytes = Vec::new();
    output.by_ref().take(size + 1).read_to_end(&mut bytes).with_context(cannot)?;
    ensure!(bytes.pop() == Some(b'\n') && bytes.len() as u64 == size, cannot());
    Ok(bytes)
}

/// A file of a tree.
struct Blob {
    path: PathBuf,
    id: String,
    is_link: bool,
}

impl Blob {
    /// Reads an entry of `git ls-tree -z`: mode, type, id, a tab, and the path.
    fn read(entry: &[u8]) -> Option<Self> {
        let entry = std::str::from_utf8(entry).ok()?;
        let (head, path) = entry.split_once('\t')?;
        let mut head = head.split(' ');
        let (mode, kind, id) = (head.next()?, head.next()?, head.next()?);
        let is_link = mode == "120000";
        (kind == "blob").then(|| Self { path: path.into(), id: id.to_owned(), is_link })
    }
}

/// Where `folder` stands below the root of its repository: empty at the root.
pub fn prefix(folder: &Path) -> anyhow::Result<PathBuf> {
    let prefix = ask(folder, &["rev-parse", "--show-prefix"])?;
    Ok(PathBuf::from(String::from_utf8_lossy(&prefix).trim_end_matches('\n')))
}

/// The root of the work tree around `folder`.
pub fn root(folder: &Path) -> anyhow::Result<PathBuf> {
    let root = ask(folder, &["rev-parse", "--show-toplevel"])?;
    Ok(PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches('\n')))
}

/// Why no revision is found at `folder`, whatever it is called; `None` if there are some.
pub fn obstacle(folder: &Path) -> anyhow::Result<Option<String>> {
    // What git says has the reason, such as an owner that it does not trust.
    if let Err(error) = ask(folder, &["rev-parse", "--git-dir"]) {
        return Ok(Some(format!("{error:#}")));
    }
    let has_commit = Commit::find(folder, "HEAD")?.is_some();
    Ok((!has_commit).then(|| "HEAD has no commit yet".to_owned()))
}

const NO_GIT: &str = "cannot run git, which reads revisions; without it, name folders instead";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    git.arg("-C").arg(folder).args(arguments).stdin(Stdio::null()).env("GIT_OPTIONAL_LOCKS", "0");
    git
}

/// What git answers.
fn ask(folder: &Path, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
    let output = command(folder, arguments).output().context(NO_GIT)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git {} failed: {}", arguments.first().unwrap_or(&""), said.lines().next().unwrap_or_default());
    }
    Ok(output.stdout)
}
