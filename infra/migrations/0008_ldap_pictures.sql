-- Profile pictures of the directory (decision 21).

-- When they were last brought in line, and who is at it.
ALTER TABLE ldap_state ADD COLUMN pictures_at          INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ldap_state ADD COLUMN pictures_lease       TEXT;
ALTER TABLE ldap_state ADD COLUMN pictures_lease_until INTEGER NOT NULL DEFAULT 0;

-- What was made of the picture in an entry. One that nobody here has is noted too, so that it is not
-- looked at every day.
CREATE TABLE ldap_pictures (
  ldap_id TEXT    PRIMARY KEY,                      -- the entry's unique identifier
  bucket  INTEGER NOT NULL,
  digest  TEXT    NOT NULL,                         -- the entry's, as it was looked at
  file    TEXT    NOT NULL,                         -- hash of what the entry has
  hash    TEXT                                      -- the picture that the directory gave, whether or not it is
) STRICT, WITHOUT ROWID;                            -- shown still; NULL: none that can be read

CREATE INDEX ldap_pictures_by_bucket ON ldap_pictures (bucket);

CREATE TRIGGER users_left_with_pictures AFTER DELETE ON users WHEN old.ldap_id IS NOT NULL BEGIN
  DELETE FROM ldap_pictures WHERE ldap_id = old.ldap_id;
END;

-- Whoever is new here may have had a picture in the directory for long.
CREATE TRIGGER ldap_entries_may_have_pictures AFTER INSERT ON ldap_entries WHEN new.kind = 'user' BEGIN
  DELETE FROM ldap_pictures WHERE ldap_id = new.ldap_id;
  UPDATE ldap_buckets SET digest = '' WHERE kind = 'picture' AND bucket = new.bucket;
END;
