//! The texts that diagnostics point into, and how they are read from disk.
//!
//! In: paths. Out: `Sources`, which own every text that was read, and `Span`s, which are twelve bytes and
//! name a byte range in one of them. Reading checks what every later stage relies on: text without NUL, in UTF-8 or, for
//! a vendor's document, in the encoding that its recipe names; and none that is in UTF-8 twice.
//! A byte order mark and CRLF line ends are accepted and removed here, so that no later stage sees them and
//! the same text from two editors gives the same output.
//!
//! Deliberately elsewhere: what the texts mean.

use super::encoding::{Doubled, Mixture, Resemblance};
use super::{Diagnostic, encoding};
use crate::characters::{shown, visible};
use anyhow::Context as _;
use encoding_rs::{Encoding, UTF_8};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes, so that no input fills the memory: a domain of 100,000 codes with texts in two
/// languages has 39 MB.
pub const LARGEST_FILE: u64 = 40 << 20;
/// The largest document that is read, in bytes. Those of vendors are a hundredth of it.
pub const LARGEST_DOCUMENT: u64 = 32 << 20;
/// How many bytes the documents may have together that one command reads.
pub const LARGEST_DOCUMENTS: usize = 64 << 20;

/// What to do with a file of the spec that is in another encoding.
const SAVE: &str = "save the file as UTF-8";

/// Names one text of a `Sources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A byte range in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which text.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to `end` of `source`. Sources are smaller than 4 GiB by `LARGEST_FILE`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { source, start: narrow(start), end: narrow(end) }
    }

    /// The byte range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The place without the blanks and line ends behind it in `text`, which is that of its source.
    #[must_use]
    pub fn without_blanks(self, text: &str) -> Self {
        let kept =
            text.get(self.range()).map_or(0, |slice| slice.trim_end_matches([' ', '\t', '\n', '\r']).len());
        Self::new(self.source, self.start as usize, self.start as usize + kept)
    }
}

