//! Pictures: which one a user has, and the deployment's own images. The bytes are in the key-value
//! store under the hash that stands here.
//!
//! A hash is fresh with every upload, never used again, and what a batch replaces it also reads. So
//! of many uploads at once each takes away exactly the one that it replaced, and nobody takes away
//! one that is in use.

mod directory;
mod image;
mod profile;
mod shown;

use uuid::Uuid;

pub use directory::{
    DirectoryPicture, DirectoryPictureOf, DirectoryReplaced, DropDirectoryPicture,
    NoteDirectoryPicture, Seen, TakeDirectoryPicture,
};
pub use image::{ChangeImage, ImageName, ImageOf, StoredImage};
pub use profile::{ChangeProfilePicture, Face, FaceOf, Replaced};
pub use shown::{Images, ImagesShown};

/// Key of a user's picture in the key-value store.
pub fn key(user: Uuid, hash: &str) -> String {
    format!("pictures/{user}/{hash}")
}

/// Writes an audit entry whose data name the hash that `$before` reads, if there is one.
macro_rules! insert_change_entry {
    ($before:expr, $who:expr, $from:expr) => {
        concat!(
            "INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, data, \
             actor_id, actor_username, user_id, username) \
             SELECT ?1, ?2, ?3, ?4, ?5, iif(",
            $before,
            " IS NULL, ?6, json_set(?6, '$.before', ",
            $before,
            ")), ",
            $who,
            " ",
            $from
        )
    };
}

pub(crate) use insert_change_entry;
