//! The directory's sync: what is known of the directory, the runs, and what each is to change.
//!
//! A run *reads* what differs and stages a change for each entry, is *settled* (nothing to do, held
//! back, or to be applied), is *applied* in chunks, and *finished*.
//!
//! # What is exact
//! One request works at a run: whoever holds its lease, an identifier fresh for each request. Each
//! batch that writes renews the lease and hangs on it, so one whose lease ended (it was killed, or too
//! slow) writes nothing, and the next goes on from what is written. A chunk is one batch: its changes,
//! what is known of its entries, its audit entries and its mails are there together or not at all.
//!
//! A bucket's digest is written last, and only over the mark `?` that the run put there: whatever else
//! changes something of the directory meanwhile (triggers see it) leaves it differing.

mod apply;
mod approve;
mod begin;
mod changes;
mod fail;
mod finish;
mod foresee;
mod owners;
mod pictures;
mod reading;
mod release;
mod runs;
mod settle;
mod stage;
mod sweep;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use apply::{Applied, ApplyAdmins, ApplyGroups, ApplyUsers};
pub use approve::Approve;
pub use begin::{Begin, Begun, KnownBucket, Left};
pub use changes::{ChangeRecord, Changes, ChangesOf};
pub use fail::Fail;
pub use finish::Finish;
pub use owners::{ExistingGroup, ExistingUser, GroupOwners, NameOwner, Owners, UserOwners};
pub use pictures::{
    ClosePictures, KnownPicture, KnownPictures, OpenPictures, PicturesLease, TakePictures,
};
pub use reading::{Compared, Confirm, Discard, KnownEntry, KnownOf};
pub use release::Release;
pub use runs::{Failure, ListRuns, Person, RunRecord, Runs, ShowRun};
pub use settle::{Facts, FactsOf, Settle};
pub use stage::{NewChange, NewMember, NewUserLink, Stage};
pub use sweep::Sweep;

/// What an entry of the directory becomes here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A user.
    User,
    /// A group.
    Group,
}

impl Kind {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
        }
    }
}

/// What started a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trigger {
    /// The clock.
    Schedule,
    /// An administrator.
    Manual,
    /// An administrator who only wants to see what it would do.
    Preview,
}

impl Trigger {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Manual => "manual",
            Self::Preview => "preview",
        }
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It reads the directory.
    Reading,
    /// A preview: it has a plan, and nothing of it was applied.
    Planned,
    /// It applies its plan.
    Applying,
    /// It is through.
    Done,
    /// Its plan looks wrong, and nothing of it was applied.
    Aborted,
    /// The directory could not be read; nothing was applied.
    Failed,
}

impl State {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Planned => "planned",
            Self::Applying => "applying",
            Self::Done => "done",
            Self::Aborted => "aborted",
            Self::Failed => "failed",
        }
    }
}

/// Why a plan is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// The directory is empty, and was not before.
    EmptyAnswer,
    /// More would be disabled or deleted than the configuration allows.
    TooManyRemovals,
    /// The group that says who administrates has gone or has another name.
    AdminGroupGone,
    /// Nobody would be left to administrate.
    LastAdmin,
    /// Somebody would go, while entries without an identifier may be they.
    UnidentifiedEntries,
}

impl Reason {
    /// As stored and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EmptyAnswer => "emptyAnswer",
            Self::TooManyRemovals => "tooManyRemovals",
            Self::AdminGroupGone => "adminGroupGone",
            Self::LastAdmin => "lastAdmin",
            Self::UnidentifiedEntries => "unidentifiedEntries",
        }
    }
}

/// What a change does. As stored and, but for [`Action::Keep`], on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// A new user or group.
    Create,
    /// Names, address or members change.
    Update,
    /// A user who is back.
    Enable,
    /// A user who is gone.
    Disable,
    /// A user or group that is gone.
    Delete,
    /// Something stands against it.
    Conflict,
    /// A user becomes an administrator.
    GrantAdmin,
    /// A user is one no longer.
    RevokeAdmin,
    /// Nothing that people would see: what is known of the entry changes.
    Keep,
}

/// The right to work at a run.
#[derive(Debug, Clone, Copy)]
pub struct Lease {
    /// The run.
    pub run: Uuid,
    /// Fresh for each request.
    pub id: Uuid,
    /// Now.
    pub at: Timestamp,
}

/// How long a lease lasts that is not renewed, in milliseconds: longer than the proxy waits for the next word
/// of the directory.
pub const LEASE_MS: i64 = 5 * 60_000;

/// How long a plan that was not applied stays applicable, in milliseconds.
pub const PLAN_MS: i64 = 24 * 60 * 60_000;

/// True while this request holds the lease of the run; `$run` and `$lease` are parameters.
macro_rules! holds {
    ($run:literal, $lease:literal) => {
        concat!("EXISTS (SELECT 1 FROM ldap_runs WHERE id = ", $run, " AND lease = ", $lease, ")")
    };
}

/// Renews the lease `?2` of the run `?1` until `?3`, with `$set`; the first statement of each batch.
macro_rules! renew {
    ($set:literal) => {
        concat!(
            "UPDATE ldap_runs SET lease_until = ?3",
            $set,
            " WHERE id = ?1 AND lease = ?2 AND finished_at IS NULL RETURNING id"
        )
    };
}

pub(crate) use {holds, renew};

impl Lease {
    /// `?1`–`?3` of [`renew`].
    pub(crate) fn parameters(&self) -> [platform::Value; 3] {
        [
            self.run.to_string().into(),
            self.id.to_string().into(),
            self.at.plus_ms(LEASE_MS).as_ms().into(),
        ]
    }
}
