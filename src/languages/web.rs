//! Message catalogues for web apps, as JSON.
//!
//! In: a book. Out: for each locale a plain catalogue, `plain/en.json`, which maps keys to texts and nothing else, and one
//! in the style of i18next, `i18next/en/errbook.json`, which nests the words of the keys: a namespace `errbook` in the
//! folder of the language, where its backends look. Both have the keys of `view::catalogue`
//! (`errors.quectel.sms_code_incorrect.message`), so that a text is found under one name everywhere. A text that a
//! locale lacks is absent: falling back to another locale is the library's own work.
//!
//! Texts are data and stand as they are. i18next replaces `{{name}}` and `$t(key)` within them unless it is told not to;
//! `docs/resources.md` says how.

use super::{Banner, Body, File, Language, Options, Origin};
use crate::model::{Book, Locale};
use crate::view::Spelling;
use crate::view::catalogue::{self, Message};
use crate::view::json::{self, Colon};
use serde_json::{Map, Value};

/// Message catalogues for web apps.
pub(super) static WEB: Web = Web;

/// Message catalogues for web apps.
#[derive(Debug)]
pub(super) struct Web;

impl Language for Web {
    fn id(&self) -> &'static str {
        "web"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        None
    }

    fn files<'a>(&self, book: &'a Book, _: &mut Options<'_>) -> Vec<File<'a>> {
        type Shape = fn(&[Message<'_>], usize) -> Value;
        let file = |path, index, shape: Shape| File {
            path,
            banner: Banner::None,
            origin: Origin::Everything,
            body: Body::new(move |page| {
                page.push(&json::text(&shape(&catalogue::messages(book), index), Colon::Tight));
            }),
        };
        let of_locale = |(index, locale): (usize, &Locale)| {
            let tag = locale.tag();
            [
                file(format!("plain/{tag}.json"), index, plain),
                file(format!("i18next/{tag}/errbook.json"), index, nested),
            ]
        };
        book.locales.iter().enumerate().flat_map(of_locale).collect()
    }
}

/// Keys and texts.
fn plain(messages: &[Message<'_>], index: usize) -> Value {
    let text = |message: &Message<'_>| {
        let text = message.texts.written(index)?;
        Some((message.words().join("."), Value::from(text)))
    };
    Value::Object(messages.iter().filter_map(text).collect())
}

/// The same, an object for each word but the last.
fn nested(messages: &[Message<'_>], index: usize) -> Value {
    let mut root = Value::Object(Map::new());
    for message in messages {
        let Some(text) = message.texts.written(index) else { continue };
        // Words never are a prefix of others, so nothing but objects stands on the way.
        let place = message.words().into_iter().fold(&mut root, |place, word| &mut place[word]);
        *place = Value::from(text);
    }
    root
}
