//! Values of every kind, and people who try to be more than they are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use directory::Slapd;
use directory::people::{dn, group, group_dn};
use serde_json::json;

use super::{Synced, people, small};

#[test]
fn a_dn_with_escapes_is_the_member_that_a_group_names_by_other_escapes() {
    let entry = "dn: cn=Doe\\, Zo\\C3\\AB \\22Z\\22 \\2B,ou=people,dc=example,dc=com\n\
         objectClass: inetOrgPerson\ncn:: RG9lLCBab8OrICJaIiAr\nsn: Doe\nuid: zoe\n\
         mail: zoe@example.org\n\n";
    let crew = format!(
        "dn: {}\nobjectClass: groupOfNames\ncn: crew\n\
         member: CN=Doe\\2C Zo\\c3\\ab \\\"Z\\\" \\+, OU=People,DC=example,DC=COM\n\n",
        group_dn("crew")
    );
    let synced = Synced::with(&format!("{entry}{crew}"));
    let _ = synced.synced();
    assert_eq!(synced.known("zoe")["displayName"], "Doe, Zoë \"Z\" +");
    assert_eq!(synced.members("crew").expect("crew"), ["zoe"]);
}

#[test]
fn of_several_values_the_same_one_is_taken_each_time() {
    let several = format!(
        "dn: {}\nobjectClass: inetOrgPerson\nuid: eve\ncn: Eve\ncn: Zeve\nsn: Eve\n\
         mail: second@example.org\nmail: first@example.org\ngivenName: E\ngivenName: F\n\n",
        dn("eve")
    );
    let synced = Synced::with(&several);
    let _ = synced.synced();
    let before = synced.everything();
    assert!(before.iter().any(|line| line.contains("@example.org")), "{before:?}");
    synced.slapd().replace(&dn("eve"), "mail", &["first@example.org", "second@example.org"]);
    assert_eq!(synced.synced()["users"]["update"], 0);
    assert_eq!(synced.everything(), before);
}

#[test]
fn bytes_where_text_should_be_are_a_conflict_and_no_name() {
    let bytes = format!(
        "dn: cn=bytes,ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\ncn: bytes\nsn: b\n\
         uid:: {}\nmail: bytes@example.org\n\n",
        STANDARD.encode("a\u{7}b\n<script>")
    );
    let synced = Synced::with(&format!("{}{bytes}", people(&["ann"])));
    let run = synced.synced();
    assert_eq!((&run["users"]["create"], &run["users"]["conflict"]), (&json!(1), &json!(1)));
    let told = synced.changes(&run);
    let conflict = told.iter().find(|change| change["action"] == "conflict").expect("told");
    let code = conflict["problem"]["code"].as_str().expect("a code");
    assert!(matches!(code, "usernameInvalid" | "usernameMissing"), "{code}");
}

#[test]
fn names_with_markup_and_formulas_arrive_as_text_and_leave_as_text() {
    let name = "=cmd|'/c calc'!A1 <img src=x onerror=alert(1)>";
    let synced = Synced::with(&people(&["ann"]));
    synced.slapd().replace(&dn("ann"), "cn", &[name]);
    let run = synced.synced();
    assert_eq!(synced.known("ann")["displayName"], name);
    let path = format!("/api/ldap/runs/{}/changes.csv", run["id"].as_str().expect("an id"));
    let csv = synced.admin.get(&path).expect(200).text;
    assert!(!csv.contains(",=cmd") && !csv.contains(",\"=cmd"), "{csv}");
}

#[test]
fn very_long_values_are_cut_or_named_and_end_no_sync() {
    let long = "x".repeat(5_000);
    let synced = Synced::with(&small());
    synced.slapd().replace(&dn("ann"), "cn", &[&long]);
    synced.slapd().replace(&dn("bob"), "mail", &[&format!("{long}@example.org")]);
    let run = synced.synced();
    assert!(synced.user("cas").is_some());
    assert_eq!(run["users"]["create"], 2, "{run}");
    assert_eq!(synced.conflicts(&run), ["bob: emailInvalid"]);
}

