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

use super::page::Page;
use super::{Banner, Body, File, Language, Options, Origin};
use crate::model::{Book, Locale};
use crate::view::Spelling;
use crate::view::catalogue;
use crate::view::json::{self, Colon};
use serde::{Serialize, Serializer};

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
        let file = |path, index, print: Print| File {
            path,
            banner: Banner::None,
            origin: Origin::Everything,
            body: Body::new(move |page| print(&texts(book, index), page)),
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

/// The words of each key and its text in one locale, sorted as the keys are.
type Texts<'a> = Vec<(Vec<&'a str>, &'a str)>;

/// How a catalogue is printed.
type Print = fn(&Texts<'_>, &mut Page<'_>);

fn texts(book: &Book, index: usize) -> Texts<'_> {
    let mut texts = Texts::new();
    for message in catalogue::messages(book) {
        texts.extend(message.texts.written(index).map(|text| (message.words(), text)));
    }
    texts.sort();
    texts
}

/// Keys and texts.
fn plain(texts: &Texts<'_>, page: &mut Page<'_>) {
    print(&Plain(texts), page);
}

/// The same, an object for each word but the last.
fn nested(texts: &Texts<'_>, page: &mut Page<'_>) {
    print(&Nested { texts, depth: 0 }, page);
}

fn print(catalogue: &impl Serialize, page: &mut Page<'_>) {
    json::print(catalogue, Colon::Tight, &mut |piece| page.push(piece));
}

struct Plain<'a>(&'a Texts<'a>);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys: Vec<_> = self.0.iter().map(|(words, text)| (words.join("."), text)).collect();
        // A dot sorts otherwise than the end of a word.
        keys.sort();
        serializer.collect_map(keys)
    }
}

/// The texts whose keys have the same words up to a depth.
struct Nested<'a> {
    texts: &'a [(Vec<&'a str>, &'a str)],
    depth: usize,
}

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Words never are a prefix of others, so nothing but objects stands on the way.
        if let [(words, text)] = self.texts
            && words.len() == self.depth
        {
            return serializer.serialize_str(text);
        }
        let groups = self.texts.chunk_by(|one, other| one.0.get(self.depth) == other.0.get(self.depth));
        let below = |texts| Nested { texts, depth: self.depth + 1 };
        serializer.collect_map(groups.map(|texts| (texts[0].0[self.depth], below(texts))))
    }
}
