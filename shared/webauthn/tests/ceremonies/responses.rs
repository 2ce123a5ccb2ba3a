//! The wire form of the responses: what browsers send is read, what is
//! malformed is refused by name, and no bytes make the ceremonies panic.

use crate::support::{
    HANDLE, LENIENT, asserted, authenticate, authenticator, created, mutations, register,
    registered,
};
use authenticator::Tamper;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use postern_webauthn::{AuthenticationResponse, RegistrationResponse, UserVerification};
use serde_json::{Value, json};

#[test]
fn an_authentication_response_tells_which_record_to_look_up() {
    let mut authenticator = authenticator();
    let record = registered(&mut authenticator);
    let answer = asserted(&mut authenticator, &Tamper::default());
    let response: AuthenticationResponse = serde_json::from_value(answer).unwrap();
    assert_eq!(response.credential_id(), record.credential_id);
    assert_eq!(response.user_handle(), Some(HANDLE));
}

#[test]
fn a_missing_field_is_named() {
    for field in ["id", "rawId", "type", "response"] {
        let mut answer = created(&mut authenticator(), &Tamper::default());
        answer.as_object_mut().unwrap().remove(field);
        names::<RegistrationResponse>(answer, field);
    }
    for field in ["clientDataJSON", "attestationObject"] {
        let mut answer = created(&mut authenticator(), &Tamper::default());
        answer["response"].as_object_mut().unwrap().remove(field);
        names::<RegistrationResponse>(answer, field);
    }
}

#[test]
fn a_field_that_is_not_base64url_is_named() {
    for spelling in ["not base64!", "AA==", "+/+/", "AB"] {
        for field in ["clientDataJSON", "authenticatorData", "signature", "userHandle"] {
            let mut answer = assertion();
            answer["response"][field] = json!(spelling);
            names::<AuthenticationResponse>(answer, field);
        }
        let mut answer = assertion();
        answer["id"] = json!(spelling);
        answer["rawId"] = json!(spelling);
        names::<AuthenticationResponse>(answer, "rawId");
    }
}

#[test]
fn two_different_ids_are_refused() {
    let mut answer = assertion();
    answer["id"] = json!("AAAA");
    names::<AuthenticationResponse>(answer, "id");
}

#[test]
fn another_type_of_credential_is_refused() {
    let mut answer = assertion();
    answer["type"] = json!("password");
    names::<AuthenticationResponse>(answer, "type");
}

#[test]
fn every_truncation_and_flip_of_a_registration_is_refused_or_verified_without_panic() {
    let honest = created(&mut authenticator(), &Tamper::default());
    for field in ["attestationObject", "clientDataJSON"] {
        for bytes in mutations(&decoded(&honest["response"][field])) {
            let mut answer = honest.clone();
            answer["response"][field] = json!(URL_SAFE_NO_PAD.encode(&bytes));
            let _outcome = register(answer, LENIENT);
        }
    }
}

#[test]
fn no_truncation_or_flip_of_an_assertion_verifies() {
    let mut authenticator = authenticator();
    let record = registered(&mut authenticator);
    let honest = asserted(&mut authenticator, &Tamper::default());
    for field in ["authenticatorData", "clientDataJSON", "signature", "userHandle"] {
        for bytes in mutations(&decoded(&honest["response"][field])) {
            let mut answer = honest.clone();
            answer["response"][field] = json!(URL_SAFE_NO_PAD.encode(&bytes));
            let outcome = authenticate(answer, &record, UserVerification::Preferred);
            assert!(outcome.is_err(), "{field}: {bytes:02x?}");
        }
    }
}

fn decoded(field: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(field.as_str().unwrap()).unwrap()
}

fn assertion() -> Value {
    let mut authenticator = authenticator();
    registered(&mut authenticator);
    asserted(&mut authenticator, &Tamper::default())
}

fn names<T: serde::de::DeserializeOwned>(answer: Value, field: &str) {
    let Err(error) = serde_json::from_value::<T>(answer) else {
        panic!("`{field}` was accepted");
    };
    assert!(error.to_string().contains(&format!("`{field}`")), "{error}");
}
