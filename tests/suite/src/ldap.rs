//! A directory beside a deployment, and what an administrator does about it.

use std::sync::Arc;

use directory::{Middleman, Proxy, SECRET, Slapd};
use serde_json::{Value, json};

use crate::{Client, Deployment, NativeServer, Reply, SETUP_TOKEN, database};

/// An OpenLDAP with the proxy beside it.
pub struct Directory {
    /// The directory.
    pub slapd: Slapd,
    /// The proxy.
    pub proxy: Proxy,
}

impl Directory {
    /// A directory with these entries, which the deployment behind `ldap` reads from now on.
    pub fn with(ldif: &str, ldap: &Middleman) -> Self {
        Self::beside(Slapd::with(ldif), &[], ldap)
    }

    /// The same with a directory that is there, and settings of the proxy.
    pub fn beside(slapd: Slapd, settings: &[(&str, &str)], ldap: &Middleman) -> Self {
        let proxy = Proxy::beside(&slapd, settings);
        ldap.lead_to(proxy.port);
        Self { slapd, proxy }
    }
}

/// An administrator who syncs.
pub struct Syncing {
    /// Their client.
    pub admin: Client,
}

/// The deployment of [`Deployment::shared`] and the way to where it looks for a proxy, if it was told to
/// look where this process can stand; else a deployment of this process.
pub fn deployment() -> (&'static Deployment, Middleman) {
    if let Ok(url) = std::env::var("POSTERN_LDAP_PROXY_URL") {
        let port = url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        return (Deployment::shared(), Middleman::listen(port));
    }
    let server = NativeServer::start(Arc::new(database()), "off");
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    (Box::leak(Box::new(deployment)), server.ldap)
}

/// What that deployment presents to the proxy.
pub fn secret() -> String {
    std::env::var("POSTERN_LDAP_PROXY_SECRET").unwrap_or_else(|_| SECRET.to_owned())
}

/// How often an act is asked for again that does not end within a request.
const PATIENCE: usize = 10_000;

const CONFIGURATION: &str = "/api/application-configuration";

impl Syncing {
    /// Tells the deployment what the entries of [`directory::people`] mean, and switches the sync on.
    pub fn configure(&self) {
        self.set(&json!({
            "ldapEnabled": "true", "ldapBase": "dc=example,dc=com",
            "ldapUserSearchFilter": "(objectClass=inetOrgPerson)",
            "ldapUserGroupSearchFilter": "(objectClass=groupOfNames)",
            "ldapAttributeUserUniqueIdentifier": "entryUUID",
            "ldapAttributeUserUsername": "uid", "ldapAttributeUserEmail": "mail",
            "ldapAttributeUserFirstName": "givenName", "ldapAttributeUserLastName": "sn",
            "ldapAttributeUserDisplayName": "cn",
            "ldapAttributeUserProfilePicture": "jpegPhoto",
            "ldapAttributeGroupMember": "member",
            "ldapAttributeGroupUniqueIdentifier": "entryUUID", "ldapAttributeGroupName": "cn",
        }));
    }

    /// Changes settings.
    pub fn set(&self, settings: &Value) {
        let _ = self.admin.put(CONFIGURATION, settings).expect(200);
    }

    /// Asks what the settings find.
    pub fn test(&self) -> Reply {
        self.admin.post_empty(&format!("{CONFIGURATION}/test-ldap"))
    }

    /// Syncs, to the end.
    pub fn sync(&self) -> Reply {
        self.to_the_end(&format!("{CONFIGURATION}/sync-ldap"))
    }

    /// Syncs, which must succeed, and gives the run.
    #[track_caller]
    pub fn synced(&self) -> Value {
        let _ = self.sync().expect(204);
        let run = self.newest_run();
        assert_eq!(run["state"], "done", "{run}");
        run
    }

    /// Syncs, which must be held back, and gives the run.
    #[track_caller]
    pub fn held_back(&self, reason: &str) -> Value {
        let reply = self.sync().expect(409);
        assert_eq!(reply.code(), "ldap_sync_aborted");
        assert_eq!(reply.json["details"]["reason"], reason);
        let run = self.newest_run();
        assert_eq!(run["id"], reply.json["details"]["runId"], "{run}");
        assert_eq!((&run["state"], &run["reason"]), (&json!("aborted"), &json!(reason)));
        run
    }

    /// Looks at what a sync would do, and gives the run.
    #[track_caller]
    pub fn preview(&self) -> Value {
        self.to_the_end(&format!("{CONFIGURATION}/preview-ldap")).expect(200).json
    }

