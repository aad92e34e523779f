//! Which rows of a document are new, by their codes.
//!
//! In: a domain as written and the rows of its document. Out: the rows whose code the spec does not have, grouped
//! by code and in its order; a finding for each code that is none, with the way out, and a word about a text that does
//! not look like what is sent. A row is never dropped: it is known, new, or told; one that repeats another is told, too.
//! What many such texts have in common is told once, at the first: there is one cause, and by its sign a person finds the others.
//! Where each is another text to list under `rows`, as several codes in a cell are, each is told.
//!
//! Deliberately elsewhere: finding the cell of the code and taking its markup off (`document`).

use super::damaged::{Damage, Masks};
use super::several::Forms;
use crate::audit;
use crate::characters::is_hidden;
use crate::diagnostics::alike::Alike;
use crate::diagnostics::{Diagnostic, Loc, Span};
use crate::document::Row;
use crate::names::{CodeType, WireCode};
use crate::spec::read::SpecDomain;
use std::collections::{BTreeMap, BTreeSet};

/// The rows whose code the spec does not have, by code. `line` is where a place stands, from 1.
pub(super) fn new_rows<'a>(
    domain: &SpecDomain,
    code_type: CodeType,
    all: &'a [Row],
    line: impl Fn(Span) -> usize,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<WireCode, Vec<&'a Row>> {
    let retired = domain.retired.iter().filter_map(|retired| retired.code.as_ref());
    let known: BTreeSet<_> = domain
        .errors
        .iter()
        .map(|error| &error.code)
        .chain(retired)
        .map(|code| code.value.as_str())
        .collect();
    let mut rows: BTreeMap<WireCode, Vec<&Row>> = BTreeMap::new();
    let mut bad: Vec<&Row> = Vec::new();
    let repeated = audit::repeated(all);
    let mut statuses: BTreeMap<&str, &Loc<String>> = BTreeMap::new();
    // Where codes are numbers, a range is no code.
    let texts = if code_type == CodeType::String { all } else { &[] };
    let forms = Forms::of(texts);
    let masks = Masks::of(texts);
    let mut doubts = Vec::new();
    for row in all.iter().filter(|row| !known.contains(row.code.value.as_str())) {
        if let Some(fault) = super::no_value(&row.code) {
            findings.push(fault);
        } else if let Some(code) = code_type.parse(&row.code.value) {
            if matches!(code, WireCode::Text(_)) {
                doubts.extend(doubt(&row.code, &forms, &masks));
            }
            let status = row.http_status.as_ref();
            let taken = status.map(|status| *statuses.entry(&row.code.value).or_insert(status));
            let another = taken.zip(status).filter(|(taken, status)| taken.value != status.value);
            if let Some((taken, status)) = another {
                findings.push(second_status(&row.code.value, taken, status));
            }
            if repeated.contains(&(row.code.value.as_str(), row.span)) {
                if another.is_none() {
                    findings.push(repeats(row));
                }
            } else {
                rows.entry(code).or_default().push(row);
            }
        } else {
            bad.push(row);
        }
    }
    while let Some(row) = bad.first().copied() {
        // Where no row of a table has a code, another column is meant, and one place says it.
        let of_table = |other: &&Row| other.origin == row.origin;
        let count = bad.iter().filter(|row| of_table(row)).count();
        let are_all = count > 1 && count == all.iter().filter(of_table).count();
        let told = if are_all { 1 } else { count };
        for bad in bad.iter().filter(|row| of_table(row)).take(told) {
            let message = format!("`{}` is no code of type {}", bad.code.value, code_type.id());
            let message = if are_all {
                format!("{message}; so it is with all {count} rows of the table")
            } else {
                message
            };
            let finding = Diagnostic::error("bad_code", bad.code.span, message);
            let help = if are_all { help_for_all(&bad.code.value) } else { None };
            findings.push(finding.help(help.unwrap_or_else(|| self::help(&bad.code.value))));
        }
        bad.retain(|row| !of_table(row));
    }
    findings.append(&mut told(doubts, line));
    rows
}

/// What a person should look at in a text that becomes a code.
struct Doubt {
    finding: Diagnostic,
    /// What it may have in common with others; `None` where each has to be told.
    cause: Option<String>,
}

/// The doubts as they are told: of many that have one cause, the first alone.
fn told(mut doubts: Vec<Doubt>, line: impl Fn(Span) -> usize) -> Vec<Diagnostic> {
    doubts.sort_by_key(|doubt| doubt.finding.span());
    let (mut alike, mut told) = (Alike::default(), Vec::new());
    for Doubt { finding, cause } in doubts {
        told.extend(match cause {
            Some(cause) => alike.take_of(cause, finding, told.len()),
            None => Some(finding),
        });
    }
    alike.fold(&mut told, line);
    told
}

