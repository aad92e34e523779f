//! What runs errbook in CI: the action, the workflow files that users copy, and the hooks of pre-commit.
//!
//! Their scripts are taken from the YAML and run by bash as a runner runs them, in a repository with a remote that holds a
//! branch and a pull request; what talks to the code host is a stand-in that writes down what it is asked. jq is the real
//! one; where it is missing, that is a loud skip, and a failure where `CI` or `ERRBOOK_REQUIRE_TOOLCHAINS` is set.

#[path = "shared/copy.rs"]
mod copy;

use copy::copy;
use serde_yaml::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn yaml(file: &str) -> Value {
    let text = fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn steps(value: &Value) -> Vec<Value> {
    let steps = value.get("steps").and_then(Value::as_sequence);
    steps.expect("there are steps").clone()
}

/// Whether the tools of the scripts are here.
fn can_run() -> bool {
    let is_there = |tool: &str| Command::new(tool).arg("--version").output().is_ok();
    if ["bash", "git", "jq"].into_iter().all(is_there) {
        return true;
    }
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    assert!(!is_set("CI") && !is_set("ERRBOOK_REQUIRE_TOOLCHAINS"), "bash, git or jq is missing");
    // Past the test harness, which would swallow it.
    writeln!(std::io::stderr(), "SKIPPED scripts of CI: bash, git or jq is missing").expect("stderr is open");
    false
}

/// A repository on a code host, with the small book on `main` and in a pull request, and a shallow checkout of it.
struct Host {
    folder: tempfile::TempDir,
}

impl Host {
    fn new() -> Self {
        let host = Self { folder: tempfile::tempdir().expect("a folder") };
        for folder in ["origin", "runner", "bin"] {
            fs::create_dir(host.path(folder)).expect("writable");
        }
        host.git("origin", &["init", "-q", "-b", "main"]);
        copy(&root().join("tests/books/small"), &host.path("origin/spec"));
        host.commit("the book");
        host
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn git(&self, folder: &str, arguments: &[&str]) -> String {
        let settings = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        let output = git.arg("-C").arg(self.path(folder)).args(settings).args(arguments).output();
        let output = output.expect("git runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn commit(&self, message: &str) {
        self.git("origin", &["add", "-A"]);
        self.git("origin", &["commit", "-q", "-m", message]);
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let file = self.path(file);
        let text = fs::read_to_string(&file).expect("readable");
        assert!(text.contains(from), "{} holds {from}", file.display());
        fs::write(file, text.replacen(from, to, 1)).expect("writable");
    }

    /// Makes a pull request of the edits, moves `main` on, and checks out what the runner has: only the last commit.
    fn propose(&self, edits: &[(&str, &str, &str)]) {
        self.git("origin", &["checkout", "-q", "-B", "topic"]);
        for (file, from, to) in edits {
            self.edit(file, from, to);
        }
        self.commit("a change");
        self.git("origin", &["update-ref", "refs/pull/7/head", "HEAD"]);
        self.git("origin", &["checkout", "-q", "main"]);
        self.edit("origin/spec/domains/wide.yaml", "Lowest.", "The least of all.");
        self.commit("somebody else's change");
        // What a runner has of a pull request is its merge.
        self.git("origin", &["checkout", "-q", "-B", "merge"]);
        self.git("origin", &["merge", "-q", "--no-edit", "topic"]);
        self.git("origin", &["update-ref", "refs/pull/7/merge", "HEAD"]);
        self.git("origin", &["checkout", "-q", "main"]);
        self.git("origin", &["branch", "-q", "-D", "merge", "topic"]);
        let url = format!("file://{}", self.path("origin").display());
        self.git("", &["init", "-q", "work"]);
        self.git("work", &["remote", "add", "origin", &url]);
        self.git(
            "work",
            &["fetch", "-q", "--depth=1", "origin", "+refs/pull/7/merge:refs/remotes/pull/7/merge"],
        );
        self.git("work", &["checkout", "-q", "refs/remotes/pull/7/merge"]);
    }

    /// Puts a program on the runner's PATH.
    fn stand_in(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/usr/bin/env bash\n{script}")).expect("writable");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    }

    /// Runs a script as a runner does.
    fn bash(&self, script: &str, environment: &BTreeMap<String, String>) -> Output {
        let file = self.path("script.sh");
        fs::write(&file, script).expect("writable");
        let errbook = Path::new(env!("CARGO_BIN_EXE_errbook")).parent().expect("a folder");
        let path = std::env::var("PATH").expect("a PATH");
        let path = format!("{}:{}:{path}", self.path("bin").display(), errbook.display());
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]).arg(file);
        bash.current_dir(self.path("work")).env("PATH", path).env("STAND_IN", self.folder.path());
        bash.env("GIT_TERMINAL_PROMPT", "0").env_remove("GITHUB_BASE_REF");
        bash.envs(environment).output().expect("bash runs")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }
}

/// What a run of the action came to.
#[derive(Debug)]
struct Run {
    code: i32,
    /// What the steps printed.
    log: String,
    /// The outputs of the action.
    outputs: BTreeMap<String, String>,
    summary: String,
    /// What the host was asked, a line for each call.
    calls: Vec<String>,
    /// The last comment that was written.
    body: String,
}

/// What the code host answers.
struct Answers {
    comments: &'static str,
    may_post: bool,
}

const NO_COMMENTS: Answers = Answers { comments: "[]", may_post: true };

/// Runs the action with these inputs, on a pull request if `is_pull_request`.
fn act(host: &Host, inputs: &[(&str, &str)], is_pull_request: bool, answers: &Answers) -> Run {
    let action = yaml("action.yml");
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for (name, input) in action["inputs"].as_mapping().expect("a mapping") {
        known.insert(format!("inputs.{}", name.as_str().expect("a name")), text(input, "default").to_owned());
    }
    for (name, value) in inputs {
        let input = known.get_mut(&format!("inputs.{name}")).expect("an input of the action");
        (*value).clone_into(input);
    }
    known.insert("github.token".to_owned(), "secret".to_owned());
    let number = if is_pull_request { "7" } else { "" };
    known.insert("github.event.pull_request.number".to_owned(), number.to_owned());

    fs::write(host.path("comments.json"), answers.comments).expect("writable");
    host.stand_in(
        "gh",
        &format!(
            "test \"$GH_TOKEN\" = secret || exit 4\necho \"$*\" >> \"$STAND_IN/calls\"\n\
             for word in \"$@\"; do case \"$word\" in body=@*) cp \"${{word#body=@}}\" \"$STAND_IN/body.md\";; esac; done\n\
             case \"$*\" in *--method*) exit {};; *) cat \"$STAND_IN/comments.json\";; esac\n",
            i32::from(!answers.may_post)
        ),
    );
    for file in ["calls", "body.md", "summary"] {
        let _ = fs::remove_file(host.path(file));
    }
    let mut run = Run {
        code: 0,
        log: String::new(),
        outputs: BTreeMap::new(),
        summary: String::new(),
        calls: Vec::new(),
        body: String::new(),
    };
    for step in steps(&action["runs"]).iter().filter(|step| step.get("run").is_some()) {
        let mut environment = BTreeMap::new();
        for (name, value) in step.get("env").and_then(Value::as_mapping).into_iter().flatten() {
            let value = evaluated(value.as_str().expect("text"), &known);
            environment.insert(name.as_str().expect("a name").to_owned(), value);
        }
        for (name, path) in [
            ("GITHUB_OUTPUT", host.path("output")),
            ("GITHUB_STEP_SUMMARY", host.path("summary")),
            ("RUNNER_TEMP", host.path("runner")),
            ("GITHUB_ACTION_PATH", host.path("action")),
        ] {
            environment.insert(name.to_owned(), path.to_string_lossy().into_owned());
        }
        environment.insert("GITHUB_REPOSITORY".to_owned(), "o/r".to_owned());
        if is_pull_request {
            environment.insert("GITHUB_BASE_REF".to_owned(), "main".to_owned());
        }
        fs::write(host.path("output"), "").expect("writable");
        let output = host.bash(text(step, "run"), &environment);
        run.log += &String::from_utf8_lossy(&output.stdout);
        run.log += &String::from_utf8_lossy(&output.stderr);
        let id = text(step, "id");
        for line in host.read("output").lines() {
            let (name, value) = line.split_once('=').expect("NAME=VALUE");
            known.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
        }
        if !output.status.success() {
            run.code = output.status.code().unwrap_or(-1);
            break;
        }
    }
    for (name, output) in action["outputs"].as_mapping().expect("a mapping") {
        run.outputs
            .insert(name.as_str().expect("a name").to_owned(), evaluated(text(output, "value"), &known));
    }
    run.summary = host.read("summary");
    run.calls = host.read("calls").lines().map(str::to_owned).collect();
    run.body = host.read("body.md");
    run
}

/// The value of `${{ a.b }}`; what no step has said is empty, as on a runner.
fn evaluated(text: &str, known: &BTreeMap<String, String>) -> String {
    let Some(path) = text.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")) else {
        return text.to_owned();
    };
    let value = known.get(path).cloned();
    assert!(value.is_some() || path.starts_with("steps."), "nobody knows {path}");
    // A default may be an expression itself.
    value.map(|value| if value == text { value } else { evaluated(&value, known) }).unwrap_or_default()
}

const ERRBOOK: (&str, &str) = ("errbook", env!("CARGO_BIN_EXE_errbook"));
const QUECTEL: &str = "origin/spec/domains/quectel.yaml";
const RENUMBERED: (&str, &str, &str) = (QUECTEL, "code: 5050", "code: 5051");

#[test]
fn no_expression_stands_in_a_script() {
    let action = yaml("action.yml");
    let workflow = yaml("docs/ci/github.yml");
    let mut scripts = 0;
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    for step in steps(&action["runs"]).iter().chain(jobs.values().flat_map(steps).collect::<Vec<_>>().iter())
    {
        let script = text(step, "run");
        assert!(!script.contains("${{"), "an expression in a script: {script}");
        if step.get("run").is_some() {
            assert_eq!(text(step, "shell"), "bash");
            scripts += 1;
        }
        for value in step.get("env").and_then(Value::as_mapping).into_iter().flat_map(|env| env.values()) {
            let path = value.as_str().and_then(|value| value.strip_prefix("${{ ")?.strip_suffix(" }}"));
            let path = path.expect("a variable is one expression");
            // Titles, branches and bodies are written by whoever opens the pull request; a number is a number.
            let is_ours = ["inputs.", "steps."].iter().any(|start| path.starts_with(start));
            assert!(is_ours || path == "github.event.pull_request.number", "{path}");
        }
    }
    assert!(scripts >= 4, "{scripts}");
}

#[test]
fn a_breaking_pull_request_gets_a_comment_and_fails() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    host.propose(&[RENUMBERED]);
    let run = act(&host, &[ERRBOOK], true, &NO_COMMENTS);
    assert_eq!(run.code, 1, "{run:#?}");
    assert_eq!(run.outputs["exit-code"], "1");
    assert_eq!(run.outputs["changes"], "1", "what main got meanwhile is no change of this one: {run:#?}");
    assert_eq!(run.outputs["breaking"], "1");
    let first = "## Error codes: 1 breaking change in `quectel`; a name stands for another value\n\nFrom `origin/main` to `pull/7/head`.";
    assert!(run.body.starts_with(first), "{run:#?}");
    assert!(run.body.ends_with("\n<!-- errbook diff errbook.yaml -->\n"), "{run:#?}");
    assert!(run.body.starts_with(&run.summary) && !run.summary.is_empty(), "{run:#?}");
    // Files are named as the host names them.
    assert!(run.body.contains("(`spec/domains/quectel.yaml:"), "{run:#?}");
    assert!(run.log.contains("::error file=spec/domains/quectel.yaml,line="), "{run:#?}");
    assert_eq!(run.calls.len(), 2, "{run:#?}");
    assert_eq!(run.calls[0], "api --paginate repos/o/r/issues/7/comments?per_page=100");
    assert!(run.calls[1].starts_with("api --silent --method POST repos/o/r/issues/7/comments -F body=@"));
    // The runner's own checkout was no deeper than one commit, and nothing of it has changed.
    assert_eq!(host.git("work", &["status", "--porcelain"]), "");
}

