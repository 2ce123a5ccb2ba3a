use domain::{Ttl, TtlInput, UsageLimit, Violations};
use http_api::{Caller, Json, Problem, Reply, TokenKey, TtlDto};
use serde::Deserialize;
use store::signup_tokens::{Mint, Minted};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::token::{SignupTokenDto, token_of};

/// What the token is to allow.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SignupTokenBody)]
pub(crate) struct MintBody {
    #[schema(value_type = Option<TtlDto>)]
    ttl: Option<TtlInput>,
    /// How many people may sign up with it: 100 at most, unless `largeUsageLimit` is true.
    #[schema(required, nullable = false, minimum = 1, maximum = 10_000)]
    usage_limit: Option<i64>,
    /// That more than 100 are meant.
    large_usage_limit: Option<bool>,
    /// The groups they will belong to; none: the deployment's default groups.
    user_group_ids: Option<Vec<Uuid>>,
}

/// How long a token lives unless the administrator says otherwise.
const DEFAULT_TTL: Ttl = Ttl::minutes(60);

/// Makes a sign-up token.
///
/// It lives an hour unless the body says otherwise, and is shown again in the list.
#[utoipa::path(
    post,
    path = "/api/signup-tokens",
    operation_id = "mintSignupToken",
    security(("caller" = ["administrator"])),
    request_body = MintBody,
    responses(
        (status = 201, body = SignupTokenDto),
        (status = 400, description = "validation_failed"),
    )
)]
pub(crate) async fn mint(caller: Caller, Json(body): Json<MintBody>) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let (ttl, usage_limit) = check(&body)?;
    let (id, key) = (call.new_id()?, TokenKey::of(call)?);
    let batch = Mint {
        id,
        token_hash: token_of(&key, id).hash(),
        usage_limit,
        groups: body.user_group_ids.unwrap_or_default(),
        origin: admin.origin(),
        expires_at: call.now().plus_ms(ttl.as_ms()),
        entry: admin.entry(call)?,
    };
    match call.run(batch).await? {
        Minted::Done(token) => Reply::created(&SignupTokenDto::of(*token, &key)),
        Minted::UnknownGroups(ids) => {
            Err(Problem::UnknownGroups(ids.iter().map(Uuid::to_string).collect()))
        }
    }
}

fn check(body: &MintBody) -> Result<(Ttl, UsageLimit), Problem> {
    let mut found = Violations::default();
    let ttl = found.check("ttl", Ttl::parse(body.ttl.as_ref(), DEFAULT_TTL));
    let large = body.large_usage_limit.unwrap_or(false);
    let limit = found.check("usageLimit", UsageLimit::parse(body.usage_limit, large));
    ttl.zip(limit).ok_or_else(|| found.into_vec().into())
}
