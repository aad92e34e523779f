//! `errbook gen` and `gen --check` as a user meets them: exit codes, what is said, what is on the disk.

#[path = "shared/copy.rs"]
mod copy;

use copy::copy;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of a small book in a folder of its own.
struct Book {
    folder: tempfile::TempDir,
}

impl Book {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/small"), folder.path());
        Self { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_errbook"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("errbook runs")
    }

    /// Runs and checks the exit code; gives what was printed to stdout and stderr.
    fn expect(&self, arguments: &[&str], code: i32) -> (String, String) {
        let output = self.run(arguments);
        let stdout = String::from_utf8(output.stdout).expect("UTF-8");
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{stdout}\n{stderr}");
        (stdout, stderr)
    }

    /// Every file below the folder with its bytes and its time of modification.
    fn snapshot(&self) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
        let mut files = BTreeMap::new();
        snapshot(self.folder.path(), &mut files);
        files
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(path)).expect("readable");
        assert!(text.contains(from), "{path} holds {from}");
        std::fs::write(self.path(path), text.replace(from, to)).expect("writable");
    }
}

fn snapshot(folder: &Path, files: &mut BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)>) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            snapshot(&path, files);
        } else {
            let modified = path.metadata().and_then(|metadata| metadata.modified()).expect("a time");
            files.insert(path.clone(), (std::fs::read(&path).expect("readable"), modified));
        }
    }
}

#[test]
fn a_second_run_touches_nothing() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    let first = book.snapshot();
    assert!(first.len() > 30, "only {} files", first.len());
    let (_, said) = book.expect(&["gen"], 0);
    assert!(said.contains("0 files written"), "{said}");
    assert_eq!(first, book.snapshot());
    book.expect(&["gen", "--check"], 0);
    assert_eq!(first, book.snapshot());
}

#[test]
fn check_tells_stale_missing_edited_and_orphaned_apart_and_writes_nothing() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    book.edit("domains/quectel.yaml", "The device is bound.", "The device is taken.");
    book.edit("generated/rust/src/haier_uws.rs", "Master data", "Master Data");
    std::fs::remove_file(book.path("generated/rust/src/wide.rs")).expect("removable");
    std::fs::write(book.path("generated/rust/src/mine.rs"), "// mine\n").expect("writable");
    let before = book.snapshot();
    let (found, said) = book.expect(&["gen", "--check"], 1);
    for line in [
        "stale: generated/rust/src/quectel.rs",
        "edited by hand: generated/rust/src/haier_uws.rs",
        "missing: generated/rust/src/wide.rs",
        "orphaned: generated/rust/src/mine.rs",
    ] {
        assert!(found.lines().any(|found| found == line), "no `{line}` in\n{found}");
    }
    assert!(found.contains("The device is taken."), "no diff in\n{found}");
    assert!(said.contains("run `errbook gen`"), "{said}");
    assert_eq!(before, book.snapshot());

    // Repairing keeps the file that errbook did not make, and says so with its exit code.
    book.expect(&["gen"], 1);
    std::fs::remove_file(book.path("generated/rust/src/mine.rs")).expect("it was kept");
    book.expect(&["gen", "--check"], 0);
}

#[test]
fn a_comment_in_the_spec_changes_no_output() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    let text = std::fs::read_to_string(book.path("domains/quectel.yaml")).expect("readable");
    let commented = format!("\u{feff}# A comment.\n{text}").replace('\n', "\r\n");
    std::fs::write(book.path("domains/quectel.yaml"), commented).expect("writable");
    book.expect(&["gen", "--check"], 0);
}

#[test]
fn files_of_a_dropped_domain_are_deleted_unless_edited() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    book.edit("errbook.yaml", "haier-uws, wide", "haier-uws");
    book.edit("generated/typescript/src/wide.ts", "Lowest", "lowest");
    let (found, _) = book.expect(&["gen", "--check"], 1);
    assert!(found.contains("obsolete: generated/rust/src/wide.rs"), "{found}");
    assert!(found.contains("orphaned: generated/typescript/src/wide.ts"), "{found}");
    book.expect(&["gen"], 1);
    assert!(!book.path("generated/rust/src/wide.rs").exists());
    assert!(book.path("generated/typescript/src/wide.ts").exists());
}

