//! The translators' table through the real program: out of a book, changed, and back into it.

use errbook::translations::LONGEST_ROW;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn errbook(book: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_errbook"))
        .arg("--book")
        .arg(book.join("errbook.yaml"))
        .args(arguments)
        .current_dir(book)
        .output()
        .expect("errbook runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn table(book: &Path) -> String {
    let output = errbook(book, &["export", "--format", "translations"]);
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).expect("a table is text")
}

fn export(book: &Path) -> Value {
    let output = errbook(book, &["export"]);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Takes a table over and gives the exit code and what was said.
fn import(book: &Path, table: &str) -> (i32, String) {
    fs::write(book.join("table.csv"), table).expect("writable");
    let output = errbook(book, &["import", "--translations", "table.csv"]);
    (output.status.code().expect("it ended by itself"), stderr(&output))
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension != "csv") {
            found.insert(path.clone(), fs::read(&path).expect("readable"));
        }
    }
    found
}

/// A copy of a book that may be changed.
fn copy(from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in files(from) {
        let to = folder.path().join(path.strip_prefix(from).expect("below"));
        fs::create_dir_all(to.parent().expect("below")).expect("writable");
        fs::write(to, bytes).expect("writable");
    }
    folder
}

/// A book whose texts are written in every style that YAML has.
fn every_style(line_end: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("domains")).expect("writable");
    let write = |path: &str, text: &str| {
        fs::write(folder.path().join(path), text.replace('\n', line_end)).expect("writable");
    };
    write("errbook.yaml", "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n");
    write(
        "conditions.yaml",
        "conditions:\n  - {name: c, kind: internal, title: {en: C, zh-Hans: 丙}, description: {en: \"It is, 'so'.\", zh-Hans: 是}}\n",
    );
    write("domains/d.yaml", STYLES);
    folder
}

const STYLES: &str = r#"# The head.
domain: d
title: D
code_type: int32
errors:
  # Above the first.
  - code: 1
    name: plain
    kind: internal
    message:
      en: Plain text  # beside it
      zh-Hans: 'single ''quoted'''
    solution:
      en: >-
        folded
        text
      # between
      zh-Hans: |-
        literal

          text
    note: stays
  - {code: 2, name: flow, kind: internal, message: {en: one, zh-Hans: "二, 2"}}   # of two
  - code: 3
    name: mixed
    kind: internal
    message: {en: three, zh-Hans: 三} # of three
    note: stays
  - code: 4
    name: several_lines
    kind: internal
    message:
      en: "a quoted text
        on two lines"
      "zh-Hans": a plain text
        on two lines
    variants:
      - name: other
        kind: internal
        message:
          en: |
            clipped
          zh-Hans: 别的
  - code: 5
    name: half
    kind: internal
    message:
      en: =1+1
      zh-Hans: "'quoted"
    solution:
      zh-Hans: 只有中文
# The end."#;

#[test]
fn a_table_that_comes_back_as_it_went_changes_nothing() {
    let styles = every_style("\n");
    let mut books = vec![root().join("spec"), styles.path().to_owned()];
    books.extend(
        fs::read_dir(root().join("tests/books")).expect("readable").map(|it| it.expect("readable").path()),
    );
    for book in books {
        let copy = copy(&book);
        let before = files(copy.path());
        let table = table(copy.path());
        for table in
            [table.clone(), table.trim_start_matches('\u{feff}').to_owned(), table.replace('\n', "\r\n")]
        {
            assert_eq!(
                import(copy.path(), &table),
                (0, "0 texts taken over\n".to_owned()),
                "{}",
                book.display()
            );
        }
        assert!(files(copy.path()) == before, "{} has changed", book.display());
    }
}

/// The table with every cell of the locales changed by `change`, by its key and locale.
fn changed(table: &str, mut change: impl FnMut(&str, &str) -> String, delimiter: u8) -> String {
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(&header).expect("memory takes it");
    for record in reader.records() {
        let record = record.expect("a record");
        let cells = record.iter().zip(&header).map(|(cell, column)| match column {
            "key" | "code" | "kind" | "fixed" => cell.to_owned(),
            locale => change(&record[0], locale),
        });
        writer.write_record(cells).expect("memory takes it");
    }
    String::from_utf8(writer.into_inner().expect("memory takes it")).expect("text")
}

