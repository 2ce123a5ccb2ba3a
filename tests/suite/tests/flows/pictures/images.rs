//! The deployment's own images. Its tests share one deployment's images, so all that changes them
//! is in one test.

use std::sync::PoisonError;

use postern_suite::{Deployment, Reply};
use serde_json::{Value, json};

use super::files::{every_kind, gif, halves, jpeg, png, size, webp};
use super::{DEFAULT, KEPT, administrator, changes, shown, upload};

fn path(image: &str) -> String {
    format!("/api/application-images/{image}")
}

/// The hash of an image, as pages learn it before anybody signs in.
fn told(deployment: &Deployment, name: &str) -> Value {
    let reply = deployment.client().get("/api/application-configuration").expect(200);
    let settings = reply.json.as_array().expect("an array");
    let images = settings.iter().find(|setting| setting["key"] == "images").expect("images");
    assert_eq!(images["type"], "string");
    let images: Value =
        serde_json::from_str(images["value"].as_str().expect("text")).expect("JSON");
    images[name].clone()
}

fn missing(reply: Reply) {
    assert_eq!(reply.expect(404).code(), "image_not_found");
}

#[test]
fn images_are_changed_served_to_everybody_and_reset() {
    let deployment = Deployment::shared();
    let (admin, stranger) = (&deployment.admin.client, deployment.client());
    for (image, kind, source, expected) in [
        ("logo", "image/png", (2000, 500), Some((1024, 256))),
        ("logo?light=false", "image/png", (50, 80), Some((50, 80))),
        ("email", "image/png", (960, 480), Some((480, 240))),
        ("favicon", "image/png", (512, 512), Some((256, 256))),
        ("background", "image/jpeg", (400, 300), None),
    ] {
        missing(stranger.get(&path(image)));
        let file = png(&halves(source.0, source.1));
        let _ = upload(admin, &path(image), &file).expect(204);
        let reply = stranger.get(&path(image)).expect(200);
        assert_eq!(reply.header("content-type"), kind);
        assert_eq!(reply.header("cache-control"), KEPT);
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"));
        if let Some(expected) = expected {
            assert_eq!(size(&reply.bytes), expected, "{image}");
        }
        let known = deployment.client().with_header("if-none-match", reply.header("etag"));
        assert!(known.get(&path(image)).expect(304).bytes.is_empty());
        let _ = upload(admin, &path(image), &jpeg(&halves(64, 64))).expect(204);
        let _ = known.get(&path(image)).expect(200);
    }
    assert_eq!(size(&stranger.get(&path("logo?light=true")).expect(200).bytes), (64, 64));
    for image in ["logo", "logo?light=false", "email", "favicon", "background"] {
        let _ = admin.delete(&path(image)).expect(204);
        let _ = admin.delete(&path(image)).expect(204);
        missing(stranger.get(&path(image)));
    }
    every_kind_is_taken_but_not_in_mails(deployment);
    pages_are_told_at_once_which_images_there_are(deployment);
    every_change_of_an_image_is_told_with_the_one_before_and_after(deployment);
    the_default_picture_stands_for_those_who_gave_none(deployment);
    a_logo_that_does_not_compress_is_made_smaller_until_it_fits(deployment);
}

fn every_kind_is_taken_but_not_in_mails(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    for (kind, file) in every_kind(&halves(40, 40)) {
        let _ = upload(admin, &path("favicon"), &file).expect(204);
        let expected = if matches!(kind, "PNG" | "JPEG") { 204 } else { 415 };
        let _ = upload(admin, &path("email"), &file).expect(expected);
    }
    let _ = admin.delete(&path("favicon")).expect(204);
    let _ = admin.delete(&path("email")).expect(204);
}

fn pages_are_told_at_once_which_images_there_are(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    for (name, image) in [
        ("logo-light", "logo"),
        ("logo-dark", "logo?light=false"),
        ("background", "background"),
        ("favicon", "favicon"),
        ("email", "email"),
    ] {
        assert_eq!(told(deployment, name), Value::Null);
        let mut before = Value::Null;
        for _ in 0..2 {
            let _ = upload(admin, &path(image), &png(&halves(30, 30))).expect(204);
            let hash = told(deployment, name);
            assert_ne!(hash, before);
            a_hash_makes_the_address_last(deployment, image, hash.as_str().expect("a hash"));
            before = hash;
        }
        let _ = admin.delete(&path(image)).expect(204);
        assert_eq!(told(deployment, name), Value::Null);
    }
}

