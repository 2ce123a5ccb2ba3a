use postern_suite::{Client, Deployment};
use serde_json::{Value, json};

use super::administrator;

const ALL: &str = "/api/audit-logs/all";

fn entries(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).expect(200).json["data"].as_array().expect("a list").clone()
}

fn events(entries: &[Value]) -> Vec<&str> {
    entries.iter().filter_map(|entry| entry["event"].as_str()).collect()
}

/// Makes `count` entries about a user: links that an administrator makes for them.
fn act_on(deployment: &Deployment, user: &Value, count: usize) {
    for _ in 0..count {
        let _ = deployment.new_link(user);
    }
}

#[test]
fn people_see_what_was_done_by_them_or_to_them_and_nothing_else() {
    let deployment = Deployment::shared();
    let person = deployment.member();
    let _other = deployment.member();
    let entries = entries(&person.client, "/api/audit-logs?pagination[limit]=100");
    assert_eq!(
        events(&entries),
        ["PASSKEY_ADDED", "TOKEN_SIGN_IN", "ONE_TIME_LINK_CREATED", "ACCOUNT_CREATED"]
    );
    assert!(entries.iter().all(|entry| entry["userID"] == person.user["id"]));
    let signed_in = &entries[1];
    assert_eq!(signed_in["username"], person.user["username"]);
    assert_eq!(signed_in["actorID"], person.user["id"]);
    assert_eq!(signed_in["actorUsername"], person.user["username"]);
    assert_eq!(signed_in["device"], "Firefox on Linux");
    assert_eq!((&signed_in["country"], &signed_in["city"]), (&json!(""), &json!("")));
    assert_ne!(signed_in["ipAddress"], "");
    assert!(signed_in["createdAt"].as_str().is_some_and(|at| at.ends_with('Z')));
    let created = &entries[3];
    assert_eq!(created["actorID"], deployment.admin.user["id"]);
    assert!(created["data"].is_object());
}

#[test]
fn administrators_filter_by_event_and_by_people() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin;
    let person = deployment.member();
    let of = |query: &str| entries(&admin.client, &format!("{ALL}?{query}"));
    let user = format!("filters[userID]={}", person.id());
    assert_eq!(of(&user).len(), 4);
    let of_event = of(&format!("{user}&filters[event]=TOKEN_SIGN_IN"));
    assert_eq!(events(&of_event), ["TOKEN_SIGN_IN"]);
    let of_events =
        of(&format!("{user}&filters[event][0]=TOKEN_SIGN_IN&filters[event][1]=PASSKEY_ADDED"));
    assert_eq!(events(&of_events), ["PASSKEY_ADDED", "TOKEN_SIGN_IN"]);
    let by_admin = of(&format!("{user}&filters[actorID]={}", admin.id()));
    assert_eq!(events(&by_admin), ["ONE_TIME_LINK_CREATED", "ACCOUNT_CREATED"]);
    let upper_case = format!("filters[userID]={}", person.id().to_uppercase());
    assert_eq!(of(&upper_case).len(), 4);
    let merged = of("filters[event][0]=TOKEN_SIGN_IN&filters[event][1]=PASSKEY_ADDED");
    assert!(merged.len() >= 2);
    let times: Vec<_> = merged.iter().filter_map(|entry| entry["createdAt"].as_str()).collect();
    assert!(times.is_sorted_by(|earlier, later| earlier.len() != later.len() || earlier >= later));
    let many: Vec<_> = (0..9).map(|n| format!("filters[event][{n}]=E{n}")).collect();
    let many = format!("&{}", many.join("&"));
    assert_eq!(of(&format!("{user}{many}")).len(), 0);
    assert_eq!(
        of(&format!("{user}{many}&filters[event][9]=SIGN_IN&filters[event]=PASSKEY_ADDED")).len(),
        1
    );
}

#[test]
fn what_a_filter_does_not_know_is_passed_over() {
    let deployment = Deployment::shared();
    let person = deployment.member();
    let user = format!("filters[userID]={}", person.id());
    for query in [
        "filters[clientName]=x",
        "filters[location]=external",
        "filters[event]=",
        "sort[column]=ipAddress&sort[direction]=asc",
        "pagination[cursor]=nonsense",
        "search=x",
    ] {
        let found = entries(&deployment.admin.client, &format!("{ALL}?{user}&{query}"));
        assert_eq!(found.len(), 4, "{query}");
        assert_eq!(found[0]["event"], "PASSKEY_ADDED", "{query}");
    }
    assert!(
        entries(&deployment.admin.client, &format!("{ALL}?filters[userID]='%20OR%201=1"))
            .is_empty()
    );
}

#[test]
fn a_span_of_time_is_exact_and_a_time_that_cannot_be_read_is_refused() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let person = deployment.member();
    let of =
        |query: &str| entries(admin, &format!("{ALL}?filters[userID]={}&{query}", person.id()));
    let all = of("");
    let first = all[3]["createdAt"].as_str().expect("a time");
    let last = all[0]["createdAt"].as_str().expect("a time");
    assert_eq!(of(&format!("filters[from]={first}")).len(), 4);
    assert!(of(&format!("filters[to]={first}")).is_empty());
    assert!(of(&format!("filters[to]={last}")).len() < 4);
    assert!(of(&format!("filters[from]={first}&filters[to]={last}")).len() < 4);
    for query in ["filters[from]=yesterday", "filters[to]=2026-13-01T00:00:00Z"] {
        for path in [ALL, "/api/audit-logs", "/api/audit-logs/export"] {
            let reply = admin.get(&format!("{path}?{query}")).expect(400);
            assert_eq!(reply.code(), "validation_failed");
            let _ = deployment.client().get(&format!("{path}?{query}")).expect(401);
        }
    }
    for year in ["0001", "9999"] {
        let _ = of(&format!("filters[from]={year}-01-01T00:00:00Z"));
    }
}

