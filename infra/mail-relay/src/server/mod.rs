//! The relay's own side: listening, routes, who may ask.

mod routes;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use native_service::{Bound, Secret};

use crate::address::Senders;
use crate::configuration::Configuration;
use crate::records::{NoRecords, Records};
use crate::relay::Relay;
use crate::submission::Submitter;

/// How long mails under way may go on after the process was told to stop.
const TO_FINISH: Duration = Duration::from_secs(25);

/// What every request may need.
struct Service {
    secret: Secret,
    senders: Senders,
    relay: Arc<Relay>,
}

/// A relay that has its port and its records.
pub struct Started {
    bound: Bound,
    service: Arc<Service>,
}

/// Takes the port and opens the records.
///
/// # Errors
/// When one of them cannot be had, in words for people.
pub async fn start(configuration: Configuration) -> Result<Started, String> {
    let Configuration { access, signer, senders, state, secret, listen } = configuration;
    let opened = Records::open(&state);
    let records = opened.map_err(|NoRecords(why)| format!("{}: {why}", state.display()))?;
    let relay = Relay::new(records, Submitter::new(access, signer));
    let service = Arc::new(Service { secret, senders, relay });
    Ok(Started { bound: listen.bind().await?, service })
}

impl Started {
    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> Result<SocketAddr, String> {
        self.bound.address()
    }

    /// Serves until the process is told to stop, then finishes what is under way.
    ///
    /// # Errors
    /// When the system gives no signals, in words for people.
    pub async fn serve(self) -> Result<(), String> {
        let Self { bound, service } = self;
        bound.serve(routes::routes(Arc::clone(&service))).await?;
        service.relay.finish(TO_FINISH).await;
        Ok(())
    }
}
