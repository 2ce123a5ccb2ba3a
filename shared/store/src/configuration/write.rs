use domain::Setting;
use platform::Statement;
use serde_json::json;

use super::{ReadVersioned, Versioned};
use crate::audit::{Entry, Event};
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Changes settings: all of them or, when the configuration is not the one expected, none.
///
/// # Atomicity
/// One batch. The audit entry decides: it is written under the condition that the version is one of
/// those expected and that a value really differs, with the values before read in the same
/// statement; version and values hang on it. Changes at once of different settings both stand.
pub struct Write {
    /// What is to change; a setting at most once.
    pub changes: Vec<Change>,
    /// The versions of which one must be in force; `None`: whichever is.
    pub expected: Option<Vec<u64>>,
    /// Who changes it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// A new value.
#[derive(Debug, Clone)]
pub struct Change {
    /// Of which setting.
    pub setting: &'static Setting,
    /// In the form in which it is kept; a secret is sealed already.
    pub value: String,
}

/// What came of it. What the configuration is now comes with it in any case.
#[derive(Debug)]
pub enum Written {
    /// It is as wished, whether or not anything had to be written.
    Done(Versioned),
    /// It was not the one expected; nothing was written.
    Outdated,
}

/// Settings that really differ, out of `?9`. A default is kept by keeping nothing, so its value is
/// null there.
const DECIDE: &str = "WITH changes AS MATERIALIZED (\
      SELECT json_extract(e.value, '$.key') AS name, json_extract(e.value, '$.value') AS after, \
        json_extract(e.value, '$.default') AS fallback, \
        json_extract(e.value, '$.secret') AS secret, c.value AS before \
      FROM json_each(?9) e LEFT JOIN configuration c ON c.key = json_extract(e.value, '$.key') \
      WHERE c.value IS NOT json_extract(e.value, '$.value')) \
    INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, data, \
      actor_id, actor_username) \
    SELECT ?1, ?2, ?3, ?4, ?5, json_set(?6, \
      '$.before', (SELECT json_group_object(name, coalesce(before, fallback)) \
        FROM changes WHERE secret = 0) || '', \
      '$.after', (SELECT json_group_object(name, \
        iif(secret, 'changed', coalesce(after, fallback))) FROM changes) || ''), ?7, ?8 \
    WHERE EXISTS (SELECT 1 FROM changes) \
      AND (?10 IS NULL OR (SELECT value FROM counters WHERE name = 'configuration') \
        IN (SELECT value FROM json_each(?10))) \
    RETURNING id";

const COUNT: &str = "UPDATE counters SET value = value + 1 WHERE name = 'configuration' \
    AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?1)";

const KEEP: &str = "INSERT INTO configuration (key, value) \
    SELECT json_extract(e.value, '$.key'), json_extract(e.value, '$.value') \
    FROM json_each(?2) e WHERE json_extract(e.value, '$.value') IS NOT NULL \
      AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?1) \
    ON CONFLICT (key) DO UPDATE SET value = excluded.value";

const DROP: &str = "DELETE FROM configuration WHERE key IN (\
      SELECT json_extract(e.value, '$.key') FROM json_each(?2) e \
      WHERE json_extract(e.value, '$.value') IS NULL) \
    AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?1)";

impl Write {
    fn changes_json(&self) -> String {
        let change = |Change { setting, value }: &Change| {
            json!({
                "key": setting.key,
                "value": (value != setting.default).then_some(value),
                "default": setting.default,
                "secret": setting.is_secret(),
            })
        };
        self.changes.iter().map(change).collect::<serde_json::Value>().to_string()
    }

    fn decide(&self, changes: &str) -> Statement {
        let expected = self.expected.as_ref().map(|versions| json!(versions).to_string());
        self.entry.statement(
            DECIDE,
            Event::ConfigurationChanged,
            [
                self.origin.actor_id.to_string().into(),
                self.origin.actor_username.as_str().into(),
                changes.into(),
                expected.into(),
            ],
        )
    }
}

impl Batch for Write {
    type Output = Written;

    fn statements(&self) -> Vec<Statement> {
        let changes = self.changes_json();
        let entry = self.entry.id.to_string();
        let hanging = [entry.as_str().into(), changes.as_str().into()];
        let mut statements = vec![
            self.decide(&changes),
            Statement::new(COUNT, [entry.as_str().into()]),
            Statement::new(KEEP, hanging.clone()),
            Statement::new(DROP, hanging),
        ];
        statements.extend(ReadVersioned.statements());
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Written, StoreError> {
        let happened = outcomes.happened()?;
        for _ in 0..3 {
            outcomes.skip()?;
        }
        let now = ReadVersioned.read(outcomes)?;
        let as_expected =
            self.expected.as_ref().is_none_or(|versions| versions.contains(&now.version));
        Ok(if happened || as_expected { Written::Done(now) } else { Written::Outdated })
    }
}
