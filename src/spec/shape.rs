//! What a spec may hold: every key of every file, once.
//!
//! In: nothing. Out: a table of `Shape`s, which say of each mapping its keys in their order, what stands under each,
//! and what it is for. Three stages use it and so cannot disagree: the readers (`spec::read`, `spec::recipe`) open
//! mappings by their shape and may ask for no other key, the formatter (`spec::format`) writes the keys in this order,
//! and `schema` makes the JSON Schemas of it.
//!
//! Deliberately elsewhere: how a fault is told (`spec::fields`), and what a text must look like in full: `Text` only
//! names the rule, whose words and patterns belong to the stage that checks it.

/// A mapping whose keys are fixed.
#[derive(Debug)]
pub struct Shape {
    /// Its name among the definitions of a schema.
    pub name: &'static str,
    /// What it is, as messages call it: "an error".
    pub what: &'static str,
    /// What it is for: one or two sentences for people who have the cursor on it.
    pub about: &'static str,
    /// Its keys in the order in which they are written.
    pub keys: &'static [Key],
}

/// A key of a mapping.
#[derive(Debug)]
pub struct Key {
    /// The key itself.
    pub name: &'static str,
    /// Whether it must be there, with the readers that know it.
    pub required: bool,
    /// What stands under it.
    pub value: Value,
    /// What it is for.
    pub about: &'static str,
    /// Values to begin with, as YAML in one line.
    pub examples: &'static [&'static str],
    /// The readers that know the key, where the mapping is a table of a recipe; all of them if none is named.
    pub readers: &'static [&'static str],
}

/// What stands under a key or in a list.
#[derive(Debug)]
pub enum Value {
    /// A text. How it is quoted makes no difference.
    Text(Text),
    /// A text or a number as it stands on the wire or in a document: `"5003"` and `5003` differ, so its quotes stay.
    Literal(Text),
    /// `true` or `false`.
    Boolean,
    /// A whole number from the first to the second, in plain digits.
    Number(u32, u32),
    /// A mapping with fixed keys.
    Map(&'static Shape),
    /// A mapping whose keys are the author's.
    Free(Text, &'static Value, Layout),
    /// A list.
    List(&'static Value, Order, Layout),
    /// What the columns of a table hold: a list of fields, or, of a JSON document, members with their fields.
    Columns,
    /// What the outputs of a book hold: each output knows its own keys.
    Outputs,
}

/// How a collection is written where it fits into a line and carries no comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// An entry a line, always.
    Block,
    /// In brackets.
    Line,
}

/// The order of a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The author's, which says something.
    Written,
    /// By their codes; the order they come in makes no difference.
    Code,
    /// By their names; the same.
    Name,
    /// By lint and then by place; the same.
    Place,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// Words for people.
    Prose,
    /// Words for those who maintain the spec; long ones are folded.
    Note,
    /// The number of the format.
    Format,
    /// The version of a book.
    Version,
    /// A BCP 47 tag.
    Locale,
    /// The name of a domain.
    Domain,
    /// The name of a code, a variant or a condition.
    Name,
    /// One of google.rpc's seventeen codes.
    Kind,
    /// `int32`, `int64` or `string`.
    CodeType,
    /// A code.
    Code,
    /// An HTTP status as it stands in a document.
    Status,
    /// The name of a lint.
    Lint,
    /// `deny`, `warn` or `off`.
    Level,
    /// A path, with `/`, relative to the book.
    Path,
    /// A regular expression.
    Pattern,
    /// A JSON Pointer.
    Pointer,
    /// The name of a reader of documents.
    Reader,
    /// A field of a row: `code`, `message.en`; or nothing.
    Field,
    /// Lines of a document: `7` or `6-9`.
    Lines,
    /// A JSON Pointer, in which `*` is every item or member.
    PointerToRows,
    /// A name of an encoding.
    Encoding,
    /// An element of an HTML document: `nav`, `#footer`, `.menu`, `div.menu`.
    Element,
    /// One character.
    Character,
    /// A word of names.
    Word,
    /// The place of a finding, as the baseline names it.
    Place,
    /// What a waiver names a change by.
    Fingerprint,
    /// A day: year, month and day.
    Day,
}

impl Shape {
    /// The key called `name`.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Value {
    /// Whether keys stand below it.
    pub fn is_mapping(&self) -> bool {
        match self {
            Self::Map(_) | Self::Free(..) | Self::Outputs => true,
            Self::Text(_)
            | Self::Literal(_)
            | Self::Boolean
            | Self::Number(..)
            | Self::List(..)
            | Self::Columns => false,
        }
    }
}

impl Key {
    const fn new(name: &'static str, required: bool, value: Value, about: &'static str) -> Self {
        Self { name, required, value, about, examples: &[], readers: &[] }
    }

