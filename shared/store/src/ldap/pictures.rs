use std::collections::BTreeMap;

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::configuration::{Configuration, Read};
use crate::sql::switched_on;
use crate::{Batch, Outcomes, StoreError};

/// The right to bring pictures in line, for a quarter of an hour. Whoever fails keeps it to its end, so
/// that a directory which cannot be read is not asked for all its pictures every minute.
#[derive(Debug, Clone, Copy)]
pub struct PicturesLease {
    /// Fresh for each request.
    pub id: Uuid,
    /// Now.
    pub at: Timestamp,
}

const PICTURES_LEASE_MS: i64 = 15 * 60_000;

/// True while this request holds the lease `$lease`.
macro_rules! holds {
    ($lease:literal) => {
        concat!("EXISTS (SELECT 1 FROM ldap_state WHERE id = 1 AND pictures_lease = ", $lease, ")")
    };
}

/// Takes the lease, if it is time for pictures. `false`: it is not, or another request is at it.
///
/// Only after a run that ended well: in a directory that looks wrong pictures are missing as well.
pub struct TakePictures {
    /// Who wants to.
    pub lease: PicturesLease,
    /// For how long pictures stay in line, in milliseconds.
    pub rest_ms: i64,
}

const TAKE: &str = concat!(
    "UPDATE ldap_state SET pictures_lease = ?1, pictures_lease_until = ?2 WHERE id = 1 \
       AND pictures_lease_until <= ?3 AND pictures_at <= ?4 AND ",
    switched_on!("ldapEnabled"),
    " AND EXISTS (SELECT 1 FROM configuration \
         WHERE key = 'ldapAttributeUserProfilePicture' AND value <> '') \
       AND (SELECT state FROM ldap_runs WHERE seq > 0 AND trigger <> 'preview' \
         ORDER BY seq DESC LIMIT 1) = 'done' \
     RETURNING id"
);

impl Batch for TakePictures {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let PicturesLease { id, at } = self.lease;
        let until = at.plus_ms(PICTURES_LEASE_MS).as_ms();
        let rested = at.plus_ms(-self.rest_ms).as_ms();
        let parameters = [id.to_string().into(), until.into(), at.as_ms().into(), rested.into()];
        vec![Statement::new(TAKE, parameters)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.happened()
    }
}

/// By which settings pictures are read, and the digest of each bucket as it is known.
pub struct KnownPictures;

impl Batch for KnownPictures {
    type Output = (Configuration, BTreeMap<u16, String>);

    fn statements(&self) -> Vec<Statement> {
        const BUCKETS: &str = "SELECT json_group_object(bucket, digest) FROM ldap_buckets \
            WHERE kind = 'picture'";
        let mut statements = Read.statements();
        statements.push(Statement::new(BUCKETS, []));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        Ok((Read.read(outcomes)?, outcomes.one()?.unwrap_or_default()))
    }
}

/// Marks buckets that are about to be read, and tells what is known of them. Who comes new meanwhile
/// overwrites the mark.
pub struct OpenPictures {
    /// Who works.
    pub lease: PicturesLease,
    /// Which.
    pub buckets: Vec<u16>,
}

/// A picture's entry as it was looked at.
#[derive(Debug, Clone, Deserialize)]
pub struct KnownPicture {
    /// Its unique identifier.
    pub ldap_id: String,
    /// Its bucket.
    pub bucket: u16,
    /// Its digest.
    pub digest: String,
}

const MARK: &str = concat!(
    "INSERT OR REPLACE INTO ldap_buckets (kind, bucket, digest) \
     SELECT 'picture', value, '?' FROM json_each(?1) WHERE ",
    holds!("?2")
);

/// Who is gone keeps the picture for the day when they are back.
const KNOWN: &str = "SELECT json_object('ldap_id', p.ldap_id, 'bucket', p.bucket, 'digest', p.digest) \
    FROM json_each(?1) b CROSS JOIN ldap_pictures p ON p.bucket = b.value \
    WHERE NOT EXISTS (SELECT 1 FROM ldap_entries e \
      WHERE e.kind = 'user' AND e.ldap_id = p.ldap_id AND e.gone = 1)";

impl Batch for OpenPictures {
    type Output = Vec<KnownPicture>;

    fn statements(&self) -> Vec<Statement> {
        let buckets = json!(self.buckets).to_string();
        vec![
            Statement::new(MARK, [buckets.as_str().into(), self.lease.id.to_string().into()]),
            Statement::new(KNOWN, [buckets.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.skip()?;
        outcomes.each()
    }
}

/// Gives the lease back. The buckets that were read to their end are known from here on.
pub struct ClosePictures {
    /// Who worked.
    pub lease: PicturesLease,
    /// The digests of these buckets as they were read.
    pub digests: BTreeMap<u16, String>,
    /// Since when all is in line; `None`: there is more to do.
    pub in_line: Option<Timestamp>,
}

const DIGESTS: &str = concat!(
    "UPDATE ldap_buckets SET digest = j.value FROM json_each(?1) j \
     WHERE ldap_buckets.kind = 'picture' AND ldap_buckets.bucket = CAST(j.key AS INTEGER) \
       AND ldap_buckets.digest = '?' AND ",
    holds!("?2")
);

const CLOSE: &str = "UPDATE ldap_state SET pictures_lease = NULL, pictures_lease_until = 0, \
    pictures_at = coalesce(?2, pictures_at) WHERE id = 1 AND pictures_lease = ?1";

impl Batch for ClosePictures {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let lease = self.lease.id.to_string();
        let digests = json!(self.digests).to_string();
        vec![
            Statement::new(DIGESTS, [digests.into(), lease.as_str().into()]),
            Statement::new(CLOSE, [lease.into(), self.in_line.map(Timestamp::as_ms).into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()?;
        outcomes.skip()
    }
}
