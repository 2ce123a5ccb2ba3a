//! Files and forms that mean no good.

use postern_suite::{Deployment, Reply};

use super::files::{form, gif, halves, jpeg, png, webp};
use super::{OWN, shown, upload};

fn refused(reply: &Reply, what: &str) {
    assert_eq!(reply.status, 400, "{what}: {}", reply.text);
    assert_eq!(reply.code(), "invalid_image", "{what}");
}

/// A PNG of white pixels, in a file a thousandth of their size.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a header");
    let bytes = width.div_ceil(8) as usize * height as usize;
    writer.write_image_data(&vec![255; bytes]).expect("pixels");
    writer.finish().expect("an end");
    file
}

#[test]
fn what_is_no_picture_is_refused_and_changes_nothing() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let _ = upload(&person.client, OWN, &png(&halves(300, 300))).expect(204);
    let before = shown(&person.client, &person).header("etag").to_owned();
    let good = halves(64, 64);
    let files: [(&str, &[u8]); 9] = [
        ("nothing", b""),
        ("text", b"I am a PNG, believe me"),
        ("svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
        ("html after a PNG's beginning", b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script>"),
        ("bmp", b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0"),
        ("half a PNG", &png(&good)[..100]),
        ("half a JPEG", &jpeg(&good)[..700]),
        ("half a GIF", &gif(&good)[..40]),
        ("half a WebP", &webp(&good)[..30]),
    ];
    for (what, file) in files {
        refused(&upload(&person.client, OWN, file), what);
    }
    assert_eq!(shown(&person.client, &person).header("etag"), before);
}

#[test]
fn pictures_too_large_to_unpack_are_refused_by_their_claim() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let mut claims = jpeg(&halves(64, 64));
    let frame = claims.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    claims[frame + 5..frame + 9].copy_from_slice(&50_000_u16.to_be_bytes().repeat(2));
    refused(&upload(&person.client, OWN, &claims), "a JPEG of 50,000 × 50,000");
    let file = bomb(20_000, 20);
    refused(&upload(&person.client, OWN, &file), "a PNG of 20,000 × 20");
    refused(&upload(&person.client, OWN, &bomb(10_000, 4_001)), "a PNG of 40.01 megapixels");
    let gif =
        b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x01\0\0;";
    refused(&upload(&person.client, OWN, gif), "a GIF of 65,535 × 65,535");
    let webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0\0";
    refused(&upload(&person.client, OWN, webp), "a WebP of 16,384 × 16,384");
}

#[test]
fn a_small_file_of_many_pixels_within_bounds_is_taken_row_by_row() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let _ = upload(&person.client, OWN, &bomb(2_000, 500)).expect(204);
    let _ = shown(&person.client, &person);
}

#[test]
fn forms_without_a_file_are_refused_by_name() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let file = png(&halves(30, 30));
    let kind = "multipart/form-data; boundary=frontier";
    let client = person.client.clone().with_header("content-type", kind);
    for form in [form("picture", &file), b"--frontier--\r\n".to_vec()] {
        let reply = client.send("PUT", OWN, Some(&form)).expect(400);
        assert_eq!(reply.code(), "validation_failed");
        assert_eq!(reply.json["details"]["fields"][0]["field"], "file");
        assert_eq!(reply.text_of("error"), "File is required");
    }
    let half = &form("file", &file)[..200];
    for broken in [half, b"", b"nothing of a form"] {
        assert_eq!(
            client.send("PUT", OWN, Some(broken)).expect(400).code(),
            "invalid_request_body"
        );
    }
    for kind in [
        "application/json",
        "image/png",
        "multipart/form-data",
        "multipart/mixed; boundary=frontier",
    ] {
        let client = person.client.clone().with_header("content-type", kind);
        let reply = client.send("PUT", OWN, Some(&form("file", &file))).expect(400);
        assert_eq!(reply.code(), "invalid_request_body", "{kind}");
    }
}

#[test]
fn files_past_five_megabytes_are_refused_and_up_to_it_are_read() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let mut file = png(&halves(30, 30));
    file.resize(5_000_000, 0);
    let _ = upload(&person.client, OWN, &file).expect(204);
    for length in [5_000_001, 10_000_000] {
        file.resize(length, 0);
        let reply = upload(&person.client, OWN, &file).expect(413);
        assert_eq!(reply.code(), "file_too_large");
        assert_eq!(reply.text_of("error"), "The file is larger than 5 MB");
    }
}