#[test]
fn the_comment_is_updated_and_nobody_elses_is() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    host.propose(&[RENUMBERED]);
    let comments = concat!(
        r#"[{"id": 1, "user": {"type": "User"}, "author_association": "CONTRIBUTOR", "body": "x\n<!-- errbook diff errbook.yaml -->"},"#,
        r#"{"id": 2, "user": {"type": "Bot"}, "author_association": "NONE", "body": null}]"#,
        // The second page.
        r#"[{"id": 3, "user": {"type": "Bot"}, "author_association": "NONE", "body": "x\n<!-- errbook diff other.yaml -->"},"#,
        r#"{"id": 4, "user": {"type": "Bot"}, "author_association": "NONE", "body": "x\n<!-- errbook diff errbook.yaml -->\r\n"},"#,
        r#"{"id": 5, "user": {"type": "Bot"}, "author_association": "NONE", "body": "x\n<!-- errbook diff errbook.yaml -->"}]"#,
    );
    let answers = Answers { comments, may_post: true };
    let run = act(&host, &[ERRBOOK], true, &answers);
    assert_eq!(run.calls.len(), 2, "{run:#?}");
    assert!(
        run.calls[1].starts_with("api --silent --method PATCH repos/o/r/issues/comments/4 -F body=@"),
        "{run:#?}"
    );
}

