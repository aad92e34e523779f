//! What an import makes of rows, and what stops it.

use super::names::fold;
use super::*;
use crate::document::fixture::{domain_and_rows, domain_and_rows_of};

const HEAD: &str = "domain: a\ntitle: A\ncode_type: int32\ndocument:\n  file: a.md\n  tables:\n  \
                    - {reader: markdown, columns: [code, http_status, message.en, message.zh-Hans]}\n";

/// Imports `rows` into a domain file that starts with `head` and ends with `errors`.
fn imported(head: &str, errors: &str, rows: &str) -> (Import, String) {
    let mut sources = Sources::default();
    let rows = format!("|a|b|c|d|\n|-|-|-|-|\n{rows}");
    let (domain, reading) = domain_and_rows(&mut sources, format!("{head}{errors}"), &rows);
    let locales = ["en", "zh-Hans"].map(|tag| Loc::new(tag.to_owned(), domain.span));
    let import = import(&sources, &domain, &locales, &reading);
    let text = import.files.first().map(|(_, text)| text[head.len()..].to_owned()).unwrap_or_default();
    (import, text)
}

fn ids(import: &Import) -> Vec<&'static str> {
    import.findings.iter().map(|finding| finding.id).collect()
}

#[test]
fn a_first_import_fills_an_empty_list() {
    let rows = "|10||The device can't be found.|设备不存在|\n|9|404||离线|\n|10|| Not: found |没有|\n|-1||404 is: null||\n";
    let (import, text) =
        imported(HEAD, "errors: [] # none yet\nretired:\n  - {name: code_9, since: 1.0.0}\n", rows);
    assert_eq!(ids(&import), [] as [&str; 0]);
    assert_eq!((import.entries, import.rows), (3, 4));
    let expected = r#"errors: # none yet
  - code: -1
    name: "null"
    kind: unknown
    message:
      en: "404 is: null"
      zh-Hans: "404 is: null"
    note: zh-Hans is a copy of en until it is translated.
  - code: 9
    name: code_9_2
    kind: unknown
    http_status: 404
    message:
      en: 离线
      zh-Hans: 离线
    note: en is a copy of zh-Hans until it is translated.
  - code: 10
    name: device_cant_found
    kind: unknown
    message:
      en: The device can't be found.
      zh-Hans: 设备不存在
    variants:
      - name: not_found
        kind: unknown
        message:
          en: "Not: found"
          zh-Hans: 没有
retired:
  - {name: code_9, since: 1.0.0}
"#;
    assert_eq!(text, expected);
}

#[test]
fn a_solution_is_copied_as_a_message_is() {
    let head = HEAD.replace("http_status", "solution.zh-Hans");
    let (import, text) =
        imported(&head, "errors: []\n", "|1|重试。|One.|一。|\n|2||Two.||\n|3|重来。|Three.||\n");
    assert_eq!(ids(&import), [] as [&str; 0]);
    let expected = "errors:
  - code: 1
    name: one
    kind: unknown
    message:
      en: One.
      zh-Hans: 一。
    solution:
      en: 重试。
      zh-Hans: 重试。
    note: The solution in en is a copy of zh-Hans until it is translated.
  - code: 2
    name: two
    kind: unknown
    message:
      en: Two.
      zh-Hans: Two.
    note: zh-Hans is a copy of en until it is translated.
  - code: 3
    name: three
    kind: unknown
    message:
      en: Three.
      zh-Hans: Three.
    solution:
      en: 重来。
      zh-Hans: 重来。
    note: zh-Hans is a copy of en until it is translated. The solution in en is a copy of zh-Hans until it is translated.
";
    assert_eq!(text, expected);
}