/// A value and the place it was written at. Compares by value alone.
#[derive(Clone, Copy, Debug)]
pub struct Loc<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Loc<T> {
    /// A value read at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: PartialEq> PartialEq for Loc<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Loc<T> {}

impl<T> std::ops::Deref for Loc<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// One text that was read.
#[derive(Debug)]
pub struct Source {
    /// The path to show to people, as they named it.
    pub path: PathBuf,
    /// The text, without byte order mark and with LF line ends.
    pub text: String,
    /// What a document looks like that is text in the encoding it is said to be in.
    pub resembles: Option<Resemblance>,
}

/// Every text that was read in this run.
#[derive(Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Keeps a text that is already in memory.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: String) -> SourceId {
        let id = SourceId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.all.push(Source { path: path.into(), text, resembles: None });
        id
    }

    /// Reads a file of the spec and keeps its text.
    ///
    /// The outer error is the disk's (missing, unreadable, too large); the inner one is the author's: bytes that
    /// are no UTF-8, UTF-16, or NUL, each with its position.
    pub fn read(&mut self, path: &Path) -> anyhow::Result<Result<SourceId, Diagnostic>> {
        Ok(self.add_bytes(path, bytes(path)?))
    }

    /// Reads a vendor's document in the encoding that its recipe names, UTF-8 if it names none, and keeps its text.
    /// The errors are those of `read`.
    pub fn read_document(
        &mut self,
        path: &Path,
        encoding: Option<&'static Encoding>,
    ) -> anyhow::Result<Result<SourceId, Diagnostic>> {
        Ok(self.add_document(path, &bytes_up_to(path, LARGEST_DOCUMENT)?, encoding))
    }

    /// Keeps the text of `bytes`, if they are one in UTF-8.
    pub fn add_bytes(&mut self, path: &Path, bytes: Vec<u8>) -> Result<SourceId, Diagnostic> {
        match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => self.add_once(path, normalise(text)),
            Ok(text) => self.add_decoded(path, text.as_bytes(), UTF_8, |_| SAVE.to_owned()),
            Err(error) => {
                let damage = encoding::damage(error.as_bytes(), error.utf8_error());
                self.add_decoded(path, error.as_bytes(), UTF_8, |guess| match (damage, guess) {
                    (Some(damage), _) => damage.to_owned(),
                    // What has the mark of UTF-16 is called so in the message.
                    (None, Some(guess)) if !guess.starts_with("UTF-16") => {
                        format!("{SAVE}; it looks like {guess}")
                    }
                    (None, _) => SAVE.to_owned(),
                })
            }
        }
    }

    /// Keeps the text of `bytes`, if they are one in `encoding`.
    pub fn add_document(
        &mut self,
        path: &Path,
        bytes: &[u8],
        encoding: Option<&'static Encoding>,
    ) -> Result<SourceId, Diagnostic> {
        if let Some((what, help)) = encoding::format(bytes) {
            let id = self.add(path, String::new());
            let message = format!("the file is {what}, and no text");
            return Err(Diagnostic::error("not_utf8", Span::new(id, 0, 0), message).help(help));
        }
        let encoding = encoding.filter(|named| *named != UTF_8);
        if let Some(named) = encoding.filter(|named| encoding::is_utf_8(bytes, named)) {
            let id = self.add(path, normalise(String::from_utf8_lossy(bytes).into_owned()));
            let message = format!("the file is UTF-8, and the recipe says `{}`", encoding::name(named));
            let finding = Diagnostic::error("not_utf8", Span::new(id, 0, 0), message);
            return Err(finding.help("remove `encoding` from the recipe"));
        }
        let meant = encoding.or_else(|| encoding::guess(bytes)).unwrap_or(UTF_8);
        if let Some(mixture) = encoding::mixture(bytes, meant) {
            return Err(self.mixed(path, mixture, encoding));
        }
        self.add_decoded(path, bytes, encoding.unwrap_or(UTF_8), |guess| match (guess, encoding) {
            (Some(guess), None) => {
                let label = guess.to_ascii_lowercase();
                format!(
                    "it looks like {guess}: write `encoding: {label}` into the recipe, or save it as UTF-8"
                )
            }
            (Some(guess), Some(_)) => format!("it looks like {guess}: mend `encoding` in the recipe"),
            (None, Some(_)) if std::str::from_utf8(bytes).is_ok() => {
                "it is UTF-8: remove `encoding` from the recipe".to_owned()
            }
            (None, Some(_)) => {
                "mend `encoding` in the recipe, or save it as UTF-8 and remove `encoding`".to_owned()
            }
            (None, None) => "name its `encoding` in the recipe, or save it as UTF-8".to_owned(),
        })
    }

    /// That the lines of a document are in several encodings; what can be read before the first that is not UTF-8 is kept.
    fn mixed(&mut self, path: &Path, mixture: Mixture, named: Option<&'static Encoding>) -> Diagnostic {
        let id = self.add(path, normalise(mixture.before));
        let at = self.get(id).text.len();
        let others = match mixture.lines {
            1 => "another one with letters beyond ASCII is".to_owned(),
            lines => format!("{lines} others with letters beyond ASCII are"),
        };
        let mut message = format!("this line is not UTF-8, and {others}");
        let mut help = "this line is in another encoding, or damaged, so that no `encoding` suits the whole file: write it \
                        again and save the file as UTF-8"
            .to_owned();
        if let Some(named) = named.map(encoding::name) {
            write!(message, "; the recipe says `{named}`").expect("a string takes all");
            help.push_str(", without `encoding` in the recipe");
        }
        Diagnostic::error("not_utf8", Span::new(id, at, at), message).help(help)
    }

    /// Decodes and keeps a text; `help` makes the help of a fault from what the bytes look like.
    fn add_decoded(
        &mut self,
        path: &Path,
        bytes: &[u8],
        encoding: &'static Encoding,
        help: impl Fn(Option<&str>) -> String,
    ) -> Result<SourceId, Diagnostic> {
        let guess = || encoding::guess(bytes).filter(|guess| *guess != encoding).map(encoding::name);
        match encoding::decode(bytes, encoding) {
            Ok(text) => {
                let resembles = encoding::resemblance(bytes, encoding);
                let text = normalise(text);
                let nul = text.find('\0');
                let Some(at) = nul else {
                    let id = self.add_once(path, text)?;
                    self.all[id.0 as usize].resembles = resembles;
                    return Ok(id);
                };
                let id = self.add(path, text);
                let guess = guess();
                let message = match &guess {
                    Some(guess) => format!("the file holds a NUL byte and looks like {guess}"),
                    None => "the file holds a NUL byte".to_owned(),
                };
                let help = if guess.is_some() { help(guess.as_deref()) } else { "remove it".to_owned() };
                Err(Diagnostic::error("nul_byte", Span::new(id, at, at + 1), message).help(help))
            }
            Err(broken) => {
                // The readable part is kept so that the place can be shown; the rest would only be noise.
                let id = self.add(path, normalise(broken.before));
                let at = self.get(id).text.len();
                let help = help(guess().as_deref());
                Err(Diagnostic::error("not_utf8", Span::new(id, at, at), broken.message).help(help))
            }
        }
    }

    /// Keeps a text, unless it is one in UTF-8 that was read as something else and saved as UTF-8 once more: each of its
    /// letters would be told, with a help that destroys it.
    fn add_once(&mut self, path: &Path, text: String) -> Result<SourceId, Diagnostic> {
        let doubled = encoding::doubled(&text);
        let id = self.add(path, text);
        let Some(Doubled { at, written, meant, read_as }) = doubled else { return Ok(id) };
        let message = format!(
            "the file is in UTF-8 twice: `{}` stands here for `{}`",
            visible(&written, usize::MAX),
            visible(&meant, usize::MAX)
        );
        let help = format!(
            "somebody read it as {read_as} and saved it so: take it as it was before, or turn its text into \
             {read_as} and read that as UTF-8"
        );
        Err(Diagnostic::error("doubled_utf8", Span::new(id, at, at + written.len()), message).help(help))
    }

    /// Every text, in the order in which they were read.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + use<> {
        (0..u32::try_from(self.all.len()).unwrap_or(u32::MAX)).map(SourceId)
    }

    /// The text that `id` names.
    pub fn get(&self, id: SourceId) -> &Source {
        // Ids are only made by `add` of the same `Sources`.
        &self.all[id.0 as usize]
    }

    /// The text at `span`.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a place, both from 1; the column counts characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let text = &self.get(span.source).text;
        let before = text.get(..span.start as usize).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// The bytes of a file of the spec; an error if it is missing, unreadable, too large or no file.