    const fn examples(mut self, examples: &'static [&'static str]) -> Self {
        self.examples = examples;
        self
    }

    const fn of(mut self, readers: &'static [&'static str]) -> Self {
        self.readers = readers;
        self
    }
}

/// A key that must be there.
const fn must(name: &'static str, value: Value, about: &'static str) -> Key {
    Key::new(name, true, value, about)
}

/// A key that may be left out, or hold `null`, which is the same.
const fn may(name: &'static str, value: Value, about: &'static str) -> Key {
    Key::new(name, false, value, about)
}

/// The shapes of whole files. Each has a JSON Schema, `schema/<name>.json` beside the book.
pub static FILES: &[&Shape] = &[&BOOK, &CONDITIONS, &VOCABULARY, &DOMAIN, &BASELINE, &WAIVERS];

const TEXTS: Value = Value::Free(Text::Locale, &Value::Text(Text::Prose), Layout::Block);
const ALLOW: Value = Value::Free(Text::Lint, &Value::Text(Text::Note), Layout::Block);
const ALLOW_ABOUT: &str =
    "Lints that are silent here, each with the reason. One that silences nothing is a finding.";
const NAME_ABOUT: &str = "The stable name, in `snake_case`. Constants of generated code are spelled from it, so it is not changed once released: use `former_names`.";
const KIND_ABOUT: &str = "What sort of failure it is: one of google.rpc's seventeen codes.";
const CONDITION_ABOUT: &str =
    "The situation of `conditions.yaml` that this is, so that apps can ask for it on every platform.";
const MESSAGE_ABOUT: &str = "What has happened, in each language of the book.";
const SOLUTION_ABOUT: &str = "What the user can do about it, in each language of the book or in none.";
const SINCE_ABOUT: &str = "The version of the book since which it is so.";
const USE_ABOUT: &str = "The name to use instead.";

/// `errbook.yaml`.
pub static BOOK: Shape = Shape {
    name: "book",
    what: "a book",
    about: "A book of error codes: its version, its languages, its domains, and where its outputs go.",
    keys: &[
        must("errbook", Value::Literal(Text::Format), "The format of these files.").examples(&["1"]),
        must(
            "version",
            Value::Text(Text::Version),
            "The book's own version (semver). Packages carry it, and `since` refers to it.",
        )
        .examples(&["1.0.0"]),
        must("title", Value::Text(Text::Prose), "What the book is called.").examples(&["IoT platform error codes"]),
        must(
            "locales",
            Value::List(&Value::Text(Text::Locale), Order::Written, Layout::Line),
            "The languages of the book, as BCP 47 tags. Every message exists in each; the first is the fallback.",
        )
        .examples(&["[en, zh-Hans]"]),
        must(
            "domains",
            Value::List(&Value::Text(Text::Domain), Order::Written, Layout::Line),
            "The platforms in the order of the book. Each has `domains/<name>.yaml`, or a folder `domains/<name>/`.",
        )
        .examples(&["[acme-cloud]"]),
        may(
            "lints",
            Value::Free(Text::Lint, &Value::Text(Text::Level), Layout::Line),
            "How loud each lint is, where it differs from the lint's own level.",
        )
        .examples(&["{long_text: off}"]),
        may(
            "outputs",
            Value::Outputs,
            "What `errbook gen` writes: a block of options for each output, and the place of the manifest.",
        )
        .examples(&["{manifest: ../generated/manifest.json, rust: {dir: ../generated/rust}}"]),
    ],
};

/// `conditions.yaml`.
pub static CONDITIONS: Shape = Shape {
    name: "conditions",
    what: "the conditions file",
    about: "Situations that several platforms can report, and that an app acts on in one way for all of them.",
    keys: &[
        may(
            "conditions",
            Value::List(&Value::Map(&CONDITION), Order::Name, Layout::Block),
            "The conditions, sorted by name.",
        ),
        may(
            "retired",
            Value::List(&Value::Map(&RETIRED_CONDITION), Order::Name, Layout::Block),
            "Names of conditions that are gone, and are never used again.",
        ),
    ],
};

