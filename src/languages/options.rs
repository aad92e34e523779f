//! The options of one output, as its language reads them.
//!
//! In: the block under `outputs:` in `errbook.yaml`. Out: checked values. Each language asks for its own keys; what
//! none asked for is unknown.

use crate::diagnostics::{Diagnostic, Span};
use crate::spec::fields::Fields;
use crate::spec::values;
use crate::spec::write;
use crate::spec::yaml::Node;
use crate::view::Code;
use crate::view::spelling::identifier;

/// The longest prefix, in characters: a type's name stays readable, and a file's name fits into every file system.
const LONGEST_PREFIX: usize = 32;

/// An option in words.
#[derive(Clone, Copy, Debug)]
pub struct OptionHelp {
    /// Its key in the block of the output.
    pub key: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// A value to begin with, as YAML.
    pub example: &'static str,
}

impl OptionHelp {
    /// The option of every programming language that keeps two books in one app apart.
    pub(super) const PREFIX: Self =
        Self { key: "prefix", about: "What stands before the names of the types.", example: "Iot" };
}

/// The options of one output.
pub struct Options<'a> {
    fields: Option<Fields<'a>>,
    span: Span,
    faults: Vec<Diagnostic>,
    held: Vec<(&'static str, String)>,
}

impl<'a> Options<'a> {
    /// The options in `node`, which is the value under the output's name.
    pub fn new(node: &'a Node) -> Self {
        let mut faults = Vec::new();
        let fields = Fields::open_as(node, "an output", &mut faults);
        // `kotlin: ../generated/kotlin`
        if let Some((fault, path)) =
            faults.first_mut().zip(values::scalar(node)).filter(|(_, path)| !path.is_null())
        {
            let options = format!("{{dir: {}}}", write::anywhere(&path.text));
            *fault = fault.clone().help(format!("write `{options}`")).suggest(node.span, options);
        }
        Self { fields, span: node.span, faults, held: Vec::new() }
    }

    /// The text of `key`, or `default`; `valid` says what is wrong with a text, if anything.
    pub fn text(
        &mut self,
        key: &'static str,
        default: &str,
        valid: impl FnOnce(&str) -> Result<(), String>,
    ) -> String {
        let written = self.fields.as_mut().and_then(|fields| fields.text(key, &mut self.faults));
        let Some(written) = written else {
            self.held.push((key, default.to_owned()));
            return default.to_owned();
        };
        if let Err(why) = valid(&written.value) {
            let message = format!("`{}` cannot be the {key}: {why}", written.value);
            self.faults.push(Diagnostic::error("bad_option", written.span, message));
        }
        self.held.push((key, written.value.clone()));
        written.value
    }

    /// What stands before the names of all types, so that the files of two books can share a module: `Acme`, or nothing.
    pub fn prefix(&mut self) -> Code {
        identifier(self.text("prefix", "", |text| {
            let is_word = text.starts_with(|first: char| first.is_ascii_uppercase())
                && text.chars().all(|ch| ch.is_ascii_alphanumeric());
            match text {
                "" => Ok(()),
                text if is_word && text.len() <= LONGEST_PREFIX => Ok(()),
                _ => Err(format!(
                    "write a word that begins like a type, such as `Acme`, of at most {LONGEST_PREFIX} letters and digits"
                )),
            }
        }))
    }

    /// The options that were asked for, with the values that hold.
    pub fn held(self) -> Vec<(&'static str, String)> {
        self.held
    }

    /// Reports a fault that only this language has.
    pub fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// Where the block stands, for faults of the book as a whole.
    pub fn span(&self) -> Span {
        self.span
    }

    /// All faults so far, with the keys that nobody asked for.
    pub fn take_faults(&mut self) -> Vec<Diagnostic> {
        if let Some(fields) = self.fields.take() {
            fields.finish(&mut self.faults);
        }
        std::mem::take(&mut self.faults)
    }
}
