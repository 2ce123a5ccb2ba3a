//! The front door: one public address for pages and API.
//!
//! **In scope**: which function owns which path, and handing a request to it unread and unchanged;
//! the static pages (`pages/`), which the runtime serves before this code is asked, or else
//! [`pages`] does.
//!
//! **Not in scope**: anything about a request but its path. Sessions, rate limits and errors are
//! the functions' own.

pub mod pages;
mod routes;

use platform::Destination;

pub use routes::{Function, function_for};

platform::front_door!(workers: destination_for, spin: pages::router);

/// Who answers `path`: a function, or the static pages. The runtime asks only when no file has that
/// path, so what looks like a file is missing, and everything else is the single page.
pub fn destination_for(path: &str) -> Destination {
    let binding = match function_for(path) {
        Some(Function::Users) => "USERS",
        Some(Function::Links) => "LINKS",
        Some(Function::Signup) => "SIGNUP",
        Some(Function::SignupTokens) => "SIGNUP_TOKENS",
        Some(Function::Passkeys) => "PASSKEYS",
        Some(Function::Groups) => "GROUPS",
        Some(Function::Access) => "ACCESS",
        Some(Function::Administration) => "ADMINISTRATION",
        Some(Function::Transfer) => "TRANSFER",
        Some(Function::Pictures) => "PICTURES",
        Some(Function::Email) => "EMAIL",
        Some(Function::LdapSync) => "LDAP_SYNC",
        None => "ASSETS",
    };
    let is_page = binding == "ASSETS" && !pages::is_file(path);
    Destination { binding, path: is_page.then_some("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_the_single_page_and_missing_files_are_missing() {
        let page = Destination { binding: "ASSETS", path: Some("/") };
        assert_eq!(destination_for("/settings/account"), page);
        assert_eq!(destination_for("/lc/_4zZ00o-bbtu_9fMnSattN53"), page);
        let missing = Destination { binding: "ASSETS", path: None };
        assert_eq!(destination_for("/assets/old.js"), missing);
        let function = Destination { binding: "LINKS", path: None };
        assert_eq!(destination_for("/api/one-time-access-token/abc"), function);
    }
}
