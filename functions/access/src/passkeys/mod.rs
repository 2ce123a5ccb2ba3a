//! Credential records: one's own, and a user's as administrators see them.

pub(crate) mod of_user;
pub(crate) mod own;
