//! Prints what the generated API says of every code, one JSON object a line.
//!
//! The generated files are vendored: they stand in a private module of this program, beside an app that uses its own
//! `Error` and `Locale`. With `--cfg packaged` they come from the crate instead.

#[cfg(packaged)]
extern crate errors;
#[cfg(not(packaged))]
mod errors;

mod app;
mod constants;
mod json;
mod platforms;
mod vectors;

use errors::support::{ErrorCondition, ErrorLocale};
use json::{code, line, text};

fn main() {
    let label = std::env::args().nth(1).unwrap_or_default();
    line(&[("run", text(&label))]);
    app::run();
    constants::each(|ident, constant| line(&[("constant", text(ident)), ("is", code(constant))]));
    constants::each_condition(|ident, condition| {
        line(&[("condition_constant", text(ident)), ("is", text(condition.name()))]);
    });
    for (domain, platform) in platforms::all() {
        let codes: Vec<_> = (platform.all)().iter().map(|code| text(code)).collect();
        line(&[("all", text(domain)), ("codes", json::list(&codes))]);
    }
    for condition in ErrorCondition::all() {
        line(&[
            ("condition", text(condition.name())),
            ("kind", text(condition.kind().as_str())),
            ("title", json::by_locale(|locale| text(condition.title(locale)))),
            ("description", json::by_locale(|locale| text(condition.description(locale)))),
        ]);
        assert_eq!(ErrorCondition::from_name(condition.name()), Some(condition));
    }
    assert_eq!(ErrorCondition::from_name("no such condition"), None);
    vectors::each(vector);
}

fn vector(operation: &str, domain: &str, hex: &str) {
    let argument = json::unhex(hex);
    let platform = || platforms::all().into_iter().find(|row| row.0 == domain).map(|row| row.1);
    let found = match operation {
        "code" => platform().map(|platform| (platform.code)(&argument)),
        "parse" => platform().and_then(|platform| (platform.parse)(&argument)),
        "name" => platform().and_then(|platform| (platform.name)(&argument)),
        "lookup" => errors::registry::lookup(domain, &argument),
        "reference" => errors::registry::parse_reference(&argument),
        "match" => None,
        _ => panic!("no such operation: {}", operation),
    };
    let answer = if operation == "match" {
        let tags = argument.split(',').filter(|_| !argument.is_empty());
        text(ErrorLocale::best_match(tags).tag())
    } else {
        found.map_or("null".to_owned(), |found| code(&*found))
    };
    line(&[("op", text(operation)), ("domain", text(domain)), ("arg", text(hex)), ("is", answer)]);
}
