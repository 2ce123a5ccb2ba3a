use async_trait::async_trait;
use worker::js_sys::Reflect;
use worker::send::SendFuture;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::{EmailMessage, Env, SendEmail};

use super::d1::message_of;
use super::within::within;
use crate::{Detail, MailService, MailServiceError};

/// Cloudflare's Email Service, bound as `SEND_EMAIL`. It signs, and writes a Message-ID of its own
/// over ours.
pub(super) struct EmailService(SendEmail);

impl EmailService {
    /// `None`: the Worker has no such binding.
    pub(super) fn bound_to(env: &Env) -> Option<Self> {
        let binding = Reflect::get(env, &JsValue::from_str("SEND_EMAIL")).ok()?;
        (!binding.is_undefined()).then(|| Self(binding.unchecked_into()))
    }
}

#[async_trait]
impl MailService for EmailService {
    async fn send(
        &self,
        from: &str,
        to: &str,
        message: &str,
        timeout_ms: u32,
    ) -> Result<String, MailServiceError> {
        SendFuture::new(async {
            let message =
                EmailMessage::new(from, to, message).map_err(|thrown| refused(&thrown.into()))?;
            let sent = within(timeout_ms, self.0.send(&message)).await;
            let sent = sent.ok_or(MailServiceError::TimedOut)?;
            sent.map(|sent| sent.message_id()).map_err(|thrown| refused(&thrown.into()))
        })
        .await
    }
}

fn refused(thrown: &JsValue) -> MailServiceError {
    let code = Reflect::get(thrown, &JsValue::from_str("code")).ok();
    let code = code.and_then(|code| code.as_string()).unwrap_or_default();
    MailServiceError::Refused { code, detail: Detail::new(message_of(thrown)) }
}
