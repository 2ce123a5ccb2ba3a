//! What an attacker, or a broken client, may send to finish an authentication.

use crate::support::{
    LENIENT, ORIGIN, asserted, authenticate, authenticator, created, register, registered,
};
use authenticator::Tamper;
use postern_webauthn::{
    Assertion, AuthenticationError, AuthenticatorDataError, ClientDataError, CredentialRecord,
    UserVerification,
};
use serde_json::json;

const UP: u8 = 0x01;
const UV: u8 = 0x04;
const BE: u8 = 0x08;
const BS: u8 = 0x10;

#[test]
fn an_honest_assertion_gives_the_values_to_store() {
    let mut authenticator = authenticator();
    authenticator.backup_eligible = true;
    let record = registered(&mut authenticator);
    authenticator.backup_state = true;
    let outcome = authenticate(
        asserted(&mut authenticator, &Tamper::default()),
        &record,
        UserVerification::Required,
    );
    let expected = Assertion { sign_count: 1, backup_state: true, user_verified: true };
    assert_eq!(outcome, Ok(expected));
}

#[test]
fn an_answer_to_another_challenge_is_refused() {
    let tamper = Tamper { challenge: Some(vec![8; 32]), ..Tamper::default() };
    refused(&tamper, AuthenticationError::ClientData(ClientDataError::WrongChallenge));
}

#[test]
fn an_answer_from_another_origin_is_refused() {
    for origin in ["https://evil.example", "https://id.example.com/login", "null"] {
        let tamper = Tamper { origin: Some(origin.into()), ..Tamper::default() };
        refused(&tamper, AuthenticationError::ClientData(ClientDataError::WrongOrigin));
    }
}

#[test]
fn an_answer_from_a_framed_page_is_refused() {
    let tamper = Tamper { cross_origin: Some(true), ..Tamper::default() };
    refused(&tamper, AuthenticationError::ClientData(ClientDataError::CrossOrigin));
}

#[test]
fn an_answer_that_names_a_top_level_origin_is_refused() {
    let tamper = Tamper { top_origin: Some(ORIGIN.into()), ..Tamper::default() };
    refused(&tamper, AuthenticationError::ClientData(ClientDataError::TopOrigin));
}

#[test]
fn a_registration_does_not_pass_for_an_assertion() {
    let tamper = Tamper { ceremony: Some("webauthn.create".into()), ..Tamper::default() };
    refused(&tamper, AuthenticationError::ClientData(ClientDataError::WrongType));
}

#[test]
fn an_assertion_for_another_relying_party_is_refused() {
    let tamper = Tamper { rp_id: Some("example.com".into()), ..Tamper::default() };
    let error = AuthenticatorDataError::WrongRelyingParty;
    refused(&tamper, AuthenticationError::AuthenticatorData(error));
}

#[test]
fn a_user_who_was_not_present_is_refused() {
    let error = AuthenticatorDataError::UserNotPresent;
    refused(&flags(UV), AuthenticationError::AuthenticatorData(error));
}

#[test]
fn a_backed_up_credential_that_is_not_eligible_is_refused() {
    let error = AuthenticatorDataError::BackedUpButNotEligible;
    refused(&flags(UP | UV | BS), AuthenticationError::AuthenticatorData(error));
}

#[test]
fn a_change_of_backup_eligibility_is_refused_in_both_directions() {
    refused(&flags(UP | UV | BE), AuthenticationError::BackupEligibilityChanged);
    let mut synced = authenticator();
    synced.backup_eligible = true;
    let record = registered(&mut synced);
    let answer = asserted(&mut synced, &flags(UP | UV));
    let outcome = authenticate(answer, &record, UserVerification::Required);
    assert_eq!(outcome, Err(AuthenticationError::BackupEligibilityChanged));
}

#[test]
fn the_user_handle_of_another_user_is_refused() {
    let tamper = Tamper { user_handle: Some(b"mallory".to_vec()), ..Tamper::default() };
    refused(&tamper, AuthenticationError::WrongUserHandle);
}

