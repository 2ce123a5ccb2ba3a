//! The authenticator data (§6.1): its fixed head, and where its parts end.
//!
//! The library's parser keeps no offsets and ignores what follows the last
//! part. We measure the layout, so that the public key is stored byte for byte
//! and trailing bytes are refused.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::{AuthenticatorDataError, RelyingParty};

const CREDENTIAL_ID_MAX: usize = 1023;
const HEAD: usize = 37;
const CREDENTIAL_ID: usize = 55;

pub(crate) struct AuthenticatorData<'a> {
    rp_id_hash: &'a [u8],
    flags: u8,
    pub(crate) sign_count: u32,
    pub(crate) attested: Option<AttestedCredential<'a>>,
}

/// The attested credential data (§6.5.2).
pub(crate) struct AttestedCredential<'a> {
    pub(crate) aaguid: [u8; 16],
    pub(crate) credential_id: &'a [u8],
    pub(crate) public_key: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    pub(crate) fn decode(bytes: &'a [u8]) -> Result<Self, AuthenticatorDataError> {
        let malformed = AuthenticatorDataError::Malformed;
        let (head, mut rest) = bytes.split_at_checked(HEAD).ok_or(malformed)?;
        let (rp_id_hash, tail) = head.split_at(32);
        let (&flags, count) = tail.split_first().ok_or(malformed)?;
        let count = count.try_into().map_err(|_| malformed)?;
        let mut data =
            Self { rp_id_hash, flags, sign_count: u32::from_be_bytes(count), attested: None };
        if data.has(0x40) {
            data.attested = Some(AttestedCredential::decode(bytes)?);
            let key = data.attested.as_ref().map_or(0, |attested| attested.public_key.len());
            let id = data.attested.as_ref().map_or(0, |attested| attested.credential_id.len());
            rest = bytes.get(CREDENTIAL_ID + id + key..).ok_or(malformed)?;
        }
        if data.has(0x80) {
            rest = &rest[cbor_item(rest).ok_or(malformed)?.len()..];
        }
        if rest.is_empty() { Ok(data) } else { Err(AuthenticatorDataError::TrailingBytes) }
    }

    pub(crate) fn user_verified(&self) -> bool {
        self.has(0x04)
    }

    pub(crate) fn backup_eligible(&self) -> bool {
        self.has(0x08)
    }

    pub(crate) fn backup_state(&self) -> bool {
        self.has(0x10)
    }

    /// §7.1 (14), §7.2 (15).
    pub(crate) fn check_rp_id(&self, rp: &RelyingParty) -> Result<(), AuthenticatorDataError> {
        if self.rp_id_hash == rp.id_hash {
            Ok(())
        } else {
            Err(AuthenticatorDataError::WrongRelyingParty)
        }
    }

    /// §7.1 (15), §7.2 (16). We don't offer conditional creation, which alone
    /// may come without the flag.
    pub(crate) fn check_user_present(&self) -> Result<(), AuthenticatorDataError> {
        if self.has(0x01) { Ok(()) } else { Err(AuthenticatorDataError::UserNotPresent) }
    }

    /// §7.1 (17), §7.2 (18).
    pub(crate) fn check_backup_flags(&self) -> Result<(), AuthenticatorDataError> {
        if self.backup_state() && !self.backup_eligible() {
            return Err(AuthenticatorDataError::BackedUpButNotEligible);
        }
        Ok(())
    }

    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

impl<'a> AttestedCredential<'a> {
    fn decode(bytes: &'a [u8]) -> Result<Self, AuthenticatorDataError> {
        let malformed = AuthenticatorDataError::Malformed;
        let aaguid = bytes.get(HEAD..HEAD + 16).ok_or(malformed)?;
        let length = bytes.get(HEAD + 16..CREDENTIAL_ID).ok_or(malformed)?;
        let length: usize = u16::from_be_bytes(length.try_into().map_err(|_| malformed)?).into();
        if length == 0 || length > CREDENTIAL_ID_MAX {
            return Err(AuthenticatorDataError::CredentialIdLength);
        }
        let key = bytes.get(CREDENTIAL_ID + length..).ok_or(malformed)?;
        Ok(Self {
            aaguid: aaguid.try_into().map_err(|_| malformed)?,
            credential_id: &bytes[CREDENTIAL_ID..CREDENTIAL_ID + length],
            public_key: cbor_item(key).ok_or(malformed)?,
        })
    }
}

/// The first CBOR item of the bytes. The decoder bounds its recursion, and
/// reads lengths against what is there before it takes memory.
fn cbor_item(bytes: &[u8]) -> Option<&[u8]> {
    let mut decoder = serde_cbor_2::Deserializer::from_slice(bytes);
    IgnoredAny::deserialize(&mut decoder).ok()?;
    bytes.get(..decoder.byte_offset())
}
