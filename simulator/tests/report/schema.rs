//! The JSON Schema, checked against what is written, by a validator of just the keywords it uses.

use serde_json::{Map, Value};
use simulator::report::{render, schema};

use super::sample;

/// Whether `value` is valid; panics at a keyword that it does not know.
fn valid(root: &Value, schema: &Value, value: &Value) -> bool {
    let Value::Object(rules) = schema else {
        return schema.as_bool().expect("a schema is an object or a boolean");
    };
    rules.iter().all(|(keyword, rule)| match keyword.as_str() {
        "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
        "$ref" => {
            let name = rule.as_str().and_then(|name| name.strip_prefix("#/$defs/"));
            valid(root, &root["$defs"][name.expect("a reference into $defs")], value)
        }
        "type" => match rule {
            Value::Array(kinds) => kinds.iter().any(|kind| is_a(kind, value)),
            kind => is_a(kind, value),
        },
        "const" => rule == value,
        "enum" => rule.as_array().is_some_and(|options| options.contains(value)),
        "anyOf" => options(rule).any(|option| valid(root, option, value)),
        "oneOf" => options(rule).filter(|option| valid(root, option, value)).count() == 1,
        "minimum" => !value.is_number() || value.as_f64() >= rule.as_f64(),
        "items" => value.as_array().is_none_or(|all| all.iter().all(|one| valid(root, rule, one))),
        "required" => {
            let names = rule.as_array().into_iter().flatten().filter_map(Value::as_str);
            value
                .as_object()
                .is_none_or(|fields| names.into_iter().all(|name| fields.contains_key(name)))
        }
        "properties" => value.as_object().is_none_or(|fields| {
            fields
                .iter()
                .all(|(name, field)| rule.get(name).is_none_or(|schema| valid(root, schema, field)))
        }),
        "additionalProperties" => {
            assert_eq!(rule, &Value::Bool(false));
            value.as_object().is_none_or(|fields| known(rules, fields))
        }
        other => panic!("unknown keyword {other}"),
    })
}

fn options(rule: &Value) -> impl Iterator<Item = &Value> {
    rule.as_array().expect("a list of schemas").iter()
}

fn known(rules: &Map<String, Value>, fields: &Map<String, Value>) -> bool {
    fields.keys().all(|name| rules["properties"].get(name).is_some())
}

fn is_a(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("a type is a word") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}

#[test]
fn what_is_written_matches_the_schema() {
    let schema = schema();
    let json = render(&sample::report()).expect("the data are sound").json;
    let mut report: Value = serde_json::from_str(&json).expect("it is JSON");
    assert!(valid(&schema, &schema, &report));
    for (pointer, wrong) in [
        ("/schema", Value::from("moot-report/0")),
        ("/identity/seed", Value::from(-1)),
        ("/verdicts/0/op", Value::from("=<")),
        ("/earners/rows/0/earned", Value::Null),
        ("/sections/0/charts/0/plot", Value::from("pie")),
    ] {
        let field = report.pointer_mut(pointer).expect("the field exists");
        let right = std::mem::replace(field, wrong);
        assert!(!valid(&schema, &schema, &report), "{pointer}");
        *report.pointer_mut(pointer).expect("the field exists") = right;
    }
    assert!(valid(&schema, &schema, &report));
}

#[test]
fn every_field_is_described() {
    let schema = schema();
    let defs = schema["$defs"].as_object().expect("definitions").values();
    for object in defs.chain([&schema]) {
        for (name, field) in object["properties"].as_object().into_iter().flatten() {
            assert!(field.get("description").is_some(), "{name}");
        }
    }
}
