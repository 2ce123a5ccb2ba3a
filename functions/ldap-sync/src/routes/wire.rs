use domain::Timestamp;
use http_api::{Call, Problem, Resource};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use store::ldap::{Action, ChangeRecord, Reason, RunRecord, ShowRun, State, Trigger};
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder, Type};
use uuid::Uuid;

/// A run on the wire.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RunDto {
    id: Uuid,
    #[schema(schema_with = triggers)]
    trigger: Trigger,
    started_by: Option<PersonDto>,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    #[schema(schema_with = states)]
    state: State,
    /// Why it was held back.
    #[schema(schema_with = reasons)]
    reason: Option<Reason>,
    /// Why the directory could not be read.
    failure: Option<FailureDto>,
    /// Who had a plan applied that was held back or only looked at.
    approved_by: Option<PersonDto>,
    /// Whether its plan can still be applied.
    can_apply: bool,
    progress: ProgressDto,
    users: UserCounts,
    groups: GroupCounts,
    memberships: MembershipCounts,
    admins: AdminCounts,
}

#[derive(Serialize, ToSchema)]
struct PersonDto {
    id: Uuid,
    username: String,
}

#[derive(Serialize, ToSchema)]
struct FailureDto {
    /// How far it came: `settings`, `proxy`, `connect`, `tls`, `bind`, `search` or `answer`.
    stage: String,
    /// The directory's words, or ours.
    message: String,
}

/// Entries while it reads, changes while it applies.
#[derive(Serialize, ToSchema)]
struct ProgressDto {
    done: u64,
    total: u64,
}

#[derive(Serialize, ToSchema)]
struct UserCounts {
    read: u64,
    create: u64,
    update: u64,
    enable: u64,
    disable: u64,
    delete: u64,
    conflict: u64,
}

#[derive(Serialize, ToSchema)]
struct GroupCounts {
    read: u64,
    create: u64,
    update: u64,
    delete: u64,
    conflict: u64,
}

/// Known once it was applied.
#[derive(Serialize, ToSchema)]
struct MembershipCounts {
    add: u64,
    remove: u64,
}

/// As foreseen, and once it was applied as it came.
#[derive(Serialize, ToSchema)]
struct AdminCounts {
    grant: u64,
    revoke: u64,
}

fn words(words: &[&str]) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied()))
}

fn triggers() -> Object {
    words(&["schedule", "manual", "preview"]).into()
}

fn states() -> Object {
    words(&["reading", "planned", "applying", "done", "aborted", "failed"]).into()
}

fn reasons() -> Object {
    let reasons = [
        Some("emptyAnswer"),
        Some("tooManyRemovals"),
        Some("adminGroupGone"),
        Some("lastAdmin"),
        Some("unidentifiedEntries"),
        None,
    ];
    let types = utoipa::openapi::schema::SchemaType::from_iter([Type::String, Type::Null]);
    ObjectBuilder::new().schema_type(types).enum_values(Some(reasons)).into()
}

impl RunDto {
    /// `plans`: how many have begun to be applied; `now`: by which plans grow old.
    pub(super) fn of(run: &RunRecord, plans: u64, now: Timestamp) -> Self {
        let person =
            |it: &store::ldap::Person| PersonDto { id: it.id, username: it.username.clone() };
        let user = |action: &str| run.count(&format!("user.{action}"));
        let group = |action: &str| run.count(&format!("group.{action}"));
        Self {
            id: run.id,
            trigger: run.trigger,
            started_by: run.started_by.as_ref().map(person),
            started_at: run.started_at,
            finished_at: run.finished_at,
            state: run.state,
            reason: run.reason,
            failure: run.failure.as_ref().map(|failure| FailureDto {
                stage: failure.stage.clone(),
                message: failure.message.clone(),
            }),
            approved_by: run.approved_by.as_ref().map(person),
            can_apply: run.can_apply(plans, now),
            progress: ProgressDto { done: run.done.min(run.total), total: run.total },
            users: UserCounts {
                read: run.users_read,
                create: user("create"),
                update: user("update"),
                enable: user("enable"),
                disable: user("disable"),
                delete: user("delete"),
                conflict: user("conflict"),
            },
            groups: GroupCounts {
                read: run.groups_read,
                create: group("create"),
                update: group("update"),
                delete: group("delete"),
                conflict: group("conflict"),
            },
            memberships: MembershipCounts {
                add: run.count("membership.add"),
                remove: run.count("membership.remove"),
            },
            admins: AdminCounts {
                grant: run.count("admin.grantAdmin"),
                revoke: run.count("admin.revokeAdmin"),
            },
        }
    }

    /// As it is by now.
    pub(super) async fn read(call: &Call, run: Uuid) -> Result<Self, Problem> {
        let found = call.run(ShowRun(run)).await?;
        let (run, plans) = found.ok_or(Problem::NotFound(Resource::LdapRun))?;
        Ok(Self::of(&run, plans, call.by_now()))
    }

    /// Why it was held back.
    pub(super) fn reason(&self) -> Option<Reason> {
        self.reason
    }
}

/// A change on the wire.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangeDto {
    id: String,
    /// `user` or `group`.
    kind: &'static str,
    #[schema(schema_with = actions)]
    action: Action,
    ldap_id: String,
    /// Empty where the entry is gone.
    dn: String,
    /// Username, or the group's name; of a conflict what it would be.
    name: Option<String>,
    /// Of a user who is there.
    user_id: Option<Uuid>,
    /// What changes: `before` and `after`, by field.
    #[schema(value_type = Object)]
    changes: Map<String, Json>,
    /// Why it is a conflict: `code`, and `with` whom.
    #[schema(value_type = Option<Object>)]
    problem: Option<Json>,
}

/// Every action that people see, as the API names it.
pub(super) const ACTIONS: [(&str, Action); 8] = [
    ("create", Action::Create),
    ("update", Action::Update),
    ("enable", Action::Enable),
    ("disable", Action::Disable),
    ("delete", Action::Delete),
    ("conflict", Action::Conflict),
    ("grantAdmin", Action::GrantAdmin),
    ("revokeAdmin", Action::RevokeAdmin),
];

fn actions() -> Object {
    words(&ACTIONS.map(|(name, _)| name)).into()
}

impl ChangeDto {
    /// The values of a line of a table.
    pub(super) fn cells(&self) -> [String; 7] {
        let name = ACTIONS.iter().find(|it| it.1 == self.action).map_or("", |it| it.0);
        let told = |json: &Json| if json.is_null() { String::new() } else { json.to_string() };
        let changes = if self.changes.is_empty() {
            String::new()
        } else {
            Json::Object(self.changes.clone()).to_string()
        };
        [
            self.kind.to_owned(),
            name.to_owned(),
            self.name.clone().unwrap_or_default(),
            self.ldap_id.clone(),
            self.dn.clone(),
            changes,
            self.problem.as_ref().map(told).unwrap_or_default(),
        ]
    }
}

impl From<ChangeRecord> for ChangeDto {
    fn from(change: ChangeRecord) -> Self {
        let kind = if change.kind == "group" { "group" } else { "user" };
        Self {
            id: format!("{}-{}", change.kind, change.ldap_id),
            user_id: change.target_id.filter(|_| kind == "user"),
            kind,
            action: change.action,
            ldap_id: change.ldap_id,
            dn: change.dn,
            name: change.name,
            changes: change.changes,
            problem: change.problem,
        }
    }
}
