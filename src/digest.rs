//! SHA-256 of texts, also of those that never stand in memory as a whole.
//!
//! In: bytes, or something that writes them. Out: the digest, and its form in banners and manifests. Whoever takes the digest of
//! several parts keeps them apart by themselves. This module knows no other.

use sha2::{Digest as _, Sha256};
use std::io::{BufWriter, Write};

/// The SHA-256 of some bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(Sha256::new_with_prefix(bytes))
}

/// The SHA-256 of what `write` writes, which has no fault of its own, in lower-case hexadecimal.
pub(crate) fn of(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> String {
    let mut digest = Hashing(Sha256::new());
    let mut out = BufWriter::with_capacity(64 << 10, &mut digest);
    write(&mut out).and_then(|()| out.flush()).expect("a digest takes everything");
    drop(out);
    hexadecimal(digest.0)
}

/// What a digest says in the end, in lower-case hexadecimal.
pub fn hexadecimal(digest: Sha256) -> String {
    let digest = digest.finalize();
    let mut text = String::with_capacity(64);
    for byte in digest {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

/// Takes bytes as a file does.
struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_sha256_however_the_bytes_come() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), known);
        assert_eq!(of(|out| out.write_all(b"a").and_then(|()| out.write_all(b"bc"))), known);
    }
}
