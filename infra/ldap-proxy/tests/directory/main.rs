//! The proxy and its client against a real OpenLDAP.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

mod admission;
mod changes;
mod fake;
mod faults;
mod limits;
mod ranges;
mod security;
mod serving;
mod values;

use ldap_proxy_client::{ClientError, End, Entries, Entry, Item, Value};

/// Reads an answer to its end.
pub(crate) async fn read(mut entries: Entries) -> Result<(Vec<Entry>, End), ClientError> {
    let mut read: Vec<Entry> = Vec::new();
    loop {
        match entries.next().await? {
            Item::Entry(entry) => read.push(entry),
            Item::More(more) => {
                let last = read.last_mut().unwrap();
                last.attributes.entry(more.attribute).or_default().extend(more.values);
            }
            Item::Same(_) => {}
            Item::Complete(end) => return Ok((read, end)),
        }
    }
}

/// The values of an attribute as text.
pub(crate) fn texts<'a>(entry: &'a Entry, name: &str) -> Vec<&'a str> {
    entry.attributes.get(name).into_iter().flatten().filter_map(Value::text).collect()
}
