//! Profile pictures: a step of its own after a run. Reading all of them is much for a directory, so it is
//! done once a day; what fails here is tried again and fails nothing else.

mod compare;
mod file;
mod hand_on;

use std::collections::{BTreeMap, HashMap};

use http_api::{Call, Fault, Problem};
use ldap_proxy_client::{
    Buckets, ClientError, Digest, Digests, DigestsRequest, EntriesRequest, Item, Search,
};
use platform::{Beside, Detail, Outward};
use store::ldap::{
    ClosePictures, KnownPicture, KnownPictures, OpenPictures, PicturesLease, State, TakePictures,
};

use crate::directory::{Directory, Unread};
use crate::run::{Budget, Worked};
use crate::source::{Source, buckets};
use compare::{differing, some_of};
use file::{Picture, picture_of};

/// How often pictures are compared, and how many are handed on at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    rest_ms: i64,
    most: usize,
}

impl Pace {
    /// By the clock.
    pub(crate) const DAILY: Self = Self { rest_ms: 24 * 60 * 60_000, most: 400 };
    /// For an administrator, who waits.
    pub(crate) const ASKED_FOR: Self = Self { rest_ms: 60_000, most: 50 };
}

/// Why not everything was brought in line.
enum Stop {
    Unread(Unread),
    Problem(Problem),
    /// The function that makes pictures did not.
    NotMade(Detail),
}

impl From<ClientError> for Stop {
    fn from(error: ClientError) -> Self {
        Self::Unread(error.into())
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Brings some pictures in line, if it is time to and what was worked at is through.
pub(crate) async fn after(
    call: &Call,
    outward: &Outward,
    worked: Worked,
    budget: Budget,
    pace: Pace,
) {
    match worked {
        Worked::Idle => {}
        Worked::Ended(_, State::Done) if !budget.is_small() => {}
        _ => return,
    }
    let detail = match bring_in_line(call, outward, budget, pace).await {
        Ok(()) => return,
        Err(Stop::Unread(unread)) => Detail::new(unread.message),
        Err(Stop::NotMade(detail)) => detail,
        Err(Stop::Problem(Problem::Internal(fault))) => return call.warn(&fault),
        Err(Stop::Problem(problem)) => Detail::new(problem.text()),
    };
    call.warn(&Fault::LdapPictures(detail));
}

async fn bring_in_line(
    call: &Call,
    outward: &Outward,
    mut budget: Budget,
    pace: Pace,
) -> Result<(), Stop> {
    let lease = PicturesLease { id: call.new_id()?, at: call.by_now() };
    if !budget.run(call, TakePictures { lease, rest_ms: pace.rest_ms }).await? {
        return Ok(());
    }
    let (configuration, known) = budget.run(call, KnownPictures).await?;
    let source =
        Source::of(&configuration).map_err(|missing| Problem::LdapNotConfigured { missing })?;
    let directory = Directory::of(call, outward)?;
    let (beside, search) = (outward.beside.as_ref(), source.pictures());
    let left = pace.most.min(budget.pictures());
    let failed = Vec::new();
    let mut step = Step { call, budget, directory, beside, search, lease, left, failed };
    let found = step.digests().await?;
    let differing = differing(&found, &known);
    let chosen = some_of(differing.clone(), &found, left);
    let is_all = chosen.len() == differing.len();
    let digests =
        if chosen.is_empty() { Some(BTreeMap::new()) } else { step.read(&chosen).await? };
    let in_line = (is_all && digests.is_some()).then_some(lease.at);
    let digests = digests.unwrap_or_default();
    Ok(step.budget.run(call, ClosePictures { lease, digests, in_line }).await?)
}

/// What a request works with.
struct Step<'a> {
    call: &'a Call,
    budget: Budget,
    directory: Directory,
    beside: &'a dyn Beside,
    search: Search,
    lease: PicturesLease,
    /// How many pictures may still be handed on.
    left: usize,
    /// Buckets with a picture that could not be made: tomorrow again.
    failed: Vec<u16>,
}

impl Step<'_> {
    async fn digests(&self) -> Result<Digests, Stop> {
        let request = DigestsRequest { search: self.search.clone(), buckets: divided()? };
        Ok(self.directory.client().digests(&request).await?)
    }

    /// Hands on what is new, changed or gone in these buckets, and gives the digests of those that are in
    /// line; `None`: there is more.
    async fn read(&mut self, chosen: &[u16]) -> Result<Option<BTreeMap<u16, String>>, Stop> {
        let open = OpenPictures { lease: self.lease, buckets: chosen.to_vec() };
        let known = self.budget.run(self.call, open).await?;
        let request = self.request(chosen, &known)?;
        let known = known.into_iter().map(|picture| (picture.ldap_id.clone(), picture));
        let mut unmet: HashMap<_, _> = known.collect();
        let mut answer = self.directory.client().entries(&request).await?;
        let end = loop {
            match answer.next().await? {
                Item::Entry(entry) => {
                    let (id, digest) = (entry.id.clone(), entry.digest);
                    let picture = picture_of(entry);
                    if picture != Picture::None {
                        unmet.remove(&id);
                    }
                    if let Picture::File(file) = picture
                        && !self.hand_on(&looked_at(id, digest)?, file).await?
                    {
                        return Ok(None);
                    }
                }
                Item::Same(same) => drop(unmet.remove(&same.id)),
                // Of several pictures the first counts.
                Item::More(_) => {}
                Item::Complete(end) => break end,
            }
        };
        for gone in unmet.values() {
            if !self.hand_on(gone, Vec::new()).await? {
                return Ok(None);
            }
        }
        let made = end.digests.into_iter().filter(|(bucket, _)| !self.failed.contains(bucket));
        Ok(Some(made.map(|(bucket, digest)| (bucket, digest.to_string())).collect()))
    }

    /// Asks for these buckets without what is known of them.
    fn request(&self, chosen: &[u16], known: &[KnownPicture]) -> Result<EntriesRequest, Stop> {
        let mut wanted: BTreeMap<u16, Vec<Digest>> =
            chosen.iter().map(|bucket| (*bucket, Vec::new())).collect();
        for picture in known {
            wanted.entry(picture.bucket).or_default().extend(picture.digest.parse::<Digest>());
        }
        Ok(EntriesRequest { search: self.search.clone(), buckets: divided()?, wanted })
    }
}

fn looked_at(ldap_id: String, digest: Digest) -> Result<KnownPicture, Stop> {
    Ok(KnownPicture { bucket: divided()?.of(&ldap_id), digest: digest.to_string(), ldap_id })
}

fn divided() -> Result<Buckets, ClientError> {
    buckets().map_err(|_| ClientError::Protocol("no buckets"))
}
