use serde_json::{Map, Value, json};

use crate::security::Access;

/// Adds the errors that follow from what an operation is, and puts all into words. Handlers name
/// only their own, as `(status = 409, description = "already_in_use last_admin")`.
pub(crate) fn add(operation: &mut Value, path: &str, method: &str, access: &Access) {
    let mut derived = access.refusals();
    if method != "get" {
        derived.push((403, "foreign_origin"));
    }
    if let Some(body) = operation.get("requestBody") {
        derived.push((400, "invalid_request_body"));
        if body["content"].get("application/json").is_some() {
            derived.push((413, "request_body_too_large"));
        }
    }
    derived.extend([(500, "internal_error"), (503, "database_busy")]);
    let Some(replies) = operation["responses"].as_object_mut() else { return };
    for (status, code) in derived {
        name(replies, status, code);
    }
    if path.contains('{') {
        // Escapes that are no UTF-8 are nobody's identifier.
        replies.entry("404").or_insert_with(|| json!({ "description": "" }));
    }
    for (status, reply) in replies {
        describe(status, reply);
    }
}

/// Adds `code` to what a reply of `status` may say.
fn name(replies: &mut Map<String, Value>, status: u16, code: &str) {
    let reply = replies.entry(status.to_string()).or_insert_with(|| json!({ "description": "" }));
    let known = reply["description"].as_str().unwrap_or_default();
    if !known.split_whitespace().any(|known| known == code) {
        reply["description"] = json!(format!("{code} {known}"));
    }
}

fn describe(status: &str, reply: &mut Value) {
    let said = reply["description"].as_str().unwrap_or_default();
    let codes: Vec<_> = said.split_whitespace().map(|code| format!("`{code}`")).collect();
    let words = match status {
        "404" if codes.is_empty() => "No such path.".to_owned(),
        _ if status.starts_with(['4', '5']) => codes.join(", "),
        _ if !said.is_empty() => return,
        "201" => "Created.".to_owned(),
        "204" => "Done, nothing to say.".to_owned(),
        _ => "Done.".to_owned(),
    };
    reply["description"] = json!(words);
}