    /// Has the plan of a run applied, to the end.
    pub fn apply(&self, run: &Value) -> Reply {
        let reply = self.admin.post_empty(&format!("/api/ldap/runs/{}/apply", id(run)));
        if reply.status == 202 { self.sync() } else { reply }
    }

    fn to_the_end(&self, path: &str) -> Reply {
        let mut named = String::new();
        let mut asked = (0..PATIENCE).map(|_| {
            let reply = self.admin.post_empty(&format!("{path}{named}"));
            if reply.status == 202 {
                named = format!("?run={}", id(&reply.json));
            }
            reply
        });
        asked.find(|reply| reply.status != 202).expect("it ends some time")
    }

    /// The runs, newest first.
    pub fn runs(&self) -> Vec<Value> {
        list(&self.admin.get("/api/ldap/runs").expect(200).json["data"])
    }

    /// The newest run.
    ///
    /// # Panics
    /// When there is none.
    pub fn newest_run(&self) -> Value {
        self.runs().first().expect("a run").clone()
    }

    /// Every change of a run, page by page.
    pub fn changes(&self, run: &Value) -> Vec<Value> {
        let mut changes = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/ldap/runs/{}/changes?pagination[limit]=100{cursor}", id(run));
            let page = self.admin.get(&path).expect(200).json;
            changes.extend(list(&page["data"]));
            match page["nextCursor"].as_str() {
                Some(next) => cursor = format!("&pagination[cursor]={next}"),
                None => return changes,
            }
        }
    }

    /// The changes of a run in short: `create user ann`.
    pub fn told(&self, run: &Value) -> Vec<String> {
        let text =
            |change: &Value, member: &str| change[member].as_str().unwrap_or_default().to_owned();
        let mut told: Vec<_> = self
            .changes(run)
            .iter()
            .map(|change| ["action", "kind", "name"].map(|member| text(change, member)).join(" "))
            .collect();
        told.sort();
        told
    }

    /// The conflicts of a run in short: `ann: usernameTaken`.
    pub fn conflicts(&self, run: &Value) -> Vec<String> {
        let conflicts = self.changes(run).into_iter().filter(|one| one["action"] == "conflict");
        let told = conflicts.map(|one| {
            let code = one["problem"]["code"].as_str().unwrap_or_default();
            format!("{}: {code}", one["name"].as_str().unwrap_or_default())
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        told
    }

    /// The user with this name, if there is one.
    pub fn user(&self, username: &str) -> Option<Value> {
        let found = self.admin.get(&format!("/api/users?search={username}")).expect(200).json;
        list(&found["data"]).into_iter().find(|user| user["username"] == username)
    }

    /// The same; there must be one.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn known(&self, username: &str) -> Value {
        self.user(username).unwrap_or_else(|| panic!("{username} is not known"))
    }

    /// The usernames of a group's members, sorted; `None`: there is no such group.
    pub fn members(&self, group: &str) -> Option<Vec<String>> {
        let found = self.admin.get(&format!("/api/user-groups?search={group}")).expect(200).json;
        let group = list(&found["data"]).into_iter().find(|one| one["name"] == group)?;
        let group = self.admin.get(&format!("/api/user-groups/{}", id(&group))).expect(200).json;
        let users = list(&group["users"]);
        let mut names: Vec<_> =
            users.iter().filter_map(|user| user["username"].as_str()).map(str::to_owned).collect();
        names.sort();
        Some(names)
    }

    /// Everybody and every group, without what differs from deployment to deployment.
    pub fn everything(&self) -> Vec<String> {
        let users = self.pages("/api/users?").into_iter().map(|user| {
            let fields = ["username", "email", "firstName", "lastName", "displayName", "ldapId"];
            let kept = fields.map(|field| user[field].to_string()).join(" ");
            format!("{kept} admin {} disabled {}", user["isAdmin"], user["disabled"])
        });
        let mut all: Vec<_> = users.collect();
        for group in self.pages("/api/user-groups?") {
            let name = group["name"].as_str().unwrap_or_default();
            let members = self.members(name).unwrap_or_default().join(" ");
            all.push(format!("{name} {} {}: {members}", group["friendlyName"], group["ldapId"]));
        }
        all.sort();
        all
    }

    fn pages(&self, path: &str) -> Vec<Value> {
        let mut all = Vec::new();
        for page in 1.. {
            let query = format!("{path}pagination[limit]=100&pagination[page]={page}");
            let found = self.admin.get(&query).expect(200).json;
            all.extend(list(&found["data"]));
            if found["pagination"]["totalPages"].as_u64().unwrap_or(0) <= page {
                break;
            }
        }
        all
    }
}

fn id(record: &Value) -> &str {
    record["id"].as_str().expect("an id")
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().expect("a list").clone()
}