/// A condition.
pub static CONDITION: Shape = Shape {
    name: "condition",
    what: "a condition",
    about: "A situation that several platforms share.",
    keys: &[
        must("name", Value::Text(Text::Name), NAME_ABOUT).examples(&["device_offline"]),
        must("kind", Value::Text(Text::Kind), KIND_ABOUT).examples(&["unavailable"]),
        may(
            "title",
            TEXTS,
            "The condition in a few words, without a full stop, in each language of the book.",
        )
        .examples(&["{en: Device offline}"]),
        may("description", TEXTS, "What has happened, in a sentence, in each language of the book.")
            .examples(&["{en: The device is not connected.}"]),
        may(
            "former_names",
            Value::List(&Value::Map(&FORMER_NAME), Order::Written, Layout::Block),
            "Names it had before; generated code keeps them as deprecated constants.",
        ),
        may("allow", ALLOW, ALLOW_ABOUT)
            .examples(&["{condition_on_one_platform: the app asks for it by name}"]),
    ],
};

/// A tombstone of `conditions.yaml`.
pub static RETIRED_CONDITION: Shape = Shape {
    name: "retired_condition",
    what: "a tombstone",
    about: "A condition that is gone. Its name is never used again.",
    keys: &[
        // The reader takes it, so that the model can say what is wrong with it.
        may("code", Value::Literal(Text::Code), "Conditions have no code: leave it out."),
        must("name", Value::Text(Text::Name), "The name that it had."),
        must("since", Value::Text(Text::Version), SINCE_ABOUT).examples(&["1.3.0"]),
        may("use", Value::Text(Text::Name), USE_ABOUT),
        may("reason", Value::Text(Text::Note), "Why it is gone."),
    ],
};

/// `vocabulary.yaml`.
pub static VOCABULARY: Shape = Shape {
    name: "vocabulary",
    what: "the vocabulary",
    about: "The words that names are made of, so that one situation has one name on all platforms.",
    keys: &[
        may(
            "endings",
            Value::List(&Value::Text(Text::Word), Order::Written, Layout::Block),
            "What a name may end in, without the `_` before it.",
        ),
        may(
            "names",
            Value::List(&Value::Text(Text::Word), Order::Written, Layout::Block),
            "Names that need none of the endings.",
        ),
        may(
            "avoid",
            Value::Free(Text::Word, &Value::Text(Text::Prose), Layout::Block),
            "Words that names do not hold, each with what to write instead.",
        ),
    ],
};

/// `domains/<domain>.yaml`.
pub static DOMAIN: Shape = Shape {
    name: "domain",
    what: "a domain",
    about: "The error codes of one platform.",
    keys: &[
        must("domain", Value::Text(Text::Domain), "The domain's name, which is the file's.").examples(&["acme-cloud"]),
        must("title", Value::Text(Text::Prose), "What people call the platform.").examples(&["Acme Cloud"]),
        must("code_type", Value::Text(Text::CodeType), "What its codes are. Fixed once released."),
        may("document", Value::Map(&DOCUMENT), "Where the codes come from, and how to read them again."),
        may(
            "envelope",
            Value::Free(Text::Word, &Value::Text(Text::Pointer), Layout::Block),
            "Where a reply carries the `code` and the `message`, as JSON Pointers (RFC 6901), if the document says so.",
        )
        .examples(&["{code: /error/code, message: /error/msg}"]),
        may(
            "code_pattern",
            Value::Text(Text::Pattern),
            "A regular expression that says what the shape of a code means: its group `http_status` is the HTTP status that the code promises.",
        )
        .examples(&["'^(?<http_status>[1-5][0-9]{2})[0-9]*$'"]),
        must(
            "errors",
            Value::List(&Value::Map(&ERROR), Order::Code, Layout::Block),
            "The codes, sorted: numbers by size, texts by their bytes.",
        ),
        may(
            "retired",
            Value::List(&Value::Map(&RETIRED), Order::Code, Layout::Block),
            "Codes and names that are gone, and are never used again.",
        ),
    ],
};

