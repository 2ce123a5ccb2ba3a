use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use postern_suite::{Client, Deployment, Person, Reply};
use serde_json::{Value, json};

pub(crate) mod files;
mod hostile;
mod images;

use files::{colour_at, form, halves, is_alike, png, size};

const OWN: &str = "/api/users/me/profile-picture";
pub(crate) const RED: [u8; 3] = [220, 30, 30];
pub(crate) const BLUE: [u8; 3] = [30, 30, 220];
const KEPT: &str = "public, max-age=900, stale-while-revalidate=3600";

/// Written while the deployment has a default picture, read by tests that look at initials.
static DEFAULT: RwLock<()> = RwLock::new(());

fn without_default() -> RwLockReadGuard<'static, ()> {
    DEFAULT.read().unwrap_or_else(PoisonError::into_inner)
}

fn of(person: &Person) -> String {
    format!("/api/users/{}/profile-picture", person.id())
}

fn shown(client: &Client, person: &Person) -> Reply {
    let reply = client.get(&format!("{}.png", of(person))).expect(200);
    assert_eq!(reply.header("content-type"), "image/png");
    assert_eq!(size(&reply.bytes), (300, 300));
    reply
}

fn upload(client: &Client, path: &str, file: &[u8]) -> Reply {
    let kind = "multipart/form-data; boundary=frontier";
    client.clone().with_header("content-type", kind).send("PUT", path, Some(&form("file", file)))
}

#[test]
fn who_gave_no_picture_has_initials_that_everybody_may_see() {
    let _initials = without_default();
    let deployment = Deployment::shared();
    let (one, other) = (deployment.newcomer(), deployment.newcomer());
    let stranger = deployment.client();
    let reply = shown(&stranger, &one);
    assert_eq!(reply.header("cache-control"), KEPT);
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.bytes, shown(&stranger, &one).bytes);
    assert_ne!(reply.header("etag"), shown(&stranger, &other).header("etag"));
    let path = format!("{}.png", of(&one));
    let head = stranger.send("HEAD", &path, None).expect(200);
    assert!(head.bytes.is_empty());
    let fresh = stranger.get(&format!("{path}?skipCache")).expect(200);
    assert_eq!(fresh.header("cache-control"), "private, no-store");
    assert_eq!(fresh.bytes, reply.bytes);
}

/// Facts and subject of what an administrator, or anybody, did to a picture, the newest first.
fn changes(deployment: &Deployment, event: &str, by: &Person) -> Vec<(Value, Value)> {
    let query = format!("filters[event]={event}&filters[actorID]={}", by.id());
    let path = format!("/api/audit-logs/all?{query}");
    let list = deployment.admin.client.get(&path).expect(200).json;
    let entries = list["data"].as_array().expect("a list").iter();
    entries.map(|entry| (entry["data"].clone(), entry["userID"].clone())).collect()
}

/// An administrator whom nobody else shares.
fn administrator(deployment: &Deployment) -> Person {
    let mut person = deployment.newcomer();
    let mut body = person.user.clone();
    body["isAdmin"] = true.into();
    let path = format!("/api/users/{}", person.id());
    person.user = deployment.admin.client.put(&path, &body).expect(200).json;
    person
}

fn hash(reply: &Reply) -> String {
    reply.header("etag").replace('"', "")
}

#[test]
fn every_change_of_a_picture_is_told_with_the_one_before_and_after_and_nothing_else_is() {
    let _initials = without_default();
    let deployment = Deployment::shared();
    let (admin, person) = (administrator(deployment), deployment.newcomer());
    let file = png(&halves(300, 300));
    let _ = admin.client.delete(&of(&person)).expect(204);
    let _ = upload(&admin.client, &of(&person), b"no picture").expect(400);
    let _ = upload(
        &admin.client,
        "/api/users/00000000-0000-4000-8000-000000000000/profile-picture",
        &file,
    )
    .expect(404);
    assert_eq!(changes(deployment, "PROFILE_PICTURE_CHANGED", &admin), []);
    let mut hashes = Vec::new();
    for _ in 0..2 {
        let _ = upload(&admin.client, &of(&person), &file).expect(204);
        hashes.push(hash(&shown(&admin.client, &person)));
    }
    let _ = person.client.delete(OWN).expect(204);
    let _ = person.client.delete(OWN).expect(204);
    let [one, other] = [&hashes[0], &hashes[1]];
    let subject = &person.user["id"];
    assert_eq!(
        changes(deployment, "PROFILE_PICTURE_CHANGED", &admin),
        [
            (json!({ "before": one, "after": other }), subject.clone()),
            (json!({ "after": one }), subject.clone()),
        ]
    );
    assert_eq!(
        changes(deployment, "PROFILE_PICTURE_CHANGED", &person),
        [(json!({ "before": other }), subject.clone())]
    );
}

#[test]
fn a_picture_that_the_browser_has_is_not_sent_again() {
    let _initials = without_default();
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let path = format!("{}.png", of(&person));
    let mut tags = Vec::new();
    for file in [None, Some(png(&halves(400, 400))), Some(png(&halves(400, 400)))] {
        if let Some(file) = &file {
            let _ = upload(&person.client, OWN, file).expect(204);
        }
        let tag = shown(&person.client, &person).header("etag").to_owned();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let client = deployment.client().with_header("if-none-match", &known);
            let reply = client.get(&path).expect(304);
            assert!(reply.bytes.is_empty());
            assert_eq!((reply.header("etag"), reply.header("cache-control")), (&*tag, KEPT));
        }
        tags.push(tag);
    }
    let stale = deployment.client().with_header("if-none-match", &tags[0]);
    let _ = stale.get(&path).expect(200);
    assert!(tags[0] != tags[1] && tags[1] != tags[2], "{tags:?}");
}

