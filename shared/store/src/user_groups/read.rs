use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::record::group_json;
use super::{GroupWithMembers, UserGroup};
use crate::sql::user_json;
use crate::users::UserRecord;
use crate::{Batch, Outcomes, StoreError};

/// Most members that are told with their groups; the rest are read by [`Members`].
pub const MOST_MEMBERS: u32 = 1000;

/// One group without its members.
pub struct Summary(pub Uuid);

/// One group with its first [`MOST_MEMBERS`] members by username.
pub struct Read(pub Uuid);

/// A page of one group's members by username; `None`: there is no such group.
pub struct Members {
    /// The group.
    pub group: Uuid,
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Members a page, 1–100; one more is read, if there is one.
    pub limit: u32,
    /// The username after which the page begins, whatever its number.
    pub after: Option<String>,
}

/// The groups of one user, each with its first members by username; they share [`MOST_MEMBERS`]
/// evenly, but each tells one. `None`: there is no such user.
pub struct OfUser(pub Uuid);

const GROUP: &str = concat!("SELECT ", group_json!(), " FROM user_groups g WHERE g.id = ?1");

// A row a member: an aggregate of a thousand users in many groups each would be larger than the two
// megabytes that D1 lets a value have.
const FIRST_MEMBERS: &str = concat!(
    "SELECT ",
    user_json!(),
    " FROM user_group_members m CROSS JOIN users u ON u.id = m.user_id \
      WHERE m.group_id = ?1 ORDER BY m.username LIMIT ?2"
);

const COUNT: &str = "SELECT json(user_count) FROM user_groups WHERE id = ?1";

const PAGE_OF_MEMBERS: &str = concat!(
    "SELECT ",
    user_json!(),
    " FROM (SELECT user_id, username FROM user_group_members \
          WHERE group_id = ?1 AND username > coalesce(?4, '') ORDER BY username \
          LIMIT ?2 + 1 OFFSET iif(?4 IS NULL, ?2, 0) * max(0, min(?3 - 1, (coalesce((\
            SELECT user_count FROM user_groups WHERE id = ?1), 0) - 1) / ?2))) page \
        CROSS JOIN users u ON u.id = page.user_id ORDER BY page.username"
);

const GROUPS_OF_USER: &str = concat!(
    "SELECT ",
    group_json!(),
    " FROM user_group_members o CROSS JOIN user_groups g ON g.id = o.group_id \
      WHERE o.user_id = ?1 ORDER BY g.friendly_name, g.seq"
);

const MEMBERS_OF_GROUPS_OF_USER: &str = concat!(
    "SELECT json_object('group_id', o.group_id, 'user', json(",
    user_json!(),
    ")) FROM user_group_members o CROSS JOIN json_each((\
          SELECT json_group_array(user_id) FROM (\
            SELECT user_id FROM user_group_members WHERE group_id = o.group_id \
            ORDER BY username \
            LIMIT max(1, ?2 / (SELECT count(*) FROM user_group_members WHERE user_id = ?1))))) f \
        CROSS JOIN users u ON u.id = f.value WHERE o.user_id = ?1"
);

impl Batch for Summary {
    type Output = Option<UserGroup>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(GROUP, [self.0.to_string().into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

impl Batch for Read {
    type Output = Option<GroupWithMembers>;

    fn statements(&self) -> Vec<Statement> {
        let id = self.0.to_string();
        vec![
            Statement::new(GROUP, [id.as_str().into()]),
            Statement::new(FIRST_MEMBERS, [id.into(), MOST_MEMBERS.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let group = outcomes.one()?;
        let users = outcomes.each()?;
        Ok(group.map(|group| GroupWithMembers { group, users }))
    }
}

impl Batch for Members {
    type Output = Option<MembersPage>;

    fn statements(&self) -> Vec<Statement> {
        let group = self.group.to_string();
        let parameters = [
            group.as_str().into(),
            self.limit.into(),
            self.page.into(),
            self.after.as_deref().into(),
        ];
        let count = Statement::new(COUNT, [group.into()]);
        vec![count, Statement::new(PAGE_OF_MEMBERS, parameters)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let total: Option<u32> = outcomes.one()?;
        let items = outcomes.each()?;
        Ok(total.map(|total| MembersPage { items, total }))
    }
}

/// A page of a group's members.
#[derive(Debug)]
pub struct MembersPage {
    /// The members.
    pub items: Vec<UserRecord>,
    /// How many there are on all pages.
    pub total: u32,
}

#[derive(Deserialize)]
struct Member {
    group_id: Uuid,
    user: UserRecord,
}

impl Batch for OfUser {
    type Output = Option<Vec<GroupWithMembers>>;

    fn statements(&self) -> Vec<Statement> {
        let id = self.0.to_string();
        vec![
            Statement::new("SELECT json('true') FROM users WHERE id = ?1", [id.as_str().into()]),
            Statement::new(GROUPS_OF_USER, [id.as_str().into()]),
            Statement::new(MEMBERS_OF_GROUPS_OF_USER, [id.into(), MOST_MEMBERS.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let known = outcomes.happened()?;
        let groups: Vec<UserGroup> = outcomes.each()?;
        let members: Vec<Member> = outcomes.each()?;
        let with_members = |group: UserGroup| GroupWithMembers { group, users: Vec::new() };
        let mut groups: Vec<_> = groups.into_iter().map(with_members).collect();
        for Member { group_id, user } in members {
            let of_member = groups.iter_mut().find(|with| with.group.id == group_id);
            if let Some(with) = of_member {
                with.users.push(user);
            }
        }
        Ok(known.then_some(groups))
    }
}
