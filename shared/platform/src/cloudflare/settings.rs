use worker::Env;

use crate::Settings;

/// Variables and secrets of this Worker alone; wrangler binds both as text.
pub(super) struct Bindings(pub(super) Env);

impl Settings for Bindings {
    fn get(&self, name: &str) -> Option<String> {
        self.0.var(name).ok().map(|value| value.to_string())
    }
}