#[test]
fn a_faulty_book_is_reported_whole_and_writes_nothing() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    book.edit("domains/quectel.yaml", "kind: invalid_argument", "kind: invalid_arguments");
    book.edit("domains/haier-uws.yaml", "code: \"20903\"", "code: 20903");
    book.edit("domains/wide.yaml", "code_type: int64", "code_typ: int64");
    let before = book.snapshot();
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("unknown key `code_typ`") && said.contains("did you mean `code_type`?"), "{said}");
    assert!(said.contains("domains/wide.yaml:3:1"), "{said}");
    book.edit("domains/wide.yaml", "code_typ: int64", "code_type: int64");
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("did you mean `invalid_argument`?"), "{said}");
    assert!(said.contains("write \"20903\""), "{said}");
    book.edit("domains/wide.yaml", "code_type: int64", "code_typ: int64");
    let after = book.snapshot();
    let generated = |files: &BTreeMap<PathBuf, _>| {
        files.keys().filter(|path| path.starts_with(book.path("generated"))).cloned().collect::<Vec<_>>()
    };
    assert_eq!(generated(&before), generated(&after));
    for (path, (bytes, time)) in before.iter().filter(|(path, _)| path.starts_with(book.path("generated"))) {
        assert_eq!(Some(&(bytes.clone(), *time)), after.get(path));
    }
}

#[test]
fn a_part_of_the_book_can_be_generated_elsewhere() {
    let book = Book::new();
    book.expect(&["gen", "--language", "swift", "--domain", "quectel", "--out", "vendored"], 0);
    let files: Vec<_> =
        book.snapshot().into_keys().filter(|path| path.starts_with(book.path("vendored"))).collect();
    let names: Vec<_> = files.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    assert!(
        names.contains(&"QuectelErrorCode.swift") && names.contains(&"ErrorCodeSupport.swift"),
        "{names:?}"
    );
    assert!(!names.contains(&"WideErrorCode.swift"), "{names:?}");
    assert!(!book.path("generated").exists());
    let registry = files.iter().find(|path| path.ends_with("ErrorCodeRegistry.swift")).expect("a registry");
    let registry = std::fs::read_to_string(registry).expect("readable");
    assert!(!registry.contains("Wide"), "the registry names a domain that is not there");
    let (_, said) = book.expect(&["gen", "--domain", "nope"], 2);
    assert!(said.contains("no domain `nope`"), "{said}");
    book.expect(&["gen", "--language", "cobol"], 2);
    book.expect(&["--book", "nowhere.yaml", "gen"], 2);
}

#[test]
fn a_hand_edit_shows_from_the_file_alone() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    let text = std::fs::read_to_string(
        book.path("generated/kotlin/src/main/kotlin/io/errbook/book/QuectelErrorCode.kt"),
    )
    .expect("readable");
    assert_eq!(errbook::output::banner::is_as_generated(&text), Some(true));
    let edited = text.replace("The device is bound.", "the device is bound.");
    assert_eq!(errbook::output::banner::is_as_generated(&edited), Some(false));
}

#[test]
fn names_that_fold_together_in_a_language_are_refused_with_both_places() {
    let book = Book::new();
    book.edit("domains/wide.yaml", "name: lowest", "name: limit_1");
    book.edit("domains/wide.yaml", "name: highest", "name: limit1");
    book.edit("conditions.yaml", "name: token_expired", "name: device_already_bound1");
    book.edit("conditions.yaml", "use: token_expired", "use: device_already_bound1");
    book.edit("conditions.yaml", "name: device_already_bound\n", "name: device_already_bound_1\n");
    book.edit(
        "domains/quectel.yaml",
        "condition: device_already_bound\n",
        "condition: device_already_bound_1\n",
    );
    book.edit("domains/haier-uws.yaml", "condition: token_expired", "condition: device_already_bound1");
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("`limit1` and `limit_1` are both `limit1` in swift"), "{said}");
    assert!(said.contains("are both `deviceAlreadyBound1` in swift"), "{said}");
    assert!(said.contains("domains/wide.yaml:14:11") && said.contains(" 6 |     name: limit_1"), "{said}");
    assert!(!book.path("generated").exists());
}