/// An entry.
pub static ERROR: Shape = Shape {
    name: "error",
    what: "an error",
    about: "A code with its name, its kind and its texts.",
    keys: &[
        must(
            "code",
            Value::Literal(Text::Code),
            "What stands on the wire: a plain number in an integer domain, a quoted text in a string domain.",
        )
        .examples(&["5003", "\"A00001\""]),
        must("name", Value::Text(Text::Name), NAME_ABOUT).examples(&["sms_code_incorrect"]),
        must("kind", Value::Text(Text::Kind), KIND_ABOUT).examples(&["invalid_argument"]),
        may("condition", Value::Text(Text::Name), CONDITION_ABOUT).examples(&["device_offline"]),
        may(
            "retryable",
            Value::Boolean,
            "Whether repeating the same request is safe and may succeed. `false` where it is left out.",
        ),
        may(
            "http_status",
            Value::Number(100, 599),
            "The HTTP status of such a reply, only if the document itself names it.",
        )
        .examples(&["400"]),
        must("message", TEXTS, MESSAGE_ABOUT).examples(&["{en: The device is offline.}"]),
        may("solution", TEXTS, SOLUTION_ABOUT).examples(&["{en: Check its power and its network.}"]),
        may("erratum", Value::Map(&ERRATUM), ERRATUM_ABOUT),
        may(
            "variants",
            Value::List(&Value::Map(&VARIANT), Order::Written, Layout::Block),
            "Further meanings that the document gives the same code.",
        ),
        may(
            "former_names",
            Value::List(&Value::Map(&FORMER_NAME), Order::Written, Layout::Block),
            "Names it had before; generated code keeps them as deprecated constants.",
        ),
        may("deprecated", Value::Map(&DEPRECATED), "That the platform does not send this code any more."),
        may("allow", ALLOW, ALLOW_ABOUT).examples(&["{near_duplicate_name: the vendor tells them apart}"]),
        may(
            "note",
            Value::Text(Text::Note),
            "A word to those who maintain the spec. Nothing is generated from it.",
        ),
    ],
};

const ERRATUM_ABOUT: &str = "The vendor's exact text, where ours mends it.";

/// The vendor's own texts of a meaning.
pub static ERRATUM: Shape = Shape {
    name: "erratum",
    what: "an erratum",
    about: ERRATUM_ABOUT,
    keys: &[
        may("message", TEXTS, "The vendor's message, by language.")
            .examples(&["{en: The evice is offline.}"]),
        may("solution", TEXTS, "The vendor's solution, by language."),
    ],
};

/// A further meaning of an entry.
pub static VARIANT: Shape = Shape {
    name: "variant",
    what: "a variant",
    about: "A further meaning of the same code. It has no constant of its own.",
    keys: &[
        must("name", Value::Text(Text::Name), "The name of this meaning, in `snake_case`.")
            .examples(&["device_not_found"]),
        must("kind", Value::Text(Text::Kind), KIND_ABOUT).examples(&["not_found"]),
        may("condition", Value::Text(Text::Name), CONDITION_ABOUT).examples(&["device_not_found"]),
        must("message", TEXTS, MESSAGE_ABOUT).examples(&["{en: The device does not exist.}"]),
        may("solution", TEXTS, SOLUTION_ABOUT),
        may("erratum", Value::Map(&ERRATUM), ERRATUM_ABOUT),
    ],
};

/// A name that something had before.
pub static FORMER_NAME: Shape = Shape {
    name: "former_name",
    what: "a former name",
    about: "A name that was released once and has been replaced.",
    keys: &[
        must("name", Value::Text(Text::Name), "The old name."),
        must("since", Value::Text(Text::Version), "The version of the book since which it is old.")
            .examples(&["1.2.0"]),
    ],
};

/// How an entry is deprecated.
pub static DEPRECATED: Shape = Shape {
    name: "deprecation",
    what: "a deprecation",
    about: "That a code should not be expected any more.",
    keys: &[
        must("since", Value::Text(Text::Version), SINCE_ABOUT).examples(&["1.2.0"]),
        may("use", Value::Text(Text::Name), USE_ABOUT),
        may("note", Value::Text(Text::Note), "A word to the users of the constant."),
    ],
};

