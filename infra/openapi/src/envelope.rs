use serde_json::{Value, json};

/// The schema's name.
pub(crate) const NAME: &str = "Problem";

/// The error envelope (`shared/http/src/problem/envelope.rs`).
pub(crate) fn schema() -> Value {
    json!({
        "type": "object",
        "description": "Why a request was refused.",
        "required": ["error", "request_id"],
        "properties": {
            "error": { "type": "string", "description": "For people." },
            "code": {
                "type": "string",
                "pattern": "^[a-z0-9_]+$",
                "description": "For programs; missing only where there is no such route.",
            },
            "details": {
                "type": "object",
                "description": "What is wrong, where there is more to say.",
                "properties": { "fields": { "type": "array", "items": field() } },
            },
            "request_id": {
                "type": "string", "format": "uuid",
                "description": "The same as `X-Request-ID`: by it the log has the rest.",
            },
        },
        "additionalProperties": false,
    })
}

fn field() -> Value {
    json!({
        "type": "object",
        "required": ["field", "code", "message"],
        "properties": {
            "field": { "type": "string", "description": "The field's name; empty: the whole body." },
            "code": { "type": "string" },
            "message": { "type": "string", "description": "For people." },
        },
    })
}

/// Headers that replies share.
pub(crate) fn headers() -> Value {
    json!({
        "RequestId": {
            "description": "Names the request in the log.",
            "required": true,
            "schema": { "type": "string", "format": "uuid" },
        },
        "RetryAfter": {
            "description": "Seconds to wait.",
            "required": true,
            "schema": { "type": "integer", "minimum": 1 },
        },
    })
}

/// Gives every reply its request id, and every error the envelope.
pub(crate) fn add(operation: &mut Value) {
    let Some(replies) = operation["responses"].as_object_mut() else { return };
    for (status, reply) in replies {
        reply["headers"]["X-Request-ID"] = json!({ "$ref": "#/components/headers/RequestId" });
        if matches!(status.as_str(), "429" | "503") {
            reply["headers"]["Retry-After"] = json!({ "$ref": "#/components/headers/RetryAfter" });
        }
        if status.starts_with(['4', '5']) {
            let schema = json!({ "$ref": format!("#/components/schemas/{NAME}") });
            reply["content"] = json!({ "application/json": { "schema": schema } });
        }
    }
}
