//! The proxy's own side: listening, routes, who may ask, and in which turn.

mod health;
mod reply;
mod routes;
mod streaming;
mod turns;

use std::sync::Arc;

use native_service::Secret;

use self::health::Health;
use self::turns::Turns;
use crate::allowed::Allowed;
use crate::configuration::Configuration;
use crate::directory::{Access, Reading};
use crate::metrics::Metrics;

/// What every request may need.
pub(crate) struct Proxy {
    access: Access,
    allowed: Allowed,
    reading: Reading,
    secret: Secret,
    turns: Turns,
    health: Health,
    metrics: Metrics,
}

/// Serves until the process is told to stop.
pub(crate) async fn run(configuration: Configuration) -> Result<(), String> {
    let Configuration { access, allowed, reading, secret, listen, bases: _ } = configuration;
    let proxy = Arc::new(Proxy {
        turns: Turns::new(allowed.bases()),
        health: Health::default(),
        metrics: Metrics::default(),
        access,
        allowed,
        reading,
        secret,
    });
    listen.bind().await?.serve(routes::routes(proxy)).await
}
