//! The wire form of the options, pinned.

use crate::support::{POLICY, challenge, relying_party, user};
use postern_webauthn::{
    AuthenticatorAttachment, Challenge, CredentialDescriptor, InvalidRelyingParty,
    RegistrationPolicy, RelyingParty, UserEntity, UserVerification,
};
use serde_json::json;

#[test]
fn creation_options_are_the_json_a_browser_parses() {
    let exclude =
        CredentialDescriptor { credential_id: vec![0xfb, 0xff], transports: vec!["usb".into()] };
    let policy = RegistrationPolicy { attachment: AuthenticatorAttachment::Platform, ..POLICY };
    let options = relying_party().creation_options(&challenge(), &user(), &[exclude], &policy);
    assert_eq!(
        serde_json::to_string(&options).unwrap(),
        concat!(
            r#"{"rp":{"name":"Example","id":"id.example.com"},"#,
            r#""user":{"id":"MGIwZjhjNWUtNWQzZi00YjUzLTlkMGMtNWYxZjBiOWYzYTEx","#,
            r#""name":"ada","displayName":"Ada"},"#,
            r#""challenge":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc","#,
            r#""pubKeyCredParams":[{"type":"public-key","alg":-7},"#,
            r#"{"type":"public-key","alg":-35},{"type":"public-key","alg":-257}],"#,
            r#""timeout":60000,"#,
            r#""excludeCredentials":[{"type":"public-key","id":"-_8","transports":["usb"]}],"#,
            r#""authenticatorSelection":{"authenticatorAttachment":"platform","#,
            r#""requireResidentKey":true,"residentKey":"required","#,
            r#""userVerification":"required"},"hints":["client-device"],"#,
            r#""attestation":"none","extensions":{"credProps":true}}"#,
        )
    );
}

#[test]
fn any_authenticator_means_neither_attachment_nor_hints() {
    let options = json!(relying_party().creation_options(&challenge(), &user(), &[], &POLICY));
    assert_eq!(options["authenticatorSelection"].get("authenticatorAttachment"), None);
    assert_eq!(options.get("hints"), None);
    assert_eq!(options["excludeCredentials"], json!([]));
}

#[test]
fn cross_platform_authenticators_are_hinted_at_as_keys_and_phones() {
    let policy = RegistrationPolicy {
        attachment: AuthenticatorAttachment::CrossPlatform,
        user_verification: UserVerification::Preferred,
        ..POLICY
    };
    let options = json!(relying_party().creation_options(&challenge(), &user(), &[], &policy));
    assert_eq!(options["hints"], json!(["security-key", "hybrid"]));
    let selection = &options["authenticatorSelection"];
    assert_eq!(selection["authenticatorAttachment"], "cross-platform");
    assert_eq!(selection["userVerification"], "preferred");
}

#[test]
fn a_user_may_have_no_display_name() {
    let user = UserEntity { display_name: String::new(), ..user() };
    let options = json!(relying_party().creation_options(&challenge(), &user, &[], &POLICY));
    assert_eq!(options["user"]["displayName"], "");
}

#[test]
fn request_options_name_no_credential() {
    let options = relying_party().request_options(&challenge(), UserVerification::Preferred);
    assert_eq!(
        serde_json::to_string(&options).unwrap(),
        concat!(
            r#"{"challenge":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc","timeout":60000,"#,
            r#""rpId":"id.example.com","userVerification":"preferred"}"#,
        )
    );
}

#[test]
fn a_challenge_does_not_show_in_a_log() {
    assert_eq!(format!("{:?}", Challenge::from_bytes([7; 32])), "Challenge(..)");
}

#[test]
fn the_rp_id_is_the_host_and_the_origin_has_the_port_if_it_is_not_the_default() {
    for (url, id, origin) in [
        ("https://id.example.com", "id.example.com", "https://id.example.com"),
        ("https://id.example.com/", "id.example.com", "https://id.example.com"),
        ("https://id.example.com:8443", "id.example.com", "https://id.example.com:8443"),
        ("http://localhost:8787", "localhost", "http://localhost:8787"),
        ("http://id.localhost", "id.localhost", "http://id.localhost"),
        ("http://127.0.0.1:3000", "127.0.0.1", "http://127.0.0.1:3000"),
    ] {
        let rp = RelyingParty::new(url, "Example").unwrap();
        assert_eq!((rp.id(), rp.origin()), (id, origin));
    }
}

#[test]
fn what_is_no_secure_origin_names_no_relying_party() {
    use InvalidRelyingParty::{InsecureScheme, NotADomain, NotAUrl, NotAnOrigin};
    for (url, error) in [
        ("id.example.com", NotAUrl),
        ("", NotAUrl),
        ("http://id.example.com", InsecureScheme),
        ("http://notlocalhost", InsecureScheme),
        ("http://127.0.0.2", InsecureScheme),
        ("ftp://localhost", InsecureScheme),
        ("https://192.0.2.1", NotADomain),
        ("https://[::1]", NotADomain),
        ("data:text/plain,x", NotAUrl),
        ("https://ID.example.com", NotADomain),
        ("https://id.example.com:443", NotAnOrigin),
        ("https://id.example.com/app", NotAnOrigin),
        ("https://id.example.com/?a", NotAnOrigin),
        ("https://ada@id.example.com", NotAnOrigin),
    ] {
        assert_eq!(RelyingParty::new(url, "Example").unwrap_err(), error, "{url}");
    }
}
