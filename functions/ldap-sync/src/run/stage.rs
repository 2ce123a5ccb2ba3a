use std::mem::take;

use http_api::{Problem, TokenKey};
use ldap_proxy_client::Buckets;
use store::ldap::{
    Action, GroupOwners, Kind, NewChange, NewMember, NewUserLink, Stage, UserOwners,
};

use super::compare::not_buckets;
use super::read::Reading;
use super::{Stop, Worker, held};
use crate::entries::dn_key;
use crate::plan::{Book, Gone, Planned, Rules, gone_group, gone_user, plan_group, plan_user};
use crate::run::budget::AT_ONCE;
use crate::source::buckets;

impl Worker<'_> {
    /// Plans for the entries at hand and stages what is to change.
    pub(super) async fn stage(&mut self, reading: &mut Reading) -> Result<(), Stop> {
        let changes = match reading.kind {
            Kind::User => self.plan_users(reading).await?,
            Kind::Group => self.plan_groups(reading).await?,
        };
        let members = take(&mut reading.members).into_iter().map(|(group_id, member)| NewMember {
            group_id,
            member: member.key,
            name: member.name,
        });
        let (kind, read) = (reading.kind, take(&mut reading.read));
        reading.told += read;
        reading.weight = 0;
        let members = members.collect();
        let stage = Stage { lease: self.lease(), kind, changes, members, read };
        held(self.budget.run(self.call, stage).await?)
    }

    fn rules(&self) -> Rules {
        Rules { require_email: self.source.require_email, soft_delete: self.source.soft_delete }
    }

    async fn plan_users(&mut self, reading: &mut Reading) -> Result<Vec<NewChange>, Stop> {
        let people = take(&mut reading.people);
        let key = |address: &String| {
            domain::EmailAddress::parse(address).map_or_else(|_| address.clone(), |it| it.key())
        };
        let owners = UserOwners {
            run: self.run.id,
            ldap_ids: people.iter().map(|it| it.ldap_id.clone()).collect(),
            usernames: people.iter().flat_map(|it| it.usernames.clone()).collect(),
            email_keys: people.iter().flat_map(|it| it.emails.iter().map(key)).collect(),
        };
        let owners = self.budget.run(self.call, owners).await?;
        let mut book = Book::new(owners, |it| it.ldap_id.clone());
        let mut changes = Vec::new();
        for person in &people {
            let planned = plan_user(person, &mut book, self.rules());
            if planned.action == Action::Keep && is_met(reading, &person.ldap_id, &person.digest) {
                continue;
            }
            let place = (person.ldap_id.as_str(), person.dn.as_str(), person.digest.as_str());
            changes.push(self.change(place, planned)?);
        }
        Ok(changes)
    }

    async fn plan_groups(&mut self, reading: &mut Reading) -> Result<Vec<NewChange>, Stop> {
        let groups = take(&mut reading.groups);
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        let owners = GroupOwners {
            run: self.run.id,
            ldap_ids: groups.iter().map(|it| it.ldap_id.clone()).collect(),
            names: groups.iter().map(|it| it.name.clone()).collect(),
        };
        let owners = self.budget.run(self.call, owners).await?;
        let mut book = Book::new(owners, |it| it.ldap_id.clone());
        let mut changes = Vec::new();
        for group in &groups {
            let planned = plan_group(group, &mut book);
            let place = (group.ldap_id.as_str(), group.dn.as_str(), group.digest.as_str());
            changes.push(self.change(place, planned)?);
        }
        Ok(changes)
    }

    /// A change of an entry: its identifier, where it stands, its digest.
    fn change(
        &self,
        (ldap_id, dn, digest): (&str, &str, &str),
        planned: Planned,
    ) -> Result<NewChange, Stop> {
        let target = match (planned.target, planned.action) {
            (None, Action::Create) => Some(self.call.new_id()?),
            (target, _) => target,
        };
        let mailed = self.source.email_new_users
            && planned.action == Action::Create
            && planned.email.is_some();
        let link = if mailed { Some(self.link()?) } else { None };
        Ok(NewChange {
            ldap_id: ldap_id.to_owned(),
            bucket: bucket_of(ldap_id)?,
            action: planned.action,
            entry_id: self.call.new_id()?,
            target_id: target,
            dn: dn.to_owned(),
            dn_key: dn_key(dn),
            digest: Some(digest.to_owned()),
            name: planned.username,
            email: planned.email,
            email_key: planned.email_key,
            first_name: Some(planned.first_name),
            last_name: Some(planned.last_name),
            display_name: Some(planned.display_name),
            changes: planned.changes.0,
            problem: planned.conflict.map(|conflict| conflict.to_json()),
            link,
        })
    }

    /// A link for a new user; its token is derived from its identifier when it is mailed.
    fn link(&self) -> Result<NewUserLink, Problem> {
        let (id, mail_id) = (self.call.new_id()?, self.call.new_id()?);
        let hash = TokenKey::of(self.call)?.one_time_link(id).hash();
        Ok(NewUserLink { id, hash: hexadecimal(&hash), mail_id })
    }

    /// Stages what becomes of the known entries that were not met.
    pub(super) async fn stage_gone(&mut self, reading: &mut Reading) -> Result<(), Stop> {
        let gone: Vec<String> = take(&mut reading.known).into_keys().collect();
        for ids in gone.chunks(AT_ONCE) {
            let changes = match reading.kind {
                Kind::User => self.gone_users(ids).await?,
                Kind::Group => self.gone_groups(ids).await?,
            };
            let (kind, members) = (reading.kind, Vec::new());
            let stage = Stage { lease: self.lease(), kind, changes, members, read: 0 };
            held(self.budget.run(self.call, stage).await?)?;
        }
        Ok(())
    }

    async fn gone_users(&mut self, ids: &[String]) -> Result<Vec<NewChange>, Stop> {
        let owners = UserOwners {
            run: self.run.id,
            ldap_ids: ids.to_vec(),
            usernames: Vec::new(),
            email_keys: Vec::new(),
        };
        let owners = self.budget.run(self.call, owners).await?;
        let book = Book::new(owners, |it| it.ldap_id.clone());
        let gone = |id: &String| gone_user(book.existing(id), self.rules());
        ids.iter().map(|id| self.gone(id, gone(id))).collect()
    }

    async fn gone_groups(&mut self, ids: &[String]) -> Result<Vec<NewChange>, Stop> {
        let owners = GroupOwners { run: self.run.id, ldap_ids: ids.to_vec(), names: Vec::new() };
        let owners = self.budget.run(self.call, owners).await?;
        let book = Book::new(owners, |it| it.ldap_id.clone());
        ids.iter().map(|id| self.gone(id, gone_group(book.existing(id)))).collect()
    }

    pub(super) fn gone(&self, ldap_id: &str, gone: Gone) -> Result<NewChange, Stop> {
        Ok(NewChange {
            ldap_id: ldap_id.to_owned(),
            bucket: bucket_of(ldap_id)?,
            action: gone.action,
            entry_id: self.call.new_id()?,
            target_id: gone.target,
            dn: String::new(),
            dn_key: String::new(),
            digest: None,
            name: gone.name,
            email: None,
            email_key: None,
            first_name: None,
            last_name: None,
            display_name: None,
            changes: serde_json::Map::new(),
            problem: None,
            link: None,
        })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.extend(
            [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16)).iter().flatten(),
        );
        text
    })
}

/// Whether an entry that came in full is known just so.
fn is_met(reading: &Reading, ldap_id: &str, digest: &str) -> bool {
    reading.met.get(ldap_id).is_some_and(|known| known.as_deref() == Some(digest))
}

fn bucket_of(ldap_id: &str) -> Result<u16, Stop> {
    buckets().map(|buckets: Buckets| buckets.of(ldap_id)).map_err(|_| not_buckets())
}