#[test]
fn of_several_http_statuses_the_first_is_taken_and_the_others_are_told() {
    let rows =
        "|1|400|one|一|\n|1|429|uno|元|\n|1|429|one|一|\n|1|400|one|一|\n|2||two|二|\n|2|500|dos|贰|\n";
    let (import, text) = imported(HEAD, "errors: []\n", rows);
    assert_eq!(ids(&import), ["second_http_status", "second_http_status", "repeated_row"]);
    assert_eq!(
        import.findings[0].message,
        "the rows of `1` have several HTTP statuses, and its entry takes `400` and not `429`"
    );
    assert_eq!(import.findings[0].labels.len(), 2);
    assert_eq!(text.matches("http_status: 400").count(), 1, "{text}");
    assert_eq!(text.matches("http_status: 500").count(), 1, "{text}");
    assert_eq!(text.matches("- name:").count(), 2, "{text}");
    // Every row's status is one.
    let (import, _) = imported(HEAD, "errors: []\n", "|1|400|one|一|\n|1|4xx|uno|元|\n");
    assert!(ids(&import).contains(&"bad_http_status"), "{:?}", import.findings);
}

#[test]
fn what_is_there_stays_byte_for_byte() {
    let old = "errors:\n# first\n- code: 5   # five\n  name: five\n  kind: ok\n  message: {en: 'Five', zh-Hans: \"五\"}\n  \
               note: |-\n    text\n    # no comment\n    # of ours\n\n# about eight\n# and more\n\
               - {code: 8, name: eight, kind: ok, message: {en: Eight, zh-Hans: 八}}\n    # of eight\n# the end";
    let rows = "|3||three|三|\n|5||Five|五|\n|7||seven|七|\n|6||six|六|\n|8||Eight|八|\n|9||nine|九|\n";
    let (import, text) = imported(HEAD, old, rows);
    assert_eq!(ids(&import), [] as [&str; 0]);
    let item = |code: u32, en: &str, zh: &str| {
        format!(
            "- code: {code}\n  name: {en}\n  kind: unknown\n  message:\n    en: {en}\n    zh-Hans: {zh}\n"
        )
    };
    let mut expected = old.replace("# first\n", &format!("{}# first\n", item(3, "three", "三")));
    let between = format!("{}{}# about eight", item(6, "six", "六"), item(7, "seven", "七"));
    expected = expected.replace("# about eight", &between);
    expected = expected.replace("# the end", &format!("{}# the end", item(9, "nine", "九")));
    assert_eq!(text, expected);
}

#[test]
fn a_file_that_ends_without_a_line_break_gets_one() {
    let old = "errors:\n  - {code: 5, name: five, kind: ok, message: {en: Five, zh-Hans: 五}}";
    let (_, text) = imported(HEAD, old, "|5||Five|五|\n|6||six|六|\n");
    assert!(text.starts_with(&format!("{old}\n  - code: 6\n")), "{text}");
}

#[test]
fn what_cannot_be_told_stops_the_import() {
    let rows = "|1||one|一|\n|007||bond|邦|\n|2|||\n|3|9|three|三|\n|4||||\nrest\n\ntext\n";
    let (import, _) = imported(HEAD, "errors: []\n", rows);
    assert!(import.files.is_empty());
    assert_eq!(
        ids(&import),
        [
            "bad_code",
            "cells_do_not_fit",
            "bad_http_status",
            "row_without_message",
            "cells_do_not_fit",
            "unread_line"
        ]
    );
}

