use std::sync::Arc;

<<<<<<< HEAD
use crate::{Http, MailService, Sockets};
=======
use crate::{Beside, Http, Sockets};
>>>>>>> ldap-pictures

/// What only a function that speaks to others may ask of its runtime, besides
/// [`Platform`](crate::Platform). Cheap to clone.
#[derive(Clone)]
pub struct Outward {
    /// TCP connections.
    pub sockets: Arc<dyn Sockets>,
    /// Requests over HTTP.
    pub http: Arc<dyn Http>,
<<<<<<< HEAD
    /// Mail by a service of the runtime's vendor, where there is one.
    pub mail: Option<Arc<dyn MailService>>,
=======
    /// The functions beside this one.
    pub beside: Arc<dyn Beside>,
>>>>>>> ldap-pictures
}