/// Why a text is hardly a code, if it is hardly one: by the codes of the other rows, or by itself.
fn doubt(code: &Loc<String>, forms: &Forms<'_>, masks: &Masks) -> Option<Doubt> {
    let text = code.value.as_str();
    if forms.are_several(text) {
        return Some(Doubt { finding: several(code), cause: None });
    }
    if let Some((meant, signs)) = hyphenated(text) {
        let may_be_several = forms.may_be_several(text, &meant, is_like_hyphen);
        let finding = like_hyphen(code, &meant, &signs, may_be_several);
        return Some(Doubt { finding, cause: Some(signs) });
    }
    let is_other = || is_word(text) && forms.lacks_digit(text);
    let oddity = oddity(text).or_else(|| is_other().then_some(Oddity::Whole)).or_else(|| {
        forms.is_foreign(text).then(|| Oddity::Of("holds a letter of another script".to_owned()))
    });
    if let Some(oddity) = oddity {
        let cause = match &oddity {
            Oddity::Whole => Some(text.to_owned()),
            Oddity::Of(sign) => (!is_list(text)).then(|| sign.clone()),
        };
        return Some(Doubt { finding: doubtful(code, &oddity), cause });
    }
    let damage = masks.damage(text)?;
    let cause = match damage {
        Damage::LooksAlike(_) => None,
        Damage::Spreadsheet => Some(String::new()),
    };
    Some(Doubt { finding: damaged(code, damage), cause })
}

/// What to do about a table of codes that are numbers written in another way.
fn help_for_all(code: &str) -> Option<String> {
    let is_wide = CodeType::Int64.parse(code).is_some();
    let are_numbers = !is_wide && (hexadecimal(code).is_some() || decimal(code).is_some());
    let help = "write `code_type: string` if they are sent like this; if not, name the column that has them as decimal numbers as \
                `code`, or list the rows under `rows`";
    are_numbers.then(|| help.to_owned())
}

/// What a code is that is written like `0x1F`.
fn hexadecimal(code: &str) -> Option<i64> {
    let digits = code.strip_prefix(['-', '+']).unwrap_or(code);
    let digits = digits.strip_prefix("0x").or(digits.strip_prefix("0X"))?;
    let number = i64::from_str_radix(digits, 16)
        .ok()
        .filter(|_| digits.starts_with(|ch: char| ch.is_ascii_hexdigit()))?;
    Some(if code.starts_with('-') { -number } else { number })
}

/// What a code is that is written in digits alone, with a sign or without, and be they as wide as Chinese characters: pages and
/// word processors have other signs than programs.
fn decimal(code: &str) -> Option<i64> {
    let (digits, sign) = match code.strip_prefix(is_minus) {
        Some(digits) => (digits, "-"),
        None => (code.strip_prefix(['+', '＋']).unwrap_or(code), ""),
    };
    let plain = |ch: char| {
        if ('０'..='９').contains(&ch) { ch as u32 - '０' as u32 } else { ch.to_digit(10).unwrap_or(10) }
    };
    let digits: Option<String> = digits.chars().map(|ch| char::from_digit(plain(ch), 10)).collect();
    format!("{sign}{}", digits.filter(|digits| !digits.is_empty())?).parse().ok()
}

/// Whether a character is the minus of programs, which is their hyphen, or stands for it elsewhere.
fn is_minus(ch: char) -> bool {
    ch == '-' || is_like_hyphen(ch)
}

/// Whether a character looks like the hyphen of programs: other hyphens, the dashes, the minus, and those of other widths. Word
/// processors and whoever sets a text put them where somebody typed `-`.
fn is_like_hyphen(ch: char) -> bool {
    matches!(ch, '\u{2010}'..='\u{2015}' | '−' | '\u{fe58}' | '\u{fe63}' | '－')
}

