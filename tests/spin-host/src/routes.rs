//! Which component answers a path: Spin's own matcher (`routefinder`), fed as Spin feeds it.

use routefinder::Router;

use crate::failure::{Failure, failure};
use crate::manifest::{Route, Trigger};

/// The public routes of an application.
pub(crate) struct Routes(Router<Target>);

/// Where a route leads.
pub(crate) struct Target {
    /// The component's name.
    pub(crate) component: String,
    /// The route as the manifest has it.
    pub(crate) route: String,
}

impl Routes {
    pub(crate) fn of(triggers: &[Trigger]) -> Result<Self, Failure> {
        let mut router = Router::new();
        for Trigger { route, component } in triggers {
            let Route::Public(route) = route else { continue };
            let pattern = route.strip_suffix("/...").map(|prefix| format!("{prefix}/*"));
            let pattern = pattern.as_deref().unwrap_or(route);
            let target = Target { component: component.clone(), route: route.clone() };
            router.add(pattern, target).map_err(|error| failure!("route {route}: {error}"))?;
        }
        Ok(Self(router))
    }

    pub(crate) fn find(&self, path: &str) -> Option<&Target> {
        self.0.best_match(path).map(|found| found.handler())
    }
}

// The front door's own table, without its crate: with that, the engine would be compiled once more
// for the tests, because a feature of one of its dependencies changes.
#[cfg(test)]
#[path = "../../../functions/web/src/routes.rs"]
#[expect(unreachable_pub, reason = "it is public in its own crate")]
mod front_door;

#[cfg(test)]
mod tests {
    use super::front_door as web;
    use super::*;

    /// The manifest of the whole project, held against the front door's own table.
    #[test]
    fn the_manifest_s_routes_are_the_front_door_s() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spin.toml");
        let manifest = crate::manifest::Manifest::read(path.as_ref()).unwrap();
        let routes = Routes::of(&manifest.trigger.http).unwrap();
        for path in [
            "/api/webauthn/login/start",
            "/api/webauthn/reauthenticate",
            "/api/webauthn/credentials",
            "/api/webauthn/credentials/7",
            "/api/api-keys/7/renew",
            "/api/user-groups/7/users",
            "/api/custom-claims/suggestions",
            "/api/users/42/groups",
            "/api/users/42/user-groups",
            "/api/users/import",
            "/api/users/export",
            "/api/users/42/profile-picture",
            "/api/users/42/profile-picture.png",
            "/api/application-images/logo",
            "/api/audit-logs/all",
            "/api/version/current",
            "/api/openapi.json",
            "/api/users/me/sessions",
            "/api/users/me/sessions/7",
            "/api/users/42/webauthn-credentials",
            "/api/users/42/webauthn-credentials/7",
            "/api/users/42/one-time-access-token",
            "/api/users/42/one-time-access-tokens",
            "/api/users/42/one-time-access-tokens/7",
            "/api/one-time-access-token/abc",
            "/api/signup",
            "/api/signup/setup",
            "/api/signup-tokens",
            "/api/signup-tokens/7",
            "/api/users",
            "/api/users/me",
            "/api/users/42",
            "/api/users/sessions",
            "/api/application-configuration/all",
            "/healthz",
            "/api",
            "/api/",
            "/api/signups",
            "/api/webauthnx",
            "/",
            "/login",
            "/apis",
            "/users/42/sessions",
            "/assets/api/x.js",
        ] {
            let owner = web::function_for(path).map_or("web".to_owned(), component);
            let found = routes.find(path).map(|target| target.component.clone());
            assert_eq!(found, Some(owner), "{path}");
        }
    }

    /// Components are called as the table's variants are, with a hyphen between words.
    fn component(function: web::Function) -> String {
        let mut name = String::new();
        for letter in format!("{function:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }
}
