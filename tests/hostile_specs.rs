//! Specs that are wrong: each is refused with its place and a way to mend it, and none makes errbook panic.

use errbook::diagnostics::Sources;
use errbook::{model, spec};

/// Everything that is said about a domain file with this text, as `id line:column`.
fn findings(domain: &str) -> Vec<String> {
    findings_in("errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\n", domain)
}

/// The same about a book and its one domain.
fn findings_in(book: &str, domain: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("domains")).expect("writable");
    std::fs::write(folder.path().join("errbook.yaml"), book).expect("writable");
    std::fs::write(folder.path().join("domains/d.yaml"), domain).expect("writable");
    let mut sources = Sources::default();
    let loaded = spec::load(&folder.path().join("errbook.yaml"), &mut sources).expect("readable");
    let faults = match loaded.and_then(model::resolve) {
        Ok(_) => Vec::new(),
        Err(faults) => faults,
    };
    faults
        .iter()
        .map(|fault| {
            let span = fault.span().expect("every fault has a place");
            let (line, column) = sources.position(span);
            format!("{} {line}:{column}", fault.id)
        })
        .collect()
}

fn domain(errors: &str) -> String {
    format!("domain: d\ntitle: D\ncode_type: int32\nerrors:\n{errors}")
}

fn entry(code: &str, name: &str) -> String {
    format!("  - {{code: {code}, name: {name}, kind: internal, message: {{en: x}}}}\n")
}

#[test]
fn a_right_spec_has_no_findings() {
    assert_eq!(findings(&domain(&entry("1", "a"))), [""; 0]);
}

#[test]
fn codes_are_what_they_look_like() {
    for wrong in
        ["010", "0x1F", "1_000", "+5", "-0", "1e3", "1.0", "NO", "true", "2147483648", "１２", "\"5\""]
    {
        let found = findings(&domain(&entry(wrong, "a")));
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert!(found[0].ends_with(" 5:12"), "{wrong}: {found:?}");
    }
}

#[test]
fn names_are_unique_and_well_formed() {
    assert_eq!(findings(&domain(&(entry("1", "a") + &entry("2", "a")))), ["duplicate_name 6:21"]);
    assert_eq!(findings(&domain(&(entry("1", "a") + &entry("1", "b")))), ["duplicate_code 6:12"]);
    for wrong in ["A", "a-b", "_a", "a_", "a__b", "1a", "../../x", "名", "\"a b\""] {
        assert_eq!(findings(&domain(&entry("1", wrong))), ["bad_name 5:21"], "{wrong}");
    }
}

#[test]
fn all_faults_of_a_stage_are_reported_at_once_in_order() {
    let text = domain(
        "  - {code: 1, name: A, kind: nope, message: {fr: x}, retryable: maybe}\n  - {code: 2, nam: b}\n",
    );
    // Form first: what has the wrong shape is not resolved.
    assert_eq!(findings(&text), ["wrong_type 5:65", "missing_key 6:6", "unknown_key 6:15"]);
    let text = domain("  - {code: 1, name: A, kind: nope, message: {fr: x}}\n");
    assert_eq!(findings(&text), ["bad_name 5:21", "unknown_kind 5:30", "unknown_locale 5:46"]);
}

#[test]
fn one_slip_is_one_finding() {
    let text = domain("  - {code: 1, name: a, kind: internal, mesage: {en: x}}\n");
    assert_eq!(findings(&text), ["unknown_key 5:40"]);
    let book =
        |locales: &str| format!("errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [{locales}]\ndomains: [d]\n");
    let texts = |tag: &str| {
        domain(&format!(
            "  - {{code: 1, name: a, kind: internal, message: {{en: x, {tag}: y}}, solution: {{{tag}: z}}}}\n"
        ))
    };
    assert_eq!(findings_in(&book("en, zh-Hans"), &texts("zh-Hans")), [""; 0]);
    assert_eq!(
        findings_in(&book("en, zh-Hans"), &texts("zh-hans")),
        ["unknown_locale 5:57", "unknown_locale 5:81"]
    );
    assert_eq!(findings_in(&book("en, zh_Hans"), &texts("zh-Hans")), ["bad_locale 4:15"]);
}

