//! Groups, their members, and who administrates.

use std::fmt::Write as _;

use directory::Slapd;
use directory::people::{dn, group, group_dn};
use serde_json::{Value, json};

use super::{Synced, people, small};

#[test]
fn members_come_and_go_and_groups_are_renamed_and_deleted() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    synced.slapd().replace(&group_dn("staff"), "member", &[&dn("bob"), &dn("cas")]);
    synced.slapd().add(&group("new", &["cas"]));
    let run = synced.synced();
    assert_eq!(synced.told(&run), ["create group new", "update group staff"]);
    assert_eq!(run["memberships"], json!({ "add": 2, "remove": 1 }));
    assert_eq!(synced.members("staff").expect("staff"), ["bob", "cas"]);
    assert_eq!(synced.members("new").expect("new"), ["cas"]);
    synced.slapd().rename(&group_dn("staff"), "cn=crew", "ou=people,dc=example,dc=com");
    synced.slapd().delete(&group_dn("new"));
    let run = synced.synced();
    let groups = &run["groups"];
    assert_eq!((&groups["update"], &groups["delete"]), (&json!(1), &json!(1)));
    assert_eq!(synced.members("crew").expect("crew"), ["bob", "cas"]);
    assert!(synced.members("staff").is_none() && synced.members("new").is_none());
}

#[test]
fn a_group_of_this_deployment_keeps_its_name_and_is_told_as_a_conflict() {
    let synced = Synced::with(&small());
    let own = json!({ "name": "staff", "friendlyName": "Our own" });
    let id = synced.admin.post("/api/user-groups", &own).expect(201).text_of("id");
    let run = synced.synced();
    assert_eq!(synced.conflicts(&run), ["staff: nameTaken"]);
    let path = format!("/api/user-groups/{id}");
    let kept = synced.admin.get(&path).expect(200).json;
    assert_eq!((&kept["friendlyName"], &kept["ldapId"]), (&json!("Our own"), &json!(null)));
    assert_eq!(kept["userCount"], 0);
    let _ = synced.admin.delete(&path).expect(204);
    assert_eq!(synced.synced()["groups"]["create"], 1);
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
}

#[test]
fn members_put_in_by_hand_are_taken_out_again() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.everything();
    synced.set(&json!({ "ldapEnabled": "false" }));
    let groups = synced.admin.get("/api/user-groups?search=staff").expect(200).json;
    let path = format!("/api/user-groups/{}/users", groups["data"][0]["id"].as_str().expect("id"));
    let only_cas = json!({ "userIds": [synced.known("cas")["id"]] });
    let _ = synced.admin.put(&path, &only_cas).expect(200);
    assert_eq!(synced.members("staff").expect("staff"), ["cas"]);
    synced.set(&json!({ "ldapEnabled": "true" }));
    let _ = synced.synced();
    assert_eq!(synced.everything(), before);
}

#[test]
fn groups_that_contain_each_other_end_no_sync() {
    let circle = |name: &str, other: &str| {
        let (own, other) = (group_dn(name), group_dn(other));
        format!(
            "dn: {own}\nobjectClass: groupOfNames\ncn: {name}\nmember: {other}\nmember: {own}\n\
             member: {}\n\n",
            dn("ann")
        )
    };
    let ldif = format!("{}{}{}", people(&["ann"]), circle("this", "that"), circle("that", "this"));
    let synced = Synced::with(&ldif);
    let _ = synced.synced();
    for name in ["this", "that"] {
        assert_eq!(synced.members(name).expect("a group"), ["ann"]);
    }
    assert_eq!(synced.synced()["progress"]["total"], 0);
}

#[test]
fn members_may_be_named_by_username_alone() {
    let proxy = [("EXTRA_ATTRIBUTES", "description")];
    let mut ldif = small();
    let dn = group_dn("posix");
    let _ = write!(
        ldif,
        "dn: {dn}\nobjectClass: groupOfNames\ncn: posix\nmember: cn=reader,dc=example,dc=com\n\
         description: ann\ndescription: Bob\ndescription: nobody\n\n"
    );
    let synced = Synced::beside(Slapd::with(&ldif), &proxy);
    synced.set(&json!({ "ldapAttributeGroupMember": "description" }));
    let _ = synced.synced();
    let members = synced.members("posix").expect("posix");
    assert!(members.contains(&"ann".to_owned()) && !members.contains(&"nobody".to_owned()));
}

/// Else whoever is called like an administrator of some other branch would be one.
#[test]
fn a_namesake_in_another_branch_is_not_the_member_that_a_group_names() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    let below = "ou=elsewhere,dc=example,dc=com";
    synced.slapd().add(&format!(
        "dn: {below}\nobjectClass: organizationalUnit\nou: elsewhere\n\n\
         dn: uid=bob,{below}\nobjectClass: inetOrgPerson\nuid: bob\ncn: Bob\nsn: Bob\n\
         mail: other@example.org\n"
    ));
    let other = format!("uid=bob,{below}");
    synced.slapd().replace(&group_dn("admins"), "member", &[&other, &dn("ann")]);
    let run = synced.synced();
    assert_eq!(synced.conflicts(&run), ["bob: usernameTaken"]);
    let came = synced.known("bob");
    assert_eq!(came["isAdmin"] == true, came["email"] == "other@example.org");
}

#[test]
fn a_group_of_thousands_is_whole() {
    let names: Vec<String> = (0..2_200).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let synced = Synced::with(&format!("{}{}", people(&names), group("all", &names)));
    let _ = synced.synced();
    let all = synced.admin.get("/api/user-groups?search=all").expect(200).json;
    assert_eq!(all["data"][0]["userCount"], 2_200);
    synced.slapd().modify(&format!(
        "dn: {}\nchangetype: modify\ndelete: member\nmember: {}\n",
        group_dn("all"),
        dn("p77")
    ));
    let run = synced.synced();
    assert_eq!(run["memberships"], json!({ "add": 0, "remove": 1 }));
    let all = synced.admin.get("/api/user-groups?search=all").expect(200).json;
    assert_eq!(all["data"][0]["userCount"], 2_199);
}

fn administrators(synced: &Synced) -> Vec<String> {
    let found = synced.admin.get("/api/users?filters[isAdmin]=true").expect(200).json;
    let names = found["data"].as_array().expect("a list").iter();
    let own = &synced.deployment.admin.user["username"];
    let names = names.map(|user| &user["username"]).filter(|name| *name != own);
    names.filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn whoever_enters_the_group_of_administrators_is_one_until_leaving_it() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    assert_eq!(administrators(&synced), [""; 0], "no group says so yet");
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    assert_eq!(synced.synced()["admins"], json!({ "grant": 1, "revoke": 0 }));
    assert_eq!(administrators(&synced), ["ann"]);
    synced.slapd().replace(&group_dn("admins"), "member", &[&dn("bob")]);
    assert_eq!(synced.synced()["admins"], json!({ "grant": 1, "revoke": 1 }));
    assert_eq!(administrators(&synced), ["bob"]);
    synced.set(&json!({ "ldapAdminGroupName": "" }));
    let _ = synced.synced();
    assert_eq!(administrators(&synced), ["bob"], "without a group flags are left alone");
}