fn every_change_of_an_image_is_told_with_the_one_before_and_after(deployment: &Deployment) {
    let admin = administrator(deployment);
    let file = png(&halves(30, 30));
    let _ = admin.client.delete(&path("favicon")).expect(204);
    let _ = upload(&admin.client, &path("favicon"), b"no picture").expect(415);
    assert_eq!(changes(deployment, "IMAGE_CHANGED", &admin), []);
    let [one, other] = [0; 2].map(|_| {
        let _ = upload(&admin.client, &path("favicon"), &file).expect(204);
        told(deployment, "favicon")
    });
    let _ = admin.client.delete(&path("favicon")).expect(204);
    let entry = |mut data: Value| {
        data["image"] = "favicon".into();
        (data, Value::Null)
    };
    assert_eq!(
        changes(deployment, "IMAGE_CHANGED", &admin),
        [
            entry(json!({ "before": other })),
            entry(json!({ "before": one, "after": other })),
            entry(json!({ "after": one })),
        ]
    );
}

fn a_hash_makes_the_address_last(deployment: &Deployment, image: &str, hash: &str) {
    let stranger = deployment.client();
    let mark = if image.contains('?') { '&' } else { '?' };
    let by = |version: &str| stranger.get(&path(&format!("{image}{mark}v={version}"))).expect(200);
    let named = by(hash);
    assert_eq!(named.header("etag"), format!("\"{hash}\""));
    assert_eq!(named.header("cache-control"), "public, max-age=31536000, immutable");
    for other in ["", "1", &hash.to_uppercase(), &format!("{hash}0")] {
        let other = by(other);
        assert_eq!(other.header("cache-control"), KEPT);
        assert_eq!(other.bytes, named.bytes);
    }
}

fn the_default_picture_stands_for_those_who_gave_none(deployment: &Deployment) {
    let _alone = DEFAULT.write().unwrap_or_else(PoisonError::into_inner);
    let admin = &deployment.admin.client;
    let default = path("default-profile-picture");
    let person = deployment.newcomer();
    let initials = shown(admin, &person).bytes;
    missing(admin.get(&default));
    let _ = upload(admin, &default, &png(&halves(600, 600))).expect(204);
    assert_eq!(told(deployment, "default-profile-picture"), Value::Null);
    let named = admin.get(&default).expect(200).header("etag").replace('"', "");
    let reply = admin.get(&format!("{default}?v={named}")).expect(200);
    assert_eq!(reply.header("cache-control"), "private, no-store");
    assert_eq!(shown(admin, &person).bytes, admin.get(&default).expect(200).bytes);
    assert_eq!(admin.get(&default).expect(200).header("cache-control"), "private, no-store");
    let _ = upload(&person.client, super::OWN, &png(&halves(300, 100))).expect(204);
    assert_ne!(
        shown(admin, &person).header("etag"),
        admin.get(&default).expect(200).header("etag")
    );
    let _ = admin.delete(&default).expect(204);
    let _ = person.client.delete(super::OWN).expect(204);
    assert_eq!(shown(admin, &person).bytes, initials);
}

#[test]
fn only_administrators_change_images_and_see_the_default_picture() {
    let deployment = Deployment::shared();
    let (person, stranger) = (deployment.newcomer(), deployment.client());
    let file = png(&halves(30, 30));
    for image in ["logo", "email", "background", "favicon", "default-profile-picture", "x"] {
        let image = path(image);
        assert_eq!(upload(&person.client, &image, &file).expect(403).code(), "forbidden");
        assert_eq!(person.client.delete(&image).expect(403).code(), "forbidden");
        assert_eq!(upload(&stranger, &image, &file).expect(401).code(), "not_signed_in");
        assert_eq!(stranger.delete(&image).expect(401).code(), "not_signed_in");
    }
    let default = path("default-profile-picture");
    assert_eq!(person.client.get(&default).expect(403).code(), "forbidden");
    assert_eq!(stranger.get(&default).expect(401).code(), "not_signed_in");
}

#[test]
fn what_is_no_picture_for_us_is_refused_by_kind() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let ico = b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0\x16\0\0\0";
    for image in ["logo", "email", "background", "favicon", "default-profile-picture"] {
        for file in [&svg[..], ico, b"", b"text"] {
            let reply = upload(admin, &path(image), file).expect(415);
            assert_eq!(reply.code(), "file_type_not_supported", "{image}");
        }
        let half = &png(&halves(64, 64))[..90];
        assert_eq!(upload(admin, &path(image), half).expect(400).code(), "invalid_image");
    }
    for file in [gif(&halves(9, 9)), webp(&halves(9, 9))] {
        let _ = upload(admin, &path("email"), &file).expect(415);
    }
    missing(admin.get(&path("x")));
    missing(upload(admin, &path("x"), svg));
    missing(admin.delete(&path("x")));
}

fn a_logo_that_does_not_compress_is_made_smaller_until_it_fits(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let mut noise = halves(600, 600);
    let mut state = 1_u32;
    for byte in &mut noise.rgb {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = state.to_be_bytes()[0];
    }
    let _ = upload(admin, &path("logo"), &png(&noise)).expect(204);
    let served = admin.get(&path("logo")).expect(200).bytes;
    assert!(served.len() <= 1_000_000 && size(&served).0 < 600, "{}", served.len());
    let _ = admin.delete(&path("logo")).expect(204);
}