#[test]
fn many_errors_of_one_kind_are_told_as_one() {
    let rows = |count: usize, row: &str| {
        let rows: String = (0..count).map(|code| row.replace('#', &code.to_string())).collect();
        let (import, _) = imported(HEAD, "errors: []\n", &format!("|1000|404|fine|fein|\n{rows}"));
        import.findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    for (row, first) in [
        ("|#|N/A|x|y|\n", "`N/A` is no HTTP status"),
        ("|#|404|||\n", "the row of `0` has no message"),
        ("|E#|404|x|y|\n", "`E0` is no code of type int32"),
        ("||404|x|y|\n", "this row has no code"),
        ("|#|404|x|\n", "this row has 3 cells, the recipe has 4 columns"),
    ] {
        assert_eq!(rows(4, row).len(), 4, "{first}");
        assert_eq!(rows(300, row), [format!("{first}; so it is with 300 rows, the last on line 303")]);
    }
}

#[test]
fn what_would_make_no_valid_entry_stops_the_import() {
    let rows = |code_type: &str, rows: &str| {
        let mut sources = Sources::default();
        let domain = format!(
            "domain: a\ntitle: A\ncode_type: {code_type}\ndocument:\n  file: a\n  tables:\n  \
             - {{reader: json, columns: {{/0: code, /1: message.en, /2: solution.en}}}}\nerrors: []\n"
        );
        let (domain, reading) = domain_and_rows(&mut sources, domain, rows);
        ids(&import(&sources, &domain, &[Loc::new("en".to_owned(), domain.span)], &reading))
    };
    assert_eq!(rows("string", r#"[["a\u0000", "x"], ["b", "x"]]"#), ["nul_character"]);
    assert_eq!(
        rows("string", r#"[["a", "\u0000"], ["b", "x", "y\u0000"]]"#),
        ["nul_character", "nul_character"]
    );
    let long = "x".repeat((1 << 20) + 1);
    assert_eq!(rows("int32", &format!(r#"[[1, "{long}"], [2, "x"]]"#)), ["too_long"]);
    assert_eq!(rows("string", &format!(r#"[["{long}", "x"], ["b", "x"]]"#)), ["too_long"]);
    // No-break spaces are how pages write nothing.
    assert_eq!(
        rows("int32", r#"[[1, "\u00a0"], [2, "\u3000", "x"]]"#),
        ["row_without_message", "row_without_message"]
    );
}

#[test]
fn a_table_without_any_code_is_told_once() {
    let (import, _) = imported(HEAD, "errors: []\n", "|e||x|y|\n|f||x|y|\n|g||x|y|\n");
    let told: Vec<_> = import.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told, ["`e` is no code of type int32; so it is with all 3 rows of the table"]);
    let (import, _) = imported(HEAD, "errors: []\n", "|e||x|y|\n|f||x|y|\n|3||x|y|\n");
    assert_eq!(ids(&import), ["bad_code", "bad_code"]);
    // Numbers in another form are those of another column, or of another type.
    let help =
        |rows: &str| imported(HEAD, "errors: []\n", rows).0.findings.remove(0).help.unwrap_or_default();
    for rows in ["|0x00||x|y|\n|0x80||x|y|\n", "|001||x|y|\n|002||x|y|\n"] {
        assert!(help(rows).starts_with("write `code_type: string`"), "{}", help(rows));
    }
    assert!(help("|4294967295||x|y|\n|4294967296||x|y|\n").contains("int64"));
    assert!(help("|0x00||x|y|\n|1||x|y|\n").contains("`code: 0`"));
}

#[test]
fn a_doubtful_text_becomes_a_code_with_a_word() {
    let head = HEAD.replace("int32", "string");
    let rows = "|`A001`||x|y|\n|A002\u{a0}||x|y|\n|设备.离线-1||x|y|\n|Err(5)||x|y|\n";
    let (import, text) = imported(&head, "errors: []\n", rows);
    assert_eq!(ids(&import), [] as [&str; 0]);
    assert!(text.contains("- code: \"A001\"\n") && text.contains("- code: \"A002\"\n"), "{text}");
    let rows = "|A003, A004||x|y|\n|Ａ００５||x|y|\n|A\u{200b}6||x|y|\n|A005[^1]||x|y|\n";
    let (import, text) = imported(&head, "errors: []\n", rows);
    assert_eq!(ids(&import), ["doubtful_code"; 4]);
    assert!(text.contains("A003, A004"), "{text}");
    let rows =
        "|A003||x|y|\n|A004-A006||x|y|\n|A007†||x|y|\n|A008¹||x|y|\n|A01₂||x|y|\n|'009||x|y|\n|A-1||x|y|\n";
    let (import, _) = imported(&head, "errors: []\n", rows);
    assert_eq!(ids(&import), ["doubtful_code"; 5]);
    assert!(import.findings[0].message.ends_with("looks like several"), "{:?}", import.findings);
}

#[test]
fn a_text_that_stands_for_no_code_is_doubtful() {
    let head = HEAD.replace("int32", "string");
    for none in [
        "-", "—", "...", "?", "/", "N/A", "null", "无", "暂无", "なし", "Total", "备注", "{x}", "E3xx",
        "E4...", "E5等",
    ] {
        let rows = format!("|E1||x|y|\n|{none}||x|y|\n|E2||x|y|\n");
        let (import, text) = imported(&head, "errors: []\n", &rows);
        assert_eq!((ids(&import), import.entries), (vec!["doubtful_code"], 3), "{none}: {text}");
    }
    for rows in [
        "|E1||x|y|\n|OK||x|y|\n|E2||x|y|\n",
        "|E1||x|y|\n|gone||x|y|\n|total||x|y|\n",
        "|E1||x|y|\n|gone||x|y|\n",
    ] {
        assert_eq!(ids(&imported(&head, "errors: []\n", rows).0), [] as [&str; 0], "{rows}");
    }
}

#[test]
fn a_new_meaning_of_a_reviewed_code_is_for_a_person() {
    let old = "errors:\n  - {code: 5, name: five, kind: ok, message: {en: Five, zh-Hans: 五}}\n";
    let (import, text) = imported(HEAD, old, "|5||Five|五|\n|5||Cinq|五|\n|6||six|六|\n");
    assert_eq!(ids(&import), ["row_not_in_spec"]);
    assert!(text.starts_with(old) && text.contains("name: six"), "{text}");
}

#[test]
fn a_flow_list_is_refused() {
    let old = "errors: [{code: 5, name: five, kind: ok, message: {en: Five, zh-Hans: 五}}]\n";
    let (import, _) = imported(HEAD, old, "|5||Five|五|\n|6||six|六|\n");
    assert_eq!(ids(&import), ["flow_list"]);
    assert!(import.files.is_empty());
}

#[test]
fn names_are_valid_and_unique_whatever_the_texts() {
    let head = HEAD.replace("int32", "string");
    let long = "Supercalifragilisticexpialidocious ".repeat(9);
    let texts = [
        "The",
        "the the",
        "3 D",
        "error",
        "Err or",
        "__",
        "ａ",
        long.as_str(),
        "a\u{301}b",
        "ERROR!",
        "err.or",
    ];
    let rows: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| format!("|E-{index}||{text}|中|\n|e{index}||{text}|中|\n"))
        .collect();
    let (import, text) = imported(&head, "errors: []\n", &rows.concat());
    assert_eq!(ids(&import), [] as [&str; 0]);
    let names: Vec<_> = text.lines().filter_map(|line| line.trim().strip_prefix("name: ")).collect();
    assert_eq!(names.len(), 22);
    for name in &names {
        assert!(crate::model::Name::new(name.trim_matches('"')).is_some(), "{name}");
    }
    assert_eq!(names.iter().map(|name| fold(name)).collect::<BTreeSet<_>>().len(), 22, "{names:?}");
}

#[test]
fn line_ends_and_byte_order_mark_stay() {
    let new = with_line_ends_of("\u{FEFF}a\r\nb\r\n".as_bytes(), "a\nb\n", "a\nx\nb\n");
    assert_eq!(new.as_deref(), Some("\u{FEFF}a\r\nx\r\nb\r\n"));
    assert_eq!(with_line_ends_of(b"a\rb\r", "a\nb\n", "a\nx\n").as_deref(), Some("a\rx\r"));
    assert_eq!(with_line_ends_of(b"a\nb\r\n", "a\nb\n", ""), None);
}

/// Imports a document of two tables, of which the second is read with `columns`.
fn imported_from_two(columns: &str, errors: &str, rows: [&str; 2]) -> (Import, String, audit::Audit) {
    let mut sources = Sources::default();
    let head = format!(
        "domain: a\ntitle: A\ncode_type: int32\ndocument:\n  file: a.md\n  tables:\n  \
         - {{reader: markdown, table: 1, columns: [code, message.en]}}\n  \
         - {{reader: markdown, table: 2, columns: [code, {columns}]}}\n"
    );
    let table = "|a|b|\n|-|-|\n";
    let document = sources.add("a.md", format!("{table}{}\n{table}{}", rows[0], rows[1]));
    let mut read_as = |errors: &str| {
        let (domain, reading) = domain_and_rows_of(&mut sources, format!("{head}{errors}"), document);
        let locales = ["en", "zh-Hans"].map(|tag| Loc::new(tag.to_owned(), domain.span));
        let audit = audit::audit(&domain, &reading);
        (import(&sources, &domain, &locales, &reading), audit)
    };
    let (import, _) = read_as(errors);
    let text = import.files.first().map(|(_, text)| text[head.len()..].to_owned()).unwrap_or_default();
    // A book into which nothing is imported stays what it is.
    let (_, audit) = read_as(if text.is_empty() { errors } else { &text });
    (import, text, audit)
}

#[test]
fn the_rows_of_a_code_that_two_tables_divide_are_one_entry() {
    let rows = ["|1|One.|\n|2|Two.|\n", "|2|二|\n|1|一|\n"];
    let (import, text, audit) = imported_from_two("message.zh-Hans", "errors: []\n", rows);
    assert_eq!((ids(&import), import.rows), (vec![], 2));
    let expected = "errors:
  - code: 1
    name: one
    kind: unknown
    message:
      en: One.
      zh-Hans: 一
  - code: 2
    name: two
    kind: unknown
    message:
      en: Two.
      zh-Hans: 二
";
    assert_eq!(text, expected);
    assert!(audit.is_clean(), "{:?}", audit.findings());
    assert_eq!(audit.count.to_string(), "2 rows: 2 equal, 0 mended, 0 variants, 0 listed");
    assert_eq!(audit.lines["1"], [3, 9], "each line is still one of the code");
    let (import, text, audit) = imported_from_two("solution.en", "errors: []\n", ["|1|One.|\n", "|1|Do.|\n"]);
    assert!(ids(&import).is_empty() && text.contains("      en: Do.\n") && audit.is_clean(), "{text}");
}

#[test]
fn a_row_that_may_be_a_part_of_several_others_is_told() {
    let rows = ["|1|One.|\n|1|Uno.|\n|2|Two.|\n", "|1|一|\n|1|壹|\n|2|二|\n"];
    let (import, text, _) = imported_from_two("message.zh-Hans", "errors: []\n", rows);
    assert_eq!(ids(&import), ["doubtful_part", "doubtful_part"]);
    assert!(text.is_empty());
    // A reviewed code is the reviewer's.
    let entry = "errors:\n- {code: 1, name: x, kind: unknown, message: {en: One., zh-Hans: 一}}\n";
    let (import, ..) = imported_from_two("message.zh-Hans", entry, rows);
    assert!(!ids(&import).contains(&"doubtful_part"), "{:?}", import.findings);
}

/// A first import that tried every number for every name would not end today.
#[test]
fn names_are_numbered_however_many_rows_say_the_same() {
    let mut rows = String::new();
    for code in 0..30_000 {
        rows.extend(["|a_code_of_a_kind_", &code.to_string(), "||It failed.|失败|\n"]);
    }
    let (import, text) = imported(&HEAD.replace("int32", "string"), "errors: []\n", &rows);
    assert_eq!((ids(&import), import.entries), (Vec::new(), 30_000));
    assert!(text.contains("name: it_failed_a_code_of_a_ki_29999\n"), "{}", &text[..300]);
}

#[test]
fn texts_that_have_changed_places_are_told() {
    let told = |rows: &str| {
        let (import, _) = imported(HEAD, "errors: []\n", rows);
        import.findings.into_iter().map(|finding| (finding.id, finding.message)).collect::<Vec<_>>()
    };
    let swapped = told("|1||离线|Offline|\n|2||Busy|忙|\n|3||拒绝|Denied|\n");
    assert_eq!(swapped.len(), 1);
    assert_eq!(swapped[0].0, "other_language");
    assert!(swapped[0].1.ends_with("so it is with 2 rows"), "{}", swapped[0].1);
    let other = told("|1||Offline||\n|2||Busy||\n|1||离线||\n|2||忙||\n");
    assert_eq!(other.len(), 1);
    assert!(other[0].1.contains("`en`; so it is with 2 of 4"), "{}", other[0].1);
    // A single text may be what the vendor has; a language that the book does not have is nobody else's.
    for rows in [
        "|1||离线|离线|\n|2||Busy|忙|\n|3||Gone|没有|\n",
        "|1||Ошибка||\n|2||Нет||\n",
        "|1||1||\n|2||OK|OK|\n",
    ] {
        assert_eq!(told(rows), [], "{rows}");
    }
}

#[test]
fn texts_that_have_changed_places_are_told_where_one_holds_a_latin_word() {
    let told = |columns: &str, rows: &str| {
        let head = HEAD.replace("http_status, message.en, message.zh-Hans", columns);
        let (import, _) = imported(&head, "errors: []\n", rows);
        import.findings.into_iter().map(|finding| (finding.id, finding.message)).collect::<Vec<_>>()
    };
    let columns = "message.en, message.de, message.zh-Hans";
    let why = "the texts of this row seem to have changed places: that of `zh-Hans` has no letter of its script, and that of \
               `en` has some";
    let sound = "|1|Offline.|Getrennt.|离线|\n|2|Busy.|Belegt.|忙|\n";
    let one = told(columns, &format!("{sound}|3|Token 无效|Token ungültig|Invalid token|\n"));
    assert_eq!(one, [("other_language", why.to_owned())]);
    let all = told(
        columns,
        "|1|Token 无效|Token ungültig|Invalid token|\n|2|请检查 AppKey|AppKey prüfen|Check the AppKey|\n",
    );
    assert_eq!(all, [("other_language", format!("{why}; so it is with 2 rows"))]);
    let solutions =
        told("message.en, solution.en, solution.zh-Hans", "|1|Gone.|检查 AppKey|Check AppKey.|\n");
    assert_eq!(solutions.len(), 1);
    let mixed = told(columns, "|1|设备离线 OK|Getrennt|Offline|\n");
    assert_eq!(mixed, [("other_language", why.to_owned())]);
    // One of the two alone may be what the vendor means.
    for row in
        ["|3|Token 无效|Token|令牌无效|\n", "|3|Token|Token|Token|\n", "|3|Invalid token|Token|Token|\n"]
    {
        assert_eq!(told(columns, &format!("{sound}{row}")), [], "{row}");
    }
}

#[test]
fn solutions_in_another_language_are_told_as_messages_are() {
    let told = |columns: &str, rows: &str| {
        let head = HEAD.replace("http_status, message.en, message.zh-Hans", columns);
        let (import, _) = imported(&head, "errors: []\n", rows);
        import.findings.into_iter().map(|finding| (finding.id, finding.message)).collect::<Vec<_>>()
    };
    // The columns of a solution and of the other message have changed places.
    let rows = "|1|Offline.|Check it.|离线|\n|2|Busy.|Wait.|忙|\n";
    let other = told("message.en, message.zh-Hans, solution.en", rows);
    assert_eq!(other.len(), 1);
    assert_eq!(other[0].0, "other_language");
    assert!(other[0].1.contains("`en`; so it is with 2 of 2"), "{}", other[0].1);
    let swapped = told("message.en, solution.en, solution.zh-Hans", "|1|Offline.|重试|Retry.|\n");
    assert_eq!(swapped.len(), 1);
    assert!(swapped[0].1.contains("changed places"), "{}", swapped[0].1);
    assert_eq!(told("message.en, solution.zh-Hans, message.zh-Hans", "|1|Offline.|Retry.|离线|\n"), []);
}

#[test]
fn a_document_whose_entries_have_no_room_is_refused_before_they_are_made() {
    let long = "离".repeat(3 << 20);
    let rows = format!("|0|||{long}|\n|1|||{long}|\n|2|||{long}|\n");
    let (import, text) = imported(HEAD, "errors: []\n", &rows);
    assert_eq!((ids(&import), text.as_str()), (vec!["import_refused"], ""));
    assert!(
        import.findings[0].message.contains("more than 41943040 bytes"),
        "{}",
        import.findings[0].message
    );
}

#[test]
fn a_code_that_looks_like_another_one_is_doubtful() {
    let head = HEAD.replace("int32", "string");
    for code in ["\u{415}1", "−2", "E٣", "E4:", "5.", "E6 ="] {
        let rows = format!("|E1||One.|一|\n|E2||Two.|二|\n|E3||Three.|三|\n|{code}||Four.|四|\n");
        let (import, _) = imported(&head, "errors: []\n", &rows);
        assert_eq!(ids(&import), ["doubtful_code"], "{code}");
    }
}

#[test]
fn a_code_that_is_written_in_another_way_than_all_others_is_doubtful() {
    let head = HEAD.replace("int32", "string");
    let mut rows = String::new();
    for code in ["E1000", "E1001", "E1002", "E1003", "E1004", "E1005", "E1006", "E1007"] {
        rows.extend(["|", code, "||Text of ", code, ".|", code, "的文本|\n"]);
    }
    rows.push_str("|E1OO9||Ten.|十|\n|03-Jan||Late.|迟|\n");
    let (import, _) = imported(&head, "errors: []\n", &rows);
    let told: Vec<_> = import.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "`E1OO9` becomes a code as it stands here, and the other codes are written like `E1009`, which looks like it",
            "`03-Jan` becomes a code as it stands here, and looks like what a spreadsheet has made of one",
        ]
    );
}

/// What the doubts about codes of texts say, for rows with these codes.
fn doubts<'a>(codes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let rows: Vec<_> = codes.into_iter().map(|code| format!("|{code}||Text.|文本|\n")).collect();
    let (import, _) = imported(&HEAD.replace("int32", "string"), "errors: []\n", &rows.concat());
    let told = import.findings.into_iter().filter(|finding| finding.id == "doubtful_code");
    told.map(|finding| finding.message.replace(" becomes a code as it stands here, and", "")).collect()
}

#[test]
fn what_looks_like_a_hyphen_is_doubtful() {
    for ch in "‐‑‒–—―−\u{fe58}\u{fe63}－".chars() {
        let told = doubts(["G-100", "G-101", format!("G{ch}102").as_str()]);
        let expected = format!("`G{ch}102` looks like `G-102`, with U+{:04X} for the hyphen", u32::from(ch));
        assert_eq!(told, [expected]);
    }
    // It is so without others to compare with, and beside the code that has a hyphen.
    assert_eq!(doubts(["G‑1"]), ["`G‑1` looks like `G-1`, with U+2011 for the hyphen"]);
    assert_eq!(doubts(["G-1", "G‑1"]).len(), 1);
    assert_eq!(
        doubts(["A-1-1", "A‑1–2"]),
        ["`A‑1–2` looks like `A-1-2`, with U+2011 and U+2013 for the hyphen"]
    );
    assert_eq!(doubts(["−2", "1"]), ["`−2` looks like `-2`, with U+2212 for the hyphen"]);
    // What is odd beside that is told as well.
    assert_eq!(doubts(["Ａ－1"]), ["`Ａ－1` does not look like one: it holds U+FF0D and a full-width sign"]);
    assert_eq!(doubts(["E1", "—"]), ["`—` does not look like one"]);
}

#[test]
fn a_dash_between_two_codes_may_be_a_range() {
    let several =
        |code: &str| [format!("`{code}` becomes one code as it stands here, and looks like several")];
    assert_eq!(doubts(["100", "101", "100–105"]), several("100–105"));
    assert_eq!(doubts(["E-1", "E-2–E-9"]), several("E-2–E-9"));
    // Nothing tells which.
    for (code, meant) in [("100–105", "100-105"), ("E2–E9", "E2-E9"), ("E2–9", "E2-9")] {
        assert_eq!(
            doubts(["X", code]),
            [format!("`{code}` looks like `{meant}`, with U+2013 for the hyphen, or like several")]
        );
    }
    // The codes have two parts.
    assert_eq!(
        doubts(["1-001", "1-002", "1–003"]),
        ["`1–003` looks like `1-003`, with U+2013 for the hyphen"]
    );
}

#[test]
fn doubts_of_one_cause_are_told_once() {
    for (code, told) in [
        ("ERR\u{a0}#", "does not look like one: it holds U+00A0"),
        ("E\u{ad}#", "does not look like one: it holds U+00AD"),
        ("=\"#\"", "does not look like one: it holds `\"`"),
        ("'#", "does not look like one: it holds `'`"),
        ("'E#~", "does not look like one: it holds `'` and `~`"),
        ("Ｅ#", "does not look like one: it holds a full-width sign"),
        ("E#¹", "does not look like one: it holds a number that is raised or of another script"),
        ("E#:", "does not look like one: it ends in `:`"),
        ("The # error", "does not look like one: it holds a blank"),
        ("#-Jan", "looks like what a spreadsheet has made of one"),
    ] {
        let codes: Vec<_> = (10..30).map(|number| code.replace('#', &number.to_string())).collect();
        let texts = codes.iter().map(String::as_str);
        assert_eq!(
            doubts(texts.clone()),
            [format!("`{}` {told}; so it is with 20 rows, the last on line 22", codes[0])]
        );
        assert_eq!(doubts(texts.take(4)).len(), 4, "{code}");
    }
    let hyphens: Vec<_> = (10..30).map(|number| format!("G‑{number}")).collect();
    let told = doubts(hyphens.iter().map(String::as_str).chain(["G-1", "G–2"]));
    assert_eq!(
        told,
        [
            "`G‑10` looks like `G-10`, with U+2011 for the hyphen; so it is with 20 rows, the last on line 22",
            "`G–2` looks like `G-2`, with U+2013 for the hyphen",
        ]
    );
    // What stands for no code is named once for all its rows.
    let told = doubts(["E1", "N/A", "N/A", "-", "N/A", "N/A", "E2", "N/A"]);
    assert_eq!(
        told,
        [
            "`N/A` does not look like one; so it is with 5 rows, the last on line 10",
            "`-` does not look like one"
        ]
    );
}

#[test]
fn doubts_that_differ_are_told_one_by_one() {
    let codes = ["A1, A2", "A3, A4", "A5, A6", "A7, A8", "A9, A10", "A11, A12"];
    assert_eq!(doubts(codes).len(), 6);
    assert_eq!(doubts(["A99", "A1/A2", "A3/A4", "A5/A6", "A7/A8", "A9/A10", "A11/A12"]).len(), 6);
    assert_eq!(doubts(["A 1", "A'1", "A\u{a0}1", "A~1", "A1.", "A1†"]).len(), 6);
}