#[test]
fn a_pull_request_of_a_fork_is_checked_without_a_comment() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    host.propose(&[RENUMBERED]);
    let run = act(&host, &[ERRBOOK], true, &Answers { comments: "[]", may_post: false });
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(run.log.contains("::warning::The report cannot be posted"), "{run:#?}");
    assert!(run.summary.starts_with("## Error codes: 1 breaking change"), "{run:#?}");
    // `pull_request_target` has the branch that the pull request goes to checked out: that is no difference.
    host.git("work", &["fetch", "-q", "--depth=1", "origin", "main"]);
    host.git("work", &["checkout", "-q", "FETCH_HEAD"]);
    let run = act(&host, &[ERRBOOK], true, &NO_COMMENTS);
    assert_eq!((run.code, run.outputs["breaking"].as_str()), (1, "1"), "{run:#?}");
    assert!(run.body.contains("From `origin/main` to `pull/7/head`"), "{run:#?}");
}

#[test]
fn what_breaks_nothing_passes_and_what_changes_nothing_says_nothing() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    host.propose(&[(QUECTEL, "The device is bound.", "The device is bound already.")]);
    let run = act(&host, &[ERRBOOK], true, &NO_COMMENTS);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.body.starts_with("## Error codes: 1 change, which breaks nothing\n"), "{run:#?}");
    let run = act(&host, &[ERRBOOK, ("comment", "false")], true, &NO_COMMENTS);
    assert_eq!((run.code, run.calls.len()), (0, 0), "{run:#?}");
    // Stricter on demand; the version that the change asks for is a warning until then.
    let run = act(&host, &[ERRBOOK, ("fail-on", "any")], true, &NO_COMMENTS);
    assert_eq!(run.code, 1, "{run:#?}");

    let host = Host::new();
    host.propose(&[(QUECTEL, "domain: quectel", "# A comment.\ndomain: quectel")]);
    let run = act(&host, &[ERRBOOK], true, &NO_COMMENTS);
    assert_eq!((run.code, run.calls.len()), (0, 1), "no comment for no change: {run:#?}");
    let ours = r#"[{"id": 9, "user": {"type": "Bot"}, "author_association": "NONE", "body": "<!-- errbook diff errbook.yaml -->"}]"#;
    let run = act(&host, &[ERRBOOK], true, &Answers { comments: ours, may_post: true });
    assert!(run.calls[1].contains("PATCH"), "what is not true any more is told anew: {run:#?}");
    assert!(run.body.starts_with("## Error codes: no changes\n"), "{run:#?}");
}

