use http::StatusCode;
use http_api::Fault;
use platform::{Detail, Neighbour};
use store::ldap::KnownPicture;

use super::{Step, Stop};

/// Failures beyond which the fault is not the pictures'. One that is too much for whoever makes it must
/// not keep all others away.
const TOLERATED: usize = 3;

impl Step<'_> {
    /// Hands the file of an entry to who makes pictures of files; an empty one says that there is none any
    /// more. What came of it is noted there, also that nobody has this entry, or that it is no picture.
    /// `false`: enough for this request.
    pub(super) async fn hand_on(
        &mut self,
        entry: &KnownPicture,
        file: Vec<u8>,
    ) -> Result<bool, Stop> {
        if self.left == 0 || !self.budget.allows_more(self.call) {
            return Ok(false);
        }
        self.left -= 1;
        let status = self.beside.post(Neighbour::Pictures, &path(entry), file).await;
        let detail = match status {
            Ok(StatusCode::NO_CONTENT | StatusCode::BAD_REQUEST) => return Ok(true),
            Ok(status) => Detail::new(status),
            Err(error) => Detail::new(error),
        };
        if self.failed.len() == TOLERATED {
            return Err(Stop::NotMade(detail));
        }
        self.call.warn(&Fault::LdapPictures(detail));
        self.failed.push(entry.bucket);
        Ok(true)
    }
}

fn path(KnownPicture { ldap_id, bucket, digest }: &KnownPicture) -> String {
    let ldap_id: String = ldap_id.bytes().map(encoded).collect();
    format!("/internal/pictures/{ldap_id}?bucket={bucket}&digest={digest}")
}

/// A byte of a path's segment (RFC 3986).
fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_identifies_an_entry_is_one_segment_of_the_path() {
        let path = |ldap_id: &str| {
            path(&KnownPicture { ldap_id: ldap_id.to_owned(), bucket: 7, digest: "d".to_owned() })
        };
        assert_eq!(path("a-1"), "/internal/pictures/a-1?bucket=7&digest=d");
        assert_eq!(
            path("Zoë/../?#"),
            "/internal/pictures/Zo%C3%AB%2F%2E%2E%2F%3F%23?bucket=7&digest=d"
        );
    }
}
