/// A function behind the front door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Users, the public configuration, the version, health, and the API's own 404.
    Users,
    /// One-time links.
    Links,
    /// The first administrator and sign-up.
    Signup,
    /// Ceremonies, credential records, sessions.
    Passkeys,
}

/// The function that owns `path`, or `None` when it is a page's.
///
/// Ownership goes by whole segments. Everything under `/api` that no other function owns belongs
/// to [`Function::Users`], which knows how to say 404 in the API's envelope.
pub fn function_for(path: &str) -> Option<Function> {
    if path == "/healthz" {
        return Some(Function::Users);
    }
    let mut segments = path.strip_prefix('/')?.split('/');
    if segments.next() != Some("api") {
        return None;
    }
    Some(match (segments.next(), segments.next(), segments.next()) {
        (Some("webauthn"), ..)
        | (Some("users"), Some(_), Some("sessions" | "webauthn-credentials")) => Function::Passkeys,
        (Some("one-time-access-token"), ..)
        | (Some("users"), Some(_), Some("one-time-access-token" | "one-time-access-tokens")) => {
            Function::Links
        }
        (Some("signup" | "signup-tokens"), ..) => Function::Signup,
        _ => Function::Users,
    })
}

#[cfg(test)]
mod tests {
    use super::Function::{Links, Passkeys, Signup, Users};
    use super::*;

    #[test]
    fn every_api_path_has_one_owner() {
        for (path, owner) in [
            ("/api/webauthn/login/start", Passkeys),
            ("/api/webauthn/credentials/7", Passkeys),
            ("/api/users/me/sessions", Passkeys),
            ("/api/users/me/sessions/7", Passkeys),
            ("/api/users/42/sessions", Passkeys),
            ("/api/users/42/webauthn-credentials", Passkeys),
            ("/api/users/42/webauthn-credentials/7", Passkeys),
            ("/api/users/42/one-time-access-token", Links),
            ("/api/users/42/one-time-access-tokens", Links),
            ("/api/users/42/one-time-access-tokens/7", Links),
            ("/api/one-time-access-token/abc", Links),
            ("/api/signup", Signup),
            ("/api/signup/setup", Signup),
            ("/api/signup-tokens", Signup),
            ("/api/signup-tokens/7", Signup),
            ("/api/users", Users),
            ("/api/users/me", Users),
            ("/api/users/42", Users),
            ("/api/users/sessions", Users),
            ("/api/application-configuration", Users),
            ("/api/application-configuration/all", Users),
            ("/api/version/current", Users),
            ("/healthz", Users),
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
        for path in
            ["/", "/login", "/setup", "/apis", "/users", "/healthz/", "/assets/api/x.js", ""]
        {
            assert_eq!(function_for(path), None, "{path}");
        }
    }
}
