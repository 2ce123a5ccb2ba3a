/// A function behind the front door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Users, health, and the API's own 404.
    Users,
    /// One-time links.
    Links,
    /// The first administrator and sign-up.
    Signup,
    /// What lets people sign up.
    SignupTokens,
    /// Ceremonies, re-authentication.
    Passkeys,
    /// Groups, membership, custom claims.
    Groups,
    /// API keys, sessions, passkeys once they are registered.
    Access,
    /// Configuration, audit log, version.
    Administration,
    /// Import and export.
    Transfer,
    /// Profile pictures and the deployment's images.
    Pictures,
    /// What became of mails, the test mail, and the dispatcher for a scheduler outside.
    Email,
    /// What becomes of a directory's people here, and the sync for a scheduler outside.
    LdapSync,
}

/// The description of the whole API: a static file.
const OPENAPI: &str = "/api/openapi.json";

/// The function that owns `path`, or `None` when it is a page's.
///
/// Ownership goes by whole segments. Everything under `/api` that no other function owns belongs
/// to [`Function::Users`], which knows how to say 404 in the API's envelope.
pub fn function_for(path: &str) -> Option<Function> {
    if matches!(path, "/healthz" | "/healthz/") {
        return Some(Function::Users);
    }
    if path == OPENAPI {
        return None;
    }
    let mut segments = path.strip_prefix('/')?.split('/');
    if segments.next() != Some("api") {
        return None;
    }
    Some(match (segments.next(), segments.next(), segments.next()) {
        (Some("users"), Some(second), third) => of_a_user(second, third),
        (Some("webauthn"), Some("credentials"), _) | (Some("api-keys"), ..) => Function::Access,
        (Some("webauthn"), ..) => Function::Passkeys,
        (Some("one-time-access-token" | "one-time-access-email"), ..) => Function::Links,
        (Some("signup"), ..) => Function::Signup,
        (Some("signup-tokens"), ..) => Function::SignupTokens,
        (Some("user-groups" | "custom-claims"), ..) => Function::Groups,
        (Some("application-configuration"), Some("test-email"), _)
        | (Some("scheduled"), Some("email"), _) => Function::Email,
        (
            Some("application-configuration"),
            Some("test-ldap" | "preview-ldap" | "sync-ldap"),
            _,
        )
        | (Some("scheduled"), Some("ldap"), _)
        | (Some("ldap"), ..) => Function::LdapSync,
        (Some("application-configuration" | "audit-logs" | "version"), ..) => {
            Function::Administration
        }
        (Some("application-images"), ..) => Function::Pictures,
        _ => Function::Users,
    })
}

/// The owner of `/api/users/{second}/{third}`.
fn of_a_user(second: &str, third: Option<&str>) -> Function {
    match (second, third) {
        ("import" | "export", _) => Function::Transfer,
        (_, Some("sessions" | "webauthn-credentials"))
        | ("me", Some("send-email-verification" | "verify-email")) => Function::Access,
        (_, Some("one-time-access-token" | "one-time-access-tokens" | "one-time-access-email")) => {
            Function::Links
        }
        (_, Some("groups" | "user-groups")) => Function::Groups,
        (_, Some("profile-picture" | "profile-picture.png")) => Function::Pictures,
        (_, Some("emails")) => Function::Email,
        _ => Function::Users,
    }
}

#[cfg(test)]
mod tests {
    use super::Function::{
        Access, Administration, Email, Groups, LdapSync, Links, Passkeys, Pictures, Signup,
        SignupTokens, Transfer, Users,
    };
    use super::*;

    #[test]
    fn every_api_path_has_one_owner() {
        for (path, owner) in [
            ("/api/webauthn/login/start", Passkeys),
            ("/api/webauthn/reauthenticate", Passkeys),
            ("/api/webauthn/credentials", Access),
            ("/api/webauthn/credentials/7", Access),
            ("/api/users/me/sessions", Access),
            ("/api/users/me/sessions/7", Access),
            ("/api/users/42/webauthn-credentials", Access),
            ("/api/users/42/webauthn-credentials/7", Access),
            ("/api/api-keys/7/renew", Access),
            ("/api/user-groups/7/users", Groups),
            ("/api/custom-claims/suggestions", Groups),
            ("/api/users/42/groups", Groups),
            ("/api/users/42/user-groups", Groups),
            ("/api/users/import", Transfer),
            ("/api/users/export", Transfer),
            ("/api/users/42/profile-picture", Pictures),
            ("/api/users/42/profile-picture.png", Pictures),
            ("/api/users/me/profile-picture", Pictures),
            ("/api/application-images/logo", Pictures),
            ("/api/users/42/one-time-access-token", Links),
            ("/api/users/42/one-time-access-tokens", Links),
            ("/api/users/42/one-time-access-tokens/7", Links),
            ("/api/one-time-access-token/abc", Links),
            ("/api/one-time-access-email", Links),
            ("/api/users/42/one-time-access-email", Links),
            ("/api/users/me/send-email-verification", Access),
            ("/api/users/me/verify-email", Access),
            ("/api/users/42/verify-email", Users),
            ("/api/signup", Signup),
            ("/api/signup/setup", Signup),
            ("/api/signup-tokens", SignupTokens),
            ("/api/signup-tokens/7", SignupTokens),
            ("/api/users", Users),
            ("/api/users/me", Users),
            ("/api/users/42", Users),
            ("/api/users/sessions", Users),
            ("/api/application-configuration", Administration),
            ("/api/application-configuration/all", Administration),
            ("/api/application-configuration/test-email", Email),
            ("/api/scheduled/email", Email),
            ("/api/users/42/emails", Email),
            ("/api/users/42/emails/7/resend", Email),
            ("/api/application-configuration/test-ldap", LdapSync),
            ("/api/application-configuration/preview-ldap", LdapSync),
            ("/api/application-configuration/sync-ldap", LdapSync),
            ("/api/ldap/runs", LdapSync),
            ("/api/ldap/runs/7/changes.csv", LdapSync),
            ("/api/scheduled/ldap", LdapSync),
            ("/api/audit-logs/all", Administration),
            ("/api/version/current", Administration),
            ("/healthz", Users),
            ("/healthz/", Users),
        ] {
            assert_eq!(function_for(path), Some(owner), "{path}");
        }
    }

    #[test]
    fn what_nobody_owns_under_api_is_answered_by_users() {
        for path in
            ["/api", "/api/", "/api/nothing", "/api/signups", "/api/webauthnx", "/api//users"]
        {
            assert_eq!(function_for(path), Some(Users), "{path}");
        }
    }

    #[test]
    fn pages_belong_to_no_function() {
        for path in [
            "/",
            "/internal/dispatch",
            "/internal/wake",
            "/internal/sync",
            "/api/openapi.json",
            "/login",
            "/setup",
            "/apis",
            "/users",
            "/assets/api/x.js",
            "",
        ] {
            assert_eq!(function_for(path), None, "{path}");
        }
    }
}
