//! Fragments that several statements share. Parameters are numbered by each statement.

/// The groups of a user or a sign-up token as JSON; `$members` is where they come from, with
/// `user_groups g` in scope. Decoded by [`crate::users::GroupRecord`].
///
/// They tell their claims as long as those of all of them are 300,000 characters at most: at four bytes
/// each, and beside a user's own, so many fit the 2 MB of a row. Of more, each group tells none here;
/// its own record has them. Otherwise claims alone could keep somebody out.
macro_rules! brief_groups_json {
    ($members:literal) => {
        concat!(
            "json((SELECT json_group_array(json(item)) FROM (SELECT json_object(\
               'id', g.id, 'name', g.name, 'friendly_name', g.friendly_name, \
               'ldap_id', g.ldap_id, 'created_at', g.created_at, 'custom_claims', \
               json(iif(sum(length(g.claims)) OVER () > 300000, '[]', g.claims))) AS item \
             FROM (SELECT g.*, \
               (SELECT json_group_array(json_object('key', k.key, 'value', k.value)) \
                FROM user_group_claims k WHERE k.group_id = g.id) AS claims FROM ",
            $members,
            ") g)))"
        )
    };
}

/// A user as JSON; needs `users u` in scope. Decoded by [`crate::users::UserRecord`].
macro_rules! user_json {
    () => {
        concat!(
            "json_object(\
           'id', u.id, 'username', u.username, 'email', u.email, \
           'email_verified', u.email_verified, 'first_name', u.first_name, \
           'last_name', u.last_name, 'display_name', u.display_name, 'is_admin', u.is_admin, \
           'disabled', u.disabled, 'awaiting_approval', u.awaiting_approval, \
           'locale', u.locale, 'ldap_id', u.ldap_id, \
           'created_at', u.created_at, 'last_sign_in_at', u.last_sign_in_at, \
           'passkey_count', u.passkey_count, 'picture_hash', u.picture_hash, \
           'custom_claims', json((\
             SELECT json_group_array(json_object('key', c.key, 'value', c.value)) \
             FROM user_claims c WHERE c.user_id = u.id)), \
           'user_groups', ",
            crate::sql::brief_groups_json!(
                "user_group_members m JOIN user_groups g ON g.id = m.group_id WHERE m.user_id = u.id"
            ),
            ")"
        )
    };
}

/// The user who presents the secret whose hash is the parameter: in a session or by an API key. The
/// check in the same batch decides whether that secret is alive.
macro_rules! presenter {
    ($secret_hash:literal) => {
        concat!(
            "coalesce((SELECT user_id FROM sessions WHERE secret_hash = ",
            $secret_hash,
            "), (SELECT user_id FROM api_keys WHERE secret_hash = ",
            $secret_hash,
            "))"
        )
    };
}

/// True when this request has passed its rate limits; `$key` and `$request` are parameters.
macro_rules! admitted {
    ($key:literal, $request:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM rate_limits WHERE key = ",
            $key,
            " AND admitted = ",
            $request,
            ")"
        )
    };
}

/// True while somebody may sign up with the token; needs `signup_tokens t` in scope.
macro_rules! token_is_active {
    ($at:literal) => {
        concat!("t.expires_at > ", $at, " AND t.usage_count < t.usage_limit")
    };
}

/// Milliseconds a session lives, by the configuration.
macro_rules! session_duration_ms {
    () => {
        "60000 * coalesce((SELECT CAST(value AS INTEGER) FROM configuration \
         WHERE key = 'sessionDuration'), 60)"
    };
}

/// Makes a session for `u.id` of `$from`. `?1`–`?6` are [`crate::sessions::NewSession`]'s.
macro_rules! insert_session {
    ($from:expr) => {
        concat!(
            "INSERT INTO sessions (id, secret_hash, user_id, amr, ip_address, user_agent, \
             created_at, last_seen_at, verified_at, expires_at) \
             SELECT ?1, ?2, u.id, ?3, ?4, ?5, ?6, ?6, iif(?3 = 'phr', ?6, NULL), ?6 + ",
            session_duration_ms!(),
            " ",
            $from
        )
    };
}

/// Writes an audit entry. `?1`–`?6` are [`crate::audit::Entry`]'s; `$who` gives actor id, actor
/// username, user id, username; `$data`, where given, stands for `?6` and adds facts that only the
/// database knows.
macro_rules! insert_audit_entry {
    ($who:expr, $from:expr) => {
        insert_audit_entry!($who, "?6", $from)
    };
    ($who:expr, $data:expr, $from:expr) => {
        concat!(
            "INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, data, \
             actor_id, actor_username, user_id, username) \
             SELECT ?1, ?2, ?3, ?4, ?5, ",
            $data,
            ", ",
            $who,
            " ",
            $from
        )
    };
}

/// True while a setting that is off by default is on.
macro_rules! switched_on {
    ($key:literal) => {
        concat!("EXISTS (SELECT 1 FROM configuration WHERE key = '", $key, "' AND value = 'true')")
    };
}

/// True of a row `$link` of `one_time_links` that can be redeemed at `$at`.
macro_rules! active_link {
    ($link:literal, $at:literal) => {
        concat!(
            $link,
            ".redeemed_at IS NULL AND ",
            $link,
            ".revoked_at IS NULL AND ",
            $link,
            ".expires_at > ",
            $at
        )
    };
}

pub(crate) use {
    active_link, admitted, brief_groups_json, insert_audit_entry, insert_session, presenter,
    session_duration_ms, switched_on, token_is_active, user_json,
};