/// A tombstone of a domain.
pub static RETIRED: Shape = Shape {
    name: "retired",
    what: "a tombstone",
    about: "A code that is gone. Neither the code nor the name is ever used again.",
    keys: &[
        // The model says so where it is missing, with its reason.
        may("code", Value::Literal(Text::Code), "The code that it had.").examples(&["5006"]),
        must("name", Value::Text(Text::Name), "The name that it had."),
        must("since", Value::Text(Text::Version), SINCE_ABOUT).examples(&["1.3.0"]),
        may("use", Value::Text(Text::Name), USE_ABOUT),
        may("reason", Value::Text(Text::Note), "Why it is gone."),
    ],
};

/// The block that names a document and its recipe.
pub static DOCUMENT: Shape = Shape {
    name: "document",
    what: "a document",
    about: "The vendor's document and the recipe that reads it: which table, which column is what.",
    keys: &[
        must("file", Value::Text(Text::Path), "The document, below the book's folder.")
            .examples(&["documents/acme-cloud.md"]),
        may(
            "encoding",
            Value::Text(Text::Encoding),
            "What the document is encoded in, by a name of the WHATWG's Encoding Standard. UTF-8 if left out.",
        )
        .examples(&["gb18030"]),
        may("revision", Value::Text(Text::Prose), "The vendor's own version or date of the document."),
        may("note", Value::Text(Text::Note), "What to know of the document as it was received."),
        may(
            "tables",
            Value::List(&Value::Map(&TABLE), Order::Written, Layout::Block),
            "The tables that are read, and how.",
        )
        .examples(&["[{reader: markdown, columns: [code, message.en]}]"]),
        may(
            "rows",
            Value::List(&Value::Map(&LISTED_ROW), Order::Written, Layout::Block),
            "Single rows that no grammar reads.",
        ),
        may(
            "ignore",
            Value::List(&Value::Map(&IGNORE), Order::Written, Layout::Block),
            "Text that is no row. What neither a table reads nor this names is a finding of the audit.",
        ),
    ],
};

/// The readers there are, with what each reads.
pub static READERS: &[(&str, &str)] = &[
    ("markdown", "A table of a Markdown document."),
    ("html", "A table of an HTML page."),
    ("json", "An array or an object of a JSON document."),
    ("delimited", "Lines whose fields are separated by a character (CSV, TSV)."),
    ("pattern", "Whatever a regular expression matches."),
];
const TABLE_READERS: &[&str] = &["markdown", "html"];
const COLUMN_READERS: &[&str] = &["markdown", "html", "json", "delimited"];

/// A table of a recipe.
pub static TABLE: Shape = Shape {
    name: "table",
    what: "a table",
    about: "A table of the document.",
    keys: &[
        must("reader", Value::Text(Text::Reader), "The grammar that the table is written in.")
            .examples(&["markdown"]),
        may("lines", Value::Literal(Text::Lines), "Only these lines of the document, counted from 1.")
            .examples(&["6-90"]),
        may("heading", Value::Text(Text::Prose), "Only the tables below the heading that holds this text.")
            .of(TABLE_READERS),
        may("table", Value::Number(1, u32::MAX), "Only this table, counted from 1.").of(TABLE_READERS),
        may(
            "separator",
            Value::Text(Text::Character),
            "What stands between two fields; a comma if left out.",
        )
        .examples(&["\"\\t\"", ";"])
        .of(&["delimited"]),
        may("header", Value::Number(0, u32::MAX), "How many rows at the top are the table's own header.")
            .of(&["html", "delimited"]),
        must(
            "pattern",
            Value::Text(Text::Pattern),
            "An expression that matches a row; its groups are named after fields, with `_` for `-`.",
        )
        .examples(&["'(?m)^(?<code>\\d+) (?<message.zh_Hans>.+)$'"])
        .of(&["pattern"]),
        may(
            "at",
            Value::Text(Text::PointerToRows),
            "Where the rows are, as a JSON Pointer; its step `*` is every item or member. The whole document if left out.",
        )
        .examples(&["/data/errors"])
        .of(&["json"]),
        may("key", Value::Text(Text::Field), "The field that the names of members hold, if the rows are members of an object.")
            .examples(&["code"])
            .of(&["json"]),
        must(
            "columns",
            Value::Columns,
            "What the columns hold, from the left; `null` for one that is not read. In JSON: what the members of a row hold, by their name or by a JSON Pointer into the row.",
        )
        .examples(&["[code, message.en, null]"])
        .of(COLUMN_READERS),
        may(
            "constants",
            Value::Free(Text::Field, &Value::Literal(Text::Status), Layout::Line),
            "What is the same for all rows of the table.",
        )
        .examples(&["{http_status: 404}"]),
        may(
            "empty",
            Value::List(&Value::Text(Text::Prose), Order::Written, Layout::Line),
            "Texts that mean that a cell is empty.",
        )
        .examples(&["[N/A]"]),
    ],
};

