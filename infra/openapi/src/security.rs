use serde_json::{Value, json};

/// Who may call an operation. Handlers say so in short: `caller` (any way of signing in) or
/// `browser` (no API key), with the roles `administrator` and `step-up`; nothing is public.
#[derive(Default)]
pub(crate) struct Access {
    schemes: &'static [&'static str],
    roles: Vec<Value>,
}

impl Access {
    pub(crate) fn of(operation: &Value) -> Self {
        let requirement = &operation["security"][0];
        let roles = |word: &str| requirement[word].as_array().cloned();
        match (roles("caller"), roles("browser")) {
            (Some(roles), _) => Self { schemes: &["session", "bearer", "apiKey"], roles },
            (_, Some(roles)) => Self { schemes: &["session", "bearer"], roles },
            _ => Self::default(),
        }
    }

    /// What whoever may not call it is told.
    pub(crate) fn refusals(&self) -> Vec<(u16, &'static str)> {
        let has = |role: &str| self.roles.iter().any(|known| known == role);
        let is_public = self.schemes.is_empty();
        let no_key = !is_public && !self.schemes.contains(&"apiKey");
        let all = [
            (!is_public, 401, "not_signed_in"),
            (has("step-up"), 401, "reauthentication_required"),
            (!is_public, 403, "user_disabled"),
            (has("administrator"), 403, "forbidden"),
            (no_key, 403, "api_key_auth_not_allowed"),
        ];
        all.into_iter()
            .filter_map(|(applies, status, code)| applies.then_some((status, code)))
            .collect()
    }

    /// The ways of signing in, each of which will do.
    pub(crate) fn requirements(&self) -> Value {
        self.schemes.iter().map(|scheme| json!({ *scheme: self.roles })).collect()
    }
}

/// The ways of signing in.
pub(crate) fn schemes() -> Value {
    json!({
        "session": {
            "type": "apiKey", "in": "cookie", "name": "__Host-access_token",
            "description": "The cookie of a session; `access_token` on `http://localhost`.",
        },
        "bearer": {
            "type": "http", "scheme": "bearer",
            "description": "The session's token, without the cookie.",
        },
        "apiKey": {
            "type": "apiKey", "in": "header", "name": "X-API-Key",
            "description": "An API key: whatever its owner may do, except where only a session may.",
        },
    })
}
