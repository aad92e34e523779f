//! JSON by hand: the program has no dependency but the generated files.

use crate::errors::support::{DomainErrorCode, ErrorLocale};
use std::fmt::Write as _;

/// Prints an object on a line; the values are JSON already.
pub fn line(members: &[(&str, String)]) {
    println!("{}", object(members));
}

pub fn object(members: &[(&str, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(key, value)| format!("{}:{value}", text(key))).collect();
    format!("{{{}}}", members.join(","))
}

pub fn list(values: &[String]) -> String {
    format!("[{}]", values.join(","))
}

pub fn text(text: &str) -> String {
    let mut out = String::from('"');
    for ch in text.chars() {
        match ch {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\0'..='\u{1f}' => write!(out, "\\u{:04X}", u32::from(ch)).expect("a string takes any text"),
            _ => out.push(ch),
        }
    }
    out.push('"');
    out
}

pub fn optional(value: Option<&str>) -> String {
    value.map_or("null".to_owned(), text)
}

pub fn by_locale(value: impl Fn(ErrorLocale) -> String) -> String {
    let members: Vec<_> = ErrorLocale::ALL.iter().map(|&locale| (locale.tag(), value(locale))).collect();
    object(&members)
}

/// What the interface says of a code.
pub fn code(code: &dyn DomainErrorCode) -> String {
    object(&[
        ("domain", text(code.domain())),
        ("code", text(&code.code_text())),
        ("reference", text(&code.reference())),
        ("name", optional(code.name())),
        ("known", code.is_known().to_string()),
        ("success", code.is_success().to_string()),
        ("kind", text(code.kind().as_str())),
        ("condition", optional(code.condition().map(|condition| condition.name()))),
        ("retryable", code.is_retryable().to_string()),
        ("http_status", code.http_status().map_or("null".to_owned(), |status| status.to_string())),
        ("message", by_locale(|locale| optional(code.message(locale)))),
        ("solution", by_locale(|locale| optional(code.solution(locale)))),
        ("text", text(&code.to_string())),
    ])
}

/// The text whose UTF-8 bytes are written as `hex`.
pub fn unhex(hex: &str) -> String {
    let byte = |index| u8::from_str_radix(&hex[index..index + 2], 16).expect("two hexadecimal digits");
    String::from_utf8((0..hex.len()).step_by(2).map(byte).collect()).expect("UTF-8")
}
