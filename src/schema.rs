//! JSON Schemas of the spec's files, for editors.
//!
//! In: the table of keys (`spec::shape`), and what the stages below know of their words: kinds, lints, outputs. Out:
//! for each kind of file a schema of draft 7, the newest that every YAML editor reads, with a description and examples
//! for each key. A file names its schema in its first line (`# yaml-language-server: $schema=…`).
//!
//! Guaranteed: a key is in a schema if and only if the readers know it, because both use the one table. A schema is
//! stricter than the readers in one point: a text that other YAML readers take for a number has to be quoted, as
//! `errbook fmt` does. It is laxer wherever two values have to be seen together, which is what `lint` is for.
//!
//! Deliberately elsewhere: where the schemas go (`cli`).

use crate::diagnostics::Sources;
use crate::languages::LANGUAGES;
use crate::lints::{LINTS, LintLevel};
use crate::model::Kind;
use crate::names::CodeType;
use crate::spec::read::FORMAT;
use crate::spec::shape::{FILES, Key, READERS, Shape, Text, Value};
use crate::spec::yaml::{self, Node, NodeKind};
use crate::view::json::{self, Colon};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// The schemas: the name of each file, and its text.
pub fn all() -> impl Iterator<Item = (String, String)> {
    FILES.iter().map(|shape| (format!("{}.json", shape.name), text(shape)))
}

/// Whether `old` is a schema of the same kind of file as `new`, be it another errbook's, laid out anew or in the middle of
/// a merge: both begin alike.
pub fn is_of_same_kind(old: &str, new: &str) -> bool {
    fn dense(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|ch| !ch.is_whitespace())
    }
    // The bracket, the draft and the title.
    let mut head = new.lines().take(3).flat_map(dense);
    let mut old = dense(old);
    head.all(|ch| old.next() == Some(ch))
}

/// The schema of one kind of file.
fn text(shape: &'static Shape) -> String {
    let mut schema = vec![("$schema", Json::text("http://json-schema.org/draft-07/schema#"))];
    schema.extend(object(shape));
    schema.insert(1, ("title", Json::text(title(shape))));
    let mut named: Vec<&Shape> = Vec::new();
    inner(shape, &mut named);
    named.sort_by_key(|shape| shape.name);
    let definitions = named.into_iter().map(|shape| (shape.name, Json::Object(object(shape))));
    schema.push(("definitions", Json::Object(definitions.collect())));
    json::text(&Json::Object(schema), Colon::Tight)
}

/// What a shape is called: "an error" without its article.
fn title(shape: &Shape) -> &'static str {
    shape.what.split_once(' ').map_or(shape.what, |(_, noun)| noun)
}

/// A JSON value whose members keep their order.
#[derive(Clone)]
enum Json {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
    /// A value that an author wrote, whose keys are his.
    Example(Vec<(String, Json)>),
}

