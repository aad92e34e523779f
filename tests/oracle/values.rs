//! Holds a tree of ours against what a parser that shares no code with it sees in the same text.

use errbook::spec::yaml::{Node, NodeKind};
use serde_yaml::Value;

/// Whether a plain text of ours and a number or truth value of theirs, written as it writes it, are the same.
pub(crate) type SameTyped = fn(&str, &str) -> bool;

/// Every place at which the two see different values.
pub(crate) fn differences(node: &Node, oracle: &Value, typed: SameTyped) -> Vec<String> {
    let mut differences = Vec::new();
    compare(node, oracle, typed, &mut String::new(), &mut differences);
    differences
}

fn compare(node: &Node, oracle: &Value, typed: SameTyped, at: &mut String, differences: &mut Vec<String>) {
    let same = match (&node.kind, oracle) {
        (NodeKind::Scalar(scalar), Value::Null) => scalar.is_null(),
        (NodeKind::Scalar(scalar), Value::Bool(value)) => {
            scalar.plain && typed(&scalar.text, &value.to_string())
        }
        (NodeKind::Scalar(scalar), Value::Number(value)) => {
            scalar.plain && typed(&scalar.text, &value.to_string())
        }
        (NodeKind::Scalar(scalar), Value::String(value)) => scalar.text == *value,
        (NodeKind::Sequence(items), Value::Sequence(values)) if items.len() == values.len() => {
            for (index, (item, value)) in items.iter().zip(values).enumerate() {
                descend(item, value, typed, at, &index.to_string(), differences);
            }
            true
        }
        (NodeKind::Mapping(entries), Value::Mapping(values)) if entries.len() == values.len() => {
            for ((key, item), (other, value)) in entries.iter().zip(values) {
                // A key is a word to us, whatever type it has for the other.
                let is_same = match other {
                    Value::Null => ["", "~", "null", "Null", "NULL"].contains(&key.value.as_str()),
                    Value::Bool(value) => typed(&key.value, &value.to_string()),
                    Value::Number(value) => typed(&key.value, &value.to_string()),
                    other => other.as_str() == Some(&key.value),
                };
                if !is_same {
                    differences.push(format!("{at}: the key {} is {other:?}", key.value));
                }
                descend(item, value, typed, at, &key.value, differences);
            }
            true
        }
        _ => false,
    };
    if !same {
        differences.push(format!("{at}: ours {:?}, theirs {oracle:?}", node.kind));
    }
}

fn descend(
    node: &Node,
    oracle: &Value,
    typed: SameTyped,
    at: &mut String,
    step: &str,
    differences: &mut Vec<String>,
) {
    let length = at.len();
    at.push('/');
    at.push_str(step);
    compare(node, oracle, typed, at, differences);
    at.truncate(length);
}
