//! An app that talks to two platforms.

use crate::errors;
use std::error::Error;
use std::fmt;

// example:start
use errors::support::{DomainErrorCode, ErrorCondition, ErrorKind, ErrorLocale};
use errors::{quectel, registry};

/// From the code of a reply to what the app does next.
fn next_step(reply: i32, languages: &[&str]) -> NextStep {
    let code = quectel::ErrorCode::from_code(reply); // whatever the server sends
    match code {
        quectel::ErrorCode::SMS_CODE_INCORRECT => return NextStep::AskForSmsCode,
        _ if code.condition() == Some(ErrorCondition::TOKEN_EXPIRED) => return NextStep::SignIn, // on any platform
        _ if code.is_retryable() => return NextStep::TryAgain,
        _ => {}
    }
    let locale = ErrorLocale::best_match(languages); // ["zh-CN", "en"] is ErrorLocale::ZhHans
    let message = code.message(locale).map_or_else(|| code.to_string(), str::to_owned);
    NextStep::Tell(message)
}

/// Any platform: `quectel/5003` as a log or a customer names it.
fn kind_of(reference: &str) -> Option<ErrorKind> {
    let code: Box<dyn DomainErrorCode> = registry::parse_reference(reference)?;
    Some(code.kind())
}
// example:end

#[derive(Debug, PartialEq)]
enum NextStep {
    AskForSmsCode,
    SignIn,
    TryAgain,
    Tell(String),
}

/// The app's own words, which the generated files leave alone.
#[derive(Debug)]
struct Locale(&'static str);

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Locale {}

/// A code is an error, so `?` works, and the code is found again in the error.
fn call(reply: i32) -> Result<Locale, Box<dyn Error + Send + Sync>> {
    let code = quectel::ErrorCode::from(reply);
    if code.is_success() {
        return Ok(Locale("en"));
    }
    Err(code)?
}

/// So is a code of any platform.
fn call_any(reply: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let code = registry::parse_reference(reply).ok_or("no reference")?;
    if code.is_success() { Ok(()) } else { Err(code)? }
}

/// An app's own error, of which a code is one case.
#[derive(Debug)]
enum AppError {
    Refused(quectel::ErrorCode),
    Offline,
}

impl From<quectel::ErrorCode> for AppError {
    fn from(code: quectel::ErrorCode) -> Self {
        Self::Refused(code)
    }
}

fn call_typed(reply: i32) -> Result<(), AppError> {
    if reply < 0 {
        return Err(AppError::Offline);
    }
    let code = quectel::ErrorCode::from_code(reply);
    if code.is_success() { Ok(()) } else { Err(code)? }
}

/// The kinds are complete, so the compiler tells an app that has forgotten one.
fn is_users_fault(kind: ErrorKind) -> bool {
    match kind {
        ErrorKind::InvalidArgument
        | ErrorKind::NotFound
        | ErrorKind::AlreadyExists
        | ErrorKind::FailedPrecondition
        | ErrorKind::OutOfRange
        | ErrorKind::PermissionDenied
        | ErrorKind::Unauthenticated
        | ErrorKind::Cancelled => true,
        ErrorKind::Ok
        | ErrorKind::Unknown
        | ErrorKind::DeadlineExceeded
        | ErrorKind::ResourceExhausted
        | ErrorKind::Aborted
        | ErrorKind::Unimplemented
        | ErrorKind::Internal
        | ErrorKind::Unavailable
        | ErrorKind::DataLoss => false,
    }
}

pub fn run() {
    let incorrect = quectel::ErrorCode::SMS_CODE_INCORRECT;
    assert_eq!(next_step(incorrect.code(), &["en"]), NextStep::AskForSmsCode);
    assert_eq!(next_step(i32::MIN, &[]), NextStep::Tell(format!("unknown error (code {})", i32::MIN)));
    for code in quectel::ErrorCode::all() {
        assert_eq!(quectel::ErrorCode::from_code(i32::from(code)), code);
        assert_ne!(next_step(code.code(), &["zh-CN", "en"]), NextStep::Tell(String::new()));
    }
    assert_eq!(kind_of(&incorrect.reference()), Some(incorrect.kind()));
    assert!(kind_of("no such platform/1").is_none());
    let error = call(incorrect.code()).unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&incorrect));
    assert_eq!(format!("{incorrect:?}"), format!("ErrorCode({} sms_code_incorrect)", incorrect.reference()));
    let error = call_any(&incorrect.reference()).unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&incorrect));
    assert!(call_any("quectel").is_err());
    assert!(matches!(call_typed(incorrect.code()), Err(AppError::Refused(quectel::ErrorCode::SMS_CODE_INCORRECT))));
    assert!(matches!(call_typed(-1), Err(AppError::Offline)));
    assert!(is_users_fault(incorrect.kind()) && !is_users_fault(quectel::ErrorCode::from_code(-1).kind()));
    assert_eq!(incorrect.code_text().parse(), Ok(incorrect));
    let error = "05003".parse::<quectel::ErrorCode>().unwrap_err();
    assert_eq!(error.to_string(), "not an error code of quectel");
    // A table of a log: the text fills its column, and is cut to it.
    let (text, width) = (incorrect.to_string(), incorrect.to_string().chars().count() + 3);
    assert_eq!(format!("{incorrect:<width$}|"), format!("{text}   |"));
    assert_eq!(format!("{incorrect:.3}"), text.chars().take(3).collect::<String>());
    let boxed: Box<dyn DomainErrorCode> = Box::new(incorrect);
    let sent = std::thread::spawn(move || boxed.reference()).join().expect("a code can be sent to a thread");
    assert_eq!(sent, incorrect.reference());
}
