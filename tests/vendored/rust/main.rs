#![warn(missing_docs, unreachable_pub)]
//! An app that uses the copies of two books.

#[path = "out/acme_errors/mod.rs"]
mod acme_errors;
#[path = "out/beta_errors/mod.rs"]
mod beta_errors;

use acme_errors::support::AcmeErrorKind;
use beta_errors::support::{BetaDomainErrorCode, BetaErrorLocale};

fn main() {
    let own = acme_errors::quectel::AcmeErrorCode::from_code(5049);
    assert_eq!(own.kind(), AcmeErrorKind::AlreadyExists);
    let other: &dyn BetaDomainErrorCode = &beta_errors::quectel::BetaErrorCode::SMS_CODE_INCORRECT;
    assert!(other.message(BetaErrorLocale::best_match(["zh-CN"])).is_some());
    println!("{} {}", own.name().unwrap_or_default(), other.name().unwrap_or_default());
}
