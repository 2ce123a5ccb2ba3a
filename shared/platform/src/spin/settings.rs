use std::collections::HashMap;

use spin_sdk::variables;

use crate::{SETTINGS, Settings};

/// This component's variables. Spin gives them asynchronously, so they are all fetched before the
/// request is looked at.
pub(super) struct Variables(HashMap<&'static str, String>);

impl Variables {
    /// Fetches each setting that the manifest passes to this component: `SESSION_KEY` is the
    /// variable `session_key`. One that it does not pass is not set.
    pub(super) async fn fetch() -> Self {
        let mut values = HashMap::new();
        for name in SETTINGS {
            if let Ok(value) = variables::get(name.to_ascii_lowercase()).await {
                values.insert(name, value);
            }
        }
        Self(values)
    }
}

impl Settings for Variables {
    fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }
}
