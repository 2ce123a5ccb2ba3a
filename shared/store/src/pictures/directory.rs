use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::insert_change_entry;
use crate::audit::{Entry, Event};
use crate::{Batch, Outcomes, StoreError};

/// Whose picture an entry of the directory has, and what of it is known. `None`: nobody's here.
pub struct DirectoryPictureOf {
    /// The entry's unique identifier.
    pub ldap_id: String,
}

/// What is known of the picture in an entry.
#[derive(Debug, Deserialize)]
pub struct DirectoryPicture {
    /// The user.
    pub user: Uuid,
    /// Hash of what the entry had; `None`: nothing was seen yet.
    pub file: Option<String>,
}

impl Batch for DirectoryPictureOf {
    type Output = Option<DirectoryPicture>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            "SELECT json_object('user', u.id, 'file', \
               (SELECT p.file FROM ldap_pictures p WHERE p.ldap_id = u.ldap_id)) \
             FROM users u WHERE u.ldap_id = ?1",
            [self.ldap_id.as_str().into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

/// The picture in an entry, as it is looked at now.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The entry's unique identifier.
    pub ldap_id: String,
    /// Its bucket.
    pub bucket: u16,
    /// The entry's digest.
    pub digest: String,
    /// Hash of what it has.
    pub file: String,
}

impl Seen {
    /// `?1`–`?4`.
    fn parameters(&self) -> [Value; 4] {
        [
            self.ldap_id.as_str().into(),
            i64::from(self.bucket).into(),
            self.digest.as_str().into(),
            self.file.as_str().into(),
        ]
    }
}

/// Notes what an entry has, which changes nothing: it was seen before, cannot be read, or nobody is here
/// who has that entry. If somebody came or went meanwhile, nothing is noted and it is looked at again.
pub struct NoteDirectoryPicture {
    /// What it has.
    pub seen: Seen,
    /// Whether somebody has the entry.
    pub is_somebodys: bool,
}

impl Batch for NoteDirectoryPicture {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        const NOTE: &str = "INSERT INTO ldap_pictures (ldap_id, bucket, digest, file) \
            SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM users WHERE ldap_id = ?1) = ?5 \
            ON CONFLICT (ldap_id) DO UPDATE SET bucket = ?2, digest = ?3, file = ?4";
        let mut parameters = self.seen.parameters().to_vec();
        parameters.push(i64::from(self.is_somebodys).into());
        vec![Statement::new(NOTE, parameters)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()
    }
}

/// Gives a user the picture that the directory has of them. `None`: no such user, or no longer that
/// entry's, and nothing was written.
pub struct TakeDirectoryPicture {
    /// Whose.
    pub user: Uuid,
    /// Where it comes from.
    pub seen: Seen,
    /// Fresh hash of the picture, already in the key-value store.
    pub hash: String,
    /// The audit entry.
    pub entry: Entry,
}

const TAKEN: &str = insert_change_entry!(
    "u.picture_hash",
    "NULL, NULL, u.id, u.username",
    "FROM users u WHERE u.id = ?7 AND u.ldap_id = ?8"
);

const NOTE: &str = "INSERT INTO ldap_pictures (ldap_id, bucket, digest, file, hash) \
    SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM audit_entries WHERE id = ?6) \
    ON CONFLICT (ldap_id) DO UPDATE SET bucket = ?2, digest = ?3, file = ?4, hash = ?5";

/// What the picture of that user was, if the entry of `?2` says that it is about to change.
const BEFORE: &str = "SELECT json_object('user', id, 'before', picture_hash) FROM users \
    WHERE ldap_id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)";

const CHANGE: &str = "UPDATE users SET picture_hash = ?3, updated_at = ?4 \
    WHERE ldap_id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)";

/// What the directory replaced or took away.
#[derive(Debug, Deserialize)]
pub struct DirectoryReplaced {
    /// Whose.
    pub user: Uuid,
    /// Hash of the picture that is no longer in use.
    pub before: Option<String>,
}

impl Batch for TakeDirectoryPicture {
    type Output = Option<DirectoryReplaced>;

    fn statements(&self) -> Vec<Statement> {
        let (ldap_id, id) = (self.seen.ldap_id.as_str(), self.entry.id.to_string());
        let mut note = self.seen.parameters().to_vec();
        note.extend([self.hash.as_str().into(), id.as_str().into()]);
        let further = [self.user.to_string().into(), ldap_id.into()];
        let change = [
            ldap_id.into(),
            id.as_str().into(),
            self.hash.as_str().into(),
            self.entry.at.as_ms().into(),
        ];
        vec![
            self.entry.statement(TAKEN, Event::ProfilePictureChanged, further),
            Statement::new(BEFORE, [ldap_id.into(), id.as_str().into()]),
            Statement::new(CHANGE, change),
            Statement::new(NOTE, note),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.skip()?;
        let replaced = outcomes.one()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(replaced)
    }
}

/// Forgets the picture of an entry that has none any more, and takes it away from the user if it is
/// theirs still: one that was given here is not the directory's. `None`: nothing was taken away.
pub struct DropDirectoryPicture {
    /// The entry's unique identifier.
    pub ldap_id: String,
    /// The audit entry.
    pub entry: Entry,
}

const DROPPED: &str = insert_change_entry!(
    "u.picture_hash",
    "NULL, NULL, u.id, u.username",
    "FROM users u JOIN ldap_pictures p ON p.ldap_id = u.ldap_id AND p.hash = u.picture_hash \
     WHERE u.ldap_id = ?7"
);

impl Batch for DropDirectoryPicture {
    type Output = Option<DirectoryReplaced>;

    fn statements(&self) -> Vec<Statement> {
        let (ldap_id, id) = (self.ldap_id.as_str(), self.entry.id.to_string());
        let at = self.entry.at.as_ms();
        let dropped = self.entry.statement(DROPPED, Event::ProfilePictureChanged, [ldap_id.into()]);
        vec![
            dropped,
            Statement::new(BEFORE, [ldap_id.into(), id.as_str().into()]),
            Statement::new(CHANGE, [ldap_id.into(), id.into(), Value::Null, at.into()]),
            Statement::new("DELETE FROM ldap_pictures WHERE ldap_id = ?1", [ldap_id.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.skip()?;
        let replaced = outcomes.one()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(replaced)
    }
}
