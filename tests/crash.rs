//! What is left on the disk when a run does not end as it should: killed, out of space, beside another run, or in a
//! folder that holds traps. Every file is whole, old or new; the next run repairs; nothing outside is touched.
#![cfg(unix)]

#[path = "shared/files.rs"]
mod files;

use files::files;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A book of `count` codes whose messages end in `word`, with all outputs in `out/`.
struct Book {
    folder: tempfile::TempDir,
}

impl Book {
    fn new(count: usize, word: &str) -> Self {
        let book = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir_all(book.path("spec/domains")).expect("writable");
        let head = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\noutputs:\n  \
                    manifest: ../out/manifest.json\n  rust: {dir: ../out/rust}\n  java: {dir: ../out/java, package: com.acme}\n  \
                    markdown: {dir: ../out/markdown}\n";
        fs::write(book.path("spec/errbook.yaml"), head).expect("writable");
        book.reword(count, word);
        book
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn reword(&self, count: usize, word: &str) {
        let mut text = String::from("domain: d\ntitle: D\ncode_type: int32\nerrors:\n");
        for code in 1..=count {
            let entry = format!(
                "  - {{code: {code}, name: e{code}_failed, kind: internal, message: {{en: It failed {word}.}}}}"
            );
            writeln!(text, "{entry}").expect("writing to a string cannot fail");
        }
        fs::write(self.path("spec/domains/d.yaml"), text).expect("writable");
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
        command.arg("gen").current_dir(self.folder.path());
        command
    }

    fn generate(&self) -> Output {
        self.command().output().expect("errbook runs")
    }

    /// Every file below `out/`, with its bytes.
    fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path("out")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten() {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.clone(), fs::read(&path).expect("readable"));
                }
            }
        }
        found
    }
}

/// Whether errbook ended by itself, with one of its codes and without a panic.
fn ended_well(output: &Output) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0..=2)), "{:?}: {stderr}", output.status);
    assert!(!stderr.contains("panicked"), "{stderr}");
}

/// Each file of `tree` is that of `old` or of `new`, but for what an interrupted run had in the making.
fn is_whole(
    tree: &BTreeMap<PathBuf, Vec<u8>>,
    old: &BTreeMap<PathBuf, Vec<u8>>,
    new: &BTreeMap<PathBuf, Vec<u8>>,
) {
    for (path, bytes) in tree {
        let is_known = old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
        assert!(is_known || is_temporary(path), "{} is neither old nor new", path.display());
    }
    for path in old.keys() {
        assert!(tree.contains_key(path), "{} is gone", path.display());
    }
}

/// Whether a run has a file in the making, or had when it was killed.
fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".errbook-"))
}

