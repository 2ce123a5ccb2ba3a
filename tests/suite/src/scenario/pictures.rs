use crate::{Client, Deployment};

/// A red PNG of one pixel.
const PNG: &[u8] = b"\
    \x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\
    \x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\xdac\xb8#'\x07\x00\x02\xf2\x01\
    \x19M\xb9\xd8g\x00\x00\x00\x00IEND\xaeB`\x82";

pub(super) fn every_route(deployment: &Deployment) {
    let person = deployment.newcomer();
    let admin = &deployment.admin.client;
    let of_person = format!("/api/users/{}/profile-picture", person.id());
    let shown = format!("{of_person}.png");
    let images = ["logo", "email", "background", "favicon", "default-profile-picture"];
    let images = images.map(|name| format!("/api/application-images/{name}"));
    let _ = admin.get(&shown).expect(200);
    for (client, path) in [(admin, of_person.as_str()), (&person.client, OWN)]
        .into_iter()
        .chain(images.iter().map(|image| (admin, image.as_str())))
    {
        let _ = upload(client, path).expect(204);
        let _ = upload(client, path).expect(204);
    }
    let _ = admin.get(&shown).expect(200);
    for image in &images {
        let _ = admin.get(image).expect(200);
        let _ = admin.delete(image).expect(204);
    }
    let _ = person.client.delete(OWN).expect(204);
    let _ = admin.delete(&of_person).expect(204);
}

const OWN: &str = "/api/users/me/profile-picture";

fn upload(client: &Client, path: &str) -> crate::Reply {
    let mut form = b"--b\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\n".to_vec();
    form.extend(PNG);
    form.extend(b"\r\n--b--\r\n");
    let client = client.clone().with_header("content-type", "multipart/form-data; boundary=b");
    client.send("PUT", path, Some(&form))
}
