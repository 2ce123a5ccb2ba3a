use async_trait::async_trait;
use worker::js_sys::Reflect;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::web_sys::{Request, RequestInit};
use worker::worker_sys::{Context, Fetcher};
use worker::{Env, console_log};

use super::d1::message_of;
use crate::Wake;

/// The function bound as `EMAIL`, asked beside the request: Workers lets it go on for 30 s after the
/// reply.
pub(super) struct EmailBinding {
    env: Env,
    context: Option<Context>,
}

#[expect(unsafe_code, reason = "a Worker has one thread, and so what it holds cannot change it")]
// SAFETY: wasm32-unknown-unknown without threads: nothing is ever sent to another one.
unsafe impl Send for EmailBinding {}
#[expect(unsafe_code, reason = "as above")]
// SAFETY: as above.
unsafe impl Sync for EmailBinding {}

/// The host is no address; the binding alone decides who is asked.
const URL: &str = "https://email.internal/internal/wake";

impl EmailBinding {
    pub(super) fn new(env: Env, context: Option<Context>) -> Self {
        Self { env, context }
    }

    fn ask(&self) -> Result<(), JsValue> {
        let binding = Reflect::get(&self.env, &JsValue::from_str("EMAIL"))?;
        let (Some(context), false) = (&self.context, binding.is_undefined()) else {
            return Ok(());
        };
        let init = RequestInit::new();
        init.set_method("POST");
        let request = Request::new_with_str_and_init(URL, &init)?;
        context.wait_until(&binding.unchecked_into::<Fetcher>().fetch(&request)?)
    }
}

#[async_trait]
impl Wake for EmailBinding {
    async fn wake(&self) {
        if let Err(thrown) = self.ask() {
            console_log!("the dispatcher could not be woken: {}", message_of(&thrown));
        }
    }
}