#[test]
fn a_retired_code_keeps_its_constant_for_one_major_version() {
    let book = Book::new();
    book.edit("errbook.yaml", "outputs:\n", "outputs:\n  markdown: {dir: generated/markdown}\n");
    book.expect(&["gen"], 0);
    let read = |path: &str| std::fs::read_to_string(book.path(path)).expect("readable");
    let domain = "generated/kotlin/src/main/kotlin/io/errbook/book/QuectelErrorCode.kt";
    let support = "generated/kotlin/src/main/kotlin/io/errbook/book/ErrorCodeSupport.kt";
    // Retired in this major version, in one to come, in the last one, and without a code.
    let constants = |text: &str| {
        ["DEVICE_MISSING", "SELF", "DEVICE_LOST", "NEVER_SENT"]
            .map(|name| text.contains(&format!("val {name}:")))
    };
    let first = read(domain);
    assert_eq!(constants(&first), [true, true, false, false]);
    assert_eq!(first.matches("QuectelErrorCode(5006)").count(), 1, "the code has a constant and no facts");
    assert!(read(support).contains("val SESSION_EXPIRED:") && !read(support).contains("val DEVICE_LOST:"));

    book.edit("errbook.yaml", "version: 1.2.3", "version: 2.0.0");
    let (found, _) = book.expect(&["gen", "--check"], 1);
    assert!(found.contains(&format!("stale: {domain}")), "{found}");
    book.expect(&["gen"], 0);
    let second = read(domain);
    assert_eq!(constants(&second), [false, true, false, false]);
    assert!(!read(support).contains("val SESSION_EXPIRED:"));
    let digest = |text: &str| text.lines().find(|line| line.contains("spec sha256")).map(str::to_owned);
    assert_ne!(digest(&first), digest(&second), "the banner tells the two copies apart");

    // The reference remembers them for ever, each with its address.
    let page = read("generated/markdown/quectel.md");
    for anchor in ["5006", "5007", "5008", "never_sent"] {
        assert!(page.contains(&format!("- <a id=\"{anchor}\"></a>")), "{anchor}");
    }
    assert!(read("generated/markdown/conditions.md").contains("- <a id=\"session_expired\"></a>"));
}

#[test]
fn the_constant_of_a_retired_code_meets_no_other() {
    let book = Book::new();
    book.edit("domains/quectel.yaml", "name: never_sent", "code: 5009, name: device_already_bound_1");
    book.edit("domains/quectel.yaml", "name: device_missing", "name: device_already_bound1");
    book.edit("conditions.yaml", "name: device_asleep", "name: session_1");
    book.edit("conditions.yaml", "name: session_expired", "name: session1");
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("are both `deviceAlreadyBound1` in swift"), "{said}");
    assert!(said.contains("are both `session1` in swift"), "{said}");
}

#[test]
fn a_prefix_stands_before_every_type() {
    let book = Book::new();
    let languages = ["rust", "typescript", "kotlin", "swift", "java"];
    for language in languages {
        let dir = format!("{{dir: generated/{language}");
        book.edit("errbook.yaml", &dir, &format!("{dir}, prefix: Acme"));
    }
    book.expect(&["gen"], 0);
    let types = ["ErrorKind", "ErrorLocale", "ErrorCondition", "DomainErrorCode", "ErrorCodeRegistry"];
    let own = ["QuectelErrorCode", "QuectelException", "QuectelError"];
    let mut prefixed = 0;
    for (path, (bytes, _)) in book.snapshot() {
        let text = String::from_utf8_lossy(&bytes);
        if !languages.iter().any(|language| path.starts_with(book.path("generated").join(language))) {
            continue;
        }
        for word in text.split(|ch: char| !ch.is_ascii_alphanumeric()) {
            assert!(!types.contains(&word) && !own.contains(&word), "{word} in {}", path.display());
            prefixed += usize::from(word.starts_with("Acme"));
        }
    }
    assert!(prefixed > 500, "only {prefixed} words have the prefix");
    let long = "A".repeat(33);
    for bad in ["acme", "Acme Inc", "\"A.b\"", "Ac_me", "\"1A\"", "Ä", &long] {
        let book = Book::new();
        book.edit("errbook.yaml", "{dir: generated/rust", &format!("{{dir: generated/rust, prefix: {bad}"));
        let (_, said) = book.expect(&["gen"], 2);
        assert!(said.contains("bad_option"), "{bad}: {said}");
    }
}

