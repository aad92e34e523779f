//! From bytes to text.
//!
//! In: bytes, and which encoding they are in. Out: the text, or where it ends being one. Nothing is replaced and nothing
//! is guessed: what does not decode is refused with its place. What the bytes look like is only said beside it, because
//! that is what their owner has to find out next: by a help, and where they decode as something else as well, by a doubt.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_MAC_CYRILLIC};
use std::str::Utf8Error;

/// Why bytes are no text in an encoding.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// The text before the place.
    pub(super) before: String,
    /// What is wrong.
    pub(super) message: String,
}

/// Decodes `bytes`, without the byte order mark that may stand in front of them.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> Result<String, Broken> {
    if encoding == UTF_8 && is_utf_32(bytes) {
        let message = "the file is UTF-32, not UTF-8".to_owned();
        return Err(Broken { before: String::new(), message });
    }
    let mark = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => length,
        Some((marked, _)) => {
            let (marked, named) = (name(marked), name(encoding));
            let message = if encoding == UTF_8 {
                format!("the file is {marked}, not UTF-8")
            } else {
                format!("the file starts with the mark of {marked}, and the recipe says `{named}`")
            };
            return Err(Broken { before: String::new(), message });
        }
        None => 0,
    };
    let bytes = &bytes[mark..];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::Malformed(bad, after) => {
            let at = read.saturating_sub(usize::from(bad) + usize::from(after));
            let byte = bytes.get(at).copied().unwrap_or_default();
            let at = mark + at;
            let message = format!(
                "the file is not {}: byte {byte:#04x} at offset {at} starts no character",
                name(encoding)
            );
            Err(Broken { before: text, message })
        }
        // The room is what the decoder asked for.
        DecoderResult::OutputFull => {
            Err(Broken { before: text, message: format!("the file is too large for {}", name(encoding)) })
        }
    }
}

/// Whether `bytes` begin with the mark of UTF-32, whose first half is the mark of UTF-16. No document is in it.
fn is_utf_32(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF])
}

/// How to mend `bytes`, if they are UTF-8 with a damaged character and no text in another encoding: characters of three
/// bytes stand before the damage, and hardly ever by chance.
pub(super) fn damage(bytes: &[u8], error: Utf8Error) -> Option<&'static str> {
    let before = bytes.get(..error.valid_up_to()).and_then(|before| std::str::from_utf8(before).ok())?;
    let is_utf_8 = before.chars().any(|ch| ch.len_utf8() >= 3);
    is_utf_8.then_some(match error.error_len() {
        None => "the file ends within a character, and seems to be cut: write the rest of it",
        Some(_) => "this character is damaged, while those before it are UTF-8: write it again",
    })
}

/// How many letters beyond ASCII make it certain that bytes which are UTF-8 are meant so. A Chinese character in GBK is one
/// of UTF-8 by chance in 16 of 100 cases, and so is a run of two in 26 of 1,000 and of three in 2 of 1,000 (counted in the
/// texts of this repository); whole messages in GBK, Big5, EUC-KR and `Shift_JIS` never are with three letters. Where each
/// letter is one byte, hardly one is, and none with two letters.
fn certain(encoding: &'static Encoding) -> usize {
    if encoding.is_single_byte() { 2 } else { 3 }
}

/// Whether `bytes` are UTF-8, and text in `encoding` by chance at most.
pub(super) fn is_utf_8(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.chars().filter(|ch| !ch.is_ascii()).nth(certain(encoding) - 1).is_some()
}

/// A file of lines in UTF-8 and of others that are not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mixture {
    /// The text before the first place that is not UTF-8.
    pub(super) before: String,
    /// How many lines have letters beyond ASCII and are UTF-8.
    pub(super) lines: usize,
}

/// Whether `bytes` are UTF-8 in at least half of the lines that have letters beyond ASCII, by what is more than chance if
/// they were text in `encoding`, and something else in the others. No encoding suits such a file.
pub(super) fn mixture(bytes: &[u8], encoding: &'static Encoding) -> Option<Mixture> {
    let end = std::str::from_utf8(bytes).err()?.valid_up_to();
    // UTF-16 and UTF-32 have zeros, or a mark, and no lines of bytes.
    if bytes.contains(&0) || Encoding::for_bom(bytes).is_some_and(|(marked, _)| marked != UTF_8) {
        return None;
    }
    let (mut lines, mut others, mut letters) = (0, 0, 0);
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(line) => {
                lines += 1;
                letters += line.chars().filter(|ch| !ch.is_ascii()).count();
            }
            Err(_) => others += 1,
        }
    }
    let before = std::str::from_utf8(&bytes[..end]).ok()?.to_owned();
    (letters >= certain(encoding) && lines >= others).then_some(Mixture { before, lines })
}

