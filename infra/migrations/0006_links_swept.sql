-- Links whose time has long been over go, a few with each that is made.
CREATE INDEX one_time_links_by_expires_at ON one_time_links (expires_at);