#[test]
fn every_text_can_be_changed_to_any_other_and_nothing_else_changes() {
    let texts = [
        "Short.",
        "with: colon",
        "a, b] }",
        "# no comment",
        "two\nlines",
        "  edges  ",
        "tab\there",
        "\"quotes\" 'and' \\ back",
        "null",
        "12:30",
        "bidi \u{202e}x",
        "{{ x }} ${y} %s",
        "'=x",
        "设备 离线；😀",
        "a\n\n  b\n",
        "- x",
        "'",
    ];
    let forms = [("\n", b','), ("\r\n", b';'), ("\n", b'\t')];
    for (first, (line_end, delimiter)) in forms.into_iter().enumerate() {
        for shift in (first..texts.len()).step_by(forms.len()) {
            let book = every_style(line_end);
            let mut wanted = export(book.path());
            let old = table(book.path());
            let mut count = shift;
            let mut given = BTreeMap::new();
            let new = changed(
                &old,
                |key, locale| {
                    count += 1;
                    let text = texts[count % texts.len()];
                    given.insert((key.to_owned(), locale.to_owned()), text);
                    let is_guarded = text.starts_with(['=', '+', '-', '@', '\t', '\'']);
                    if is_guarded { format!("'{text}") } else { text.to_owned() }
                },
                delimiter,
            );
            let (code, said) = import(book.path(), &new);
            assert_eq!((code, said.as_str()), (0, "20 texts taken over\n"), "{new}");
            let names = ["plain", "flow", "mixed", "several_lines", "half"];
            for ((key, locale), text) in &given {
                let words: Vec<_> = key.split('.').collect();
                let place = match words[..] {
                    ["errors", _, "other", field] => format!("/domains/0/errors/3/variants/0/{field}"),
                    ["errors", _, name, field] => {
                        let index = names.iter().position(|known| *known == name).expect("an entry");
                        format!("/domains/0/errors/{index}/{field}")
                    }
                    ["conditions", _, field] => format!("/conditions/0/{field}"),
                    _ => panic!("{key}"),
                };
                wanted.pointer_mut(&place).expect("it is there")[locale] = Value::from(*text);
            }
            assert_eq!(export(book.path()), wanted, "{new}");
            let spec = fs::read_to_string(book.path().join("domains/d.yaml")).expect("readable");
            for comment in [
                "# The head.",
                "# Above the first.",
                "# beside it",
                "# between",
                "# of two",
                "# of three",
                "# The end.",
            ] {
                assert_eq!(spec.matches(comment).count(), 1, "{comment} in {spec}");
            }
            assert!(!spec.replace("\r\n", "").contains('\r') && spec.contains(line_end), "{spec:?}");
        }
    }
}

#[test]
fn a_text_that_was_not_there_is_added_where_it_belongs() {
    let book = every_style("\n");
    let added = "key,en\nerrors.d.half.solution,New.\nerrors.d.flow.solution,\"In, braces.\"\nerrors.d.mixed.solution,Below.\n";
    assert_eq!(import(book.path(), added), (0, "3 texts taken over\n".to_owned()));
    let spec = fs::read_to_string(book.path().join("domains/d.yaml")).expect("readable");
    for piece in [
        "      zh-Hans: 只有中文\n      en: New.\n# The end.",
        "zh-Hans: \"二, 2\"}, solution: {en: \"In, braces.\"}}   # of two\n",
        "    message: {en: three, zh-Hans: 三} # of three\n    solution:\n      en: Below.\n    note: stays\n",
    ] {
        assert!(spec.contains(piece), "{piece}\nin\n{spec}");
    }
}

/// Imports tables that have one fault each: its id, its place, and what is said of it.
fn refused(book: &tempfile::TempDir, cases: &[(&str, &str, &str, &str)]) {
    let before = files(book.path());
    for &(table, id, place, words) in cases {
        let (code, said) = import(book.path(), table);
        assert!(code == 1 && said.matches("error[").count() == 1, "{said}");
        for part in [&format!("error[{id}]"), place, words, "nothing was written"] {
            assert!(said.contains(part), "no {part} in {said}");
        }
        assert!(files(book.path()) == before, "{table} changed something");
    }
}