/// Which format of files `bytes` are in that holds text without being one, by how they begin, and how to get at it.
pub(super) fn format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let table = "save its table as CSV (UTF-8), or the page as HTML";
    let known: [(&[u8], _, _); 7] = [
        (b"%PDF-", "a PDF", "copy its text into a text file, which the reader `pattern` takes"),
        (b"PK\x03\x04", "a ZIP archive, as Word and Excel save", table),
        (b"\xD0\xCF\x11\xE0", "a document of an older Word or Excel", table),
        (b"{\\rtf", "an RTF document", table),
        (b"\x1F\x8B", "a compressed file (gzip)", "take it out of the archive first"),
        (b"\x89PNG", "a picture", "type its rows into a CSV file"),
        (b"\xFF\xD8\xFF", "a picture", "type its rows into a CSV file"),
    ];
    if is_mhtml(bytes) {
        return Some(("MHTML (a page in the form of a mail)", "save the page as HTML"));
    }
    known.into_iter().find(|(start, ..)| bytes.starts_with(start)).map(|(_, what, help)| (what, help))
}

/// Whether `bytes` begin like a mail, as Confluence exports a page "to Word" and browsers save one in a single file: with
/// the fields of its head, two of which say what is in it.
fn is_mhtml(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..8192).unwrap_or(bytes)).to_ascii_lowercase();
    let lines = head.trim_start_matches('\u{feff}').lines();
    let is_field = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        line.starts_with([' ', '\t'])
            || name.len() < line.len()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let fields: Vec<_> = lines.skip_while(|line| line.trim().is_empty()).take_while(is_field).collect();
    ["mime-version:", "content-type:"].iter().all(|name| fields.iter().any(|field| field.starts_with(name)))
}

/// What `bytes`, which are no UTF-8 text, look like.
pub(super) fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    if is_utf_32(bytes) {
        return None;
    }
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return Some(marked);
    }
    // The letters of ASCII have a zero in every second byte of UTF-16. A page of text is enough to tell.
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    match (even * 4 > half, odd * 4 > half) {
        (false, true) => return Some(UTF_16LE),
        (true, false) => return Some(UTF_16BE),
        (true, true) => return None,
        (false, false) => {}
    }
    if even + odd > 0 || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    Some(detected(sample))
}

/// The legacy encoding that bytes look like most.
fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// A text whose letters are the bytes of other ones.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Doubled {
    /// Where the first of them begins, in bytes.
    pub(super) at: usize,
    /// The first few, as they stand there.
    pub(super) written: String,
    /// What they were.
    pub(super) meant: String,
    /// The encoding that they were read in.
    pub(super) read_as: &'static str,
}

/// How many letters of three bytes make it certain that a text is in UTF-8 twice, if all of its letters say so.
const CERTAINLY_DOUBLED: usize = 3;
/// How many letters of what a doubled text was are shown.
const SHOWN: usize = 6;

/// Whether all letters of `text` beyond ASCII are the bytes of others in UTF-8: somebody read them in a Western encoding and
/// saved what came of it. One that has some sound letters is not meant, and neither is one of which chance could have made a few.
pub(super) fn doubled(text: &str) -> Option<Doubled> {
    // The mark of UTF-8, read so.
    let body = text.strip_prefix("ï»¿").unwrap_or(text);
    let start = body.find(|ch: char| !ch.is_ascii())?;
    let (mut long, mut are_certain, mut read_as) = (0, false, "ISO-8859-1");
    let mut first = None;
    for run in body[start..].split(|ch: char| ch.is_ascii()).filter(|run| !run.is_empty()) {
        let meant = read_again(run)?;
        long += meant.chars().filter(|ch| ch.len_utf8() > 2).count();
        are_certain |= run.contains(char::is_control) || long >= CERTAINLY_DOUBLED;
        if run.chars().any(|ch| ch > '\u{ff}') {
            read_as = "Windows-1252";
        }
        first.get_or_insert_with(|| {
            let meant: String = meant.chars().take(SHOWN).collect();
            // A letter of what stands there is a byte of what was meant.
            (run.chars().take(meant.len()).collect(), meant)
        });
    }
    let (written, meant) = first.filter(|_| are_certain)?;
    Some(Doubled { at: text.len() - body.len() + start, written, meant, read_as })
}

