//! Damage: what editors, merges, scripts and people who mean harm do to a file.

use super::book::Files;
use super::lines;
use super::random::Random;
use super::words::PIECES;
use std::path::PathBuf;

/// Damages one of the files in a few places, and says which.
pub(crate) fn apply(random: &mut Random, files: &mut Files) -> PathBuf {
    let index = random.below(files.len());
    let path = files.keys().nth(index).expect("there are files").clone();
    let others: Vec<u8> = files.values().flatten().copied().collect();
    let bytes = files.get_mut(&path).expect("it is there");
    // Most often one place alone: what one fault comes to is what people see.
    let times = if random.below(3) == 0 { random.below(4) + 2 } else { 1 };
    for _ in 0..times {
        if random.below(3) == 0 {
            bytes_damaged(random, bytes, &others);
        } else if let Ok(text) = std::str::from_utf8(bytes) {
            *bytes = lines::damaged(random, text).into_bytes();
        }
    }
    path
}

/// Damage that knows no characters.
fn bytes_damaged(random: &mut Random, bytes: &mut Vec<u8>, others: &[u8]) {
    let at = random.below(bytes.len() + 1);
    let length = [1, 1, 2, 5, 40, 400][random.below(6)];
    let end = (at + random.below(length) + 1).min(bytes.len());
    match random.below(12) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).expect("a byte"),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        4 => bytes.truncate(at),
        5 => {
            let from = random.below(others.len());
            let copy = others[from..(from + length).min(others.len())].to_vec();
            bytes.splice(at..end, copy);
        }
        6 => {
            let mut moved: Vec<u8> = bytes.drain(at..end).collect();
            let to = random.below(bytes.len() + 1);
            let rest = bytes.split_off(to);
            bytes.append(&mut moved);
            bytes.extend(rest);
        }
        7 => {
            // A half of a character, a long form, half a pair, and what no character begins with.
            let broken: &[&[u8]] = &[
                b"\xE8\xAE",
                b"\xC0\xAF",
                b"\xED\xA0\x80",
                b"\xFF",
                b"\x80",
                b"\xF5\x80\x80\x80",
                b"\xFF\xFE",
            ];
            bytes.splice(at..at, random.one(broken).iter().copied());
        }
        8 => {
            // A character of several bytes loses its last one.
            let is_inside = |byte: &u8| (0x80..0xC0).contains(byte);
            let found = bytes[at..].windows(2).position(|pair| is_inside(&pair[0]) && !is_inside(&pair[1]));
            found.map(|found| bytes.remove(at + found));
        }
        _ => {
            let piece = random.one(PIECES);
            bytes.splice(at..at, piece.bytes());
        }
    }
}
