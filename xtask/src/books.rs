//! Synthetic books of any size, and the same codes for the programs that errbook is compared with.
//!
//! In: how many codes, and of what type. Out: files on the disk, the same on every machine. Each code has a name, a kind,
//! and a message and a solution in two languages: about 390 bytes of YAML. flatc gets an enum whose members carry all
//! texts as documentation, which is all that a schema of it can hold of them. thrift gets the same enum, and the
//! messages as two constant maps, because it has constants: so it gives an app what errbook does.

use anyhow::Context as _;
use errbook::model::CodeType;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

/// What a synthetic book is like.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// How many codes it has.
    pub count: u32,
    /// How many domains, each in a file of its own, share the codes evenly. A lone one is called `synthetic`.
    pub domains: u32,
    /// The type of the codes.
    pub code_type: CodeType,
    /// Whether some codes say that they may be retried, and some have an HTTP status. The programs that errbook is
    /// compared with have neither.
    pub has_facts: bool,
    /// Whether codes that are texts have a letter that UTF-8 and UTF-16 sort differently, and begin one another.
    pub has_wide_letters: bool,
}

/// Letters in the order of their code points and of UTF-8. In that of UTF-16, the last three stand before the three
/// above them, because they are pairs of surrogates.
const WIDE_LETTERS: [&str; 7] = ["A", "中", "\u{e000}", "\u{f900}", "！", "𐀀", "😀"];

/// What follows a text in the next two codes: so each of three begins the others, and they differ where one ends.
const WIDE_ENDS: [&str; 3] = ["", "！", "😀"];

/// Parts that a code's entry is made from.
struct Entry {
    code: String,
    name: String,
    kind: &'static str,
    retryable: bool,
    http_status: Option<u16>,
    en: String,
    zh: String,
}

/// What to do about any of them, in both languages.
const SOLUTION: &str = "Check the request and send it again.";
const SOLUTION_ZH: &str = "请检查请求后重新发送。";

impl Shape {
    /// The code at a place, as text.
    pub fn code(&self, index: u32) -> String {
        match self.code_type {
            CodeType::Int32 => (100_000 + index * 7).to_string(),
            // Beyond 32 bits, and within what a number of JavaScript holds.
            CodeType::Int64 => (4_000_000_000_000 + u64::from(index) * 7).to_string(),
            CodeType::String if self.has_wide_letters => {
                // As many codes of each letter, so that parts of every size begin and end with all of them.
                let letter = index as usize * WIDE_LETTERS.len() / self.count as usize;
                let end = WIDE_ENDS[index as usize % WIDE_ENDS.len()];
                format!("E{}{:07}{end}", WIDE_LETTERS[letter], index / 3 * 7)
            }
            CodeType::String => format!("E{:07}", index * 7),
        }
    }

    /// The domains: of each its name, and the places of its codes.
    fn domains(self) -> impl Iterator<Item = (String, Range<u32>)> {
        let end = move |domain: u32| {
            self.count / self.domains * domain + self.count % self.domains * domain / self.domains
        };
        (0..self.domains).map(move |domain| {
            let name =
                if self.domains == 1 { "synthetic".to_owned() } else { format!("synthetic-{}", domain + 1) };
            (name, end(domain)..end(domain + 1))
        })
    }

    fn entries(self, places: Range<u32>) -> impl Iterator<Item = Entry> {
        const THINGS: [&str; 10] = [
            "device", "gateway", "account", "session", "token", "firmware", "sensor", "schedule", "group",
            "member",
        ];
        const DEEDS: [&str; 10] =
            ["bind", "update", "delete", "query", "share", "upgrade", "rename", "restart", "reset", "export"];
        const KINDS: [&str; 5] =
            ["invalid_argument", "not_found", "unavailable", "permission_denied", "internal"];
        places.map(move |index| {
            let at = |length: usize, every: u32| (index / every) as usize % length;
            let thing = THINGS[at(THINGS.len(), 1)];
            let deed = DEEDS[at(DEEDS.len(), 10)];
            let kind = KINDS[at(KINDS.len(), 1)];
            Entry {
                code: self.code(index),
                name: format!("{thing}_{deed}_failed_{index}"),
                kind,
                retryable: self.has_facts && kind == "unavailable",
                http_status: (self.has_facts && kind == "not_found").then_some(404),
                en: format!("The {thing} numbered {index} could not {deed} because the request was refused by the service."),
                zh: format!("编号为 {index} 的设备操作失败，因为请求被服务拒绝。"),
            }
        })
    }

    /// What the programs of [`scale`](crate::scale) must print of the whole book.
    pub(crate) fn rows(self) -> String {
        let mut rows = String::new();
        for Entry { code, name, kind, retryable, http_status, en, zh } in self.entries(0..self.count) {
            let status = http_status.map(|status| status.to_string()).unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = writeln!(
                rows,
                "{code}\t{name}\t{kind}\t{retryable}\t{status}\t{en}\t{zh}\t{SOLUTION}\t{SOLUTION_ZH}"
            );
        }
        rows
    }
}