/// The trees that a book with the one and the other wording has, in the same folder.
fn old_and_new(book: &Book, count: usize) -> [BTreeMap<PathBuf, Vec<u8>>; 2] {
    book.reword(count, "new");
    assert!(book.generate().status.success());
    let new = book.tree();
    book.reword(count, "old");
    assert!(book.generate().status.success());
    [book.tree(), new]
}

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_one_repairs() {
    let count = 3000;
    let book = Book::new(count, "old");
    let [old, new] = old_and_new(&book, count);
    book.reword(count, "new");
    for step in 0..12 {
        let mut child =
            book.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("errbook runs");
        std::thread::sleep(Duration::from_millis(step * 15));
        child.kill().expect("it was started");
        child.wait().expect("it was started");
        is_whole(&book.tree(), &old, &new);
    }
    let output = book.generate();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // What a killed run had in the making goes once it is too old to belong to a run.
    let left = book.path("out/rust/src/.errbook-left");
    fs::write(&left, "half").expect("writable");
    for path in book.tree().keys().filter(|path| is_temporary(path)) {
        let hour_ago = std::time::SystemTime::now() - Duration::from_secs(3600);
        let file = fs::File::options().write(true).open(path).expect("our own file");
        file.set_modified(hour_ago).expect("our own file");
    }
    assert!(book.generate().status.success());
    assert_eq!(book.tree().keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    assert!(book.tree() == new, "the next run repairs");
}

#[test]
fn a_full_disk_leaves_whole_files() {
    let count = 300;
    let book = Book::new(count, "old");
    let [old, new] = old_and_new(&book, count);
    book.reword(count, "new");
    // No file may grow beyond some blocks, as on a disk that is full; the signal for it is ignored, so that writing fails.
    let script = "trap '' XFSZ; ulimit -f 40; exec \"$0\" gen";
    let limited = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_errbook")])
        .current_dir(book.folder.path())
        .output()
        .expect("a shell runs");
    ended_well(&limited);
    assert_eq!(limited.status.code(), Some(2), "{}", String::from_utf8_lossy(&limited.stderr));
    let tree = book.tree();
    is_whole(&tree, &old, &new);
    assert!(tree.keys().all(|path| old.contains_key(path)), "a piece of a file is left");
    assert!(book.generate().status.success());
    assert!(book.tree() == new, "the next run repairs");
}

/// Runs errbook on the files in `old/`, of which `after/` is what it leaves, on a disk that is full: a small one, where
/// mounting is allowed, and elsewhere one on which no file can have a byte.
fn on_a_full_disk(folder: &Path, arguments: &[&str]) -> Output {
    let run = |script: &str, wrapper: &[&str]| {
        let program = [wrapper, &["sh", "-c", script, env!("CARGO_BIN_EXE_errbook")], arguments].concat();
        Command::new(program[0]).args(&program[1..]).current_dir(folder).output()
    };
    let mounted = "mount -t tmpfs -o size=512k none full || exit 99; cp -r old/. full; \
                   head -c 1000000 /dev/zero > full/filler 2>/dev/null; \
                   (cd full; exec \"$0\" \"$@\"); code=$?; rm full/filler; cp -r full/. after; exit $code";
    for name in ["full", "after"] {
        let _ = fs::remove_dir_all(folder.join(name));
        fs::create_dir(folder.join(name)).expect("writable");
    }
    match run(mounted, &["unshare", "--mount", "--propagation", "private"]) {
        Ok(output) if !files(&folder.join("after")).is_empty() => output,
        _ => run("cp -r old/. after; cd after; trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", &[])
            .expect("a shell runs"),
    }
}

/// Every command that writes, with the end of the two domains that it writes about.
const WRITERS: [(&[&str], &str); 10] = [
    (&["gen"], UNSORTED),
    (&["fmt"], UNSORTED),
    (&["lint", "--fix"], BLANK),
    (&["import"], TABLE),
    (&["import", "--translations", "texts.csv"], UNSORTED),
    (&["lint", "--write-baseline"], BLANK),
    (&["schema"], UNSORTED),
    (&["init", "new"], UNSORTED),
    (&["man", "--out", "man"], UNSORTED),
    (&["vendor", "--language", "rust", "--domain", "d", "--package", "errors", "--out", "app"], UNSORTED),
];

/// Entries that `fmt` puts in order.
const UNSORTED: &str = "errors:\n  - code: 2\n    name: e2_failed\n    kind: internal\n    message:\n      en: It failed.\n  - code: 1\n    name: e1_failed\n    kind: internal\n    message:\n      en: It failed again.\n";

/// An entry that `lint --fix` mends.
const BLANK: &str = "errors:\n  - code: 1\n    name: e1_failed\n    kind: internal\n    message:\n      en: \"It failed. \"\n";

/// A document whose rows `import` adds.
const TABLE: &str =
    "document:\n  file: t.csv\n  tables: [{reader: delimited, columns: [code, message.en]}]\nerrors: []\n";

/// Lays out two domains that end in `rest`, a document of `rows` rows, and a table of translators.
fn lay_out(folder: &Path, rest: &str, rows: u32) {
    fs::create_dir_all(folder.join("domains")).expect("writable");
    let book = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d, e]\noutputs:\n  rust: {dir: out/rust}\n";
    fs::write(folder.join("errbook.yaml"), book).expect("writable");
    let rows: String = (0..rows).fold(String::new(), |mut rows, row| {
        writeln!(rows, "{},It failed {row} times.", row + 7).expect("writing to a string cannot fail");
        rows
    });
    fs::write(folder.join("t.csv"), rows).expect("writable");
    let mut texts = String::from("key,en\n");
    for id in ["d", "e"] {
        let domain = format!("domain: {id}\ntitle: D\ncode_type: int32\n{rest}");
        fs::write(folder.join(format!("domains/{id}.yaml")), domain).expect("writable");
        writeln!(texts, "errors.{id}.e1_failed.message,It broke.").expect("writing to a string cannot fail");
    }
    fs::write(folder.join("texts.csv"), texts).expect("writable");
}

