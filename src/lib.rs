//! errbook
pub mod diagnostics;
pub mod document;
pub mod spec;
