//! The reference as a web page, as far as it can be judged without a browser; `tests/browser.rs` opens it in one.

#[path = "shared/book.rs"]
mod book;
#[path = "shared/output.rs"]
mod output;

use base64::Engine as _;
use book::load;
use errbook::model::Book;
use output::files;
use sha2::{Digest as _, Sha256};
use std::path::Path;

fn open(path: &str) -> Book {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
}

fn page(book: &Book) -> String {
    let mut files = files(book, "html");
    assert_eq!(files.len(), 1);
    files.remove("index.html").expect("the page")
}

/// What stands between two marks that occur once.
fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let (_, rest) = text.split_once(open).expect(open);
    let (inner, rest) = rest.split_once(close).expect(close);
    assert!(!rest.contains(open), "{open} stands twice");
    inner
}

#[test]
fn the_real_book_is_one_page_of_less_than_600_kilobytes() {
    let book = open("spec/errbook.yaml");
    let page = page(&book);
    assert!(page.len() < 600_000, "{} bytes", page.len());
    let codes: usize = book.domains.iter().map(|domain| domain.errors.len() + domain.retired.len()).sum();
    assert_eq!(page.matches("<details id=").count(), codes);
}

#[test]
fn the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else() {
    let page = page(&open("tests/books/small/errbook.yaml"));
    let digest = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let style = digest(between(&page, "<style>", "</style>"));
    let script = digest(between(&page, "<script>", "</script>"));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'sha256-{style}'; script-src 'sha256-{script}'"
        )
    );
}

#[test]
fn constants_have_the_prefix_of_their_output() {
    let page = page(&open("tests/browser/hostile/errbook.yaml"));
    for prefix in ["d::AcmeErrorCode::", "AcmeDErrorCode.", "conditions::AcmeErrorCode::"] {
        assert!(page.contains(&format!("<code>{prefix}</code>")), "{prefix}");
    }
}
