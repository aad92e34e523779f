//! Copies of generated files in an app's own package.
//!
//! In: a book, and what an app wants of it: a language, some domains, the name of its package, perhaps a prefix for the
//! types. Out: the sources of those domains and what they share, with paths below the folder that the app names, and
//! banners that hold the command they were made with. The files of a package around them (`Cargo.toml`, `pom.xml`) and the
//! registry of all domains are no part of a copy.
//!
//! Guaranteed: a copy is made from the book and the request alone, so that it can be made again and compared: its own
//! banner says how.
//!
//! Deliberately elsewhere: the disk (`output::copy`), and whether a copy is still what it was (`output::verify`).

use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::digest;
use crate::languages::{self, Copying, File, LANGUAGES, Language, Options, Origin};
use crate::model::Book;
use crate::output::banner;
use crate::output::plan::spec_digest;
use crate::spec::write::quoted;
use crate::spec::yaml::{self, Node};

/// What an app wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The language, which must be one that is copied.
    pub language: String,
    /// The domains.
    pub domains: Vec<String>,
    /// How the app calls the package, the module or the folder.
    pub package: String,
    /// What stands before the names of types; may be empty.
    pub prefix: String,
}

/// A file of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Its path below the folder that the app names, with `/`.
    pub path: String,
    /// The domain it is made from; `None` for what all domains share.
    pub domain: Option<String>,
    /// SHA-256 of the spec it is made from.
    pub spec_digest: String,
    /// SHA-256 of its body.
    pub body_digest: String,
    /// Its whole text.
    pub text: String,
}

/// The names of the languages whose files are copied.
pub fn languages() -> Vec<&'static str> {
    let is_copied = |language: &&&dyn Language| language.copying().is_some();
    LANGUAGES.iter().filter(is_copied).map(|language| language.id()).collect()
}

impl Request {
    /// The command that makes the copy, without the folder it goes to.
    pub fn command(&self) -> String {
        let mut command = format!("errbook vendor --language {}", self.language);
        for domain in &self.domains {
            command += " --domain ";
            command += domain;
        }
        command += " --package ";
        command += &self.package;
        if !self.prefix.is_empty() {
            command += " --prefix ";
            command += &self.prefix;
        }
        command
    }

    /// Reads a command back; `None` if it is none that `command` writes. No value of one holds a blank.
    pub fn from_command(command: &str) -> Option<Self> {
        let mut request = Self {
            language: String::new(),
            domains: Vec::new(),
            package: String::new(),
            prefix: String::new(),
        };
        let mut words = command.strip_prefix("errbook vendor ")?.split(' ');
        while let Some(option) = words.next() {
            let value = words.next()?.to_owned();
            match option {
                "--language" => request.language = value,
                "--domain" => request.domains.push(value),
                "--package" => request.package = value,
                "--prefix" => request.prefix = value,
                _ => return None,
            }
        }
        (request.command() == command).then_some(request)
    }

    /// The domains that the book does not have.
    pub fn unknown_domains<'a>(&'a self, book: &Book) -> Vec<&'a str> {
        self.domains.iter().map(String::as_str).filter(|domain| book.domain(domain).is_none()).collect()
    }

    /// The book with the domains that are wanted.
    pub fn part_of(&self, book: &Book) -> Book {
        let mut part = book.clone();
        part.domains.retain(|domain| self.domains.iter().any(|wanted| wanted == domain.id.as_str()));
        part
    }
}

/// Makes the copy that `request` wants of `book`, or says what keeps it from being one. The faults point into the book, or
/// into what was asked for, which is added to `sources`.
pub fn copies(book: &Book, request: &Request, sources: &mut Sources) -> Result<Vec<Copied>, Vec<Diagnostic>> {
    let language =
        languages::find(&request.language).and_then(|language| Some((language, language.copying()?)));
    let Some((language, copying)) = language else {
        let message = format!("errbook copies {}", languages().join(", "));
        return Err(vec![fault(sources, "--language", &request.language, message)]);
    };
    let part = request.part_of(book);
    // The command names them in the order of the book, whatever the order they were asked for in.
    let domains = part.domains.iter().map(|domain| domain.id.as_str().to_owned()).collect();
    let command = Request { domains, ..request.clone() }.command();
    let folder = (copying.folder)(&request.package).map_err(|why| {
        let message = format!("`{}` cannot be the package: {why}", request.package.escape_debug());
        vec![fault(sources, "--package", &request.package, message)]
    })?;
    let node = options(&copying, request, sources)?;
    let mut files = languages::files(language, &part, &mut Options::new(&node))?;
    files.extend(copying.root.map(|root| root(&part)));
    let copied = |file: &File<'_>| {
        let domain = match &file.origin {
            Origin::Domain(id) => Some(id.as_str().to_owned()),
            Origin::Shared => None,
            Origin::Book | Origin::Everything => return None,
        };
        let path = file.path.strip_prefix(copying.sources)?.trim_start_matches('/');
        let path = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        let body = file.body.text();
        let spec_digest = spec_digest(&part, domain.as_deref().and_then(|domain| part.domain(domain)));
        let body_digest = digest::sha256(body.as_bytes());
        let banner = banner::of_copy(file.banner, domain.as_deref(), &command, &spec_digest, &body_digest);
        Some(Copied { path, domain, spec_digest, body_digest, text: banner + &body })
    };
    Ok(files.iter().filter_map(copied).collect())
}

/// A fault of what was asked for.
fn fault(sources: &mut Sources, option: &str, value: &str, message: String) -> Diagnostic {
    let source = sources.add(COMMAND_LINE, format!("{option} {value}\n"));
    let start = option.len() + 1;
    Diagnostic::error("bad_option", Span::new(source, start, start + value.len()), message)
}

/// The options of the output as `errbook.yaml` would say them, so that the language reads and checks them as it does there.
fn options(copying: &Copying, request: &Request, sources: &mut Sources) -> Result<Node, Vec<Diagnostic>> {
    let package = copying.option.map(|option| (option, &request.package));
    let prefix = Some(("prefix", &request.prefix)).filter(|(_, prefix)| !prefix.is_empty());
    let given: Vec<_> = package.into_iter().chain(prefix).collect();
    let lines = given.iter().map(|(option, value)| format!("{option}: {}\n", quoted(value)));
    let text = if given.is_empty() { "{}\n".to_owned() } else { lines.collect() };
    let source = sources.add(COMMAND_LINE, text);
    yaml::parse(sources, source)
}

/// Where faults of what was asked for are said to be.
const COMMAND_LINE: &str = "(command line)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_back_as_it_was_written() {
        let request = Request {
            language: "kotlin".to_owned(),
            domains: vec!["quectel".to_owned(), "haier-uws".to_owned()],
            package: "com.acme.errors".to_owned(),
            prefix: "Acme".to_owned(),
        };
        let command = request.command();
        assert_eq!(Request::from_command(&command), Some(request));
        for bad in
            ["errbook gen", &command.replace("--package", "--pack"), &format!("{command} "), &command[..30]]
        {
            assert_eq!(Request::from_command(bad), None, "{bad}");
        }
    }
}
