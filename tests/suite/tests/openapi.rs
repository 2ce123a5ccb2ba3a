//! The API's description against the routes themselves.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use std::collections::BTreeSet;

use postern_suite::declared;
use serde_json::Value;

/// Every operation of the description by method and path.
fn described(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, operations)| {
        let operations = operations.as_object().expect("operations");
        operations.iter().map(move |(method, operation)| {
            (format!("{} {path}", method.to_uppercase()), operation)
        })
    });
    operations.collect()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let document = openapi::document();
    let described: BTreeSet<_> = described(&document).into_iter().map(|(name, _)| name).collect();
    let declared: BTreeSet<_> =
        declared().iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let missing: Vec<_> = declared.difference(&described).collect();
    let invented: Vec<_> = described.difference(&declared).collect();
    assert!(missing.is_empty(), "not described: {missing:?}");
    assert!(invented.is_empty(), "described, but no route: {invented:?}");
}

#[test]
fn every_operation_says_who_may_call_it_what_it_does_and_what_it_may_refuse() {
    let document = openapi::document();
    for (name, operation) in described(&document) {
        assert!(!operation["summary"].as_str().unwrap_or_default().is_empty(), "{name}: summary");
        let replies = operation["responses"].as_object().expect("responses");
        let has = |status: &str| replies.contains_key(status);
        assert!(replies.keys().any(|status| status.starts_with('2')), "{name}: no success");
        assert!(has("500") && has("503"), "{name}: errors of ours");
        let is_public = operation["security"].as_array().is_none_or(Vec::is_empty);
        assert!(is_public || (has("401") && has("403")), "{name}: refusals");
        assert!(operation.get("requestBody").is_none() || has("400"), "{name}: bad bodies");
        for (status, reply) in replies {
            assert_ne!(reply["description"], "", "{name} {status}: description");
            let schema = &reply["content"]["application/json"]["schema"]["$ref"];
            let is_error = status.starts_with(['4', '5']);
            assert_eq!(is_error, schema == "#/components/schemas/Problem", "{name} {status}");
        }
    }
}

#[test]
fn operations_have_names_of_their_own() {
    let document = openapi::document();
    let mut seen = BTreeSet::new();
    for (name, operation) in described(&document) {
        let id = operation["operationId"].as_str().expect("an operationId");
        assert!(seen.insert(id), "{name}: {id} is taken");
    }
}

#[test]
fn everything_referred_to_is_there() {
    let document = openapi::document();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|member| collect(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[test]
fn lists_are_described_with_what_they_take() {
    let document = openapi::document();
    let takes = |path: &str, name: &str| {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().expect("some");
        parameters.iter().any(|parameter| parameter["name"] == name)
    };
    for (path, sorts, searches) in [
        ("/api/users", true, true),
        ("/api/user-groups", true, true),
        ("/api/api-keys", true, false),
        ("/api/users/{id}/one-time-access-tokens", false, false),
        ("/api/audit-logs", true, false),
        ("/api/audit-logs/all", true, false),
    ] {
        let found = (takes(path, "sort[column]"), takes(path, "search"));
        assert_eq!(found, (sorts, searches), "{path}");
        assert!(takes(path, "pagination[cursor]") && takes(path, "pagination[limit]"), "{path}");
    }
    assert!(!takes("/api/audit-logs/export", "pagination[page]"));
}
