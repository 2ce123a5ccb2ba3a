use std::collections::{BTreeMap, HashMap};

use ldap_proxy_client::{Digest, End, EntriesRequest, Entry, Item};
use store::ldap::{Confirm, Discard, Kind, KnownEntry, KnownOf};

use super::compare::not_buckets;
use super::shared::Named;
use super::{Stop, Worker, held};
use crate::entries::{Group, Member, Person, member, members};
use crate::run::budget::AT_ONCE;
use crate::source::{BUCKETS, buckets};

/// Members that are staged at once, of whatever groups.
const MEMBERS_AT_ONCE: usize = 5_000;

/// Bytes that are staged at once, about: D1 takes parameters of 2 MB.
const BYTES_AT_ONCE: usize = 500_000;

/// One reading: some buckets of one kind, entry by entry.
pub(super) struct Reading {
    pub(super) kind: Kind,
    /// Entries that are known of these buckets and have not been met: in the end, those that are gone.
    pub(super) known: HashMap<String, Option<String>>,
    /// Digests of entries that were known and came in full.
    pub(super) met: HashMap<String, Option<String>>,
    pub(super) people: Vec<Person>,
    pub(super) groups: Vec<Group>,
    pub(super) members: Vec<(String, Member)>,
    /// Every entry that has come, by its unique identifier.
    pub(super) seen: HashMap<String, Named>,
    /// Those whose identifier another one has as well.
    pub(super) shared: BTreeMap<String, Named>,
    /// Entries since the last staging.
    pub(super) read: u64,
    /// Entries before it.
    pub(super) told: u64,
    /// Bytes of what is to be staged, about.
    pub(super) weight: usize,
}

