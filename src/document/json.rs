//! Reads the rows of a JSON text.
//!
//! In: a text, where in it the rows are, and which of their members are columns. Out: the rows. A row is an item of an
//! array or a member of an object; a column is a member of it, or a value deeper inside. jsonc-parser gives the tree with
//! the place of every value, and is told to take JSON alone: no comments, no final commas, no `NaN`.
//!
//! Every member of a row is either a column (`null` leaves it out on purpose), or put aside for another table or an
//! `ignore`, or a fault: a text that nobody reads is a text that got lost.

mod items;
mod nested;
mod places;

use self::items::Marks;
use self::nested::Nested;
use super::aside::Aside;
use super::found::{Cell, Fault, Found, FoundRow};
use super::{Field, JsonPath, JsonStep, trim};
use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Range};

/// A JSON text as a tree.
pub(super) struct Document<'a> {
    root: Value<'a>,
}

/// Reads `text` as JSON.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Fault> {
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let fault = |range: Range<usize>, message: String| Fault {
        id: "json_syntax",
        row: range.clone(),
        range,
        message,
        help: Some("a document for the reader `json` is one JSON value".to_owned()),
    };
    match parse_to_ast(text, &collect, &options) {
        Ok(parsed) => match parsed.value {
            Some(root) => Ok(Document { root }),
            None => Err(fault(0..0, "the document holds no JSON value".to_owned())),
        },
        Err(error) => {
            let place = error.range();
            let floor = |at: usize| {
                (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
            };
            let (start, end) = (floor(place.start), floor(place.end));
            let reason = error.kind().to_string();
            let mut reason: Vec<_> = reason.chars().collect();
            if let Some(first) = reason.first_mut() {
                first.make_ascii_lowercase();
            }
            let reason: String = reason.into_iter().collect();
            Err(fault(start..end.max(start), format!("this is no JSON: {reason}")))
        }
    }
}

/// A value, and the member it is the value of, if it is one.
type Place<'v, 'a> = (&'v Value<'a>, Option<&'v ObjectProp<'a>>);

/// What no column reads in the rows of a table.
#[derive(Default)]
struct Unread {
    /// The paths, with the first place of each, and how often it was met.
    paths: BTreeMap<String, (Range<usize>, usize)>,
    /// The paths of values that hold what looks like rows.
    holders: BTreeSet<String>,
    /// The rows in what is left out on purpose.
    nested: Nested,
}

/// What is asked of every row.
struct Shape<'r> {
    at: &'r JsonPath,
    key: Option<&'r Field>,
    /// Each with its place in the recipe.
    columns: Columns<'r>,
    /// By what columns choose items, for each array of which they do.
    choices: BTreeMap<&'r [JsonStep], BTreeSet<&'r JsonStep>>,
}

/// What stands where in a row, with the place of each in the recipe.
type Columns<'r> = BTreeMap<&'r [JsonStep], (usize, Option<&'r Field>)>;

fn choices<'r>(columns: &Columns<'r>) -> BTreeMap<&'r [JsonStep], BTreeSet<&'r JsonStep>> {
    let mut choices: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for path in columns.keys() {
        for (at, step) in path.iter().enumerate() {
            if matches!(step, JsonStep::Saying(..)) {
                choices.entry(&path[..at]).or_default().insert(step);
            }
        }
    }
    choices
}

impl Shape<'_> {
    /// Whether a column lies somewhere inside the value at `path`.
    fn leads_further(&self, path: &[JsonStep]) -> bool {
        // Paths with one beginning stand together.
        let from = (Bound::Included(path), Bound::Unbounded);
        self.columns.range::<[JsonStep], _>(from).next().is_some_and(|(column, _)| column.starts_with(path))
    }

    /// Whether a column chooses the item at `path` of an array by what it says, and by what.
    fn choice(&self, path: &[JsonStep], item: &Value<'_>) -> Option<JsonStep> {
        let choices = self.choices.get(path)?;
        let step = |(value, member): Place<'_, '_>| {
            let said = scalar(value).ok()??.text;
            let step = JsonStep::Saying(member?.name.as_str().to_owned(), said);
            choices.contains(&step).then_some(step)
        };
        children(item).find_map(step)
    }

    /// Where the value at `path` in a row stands, from the top.
    fn whole_path(&self, path: &[JsonStep]) -> Vec<JsonStep> {
        self.at.0.iter().cloned().chain([JsonStep::Each]).chain(path.iter().cloned()).collect()
    }
}