#[test]
fn a_header_or_a_quote_that_loses_texts_is_told_once() {
    let book = copy(&root().join("spec"));
    let cases = [
        (
            "key,en,fr\nerrors.quectel.server_error.message,x,y\n",
            "bad_table",
            "table.csv:1:8",
            "for the column `fr`: the book's locales are en, zh-Hans",
        ),
        (
            "key,en,zh-Hanz\nerrors.quectel.server_error.message,x,y\n",
            "bad_table",
            "table.csv:1:8",
            "did you mean `zh-Hans`? a column that is not to be read has a title that begins with `#`",
        ),
        (
            "key,en,zh\nerrors.quectel.server_error.message,x,y\n",
            "bad_table",
            "table.csv:1:8",
            "did you mean `zh-Hans`?",
        ),
        (
            "Key,EN\nerrors.quectel.server_error.message,x\n",
            "bad_table",
            "table.csv:1:1",
            "did you mean `key`, `en`?",
        ),
        (
            "sep=;\nkey;en\nerrors.quectel.server_error.message;x\n",
            "bad_table",
            "table.csv:1:1",
            "the table begins here, and its header stands in line 2",
        ),
        (
            "Texts of March,,\n\n\"key\",en,\nerrors.quectel.server_error.message,x,\n",
            "bad_table",
            "table.csv:1:1",
            "the table begins here, and its header stands in line 3",
        ),
        (
            "key,en,en\nerrors.quectel.server_error.message,x,y\nnothing,x,y\n",
            "bad_table",
            "table.csv:1:8",
            "the column `en` stands here a second time",
        ),
        (
            "key,zh-Hans\nerrors.quectel.server_error.message,\"再试。\nerrors.quectel.success.message,二\n",
            "bad_table",
            "table.csv:2:37",
            "nothing closes the quote that begins this text",
        ),
        (
            "key,zh-Hans\nerrors.quectel.server_error.message,\"是 5\" 宽。\"\n",
            "bad_table",
            "table.csv:2:37",
            "a quote closes this text, and neither another cell nor the end of the line follows",
        ),
        (
            "key,zh-Hans\nerrors.quectel.server_error.message,\"a\"b\n",
            "bad_table",
            "table.csv:2:37",
            "closed here",
        ),
    ];
    refused(&book, &cases);
}

#[test]
fn what_a_table_must_not_do_is_told_with_its_place_and_nothing_is_written() {
    let book = copy(&root().join("spec"));
    let before = files(book.path());
    let cases = [
        (
            "key,en\nerrors.quectel.sms_code_incorect.message,x\n",
            "unknown_translation",
            "table.csv:2:1",
            "did you mean `errors.quectel.sms_code_incorrect.message`?",
        ),
        (
            "key,zh-Hans,en\n\nerrors.quectel.sms_code_incorrect.message,短信验证码错误。,Wrong.\n",
            "fixed_translation",
            "table.csv:3:52",
            "the en text of `errors.quectel.sms_code_incorrect.message` is the vendor's own",
        ),
        (
            "key,zh-Hans\nerrors.quectel.server_error.message,\"多,\n行\"\nerrors.quectel.server_error.message,二\n",
            "repeated_translation",
            "table.csv:4:1",
            "stands here a second time",
        ),
        (
            "key,zh-Hans\nerrors.quectel.server_error.message,一,二\n",
            "bad_table",
            "table.csv:2:1",
            "this row has 3 cells, and the header has 2",
        ),
        ("name,zh-Hans\nserver_error,一\n", "bad_table", "table.csv:1:1", "no column `key`"),
        (
            "key,code\nerrors.quectel.server_error.message,x\n",
            "bad_table",
            "table.csv:1:1",
            "no column of a locale of the book (en, zh-Hans)",
        ),
        ("key,zh-Hans\n,一\n", "unknown_translation", "table.csv:2:1", "this row has no key"),
        (
            "key,zh-Hans,key\na,b,c\n",
            "bad_table",
            "table.csv:1:13",
            "the column `key` stands here a second time",
        ),
        ("", "bad_table", "table.csv:1:1", "no column `key`"),
    ];
    refused(&book, &cases);
    let (code, said) = import(book.path(), "key,zh-Hans\nerrors.quectel.server_error.message,\n");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("warning[emptied_text]") && said.contains("0 texts taken over"), "{said}");
    assert!(files(book.path()) == before);
    fs::write(book.path().join("latin.csv"), b"key,en\n\xE9,x\n").expect("writable");
    let output = errbook(book.path(), &["import", "--translations", "latin.csv"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("latin.csv:2:1"), "{}", stderr(&output));
}

#[test]
fn a_quote_that_nothing_closes_takes_one_row() {
    let book = every_style("\n");
    let before = files(book.path());
    let rest = "errors.quectel.server_error.message,x\n".repeat(LONGEST_ROW / 30);
    for (table, place) in [
        (format!("key,en\n\nerrors.quectel.server_error.message,\"{rest}"), "table.csv:3:1"),
        (format!("key,en\r\n\r\nerrors.quectel.server_error.message,\"{rest}"), "table.csv:3:1"),
        (format!("key,\"{rest}"), "table.csv:1:1"),
        (format!("key,en\n{}", ",".repeat(2 * LONGEST_ROW)), "table.csv:2:1"),
    ] {
        let (code, said) = import(book.path(), &table);
        assert_eq!(code, 1, "{said}");
        let told = said.matches("error[").count();
        for part in ["error[bad_table]", place, "more than 4194304 bytes", "nothing was written"] {
            assert!(said.contains(part) && told == 1, "no {part} in {said}");
        }
        assert!(files(book.path()) == before);
    }
}

