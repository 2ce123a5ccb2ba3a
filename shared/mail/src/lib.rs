//! E-mail without I/O: bytes, time and identifiers in, bytes and typed outcomes out.
//!
//! **In scope**: what each mail says, as HTML and as text ([`templates`]); the MIME message
//! ([`message`]: RFC 5322, 2045–2047, 3834); the client side of mail submission as a state machine
//! ([`smtp`]: RFC 5321, 1870, 2920, 3207, 4954, 6152, 6531).
//!
//! **Not in scope**: sockets, TLS, the queue and when to try again (the dispatcher's); receiving
//! mail; DKIM signatures, which the submission server adds.

pub mod message;
pub mod smtp;
pub mod templates;
