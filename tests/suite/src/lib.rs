//! One suite for every runtime.
//!
//! **In scope**: what clients see over HTTP. `POSTERN_URL` names a deployment (workerd, say) and
//! `POSTERN_SETUP_TOKEN` its set-up token; without them the suite serves the same routes from this
//! process on real SQLite. Faults that only a port can have, and the cost of each route, are tested
//! on the latter alone.
//!
//! **Not in scope**: pages (`tests/browser`), pure rules (beside their code).

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on must fail loudly"
)]

mod client;
mod clock;
mod costs;
mod faulty;
mod faulty_key_value;
mod in_process;
pub mod ldap;
pub mod mail_relay;
pub mod mail_server;
mod native;
mod people;
pub mod postfix;
pub mod scenario;
mod source_address;
mod waking;

pub use client::{Client, Reply};
pub use clock::MovableClock;
pub use costs::{RouteCost, costs, crowd};
pub use faulty::{Fault, FaultyDatabase};
pub use faulty_key_value::{FaultyKeyValue, KeyValueFault};
pub use native::{Ledger, NativeServer, SCHEDULE_KEY, SETUP_TOKEN, database, declared, migrate};
pub use people::{Deployment, Person, unique};
