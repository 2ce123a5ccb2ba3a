use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use domain::FieldViolation;
use serde_json::{Map, Value, json};

use super::Problem;
use super::text::{domain_sentence, sentence};

impl Problem {
    /// The envelope's `details`, where there are any.
    pub fn details(&self) -> Option<Value> {
        match self {
            Self::ValidationFailed(fields) => {
                let fields: Vec<Value> = fields.iter().map(field_details).collect();
                Some(json!({ "fields": fields }))
            }
            Self::EmailDomainNotAllowed { others, allowed } => {
                let domain = json!({
                    "field": "email", "code": "invalid_format", "message": domain_sentence(allowed),
                });
                let fields: Vec<Value> =
                    others.iter().map(field_details).chain(Some(domain)).collect();
                Some(json!({ "fields": fields }))
            }
            Self::UnknownGroups(ids) => Some(json!({
                "fields": [{ "field": "userGroupIds", "code": "not_found", "message": self.text() }],
                "ids": ids,
            })),
            Self::UnknownUsers(ids) => Some(json!({
                "fields": [{ "field": "userIds", "code": "not_found", "message": self.text() }],
                "ids": ids,
            })),
            Self::InvalidApiKeyExpiration => Some(json!({
                "fields": [{
                    "field": "expiresAt", "code": "invalid_format", "message": self.text(),
                }],
            })),
            Self::UnknownColumns(names) => {
                let field = |name| json!({ "field": name, "code": "unknown_column", "message": self.text() });
                Some(json!({ "fields": names.iter().map(field).collect::<Vec<_>>() }))
            }
            Self::ReservedClaim { key } | Self::DuplicateClaim { key } => {
                Some(json!({ "key": key }))
            }
            Self::InvalidRequestBody { field, expected } => Some(json!({
                "fields": [{ "field": field, "code": "invalid_format", "message": expected }],
            })),
            Self::AlreadyInUse(property) => Some(json!({ "property": property.field() })),
            Self::EmailNotSent { stage, reply } => Some(json!({ "stage": stage, "reply": reply })),
            Self::LdapNotConfigured { missing } => Some(json!({ "missing": missing })),
            Self::LdapFailed { stage, message } => {
                Some(json!({ "stage": stage, "message": message }))
            }
            Self::LdapSyncAborted { run, reason } => {
                Some(json!({ "runId": run, "reason": reason }))
            }
            Self::NotFound(resource) => Some(json!({ "resource": resource.name() })),
            _ => None,
        }
    }

    /// The whole envelope.
    pub(crate) fn envelope(&self, request_id: &str) -> Value {
        let mut envelope = Map::new();
        envelope.insert("error".to_owned(), self.text().into());
        if let Some(code) = self.code() {
            envelope.insert("code".to_owned(), code.into());
        }
        if let Some(details) = self.details() {
            envelope.insert("details".to_owned(), details);
        }
        envelope.insert("request_id".to_owned(), request_id.into());
        Value::Object(envelope)
    }
}

fn field_details(field: &FieldViolation) -> Value {
    json!({
        "field": field.field,
        "code": field.violation.code(),
        "message": sentence(field),
    })
}

/// Hands the problem to the outermost layer, which knows the request id and writes the envelope.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Violation;
    use store::StoreError;

    #[test]
    fn a_validation_problem_names_every_field_in_words() {
        let problem = Problem::ValidationFailed(vec![
            FieldViolation { field: "username", violation: Violation::Required },
            FieldViolation { field: "firstName", violation: Violation::TooLong { max: 50 } },
        ]);
        assert_eq!(
            problem.envelope("r"),
            json!({
                "error": "Username is required, First name must be at most 50 characters long",
                "code": "validation_failed",
                "details": { "fields": [
                    { "field": "username", "code": "required", "message": "Username is required" },
                    { "field": "firstName", "code": "too_long",
                      "message": "First name must be at most 50 characters long" },
                ] },
                "request_id": "r",
            })
        );
    }

    #[test]
    fn an_internal_problem_shows_nothing_of_ours() {
        let problem = Problem::from(StoreError::MissingOutcome);
        assert_eq!(
            problem.envelope("r"),
            json!({ "error": "Something went wrong", "code": "internal_error", "request_id": "r" })
        );
    }
}