pub fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    bytes_up_to(path, LARGEST_FILE)
}

/// The bytes of a file that has at most `most` of them.
fn bytes_up_to(path: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path).with_context(|| format!("cannot read {}", shown(path)))?;
    // A folder has no text, and reading a pipe would wait for ever.
    anyhow::ensure!(metadata.is_file(), "cannot read {}: it is no file", shown(path));
    let length = metadata.len();
    anyhow::ensure!(
        length <= most,
        "cannot read {}: it has {length} bytes, more than the limit of {most}",
        shown(path)
    );
    std::fs::read(path).with_context(|| format!("cannot read {}", shown(path)))
}

/// Removes a byte order mark and turns CRLF into LF, and CR where no line ends in another way, as an old Mac wrote it.
fn normalise(text: String) -> String {
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains("\r\n") {
        text.replace("\r\n", "\n")
    } else if text.contains('\r') && !text.contains('\n') {
        text.replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_mark_and_crlf_leave_no_trace() {
        let mut sources = Sources::default();
        let id =
            sources.add_bytes(Path::new("a"), b"\xEF\xBB\xBFa: 1\r\nb: 2\r\n".to_vec()).expect("valid text");
        assert_eq!(sources.get(id).text, "a: 1\nb: 2\n");
        let id = sources.add_bytes(Path::new("a"), b"a: 1\rb: 2\r".to_vec()).expect("valid text");
        assert_eq!(sources.get(id).text, "a: 1\nb: 2\n");
        let id = sources.add_bytes(Path::new("a"), b"a: 1\rb: 2\n".to_vec()).expect("valid text");
        assert_eq!(
            sources.get(id).text,
            "a: 1\rb: 2\n",
            "which of them end lines is for their reader to say"
        );
    }

    #[test]
    fn a_document_in_another_format_or_encoding_is_named() {
        let mut sources = Sources::default();
        let mut told = |bytes: &[u8], encoding| {
            let fault = sources.add_document(Path::new("a"), bytes, encoding).expect_err("no text");
            fault.message
        };
        assert_eq!(told(b"%PDF-1.7\n%\xE2\xE3", None), "the file is a PDF, and no text");
        assert!(told(b"PK\x03\x04\x14\x00", None).contains("Excel"));
        assert!(told(b"{\\rtf1\\ansi}", None).contains("RTF"));
        let text = "1,设备离线，请稍后\n".as_bytes();
        let gbk = Some(encoding_rs::GBK);
        assert_eq!(told(text, gbk), "the file is UTF-8, and the recipe says `gbk`");
        // Two letters of GBK that are one of UTF-8, as well.
        assert!(sources.add_document(Path::new("a"), "1,é\n".as_bytes(), gbk).is_ok());
    }

    #[test]
    fn bytes_that_are_no_text_are_named() {
        let mut sources = Sources::default();
        let utf16 = sources.add_bytes(Path::new("a"), vec![0xFF, 0xFE, b'a', 0]).expect_err("UTF-16");
        assert_eq!(utf16.message, "the file is UTF-16LE, not UTF-8");
        let broken = sources.add_bytes(Path::new("b"), b"ab\xC3(".to_vec()).expect_err("no UTF-8");
        assert!(broken.message.contains("byte 0xc3 at offset 2"), "{}", broken.message);
        let nul = sources.add_bytes(Path::new("c"), b"a\n\0".to_vec()).expect_err("NUL");
        assert_eq!(nul.span().map(|span| sources.position(span)), Some((2, 1)));
    }

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let id = sources.add("a", "x\n设备 y".to_owned());
        assert_eq!(sources.position(Span::new(id, 9, 10)), (2, 4));
    }
}