#[test]
fn hostile_text_gives_the_runner_no_command() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    let hostile =
        "code: 5051\n    note: \"##[error]a ::error::b $(touch pwned) `touch pwned` ::set-output name=x::y\"";
    host.propose(&[
        (QUECTEL, "code: 5050", hostile),
        (QUECTEL, "kind: ok", "kind: \"::error::no such %0A kind\""),
    ]);
    let run = act(&host, &[ERRBOOK], true, &NO_COMMENTS);
    assert_eq!((run.code, run.outputs["exit-code"].as_str()), (2, "2"), "{run:#?}");
    assert!(run.body.starts_with("## Error codes: the books cannot be compared\n"), "{run:#?}");
    assert!(!host.path("work/pwned").exists());
    // Whatever quotes the book stands where commands are off, or in the message of a command of ours.
    let mut stopped: Option<String> = None;
    let mut quotes = 0;
    for line in run.log.lines() {
        if let Some(token) = line.strip_prefix("::stop-commands::") {
            assert_eq!(token.len(), 32, "{line}");
            stopped = Some(format!("::{token}::"));
        } else if stopped.as_deref() == Some(line) {
            stopped = None;
        } else if line.contains("no such") {
            assert!(
                stopped.is_some() || line.starts_with("::error file=spec/domains/quectel.yaml,line="),
                "{line}"
            );
            quotes += 1;
        }
    }
    assert!(quotes >= 2 && stopped.is_none(), "{run:#?}");
}