/// What to do about a row whose code is none.
fn help(code: &str) -> String {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = |marks: &[&str]| {
        let parts = marks.iter().fold(code.to_owned(), |code, mark| code.replace(mark, "\0"));
        parts.contains('\0') && parts.split('\0').all(|part| is_number(part.trim()))
    };
    let thousands = |mark: char| {
        let mut parts = code.split(mark);
        let first = parts.next().is_some_and(|part| is_number(part) && part.len() < 4);
        first && code.contains(mark) && parts.all(|part| part.len() == 3 && is_number(part))
    };
    if let Some(number) = hexadecimal(code) {
        format!("a code is decimal: list the row under `rows` with `code: {number}`")
    } else if CodeType::Int64.parse(code).is_some() {
        "the number is out of range: write `code_type: int64`, or mend `columns` if it is no code".to_owned()
    } else if let Some(number) = decimal(code) {
        format!(
            "list the row under `rows` with `code: {number}`, or write `code_type: string` if it is sent like this"
        )
    } else if is_number(code.strip_prefix(is_minus).unwrap_or(code)) {
        "no number is so great: write `code_type: string`, or mend `columns` if it is no code".to_owned()
    } else if numbers(&["-", "~", "–", "—", "～", "至", "to", "..."]) {
        "this looks like a range: list the row under `rows` once for each code, or under `ignore` with a reason"
            .to_owned()
    } else if [',', '.', '\'', ' ', '\u{a0}', '，'].into_iter().any(thousands) {
        "this looks like a separator of thousands: list the row under `rows` with the code as it is sent"
            .to_owned()
    } else if numbers(&[",", "/", ";", "、", "，", " ", "\n", "<br>", "<br/>", "<br />", "and", "or"]) {
        "these look like several codes: list the row under `rows` once for each".to_owned()
    } else if code.parse::<f64>().is_ok_and(f64::is_finite) {
        "this number has a point or an exponent, as a spreadsheet writes it: list the row under `rows` with the code as it is sent"
            .to_owned()
    } else {
        "change `code_type`, mend the recipe, list the row under `rows` with its code, or name it under `ignore`"
            .to_owned()
    }
}

/// What stands in a cell for no code, in small letters.
const NOTHING: [&str; 26] = [
    "n/a",
    "n.a.",
    "na",
    "nil",
    "null",
    "none",
    "undefined",
    "tbd",
    "tba",
    "todo",
    "reserved",
    "keine",
    "无",
    "無",
    "暂无",
    "暫無",
    "没有",
    "空",
    "预留",
    "預留",
    "保留",
    "未定义",
    "なし",
    "無し",
    "予約",
    "없음",
];

/// Whether a word is hardly a code where the others have digits. Some vendors send `OK` beside such codes.
fn is_word(code: &str) -> bool {
    !["ok", "success"].iter().any(|word| code.eq_ignore_ascii_case(word))
}

/// What is odd about a text by itself.
enum Oddity {
    /// It looks like no code as a whole.
    Whole,
    /// It holds something, or ends in it: so many words, which are the same for one cause.
    Of(String),
}

/// Why a text is hardly what is sent: it is none at all, it holds several codes, a note beside one or its mark, markup, quotes or
/// full-width letters.
fn oddity(code: &str) -> Option<Oddity> {
    if !code.contains(char::is_alphanumeric) || NOTHING.contains(&code.to_lowercase().as_str()) {
        return Some(Oddity::Whole);
    }
    let signs: BTreeSet<_> = code.chars().filter_map(unusual).collect();
    if !signs.is_empty() {
        return Some(Oddity::Of(format!("holds {}", and(signs))));
    }
    let end = code.chars().next_back().filter(|ch| [':', '.', '='].contains(ch))?;
    Some(Oddity::Of(format!("ends in `{end}`")))
}

/// What a character is called that codes hardly hold; `None` for one that they do.
fn unusual(ch: char) -> Option<String> {
    Some(match ch {
        ' ' => "a blank".to_owned(),
        '\n' | '\r' => "a line end".to_owned(),
        '`' => "a backtick".to_owned(),
        _ if ch.is_whitespace() || is_hidden(ch) || is_like_hyphen(ch) => point(ch),
        // A number that is raised is the mark of a note, and one of another script is hardly what is sent.
        _ if ch.is_numeric() && !ch.is_ascii_digit() || matches!(ch, '⁰'..='ₜ') => {
            "a number that is raised or of another script".to_owned()
        }
        '！'..='～' => "a full-width sign".to_owned(),
        _ if "\\*'~[]<>{}\",;|^、。“”‘’†‡§¶※".contains(ch) => format!("`{ch}`"),
        _ => return None,
    })
}

/// How a character is named that looks like another one.
fn point(ch: char) -> String {
    format!("U+{:04X}", u32::from(ch))
}

fn and(signs: BTreeSet<String>) -> String {
    signs.into_iter().collect::<Vec<_>>().join(" and ")
}

