use domain::Timestamp;
use serde::Serialize;
use store::users::ExportedUser;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::cell::{join_names, push_guarded};
use crate::{COLUMNS, FURTHER_COLUMNS};

/// What users are written as.
#[derive(Clone, Copy)]
pub(super) enum Format {
    Csv,
    Json,
}

/// A user as an import takes it, and more.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ExportedUserDto)]
pub(super) struct UserDto<'a> {
    username: &'a str,
    email: Option<&'a str>,
    email_verified: bool,
    first_name: &'a str,
    last_name: &'a str,
    display_name: &'a str,
    is_admin: bool,
    disabled: bool,
    locale: Option<&'a str>,
    groups: &'a [String],
    id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_sign_in_at: Option<Timestamp>,
    passkey_count: u32,
}

impl Format {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    pub(super) fn disposition(self) -> &'static str {
        match self {
            Self::Csv => "attachment; filename=\"users.csv\"",
            Self::Json => "attachment; filename=\"users.json\"",
        }
    }

    /// Some of the users, as they stand in the file.
    pub(super) fn piece(self, users: &[ExportedUser], is_first: bool, is_last: bool) -> String {
        let mut piece = String::new();
        match self {
            Self::Csv => {
                if is_first {
                    let columns: Vec<_> = COLUMNS.into_iter().chain(FURTHER_COLUMNS).collect();
                    piece.push_str(&columns.join(","));
                    piece.push_str("\r\n");
                }
                for user in users {
                    push_record(&mut piece, user);
                }
            }
            Self::Json => {
                piece.push_str(if is_first { "[" } else { "" });
                for (index, user) in users.iter().enumerate() {
                    piece.push_str(if is_first && index == 0 { "\n" } else { ",\n" });
                    // Strings, numbers and flags always make JSON.
                    piece.push_str(&serde_json::to_string(&dto(user)).unwrap_or_default());
                }
                piece.push_str(if is_last { "\n]\n" } else { "" });
            }
        }
        piece
    }
}

fn dto(user: &ExportedUser) -> UserDto<'_> {
    UserDto {
        username: &user.username,
        email: user.email.as_deref(),
        email_verified: user.email_verified,
        first_name: &user.first_name,
        last_name: &user.last_name,
        display_name: &user.display_name,
        is_admin: user.is_admin,
        disabled: user.disabled,
        locale: user.locale.as_deref(),
        groups: &user.groups,
        id: user.id,
        created_at: user.created_at,
        last_sign_in_at: user.last_sign_in_at,
        passkey_count: user.passkey_count,
    }
}

/// The cells in the order of the columns.
fn push_record(piece: &mut String, user: &ExportedUser) {
    let time = |at: Timestamp| at.to_rfc3339().unwrap_or_default();
    let flag = |flag: bool| if flag { "true" } else { "false" };
    let cells: [&str; 14] = [
        &user.username,
        user.email.as_deref().unwrap_or_default(),
        flag(user.email_verified),
        &user.first_name,
        &user.last_name,
        &user.display_name,
        flag(user.is_admin),
        flag(user.disabled),
        user.locale.as_deref().unwrap_or_default(),
        &join_names(&user.groups),
        &user.id.to_string(),
        &time(user.created_at),
        &user.last_sign_in_at.map(time).unwrap_or_default(),
        &user.passkey_count.to_string(),
    ];
    for (index, cell) in cells.into_iter().enumerate() {
        piece.push_str(if index == 0 { "" } else { "," });
        push_cell(piece, cell);
    }
    piece.push_str("\r\n");
}

fn push_cell(piece: &mut String, text: &str) {
    let mut cell = String::new();
    push_guarded(&mut cell, text);
    if cell.contains(['"', ',', ';', '\n', '\r']) {
        piece.push('"');
        piece.push_str(&cell.replace('"', "\"\""));
        piece.push('"');
    } else {
        piece.push_str(&cell);
    }
}
