//! `errbook lint` as people and CI run it: exit codes, fixes, the baseline, and the forms for other programs.

use errbook::diagnostics::MOST_PRINTED;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const BOOK: &str = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n";

/// A book of one domain with these entries, and what stands at the end of `errbook.yaml`.
fn book(entries: &str, settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("domains")).expect("writable");
    fs::write(folder.path().join("errbook.yaml"), format!("{BOOK}{settings}")).expect("writable");
    let domain = format!("domain: d\ntitle: D\ncode_type: string\nerrors:\n{entries}");
    fs::write(folder.path().join("domains/d.yaml"), domain).expect("writable");
    folder
}

fn entry(code: &str, name: &str, en: &str) -> String {
    format!(
        "  - code: {code}\n    name: {name}\n    kind: internal\n    message:\n      en: {en}\n      zh-Hans: 失败。\n"
    )
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args([&["lint"], arguments].concat())
        .current_dir(folder)
        .output()
        .expect("errbook runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

#[test]
fn the_exit_code_tells_warnings_errors_and_invalid_books_apart() {
    let clean = book(&entry("\"1\"", "bind_failed", "It failed."), "");
    let output = lint(clean.path(), &[]);
    assert_eq!((code(&output), stderr(&output).as_str()), (0, "no findings\n"));
    let warns = book(&entry("\"1\"", "bind_failed", "It failed"), "");
    assert_eq!(code(&lint(warns.path(), &[])), 0);
    assert_eq!(code(&lint(warns.path(), &["--deny-warnings"])), 1);
    let denies =
        book(&entry("\"1\"", "bind_failed", "It failed"), "lints: {missing_final_punctuation: deny}\n");
    assert_eq!(code(&lint(denies.path(), &[])), 1);
    let off = book(&entry("\"1\"", "bind_failed", "It failed"), "lints: {missing_final_punctuation: off}\n");
    assert_eq!(code(&lint(off.path(), &["--deny-warnings"])), 0);
    let invalid = book(&entry("1", "bind_failed", "It failed."), "");
    assert_eq!(code(&lint(invalid.path(), &[])), 2);
    assert_eq!(code(&lint(clean.path(), &["--explain", "no_such_thing"])), 2);
}

#[test]
fn a_fix_keeps_line_ends_and_the_byte_order_mark() {
    let folder = book(&entry("1", "bind_failed", "\"It  failed. \""), "");
    let path = folder.path().join("domains/d.yaml");
    let text = fs::read_to_string(&path).expect("text");
    fs::write(&path, format!("\u{FEFF}{}", text.replace('\n', "\r\n"))).expect("writable");
    let output = lint(folder.path(), &["--fix"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("2 mended"), "{}", stderr(&output));
    let mended = fs::read_to_string(&path).expect("text");
    let expected = text.replace("code: 1", "code: \"1\"").replace("\"It  failed. \"", "It failed.");
    assert_eq!(mended, format!("\u{FEFF}{}", expected.replace('\n', "\r\n")));
    let before = fs::metadata(&path).and_then(|file| file.modified()).expect("a time");
    assert!(stderr(&lint(folder.path(), &["--fix"])).contains("0 mended"));
    assert_eq!(fs::metadata(&path).and_then(|file| file.modified()).expect("a time"), before);
}

#[test]
fn a_fix_changes_its_text_and_nothing_else() {
    let text = |name: &str, message: &str| {
        format!("  - code: \"{name}\"\n    name: {name}\n    kind: internal\n    message: {message}\n")
    };
    let flow = text("bind_failed", "{en: \"It  failed, too.\", zh-Hans: 失败。}");
    let literal = text("read_failed", "\n      en: |-\n        It  failed.\n      zh-Hans: 失败。");
    let folded = text(
        "send_failed",
        "\n      zh-Hans: 失败。\n      en: >- # why\n        It  failed\n        again.",
    );
    let last = text("write_failed", "\n      zh-Hans: 失败。\n      en: |-\n        It  failed, too.");
    let entries = [flow, literal, folded, last].concat();
    // The last block has no line end, as some editors leave it.
    let folder = book(entries.trim_end(), "");
    let path = folder.path().join("domains/d.yaml");
    let before = fs::read_to_string(&path).expect("text");
    let output = lint(folder.path(), &["--fix"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("4 mended\nno findings"), "{}", stderr(&output));
    // The file was not in its one form, so that it is not formatted: a block becomes a text in one line where it stands.
    let expected = before
        .replace("\"It  failed, too.\"", "\"It failed, too.\"")
        .replace("|-\n        It  failed.\n", "It failed.\n")
        .replace(">- # why\n        It  failed\n        again.", "It failed again. # why")
        .replace("|-\n        It  failed, too.", "\"It failed, too.\"");
    assert_eq!(fs::read_to_string(&path).expect("text"), expected);
}

#[test]
fn a_book_with_more_findings_than_are_looked_at_is_mended_in_several_runs() {
    let entry = |code: usize| {
        let message = "{en: \"It failed. \", zh-Hans: \"失败。 \"}";
        let solution = "{en: \"Try again. \", zh-Hans: \"请重试。 \"}";
        let start = format!("- {{code: \"{code}\", name: n{code}, kind: internal");
        format!("{start}, message: {message}, solution: {solution}}}\n")
    };
    let entries: String = (10_000..10_010 + MOST_PRINTED / 4).map(entry).collect();
    let folder = book(&entries, "");
    let text = || fs::read_to_string(folder.path().join("domains/d.yaml")).expect("readable");
    let first = lint(folder.path(), &["--fix"]);
    assert_eq!(code(&first), 1);
    let said = stderr(&first);
    assert!(said.starts_with("25000 mended; run `errbook lint --fix` again for what is left\n"), "{said}");
    assert_eq!(text().matches(". \"").count() + text().matches("。 \"").count(), 40);
    let second = lint(folder.path(), &["--fix"]);
    assert!(stderr(&second).starts_with("40 mended\n"), "{}", stderr(&second));
    let mended = [("\"It failed. \"", "It failed."), ("\"Try again. \"", "Try again.")];
    let mended = mended.into_iter().chain([("\"失败。 \"", "失败。"), ("\"请重试。 \"", "请重试。")]);
    let mended = mended.fold(entries, |text, (old, new)| text.replace(old, new));
    assert!(text().ends_with(&mended));
}

/// Whatever looks for the ends of the line of each entry would read the whole book for each.
#[test]
fn a_book_of_one_line_is_read_and_told_like_any_other() {
    const ENTRIES: usize = 4_000;
    let entry = |code: usize| {
        format!(
            "{{code: \"{code}\", name: n{code}, kind: internal, message: {{en: \"It failed. \", zh-Hans: 失败。}}}}"
        )
    };
    let entries: Vec<_> = (10_000..10_000 + ENTRIES).map(entry).collect();
    let line = format!("  [{}]", entries.join(", "));
    let folder = book(&format!("{line}\n"), "");
    let output = lint(folder.path(), &["--format", "github"]);
    let told = String::from_utf8(output.stdout).expect("text");
    let columns = told.lines().filter_map(|line| line.split_once("col=")?.1.split(',').next()?.parse().ok());
    let wanted = line.match_indices("\"It failed. \"").map(|(at, _)| line[..at].chars().count() + 1);
    assert_eq!(columns.collect::<Vec<usize>>(), wanted.collect::<Vec<_>>());
    for format in ["json", "sarif"] {
        let output = lint(folder.path(), &["--format", format]);
        let told = String::from_utf8(output.stdout).expect("text");
        assert_eq!(told.matches("stray_blank").count() / ENTRIES, 1, "{format}");
    }
    assert_eq!(stderr(&lint(folder.path(), &["--fix"])), format!("{ENTRIES} mended\nno findings\n"));
}

/// An editor that does what JSON says writes what `--fix` does, whatever the value looks like.
#[test]
fn an_edit_of_json_is_what_a_fix_does() {
    for value in ["True", "'True'", "|-\n      True", ">2- # why\n      True\n\n", "|-\n      True\n    # c"]
    {
        let text = entry("\"1\"", "bind_failed", "It failed.").replace("internal", "unavailable");
        let folder =
            book(&text.replace("    message:", &format!("    retryable: {value}\n    message:")), "");
        let path = folder.path().join("domains/d.yaml");
        let mut made = fs::read_to_string(&path).expect("text");
        let told = lint(folder.path(), &["--format", "json"]).stdout;
        let told: Value = serde_json::from_slice(&told).expect("one finding");
        let edit = &told["fix"]["edits"][0];
        let at = |end: &str| usize::try_from(edit[end]["offset"].as_u64().expect("a number")).expect("small");
        made.replace_range(at("start")..at("end"), edit["text"].as_str().expect("text"));
        let sarif: Value =
            serde_json::from_slice(&lint(folder.path(), &["--format", "sarif"]).stdout).expect("JSON");
        let replaced = &sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(replaced["insertedContent"]["text"], edit["text"], "{value}");
        assert_eq!(replaced["deletedRegion"]["startLine"], edit["start"]["line"], "{value}");
        let output = lint(folder.path(), &["--fix"]);
        assert_eq!(code(&output), 0, "{value}: {}", stderr(&output));
        assert_eq!(fs::read_to_string(&path).expect("text"), made, "{value}");
        assert!(made.contains("\n    retryable: true") && !made.contains("True"), "{made}");
    }
}

/// A key that goes away takes along what `--fix` takes along: its line, or its comma.
#[test]
fn an_edit_of_json_that_removes_is_what_a_fix_does() {
    let unused = "near_duplicate_name";
    for (form, is_told) in [
        (format!("allow: {{{unused}: Long ago.}}\n"), true),
        (format!("allow:\n      {unused}: Long ago.\n"), true),
        (format!("allow:\n      {unused}: |-\n        Long\n        ago.\n"), true),
        (format!("allow:\n      {unused}: Long ago. # It was so.\n"), false),
    ] {
        let text = entry("\"1\"", "bind_failed", "It failed.");
        let folder = book(&text.replace("    message:", &format!("    {form}    message:")), "");
        let path = folder.path().join("domains/d.yaml");
        let old = fs::read_to_string(&path).expect("text");
        let told = lint(folder.path(), &["--format", "json"]).stdout;
        let told: Value = serde_json::from_slice(&told).expect("one finding");
        assert_eq!(told["id"], "unused_allow", "{form}");
        let made = if is_told {
            let edit = &told["fix"]["edits"][0];
            let at =
                |end: &str| usize::try_from(edit[end]["offset"].as_u64().expect("a number")).expect("small");
            format!("{}{}", &old[..at("start")], &old[at("end")..])
        } else {
            assert!(told.get("fix").is_none_or(Value::is_null), "{told}");
            old
        };
        lint(folder.path(), &["--fix"]);
        assert_eq!(fs::read_to_string(&path).expect("text"), made, "{form}");
        assert_eq!(made.contains("allow"), !is_told, "{made}");
    }
}

#[test]
fn a_great_book_is_mended_in_one_round_of_a_run() {
    let note = format!("    note: {}\n", "Much. ".repeat(170_000).trim_end());
    let great = |code: usize| entry(&format!("\"{code}\""), &format!("n{code}"), "\"It failed. \"") + &note;
    let folder = book(&(1..=9).map(great).collect::<String>(), "");
    let first = lint(folder.path(), &["--fix"]);
    let said = "9 mended; run `errbook lint --fix` again for what is left\n";
    assert_eq!((code(&first), stderr(&first).as_str()), (1, said));
    let second = lint(folder.path(), &["--fix"]);
    assert_eq!(code(&second), 0);
    assert!(stderr(&second).starts_with("0 mended\n"));
}

#[test]
fn a_fix_leaves_a_file_with_mixed_line_ends_alone() {
    let folder = book(&entry("\"1\"", "bind_failed", "\"It  failed.\""), "");
    let path = folder.path().join("domains/d.yaml");
    let mixed = fs::read_to_string(&path).expect("text").replacen('\n', "\r\n", 1);
    fs::write(&path, &mixed).expect("writable");
    let output = lint(folder.path(), &["--fix"]);
    assert_eq!(code(&output), 2, "{}", stderr(&output));
    assert!(stderr(&output).contains("mixed line ends"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).expect("text"), mixed);
}

#[test]
fn a_baseline_knows_old_findings_and_tells_new_ones() {
    let folder =
        book(&entry("\"1\"", "bind_failed", "It failed"), "lints: {missing_final_punctuation: deny}\n");
    assert_eq!(code(&lint(folder.path(), &["--write-baseline"])), 0);
    let known = lint(folder.path(), &[]);
    assert_eq!(code(&known), 0, "{}", stderr(&known));
    assert!(stderr(&known).contains("1 known in the baseline"), "{}", stderr(&known));
    let path = folder.path().join("domains/d.yaml");
    let text = fs::read_to_string(&path).expect("text");
    fs::write(&path, format!("{text}{}", entry("\"2\"", "unbind_failed", "It failed, too")))
        .expect("writable");
    let new = lint(folder.path(), &[]);
    assert_eq!(code(&new), 1);
    assert_eq!(stderr(&new).matches("missing_final_punctuation").count(), 1, "{}", stderr(&new));
    fs::write(&path, text.replace("It failed", "It failed.")).expect("writable");
    assert!(stderr(&lint(folder.path(), &[])).contains("unused_baseline"));
}

#[test]
fn a_text_too_long_for_java_is_told_where_it_stands() {
    let long = "\u{1f600}".repeat(20_000);
    let solution = "    solution:\n      en: Try again.\n      zh-Hans: 重试。\n";
    let entry = entry("\"1\"", "bind_failed", "It failed.") + solution;
    for (text, line) in [("It failed.", 9), ("失败。", 10), ("Try again.", 12), ("重试。", 13)] {
        let folder = book(&entry.replace(text, &long), "outputs:\n  java: {dir: out, package: com.acme}\n");
        let output = lint(folder.path(), &["--format", "json"]);
        let told = String::from_utf8(output.stdout).expect("text");
        let findings = told.lines().map(|line| serde_json::from_str(line).expect("an object a line"));
        let found: Vec<Value> = findings.filter(|finding: &Value| finding["id"] == "text_too_long").collect();
        assert_eq!(found.len(), 1, "{told}");
        assert_eq!(found[0]["labels"][0]["start"]["line"], line, "{}", found[0]);
    }
}

#[test]
fn every_format_tells_the_same_findings() {
    let entries = entry("\"1\"", "bind_failed", "It failed")
        + &entry("\"2\"", "unbind_failed", "\"100%: {}, \\u202E\"");
    let folder = book(&entries, "");
    let text = stderr(&lint(folder.path(), &[]));
    let ids = ["missing_final_punctuation", "placeholder_in_text", "invisible_character"];
    for id in ids {
        assert!(text.contains(&format!("[{id}]")), "{id}: {text}");
    }
    assert!(!text.contains('\u{202E}'), "{text}");
    let json = lint(folder.path(), &["--format", "json"]);
    let lines: Vec<Value> = String::from_utf8(json.stdout)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object a line"))
        .collect();
    let count =
        text.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning[")).count();
    assert_eq!(lines.len(), count, "{text}");
    assert_eq!(lines[0]["labels"][0]["path"], "domains/d.yaml");
    assert_eq!(lines[0]["labels"][0]["start"], serde_json::json!({"line": 9, "column": 11, "offset": 123}));
    assert_eq!(lines[0]["level"], "warning");
    let github = String::from_utf8(lint(folder.path(), &["--format", "github"]).stdout).expect("text");
    assert_eq!(github.lines().count(), count, "{github}");
    assert!(
        github.lines().all(|line| line.starts_with("::error file=") || line.starts_with("::warning file="))
    );
    let sarif: Value =
        serde_json::from_slice(&lint(folder.path(), &["--format", "sarif"]).stdout).expect("JSON");
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), count);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "domains/d.yaml");
    }
    let clean = book(&entry("\"1\"", "bind_failed", "It failed."), "");
    let empty: Value =
        serde_json::from_slice(&lint(clean.path(), &["--format", "sarif"]).stdout).expect("JSON");
    assert_eq!(empty["runs"][0]["results"], serde_json::json!([]));
    assert!(lint(clean.path(), &["--format", "json"]).stdout.is_empty());
}

#[test]
fn everything_that_is_told_can_be_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let listed = String::from_utf8(lint(folder.path(), &["--explain"]).stdout).expect("text");
    assert!(listed.lines().count() > 80, "{listed}");
    for id in ["unsorted", "repeated_key", "text_differs"] {
        assert!(listed.lines().any(|line| line == id), "{listed}");
        let output = lint(folder.path(), &["--explain", id]);
        assert!(String::from_utf8(output.stdout).expect("text").starts_with(&format!("# {id}\n")));
    }
    let output = lint(folder.path(), &["--explain", "unsortd"]);
    assert!(stderr(&output).contains("did you mean `unsorted`?"), "{}", stderr(&output));
}

