use std::collections::BTreeMap;

use axum::Extension;
use http_api::{Caller, Problem, Reply};
use ldap_proxy_client::{
    ClientError, Digest, DigestsRequest, EntriesRequest, Entry, Item, Problems,
};
use platform::Outward;
use serde::Serialize;
use store::configuration::Read;
use store::ldap::Kind;
use utoipa::ToSchema;

use crate::directory::{Directory, Unread};
use crate::entries::{Group, Person, has, members};
use crate::plan::{Book, Conflict, Rules, plan_group, plan_user};
use crate::source::{Source, buckets};

/// What the directory has, and some of it as it would arrive.
#[derive(Serialize, ToSchema)]
struct LdapTest {
    users: Found<UserSample>,
    groups: Found<GroupSample>,
}

#[derive(Serialize, ToSchema)]
struct Found<T> {
    total: u64,
    samples: Vec<T>,
    /// Entries without a unique identifier.
    missing: u64,
    /// Entries with several.
    ambiguous: u64,
    /// Entries with another one's.
    duplicate: u64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UserSample {
    ldap_id: String,
    dn: String,
    username: Option<String>,
    email: Option<String>,
    first_name: String,
    last_name: String,
    display_name: String,
    /// Whether it has a picture.
    has_picture: bool,
    /// Why the entry would be left out.
    problem: Option<&'static str>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupSample {
    ldap_id: String,
    dn: String,
    name: Option<String>,
    member_count: usize,
    /// Why the entry would be left out.
    problem: Option<&'static str>,
}

/// Entries of each kind that are shown.
const SAMPLES: usize = 5;

/// Reads the directory by the saved settings and shows some entries as they would arrive.
#[utoipa::path(
    post,
    path = "/api/application-configuration/test-ldap",
    operation_id = "testLdap",
    security(("caller" = ["administrator"])),
    responses(
        (status = 200, body = LdapTest),
        (status = 409, description = "ldap_not_configured ldap_failed"),
    )
)]
pub(crate) async fn test(
    caller: Caller,
    Extension(outward): Extension<Outward>,
) -> Result<Reply, Problem> {
    let (_admin, configuration) = caller.admin_and(Read).await?;
    let source =
        Source::of(&configuration).map_err(|missing| Problem::LdapNotConfigured { missing })?;
    let directory = Directory::of(&caller.call, &outward)?;
    let read = |error: ClientError| Problem::from(Unread::from(error));
    let (users, total, problems) = samples(&directory, &source, Kind::User).await.map_err(read)?;
    let users = users.iter().map(|entry| user(entry, &source)).collect();
    let users = found(total, users, &problems);
    let (groups, total, problems) =
        samples(&directory, &source, Kind::Group).await.map_err(read)?;
    let groups = groups.iter().map(|entry| group(entry, &source)).collect();
    let groups = found(total, groups, &problems);
    Reply::ok(&LdapTest { users, groups })
}

fn found<T>(total: u64, samples: Vec<T>, problems: &Problems) -> Found<T> {
    let Problems { missing, ambiguous, duplicate, .. } = *problems;
    Found { total, samples, missing, ambiguous, duplicate }
}

/// Some entries, how many there are, and what is wrong with the others.
async fn samples(
    directory: &Directory,
    source: &Source,
    kind: Kind,
) -> Result<(Vec<Entry>, u64, Problems), ClientError> {
    let buckets = buckets().map_err(|_| ClientError::Protocol("no buckets"))?;
    let mut search = source.search(kind);
    let client = directory.client();
    let digests = client.digests(&DigestsRequest { search: search.clone(), buckets }).await?;
    let empty = Digest::of_bucket(&mut []);
    let filled = (0u16..).zip(&digests.digests).filter(|(_, digest)| **digest != empty);
    let wanted: BTreeMap<u16, Vec<Digest>> =
        filled.take(SAMPLES).map(|(bucket, _)| (bucket, Vec::new())).collect();
    let mut entries = Vec::new();
    // Not for the digests: that would have all pictures read.
    if kind == Kind::User && !source.user.picture.is_empty() {
        search.attributes.push(source.user.picture.clone());
    }
    let mut answer = client.entries(&EntriesRequest { search, buckets, wanted }).await?;
    loop {
        match answer.next().await? {
            Item::Entry(entry) if entries.len() < SAMPLES => entries.push(entry),
            Item::Complete(_) => return Ok((entries, digests.entries, digests.problems)),
            Item::Entry(_) | Item::More(_) | Item::Same(_) => {}
        }
    }
}

fn user(entry: &Entry, source: &Source) -> UserSample {
    let person = Person::of(entry, &source.user);
    let rules = Rules { require_email: source.require_email, soft_delete: source.soft_delete };
    let mut book = Book::empty();
    let planned = plan_user(&person, &mut book, rules);
    UserSample {
        username: planned.username,
        email: planned.email.or_else(|| person.emails.into_iter().next()),
        first_name: planned.first_name,
        last_name: planned.last_name,
        display_name: planned.display_name,
        has_picture: has(entry, &source.user.picture),
        problem: planned.conflict.as_ref().map(words),
        ldap_id: person.ldap_id,
        dn: person.dn,
    }
}

fn group(entry: &Entry, source: &Source) -> GroupSample {
    let group = Group::of(entry, &source.group);
    let mut book = Book::empty();
    let planned = plan_group(&group, &mut book);
    GroupSample {
        name: planned.username,
        member_count: members(entry, &source.group.member).len(),
        problem: planned.conflict.as_ref().map(words),
        ldap_id: group.ldap_id,
        dn: group.dn,
    }
}

fn words(conflict: &Conflict) -> &'static str {
    match conflict.code {
        "usernameMissing" => "Username is missing",
        "usernameInvalid" => "Username has characters that are not allowed, or is too long",
        "emailMissing" => "Email is missing",
        "emailInvalid" => "Email is no valid address",
        "nameMissing" => "Name is missing",
        "nameInvalid" => "Name is too short or too long",
        "identifierShared" => "Another entry has the same unique identifier",
        _ => "Another entry has the same name or address",
    }
}
