//! The first minutes with errbook: starting a book, help, completions, the manual, and what the README shows of them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn errbook(folder: &Path, arguments: &[&str]) -> Output {
    let command = &mut Command::new(env!("CARGO_BIN_EXE_errbook"));
    command.args(arguments).current_dir(folder).env_remove("COLUMNS").output().expect("errbook runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Every file below a folder, with its text.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let text = std::fs::read_to_string(&path).expect("text");
            found.push((path, text));
        }
    }
    found.sort();
    found
}

#[test]
fn a_new_book_is_in_order_as_it_stands() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in [
        &["init", "book"][..],
        &["gen", "--book", "book/spec/errbook.yaml"],
        &["gen", "--check", "--book", "book/spec/errbook.yaml"],
        &["lint", "--deny-warnings", "--book", "book/spec/errbook.yaml"],
        &["fmt", "--check", "--book", "book/spec/errbook.yaml"],
        &["schema", "--check", "--book", "book/spec/errbook.yaml"],
        &["explain", "1001", "1002", "--book", "book/spec/errbook.yaml"],
    ] {
        let output = errbook(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    }
    let languages = ["java", "kotlin", "markdown", "rust", "swift", "typescript"];
    for language in languages {
        assert!(folder.path().join("book/generated").join(language).is_dir(), "{language} was not written");
    }
}

#[test]
fn what_is_there_is_never_overwritten() {
    for taken in ["errbook.yaml", "spec/errbook.yaml", "spec/domains/example.yaml", "spec/schema/domain.json"]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(taken);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(&path, "mine").expect("writable");
        let output = errbook(folder.path(), &["init"]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert_eq!(files(folder.path()), [(path, "mine".to_owned())]);
    }
}

/// Whether a missing tool is a failure: where everything has to be proven.
fn must_run() -> bool {
    let is_set = |name| std::env::var(name).is_ok_and(|value| !matches!(&*value, "" | "0" | "false"));
    is_set("CI") || is_set("ERRBOOK_REQUIRE_TOOLCHAINS")
}

/// Says past the test harness that a tool is missing, or fails.
fn skip(tool: &str, what: &str) {
    use std::io::Write as _;
    assert!(!must_run(), "{tool} is missing: `cargo xtask setup` installs it");
    let _ = std::io::stderr().write_all(format!("SKIPPED: no {tool} here, so {what}\n").as_bytes());
}

/// What the shells are asked with. `$script` holds what `errbook completions` printed, and `$words` the words of the line.
const SHELLS: [(&str, &[&str], &str); 3] = [
    // As bash calls it: the command, the last word and the one before.
    (
        "bash",
        &["--norc", "-c"],
        r#"
        source "$script"
        COMP_WORDS=($words) COMP_TYPE=9
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        [[ $words == *' ' ]] && COMP_WORDS+=('') && COMP_CWORD=$((COMP_CWORD + 1))
        complete=$(complete -p errbook | sed 's/.*-F \([^ ]*\) .*/\1/')
        $complete errbook "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
        "#,
    ),
    // The script's function runs as it does in a line editor; only the last step, drawing, is ours.
    (
        "zsh",
        &["-f", "-c"],
        r#"
        compdef() { completer=$1 }
        _describe() { local suffix=''; [[ $argv[4] == -S ]] && suffix=$argv[5]
            for one in "${(@P)argv[3]}"; do print -r -- "${one%%:*}$suffix"; done }
        line=$words
        source $script
        words=(${(z)line}); [[ $line == *' ' ]] && words+=('')
        CURRENT=$#words
        $completer
        "#,
    ),
    ("fish", &["--no-config", "-c"], "source $script; complete -C $words"),
];

/// What a shell offers at the end of a line, in order; `None` if it is not here.
fn completed(shell: &str, line: &str, folder: &Path) -> Option<Vec<String>> {
    let (_, arguments, program) = SHELLS.iter().find(|(name, ..)| *name == shell).expect("a shell");
    let script = tempfile::NamedTempFile::new().expect("a temporary file");
    let printed = errbook(folder, &["completions", shell]);
    assert!(printed.status.success() && printed.stdout.len() > 100, "{shell}: {}", said(&printed));
    std::fs::write(script.path(), &printed.stdout).expect("writable");
    let output = Command::new(shell)
        .args(*arguments)
        .arg(program)
        .env("script", script.path())
        .env("words", line)
        .env("PATH", path_with_errbook())
        .env("HOME", folder)
        .current_dir(folder)
        .output()
        .ok()?;
    assert!(output.status.success(), "{shell}: {}", said(&output));
    // fish puts what a word means behind a tab.
    let word = |line: &str| line.split('\t').next().unwrap_or_default().trim().to_owned();
    let mut offered: Vec<_> = String::from_utf8_lossy(&output.stdout).lines().map(word).collect();
    offered.sort();
    Some(offered)
}

/// `PATH`, on which `errbook` is ours.
fn path_with_errbook() -> std::ffi::OsString {
    let binary = Path::new(env!("CARGO_BIN_EXE_errbook"));
    let mut path = std::ffi::OsString::from(binary.parent().expect("it lies in a folder"));
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    path
}

