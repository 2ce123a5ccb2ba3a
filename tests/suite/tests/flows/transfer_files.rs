//! Files of users: what can be taken at all, and that an export is one.

use postern_suite::{Deployment, Reply, unique};
use serde_json::json;

use super::transfer::{by_json, csv, find, outcomes, send, wrong};

#[test]
fn a_file_that_cannot_be_taken_is_refused_as_a_whole() {
    let admin = &Deployment::shared().admin.client;
    let field = |reply: &Reply| reply.json["details"]["fields"][0]["field"].clone();
    for (body, expected) in [
        (&b"username,phone\na,1\n"[..], "phone"),
        (b"email\na@example.com\n", "username"),
        (b"username,username\na,a\n", "username"),
        (b"", "file"),
        (b"\"username\na\n", "file"),
        (b"username\n\xff\n", "file"),
    ] {
        let reply = send(admin, "", "text/csv", body).expect(400);
        assert_eq!(reply.code(), "validation_failed", "{}", reply.text);
        assert_eq!(field(&reply), expected, "{}", reply.text);
    }
    let columns = csv("", "username,phone,fax\n").expect(400);
    assert_eq!(columns.text_of("error"), "Unknown columns: phone, fax");
    for (query, name) in
        [("?dryRun=1", "dryRun"), ("?onConflict=merge", "onConflict"), ("?mode=", "mode")]
    {
        assert_eq!(field(&csv(query, "username\n").expect(400)), name);
    }
    let reply = send(admin, "", "application/xml", b"<a/>").expect(400);
    assert_eq!(reply.code(), "invalid_request_body");
    let empty = csv("", "username\n\n").expect(200);
    assert_eq!(empty.json["rows"], json!([]));
    let reply = admin.get("/api/users/export?format=xml").expect(400);
    assert_eq!(field(&reply), "format");
}

#[test]
fn ten_thousand_rows_are_taken_and_one_more_is_not() {
    let rows = "-\n".repeat(10_000);
    let reply = csv("", &format!("username\n{rows}")).expect(200);
    assert_eq!(reply.json["summary"]["error"], 10_000);
    let reply = csv("", &format!("username\n{rows}-\n")).expect(400);
    assert_eq!(reply.json["details"]["fields"][0]["field"], "rows");
    let reply = by_json("", &json!(vec![0; 10_001])).expect(400);
    assert_eq!(reply.json["details"]["fields"][0]["field"], "rows");
}

#[test]
fn five_megabytes_are_taken_and_one_byte_more_is_not() {
    let file = |bytes: usize| format!("username\n{}", "x".repeat(bytes - 9));
    let reply = csv("?dryRun=true", &file(5_000_000)).expect(200);
    assert_eq!(wrong(&reply, 1), ["username too_long"]);
    assert_eq!(csv("?dryRun=true", &file(5_000_001)).expect(413).code(), "request_body_too_large");
}

#[test]
fn a_mark_in_front_and_either_delimiter_are_understood() {
    let n = unique();
    let file =
        format!("\u{feff}\"username\"; eMail ;firstName\r\nbom{n};bom{n}@example.com;\"a;b\"");
    assert_eq!(outcomes(&csv("", &file).expect(200)), ["create"]);
    assert_eq!(find(&format!("bom{n}"))[0]["firstName"], "a;b");
}

#[test]
fn an_export_can_be_imported_again_and_computes_nothing() {
    let deployment = Deployment::shared();
    let n = unique();
    let body = json!({
        "username": format!("exp{n}"), "email": format!("+exp{n}@example.com"),
        "firstName": "=1+1", "lastName": "'@x", "displayName": "a \"b\"; c, d", "locale": "de",
    });
    let made = deployment.admin.client.post("/api/users", &body).expect(201).json;
    let export = deployment.admin.client.get("/api/users/export").expect(200);
    assert_eq!(export.header("content-disposition"), "attachment; filename=\"users.csv\"");
    assert!(export.header("content-type").starts_with("text/csv"), "{:?}", export.headers);
    let mut lines = export.text.lines();
    let header = lines.next().expect("a header");
    assert_eq!(
        header,
        "username,email,emailVerified,firstName,lastName,displayName,isAdmin,disabled,locale,\
         groups,id,createdAt,lastSignInAt,passkeyCount"
    );
    let line = lines.find(|line| line.starts_with(&format!("exp{n},"))).expect("the user");
    assert!(
        line.starts_with(&format!(
            "exp{n},'+exp{n}@example.com,false,'=1+1,''@x,\"a \"\"b\"\"; c, d\",false,false,de,,{}",
            made["id"].as_str().expect("an id")
        )),
        "{line}"
    );
    let file = format!("{header}\r\n{line}\r\n");
    assert_eq!(outcomes(&csv("", &file).expect(200)), ["skip"]);
    assert_eq!(outcomes(&csv("?onConflict=update", &file).expect(200)), ["skip"]);
    assert_eq!(find(&format!("exp{n}"))[0], made);
    let other = file.replace(&format!("exp{n}"), &format!("cop{n}"));
    assert_eq!(outcomes(&csv("", &other).expect(200)), ["create"]);
    let copy = &find(&format!("cop{n}"))[0];
    for field in ["firstName", "lastName", "displayName", "locale"] {
        assert_eq!(copy[field], made[field]);
    }
    let export = deployment.admin.client.get("/api/users/export?format=json").expect(200);
    let users = export.json.as_array().expect("an array").clone();
    let user = users.iter().find(|user| user["id"] == made["id"]).expect("the user").clone();
    for field in ["username", "email", "firstName", "lastName", "displayName", "createdAt"] {
        assert_eq!(user[field], made[field]);
    }
    assert_eq!(outcomes(&by_json("?onConflict=update", &json!([user])).expect(200)), ["skip"]);
    let head = deployment.admin.client.send("HEAD", "/api/users/export", None);
    assert_eq!((head.status, head.text.as_str()), (200, ""));
}
