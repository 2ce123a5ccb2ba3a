use serde_json::{Value, json};

use crate::{encode, text};

/// What an answer says instead of the truth. Signatures are made after the
/// bending, as an attacker who holds the authenticator would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tamper {
    /// Another origin in the client data.
    pub origin: Option<String>,
    /// Another RP ID under the hash.
    pub rp_id: Option<String>,
    /// Another challenge in the client data.
    pub challenge: Option<Vec<u8>>,
    /// `crossOrigin` in the client data.
    pub cross_origin: Option<bool>,
    /// `topOrigin` in the client data.
    pub top_origin: Option<String>,
    /// Another type in the client data.
    pub ceremony: Option<String>,
    /// Another user handle beside the assertion.
    pub user_handle: Option<Vec<u8>>,
    /// Another sign count.
    pub sign_count: Option<u32>,
    /// Other flags, all eight of them.
    pub flags: Option<u8>,
}

impl Tamper {
    pub(crate) fn client_data(&self, ceremony: &str, origin: &str, options: &Value) -> Vec<u8> {
        let challenge = self.challenge.as_deref().map(encode);
        let mut data = json!({
            "type": self.ceremony.as_deref().unwrap_or(ceremony),
            "challenge": challenge.as_deref().unwrap_or_else(|| text(options, "challenge")),
            "origin": self.origin.as_deref().unwrap_or(origin),
            "crossOrigin": self.cross_origin.unwrap_or(false),
        });
        if let Some(top_origin) = &self.top_origin {
            data["topOrigin"] = json!(top_origin);
        }
        data.to_string().into_bytes()
    }
}