#[test]
fn an_assertion_without_a_user_handle_is_refused() {
    let mut authenticator = authenticator();
    let record = registered(&mut authenticator);
    let mut answer = asserted(&mut authenticator, &Tamper::default());
    answer["response"]["userHandle"] = json!(null);
    let outcome = authenticate(answer, &record, UserVerification::Required);
    assert_eq!(outcome, Err(AuthenticationError::NoUserHandle));
}

#[test]
fn an_assertion_of_another_credential_is_refused() {
    let mut authenticator = authenticator();
    let record = registered(&mut authenticator);
    registered(&mut authenticator);
    let answer = asserted(&mut authenticator, &Tamper::default());
    let outcome = authenticate(answer, &record, UserVerification::Required);
    assert_eq!(outcome, Err(AuthenticationError::WrongCredential));
}

#[test]
fn a_sign_count_that_does_not_grow_is_refused() {
    for (stored, sent) in [(5, 4), (5, 5), (5, 0), (u32::MAX, 0)] {
        let outcome = with_sign_counts(stored, sent);
        assert_eq!(outcome, Err(AuthenticationError::SignCountRegressed), "{stored}, {sent}");
    }
}

#[test]
fn a_sign_count_that_grows_or_stays_zero_is_accepted() {
    for (stored, sent) in [(0, 0), (0, 1), (5, 6), (5, u32::MAX)] {
        assert_eq!(with_sign_counts(stored, sent).map(|assertion| assertion.sign_count), Ok(sent));
    }
}

#[test]
fn the_policy_of_this_ceremony_decides_on_user_verification() {
    let mut authenticator = authenticator();
    let record = registered(&mut authenticator);
    assert!(record.user_verified);
    authenticator.user_verified = false;
    let answer = asserted(&mut authenticator, &Tamper::default());
    let required = authenticate(answer.clone(), &record, UserVerification::Required);
    assert_eq!(required, Err(AuthenticationError::UserNotVerified));
    let preferred = authenticate(answer, &record, UserVerification::Preferred);
    assert_eq!(preferred.map(|assertion| assertion.user_verified), Ok(false));
}

#[test]
fn a_signature_by_another_key_is_refused() {
    let mut authenticator = authenticator();
    let record = registered(&mut authenticator);
    let other = registered(&mut authenticator);
    let swapped = CredentialRecord { public_key: other.public_key, ..record };
    let mut first = self::authenticator();
    registered(&mut first);
    let answer = asserted(&mut first, &Tamper::default());
    let outcome = authenticate(answer, &swapped, UserVerification::Required);
    assert_eq!(outcome, Err(AuthenticationError::Signature));
}

#[test]
fn a_record_without_a_usable_key_is_told_apart_from_a_bad_assertion() {
    let mut authenticator = authenticator();
    let record = CredentialRecord { public_key: vec![0xa0], ..registered(&mut authenticator) };
    let answer = asserted(&mut authenticator, &Tamper::default());
    let outcome = authenticate(answer, &record, UserVerification::Required);
    assert_eq!(outcome, Err(AuthenticationError::Record));
}

fn flags(flags: u8) -> Tamper {
    Tamper { flags: Some(flags), ..Tamper::default() }
}

fn refused(tamper: &Tamper, error: AuthenticationError) {
    let mut authenticator = authenticator();
    let record = registered(&mut authenticator);
    let answer = asserted(&mut authenticator, tamper);
    let outcome = authenticate(answer, &record, UserVerification::Required);
    assert_eq!(outcome, Err(error), "{tamper:?}");
}

fn with_sign_counts(stored: u32, sent: u32) -> Result<Assertion, AuthenticationError> {
    let mut authenticator = authenticator();
    let count = |count| Tamper { sign_count: Some(count), ..Tamper::default() };
    let record = register(created(&mut authenticator, &count(stored)), LENIENT).unwrap();
    authenticate(asserted(&mut authenticator, &count(sent)), &record, UserVerification::Required)
}