#[test]
fn a_picture_of_5_megabytes_keeps_nobody_out() {
    let synced = Synced::with(&small());
    let picture = STANDARD.encode(vec![0xff; 5 * 1024 * 1024]);
    synced.slapd().modify(&format!(
        "dn: {}\nchangetype: modify\nadd: jpegPhoto\njpegPhoto:: {picture}\n",
        dn("ann")
    ));
    let _ = synced.synced();
    let before = synced.everything();
    assert!(before.iter().any(|line| line.contains("ann@example.org")), "{before:?}");
    assert_eq!(synced.synced()["progress"]["total"], 0);
}

#[test]
fn a_filter_that_reaches_for_passwords_or_leaves_its_brackets_is_refused() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.everything();
    for filter in [
        "(&(objectClass=person)(userPassword=a*))",
        "(objectClass=person))(uid=*",
        "(|(uid=ann)(uid=bob)",
        "(uid=ann",
        "(pwdHistory=*)",
        "(uid:dn:caseExactMatch:=ann\\)",
    ] {
        let form = json!({ "ldapUserSearchFilter": filter });
        let saved = synced.admin.put("/api/application-configuration", &form);
        if saved.status == 200 {
            let refused = synced.sync().expect(409);
            assert_eq!(refused.code(), "ldap_failed", "{filter}");
            assert_eq!(synced.test().expect(409).code(), "ldap_failed", "{filter}");
        }
        assert_eq!(synced.everything(), before, "{filter}");
    }
}

#[test]
fn a_base_or_an_attribute_beyond_what_the_proxy_allows_is_refused() {
    let synced = Synced::with(&small());
    for (setting, value) in [
        ("ldapBase", "dc=elsewhere,dc=com"),
        ("ldapBase", "no dn"),
        ("ldapAttributeUserDisplayName", "userPassword"),
        ("ldapAttributeUserDisplayName", "a*b"),
    ] {
        synced.configure();
        let form = json!({ setting: value });
        let saved = synced.admin.put("/api/application-configuration", &form);
        if saved.status == 200 {
            let refused = synced.sync().expect(409);
            assert_eq!(refused.code(), "ldap_failed", "{setting} {value}");
        }
    }
    assert!(synced.user("ann").is_none());
}

#[test]
fn the_unique_identifier_may_be_bytes_as_in_active_directory() {
    let guid = |uid: &str, byte: u8| {
        format!(
            "dn: {}\nobjectClass: inetOrgPerson\nobjectClass: windowsObject\nuid: {uid}\ncn: {uid}\n\
             sn: {uid}\nmail: {uid}@example.org\nobjectGUID:: {}\n\n",
            dn(uid),
            STANDARD.encode([byte; 16])
        )
    };
    let ldif = format!("{}{}{}", guid("ann", 1), guid("bob", 0xff), group("staff", &["ann"]));
    let synced = Synced::beside(Slapd::with(&ldif), &[]);
    synced.set(&json!({ "ldapAttributeUserUniqueIdentifier": "objectGUID" }));
    let _ = synced.synced();
    assert_eq!(synced.known("ann")["ldapId"], "01010101-0101-0101-0101-010101010101");
    assert_eq!(synced.known("bob")["ldapId"], "ffffffff-ffff-ffff-ffff-ffffffffffff");
    assert_eq!(synced.members("staff").expect("staff"), ["ann"]);
}

#[test]
fn whoever_writes_megabytes_into_their_own_entry_is_a_conflict_and_nobody_else_waits() {
    let synced = Synced::with(&small());
    let large = ["a", "b", "c"].map(|letter| letter.repeat(900_000));
    synced.slapd().replace(&dn("bob"), "mail", &large.each_ref().map(String::as_str));
    let run = synced.synced();
    assert_eq!(synced.conflicts(&run), ["bob: emailInvalid"]);
    assert!(synced.user("ann").is_some() && synced.user("cas").is_some());
}