impl Document<'_> {
    /// Reads the rows at `at`, of which those within `range` count.
    pub(super) fn read(
        &self,
        range: &Range<usize>,
        at: &JsonPath,
        key: Option<&Field>,
        columns: &[(JsonPath, Option<Field>)],
        aside: &Aside,
    ) -> Found {
        let mut found = Found::default();
        let columns = (1..)
            .zip(columns)
            .map(|(index, (path, field))| (path.0.as_slice(), (index, field.as_ref())))
            .collect();
        let shape = Shape { at, key, choices: choices(&columns), columns };
        let mut marks = Marks::of(&shape.columns);
        let mut holders = Vec::new();
        select((&self.root, None), &at.0, &mut holders);
        if holders.is_empty() {
            found.hint = Some(format!("nothing stands at `{at}`"));
        }
        let mut unread = Unread::default();
        for (holder, _) in holders {
            for (value, member) in children(holder) {
                if found.is_full() {
                    return found;
                }
                let place = place_of((value, member));
                if place.start < range.start || place.end > range.end {
                    continue;
                }
                if let Some((range, message, help)) = marks.moved((value, member)) {
                    let fault = fault(&range, &place, &message);
                    found.faults.push(Fault { help: Some(help), ..fault });
                    continue;
                }
                read_row((value, member), &shape, aside, &mut found, &mut unread);
            }
            if !matches!(holder, Value::Object(_) | Value::Array(_)) {
                found.hint = Some(format!("a single value stands at `{at}`, where rows should be"));
            }
        }
        let is_code = |(field, _): &(Field, Cell)| *field == Field::Code;
        if !found.rows.is_empty() && !found.rows.iter().any(|row| row.cells.iter().any(is_code)) {
            let elsewhere = match self.rows_elsewhere(&shape) {
                Some(place) => format!("; the rows seem to stand at `{place}`: write `at: {place}`"),
                None => String::new(),
            };
            let here =
                if at.0.is_empty() { "at the top".to_owned() } else { format!("that stands in `{at}`") };
            let hint = format!("nothing {here} has a code{elsewhere}");
            return Found { hint: Some(hint), ..Found::default() };
        }
        for (path, (place, count)) in unread.paths {
            let more = if count > 1 { format!(", and {} more like it", count - 1) } else { String::new() };
            let help = if unread.holders.contains(&path) {
                format!("rows stand in it: read them with another table, `at: {at}/*{path}`")
            } else if path.is_empty() {
                // What has no name has an empty one.
                "the name of the value itself is empty: write `\"\": message.<locale>` into `columns`, or `\"\": null` to leave \
                 it out"
                    .to_owned()
            } else {
                "name it in `columns`; `null` leaves it out".to_owned()
            };
            found.faults.push(Fault {
                id: "unread_member",
                range: place.clone(),
                row: place,
                message: if path.is_empty() {
                    format!("no column reads this value{more}")
                } else {
                    format!("no column reads the member `{}` of this row{more}", path.escape_debug())
                },
                help: Some(help),
            });
        }
        let faults = unread.nested.faults(&found.rows);
        found.faults.extend(faults);
        found
    }
}