#[test]
fn a_first_book_and_a_missing_base_are_told_apart() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    host.git("origin", &["mv", "spec", "elsewhere"]);
    host.commit("no book where one is looked for");
    host.propose_first_book();
    let run = act(&host, &[ERRBOOK], true, &NO_COMMENTS);
    assert_eq!((run.code, run.calls.len()), (0, 0), "{run:#?}");
    assert!(run.log.contains("::notice::origin/main has no book yet"), "{run:#?}");
    // A path that nobody has is a mistake, and not a first book.
    let run = act(&host, &[ERRBOOK, ("book", "sepc/errbook.yaml")], true, &NO_COMMENTS);
    assert_eq!(run.code, 2, "{run:#?}");
    let run = act(&host, &[ERRBOOK], false, &NO_COMMENTS);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.log.contains("::error::This is no pull request"), "{run:#?}");
    // With a base, a push is compared, too.
    host.edit("work/spec/domains/quectel.yaml", "code: 5050", "code: 5051");
    host.git("work", &["commit", "-qam", "a push"]);
    let run = act(&host, &[ERRBOOK, ("base", "HEAD~1"), ("book", "spec/errbook.yaml")], false, &NO_COMMENTS);
    assert_eq!((run.code, run.calls.len(), run.outputs["changes"].as_str()), (1, 0, "1"), "{run:#?}");
}

impl Host {
    /// Makes a pull request that brings the book.
    fn propose_first_book(&self) {
        self.git("origin", &["checkout", "-q", "-B", "topic"]);
        self.git("origin", &["mv", "elsewhere", "spec"]);
        self.commit("a book");
        self.git("origin", &["update-ref", "refs/pull/7/head", "HEAD"]);
        self.git("origin", &["checkout", "-q", "main"]);
        self.git("", &["clone", "-q", "origin", "work"]);
        self.git("work", &["fetch", "-q", "origin", "refs/pull/7/head"]);
        self.git("work", &["checkout", "-q", "FETCH_HEAD"]);
    }
}

