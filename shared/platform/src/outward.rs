use std::sync::Arc;

use crate::{Beside, Http, MailService, Sockets};

/// What only a function that speaks to others may ask of its runtime, besides
/// [`Platform`](crate::Platform). Cheap to clone.
#[derive(Clone)]
pub struct Outward {
    /// TCP connections.
    pub sockets: Arc<dyn Sockets>,
    /// Requests over HTTP.
    pub http: Arc<dyn Http>,
    /// Mail by a service of the runtime's vendor, where there is one.
    pub mail: Option<Arc<dyn MailService>>,
    /// The functions beside this one.
    pub beside: Arc<dyn Beside>,
}