/// Reads one row.
fn read_row<'a>(
    (value, member): Place<'_, 'a>,
    shape: &Shape<'_>,
    aside: &Aside,
    found: &mut Found,
    unread: &mut Unread,
) {
    let place = &place_of((value, member));
    let mut cells = Vec::new();
    match (shape.key, member) {
        (Some(field), Some(member)) => {
            let range = bytes(&member.name);
            cells.push((0, field.clone(), cell(member.name.as_str(), range)));
        }
        (Some(_), None) => {
            found.faults.push(fault(place, place, "this row is an item of an array and has no key"));
            return;
        }
        (None, _) => {}
    }
    // A way through the row without recursion: values, and how many steps lead to what they are in.
    let mut path: Vec<JsonStep> = Vec::new();
    let mut open: Vec<(Place<'_, 'a>, usize, Option<JsonStep>)> = vec![((value, member), 0, None)];
    let mut wrong = None;
    while let Some((here, depth, name)) = open.pop() {
        let (value, here) = (here.0, place_of(here));
        path.truncate(depth);
        path.extend(name);
        match shape.columns.get(path.as_slice()) {
            Some((_, None)) if is_collection(value) => {
                unread.nested.look_into(value, shape.whole_path(&path), shape, aside);
            }
            Some((_, None)) => {}
            Some((index, Some(field))) => match scalar(value) {
                Ok(Some(_)) if cells.iter().any(|(_, other, _)| other == *field) => {
                    wrong = Some((bytes(value), format!("`{field}` stands in this row a second time")));
                }
                Ok(text) => cells.extend(text.map(|cell| (*index, (*field).clone(), cell))),
                Err(what) => {
                    wrong = Some((bytes(value), format!("{what} stands where `{field}` should be")));
                }
            },
            None if !shape.leads_further(&path) && !path.is_empty() && aside.has(&here) => {}
            // What chooses an item is read by that.
            None if matches!(path.as_slice(), [.., JsonStep::Saying(name, _), JsonStep::Name(last)] if name == last) =>
                {}
            None if (shape.leads_further(&path) || aside.is_within(&here)) && is_collection(value) => {
                let inside = children(value).enumerate().map(|(index, (child, member))| {
                    let step = match member {
                        Some(member) => JsonStep::Name(member.name.as_str().to_owned()),
                        None => {
                            shape.choice(&path, child).unwrap_or_else(|| JsonStep::Name(index.to_string()))
                        }
                    };
                    ((child, member), path.len(), Some(step))
                });
                open.extend(inside);
            }
            None => {
                let name = JsonPath(path.clone()).to_string();
                if !unread.holders.contains(&name)
                    && children(value).any(|child| nested::code(child, shape).is_some())
                {
                    unread.holders.insert(name.clone());
                }
                unread.paths.entry(name).or_insert_with(|| (here, 0)).1 += 1;
            }
        }
    }
    if let Some((range, message)) = wrong {
        found.faults.push(fault(&range, place, &message));
    } else {
        cells.sort_by_key(|(index, ..)| *index);
        let cells = cells.into_iter().map(|(_, field, cell)| (field, cell)).collect();
        found.rows.push(FoundRow { range: place.clone(), cells });
    }
}

fn fault(range: &Range<usize>, row: &Range<usize>, message: &str) -> Fault {
    Fault {
        id: "wrong_json_row",
        range: range.clone(),
        row: row.clone(),
        message: message.to_owned(),
        help: Some("mend `at`, `key` and `columns`, or list the row under `rows`".to_owned()),
    }
}

/// The text of a single value; `None` for `null`.
fn scalar(value: &Value<'_>) -> Result<Option<Cell>, &'static str> {
    match value {
        Value::StringLit(text) => Ok(Some(cell(&text.value, bytes(text)))),
        Value::NumberLit(number) => Ok(Some(cell(number.value, bytes(number)))),
        Value::BooleanLit(boolean) => {
            Ok(Some(cell(if boolean.value { "true" } else { "false" }, bytes(boolean))))
        }
        Value::NullKeyword(_) => Ok(None),
        Value::Object(_) => Err("an object"),
        Value::Array(_) => Err("an array"),
    }
}

fn cell(text: &str, range: Range<usize>) -> Cell {
    Cell { text: text[trim(text, 0..text.len())].to_owned(), range }
}

fn is_collection(value: &Value<'_>) -> bool {
    matches!(value, Value::Object(_) | Value::Array(_))
}

/// The items of an array or the members of an object.
fn children<'v, 'a>(value: &'v Value<'a>) -> Box<dyn Iterator<Item = Place<'v, 'a>> + 'v> {
    match value {
        Value::Object(object) => {
            Box::new(object.properties.iter().map(|member| (&member.value, Some(member))))
        }
        Value::Array(array) => Box::new(array.elements.iter().map(|item| (item, None))),
        _ => Box::new(std::iter::empty()),
    }
}

/// Follows `path` from `value`. Its length is bounded by the depth that the parser allows.
fn select<'v, 'a>(place: Place<'v, 'a>, path: &[JsonStep], found: &mut Vec<Place<'v, 'a>>) {
    let Some((first, rest)) = path.split_first() else {
        found.push(place);
        return;
    };
    for (index, (child, member)) in children(place.0).enumerate() {
        let is_wanted = match first {
            JsonStep::Each => true,
            JsonStep::Saying(..) => says(child, first),
            JsonStep::Name(name) => match member {
                Some(member) => member.name.as_str() == name,
                None => *name == index.to_string(),
            },
        };
        if is_wanted {
            select((child, member), rest, found);
        }
    }
}

/// Whether an item is the one that a step chooses by what it says.
fn says(item: &Value<'_>, step: &JsonStep) -> bool {
    let JsonStep::Saying(name, said) = step else { return false };
    children(item).any(|(value, member)| {
        member.is_some_and(|member| member.name.as_str() == name)
            && matches!(scalar(value), Ok(Some(cell)) if cell.text == *said)
    })
}

