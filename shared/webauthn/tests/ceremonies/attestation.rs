//! Attestation objects written by hand, around the credential of an honest one.

use std::collections::BTreeMap;

use crate::support::{POLICY, authenticator, created, register};
use authenticator::Tamper;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use postern_webauthn::{AuthenticatorDataError, RegistrationError};
use serde_cbor_2::Value as Cbor;
use serde_json::{Value, json};

const FLAGS: usize = 32;
const ID_LENGTH: usize = 53;
const KEY: usize = 55 + 32;

#[test]
fn a_none_statement_with_content_is_refused() {
    let statement = map([("x", Cbor::Null)]);
    let outcome = register(with_statement("none", statement), POLICY);
    assert_eq!(outcome, Err(RegistrationError::AttestationStatement));
}

#[test]
fn a_self_attestation_with_another_algorithm_or_a_bad_signature_is_refused() {
    for alg in [-7, -257] {
        let statement = map([("alg", Cbor::Integer(alg)), ("sig", Cbor::Bytes(vec![0x30, 0]))]);
        let outcome = register(with_statement("packed", statement), POLICY);
        assert_eq!(outcome, Err(RegistrationError::AttestationStatement));
    }
}

#[test]
fn a_packed_statement_without_certificates_in_its_chain_is_refused() {
    for chain in [Cbor::Array(vec![]), Cbor::Array(vec![Cbor::Null]), Cbor::Null] {
        let statement =
            map([("alg", Cbor::Integer(-7)), ("sig", Cbor::Bytes(vec![0])), ("x5c", chain)]);
        let outcome = register(with_statement("packed", statement), POLICY);
        assert_eq!(outcome, Err(RegistrationError::AttestationStatement));
    }
}

#[test]
fn a_format_that_is_no_identifier_is_refused() {
    let long = "x".repeat(33);
    for format in ["", "a b", "a\"b", "a\\b", "ä", long.as_str()] {
        let outcome = register(with_statement(format, map([("x", Cbor::Null)])), POLICY);
        assert_eq!(outcome, Err(RegistrationError::AttestationFormat), "{format}");
    }
}

#[test]
fn a_format_we_do_not_know_is_recorded_and_nothing_more() {
    let format = "x".repeat(32);
    let record = register(with_statement(&format, map([("x", Cbor::Null)])), POLICY).unwrap();
    assert_eq!(record.attestation_format, format);
}

#[test]
fn an_attestation_object_of_another_shape_is_refused() {
    let data = || ("authData", Cbor::Bytes(honest_data()));
    let empty = || ("attStmt", map([]));
    for object in [
        Cbor::Null,
        map([]),
        map([("fmt", Cbor::Text("none".into())), empty()]),
        map([("fmt", Cbor::Integer(1)), empty(), data()]),
        map([("fmt", Cbor::Text("none".into())), ("attStmt", Cbor::Null), data()]),
        map([("fmt", Cbor::Text("none".into())), empty(), ("authData", Cbor::Null)]),
    ] {
        let outcome = register(with_object(&encode(&object)), POLICY);
        assert_eq!(outcome, Err(RegistrationError::AttestationObject), "{object:?}");
    }
}

#[test]
fn bytes_after_the_attestation_object_are_refused() {
    let mut object = encode(&none_object(honest_data()));
    assert!(register(with_object(&object), POLICY).is_ok());
    object.push(0);
    assert_eq!(register(with_object(&object), POLICY), Err(RegistrationError::AttestationObject));
}

