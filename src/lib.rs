//! errbook turns the error-code documents that vendors publish into one reviewed YAML spec, and that spec into
//! error-code files for Rust, TypeScript, Kotlin, Swift and Java.
//!
//! # The way of the data
//!
//! ```text
//! document -> rows -> spec on disk            (import, audit)
//! spec -> model -> view -> language -> output (gen)
//! spec -> model -> lints -> diagnostics       (lint)
//! two models -> changes -> impact             (diff)
//! spec -> model -> lookup, scan               (explain)
//! ```
//!
//! The modules below stand in that order. Each takes values of the stage before it and returns values of its own;
//! nothing points back. Only `cli`, `output`, `spec::tree` and `diagnostics::source` touch the disk, only `spec::git`
//! runs another program, and only `cli` prints.
//!
//! # Words
//!
//! - **book**: all of a team's error codes, in `errbook.yaml` and the files it names.
//! - **domain**: one platform's codes, with a type of their own in generated code.
//! - **code**: what stands on the wire; **name**: what people and generated code call it.
//! - **meaning**: what a code says; a code with several documented meanings has **variants**.
//! - **kind**: one of google.rpc's seventeen canonical codes.
//! - **condition**: a situation that several platforms share and an app acts on.
//! - **message** and **solution**: what has happened, and what to do about it, in each **locale**.
//! - **erratum**: the vendor's exact text where ours mends it.
//! - **lint**: an opinion about a valid book, which a level or an `allow` can silence; a **rule** nothing can.
//! - **constant**: how a name is spelled in a language.

pub mod characters;
mod counted;
pub mod nearest;
pub mod parallel;
pub mod timings;
pub mod digest;
pub mod diagnostics;
pub mod expression;
pub mod names;
pub mod document;
pub mod spec;
pub mod model;
pub mod embedded;
pub mod rules;
pub mod audit;
pub mod import;
pub mod export;
pub mod table;
pub mod translations;
pub mod view;
pub mod lints;
pub mod diff;
pub mod reformat;
pub mod languages;
pub mod lookup;
pub mod scan;
pub mod schema;
pub mod output;
pub mod vendor;
pub mod staleness;
pub mod cli;
