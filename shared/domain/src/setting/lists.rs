//! Settings that hold a JSON array.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Violation;
use crate::custom_claims::{ClaimInput, ClaimsRefusal, CustomClaims};
use crate::email::is_domain;
use crate::violation::check_length;

/// Most characters of a setting that holds a list.
const MAX: usize = 10_000;

#[derive(Deserialize, Serialize)]
struct Claim {
    key: String,
    value: String,
}

/// A JSON array of UUIDs, kept in the form that identifiers are stored in.
pub(super) fn uuids(text: &str) -> Result<String, Violation> {
    let ids: Vec<Uuid> = read(text, "must be a JSON array of UUIDs")?;
    write(&ids)
}

/// A JSON array of strings.
pub(super) fn texts(text: &str) -> Result<String, Violation> {
    let rule = "must be a JSON array of strings without control characters";
    let texts: Vec<String> = read(text, rule)?;
    if texts.iter().any(|text| text.is_empty() || text.chars().any(char::is_control)) {
        return Err(Violation::InvalidFormat { rule });
    }
    write(&texts)
}

/// A JSON array of domain names, kept in lower case.
pub(super) fn domains(text: &str) -> Result<String, Violation> {
    let rule = "must be a JSON array of domain names such as example.com";
    let domains: Vec<String> = read(text, rule)?;
    if !domains.iter().all(|domain| is_domain(domain)) {
        return Err(Violation::InvalidFormat { rule });
    }
    write(&domains.iter().map(|domain| domain.to_lowercase()).collect::<Vec<_>>())
}

/// A JSON array of custom claims, by the rules that somebody's own claims are checked by.
pub(super) fn claims(text: &str) -> Result<String, Violation> {
    let claims: Vec<Claim> = read(text, "must be a JSON array of keys and values")?;
    let inputs = claims.iter().map(|claim| ClaimInput { key: &claim.key, value: &claim.value });
    match CustomClaims::parse(inputs) {
        Ok(_) => write(&claims),
        Err(refusal) => Err(Violation::InvalidFormat { rule: broken(&refusal) }),
    }
}

/// The setting is one field, so its rule is told and not the claim's.
fn broken(refusal: &ClaimsRefusal) -> &'static str {
    match refusal {
        ClaimsRefusal::Reserved(_) => "must not have a reserved claim",
        ClaimsRefusal::Duplicate(_) => "must not have a claim twice",
        ClaimsRefusal::Fields(_) => {
            "must be claims with a key and a value each, as users have them"
        }
    }
}

fn read<'t, T: Deserialize<'t>>(text: &'t str, rule: &'static str) -> Result<T, Violation> {
    check_length(text, MAX)?;
    serde_json::from_str(text).map_err(|_| Violation::InvalidFormat { rule })
}

fn write(list: &impl Serialize) -> Result<String, Violation> {
    serde_json::to_string(list)
        .map_err(|_| Violation::InvalidFormat { rule: "must be a JSON array" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_kept_as_they_are_stored() {
        let given = r#"[ "0F8FAD5B-D9CB-469F-A165-70867728950E" ]"#;
        assert_eq!(uuids(given).as_deref(), Ok(r#"["0f8fad5b-d9cb-469f-a165-70867728950e"]"#));
        for text in ["{}", "[1]", "[\"x\"]", "[null]", "[", "null", "[] []"] {
            assert!(uuids(text).is_err(), "{text}");
        }
    }

    #[test]
    fn claims_have_a_key_of_their_own_and_a_value() {
        let given = r#"[{"value":"a","key":"team"}, {"key":"Sub","value":"b"}]"#;
        let kept = r#"[{"key":"team","value":"a"},{"key":"Sub","value":"b"}]"#;
        assert_eq!(claims(given).as_deref(), Ok(kept));
        for text in [
            r#"[{"key":"sub","value":"x"}]"#,
            r#"[{"key":"a","value":"x"},{"key":"a","value":"y"}]"#,
            r#"[{"key":" ","value":"x"}]"#,
            r#"[{"key":"a","value":""}]"#,
            &format!(r#"[{{"key":"{}","value":"x"}}]"#, "k".repeat(101)),
            r#"[{"key":"a\u0000","value":"x"}]"#,
            r#"[{"key":"a"}]"#,
            r#"[{"key":"a","value":1}]"#,
            r#"["a"]"#,
        ] {
            assert!(claims(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_list_has_a_limit() {
        let list = |length| format!("[\"{}\"]", "x".repeat(length - 4));
        assert!(texts(&list(MAX)).is_ok());
        assert_eq!(texts(&list(MAX + 1)), Err(Violation::TooLong { max: MAX }));
        assert!(texts("[\"\"]").is_err());
        assert!(texts("[\"a\\u0000\"]").is_err());
    }
}