#[test]
fn cbor_that_nests_or_announces_too_much_is_refused() {
    let nested = vec![0x81; 100_000];
    let announced = [0xa1, 0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    let array = [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    for object in [nested.as_slice(), &announced, &array] {
        let outcome = register(with_object(object), POLICY);
        assert_eq!(outcome, Err(RegistrationError::AttestationObject));
    }
    let mut data = honest_data();
    data.truncate(KEY);
    data.extend(nested);
    refused_data(data, AuthenticatorDataError::Malformed);
}

#[test]
fn bytes_after_the_authenticator_data_are_refused() {
    let mut data = honest_data();
    data.push(0xa0);
    refused_data(data, AuthenticatorDataError::TrailingBytes);
}

#[test]
fn extensions_that_nobody_asked_for_are_ignored() {
    let mut data = honest_data();
    data[FLAGS] |= 0x80;
    data.extend(encode(&map([("unknown", Cbor::Bool(true))])));
    assert!(register(with_data(data), POLICY).is_ok());
}

#[test]
fn a_credential_id_without_a_byte_or_with_more_than_1023_is_refused() {
    for length in [0_u16, 1024, u16::MAX] {
        let mut data = honest_data();
        let key = data.split_off(KEY);
        data.truncate(55);
        data[ID_LENGTH..].copy_from_slice(&length.to_be_bytes());
        data.extend(vec![1; length.into()]);
        data.extend(key);
        refused_data(data, AuthenticatorDataError::CredentialIdLength);
    }
}

#[test]
fn authenticator_data_without_a_credential_are_refused() {
    let mut data = honest_data();
    data.truncate(37);
    data[FLAGS] &= !0x40;
    let outcome = register(with_data(data), POLICY);
    assert_eq!(outcome, Err(RegistrationError::NoAttestedCredential));
}

#[test]
fn an_algorithm_that_was_not_offered_is_refused() {
    for alg in [-8, -36, -37, -258, -65535, 7] {
        let outcome = register(with_key(3, Cbor::Integer(alg)), POLICY);
        assert_eq!(outcome, Err(RegistrationError::AlgorithmNotOffered), "{alg}");
    }
}

#[test]
fn a_key_that_does_not_fit_its_algorithm_is_refused() {
    let off_the_curve = Cbor::Bytes(vec![1; 32]);
    for (label, value) in [
        (3, Cbor::Integer(-35)),
        (3, Cbor::Text("ES256".into())),
        (1, Cbor::Integer(3)),
        (-1, Cbor::Integer(2)),
        (-2, off_the_curve),
        (-3, Cbor::Bytes(vec![])),
    ] {
        let outcome = register(with_key(label, value), POLICY);
        assert_eq!(outcome, Err(RegistrationError::PublicKey), "{label}");
    }
}

fn refused_data(data: Vec<u8>, error: AuthenticatorDataError) {
    let outcome = register(with_data(data), POLICY);
    assert_eq!(outcome, Err(RegistrationError::AuthenticatorData(error)));
}

fn with_key(label: i128, value: Cbor) -> Value {
    let mut data = honest_data();
    let key = data.split_off(KEY);
    let Cbor::Map(mut key) = serde_cbor_2::from_slice(&key).unwrap() else {
        panic!("a COSE_Key is a map");
    };
    key.insert(Cbor::Integer(label), value);
    data.extend(encode(&Cbor::Map(key)));
    with_data(data)
}

fn with_data(data: Vec<u8>) -> Value {
    with_object(&encode(&none_object(data)))
}

fn with_statement(format: &str, statement: Cbor) -> Value {
    with_object(&encode(&map([
        ("fmt", Cbor::Text(format.into())),
        ("attStmt", statement),
        ("authData", Cbor::Bytes(honest_data())),
    ])))
}

fn none_object(data: Vec<u8>) -> Cbor {
    map([("fmt", Cbor::Text("none".into())), ("attStmt", map([])), ("authData", Cbor::Bytes(data))])
}

fn with_object(object: &[u8]) -> Value {
    let mut answer = created(&mut authenticator(), &Tamper::default());
    answer["response"]["attestationObject"] = json!(URL_SAFE_NO_PAD.encode(object));
    answer
}

fn honest_data() -> Vec<u8> {
    let answer = created(&mut authenticator(), &Tamper::default());
    let object = answer["response"]["attestationObject"].as_str().unwrap();
    let object = URL_SAFE_NO_PAD.decode(object).unwrap();
    let Cbor::Map(mut object) = serde_cbor_2::from_slice(&object).unwrap() else {
        panic!("an attestation object is a map");
    };
    match object.remove(&Cbor::Text("authData".into())) {
        Some(Cbor::Bytes(data)) => data,
        other => panic!("authenticator data are bytes, not {other:?}"),
    }
}

fn map<const N: usize>(members: [(&str, Cbor); N]) -> Cbor {
    let members = members.map(|(name, value)| (Cbor::Text(name.into()), value));
    Cbor::Map(BTreeMap::from(members))
}

fn encode(value: &Cbor) -> Vec<u8> {
    serde_cbor_2::to_vec(value).unwrap()
}
