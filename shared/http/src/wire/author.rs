use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who made something, as they were called then.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorDto {
    /// Identifier.
    pub id: Uuid,
    /// Username.
    pub username: String,
}
