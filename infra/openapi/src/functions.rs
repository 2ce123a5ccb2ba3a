use utoipa::openapi::OpenApi;

/// A function and what it says of its routes.
pub(crate) struct Described {
    /// Its name for people: the tag of its operations.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) about: &'static str,
    /// Its routes.
    pub(crate) api: OpenApi,
}

/// Every function, in the order in which people read of them.
pub(crate) fn all() -> Vec<Described> {
    let described = |name, about, api| Described { name, about, api };
    vec![
        described("Users", "Users, one's own record, and the health check.", users::api()),
        described("One-time links", "The way in for somebody without a passkey.", links::api()),
        described("Sign-up", "Set-up and sign-up.", signup::api()),
        described("Sign-up tokens", "What lets people sign up.", signup_tokens::api()),
        described("Passkeys", "Ceremonies, re-authentication, signing out.", passkeys::api()),
        described("Access", "API keys, sessions, passkeys once they are there.", access::api()),
        described("Transfer", "Import and export of users.", transfer::api()),
        described("Pictures", "Pictures of users, the deployment's images.", pictures::api()),
        described("Email", "What became of emails, the test email.", email::api()),
        described("Directory", "The sync with an LDAP directory.", ldap_sync::api()),
        described("Groups", "Groups, membership, custom claims.", groups::api()),
        described(
            "Administration",
            "The configuration, the audit log, the version.",
            administration::api(),
        ),
    ]
}
