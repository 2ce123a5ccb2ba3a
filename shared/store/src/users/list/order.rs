use std::cmp::Ordering;

use platform::Value;

use crate::users::UserRecord;

/// A column that the list may be ordered by. Each has an index; ties fall to the row's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// When the account came to be.
    CreatedAt,
    /// Username, ignoring case.
    Username,
    /// E-mail address, ignoring case; without one first.
    Email,
    /// Verified or not.
    EmailVerified,
    /// First name, ignoring case.
    FirstName,
    /// Last name, ignoring case.
    LastName,
    /// Display name, ignoring case.
    DisplayName,
    /// Administrator or not.
    IsAdmin,
    /// Disabled or not.
    Disabled,
}

impl Sort {
    /// The indexed expression.
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::Username => "username",
            Self::Email => "coalesce(email_key, '')",
            Self::EmailVerified => "email_verified",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::DisplayName => "display_name",
            Self::IsAdmin => "is_admin",
            Self::Disabled => "disabled",
        }
    }

    /// A cursor's key as the column holds it.
    pub(super) fn key(self, text: &str) -> Value {
        match self {
            Self::CreatedAt | Self::EmailVerified | Self::IsAdmin | Self::Disabled => {
                Value::Integer(text.parse().unwrap_or(0))
            }
            _ => text.into(),
        }
    }

    /// The order of two users, as the index has it.
    pub(super) fn compare(self, a: &UserRecord, b: &UserRecord) -> Ordering {
        let names = |a: &str, b: &str| a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase());
        let email = |user: &UserRecord| user.email.as_deref().unwrap_or_default().to_lowercase();
        match self {
            Self::CreatedAt => a.created_at.cmp(&b.created_at),
            Self::Username => names(&a.username, &b.username),
            Self::Email => email(a).cmp(&email(b)),
            Self::EmailVerified => a.email_verified.cmp(&b.email_verified),
            Self::FirstName => names(&a.first_name, &b.first_name),
            Self::LastName => names(&a.last_name, &b.last_name),
            Self::DisplayName => names(&a.display_name, &b.display_name),
            Self::IsAdmin => a.is_admin.cmp(&b.is_admin),
            Self::Disabled => a.disabled.cmp(&b.disabled),
        }
    }
}

/// An order's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Ascending.
    Ascending,
    /// Descending.
    Descending,
}

impl Direction {
    pub(super) fn keyword(self) -> &'static str {
        match self {
            Self::Ascending => "ASC",
            Self::Descending => "DESC",
        }
    }

    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }

    /// The comparison that goes on in this direction.
    pub(super) fn beyond(self) -> char {
        match self {
            Self::Ascending => '>',
            Self::Descending => '<',
        }
    }

    pub(super) fn apply(self, ordering: Ordering) -> Ordering {
        match self {
            Self::Ascending => ordering,
            Self::Descending => ordering.reverse(),
        }
    }
}
