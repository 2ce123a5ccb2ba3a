//! Calls every route of every function at its worst, to weigh what it costs.

mod access;
mod administration;
mod email;
mod groups;
mod ldap;
mod links;
mod passkeys;
mod pictures;
mod signup;
mod transfer;
mod users;

use directory::Middleman;

use crate::Deployment;

/// Runs through every route on a deployment that has been set up and looks for a directory at `ldap`.
///
/// # Panics
/// When a route does not answer as expected.
pub fn every_route(deployment: &Deployment, ldap: &Middleman) {
    before_anybody_signs_in(deployment);
    users::every_route(deployment);
    groups::every_route(deployment);
    access::every_route(deployment);
    administration::every_route(deployment);
    transfer::every_route(deployment);
    pictures::every_route(deployment);
    email::every_route(deployment);
    ldap::every_route(deployment, ldap);
    links::every_route(deployment);
    passkeys::every_route(deployment);
    signup::every_route(deployment);
}

fn before_anybody_signs_in(deployment: &Deployment) {
    let client = deployment.client();
    let _ = client.get("/healthz").expect(204);
    let _ = client.get("/api/application-configuration").expect(200);
    let _ = client.get("/api/signup/setup").expect(404);
    let _ = client.get("/api/webauthn/login/start").expect(200);
}
