//! Answers for other programs.
//!
//! In: questions and their answers. Out: one JSON object whose shape `SCHEMA` describes; it is stable, and members may be
//! added. Entries look as they do in the exported book, with what a reader of a single one needs beside: its reference, the
//! other cases of its condition, where it stands in the vendor's document, and how each language spells it. Texts are
//! there in every locale of the book.

use super::{Answer, Hit, How, Shelf, Subject, cases, entry, reference};
use crate::characters::visible_json;
use crate::export;
use crate::model::{Domain, ErrorCode, Kind, Name};
use serde_json::{Map, Value, json};

/// The JSON Schema (draft-07) of the object.
pub const SCHEMA: &str = include_str!("answer.schema.json");

/// How many bytes of hits are told; the others are counted. A question may be met by each of a hundred thousand entries, and what is
/// known of an entry names all others of its condition.
pub const MOST_TOLD: usize = 4 << 20;

/// The answers to some questions.
pub fn render(shelf: &Shelf<'_>, answers: &[(String, Answer<'_>)]) -> String {
    let mut room = MOST_TOLD;
    let answers: Vec<_> =
        answers.iter().map(|(question, answer)| value(shelf, question, answer, &mut room)).collect();
    let object = json!({
        "errbook": 1,
        "book": {"title": shelf.book.title, "version": shelf.book.version},
        "answers": answers,
    });
    visible_json(format!("{object}\n"))
}

fn value(shelf: &Shelf<'_>, question: &str, answer: &Answer<'_>, room: &mut usize) -> Value {
    let mut left_off = 0;
    let mut list = |hits: &[Hit<'_>]| {
        let mut told = Vec::new();
        for hit in hits {
            if *room == 0 {
                break;
            }
            let hit = of_hit(shelf, hit);
            *room = room.saturating_sub(hit.to_string().len());
            told.push(hit);
        }
        left_off += hits.len() - told.len();
        told
    };
    let (exact, found, near) = (list(&answer.exact), list(&answer.found), list(&answer.near));
    let corrected: Vec<_> =
        answer.corrected.iter().map(|(asked, taken)| json!({"asked": asked, "searched": taken})).collect();
    json!({
        "question": question,
        "exact": exact,
        "found": found,
        "near": near,
        "left_off": left_off,
        "corrected": corrected,
    })
}

fn of_hit(shelf: &Shelf<'_>, hit: &Hit<'_>) -> Value {
    let mut object = subject(shelf, hit.subject);
    let (how, asked, coverage) = match &hit.how {
        How::Named => ("named", None, None),
        How::FormerName(name) => ("former_name", Some(name), None),
        How::Variant(name) => ("variant", Some(name), None),
        How::Text => ("text", None, None),
        How::Words(share) => ("words", None, Some((share * 100.0).round() / 100.0)),
        How::Near => ("near", None, None),
    };
    object.insert("how".to_owned(), json!({"by": how, "name": asked, "coverage": coverage}));
    Value::Object(object)
}

fn subject(shelf: &Shelf<'_>, subject: Subject<'_>) -> Map<String, Value> {
    match subject {
        Subject::Code(domain, error) => code(shelf, domain, error),
        Subject::Retired(domain, retired) => {
            let mut object = members(export::retired_value(retired));
            object.insert("type".to_owned(), json!("retired"));
            object.insert("domain".to_owned(), json!(domain.id.as_str()));
            let reference = retired.code.as_ref().map(|code| reference(domain, code));
            object.insert("reference".to_owned(), json!(reference));
            let replacement = retired.replacement.as_ref().and_then(|name| entry(domain, name));
            let replacement = replacement.map(|error| Value::Object(code(shelf, domain, error)));
            object.insert("replacement".to_owned(), replacement.unwrap_or_default());
            object
        }
        Subject::Condition(condition) => {
            let mut object = members(export::condition_value(shelf.book, condition));
            object.insert("type".to_owned(), json!("condition"));
            let former: Vec<_> = condition
                .former_names
                .iter()
                .map(|former| json!({"name": former.name.as_str(), "since": former.since}))
                .collect();
            object.insert("former_names".to_owned(), json!(former));
            let cases = cases(&shelf.domains, &condition.name).into_iter();
            object.insert("codes".to_owned(), cases.map(|(domain, error)| case(domain, error)).collect());
            object.insert("kind_summary".to_owned(), json!(condition.kind.summary()));
            object
        }
        Subject::Kind(kind) => of_kind(shelf, kind),
    }
}

/// All that is known of one code.
pub(crate) fn code(shelf: &Shelf<'_>, domain: &Domain, error: &ErrorCode) -> Map<String, Value> {
    let mut object = members(export::entry_value(shelf.book, domain, error));
    let names = shelf.spellings.iter();
    let constants: Map<_, _> = names
        .map(|language| (language.id.to_owned(), json!(language.path(&domain.id, &error.meaning.name))))
        .collect();
    let document = shelf.documents.get(domain.id.as_str()).and_then(|document| {
        let lines = document.lines.get(&error.code.to_string())?;
        Some(json!({
            "file": document.path,
            "lines": lines,
            "revision": document.revision,
            "note": document.note,
        }))
    });
    let condition = error.meaning.condition.as_ref().map(|name| same_situation(shelf, domain, name));
    object.insert("type".to_owned(), json!("code"));
    object.insert("domain".to_owned(), json!(domain.id.as_str()));
    object.insert("domain_title".to_owned(), json!(domain.title));
    object.insert("reference".to_owned(), json!(reference(domain, &error.code)));
    object.insert("kind_summary".to_owned(), json!(error.meaning.kind.summary()));
    object.insert("condition".to_owned(), condition.unwrap_or_default());
    object.insert("note".to_owned(), json!(error.note));
    object.insert("document".to_owned(), document.unwrap_or_default());
    object.insert("constants".to_owned(), Value::Object(constants));
    object
}

/// A condition, and the codes of the other domains that report it.
fn same_situation(shelf: &Shelf<'_>, domain: &Domain, name: &Name) -> Value {
    let known = shelf.book.conditions.iter().find(|condition| condition.name == *name);
    let mut object =
        known.map(|known| members(export::condition_value(shelf.book, known))).unwrap_or_default();
    let all: Vec<_> = shelf.book.domains.iter().filter(|other| other.id != domain.id).collect();
    let elsewhere = cases(&all, name).into_iter().map(|(domain, error)| case(domain, error));
    object.insert("elsewhere".to_owned(), elsewhere.collect());
    Value::Object(object)
}

fn of_kind(shelf: &Shelf<'_>, kind: Kind) -> Map<String, Value> {
    let of_domain = |domain: &&Domain| {
        let domain: &Domain = domain;
        let of_kind: Vec<_> = domain
            .errors
            .iter()
            .filter(|error| error.meaning.kind == kind)
            .map(|error| case(domain, error))
            .collect();
        of_kind
    };
    let codes: Vec<_> = shelf.domains.iter().flat_map(of_domain).collect();
    members(json!({
        "type": "kind",
        "name": kind.id(),
        "summary": kind.summary(),
        "may_be_retryable": kind.may_be_retryable(),
        "codes": codes,
    }))
}

fn case(domain: &Domain, error: &ErrorCode) -> Value {
    json!({
        "reference": reference(domain, &error.code),
        "domain": domain.id.as_str(),
        "code": error.code.to_string(),
        "name": error.meaning.name.as_str(),
    })
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