#[test]
fn tombstones_are_never_used_again() {
    let retired = "retired:\n  - {code: 7, name: gone, since: 1.0.0}\n";
    assert_eq!(findings(&(domain(&entry("7", "a")) + retired)), ["retired_code 5:12"]);
    assert_eq!(findings(&(domain(&entry("8", "gone")) + retired)), ["retired_name 5:21"]);
}

#[test]
fn retry_needs_a_kind_that_allows_it() {
    let text = "  - {code: 1, name: a, kind: not_found, retryable: true, message: {en: x}}\n";
    assert_eq!(findings(&domain(text)), ["retryable_kind 5:52"]);
}

#[test]
fn yaml_that_is_too_clever_is_refused() {
    for (text, id) in [
        ("a: &x [1]\nb: *x\n", "yaml_anchor"),
        ("domain: d\ndomain: e\n", "repeated_key"),
        ("--- 1\n--- 2\n", "several_documents"),
        ("\u{0}", "nul_byte"),
        ("", "empty_file"),
        ("- 1\n", "wrong_type"),
        ("{", "yaml_syntax"),
        ("? [a]\n: 1\n", "yaml_key"),
        ("a: !!binary x\n", "yaml_tag"),
    ] {
        let found = findings(text);
        assert!(found.iter().any(|found| found.starts_with(id)), "{text:?}: {found:?}");
    }
}

#[test]
fn domains_are_not_paths() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("errbook.yaml");
    for name in ["../secret", "a/b", "C:\\\\x", ".", "con fig"] {
        let book = format!("errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [\"{name}\"]\n");
        std::fs::write(&path, book).expect("writable");
        let faults = spec::load(&path, &mut Sources::default()).expect("readable").expect_err("refused");
        assert_eq!(faults.iter().map(|fault| fault.id).collect::<Vec<_>>(), ["bad_domain_name"], "{name}");
    }
}

#[test]
fn tombstones_replacements_and_versions_make_sense() {
    let one = |rest: &str| {
        domain(&format!("  - {{code: 1, name: a, kind: internal, message: {{en: x}}, {rest}}}\n"))
    };
    assert_eq!(findings(&one("deprecated: {since: 1.0.0, use: a}")), ["deprecated_for_itself 5:90"]);
    assert_eq!(findings(&one("deprecated: {since: banana}")), ["bad_version 5:78"]);
    assert_eq!(findings(&one("deprecated: {since: 1.0.0, use: b}")), ["unknown_replacement 5:90"]);
    assert_eq!(
        findings(&one("variants: [{name: a, kind: internal, message: {en: y}}]")),
        ["duplicate_name 5:76"]
    );
    let twice = "retired:\n  - {code: 7, name: b, since: 1.0.0}\n  - {code: 7, name: b, since: 1.0.0}\n";
    assert_eq!(findings(&(domain(&entry("1", "a")) + twice)), ["duplicate_code 8:12", "duplicate_name 8:21"]);
}

#[test]
fn a_book_needs_a_locale() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("errbook.yaml");
    std::fs::write(&path, "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: []\ndomains: []\n")
        .expect("writable");
    let files = spec::load(&path, &mut Sources::default()).expect("readable").expect("well formed");
    let faults = model::resolve(files).expect_err("refused");
    assert_eq!(faults.iter().map(|fault| fault.id).collect::<Vec<_>>(), ["no_locale"]);
}

#[test]
fn the_files_of_one_domain_must_agree() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("errbook.yaml");
    std::fs::write(&path, "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [d]\n")
        .expect("writable");
    let load = || {
        let loaded = spec::load(&path, &mut Sources::default()).expect("readable");
        loaded
            .map(|files| files.domains[0].errors.len())
            .map_err(|faults| faults.iter().map(|fault| fault.id).collect::<Vec<_>>())
    };
    std::fs::create_dir_all(folder.path().join("domains/d")).expect("writable");
    assert_eq!(load(), Err(vec!["missing_domain_file"]));
    let write = |name: &str, text: String| std::fs::write(folder.path().join("domains").join(name), text);
    write("d/1.yaml", domain(&entry("1", "a"))).expect("writable");
    write("d/2.yaml", domain(&entry("2", "b"))).expect("writable");
    assert_eq!(load(), Ok(2));
    write("d/2.yaml", domain(&entry("2", "b")).replace("title: D", "title: E")).expect("writable");
    assert_eq!(load(), Err(vec!["domain_files_disagree"]));
    write("d/2.yaml", domain(&entry("2", "b"))).expect("writable");
    write("d.yaml", domain(&entry("3", "c"))).expect("writable");
    assert_eq!(load(), Err(vec!["domain_file_and_folder"]));
}