#[test]
fn pages_by_number_and_by_cursor_hold_each_entry_once() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let user = deployment.new_user();
    act_on(deployment, &user, 24);
    let id = user["id"].as_str().expect("an id");
    let path = format!("{ALL}?filters[userID]={id}&pagination[limit]=10");
    let numbered: Vec<Value> = (1..=3)
        .flat_map(|page| entries(admin, &format!("{path}&pagination[page]={page}")))
        .collect();
    assert_eq!(numbered.len(), 25);
    let (mut by_cursor, mut next) = (Vec::new(), String::new());
    loop {
        let reply = admin.get(&format!("{path}{next}")).expect(200);
        by_cursor.extend(reply.json["data"].as_array().expect("a list").clone());
        let Some(cursor) = reply.json["nextCursor"].as_str() else { break };
        next = format!("&pagination[cursor]={cursor}");
    }
    assert_eq!(by_cursor, numbered);
    let ascending = format!("{path}&sort[column]=createdAt&sort[direction]=asc");
    let (mut oldest_first, mut next) = (Vec::new(), String::new());
    loop {
        let reply = admin.get(&format!("{ascending}{next}")).expect(200);
        oldest_first.extend(reply.json["data"].as_array().expect("a list").clone());
        let Some(cursor) = reply.json["nextCursor"].as_str() else { break };
        next = format!("&pagination[cursor]={cursor}");
    }
    oldest_first.reverse();
    assert_eq!(oldest_first, numbered);
    let last = admin.get(&format!("{path}&pagination[page]=99")).expect(200).json;
    assert_eq!(last["data"].as_array().map(Vec::len), Some(5));
    assert_eq!(last["pagination"]["totalItems"], 25);
    assert_eq!(last["pagination"]["currentPage"], 3);
    assert_eq!(last["pagination"]["totalIsExact"], true);
}

#[test]
fn a_filtered_log_is_counted_a_little_past_the_page_and_says_so() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    act_on(deployment, &user, 29);
    let id = user["id"].as_str().expect("an id");
    let path = format!("{ALL}?filters[userID]={id}&pagination[limit]=5");
    let page = deployment.admin.client.get(&path).expect(200).json;
    assert_eq!(page["pagination"]["totalIsExact"], false);
    assert_eq!(page["pagination"]["totalItems"], 25);
    let all = deployment.admin.client.get(ALL).expect(200).json;
    assert_eq!(all["pagination"]["totalIsExact"], true);
    assert!(all["pagination"]["totalItems"].as_u64() >= Some(30));
}

#[test]
fn recent_people_are_named_for_the_filter() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let people = deployment.admin.client.get("/api/audit-logs/filters/users").expect(200).json;
    assert_eq!(people[person.id()], person.user["username"]);
    let names = deployment.admin.client.get("/api/audit-logs/filters/client-names").expect(200);
    assert_eq!(names.json, json!([]));
}

#[test]
fn an_export_is_a_file_and_leaves_an_entry() {
    let deployment = Deployment::shared();
    let admin = administrator(deployment);
    let filter = format!("filters[userID]={}", admin.id());
    let path = format!("/api/audit-logs/export?{filter}");
    let csv = admin.client.get(&format!("{path}&format=csv")).expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").contains("audit-log.csv"));
    assert_eq!(csv.header("x-next-cursor"), "");
    let lines: Vec<_> = csv.text.lines().collect();
    assert!(lines[0].starts_with("id,createdAt,event,userID,"), "{}", lines[0]);
    assert_eq!(lines.len(), 4, "{}", csv.text);
    let listed = entries(&admin.client, &format!("{ALL}?{filter}"));
    let json = admin.client.get(&format!("{path}&format=json")).expect(200);
    assert_eq!(json.json.as_array(), Some(&listed));
    let by = format!("{ALL}?filters[actorID]={}&filters[event]=AUDIT_LOG_EXPORTED", admin.id());
    let exports = entries(&admin.client, &by);
    assert_eq!(exports.len(), 2);
    assert_eq!(exports[0]["data"], json!({ "format": "json" }));
    assert_eq!(exports[0]["userID"], Value::Null);
}

#[test]
fn only_administrators_see_everybodys_entries() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    for path in [
        ALL,
        "/api/audit-logs/export",
        "/api/audit-logs/filters/users",
        "/api/audit-logs/filters/client-names",
    ] {
        assert_eq!(person.client.get(path).expect(403).code(), "forbidden", "{path}");
        assert_eq!(deployment.client().get(path).expect(401).code(), "not_signed_in", "{path}");
    }
    let _ = deployment.client().get("/api/audit-logs").expect(401);
    let foreign = format!("/api/audit-logs?filters[userID]={}", deployment.admin.id());
    let own = entries(&person.client, &foreign);
    assert!(own.iter().all(|entry| entry["userID"] == person.user["id"]));
    assert_eq!(own.len(), 3);
}
