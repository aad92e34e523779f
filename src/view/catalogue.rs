//! The texts of a book under the keys that message catalogues know them by.
//!
//! In: a book. Out: every text that an app may show, with the words of its key: `errors`, `quectel`,
//! `sms_code_incorrect`, `message`. A key is made of names, so it stays when a code is renumbered; a former name keeps
//! its key and has the texts of the entry. Variants have none, because a code has one message in an app.
//!
//! Guaranteed: no two texts have the same words. Deliberately elsewhere: how a catalogue joins the words, and which of two
//! that it joins alike is refused (`languages`).

use crate::diagnostics::Span;
use crate::model::{Book, Name, Texts};

/// A text and its key.
#[derive(Debug)]
pub struct Message<'a> {
    /// What the text belongs to.
    pub subject: Subject<'a>,
    /// Which of its texts it is.
    pub field: Field,
    /// The name in the key: the current one, or one that the entry or condition had before.
    pub name: &'a Name,
    /// Where that name stands in the spec.
    pub name_span: Span,
    /// The current name if `name` is a former one.
    pub renamed: Option<&'a Name>,
    /// The text in the book's locales.
    pub texts: &'a Texts,
}

/// What a text belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A code of a domain.
    Error {
        /// The domain's name.
        domain: &'a str,
        /// The code as text.
        code: String,
    },
    /// A condition.
    Condition,
}

/// Which text of an entry or of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What has happened.
    Message,
    /// What to do about it.
    Solution,
    /// A condition in a few words.
    Title,
    /// A condition in a sentence.
    Description,
}

impl Field {
    /// The word for it in keys, which is its key in a spec.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Solution => "solution",
            Self::Title => "title",
            Self::Description => "description",
        }
    }
}

impl<'a> Message<'a> {
    /// The words of the key, from the outermost to the innermost.
    pub fn words(&self) -> Vec<&'a str> {
        self.words_with(self.name)
    }

    /// The words of the key under another name of the same subject.
    pub fn words_with(&self, name: &'a Name) -> Vec<&'a str> {
        match &self.subject {
            Subject::Error { domain, .. } => vec!["errors", domain, name.as_str(), self.field.id()],
            Subject::Condition => vec!["conditions", name.as_str(), self.field.id()],
        }
    }

    /// What a translator or a support engineer looks up: `quectel/5003`, or the condition's name.
    pub fn reference(&self) -> String {
        match &self.subject {
            Subject::Error { domain, code } => format!("{domain}/{code}"),
            Subject::Condition => self.renamed.unwrap_or(self.name).to_string(),
        }
    }
}

/// Every text of the book that an app may show: of the domains in their order, by code, then of the conditions. Former
/// names follow the current one.
pub fn messages(book: &Book) -> Vec<Message<'_>> {
    let mut messages = Vec::new();
    for domain in &book.domains {
        for error in &domain.errors {
            let meaning = &error.meaning;
            let former = error.former_names.iter().map(|former| (&former.name, former.span));
            let names = std::iter::once((&meaning.name, meaning.name_span)).chain(former);
            for (name, name_span) in names {
                for (field, texts) in
                    [(Field::Message, &meaning.message), (Field::Solution, &meaning.solution)]
                {
                    let code = error.code.to_string();
                    messages.push(Message {
                        subject: Subject::Error { domain: domain.id.as_str(), code },
                        field,
                        name,
                        name_span,
                        renamed: (*name != meaning.name).then_some(&meaning.name),
                        texts,
                    });
                }
            }
        }
    }
    for condition in &book.conditions {
        let former = condition.former_names.iter().map(|former| (&former.name, former.span));
        let names = std::iter::once((&condition.name, condition.name_span)).chain(former);
        for (name, name_span) in names {
            for (field, texts) in
                [(Field::Title, &condition.title), (Field::Description, &condition.description)]
            {
                messages.push(Message {
                    subject: Subject::Condition,
                    field,
                    name,
                    name_span,
                    renamed: (*name != condition.name).then_some(&condition.name),
                    texts,
                });
            }
        }
    }
    messages.retain(|message| !message.texts.is_empty());
    messages
}
