use std::panic::{PanicHookInfo, set_hook};
use std::sync::Once;

static INSTALLED: Once = Once::new();

/// Replaces the standard hook, which writes the panic's message: a message may quote a value, and a
/// value may be a secret. Ours names the place alone.
pub(super) fn install() {
    INSTALLED.call_once(|| set_hook(Box::new(report)));
}

fn report(info: &PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, ToString::to_string);
    eprintln!(r#"{{"level":"error","message":"panic","location":"{place}"}}"#);
}
