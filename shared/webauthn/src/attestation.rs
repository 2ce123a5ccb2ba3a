//! The attestation object (§6.5.4) and its statement.
//!
//! We ask for attestation conveyance `none`, so no trust is derived from a
//! statement and no root certificate is known here. Two statements can be
//! verified without one and are: `none` (§8.7) and self attestation in
//! `packed` (§8.2).
//!
//! Deviation from (21) and (22): a statement of another format, or one with
//! certificates, is accepted as it is, if well formed. A client that sends one
//! unasked proves nothing to us, and refusing it would turn away browsers that
//! don't strip it. Its format is recorded, its content is not.

use serde_cbor_2::Value;
use webauthn_rs_core::proto::COSEKey;

use crate::RegistrationError;

type Map = std::collections::BTreeMap<Value, Value>;

pub(crate) struct AttestationObject {
    pub(crate) format: String,
    pub(crate) authenticator_data: Vec<u8>,
    statement: Map,
}

impl AttestationObject {
    /// (13)
    pub(crate) fn decode(cbor: &[u8]) -> Result<Self, RegistrationError> {
        Self::read(cbor).ok_or(RegistrationError::AttestationObject)
    }

    fn read(cbor: &[u8]) -> Option<Self> {
        // `from_slice` refuses trailing bytes.
        let Value::Map(mut object) = serde_cbor_2::from_slice(cbor).ok()? else {
            return None;
        };
        let mut take = |key: &str| object.remove(&Value::Text(key.to_owned()));
        let (Value::Text(format), Value::Map(statement), Value::Bytes(authenticator_data)) =
            (take("fmt")?, take("attStmt")?, take("authData")?)
        else {
            return None;
        };
        Some(Self { format, authenticator_data, statement })
    }

    /// (21) An identifier is at most 32 printable characters of ASCII, without
    /// backslash and double quote (§8.1).
    pub(crate) fn check_format(&self) -> Result<(), RegistrationError> {
        let allowed = |byte: u8| byte.is_ascii_graphic() && byte != b'\\' && byte != b'"';
        if (1..=32).contains(&self.format.len()) && self.format.bytes().all(allowed) {
            return Ok(());
        }
        Err(RegistrationError::AttestationFormat)
    }

    /// (22)
    pub(crate) fn verify(
        &self,
        key: &COSEKey,
        client_data_hash: &[u8; 32],
    ) -> Result<(), RegistrationError> {
        let valid = match self.format.as_str() {
            "none" => self.statement.is_empty(),
            "packed" => self.verify_packed(key, client_data_hash).unwrap_or(false),
            _ => !self.statement.is_empty(),
        };
        if valid { Ok(()) } else { Err(RegistrationError::AttestationStatement) }
    }

    fn verify_packed(&self, key: &COSEKey, client_data_hash: &[u8; 32]) -> Option<bool> {
        let (Value::Integer(alg), Value::Bytes(signature)) = (self.get("alg")?, self.get("sig")?)
        else {
            return None;
        };
        match self.get("x5c") {
            Some(Value::Array(chain)) => {
                Some(!chain.is_empty() && chain.iter().all(|item| matches!(item, Value::Bytes(_))))
            }
            Some(_) => None,
            None if *alg != key.type_ as i128 => None,
            None => {
                let signed = [self.authenticator_data.as_slice(), client_data_hash].concat();
                key.verify_signature(signature, &signed).ok()
            }
        }
    }

    fn get(&self, key: &str) -> Option<&Value> {
        self.statement.get(&Value::Text(key.to_owned()))
    }
}
