use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// In replies a member that may be null is there all the same, which `utoipa` does not say of an
/// `Option`. Requests may leave it out, so schemas that requests use stay as they are.
pub(crate) fn require_what_is_always_there(
    paths: &Map<String, Value>,
    schemas: &mut Map<String, Value>,
) {
    let operations = paths.values().filter_map(Value::as_object).flat_map(Map::values);
    let mut requested = BTreeSet::new();
    for operation in operations {
        collect(&operation["requestBody"], schemas, &mut requested);
    }
    for (name, schema) in schemas.iter_mut() {
        if !requested.contains(name) {
            require_nullables(schema);
        }
    }
}

/// A default of null says nothing; `utoipa` writes it where serde's default is used.
pub(crate) fn drop_null_defaults(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("default").is_some_and(Value::is_null) {
                object.remove("default");
            }
            object.values_mut().for_each(drop_null_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_null_defaults),
        _ => {}
    }
}

/// The names of all schemas that `value` refers to, directly or through others.
fn collect(value: &Value, schemas: &Map<String, Value>, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|path| path.strip_prefix("#/components/schemas/"));
            if let Some(name) = name
                && found.insert(name.to_owned())
                && let Some(schema) = schemas.get(name)
            {
                collect(schema, schemas, found);
            }
            object.values().for_each(|member| collect(member, schemas, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, schemas, found)),
        _ => {}
    }
}

/// Also inside lists of a schema and composed ones, which `utoipa` writes in place.
fn require_nullables(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(require_nullables);
            let properties = object.get("properties").and_then(Value::as_object);
            let always: Vec<Value> = properties
                .into_iter()
                .flatten()
                .filter(|(_, property)| is_nullable(property))
                .map(|(name, _)| json!(name))
                .collect();
            if !always.is_empty() {
                let required = object.entry("required").or_insert_with(|| json!([]));
                let mut names = required.as_array().cloned().unwrap_or_default();
                names.extend(always.into_iter().filter(|name| !required_has(required, name)));
                *required = json!(names);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(require_nullables),
        _ => {}
    }
}

fn required_has(required: &Value, name: &Value) -> bool {
    required.as_array().is_some_and(|names| names.contains(name))
}

/// `["string", "null"]`, or one of a schema and null.
fn is_nullable(property: &Value) -> bool {
    let null = json!("null");
    let in_type = property["type"].as_array().is_some_and(|types| types.contains(&null));
    let in_one_of = property["oneOf"].as_array();
    in_type || in_one_of.is_some_and(|schemas| schemas.iter().any(|schema| schema["type"] == null))
}