#[test]
fn what_errbook_did_not_make_is_never_overwritten() {
    let book = Book::new();
    std::fs::create_dir_all(book.path("generated/rust/src")).expect("writable");
    std::fs::write(book.path("generated/rust/src/quectel.rs"), "// mine\n").expect("writable");
    let before = book.snapshot();
    let (found, _) = book.expect(&["gen", "--check"], 1);
    assert!(found.contains("in the way: generated/rust/src/quectel.rs"), "{found}");
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("generated/rust/src/quectel.rs is in the way"), "{said}");
    assert_eq!(before, book.snapshot());

    // The same for the list of files: a web app has a manifest.json of its own.
    let book = Book::new();
    std::fs::create_dir(book.path("public")).expect("writable");
    std::fs::write(book.path("public/manifest.json"), "{\"name\": \"app\"}\n").expect("writable");
    let before = book.snapshot();
    let (_, said) = book.expect(&["gen", "--out", "public"], 2);
    assert!(said.contains("public/manifest.json is no manifest of errbook"), "{said}");
    assert_eq!(before, book.snapshot());
}

#[test]
fn folders_that_hold_the_spec_or_each_other_are_refused() {
    let long = "a".repeat(256);
    for (from, to, id) in [
        ("dir: generated/rust", "dir: .", "output_in_spec"),
        ("dir: generated/rust", "dir: ..", "output_in_spec"),
        ("dir: generated/rust", "dir: domains/rust", "output_in_spec"),
        ("dir: generated/rust", "dir: /tmp/rust", "bad_option"),
        ("dir: generated/rust", "dir: \"a\\0b\"", "bad_option"),
        ("dir: generated/rust", "dir: generated/swift/rust", "shared_folder"),
        ("dir: generated/rust", "dir: generated", "shared_folder"),
        ("manifest: generated/manifest.json", "manifest: errbook.yaml", "bad_option"),
        ("manifest: generated/manifest.json", &format!("manifest: {long}.json"), "most 255 bytes"),
        ("dir: generated/rust", &format!("dir: {long}"), "most 255 bytes"),
        ("dir: generated/rust", &format!("dir: rust/{}", "long/".repeat(120)), "most 512 bytes"),
        ("dir: generated/java", &format!("dir: generated/java, package: com.{long}"), "most 255 bytes"),
        ("dir: generated/swift", &format!("dir: generated/swift, module: {long}"), "most 255 bytes"),
        ("manifest: generated/manifest.json", "manifest: generated/rust/a.json", "manifest_in_output"),
        ("dir: generated/rust", "dir: generated/manifest.json/x", "manifest_in_output"),
        ("manifest: generated/manifest.json", "manifest: schema/book.json", "output_in_spec"),
        ("manifest: generated/manifest.json", "manifest: domains/a.json", "output_in_spec"),
        ("dir: generated/rust", "dir: schema", "output_in_spec"),
    ] {
        let book = Book::new();
        book.edit("errbook.yaml", from, to);
        let before = book.snapshot();
        let (_, said) = book.expect(&["gen"], 2);
        assert!(said.contains(id), "{to}: {said}");
        assert_eq!(before, book.snapshot());
    }
}

