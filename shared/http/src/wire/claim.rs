use utoipa::ToSchema;

/// A custom claim.
//
// For the API's description alone: `store::users::Claim` is sent.
#[derive(Debug, ToSchema)]
pub struct ClaimDto {
    /// Its name in tokens.
    pub key: String,
    /// Its value; what looks like JSON is issued as JSON.
    pub value: String,
}
