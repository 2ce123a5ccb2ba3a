use std::collections::HashMap;

use store::ldap::{NameOwner, Owners};

/// What the database holds of the entries at hand, and what was planned for those before.
pub(crate) struct Book<T> {
    existing: HashMap<String, T>,
    names: HashMap<String, Vec<NameOwner>>,
    emails: HashMap<String, Vec<NameOwner>>,
}

impl<T> Book<T> {
    /// Of a database that holds nobody.
    pub(crate) fn empty() -> Self {
        Self { existing: HashMap::new(), names: HashMap::new(), emails: HashMap::new() }
    }

    /// Of what was found. `id`: the unique identifier.
    pub(crate) fn new(owners: Owners<T>, id: impl Fn(&T) -> String) -> Self {
        Self {
            existing: owners.existing.into_iter().map(|it| (id(&it), it)).collect(),
            names: by_key(owners.names),
            emails: by_key(owners.emails),
        }
    }

    /// Who or what an entry is already.
    pub(crate) fn existing(&self, ldap_id: &str) -> Option<&T> {
        self.existing.get(ldap_id)
    }

    /// Who else has a name.
    pub(super) fn other_with_name(&self, key: &str, ldap_id: &str) -> Option<&NameOwner> {
        other(&self.names, key, ldap_id)
    }

    /// Who else has an address.
    pub(super) fn other_with_email(&self, key: &str, ldap_id: &str) -> Option<&NameOwner> {
        other(&self.emails, key, ldap_id)
    }

    /// From here on the name is an entry's.
    pub(super) fn take_name(&mut self, key: String, ldap_id: &str, name: &str) {
        take(&mut self.names, key, ldap_id, name);
    }

    /// From here on the address is an entry's.
    pub(super) fn take_email(&mut self, key: String, ldap_id: &str, name: &str) {
        take(&mut self.emails, key, ldap_id, name);
    }
}

fn by_key(owners: Vec<NameOwner>) -> HashMap<String, Vec<NameOwner>> {
    let mut map: HashMap<String, Vec<NameOwner>> = HashMap::new();
    for owner in owners {
        map.entry(owner.key.clone()).or_default().push(owner);
    }
    map
}

fn other<'a>(
    owners: &'a HashMap<String, Vec<NameOwner>>,
    key: &str,
    ldap_id: &str,
) -> Option<&'a NameOwner> {
    owners.get(key)?.iter().find(|owner| owner.ldap_id.as_deref() != Some(ldap_id))
}

fn take(owners: &mut HashMap<String, Vec<NameOwner>>, key: String, ldap_id: &str, name: &str) {
    let owner =
        NameOwner { key: key.clone(), ldap_id: Some(ldap_id.to_owned()), name: name.to_owned() };
    owners.entry(key).or_default().push(owner);
}
