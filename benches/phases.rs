//! How long each phase of a run takes on the book of this repository, for comparing two states of one function: `cargo
//! bench`, or `cargo bench -- resolve` for one phase. What a user waits for is whole processes, which `cargo xtask
//! benchmarks` measures.
//!
//! The phases are those of `--timings`. Each begins with what the phases before it have made, which is not timed.

use divan::{Bencher, counter::ItemsCount};
use errbook::diagnostics::Sources;
use errbook::languages::{self, LANGUAGES, Options};
use errbook::lints::{self, Baseline, Context, Levels, Places};
use errbook::model::{self, Book};
use errbook::output::{self, Filter};
use errbook::spec::{self, SpecFiles};
use std::path::PathBuf;

fn main() {
    divan::main();
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("spec/errbook.yaml")
}

fn read() -> SpecFiles {
    let mut sources = Sources::default();
    let files = spec::load(&path(), &mut sources).expect("the book can be read");
    files.expect("the book is well formed")
}

fn resolved() -> Book {
    model::resolve(read()).expect("the book is valid")
}

fn codes(book: &Book) -> ItemsCount {
    ItemsCount::new(book.domains.iter().map(|domain| domain.errors.len()).sum::<usize>())
}

/// The languages whose output has code.
fn of_code() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().filter(|language| language.spelling().is_some()).map(|language| language.id())
}

/// `read` and `parse`.
#[divan::bench]
fn read_and_parse(bencher: Bencher<'_, '_>) {
    bencher.counter(codes(&resolved())).bench(read);
}

#[divan::bench]
fn resolve(bencher: Bencher<'_, '_>) {
    let bencher = bencher.counter(codes(&resolved())).with_inputs(read);
    bencher.bench_values(|files| model::resolve(files).expect("the book is valid"));
}

#[divan::bench]
fn lint(bencher: Bencher<'_, '_>) {
    let mut sources = Sources::default();
    let files = spec::load(&path(), &mut sources).expect("the book can be read").expect("its form is right");
    let book = model::resolve(files).expect("the book is valid");
    let spellings = languages::spellings();
    let context = Context { book: &book, sources: &sources, spellings: &spellings };
    let (levels, _) = Levels::read(&book.lints);
    let run = || lints::run(&context, &levels, &Baseline::default(), Places::AsKnown);
    bencher.counter(codes(&book)).bench(run);
}

/// Which files there are, and whether each language can hold every name.
#[divan::bench]
fn plan(bencher: Bencher<'_, '_>) {
    let book = resolved();
    let folder = path().with_file_name("");
    let run =
        || output::plan(&book, &folder, &Filter::default()).expect("the book can be generated").files.len();
    bencher.counter(codes(&book)).bench(run);
}

/// `view` and `render`: every file of one language, whose text nobody takes.
#[divan::bench(args = of_code())]
fn view_and_render(bencher: Bencher<'_, '_>, language: &str) {
    let book = resolved();
    let (_, block) =
        book.outputs.iter().find(|(name, _)| name.value == language).expect("an output of the book");
    let language = languages::find(language).expect("a language");
    let mut options = Options::new(block);
    // The folder is for whoever plans; what nobody has asked for is a fault.
    options.text("dir", "", |_| Ok(()));
    let files = languages::files(language, &book, &mut options).expect("the book can be generated");
    let print = || {
        let mut bytes = 0;
        for file in &files {
            file.body.print(&mut |piece| bytes += piece.len());
        }
        bytes
    };
    bencher.counter(codes(&book)).bench(print);
}

/// `write`, where nothing has changed: digests, and comparing with what is on the disk.
#[divan::bench]
fn check(bencher: Bencher<'_, '_>) {
    let book = resolved();
    let folder = path().with_file_name("");
    let plan = output::plan(&book, &folder, &Filter::default()).expect("the book can be generated");
    bencher.counter(codes(&book)).bench(|| output::check(&plan).expect("the files can be read").len());
}