/// What the bytes of `text` in a Western encoding say in UTF-8, if they are that: in Windows-1252, or in Latin-1 where that
/// has a control character.
pub(crate) fn read_again(text: &str) -> Option<String> {
    let byte = |ch: char| {
        let direct = u8::try_from(ch).ok();
        direct.or_else(|| {
            let mut text = [0; 4];
            let (bytes, _, is_lossy) = WINDOWS_1252.encode(ch.encode_utf8(&mut text));
            bytes.first().copied().filter(|_| !is_lossy)
        })
    };
    String::from_utf8(text.chars().map(byte).collect::<Option<_>>()?).ok()
}

/// Another encoding than the one that bytes are said to be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resemblance {
    /// Its name, as a recipe writes it.
    pub encoding: String,
    /// The first word that is another one in it, up to a few characters, as it was read.
    pub read: String,
    /// What it would be.
    pub meant: String,
}

/// How many letters beyond ASCII it takes to doubt an encoding. Of messages in twelve languages and fourteen encodings, between
/// one and ten together, those that were taken for another text outside of Latin had four or eight letters, and one eleven
/// (Windows-1251 for Windows-1255).
const DOUBTFUL: usize = 10;
/// How many characters of a word are kept.
const LONGEST_WORD: usize = 20;
/// How many bytes of the words that have letters beyond ASCII are looked at.
const LONGEST_SAMPLE: usize = 16 << 10;
/// Encodings for languages of the Latin script, which differ in few letters.
const LATIN: [&str; 14] = [
    "windows-1250",
    "windows-1252",
    "windows-1254",
    "windows-1257",
    "windows-1258",
    "ISO-8859-2",
    "ISO-8859-3",
    "ISO-8859-4",
    "ISO-8859-10",
    "ISO-8859-13",
    "ISO-8859-14",
    "ISO-8859-15",
    "ISO-8859-16",
    "macintosh",
];

/// What `bytes`, which are text in `encoding`, look like, if they would be another text in that. Nothing is said of one Latin
/// encoding against another one.
pub(super) fn resemblance(bytes: &[u8], encoding: &'static Encoding) -> Option<Resemblance> {
    // Nothing is ever detected as the Cyrillic encoding of an old Macintosh, so that each text in it would be doubted.
    if encoding == UTF_8 || encoding == X_MAC_CYRILLIC || !encoding.is_ascii_compatible() {
        return None;
    }
    let sample = words(bytes);
    let text = encoding.decode_without_bom_handling_and_without_replacement(&sample)?;
    text.chars().filter(|ch| !ch.is_ascii() && ch.is_alphabetic()).nth(DOUBTFUL - 1)?;
    let other = detected(&sample);
    let is_latin = |encoding: &'static Encoding| LATIN.contains(&encoding.name());
    if is_latin(encoding) && is_latin(other) {
        return None;
    }
    let meant = other.decode_without_bom_handling_and_without_replacement(&sample)?;
    let same = text.chars().zip(meant.chars()).take_while(|(one, other)| one == other).count();
    let word = |text: &str| -> String {
        let rest = text.chars().skip(same).skip_while(char::is_ascii);
        rest.take_while(|ch| !ch.is_ascii()).take(LONGEST_WORD).collect()
    };
    let (read, meant) = (word(&text), word(&meant));
    (!meant.is_empty() && !read.is_empty()).then(|| Resemblance { encoding: name(other), read, meant })
}

/// The first words of `bytes` that have letters beyond ASCII, each with the blank or mark behind it.
fn words(bytes: &[u8]) -> Vec<u8> {
    let mut words = Vec::new();
    // No encoding that has ASCII has a byte below that of `0` within another character. Lines are no measure: a page may be
    // one.
    for word in bytes.split_inclusive(|byte| *byte < b'0').filter(|word| !word.is_ascii()) {
        if words.len() + word.len() > LONGEST_SAMPLE {
            break;
        }
        words.extend_from_slice(word);
    }
    words
}

