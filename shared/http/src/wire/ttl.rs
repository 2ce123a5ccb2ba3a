use serde::Serialize;
use utoipa::ToSchema;

/// How long something lives: more than a second, 31 days at most; 0 is the default.
//
// For the API's description alone: `domain::TtlInput` is read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum TtlDto {
    /// Seconds.
    Seconds(f64),
    /// Numbers with units: `12h`, `1h30m`.
    Text(String),
}