/// What was meant by a text in which nothing is odd but what stands for hyphens, and what that is.
fn hyphenated(code: &str) -> Option<(String, String)> {
    let signs: BTreeSet<_> = code.chars().filter(|ch| is_like_hyphen(*ch)).map(point).collect();
    let meant = code.replace(is_like_hyphen, "-");
    (!signs.is_empty() && oddity(&meant).is_none()).then(|| (meant, and(signs)))
}

/// Whether a text is a list of words between signs that divide lists: each is a code of its own to look at.
fn is_list(code: &str) -> bool {
    let mut parts = code.split([',', ';', '、', '，', '；', '\n']).map(str::trim);
    let is_word = |part: &str| part.contains(char::is_alphanumeric) && !part.contains(char::is_whitespace);
    parts.clone().count() > 1 && parts.all(is_word)
}

fn several(code: &Loc<String>) -> Diagnostic {
    let message = format!("`{}` becomes one code as it stands here, and looks like several", code.value);
    let help = "list the row under `rows` once for each code, or under `ignore` with a reason, and remove the new entry";
    Diagnostic::warning("doubtful_code", code.span, message).help(help)
}

fn second_status(code: &str, taken: &Loc<String>, status: &Loc<String>) -> Diagnostic {
    let message = format!(
        "the rows of `{code}` have several HTTP statuses, and its entry takes `{}` and not `{}`",
        taken.value, status.value
    );
    let help = "an entry has one `http_status`: write the other one there if that is the usual one";
    Diagnostic::warning("second_http_status", status.span, message).label(taken.span, "the first").help(help)
}

fn repeats(row: &Row) -> Diagnostic {
    let message = format!(
        "this row of `{}` repeats one above it word for word, and becomes no variant",
        row.code.value
    );
    let help = "if the vendor meant another code, list the row under `rows` with that";
    Diagnostic::warning("repeated_row", row.span, message).help(help)
}

fn doubtful(code: &Loc<String>, oddity: &Oddity) -> Diagnostic {
    let why = match oddity {
        Oddity::Whole => String::new(),
        Oddity::Of(sign) => format!(": it {sign}"),
    };
    let message =
        format!("`{}` becomes a code as it stands here, and does not look like one{why}", code.value);
    let help = "if something else is sent, list the row under `rows` with its code; if it stands for none, name it under `empty` and the \
                row under `ignore`; and remove the new entry";
    Diagnostic::warning("doubtful_code", code.span, message).help(help)
}

fn like_hyphen(code: &Loc<String>, meant: &str, signs: &str, may_be_several: bool) -> Diagnostic {
    let (others, each) =
        if may_be_several { (", or like several", ", once for each if it is several") } else { ("", "") };
    let message = format!(
        "`{}` becomes a code as it stands here, and looks like `{meant}`, with {signs} for the hyphen{others}",
        code.value
    );
    let help = format!(
        "if something else is sent, list the row under `rows` with its code{each}, and remove the new entry"
    );
    Diagnostic::warning("doubtful_code", code.span, message).help(help)
}

fn damaged(code: &Loc<String>, damage: Damage) -> Diagnostic {
    let why = match damage {
        Damage::LooksAlike(meant) => {
            format!("the other codes are written like `{meant}`, which looks like it")
        }
        Damage::Spreadsheet => "looks like what a spreadsheet has made of one".to_owned(),
    };
    let message = format!("`{}` becomes a code as it stands here, and {why}", code.value);
    let help = "if something else is sent, list the row under `rows` with its code, and remove the new entry";
    Diagnostic::warning("doubtful_code", code.span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::help;

    #[test]
    fn what_is_no_code_is_told_with_the_way_out() {
        for (code, way) in [
            ("0x1F", "`code: 31`"),
            ("-0x1F", "`code: -31`"),
            ("007", "`code: 7`"),
            ("+7", "`code: 7`"),
            ("−1", "`code: -1`"),
            ("‑4", "`code: -4`"),
            ("－３", "`code: -3`"),
            ("99999999999999999999", "so great"),
            ("4294967295", "int64"),
            ("1-3", "range"),
            ("17至19", "range"),
            ("1,003", "thousands"),
            ("1.0", "spreadsheet"),
            ("1E+05", "spreadsheet"),
            ("13 14", "several"),
            ("1003\n1004", "several"),
            ("1<br>2", "several"),
            ("", "mend the recipe"),
            ("Code", "mend the recipe"),
            ("0x", "mend the recipe"),
        ] {
            let help = help(code);
            assert!(help.contains(way), "{code}: {help}");
        }
    }
}
