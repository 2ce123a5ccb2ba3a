//! What becomes of an entry: pure functions of the entry, of what the database holds, and of the rules.

mod book;
mod group;
mod judge;
mod user;

use serde_json::{Map, Value as Json, json};
use store::ldap::Action;
use uuid::Uuid;

pub(crate) use book::Book;
pub(crate) use group::{gone_group, plan_group};
pub(crate) use judge::judge;
pub(crate) use user::{Planned, Rules, gone_user, plan_user};

/// Before and after, by field.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Changes(pub(crate) Map<String, Json>);

impl Changes {
    /// Notes a field that changes.
    fn note(&mut self, field: &str, before: Option<&str>, after: Option<&str>) {
        if before != after {
            self.0.insert(field.to_owned(), json!({ "before": before, "after": after }));
        }
    }
}

/// Why an entry is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) code: &'static str,
    /// Who has the name or address.
    pub(crate) with: Option<String>,
}

impl Conflict {
    fn new(code: &'static str) -> Self {
        Self { code, with: None }
    }

    pub(crate) fn to_json(&self) -> Json {
        json!({ "code": self.code, "with": self.with })
    }
}

/// What becomes of an entry that is gone: who it is, and how they are called.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Gone {
    pub(crate) action: Action,
    pub(crate) target: Option<Uuid>,
    pub(crate) name: Option<String>,
}
