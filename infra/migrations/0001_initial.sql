-- Times are milliseconds since the Unix epoch (columns …_at). Identifiers are UUIDs as text.
-- Flags are 0 or 1. Whatever could let somebody in is stored as its SHA-256 (columns …_hash).

CREATE TABLE users (
  seq             INTEGER PRIMARY KEY,              -- stable row number, for the search index
  id              TEXT    NOT NULL UNIQUE,
  username        TEXT    NOT NULL COLLATE NOCASE UNIQUE,
  email           TEXT,
  email_key       TEXT    UNIQUE,                   -- the address in lower case
  email_verified  INTEGER NOT NULL DEFAULT 0,
  first_name      TEXT    NOT NULL DEFAULT '' COLLATE NOCASE,
  last_name       TEXT    NOT NULL DEFAULT '' COLLATE NOCASE,
  display_name    TEXT    NOT NULL DEFAULT '' COLLATE NOCASE,
  is_admin        INTEGER NOT NULL DEFAULT 0,
  disabled        INTEGER NOT NULL DEFAULT 0,
  locale          TEXT,
  ldap_id         TEXT    UNIQUE,
  picture_hash    TEXT,                             -- of the picture in KV; NULL: initials
  passkey_count   INTEGER NOT NULL DEFAULT 0,       -- kept by triggers
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  last_sign_in_at INTEGER
) STRICT;

-- One index for each column that the list may be sorted or filtered by; ties fall to seq.
CREATE INDEX users_by_created_at     ON users (created_at);
CREATE INDEX users_by_email          ON users (coalesce(email_key, ''));
CREATE INDEX users_by_first_name     ON users (first_name);
CREATE INDEX users_by_last_name      ON users (last_name);
CREATE INDEX users_by_display_name   ON users (display_name);
CREATE INDEX users_by_is_admin       ON users (is_admin);
CREATE INDEX users_by_disabled       ON users (disabled);
CREATE INDEX users_by_email_verified ON users (email_verified);
CREATE INDEX users_by_has_passkey    ON users (passkey_count > 0);
CREATE INDEX users_by_is_ldap        ON users (ldap_id IS NOT NULL);

-- Who can administrate now: the last of them is not to go.
CREATE INDEX users_who_administrate ON users (id) WHERE is_admin = 1 AND disabled = 0;

