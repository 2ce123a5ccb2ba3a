use http::header::AUTHORIZATION;
use subtle::ConstantTimeEq as _;

use crate::{Call, Problem};

/// Lets a scheduler outside in: its bearer token (RFC 6750 §2.1) is the setting `SCHEDULE_KEY`.
///
/// # Errors
/// 404 where the setting is not there, or shorter than 16 bytes: then there is no such route. 401 when
/// another token is presented, or none.
pub fn admit_scheduler(call: &Call) -> Result<(), Problem> {
    let key = call.setting("SCHEDULE_KEY").filter(|key| key.len() >= 16);
    let key = key.ok_or(Problem::ApiEndpointNotFound)?;
    let presented = call.header(&AUTHORIZATION).unwrap_or_default();
    let presented = presented.strip_prefix("Bearer ").unwrap_or_default();
    if bool::from(key.as_bytes().ct_eq(presented.as_bytes())) {
        Ok(())
    } else {
        Err(Problem::NotSignedIn)
    }
}
