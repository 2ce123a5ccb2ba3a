use domain::Violation;
use http_api::{Call, Caller, Json, Problem, Reply, Resource};
use serde::{Deserialize, Serialize};
use store::users::{Act, Bulk, BulkDone, BulkOutcome};
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder, Type};
use uuid::Uuid;

use crate::body::refusal;
use crate::delete::forget_picture;

/// Whom to do what to.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkBody {
    #[schema(min_items = 1, max_items = 1000)]
    ids: Vec<Uuid>,
    action: Action,
    group_id: Option<Uuid>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BulkAction)]
enum Action {
    Enable,
    Disable,
    Delete,
    AddToGroup,
}

/// What came of each, in the order they were named.
#[derive(Serialize, ToSchema)]
#[schema(as = BulkOutcomesDto)]
struct BulkDto {
    results: Vec<ResultDto>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = BulkOutcomeDto)]
struct ResultDto {
    id: Uuid,
    #[schema(schema_with = outcomes)]
    outcome: &'static str,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn outcomes() -> Object {
    let outcomes = ["done", "unchanged", "unknown", "refused"];
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(outcomes)).into()
}

/// Users that one request may name.
const MAX_USERS: usize = 1000;

/// Does the same to many users, in one transaction.
///
/// Up to 1000 users. The reply tells what came of each.
#[utoipa::path(
    post,
    path = "/api/users/bulk",
    operation_id = "changeUsersInBulk",
    security(("caller" = ["administrator"])),
    request_body = BulkBody,
    responses(
        (status = 200, body = BulkDto),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn bulk(caller: Caller, Json(body): Json<BulkBody>) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let act = act(&body)?;
    let entry = admin.entry(call)?.with("method", "bulk");
    let batch = Bulk { users: once_each(call, body.ids)?, act, origin: admin.origin(), entry };
    let outcomes = call.run(batch).await?;
    if outcomes.is_empty() {
        return Err(Problem::NotFound(Resource::UserGroup));
    }
    for gone in outcomes.iter().filter(|one| act == Act::Delete && one.done == BulkDone::Done) {
        forget_picture(call, gone.id, gone.picture_hash.as_deref()).await;
    }
    Reply::ok(&BulkDto { results: outcomes.into_iter().map(ResultDto::from).collect() })
}

fn act(body: &BulkBody) -> Result<Act, Problem> {
    if body.ids.is_empty() {
        return Err(("ids", Violation::Required).into());
    }
    if body.ids.len() > MAX_USERS {
        let rule = Violation::InvalidFormat { rule: "must be at most 1000 users" };
        return Err(("ids", rule).into());
    }
    match body.action {
        Action::Enable => Ok(Act::Enable),
        Action::Disable => Ok(Act::Disable),
        Action::Delete => Ok(Act::Delete),
        Action::AddToGroup => {
            let group = body.group_id.ok_or(("groupId", Violation::Required))?;
            Ok(Act::AddToGroup(group))
        }
    }
}

/// Whoever is named twice is meant once.
fn once_each(call: &Call, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Uuid)>, Problem> {
    let mut seen = std::collections::BTreeSet::new();
    let ids = ids.into_iter().filter(|id| seen.insert(*id));
    ids.map(|id| Ok((id, call.new_id()?))).collect()
}

impl From<BulkOutcome> for ResultDto {
    fn from(BulkOutcome { id, done, guard, .. }: BulkOutcome) -> Self {
        let (outcome, refused) = match done {
            BulkDone::Done => ("done", None),
            BulkDone::Unchanged => ("unchanged", None),
            BulkDone::Unknown => ("unknown", Some(Problem::UserNotFound)),
            BulkDone::Refused => ("refused", guard.map(refusal)),
        };
        let code = refused.as_ref().and_then(Problem::code);
        Self { id, outcome, code, error: refused.map(|problem| problem.text()) }
    }
}