-- Counting a million rows for each page would read a million rows. `configuration` counts its
-- changes.
CREATE TABLE counters (
  name  TEXT    PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counters (name, value) VALUES
  ('users', 0), ('users.isAdmin', 0), ('users.disabled', 0), ('users.emailVerified', 0),
  ('users.hasPasskey', 0), ('users.isLdap', 0), ('userGroups', 0), ('auditEntries', 0),
  ('configuration', 0);

-- Substring search of three characters and more; shorter terms use the sort indexes as prefixes.
CREATE VIRTUAL TABLE user_search USING fts5 (
  username, email, first_name, last_name, display_name,
  content = 'users', content_rowid = 'seq', tokenize = 'trigram'
);

CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN
  UPDATE counters SET value = value + 1 WHERE name IN ('users',
    iif(new.is_admin, 'users.isAdmin', NULL), iif(new.disabled, 'users.disabled', NULL),
    iif(new.email_verified, 'users.emailVerified', NULL),
    iif(new.passkey_count > 0, 'users.hasPasskey', NULL),
    iif(new.ldap_id IS NOT NULL, 'users.isLdap', NULL));
  INSERT INTO user_search (rowid, username, email, first_name, last_name, display_name)
  VALUES (new.seq, new.username, new.email, new.first_name, new.last_name, new.display_name);
END;

CREATE TRIGGER users_deleted AFTER DELETE ON users BEGIN
  UPDATE counters SET value = value - 1 WHERE name IN ('users',
    iif(old.is_admin, 'users.isAdmin', NULL), iif(old.disabled, 'users.disabled', NULL),
    iif(old.email_verified, 'users.emailVerified', NULL),
    iif(old.passkey_count > 0, 'users.hasPasskey', NULL),
    iif(old.ldap_id IS NOT NULL, 'users.isLdap', NULL));
  INSERT INTO user_search (user_search, rowid, username, email, first_name, last_name, display_name)
  VALUES ('delete', old.seq, old.username, old.email, old.first_name, old.last_name, old.display_name);
END;

CREATE TRIGGER users_updated AFTER UPDATE OF username, email, first_name, last_name, display_name ON users BEGIN
  INSERT INTO user_search (user_search, rowid, username, email, first_name, last_name, display_name)
  VALUES ('delete', old.seq, old.username, old.email, old.first_name, old.last_name, old.display_name);
  INSERT INTO user_search (rowid, username, email, first_name, last_name, display_name)
  VALUES (new.seq, new.username, new.email, new.first_name, new.last_name, new.display_name);
END;

CREATE TRIGGER users_recounted
AFTER UPDATE OF is_admin, disabled, email_verified, passkey_count, ldap_id ON users BEGIN
  UPDATE counters SET value = value + CASE name
      WHEN 'users.isAdmin'       THEN new.is_admin - old.is_admin
      WHEN 'users.disabled'      THEN new.disabled - old.disabled
      WHEN 'users.emailVerified' THEN new.email_verified - old.email_verified
      WHEN 'users.hasPasskey'    THEN (new.passkey_count > 0) - (old.passkey_count > 0)
      ELSE (new.ldap_id IS NOT NULL) - (old.ldap_id IS NOT NULL) END
  WHERE name IN (
    iif(new.is_admin <> old.is_admin, 'users.isAdmin', NULL),
    iif(new.disabled <> old.disabled, 'users.disabled', NULL),
    iif(new.email_verified <> old.email_verified, 'users.emailVerified', NULL),
    iif((new.passkey_count > 0) <> (old.passkey_count > 0), 'users.hasPasskey', NULL),
    iif((new.ldap_id IS NULL) <> (old.ldap_id IS NULL), 'users.isLdap', NULL));
END;

CREATE TABLE user_groups (
  seq           INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  name          TEXT    NOT NULL UNIQUE,
  friendly_name TEXT    NOT NULL COLLATE NOCASE,
  ldap_id       TEXT    UNIQUE,
  user_count    INTEGER NOT NULL DEFAULT 0,         -- kept by triggers
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX user_groups_by_name          ON user_groups (name COLLATE NOCASE);
CREATE INDEX user_groups_by_friendly_name ON user_groups (friendly_name);
CREATE INDEX user_groups_by_created_at    ON user_groups (created_at);
CREATE INDEX user_groups_by_user_count    ON user_groups (user_count);

CREATE VIRTUAL TABLE user_group_search USING fts5 (
  name, friendly_name, content = 'user_groups', content_rowid = 'seq', tokenize = 'trigram'
);

CREATE TRIGGER user_groups_inserted AFTER INSERT ON user_groups BEGIN
  UPDATE counters SET value = value + 1 WHERE name = 'userGroups';
  INSERT INTO user_group_search (rowid, name, friendly_name)
  VALUES (new.seq, new.name, new.friendly_name);
END;

CREATE TRIGGER user_groups_deleted AFTER DELETE ON user_groups BEGIN
  UPDATE counters SET value = value - 1 WHERE name = 'userGroups';
  INSERT INTO user_group_search (user_group_search, rowid, name, friendly_name)
  VALUES ('delete', old.seq, old.name, old.friendly_name);
END;

CREATE TRIGGER user_groups_updated AFTER UPDATE OF name, friendly_name ON user_groups BEGIN
  INSERT INTO user_group_search (user_group_search, rowid, name, friendly_name)
  VALUES ('delete', old.seq, old.name, old.friendly_name);
  INSERT INTO user_group_search (rowid, name, friendly_name)
  VALUES (new.seq, new.name, new.friendly_name);
END;

-- The username stands here too, so that a page of a group's members in order reads that page alone.
-- Whoever inserts may leave it out.
CREATE TABLE user_group_members (
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
  username TEXT NOT NULL DEFAULT '' COLLATE NOCASE, -- kept by triggers
  PRIMARY KEY (user_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX user_group_members_by_group ON user_group_members (group_id, username);

CREATE TRIGGER user_group_members_inserted AFTER INSERT ON user_group_members BEGIN
  UPDATE user_groups SET user_count = user_count + 1 WHERE id = new.group_id;
END;

CREATE TRIGGER user_group_members_named AFTER INSERT ON user_group_members
WHEN new.username = '' BEGIN
  UPDATE user_group_members SET username = (SELECT username FROM users WHERE id = new.user_id)
  WHERE user_id = new.user_id AND group_id = new.group_id;
END;

CREATE TRIGGER user_group_members_renamed AFTER UPDATE OF username ON users
WHEN new.username <> old.username BEGIN
  UPDATE user_group_members SET username = new.username WHERE user_id = new.id;
END;

CREATE TRIGGER user_group_members_deleted AFTER DELETE ON user_group_members BEGIN
  UPDATE user_groups SET user_count = user_count - 1 WHERE id = old.group_id;
END;

-- Custom claims: what relying parties are told besides the standard ones.
CREATE TABLE user_claims (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  key     TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_group_claims (
  group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
  key      TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (group_id, key)
) STRICT, WITHOUT ROWID;

-- How often each key is used, for suggestions.
CREATE TABLE claim_keys (
  key  TEXT    PRIMARY KEY NOT NULL,
  uses INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_keys_by_uses ON claim_keys (uses DESC, key);

CREATE TRIGGER user_claims_inserted AFTER INSERT ON user_claims BEGIN
  INSERT INTO claim_keys (key, uses) VALUES (new.key, 1)
  ON CONFLICT (key) DO UPDATE SET uses = uses + 1;
END;

CREATE TRIGGER user_claims_deleted AFTER DELETE ON user_claims BEGIN
  UPDATE claim_keys SET uses = uses - 1 WHERE key = old.key;
  DELETE FROM claim_keys WHERE key = old.key AND uses <= 0;
END;

CREATE TRIGGER user_group_claims_inserted AFTER INSERT ON user_group_claims BEGIN
  INSERT INTO claim_keys (key, uses) VALUES (new.key, 1)
  ON CONFLICT (key) DO UPDATE SET uses = uses + 1;
END;

CREATE TRIGGER user_group_claims_deleted AFTER DELETE ON user_group_claims BEGIN
  UPDATE claim_keys SET uses = uses - 1 WHERE key = old.key;
  DELETE FROM claim_keys WHERE key = old.key AND uses <= 0;
END;

CREATE TABLE credential_records (
  id                 TEXT    PRIMARY KEY NOT NULL,
  user_id            TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  credential_id      BLOB    NOT NULL UNIQUE,
  public_key         BLOB    NOT NULL,              -- COSE_Key, CBOR
  algorithm          INTEGER NOT NULL,              -- COSE algorithm identifier
  sign_count         INTEGER NOT NULL,
  user_verified      INTEGER NOT NULL,              -- at registration
  backup_eligible    INTEGER NOT NULL,
  backup_state       INTEGER NOT NULL,
  transports         TEXT    NOT NULL,              -- JSON array
  aaguid             BLOB    NOT NULL,
  attestation_format TEXT    NOT NULL,
  name               TEXT    NOT NULL,
  created_at         INTEGER NOT NULL,
  last_used_at       INTEGER
) STRICT;

CREATE INDEX credential_records_by_user ON credential_records (user_id, created_at);

CREATE TRIGGER credential_records_inserted AFTER INSERT ON credential_records BEGIN
  UPDATE users SET passkey_count = passkey_count + 1 WHERE id = new.user_id;
END;

CREATE TRIGGER credential_records_deleted AFTER DELETE ON credential_records BEGIN
  UPDATE users SET passkey_count = passkey_count - 1 WHERE id = old.user_id;
END;

-- A ceremony under way: the challenge is derived from the cookie's secret, so it is not here.
CREATE TABLE ceremonies (
  secret_hash       BLOB    PRIMARY KEY NOT NULL,
  kind              TEXT    NOT NULL,               -- registration, authentication
  user_id           TEXT    REFERENCES users (id) ON DELETE CASCADE,
  user_verification TEXT    NOT NULL,               -- required, preferred
  expires_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ceremonies_by_expires_at ON ceremonies (expires_at);
CREATE INDEX ceremonies_by_user       ON ceremonies (user_id);

CREATE TABLE sessions (
  id           TEXT    PRIMARY KEY NOT NULL,
  secret_hash  BLOB    NOT NULL UNIQUE,
  user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  amr          TEXT    NOT NULL,                    -- phr (passkey), otp (link, set-up) or empty
  ip_address   TEXT    NOT NULL,
  user_agent   TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  verified_at  INTEGER,                             -- last assertion of a passkey
  expires_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_user       ON sessions (user_id, created_at);
CREATE INDEX sessions_by_expires_at ON sessions (expires_at);

CREATE TABLE api_keys (
  id                    TEXT    PRIMARY KEY NOT NULL,
  user_id               TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  secret_hash           BLOB    NOT NULL UNIQUE,
  name                  TEXT    NOT NULL,
  description           TEXT,
  created_at            INTEGER NOT NULL,
  expires_at            INTEGER NOT NULL,
  last_used_at          INTEGER,
  expiration_email_sent INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX api_keys_by_user ON api_keys (user_id, created_at);

CREATE TABLE one_time_links (
  id                  TEXT    PRIMARY KEY NOT NULL,
  user_id             TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash          BLOB    NOT NULL UNIQUE,
  created_by_id       TEXT    NOT NULL,
  created_by_username TEXT    NOT NULL,
  created_at          INTEGER NOT NULL,
  expires_at          INTEGER NOT NULL,
  revoked_at          INTEGER,
  redeemed_at         INTEGER,
  session_id          TEXT                          -- the session that the redemption made
) STRICT;

CREATE INDEX one_time_links_by_user ON one_time_links (user_id, created_at);

-- Survives the users it speaks of: no foreign keys.
CREATE TABLE audit_entries (
  seq            INTEGER PRIMARY KEY,               -- orders entries of one moment
  id             TEXT    NOT NULL UNIQUE,
  created_at     INTEGER NOT NULL,
  event          TEXT    NOT NULL,
  actor_id       TEXT,
  actor_username TEXT,
  user_id        TEXT,
  username       TEXT,
  ip_address     TEXT    NOT NULL,
  user_agent     TEXT    NOT NULL,
  data           TEXT    NOT NULL                   -- JSON object of strings, never a secret
) STRICT;

CREATE INDEX audit_entries_by_created_at ON audit_entries (created_at);
CREATE INDEX audit_entries_by_user       ON audit_entries (user_id, created_at);
CREATE INDEX audit_entries_by_event      ON audit_entries (event, created_at);
CREATE INDEX audit_entries_by_actor      ON audit_entries (actor_id, created_at);

-- Each entry clears away a few whose time is over, so the log needs no cleaner and no act can forget
-- it. 90 is the default of auditLogRetentionDays (shared/domain/src/setting/table.rs).
CREATE TRIGGER audit_entries_inserted AFTER INSERT ON audit_entries BEGIN
  UPDATE counters SET value = value + 1 WHERE name = 'auditEntries';
  DELETE FROM audit_entries WHERE seq IN (
    SELECT seq FROM audit_entries
    WHERE created_at < new.created_at - 86400000 * coalesce((SELECT CAST(value AS INTEGER)
      FROM configuration WHERE key = 'auditLogRetentionDays'), 90)
    ORDER BY created_at LIMIT 16);
END;

CREATE TRIGGER audit_entries_deleted AFTER DELETE ON audit_entries BEGIN
  UPDATE counters SET value = value - 1 WHERE name = 'auditEntries';
END;

-- Only what differs from the defaults in code.
CREATE TABLE configuration (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The deployment's own images; the bytes are in KV under their hash.
CREATE TABLE images (
  name         TEXT    PRIMARY KEY NOT NULL,
  hash         TEXT    NOT NULL,
  content_type TEXT    NOT NULL,
  updated_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows of an import under way. Empty outside the batch that imports: it fills the table, decides, acts
-- and empties it. NULL: the file says nothing of it; '': it says that there is none.
CREATE TABLE import_rows (
  import_id      TEXT    NOT NULL,
  place          INTEGER NOT NULL,                  -- of the row in the file, from 1
  user_id        TEXT    NOT NULL,                  -- of the user that exists, else a fresh one
  entry_id       TEXT    NOT NULL,                  -- a fresh one, for the row's audit entry
  username       TEXT    NOT NULL,
  email          TEXT,
  email_key      TEXT,
  email_verified INTEGER,
  first_name     TEXT,
  last_name      TEXT,
  display_name   TEXT,
  is_admin       INTEGER,
  disabled       INTEGER,
  locale         TEXT,
  groups         TEXT,                              -- JSON array of names
  problems       TEXT    NOT NULL,                  -- a letter each; empty: none
  outcome        TEXT    NOT NULL,                  -- create, update, skip, error
  PRIMARY KEY (import_id, place)
) STRICT, WITHOUT ROWID;

-- Generic cell rate algorithm: `arrival_at` is the theoretical arrival time of the next request;
-- `admitted` names the last request let through, and what that request may do asks for it.
CREATE TABLE rate_limits (
  key        TEXT    PRIMARY KEY NOT NULL,
  arrival_at INTEGER NOT NULL,
  admitted   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX rate_limits_by_arrival_at ON rate_limits (arrival_at);
