//! String resources for Android.
//!
//! In: a book and the options `prefix` and `file`. Out: `res/values/strings.xml` with the texts of the fallback locale, and
//! one file in `res/values-…/` for each other locale. A text is called `errbook_<domain>_<name>`, its solution
//! `errbook_<domain>_<name>_solution`, a condition `errbook_condition_<name>` with its description beside it. A former name
//! is an alias of the current one (`@string/…`). A text that the fallback locale does not have is left out everywhere,
//! because Android looks there for what another locale lacks, and fails if nothing is found.
//!
//! The packager reads a text in two steps, XML first and then its own escapes, and it folds blanks; what comes out of both
//! is the text of the spec. A text with a percent sign says `formatted="false"`: `getString(id)` shows it as it is.
//! Folders are named as every version of Android reads them: `values-zh-rCN` for `zh-Hans`, because scripts have no
//! name in the older form; what the older form cannot say is `values-b+sr+Latn`.
//!
//! The limits are those of the packager: a string is at most 32,767 bytes long, beyond which it writes another one
//! instead. Deliberately elsewhere: which texts there are (`view::catalogue`).

use super::{Banner, Body, File, Language, OptionHelp, Options, Origin};
use crate::diagnostics::Diagnostic;
use crate::model::{Book, Locale, Name};
use crate::view::Spelling;
use crate::view::catalogue::{self, Field, Message, Subject};
use crate::view::spelling::{self, Code, LiteralRules, identifier};
use askama::Template;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// String resources for Android.
pub(super) static ANDROID: Android = Android;

/// String resources for Android.
#[derive(Debug)]
pub(super) struct Android;

/// The longest string that the packager keeps, in bytes of UTF-8 (`StringPool` in aapt2: a length of 15 bits).
const LONGEST_TEXT: usize = 32_767;

impl Language for Android {
    fn id(&self) -> &'static str {
        "android"
    }

    fn spelling(&self) -> Option<&dyn Spelling> {
        None
    }

    fn options(&self) -> &'static [OptionHelp] {
        &[
            OptionHelp {
                key: "prefix",
                about: "What the names of the resources begin with.",
                example: "errbook",
            },
            OptionHelp {
                key: "file",
                about: "The name of the resource files, without `.xml`.",
                example: "strings",
            },
        ]
    }

    fn files<'a>(&self, book: &'a Book, options: &mut Options<'_>) -> Vec<File<'a>> {
        let prefix = options.text("prefix", "errbook", is_resource_name);
        let name = options.text("file", "strings", is_resource_name);
        let messages = catalogue::messages(book);
        check(&messages, &prefix, book.locales.len(), options);
        let folders = folders(&book.locales);
        let file = |(index, folder): (usize, String)| File {
            path: format!("res/{folder}/{name}.xml"),
            banner: Banner::Markup,
            origin: Origin::Everything,
            body: {
                let prefix = prefix.clone();
                Body::new(move |page| page.print(&resources(&catalogue::messages(book), &prefix, index)))
            },
        };
        folders.into_iter().enumerate().map(file).collect()
    }
}

/// What aapt takes for a name, and Java for an identifier that nobody has to quote.
fn is_resource_name(text: &str) -> Result<(), String> {
    match Name::new(text) {
        Some(_) => Ok(()),
        None => Err("it is lower-case letters and digits, with `_` between words".to_owned()),
    }
}

/// The folder of each locale, the fallback's first.
fn folders(locales: &[Locale]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut folders = Vec::new();
    for (index, locale) in locales.iter().enumerate() {
        let folder = match old_qualifier(locale) {
            _ if index == 0 => "values".to_owned(),
            // `zh-Hans` and `zh-CN` are the same in the older form.
            Some(old) if !taken.contains(&old) => old,
            _ => format!("values-b+{}", locale.tag().replace('-', "+")),
        };
        taken.insert(folder.clone());
        folders.push(folder);
    }
    folders
}

/// The name that versions of Android before 5.0 know, too, if the locale has one.
fn old_qualifier(locale: &Locale) -> Option<String> {
    // The codes that Java gave up in version 17 are those that Android still looks for.
    let language = match locale.language() {
        "he" => "iw",
        "id" => "in",
        "yi" => "ji",
        two if two.len() == 2 => two,
        _ => return None,
    };
    // The region where the script is the usual one stands for the script.
    let region = match (locale.language(), locale.script(), locale.region()) {
        (_, None, region) => region,
        ("zh", Some("Hans"), None | Some("CN")) => Some("CN"),
        ("zh", Some("Hant"), None | Some("TW")) => Some("TW"),
        _ => return None,
    };
    match region {
        None => Some(format!("values-{language}")),
        Some(region) if region.len() == 2 => Some(format!("values-{language}-r{region}")),
        Some(_) => None,
    }
}

/// The name of a string under one of the names of its subject.
fn resource_name(prefix: &str, message: &Message<'_>, name: &Name) -> String {
    let (scope, is_main) = match &message.subject {
        Subject::Error { domain, .. } => (domain.replace('-', "_"), message.field == Field::Message),
        Subject::Condition => ("condition".to_owned(), message.field == Field::Title),
    };
    let mut out = format!("{prefix}_{scope}_{name}");
    if !is_main {
        out.push('_');
        out.push_str(message.field.id());
    }
    out
}

