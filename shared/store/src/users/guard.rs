//! Who must not go: the last administrator, and whoever acts.

use serde::Deserialize;

/// What stands against an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// Nobody would be left to administrate.
    LastAdmin,
    /// Administrators neither delete, disable nor demote themselves.
    OwnAccount,
    /// The directory owns the user, and would bring them back.
    Ldap,
}

/// True unless `users u`, who can administrate now, is the last who can and would not be able to
/// any more. `$user` is their identifier; `$is_admin` and `$disabled` what they would be.
macro_rules! keeps_an_administrator {
    ($user:literal, $is_admin:literal, $disabled:literal) => {
        concat!(
            "(u.is_admin = 0 OR u.disabled = 1 OR (",
            $is_admin,
            " = 1 AND ",
            $disabled,
            " = 0) OR EXISTS (SELECT 1 FROM users a WHERE a.is_admin = 1 AND a.disabled = 0 \
             AND a.id <> ",
            $user,
            "))"
        )
    };
}

/// True unless `users u` is whoever acts, an administrator, and would not be one any more.
macro_rules! spares_oneself {
    ($actor:literal, $is_admin:literal, $disabled:literal) => {
        concat!(
            "(u.id <> ",
            $actor,
            " OR u.is_admin = 0 OR (",
            $is_admin,
            " = 1 AND ",
            $disabled,
            " = 0))"
        )
    };
}

/// True while a directory is synced that owns `users u`.
macro_rules! managed {
    () => {
        "(u.ldap_id IS NOT NULL AND EXISTS (SELECT 1 FROM configuration \
         WHERE key = 'ldapEnabled' AND value = 'true'))"
    };
}

/// Which guard stands against changing the user `?1`, by `?2`, to administrator `?3` and disabled
/// `?4`, where NULL leaves a flag as it is.
pub(super) const STATE: &str = concat!(
    "SELECT json_object('guard', CASE WHEN NOT ",
    keeps_an_administrator!("?1", "coalesce(?3, u.is_admin)", "coalesce(?4, u.disabled)"),
    " THEN 'last_admin' WHEN NOT ",
    spares_oneself!("?2", "coalesce(?3, u.is_admin)", "coalesce(?4, u.disabled)"),
    " THEN 'own_account' END) FROM users u WHERE u.id = ?1"
);

pub(super) use {keeps_an_administrator, managed, spares_oneself};
