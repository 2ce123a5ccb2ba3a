use platform::Statement;

use super::{Import, ImportRow};

/// Rows a statement.
const ROWS: usize = 2000;

/// Bytes a parameter, about: D1 takes no value of more than 2 MB.
const BYTES: usize = 1_000_000;

/// Judges rows as they go in. `?1` the import, `?2` rows, `?3` who imports, `?4` whether existing
/// users are changed, `?5` whether new ones need an address, `?6` whether a directory owns its users,
/// `?7` whether an administrator's address may change.
///
/// What writes nothing is never wrong: a user who is so already is passed over, whoever owns them.
const STAGE: &str = "INSERT INTO import_rows (import_id, place, user_id, entry_id, username, email, \
      email_key, email_verified, first_name, last_name, display_name, is_admin, disabled, locale, \
      groups, problems, outcome) \
    WITH given AS MATERIALIZED (SELECT \
      json_extract(value, '$[0]') AS place, json_extract(value, '$[1]') AS fresh_id, \
      json_extract(value, '$[2]') AS entry_id, json_extract(value, '$[3]') AS username, \
      json_extract(value, '$[4]') AS email, json_extract(value, '$[5]') AS email_key, \
      json_extract(value, '$[6]') AS email_verified, json_extract(value, '$[7]') AS first_name, \
      json_extract(value, '$[8]') AS last_name, json_extract(value, '$[9]') AS display_name, \
      json_extract(value, '$[10]') AS is_admin, json_extract(value, '$[11]') AS disabled, \
      json_extract(value, '$[12]') AS locale, json_extract(value, '$[13]') AS groups \
      FROM json_each(?2)), \
    found AS MATERIALIZED (SELECT given.*, u.id AS existing_id, u.ldap_id, \
      u.is_admin = 1 AND given.email IS NOT NULL AND given.email_key IS NOT u.email_key AS leads_far, \
      CASE WHEN u.id IS NULL THEN 1 WHEN ?4 = 0 THEN 0 ELSE \
        given.email IS NOT NULL AND nullif(given.email, '') IS NOT u.email \
        OR given.email_verified IS NOT NULL AND given.email_verified <> u.email_verified \
        OR given.first_name IS NOT NULL AND given.first_name <> u.first_name COLLATE BINARY \
        OR given.last_name IS NOT NULL AND given.last_name <> u.last_name COLLATE BINARY \
        OR given.display_name IS NOT NULL AND given.display_name <> u.display_name COLLATE BINARY \
        OR given.is_admin IS NOT NULL AND given.is_admin <> u.is_admin \
        OR given.disabled IS NOT NULL AND given.disabled <> u.disabled \
        OR given.locale IS NOT NULL AND nullif(given.locale, '') IS NOT u.locale \
        OR given.groups IS NOT NULL AND (\
          EXISTS (SELECT 1 FROM json_each(given.groups) n WHERE NOT EXISTS (\
            SELECT 1 FROM user_groups o CROSS JOIN user_group_members m \
            ON m.user_id = u.id AND m.group_id = o.id WHERE o.name = n.value)) \
          OR EXISTS (SELECT 1 FROM user_group_members m CROSS JOIN user_groups o \
            ON o.id = m.group_id WHERE m.user_id = u.id \
            AND o.name NOT IN (SELECT value FROM json_each(given.groups)))) \
      END AS writes \
      FROM given LEFT JOIN users u ON u.username = given.username), \
    judged AS MATERIALIZED (SELECT found.*, iif(found.writes, \
      iif(EXISTS (SELECT 1 FROM users o WHERE o.email_key = found.email_key \
        AND o.id IS NOT found.existing_id), 'e', '') \
      || iif(found.existing_id IS NULL AND found.email IS NULL AND ?5 = 1, 'r', '') \
      || iif(EXISTS (SELECT 1 FROM json_each(coalesce(found.groups, '[]')) n WHERE NOT EXISTS (\
        SELECT 1 FROM user_groups o WHERE o.name = n.value)), 'g', '') \
      || iif(found.ldap_id IS NOT NULL AND ?6 = 1, 'l', '') \
      || iif(found.existing_id = ?3 AND (found.is_admin = 0 OR found.disabled = 1), 'o', '') \
      || iif(found.leads_far AND ?7 = 0, 's', ''), '') AS problems \
      FROM found) \
    SELECT ?1, place, coalesce(existing_id, fresh_id), entry_id, username, email, email_key, \
      email_verified, first_name, last_name, display_name, is_admin, disabled, locale, groups, \
      problems, CASE WHEN problems <> '' THEN 'error' WHEN existing_id IS NULL THEN 'create' \
        WHEN writes THEN 'update' ELSE 'skip' END \
    FROM judged";