#[test]
fn folders_that_are_one_on_some_disks_are_refused() {
    for (from, to, id) in [
        ("dir: generated/rust", "dir: generated/JAVA", "shared_folder"),
        ("dir: generated/rust", "dir: Generated/java/rust", "shared_folder"),
        ("dir: generated/rust", "dir: Domains/rust", "output_in_spec"),
        ("manifest: generated/manifest.json", "manifest: generated/RUST/a.json", "manifest_in_output"),
    ] {
        let book = Book::new();
        book.edit("errbook.yaml", from, to);
        let (_, said) = book.expect(&["gen"], 2);
        assert!(said.contains(id) && said.contains("macOS"), "{to}: {said}");
        assert!(!book.path("generated").exists(), "{to}");
    }
    let book = Book::new();
    book.edit("errbook.yaml", "dir: generated/rust", "dir: \"generated/\\u00E9\"");
    book.edit("errbook.yaml", "dir: generated/java", "dir: \"generated/e\\u0301\"");
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("shared_folder"), "{said}");
    // Equal ones are equal everywhere.
    let book = Book::new();
    book.edit("errbook.yaml", "dir: generated/rust", "dir: generated/java");
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("shared_folder") && !said.contains("macOS"), "{said}");
}

#[test]
fn paths_that_windows_cannot_hold_are_refused() {
    for (path, name) in [
        ("generated/con", "con"),
        ("generated/NUL/rust", "NUL"),
        ("COM1", "COM1"),
        ("generated/aux.d", "aux.d"),
        ("generated/rust.", "rust."),
        ("generated/ru /st", "ru "),
        ("generated/.../rust", "..."),
        ("generated/a?", "a?"),
    ] {
        let book = Book::new();
        book.edit("errbook.yaml", "dir: generated/rust", &format!("dir: \"{path}\""));
        let (_, said) = book.expect(&["gen"], 2);
        let told = format!("Windows cannot hold a folder called `{name}`");
        assert!(said.contains("bad_option") && said.contains(&told), "{path}: {said}");
    }
    for (path, told) in [
        ("con/a.json", "a folder called `con`"),
        ("generated/con.json", "a file called `con.json`"),
        ("generated/a*.json", "a file called `a*.json`"),
    ] {
        let book = Book::new();
        book.edit("errbook.yaml", "manifest: generated/manifest.json", &format!("manifest: \"{path}\""));
        let (_, said) = book.expect(&["gen"], 2);
        let told = format!("Windows cannot hold {told}");
        assert!(said.contains("bad_option") && said.contains(&told), "{path}: {said}");
    }
    for path in
        ["../generated/rust", "./rust", "contents/rust", "generated/.rust/rust", "com10/rust", "a.con/rust"]
    {
        let book = Book::new();
        book.edit("errbook.yaml", "dir: generated/rust", &format!("dir: {path}"));
        let (found, _) = book.expect(&["gen", "--check"], 1);
        assert!(found.contains("rust/Cargo.toml"), "{path}: {found}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_found_before_anything_is_written() {
    use std::os::unix::fs::symlink;

    for link in ["generated/swift", "generated/kotlin"] {
        let book = Book::new();
        std::fs::create_dir(book.path("generated")).expect("writable");
        symlink("../app/nowhere", book.path(link)).expect("a link");
        let (_, said) = book.expect(&["gen"], 2);
        assert!(said.contains(&format!("{link} is in the way: it is a link to nothing")), "{said}");
        let left = std::fs::read_dir(book.path("generated")).expect("readable").count();
        assert_eq!(left, 1, "{link}: something was written");
        let (_, said) = book.expect(&["gen", "--language", "rust"], 0);
        assert!(said.contains("written"), "the other languages are not concerned: {said}");
        std::fs::create_dir_all(book.path("app/nowhere")).expect("writable");
        book.expect(&["gen"], 0);
    }
    let book = Book::new();
    symlink("nowhere", book.path("generated")).expect("a link");
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("generated is in the way: it is a link to nothing"), "{said}");
    symlink("nowhere", book.path("src")).expect("a link");
    let vendor =
        ["vendor", "--language", "rust", "--domain", "quectel", "--package", "errors", "--out", "src"];
    let (_, said) = book.expect(&vendor, 2);
    assert!(said.contains("src is in the way: it is a link to nothing"), "{said}");
}

#[test]
fn further_meanings_stand_at_the_current_name_alone() {
    let book = Book::new();
    let docs = || -> usize {
        let files = book.snapshot().into_iter().filter(|(path, _)| path.starts_with(book.path("generated")));
        let texts = files.map(|(_, (bytes, _))| String::from_utf8_lossy(&bytes).into_owned());
        let is_doc = |line: &&str| {
            let line = line.trim_start();
            (line.starts_with("///") || line.starts_with('*')) && line.contains("Bound to")
        };
        texts.map(|text| text.lines().filter(is_doc).count()).sum()
    };
    book.expect(&["gen"], 0);
    let before = docs();
    assert!(before >= 5, "{before}");
    // With a hundred meanings and a hundred former names, an entry would have ten thousand lines of them.
    let names = "former_names: [{name: bound, since: 1.0.0}, {name: taken, since: 1.0.0}]";
    book.edit("domains/quectel.yaml", "    variants:", &format!("    {names}\n    variants:"));
    book.expect(&["gen"], 0);
    assert_eq!(docs(), before);
}

#[test]
fn an_output_may_lie_outside_the_folder_of_the_manifest() {
    let book = Book::new();
    book.edit("errbook.yaml", "dir: generated/rust", "dir: app/errors");
    book.expect(&["gen"], 0);
    let first = book.snapshot();
    for _ in 0..2 {
        let (_, said) = book.expect(&["gen"], 0);
        assert!(!said.contains("deleted"), "{said}");
    }
    book.expect(&["gen", "--check"], 0);
    assert_eq!(first, book.snapshot());
}

#[test]
fn a_manifest_that_was_tampered_with_deletes_nothing_elsewhere() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    std::fs::write(book.path("victim"), "abc").expect("writable");
    let digest = errbook::digest::sha256(b"abc");
    let entry = format!(
        "\"files\": [\n{{\"path\": \"../victim\", \"output\": \"x\", \"spec_sha256\": \"\", \"sha256\": \"{digest}\"}},"
    );
    book.edit("generated/manifest.json", "\"files\": [", &entry);
    book.expect(&["gen"], 0);
    assert!(book.path("victim").exists());

    // A conflict of a merge is not taken for "nothing was generated before".
    book.edit("generated/manifest.json", "\"files\": [", "<<<<<<< HEAD");
    let before = book.snapshot();
    let (_, said) = book.expect(&["gen"], 2);
    assert!(said.contains("damaged"), "{said}");
    assert_eq!(before, book.snapshot());
}

