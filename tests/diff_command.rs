//! `errbook diff` as people run it: a history of a book in a git repository, told commit by commit; exit codes, waivers, and
//! what it prints of a book that wants to be Markdown, of one with ten thousand changes, and of what is no book.

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BOOK: &str = "errbook: 1\nversion: 1.0.0\ntitle: Locks\nlocales: [en, zh-Hans]\ndomains: [lock]\n";

/// A repository with a book of locks.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("a folder") };
        repository.git(&["init", "-q", "-b", "main"]);
        repository.write("spec/errbook.yaml", BOOK);
        let entries = [
            entry("1", "jammed", "The bolt is stuck.", "锁舌卡住。"),
            entry("2", "battery_or_motor_failed", "The battery or the motor failed.", "电池或电机故障。"),
            entry("3", "pin_wrong", "Wrong access digits.", "密码不对。"),
            entry("4", "offline", "No connection to it.", "连接断开。"),
        ];
        repository.write("spec/domains/lock.yaml", &format!("{HEAD}{}", entries.concat()));
        repository.commit("a book");
        repository
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("readable")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    fn git(&self, arguments: &[&str]) -> String {
        let settings = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        let output = git.arg("-C").arg(self.folder.path()).args(settings).args(arguments).output();
        let output = output.expect("git runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// Runs `errbook diff`: the exit code, stdout and stderr.
    fn diff(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut errbook = Command::new(env!("CARGO_BIN_EXE_errbook"));
        errbook.current_dir(self.folder.path()).arg("diff").args(arguments);
        let output = errbook.args(["--today", "2026-11-25"]).output().expect("errbook runs");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    }

    /// The changes of the last commit, as `subject id`; the document has to follow its schema.
    fn last(&self) -> Vec<String> {
        let (_, document, said) = self.diff(&["HEAD~1", "HEAD", "--format", "json"]);
        let document: Value =
            serde_json::from_str(&document).unwrap_or_else(|error| panic!("{error}: {said}"));
        let schema: Value = serde_json::from_str(errbook::diff::json::SCHEMA).expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let faults: Vec<_> = validator.iter_errors(&document).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
        let changes = document["changes"].as_array().expect("a list").iter();
        let word = |change: &Value, key: &str| change[key].as_str().expect("text").to_owned();
        changes.map(|change| format!("{} {}", word(change, "subject"), word(change, "id"))).collect()
    }
}

const HEAD: &str = "domain: lock\ntitle: Locks\ncode_type: int32\nerrors:\n";
const LOCK: &str = "spec/domains/lock.yaml";

fn entry(code: &str, name: &str, en: &str, zh: &str) -> String {
    format!(
        "  - code: {code}\n    name: {name}\n    kind: unavailable\n    message:\n      en: {en}\n      zh-Hans: {zh}\n"
    )
}

/// One commit of the history: its story, the edits, and the changes it is told as.
type Step = (&'static str, fn(&Repository), &'static [&'static str]);

const HISTORY: &[Step] = &[
    (
        "reordered",
        |book| {
            let text = book.read(LOCK).replace(HEAD, "");
            let mut entries: Vec<_> = text.split("  - code:").skip(1).collect();
            entries.reverse();
            book.write(LOCK, &format!("{HEAD}  - code:{}", entries.join("  - code:")));
        },
        &[],
    ),
    (
        "reformatted",
        |book| {
            let text = book
                .read(LOCK)
                .replace("en: The bolt is stuck.", "en: >-\n        The bolt\n        is stuck.");
            let text =
                text.replace("    kind: unavailable\n", "    # A comment.\n    kind: \"unavailable\"\n\n");
            book.write(LOCK, &text.replace('\n', "\r\n"));
        },
        &[],
    ),
    (
        "back in one form",
        |book| book.write(LOCK, &book.read(LOCK).replace("\r\n", "\n").replace("\n\n", "\n")),
        &[],
    ),
    (
        "moved to a folder",
        |book| {
            let text = book.read(LOCK).replace(HEAD, "");
            fs::remove_file(book.path(LOCK)).expect("there");
            let (one, rest) = text.split_at(text.rfind("  - code:").expect("entries"));
            book.write("spec/domains/lock/a.yaml", &format!("{HEAD}{one}"));
            book.write("spec/domains/lock/b.yaml", &format!("{HEAD}{rest}"));
        },
        &[],
    ),
    (
        "moved back",
        |book| {
            let rest = book.read("spec/domains/lock/b.yaml").replace(HEAD, "");
            let text = book.read("spec/domains/lock/a.yaml");
            fs::remove_dir_all(book.path("spec/domains/lock")).expect("there");
            book.write(LOCK, &(text + &rest));
        },
        &[],
    ),
    ("renumbered", |book| book.edit(LOCK, "code: 4", "code: 40"), &["lock/4 value_changed"]),
    (
        "renamed",
        |book| {
            book.edit(
                LOCK,
                "name: offline\n",
                "name: unreachable\n    former_names: [{name: offline, since: 1.1.0}]\n",
            );
        },
        &["lock/40 entry_renamed"],
    ),
    (
        "renamed without a word",
        |book| book.edit(LOCK, "name: pin_wrong", "name: pin_incorrect"),
        &["lock/3 entry_renamed_without_alias"],
    ),
    (
        "reworded",
        |book| book.edit(LOCK, "Wrong access digits.", "Incorrect access digits."),
        &["lock/3 text_reworded"],
    ),
    ("another punctuation", |book| book.edit(LOCK, "密码不对。", "密码不对"), &["lock/3 text_copy_edited"]),
    (
        "translated",
        |book| {
            book.edit("spec/errbook.yaml", "zh-Hans]", "zh-Hans, de]");
            let text = book.read(LOCK);
            let lines = text.lines().map(|line| match line.trim_start().strip_prefix("zh-Hans: ") {
                Some(text) => format!("{line}\n      de: Auf Deutsch {text}\n"),
                None => format!("{line}\n"),
            });
            book.write(LOCK, &lines.collect::<String>());
        },
        &["book locale_added"],
    ),
    (
        "split",
        |book| {
            book.edit(LOCK, "The battery or the motor failed.", "The motor failed.");
            book.edit(LOCK, "电池或电机故障。", "电机故障。");
            let battery = entry("5", "battery_failed", "The battery failed.", "电池故障。");
            book.write(LOCK, &(book.read(LOCK) + &battery + "      de: Deutsch.\n"));
        },
        &["lock/5 entry_split", "lock/2 text_reworded", "lock/2 text_reworded"],
    ),
    (
        "retired",
        |book| {
            let text = book.read(LOCK);
            let start = text.find("  - code: 1\n").expect("there");
            let end = text[start + 4..].find("  - code:").map_or(text.len(), |at| start + 4 + at);
            let grave = "retired:\n  - {code: 1, name: jammed, since: 1.1.0, use: unreachable, reason: It is gone.}\n";
            book.write(LOCK, &format!("{}{}{grave}", &text[..start], &text[end..]));
        },
        &["lock/1 entry_retired"],
    ),
    (
        "reused",
        |book| {
            book.edit(
                LOCK,
                "errors:\n",
                &format!(
                    "errors:\n{}      de: Deutsch.\n",
                    entry("1", "door_open", "Close it first.", "请先关门。")
                ),
            );
        },
        &["lock/1 retired_code_reused"],
    ),
    (
        "not reused after all",
        |book| {
            let text = book.read(LOCK);
            let start = text.find("  - code: 1\n").expect("there");
            let end = text[start + 4..].find("  - code:").map_or(text.len(), |at| start + 4 + at);
            book.write(LOCK, &format!("{}{}", &text[..start], &text[end..]));
        },
        &["lock/1 entry_removed"],
    ),
    (
        "another error under its code",
        |book| {
            book.edit(LOCK, "name: pin_incorrect", "name: door_open");
            book.edit(LOCK, "Incorrect access digits.", "Close it first.");
            // Both the Chinese message and the German one.
            book.edit(LOCK, "密码不对", "请先关门");
            book.edit(LOCK, "密码不对", "请先关门");
        },
        &["lock/3 code_reused"],
    ),
    (
        "a domain added",
        |book| {
            book.edit("spec/errbook.yaml", "[lock]", "[lock, bulb]");
            let bulb = entry("1", "burnt_out", "It is dark.", "灯坏了。");
            book.write(
                "spec/domains/bulb.yaml",
                &format!(
                    "domain: bulb\ntitle: Bulbs\ncode_type: string\nerrors:\n{}      de: Deutsch.\n",
                    bulb.replace("code: 1", "code: \"1\"")
                ),
            );
        },
        &["domain:bulb domain_added"],
    ),
    (
        "wider codes",
        |book| book.edit(LOCK, "code_type: int32", "code_type: int64"),
        &["domain:lock code_type_changed"],
    ),
    ("domains in another order", |book| book.edit("spec/errbook.yaml", "[lock, bulb]", "[bulb, lock]"), &[]),
];

#[test]
fn a_history_is_told_commit_by_commit() {
    let book = Repository::new();
    let mut wrong = String::new();
    for (story, make, expected) in HISTORY {
        make(&book);
        book.commit(story);
        let mut told = book.last();
        let mut expected: Vec<_> = expected.iter().map(|change| (*change).to_owned()).collect();
        told.sort();
        expected.sort();
        if told != expected {
            let _ = writeln!(wrong, "{story}: {told:?} instead of {expected:?}");
        }
        let (code, markdown, _) = book.diff(&["HEAD~1", "HEAD", "--format", "markdown"]);
        if expected.is_empty() {
            assert_eq!((code, markdown.lines().next()), (0, Some("## Error codes: no changes")), "{story}");
        }
    }
    assert_eq!(wrong, "");
    // From end to end, the report is about both states, and not about what happened in between.
    let first = format!("HEAD~{}", HISTORY.len());
    let (code, notes, _) = book.diff(&[&first, "HEAD", "--fail-on", "none", "--format", "markdown"]);
    assert_eq!(code, 0);
    assert!(!notes.contains("To mend it") && !notes.contains("waivers.yaml"), "{notes}");
    assert!(notes.contains("`offline` stands for another value: it was `4` and is `40`"), "{notes}");
}

#[test]
fn fail_on_decides_what_ends_with_which_code() {
    let book = Repository::new();
    let codes = |book: &Repository| {
        ["breaking", "behaviour", "any", "none"].map(|limit| book.diff(&["HEAD", "--fail-on", limit]).0)
    };
    assert_eq!(codes(&book), [0, 0, 0, 0]);
    // The version says enough, so that nothing but the change decides.
    book.edit("spec/errbook.yaml", "1.0.0", "1.1.0");
    book.edit(LOCK, "Wrong access digits.", "Wrong access digits");
    assert_eq!(codes(&book), [0, 0, 1, 0], "a copy edit");
    book.edit(LOCK, "Wrong access digits", "Incorrect access digits");
    assert_eq!(codes(&book), [0, 0, 1, 0], "a note");
    book.edit(LOCK, "kind: unavailable", "kind: internal");
    assert_eq!(codes(&book), [0, 1, 1, 0], "behaviour");
    book.edit(LOCK, "code: 3", "code: 30");
    assert_eq!(codes(&book), [1, 1, 1, 0], "breaking");
    book.edit("spec/errbook.yaml", "errbook: 1", "errbook: [");
    assert_eq!(codes(&book), [2, 2, 2, 2], "no book");
    assert_eq!(book.diff(&["nowhere"]).0, 2);
    assert_eq!(book.diff(&["HEAD", "--fail-on", "much"]).0, 2);
    let (code, _, said) = book.diff(&["HEAD:spec/domains/lock.yaml", "HEAD"]);
    assert!(
        code == 2 && said.contains("is the file of a domain, and only whole books can be compared"),
        "{said}"
    );
}

#[test]
fn the_printed_stanza_is_a_waiver() {
    for (limit, edit) in
        [("breaking", ("code: 3", "code: 30")), ("behaviour", ("kind: unavailable", "kind: internal"))]
    {
        let book = Repository::new();
        book.edit("spec/errbook.yaml", "1.0.0", "2.0.0");
        book.edit(LOCK, edit.0, edit.1);
        let run = |today: &str| {
            let mut errbook = Command::new(env!("CARGO_BIN_EXE_errbook"));
            errbook.current_dir(book.folder.path()).args([
                "diff",
                "HEAD",
                "--fail-on",
                limit,
                "--today",
                today,
            ]);
            let output = errbook.output().expect("errbook runs");
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            (output.status.code(), text, String::from_utf8_lossy(&output.stderr).into_owned())
        };
        let (code, report, _) = run("2026-11-25");
        assert_eq!(code, Some(1), "{limit}");
        let stanza = &report[report.find("waivers:\n").expect("a stanza is printed")..];
        book.write("spec/waivers.yaml", stanza);
        let (code, report, said) = run("2026-11-25");
        assert_eq!(code, Some(0), "{limit}: {report}{said}");
        assert!(report.contains("waived by your name until 2027-02-23: why this may happen"), "{report}");
        // The last day still counts, and the one after it does not.
        assert_eq!(run("2027-02-23").0, Some(0));
        let (code, _, said) = run("2027-02-24");
        assert!(code == Some(1) && said.contains("expired_waiver"), "{said}");
        // Another value is another change, which nobody has waived.
        book.edit(LOCK, edit.1, if limit == "breaking" { "code: 31" } else { "kind: unknown" });
        let (code, _, said) = run("2026-11-25");
        assert!(code == Some(1) && said.contains("unused_waiver"), "{said}");
        // The stanza in Markdown is the same.
        let (_, markdown, _) = book.diff(&["HEAD", "--fail-on", limit, "--format", "markdown"]);
        let stanza = markdown.split("```yaml\n").find(|block| block.trim_start().starts_with("waivers:"));
        let stanza = stanza.and_then(|block| block.split("  ```").next()).expect("a stanza");
        let stanza: String =
            stanza.lines().flat_map(|line| [line.get(2..).unwrap_or_default(), "\n"]).collect();
        book.write("spec/waivers.yaml", &stanza);
        assert_eq!(run("2026-11-25").0, Some(0), "{stanza}");
    }
}

#[test]
fn what_the_base_got_meanwhile_is_no_change() {
    let book = Repository::new();
    book.git(&["checkout", "-q", "-b", "topic"]);
    book.edit(LOCK, "Wrong access digits.", "Incorrect access digits.");
    book.commit("a topic");
    book.git(&["checkout", "-q", "main"]);
    book.edit(LOCK, "code: 4", "code: 40");
    book.commit("somebody else");
    book.git(&["checkout", "-q", "topic"]);
    let (code, report, _) = book.diff(&["main"]);
    assert!(code == 1 && report.contains("value_changed"), "{report}");
    let (code, report, _) = book.diff(&["main", "--merge-base"]);
    assert!(code == 0 && report.contains("text_reworded") && !report.contains("value_changed"), "{report}");
    let (_, both, _) = book.diff(&["main", "topic", "--merge-base", "--format", "markdown"]);
    assert!(both.contains("(`spec/domains/lock.yaml:"), "files of the new book go by their paths: {both}");
    // Neither the work tree nor the index is touched.
    assert_eq!(book.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_name_of_nothing_is_told_and_never_stands_for_another_book() {
    let book = Repository::new();
    book.git(&["tag", "v1"]);
    for (path, text) in [("errbook.yaml", BOOK.to_owned()), ("domains/lock.yaml", book.read(LOCK))] {
        book.write(&format!("apps/other/spec/{path}"), &text);
    }
    book.commit("another book");
    let cases: [(&[&str], &str); 10] = [
        (&[""], "is a variable that should hold its name not set?"),
        (&["HEAD", " "], "is a variable that should hold its name not set?"),
        (&[":spec"], ":spec names no revision before its colon"),
        (&["v1:apps/othr/spec", "apps/other/spec"], "v1 has no book at apps/othr/spec; "),
        (&["HEAD:nope"], "HEAD has no book at nope; "),
        (&["HEAD:spec:x"], "HEAD has no book at spec:x; "),
        (&["HEAD:../x"], "HEAD has no book at ../x; "),
        (
            &["v1", "--book", "apps/other/spec/errbook.yaml"],
            "v1 has no book at apps/other/spec/errbook.yaml; ",
        ),
        (&["nowhere"], "neither a path nor a revision of the repository; if it is a branch"),
        (&["nowhere:spec/"], "neither a path nor a revision of the repository; if it is a branch"),
    ];
    for (arguments, words) in cases {
        let (code, report, said) = book.diff(arguments);
        assert!(code == 2 && report.is_empty() && said.contains(words), "{arguments:?}: {report}{said}");
    }
    for name in ["v1", "v1:", "v1:spec", "v1:spec/", "v1:spec/errbook.yaml", "HEAD:apps/other/", "spec/"] {
        let (code, report, said) = book.diff(&[name]);
        assert!(code == 0 && report.contains("no changes"), "{name}: {report}{said}");
    }
    // A book that has moved is found where it was, if no other stands there now.
    book.git(&["mv", "spec", "errors"]);
    let (code, report, said) = book.diff(&["v1", "--book", "errors/errbook.yaml"]);
    assert!(code == 0 && report.contains("no changes"), "{report}{said}");
}

#[test]
fn what_lint_warns_of_is_no_fault_to_a_comparison() {
    let book = Repository::new();
    book.edit(LOCK, "    kind: unavailable\n", "    kind: unavailable\n    http_status:\n");
    let (code, report, said) = book.diff(&["HEAD", "--fail-on", "any"]);
    assert!(code == 0 && report.contains("no changes"), "{report}{said}");
    assert!(!report.contains("fault") && said.is_empty(), "{report}{said}");
}

#[test]
fn a_place_without_revisions_is_called_so() {
    let book = Repository::new();
    let git = book.path(".git");
    fs::remove_dir_all(&git).expect("writable");
    let (code, _, said) = book.diff(&["v1.0.0"]);
    assert!(
        code == 2 && said.contains("there are no revisions here: ") && said.contains("not a git repository"),
        "{said}"
    );
    assert!(!said.contains("fetch"), "{said}");
    book.git(&["init", "-q", "-b", "main"]);
    let (code, _, said) = book.diff(&["v1.0.0"]);
    assert!(code == 2 && said.contains("there are no revisions here: HEAD has no commit yet"), "{said}");
}

/// What tries to get out of its place: markup, commands of a runner, control characters, and much of it.
const HOSTILE: &str = "</details><script>x</script> ``` `` ` | [a](http://x) ![i](http://y) @all #1 <!-- - ::error::x ##[set-env]y %0A $(id) \\u001b]0;t\\u0007\\u202e\\n## H\\r\\n- x\\u2028";

#[test]
fn a_hostile_book_stays_in_its_place_in_every_format() {
    let book = Repository::new();
    book.edit(LOCK, "Wrong access digits.", &format!("\"{HOSTILE}\""));
    book.edit("spec/errbook.yaml", "title: Locks", &format!("title: \"{HOSTILE}\""));
    book.edit(LOCK, "code: 4", "code: 40");
    let (_, document, _) = book.diff(&["HEAD", "--format", "json"]);
    let document: Value = serde_json::from_str(&document).expect("JSON");
    let changes = document["changes"].as_array().expect("a list");
    let print = |change: &&Value| change["id"] == "value_changed";
    let fingerprint = changes.iter().find(print).expect("it is told")["fingerprint"].as_str().expect("text");
    book.write(
        "spec/waivers.yaml",
        &format!("waivers:\n  - fingerprint: \"{fingerprint}\"\n    reason: \"{HOSTILE}\"\n    who: \"{HOSTILE}\"\n    expires: 2026-12-31\n"),
    );
    let is_quiet = |text: &str| text.chars().all(|ch| ch == '\n' || !errbook::characters::is_hidden(ch));

    let (_, text, said) = book.diff(&["HEAD", "--color", "never"]);
    assert!(is_quiet(&text) && is_quiet(&said), "{text}{said}");

    let (_, markdown, _) = book.diff(&["HEAD", "--format", "markdown"]);
    assert!(is_quiet(&markdown), "{markdown}");
    let mut spans = 0;
    for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let is_ours = ["<details>", "</details>", "<summary>", "</summary>"];
                let ours = is_ours.iter().any(|tag| html.trim_start().starts_with(tag));
                assert!(ours && !html.contains("script"), "{html}");
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("a link in {markdown}"),
            Event::Text(text) => assert!(!text.contains("@all") || text.starts_with(['+', '-']), "{text}"),
            Event::Code(code) => spans += usize::from(code.contains("@all")),
            _ => {}
        }
    }
    assert!(spans >= 3, "the title and the waiver are told: {markdown}");
    assert_eq!(markdown.matches("## Error codes").count(), 1);
    assert!(markdown.lines().all(|line| line.trim() != "## H"), "{markdown}");

    let (_, annotations, _) = book.diff(&["HEAD", "--format", "github"]);
    assert!(is_quiet(&annotations), "{annotations}");
    let form =
        regex::Regex::new(r"^::(error|warning|notice) file=[^:,]+,line=\d+,[a-zA-Z0-9=,_]*title=[a-z_]+::")
            .expect("valid");
    assert!(
        annotations.lines().count() >= 3 && annotations.lines().all(|line| form.is_match(line)),
        "{annotations}"
    );

    let (_, sarif, _) = book.diff(&["HEAD", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif-2.1.0.json"));
    let mut schema: Value = serde_json::from_str(&schema.expect("there")).expect("JSON");
    // Its pattern of languages has a stray bracket, which the validator takes for no expression.
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"]["pattern"] = "".into();
    }
    let validator = jsonschema::options().build(&schema).expect("a schema");
    let faults: Vec<_> = validator.iter_errors(&sarif).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert!(results.iter().any(|result| result["ruleId"] == "value_changed"), "{sarif}");
}

#[test]
fn ten_thousand_changes_fit_into_a_comment() {
    let book = Repository::new();
    let domain = |offset: usize, words: &str| {
        let entries = (0..10_000).map(|index| {
            let code = (index * 2 + offset).to_string();
            entry(&code, &format!("error_{index}"), &format!("{words} {index}."), &format!("错误{index}。"))
        });
        format!("{HEAD}{}", entries.collect::<String>())
    };
    book.write(LOCK, &domain(0, "Error"));
    book.commit("many codes");
    book.write(LOCK, &domain(1, "Fault"));
    let (code, markdown, _) = book.diff(&["HEAD", "--format", "markdown"]);
    assert_eq!(code, 1);
    assert!(markdown.len() <= errbook::diff::markdown::LARGEST, "{} bytes", markdown.len());
    let first = "## Error codes: 10000 breaking changes in `lock`; 10000 names stand for other values\n";
    assert!(markdown.starts_with(first), "{}", markdown.lines().next().unwrap_or_default());
    // What is left out is counted, and every tag and fence that is open is closed.
    let told = markdown.matches("stands for another value: it was").count();
    assert!(
        markdown.contains(&format!("*… and {} more; `errbook diff` lists them all.*", 10_000 - told)),
        "{told}"
    );
    assert_eq!(markdown.matches("<details>").count(), markdown.matches("</details>").count());
    assert!(markdown.matches("```").count().is_multiple_of(2));
    let (_, text, _) = book.diff(&["HEAD"]);
    assert_eq!(text.matches("value_changed\n    `error_").count(), 10_000, "the text lists them all");
}