/// The name of an encoding as a recipe writes it; Unicode's own as people do.
pub(super) fn name(encoding: &'static Encoding) -> String {
    let name = encoding.name();
    if name.starts_with("UTF-") { name.to_owned() } else { name.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{
        BIG5, EUC_JP, EUC_KR, GB18030, GBK, KOI8_R, KOI8_U, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251,
        WINDOWS_1254,
    };
    use std::collections::BTreeMap;

    #[test]
    fn what_is_text_in_its_encoding_comes_back() {
        for encoding in [GBK, GB18030, BIG5] {
            let (bytes, _, _) = encoding.encode("設備,离线 x".trim_end_matches(if encoding == BIG5 {
                "离线 x"
            } else {
                ""
            }));
            let text = decode(&bytes, encoding).expect("decodes");
            assert!(text.starts_with('設'), "{}", encoding.name());
        }
        assert_eq!(decode(b"caf\xE9", WINDOWS_1252).as_deref(), Ok("café"));
        assert_eq!(decode(&[0xFF, 0xFE, b'a', 0, 0x3D, 0xD8, 0x00, 0xDE], UTF_16LE).as_deref(), Ok("a😀"));
        assert_eq!(decode(&[b'a', 0], UTF_16LE).as_deref(), Ok("a"));
    }

    #[test]
    fn what_is_not_is_refused_with_its_place() {
        let broken = decode(b"ab\xFF\xFFc", GBK).expect_err("no GBK");
        assert_eq!(
            (broken.before.as_str(), broken.message.as_str()),
            ("ab", "the file is not gbk: byte 0xff at offset 2 starts no character")
        );
        let half = decode(&[b'a', 0, 0x00, 0xD8], UTF_16LE).expect_err("half a pair");
        assert_eq!(half.before, "a");
        let marked = decode(b"\xEF\xBB\xBFa", GBK).expect_err("marked");
        assert_eq!(marked.message, "the file starts with the mark of UTF-8, and the recipe says `gbk`");
    }

    #[test]
    fn a_damaged_character_is_no_other_encoding() {
        let mended = |bytes: &[u8]| damage(bytes, std::str::from_utf8(bytes).expect_err("damaged"));
        assert_eq!(mended(&"设备".as_bytes()[..5]).map(|help| help.contains("cut")), Some(true));
        assert_eq!(
            mended("设".as_bytes().iter().chain(b"\xFFx").copied().collect::<Vec<_>>().as_slice())
                .map(|help| help.contains("damaged")),
            Some(true)
        );
        assert_eq!(mended(b"caf\xE9"), None);
        assert_eq!(mended(&GBK.encode("设备不在线").0), None);
    }

    #[test]
    fn lines_in_another_encoding_are_told_from_a_file_in_it() {
        let lines = |text: &str, other: &[u8]| [text.as_bytes(), other].concat();
        let mixed = |bytes: &[u8], encoding| mixture(bytes, encoding).map(|mixture| mixture.lines);
        assert_eq!(mixed(&lines("1,Gerät\n2,Schlüssel\n", b"3,Ger\xE4t\n"), WINDOWS_1252), Some(2));
        assert_eq!(mixed(&lines("1,设备\n2,离线\n", &GBK.encode("3,设备\n4,离线").0), GBK), Some(2));
        // One that is UTF-8 by chance, or more of the other kind.
        assert_eq!(mixed(&lines("1,Gerät\n", b"3,Ger\xE4t\n"), WINDOWS_1252), None);
        assert_eq!(mixed(&GBK.encode("1,目录\n2,设备\n3,设备不在线").0, GBK), None);
        assert_eq!(mixed("1,设备离线\n".as_bytes(), GBK), None);
    }

    #[test]
    fn few_letters_are_enough_for_utf_8() {
        for (text, encoding, expected) in [
            ("1,é", GBK, false),
            ("1,é,é", GBK, false),
            ("1,设备离", GBK, true),
            ("1,Gerät", WINDOWS_1252, false),
            ("1,Gerät 2,Schlüssel", WINDOWS_1252, true),
        ] {
            assert_eq!(is_utf_8(text.as_bytes(), encoding), expected, "{text}");
        }
        assert!(!is_utf_8(&GBK.encode("设备").0, GBK));
    }

    #[test]
    fn a_guess_tells_the_usual_ones_apart() {
        let text = "设备不在线，请检查网络连接后重试。";
        assert_eq!(guess(&GBK.encode(text).0), Some(GBK));
        let utf16: Vec<_> = "code,message\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(guess(&utf16), Some(UTF_16LE));
        assert_eq!(guess(&[0; 100]), None);
        assert_eq!(guess(b"plain\0text"), None);
        let utf32: Vec<_> = "\u{FEFF}code\n".chars().flat_map(|ch| u32::from(ch).to_le_bytes()).collect();
        assert_eq!(guess(&utf32), None);
        let broken = decode(&utf32, UTF_8).expect_err("no UTF-8");
        assert_eq!(broken.message, "the file is UTF-32, not UTF-8");
    }

    #[test]
    fn another_encoding_that_decodes_as_well_is_doubted() {
        let texts: [(&[&Encoding], &str); 9] = [
            (&[GBK, GB18030], "1,设备离线\n2,参数错误\n3,签名不正确"),
            (&[BIG5], "1,設備離線\n2,參數錯誤\n3,簽名不正確"),
            (&[SHIFT_JIS, EUC_JP], "1,デバイスがオフラインです\n2,署名が正しくありません"),
            (&[EUC_KR], "1,장치가 오프라인입니다\n2,매개변수 오류"),
            (&[WINDOWS_1251, KOI8_R, KOI8_U], "1,Устройство не в сети\n2,Неверный параметр"),
            (
                &[WINDOWS_1252],
                "1,Gerät für Gäste\n2,Ungültiger Schlüssel\n3,Größe überschritten\n4,prüfe Zähler",
            ),
            (&[WINDOWS_1252], "1,“Busy” – can’t “wait”…\n2,“Full” – don’t “retry”… “Off” – can’t’"),
            (
                &[WINDOWS_1250],
                "1,Urządzenie wyłączone\n2,Błędny podpis\n3,Spróbuj później\n4,Zły rozmiar łącza",
            ),
            (&[WINDOWS_1254], "1,Cihaz çevrimdışı\n2,Şifre yanlış\n3,Ağ zaman aşımı\n4,Ürün yok"),
        ];
        let all: BTreeMap<_, _> = texts
            .iter()
            .flat_map(|(encodings, _)| *encodings)
            .map(|encoding| (encoding.name(), *encoding))
            .collect();
        for (encodings, text) in texts {
            for written in encodings {
                let (bytes, _, _) = written.encode(text);
                for said in all.values() {
                    let Ok(read) = decode(&bytes, said) else { continue };
                    let found = resemblance(&bytes, said);
                    let has_letters = read.chars().filter(|ch| !ch.is_ascii() && ch.is_alphabetic()).count();
                    let are_latin = [written, said].iter().all(|encoding| LATIN.contains(&encoding.name()));
                    let is_wrong = read != text && has_letters >= DOUBTFUL && !are_latin;
                    assert_eq!(
                        found.is_some(),
                        is_wrong,
                        "{text} in {} as {}: {found:?}",
                        name(written),
                        name(said)
                    );
                    let word = found.map(|found| found.meant).unwrap_or_default();
                    assert!(text.contains(&word), "{word}");
                }
            }
        }
    }
    #[test]
    fn a_sample_is_enough_to_doubt_an_encoding_and_a_line_may_be_long() {
        let page = format!("<p>{}</p>", "<td>设备 离线</td><td>a</td>".repeat(10_000));
        let (bytes, _, _) = GBK.encode(&page);
        let found = resemblance(&bytes, BIG5).expect("doubted");
        assert_eq!((found.encoding.as_str(), found.meant.as_str()), ("gbk", "设备"));
        let sample = words(&bytes);
        assert!((LONGEST_SAMPLE - 20..=LONGEST_SAMPLE).contains(&sample.len()), "{}", sample.len());
        assert!(GBK.decode(&sample).0.starts_with("<p><td>设备 离线</td><td>设备 离线</"), "whole words");
        let (bytes, _, _) = WINDOWS_1251.encode("Устройство не в сети, неверный параметр");
        assert_eq!(resemblance(&bytes, X_MAC_CYRILLIC), None);
    }
    #[test]
    fn a_file_that_is_in_utf_8_twice_is_told_from_one_with_such_letters() {
        let latin_1 = |text: &str| text.bytes().map(char::from).collect::<String>();
        let windows = |text: &str| WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        let found = |text: &str| {
            doubled(text).map(|doubled| (doubled.at, doubled.written, doubled.meant, doubled.read_as))
        };
        let text = "en: On\nzh: 设备\nzh: 不在线，请重试\n";
        let shown = |written: &str, read_as| Some((11, written.to_owned(), "设备".to_owned(), read_as));
        assert_eq!(found(&latin_1(text)), shown("è®¾å¤\u{87}", "ISO-8859-1"));
        assert_eq!(found(&windows(text)), shown("è®¾å¤‡", "Windows-1252"));
        let marked = found(&latin_1("\u{feff}1: 设备"));
        assert_eq!(marked.map(|(at, _, meant, _)| (at, meant)), Some((9, "设备".to_owned())));
        assert_eq!(doubled(&(latin_1(text) + "zh: 设备")), None, "some letters are sound");
        for sound in ["", "ASCII", "ï»¿ASCII", "Gerät", "GerÃ¤t", "“café”…", "é”… Ã©”", text]
        {
            assert_eq!(doubled(sound), None, "{sound}");
        }
    }
}
