//! Asks the generated crate about the codes of a great domain; `words.md` says what.

use errors::support::ErrorLocale;
use errors::synthetic::ErrorCode;
use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

fn message(text: &str) -> Option<&'static str> {
    ErrorCode::parse(text)?.message(ErrorLocale::En)
}

/// How long a lookup of each text takes, in nanoseconds.
fn time(texts: &[String]) -> u128 {
    let rounds = 400_000 / texts.len() + 1;
    let started = Instant::now();
    for _ in 0..rounds {
        for text in texts {
            black_box(message(black_box(text)));
        }
    }
    started.elapsed().as_nanos() / (rounds * texts.len()) as u128
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments[0].as_str() {
        "one" => {
            let started = Instant::now();
            let message = message(&arguments[1]).unwrap_or("");
            println!("{}\t{message}", started.elapsed().as_micros());
        }
        "time" => {
            let known: Vec<String> = ErrorCode::all().map(|code| code.code_text()).collect();
            let unknown: Vec<String> = known.iter().map(|text| format!("{text}1")).collect();
            println!("{}\t{}", time(&known), time(&unknown));
        }
        _ => {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            for code in ErrorCode::all() {
                let code = ErrorCode::parse(&code.code_text()).expect("a known code is read again");
                let text = |text: Option<&'static str>| text.unwrap_or("").to_owned();
                let status = code.http_status().map(|status| status.to_string()).unwrap_or_default();
                let row = [
                    code.code_text(),
                    text(code.name()),
                    code.kind().as_str().to_owned(),
                    code.is_retryable().to_string(),
                    status,
                    text(code.message(ErrorLocale::En)),
                    text(code.message(ErrorLocale::ZhHans)),
                    text(code.solution(ErrorLocale::En)),
                    text(code.solution(ErrorLocale::ZhHans)),
                ];
                writeln!(out, "{}", row.join("\t")).expect("stdout takes it");
            }
        }
    }
}
