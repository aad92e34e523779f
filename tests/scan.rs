//! What `errbook explain --scan` finds in logs.
//!
//! Each `tests/scan/<case>.log` is scanned with the book inside the binary, and what is printed stands in `<case>.txt`,
//! which `UPDATE_EXPECT=1` writes: look at it. The logs hold as many numbers that are no codes as codes.

use errbook::diagnostics::Sources;
use errbook::lookup::json::MOST_TOLD;
use errbook::scan::Scanner;
use errbook::{embedded, spec};
use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scan")
}

/// Scans `log` in a folder without a book.
fn scan(log: &[u8], options: &[&str]) -> Output {
    use std::io::Write as _;
    let empty = tempfile::tempdir().expect("a temporary folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args(["explain", "--scan"])
        .args(options)
        .current_dir(empty.path())
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("errbook runs");
    child.stdin.take().expect("a pipe").write_all(log).expect("it is read to its end");
    child.wait_with_output().expect("it ends")
}

fn logs() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).expect("the folder is there");
    let mut logs: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|end| end == "log"))
        .collect();
    logs.sort();
    assert!(logs.len() >= 8, "only {} logs", logs.len());
    logs
}

#[test]
fn pictures() {
    let mut wrong = Vec::new();
    for log in logs() {
        let output = scan(&std::fs::read(&log).expect("readable"), &[]);
        let said = String::from_utf8(output.stdout).expect("what is printed is text");
        let picture = format!("{said}[exit {}]\n", output.status.code().expect("no signal"));
        let path = log.with_extension("txt");
        if std::fs::read_to_string(&path).unwrap_or_default() != picture {
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                std::fs::write(&path, &picture).expect("writable");
            } else {
                wrong.push(format!("{}:\n{picture}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
}

#[test]
fn json_follows_its_schema() {
    let schema: Value = serde_json::from_str(errbook::scan::report::SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for log in logs() {
        let output = scan(&std::fs::read(&log).expect("readable"), &["--format", "json"]);
        let object: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        let faults: Vec<_> = validator.iter_errors(&object).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", log.display());
    }
}

#[test]
fn entries_for_unknown_codes_can_be_read() {
    let mut count = 0;
    for log in logs() {
        let output = scan(&std::fs::read(&log).expect("readable"), &["--format", "json"]);
        let object: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        for unknown in object["unknown"].as_array().expect("a list") {
            let Some(stub) = unknown["stub"].as_str() else { continue };
            count += 1;
            let folder = tempfile::tempdir().expect("a temporary folder");
            let head = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n";
            std::fs::write(folder.path().join("errbook.yaml"), head).expect("writable");
            std::fs::create_dir(folder.path().join("domains")).expect("writable");
            let code_type = if stub.contains("code: \"") { "string" } else { "int32" };
            let domain = format!("domain: d\ntitle: D\ncode_type: {code_type}\nerrors:\n{stub}");
            std::fs::write(folder.path().join("domains/d.yaml"), domain).expect("writable");
            let mut sources = Sources::default();
            let files = spec::load(&folder.path().join("errbook.yaml"), &mut sources).expect("readable");
            let book = errbook::model::resolve(files.expect("well formed")).expect("valid");
            assert_eq!(Some(book.domains[0].errors[0].code.to_string().as_str()), unknown["code"].as_str());
        }
    }
    assert!(count >= 3, "only {count} entries");
}

/// Gives `line` so many times, in pieces that end anywhere.
struct Endless {
    line: Vec<u8>,
    left: usize,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = buffer.len().min(self.left).min(977);
        for byte in &mut buffer[..count] {
            *byte = self.line[self.at];
            self.at = (self.at + 1) % self.line.len();
        }
        self.left -= count;
        Ok(count)
    }
}

#[test]
fn lines_without_end_are_read_piece_by_piece() {
    let (_, book) = embedded::open();
    let domains: Vec<_> = book.domains.iter().collect();
    let line = b"{\"error\":{\"code\":4001054,\"msg\":\"x\"}}, ".to_vec();
    let mut scanner = Scanner::new(&book, &domains);
    let length = line.len();
    scanner.read("endless", Endless { line, left: length * 60_000, at: 0 }).expect("readable");
    let report = scanner.finish();
    assert_eq!(report.lines, 1);
    let counts: Vec<_> = report.known.iter().map(|((code, _), seen)| (code.as_str(), seen.count)).collect();
    assert_eq!(counts, [("4001054", 60_000)]);
}

/// Each of these lines is a quarter of a mebibyte of what a rule might look at again and again; a scan that did would not end today.
#[test]
fn the_work_is_linear() {
    let (_, book) = embedded::open();
    let domains: Vec<_> = book.domains.iter().collect();
    for piece in [
        "err",
        "code=404 ",
        "5003 ",
        "errorCode=70000001,",
        "error: ",
        "code 0x",
        "\\\"",
        "A00001 ",
        "msg=\"",
        "错误",
    ] {
        let mut scanner = Scanner::new(&book, &domains);
        let line = piece.repeat((1 << 18) / piece.len());
        scanner.read("long", line.as_bytes()).expect("readable");
        assert_eq!(scanner.finish().lines, 1, "{piece}");
    }
}

#[test]
fn marks_are_read_though_a_pipe_gives_one_byte_at_a_time() {
    struct Slow<'a>(&'a [u8]);
    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(buffer.len()).min(1);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }
    let (_, book) = embedded::open();
    let domains: Vec<_> = book.domains.iter().collect();
    let wide: Vec<u8> = "\u{feff}5028\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for log in [wide.as_slice(), "\u{feff}5028\n".as_bytes(), b"5028"] {
        let mut scanner = Scanner::new(&book, &domains);
        scanner.read("slow", Slow(log)).expect("readable");
        let report = scanner.finish();
        assert!(
            report.known.keys().any(|(code, _)| code == "5028") && report.lines == 1,
            "{log:?}: {report:?}"
        );
    }
}

#[test]
fn unknown_codes_without_end_are_counted() {
    let (_, book) = embedded::open();
    let domains: Vec<_> = book.domains.iter().collect();
    let lines = (0..12_000)
        .map(|code| format!("errorCode={} message=\"{}\"", 70_000_000 + code, "It failed. ".repeat(27)));
    let log = lines.collect::<Vec<_>>().join("\n");
    let mut scanner = Scanner::new(&book, &domains);
    scanner.read("many", log.as_bytes()).expect("readable");
    let report = scanner.finish();
    assert_eq!((report.unknown.len(), report.beyond), (errbook::scan::MOST_UNKNOWN, 2_000));
    // Other programs get as many of them as have room, and the number of the others.
    let output = scan(log.as_bytes(), &["--format", "json"]);
    assert!((MOST_TOLD..2 * MOST_TOLD).contains(&output.stdout.len()), "{} bytes", output.stdout.len());
    let object: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let told = object["unknown"].as_array().expect("a list").len();
    assert_eq!(object["left_off"].as_u64(), Some((errbook::scan::MOST_UNKNOWN - told) as u64));
}

#[test]
fn colours_of_a_terminal_hide_no_code() {
    for log in [
        "\u{1b}[31mcode=5003\u{1b}[0m",
        "errorCode: \u{1b}[1;33m5003\u{1b}[39m",
        "\u{1b}[38;2;1;2;3merror_code\u{1b}[m=\u{1b}[K5003",
    ] {
        let output = scan(log.as_bytes(), &["--format", "json"]);
        let object: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        assert_eq!(object["known"][0]["code"], "5003", "{log:?}");
    }
}

#[test]
fn utf16_is_read_where_it_says_so() {
    let mut log = vec![0xFF, 0xFE];
    for unit in "登录失败，错误码：5028\r\n".encode_utf16() {
        log.extend(unit.to_le_bytes());
    }
    let output = scan(&log, &["--format", "json"]);
    let object: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(object["known"][0]["meanings"][0]["reference"], "quectel/5028");
}

#[test]
fn a_pasted_line_is_scanned_without_being_asked() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let ask = |question: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
            .args(["explain", question])
            .current_dir(empty.path())
            .output()
            .expect("errbook runs");
        String::from_utf8(output.stdout).expect("text")
    };
    for (line, reference) in [
        (r#"{"error":{"code":4001054,"msg":"设备不在线"}}"#, "xlink/4001054"),
        ("11-25 10:00:03.001  5003  5048 E Sdk: login failed, errorCode=5028", "quectel/5028"),
    ] {
        assert!(ask(line).contains(reference), "{line}: {}", ask(line));
    }
}