/// One statement a chunk.
pub(super) fn statements(import: &Import) -> Vec<Statement> {
    let chunks = chunks(&import.rows);
    let (id, actor) = (import.id.to_string(), import.origin.actor_id.to_string());
    let rules = import.rules;
    let statement = |rows: &&[ImportRow]| {
        Statement::new(
            STAGE,
            [
                id.as_str().into(),
                json(rows).into(),
                actor.as_str().into(),
                rules.update.into(),
                rules.require_email.into(),
                rules.ldap_enabled.into(),
                rules.stepped_up.into(),
            ],
        )
    };
    chunks.iter().map(statement).collect()
}

/// The rows in pieces that each fit a parameter.
pub(super) fn chunks(rows: &[ImportRow]) -> Vec<&[ImportRow]> {
    let mut chunks = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, row) in rows.iter().enumerate() {
        let size = size(row);
        if index - start == ROWS || (index > start && bytes + size > BYTES) {
            chunks.push(&rows[start..index]);
            (start, bytes) = (index, 0);
        }
        bytes += size;
    }
    if start < rows.len() {
        chunks.push(&rows[start..]);
    }
    chunks
}

/// Bytes of a row as JSON, at most: text without control characters at most doubles.
fn size(row: &ImportRow) -> usize {
    let texts = [
        &row.email,
        &row.email_key,
        &row.first_name,
        &row.last_name,
        &row.display_name,
        &row.locale,
    ];
    let text: usize = texts.into_iter().flatten().map(|text| 2 * text.len()).sum();
    let groups: usize = row.groups.iter().flatten().map(|name| 2 * name.len() + 3).sum();
    200 + row.username.len() + text + groups
}

fn json(rows: &[ImportRow]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.place,
                row.user_id,
                row.entry_id,
                &row.username,
                &row.email,
                &row.email_key,
                row.email_verified,
                &row.first_name,
                &row.last_name,
                &row.display_name,
                row.is_admin,
                row.disabled,
                &row.locale,
                &row.groups,
            )
        })
        .collect();
    // Strings, numbers and flags always make JSON.
    serde_json::to_string(&rows).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn row(group: &str) -> ImportRow {
        ImportRow {
            place: 1,
            user_id: Uuid::nil(),
            entry_id: Uuid::nil(),
            username: "ada".to_owned(),
            email: None,
            email_key: None,
            email_verified: None,
            first_name: None,
            last_name: None,
            display_name: None,
            is_admin: None,
            disabled: None,
            locale: None,
            groups: Some(vec![group.to_owned()]),
        }
    }

    #[test]
    fn every_chunk_fits_a_parameter_and_no_row_is_lost() {
        for group in ["", &"\"".repeat(1_000)] {
            let rows = vec![row(group); 4001];
            let chunks = chunks(&rows);
            assert_eq!(chunks.iter().map(|chunk| chunk.len()).sum::<usize>(), 4001);
            assert!(chunks.iter().all(|chunk| chunk.len() <= ROWS && json(chunk).len() <= BYTES));
        }
        assert!(chunks(&[]).is_empty());
    }
}