/// The place of a value, with its name if it is a member.
fn place_of((value, member): Place<'_, '_>) -> Range<usize> {
    member.map_or_else(|| bytes(value), bytes)
}

fn bytes(value: &impl jsonc_parser::common::Ranged) -> Range<usize> {
    let range = value.range();
    range.start..range.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, at: &str, key: Option<&Field>, columns: &[(&str, Option<Field>)]) -> Found {
        let path = |text: &str| JsonPath::parse(text).expect("a path");
        let columns: Vec<_> = columns.iter().map(|(text, field)| (path(text), field.clone())).collect();
        let document = parse(text).unwrap_or_else(|fault| panic!("{}", fault.message));
        document.read(&(0..text.len()), &path(at), key, &columns, &Aside::default())
    }

    fn texts(found: &Found) -> Vec<Vec<String>> {
        let cells = |row: &FoundRow| {
            let mut cells: Vec<_> =
                row.cells.iter().map(|(field, cell)| format!("{field}={}", cell.text)).collect();
            cells.sort();
            cells
        };
        found.rows.iter().map(cells).collect()
    }

    fn en() -> Field {
        Field::Message("en".to_owned())
    }

    #[test]
    fn rows_are_items_or_members_and_columns_may_lie_deeper() {
        let text = r#"{"v": 1, "groups": [{"errors": [{"code": 1, "text": {"en": "A \u00e9\"", "x": null}}]}, {"errors": [{"code": "2"}]}]}"#;
        let rows = found(
            text,
            "/groups/*/errors",
            None,
            &[("/code", Some(Field::Code)), ("/text/en", Some(en())), ("/text/x", None)],
        );
        assert_eq!(texts(&rows), [vec!["code=1", "message.en=A é\""], vec!["code=2"]]);
        assert!(rows.faults.is_empty(), "{:?}", rows.faults);
        let rows = found(r#"{"1": "a", "2": "b"}"#, "", Some(&Field::Code), &[("", Some(en()))]);
        assert_eq!(texts(&rows), [["code=1", "message.en=a"], ["code=2", "message.en=b"]]);
        let rows =
            found(r#"[["1", "a"], ["2", "b"]]"#, "", None, &[("/0", Some(Field::Code)), ("/1", Some(en()))]);
        assert_eq!(texts(&rows), [["code=1", "message.en=a"], ["code=2", "message.en=b"]]);
    }

    #[test]
    fn what_no_column_reads_is_a_fault_told_once() {
        let text = r#"[{"code": 1, "more": {"a": 1}}, {"code": 2, "more": 3}]"#;
        let rows = found(text, "", None, &[("/code", Some(Field::Code))]);
        assert_eq!(texts(&rows), [["code=1"], ["code=2"]]);
        let told: Vec<_> = rows.faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(told, ["no column reads the member `/more` of this row, and 1 more like it"]);
    }

    #[test]
    fn a_place_without_codes_names_the_one_with_them() {
        let columns = [("/code", Some(Field::Code)), ("/text", Some(en()))];
        for (text, at, expected) in [
            (
                r#"{"v": 1, "data": [{"code": 1}]}"#,
                "",
                "nothing at the top has a code; the rows seem to stand at `/data`",
            ),
            (r#"{"a": [{"list": {"x": {"code": 1}}}]}"#, "/a", "seem to stand at `/a/*/list`"),
            (r#"{"a": [{"text": "x"}]}"#, "/a", "nothing that stands in `/a` has a code"),
        ] {
            let found = found(text, at, None, &columns);
            let hint = found.hint.expect("a hint");
            assert!(hint.contains(expected), "{hint}");
            assert!(found.rows.is_empty() && found.faults.is_empty());
        }
    }

    #[test]
    fn rows_of_another_shape_are_faults() {
        let columns = [("/code", Some(Field::Code)), ("/text", Some(en()))];
        for (text, expected) in [
            (r#"[{"code": {"a": 1}, "text": "x"}]"#, "an object stands where `code` should be"),
            (r#"[{"code": 1, "code": 2}]"#, "`code` stands in this row a second time"),
        ] {
            let rows = found(text, "", None, &columns);
            assert_eq!(
                rows.faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>(),
                [expected]
            );
        }
    }

    #[test]
    fn only_json_is_json() {
        for text in
            ["", "{", "[1,]", "{a: 1}", "[1] // x", "'a'", "[NaN]", "[0x1]", "[\"\\ud800\"]", "[01]", "{} {}"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}