#[test]
fn one_mistake_in_every_row_is_told_in_a_few_findings() {
    let book = copy(&root().join("spec"));
    let before = files(book.path());
    let table = table(book.path());
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let records: Vec<_> = reader.into_records().map(|record| record.expect("a record")).collect();
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for (number, record) in records.iter().enumerate() {
            let mut cells: Vec<_> = record.iter().map(str::to_owned).collect();
            if number > 0 {
                change(&mut cells);
            }
            writer.write_record(cells).expect("memory takes it");
        }
        String::from_utf8(writer.into_inner().expect("memory takes it")).expect("text")
    };
    let short = with(&|cells| cells.truncate(5));
    let prefixed = with(&|cells| cells[0].insert_str(0, "x."));
    let twice = format!("{table}{}", table.split_once('\n').expect("lines").1);
    let blanks = with(&|cells| cells[5].push(' '));
    for (table, most, words) in [
        (&short, 1, "others, and the header has 6"),
        (&prefixed, 1, "other keys here"),
        (&twice, 11, "more findings of this kind, of which this is the first"),
        (&blanks, 11, "more findings of this kind, of which this is the first"),
    ] {
        let (code, said) = import(book.path(), table);
        let told = said.matches("error[").count();
        assert!(code == 1 && told > 0 && told <= most && said.contains(words), "{told}: {said}");
    }
    // What a spreadsheet adds is nothing.
    for empty in [",,,,,\n", ",, ,,,\r\n", "\n\n"] {
        let (code, said) = import(book.path(), &format!("{table}{}", empty.repeat(5)));
        assert_eq!((code, said.as_str()), (0, "0 texts taken over\n"));
    }
    let mine = "key,zh-Hans,# notes,\nerrors.quectel.sms_code_incorrect.solution,再试。,done,x\n";
    assert_eq!(import(book.path(), mine), (0, "1 text taken over\n".to_owned()));
    assert!(files(book.path()) != before);
}

#[test]
fn a_text_that_no_book_takes_is_told_at_its_cell() {
    let book = every_style("\n");
    let before = files(book.path());
    let table = format!("key,en\nerrors.d.plain.message,{}\n", "x".repeat((1 << 20) + 1));
    let (code, said) = import(book.path(), &table);
    assert!(code == 1 && said.contains("error[too_long]") && said.contains("table.csv:2:24"), "{said}");
    assert!(!said.contains("errbook fmt") && files(book.path()) == before, "{said}");
}

#[test]
fn a_text_is_the_vendors_where_its_document_has_it() {
    let book = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = book.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    };
    write("errbook.yaml", "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en, zh-Hans]\ndomains: [d]\n");
    write(
        "d.md",
        "# Codes\n\n| code | en | zh |\n|---|---|---|\n| 5 |  | 设备不在线。 |\n| 6 | The share has expired. | 分享已过期。 |\n",
    );
    write(
        "domains/d.yaml",
        "domain: d\ntitle: D\ncode_type: int32\ndocument:\n  file: d.md\n  tables:\n    - reader: markdown\n      heading: Codes\n      columns: [code, message.en, message.zh-Hans]\n  ignore:\n    - {pattern: '# .*', reason: Headings.}\nerrors: []\n",
    );
    let output = errbook(book.path(), &["import"]);
    assert!(stderr(&output).contains("d: 2 new entries"), "{}", stderr(&output));
    // The copy is told until it is translated.
    let output = errbook(book.path(), &["lint"]);
    let said = stderr(&output);
    assert!(
        said.contains("untranslated_copy") && said.matches("holds Chinese characters").count() == 1,
        "{said}"
    );
    let exported = table(book.path());
    let copied = exported.lines().find(|line| line.contains("d/5")).expect("a row");
    assert!(copied.contains(",unknown,zh-Hans,"), "{exported}");
    assert!(exported.lines().any(|line| line.contains(",d/6,unknown,en zh-Hans,")), "{exported}");
    let key = copied.split(',').next().expect("a key");
    let new = format!("key,en\n{key},The device is offline.\n");
    assert_eq!(import(book.path(), &new), (0, "1 text taken over\n".to_owned()));
    // What was translated is still ours.
    let new = format!("key,en\n{key},The device is not online.\n");
    assert_eq!(import(book.path(), &new), (0, "1 text taken over\n".to_owned()));
    let (code, said) = import(book.path(), &format!("key,zh-Hans\n{key},不在。\n"));
    assert!(code == 1 && said.contains("error[fixed_translation]"), "{said}");
    let output = errbook(book.path(), &["audit"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn no_cell_is_a_formula() {
    for (book, is_hostile) in [(root().join("spec"), false), (every_style("\n").keep(), true)] {
        let table = table(&book);
        assert!(table.starts_with('\u{feff}'), "a spreadsheet would not take it for UTF-8");
        let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let mut guarded = 0;
        for record in reader.records() {
            for cell in &record.expect("a record") {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                guarded += usize::from(cell.starts_with('\''));
            }
        }
        assert_eq!(guarded > 0, is_hostile);
    }
}