#[test]
fn misspelt_words_of_the_command_line_are_met_with_the_right_ones() {
    let folder =
        book(&entry("\"1\"", "bind_failed", "It failed."), "outputs: {kotlin: {package: com.acme}}\n");
    fs::rename(folder.path().join("domains/d.yaml"), folder.path().join("domains/acme-cloud.yaml"))
        .expect("writable");
    for file in ["errbook.yaml", "domains/acme-cloud.yaml"] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("text");
        let text = text
            .replace("domains: [d]", "domains: [acme-cloud]")
            .replace("domain: d\n", "domain: acme-cloud\n");
        fs::write(&path, text).expect("writable");
    }
    for (arguments, hint) in [
        (["gne", "", ""], "a similar subcommand exists: 'gen'"),
        (["expalin", "1", ""], "a similar subcommand exists: 'explain'"),
        (["gen", "--domain", "acme_clud"], "did you mean `acme-cloud`?"),
        (["explain", "--domain=Acme-Cloud", "1"], "did you mean `acme-cloud`?"),
        (["gen", "--language", "Kotln"], "did you mean `kotlin`?"),
        (["lint", "--explain", "reapeted_key"], "did you mean `repeated_key`?"),
        (["lint", "--format", "sariff"], "a similar value exists: 'sarif'"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
            .args(arguments.iter().filter(|argument| !argument.is_empty()))
            .current_dir(folder.path())
            .output()
            .expect("errbook runs");
        assert!(code(&output) == 2 && stderr(&output).contains(hint), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn texts_are_mended_however_they_are_written_and_entries_are_sorted() {
    let entries = "  # The second one.
  - code: \"2\"
    name: bind_failed
    kind: internal
    message: {en: \"It  failed.\", zh-Hans: '设备离线,请重试。'}
    solution:
      en: | # kept
        Try  again.
        Or not.
      zh-Hans: >-
        请  稍后
        再试。
    allow:
      long_text: no reason at all
  # The first one.
  - code: \"1\"
    name: call_failed
    kind: internal
    message:
      en: It
        failed.\u{A0}Sorry.
      zh-Hans: 失败。
";
    let folder = book(entries, "");
    let output = lint(folder.path(), &["--fix", "--deny-warnings"]);
    assert_eq!((code(&output), stderr(&output).as_str()), (0, "7 mended\nno findings\n"));
    let mended = fs::read_to_string(folder.path().join("domains/d.yaml")).expect("text");
    let expected = "domain: d
title: D
code_type: string
errors:
  # The first one.
  - code: \"1\"
    name: call_failed
    kind: internal
    message:
      en: It failed. Sorry.
      zh-Hans: 失败。
  # The second one.
  - code: \"2\"
    name: bind_failed
    kind: internal
    message:
      en: It failed.
      zh-Hans: 设备离线，请重试。
    solution:
      en: |- # kept
        Try again.
        Or not.
      zh-Hans: 请 稍后 再试。
";
    assert_eq!(mended, expected);
}

#[test]
fn what_stands_beside_a_book_is_looked_at_whether_the_book_is_valid_or_not() {
    let waivers =
        "waivers:\n  - fingerprint: x\n    reasn: It was never sent.\n    who: A\n    expires: 2027-02-30\n";
    let baseline = "baseline:\n  - lint: unsorted\n    att: d/1\n";
    for (entries, exit) in
        [(entry("\"1\"", "bind_failed", "It failed."), 1), (entry("1", "bind_failed", "It failed."), 2)]
    {
        let folder = book(&entries, "");
        fs::write(folder.path().join("waivers.yaml"), waivers).expect("writable");
        fs::write(folder.path().join("lint-baseline.yaml"), baseline).expect("writable");
        let output = lint(folder.path(), &[]);
        let said = String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).expect("text");
        assert_eq!(code(&output), exit, "{said}");
        for told in ["waivers.yaml:3:5", "waivers.yaml:5:14", "lint-baseline.yaml:3:5"] {
            assert!(said.contains(told), "{told}: {said}");
        }
    }
}

#[test]
fn a_change_that_is_waived_twice_is_told() {
    let folder = book(&entry("\"1\"", "bind_failed", "It failed."), "");
    let waiver =
        "  - fingerprint: \"b5fcd0b3ae57a719\"\n    reason: r\n    who: A\n    expires: 2027-01-31\n";
    fs::write(folder.path().join("waivers.yaml"), format!("waivers:\n{waiver}{waiver}")).expect("writable");
    let output = lint(folder.path(), &[]);
    let said = String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).expect("text");
    assert_eq!(code(&output), 1, "{said}");
    assert!(said.contains("error[repeated_waiver]") && said.contains("waivers.yaml:6:18"), "{said}");
}

#[test]
fn a_book_that_cannot_be_read_hides_no_fault_of_its_conditions() {
    let folder = book(&entry("\"1\"", "bind_failed", "It failed."), "lints: [\n");
    fs::write(folder.path().join("conditions.yaml"), "conditions:\n  - nam: x\n    kind: ok\n")
        .expect("writable");
    fs::write(folder.path().join("vocabulary.yaml"), "ending: [failed]\n").expect("writable");
    let output = lint(folder.path(), &[]);
    let said = String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).expect("text");
    assert_eq!(code(&output), 2, "{said}");
    for told in ["errbook.yaml:6:8", "conditions.yaml:2:5", "vocabulary.yaml:1:1"] {
        assert!(said.contains(told), "{told}: {said}");
    }
}
