use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Setting;
use ldap_proxy_client::{Buckets, NotBuckets, Scope, Search};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::configuration::Configuration;
use store::ldap::Kind;

/// What is read of the directory and what it means, by the configuration.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) base: String,
    pub(crate) user_filter: String,
    pub(crate) group_filter: String,
    pub(crate) user: UserAttributes,
    pub(crate) group: GroupAttributes,
    /// The group that says who administrates; empty: none does.
    pub(crate) admin_group: String,
    /// Whether who is gone is disabled, and not deleted.
    pub(crate) soft_delete: bool,
    /// Whether everybody needs an address.
    pub(crate) require_email: bool,
    /// Whether new users are mailed a one-time link.
    pub(crate) email_new_users: bool,
    pub(crate) limits: Limits,
}

/// Names of a user's attributes; empty: not read.
#[derive(Debug, Clone)]
pub(crate) struct UserAttributes {
    pub(crate) unique_identifier: String,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) display_name: String,
    pub(crate) picture: String,
}

/// Names of a group's attributes.
#[derive(Debug, Clone)]
pub(crate) struct GroupAttributes {
    pub(crate) unique_identifier: String,
    pub(crate) name: String,
    pub(crate) member: String,
}

/// How many users may be disabled or deleted at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) users: u64,
    pub(crate) percent: u64,
}

/// Into how many buckets each search is divided. Of 100,000 entries a bucket has a hundred.
pub(crate) const BUCKETS: u16 = 1024;

/// The same as the proxy takes it.
pub(crate) fn buckets() -> Result<Buckets, NotBuckets> {
    Buckets::try_from(BUCKETS)
}

/// Without these nothing can be read.
const REQUIRED: [&str; 6] = [
    "ldapBase",
    "ldapUserSearchFilter",
    "ldapAttributeUserUniqueIdentifier",
    "ldapAttributeUserUsername",
    "ldapAttributeGroupUniqueIdentifier",
    "ldapAttributeGroupName",
];

impl Source {
    /// By the configuration.
    ///
    /// # Errors
    /// The settings that are missing.
    pub(crate) fn of(configuration: &Configuration) -> Result<Self, Vec<&'static str>> {
        let text = |key| Setting::find(key).map_or("", |it| configuration.value(it)).to_owned();
        let missing: Vec<_> = REQUIRED.into_iter().filter(|key| text(key).is_empty()).collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let number = |key| text(key).parse().unwrap_or_default();
        Ok(Self {
            base: text("ldapBase"),
            user_filter: text("ldapUserSearchFilter"),
            group_filter: text("ldapUserGroupSearchFilter"),
            user: UserAttributes {
                unique_identifier: text("ldapAttributeUserUniqueIdentifier"),
                username: text("ldapAttributeUserUsername"),
                email: text("ldapAttributeUserEmail"),
                first_name: text("ldapAttributeUserFirstName"),
                last_name: text("ldapAttributeUserLastName"),
                display_name: text("ldapAttributeUserDisplayName"),
                picture: text("ldapAttributeUserProfilePicture"),
            },
            group: GroupAttributes {
                unique_identifier: text("ldapAttributeGroupUniqueIdentifier"),
                name: text("ldapAttributeGroupName"),
                member: text("ldapAttributeGroupMember"),
            },
            admin_group: text("ldapAdminGroupName"),
            soft_delete: text("ldapSoftDeleteUsers") != "false",
            require_email: text("requireUserEmail") != "false",
            email_new_users: text("ldapEmailNewUsers") == "true",
            limits: Limits {
                users: number("ldapMaxRemovedUsers"),
                percent: number("ldapMaxRemovedPercent"),
            },
        })
    }

    /// What is asked of the proxy.
    pub(crate) fn search(&self, kind: Kind) -> Search {
        let (filter, unique_identifier, wanted) = match kind {
            Kind::User => (
                &self.user_filter,
                &self.user.unique_identifier,
                vec![
                    &self.user.username,
                    &self.user.email,
                    &self.user.first_name,
                    &self.user.last_name,
                    &self.user.display_name,
                ],
            ),
            Kind::Group => (
                &self.group_filter,
                &self.group.unique_identifier,
                vec![&self.group.name, &self.group.member],
            ),
        };
        let mut attributes: Vec<String> =
            wanted.into_iter().filter(|name| !name.is_empty()).cloned().collect();
        attributes.sort();
        attributes.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
        Search {
            base: self.base.clone(),
            scope: Scope::Subtree,
            filter: filter.clone(),
            attributes,
            unique_identifier: unique_identifier.clone(),
        }
    }

    /// The same for users' pictures, of those alone who have one: a search of its own, so that a run need
    /// not have all pictures read.
    pub(crate) fn pictures(&self) -> Search {
        let mut search = self.search(Kind::User);
        let attribute = &self.user.picture;
        search.filter = format!("(&{}({attribute}=*))", search.filter);
        search.attributes = vec![attribute.clone()];
        search
    }

    /// SHA-256 of everything that gives an entry its meaning: under another one, nothing that is known
    /// of the directory says that it need not be read.
    pub(crate) fn mapping(&self) -> String {
        let meaning = json!([
            self.base,
            self.user_filter,
            self.group_filter,
            [&self.user.unique_identifier, &self.user.username, &self.user.email],
            [&self.user.first_name, &self.user.last_name, &self.user.display_name],
            [&self.group.unique_identifier, &self.group.name, &self.group.member],
            self.admin_group,
            self.soft_delete,
            self.require_email,
        ]);
        URL_SAFE_NO_PAD.encode(Sha256::digest(meaning.to_string()))
    }
}
