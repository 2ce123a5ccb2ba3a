use serde_json::{Value, json};

/// Adds the parameters in `path` that the operation does not describe itself. All are identifiers
/// but tokens.
pub(crate) fn add(operation: &mut Value, path: &str) {
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').collect();
    for pair in segments.windows(2) {
        let [owner, segment] = pair else { continue };
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let Some(name) = name else { continue };
        if !parameters.iter().any(|known| known["in"] == "path" && known["name"] == name) {
            parameters.push(parameter(owner, name));
        }
    }
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
}

fn parameter(owner: &str, name: &str) -> Value {
    let schema = if name == "token" {
        json!({ "type": "string" })
    } else {
        json!({ "type": "string", "format": "uuid" })
    };
    json!({
        "name": name, "in": "path", "required": true, "schema": schema,
        "description": what(owner),
    })
}

/// What stands behind `/{owner}/` in a path.
fn what(owner: &str) -> &'static str {
    match owner {
        "users" | "user" => "The user's identifier.",
        "user-groups" | "user-group" => "The group's identifier.",
        "sessions" => "The session's identifier.",
        "api-keys" => "The API key's identifier.",
        "webauthn-credentials" | "credentials" => "The passkey's identifier.",
        "one-time-access-tokens" => "The link's identifier.",
        "one-time-access-token" => "The link's token.",
        "token" => "The sign-up token.",
        "signup-tokens" => "The sign-up token's identifier.",
        _ => "",
    }
}
