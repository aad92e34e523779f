//! How a command ends that cannot run, for the programs that asked for its findings: whatever went wrong, what stands on
//! stdout is a whole document of the form that was asked for, and says so.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
    command.args(arguments).current_dir(folder).output().expect("errbook runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("text")
}

fn validator(text: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(text).expect("a schema is JSON");
    // SARIF's pattern of languages has a stray bracket, which the validator takes for no expression.
    for part in ["run", "toolComponent"] {
        if let Some(language) = schema.pointer_mut(&format!("/definitions/{part}/properties/language")) {
            language["pattern"] = "".into();
        }
    }
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

/// The schemas of SARIF and of a line of JSON.
fn schemas() -> [jsonschema::Validator; 2] {
    let sarif =
        fs::read_to_string(root().join("tests/schemas/sarif-2.1.0.json")).expect("the schema is there");
    [validator(&sarif), validator(errbook::diagnostics::json::SCHEMA)]
}

fn is_valid(validator: &jsonschema::Validator, value: &Value) {
    let faults: Vec<_> = validator.iter_errors(value).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}\n{value:#}");
}

/// A copy of a book without faults.
fn book() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir_all(folder.path().join("spec/domains")).expect("writable");
    for file in ["errbook.yaml", "conditions.yaml", "domains/acme.yaml"] {
        fs::copy(root().join("tests/mistakes/book").join(file), folder.path().join("spec").join(file))
            .expect("copied");
    }
    folder
}

/// The commands that print findings.
const COMMANDS: &[&[&str]] = &[
    &["gen"],
    &["gen", "--check"],
    &["import"],
    &["audit"],
    &["lint"],
    &["lint", "--fix"],
    &["lint", "--write-baseline"],
    &["fmt"],
    &["fmt", "--check"],
    &["diff", "."],
];

/// What keeps a command from running: what is done to the book, what the command line has more, and words of the message.
type Obstacle = (fn(&Path), &'static [&'static str], &'static str);

const OBSTACLES: &[Obstacle] = &[
    (|folder| fs::remove_file(folder.join("spec/errbook.yaml")).expect("writable"), &[], ""),
    (|_| (), &["--book", "no/such.yaml"], "no/such.yaml"),
    (|_| (), &["--book", "spec"], "spec: it is no file"),
    (unreadable, &[], "it is no file"),
    (|_| (), &["--no-such-option"], "'--no-such-option'"),
    (|_| (), &["--color", "blue"], "invalid value 'blue'"),
];

/// Puts a folder in the place of a file, which not even root can read.
fn unreadable(folder: &Path) {
    fs::remove_file(folder.join("spec/domains/acme.yaml")).expect("writable");
    fs::create_dir(folder.join("spec/domains/acme.yaml")).expect("writable");
}

#[test]
fn a_command_that_cannot_run_says_so_in_every_form() {
    let [sarif, line] = schemas();
    for command in COMMANDS {
        for (damage, more, words) in OBSTACLES {
            let folder = book();
            damage(folder.path());
            let run = |format: &[&str]| {
                let output = run(folder.path(), &[command, *more, format].concat());
                assert_eq!(code(&output), 2, "{command:?} {more:?}");
                assert!(!output.stderr.is_empty(), "{command:?} {more:?}: people are told as well");
                output
            };
            let output = run(&["--format", "sarif"]);
            let log: Value = serde_json::from_str(stdout(&output)).expect("JSON");
            is_valid(&sarif, &log);
            let invocation = &log["runs"][0]["invocations"][0];
            assert_eq!(invocation["executionSuccessful"], false, "{command:?} {more:?}");
            assert_eq!(invocation["exitCode"], 2);
            assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
            let notice = &invocation["toolExecutionNotifications"][0];
            assert_eq!(notice["descriptor"]["id"], "could_not_run");
            let message = notice["message"]["text"].as_str().expect("a message");
            assert!(message.contains(words), "{command:?} {more:?}: {message}");
            let output = run(&["--format=json"]);
            let lines: Vec<Value> =
                stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
            assert_eq!(lines.len(), 1, "{command:?} {more:?}: {}", stdout(&output));
            is_valid(&line, &lines[0]);
            assert_eq!((&lines[0]["id"], &lines[0]["level"]), (&"could_not_run".into(), &"error".into()));
            let output = run(&["--format", "github"]);
            let annotation = stdout(&output);
            assert!(annotation.starts_with("::error title=could_not_run::"), "{command:?}: {annotation}");
            assert!(
                annotation.ends_with('\n') && annotation.lines().count() == 1,
                "{command:?}: {annotation}"
            );
            assert!(stdout(&run(&[])).is_empty(), "{command:?} {more:?}");
        }
    }
}

#[test]
fn a_value_that_only_the_book_can_refuse_is_told_as_well() {
    let folder = book();
    for arguments in [
        &["gen", "--domain", "acne"][..],
        &["audit", "--domain", "acne"],
        &["import", "--domain", "acne"],
        &["import", "--translations", "none.csv"],
        &["fmt", "none.yaml"],
        &["diff", "no-such-revision"],
    ] {
        let output = run(folder.path(), &[arguments, &["--format", "json"]].concat());
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stdout(&output).contains("\"could_not_run\""), "{arguments:?}: {}", stdout(&output));
    }
}

#[test]
fn a_log_is_whole_however_the_command_ends() {
    let [sarif, _] = schemas();
    let folder = book();
    let log = |arguments: &[&str]| {
        let output = run(folder.path(), &[arguments, &["--format", "sarif"]].concat());
        let log: Value = serde_json::from_str(stdout(&output)).expect("JSON");
        is_valid(&sarif, &log);
        assert_eq!(
            log["runs"].as_array().map(Vec::len),
            Some(1),
            "{arguments:?}: hosts take one run of a tool"
        );
        let invocation = &log["runs"][0]["invocations"][0];
        assert_eq!(invocation["exitCode"], code(&output), "{arguments:?}");
        assert_eq!(invocation["executionSuccessful"], code(&output) != 2, "{arguments:?}");
        (code(&output), log["runs"][0]["results"].as_array().expect("a list").len())
    };
    for command in COMMANDS {
        let ended = log(command);
        assert_eq!(ended, (0, 0), "{command:?}");
    }
    let domain = folder.path().join("spec/domains/acme.yaml");
    let text = fs::read_to_string(&domain).expect("text");
    fs::write(&domain, text.replace("code: 1003", "code: 1002")).expect("writable");
    for command in COMMANDS.iter().filter(|command| !["fmt", "import", "audit", "diff"].contains(&command[0]))
    {
        assert_eq!(log(command), (2, 1), "{command:?}");
    }
    // Both books of a comparison are at fault, and it is one log.
    fs::write(&domain, text.replace("code: 1003", "code: [")).expect("writable");
    assert_eq!(log(&["diff", ".", "."]).0, 2);
}