/// Scans `log` with a book of these domains, each a name, a type of codes and its entries.
fn scan_with(domains: &[(String, &str, String)], log: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).expect("writable");
    std::fs::create_dir(folder.path().join("domains")).expect("writable");
    let names: Vec<_> = domains.iter().map(|(name, ..)| name.as_str()).collect();
    let names = names.join(", ");
    write(
        "errbook.yaml",
        &format!("errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [{names}]\n"),
    );
    for (name, code_type, entries) in domains {
        let head = format!("domain: {name}\ntitle: D\ncode_type: {code_type}\n");
        write(&format!("domains/{name}.yaml"), &format!("{head}{entries}"));
    }
    write("app.log", log);
    let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args(["explain", "--scan", "app.log"])
        .current_dir(folder.path())
        .output()
        .expect("errbook runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).expect("text"))
}

fn entries(count: usize, entry: impl Fn(usize) -> String) -> String {
    (0..count).fold("errors:\n".to_owned(), |text, number| text + "- {" + &entry(number) + "}\n")
}

/// As one regular expression, their shapes would be larger than what is compiled.
#[test]
fn text_codes_may_have_any_number_of_shapes() {
    let shape = |number: usize| -> String {
        let bit = |bit: u32| if number >> bit & 1 == 1 { "A" } else { "1" };
        (0..12).map(bit).collect::<String>() + &"A1".repeat(40)
    };
    let domain = entries(1 << 12, |number| {
        format!("code: \"{}\", name: n{number}, kind: internal, message: {{en: F.}}", shape(number))
    });
    let log = format!("{} was said, and {} was not", shape(77), shape(78).to_lowercase());
    let (code, said) = scan_with(&[("d".to_owned(), "string", domain)], &log);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1 known code, seen 1 time") && said.contains("n77"), "{said}");
}

