//! Proof that a book beyond every limit that generated code is cut at compiles, warnings being errors, and says of each
//! code what the book says. `cargo xtask benchmarks scale` does the same with 10,000 codes; here those that are texts
//! have letters beyond U+FFFF beside letters just below, which languages of UTF-16 sort the other way round. So a code
//! is found only where every language cuts and searches in the order that the codes stand in.
//!
//! A missing compiler is a loud skip, and a failure where `CI` or `ERRBOOK_REQUIRE_TOOLCHAINS` is set.

use errbook::diagnostics::Sources;
use errbook::model::{self, CodeType};
use errbook::{parallel, spec};
use std::io::Write as _;
use std::path::Path;
use xtask::books::{self, Shape};
use xtask::scale::{LANGUAGES, Project};

/// A book with all that a synthetic one can have.
const GREAT: Shape = Shape {
    count: 100_000,
    domains: 1,
    code_type: CodeType::Int32,
    has_facts: true,
    has_wide_letters: false,
};

/// More codes than stand in one part of anything, and no more than that takes: Kotlin's and Swift's compilers are slow.
fn count(language: &str) -> u32 {
    match language {
        // A class of Java holds 2,000 constants.
        "java" => 2_100,
        // Objects and functions hold some 250.
        "kotlin" | "swift" => 600,
        // Nothing is cut here.
        _ => 3_000,
    }
}

#[test]
fn great_books_compile_and_say_what_they_say() {
    let code_types = [CodeType::Int32, CodeType::Int64, CodeType::String];
    let jobs: Vec<_> = LANGUAGES
        .into_iter()
        .flat_map(|language| code_types.map(|code_type| (language, code_type)))
        .collect();
    let problems = parallel::map(jobs.len(), |index| {
        let (language, code_type) = jobs[index];
        let shape = Shape { count: count(language), code_type, has_wide_letters: true, ..GREAT };
        let outcome = prove(language, shape);
        let verdict = match &outcome {
            Ok(None) => "every code is right".to_owned(),
            Ok(Some(missing)) => format!("SKIPPED: {missing}"),
            Err(problem) => format!("FAILED: {problem:#}"),
        };
        let line = format!("{language}, {} codes, {}: {verdict}\n", shape.count, code_type.id());
        // Past the test harness, which would keep it back until the end: compiling takes minutes.
        let _ = std::io::stderr().write_all(line.as_bytes());
        let is_bad = outcome.is_err() || outcome.is_ok_and(|missing| missing.is_some()) && is_required();
        is_bad.then_some(line)
    });
    let problems: Vec<_> = problems.into_iter().flatten().collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_domain_of_100_000_codes_in_one_file_loads() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("greatest");
    let shape = Shape { has_facts: false, ..GREAT };
    books::write(&folder, shape)?;
    let mut sources = Sources::default();
    let loaded = spec::load(&folder.join("spec/errbook.yaml"), &mut sources)?;
    let book =
        loaded.and_then(model::resolve).map_err(|faults| anyhow::anyhow!("{} faults", faults.len()))?;
    assert_eq!(book.domains[0].errors.len(), 100_000);
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Gives what is missing, if it is a compiler.
fn prove(language: &str, shape: Shape) -> anyhow::Result<Option<String>> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale");
    let project =
        Project::prepare(&root.join(format!("{language}-{}", shape.code_type.id())), language, shape)?;
    let missing = project.build()?;
    if missing.is_none() {
        project.prove()?;
    }
    std::fs::remove_dir_all(&project.folder)?;
    Ok(missing)
}

fn is_required() -> bool {
    ["CI", "ERRBOOK_REQUIRE_TOOLCHAINS"].into_iter().any(|variable| {
        std::env::var(variable).is_ok_and(|value| !value.is_empty() && value != "false" && value != "0")
    })
}