#[test]
fn many_faults_are_counted_and_the_first_are_told() {
    let many = |line: fn(usize) -> String| findings(&domain(&(0..3_000).map(line).collect::<String>()));
    let name = |index: usize| entry(&index.to_string(), &format!("A{index}"));
    let key = |index: usize| format!("  - {{code: {index}, kind: internal, message: {{en: x}}, nam: a}}\n");
    for found in [many(name), many(key), findings(&"a: 1\n".repeat(3_000))] {
        assert_eq!(found.len(), 1_001, "{:?}", &found[..3]);
        let told = found.iter().filter(|found| found.starts_with("too_many_findings")).count();
        assert_eq!(told, 1, "{:?}", &found[990..]);
    }
    let keys = |count: usize| (0..count).map(|index| format!("k{index}: 1\n")).collect::<Vec<_>>().concat();
    let found = findings(&(domain(&entry("1", "a")) + &keys(900)));
    assert_eq!(found.iter().filter(|found| found.starts_with("unknown_key")).count(), 21, "{found:?}");
    assert_eq!(findings(&keys(1_002)), ["too_many_nodes 1001:1"]);
}

/// Domains are resolved side by side, and their faults are counted as if one came after the other.
#[test]
fn faults_of_many_domains_are_counted_together() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("domains")).expect("writable");
    let path = folder.path().join("errbook.yaml");
    let book = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: [a, b, c]\n";
    std::fs::write(&path, book).expect("writable");
    for (id, count) in [("a", 700), ("b", 800), ("c", 1_500)] {
        let entries: String =
            (0..count).map(|index| entry(&index.to_string(), &format!("A{index}"))).collect();
        let text = domain(&entries).replace("domain: d", &format!("domain: {id}"));
        std::fs::write(folder.path().join(format!("domains/{id}.yaml")), text).expect("writable");
    }
    let mut sources = Sources::default();
    let files = spec::load(&path, &mut sources).expect("readable").expect("well formed");
    let faults = model::resolve(files).expect_err("refused");
    assert_eq!(faults.len(), 1_001);
    let rest: Vec<_> = faults.iter().filter(|fault| fault.id == "too_many_findings").collect();
    assert_eq!(rest.len(), 1);
    assert!(rest[0].message.starts_with("2000 more faults"), "{}", rest[0].message);
    // The first that is not told is the 301st of the second domain.
    let span = rest[0].span().expect("a place");
    assert!(sources.get(span.source).path.ends_with("b.yaml"));
    assert_eq!(sources.position(span).0, 4 + 301);
}

#[test]
fn conditions_that_stand_on_lines_of_their_own_are_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let condition = |number: usize| format!("  - {{name: c{number}, kind: internal}}\n");
    let most = spec::fields::MOST_CONDITIONS;
    let conditions: String = (0..=most).map(condition).collect();
    let book = "errbook: 1\nversion: 1.0.0\ntitle: T\nlocales: [en]\ndomains: []\n";
    std::fs::write(folder.path().join("errbook.yaml"), book).expect("writable");
    std::fs::write(folder.path().join("conditions.yaml"), format!("conditions:\n{conditions}"))
        .expect("writable");
    let mut sources = Sources::default();
    let loaded = spec::load(&folder.path().join("errbook.yaml"), &mut sources).expect("readable");
    let faults = loaded.expect_err("there are too many");
    let fault = faults.iter().find(|fault| fault.id == "too_many_nodes").expect("it is told");
    assert_eq!(sources.position(fault.span().expect("a place")).0, most + 2);
}