#[test]
fn a_filtered_run_keeps_the_manifest_in_step() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    book.edit("domains/wide.yaml", "Lowest.", "Least.");
    book.expect(&["gen", "--language", "rust"], 0);
    book.expect(&["gen", "--check", "--language", "rust"], 0);
    book.expect(&["gen", "--check"], 1);
    book.edit("errbook.yaml", "haier-uws, wide", "haier-uws");
    book.expect(&["gen"], 0);
    assert!(
        !book.path("generated/rust/src/wide.rs").exists(),
        "what a filtered run wrote is errbook's as well"
    );
    book.expect(&["gen", "--check"], 0);
}

#[test]
fn a_dropped_language_is_cleaned_up_and_its_edited_files_stay_in_view() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    book.edit("errbook.yaml", "  swift: {dir: generated/swift}\n", "");
    book.edit("generated/swift/Package.swift", "import", "import ");
    for _ in 0..2 {
        let (_, said) = book.expect(&["gen"], 1);
        assert!(said.contains("orphaned: generated/swift"), "{said}");
    }
    book.expect(&["gen", "--check"], 1);
    assert!(book.path("generated/swift/Package.swift").exists());
    assert!(!book.path("generated/swift/Sources/ErrorCodes/QuectelErrorCode.swift").exists());
}

#[test]
fn what_builds_leave_behind_is_no_orphan_and_an_unknown_folder_is_one_finding() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    for path in ["generated/typescript/node_modules/a/b", "generated/rust/target/c", "generated/strange/d/e"]
    {
        std::fs::create_dir_all(book.path(path)).expect("writable");
        std::fs::write(book.path(path).join("f"), "").expect("writable");
    }
    let (found, _) = book.expect(&["gen", "--check"], 1);
    assert_eq!(found, "orphaned: generated/strange\n");
}