#[test]
fn pictures_of_nobody_are_not_found_and_ids_that_are_none_are_named() {
    let client = Deployment::shared().client();
    let path = |id: &str| format!("/api/users/{id}/profile-picture.png");
    let unknown = client.get(&path("00000000-0000-4000-8000-000000000000")).expect(404);
    assert_eq!(unknown.code(), "user_not_found");
    for id in ["me", "x", "%00", "%F0%9F%98%80"] {
        let reply = client.get(&path(id)).expect(400);
        assert_eq!(reply.code(), "validation_failed");
        assert_eq!(reply.json["details"]["fields"][0]["field"], "userId");
    }
}

#[test]
fn any_kind_of_picture_becomes_a_square_png_cut_from_the_middle() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    for (width, height) in [(900, 300), (300, 700), (20, 10)] {
        for (kind, file) in files::every_kind(&halves(width, height)) {
            let _ = upload(&person.client, OWN, &file).expect(204);
            let picture = shown(&deployment.client(), &person).bytes;
            for (x, colour) in [(20, RED), (280, BLUE)] {
                let found = colour_at(&picture, x, 150);
                assert!(is_alike(found, colour), "{kind} {width} × {height}: {found:?}");
            }
        }
    }
}

#[test]
fn a_photo_taken_sideways_stands_upright_and_loses_its_metadata() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    // As stored, red is left; 6 turns it clockwise: red is on top. 8 turns it the other way.
    for (orientation, top, bottom) in
        [(1, None, None), (6, Some(RED), Some(BLUE)), (8, Some(BLUE), Some(RED))]
    {
        let file = files::jpeg_with_orientation(&halves(400, 400), orientation);
        let _ = upload(&person.client, OWN, &file).expect(204);
        let picture = shown(&person.client, &person).bytes;
        for (y, expected) in [(20, top), (280, bottom)] {
            if let Some(expected) = expected {
                assert!(is_alike(colour_at(&picture, 150, y), expected), "{orientation}");
            }
        }
        assert!(!picture.windows(4).any(|name| name == b"eXIf" || name == b"Exif"));
    }
}

#[test]
fn people_change_and_reset_their_own_picture_and_administrators_everybodys() {
    let _initials = without_default();
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let admin = &deployment.admin.client;
    let initials = shown(admin, &person).bytes;
    let _ = upload(&person.client, OWN, &png(&halves(300, 300))).expect(204);
    let own = shown(admin, &person).bytes;
    assert_ne!(own, initials);
    let _ = upload(admin, &of(&person), &png(&halves(90, 700))).expect(204);
    assert_ne!(shown(admin, &person).bytes, initials);
    let _ = admin.delete(&of(&person)).expect(204);
    assert_eq!(shown(admin, &person).bytes, initials);
    let _ = upload(&person.client, OWN, &png(&halves(300, 300))).expect(204);
    let _ = person.client.delete(OWN).expect(204);
    let _ = person.client.delete(OWN).expect(204);
    assert_eq!(shown(admin, &person).bytes, initials);
}

#[test]
fn nobody_else_changes_somebodys_picture() {
    let _initials = without_default();
    let deployment = Deployment::shared();
    let (victim, other) = (deployment.newcomer(), deployment.newcomer());
    let before = shown(&other.client, &victim).bytes;
    let file = png(&halves(30, 30));
    assert_eq!(upload(&other.client, &of(&victim), &file).expect(403).code(), "forbidden");
    assert_eq!(other.client.delete(&of(&victim)).expect(403).code(), "forbidden");
    // One's own goes by "me" alone: the other route is for administrators.
    assert_eq!(upload(&victim.client, &of(&victim), &file).expect(403).code(), "forbidden");
    for path in [of(&victim), OWN.to_owned()] {
        let stranger = deployment.client();
        assert_eq!(upload(&stranger, &path, &file).expect(401).code(), "not_signed_in");
        assert_eq!(stranger.delete(&path).expect(401).code(), "not_signed_in");
    }
    let foreign = victim.client.clone().with_header("origin", "https://evil.example");
    assert_eq!(upload(&foreign, OWN, &file).expect(403).code(), "foreign_origin");
    assert_eq!(shown(&other.client, &victim).bytes, before);
}

#[test]
fn pictures_of_users_that_do_not_exist_cannot_be_changed() {
    let admin = &Deployment::shared().admin.client;
    for id in ["00000000-0000-4000-8000-000000000000", "x"] {
        let path = format!("/api/users/{id}/profile-picture");
        let reply = upload(admin, &path, &png(&halves(30, 30))).expect(404);
        assert_eq!(reply.code(), "user_not_found");
        assert_eq!(admin.delete(&path).expect(404).code(), "user_not_found");
    }
}

#[test]
fn of_many_uploads_at_once_one_stays_and_it_has_its_bytes() {
    let _initials = without_default();
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let initials = shown(&person.client, &person).bytes;
    let uploads: Vec<_> = (1..=12)
        .map(|number| (person.client.clone(), png(&halves(number * 20, 60))))
        .map(|(client, file)| std::thread::spawn(move || upload(&client, OWN, &file).status))
        .collect();
    assert!(uploads.into_iter().all(|upload| upload.join().expect("no panic") == 204));
    let left = shown(&person.client, &person);
    assert_ne!(left.bytes, initials);
    assert_eq!(left.header("cache-control"), KEPT);
}
