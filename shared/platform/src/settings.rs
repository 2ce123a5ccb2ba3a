/// The names of all settings and secrets there are. A runtime whose settings come asynchronously
/// fetches these before a request; the native adapter refuses a name that is missing here.
pub const SETTINGS: [&str; 13] = [
    "APP_URL",
    "SESSION_KEY",
    "DATA_KEY",
    "SETUP_TOKEN",
    "RATE_LIMITS",
    "SCHEDULE_KEY",
    "MAIL_TRANSPORT",
    "MAIL_BUDGET",
    "MAIL_RELAY_URL",
    "MAIL_RELAY_SECRET",
    "LDAP_PROXY_URL",
    "LDAP_PROXY_SECRET",
    "LDAP_BUDGET",
];

/// Settings and secrets of a deployment, as text. A function sees only its own.
pub trait Settings: Send + Sync {
    /// The value of the setting called `name` (one of [`SETTINGS`]), if the deployment sets it.
    fn get(&self, name: &str) -> Option<String>;
}