#[test]
fn an_output_that_the_book_does_not_have_is_not_generated_in_silence() {
    let book = Book::new();
    book.edit("errbook.yaml", "  swift: {dir: generated/swift}\n", "");
    let (_, said) = book.expect(&["gen", "--language", "swift"], 2);
    assert!(said.contains("missing_output"), "{said}");
}

#[test]
fn a_run_is_the_same_however_its_folder_is_named() {
    let book = Book::new();
    for out in ["./v", "x/../v", "v"] {
        book.expect(&["gen", "--out", out], 0);
        book.edit("errbook.yaml", "version: 1.2.", "version: 1.2.1");
        book.expect(&["gen", "--out", out], 0);
        book.expect(&["gen", "--check", "--out", "v"], 0);
    }
}

#[test]
fn the_manifest_names_files_alike_from_every_folder() {
    let book = Book::new();
    std::fs::create_dir(book.path("spec")).expect("writable");
    for name in ["errbook.yaml", "conditions.yaml", "domains"] {
        std::fs::rename(book.path(name), book.path("spec").join(name)).expect("movable");
    }
    book.edit("spec/errbook.yaml", "manifest: generated", "manifest: ../generated");
    book.expect(&["gen"], 0);
    let run = |folder: &str, arguments: &[&str]| {
        let mut errbook = Command::new(env!("CARGO_BIN_EXE_errbook"));
        let output = errbook.args(arguments).current_dir(book.path(folder)).output().expect("errbook runs");
        output.status.code()
    };
    assert_eq!(run("spec", &["gen", "--check"]), Some(0));
    book.edit("spec/errbook.yaml", "version: 1.2.3", "version: 1.2.4");
    assert_eq!(run("spec", &["gen"]), Some(0));
    assert_eq!(run("spec/domains", &["gen", "--check"]), Some(0));
    book.expect(&["gen", "--check"], 0);
}

#[test]
fn a_dropped_language_leaves_nothing_behind() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    book.edit("errbook.yaml", "  swift: {dir: generated/swift}\n", "");
    book.expect(&["gen"], 0);
    assert!(!book.path("generated/swift").exists());
    book.expect(&["gen"], 0);
    book.expect(&["gen", "--check"], 0);
}

#[test]
fn a_broken_merge_is_repaired_by_removing_the_manifest() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    book.edit(
        "generated/rust/src/wide.rs",
        "// spec sha256",
        "<<<<<<< HEAD\n// a\n=======\n// b\n// spec sha256",
    );
    book.edit("generated/manifest.json", "\"files\": [", "<<<<<<< HEAD");
    book.expect(&["gen"], 2);
    std::fs::remove_file(book.path("generated/manifest.json")).expect("removable");
    book.expect(&["gen"], 0);
    book.expect(&["gen", "--check"], 0);
}

#[test]
fn line_ends_of_a_checkout_are_no_edit() {
    let book = Book::new();
    book.expect(&["gen"], 0);
    for path in ["generated/java/pom.xml", "generated/rust/src/wide.rs"] {
        let text = std::fs::read_to_string(book.path(path)).expect("readable");
        std::fs::write(book.path(path), text.replace('\n', "\r\n")).expect("writable");
    }
    let (found, _) = book.expect(&["gen", "--check"], 1);
    assert!(!found.contains("edited by hand"), "{found}");
    book.edit("errbook.yaml", "haier-uws, wide", "haier-uws");
    book.expect(&["gen"], 0);
    assert!(!book.path("generated/rust/src/wide.rs").exists());
}

#[test]
fn a_package_may_be_called_like_a_build_folder() {
    let book = Book::new();
    book.edit(
        "errbook.yaml",
        "java: {dir: generated/java",
        "java: {dir: generated/java, package: com.build.errors",
    );
    book.expect(&["gen"], 0);
    book.edit("errbook.yaml", "haier-uws, wide", "haier-uws");
    book.expect(&["gen"], 0);
    assert!(!book.path("generated/java/src/main/java/com/build/errors/WideErrorCode.java").exists());
}
