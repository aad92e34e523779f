//! Adds entries for the rows of a document that the spec does not have yet.
//!
//! In: a domain as written and the `Reading` of its document. Out: the new text of the domain's files. A new entry
//! has a name made from the English text, or else from the code, the kind `unknown`, and the vendor's texts; a
//! locale the vendor does not have gets a copy and the entry a note. What holds for the code as a whole is that of the first
//! row that says it. People review it then, and from there on it is theirs: what is in the spec is never touched, every byte
//! of it stays where it was.
//!
//! Guaranteed: the new text is read again before anybody writes it. If one old entry is not what it was, or a new
//! one is not what was meant, or anything in the document cannot be told, there is a finding and no text.
//!
//! The stages: `codes` finds the new rows, this file makes entries of them with names from `names`, and `place` puts
//! those into the files. Deliberately elsewhere: reading the document (`document`), comparing texts (`audit`), and the
//! disk (`cli`).

mod codes;
mod names;
mod place;
mod several;

use crate::audit::{self, Difference, Other};
use crate::diagnostics::{self, Diagnostic, Level, Loc, SourceId, Sources};
use crate::document::{Reading, Row};
use crate::names::{CodeType, WireCode};
use crate::spec::read::{SpecDomain, SpecError, SpecMeaning, SpecTexts};
use names::Names;
use std::collections::BTreeSet;

/// What an import comes to.
#[derive(Debug, Default)]
pub struct Import {
    /// The files that change, with their new text; none if there is an error.
    pub files: Vec<(SourceId, String)>,
    /// How many entries are new.
    pub entries: usize,
    /// How many rows they stand for.
    pub rows: usize,
    /// What a person should look at, sorted.
    pub findings: Vec<Diagnostic>,
}

/// Adds entries for the new rows of `reading`, with texts in each of `locales`.
pub fn import(sources: &Sources, domain: &SpecDomain, locales: &[Loc<String>], reading: &Reading) -> Import {
    let mut import = Import { findings: reading.findings.clone(), ..Import::default() };
    // A new meaning of a reviewed code is for a person to add; the rows of new codes go on.
    for difference in audit::audit(domain, reading).differences {
        if matches!(difference, Difference::Added { other: Some(Other::Entry(_) | Other::Retired(_)), .. }) {
            import.findings.push(Diagnostic { level: Level::Warning, ..difference.finding() });
        }
    }
    if let Some(code_type) = CodeType::from_id(&domain.code_type.value) {
        let rows = codes::new_rows(domain, code_type, reading, &mut import.findings);
        import.entries = rows.len();
        import.rows = rows.values().map(Vec::len).sum();
        let mut names = Names::of(domain);
        let entries: Vec<_> = rows
            .into_iter()
            .filter_map(|(code, rows)| {
                let error = entry(&code, &rows, locales, &mut names, &mut import.findings)?;
                Some((code, error))
            })
            .collect();
        if !diagnostics::any_error(&import.findings) && !entries.is_empty() {
            import.files = place::files(sources, domain, code_type, &entries, &mut import.findings);
        }
    } else {
        let message = format!("`{}` is no code type", domain.code_type.value);
        import.findings.push(Diagnostic::error("unknown_code_type", domain.code_type.span, message));
    }
    if diagnostics::any_error(&import.findings) {
        import.files.clear();
    }
    diagnostics::sort(&mut import.findings);
    import
}