/// Each of these logs makes a scan look at every code of the book, or at all of a long message, for each code that it holds;
/// one that did would not end today.
#[test]
fn the_work_does_not_grow_with_the_book() {
    let many = entries(4_000, |number| {
        format!("code: {}, name: n{number}, kind: internal, message: {{en: F.}}", 100_000 + number)
    });
    let retired = (0..4_000).fold(String::new(), |text, number| {
        text + "- {code: " + &(200_000 + number).to_string() + &format!(", name: r{number}, since: 1.0.0}}\n")
    });
    let long = "It failed, and nobody knows why. ".repeat(25_000);
    let long = format!("- {{code: 5003, name: long, kind: internal, message: {{en: '{long}'}}}}\n");
    let domain = format!("{many}{long}retired:\n{retired}");
    let log = ["errorCode=99999999\n", "code=299999\n", "5003 ", "errorCode=203999\n"]
        .map(|line| line.repeat(20_000))
        .join("\n");
    let (code, said) = scan_with(&[("d".to_owned(), "int32", domain)], &log);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("20000× 99999999") && said.contains("d/203999"), "{said}");
}

#[test]
fn a_log_of_codes_that_a_thousand_domains_have_is_refused() {
    let entry = "errors:\n- {code: 1001, name: n, kind: internal, message: {en: It has failed.}}\n";
    let domains: Vec<_> =
        (0..1_000).map(|number| (format!("domain-{number}"), "int32", entry.to_owned())).collect();
    let (code, said) = scan_with(&domains, "code=1001");
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = scan_with(&domains, &"code=1001, ".repeat(40_000));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("up to line 1") && said.contains("--domain"), "{said}");
}