#[test]
fn without_a_program_one_is_built_once() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    host.propose(&[RENUMBERED]);
    fs::create_dir(host.path("action")).expect("writable");
    fs::write(host.path("action/Cargo.toml"), "").expect("writable");
    host.stand_in(
        "cargo",
        "echo \"$*\" >> \"$STAND_IN/cargo\"\nmkdir -p \"${@: -1}/bin\" && ln -s \"$(command -v errbook)\" \"${@: -1}/bin/errbook\"\n",
    );
    for _ in 0..2 {
        let run = act(&host, &[], true, &NO_COMMENTS);
        assert_eq!((run.code, run.outputs["breaking"].as_str()), (1, "1"), "{run:#?}");
    }
    let calls = host.read("cargo");
    let (action, target) = (host.path("action"), host.path("runner/errbook"));
    let expected =
        format!("install --quiet --locked --path {} --root {}\n", action.display(), target.display());
    assert_eq!(calls, expected);
}

#[test]
fn the_workflow_uses_what_the_action_has() {
    let action = yaml("action.yml");
    let workflow = yaml("docs/ci/github.yml");
    let permissions = &workflow["permissions"];
    assert_eq!((text(permissions, "contents"), text(permissions, "pull-requests")), ("read", "write"));
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    let all: Vec<_> = jobs.values().flat_map(steps).collect();
    let ours = all.iter().find(|step| text(step, "uses").contains("/errbook@")).expect("our action");
    for (name, _) in ours.get("with").and_then(Value::as_mapping).into_iter().flatten() {
        assert!(action["inputs"].get(name).is_some(), "{name:?}");
    }
    let documentation = fs::read_to_string(root().join("docs/ci.md")).expect("readable");
    for kind in ["inputs", "outputs"] {
        for (name, input) in action[kind].as_mapping().expect("a mapping") {
            let name = name.as_str().expect("a name");
            assert!(documentation.contains(&format!("`{name}`")), "docs/ci.md does not know {name}");
            assert!(!text(input, "description").is_empty(), "{name}");
        }
    }
    for link in ["ci/github.yml", "ci/gitlab.yml"] {
        assert!(documentation.contains(link) && root().join("docs").join(link).is_file());
    }
}

#[test]
fn the_job_of_gitlab_compares_posts_and_fails() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    host.propose(&[RENUMBERED]);
    host.git("work", &["fetch", "-q", "--unshallow", "origin", "+refs/pull/7/head:refs/heads/topic"]);
    host.git("work", &["checkout", "-q", "topic"]);
    host.stand_in(
        "cargo",
        "mkdir -p .errbook/bin && ln -s \"$(command -v errbook)\" .errbook/bin/errbook\necho \"$*\" > \"$STAND_IN/cargo\"\n",
    );
    host.stand_in(
        "curl",
        "echo \"$*\" >> \"$STAND_IN/calls\"\n\
         case \"$*\" in\n\
         */user) echo '{\"id\": 3}';;\n\
         *body@*) cp error-codes.md \"$STAND_IN/body.md\";;\n\
         *) cat \"$STAND_IN/notes.json\";;\n\
         esac\n",
    );
    let job = yaml("docs/ci/gitlab.yml");
    let job = &job["error-codes"];
    let lines = |key: &str| {
        let lines = job[key].as_sequence().expect("a list").iter();
        lines.map(|line| line.as_str().expect("text")).collect::<Vec<_>>().join("\n")
    };
    let script = format!("{}\n{}\n", lines("before_script"), lines("script"));
    let mut environment: BTreeMap<String, String> = [
        ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
        ("CI_API_V4_URL", "api"),
        ("CI_PROJECT_ID", "5"),
        ("CI_MERGE_REQUEST_IID", "7"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let run = |environment: &_| {
        let _ = fs::remove_file(host.path("calls"));
        let output = host.bash(&script, environment);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("## Error codes: 1 breaking change"), "{said}");
        host.read("calls")
    };
    assert_eq!(run(&environment), "", "without a token, nothing is posted");
    assert!(
        host.read("cargo")
            .starts_with("install --quiet --locked --git https://HOST/OWNER/errbook.git --tag v")
    );
    environment.insert("ERRBOOK_TOKEN".to_owned(), "secret".to_owned());
    for (notes, call) in [
        ("[]", "--request POST --data-urlencode body@error-codes.md api/projects/5/merge_requests/7/notes\n"),
        (
            r#"[{"id": 1, "author": {"id": 2}, "body": "<!-- errbook diff -->"}, {"id": 8, "author": {"id": 3}, "body": "x\n<!-- errbook diff -->"}]"#,
            "--request PUT --data-urlencode body@error-codes.md api/projects/5/merge_requests/7/notes/8\n",
        ),
    ] {
        fs::write(host.path("notes.json"), notes).expect("writable");
        let calls = run(&environment);
        assert!(calls.ends_with(call), "{calls}");
        assert!(host.read("body.md").ends_with("\n\n<!-- errbook diff -->\n"));
    }
}

