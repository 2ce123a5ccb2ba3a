use utoipa::ToSchema;

/// What a file says of a user. What is left out stays as it is.
#[derive(ToSchema)]
#[schema(as = ImportRowDto, rename_all = "camelCase")]
#[expect(dead_code, reason = "described here, read by `json`, member by member")]
pub(super) struct RowDto {
    username: String,
    email: Option<String>,
    email_verified: Option<bool>,
    first_name: Option<String>,
    last_name: Option<String>,
    display_name: Option<String>,
    is_admin: Option<bool>,
    disabled: Option<bool>,
    locale: Option<String>,
    /// Names of all of the user's groups.
    groups: Option<Vec<String>>,
}
