//! The languages errbook writes.
//!
//! In: a book and the options of one output. Out: the files of that language's package, without banner. Each
//! language is one file here (spelling, options, which templates make which file) and one folder in `templates/`;
//! the list below is the only one of them. (`cargo fmt` does not follow modules that a macro declares;
//! `cargo xtask check` formats them by name.)
//!
//! Markdown and HTML stand among them: outputs with options, templates and files like the others, but they declare no names,
//! and so they have no spelling.
//!
//! Deliberately elsewhere: banners, digests and the disk (`output`).

mod jvm;
mod options;
mod page;

pub use options::{OptionHelp, Options};
pub use page::{Body, Page};

use crate::diagnostics::{Budget, Diagnostic};
use crate::model::{Book, DomainId};
use crate::spec::yaml::Node;
use crate::view::{self, Spelling, Written};

/// Declares the modules of the languages and lists them, so that a language is one line.
macro_rules! languages {
    ($($module:ident::$language:ident,)+) => {
        $(mod $module;)+

        /// The languages, in alphabetical order.
        pub static LANGUAGES: &[&dyn Language] = &[$(&$module::$language,)+];
    };
}

languages! {
    android::ANDROID,
    apple::APPLE,
    html::HTML,
    java::JAVA,
    json::JSON,
    kotlin::KOTLIN,
    markdown::MARKDOWN,
    rust::RUST,
    swift::SWIFT,
    typescript::TYPESCRIPT,
    web::WEB,
}

/// A language that books are generated in.
pub trait Language: Sync {
    /// Its name in `errbook.yaml`, on the command line, in `templates/` and in `generated/`.
    fn id(&self) -> &'static str;

    /// What people call it.
    fn title(&self) -> &'static str {
        self.id()
    }

    /// How it writes names and texts; `None` if it is no language of code and declares no names.
    fn spelling(&self) -> Option<&dyn Spelling>;

    /// How its files are copied into an app; `None` if nobody does that.
    fn copying(&self) -> Option<Copying> {
        None
    }

    /// The options that it has beside `dir`, which every output has: what the schema of the book says of them.
    fn options(&self) -> &'static [OptionHelp] {
        &[]
    }

    /// The files of its package, whose bodies are made later, one at a time: a great book has files that together do
    /// not fit into memory, and who only wants to know the faults needs none of them.
    ///
    /// Faults of the options, and of entries that this language cannot hold, go to `options`; if there are any, the
    /// files are not used.
    fn files<'a>(&self, book: &'a Book, options: &mut Options<'_>) -> Vec<File<'a>>;
}

/// A file of a package, below the language's folder.
#[derive(Debug)]
pub struct File<'a> {
    /// Its path, with `/`.
    pub path: String,
    /// How its banner is written.
    pub banner: Banner,
    /// What it is made from.
    pub origin: Origin,
    /// Its text below the banner.
    pub body: Body<'a>,
}

/// How a file says that it is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Banner {
    /// Lines that begin with `//`.
    Slashes,
    /// Lines that begin with `#`.
    Hash,
    /// Lines of `<!--` to `-->`.
    Markup,
    /// The format has no comments, or its first line is taken: the manifest holds the digests.
    None,
}

/// The part of a book that a file is made from; its digest stands in the banner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// One domain.
    Domain(DomainId),
    /// What all domains share: the files of domains need this one.
    Shared,
    /// The list of domains, or the package as such.
    Book,
    /// Every code of every domain, and what they share.
    Everything,
}

/// How the files of a language are copied into an app, without the package around them.
pub struct Copying {
    /// The option of the output that says the package which the sources name; `None` if they name none.
    pub option: Option<&'static str>,
    /// The folder of the package that holds the sources.
    pub sources: &'static str,
    /// The folder that a copy goes to, for what an app calls its package; empty if the sources' own path says it already.
    pub folder: fn(&str) -> Result<String, String>,
    /// A file that only a copy needs.
    pub root: Option<fn(&Book) -> File<'static>>,
}

/// How each language of code spells names, by the language's name.
pub fn spellings() -> Vec<(&'static str, &'static dyn Spelling)> {
    let spelling = |language: &&'static dyn Language| Some((language.id(), language.spelling()?));
    LANGUAGES.iter().filter_map(spelling).collect()
}

/// The languages of code with what a book's outputs say of them, in alphabetical order.
pub fn written(book: &Book) -> Vec<Written> {
    let written = |language: &&'static dyn Language| {
        let (id, title) = (language.id(), language.title());
        let block = book.outputs.iter().find(|(output, _)| output.value == id).map(|(_, block)| block);
        let options = block.map(|block| options_of(id, block)).unwrap_or_default();
        let prefix = options.into_iter().find(|(key, _)| *key == "prefix").map(|(_, value)| value);
        let (is_output, prefix) = (block.is_some(), prefix.unwrap_or_default());
        Some(Written { id, title, spelling: language.spelling()?, is_output, prefix })
    };
    LANGUAGES.iter().filter_map(written).collect()
}

/// The language called `id`.
pub fn find(id: &str) -> Option<&'static dyn Language> {
    LANGUAGES.iter().copied().find(|language| language.id() == id)
}

/// The options of an output that hold, be they written or not: the language's own, from the block of the output called
/// `id`. An output that errbook does not know has none.
///
/// A language reads its options when it is asked for its files, so it is asked for those of a book without codes.
pub fn options_of(id: &str, block: &Node) -> Vec<(&'static str, String)> {
    let Some(language) = find(id) else { return Vec::new() };
    let mut options = Options::new(block);
    language.files(&Book::empty(block.span), &mut options);
    options.held()
}

/// The text that a template makes.
fn text<T: askama::Template>(template: &T) -> String {
    let mut text = String::with_capacity(T::SIZE_HINT);
    template.render_into(&mut text).expect("views hold text, and printing text into memory cannot fail");
    // The template engine drops the last line end of a template.
    text.push('\n');
    text
}

/// The files of one language, or why its options or its names do not allow them.
pub fn files<'a>(
    language: &dyn Language,
    book: &'a Book,
    options: &mut Options<'_>,
) -> Result<Vec<File<'a>>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut budget = Budget::new(&faults);
    if let Some(spelling) = language.spelling() {
        view::check::collisions(book, language.id(), spelling, &mut |fault| {
            faults.push(fault);
            budget.keep(&mut faults);
        });
    }
    budget.close(&mut faults);
    let files = language.files(book, options);
    faults.append(&mut options.take_faults());
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}