/// Gives `new`, which was made from `old`, the line ends and the byte order mark that `bytes`, the file that `old`
/// was read from, has. `None` if its line ends are mixed, so that not every byte could stay.
pub fn with_line_ends_of(bytes: &[u8], old: &str, new: &str) -> Option<String> {
    let raw = std::str::from_utf8(bytes).ok()?;
    let (mark, body) = match raw.strip_prefix('\u{FEFF}') {
        Some(body) => ("\u{FEFF}", body),
        None => ("", raw),
    };
    if body == old {
        Some(format!("{mark}{new}"))
    } else if body == old.replace('\n', "\r\n") {
        Some(format!("{mark}{}", new.replace('\n', "\r\n")))
    } else if body == old.replace('\n', "\r") {
        Some(format!("{mark}{}", new.replace('\n', "\r")))
    } else {
        None
    }
}
/// The entry for the rows of one code: the first is its meaning, the others are variants.
fn entry(
    code: &WireCode,
    rows: &[&Row],
    locales: &[Loc<String>],
    names: &mut Names,
    findings: &mut Vec<Diagnostic>,
) -> Option<SpecError> {
    let (mut copied, mut copied_solutions) = (BTreeSet::new(), BTreeSet::new());
    let mut meanings = Vec::new();
    for row in rows {
        let message = supplied(&row.message, locales, findings);
        if message.texts.is_empty() {
            let message = format!("the row of `{}` has no message", row.code.value);
            let help = "name its column in the recipe, or list the row under `rows` with a message";
            findings.push(Diagnostic::error("row_without_message", row.span, message).help(help));
            return None;
        }
        let message = complete(message, locales, &mut copied);
        let solution = complete(supplied(&row.solution, locales, findings), locales, &mut copied_solutions);
        meanings.push(SpecMeaning {
            span: row.span,
            name: Loc::new(names.make(row, code), row.span),
            kind: Loc::new("unknown".to_owned(), row.span),
            condition: None,
            message,
            solution,
            erratum_message: SpecTexts::default(),
            erratum_solution: SpecTexts::default(),
        });
    }
    let row = rows.first()?;
    let mut meanings = meanings.into_iter();
    Some(SpecError {
        span: row.span,
        code: Loc::new(code.to_string(), row.code.span),
        code_is_plain: matches!(code, WireCode::Number(_)),
        meaning: meanings.next()?,
        retryable: false,
        retryable_span: None,
        http_status: http_status(rows, findings),
        variants: meanings.collect(),
        former_names: Vec::new(),
        deprecated: None,
        allow: Vec::new(),
        note: note(&copied, &copied_solutions).map(|note| Loc::new(note, row.span)),
    })
}

/// The texts in every one of the book's locales, if there are any: a locale that a row does not have gets a copy of the first.
fn complete<'a>(
    mut texts: SpecTexts,
    locales: &'a [Loc<String>],
    copied: &mut BTreeSet<(&'a str, &'a str)>,
) -> SpecTexts {
    let Some((first, text)) = texts.texts.first().cloned() else { return texts };
    let all = std::mem::take(&mut texts.texts);
    for locale in locales {
        let own = all.iter().find(|(tag, _)| *tag == *locale);
        if own.is_none() {
            let original = locales.iter().find(|tag| **tag == first).map_or("", |tag| tag.value.as_str());
            copied.insert((&locale.value, original));
        }
        texts.texts.push(own.cloned().unwrap_or_else(|| (locale.clone(), text.clone())));
    }
    texts
}

/// The texts of a row in the order of the book's locales; `recipe::check_locales` lets no other pass.
fn supplied(
    texts: &[(String, Loc<String>)],
    locales: &[Loc<String>],
    findings: &mut Vec<Diagnostic>,
) -> SpecTexts {
    for (_, text) in texts.iter().filter(|(_, text)| text.value.contains('\0')) {
        findings.push(nul(text));
    }
    let in_order = locales.iter().filter_map(|locale| {
        let (_, text) = texts.iter().find(|(tag, _)| *tag == locale.value)?;
        Some((locale.clone(), text.clone()))
    });
    SpecTexts { span: None, texts: in_order.collect() }
}

/// JSON can spell what no entry may hold.
fn nul(text: &Loc<String>) -> Diagnostic {
    let fault =
        Diagnostic::error("nul_character", text.span, "this holds the character U+0000, which no entry may");
    fault.help("list the row under `rows` without it")
}

