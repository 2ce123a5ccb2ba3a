//! The client side of mail submission as a state machine. It neither opens sockets nor reads a
//! clock: its driver asks [`Dialogue::next`] what to do, does it, and says what came of it.
//!
//! ```
//! use mail::smtp::{Dialogue, Loss, Outcome, Step};
//!
//! // A driver over anything that sends and receives.
//! fn drive(dialogue: &mut Dialogue, socket: &mut dyn Socket) -> Vec<Outcome> {
//!     let mut outcomes = Vec::new();
//!     loop {
//!         match dialogue.next() {
//!             Step::Send { bytes, timeout_ms } => {
//!                 if let Err(loss) = socket.send(&bytes, timeout_ms) {
//!                     dialogue.lost(loss);
//!                 }
//!             }
//!             Step::Receive { timeout_ms } => match socket.receive(timeout_ms) {
//!                 Ok(bytes) => dialogue.received(&bytes),
//!                 Err(loss) => dialogue.lost(loss),
//!             },
//!             Step::StartTls => match socket.start_tls() {
//!                 Ok(()) => dialogue.tls_established(),
//!                 Err(loss) => dialogue.lost(loss),
//!             },
//!             Step::Done(outcome) => outcomes.push(outcome),
//!             Step::Idle => dialogue.quit(), // or `submit` the next mail
//!             Step::Closed(_) => return outcomes,
//!         }
//!     }
//! }
//! # trait Socket {
//! #     fn send(&mut self, bytes: &[u8], timeout_ms: u32) -> Result<(), Loss>;
//! #     fn receive(&mut self, timeout_ms: u32) -> Result<Vec<u8>, Loss>;
//! #     fn start_tls(&mut self) -> Result<(), Loss>;
//! # }
//! ```
//!
//! # What cannot be known
//!
//! When the connection goes after the final dot was sent and before the server answered it, the
//! server may or may not have taken the mail: no client can tell (RFC 1047). That is
//! [`Outcome::Unknown`], and it is the one place. Whoever sends again then may send twice, whoever
//! doesn't may lose the mail; a stable Message-ID lets many receivers drop the second. The text is
//! sent before the dot, in a step of its own, so that a connection lost while the text is on its way
//! is known to have delivered nothing.

mod awaited;
mod capabilities;
mod data;
mod dialogue;
mod opening;
mod outcome;
mod receiver;
mod reply;
mod step;
mod submission;
mod transaction;

pub use dialogue::Dialogue;
pub use outcome::{Extension, Failure, Outcome, Stage, Why};
pub use reply::Reply;
pub use step::{Loss, Step};
pub use submission::{ClientName, Credentials, Envelope, Patience, Security, Submission};
