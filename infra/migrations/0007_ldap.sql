-- The directory, as far as a sync knows it, and the syncs themselves (decision 20).

-- What held for the whole directory when it was last applied.
CREATE TABLE ldap_state (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  mapping  TEXT    NOT NULL DEFAULT '',             -- SHA-256 of the settings that give entries their meaning
  applying INTEGER NOT NULL DEFAULT 0               -- 1 inside a batch of the sync, never outside
) STRICT;

INSERT INTO ldap_state (id) VALUES (1);

-- An entry of the directory that has a user or a group here: the one whose `ldap_id` it has.
CREATE TABLE ldap_entries (
  kind    TEXT    NOT NULL,                         -- user, group
  ldap_id TEXT    NOT NULL,                         -- the unique identifier
  bucket  INTEGER NOT NULL,
  digest  TEXT,                                     -- as it was applied; NULL: something here differs by now
  dn_key  TEXT    NOT NULL,                         -- its DN, as names are compared
  gone    INTEGER NOT NULL DEFAULT 0,               -- 1: not in the directory any more, disabled for that
  PRIMARY KEY (kind, ldap_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ldap_entries_by_bucket ON ldap_entries (kind, bucket);
CREATE INDEX ldap_entries_by_dn     ON ldap_entries (dn_key) WHERE kind = 'user';

-- The digest of each bucket that ever held an entry. '?': a run is to bring it up to date; empty:
-- something of it was changed here since.
CREATE TABLE ldap_buckets (
  kind   TEXT    NOT NULL,
  bucket INTEGER NOT NULL,
  digest TEXT    NOT NULL,
  PRIMARY KEY (kind, bucket)
) STRICT, WITHOUT ROWID;

-- The members that a group's entry names, whether or not there is such a user.
CREATE TABLE ldap_members (
  group_id TEXT NOT NULL,                           -- the group's unique identifier
  member   TEXT NOT NULL,                           -- a DN as names are compared, or a bare name
  name     TEXT,                                    -- the username that it names, if it names one
  PRIMARY KEY (group_id, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX ldap_members_by_member ON ldap_members (member);
CREATE INDEX ldap_members_by_name   ON ldap_members (name) WHERE name IS NOT NULL;

CREATE TABLE ldap_runs (
  seq                  INTEGER PRIMARY KEY,
  id                   TEXT    NOT NULL UNIQUE,
  trigger              TEXT    NOT NULL,            -- schedule, manual, preview
  started_by_id        TEXT,
  started_by_username  TEXT,
  approved_by_id       TEXT,
  approved_by_username TEXT,
  started_at           INTEGER NOT NULL,
  finished_at          INTEGER,
  state                TEXT    NOT NULL,            -- reading, planned, applying, done, aborted, failed
  reason               TEXT,                        -- why aborted
  failure              TEXT,                        -- why failed: JSON
  mapping              TEXT,                        -- as in ldap_state; NULL: not compared yet
  pending              TEXT    NOT NULL DEFAULT '[]', -- JSON: [kind, bucket] of what is still to be read
  open                 INTEGER NOT NULL DEFAULT 0,  -- 1 while a reading is under way; what it staged counts for nothing
  users_read           INTEGER NOT NULL DEFAULT 0,
  groups_read          INTEGER NOT NULL DEFAULT 0,
  unidentified         INTEGER NOT NULL DEFAULT 0,  -- entries that nobody can tell apart
  counts               TEXT    NOT NULL DEFAULT '{}', -- JSON: 'user.create' and the like
  done                 INTEGER NOT NULL DEFAULT 0,
  total                INTEGER NOT NULL DEFAULT 0,
  lease                TEXT,                        -- of the request that works at it
  lease_until          INTEGER NOT NULL DEFAULT 0,
  swept                INTEGER NOT NULL DEFAULT 0   -- 1: what it staged is cleared away
) STRICT;

CREATE INDEX ldap_runs_live       ON ldap_runs (state) WHERE finished_at IS NULL;
CREATE INDEX ldap_runs_by_started ON ldap_runs (started_at);
CREATE INDEX ldap_runs_with_plan  ON ldap_runs (started_at) WHERE total > 0;
CREATE INDEX ldap_runs_to_sweep   ON ldap_runs (finished_at) WHERE swept = 0;

INSERT INTO counters (name, value) VALUES ('ldapRuns', 0);

CREATE TRIGGER ldap_runs_inserted AFTER INSERT ON ldap_runs BEGIN
  UPDATE counters SET value = value + 1 WHERE name = 'ldapRuns';
END;

CREATE TRIGGER ldap_runs_deleted AFTER DELETE ON ldap_runs BEGIN
  UPDATE counters SET value = value - 1 WHERE name = 'ldapRuns';
END;

-- What a run is to change: its plan, and afterwards what it did.
CREATE TABLE ldap_changes (
  run_id       TEXT    NOT NULL,
  kind         TEXT    NOT NULL,                    -- user, group, admin
  ldap_id      TEXT    NOT NULL,
  bucket       INTEGER NOT NULL,
  action       TEXT    NOT NULL,                    -- create, update, enable, disable, delete, conflict, grantAdmin,
                                                    -- revokeAdmin; keep: nothing that people would see
  applied      INTEGER NOT NULL DEFAULT 0,          -- 1: it was; 2, inside a batch: it is being
  entry_id     TEXT    NOT NULL,                    -- a fresh one, for the audit entry
  target_id    TEXT,                                -- the user or group that exists, or a fresh identifier
  dn           TEXT    NOT NULL,
  dn_key       TEXT    NOT NULL,
  digest       TEXT,                                -- NULL: gone
  name         TEXT    COLLATE NOCASE,              -- username, or the group's name
  email        TEXT,
  email_key    TEXT,
  first_name   TEXT,
  last_name    TEXT,
  display_name TEXT,
  changes      TEXT    NOT NULL DEFAULT '{}',       -- JSON: before and after, by field
  problem      TEXT,                                -- JSON: why it is a conflict
  link         TEXT,                                -- JSON: identifiers of the mailed link, and its token's hash
  PRIMARY KEY (run_id, kind, ldap_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ldap_changes_by_action ON ldap_changes (run_id, action, kind, ldap_id);
CREATE INDEX ldap_changes_by_bucket ON ldap_changes (run_id, kind, bucket);
CREATE INDEX ldap_changes_by_name   ON ldap_changes (run_id, kind, name);
CREATE INDEX ldap_changes_by_email  ON ldap_changes (run_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX ldap_changes_to_apply  ON ldap_changes (run_id, kind, ldap_id) WHERE applied = 0;
CREATE INDEX ldap_changes_at_hand   ON ldap_changes (run_id, kind) WHERE applied = 2;

CREATE TABLE ldap_change_members (
  run_id   TEXT NOT NULL,
  group_id TEXT NOT NULL,
  member   TEXT NOT NULL,
  name     TEXT,
  PRIMARY KEY (run_id, group_id, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE ldap_change_buckets (
  run_id TEXT    NOT NULL,
  kind   TEXT    NOT NULL,
  bucket INTEGER NOT NULL,
  digest TEXT    NOT NULL,
  PRIMARY KEY (run_id, kind, bucket)
) STRICT, WITHOUT ROWID;

-- Whatever else changes a user or group of the directory makes its bucket differ, so that the next sync
-- looks at it again.
CREATE TRIGGER users_left_directory AFTER DELETE ON users WHEN old.ldap_id IS NOT NULL BEGIN
  UPDATE ldap_buckets SET digest = '' WHERE (SELECT applying FROM ldap_state WHERE id = 1) = 0
    AND kind = 'user' AND bucket = (SELECT bucket FROM ldap_entries WHERE kind = 'user' AND ldap_id = old.ldap_id);
  DELETE FROM ldap_entries WHERE kind = 'user' AND ldap_id = old.ldap_id;
END;

CREATE TRIGGER user_groups_left_directory AFTER DELETE ON user_groups WHEN old.ldap_id IS NOT NULL BEGIN
  UPDATE ldap_buckets SET digest = '' WHERE (SELECT applying FROM ldap_state WHERE id = 1) = 0
    AND kind = 'group' AND bucket = (SELECT bucket FROM ldap_entries WHERE kind = 'group' AND ldap_id = old.ldap_id);
  DELETE FROM ldap_entries WHERE kind = 'group' AND ldap_id = old.ldap_id;
  DELETE FROM ldap_members WHERE group_id = old.ldap_id;
END;

CREATE TRIGGER user_group_members_came_by_hand AFTER INSERT ON user_group_members
WHEN (SELECT applying FROM ldap_state WHERE id = 1) = 0
  AND (SELECT ldap_id FROM user_groups WHERE id = new.group_id) IS NOT NULL BEGIN
  UPDATE ldap_buckets SET digest = '' WHERE kind = 'group' AND bucket = (SELECT bucket FROM ldap_entries
    WHERE kind = 'group' AND ldap_id = (SELECT ldap_id FROM user_groups WHERE id = new.group_id));
  UPDATE ldap_entries SET digest = NULL WHERE kind = 'group'
    AND ldap_id = (SELECT ldap_id FROM user_groups WHERE id = new.group_id);
END;

CREATE TRIGGER user_group_members_left_by_hand AFTER DELETE ON user_group_members
WHEN (SELECT applying FROM ldap_state WHERE id = 1) = 0
  AND (SELECT ldap_id FROM user_groups WHERE id = old.group_id) IS NOT NULL BEGIN
  UPDATE ldap_buckets SET digest = '' WHERE kind = 'group' AND bucket = (SELECT bucket FROM ldap_entries
    WHERE kind = 'group' AND ldap_id = (SELECT ldap_id FROM user_groups WHERE id = old.group_id));
  UPDATE ldap_entries SET digest = NULL WHERE kind = 'group'
    AND ldap_id = (SELECT ldap_id FROM user_groups WHERE id = old.group_id);
END;

-- While it was off, what the directory owns could be edited: nothing that was known holds any more.
CREATE TRIGGER ldap_switched_on AFTER INSERT ON configuration WHEN new.key = 'ldapEnabled' BEGIN
  UPDATE ldap_state SET mapping = '' WHERE id = 1;
END;
