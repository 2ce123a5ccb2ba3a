use http_api::{Caller, ListParameters, Listing, Problem, Reply, TokenKey};
use store::signup_tokens::{List, Sort};
use utoipa::IntoParams;

use crate::token::SignupTokenDto;

/// What the list can be widened to.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, read by `ListParameters`")]
struct TokenFilters {
    /// Whether tokens that have expired are listed, too.
    #[param(rename = "includeExpired")]
    include_expired: Option<bool>,
}

/// Lists sign-up tokens that have not expired.
///
/// Ordered by `createdAt` unless `sort[column]` is one of `expiresAt`, `usageLimit`, `usageCount`. There
/// is no search.
#[utoipa::path(
    get,
    path = "/api/signup-tokens",
    operation_id = "listSignupTokens",
    security(("caller" = ["administrator"])),
    params(
        ListParameters,
        TokenFilters,
    ),
    responses(
        (status = 200, body = Listing<SignupTokenDto>),
    )
)]
pub(crate) async fn list(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let query = List {
        page: parameters.page,
        limit: parameters.limit,
        sort: sort(&parameters.sort_column),
        descending: parameters.descending,
        include_expired: parameters.include_expired,
        at: caller.call.now(),
    };
    let (_admin, page) = caller.admin_and(query).await?;
    let key = TokenKey::of(&caller.call)?;
    let tokens = page.items.into_iter().map(|token| SignupTokenDto::of(token, &key)).collect();
    Reply::ok(&Listing::page(tokens, page.total, &parameters))
}

/// Unknown columns are passed over, as the contract says.
fn sort(column: &str) -> Sort {
    match column {
        "expiresAt" => Sort::ExpiresAt,
        "usageLimit" => Sort::UsageLimit,
        "usageCount" => Sort::UsageCount,
        _ => Sort::CreatedAt,
    }
}
