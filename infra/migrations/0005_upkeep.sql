-- A group that is gone is no default of new accounts, whoever deleted it. The configuration is another
-- one then, so its version counts it; of what is empty, nothing is kept, as ever.
CREATE TRIGGER user_groups_deleted_as_default AFTER DELETE ON user_groups
WHEN EXISTS (SELECT 1 FROM configuration c, json_each(c.value) d
  WHERE c.key = 'signupDefaultUserGroupIDs' AND d.value = old.id)
BEGIN
  UPDATE counters SET value = value + 1 WHERE name = 'configuration';
  UPDATE configuration SET value = (
    SELECT json_group_array(d.value) FROM json_each(configuration.value) d WHERE d.value <> old.id)
  WHERE key = 'signupDefaultUserGroupIDs';
  DELETE FROM configuration WHERE key = 'signupDefaultUserGroupIDs' AND value = '[]';
END;

-- What somebody did, or had done to them, of one kind: a walk along one index instead of a search.
CREATE INDEX audit_entries_by_user_and_event  ON audit_entries (user_id, event, created_at);
CREATE INDEX audit_entries_by_actor_and_event ON audit_entries (actor_id, event, created_at);

-- Beside what was done to somebody, what they did to others: without both telling the same twice.
CREATE INDEX audit_entries_by_actor_on_others ON audit_entries (actor_id, created_at)
WHERE actor_id IS NOT user_id;
