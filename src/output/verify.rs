//! Whether a copy of a generated file is still what errbook made.
//!
//! In: the path of a file, whatever it is. Out: a verdict from its banner alone, without the spec it was made from. The
//! banner holds the digest of what stands below it. Line ends that a checkout has changed and a byte order mark that an
//! editor has put there are no edit: both are undone before the digest is taken.
//!
//! Guaranteed: memory does not grow with the file, and a file that is no text is one without banner.

use super::banner::{self, Head, Said};
use crate::characters::shown;
use crate::digest;
use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// errbook made it, and nobody has changed it.
    AsGenerated,
    /// errbook made it, and somebody has changed it.
    Edited,
    /// It says that errbook made it, and its banner is not whole: a merge or an editor has been at it.
    Damaged,
    /// It does not say that errbook made it.
    NoBanner,
}

impl Verdict {
    /// The words for it in messages.
    pub const fn words(self) -> &'static str {
        match self {
            Self::AsGenerated => "as generated",
            Self::Edited => "edited by hand",
            Self::Damaged => "damaged banner",
            Self::NoBanner => "no banner",
        }
    }
}

/// Looks at one file; also gives what its banner says, if it is whole. The error is the disk's.
pub fn verify(path: &Path) -> anyhow::Result<(Verdict, Option<Said>)> {
    let failed = || format!("cannot read {}", shown(path));
    // Asked before it is opened: opening a pipe would wait for somebody to write to it.
    let metadata = std::fs::metadata(path).with_context(failed)?;
    anyhow::ensure!(metadata.is_file(), "cannot read {}: it is no file", shown(path));
    let mut file = File::open(path).with_context(failed)?;
    let mut piece = Vec::new();
    file.by_ref().take(banner::LONGEST).read_to_end(&mut piece).with_context(failed)?;
    let (mut line_ends, mut text) = (LineEnds::default(), Vec::new());
    line_ends.normalise(piece.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&piece), &mut text);
    // The piece may end within a character, and nothing of a banner is beyond ASCII.
    let said = match banner::read(&String::from_utf8_lossy(&text)) {
        Head::None => return Ok((Verdict::NoBanner, None)),
        Head::Damaged => return Ok((Verdict::Damaged, None)),
        Head::Banner(said) => said,
    };
    let mut digest = Sha256::new_with_prefix(text.get(said.length..).unwrap_or_default());
    piece.resize(PIECE, 0);
    loop {
        let length = file.read(&mut piece).with_context(failed)?;
        if length == 0 {
            break;
        }
        text.clear();
        line_ends.normalise(&piece[..length], &mut text);
        digest.update(&text);
    }
    digest.update(line_ends.rest());
    let is_same = digest::hexadecimal(digest) == said.body_digest;
    Ok((if is_same { Verdict::AsGenerated } else { Verdict::Edited }, Some(said)))
}

/// How much of a file is read at once, in bytes.
const PIECE: usize = 64 << 10;

/// Makes `\n` of each `\r\n`, piece by piece.
#[derive(Default)]
struct LineEnds {
    /// Whether the last piece ended in a `\r`, which may be half a line end.
    is_half: bool,
}

impl LineEnds {
    /// Appends a piece to `text`.
    fn normalise(&mut self, piece: &[u8], text: &mut Vec<u8>) {
        for &byte in piece {
            if std::mem::take(&mut self.is_half) && byte != b'\n' {
                text.push(b'\r');
            }
            if byte == b'\r' {
                self.is_half = true;
            } else {
                text.push(byte);
            }
        }
    }

    /// What is left when there are no more pieces.
    fn rest(&self) -> &'static [u8] {
        if self.is_half { b"\r" } else { b"" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_found_across_pieces() {
        let (mut line_ends, mut text) = (LineEnds::default(), Vec::new());
        for piece in ["a\r", "\nb\r", "c\r", "\r\n", "\n\r"] {
            line_ends.normalise(piece.as_bytes(), &mut text);
        }
        text.extend(line_ends.rest());
        assert_eq!(text, b"a\nb\rc\r\n\n\r");
    }
}
