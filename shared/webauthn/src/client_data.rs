//! The client data (§5.8.1), checked alike in both ceremonies. The numbers are
//! those of §7.1; in §7.2 they are 3 higher.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::{Challenge, ClientDataError, RelyingParty};

pub(crate) const CREATE: &str = "webauthn.create";
pub(crate) const GET: &str = "webauthn.get";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CollectedClientData {
    r#type: String,
    challenge: String,
    origin: String,
    cross_origin: Option<bool>,
    top_origin: Option<IgnoredAny>,
}

pub(crate) fn verify(
    json: &[u8],
    ceremony: &str,
    challenge: &Challenge,
    rp: &RelyingParty,
) -> Result<(), ClientDataError> {
    // (5), (6): serde_json refuses what is not UTF-8. A byte order mark, which
    // "UTF-8 decode" would skip, is refused as well: no client writes one.
    let data: CollectedClientData =
        serde_json::from_slice(json).map_err(|_| ClientDataError::Malformed)?;
    // (7)
    check(data.r#type == ceremony, ClientDataError::WrongType)?;
    // (8)
    check(data.challenge == challenge.encoded(), ClientDataError::WrongChallenge)?;
    // (9) An origin has one spelling in client data, so text is compared; the
    // library would compare parsed URLs and let a path pass.
    check(data.origin == rp.origin, ClientDataError::WrongOrigin)?;
    // (10) Nothing of ours is meant to be framed by another origin.
    check(data.cross_origin != Some(true), ClientDataError::CrossOrigin)?;
    // (11)
    check(data.top_origin.is_none(), ClientDataError::TopOrigin)
}

fn check(holds: bool, error: ClientDataError) -> Result<(), ClientDataError> {
    if holds { Ok(()) } else { Err(error) }
}
