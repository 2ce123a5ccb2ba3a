//! The API's description (`OpenAPI` 3.1), from the routes themselves.
//!
//! **In scope**: putting together what each function says of its routes (`api()`), and adding what
//! holds for all of them, so that no route has to repeat it: who may call and what a refusal looks
//! like, the parameters in paths, the errors every route can have, the error envelope, headers.
//!
//! **Not in scope**: serving it. It is a static file of the pages, written when they are built.

mod envelope;
mod functions;
mod operation;
mod parameters;
mod problems;
mod replies;
mod security;

use serde_json::{Map, Value, json};

/// The whole description.
pub fn document() -> Value {
    let (mut paths, mut schemas, mut tags) = (Map::new(), Map::new(), Vec::new());
    for function in functions::all() {
        tags.push(json!({ "name": function.name, "description": function.about }));
        let mut api = serde_json::to_value(&function.api).unwrap_or_default();
        for (path, operations) in members(&mut api["paths"]) {
            let of_path = paths.entry(path.clone()).or_insert_with(|| json!({}));
            for (method, mut operation) in members(&mut operations.clone()) {
                operation["tags"] = json!([function.name]);
                of_path[&method] = operation::finish(&path, &method, operation);
            }
        }
        schemas.extend(members(&mut api["components"]["schemas"]));
    }
    schemas.values_mut().for_each(replies::drop_null_defaults);
    replies::require_what_is_always_there(&paths, &mut schemas);
    schemas.insert(envelope::NAME.to_owned(), envelope::schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Postern",
            "summary": "Passkey-only user management.",
            "description": include_str!("introduction.md"),
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "headers": envelope::headers(),
            "securitySchemes": security::schemes(),
        },
    })
}

/// The members of an object; anything else has none.
fn members(value: &mut Value) -> Map<String, Value> {
    value.as_object_mut().map(std::mem::take).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn functions_do_not_give_one_name_to_different_schemas() {
        let mut seen: BTreeMap<String, Value> = BTreeMap::new();
        for function in functions::all() {
            let mut api = serde_json::to_value(&function.api).unwrap();
            for (name, schema) in members(&mut api["components"]["schemas"]) {
                if let Some(other) = seen.insert(name.clone(), schema.clone()) {
                    assert_eq!(other, schema, "{name} of {}", function.name);
                }
            }
        }
    }
}