/// The outputs of a synthetic book: the five languages with their own defaults.
const OUTPUTS: &str = "outputs:\n  manifest: ../generated/manifest.json\n  rust: {}\n  typescript: {}\n  kotlin: {}\n  \
                       swift: {}\n  java: {}\n";

/// Writes a book into `folder`, as `spec/errbook.yaml`.
pub fn write(folder: &Path, shape: Shape) -> anyhow::Result<()> {
    let names: Vec<_> = shape.domains().map(|(name, _)| name).collect();
    let book = format!(
        "errbook: 1\nversion: 1.0.0\ntitle: Synthetic\nlocales: [en, zh-Hans]\ndomains: [{}]\n{OUTPUTS}",
        names.join(", ")
    );
    write_file(folder, "spec/errbook.yaml", &book)?;
    let quote = if shape.code_type == CodeType::String { "\"" } else { "" };
    for (domain, places) in shape.domains() {
        let mut yaml =
            format!("domain: {domain}\ntitle: Synthetic\ncode_type: {}\nerrors:\n", shape.code_type.id());
        for Entry { code, name, kind, retryable, http_status, en, zh } in shape.entries(places) {
            // Writing to a string cannot fail, here and below.
            let _ = write!(yaml, "  - code: {quote}{code}{quote}\n    name: {name}\n    kind: {kind}\n");
            if retryable {
                yaml.push_str("    retryable: true\n");
            }
            if let Some(status) = http_status {
                let _ = writeln!(yaml, "    http_status: {status}");
            }
            let _ = write!(
                yaml,
                "    message:\n      en: {en}\n      zh-Hans: {zh}\n    solution:\n      en: {SOLUTION}\n      zh-Hans: \
                 {SOLUTION_ZH}\n"
            );
        }
        write_file(folder, &format!("spec/domains/{domain}.yaml"), &yaml)?;
    }
    Ok(())
}

/// Writes the same codes into `folder` as flatc and thrift read them, each domain in a file that has its name. Both have
/// enums of 32 bits.
///
/// Out: the files of flatc, and the one of thrift that includes the others.
pub fn write_for_peers(folder: &Path, shape: Shape) -> anyhow::Result<(Vec<String>, &'static str)> {
    let (mut schemas, mut includes) = (Vec::new(), String::new());
    for (domain, places) in shape.domains() {
        let namespace = domain.replace('-', "_");
        let mut schema = format!("namespace {namespace};\nenum ErrorCode : int {{\n");
        let mut thrift = format!("namespace java {namespace}\nenum ErrorCode {{\n");
        let (mut english, mut chinese) = (String::new(), String::new());
        for Entry { code, name, en, zh, .. } in shape.entries(places) {
            let upper = name.to_ascii_uppercase();
            let _ = write!(
                schema,
                "  /// {en}\n  /// {zh}\n  /// {SOLUTION}\n  /// {SOLUTION_ZH}\n  {upper} = {code},\n"
            );
            let _ = write!(thrift, "  /** {en} */\n  {upper} = {code},\n");
            let _ = writeln!(english, "  ErrorCode.{upper}: \"{en}\",");
            let _ = writeln!(chinese, "  ErrorCode.{upper}: \"{zh}\",");
        }
        schema.push_str("}\n");
        let _ = write!(
            thrift,
            "}}\nconst map<ErrorCode, string> MESSAGES_EN = {{\n{english}}}\n\
             const map<ErrorCode, string> MESSAGES_ZH_HANS = {{\n{chinese}}}\n"
        );
        let _ = writeln!(includes, "include \"{namespace}.thrift\"");
        write_file(folder, &format!("{namespace}.thrift"), &thrift)?;
        schemas.push(format!("{namespace}.fbs"));
        write_file(folder, &format!("{namespace}.fbs"), &schema)?;
    }
    write_file(folder, "all.thrift", &includes)?;
    Ok((schemas, "all.thrift"))
}

/// Writes one file, and the folders above it.
fn write_file(folder: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let path = folder.join(name);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_order_and_those_of_wide_letters_in_another_one_by_utf_16() {
        for code_type in [CodeType::Int32, CodeType::Int64, CodeType::String] {
            for has_wide_letters in [false, true] {
                let shape = Shape { count: 600, domains: 1, code_type, has_facts: false, has_wide_letters };
                let codes: Vec<_> = (0..shape.count).map(|index| shape.code(index)).collect();
                let is_sorted_by_units =
                    codes.is_sorted_by_key(|code| code.encode_utf16().collect::<Vec<_>>());
                assert!(codes.is_sorted(), "{shape:?}");
                assert_eq!(
                    is_sorted_by_units,
                    !(has_wide_letters && code_type == CodeType::String),
                    "{shape:?}"
                );
            }
        }
    }
}
