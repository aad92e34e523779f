//! Hands a page to html5gum byte by byte as it stands, as long as no tag has more attributes than can be read.
//!
//! In: a text. Out: its bytes, for the tokenizer. html5gum goes one call deeper for each attribute in double quotes and
//! comes back at the end of the tag, so that a tag of very many of them has no stack to be read on. Guaranteed: reading fails
//! before that; tags of pages have a dozen.
//!
//! How many there are shows in what the tokenizer asks for. A search that ends at `"` is within a tag, and where it finds
//! one, a value in double quotes ends; one that ends at `<` and not at `"` is outside of tags, where each tag begins.
//!
//! Deliberately elsewhere: what the tags say (`html`).

use html5gum::{Readable as _, Reader, StringReader};

/// How many attributes of a tag may have values in double quotes.
pub const MOST_ATTRIBUTES: usize = 250;

/// A page that is read.
pub(super) struct Tags<'a> {
    text: StringReader<'a>,
    /// How many values in double quotes there were since the last tag.
    quoted: usize,
}

/// A tag has too many attributes.
#[derive(Debug)]
pub(super) struct TooManyAttributes;

impl std::fmt::Display for TooManyAttributes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the page has a tag of more than {MOST_ATTRIBUTES} attributes in double quotes")
    }
}

impl std::error::Error for TooManyAttributes {}

impl<'a> Tags<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text: text.to_reader(), quoted: 0 }
    }
}

impl Reader for Tags<'_> {
    type Error = TooManyAttributes;

    fn read_byte(&mut self) -> Result<Option<u8>, Self::Error> {
        let Ok(byte) = self.text.read_byte();
        Ok(byte)
    }

    fn try_read_string(&mut self, s: &[u8], case_sensitive: bool) -> Result<bool, Self::Error> {
        let Ok(is_read) = self.text.try_read_string(s, case_sensitive);
        Ok(is_read)
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        char_buf: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Self::Error> {
        let is_in_tag = needle.contains(&b'"');
        if needle.contains(&b'<') && !is_in_tag {
            self.quoted = 0;
        }
        let Ok(read) = self.text.read_until(needle, char_buf);
        if is_in_tag && read == Some(b"\"") {
            self.quoted += 1;
            if self.quoted > MOST_ATTRIBUTES {
                return Err(TooManyAttributes);
            }
        }
        Ok(read)
    }
}
