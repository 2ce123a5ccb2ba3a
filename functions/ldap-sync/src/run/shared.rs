use std::mem::take;

use store::ldap::{Action, NewChange, Stage};

use super::read::Reading;
use super::{Stop, Worker, held};
use crate::plan::{Conflict, Gone};
use crate::run::budget::AT_ONCE;

/// An entry as conflicts name it.
#[derive(Debug, Clone, Default)]
pub(super) struct Named {
    pub(super) dn: String,
    pub(super) name: Option<String>,
}

impl Reading {
    /// Notes an entry; whether its unique identifier was nobody's before. All entries of one identifier
    /// are in one bucket, and so in one reading.
    pub(super) fn is_first(&mut self, ldap_id: &str, entry: Option<Named>) -> bool {
        match self.seen.insert(ldap_id.to_owned(), entry.clone().unwrap_or_default()) {
            None => true,
            Some(before) => {
                self.shared.insert(ldap_id.to_owned(), entry.unwrap_or(before));
                false
            }
        }
    }
}

impl Worker<'_> {
    /// Stages a conflict in place of whatever was staged for an identifier that several entries have:
    /// nobody can tell whose user it is, and one must not get into the account of another.
    pub(super) async fn stage_shared(&mut self, reading: &mut Reading) -> Result<(), Stop> {
        let shared: Vec<_> = take(&mut reading.shared).into_iter().collect();
        for some in shared.chunks(AT_ONCE) {
            let changes = some.iter().map(|(ldap_id, entry)| self.shared(ldap_id, entry));
            let changes = changes.collect::<Result<_, _>>()?;
            let (kind, members) = (reading.kind, Vec::new());
            let stage = Stage { lease: self.lease(), kind, changes, members, read: 0 };
            held(self.budget.run(self.call, stage).await?)?;
        }
        Ok(())
    }

    fn shared(&self, ldap_id: &str, entry: &Named) -> Result<NewChange, Stop> {
        let nobody = Gone { action: Action::Conflict, target: None, name: entry.name.clone() };
        let problem = Conflict { code: "identifierShared", with: None }.to_json();
        let dn = entry.dn.clone();
        Ok(NewChange { dn, problem: Some(problem), ..self.gone(ldap_id, nobody)? })
    }
}
