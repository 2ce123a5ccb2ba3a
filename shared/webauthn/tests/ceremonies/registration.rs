//! What an attacker, or a broken client, may send to finish a registration.

use crate::support::{LENIENT, ORIGIN, POLICY, authenticator, created, register};
use authenticator::Tamper;
use postern_webauthn::{
    AuthenticatorDataError, ClientDataError, RegistrationError, RegistrationPolicy,
};
use serde_json::{Value, json};

const UP: u8 = 0x01;
const UV: u8 = 0x04;
const BE: u8 = 0x08;
const BS: u8 = 0x10;
const AT: u8 = 0x40;
const ED: u8 = 0x80;

#[test]
fn an_honest_registration_gives_the_record_to_store() {
    let mut authenticator = authenticator();
    authenticator.aaguid = [9; 16];
    authenticator.backup_eligible = true;
    authenticator.backup_state = true;
    let record = register(created(&mut authenticator, &Tamper::default()), POLICY).unwrap();
    assert_eq!(record.credential_id.len(), 32);
    assert_eq!(record.public_key.len(), 77);
    assert_eq!(record.algorithm, -7);
    assert_eq!(record.sign_count, 0);
    assert!(record.user_verified && record.backup_eligible && record.backup_state);
    assert_eq!(record.transports, ["hybrid", "internal"]);
    assert_eq!(record.aaguid, [9; 16]);
    assert_eq!(record.attestation_format, "none");
}

#[test]
fn an_answer_to_another_challenge_is_refused() {
    let tamper = Tamper { challenge: Some(vec![8; 32]), ..Tamper::default() };
    refused_for_client_data(&tamper, ClientDataError::WrongChallenge);
}

#[test]
fn an_answer_from_another_origin_is_refused() {
    for origin in [
        "https://evil.example",
        "https://sub.id.example.com",
        "https://id.example.com:8443",
        "https://id.example.com/",
        "http://id.example.com",
        "",
    ] {
        let tamper = Tamper { origin: Some(origin.into()), ..Tamper::default() };
        refused_for_client_data(&tamper, ClientDataError::WrongOrigin);
    }
}

#[test]
fn an_answer_from_a_framed_page_is_refused() {
    let tamper = Tamper { cross_origin: Some(true), ..Tamper::default() };
    refused_for_client_data(&tamper, ClientDataError::CrossOrigin);
}

#[test]
fn an_answer_that_names_a_top_level_origin_is_refused() {
    let tamper = Tamper { top_origin: Some(ORIGIN.into()), ..Tamper::default() };
    refused_for_client_data(&tamper, ClientDataError::TopOrigin);
}

#[test]
fn an_assertion_does_not_pass_for_a_registration() {
    let tamper = Tamper { ceremony: Some("webauthn.get".into()), ..Tamper::default() };
    refused_for_client_data(&tamper, ClientDataError::WrongType);
}

#[test]
fn a_credential_for_another_relying_party_is_refused() {
    let tamper = Tamper { rp_id: Some("example.com".into()), ..Tamper::default() };
    refused_for_authenticator_data(&tamper, AuthenticatorDataError::WrongRelyingParty);
}

#[test]
fn a_user_who_was_not_present_is_refused() {
    refused_for_authenticator_data(&flags(UV | AT), AuthenticatorDataError::UserNotPresent);
}

#[test]
fn a_backed_up_credential_that_is_not_eligible_is_refused() {
    let error = AuthenticatorDataError::BackedUpButNotEligible;
    refused_for_authenticator_data(&flags(UP | UV | BS | AT), error);
}

#[test]
fn extensions_that_are_announced_but_absent_are_refused() {
    refused_for_authenticator_data(&flags(UP | UV | AT | ED), AuthenticatorDataError::Malformed);
}

#[test]
fn attested_data_that_no_flag_announces_are_refused() {
    refused_for_authenticator_data(&flags(UP | UV), AuthenticatorDataError::TrailingBytes);
}

#[test]
fn a_user_who_was_not_verified_is_refused_only_if_that_is_required() {
    let answer = created(&mut authenticator(), &flags(UP | AT));
    assert_eq!(register(answer.clone(), POLICY), Err(RegistrationError::UserNotVerified));
    assert!(!register(answer, LENIENT).unwrap().user_verified);
}

#[test]
fn a_backup_eligible_credential_is_refused_if_synced_ones_are_not_allowed() {
    let device_bound = RegistrationPolicy { allow_synced: false, ..POLICY };
    for flags in [BE, BE | BS] {
        let answer = created(&mut authenticator(), &self::flags(UP | UV | AT | flags));
        let outcome = register(answer, device_bound);
        assert_eq!(outcome, Err(RegistrationError::SyncedNotAllowed));
    }
    assert!(register(honest(), device_bound).is_ok());
}

#[test]
fn a_credential_id_that_was_not_attested_is_refused() {
    let mut answer = honest();
    answer["id"] = json!("AAAA");
    answer["rawId"] = json!("AAAA");
    assert_eq!(register(answer, POLICY), Err(RegistrationError::WrongCredentialId));
}

#[test]
fn a_credential_that_is_not_discoverable_is_refused() {
    let mut answer = honest();
    answer["clientExtensionResults"]["credProps"]["rk"] = json!(false);
    assert_eq!(register(answer.clone(), POLICY), Err(RegistrationError::NotDiscoverable));
    answer["clientExtensionResults"] = json!({});
    assert!(register(answer, POLICY).is_ok());
}

#[test]
fn unknown_and_repeated_transports_are_dropped() {
    let mut answer = honest();
    answer["response"]["transports"] = json!(["usb", "cable", "usb", "<b>", "nfc"]);
    assert_eq!(register(answer, POLICY).unwrap().transports, ["usb", "nfc"]);
}

fn honest() -> Value {
    created(&mut authenticator(), &Tamper::default())
}

fn flags(flags: u8) -> Tamper {
    Tamper { flags: Some(flags), ..Tamper::default() }
}

fn refused_for_client_data(tamper: &Tamper, error: ClientDataError) {
    let outcome = register(created(&mut authenticator(), tamper), POLICY);
    assert_eq!(outcome, Err(RegistrationError::ClientData(error)), "{tamper:?}");
}

fn refused_for_authenticator_data(tamper: &Tamper, error: AuthenticatorDataError) {
    let outcome = register(created(&mut authenticator(), tamper), POLICY);
    assert_eq!(outcome, Err(RegistrationError::AuthenticatorData(error)), "{tamper:?}");
}
