use domain::CustomClaims;
use platform::Statement;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Replaces all custom claims of a user or a group; only the difference is written. `false`: there
/// is no such owner, and nothing was written.
pub struct Set {
    /// Whose claims.
    pub owner: Owner,
    /// The claims that they shall have.
    pub claims: CustomClaims,
    /// Who sets them.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// Whose claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A user's.
    User(Uuid),
    /// A group's, told of each of its members.
    Group(Uuid),
}

/// The statements for a kind of owner, in order.
struct Statements {
    owner: &'static str,
    decide: &'static str,
    remove: &'static str,
    write: &'static str,
}

/// `decide` takes `?9` the owner and `?10` the claims as JSON. The entry tells the claims that differ
/// alone, and of long values the beginning.
macro_rules! statements {
    ($table:literal, $owner:literal, $owners:literal, $who:literal, $facts:literal) => {
        Statements {
            owner: concat!("SELECT json('true') FROM ", $owners, " WHERE id = ?1"),
            decide: concat!(
                "WITH wanted AS MATERIALIZED (SELECT json_extract(value, '$.key') AS key, \
                   json_extract(value, '$.value') AS value FROM json_each(?10)), \
                 old AS MATERIALIZED (SELECT key, value FROM ",
                $table,
                " WHERE ",
                $owner,
                " = ?9 \
                   EXCEPT SELECT key, value FROM wanted), \
                 new AS MATERIALIZED (SELECT key, value FROM wanted \
                   EXCEPT SELECT key, value FROM ",
                $table,
                " WHERE ",
                $owner,
                " = ?9) ",
                insert_audit_entry!(
                    $who,
                    concat!(
                        "json_set(?6, ",
                        $facts,
                        "'$.before', (SELECT '' || json_group_array(\
                           json_object('key', key, 'value', substr(value, 1, 200))) FROM old), \
                         '$.after', (SELECT '' || json_group_array(\
                           json_object('key', key, 'value', substr(value, 1, 200))) FROM new))"
                    ),
                    concat!(
                        "FROM ",
                        $owners,
                        " o WHERE o.id = ?9 \
                         AND (EXISTS (SELECT 1 FROM old) OR EXISTS (SELECT 1 FROM new))"
                    )
                )
            ),
            remove: concat!(
                "DELETE FROM ",
                $table,
                " WHERE ",
                $owner,
                " = ?1 AND key NOT IN (\
                   SELECT json_extract(value, '$.key') FROM json_each(?2)) \
                 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3)"
            ),
            write: concat!(
                "INSERT INTO ",
                $table,
                " (",
                $owner,
                ", key, value) \
                 SELECT ?1, json_extract(j.value, '$.key'), json_extract(j.value, '$.value') \
                 FROM json_each(?2) j WHERE EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3) \
                 ON CONFLICT (",
                $owner,
                ", key) DO UPDATE SET value = excluded.value \
                 WHERE excluded.value <> ",
                $table,
                ".value"
            ),
        }
    };
}

const OF_USER: Statements =
    statements!("user_claims", "user_id", "users", "?7, ?8, o.id, o.username", "");

const OF_GROUP: Statements = statements!(
    "user_group_claims",
    "group_id",
    "user_groups",
    "?7, ?8, NULL, NULL",
    "'$.userGroupId', o.id, '$.userGroup', o.name, "
);

impl Set {
    fn claims_json(&self) -> String {
        let claims = self.claims.iter().map(|(key, value)| json!({ "key": key, "value": value }));
        serde_json::Value::Array(claims.collect()).to_string()
    }
}

impl Batch for Set {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let (sql, owner) = match self.owner {
            Owner::User(id) => (OF_USER, id.to_string()),
            Owner::Group(id) => (OF_GROUP, id.to_string()),
        };
        let claims = self.claims_json();
        let decide = [
            self.origin.actor_id.to_string().into(),
            self.origin.actor_username.as_str().into(),
            owner.as_str().into(),
            claims.as_str().into(),
        ];
        let write = [owner.as_str().into(), claims.into(), self.entry.id.to_string().into()];
        vec![
            Statement::new(sql.owner, [owner.into()]),
            self.entry.statement(sql.decide, Event::CustomClaimsChanged, decide),
            Statement::new(sql.remove, write.clone()),
            Statement::new(sql.write, write),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        let known = outcomes.happened()?;
        for _ in 0..3 {
            outcomes.skip()?;
        }
        Ok(known)
    }
}