#[test]
fn the_hooks_of_pre_commit_run() {
    if !can_run() {
        return;
    }
    let host = Host::new();
    fs::remove_dir_all(host.path("origin/spec")).expect("writable");
    fs::create_dir_all(host.path("origin/spec/domains")).expect("writable");
    let book = "errbook: 1\nversion: 1.0.0\ntitle: Locks\nlocales: [en]\ndomains: [lock]\noutputs:\n  json: {dir: ../generated/json}\n";
    fs::write(host.path("origin/spec/errbook.yaml"), book).expect("writable");
    let entry = |code: &str, name: &str| {
        format!(
            "  - code: {code}\n    name: {name}\n    kind: internal\n    message:\n      en: The lock is {name}.\n"
        )
    };
    let domain = format!(
        "domain: lock\ntitle: Locks\ncode_type: int32\nerrors:\n{}{}",
        entry("7", "jammed"),
        entry("8", "frozen")
    );
    fs::write(host.path("origin/spec/domains/lock.yaml"), domain).expect("writable");
    host.commit("a book of locks");
    host.git("", &["clone", "-q", "origin", "work"]);
    let environment = BTreeMap::new();
    assert!(host.bash("errbook gen && errbook fmt", &environment).status.success());
    host.git("work", &["add", "-A"]);
    host.git("work", &["commit", "-q", "-m", "in its one form"]);
    let hooks = yaml(".pre-commit-hooks.yaml");
    let run = || {
        let mut codes = BTreeMap::new();
        for hook in hooks.as_sequence().expect("a list") {
            for key in ["id", "name", "description", "entry", "language"] {
                assert!(!text(hook, key).is_empty(), "{key} of {hook:?}");
            }
            let arguments = hook.get("args").and_then(Value::as_sequence).into_iter().flatten();
            let arguments = arguments.map(|argument| argument.as_str().expect("text")).collect::<Vec<_>>();
            let command = format!("{} {}", text(hook, "entry"), arguments.join(" "));
            let output = host.bash(&command, &environment);
            codes.insert(text(hook, "id").to_owned(), output.status.code());
        }
        codes
    };
    let expected = |codes: [i32; 4]| -> BTreeMap<String, Option<i32>> {
        let ids = ["errbook-diff", "errbook-fmt", "errbook-gen-check", "errbook-lint"];
        ids.into_iter().map(str::to_owned).zip(codes.map(Some)).collect()
    };
    assert_eq!(run(), expected([0, 0, 0, 0]));
    host.edit("work/spec/domains/lock.yaml", "code: 7", "code: 5");
    assert_eq!(run(), expected([1, 0, 1, 0]));
    host.edit("work/spec/domains/lock.yaml", "code: 5", "code: 8");
    assert_eq!(run(), expected([1, 0, 2, 2]), "a code that stands twice");
}