/// Reports names that are the same once they are joined, and texts that the packager would replace.
fn check(messages: &[Message<'_>], prefix: &str, locales: usize, options: &mut Options<'_>) {
    let mut seen: BTreeMap<String, &Message<'_>> = BTreeMap::new();
    for message in messages {
        let name = resource_name(prefix, message, message.name);
        if let Some(other) = seen.get(&name) {
            let text = format!(
                "the {} of `{}` and the {} of `{}` are both `{name}` in android",
                message.field.id(),
                message.reference(),
                other.field.id(),
                other.reference()
            );
            options.fault(
                Diagnostic::error("name_collision", message.name_span, text)
                    .label(other.name_span, "the other")
                    .help("rename one of them"),
            );
        } else {
            seen.insert(name, message);
        }
        for index in (0..locales).filter(|_| message.renamed.is_none()) {
            if message.texts.written(index).is_some_and(|text| text.len() > LONGEST_TEXT) {
                let span = message.texts.span(index).unwrap_or(message.name_span);
                let text = format!("the {} is too long for a string of android", message.field.id());
                options.fault(
                    Diagnostic::error("text_too_long", span, text)
                        .help(format!("at most {LONGEST_TEXT} bytes of UTF-8 fit into a string resource")),
                );
            }
        }
    }
}

#[derive(Template)]
#[template(path = "android/strings.xml", escape = "code")]
struct Resources {
    strings: Vec<StringView>,
}

struct StringView {
    name: Code,
    has_percent: bool,
    text: Code,
}

/// The strings that are written in the locale at `index` and in the fallback.
fn resources(messages: &[Message<'_>], prefix: &str, index: usize) -> Resources {
    let string = |message: &Message<'_>| {
        let written = message.texts.written(0).and(message.texts.written(index))?;
        let name = identifier(resource_name(prefix, message, message.name));
        if let Some(current) = message.renamed {
            let text = identifier(format!("@string/{}", resource_name(prefix, message, current)));
            return Some(StringView { name, has_percent: false, text });
        }
        Some(StringView { name, has_percent: written.contains('%'), text: string_text(written) })
    };
    Resources { strings: messages.iter().filter_map(string).collect() }
}

/// A text as it stands in a string resource.
fn string_text(text: &str) -> Code {
    // Only at the start does a sign make a reference or an attribute of a theme, and is a single blank folded.
    let start = match text.chars().next() {
        Some('@') => "\\@",
        Some('?') => "\\?",
        Some(' ') => "\\u0020",
        _ => "",
    };
    let rest = if start.is_empty() { text } else { &text[1..] };
    spelling::literal(rest, &LiteralRules { open: start, ..TEXT })
}

const TEXT: LiteralRules = LiteralRules {
    open: "",
    close: "",
    special: |ch, next| match ch {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\\' => Some("\\\\"),
        '\'' => Some("\\'"),
        '"' => Some("\\\""),
        '\n' => Some("\\n"),
        '\t' => Some("\\t"),
        // A blank at the end, or before another one, would be folded.
        ' ' if next.is_none_or(|next| next == ' ') => Some("\\u0020"),
        // Whether this one is folded depends on the machine that packages.
        '\u{3000}' => Some("\\u3000"),
        _ => None,
    },
    unicode: |out, ch| {
        let number = u32::from(ch);
        // The packager's own escape has four digits, and XML has no name for controls and noncharacters.
        let _ = if number <= 0xFFFF { write!(out, "\\u{number:04x}") } else { write!(out, "&#x{number:X};") };
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_signs_at_the_edges_stay() {
        for (text, expected) in [
            ("a b", "a b"),
            (" a  b ", "\\u0020a\\u0020 b\\u0020"),
            ("@string/x", "\\@string/x"),
            ("?a @b", "\\?a @b"),
            ("it's \"x\" \\n <b>&", "it\\'s \\\"x\\\" \\\\n &lt;b&gt;&amp;"),
            ("\u{1}\u{202e}\u{e0061}", "\\u0001\\u202e&#xE0061;"),
        ] {
            assert_eq!(string_text(text).0, expected);
        }
    }

    #[test]
    fn folders_are_named_as_old_versions_read_them_where_they_can() {
        let of = |tags: &[&str]| {
            let locales: Vec<_> = tags.iter().filter_map(|tag| Locale::new(tag)).collect();
            folders(&locales).join(" ")
        };
        assert_eq!(
            of(&["en", "zh-Hans", "zh-Hant", "pt-BR"]),
            "values values-zh-rCN values-zh-rTW values-pt-rBR"
        );
        assert_eq!(of(&["zh-Hans", "en", "he", "fil"]), "values values-en values-iw values-b+fil");
        assert_eq!(of(&["en", "zh-Hans", "zh-CN"]), "values values-zh-rCN values-b+zh+CN");
        assert_eq!(of(&["en", "sr-Latn", "es-419"]), "values values-b+sr+Latn values-b+es+419");
    }
}
