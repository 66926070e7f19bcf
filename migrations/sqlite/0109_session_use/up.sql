-- When a session was last used, when it ends unless it is used before, and when its person last proved who they are
-- (nothing: when they signed in).
ALTER TABLE sessions ADD COLUMN last_used_at TEXT;
ALTER TABLE sessions ADD COLUMN idle_at TEXT;
ALTER TABLE sessions ADD COLUMN proven_at TEXT;