/// Runs errbook to its end, and gives the files that are there then.
fn run_to_the_end(folder: &Path, arguments: &[&str]) -> BTreeMap<PathBuf, Vec<u8>> {
    let output = Command::new(env!("CARGO_BIN_EXE_errbook")).args(arguments).current_dir(folder).output();
    let output = output.expect("errbook runs");
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    files(folder)
}

#[test]
fn whatever_is_written_is_whole_on_a_full_disk_and_the_next_run_repairs() {
    for (arguments, rest) in WRITERS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let old = folder.path().join("old");
        lay_out(&old, rest, 2);
        let before = files(&old);
        let output = on_a_full_disk(folder.path(), arguments);
        ended_well(&output);
        let told = format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(2), "{told}");
        let after = files(&folder.path().join("after"));
        let new = run_to_the_end(&old, arguments);
        assert!(before != new, "{arguments:?} writes something");
        for (path, bytes) in &after {
            let is_known = before.get(path) == Some(bytes) || new.get(path) == Some(bytes);
            assert!(is_known, "{} is neither old nor new: {told}", path.display());
        }
        assert!(before.keys().all(|path| after.contains_key(path)), "a file is gone: {told}");
        let repaired = run_to_the_end(&folder.path().join("after"), arguments);
        assert!(repaired == new, "the next run repairs: {told}");
    }
}

#[test]
fn whatever_writes_may_be_killed_and_the_next_run_repairs() {
    /// At how many moments a run is killed, from its start to about its end.
    const MOMENTS: u32 = 8;
    for (arguments, rest) in WRITERS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let lay_out = |name: String| {
            let place = folder.path().join(name);
            lay_out(&place, rest, 200);
            place
        };
        let old = files(&lay_out("old".to_owned()));
        let started = std::time::Instant::now();
        let new = run_to_the_end(&lay_out("new".to_owned()), arguments);
        let whole_run = started.elapsed();
        for moment in 0..MOMENTS {
            let place = lay_out(format!("killed {moment}"));
            let mut child = Command::new(env!("CARGO_BIN_EXE_errbook"))
                .args(arguments)
                .current_dir(&place)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("errbook runs");
            std::thread::sleep(whole_run * moment / MOMENTS);
            child.kill().expect("it was started");
            child.wait().expect("it was started");
            let mut repaired = files(&place);
            is_whole(&repaired, &old, &new);
            repaired.retain(|path, _| !is_temporary(path));
            // `init` makes nothing of what is there already.
            if repaired != new {
                repaired = run_to_the_end(&place, arguments);
                repaired.retain(|path, _| !is_temporary(path));
            }
            assert!(
                repaired == new,
                "{arguments:?}, killed at moment {moment} of {MOMENTS}: the next run repairs"
            );
        }
    }
}

#[test]
fn two_runs_at_once_end_in_the_same_tree() {
    let count = 300;
    let book = Book::new(count, "old");
    let [old, new] = old_and_new(&book, count);
    for (word, expected) in [("new", &new), ("old", &old), ("new", &new)] {
        book.reword(count, word);
        let start =
            || book.command().stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("errbook runs");
        let runs: Vec<_> = (0..4).map(|_| start()).collect();
        for run in runs {
            ended_well(&run.wait_with_output().expect("it was started"));
        }
        assert!(book.generate().status.success());
        assert!(book.tree() == *expected, "the tree is that of `{word}`");
    }
}

