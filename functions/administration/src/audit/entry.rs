use std::collections::BTreeMap;

use domain::{Timestamp, device_name};
use serde::Serialize;
use store::audit::EntryRecord;
use utoipa::ToSchema;
use uuid::Uuid;

/// An entry on the wire. Where an address lies is not known here.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct EntryDto {
    pub(super) id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    pub(super) created_at: Timestamp,
    pub(super) event: String,
    pub(super) ip_address: String,
    country: &'static str,
    city: &'static str,
    pub(super) device: String,
    #[serde(rename = "userID")]
    pub(super) user_id: Option<Uuid>,
    pub(super) username: Option<String>,
    #[serde(rename = "actorID")]
    pub(super) actor_id: Option<Uuid>,
    pub(super) actor_username: Option<String>,
    pub(super) data: BTreeMap<String, String>,
}

impl From<EntryRecord> for EntryDto {
    fn from(entry: EntryRecord) -> Self {
        Self {
            id: entry.id,
            created_at: entry.created_at,
            event: entry.event,
            ip_address: entry.ip_address,
            country: "",
            city: "",
            device: device_name(&entry.user_agent),
            user_id: entry.user_id,
            username: entry.username,
            actor_id: entry.actor_id,
            actor_username: entry.actor_username,
            data: entry.data,
        }
    }
}
