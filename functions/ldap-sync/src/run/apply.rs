use store::ldap::{Applied, ApplyAdmins, ApplyGroups, ApplyUsers, Finish, State};
use store::pictures;

use super::{Stop, Worked, Worker, held, sweep};

/// Users that one batch changes.
const USERS: u32 = 500;

/// Groups that one batch changes, each with all its members.
const GROUPS: u32 = 10;

/// Administrators that one batch makes, and unmakes.
const ADMINS: usize = 50;

impl Worker<'_> {
    /// Applies the plan as far as the budget goes; whether that was all. Users first: groups name them.
    pub(super) async fn apply(&mut self) -> Result<bool, Stop> {
        let users = !self.left.users || self.users().await?;
        let groups = users && (!self.left.groups || self.groups().await?);
        let all = groups && self.admins().await?;
        if self.source.email_new_users {
            self.call.wake_dispatcher().await;
        }
        Ok(all)
    }

    async fn users(&mut self) -> Result<bool, Stop> {
        while self.budget.allows_more(self.call) {
            let chunk = ApplyUsers { lease: self.lease(), limit: USERS };
            match self.budget.run(self.call, chunk).await? {
                Applied::Lost => return Err(Stop::Lost),
                Applied::Some { count, pictures } => {
                    for (user, hash) in pictures {
                        // They are gone whether or not this succeeds.
                        let _ = self.call.key_value().delete(&pictures::key(user, &hash)).await;
                    }
                    if count < u64::from(USERS) {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    async fn groups(&mut self) -> Result<bool, Stop> {
        while self.budget.allows_more(self.call) {
            let chunk = ApplyGroups { lease: self.lease(), limit: GROUPS };
            match self.budget.run(self.call, chunk).await? {
                Applied::Lost => return Err(Stop::Lost),
                Applied::Some { count, .. } if count < u64::from(GROUPS) => return Ok(true),
                Applied::Some { .. } => {}
            }
        }
        Ok(false)
    }

    async fn admins(&mut self) -> Result<bool, Stop> {
        if self.source.admin_group.is_empty() {
            return Ok(true);
        }
        while self.budget.allows_more(self.call) {
            let ids = (0..2 * ADMINS).map(|_| self.call.new_id()).collect::<Result<_, _>>()?;
            let group = self.source.admin_group.clone();
            let chunk = ApplyAdmins { lease: self.lease(), group, ids };
            match self.budget.run(self.call, chunk).await? {
                Applied::Lost => return Err(Stop::Lost),
                Applied::Some { count: 0, .. } => return Ok(true),
                Applied::Some { .. } => {}
            }
        }
        Ok(false)
    }

    /// Ends the run.
    pub(super) async fn finish(&mut self) -> Result<Worked, Stop> {
        let mapping = self.run.mapping.clone().unwrap_or_else(|| self.source.mapping());
        let finish = Finish {
            lease: self.lease(),
            mapping,
            users_read: self.run.users_read,
            groups_read: self.run.groups_read,
            entry: self.entry()?,
        };
        held(self.budget.run(self.call, finish).await?)?;
        if self.run.state == State::Applying {
            sweep(self.call, &mut self.budget).await?;
        }
        Ok(Worked::Ended(self.run.id, State::Done))
    }
}
