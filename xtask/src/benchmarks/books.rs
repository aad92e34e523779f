//! The books that are measured, and the same codes for the programs that errbook is compared with.
//!
//! In: how many codes. Out: files on the disk, the same on every machine. Each code has a name, a kind, a message and a
//! solution in two languages: about 390 bytes of YAML. flatc gets an enum whose members carry all texts as
//! documentation, which is all that a schema of it can hold of them. thrift gets the same enum, and the messages as
//! two constant maps, because it has constants: so it gives an app what errbook does.

use anyhow::Context as _;
use std::fmt::Write as _;
use std::path::Path;

/// Parts that a code's entry is made from, in three forms.
struct Entry {
    code: u32,
    name: String,
    kind: &'static str,
    en: String,
    zh: String,
}

/// What to do about any of them, in both languages.
const SOLUTION: &str = "Check the request and send it again.";
const SOLUTION_ZH: &str = "请检查请求后重新发送。";

/// The entries of a synthetic book.
fn entries(count: u32) -> impl Iterator<Item = Entry> {
    const THINGS: [&str; 10] = [
        "device", "gateway", "account", "session", "token", "firmware", "sensor", "schedule", "group",
        "member",
    ];
    const DEEDS: [&str; 10] =
        ["bind", "update", "delete", "query", "share", "upgrade", "rename", "restart", "reset", "export"];
    const KINDS: [&str; 5] =
        ["invalid_argument", "not_found", "unavailable", "permission_denied", "internal"];
    (0..count).zip(THINGS.iter().cycle()).map(move |(index, thing)| {
        let at = |length: usize, every: u32| (index / every) as usize % length;
        let deed = DEEDS[at(DEEDS.len(), 10)];
        Entry {
            code: 100_000 + index * 7,
            name: format!("{thing}_{deed}_failed_{index}"),
            kind: KINDS[at(KINDS.len(), 1)],
            en: format!("The {thing} numbered {index} could not {deed} because the request was refused by the service."),
            zh: format!("编号为 {index} 的设备操作失败，因为请求被服务拒绝。"),
        }
    })
}

/// The head of a synthetic book: the five languages with their own defaults.
const BOOK: &str = "errbook: 1\nversion: 1.0.0\ntitle: Synthetic\nlocales: [en, zh-Hans]\ndomains: [synthetic]\n\
                    outputs:\n  manifest: ../generated/manifest.json\n  rust: {}\n  typescript: {}\n  kotlin: {}\n  \
                    swift: {}\n  java: {}\n";

/// Writes a book of `count` codes into `folder`, as errbook, flatc and thrift read it.
pub(super) fn write(folder: &Path, count: u32) -> anyhow::Result<()> {
    let mut yaml = String::from("domain: synthetic\ntitle: Synthetic\ncode_type: int32\nerrors:\n");
    let mut schema = String::from("namespace synthetic;\nenum ErrorCode : int {\n");
    let mut thrift = String::from("namespace java synthetic\nenum ErrorCode {\n");
    let (mut english, mut chinese) = (String::new(), String::new());
    for Entry { code, name, kind, en, zh } in entries(count) {
        let upper = name.to_ascii_uppercase();
        // Writing to a string cannot fail.
        let _ = write!(
            yaml,
            "  - code: {code}\n    name: {name}\n    kind: {kind}\n    message:\n      en: {en}\n      zh-Hans: {zh}\n    \
             solution:\n      en: {SOLUTION}\n      zh-Hans: {SOLUTION_ZH}\n"
        );
        let _ = write!(
            schema,
            "  /// {en}\n  /// {zh}\n  /// {SOLUTION}\n  /// {SOLUTION_ZH}\n  {upper} = {code},\n"
        );
        let _ = write!(thrift, "  /** {en} */\n  {upper} = {code},\n");
        let _ = writeln!(english, "  ErrorCode.{upper}: \"{en}\",");
        let _ = writeln!(chinese, "  ErrorCode.{upper}: \"{zh}\",");
    }
    schema.push_str("}\n");
    let maps = format!(
        "}}\nconst map<ErrorCode, string> MESSAGES_EN = {{\n{english}}}\n\
         const map<ErrorCode, string> MESSAGES_ZH_HANS = {{\n{chinese}}}\n"
    );
    thrift.push_str(&maps);
    let files = [
        ("spec/errbook.yaml", BOOK),
        ("spec/domains/synthetic.yaml", &yaml),
        ("errors.fbs", &schema),
        ("errors.thrift", &thrift),
    ];
    std::fs::create_dir_all(folder.join("spec/domains"))
        .with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, text) in files {
        std::fs::write(folder.join(name), text).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(())
}
