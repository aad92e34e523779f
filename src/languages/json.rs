//! The whole book as JSON, for programs that want more than one language's files.
//!
//! In: a book. Out: `book.json` in the shape of `errbook export --format json` without the lines of the documents, which
//! `gen` never reads, and `book.schema.json`, which says what that shape is. `docs/export.md` tells what readers may
//! rely on.

use super::{Banner, Body, File, Language, Options, Origin};
use crate::export;
use crate::model::Book;
use crate::view::Spelling;
use crate::view::json::{self, Colon};

/// The whole book as JSON.
pub(super) static JSON: Json = Json;

/// The whole book as JSON.
#[derive(Debug)]
pub(super) struct Json;

impl Language for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        None
    }

    fn files<'a>(&self, book: &'a Book, _: &mut Options<'_>) -> Vec<File<'a>> {
        let file = |path: &str, body| File {
            path: path.to_owned(),
            banner: Banner::None,
            origin: Origin::Everything,
            body,
        };
        vec![
            file(
                "book.json",
                Body::new(move |page| {
                    json::print(&export::book(book, None), Colon::Tight, &mut |piece| page.push(piece));
                }),
            ),
            file("book.schema.json", export::SCHEMA.to_owned().into()),
        ]
    }
}
