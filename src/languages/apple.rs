//! A String Catalog for Apple's platforms.
//!
//! In: a book and the option `table`. Out: `Errbook.xcstrings`, which Xcode compiles into the strings of every locale. Keys
//! are those of `view::catalogue`, joined by dots (`errors.quectel.sms_code_incorrect.message`), so that
//! `String(localized: "errors.quectel.sms_code_incorrect.message", table: "Errbook")` shows the text in the user's
//! language. The comment of a key is the reference of its code. A text that a locale lacks is absent, and the system
//! shows the one of the source language.
//!
//! The file looks as Xcode writes it, keys in order and a blank before each colon, so that opening it there shows little
//! difference.

use super::{Banner, Body, File, Language, OptionHelp, Options, Origin};
use crate::model::Book;
use crate::view::Spelling;
use crate::view::catalogue::{self, Message};
use crate::view::json::{self, Colon};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A String Catalog for Apple's platforms.
pub(super) static APPLE: Apple = Apple;

/// A String Catalog for Apple's platforms.
#[derive(Debug)]
pub(super) struct Apple;

impl Language for Apple {
    fn id(&self) -> &'static str {
        "apple"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        None
    }

    fn options(&self) -> &'static [OptionHelp] {
        &[OptionHelp {
            key: "table",
            about: "The name of the string catalogue, without `.xcstrings`.",
            example: "Errbook",
        }]
    }

    fn files<'a>(&self, book: &'a Book, options: &mut Options<'_>) -> Vec<File<'a>> {
        let table = options.text("table", "Errbook", is_table);
        vec![File {
            path: format!("{table}.xcstrings"),
            banner: Banner::None,
            origin: Origin::Everything,
            body: Body::new(move |page| {
                json::print(&catalog(book), Colon::Spaced, &mut |piece| page.push(piece));
            }),
        }]
    }
}

/// A table is a file name and stands in the code of apps.
fn is_table(text: &str) -> Result<(), String> {
    let starts_well = text.starts_with(|first: char| first.is_ascii_alphabetic());
    if starts_well && text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(())
    } else {
        Err("it is at most 64 letters and digits, with a letter first".to_owned())
    }
}

/// The whole file. Fields stand in alphabetical order, as Xcode sorts them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Catalog<'a> {
    source_language: &'a str,
    strings: Strings<'a>,
    version: &'static str,
}

/// The texts by their keys, in order. What stands below a key is made when it is written.
struct Strings<'a> {
    book: &'a Book,
    messages: Vec<(String, Message<'a>)>,
}

impl Serialize for Strings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.messages.iter().map(|(key, message)| (key, entry(self.book, message))))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    comment: String,
    /// Xcode deletes no key that is `manual`, though no code names it in full.
    extraction_state: &'static str,
    localizations: BTreeMap<&'a str, Localization<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Localization<'a> {
    string_unit: StringUnit<'a>,
}

#[derive(Serialize)]
struct StringUnit<'a> {
    state: &'static str,
    value: &'a str,
}

fn catalog(book: &Book) -> Catalog<'_> {
    let messages = catalogue::messages(book).into_iter();
    let mut messages: Vec<_> = messages.map(|message| (message.words().join("."), message)).collect();
    messages.sort_by(|(one, _), (other, _)| one.cmp(other));
    Catalog {
        // A book has at least one locale.
        source_language: book.locales.first().map_or("en", |locale| locale.tag()),
        strings: Strings { book, messages },
        version: "1.0",
    }
}

fn entry<'a>(book: &'a Book, message: &Message<'a>) -> Entry<'a> {
    let localization = |(index, locale): (usize, &'a crate::model::Locale)| {
        let value = message.texts.written(index)?;
        Some((locale.tag(), Localization { string_unit: StringUnit { state: "translated", value } }))
    };
    Entry {
        comment: message.reference(),
        extraction_state: "manual",
        localizations: book.locales.iter().enumerate().filter_map(localization).collect(),
    }
}