impl Worker<'_> {
    /// Reads as many of the pending buckets as the budget allows, and stages what differs.
    pub(super) async fn read_some(&mut self) -> Result<(), Stop> {
        let (kind, chosen, rest) = self.choose();
        let known = KnownOf { lease: self.lease(), kind, buckets: chosen.clone() };
        let known = self.budget.run(self.call, known).await?.ok_or(Stop::Lost)?;
        let request = EntriesRequest {
            search: self.source.search(kind),
            buckets: buckets().map_err(|_| not_buckets())?,
            wanted: chosen
                .iter()
                .map(|bucket| (*bucket, self.known_digests(*bucket, &known)))
                .collect(),
        };
        let mut reading = Reading::of(kind, known);
        let mut answer = self.directory.client().entries(&request).await?;
        drop(request);
        let end = loop {
            if !self.budget.allows_ending() && chosen.len() > 1 {
                return self.give_up(&reading, chosen).await;
            }
            match answer.next().await? {
                Item::Entry(entry) => self.take(&mut reading, &entry).await?,
                Item::More(more) => {
                    if kind == Kind::Group
                        && more.attribute.eq_ignore_ascii_case(&self.source.group.member)
                    {
                        let texts = more.values.iter().filter_map(|value| value.text());
                        for text in texts {
                            reading.add_member(&more.id, member(text));
                        }
                        self.stage_if_full(&mut reading).await?;
                    }
                }
                Item::Same(same) => {
                    reading.known.remove(&same.id);
                    reading.is_first(&same.id, None);
                    reading.read += 1;
                }
                Item::Complete(end) => break end,
            }
        };
        self.stage(&mut reading).await?;
        self.stage_shared(&mut reading).await?;
        self.stage_gone(&mut reading).await?;
        self.confirm(kind, end, rest).await
    }

    /// Buckets of one kind to read now, and what is left.
    fn choose(&self) -> (Kind, Vec<u16>, Vec<(Kind, u16)>) {
        let kind = self.run.pending.first().map_or(Kind::User, |first| first.0);
        let entries = match kind {
            Kind::User => self.run.users_read,
            Kind::Group => self.run.groups_read,
        };
        let each =
            usize::try_from(entries.div_ceil(u64::from(BUCKETS))).unwrap_or(usize::MAX).max(1);
        let most = (self.budget.entries() / each).clamp(1, self.run.at_once.max(1));
        let of_kind = self.run.pending.iter().take_while(|it| it.0 == kind).take(most);
        let chosen: Vec<u16> = of_kind.map(|it| it.1).collect();
        let rest = self.run.pending[chosen.len()..].to_vec();
        (kind, chosen, rest)
    }

    /// What the proxy need not send. Under other settings an entry that is the same means something
    /// else.
    fn known_digests(&self, bucket: u16, known: &BTreeMap<u16, Vec<KnownEntry>>) -> Vec<Digest> {
        if self.anew {
            return Vec::new();
        }
        let entries = known.get(&bucket).map(Vec::as_slice).unwrap_or_default();
        entries.iter().filter_map(|entry| entry.digest.as_ref()?.parse().ok()).collect()
    }

    async fn take(&mut self, reading: &mut Reading, entry: &Entry) -> Result<(), Stop> {
        if let Some(digest) = reading.known.remove(&entry.id) {
            reading.met.insert(entry.id.clone(), digest);
        }
        reading.read += 1;
        match reading.kind {
            Kind::User => {
                let person = Person::of(entry, &self.source.user);
                reading.weight += person.weight();
                let named =
                    Named { dn: person.dn.clone(), name: person.usernames.first().cloned() };
                if reading.is_first(&entry.id, Some(named)) {
                    reading.people.push(person);
                }
            }
            Kind::Group => {
                let attributes = &self.source.group;
                let group = Group::of(entry, attributes);
                reading.weight += group.weight();
                let named = Named { dn: group.dn.clone(), name: Some(group.name.clone()) };
                if reading.is_first(&entry.id, Some(named)) {
                    reading.groups.push(group);
                }
                for named in members(entry, &attributes.member) {
                    reading.add_member(&entry.id, named);
                }
            }
        }
        self.stage_if_full(reading).await
    }

    async fn stage_if_full(&mut self, reading: &mut Reading) -> Result<(), Stop> {
        let full = reading.people.len() >= AT_ONCE
            || reading.groups.len() >= AT_ONCE
            || reading.members.len() >= MEMBERS_AT_ONCE
            || reading.weight >= BYTES_AT_ONCE;
        if full { self.stage(reading).await } else { Ok(()) }
    }

    /// So many members that this request cannot read them all: the next one reads fewer buckets.
    async fn give_up(&mut self, reading: &Reading, buckets: Vec<u16>) -> Result<(), Stop> {
        let at_once = buckets.len() / 2;
        let (lease, kind) = (self.lease(), reading.kind);
        let discard = Discard { lease, kind, buckets, at_once, read: reading.told };
        held(self.budget.run(self.call, discard).await?)?;
        self.run.at_once = at_once;
        Ok(())
    }

    async fn confirm(
        &mut self,
        kind: Kind,
        end: End,
        pending: Vec<(Kind, u16)>,
    ) -> Result<(), Stop> {
        let digests = end.digests.into_iter().map(|(bucket, digest)| (bucket, digest.to_string()));
        let confirm = Confirm {
            lease: self.lease(),
            kind,
            digests: digests.collect(),
            pending: pending.clone(),
        };
        held(self.budget.run(self.call, confirm).await?)?;
        self.run.pending = pending;
        Ok(())
    }
}

impl Reading {
    fn add_member(&mut self, group: &str, member: Member) {
        let name = member.name.as_ref().map_or(0, String::len);
        self.weight += group.len() + member.key.len() + name + 50;
        self.members.push((group.to_owned(), member));
    }

    fn of(kind: Kind, known: BTreeMap<u16, Vec<KnownEntry>>) -> Self {
        let entries = known.into_values().flatten();
        Self {
            kind,
            known: entries.map(|entry| (entry.ldap_id, entry.digest)).collect(),
            met: HashMap::new(),
            people: Vec::new(),
            groups: Vec::new(),
            members: Vec::new(),
            seen: HashMap::new(),
            shared: BTreeMap::new(),
            read: 0,
            told: 0,
            weight: 0,
        }
    }
}
