use std::collections::HashMap;

use ldap_proxy_client::{Digest, Digests, DigestsRequest};
use store::ldap::{Begun, Compared, Kind, Stage};

use super::{Stop, Worker, held};
use crate::directory::Unread;
use crate::source::{BUCKETS, buckets};

/// A minute. Most directories give all digests in less.
const A_WHILE_MS: i64 = 60_000;

impl Worker<'_> {
    /// Compares the buckets of the directory with those that are known; what differs is to be read.
    pub(super) async fn compare(&mut self, begun: &Begun) -> Result<(), Stop> {
        let asked = self.call.by_now();
        let users = self.digests(Kind::User).await?;
        if self.call.by_now() > asked.plus_ms(A_WHILE_MS) {
            self.renew().await?;
        }
        let groups = self.digests(Kind::Group).await?;
        let mut pending = Vec::new();
        let mut expected = 0;
        for (kind, digests) in [(Kind::User, &users), (Kind::Group, &groups)] {
            let differing = self.differing(kind, digests, begun);
            let share = differing.len() as u64;
            expected += (digests.entries * share).div_ceil(u64::from(BUCKETS));
            pending.extend(differing.into_iter().map(|bucket| (kind, bucket)));
        }
        let unidentified =
            |it: &Digests| it.problems.missing + it.problems.ambiguous + it.problems.duplicate;
        self.run.users_read = users.entries;
        self.run.groups_read = groups.entries;
        self.run.unidentified = unidentified(&users) + unidentified(&groups);
        self.run.pending.clone_from(&pending);
        if pending.is_empty() {
            return Ok(());
        }
        let compared = Compared {
            lease: self.lease(),
            mapping: self.source.mapping(),
            known_mapping: begun.mapping.clone(),
            pending,
            users_read: self.run.users_read,
            groups_read: self.run.groups_read,
            unidentified: self.run.unidentified,
            expected,
        };
        held(self.budget.run(self.call, compared).await?)
    }

    /// Keeps the lease, which two readings without a word might outlast.
    async fn renew(&mut self) -> Result<(), Stop> {
        let (lease, kind, changes, members) = (self.lease(), Kind::User, Vec::new(), Vec::new());
        let nothing = Stage { lease, kind, changes, members, read: 0 };
        held(self.budget.run(self.call, nothing).await?)
    }

    async fn digests(&self, kind: Kind) -> Result<Digests, Stop> {
        let buckets = buckets().map_err(|_| not_buckets())?;
        let request = DigestsRequest { search: self.source.search(kind), buckets };
        Ok(self.directory.client().digests(&request).await?)
    }

    /// Buckets whose digest is not the known one. One that was never written down is known to be empty.
    fn differing(&self, kind: Kind, digests: &Digests, begun: &Begun) -> Vec<u16> {
        let empty = Digest::of_bucket(&mut []).to_string();
        let of_kind = begun.buckets.iter().filter(|known| known.0 == kind);
        let known: HashMap<u16, &str> = of_kind.map(|it| (it.1, it.2.as_str())).collect();
        let pairs = (0u16..).zip(&digests.digests);
        let differing = pairs.filter(|(bucket, digest)| {
            let (now, known) = (digest.to_string(), known.get(bucket).copied().unwrap_or(&empty));
            now != known || (self.anew && now != empty)
        });
        differing.map(|(bucket, _)| bucket).collect()
    }
}

pub(super) fn not_buckets() -> Stop {
    let message = "The directory cannot be divided into buckets".to_owned();
    Stop::Unread(Unread { stage: "answer", message })
}
