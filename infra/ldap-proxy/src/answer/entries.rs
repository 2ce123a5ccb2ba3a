use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use ldap_proxy_client::{Buckets, Digest, End, Failure, Line, Same};
use tokio::sync::mpsc::Sender;
use tokio::time::timeout;

use super::digests::of_buckets;
use super::lines;
use crate::allowed::Admitted;
use crate::reading::{Identified, Pass};

/// How long a reader may take nothing.
const TO_TAKE: Duration = Duration::from_mins(1);
/// How much is gathered before it is sent.
const CHUNK: usize = 64 * 1024;

/// The buckets that are asked for, each with the digests that are known.
type Wanted = BTreeMap<u16, Vec<Digest>>;

/// Why no further line is written.
enum Stopped {
    /// The reader has gone, or takes nothing.
    Reader,
    /// The directory failed.
    Directory(Failure),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Directory(failure)
    }
}

/// Writes the answer to `reader`, line by line. `page` has been read already: that the directory answers
/// at all is known before the answer's status is.
pub(crate) async fn stream(
    pass: Pass,
    page: Option<Vec<Identified>>,
    search: Arc<Admitted>,
    buckets: Buckets,
    wanted: Wanted,
    reader: Sender<Bytes>,
) -> Option<End> {
    let known = wanted.iter().flat_map(|(bucket, known)| known.iter().map(|one| (*bucket, *one)));
    let known = known.collect();
    let mut answer = Answer {
        reader,
        out: Vec::with_capacity(CHUNK),
        search,
        buckets,
        wanted,
        known,
        read: Vec::new(),
        sent: 0,
        same: 0,
    };
    let last = match answer.write(pass, page).await {
        Ok(end) => Line::End(end),
        Err(Stopped::Directory(failure)) => {
            tracing::warn!(error = failure.error, code = ?failure.code, "the answer broke off");
            Line::Error(failure)
        }
        Err(Stopped::Reader) => {
            tracing::info!("the reader went away");
            return None;
        }
    };
    lines::write(&last, &mut answer.out);
    answer.send().await.ok()?;
    match last {
        Line::End(end) => Some(end),
        _ => None,
    }
}

struct Answer {
    reader: Sender<Bytes>,
    out: Vec<u8>,
    search: Arc<Admitted>,
    buckets: Buckets,
    wanted: Wanted,
    known: HashSet<(u16, Digest)>,
    /// The digests of the entries in wanted buckets.
    read: Vec<(u16, Digest)>,
    sent: u64,
    same: u64,
}

impl Answer {
    async fn write(
        &mut self,
        mut pass: Pass,
        mut page: Option<Vec<Identified>>,
    ) -> Result<End, Stopped> {
        while let Some(found) = page {
            for one in found {
                self.entry(&mut pass, one).await?;
            }
            page = pass.page().await?;
        }
        let mut digest_of = of_buckets(std::mem::take(&mut self.read));
        let end = End {
            entries: pass.entries,
            sent: self.sent,
            same: self.same,
            digests: self.wanted.keys().map(|bucket| (*bucket, digest_of(*bucket))).collect(),
            problems: std::mem::take(&mut pass.problems),
        };
        pass.close().await;
        Ok(end)
    }

    async fn entry(&mut self, pass: &mut Pass, mut found: Identified) -> Result<(), Stopped> {
        let bucket = self.buckets.of(&found.id);
        if !self.wanted.contains_key(&bucket) {
            return Ok(());
        }
        let digest = pass.digest(&mut found).await?;
        self.read.push((bucket, digest));
        if self.known.contains(&(bucket, digest)) {
            self.same += 1;
            return self.line(&Line::Same(Same { id: found.id, digest })).await;
        }
        self.sent += 1;
        for line in lines::of_entry(found, digest, &self.search) {
            self.line(&line).await?;
        }
        Ok(())
    }

    async fn line(&mut self, line: &Line) -> Result<(), Stopped> {
        lines::write(line, &mut self.out);
        if self.out.len() < CHUNK { Ok(()) } else { self.send().await }
    }

    async fn send(&mut self) -> Result<(), Stopped> {
        let chunk = std::mem::replace(&mut self.out, Vec::with_capacity(CHUNK)).into();
        match timeout(TO_TAKE, self.reader.send(chunk)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Stopped::Reader),
        }
    }
}
