use std::panic::{PanicHookInfo, set_hook};
use std::sync::Once;

use worker::console_error;
use worker::js_sys::{Reflect, global};
use worker::wasm_bindgen::JsValue;

static INSTALLED: Once = Once::new();

/// Replaces `worker`'s panic hook, which logs the panic's message: a message may quote a value,
/// and a value may be a secret. Ours names the place alone.
pub(super) fn install() {
    INSTALLED.call_once(|| set_hook(Box::new(report)));
}

fn report(info: &PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, ToString::to_string);
    console_error!(r#"{{"level":"error","message":"panic","location":"{place}"}}"#);
    // As `worker`'s hook does: tells worker-build's shim to make a fresh instance for the next
    // request, because `panic = "abort"` left this one in an unknown state.
    if let Ok(state) = Reflect::get(&global(), &JsValue::from_str("__worker_init_state")) {
        let _ = Reflect::set(&state, &JsValue::from_str("criticalError"), &JsValue::TRUE);
    }
}
