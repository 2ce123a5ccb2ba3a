use domain::{ApiKeyDescription, ApiKeyExpiration, ApiKeyName, Timestamp, Violations};
use http_api::{Caller, Json, Problem, Reply};
use serde::Deserialize;
use store::api_keys::Create;
use utoipa::ToSchema;

use super::{TOKEN_BYTES, WithTokenDto, refusal};

/// What an API key is made of.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
#[schema(as = ApiKeyBody)]
pub(crate) struct CreateBody {
    #[schema(required, min_length = 3, max_length = 50, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    name: String,
    #[schema(max_length = 255, pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$")]
    description: Option<String>,
    /// In the future.
    #[schema(required, nullable = false, format = DateTime)]
    expires_at: Option<String>,
}

struct Wanted {
    name: ApiKeyName,
    description: Option<ApiKeyDescription>,
    expires_at: ApiKeyExpiration,
}

/// Makes an API key of one's own.
///
/// The token is shown this once. The key may do whatever its owner may.
#[utoipa::path(
    post,
    path = "/api/api-keys",
    operation_id = "createApiKey",
    security(("browser" = ["step-up"])),
    request_body = CreateBody,
    responses(
        (status = 201, body = WithTokenDto),
        (status = 400, description = "validation_failed invalid_api_key_expiration"),
        (status = 409, description = "too_many_api_keys"),
    )
)]
pub(crate) async fn create(caller: Caller, Json(body): Json<CreateBody>) -> Result<Reply, Problem> {
    let call = &caller.call;
    let (signed_in, ()) = caller.browser_and(|_| ()).await?;
    signed_in.step_up(call)?;
    let Wanted { name, description, expires_at } = validate(&body, call.now())?;
    let (id, token) = (call.new_id()?, call.new_secret::<TOKEN_BYTES>()?);
    let until = expires_at.at().to_rfc3339().unwrap_or_default();
    let entry =
        call.entry()?.with("keyId", id).with("keyName", name.as_str()).with("expiresAt", until);
    let (user, secret_hash) = (signed_in.user_id(), token.hash());
    let batch = Create { id, user, secret_hash, name, description, expires_at, entry };
    let made = call.run(batch).await?.ok_or(Problem::TooManyApiKeys { most: Create::MOST })?;
    Reply::created(&WithTokenDto::new(made, &token))
}

fn validate(body: &CreateBody, now: Timestamp) -> Result<Wanted, Problem> {
    let mut violations = Violations::default();
    let name = violations.check("name", ApiKeyName::parse(&body.name));
    let description = body.description.as_deref().map(ApiKeyDescription::parse).transpose();
    let description = violations.check("description", description);
    let expires_at = ApiKeyExpiration::parse(body.expires_at.as_deref(), now);
    let expires_at = violations.check("expiresAt", expires_at);
    match (name, description, expires_at) {
        (Some(name), Some(description), Some(expires_at)) => {
            Ok(Wanted { name, description, expires_at })
        }
        _ => Err(refusal(violations.into_vec())),
    }
}
