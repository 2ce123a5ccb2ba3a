use domain::{SETTINGS, Setting, Violation, Violations};
use http_api::Problem;
use serde_json::{Map, Value};
use store::configuration::{Change, Configuration};

use super::MASK;

/// The changes that a form asks for: what it names, knows to be a setting, and holds differently
/// from what is in force. Secrets are still in clear.
///
/// # Errors
/// 400 with every setting that breaks its rule.
pub(super) fn changes(
    form: &Map<String, Value>,
    configuration: &Configuration,
) -> Result<Vec<Change>, Problem> {
    let mut violations = Violations::default();
    let mut changes = Vec::new();
    for setting in SETTINGS {
        let Some(given) = form.get(setting.key) else { continue };
        let value = violations.check(setting.key, parse(setting, given));
        let change = value.flatten().map(|value| Change { setting, value });
        changes.extend(change.filter(|change| differs(change, configuration)));
    }
    let violations = violations.into_vec();
    if violations.is_empty() { Ok(changes) } else { Err(violations.into()) }
}

/// The value to keep; `None` for a secret that is to stay.
fn parse(setting: &Setting, given: &Value) -> Result<Option<String>, Violation> {
    let text = given.as_str().ok_or(Violation::InvalidFormat { rule: "must be a string" })?;
    if setting.is_secret() && text == MASK {
        return Ok(None);
    }
    setting.parse(text).map(Some)
}

/// A secret is not opened to be compared: a new one is always a change.
fn differs(change: &Change, configuration: &Configuration) -> bool {
    let Change { setting, value } = change;
    configuration.value(setting) != value
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn keys(form: &Value) -> Result<Vec<&'static str>, Problem> {
        let changes = changes(form.as_object().unwrap(), &Configuration::default())?;
        Ok(changes.iter().map(|change| change.setting.key).collect())
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let form = json!({ "appName": "", "sessionDuration": "0060", "ldapEnabled": "true",
            "unknown": null, "smtpPassword": "XXXXXXXXXX", "ldapBindPassword": "" });
        assert_eq!(keys(&form).unwrap(), ["ldapEnabled"]);
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let form = json!({ "appName": null, "sessionDuration": 60, "smtpTls": "ssl",
            "ldapEnabled": "true" });
        let Err(Problem::ValidationFailed(fields)) = keys(&form) else { panic!("must be refused") };
        let fields: Vec<_> = fields.iter().map(|field| field.field).collect();
        assert_eq!(fields, ["appName", "sessionDuration", "smtpTls"]);
    }
}
