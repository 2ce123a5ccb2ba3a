//! An import: ten thousand users in one batch, or none of them.
//!
//! # Atomicity
//! The rows are staged and judged against the users as they are at that moment; later statements
//! act on the judgement alone, so none of them meets what another one made. The deciding statement
//! is the audit entry of the whole import: it asks for the mode's condition, that no row wants
//! step-up that is missing, and that whoever imports still administrates, which also means that an
//! administrator is left. Everything that is written hangs on it. The staged rows go in the same
//! batch, so nobody ever sees one.

mod apply;
mod stage;

use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::{Claim, Origin};
use crate::audit::Entry;
use crate::{Batch, Outcomes, StoreError};

/// A row that has passed every rule that needs no database.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// Its number in the file, from 1.
    pub place: u32,
    /// A fresh identifier, for the user if they do not exist.
    pub user_id: Uuid,
    /// A fresh identifier, for the audit entry.
    pub entry_id: Uuid,
    /// Username. No two rows have the same, ignoring ASCII case.
    pub username: String,
    /// E-mail address; empty: none; `None`: not said.
    pub email: Option<String>,
    /// The address as compared. No two rows have the same.
    pub email_key: Option<String>,
    /// Whether the address is known to be theirs, if said.
    pub email_verified: Option<bool>,
    /// First name, if said.
    pub first_name: Option<String>,
    /// Last name, if said.
    pub last_name: Option<String>,
    /// The name shown to people, if said. A new user's is then made of first and last.
    pub display_name: Option<String>,
    /// Whether they administrate, if said.
    pub is_admin: Option<bool>,
    /// Whether they are shut out, if said.
    pub disabled: Option<bool>,
    /// Preferred language; empty: none; `None`: not said.
    pub locale: Option<String>,
    /// Names of all their groups, if said.
    pub groups: Option<Vec<String>>,
}

/// How rows are judged.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own, on or off")]
pub struct ImportRules {
    /// Whether a row whose username exists changes that user; else it is passed over.
    pub update: bool,
    /// Whether every new account needs an address.
    pub require_email: bool,
    /// Whether a directory owns its users.
    pub ldap_enabled: bool,
    /// Whether an administrator may be given another address, which mail with a way in may go to.
    /// Where one would be and may not, nothing is written at all.
    pub stepped_up: bool,
}

/// Judges rows and, unless it is a trial, makes and changes users accordingly.
pub struct Import {
    /// A fresh identifier.
    pub id: Uuid,
    /// The rows.
    pub rows: Vec<ImportRow>,
    /// How they are judged.
    pub rules: ImportRules,
    /// Whether an address that has changed counts as verified.
    pub new_email_verified: bool,
    /// Whether to write. `Some(each)`: the good rows if `each`, else all or none. `None`: a trial.
    pub apply: Option<bool>,
    /// How many rows of the file are broken and not among `rows`.
    pub broken: u32,
    /// Groups of new users whose row names none; those that do not exist any more are left out.
    pub default_groups: Vec<Uuid>,
    /// Claims of new users.
    pub claims: Vec<Claim>,
    /// Who imports.
    pub origin: Origin,
    /// The audit entry of the whole; counts are added to it.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub struct Imported {
    /// Whether anything was written.
    pub written: bool,
    /// Each row's outcome.
    pub outcomes: Vec<ImportOutcome>,
}

/// What comes, or would come, of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A new user.
    Create,
    /// A user is changed.
    Update,
    /// Nothing: the user exists, or is so already.
    Skip,
    /// Something stands against it.
    Error,
}

/// What came of a row.
#[derive(Debug, Deserialize)]
pub struct ImportOutcome {
    /// [`ImportRow::place`].
    pub place: u32,
    /// The user; where one was to be made, the identifier they have or would have had.
    pub user_id: Uuid,
    /// In short.
    pub verdict: Verdict,
    /// What stands against it: `e` another user has the address, `r` a new user needs one,
    /// `g` a group does not exist, `l` the directory owns the user, `o` whoever imports would lose
    /// their rights, `s` an administrator's address would change without step-up.
    pub problems: String,
    /// The first of the row's groups that does not exist, by its index.
    pub unknown_group: Option<usize>,
}

const READ_BACK: &str = "SELECT json_group_array(json_array(r.place, r.user_id, r.outcome, \
    r.problems, iif(instr(r.problems, 'g'), (SELECT min(n.key) FROM json_each(r.groups) n \
      WHERE NOT EXISTS (SELECT 1 FROM user_groups g WHERE g.name = n.value)), NULL))) \
    FROM import_rows r WHERE r.import_id = ?1";

const CLEAR: &str = "DELETE FROM import_rows WHERE import_id = ?1";

impl Batch for Import {
    type Output = Imported;

    fn statements(&self) -> Vec<Statement> {
        let id = self.id.to_string();
        let mut statements = stage::statements(self);
        statements.extend(apply::statements(self));
        statements.push(Statement::new(READ_BACK, [id.as_str().into()]));
        statements.push(Statement::new(CLEAR, [id.into()]));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Imported, StoreError> {
        for _ in 0..stage::chunks(&self.rows).len() {
            outcomes.skip()?;
        }
        let written = apply::read(self, outcomes)?;
        let outcomes_of_rows = outcomes.list()?;
        outcomes.skip()?;
        Ok(Imported { written, outcomes: outcomes_of_rows })
    }
}
