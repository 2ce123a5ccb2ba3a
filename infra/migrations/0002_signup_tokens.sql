-- Sign-up: tokens that let people make an account of their own, and accounts that wait for approval.

-- The token is derived from the identifier with the deployment's key; here is only its hash.
CREATE TABLE signup_tokens (
  seq                 INTEGER PRIMARY KEY,          -- orders tokens of one moment
  id                  TEXT    NOT NULL UNIQUE,
  token_hash          BLOB    NOT NULL UNIQUE,
  created_by_id       TEXT    NOT NULL,
  created_by_username TEXT    NOT NULL,
  created_at          INTEGER NOT NULL,
  expires_at          INTEGER NOT NULL,
  usage_limit         INTEGER NOT NULL,
  usage_count         INTEGER NOT NULL DEFAULT 0 CHECK (usage_count <= usage_limit),
  own_groups          INTEGER NOT NULL              -- 1: its groups stand in place of the default ones,
                                                    -- even when none of them is left
) STRICT;

-- One index for each column that the list may be sorted by; ties fall to seq.
CREATE INDEX signup_tokens_by_created_at  ON signup_tokens (created_at);
CREATE INDEX signup_tokens_by_expires_at  ON signup_tokens (expires_at);
CREATE INDEX signup_tokens_by_usage_limit ON signup_tokens (usage_limit);
CREATE INDEX signup_tokens_by_usage_count ON signup_tokens (usage_count);

CREATE TABLE signup_token_groups (
  token_id TEXT NOT NULL REFERENCES signup_tokens (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
  PRIMARY KEY (token_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX signup_token_groups_by_group ON signup_token_groups (group_id);

-- Outlives the users it speaks of: no foreign key to them.
CREATE TABLE signup_token_uses (
  seq      INTEGER PRIMARY KEY,
  token_id TEXT    NOT NULL REFERENCES signup_tokens (id) ON DELETE CASCADE,
  user_id  TEXT    NOT NULL,
  username TEXT    NOT NULL,
  used_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX signup_token_uses_by_token ON signup_token_uses (token_id, used_at);

INSERT INTO counters (name, value) VALUES ('signupTokens', 0), ('users.awaitingApproval', 0);

CREATE TRIGGER signup_tokens_inserted AFTER INSERT ON signup_tokens BEGIN
  UPDATE counters SET value = value + 1 WHERE name = 'signupTokens';
END;

CREATE TRIGGER signup_tokens_deleted AFTER DELETE ON signup_tokens BEGIN
  UPDATE counters SET value = value - 1 WHERE name = 'signupTokens';
END;

-- Who signed up and waits is disabled as well. To enable them is to approve them, whoever does it and
-- however.
ALTER TABLE users ADD COLUMN awaiting_approval INTEGER NOT NULL DEFAULT 0;

CREATE INDEX users_by_awaiting_approval ON users (awaiting_approval);

CREATE TRIGGER users_approved AFTER UPDATE OF disabled ON users
WHEN new.awaiting_approval = 1 AND new.disabled = 0 BEGIN
  UPDATE users SET awaiting_approval = 0 WHERE seq = new.seq;
END;

CREATE TRIGGER users_awaiting_inserted AFTER INSERT ON users WHEN new.awaiting_approval = 1 BEGIN
  UPDATE counters SET value = value + 1 WHERE name = 'users.awaitingApproval';
END;

CREATE TRIGGER users_awaiting_deleted AFTER DELETE ON users WHEN old.awaiting_approval = 1 BEGIN
  UPDATE counters SET value = value - 1 WHERE name = 'users.awaitingApproval';
END;

CREATE TRIGGER users_awaiting_recounted AFTER UPDATE OF awaiting_approval ON users
WHEN new.awaiting_approval <> old.awaiting_approval BEGIN
  UPDATE counters SET value = value + new.awaiting_approval - old.awaiting_approval
  WHERE name = 'users.awaitingApproval';
END;