impl Json {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => items.serialize(serializer),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Example(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

type Members = Vec<(&'static str, Json)>;

/// The shapes within a shape.
fn inner(shape: &'static Shape, found: &mut Vec<&'static Shape>) {
    for key in shape.keys {
        let mut value = &key.value;
        while let Value::List(item, ..) | Value::Free(_, item, _) = value {
            value = item;
        }
        if let Value::Map(within) = value
            && !found.iter().any(|other| other.name == within.name)
        {
            found.push(within);
            inner(within, found);
        }
    }
}

/// A mapping with fixed keys.
fn object(shape: &'static Shape) -> Members {
    let required = shape.keys.iter().filter(|key| key.required && key.readers.is_empty());
    let properties = shape.keys.iter().map(|key| (key.name, Json::Object(property(key))));
    let mut members = vec![
        ("description", Json::text(shape.about)),
        ("type", Json::text("object")),
        ("required", Json::texts(required.map(|key| key.name))),
        ("properties", Json::Object(properties.collect())),
        ("additionalProperties", Json::Bool(false)),
    ];
    if shape.keys.iter().any(|key| !key.readers.is_empty()) {
        members.push((
            "allOf",
            Json::List(READERS.iter().map(|(reader, _)| of_reader(shape, reader)).collect()),
        ));
    }
    members
}

/// What holds for the tables of one reader: which keys it needs, and which it does not know.
fn of_reader(shape: &'static Shape, reader: &'static str) -> Json {
    let is = Json::Object(vec![("reader", Json::Object(vec![("const", Json::text(reader))]))]);
    let own = |key: &&Key| key.readers.contains(&reader);
    let required = shape.keys.iter().filter(|key| key.required && own(key)).map(|key| key.name);
    let others = shape.keys.iter().filter(|key| !key.readers.is_empty() && !own(key));
    let mut properties: Members = others.map(|key| (key.name, Json::Bool(false))).collect();
    if shape.keys.iter().any(|key| matches!(key.value, Value::Columns) && own(&key)) {
        let form = if reader == "json" { "object" } else { "array" };
        properties.push(("columns", Json::Object(vec![("type", Json::text(form))])));
    }
    Json::Object(vec![
        ("if", Json::Object(vec![("properties", is), ("required", Json::texts(["reader"]))])),
        (
            "then",
            Json::Object(vec![("required", Json::texts(required)), ("properties", Json::Object(properties))]),
        ),
    ])
}

/// What stands under a key. One that may be left out may hold `null`, which is the same.
fn property(key: &'static Key) -> Members {
    let mut members = vec![("description", Json::text(key.about))];
    let value = value(&key.value);
    if key.required {
        members.extend(value);
    } else {
        members.extend(or_null(value));
    }
    if !key.examples.is_empty() {
        members.push((
            "examples",
            Json::List(key.examples.iter().map(|example| self::example(example)).collect()),
        ));
    }
    members
}

/// A value, or nothing.
fn or_null(value: Members) -> Members {
    let null = Json::Object(vec![("type", Json::text("null"))]);
    vec![("anyOf", Json::List(vec![Json::Object(value), null]))]
}

/// What a value must be.
fn value(value: &'static Value) -> Members {
    let is = |name: &str| ("type", Json::text(name));
    match value {
        Value::Text(text) => string(*text),
        Value::Literal(Text::Format) => {
            let number = FORMAT.parse().map_or(Json::Null, Json::Number);
            vec![("enum", Json::List(vec![number, Json::text(FORMAT)]))]
        }
        Value::Literal(text) => {
            let number = Json::Object(vec![is("integer")]);
            vec![("anyOf", Json::List(vec![number, Json::Object(string(*text))]))]
        }
        Value::Boolean => vec![is("boolean")],
        Value::Number(least, most) => vec![
            is("integer"),
            ("minimum", Json::Number(i64::from(*least))),
            ("maximum", Json::Number(i64::from(*most))),
        ],
        // Beside a `$ref` draft 7 ignores everything, so that the key's description would be lost.
        Value::Map(shape) => {
            let link = Json::text(format!("#/definitions/{}", shape.name));
            vec![("allOf", Json::List(vec![Json::Object(vec![("$ref", link)])]))]
        }
        Value::Free(Text::Lint, item, _) => {
            let lint = |lint: &&'static crate::lints::Lint| {
                let mut members = vec![("description", Json::text(lint.explanation.finds))];
                members.extend(self::value(item));
                (lint.id, Json::Object(members))
            };
            vec![
                is("object"),
                ("properties", Json::Object(LINTS.iter().map(lint).collect())),
                ("additionalProperties", Json::Bool(false)),
            ]
        }
        Value::Free(name, item, _) => vec![
            is("object"),
            ("propertyNames", Json::Object(string(*name))),
            ("additionalProperties", Json::Object(self::value(item))),
        ],
        Value::List(item, ..) => vec![is("array"), ("items", Json::Object(self::value(item)))],
        Value::Columns => {
            let field = Json::Object(or_null(string(Text::Field)));
            vec![
                ("type", Json::texts(["array", "object"])),
                ("items", field.clone()),
                ("additionalProperties", field),
            ]
        }
        Value::Outputs => outputs(),
    }
}

/// The outputs and the options of each.
fn outputs() -> Members {
    let text = |about: String, example: &str| {
        Json::Object(vec![
            ("description", Json::Text(about)),
            ("type", Json::text("string")),
            ("examples", Json::List(vec![self::example(example)])),
        ])
    };
    let manifest = "Where the list of generated files goes, relative to the book.".to_owned();
    let mut properties = vec![("manifest", text(manifest, "../generated/manifest.json"))];
    for language in LANGUAGES {
        let id = language.id();
        let folder = format!("../generated/{id}");
        let about = format!("The folder, relative to the book; `{folder}` if left out.");
        let mut options = vec![("dir", text(about, &folder))];
        options.extend(
            language
                .options()
                .iter()
                .map(|option| (option.key, text(option.about.to_owned(), option.example))),
        );
        properties.push((
            id,
            Json::Object(vec![
                ("description", Json::text(format!("The options of the output `{id}`."))),
                ("type", Json::text("object")),
                ("properties", Json::Object(options)),
                ("additionalProperties", Json::Bool(false)),
            ]),
        ));
    }
    vec![
        ("type", Json::text("object")),
        ("properties", Json::Object(properties)),
        ("additionalProperties", Json::Bool(false)),
    ]
}

/// What a text must look like.
fn string(text: Text) -> Members {
    let mut members = vec![("type", Json::text("string"))];
    let mut pattern = |pattern: &str| members.push(("pattern", Json::text(pattern)));
    match text {
        Text::Prose
        | Text::Note
        | Text::Format
        | Text::Status
        | Text::Pattern
        | Text::Word
        | Text::Place
        | Text::Fingerprint
        | Text::Encoding => {}
        Text::Version => pattern(r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"),
        Text::Locale => pattern("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"),
        Text::Domain => pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
        Text::Name => pattern("^[a-z][a-z0-9]*(_[a-z0-9]+)*$"),
        Text::Path => pattern(r"^[^\\:/]+(/[^\\:/]+)*$"),
        Text::Pointer | Text::PointerToRows => pattern("^(/([^~/]|~[01])*)*$"),
        Text::Field => pattern(r"^(code|http_status|(message|solution)\..+)$"),
        Text::Day => pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        Text::Lines => pattern("^[1-9][0-9]*(-[1-9][0-9]*)?$"),
        Text::Element => pattern(r"^[^\s]+$"),
        Text::Code => members.push(("minLength", Json::Number(1))),
        Text::Character => {
            members.extend([("minLength", Json::Number(1)), ("maxLength", Json::Number(1))]);
        }
        Text::Kind => members.extend(words(Kind::ALL.map(|kind| (kind.id(), kind.summary())))),
        Text::CodeType => members.extend(words(CodeType::ALL.map(|code_type| {
            let about = match code_type {
                CodeType::Int32 => "Whole numbers of 32 bits.",
                CodeType::Int64 => "Whole numbers of 64 bits; TypeScript holds those up to 2^53 - 1.",
                CodeType::String => "Texts, which are quoted.",
            };
            (code_type.id(), about)
        }))),
        Text::Lint => members.extend(words(LINTS.iter().map(|lint| (lint.id, lint.explanation.finds)))),
        Text::Level => members.extend(words(LintLevel::ALL.map(|level| {
            let about = match level {
                LintLevel::Deny => "Its findings fail the run.",
                LintLevel::Warn => "Its findings are told.",
                LintLevel::Off => "It does not run.",
            };
            (level.id(), about)
        }))),
        Text::Reader => members.extend(words(READERS.iter().copied())),
    }
    if matches!(text, Text::Name | Text::Domain) {
        members.push(("maxLength", Json::Number(64)));
    }
    members
}

/// The words that a text is one of, with what each means.
fn words<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Members {
    let (words, meanings): (Vec<_>, Vec<_>) = words.into_iter().unzip();
    // The second is no word of JSON Schema: editors show it beside each word.
    vec![("enum", Json::texts(words)), ("enumDescriptions", Json::texts(meanings))]
}

/// An example in YAML as JSON, as YAML 1.2 reads it.
fn example(text: &str) -> Json {
    let mut sources = Sources::default();
    let id = sources.add("", text.to_owned());
    let root = yaml::parse(&sources, id).expect("the examples of the table are YAML");
    as_json(&root)
}

fn as_json(node: &Node) -> Json {
    match &node.kind {
        NodeKind::Sequence(items) => Json::List(items.iter().map(as_json).collect()),
        NodeKind::Mapping(entries) => {
            Json::Example(entries.iter().map(|(key, node)| (key.value.clone(), as_json(node))).collect())
        }
        NodeKind::Scalar(scalar) if scalar.is_null() => Json::Null,
        NodeKind::Scalar(scalar) => match (scalar.text.as_str(), scalar.plain) {
            ("true", true) => Json::Bool(true),
            ("false", true) => Json::Bool(false),
            (text, true) => text.parse().map_or_else(|_| Json::text(text), Json::Number),
            (text, false) => Json::text(text),
        },
    }
}