#[test]
fn shells_complete_subcommands_domains_languages_and_codes() {
    for (shell, ..) in SHELLS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let offered = |line: &str| completed(shell, line, folder.path());
        let Some(subcommands) = offered("errbook expl") else {
            skip(shell, "its completion was not tried");
            continue;
        };
        assert_eq!(subcommands, ["explain"], "{shell}");
        let holds = |line: &str, word: &str| {
            let words = offered(line).expect("the shell is here");
            assert!(words.iter().any(|other| other == word), "{shell}: {line}: {words:?}");
        };
        let are = |line: &str, words: &[&str]| {
            assert_eq!(offered(line).expect("the shell is here"), words, "{shell}: {line}");
        };
        are("errbook explain 500", &["500", "5000", "5001", "5002", "5003", "5004", "5005", "5008", "5009"]);
        are(
            "errbook explain aliyun-living/2856",
            &["aliyun-living/28560", "aliyun-living/28563", "aliyun-living/28566", "aliyun-living/28567"],
        );
        holds("errbook explain ", "quectel/");
        holds("errbook explain share_exp", "share_expired");
        are("errbook explain --domain ali", &["aliyun-homelink", "aliyun-living"]);
        are("errbook explain --locale z", &["zh-Hans"]);
        are("errbook gen --language sw", &["swift"]);
        are("errbook vendor --language ", &["java", "kotlin", "rust", "swift", "typescript"]);
        are("errbook completions po", &["powershell"]);
        // The book that is at hand comes first.
        assert!(errbook(folder.path(), &["init", "one"]).status.success());
        are("errbook --book one/spec/errbook.yaml explain --domain ", &["example"]);
        assert!(errbook(folder.path(), &["init"]).status.success());
        are("errbook explain --domain ", &["example"]);
        holds("errbook explain 10", "1001");
    }
}

/// PowerShell is no package of Debian, so its script is only looked at, and asked for what it would ask for.
#[test]
fn the_script_of_powershell_asks_as_the_others_do() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let script = said(&errbook(folder.path(), &["completions", "powershell"]));
    assert!(script.contains("Register-ArgumentCompleter") && script.contains("ERRBOOK_COMPLETE"), "{script}");
    let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args(["--", "errbook", "explain", "quectel/514"])
        .env("ERRBOOK_COMPLETE", "powershell")
        .env("_CLAP_COMPLETE_INDEX", "2")
        .current_dir(folder.path())
        .output()
        .expect("errbook runs");
    let said = said(&output);
    assert!(said.lines().any(|line| line.starts_with("quectel/5142")), "{said}");
}

#[test]
fn the_manual_has_a_page_for_every_subcommand_and_no_fault() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = errbook(folder.path(), &["man", "--out", "man"]);
    assert!(output.status.success(), "{}", said(&output));
    let pages = files(&folder.path().join("man"));
    let help = said(&errbook(folder.path(), &["--help"]));
    let commands = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty());
    let names: Vec<_> = commands
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.contains(&"explain") && names.len() + 1 == pages.len(), "{names:?}: {}", pages.len());
    for (path, text) in &pages {
        assert!(text.contains(".SH NAME") && text.contains("EXIT STATUS"), "{}", path.display());
        match Command::new("mandoc").args(["-T", "lint", "-W", "warning"]).arg(path).output() {
            Ok(output) => {
                let faults = said(&output);
                let faults: Vec<_> = faults.lines().filter(|line| !is_wanted(line)).collect();
                assert!(faults.is_empty(), "{faults:?}");
            }
            Err(_) => skip("mandoc", "the manual was not linted"),
        }
    }
}

/// Of what mandoc has to say, what is as it should be: a date would make the pages differ from day to day.
fn is_wanted(fault: &str) -> bool {
    fault.contains("missing date")
}

/// A name that is nearly a subcommand is answered with that one.
#[test]
fn subcommands_are_suggested() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = errbook(folder.path(), &["explian", "5003"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("'explain'"), "{}", said(&output));
    let alone = errbook(folder.path(), &[]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(said(&alone).contains("errbook explain 5003"), "{}", said(&alone));
}

/// What a terminal showed stands in the README in blocks of `console`; their commands are run in a new folder, and print
/// what the README says, but for how long something took.
#[test]
fn the_recording_in_the_readme_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("it is there");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let time = regex::Regex::new(r"\b\d+ ms").expect("a pattern");
    let mut now = readme.clone();
    let mut count = 0;
    for block in readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        let mut recorded = String::new();
        for line in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
            count += 1;
            // What goes to the terminal goes there in the order it is said.
            let script = format!("exec 2>&1\n{line}");
            let output = Command::new("bash")
                .args(["-c", &script])
                .current_dir(folder.path())
                .env("PATH", path_with_errbook())
                .env("COLUMNS", "100")
                .output();
            let text = said(&output.expect("bash runs"));
            recorded += &["$ ", line, "\n", &time.replace_all(&text, "8 ms")].concat();
        }
        now = now.replace(block, &recorded);
    }
    assert!(count >= 4, "the README shows {count} commands");
    if now != readme && std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(root.join("README.md"), &now).expect("writable");
    } else {
        assert_eq!(now, readme, "UPDATE_EXPECT=1 writes it");
    }
}