/// The HTTP status of an entry: that of its first row that has one. `codes` tells where another row has another.
fn http_status(rows: &[&Row], findings: &mut Vec<Diagnostic>) -> Option<Loc<u32>> {
    let mut first = None;
    for status in rows.iter().filter_map(|row| row.http_status.as_ref()) {
        let number = match CodeType::Int32.parse(&status.value) {
            Some(WireCode::Number(number @ 100..=599)) => u32::try_from(number).ok(),
            _ => None,
        };
        let Some(number) = number else {
            let message = format!("`{}` is no HTTP status", status.value);
            let help =
                "it is a number from 100 to 599: write `null` for this column, or list the row under `rows`";
            findings.push(Diagnostic::error("bad_http_status", status.span, message).help(help));
            continue;
        };
        first = first.or(Some(Loc::new(number, status.span)));
    }
    first
}

/// What reminds people to translate. Where the message is a copy, that of the solution goes without saying.
fn note(messages: &BTreeSet<(&str, &str)>, solutions: &BTreeSet<(&str, &str)>) -> Option<String> {
    let copies = messages
        .iter()
        .map(|copy| (copy, ""))
        .chain(solutions.difference(messages).map(|copy| (copy, "The solution in ")));
    let notes: Vec<_> = copies
        .map(|((copy, original), what)| {
            format!("{what}{copy} is a copy of {original} until it is translated.")
        })
        .collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

#[cfg(test)]
mod tests {
    use super::names::fold;
    use super::*;
    use crate::document;
    use crate::spec::{read, recipe, yaml};

    const HEAD: &str = "domain: a\ntitle: A\ncode_type: int32\ndocument:\n  file: a.md\n  tables:\n  \
                        - {reader: markdown, columns: [code, http_status, message.en, message.zh-Hans]}\n";

    /// Imports `rows` into a domain file that starts with `head` and ends with `errors`.
    fn imported(head: &str, errors: &str, rows: &str) -> (Import, String) {
        let mut sources = Sources::default();
        let spec = sources.add("a.yaml", format!("{head}{errors}"));
        let document = sources.add("a.md", format!("|a|b|c|d|\n|-|-|-|-|\n{rows}"));
        let mut faults = Vec::new();
        let root = yaml::parse(&sources, spec).expect("valid YAML");
        let domain = read::domain(&root, &mut faults).expect("a domain");
        let recipe =
            recipe::recipe(domain.document.as_ref().expect("a document"), &mut faults).expect("a recipe");
        assert!(faults.is_empty(), "{faults:?}");
        let locales = ["en", "zh-Hans"].map(|tag| Loc::new(tag.to_owned(), domain.span));
        let reading = document::read(&sources, document, &recipe, &mut document::Effort::default());
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
    fn what_would_make_no_valid_entry_stops_the_import() {
        let rows = |code_type: &str, rows: &str| {
            let mut sources = Sources::default();
            let domain = format!(
                "domain: a\ntitle: A\ncode_type: {code_type}\ndocument:\n  file: a\n  tables:\n  \
                 - {{reader: json, columns: {{/0: code, /1: message.en, /2: solution.en}}}}\nerrors: []\n"
            );
            let spec = sources.add("a.yaml", domain);
            let document = sources.add("a", rows.to_owned());
            let mut faults = Vec::new();
            let root = yaml::parse(&sources, spec).expect("valid YAML");
            let domain = read::domain(&root, &mut faults).expect("a domain");
            let block = domain.document.as_ref().expect("a document");
            let recipe = recipe::recipe(block, &mut faults).expect("a recipe");
            let reading = document::read(&sources, document, &recipe, &mut document::Effort::default());
            ids(&import(&sources, &domain, &[Loc::new("en".to_owned(), domain.span)], &reading))
        };
        assert_eq!(rows("string", r#"[["a\u0000", "x"], ["b", "x"]]"#), ["nul_character"]);
        assert_eq!(
            rows("string", r#"[["a", "\u0000"], ["b", "x", "y\u0000"]]"#),
            ["nul_character", "nul_character"]
        );
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
        let rows = "|A003||x|y|\n|A004-A006||x|y|\n|A007†||x|y|\n|A008¹||x|y|\n|A01₂||x|y|\n|'009||x|y|\n|A-1||x|y|\n";
        let (import, _) = imported(&head, "errors: []\n", rows);
        assert_eq!(ids(&import), ["doubtful_code"; 5]);
        assert!(import.findings[0].message.ends_with("looks like several"), "{:?}", import.findings);
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
}