/// A row that no grammar reads.
pub static LISTED_ROW: Shape = Shape {
    name: "listed_row",
    what: "a listed row",
    about: "A row of the document that no grammar reads.",
    keys: &[
        must("line", Value::Number(1, u32::MAX), "The line that it starts on, counted from 1."),
        must("raw", Value::Text(Text::Prose), "The text as it stands in the document."),
        must("as", Value::Map(&ROW), "What the row says."),
        must("reason", Value::Text(Text::Note), "Why no grammar reads it."),
    ],
};

/// What a listed row says.
pub static ROW: Shape = Shape {
    name: "row",
    what: "a row",
    about: "The fields of a row.",
    keys: &[
        must("code", Value::Literal(Text::Code), "The code."),
        may("http_status", Value::Literal(Text::Status), "The HTTP status."),
        may("message", TEXTS, "The message, by language."),
        may("solution", TEXTS, "The solution, by language."),
    ],
};

/// Text that is no row.
pub static IGNORE: Shape = Shape {
    name: "ignore",
    what: "an ignore",
    about: "Text of the document that is no row: `lines`, `pattern` or `element`, and why.",
    keys: &[
        may("lines", Value::Literal(Text::Lines), "These lines of the document, counted from 1.")
            .examples(&["1-4"]),
        may(
            "pattern",
            Value::Text(Text::Pattern),
            "Every line that this expression matches from end to end.",
        )
        .examples(&["'# Error codes'"]),
        may(
            "element",
            Value::Text(Text::Element),
            "The elements of this name, id or class in an HTML document.",
        )
        .examples(&["nav", "'#footer'"]),
        must("reason", Value::Text(Text::Note), "What it is."),
    ],
};

/// `lint-baseline.yaml`.
pub static BASELINE: Shape = Shape {
    name: "baseline",
    what: "a baseline",
    about: "Findings from before the book was linted. They are known and not told.",
    keys: &[may(
        "baseline",
        Value::List(&Value::Map(&BASELINE_LINE), Order::Place, Layout::Block),
        "The findings, counted by lint and place.",
    )],
};

/// A line of the baseline.
pub static BASELINE_LINE: Shape = Shape {
    name: "baseline_line",
    what: "a line of the baseline",
    about: "Findings of one lint at one place.",
    keys: &[
        must("lint", Value::Text(Text::Lint), "The lint."),
        must("at", Value::Text(Text::Place), "The place: a domain and a code, or a condition.")
            .examples(&["quectel/5003", "condition:device_offline"]),
        may("count", Value::Number(1, u32::MAX), "How many findings; one if left out."),
    ],
};

/// `waivers.yaml`.
pub static WAIVERS: Shape = Shape {
    name: "waivers",
    what: "the waivers file",
    about: "Changes that `errbook diff` would not let pass, and that somebody has decided to make.",
    keys: &[must(
        "waivers",
        Value::List(&Value::Map(&WAIVER), Order::Written, Layout::Block),
        "The waivers; `errbook diff` prints what to add.",
    )],
};

/// One waiver.
pub static WAIVER: Shape = Shape {
    name: "waiver",
    what: "a waiver",
    about: "A change that may pass until a day.",
    keys: &[
        must("fingerprint", Value::Text(Text::Fingerprint), "The change, as `errbook diff` names it.")
            .examples(&["\"b5fcd0b3ae57a719\""]),
        must("reason", Value::Text(Text::Note), "Why the change may pass."),
        must("who", Value::Text(Text::Note), "Who has decided it."),
        must("expires", Value::Text(Text::Day), "The last day on which the waiver holds.")
            .examples(&["2027-01-31"]),
    ],
};