#[test]
fn a_link_in_the_output_leads_nowhere_outside() {
    let book = Book::new(3, "old");
    fs::create_dir_all(book.path("elsewhere")).expect("writable");
    fs::create_dir_all(book.path("out/rust")).expect("writable");
    let refused = |what: &str| {
        let output = book.generate();
        ended_well(&output);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{what}: {stderr}");
        assert!(
            stderr.contains("a link leads from it out of") && stderr.contains("nothing was written"),
            "{what}: {stderr}"
        );
        assert!(!book.path("out/java").exists(), "{what}: nothing was written");
    };
    symlink(book.path("elsewhere"), book.path("out/rust/src")).expect("a link");
    refused("a folder");
    assert_eq!(fs::read_dir(book.path("elsewhere")).expect("a folder").count(), 0);
    fs::remove_file(book.path("out/rust/src")).expect("a link");
    fs::create_dir(book.path("out/rust/src")).expect("writable");
    symlink(book.path("elsewhere/new.rs"), book.path("out/rust/src/lib.rs")).expect("a link");
    refused("a file that is not there");
    assert!(!book.path("elsewhere/new.rs").exists());
    fs::remove_file(book.path("out/rust/src/lib.rs")).expect("a link");
    // A copy that somebody keeps elsewhere and links to is old, and is theirs to renew.
    assert!(book.generate().status.success());
    fs::rename(book.path("out/rust/src/d.rs"), book.path("elsewhere/d.rs")).expect("the same disk");
    symlink(book.path("elsewhere/d.rs"), book.path("out/rust/src/d.rs")).expect("a link");
    fs::remove_dir_all(book.path("out/java")).expect("writable");
    let theirs = fs::read(book.path("elsewhere/d.rs")).expect("readable");
    book.reword(3, "new");
    refused("a file");
    assert_eq!(fs::read(book.path("elsewhere/d.rs")).expect("readable"), theirs);
    // The folder of an output may be a link: whoever set up the book chose it.
    fs::remove_dir_all(book.path("out")).expect("writable");
    fs::create_dir_all(book.path("out")).expect("writable");
    symlink(book.path("elsewhere"), book.path("out/rust")).expect("a link");
    fs::remove_file(book.path("elsewhere/d.rs")).expect("writable");
    let output = book.generate();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(book.path("elsewhere/src/d.rs").is_file());
}

#[test]
fn a_folder_in_the_way_or_a_vanished_one_is_told() {
    let book = Book::new(3, "old");
    fs::create_dir_all(book.path("out/rust/Cargo.toml")).expect("writable");
    let output = book.generate();
    ended_well(&output);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    fs::remove_dir_all(book.path("out")).expect("writable");
    assert!(book.generate().status.success());
    let whole = book.tree();
    fs::remove_dir_all(book.path("out/java")).expect("writable");
    assert!(book.generate().status.success());
    assert!(book.tree() == whole, "what vanished is made again");
    // The whole output as a file.
    fs::remove_dir_all(book.path("out")).expect("writable");
    fs::write(book.path("out"), "mine").expect("writable");
    let output = book.generate();
    ended_well(&output);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(book.path("out")).expect("text"), "mine");
}

#[test]
fn a_read_only_folder_is_told_and_left_alone() {
    let book = Book::new(3, "old");
    assert!(book.generate().status.success());
    let before = book.tree();
    book.reword(3, "new");
    // Root writes to any folder, so that only a file system that is mounted read-only stops it: in a mount namespace of its
    // own, where that is allowed. Others are stopped by the mode of the folder.
    let script = "mount --bind out/rust out/rust && mount -o remount,ro,bind out/rust && exec \"$0\" gen";
    let mounted = Command::new("unshare")
        .args(["--mount", "--propagation", "private", "sh", "-c", script, env!("CARGO_BIN_EXE_errbook")])
        .current_dir(book.folder.path())
        .output();
    let output = match mounted {
        Ok(output) if String::from_utf8_lossy(&output.stderr).contains("cannot write") => output,
        _ => {
            let set = |mode| {
                use std::os::unix::fs::PermissionsExt as _;
                let folder = book.path("out/rust/src");
                fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("our own folder");
            };
            set(0o555);
            let probe = book.path("out/rust/src/probe");
            if fs::write(&probe, "x").is_ok() {
                use std::io::Write as _;
                fs::remove_file(&probe).expect("just written");
                set(0o755);
                let told =
                    b"NOT TESTED: a read-only folder, which root may write to and may not mount here\n";
                std::io::stderr().write_all(told).expect("a test may tell");
                return;
            }
            let output = book.generate();
            set(0o755);
            output
        }
    };
    ended_well(&output);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let after = book.tree();
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let rust = book.path("out/rust");
    assert!(before.iter().all(|(path, bytes)| !path.starts_with(&rust) || after[path] == *bytes));
    assert!(book.generate().status.success());
}
